//! What a team finished, period by period: all that forecasts are made of.

use crate::metrics::{Dates, Window, weekly};
use crate::model::{Calendar, Date, day_from_number, day_number};

/// What happened in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Items finished.
    pub finished: u32,
    /// Items that came in.
    pub came: u32,
    /// Items finished or given up: what the open work lost.
    pub left: u32,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
}

impl Unit {
    /// Calendar days.
    pub fn days(self) -> u32 {
        match self {
            Unit::Day => 1,
            Unit::Week => 7,
        }
    }

    pub fn name(self) -> &'static str {
        t!(self.id())
    }

    /// The same in English, for programs.
    pub fn id(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
        }
    }
}

/// Whole weeks, from that of the first finish to the last by the day the numbers speak for: those of
/// [`crate::metrics::Throughput`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The first day of the first week.
    pub first: Date,
    pub weeks: Vec<Period>,
    /// The calendar days of these weeks.
    pub days: Vec<Period>,
    /// Days since the last whole week.
    pub cut: usize,
}

/// What was known at the end of a week.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    pub weeks: &'a [Period],
    pub days: &'a [Period],
    /// Which day of the week comes next; 0 is the week's first.
    pub next_day: usize,
}

impl History {
    /// The weeks of the items finished in the window. `None` while no whole week has passed since the first finish.
    pub fn of(dates: &[Dates], window: Window, calendar: &Calendar) -> Option<History> {
        let throughput = weekly(dates, window, calendar)?;
        let (first, length) = (day_number(throughput.first_week), throughput.counts.len() * 7);
        let mut days = vec![Period::default(); length];
        let mut count = |day: Option<Date>, of: fn(&mut Period) -> &mut u32| {
            let place = day.and_then(|day| usize::try_from(day_number(day) - first).ok());
            if let Some(period) = place.and_then(|place| days.get_mut(place)) {
                *of(period) += 1;
            }
        };
        for dates in dates {
            count(dates.created, |period| &mut period.came);
            count(dates.finished, |period| &mut period.finished);
            count(dates.finished.or(dates.cancelled), |period| &mut period.left);
        }
        let past_end = usize::try_from(day_number(window.to) - first + 1).unwrap_or_default();
        Some(History {
            first: throughput.first_week,
            weeks: days.chunks(7).map(sum).collect(),
            days,
            cut: past_end.saturating_sub(length),
        })
    }

    /// Weeks in which so many were finished and nothing else is known, from a Monday on; for tests and series.
    pub fn of_weeks(finished: &[u32]) -> History {
        let day = |(n, &count): (usize, &u32)| {
            let finished = if n == 0 { count } else { 0 };
            Period { finished, came: 0, left: finished }
        };
        let days = finished.iter().flat_map(|count| (0..7).map(move |n| day((n, count)))).collect::<Vec<_>>();
        History { first: Date::constant(2024, 1, 1), weeks: days.chunks(7).map(sum).collect(), days, cut: 0 }
    }

    /// All of it.
    pub fn known(&self) -> Past<'_> {
        Past { weeks: &self.weeks, days: &self.days, next_day: self.cut % 7 }
    }

    /// What was known after so many weeks.
    pub fn after(&self, weeks: usize) -> Past<'_> {
        let weeks = weeks.min(self.weeks.len());
        Past { weeks: &self.weeks[..weeks], days: &self.days[..weeks * 7], next_day: 0 }
    }

    /// The last day of the week before that one.
    pub fn day_before(&self, week: usize) -> Date {
        day_from_number(day_number(self.first) + 7 * i32::try_from(week).unwrap_or_default() - 1)
    }

    /// Items finished in these weeks.
    pub fn finished(&self, weeks: std::ops::Range<usize>) -> u32 {
        self.weeks.get(weeks).unwrap_or_default().iter().map(|week| week.finished).sum()
    }
}

fn sum(periods: &[Period]) -> Period {
    periods.iter().fold(Period::default(), |sum, period| Period {
        finished: sum.finished + period.finished,
        came: sum.came + period.came,
        left: sum.left + period.left,
    })
}

/// The last so many of the periods, or all if there are fewer.
pub fn last(periods: &[Period], n: usize) -> &[Period] {
    &periods[periods.len().saturating_sub(n)..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_are_those_of_throughput_and_days_add_up_to_them() {
        let item = |created: i8, finished: i8, cancelled: i8| {
            let day = |n: i8| (n > 0).then(|| date(2024, 1, n));
            Dates {
                created: day(created),
                finished: day(finished),
                cancelled: day(cancelled),
                ..Dates::default()
            }
        };
        let dates = [item(1, 3, 0), item(2, 0, 9), item(8, 16, 0), item(9, 22, 0)];
        let window = Window::until(date(2024, 1, 23));
        let history = History::of(&dates, window, &Calendar::default()).unwrap();
        let weeks: Vec<_> = history.weeks.iter().map(|week| (week.finished, week.came, week.left)).collect();
        assert_eq!(weeks, [(1, 2, 1), (0, 2, 1), (1, 0, 1)]);
        assert_eq!((history.days.len(), history.cut, history.known().next_day), (21, 2, 2));
        assert_eq!((history.day_before(0), history.day_before(3)), (date(2023, 12, 31), date(2024, 1, 21)));
        assert_eq!(History::of(&[], window, &Calendar::default()), None);
        assert_eq!(History::of_weeks(&[2, 3]).weeks[1].finished, 3);
    }
}
