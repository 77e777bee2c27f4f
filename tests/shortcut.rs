//! Shortcut's three generations of columns, with its quirks. No genuine export is public: the fixtures have
//! the columns in their order, and rows made to be awkward.

use ballpark::import::{self, File};
use ballpark::model::{Item, Kind, Moment, Stage, Workspace};

const GENERATIONS: [(&str, &[u8]); 3] = [
    ("generation-0.csv", include_bytes!("fixtures/shortcut/generation-0.csv")),
    ("generation-a.csv", include_bytes!("fixtures/shortcut/generation-a.csv")),
    ("generation-b.csv", include_bytes!("fixtures/shortcut/generation-b.csv")),
];

fn read(name: &str, bytes: &[u8]) -> Workspace {
    import::read(&[File { name, bytes }]).unwrap_or_else(|error| panic!("{error}"))
}

fn told(item: &Item) -> String {
    let moment = |moment: Option<Moment>| moment.map_or("-".to_owned(), |m| m.to_string());
    let stage = item.stage.map_or("-".to_owned(), |stage| format!("{stage:?}"));
    format!(
        "{} {stage} {} {} {}",
        item.key,
        moment(item.created),
        moment(item.started),
        moment(item.finished)
    )
}

#[test]
fn every_generation_tells_the_same() {
    for (name, bytes) in GENERATIONS {
        let workspace = read(name, bytes);
        assert_eq!(workspace.read_from[0].importer, "shortcut-csv", "{name}");
        let items: Vec<String> = workspace.items.iter().map(|item| told(item)).collect();
        assert_eq!(
            items,
            [
                "101 Done 2025-03-12T20:57:02Z 2025-03-17T08:19:40Z 2025-03-26T18:05:41Z",
                "102 Done 2025-03-14T04:00:00Z 2025-03-14T17:00:00Z 2025-03-27T04:00:00Z",
                "103 Done 2025-03-13T10:00:00Z - 2025-03-20T10:00:00Z",
                "104 Cancelled 2025-02-01T10:00:00Z 2025-02-03T10:00:00Z -",
                "105 InProgress 2025-03-01T10:00:00Z 2025-03-03T10:00:00Z -",
                "106 InProgress 2025-03-01T10:00:00Z 2025-03-05T10:00:00Z -",
                "107 NotStarted 2025-03-02T10:00:00Z - -",
            ],
            "{name}"
        );
        let [first, second, chore, archived, _, blocked, _] = workspace.items.as_slice() else {
            panic!("{name}")
        };
        assert_eq!(
            (first.owners.len(), first.labels.join(" ")),
            (2, "frontend customer".to_owned()),
            "{name}"
        );
        assert_eq!((first.points, second.points, chore.points), (Some(3.0), Some(0.0), None), "{name}");
        assert_eq!((first.kind, second.kind, chore.kind), (Kind::Feature, Kind::Bug, Kind::Chore), "{name}");
        assert_eq!(archived.cancelled, "2025-02-10T10:00:00Z".parse().ok(), "{name}");
        assert!(blocked.blocked && !first.blocked, "{name}");
        assert_eq!(workspace.read_from[0].warnings, [], "{name}");
        assert_eq!(workspace.items.iter().filter(|i| i.stage == Some(Stage::Done)).count(), 3);
    }
}

#[test]
fn newer_generations_know_teams_and_parents() {
    let [(_, oldest), (_, older), (_, newest)] = GENERATIONS;
    let team = |bytes| read("x", bytes).items[0].team.clone();
    assert_eq!([team(oldest), team(older), team(newest)], ["", "Red", "Red"]);
    assert_eq!(read("x", newest).items[6].parent, "101");
}

#[test]
fn a_workbook_is_read_where_a_sheet_holds_a_table() {
    let workspace = read("stories.xlsx", include_bytes!("fixtures/stories.xlsx"));
    let items: Vec<String> = workspace.items.iter().map(|item| told(item)).collect();
    assert_eq!(items, ["S-1 - 2024-01-01 2024-01-02 2024-01-05T12:00:00", "S-2 - 2024-01-01 - -"]);
    assert_eq!((workspace.items[0].title.as_str(), workspace.items[1].points), ("a & b", Some(1.5)));
    assert!(workspace.read_from[0].understood.starts_with("workbook, sheet \"Stories\""));
}
