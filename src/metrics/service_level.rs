//! Service level: how much of the work finishes within the days promised.

use super::{Durations, Interval, wilson};
use crate::model::{Date, Days};

/// "So many percent of items finish within so many days", and how that came true.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLevel {
    /// The share it speaks for, in percent.
    pub percent: u8,
    pub limit: Days,
    /// Whether the user promised those days; else they are what that share of the work took.
    pub promised: bool,
    /// Over the whole window.
    pub whole: Attainment,
    /// By month of finish, from the first to the last with any; months without a finish are empty.
    pub months: Vec<(Date, Attainment)>,
}

/// How many finished within the limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Attainment {
    pub within: usize,
    pub n: usize,
}

impl Attainment {
    /// From 0 to 1; `None` of none.
    pub fn share(self) -> Option<f64> {
        (self.n > 0).then(|| self.within as f64 / self.n as f64)
    }

    /// Whether so few are within that it is no luck: were the share `wanted`, fewer than 1 in 40 would have so
    /// few (exact binomial).
    pub fn misses(self, wanted: f64) -> bool {
        if self.n == 0 || !(0.0..1.0).contains(&wanted) || wanted == 0.0 {
            return false;
        }
        let (n, odds) = (self.n as f64, (wanted / (1.0 - wanted)).ln());
        // Each count's chance from the one before, in logarithms: 0.15 to the power of thousands is no number.
        let mut log = n * (1.0 - wanted).ln();
        let mut sum = 0.0;
        for k in 0..=self.within {
            sum += log.exp();
            log += ((n - k as f64) / (k as f64 + 1.0)).ln() + odds;
        }
        sum < 0.025
    }

    /// Wilson's 95 % interval of the share; `None` of none.
    pub fn interval(self) -> Option<Interval> {
        wilson(self.within, self.n)
    }
}

/// The service level of some durations. Without promised days the limit is the durations' own percentile;
/// then `None` of none.
pub fn service_level(durations: &Durations, percent: u8, promised: Option<Days>) -> Option<ServiceLevel> {
    let limit = promised.or_else(|| durations.distribution.percentile(percent))?;
    let mut whole = Attainment::default();
    let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let first = durations.timed.iter().map(|timed| month(timed.end)).min();
    let last = durations.timed.iter().map(|timed| month(timed.end)).max();
    let (first, last) = first.zip(last)?;
    let mut months: Vec<(Date, Attainment)> = (first..=last)
        .filter_map(|month| {
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            let day = Date::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()?;
            Some((day, Attainment::default()))
        })
        .collect();
    for timed in &durations.timed {
        let place = usize::try_from(month(timed.end) - first).unwrap_or_default();
        let count = |attainment: &mut Attainment| {
            attainment.n += 1;
            attainment.within += usize::from(timed.days <= limit);
        };
        count(&mut whole);
        if let Some((_, attainment)) = months.get_mut(place) {
            count(attainment);
        }
    }
    Some(ServiceLevel { percent, limit, promised: promised.is_some(), whole, months })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Timed;
    use jiff::civil::date;

    #[test]
    fn one_late_item_is_no_missed_month() {
        // By hand: 0.15 of 1; 0.15² = 0.0225 of 2; the binomial's tails from tables for the rest.
        for (within, n, want) in [
            (0, 1, false),
            (0, 2, true),
            (6, 10, false),
            (5, 10, true),
            (790, 1000, true),
            (840, 1000, false),
            (0, 0, false),
        ] {
            assert_eq!(Attainment { within, n }.misses(0.85), want, "{within} of {n}");
        }
        assert!(!Attainment { within: 3, n: 3 }.misses(0.99));
    }

    #[test]
    fn months_without_a_finish_are_there_and_empty() {
        let timed = [(date(2024, 1, 31), 3), (date(2024, 3, 1), 9), (date(2024, 3, 2), 4)];
        let timed: Vec<Timed> = timed
            .iter()
            .enumerate()
            .map(|(item, &(end, days))| Timed { item, start: end, end, days: Days(days) })
            .collect();
        let distribution = timed.iter().map(|timed| timed.days).collect();
        let durations = Durations { timed, distribution, ..Durations::default() };
        let level = service_level(&durations, 85, Some(Days(4))).unwrap();
        let shares: Vec<(usize, usize)> = level.months.iter().map(|(_, a)| (a.within, a.n)).collect();
        assert_eq!(shares, [(1, 1), (0, 0), (1, 2)]);
        assert_eq!((level.whole.within, level.whole.n), (2, 3));
        assert_eq!(level.months[1].1.interval(), None);
        let own = service_level(&durations, 85, None).unwrap();
        assert_eq!((own.limit, own.promised, own.whole.within), (Days(9), false, 3));
        assert_eq!(service_level(&Durations::default(), 85, Some(Days(4))), None);
    }
}
