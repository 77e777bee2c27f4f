//! Throughput: how many items are finished each week, or each working day.

use super::{Dates, Window};
use crate::model::{Calendar, Date, day_from_number, day_number};

/// Items finished per week, weeks without any included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throughput {
    /// First day of the first week: of the first finish, or the first whole week of the window.
    pub first_week: Date,
    /// One count a whole week; never empty.
    pub counts: Vec<u32>,
    /// Finished in the week that the window's end cuts short, if it does. Left out of every average.
    pub unfinished_week: Option<u32>,
}

/// Items finished per week, from the week of the first finish to the last whole week by the window's end.
/// A week that the window's beginning cuts short is left out. `None` while there is no whole week.
pub fn weekly(dates: &[Dates], window: Window, calendar: &Calendar) -> Option<Throughput> {
    // Weeks without a finish count from the first finish ever, though it be before the window.
    let finished = || dates.iter().filter_map(|d| d.finished).filter(|&day| day <= window.to);
    let first_week = first_whole_week(finished().min()?, window, calendar);
    let counts = count_weeks(finished(), first_week, window.to)?;
    Some(Throughput { first_week, counts: counts.whole, unfinished_week: counts.cut })
}

/// The week of the first day on which something happened, or the first whole one of the window.
pub(super) fn first_whole_week(first: Date, window: Window, calendar: &Calendar) -> Date {
    let week = calendar.week_of(first);
    match window.from {
        Some(from) if week < from => match calendar.week_of(from) {
            whole if whole == from => whole,
            cut => day_from_number(day_number(cut) + 7),
        },
        _ => week,
    }
}

/// Counts of whole weeks, and of the one that is cut short, if any is.
pub(super) struct Weeks {
    pub whole: Vec<u32>,
    pub cut: Option<u32>,
}

/// Counts days by week from `first_week` to `to`; earlier days are left out. `None` while there is no
/// whole week.
pub(super) fn count_weeks(days: impl Iterator<Item = Date>, first_week: Date, to: Date) -> Option<Weeks> {
    let first = day_number(first_week);
    let length = usize::try_from(day_number(to) - first + 1).ok()?;
    let (whole, cut) = (length / 7, length % 7);
    if whole == 0 {
        return None;
    }
    let mut counts = vec![0; whole + 1];
    for day in days {
        let week = usize::try_from((day_number(day) - first).div_euclid(7));
        if let Some(count) = week.ok().and_then(|week| counts.get_mut(week)) {
            *count += 1;
        }
    }
    let last = counts.pop();
    Some(Weeks { whole: counts, cut: last.filter(|_| cut > 0) })
}

impl Throughput {
    /// Items per week over all whole weeks.
    pub fn mean(&self) -> f64 {
        let sum: u64 = self.counts.iter().map(|&count| u64::from(count)).sum();
        sum as f64 / self.counts.len().max(1) as f64
    }

    /// The counts of the last `weeks` whole weeks, or of all if there are fewer.
    pub fn last(&self, weeks: usize) -> &[u32] {
        &self.counts[self.counts.len().saturating_sub(weeks)..]
    }

    /// The first day of that week.
    pub fn week(&self, n: usize) -> Date {
        day_from_number(day_number(self.first_week) + 7 * i32::try_from(n).unwrap_or_default())
    }
}

/// Items finished on each working day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Daily {
    /// The working days from that of the first finish to the window's end.
    pub days: Vec<Date>,
    pub counts: Vec<u32>,
    /// Finished on days off; each counts on the working day before.
    pub on_days_off: usize,
}

/// Items finished per working day. What was finished on a day off counts on the working day before it,
/// so that nothing is lost and no zero stands for a weekend. `None` without any finish.
pub fn daily(dates: &[Dates], window: Window, calendar: &Calendar) -> Option<Daily> {
    let by_then = dates.iter().filter_map(|d| d.finished).filter(|&day| day <= window.to);
    let finished = || dates.iter().filter_map(|d| d.finished).filter(|&day| window.holds(day));
    let first = day_from_number(calendar.working_day_by(day_number(by_then.min()?)));
    let first = window.from.map_or(first, |from| from.max(first));
    let days = calendar.working_days(first, window.to);
    let mut counts = vec![0; days.len()];
    let mut on_days_off = 0;
    // Days off at the window's very beginning have no working day before them in it.
    for day in finished().filter(|day| days.first().is_some_and(|first| first <= day)) {
        let place = days.partition_point(|&working| working <= day).saturating_sub(1);
        if let (Some(count), Some(&working)) = (counts.get_mut(place), days.get(place)) {
            *count += 1;
            on_days_off += usize::from(working != day);
        }
    }
    (!days.is_empty()).then_some(Daily { days, counts, on_days_off })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DayOfWeek;
    use jiff::civil::date;

    fn finished(days: &[Date]) -> Vec<Dates> {
        days.iter().map(|&day| Dates { finished: Some(day), ..Dates::default() }).collect()
    }

    #[test]
    fn empty_weeks_count_and_a_week_cut_short_does_not() {
        // 2024-01-01 is a Monday.
        let dates = finished(&[date(2024, 1, 3), date(2024, 1, 4), date(2024, 1, 16), date(2024, 1, 23)]);
        let all = Window::until(date(2024, 1, 24));
        let weekly = weekly(&dates, all, &Calendar::default()).unwrap();
        assert_eq!(weekly.first_week, date(2024, 1, 1));
        assert_eq!(weekly.counts, [2, 0, 1]);
        assert_eq!(weekly.unfinished_week, Some(1));
        assert_eq!(weekly.mean(), 1.0);
        assert_eq!(weekly.last(2), [0, 1]);
        assert_eq!(weekly.last(9), [2, 0, 1]);
        assert_eq!(weekly.week(2), date(2024, 1, 15));
    }

    #[test]
    fn a_week_is_whole_on_its_last_day() {
        let dates = finished(&[date(2024, 1, 3)]);
        let mut sunday = Calendar::default();
        sunday.week_start = DayOfWeek::Sunday.weekday();
        let on = |day, calendar: &Calendar| weekly(&dates, Window::until(date(2024, 1, day)), calendar);
        let monday = Calendar::default();
        assert_eq!(on(6, &monday), None);
        assert_eq!(on(7, &monday).map(|w| (w.counts, w.unfinished_week)), Some((vec![1], None)));
        assert_eq!(on(6, &sunday).map(|w| w.first_week), Some(date(2023, 12, 31)));
        assert_eq!(weekly(&[], Window::until(date(2024, 1, 7)), &monday), None);
    }

    #[test]
    fn a_window_leaves_out_the_week_that_it_cuts() {
        let dates = finished(&[date(2024, 1, 3), date(2024, 1, 5), date(2024, 1, 9), date(2024, 1, 22)]);
        let from = |day| Window { from: Some(date(2024, 1, day)), to: date(2024, 1, 21) };
        let counts = |day| weekly(&dates, from(day), &Calendar::default()).map(|w| (w.first_week, w.counts));
        assert_eq!(counts(1), Some((date(2024, 1, 1), vec![2, 1, 0])));
        assert_eq!(counts(4), Some((date(2024, 1, 8), vec![1, 0])));
    }

    #[test]
    fn weeks_without_a_finish_at_the_windows_beginning_count() {
        let dates = finished(&[date(2024, 1, 3), date(2024, 1, 30)]);
        let window = Window { from: Some(date(2024, 1, 8)), to: date(2024, 2, 4) };
        let calendar = Calendar::default();
        assert_eq!(weekly(&dates, window, &calendar).map(|w| w.counts), Some(vec![0, 0, 0, 1]));
        assert_eq!(daily(&dates, window, &calendar).map(|d| d.counts.len()), Some(20));
        let before = Window { from: Some(date(2023, 1, 1)), ..window };
        assert_eq!(weekly(&dates, before, &calendar).map(|w| w.first_week), Some(date(2024, 1, 1)));
    }

    #[test]
    fn a_day_off_is_no_zero_and_its_work_is_fridays() {
        // A Thursday, a Saturday and a Tuesday.
        let dates = finished(&[date(2024, 1, 4), date(2024, 1, 6), date(2024, 1, 9)]);
        let daily = daily(&dates, Window::until(date(2024, 1, 10)), &Calendar::default()).unwrap();
        assert_eq!(daily.days.len(), 5);
        assert_eq!(daily.counts, [1, 1, 0, 1, 0]);
        assert_eq!(daily.on_days_off, 1);
    }
}
