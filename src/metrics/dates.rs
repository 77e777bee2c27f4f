//! The days an item was created, started, finished or given up, and where it stood on a day.
//!
//! Every metric starts from these, so that an item counts the same way everywhere.

use crate::model::{Date, Item, Moment, Stage, Zone};

/// An item's moments as civil days in the workspace's zone, contradictions settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    pub created: Option<Date>,
    pub started: Option<Date>,
    /// Only of items that are done.
    pub finished: Option<Date>,
    /// Only of items that were given up.
    pub cancelled: Option<Date>,
    /// Where the tracker says it stands, or where its dates put it.
    pub stage: Option<Stage>,
}

/// Where an item stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    NotStarted,
    InProgress,
    Finished,
    Cancelled,
    /// Nothing had happened to it yet.
    NotYetKnown,
}

/// Settles an item's dates.
///
/// An explicit status goes before dates that contradict it, for a status is set by hand each time
/// and a date may be left over: a finish date on an item that is open again, or a start date on one
/// that went back to the backlog, doesn't count. Where the status says nothing, the dates decide.
pub fn resolve(item: &Item, zone: &Zone) -> Dates {
    let day = |moment: Option<Moment>| moment.map(|moment| moment.date(zone));
    let (created, started, finished) = (day(item.created), day(item.started), day(item.finished));
    let cancelled = day(item.cancelled);
    let stage = match item.stage {
        _ if cancelled.is_some() => Stage::Cancelled,
        Some(stage) => stage,
        None if finished.is_some() => Stage::Done,
        None if started.is_some() => Stage::InProgress,
        None => Stage::NotStarted,
    };
    let dates = Dates { created, started, stage: Some(stage), ..Dates::default() };
    match stage {
        Stage::NotStarted => Dates { started: None, ..dates },
        Stage::InProgress => dates,
        Stage::Done => Dates { finished, ..dates },
        Stage::Cancelled => Dates { cancelled: cancelled.or(finished), ..dates },
    }
}

impl Dates {
    /// Where the item stood at the end of `day`. Done or given up without a date counts as so on
    /// every day since it is known, for there is no telling since when.
    pub fn state_on(&self, day: Date) -> State {
        let by = |date: Option<Date>| date.is_some_and(|date| date <= day);
        let first = [self.created, self.started, self.finished, self.cancelled];
        let first = first.into_iter().flatten().min();
        if first.is_some_and(|first| first > day) {
            return State::NotYetKnown;
        }
        if by(self.finished) || (self.stage == Some(Stage::Done) && self.finished.is_none()) {
            return State::Finished;
        }
        if by(self.cancelled) || (self.stage == Some(Stage::Cancelled) && self.cancelled.is_none()) {
            return State::Cancelled;
        }
        let undated_start = self.stage == Some(Stage::InProgress) && self.started.is_none();
        if by(self.started) || undated_start { State::InProgress } else { State::NotStarted }
    }

    /// Without days later than `today`, which are slips: nothing can have happened then. An item that
    /// is done stays done, without a date.
    pub fn until(self, today: Date) -> Dates {
        let past = |day: Option<Date>| day.filter(|&day| day <= today);
        Dates {
            created: past(self.created),
            started: past(self.started),
            finished: past(self.finished),
            cancelled: past(self.cancelled),
            stage: self.stage,
        }
    }

    /// Every day on which something happened to the item.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        [self.created, self.started, self.finished, self.cancelled].into_iter().flatten()
    }
}

/// The day the numbers speak for, unless the user set one: the last day on which anything in the
/// data happened, so that a file exported two years ago is not two years stale. `None` when there is no
/// date at all.
pub fn as_of(dates: &[Dates]) -> Option<Date> {
    dates.iter().flat_map(Dates::days).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn item(stage: Option<Stage>, created: &str, started: &str, finished: &str) -> Item {
        let moment = |text: &str| text.parse().ok();
        Item {
            stage,
            created: moment(created),
            started: moment(started),
            finished: moment(finished),
            ..Item::default()
        }
    }

    #[test]
    fn the_status_goes_before_dates_left_over() {
        use Stage::*;
        let day = date(2024, 6, 1);
        for (stage, started, finished, want) in [
            (None, "", "", State::NotStarted),
            (None, "2024-01-02", "", State::InProgress),
            (None, "2024-01-02", "2024-01-03", State::Finished),
            (Some(Done), "", "", State::Finished),
            (Some(InProgress), "", "", State::InProgress),
            (Some(InProgress), "2024-01-02", "2024-01-03", State::InProgress),
            (Some(NotStarted), "2024-01-02", "", State::NotStarted),
            (Some(Cancelled), "2024-01-02", "2024-01-03", State::Cancelled),
        ] {
            let dates = resolve(&item(stage, "2024-01-01", started, finished), &Zone::UTC);
            assert_eq!(dates.state_on(day), want, "{stage:?} {started} {finished}");
        }
    }

    #[test]
    fn a_day_in_the_past_knows_nothing_of_later() {
        let dates = resolve(&item(None, "2024-01-01", "2024-01-05", "2024-01-09"), &Zone::UTC);
        for (day, want) in [
            (date(2023, 12, 31), State::NotYetKnown),
            (date(2024, 1, 1), State::NotStarted),
            (date(2024, 1, 5), State::InProgress),
            (date(2024, 1, 8), State::InProgress),
            (date(2024, 1, 9), State::Finished),
        ] {
            assert_eq!(dates.state_on(day), want, "{day}");
        }
    }

    #[test]
    fn the_numbers_speak_for_the_last_day_but_not_for_the_future() {
        let of = |finished: &str| resolve(&item(None, "2024-01-01", "", finished), &Zone::UTC);
        let dates = [of("2024-02-01"), of("2203-01-01")].map(|dates| dates.until(date(2026, 1, 1)));
        assert_eq!(as_of(&dates), Some(date(2024, 2, 1)));
        assert_eq!(as_of(&[]), None);
        let slip = Dates { stage: Some(Stage::Done), ..dates[1] };
        assert_eq!(slip.state_on(date(2024, 2, 1)), State::Finished, "done stays done");
    }
}
