//! The words trackers use, and what they mean.

use crate::model::{Kind, Stage};

use super::table::plain;

/// The stage that a whole status name stands for, in any case and spelling; `None` for names of a
/// team's own.
pub fn stage(status: &str) -> Option<Stage> {
    use Stage::{Cancelled, Done, InProgress, NotStarted};
    const NAMES: &[(Stage, &[&str])] = &[
        (
            Cancelled,
            &[
                "cancelled",
                "canceled",
                "wontdo",
                "wontfix",
                "rejected",
                "removed",
                "abandoned",
                "duplicate",
                "obsolete",
                "declined",
                "invalid",
                "withdrawn",
                "discarded",
                "notplanned",
                "cannotreproduce",
                "abgebrochen",
                "verworfen",
            ],
        ),
        (
            Done,
            &[
                "done",
                "closed",
                "resolved",
                "complete",
                "completed",
                "finished",
                "released",
                "deployed",
                "shipped",
                "delivered",
                "accepted",
                "merged",
                "live",
                "fixed",
                "verified",
                "erledigt",
                "fertig",
                "geschlossen",
                "abgeschlossen",
                "terminé",
                "hecho",
                "gereed",
            ],
        ),
        (
            NotStarted,
            &[
                "todo",
                "backlog",
                "new",
                "open",
                "planned",
                "proposed",
                "ready",
                "unstarted",
                "unscheduled",
                "triage",
                "reopened",
                "selectedfordevelopment",
                "readyfordevelopment",
                "readyfordev",
                "icebox",
                "nextup",
                "next",
                "estimated",
                "draft",
                "offen",
                "neu",
                "geplant",
                "zuerledigen",
                "àfaire",
                "tedoen",
                "inbox",
                "later",
                "someday",
            ],
        ),
        (
            InProgress,
            &[
                "inprogress",
                "started",
                "doing",
                "active",
                "wip",
                "indevelopment",
                "development",
                "indev",
                "inreview",
                "review",
                "codereview",
                "readyforreview",
                "intesting",
                "testing",
                "intest",
                "test",
                "qa",
                "inqa",
                "readyfortest",
                "readyfortesting",
                "readyforqa",
                "readyfordeploy",
                "readyforrelease",
                "readytodeploy",
                "blocked",
                "onhold",
                "waiting",
                "design",
                "indesign",
                "analysis",
                "inanalysis",
                "implementing",
                "committed",
                "inarbeit",
                "inbearbeitung",
                "encours",
                "inuitvoering",
                "bezig",
                "uat",
                "staging",
            ],
        ),
    ];
    let name = plain(status);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|&(stage, _)| stage)
}

/// The stage a longer name is likely to stand for, by the words in it: "Done (prod)", "In Progress 🚧",
/// "Waiting for deploy". `None` where no word tells or two tell different things. A guess: dates that
/// say otherwise go before it.
pub fn likely_stage(status: &str) -> Option<Stage> {
    use Stage::{Cancelled, Done, InProgress, NotStarted};
    const WORDS: &[(Stage, &[&str])] = &[
        (Cancelled, &["cancelled", "canceled", "abandoned", "duplicate", "rejected", "declined", "obsolete"]),
        (NotStarted, &["backlog", "todo", "unstarted", "unscheduled", "icebox"]),
        (
            InProgress,
            &["progress", "review", "testing", "doing", "blocked", "hold", "waiting", "development"],
        ),
        (
            Done,
            &[
                "done",
                "complete",
                "completed",
                "closed",
                "released",
                "deployed",
                "finished",
                "resolved",
                "shipped",
            ],
        ),
    ];
    let lower = status.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    if words.contains(&"wont") {
        return Some(Cancelled);
    }
    if ["not", "never", "no"].iter().any(|no| words.contains(no)) {
        return words.contains(&"started").then_some(NotStarted);
    }
    let mut told = WORDS.iter().filter(|(_, tell)| tell.iter().any(|word| words.contains(word)));
    match (told.next(), told.next()) {
        (Some(&(stage, _)), None) => Some(stage),
        _ => None,
    }
}

/// What sort of work a tracker's type name stands for.
pub fn kind(type_name: &str) -> Kind {
    let name = plain(type_name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["bug", "defect", "fehler", "incident", "regression", "problem"]) {
        Kind::Bug
    } else if has(&["feature", "story", "enhancement", "improvement", "epic", "initiative", "requirement"]) {
        Kind::Feature
    } else if has(&[
        "chore",
        "task",
        "debt",
        "spike",
        "maintenance",
        "refactor",
        "upgrade",
        "document",
        "test",
    ]) {
        Kind::Chore
    } else {
        Kind::Other
    }
}

/// The kind that one of the labels names, for trackers without a type. A bug in a feature is a bug.
pub fn kind_of_labels(labels: &[String]) -> Kind {
    let kinds: Vec<Kind> = labels.iter().map(|label| kind(label)).collect();
    let wins = [Kind::Bug, Kind::Feature, Kind::Chore];
    wins.into_iter().find(|kind| kinds.contains(kind)).unwrap_or_default()
}

/// Whether the cell says that there is nothing: trackers and statistics programs have many words
/// for it.
pub fn is_nothing(cell: &str) -> bool {
    matches!(
        cell,
        "" | "NA"
            | "N/A"
            | "n/a"
            | "\\N"
            | "?"
            | "NULL"
            | "null"
            | "None"
            | "none"
            | "NaN"
            | "nan"
            | "-"
            | "[]"
            | "{}"
    )
}

/// Whether the cell says yes, in any case: Shortcut has written `TRUE` and `true`.
pub fn is_yes(cell: &str) -> bool {
    ["true", "yes", "1", "x"].iter().any(|yes| cell.eq_ignore_ascii_case(yes))
}

/// A number with a decimal point or comma; `None` where the cell holds none.
pub fn number(cell: &str) -> Option<f64> {
    if is_nothing(cell) {
        return None;
    }
    let number = cell.parse().or_else(|_| cell.replace(',', ".").parse::<f64>());
    number.ok().filter(|number| number.is_finite())
}

/// The parts of a cell that lists values, trimmed, empty ones left out.
pub fn list(cell: &str, separator: char) -> Vec<String> {
    let parts = cell.split(separator).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_mean_what_teams_mean() {
        use Stage::*;
        for (status, want) in [
            ("Done", Some(Done)),
            ("COMPLETED", Some(Done)),
            ("To Do", Some(NotStarted)),
            ("Ready for Development", Some(NotStarted)),
            ("Ready for Review", Some(InProgress)),
            ("Won't Do", Some(Cancelled)),
            ("Canceled", Some(Cancelled)),
            ("CHRONICLE", None),
            ("Done (prod)", None),
            ("", None),
        ] {
            assert_eq!(stage(status), want, "{status}");
        }
        for (status, want) in [
            ("Done (prod)", Some(Done)),
            ("Moved to Done", Some(Done)),
            ("Auto done", Some(Done)),
            ("In Progress 🚧", Some(InProgress)),
            ("Waiting for deploy", Some(InProgress)),
            ("Won’t be done", Some(Cancelled)),
            ("Not started yet", Some(NotStarted)),
            ("Not Doing", None),
            ("Not done", None),
            ("Incomplete", None),
            ("Reviewed", None),
            ("Ready to document", None),
            ("Done, waiting for review", None),
            ("", None),
        ] {
            assert_eq!(likely_stage(status), want, "{status}");
        }
    }

    #[test]
    fn types_are_told_apart() {
        for (name, want) in [
            ("User Story", Kind::Feature),
            ("Bug", Kind::Bug),
            ("Sub-task", Kind::Chore),
            ("chore", Kind::Chore),
            ("Improvement", Kind::Feature),
            ("", Kind::Other),
            ("Fluxkompensator", Kind::Other),
        ] {
            assert_eq!(kind(name), want, "{name}");
        }
        assert_eq!(kind_of_labels(&["backend".into(), "type::bug".into()]), Kind::Bug);
    }

    #[test]
    fn numbers_and_lists_are_forgiving() {
        assert_eq!(number("2,5"), Some(2.5));
        assert_eq!(number("0"), Some(0.0));
        assert_eq!(number("NA"), None);
        assert_eq!(number("inf"), None);
        assert_eq!(list(" a ;; b;", ';'), ["a", "b"]);
    }
}
