//! Months, quarters or years: time cut so that each piece holds enough to say something.

use crate::model::{Date, day_from_number, day_number};
use crate::order::InOrder;

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Month,
    Quarter,
    Year,
}

/// So many in the middle period make it long enough.
const ENOUGH: usize = 8;

/// More periods than these are a blur.
const MOST: usize = 60;

impl Period {
    /// The shortest of which the middle one, of those with any, holds at least 8 of these days and of which there are
    /// no more than 60; else a year.
    pub fn fitting(days: &[Date]) -> Period {
        let holds_enough = |period: &Period| {
            let mut firsts: Vec<Date> = days.iter().map(|&day| period.first_day(day)).collect();
            firsts.order();
            let mut counts: Vec<usize> = firsts.chunk_by(|a, b| a == b).map(<[Date]>::len).collect();
            counts.order();
            let ends = firsts.first().zip(firsts.last());
            let all = ends.map_or(0, |(first, last)| period.all(*first, *last).len());
            all <= MOST && counts.get(counts.len() / 2).is_some_and(|&middle| middle >= ENOUGH)
        };
        [Period::Month, Period::Quarter].into_iter().find(holds_enough).unwrap_or(Period::Year)
    }

    /// "month".
    pub fn name(self) -> &'static str {
        t!(self.id())
    }

    /// The same in English, for programs.
    pub fn id(self) -> &'static str {
        match self {
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        }
    }

    /// The first day of the period that holds a day.
    pub fn first_day(self, day: Date) -> Date {
        let month = match self {
            Period::Month => day.month(),
            Period::Quarter => (day.month() - 1) / 3 * 3 + 1,
            Period::Year => 1,
        };
        Date::new(day.year(), month, 1).unwrap_or(day)
    }

    /// The last day of the period that holds a day.
    pub fn last_day(self, day: Date) -> Date {
        let first = self.first_day(day);
        let months = match self {
            Period::Month => 1,
            Period::Quarter => 3,
            Period::Year => 12,
        };
        let next = jiff::Span::new().try_months(months).ok().and_then(|span| first.checked_add(span).ok());
        next.map_or(first, |next| day_from_number(day_number(next) - 1))
    }

    /// Every period from that of one day to that of another by its first day; none where they are reversed.
    pub fn all(self, from: Date, to: Date) -> Vec<Date> {
        let mut periods = Vec::new();
        let mut first = self.first_day(from);
        while first <= to && periods.len() < 10_000 {
            periods.push(first);
            first = day_from_number(day_number(self.last_day(first)) + 1);
        }
        periods
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_follow_one_another() {
        assert_eq!(Period::Quarter.first_day(date(2024, 12, 31)), date(2024, 10, 1));
        assert_eq!(Period::Quarter.last_day(date(2024, 2, 29)), date(2024, 3, 31));
        assert_eq!(Period::Year.last_day(date(2024, 2, 29)), date(2024, 12, 31));
        let months = Period::Month.all(date(2023, 11, 15), date(2024, 2, 1));
        assert_eq!(months, [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)]);
        assert!(Period::Month.all(date(2024, 2, 1), date(2023, 2, 1)).is_empty());
    }

    #[test]
    fn a_period_is_as_short_as_the_data_allows() {
        let days = |every: i32| -> Vec<Date> {
            (0..60).map(|n| day_from_number(day_number(date(2022, 1, 1)) + n * every)).collect()
        };
        assert_eq!(Period::fitting(&days(2)), Period::Month);
        assert_eq!(Period::fitting(&days(9)), Period::Quarter);
        assert_eq!(Period::fitting(&days(40)), Period::Year);
        assert_eq!(Period::fitting(&[]), Period::Year);
        let ten_years: Vec<Date> =
            (0..3650).map(|n| day_from_number(day_number(date(2012, 1, 1)) + n)).collect();
        assert_eq!(Period::fitting(&ten_years), Period::Quarter, "of 120 months none could be told apart");
    }
}
