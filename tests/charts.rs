//! Pictures of real data: no text runs out of its picture or into another, at any width.

mod common;

use ballpark::charts::{self, Chart, Size};
use ballpark::import::{self, File};
use ballpark::model::{Settings, Zone};
use ballpark::report::Analysis;

/// The exports that between them support every chart.
const SETS: &[&[&str]] = &[
    &["azure-devops-csv/adodata.csv"],
    &["linear-csv/Linear-tasks-backlog-backup.csv"],
    &["agile-project/jira.csv"],
    &["sip/Sip-task-info.csv", "sip/est-act-dates.csv"],
    &["jira-json/tidev-search.json"],
    &["jira-csv/planeso.csv"],
];

fn analyses() -> Vec<(String, Analysis)> {
    let now = "2026-11-25T12:00:00Z".parse().expect("a time");
    let settings = Settings::default();
    let sample = ballpark::sample::workspace(ballpark::model::Date::constant(2026, 11, 25));
    let mut all = vec![("the sample".to_owned(), Analysis::of(&sample, &settings, &Zone::UTC, now))];
    // No real export at hand has sizes.
    let rows = (0..60).map(|i| {
        format!("{i},2024-01-03,2024-01-{:02},{}\n", 4 + (i * 7) % 25, ["XS", "S", "M", "L", "XL"][i % 5])
    });
    let sized = format!("id,started,finished,size\n{}", rows.collect::<String>());
    let file = File { name: "sized.csv", bytes: sized.as_bytes() };
    let sized = import::read(&[file]).unwrap_or_else(|error| panic!("{error}"));
    all.push(("sizes".to_owned(), Analysis::of(&sized, &settings, &Zone::UTC, now)));
    let forecasts = |all: Vec<(String, Analysis)>| {
        for (_, analysis) in &all {
            let _ = analysis.forecast_now();
        }
        all
    };
    let Some(folder) = common::real_data() else { return forecasts(all) };
    for names in SETS {
        let bytes: Vec<Vec<u8>> = names
            .iter()
            .map(|name| std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}")))
            .collect();
        let files: Vec<File> = names.iter().zip(&bytes).map(|(name, bytes)| File { name, bytes }).collect();
        let workspace = import::read(&files).unwrap_or_else(|error| panic!("{error}"));
        all.push((names[0].to_owned(), Analysis::of(&workspace, &settings, &Zone::UTC, now)));
    }
    forecasts(all)
}

/// A text of a picture: what it says and the box it takes, by a letter's usual width.
#[derive(Debug)]
struct Label {
    says: String,
    left: f64,
    right: f64,
    y: f64,
}

fn labels(chart: &Chart) -> Vec<Label> {
    let texts = chart.svg.split("<text ").skip(1);
    texts
        .map(|text| {
            let (attributes, rest) = text.split_once('>').expect("a tag");
            let says = rest.split("</text>").next().unwrap_or_default().trim_matches('\n').to_owned();
            let attribute = |name: &str| {
                let at = attributes.split(&format!("{name}=\"")).nth(1).expect("an attribute");
                at.split('"').next().unwrap_or_default().to_owned()
            };
            let (x, y): (f64, f64) = (attribute("x").parse().expect("x"), attribute("y").parse().expect("y"));
            // A usual letter of 12 pixels; narrow ones are half as wide.
            let width: f64 = says
                .replace("&amp;", "&")
                .chars()
                .map(|c| match c {
                    'i' | 'l' | '.' | ',' | ':' | '\'' | 'I' | 'j' | '\u{a0}' | ' ' | 't' | 'f' | 'r' => 3.6,
                    'm' | 'w' | 'M' | 'W' | '%' => 10.0,
                    _ => 6.6,
                })
                .sum();
            let left = match attribute("text-anchor").as_str() {
                "start" => x,
                "middle" => x - width / 2.0,
                _ => x - width,
            };
            Label { says, left, right: left + width, y }
        })
        .collect()
}

#[test]
fn no_text_is_clipped_or_runs_into_another() {
    let mut drawn = std::collections::BTreeMap::<&str, usize>::new();
    let mut wrong = Vec::new();
    for (name, analysis) in analyses() {
        for plate in charts::ALL {
            for width in [312, 360, 520, 1000] {
                let Some(chart) = (plate.draw)(&analysis, Size::for_width(width)) else { continue };
                let chart = chart.expect("a picture");
                *drawn.entry(plate.figure.id).or_default() += 1;
                let labels = labels(&chart);
                let (w, h) = (f64::from(chart.size.width), f64::from(chart.size.height));
                for (n, label) in labels.iter().enumerate() {
                    if label.left < -1.0 || label.right > w + 1.0 || label.y < 6.0 || label.y > h - 3.0 {
                        wrong.push(format!(
                            "{name} {} at {width}: {:?} leaves {w} × {h}: {label:?}",
                            plate.figure.id, label.says
                        ));
                    }
                    for other in &labels[n + 1..] {
                        let apart = label.right < other.left + 0.5 || other.right < label.left + 0.5;
                        if !apart && (label.y - other.y).abs() < 11.0 {
                            wrong.push(format!(
                                "{name} {} at {width}: {:?} on {:?}: {label:?} {other:?}",
                                plate.figure.id, label.says, other.says
                            ));
                        }
                    }
                }
                for mark in &chart.marks {
                    let (x, y) = (f64::from(mark.at.0), f64::from(mark.at.1));
                    assert!(
                        (0.0..=w).contains(&x) && (0.0..=h).contains(&y),
                        "{}: {mark:?}",
                        plate.figure.id
                    );
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} texts:\n{}",
        wrong.len(),
        wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
    let missing: Vec<&str> =
        charts::ALL.iter().map(|plate| plate.figure.id).filter(|id| !drawn.contains_key(id)).collect();
    assert!(missing.is_empty(), "never drawn: {missing:?}");
}
