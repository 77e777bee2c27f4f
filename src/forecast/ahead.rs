//! The days to come: which day a period ends on, when nobody works on some of them.

use super::history::Unit;
use crate::model::{Date, day_from_number, day_number};

/// The days after the one that the numbers speak for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    pub as_of: Date,
    /// From that day on, for so many days, nothing is done.
    pub away: Option<(Date, u32)>,
}

impl Ahead {
    pub fn of(as_of: Date) -> Ahead {
        Ahead { as_of, away: None }
    }

    /// Days away after the first day and up to the last of some days ahead, both as numbers.
    fn away_within(&self, from: i32, to: i32) -> i32 {
        let Some((first, days)) = self.away else { return 0 };
        let first = day_number(first);
        let end = first.saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
        (end.min(to + 1) - first.max(from + 1)).max(0)
    }

    /// The last day of so many periods.
    pub fn day(&self, periods: u32, unit: Unit) -> Date {
        let from = day_number(self.as_of);
        let working = i32::try_from(periods.saturating_mul(unit.days())).unwrap_or(i32::MAX / 2);
        let plain = from.saturating_add(working);
        let Some((first, days)) = self.away.filter(|_| working > 0) else { return day_from_number(plain) };
        // What remains of the absence is skipped if the work reaches it.
        let begins = day_number(first).max(from + 1);
        let ends = day_number(first).saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
        let skipped = if plain >= begins { (ends - begins).max(0) } else { 0 };
        day_from_number(plain.saturating_add(skipped))
    }

    /// Whole periods of work up to that day.
    pub fn periods_until(&self, by: Date, unit: Unit) -> usize {
        let (from, to) = (day_number(self.as_of), day_number(by));
        let working = (to - from).max(0) - self.away_within(from, to);
        usize::try_from(working).unwrap_or_default() / unit.days() as usize
    }

    /// Whole periods of work before the absence begins.
    pub fn periods_before_away(&self, unit: Unit) -> u32 {
        let Some((first, _)) = self.away else { return 0 };
        let days = (day_number(first) - 1 - day_number(self.as_of)).max(0);
        u32::try_from(days).unwrap_or_default() / unit.days()
    }

    /// Whole periods without work in the absence.
    pub fn periods_away(&self, unit: Unit) -> u32 {
        let Some((first, days)) = self.away else { return 0 };
        let past = (day_number(self.as_of) + 1 - day_number(first)).max(0);
        days.saturating_sub(u32::try_from(past).unwrap_or_default()) / unit.days()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_absence_moves_what_comes_after_it() {
        let as_of = date(2024, 1, 7);
        let plain = Ahead::of(as_of);
        assert_eq!(plain.day(2, Unit::Week), date(2024, 1, 21));
        assert_eq!(plain.periods_until(date(2024, 1, 27), Unit::Week), 2);
        assert_eq!((plain.day(0, Unit::Week), plain.periods_until(date(2023, 1, 1), Unit::Day)), (as_of, 0));
        let away = |first| Ahead { as_of, away: Some((first, 14)) };
        assert_eq!(away(date(2024, 1, 15)).day(1, Unit::Week), date(2024, 1, 14), "done before");
        assert_eq!(away(date(2024, 1, 15)).day(2, Unit::Week), date(2024, 2, 4));
        assert_eq!(away(date(2024, 1, 15)).periods_until(date(2024, 2, 4), Unit::Week), 2);
        assert_eq!(away(date(2024, 1, 1)).day(1, Unit::Week), date(2024, 1, 21), "half of it is over");
        assert_eq!(away(date(2024, 1, 1)).periods_away(Unit::Week), 1);
        assert_eq!(away(date(2024, 1, 22)).periods_before_away(Unit::Week), 2);
        assert_eq!(away(date(2023, 1, 1)).periods_before_away(Unit::Week), 0);
        assert_eq!(away(date(2023, 1, 1)).day(1, Unit::Week), date(2024, 1, 14), "long over");
    }
}
