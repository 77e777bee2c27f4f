//! Throughput: how many items are finished each week.

use super::Dates;
use crate::model::{Date, Weekday, day_number, week_of};

/// Items finished per week, weeks without any included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throughput {
    /// First day of the week of the first finish.
    pub first_week: Date,
    /// One count a whole week; never empty.
    pub counts: Vec<u32>,
    /// Finished in the week that `as_of` cuts short, if it does. Left out of every average.
    pub unfinished_week: Option<u32>,
}

/// Items finished per week, from the week of the first finish to the last whole week by `as_of`.
/// `None` while there is no whole week.
pub fn weekly(dates: &[Dates], as_of: Date, week_start: Weekday) -> Option<Throughput> {
    let finished = || dates.iter().filter_map(|d| d.finished).filter(|&day| day <= as_of);
    let first_week = week_of(finished().min()?, week_start);
    let first = day_number(first_week);
    let days = usize::try_from(day_number(as_of) - first + 1).ok()?;
    let (whole, cut) = (days / 7, days % 7);
    if whole == 0 {
        return None;
    }
    let mut counts = vec![0; whole + 1];
    for day in finished() {
        let week = usize::try_from((day_number(day) - first) / 7).unwrap_or_default();
        if let Some(count) = counts.get_mut(week) {
            *count += 1;
        }
    }
    let last = counts.pop();
    Some(Throughput { first_week, counts, unfinished_week: last.filter(|_| cut > 0) })
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn finished(days: &[Date]) -> Vec<Dates> {
        days.iter().map(|&day| Dates { finished: Some(day), ..Dates::default() }).collect()
    }

    #[test]
    fn empty_weeks_count_and_a_week_cut_short_does_not() {
        // 2024-01-01 is a Monday.
        let dates = finished(&[date(2024, 1, 3), date(2024, 1, 4), date(2024, 1, 16), date(2024, 1, 23)]);
        let weekly = weekly(&dates, date(2024, 1, 24), Weekday::Monday).unwrap();
        assert_eq!(weekly.first_week, date(2024, 1, 1));
        assert_eq!(weekly.counts, [2, 0, 1]);
        assert_eq!(weekly.unfinished_week, Some(1));
        assert_eq!(weekly.mean(), 1.0);
        assert_eq!(weekly.last(2), [0, 1]);
        assert_eq!(weekly.last(9), [2, 0, 1]);
    }

    #[test]
    fn a_week_is_whole_on_its_last_day() {
        let dates = finished(&[date(2024, 1, 3)]);
        let on = |day, start| weekly(&dates, date(2024, 1, day), start);
        assert_eq!(on(6, Weekday::Monday), None);
        assert_eq!(on(7, Weekday::Monday).map(|w| (w.counts, w.unfinished_week)), Some((vec![1], None)));
        assert_eq!(on(6, Weekday::Sunday).map(|w| w.first_week), Some(date(2023, 12, 31)));
        assert_eq!(weekly(&[], date(2024, 1, 7), Weekday::Monday), None);
    }
}
