//! What is odd about the items themselves: contradicting, missing and impossible dates, ways back, and
//! days that look like a clean-up.

use std::collections::{HashMap, HashSet};

use super::{Dates, State};
use crate::model::{Date, Item, Log, Moment, Stage, Warning, WarningKind, Workspace, outline};
use crate::order::InOrder;
use crate::pace::Pace;

/// Everything odd about the items, by kind, with the first places of each. `dates` are the items'
/// own, in the same order, days after `today` still among them; `today` is the real day.
///
/// "Finished without starting" and its like are only said of data that has such dates at all.
pub async fn check(
    workspace: &Workspace,
    dates: &[Dates],
    as_of: Date,
    today: Date,
    pace: &Pace<'_>,
) -> Vec<Warning> {
    // A workspace may come from several files, and an item's line does not say of which.
    let mut log = Log::new("");
    let mut note = |kind: WarningKind, item: &Item| match kind {
        // The word itself is what one needs to know.
        WarningKind::UnknownStatus => log.note(kind, item.line, &format!("{}: {}", item.key, item.status)),
        _ => log.note(kind, item.line, &item.key),
    };
    let has_starts = dates.iter().any(|dates| dates.started.is_some());
    let has_creations = dates.iter().any(|dates| dates.created.is_some());
    let bulk = bulk_days(dates);
    let clocks = Clocks::of(workspace);
    let stages: HashMap<&str, Stage> =
        workspace.workflow.iter().filter_map(|status| Some((status.name.as_str(), status.stage?))).collect();
    let related: HashSet<&str> = workspace
        .items
        .iter()
        .flat_map(|item| item.waits_for.iter().chain([&item.parent]))
        .map(String::as_str)
        .filter(|key| !key.is_empty())
        .collect();
    let by_key: HashMap<&str, usize> = workspace
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| (item.key.as_str(), i))
        .filter(|(key, _)| related.contains(key))
        .collect();
    for (n, (item, own)) in workspace.items.iter().zip(dates).enumerate() {
        if n % 512 == 0 {
            pace.at(n, dates.len()).await;
        }
        let state = own.state_on(as_of);
        let finished = state == State::Finished;
        if item.stage.is_none() && !item.status.is_empty() {
            note(WarningKind::UnknownStatus, item);
        }
        if finished && own.finished.is_none() {
            note(WarningKind::FinishedWithoutDate, item);
        }
        let open = matches!(own.stage, Some(Stage::NotStarted | Stage::InProgress));
        if open && item.finished.is_some() {
            note(WarningKind::OpenWithFinishDate, item);
        }
        if own.stage == Some(Stage::NotStarted) && item.started.is_some() {
            note(WarningKind::StartedButBack, item);
        }
        let begins = [own.started, own.created].into_iter().flatten();
        if let Some(end) = own.finished
            && begins.into_iter().any(|begin| begin > end)
        {
            note(WarningKind::ReversedDates, item);
        }
        if has_creations && own.created.is_none() {
            note(WarningKind::NoCreation, item);
        }
        if finished && has_starts && own.started.is_none() && own.finished.is_some() {
            note(WarningKind::FinishedWithoutStart, item);
        }
        if has_starts && state == State::InProgress && own.started.is_none() {
            note(WarningKind::InProgressWithoutStart, item);
        }
        if own.days().any(|day| day > today) {
            note(WarningKind::FutureDate, item);
        }
        if own.finished.is_some_and(|day| bulk.contains(&day)) {
            note(WarningKind::BulkClosed, item);
        }
        if clocks.are_odd(item) {
            note(WarningKind::MixedZones, item);
        }
        if !item.history.is_empty() {
            let told = outline(&item.history, |status| stages.get(status).copied());
            for (is_so, kind) in [
                (told.reopened, WarningKind::Reopened),
                (told.moved_back && !told.reopened, WarningKind::MovedBack),
                (told.born_late, WarningKind::BornLate),
            ] {
                if is_so {
                    note(kind, item);
                }
            }
        }
        let begun = matches!(state, State::InProgress | State::Finished);
        let over = matches!(state, State::Finished | State::Cancelled | State::NotYetKnown);
        let state_of = |key: &str| Some(dates.get(*by_key.get(key)?)?.state_on(as_of));
        match state_of(&item.parent) {
            Some(State::NotStarted) if begun => note(WarningKind::ParentNotStarted, item),
            Some(State::Finished) if !over => note(WarningKind::ChildOpenUnderDone, item),
            _ => {}
        }
        let waits = |key: &String| matches!(state_of(key), Some(State::NotStarted | State::InProgress));
        if state == State::InProgress && item.waits_for.iter().any(waits) {
            note(WarningKind::WaitsForDone, item);
        }
    }
    log.into_warnings()
}

/// Days with far more finishes than usual: at least ten, and at least five times as many as on the median
/// day with any. Nobody finishes like that; somebody cleaned up.
fn bulk_days(dates: &[Dates]) -> HashSet<Date> {
    const AT_LEAST: usize = 10;
    const TIMES_USUAL: usize = 5;
    let mut counts: HashMap<Date, usize> = HashMap::new();
    for day in dates.iter().filter_map(|dates| dates.finished) {
        *counts.entry(day).or_default() += 1;
    }
    let mut sorted: Vec<usize> = counts.values().copied().collect();
    sorted.order();
    // With so few days none is usual.
    let Some(&median) = sorted.get(sorted.len() / 2).filter(|_| sorted.len() >= 5) else {
        return HashSet::new();
    };
    let most = AT_LEAST.max(TIMES_USUAL * median);
    counts.into_iter().filter(|(_, count)| *count >= most).map(|(day, _)| day).collect()
}

/// Which of two ways of writing times the fewer items have.
struct Clocks {
    odd: Option<fn(&Moment) -> bool>,
}

impl Clocks {
    fn of(workspace: &Workspace) -> Clocks {
        let is_instant: fn(&Moment) -> bool = |moment| matches!(moment, Moment::Instant(_));
        let is_local: fn(&Moment) -> bool = |moment| matches!(moment, Moment::Local(_));
        let with = |kind: fn(&Moment) -> bool| {
            workspace.items.iter().filter(|item| moments(item).any(|moment| kind(&moment))).count()
        };
        let odd = match (with(is_instant), with(is_local)) {
            (0, _) | (_, 0) => None,
            (instants, locals) => Some(if instants < locals { is_instant } else { is_local }),
        };
        Clocks { odd }
    }

    fn are_odd(&self, item: &Item) -> bool {
        self.odd.is_some_and(|odd| moments(item).any(|moment| odd(&moment)))
    }
}

fn moments(item: &Item) -> impl Iterator<Item = Moment> {
    [item.created, item.started, item.finished, item.cancelled].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::resolve;
    use crate::model::Zone;
    use crate::pace::straight;
    use jiff::civil::date;
    use std::sync::Arc;

    #[test]
    fn each_oddity_is_named_with_its_item() {
        let item = |key: &str, stage, status: &str, created: &str, started: &str, finished: &str| Item {
            key: key.into(),
            line: 2,
            stage,
            status: status.into(),
            created: created.parse().ok(),
            started: started.parse().ok(),
            finished: finished.parse().ok(),
            ..Item::default()
        };
        use Stage::*;
        let items = [
            item("good", Some(Done), "Done", "2024-01-01", "2024-01-02", "2024-01-03"),
            item("undated", Some(Done), "Done", "2024-01-01", "2024-01-02", ""),
            item("open", Some(InProgress), "Doing", "2024-01-01", "2024-01-02", "2024-01-03"),
            item("reversed", Some(Done), "Done", "2024-01-01", "2024-01-04", "2024-01-03"),
            item("unstarted", Some(Done), "Done", "2024-01-01", "", "2024-01-03"),
            item("unknown", None, "Zebra", "2024-01-01", "2024-01-02", ""),
            item("future", Some(NotStarted), "New", "2034-01-01", "", ""),
            item("back", Some(NotStarted), "New", "2024-01-01", "2024-01-02", ""),
        ];
        let dates: Vec<Dates> = items.iter().map(|item| resolve(item, &Zone::UTC)).collect();
        let workspace =
            Workspace { items: items.into_iter().map(Arc::new).collect(), ..Workspace::default() };
        let day = date(2024, 2, 1);
        let warnings = straight(check(&workspace, &dates, day, day, &Pace::STRAIGHT)).unwrap();
        let said: Vec<(&str, &str)> =
            warnings.iter().map(|w| (w.kind.id(), w.places[0].what.as_str())).collect();
        assert_eq!(
            said,
            [
                ("unknown_status", "unknown: Zebra"),
                ("finished_without_date", "undated"),
                ("open_with_finish_date", "open"),
                ("started_but_back", "back"),
                ("reversed_dates", "reversed"),
                ("future_date", "future"),
                ("finished_without_start", "unstarted"),
            ]
        );
    }

    #[test]
    fn what_items_say_of_each_other_and_of_themselves_is_compared() {
        let history = |steps: &[(&str, &str)]| -> Vec<crate::model::StatusChange> {
            let step = |&(at, to): &(&str, &str)| crate::model::StatusChange {
                at: at.parse().expect("a moment"),
                to: to.into(),
            };
            steps.iter().map(step).collect()
        };
        let item = |key: &str, stage, created: &str, started: &str, finished: &str| Item {
            key: key.into(),
            stage: Some(stage),
            created: created.parse().ok(),
            started: started.parse().ok(),
            finished: finished.parse().ok(),
            ..Item::default()
        };
        use Stage::*;
        let day = "2024-01-02";
        let items = [
            Item { parent: "idea".into(), ..item("early", InProgress, day, day, "") },
            item("idea", NotStarted, day, "", ""),
            Item { parent: "closed".into(), ..item("left", NotStarted, day, "", "") },
            item("closed", Done, day, day, "2024-01-03"),
            Item { waits_for: vec!["idea".into()], ..item("waiting", InProgress, day, day, "") },
            Item { waits_for: vec!["closed".into()], ..item("free", InProgress, day, day, "") },
            Item {
                history: history(&[("2024-01-02", "doing"), ("2024-01-03", "done"), ("2024-01-04", "doing")]),
                ..item("again", InProgress, day, day, "")
            },
            Item {
                history: history(&[("2024-01-02", "todo"), ("2024-01-03", "doing"), ("2024-01-04", "todo")]),
                ..item("back", NotStarted, day, "", "")
            },
            item("zoned", InProgress, "2024-01-02T10:00:00Z", day, ""),
            item("a", InProgress, "2024-01-02T10:00:00", day, ""),
            item("b", InProgress, "2024-01-02T10:00:00", day, ""),
            item("undated", InProgress, day, "", ""),
            item("uncreated", InProgress, "", day, ""),
        ];
        let status = |name: &str, stage| crate::model::Status { name: name.into(), stage: Some(stage) };
        let workspace = Workspace {
            items: items.into_iter().map(Arc::new).collect(),
            workflow: vec![status("todo", NotStarted), status("doing", InProgress), status("done", Done)],
            ..Workspace::default()
        };
        let dates: Vec<Dates> = workspace.items.iter().map(|item| resolve(item, &Zone::UTC)).collect();
        let day = date(2024, 2, 1);
        let warnings = straight(check(&workspace, &dates, day, day, &Pace::STRAIGHT)).unwrap();
        let said: Vec<(&str, u32, &str)> =
            warnings.iter().map(|w| (w.kind.id(), w.count, w.places[0].what.as_str())).collect();
        assert_eq!(
            said,
            [
                ("mixed_zones", 1, "zoned"),
                ("no_creation", 1, "uncreated"),
                ("in_progress_without_start", 1, "undated"),
                ("reopened", 1, "again"),
                ("moved_back", 1, "back"),
                ("born_late", 1, "again"),
                ("parent_not_started", 1, "early"),
                ("child_open_under_done", 1, "left"),
                ("waits_for_done", 1, "waiting"),
            ]
        );
    }

    #[test]
    fn a_clean_up_is_told_from_a_good_day() {
        let finished = |day: i8| Dates { finished: Some(date(2024, 1, day)), ..Dates::default() };
        let mut dates: Vec<Dates> = (1..=9).flat_map(|day| [finished(day), finished(day)]).collect();
        dates.extend((0..9).map(|_| finished(10)));
        assert_eq!(bulk_days(&dates), HashSet::new(), "nine, though four times the usual");
        dates.push(finished(10));
        assert_eq!(bulk_days(&dates), HashSet::from([date(2024, 1, 10)]));
    }
}
