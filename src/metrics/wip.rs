//! Work in progress over time: how much is started and not finished, and how old it is taken together.

use super::{Dates, Window};
use crate::model::{Calendar, Date, Stage, day_from_number, day_number};

/// The work in progress at the end of each day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub first: Option<Date>,
    /// Items in progress, a day each from `first` on.
    pub wip: Vec<u32>,
    /// Their ages added up, in the days that count; items without a known start have none.
    pub total_age: Vec<i64>,
}

/// Work in progress and total age on each day from the first start, or the window's beginning, to its end;
/// empty when nothing was ever started. Items in progress without a start date count on each day since
/// they were created, or on every day where that is unknown too, without an age; [`Dates::state_on`] counts
/// one day the same way. One pass over the items, whatever the number of days.
///
/// Source: METRICS.md, WIP; total work item age after Vacanti (2015).
pub fn load(dates: &[Dates], window: Window, calendar: &Calendar) -> Load {
    let by_then = |day: &Date| *day <= window.to;
    let is_counted = |item: &&Dates| {
        let until = item.finished.or(item.cancelled);
        item.stage == Some(Stage::InProgress) || until.zip(item.started).is_some_and(|(u, s)| u >= s)
    };
    let started = dates.iter().filter(is_counted).filter_map(|d| d.started).filter(by_then).min();
    // Before anything was started there is nothing to measure.
    let first = started.map(|started| window.from.map_or(started, |from| from.max(started)));
    let Some(first) = first.filter(|&first| first <= window.to) else { return Load::default() };
    let (begin, end) = (day_number(first), day_number(window.to));
    let length = usize::try_from(end - begin + 1).unwrap_or_default();
    let place = |day: i32| usize::try_from(day - begin).unwrap_or_default().min(length);
    // What changes at each day: items, those with an age, what their ages are counted from, and the days on
    // which an age below 1 counts as 1.
    let mut items = vec![0i64; length + 1];
    let mut aged = vec![0i64; length + 1];
    let mut counted_from = vec![0i64; length + 1];
    let mut at_least_one = vec![0i64; length + 1];
    for item in dates {
        let open_ended = item.stage == Some(Stage::InProgress);
        let start = match item.started {
            Some(day) => Some(day_number(day)),
            None => open_ended.then(|| item.created.map_or(begin, day_number)),
        };
        let until = item.finished.or(item.cancelled).map(day_number);
        let Some(start) = start else { continue };
        if !(open_ended || until.is_some_and(|until| until > start)) {
            continue;
        }
        let (from, to) = (place(start), until.map_or(length, place));
        if from >= to {
            continue;
        }
        items[from] += 1;
        items[to] -= 1;
        if item.started.is_some() {
            let counted = i64::from(calendar.counted_by(if calendar.elapsed { start } else { start - 1 }));
            aged[from] += 1;
            aged[to] -= 1;
            counted_from[from] += counted;
            counted_from[to] -= counted;
            if calendar.working_days_only && !calendar.elapsed && !calendar.works_on(start) {
                let works_again = (start..start + 400).find(|&day| calendar.works_on(day)).unwrap_or(start);
                let to = place(works_again).min(to);
                if from < to {
                    at_least_one[from] += 1;
                    at_least_one[to] -= 1;
                }
            }
        }
    }
    let mut load = Load { first: Some(first), ..Load::default() };
    let (mut now, mut with_age, mut from, mut ones) = (0i64, 0i64, 0i64, 0i64);
    for day in 0..length {
        now += items[day];
        with_age += aged[day];
        from += counted_from[day];
        ones += at_least_one[day];
        let today = begin + i32::try_from(day).unwrap_or_default();
        load.wip.push(u32::try_from(now).unwrap_or_default());
        load.total_age.push(with_age * i64::from(calendar.counted_by(today)) - from + ones);
    }
    load
}

impl Load {
    /// The day at that place.
    pub fn day(&self, at: usize) -> Option<Date> {
        let first = day_number(self.first?);
        Some(day_from_number(first + i32::try_from(at).ok()?))
    }

    /// The mean work in progress; `None` of no day.
    pub fn mean_wip(&self) -> Option<f64> {
        let sum: u64 = self.wip.iter().map(|&wip| u64::from(wip)).sum();
        (!self.wip.is_empty()).then(|| sum as f64 / self.wip.len() as f64)
    }

    /// Work in progress at the end of each whole week, by the week's first day.
    pub fn by_week(&self, calendar: &Calendar) -> Vec<(Date, u32)> {
        let Some(first) = self.first else { return Vec::new() };
        let to_sunday = 6 - (day_number(first) - day_number(calendar.week_of(first)));
        let ends = (usize::try_from(to_sunday).unwrap_or_default()..self.wip.len()).step_by(7);
        let week = |end: usize| Some((calendar.week_of(self.day(end)?), *self.wip.get(end)?));
        ends.filter_map(week).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{State, ages};
    use crate::model::DayOfWeek;
    use jiff::civil::date;

    fn some() -> Vec<Dates> {
        let day = |n: i8| (n > 0).then(|| date(2024, 1, n));
        let item = |stage, created, started, finished| Dates {
            created: day(created),
            started: day(started),
            finished: day(finished),
            cancelled: None,
            stage: Some(stage),
        };
        let mut dates = vec![
            item(Stage::Done, 1, 2, 5),
            item(Stage::Done, 1, 5, 5),
            item(Stage::Done, 1, 9, 4),
            item(Stage::Done, 1, 3, 0),
            item(Stage::Done, 1, 1, 9),
            item(Stage::InProgress, 1, 4, 0),
            item(Stage::InProgress, 1, 6, 0),
            item(Stage::InProgress, 6, 0, 0),
            item(Stage::NotStarted, 1, 0, 0),
        ];
        dates.push(Dates { stage: Some(Stage::InProgress), ..Dates::default() });
        dates.push(Dates { cancelled: day(8), ..item(Stage::Cancelled, 1, 2, 0) });
        dates
    }

    #[test]
    fn the_series_agrees_with_each_single_day() {
        let dates = some();
        for (working, elapsed) in [(false, false), (false, true), (true, false), (true, true)] {
            let calendar = Calendar::new(
                DayOfWeek::Monday,
                working,
                elapsed,
                &DayOfWeek::WEEKEND.into(),
                &[date(2024, 1, 1)].into(),
            );
            for from in [None, Some(date(2024, 1, 3))] {
                let load = load(&dates, Window { from, to: date(2024, 1, 10) }, &calendar);
                assert_eq!(load.first, Some(from.unwrap_or(date(2024, 1, 1))));
                for (at, (&wip, &age)) in load.wip.iter().zip(&load.total_age).enumerate() {
                    let day = load.day(at).unwrap();
                    let single = dates.iter().filter(|d| d.state_on(day) == State::InProgress).count();
                    assert_eq!(wip as usize, single, "{day}");
                    let ages = ages(&dates, day, &calendar);
                    let sum: i64 = ages.distribution.values().iter().map(|days| i64::from(days.0)).sum();
                    assert_eq!(age, sum, "{day}, working {working}, elapsed {elapsed}");
                }
            }
        }
    }

    #[test]
    fn a_week_is_told_by_its_last_day() {
        let load = load(&some(), Window::until(date(2024, 1, 13)), &Calendar::default());
        assert_eq!(load.by_week(&Calendar::default()), [(date(2024, 1, 1), load.wip[6])]);
        assert_eq!(Load::default().by_week(&Calendar::default()), []);
        assert_eq!(super::load(&[], Window::until(date(2024, 1, 13)), &Calendar::default()), Load::default());
    }
}
