//! Where an item has been, step by step, and what follows from it.

use serde::{Deserialize, Serialize};

use super::{Moment, Stage, Zone};

/// An item entered a status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusChange {
    #[serde(rename = "a")]
    pub at: Moment,
    /// The tracker's word.
    #[serde(rename = "s")]
    pub to: String,
}

/// A time during which an item was marked as blocked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blocked {
    #[serde(rename = "a")]
    pub from: Moment,
    /// None while it still is.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

/// What a history says about an item's life.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outline {
    pub started: Option<Moment>,
    pub finished: Option<Moment>,
    pub cancelled: Option<Moment>,
    /// Where it stands; `None` where no status of the history has a meaning.
    pub stage: Option<Stage>,
    /// It was done, and then was not.
    pub reopened: bool,
    /// It went from one stage to an earlier one.
    pub moved_back: bool,
    /// Its first status is one that comes later than the start.
    pub born_late: bool,
}

/// Follows a history. Started: first entered a stage in progress. Finished: last entered a done stage
/// and stayed there, so that what was reopened is not finished, and moving from one done status to
/// another moves no finish. A status without a meaning leaves the item in the stage it was in.
///
/// Source: METRICS.md's moments; Vacanti, *Actionable Agile Metrics for Predictability* (2015).
pub fn outline(history: &[StatusChange], stage_of: impl Fn(&str) -> Option<Stage>) -> Outline {
    let mut outline = Outline::default();
    let mut since = None;
    for change in history {
        let Some(stage) = stage_of(&change.to) else { continue };
        match outline.stage {
            None => outline.born_late = stage != Stage::NotStarted,
            Some(before) => {
                outline.moved_back |= stage < before;
                outline.reopened |= before >= Stage::Done && stage < Stage::Done;
            }
        }
        if outline.stage != Some(stage) {
            since = Some(change.at);
        }
        if stage == Stage::InProgress && outline.started.is_none() {
            outline.started = Some(change.at);
        }
        outline.stage = Some(stage);
    }
    match outline.stage {
        Some(Stage::Done) => outline.finished = since,
        Some(Stage::Cancelled) => outline.cancelled = since,
        _ => {}
    }
    outline
}

/// Puts a history in the order of time. What happened at one moment, or on one day where only the day
/// is known, keeps its order.
pub fn sort(history: &mut [StatusChange]) {
    let key = |change: &StatusChange| match change.at {
        Moment::Instant(at) => (at, 0),
        Moment::Local(at) => (jiff::tz::Offset::UTC.to_timestamp(at).unwrap_or_default(), 0),
        Moment::Day(_) => {
            let midnight = change.at.date(&Zone::UTC).to_datetime(jiff::civil::Time::midnight());
            (jiff::tz::Offset::UTC.to_timestamp(midnight).unwrap_or_default(), 0)
        }
    };
    history.sort_by_key(key);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn history(steps: &[(&str, &str)]) -> Vec<StatusChange> {
        let step = |&(at, to): &(&str, &str)| StatusChange { at: at.parse().unwrap(), to: to.into() };
        steps.iter().map(step).collect()
    }

    fn meaning(status: &str) -> Option<Stage> {
        match status {
            "todo" => Some(Stage::NotStarted),
            "doing" | "review" => Some(Stage::InProgress),
            "done" | "released" => Some(Stage::Done),
            "dropped" => Some(Stage::Cancelled),
            _ => None,
        }
    }

    fn said(steps: &[(&str, &str)]) -> (String, String, Option<Stage>) {
        let outline = outline(&history(steps), meaning);
        let text = |moment: Option<Moment>| moment.map_or("-".to_owned(), |m| m.to_string());
        (text(outline.started), text(outline.finished), outline.stage)
    }

    #[test]
    fn started_first_and_finished_last() {
        for (steps, started, finished, stage) in [
            (&[("2024-01-01", "todo")][..], "-", "-", Some(Stage::NotStarted)),
            (
                &[("2024-01-01", "todo"), ("2024-01-02", "doing"), ("2024-01-03", "review")],
                "2024-01-02",
                "-",
                Some(Stage::InProgress),
            ),
            (
                &[("2024-01-02", "doing"), ("2024-01-05", "done"), ("2024-01-09", "released")],
                "2024-01-02",
                "2024-01-05",
                Some(Stage::Done),
            ),
            (
                &[
                    ("2024-01-02", "doing"),
                    ("2024-01-05", "done"),
                    ("2024-01-06", "doing"),
                    ("2024-01-08", "done"),
                ],
                "2024-01-02",
                "2024-01-08",
                Some(Stage::Done),
            ),
            (&[("2024-01-01", "todo"), ("2024-01-05", "done")], "-", "2024-01-05", Some(Stage::Done)),
            (&[("2024-01-02", "doing"), ("2024-01-05", "zebra")], "2024-01-02", "-", Some(Stage::InProgress)),
            (&[("2024-01-02", "zebra")], "-", "-", None),
            (&[], "-", "-", None),
        ] {
            assert_eq!(said(steps), (started.to_owned(), finished.to_owned(), stage), "{steps:?}");
        }
    }

    #[test]
    fn ways_back_are_noticed() {
        let of = |steps: &[(&str, &str)]| outline(&history(steps), meaning);
        let reopened = of(&[("2024-01-02", "doing"), ("2024-01-05", "done"), ("2024-01-06", "todo")]);
        assert!(reopened.reopened && reopened.moved_back && reopened.born_late);
        let forward = of(&[("2024-01-02", "todo"), ("2024-01-05", "doing"), ("2024-01-06", "dropped")]);
        assert!(!forward.reopened && !forward.moved_back && !forward.born_late);
        assert_eq!(forward.cancelled, Some("2024-01-06".parse().unwrap()));
    }

    #[test]
    fn days_and_instants_sort_together() {
        let mut mixed =
            history(&[("2024-01-03", "c"), ("2024-01-01T10:00:00Z", "a"), ("2024-01-02T10:00:00", "b")]);
        sort(&mut mixed);
        let order: Vec<&str> = mixed.iter().map(|change| change.to.as_str()).collect();
        assert_eq!(order, ["a", "b", "c"]);
    }
}
