//! What a team's data is. No file format, no browser, no clock: everything else builds on this.

mod anonymous;
mod calendar;
mod changes;
mod choices;
mod counting;
mod dataset;
mod filter;
mod history;
mod item;
mod moment;
pub mod notebook;
mod role;
mod seen;
mod settings;
mod warning;

pub use anonymous::anonymous;
pub use calendar::{Calendar, DayOfWeek};
pub use changes::{Change, Changes};
pub use choices::{Choices, Named};
pub use counting::{Clock, Counting, Estimates, Event, HOURS_A_DAY};
pub use dataset::{ByKey, Dataset, Found, ReadFrom, Status, Workspace};
pub use filter::Filter;
pub use history::{Blocked, Outline, StatusChange, outline, sort};
pub use item::{Item, Kind, Knows, Stage};
pub use moment::{Moment, MomentError, Zone, ZoneError};
pub use notebook::Notebook;
pub use role::Role;
pub(crate) use seen::retell;
pub use seen::{Grouping, Groups, Meaning, seen};
pub use settings::{Encoding, Fact, Hints, Order, Settings};
pub use warning::{Fix, Log, Place, Warning, WarningKind};

/// A civil day, without time or zone.
pub use jiff::civil::Date;
pub use jiff::civil::Weekday;

/// How a part of the work is called where people are counted: "Team “Blue”".
pub fn part_called(what: &str, name: &str) -> String {
    format!("{what} “{name}”")
}

/// The word in a label that says that nobody had planned the work, if there is one.
pub fn unplanned_word(label: &str) -> Option<&'static str> {
    const WORDS: [&str; 7] =
        ["unplanned", "interrupt", "expedite", "hotfix", "firefight", "emergency", "ad-hoc"];
    let label = label.to_lowercase();
    WORDS.into_iter().find(|word| label.contains(word))
}

/// A length of time in whole calendar days, weekends included. Inclusive counting makes 1 the
/// shortest: started and finished on one day is one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(pub u32);

/// Whole days from `a` to `b`; negative when `b` is earlier.
pub fn days_between(a: Date, b: Date) -> i32 {
    day_number(b) - day_number(a)
}

/// Days since 1970-01-01, so that days can be counted and put on an axis. Asked millions of times for a
/// large team, so it is computed straight from the calendar's rules, a year from March on.
pub fn day_number(day: Date) -> i32 {
    let (month, day_of_month) = (i32::from(day.month()), i32::from(day.day()));
    let year = i32::from(day.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
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
    fn day_numbers_go_both_ways() {
        for day in [date(1970, 1, 1), date(1969, 12, 31), date(2026, 11, 23), date(9999, 12, 31)] {
            assert_eq!(day_from_number(day_number(day)), day);
        }
        for number in (-800_000..800_000).step_by(997) {
            assert_eq!(day_number(day_from_number(number)), number);
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
