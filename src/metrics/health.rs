//! What is odd about the items themselves: contradicting, missing and impossible dates.

use super::{Dates, State};
use crate::model::{Date, Item, Log, Stage, Warning, WarningKind};

/// Everything odd about the items, by kind, with the first places of each. `dates` are the items'
/// own, in the same order, days after `today` still among them; `today` is the real day.
///
/// "Finished without starting" is only said of data that has start dates at all.
pub fn check(items: &[Item], dates: &[Dates], as_of: Date, today: Date) -> Vec<Warning> {
    // A workspace may come from several files, and an item's line does not say of which.
    let mut log = Log::new("");
    let mut note = |kind: WarningKind, item: &Item| match kind {
        // The word itself is what one needs to know.
        WarningKind::UnknownStatus => log.note(kind, item.line, &format!("{}: {}", item.key, item.status)),
        _ => log.note(kind, item.line, &item.key),
    };
    let has_starts = dates.iter().any(|dates| dates.started.is_some());
    for (item, dates) in items.iter().zip(dates) {
        let finished = dates.state_on(as_of) == State::Finished;
        if item.stage.is_none() && !item.status.is_empty() {
            note(WarningKind::UnknownStatus, item);
        }
        if finished && dates.finished.is_none() {
            note(WarningKind::FinishedWithoutDate, item);
        }
        let open = matches!(dates.stage, Some(Stage::NotStarted | Stage::InProgress));
        if open && item.finished.is_some() {
            note(WarningKind::OpenWithFinishDate, item);
        }
        if dates.stage == Some(Stage::NotStarted) && item.started.is_some() {
            note(WarningKind::StartedButBack, item);
        }
        let begins = [dates.started, dates.created].into_iter().flatten();
        if let Some(end) = dates.finished
            && begins.into_iter().any(|begin| begin > end)
        {
            note(WarningKind::ReversedDates, item);
        }
        if finished && has_starts && dates.started.is_none() && dates.finished.is_some() {
            note(WarningKind::FinishedWithoutStart, item);
        }
        if dates.days().any(|day| day > today) {
            note(WarningKind::FutureDate, item);
        }
    }
    log.into_warnings()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::resolve;
    use crate::model::Zone;
    use jiff::civil::date;

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
        let warnings = check(&items, &dates, date(2024, 2, 1), date(2024, 2, 1));
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
}
