//! Cadence: how even deliveries are from week to week, and how long nothing came.

use super::{Dates, Throughput, Window};
use crate::model::{Date, Days, day_number};
use crate::order::InOrder;

/// How even the weeks of a window are.
#[derive(Clone, Debug, PartialEq)]
pub struct Cadence {
    /// Whole weeks looked at.
    pub weeks: usize,
    /// Items a week.
    pub mean: f64,
    /// The middle week's items, by nearest rank.
    pub median: u32,
    /// Standard deviation ÷ mean of the weekly counts; `None` of one week, or where nothing was finished.
    pub variation: Option<f64>,
    /// Variance ÷ mean of the weekly counts: 1 for independent finishes (Poisson). `None` as above.
    pub dispersion: Option<f64>,
    /// Weeks with a delivery.
    pub weeks_with_delivery: usize,
    /// The longest time between two days with a delivery.
    pub longest_gap: Option<Gap>,
    /// Days since the last delivery, by the window's end.
    pub since_last: Option<Days>,
}

/// A time without a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The day of the delivery before it.
    pub from: Date,
    /// The day of the delivery after it.
    pub to: Date,
}

impl Gap {
    /// Calendar days from the one delivery to the other: 1 from one day to the next.
    pub fn days(self) -> Days {
        Days(u32::try_from(day_number(self.to) - day_number(self.from)).unwrap_or_default())
    }
}

/// How even deliveries are. Variance with n − 1. The gaps are those between deliveries in the window, in
/// calendar days; of several longest the last.
///
/// Source: METRICS.md, cadence; Fisher (1925) for the index of dispersion.
pub fn cadence(dates: &[Dates], window: Window, weekly: &Throughput) -> Cadence {
    let counts = &weekly.counts;
    let (weeks, mean) = (counts.len(), weekly.mean());
    let mut sorted = counts.clone();
    sorted.order();
    let median = sorted.get(weeks.div_ceil(2).saturating_sub(1)).copied().unwrap_or_default();
    let squares: f64 = counts.iter().map(|&count| (f64::from(count) - mean).powi(2)).sum();
    let variance = (weeks > 1 && mean > 0.0).then(|| squares / (weeks - 1) as f64);
    let mut days: Vec<Date> =
        dates.iter().filter_map(|d| d.finished).filter(|&day| window.holds(day)).collect();
    days.order();
    days.dedup();
    let gaps = days.windows(2).filter_map(|pair| match *pair {
        [from, to] => Some(Gap { from, to }),
        _ => None,
    });
    let since = days.last().and_then(|&last| u32::try_from(day_number(window.to) - day_number(last)).ok());
    Cadence {
        weeks,
        mean,
        median,
        variation: variance.map(|variance| variance.sqrt() / mean),
        dispersion: variance.map(|variance| variance / mean),
        weeks_with_delivery: counts.iter().filter(|&&count| count > 0).count(),
        longest_gap: gaps.max_by_key(|gap| gap.days()),
        since_last: since.map(Days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::weekly;
    use crate::model::Calendar;
    use jiff::civil::date;

    #[test]
    fn weeks_and_gaps_are_told() {
        let days = [1, 2, 3, 3, 17, 18, 25].map(|day| date(2024, 1, day));
        let dates = days.map(|day| Dates { finished: Some(day), ..Dates::default() });
        let window = Window::until(date(2024, 1, 28));
        let weekly = weekly(&dates, window, &Calendar::default()).unwrap();
        let cadence = cadence(&dates, window, &weekly);
        assert_eq!(weekly.counts, [4, 0, 2, 1]);
        assert_eq!((cadence.weeks, cadence.mean, cadence.median), (4, 1.75, 1));
        // Sample variance 35/12, by hand.
        assert!((cadence.dispersion.unwrap() - 35.0 / 12.0 / 1.75).abs() < 1e-12);
        assert!((cadence.variation.unwrap() - (35.0f64 / 12.0).sqrt() / 1.75).abs() < 1e-12);
        assert_eq!(cadence.weeks_with_delivery, 3);
        assert_eq!(cadence.longest_gap.map(|gap| gap.days()), Some(Days(14)));
        assert_eq!(cadence.since_last, Some(Days(3)));
    }

    #[test]
    fn one_week_has_no_variation() {
        let dates = [Dates { finished: Some(date(2024, 1, 2)), ..Dates::default() }];
        let window = Window::until(date(2024, 1, 7));
        let weekly = weekly(&dates, window, &Calendar::default()).unwrap();
        let cadence = cadence(&dates, window, &weekly);
        assert_eq!((cadence.variation, cadence.dispersion, cadence.longest_gap), (None, None, None));
    }
}
