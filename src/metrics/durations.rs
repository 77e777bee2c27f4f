//! Cycle time, lead time and age.
//!
//! Durations are counted in the team's days (see [`Calendar::span`]); by default inclusive civil days, so
//! that started and finished on one day is 1 day. Source: Vacanti, *Actionable Agile Metrics for
//! Predictability* (2015).

use super::{Dates, Distribution, State, Window};
use crate::model::{Calendar, Date, Days};

/// One item's duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    /// Index of the item in the dataset.
    pub item: usize,
    pub start: Date,
    /// The day it finished; of an age, the day it is told for.
    pub end: Date,
    pub days: Days,
}

/// Durations of all items that have one, and how many have none and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Durations {
    /// In the order of the dataset.
    pub timed: Vec<Timed>,
    pub distribution: Distribution,
    pub left_out: LeftOut,
}

/// Items that a duration leaves out, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Its start is not known.
    pub no_start: usize,
    /// Finished, but not said when.
    pub no_end: usize,
    /// It ended before it began.
    pub reversed: usize,
}

/// Started → finished, of every item finished in the window, in days. Empty when the data has no start
/// dates; then there is no cycle time, and lead time must not be passed for it. Done items without a
/// finish date are told as left out, whatever the window.
pub fn cycle_times(dates: &[Dates], window: Window, calendar: &Calendar) -> Durations {
    of_finished(dates, window, calendar, |dates| dates.started)
}

/// Created → finished, of every item finished in the window, in days.
pub fn lead_times(dates: &[Dates], window: Window, calendar: &Calendar) -> Durations {
    of_finished(dates, window, calendar, |dates| dates.created)
}

/// Started → `on`, of every item in progress on that day, in days.
pub fn ages(dates: &[Dates], on: Date, calendar: &Calendar) -> Durations {
    let in_progress = dates.iter().enumerate().filter(|(_, d)| d.state_on(on) == State::InProgress);
    collect(in_progress.map(|(item, dates)| (item, dates.started, Some(on))), calendar)
}

fn of_finished(
    dates: &[Dates],
    window: Window,
    calendar: &Calendar,
    start: fn(&Dates) -> Option<Date>,
) -> Durations {
    let finished = dates.iter().enumerate().filter(|(_, d)| match d.finished {
        Some(day) => window.holds(day) && d.state_on(window.to) == State::Finished,
        None => d.state_on(window.to) == State::Finished,
    });
    collect(finished.map(|(item, dates)| (item, start(dates), dates.finished)), calendar)
}

fn collect(
    spans: impl Iterator<Item = (usize, Option<Date>, Option<Date>)>,
    calendar: &Calendar,
) -> Durations {
    let mut durations = Durations::default();
    let left_out = &mut durations.left_out;
    for (item, start, end) in spans {
        match (start, end) {
            (_, None) => left_out.no_end += 1,
            (None, Some(_)) => left_out.no_start += 1,
            (Some(start), Some(end)) => match calendar.span(start, end) {
                None => left_out.reversed += 1,
                Some(days) => durations.timed.push(Timed { item, start, end, days }),
            },
        }
    }
    durations.distribution = durations.timed.iter().map(|timed| timed.days).collect();
    durations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stage;
    use jiff::civil::date;

    /// Days of January 2024; 0 stands for none.
    fn january(stage: Stage, created: i8, started: i8, finished: i8) -> Dates {
        let day = |n: i8| (n > 0).then(|| date(2024, 1, n));
        Dates {
            created: day(created),
            started: day(started),
            finished: day(finished),
            cancelled: None,
            stage: Some(stage),
        }
    }

    #[test]
    fn each_duration_has_its_own_start_and_says_what_it_leaves_out() {
        use Stage::*;
        let dates = [
            january(Done, 1, 3, 5),
            january(Done, 2, 0, 2),
            january(Done, 9, 8, 7),
            january(Done, 1, 2, 0),
            january(InProgress, 1, 10, 0),
            january(InProgress, 1, 0, 0),
            january(NotStarted, 1, 0, 0),
        ];
        let as_of = date(2024, 1, 20);
        let days = |d: &Durations| d.timed.iter().map(|t| (t.item, t.days.0)).collect::<Vec<_>>();

        let calendar = Calendar::default();
        let cycle = cycle_times(&dates, Window::until(as_of), &calendar);
        assert_eq!(days(&cycle), [(0, 3)]);
        assert_eq!(cycle.left_out, LeftOut { no_start: 1, no_end: 1, reversed: 1 });

        let lead = lead_times(&dates, Window::until(as_of), &calendar);
        assert_eq!(days(&lead), [(0, 5), (1, 1)]);
        assert_eq!(lead.left_out, LeftOut { no_start: 0, no_end: 1, reversed: 1 });

        let age = ages(&dates, as_of, &calendar);
        assert_eq!(days(&age), [(4, 11)]);
        assert_eq!(age.left_out, LeftOut { no_start: 1, no_end: 0, reversed: 0 });
    }

    #[test]
    fn what_finished_later_does_not_count_yet() {
        let dates = [january(Stage::Done, 1, 3, 25)];
        let (calendar, day) = (Calendar::default(), date(2024, 1, 20));
        assert_eq!(cycle_times(&dates, Window::until(day), &calendar).timed, []);
        assert_eq!(ages(&dates, day, &calendar).distribution.values(), [Days(18)]);
    }

    #[test]
    fn a_window_holds_what_finished_in_it() {
        let dates = [3, 10, 17].map(|day| january(Stage::Done, 1, 2, day));
        let window = Window { from: Some(date(2024, 1, 10)), to: date(2024, 1, 16) };
        let cycle = cycle_times(&dates, window, &Calendar::default());
        assert_eq!(cycle.timed.iter().map(|t| t.item).collect::<Vec<_>>(), [1]);
    }
}
