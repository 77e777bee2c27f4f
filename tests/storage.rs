//! What is kept and given away: real data comes back as it was, takes little room, and tells nobody's name where it
//! should not.

mod common;

use std::sync::Arc;

use ballpark::import::{self, File};
use ballpark::model::{
    Date, Item, Moment, Notebook, Settings, StatusChange, Workspace, Zone, anonymous, part_called,
};
use ballpark::pace::{Pace, straight};
use ballpark::report::roles::ROLES;
use ballpark::report::{Analysis, Asks, Desk, to_json_with};
use ballpark::storage::{Contents, Document, Envelope, Link};

/// Every data set that is a team's, as the files it is read from.
const SETS: &[&[&str]] = &[
    &["agile-project/jira.csv"],
    &["azure-devops-csv/adodata.csv"],
    &["github-json/cfrg-vdaf-archive.json"],
    &["gitlab-csv/issues.csv"],
    &["jira-csv/planeso.csv"],
    &["jira-csv/werkplaats2.csv"],
    &["jira-json/tidev-search.json"],
    &["jira-json/jirametrics-sample/SP-1.json", "jira-json/jirametrics-sample/SP-5.json"],
    &["linear-csv/Linear-tasks-backlog-backup.csv"],
    &["project-22/sprint-info.csv"],
    &["public-jira-estimates/clean_data_v2.csv"],
    &["sip/Sip-task-info.csv", "sip/est-act-dates.csv"],
    &["trello-json/trello-project100.json"],
];

/// The smallest quota of a common browser, in UTF-16 units: WebKit's five megabytes.
const QUOTA: usize = 2_500_000;

fn read(names: &[&str]) -> Option<Workspace> {
    let folder = common::real_data()?;
    let read = |name| std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let files: Vec<(&str, Vec<u8>)> = names.iter().map(|&name| (name, read(name))).collect();
    let files: Vec<File> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
    Some(import::read(&files).unwrap_or_else(|error| panic!("{names:?}: {error:?}")))
}

fn seal(workspace: &Workspace) -> Envelope {
    let settings = Settings::default();
    let sealed = Envelope::seal(workspace, &settings, "stamp".into(), &Pace::STRAIGHT);
    straight(sealed).unwrap().unwrap()
}

/// As it lies in storage: with its name, in UTF-16 units.
fn units(envelope: &Envelope) -> usize {
    let text = serde_json::to_string(envelope).unwrap();
    text.encode_utf16().count() + "ballpark:workspace".len()
}

#[test]
fn real_data_comes_back_as_it_was_from_storage_file_and_link() {
    for names in SETS {
        let Some(workspace) = read(names) else { return };
        let envelope = seal(&workspace);
        let size = units(&envelope);
        println!(
            "{:>6} items, {:>5.1} units each: {}",
            workspace.items.len(),
            size as f64 / workspace.items.len() as f64,
            names[0]
        );
        assert!(envelope.open() == Ok((workspace.clone(), Settings::default())), "{names:?}");
        let contents = Contents { workspace, ..Contents::default() };
        let text = Document::write(&contents).unwrap();
        assert!(Document::read(text.as_bytes()).as_ref() == Ok(&contents), "{names:?}");
        let link = straight(Link::write(&contents, &Pace::STRAIGHT)).unwrap().unwrap();
        assert!(Link::read(&link) == Ok(contents), "{names:?}");
    }
}

/// Fifty thousand items of real titles, names, keys, dates and sizes, each with the history of a workflow of five
/// statuses between its real dates. Copies of one item lie 2,000 items apart, farther than deflating looks back.
pub fn fifty_thousand() -> Option<Workspace> {
    const STATUSES: [&str; 5] = ["To Do", "In Progress", "In Review", "In Test", "Done"];
    let mut whole = read(&["jira-json/tidev-search.json"])?;
    let real = std::mem::take(&mut whole.items);
    let mut random = fastrand::Rng::with_seed(50_000);
    for n in 0..50_000_usize {
        let mut item = Item::clone(&real[n % real.len()]);
        let round = n / real.len();
        item.line = n as u64 + 2;
        item.key = format!("TIMOB-{}", 60_000 - n);
        item.url = format!("https://jira.example.org/browse/{}", item.key);
        if let Some(Moment::Instant(created)) = item.created {
            // No copy is made at the second of another.
            let later = |seconds: i64| Moment::Instant(created + jiff::SignedDuration::from_secs(seconds));
            let mut at = (round as i64) * 86_413 + random.i64(0..86_400);
            item.created = Some(later(at));
            for (step, status) in STATUSES.iter().enumerate() {
                item.history.push(StatusChange { at: later(at), to: (*status).to_owned() });
                at += random.i64(60..4_000_000) / (step as i64 + 1);
            }
            item.started = item.history.get(1).map(|change| change.at);
            item.finished = item.history.last().map(|change| change.at);
        }
        whole.items.push(Arc::new(item));
    }
    Some(whole)
}

#[test]
fn fifty_thousand_items_with_titles_and_history_fit_the_smallest_quota() {
    let Some(workspace) = fifty_thousand() else { return };
    let begun = std::time::Instant::now();
    let envelope = seal(&workspace);
    let size = units(&envelope);
    let titles: usize = workspace.items.iter().map(|item| item.title.len()).sum();
    let changes: usize = workspace.items.iter().map(|item| item.history.len()).sum();
    println!(
        "50,000 items, {} characters of title and {} changes of status each: {size} units, {:.1} an item, sealed in {:?}",
        titles / 50_000,
        changes / 50_000,
        size as f64 / 50_000.0,
        begun.elapsed()
    );
    assert!(size < QUOTA, "{size} units");
    let begun = std::time::Instant::now();
    assert!(envelope.open() == Ok((workspace, Settings::default())));
    println!("opened in {:?}", begun.elapsed());
}

/// The headless report with its forecast, and the number of each finding of each role's page.
fn everything_told(workspace: &Workspace, settings: &Settings, notebook: &Notebook) -> serde_json::Value {
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let analysis = Analysis::of(workspace, settings, &Zone::UTC, now);
    analysis.forecast_now();
    let report = to_json_with(workspace, &analysis, Asks { when: true, how_many: Some(4) });
    let desk = Desk::new(&analysis, notebook, analysis.today());
    let findings = ROLES.iter().flat_map(|page| {
        let all = page.all(&desk).into_iter();
        all.map(|finding| {
            serde_json::json!([page.role.id(), finding.id, finding.number, finding.weight as u8])
        })
    });
    serde_json::json!({ "findings": findings.collect::<Vec<_>>(), "report": report })
}

/// Every number, wherever it stands.
fn numbers(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Number(number) => found.push(number.to_string()),
        serde_json::Value::Array(all) => all.iter().for_each(|value| numbers(value, found)),
        serde_json::Value::Object(all) => all.values().for_each(|value| numbers(value, found)),
        _ => {}
    }
}

#[test]
fn without_names_every_number_is_the_same() {
    let today = Date::constant(2026, 11, 23);
    let mut sample = Notebook::default();
    sample.add_sample(ballpark::sample::notebook(today));
    let sets = SETS.iter().filter_map(|names| Some((names[0], read(names)?, Notebook::default())));
    let sets = sets.chain([("the sample", ballpark::sample::workspace(today), sample)]);
    for (name, workspace, notebook) in sets {
        let mut settings = Settings::default();
        let team = workspace.items.iter().map(|item| item.team.clone()).find(|team| !team.is_empty());
        settings.counting.people.extend(team.map(|team| (part_called("Team", &team), 7)));
        let told = |workspace: &Workspace, settings: &Settings, notebook: &Notebook| {
            everything_told(workspace, settings, notebook)
        };
        let named = told(&workspace, &settings, &notebook);
        let (workspace, settings, notebook) = anonymous(&workspace, &settings, &notebook);
        let unnamed = told(&workspace, &settings, &notebook);
        assert_eq!(named["findings"], unnamed["findings"], "{name}");
        let (mut before, mut after) = (Vec::new(), Vec::new());
        numbers(&named, &mut before);
        numbers(&unnamed, &mut after);
        assert!(before.len() > 10, "{name}");
        before.sort();
        after.sort();
        if before != after {
            let dir = std::env::temp_dir();
            let write = |n: &str, v: &serde_json::Value| {
                std::fs::write(dir.join(n), serde_json::to_string_pretty(v).unwrap_or_default())
            };
            let _ = (write("named.json", &named), write("unnamed.json", &unnamed));
        }
        assert!(
            before == after,
            "{name}: named.json and unnamed.json in the folder for temporary files differ"
        );
    }
}
