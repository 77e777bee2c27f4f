//! Whether averages can be trusted: Little's law over the window, and the drift of the work's age.

use super::{Durations, Load};
use crate::model::{Calendar, day_number};

/// Mean work in progress ÷ mean throughput beside the mean cycle time. In a stable system they are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LittlesLaw {
    /// Days of the window that count.
    pub days: u32,
    /// Items in progress at the end of an average day.
    pub mean_wip: f64,
    /// Items finished in an average day, of those with a cycle time.
    pub throughput: f64,
    /// `mean_wip / throughput`, in days; counted with both ends included it is a day more, for work that
    /// begins and ends on one day is in progress at the end of none.
    pub expected: f64,
    /// The mean cycle time in days.
    pub observed: f64,
    /// Total age at the window's beginning and end, in days, and its growth a day.
    pub age_at_start: i64,
    pub age_at_end: i64,
    pub drift: f64,
}

impl LittlesLaw {
    /// Whether the two agree within a quarter.
    pub fn holds(&self) -> bool {
        self.expected <= 1.25 * self.observed && self.observed <= 1.25 * self.expected
    }
}

/// Little's law over the days of `load`, for the cycle times of the same window. `None` without work in
/// progress or without a cycle time.
///
/// Source: Little (1961), "A Proof for the Queuing Formula L = λW"; Vacanti (2015) for its use.
pub fn littles_law(load: &Load, cycle: &Durations, calendar: &Calendar) -> Option<LittlesLaw> {
    let first = day_number(load.first?);
    let counted = (0..load.wip.len()).filter(|&at| {
        let day = first.saturating_add(i32::try_from(at).unwrap_or_default());
        !calendar.working_days_only || calendar.works_on(day)
    });
    let (mut days, mut sum) = (0u32, 0u64);
    for at in counted {
        days += 1;
        sum += u64::from(load.wip.get(at).copied().unwrap_or_default());
    }
    let observed = cycle.distribution.mean()?;
    let span = f64::from(days);
    let throughput = cycle.distribution.n() as f64 / span;
    if days == 0 || throughput <= 0.0 {
        return None;
    }
    let mean_wip = sum as f64 / span;
    let (age_at_start, age_at_end) = (*load.total_age.first()?, *load.total_age.last()?);
    Some(LittlesLaw {
        days,
        mean_wip,
        throughput,
        expected: mean_wip / throughput + if calendar.elapsed { 0.0 } else { 1.0 },
        observed,
        age_at_start,
        age_at_end,
        drift: (age_at_end - age_at_start) as f64 / (span - 1.0).max(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Dates, Window, cycle_times, load};
    use crate::model::{Stage, day_from_number};

    /// `n` items, one begun each day, each taking `days`.
    fn steady(n: i32, days: i32) -> Vec<Dates> {
        let item = |start: i32| Dates {
            started: Some(day_from_number(start)),
            finished: Some(day_from_number(start + days - 1)),
            stage: Some(Stage::Done),
            ..Dates::default()
        };
        (0..n).map(item).collect()
    }

    #[test]
    fn it_holds_exactly_where_all_that_began_has_ended() {
        for days in [1, 4, 9] {
            let dates = steady(100, days);
            let window = Window::until(day_from_number(100 + days - 2));
            for elapsed in [false, true] {
                let mut calendar = Calendar::default();
                calendar.elapsed = elapsed;
                let load = load(&dates, window, &calendar);
                let law = littles_law(&load, &cycle_times(&dates, window, &calendar), &calendar).unwrap();
                assert!((law.expected - law.observed).abs() < 1e-9, "{days}, {elapsed}: {law:?}");
                assert!(law.holds());
            }
        }
    }

    #[test]
    fn a_pile_that_grows_breaks_it() {
        let mut dates = steady(100, 4);
        dates.extend((0..100).map(|start| Dates {
            started: Some(day_from_number(start)),
            stage: Some(Stage::InProgress),
            ..Dates::default()
        }));
        let (window, calendar) = (Window::until(day_from_number(102)), Calendar::default());
        let load = load(&dates, window, &calendar);
        let law = littles_law(&load, &cycle_times(&dates, window, &calendar), &calendar).unwrap();
        assert!(!law.holds() && law.drift > 10.0, "{law:?}");
        assert_eq!(littles_law(&Load::default(), &Durations::default(), &calendar), None);
    }
}
