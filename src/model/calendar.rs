//! How a team's days are counted: when its week starts, which days it works, and whether the first day
//! of a duration counts.

use std::collections::BTreeSet;

use super::{Date, Days, Weekday, day_from_number, day_number};
use serde::{Deserialize, Serialize};

/// A day of the week, in the form that is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DayOfWeek {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl DayOfWeek {
    pub const ALL: [DayOfWeek; 7] = [
        DayOfWeek::Monday,
        DayOfWeek::Tuesday,
        DayOfWeek::Wednesday,
        DayOfWeek::Thursday,
        DayOfWeek::Friday,
        DayOfWeek::Saturday,
        DayOfWeek::Sunday,
    ];

    /// Saturday and Sunday.
    pub const WEEKEND: [DayOfWeek; 2] = [DayOfWeek::Saturday, DayOfWeek::Sunday];

    pub fn name(self) -> &'static str {
        match self {
            DayOfWeek::Monday => t!("Monday"),
            DayOfWeek::Tuesday => t!("Tuesday"),
            DayOfWeek::Wednesday => t!("Wednesday"),
            DayOfWeek::Thursday => t!("Thursday"),
            DayOfWeek::Friday => t!("Friday"),
            DayOfWeek::Saturday => t!("Saturday"),
            DayOfWeek::Sunday => t!("Sunday"),
        }
    }

    /// The day whose name that is.
    pub fn named(name: &str) -> Option<DayOfWeek> {
        DayOfWeek::ALL.into_iter().find(|day| day.name() == name)
    }

    pub fn weekday(self) -> Weekday {
        match self {
            DayOfWeek::Monday => Weekday::Monday,
            DayOfWeek::Tuesday => Weekday::Tuesday,
            DayOfWeek::Wednesday => Weekday::Wednesday,
            DayOfWeek::Thursday => Weekday::Thursday,
            DayOfWeek::Friday => Weekday::Friday,
            DayOfWeek::Saturday => Weekday::Saturday,
            DayOfWeek::Sunday => Weekday::Sunday,
        }
    }
}

/// The days a team counts. By default calendar days, both ends of a duration included, and weeks from
/// Monday; the working days are Monday to Friday where they matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub week_start: Weekday,
    /// Durations count working days only.
    pub working_days_only: bool,
    /// Durations count the nights in between: what begins and ends on one day takes 0 days.
    pub elapsed: bool,
    /// Of a week from Monday.
    works: [bool; 7],
    /// Day numbers of holidays that would be working days, ascending.
    holidays: Vec<i32>,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar::new(DayOfWeek::Monday, false, false, &DayOfWeek::WEEKEND.into(), &BTreeSet::new())
    }
}

impl Calendar {
    /// From what the user said. A week without any working day would make every duration empty, so it
    /// counts as one of all days.
    pub fn new(
        week_start: DayOfWeek,
        working_days_only: bool,
        elapsed: bool,
        days_off: &BTreeSet<DayOfWeek>,
        holidays: &BTreeSet<Date>,
    ) -> Calendar {
        let mut works = DayOfWeek::ALL.map(|day| !days_off.contains(&day));
        if works == [false; 7] {
            works = [true; 7];
        }
        let holidays = holidays.iter().map(|&day| day_number(day));
        let holidays = holidays.filter(|&day| works[in_week(day)]).collect();
        Calendar { week_start: week_start.weekday(), working_days_only, elapsed, works, holidays }
    }

    /// Whether the team works on that day.
    pub fn is_working(&self, day: Date) -> bool {
        self.works_on(day_number(day))
    }

    /// The same, by day number.
    pub fn works_on(&self, day: i32) -> bool {
        self.works[in_week(day)] && self.holidays.binary_search(&day).is_err()
    }

    /// Working days of an ordinary week.
    pub fn days_a_week(&self) -> usize {
        self.works.iter().filter(|works| **works).count()
    }

    /// Days that count up to and including day number `day`, from some fixed day on: differences of it
    /// are numbers of counted days.
    pub fn counted_by(&self, day: i32) -> i32 {
        if !self.working_days_only {
            return day;
        }
        let weeks = (day - FIRST_MONDAY).div_euclid(7);
        let a_week = i32::try_from(self.days_a_week()).unwrap_or(7);
        let in_this = self.works[..=in_week(day)].iter().filter(|works| **works).count();
        let off = self.holidays.partition_point(|&holiday| holiday <= day);
        weeks * a_week + i32::try_from(in_this).unwrap_or_default() - i32::try_from(off).unwrap_or_default()
    }

    /// The same at a moment, told in days with the time of day as a fraction: differences of it are
    /// elapsed days, those that don't count left out.
    pub fn counted_at(&self, moment: f64) -> f64 {
        if !self.working_days_only {
            return moment;
        }
        let day = moment.floor() as i32;
        let of_day = if self.works_on(day) { moment - moment.floor() } else { 0.0 };
        f64::from(self.counted_by(day - 1)) + of_day
    }

    /// How long something took that began on `start` and ended on `end`, in the days that count; `None`
    /// when `end` is earlier. Both days included it is never below 1, elapsed never below 0.
    ///
    /// Source: Vacanti, *Actionable Agile Metrics for Predictability* (2015): the item "counts" on the
    /// day it starts and on the day it ends.
    pub fn span(&self, start: Date, end: Date) -> Option<Days> {
        self.span_of(day_number(start), day_number(end))
    }

    /// The same, by day number.
    pub fn span_of(&self, start: i32, end: i32) -> Option<Days> {
        if end < start {
            return None;
        }
        let days = match self.elapsed {
            true => self.counted_by(end) - self.counted_by(start),
            false => (self.counted_by(end) - self.counted_by(start - 1)).max(1),
        };
        u32::try_from(days).ok().map(Days)
    }

    /// The day itself or the last working day before it: work finished on a weekend is that week's.
    pub fn working_day_by(&self, day: i32) -> i32 {
        // Nobody is on holiday for longer than that; past it the day stands for itself.
        (0..400).map(|back| day - back).find(|&day| self.works_on(day)).unwrap_or(day)
    }

    /// The first day of the week that holds `day`.
    pub fn week_of(&self, day: Date) -> Date {
        super::week_of(day, self.week_start)
    }

    /// The working days from `first` to `last`.
    pub fn working_days(&self, first: Date, last: Date) -> Vec<Date> {
        let days = day_number(first)..=day_number(last);
        days.filter(|&day| self.works_on(day)).map(day_from_number).collect()
    }

    /// What a duration's unit is called: "days" or "working days".
    pub fn unit(&self) -> &'static str {
        if self.working_days_only { t!("working days") } else { t!("days") }
    }
}

/// A Monday near 1970.
const FIRST_MONDAY: i32 = -3;

/// Which day of a week from Monday a day number falls on.
fn in_week(day: i32) -> usize {
    usize::try_from((day - FIRST_MONDAY).rem_euclid(7)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar(working_days_only: bool, elapsed: bool, holidays: &[Date]) -> Calendar {
        let holidays = holidays.iter().copied().collect();
        Calendar::new(DayOfWeek::Monday, working_days_only, elapsed, &DayOfWeek::WEEKEND.into(), &holidays)
    }

    #[test]
    fn a_duration_counts_what_the_team_counts() {
        let friday = date(2024, 3, 1);
        let good_friday = date(2024, 3, 29);
        for (end, want) in [
            // Calendar days inclusive and elapsed, working days inclusive and elapsed.
            (friday, [Some(1), Some(0), Some(1), Some(0)]),
            (date(2024, 3, 2), [Some(2), Some(1), Some(1), Some(0)]),
            (date(2024, 3, 4), [Some(4), Some(3), Some(2), Some(1)]),
            (date(2024, 3, 15), [Some(15), Some(14), Some(11), Some(10)]),
            (date(2024, 4, 1), [Some(32), Some(31), Some(21), Some(20)]),
            (date(2024, 2, 29), [None, None, None, None]),
        ] {
            let found =
                [(false, false), (false, true), (true, false), (true, true)].map(|(working, elapsed)| {
                    calendar(working, elapsed, &[good_friday]).span(friday, end).map(|days| days.0)
                });
            assert_eq!(found, want, "to {end}");
        }
        let weekend = calendar(true, false, &[]).span(date(2024, 3, 2), date(2024, 3, 3));
        assert_eq!(weekend, Some(Days(1)), "never below 1");
    }

    #[test]
    fn counting_agrees_with_walking_through_the_days() {
        let holidays = [date(1969, 12, 25), date(1970, 1, 1), date(1970, 1, 3)];
        let calendar = calendar(true, true, &holidays);
        for start in -40..40 {
            for end in start..45 {
                let walked = (start + 1..=end).filter(|&day| calendar.works_on(day)).count();
                let counted = calendar.span(day_from_number(start), day_from_number(end));
                assert_eq!(counted, Some(Days(walked as u32)), "{start} to {end}");
            }
        }
    }

    #[test]
    fn nights_and_weekends_pass_in_moments_too() {
        let working = calendar(true, true, &[]);
        let took =
            |calendar: &Calendar, from: f64, to: f64| calendar.counted_at(to) - calendar.counted_at(from);
        // Day 1 is a Friday, 4 the Monday after.
        assert_eq!(took(&working, 1.5, 4.25), 0.75);
        assert_eq!(took(&working, 2.1, 3.9), 0.0);
        assert_eq!(took(&calendar(false, true, &[]), 1.5, 4.25), 2.75);
    }

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        let calendar = calendar(true, false, &[date(2024, 1, 1)]);
        assert!(!calendar.is_working(date(2024, 1, 1)) && !calendar.is_working(date(2024, 1, 6)));
        let days = calendar.working_days(date(2023, 12, 29), date(2024, 1, 3));
        assert_eq!(days, [date(2023, 12, 29), date(2024, 1, 2), date(2024, 1, 3)]);
        let by = |day| day_from_number(calendar.working_day_by(day_number(day)));
        assert_eq!(by(date(2024, 1, 1)), date(2023, 12, 29));
        assert_eq!(by(date(2024, 1, 2)), date(2024, 1, 2));
        let never = Calendar::new(DayOfWeek::Sunday, true, false, &DayOfWeek::ALL.into(), &BTreeSet::new());
        assert_eq!(never.days_a_week(), 7);
    }
}
