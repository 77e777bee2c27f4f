//! No input brings the importers down: arbitrary bytes, and real exports with damage.

mod common;

use std::path::{Path, PathBuf};

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use ballpark::charts::{self, Size};
use ballpark::import::{self, File};
use ballpark::model::{Notebook, Settings, Zone};
use ballpark::pace::{Pace, straight};
use ballpark::report::roles::{ROLES, agenda};
use ballpark::report::{Analysis, Desk, cadence_answers, comparison, cycle_answers, headline, home, to_json};
use ballpark::storage::{Envelope, Notes};

/// Reads, computes, draws, stores: everything the app does with a file. An error is fine, a panic is
/// not, and neither is an item that gets lost on the way.
fn through_the_whole_app(bytes: &[u8]) {
    let Ok(workspace) = import::read(&[File { name: "any", bytes }]) else { return };
    let settings = Settings::default();
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::of(&workspace, &settings, &Zone::UTC, now);
    let counts = analysis.counts;
    let states =
        [counts.finished, counts.in_progress, counts.not_started, counts.cancelled, counts.not_yet_known];
    assert_eq!(states.iter().sum::<usize>(), workspace.items.len());
    let mut keys: Vec<&str> = workspace.items.iter().map(|item| item.key.as_str()).collect();
    keys.sort_unstable();
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "keys are unique");
    for durations in [&analysis.cycle, &analysis.lead, &analysis.ages] {
        assert!(durations.timed.iter().all(|timed| timed.days.0 >= 1 && timed.start <= timed.end));
    }
    to_json(&workspace, &analysis);
    home(&workspace, &analysis);
    comparison(&analysis);
    let answers = cadence_answers(&analysis).into_iter().chain(cycle_answers(&analysis));
    for selection in answers.filter_map(|answer| answer.explanation.selection) {
        analysis.select(&selection);
    }
    headline(&analysis);
    for plate in charts::ALL {
        let figure = plate.figure;
        let text = (figure.text)(&analysis);
        (figure.tables)(&analysis);
        for width in [0, 360, 5000] {
            let drawn = (plate.draw)(&analysis, Size::for_width(width));
            assert_eq!(drawn.is_some(), text.is_ok(), "{}: words and picture go together", figure.id);
            let chart = drawn.map(|chart| chart.expect("a picture"));
            for opens in
                chart.iter().flat_map(|chart| &chart.marks).take(20).filter_map(|mark| mark.opens.as_ref())
            {
                assert!(analysis.select(opens).iter().all(|&item| item < workspace.items.len()));
            }
        }
    }
    let mut notebook = Notebook::default();
    notebook.add_sample(ballpark::sample::notebook(analysis.as_of.min(analysis.today())));
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    for page in ROLES {
        for finding in page.all(&desk) {
            let selection = finding.explanation.and_then(|explanation| explanation.selection);
            assert!(
                selection.iter().flat_map(|s| analysis.select(s)).all(|item| item < workspace.items.len())
            );
            if let Some(picture) = &finding.picture {
                charts::small(picture, 260).expect("a picture");
                charts::small_says(picture);
            }
        }
        page.parts.iter().for_each(|part| drop((part.entries)(&desk)));
        agenda(&desk, page.role, page.talks_to).text();
    }
    let notes = Notes::of(notebook, String::new());
    assert_eq!(Notes::read(&serde_json::to_string(&notes).expect("notes")), Ok(notes));
    let sealed = Envelope::seal(&workspace, &settings, String::new(), &Pace::STRAIGHT);
    let sealed = straight(sealed).expect("no pause").expect("an envelope");
    assert_eq!(sealed.open(), Ok((workspace, settings)));
}

#[test]
fn arbitrary_bytes_are_survived() {
    arbtest(|u| {
        through_the_whole_app(u.bytes(u.len())?);
        Ok(())
    })
    .budget_ms(2_000);
}

/// Headers that importers know, over cells that are nearly right.
#[test]
fn nearly_right_tables_are_survived() {
    const HEADERS: &[&str] = &[
        "Issue key",
        "Issue id",
        "Issue Type",
        "Status",
        "Status Category",
        "Created",
        "Resolved",
        "id",
        "name",
        "is_completed",
        "moved_at",
        "created_at",
        "started_at",
        "completed_at",
        "utc_offset",
        "Started",
        "Title",
    ];
    const CELLS: &[&str] = &[
        "",
        "A-1",
        "A-2",
        "1",
        "Done",
        "In Progress",
        "To Do",
        "true",
        "2024-02-30",
        "2024-05-14",
        "05/Jun/26 11:20 PM",
        "31/12/1969",
        "9999-12-31",
        "0001-01-01",
        "2024-05-14T08:53:33.000+0000",
        "+99:99",
        "+14:00",
        "\"",
        "\"a\nb\"",
        "NaN",
        "1e308",
        "-1",
        "253402300799",
        "1715676813000",
        ":",
        "24:00",
        "2199-12-31T23:59:59-12:00",
        "💥",
        "\u{feff}",
    ];
    arbtest(|u| {
        let delimiter = *u.choose(&[",", ";", "\t", "|"])?;
        let line = |u: &mut Unstructured, from: &[&'static str]| -> Result<String> {
            let cells = (0..u.int_in_range(1..=12)?).map(|_| u.choose(from).copied());
            Ok(cells.collect::<Result<Vec<_>>>()?.join(delimiter))
        };
        let mut text = line(u, HEADERS)?;
        while !u.is_empty() {
            text += *u.choose(&["\n", "\r\n", "\r"])?;
            text += &line(u, CELLS)?;
        }
        through_the_whole_app(text.as_bytes());
        Ok(())
    })
    .budget_ms(3_000);
}

/// Every CSV below the folder, in order.
fn csv_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "csv") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn damaged_real_exports_are_survived() {
    let Some(folder) = common::real_data() else { return };
    for path in csv_files(&folder) {
        let bytes = std::fs::read(&path).expect("a file");
        // The beginning is enough to be recognised, and keeps a round short.
        let start = &bytes[..bytes.len().min(20_000)];
        through_the_whole_app(start);
        arbtest(|u| {
            let mut damaged = start.to_vec();
            for _ in 0..u.int_in_range(1..=8)? {
                let at = u.choose_index(damaged.len().max(1))?;
                let until = (at + u.int_in_range(0..=200)?).min(damaged.len());
                match u.int_in_range(0..=4)? {
                    0 => damaged.truncate(at),
                    1 => drop(damaged.drain(at.min(until)..until)),
                    2 => damaged.splice(at..at, u.bytes(u.len().min(5))?.to_vec()).for_each(drop),
                    3 => {
                        let again = damaged[at.min(until)..until].to_vec();
                        damaged.splice(at..at, again).for_each(drop);
                    }
                    _ => damaged.splice(at..at, *b"\"").for_each(drop),
                }
                if damaged.is_empty() {
                    break;
                }
            }
            through_the_whole_app(&damaged);
            Ok(())
        })
        .budget_ms(700);
    }
}
