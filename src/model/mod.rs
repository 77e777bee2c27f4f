//! What a team's data is. No file format, no browser, no clock: everything else builds on this.

mod changes;
mod dataset;
mod history;
mod item;
mod moment;
mod seen;
mod settings;
mod warning;

pub use changes::{Change, Changes};
pub use dataset::{ByKey, Dataset, Found, ReadFrom, Status, Workspace};
pub use history::{Blocked, Outline, StatusChange, outline, sort};
pub use item::{Item, Kind, Knows, Stage};
pub use moment::{Moment, MomentError, Zone, ZoneError};
pub(crate) use seen::retell;
pub use seen::{Grouping, Groups, Meaning, seen};
pub use settings::{Encoding, Fact, Hints, Order, Settings};
pub use warning::{Fix, Log, Place, Warning, WarningKind};

/// A civil day, without time or zone.
pub use jiff::civil::Date;
pub use jiff::civil::Weekday;

/// A length of time in whole calendar days, weekends included. Inclusive counting makes 1 the
/// shortest: started and finished on one day is one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(pub u32);

impl Days {
    /// Inclusive civil days from `start` to `end`, or `None` when `end` is earlier.
    ///
    /// Source: Vacanti, *Actionable Agile Metrics for Predictability* (2015): the item "counts" on
    /// the day it starts and on the day it ends.
    pub fn inclusive(start: Date, end: Date) -> Option<Days> {
        u32::try_from(days_between(start, end)).ok().map(|apart| Days(apart + 1))
    }
}

/// Whole days from `a` to `b`; negative when `b` is earlier.
pub fn days_between(a: Date, b: Date) -> i32 {
    day_number(b) - day_number(a)
}

/// Days since 1970-01-01, so that days can be counted and put on an axis.
pub fn day_number(day: Date) -> i32 {
    // Every jiff date is within ±4 million days, so neither conversion can fail.
    let since = day.since((jiff::Unit::Day, Date::constant(1970, 1, 1)));
    since.map(|span| span.get_days()).unwrap_or_default()
}

/// The day `number` days after 1970-01-01, held within the dates that can be written.
pub fn day_from_number(number: i32) -> Date {
    let span = jiff::Span::new().try_days(number);
    span.map_or(Date::MAX, |span| Date::constant(1970, 1, 1).saturating_add(span))
}

/// The first day of the week that holds `day`.
pub fn week_of(day: Date, week_start: Weekday) -> Date {
    let back = day.weekday().since(week_start);
    day_from_number(day_number(day) - i32::from(back))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_duration_counts_both_its_ends() {
        let start = date(2024, 2, 28);
        for (end, want) in [
            (date(2024, 2, 28), Some(Days(1))),
            (date(2024, 2, 29), Some(Days(2))),
            (date(2024, 3, 1), Some(Days(3))),
            (date(2024, 2, 27), None),
        ] {
            assert_eq!(Days::inclusive(start, end), want, "to {end}");
        }
    }

    #[test]
    fn day_numbers_go_both_ways() {
        for day in [date(1970, 1, 1), date(1969, 12, 31), date(2026, 11, 23), date(9999, 12, 31)] {
            assert_eq!(day_from_number(day_number(day)), day);
        }
        assert_eq!(day_number(date(1970, 1, 2)), 1);
    }

    #[test]
    fn a_week_starts_where_the_team_says() {
        let sunday = date(2026, 11, 22);
        assert_eq!(week_of(sunday, Weekday::Monday), date(2026, 11, 16));
        assert_eq!(week_of(sunday, Weekday::Sunday), sunday);
        assert_eq!(week_of(date(2026, 11, 16), Weekday::Monday), date(2026, 11, 16));
    }
}
