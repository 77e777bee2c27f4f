//! What changed from one period to the next, and whether that is more than noise.

use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::erf::{erfc, erfc_inv};

use super::interval::{Z95, wilson};
use super::{Attainment, Distribution, Interval};
use crate::order::InOrder;

/// A number before and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    pub before: f64,
    pub now: f64,
    /// 95 % interval of the difference; `None` where the data is too little for one.
    pub difference: Option<Interval>,
    /// Of Student's t, where the interval is made by it; else it is made by the normal distribution.
    freedom: Option<f64>,
}

impl Change {
    /// A change that is counted, not estimated.
    pub fn counted(before: f64, now: f64) -> Change {
        Change { before, now, difference: None, freedom: None }
    }

    /// Whether the difference is more than noise: its interval does not hold 0.
    pub fn is_more_than_noise(&self) -> bool {
        self.difference.is_some_and(|interval| !interval.holds(0.0))
    }
}

impl Change {
    /// About how likely so large a difference is where there is none, two-sided: by the distribution that the
    /// interval was made with, the normal one for a bootstrap's. 1 without an interval.
    pub fn chance(&self) -> f64 {
        let Some(interval) = self.difference else { return 1.0 };
        let reach = self.freedom.map_or(Z95, t975);
        let error = (interval.high - interval.low) / (2.0 * reach);
        if error <= 0.0 {
            return if self.now == self.before { 1.0 } else { 0.0 };
        }
        let z = ((self.now - self.before) / error).abs();
        match self.freedom.filter(|freedom| *freedom < MANY).and_then(students) {
            Some(students) => (2.0 * students.sf(z)).clamp(0.0, 1.0),
            None => erfc(z / std::f64::consts::SQRT_2).clamp(0.0, 1.0),
        }
    }
}

/// The change of a mean count, like throughput a week. `None` where either has no value; no interval under
/// 4 values. The counts may vary more or less than Poisson's.
///
/// Source: Welch (1947).
pub fn of_means(before: &[u32], now: &[u32]) -> Option<Change> {
    let moments = |values: &[u32]| {
        let n = values.len() as f64;
        let mean = values.iter().map(|&v| f64::from(v)).sum::<f64>() / n;
        let squares = values.iter().map(|&v| (f64::from(v) - mean).powi(2)).sum::<f64>();
        (mean, squares / (n - 1.0) / n)
    };
    if before.is_empty() || now.is_empty() {
        return None;
    }
    let ((mean_before, error_before), (mean_now, error_now)) = (moments(before), moments(now));
    let error = error_before + error_now;
    let share = |error: f64, n: usize| error * error / (n as f64 - 1.0);
    let freedom = error * error / (share(error_before, before.len()) + share(error_now, now.len()));
    let difference = (before.len() >= 4 && now.len() >= 4).then(|| {
        let reach = t975(freedom) * error.sqrt();
        let change = mean_now - mean_before;
        Interval { low: change - reach, high: change + reach }
    });
    let freedom = Some(freedom).filter(|freedom| freedom.is_finite());
    Some(Change { before: mean_before, now: mean_now, difference, freedom })
}

/// The 97.5th percentile of Student's t.
pub(super) fn t975(freedom: f64) -> f64 {
    let students = students(freedom).filter(|_| freedom < MANY);
    students.map_or(Z95, |students| students.inverse_cdf(0.975))
}

/// From as many degrees of freedom on, Student's t is the normal distribution.
const MANY: f64 = 1e6;

fn students(freedom: f64) -> Option<StudentsT> {
    StudentsT::new(0.0, 1.0, freedom.max(1.0)).ok()
}

/// The change of a percentile of durations, in days. `None` under 5 values on either side; no interval
/// under 20. The interval is that of a bootstrap, whose order statistics are taken from their normal
/// approximation at 101 × 101 fixed places, so that the same data gives the same answer.
///
/// Source: Efron (1979) for the bootstrap; David & Nagaraja, *Order Statistics* (2003), 2.1.
pub fn of_percentiles(before: &Distribution, now: &Distribution, p: u8) -> Option<Change> {
    let enough = |d: &Distribution| d.n() >= Distribution::ENOUGH;
    if !enough(before) || !enough(now) {
        return None;
    }
    let value = |d: &Distribution| d.percentile(p).map(|days| f64::from(days.0));
    let difference = (before.n() >= Distribution::PLENTY && now.n() >= Distribution::PLENTY).then(|| {
        let (before, now) = (resampled(before, p), resampled(now, p));
        let mut all: Vec<f64> = now.iter().flat_map(|now| before.iter().map(move |b| now - b)).collect();
        all.order_by(f64::total_cmp);
        let at = |share: f64| all.get((share * (all.len() - 1) as f64).round() as usize).copied();
        Interval { low: at(0.025).unwrap_or_default(), high: at(0.975).unwrap_or_default() }
    });
    Some(Change { before: value(before)?, now: value(now)?, difference, freedom: None })
}

/// The percentile at 101 evenly likely places of its sampling distribution.
fn resampled(d: &Distribution, p: u8) -> Vec<f64> {
    let (n, share) = (d.n() as f64, f64::from(p) / 100.0);
    let spread = (n * share * (1.0 - share)).sqrt();
    let rank = |z: f64| ((n * share + z * spread).ceil().max(1.0) as usize).min(d.n()) - 1;
    let places = (0..101).map(|i| normal_quantile((f64::from(i) + 0.5) / 101.0));
    places.filter_map(|z| d.values().get(rank(z)).map(|days| f64::from(days.0))).collect()
}

/// Of the standard normal distribution.
fn normal_quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

/// The change of a share, like service-level attainment. `None` where either is of none.
///
/// Source: Newcombe (1998), "Interval estimation for the difference between independent proportions",
/// method 10.
pub fn of_shares(before: Attainment, now: Attainment) -> Option<Change> {
    let (b, n) = (before.share()?, now.share()?);
    let difference = wilson(before.within, before.n).zip(wilson(now.within, now.n)).map(|(wb, wn)| {
        let change = n - b;
        let root = |a: f64, b: f64| (a * a + b * b).sqrt();
        Interval { low: change - root(n - wn.low, wb.high - b), high: change + root(wn.high - n, b - wb.low) }
    });
    Some(Change { before: b, now: n, difference, freedom: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::poisson;
    use crate::model::Days;

    #[test]
    fn quantiles_are_near_the_tables() {
        for (freedom, want) in [(5.0, 2.5706), (10.0, 2.2281), (30.0, 2.0423), (1e9, 1.96)] {
            assert!((t975(freedom) - want).abs() < 6e-3, "t {freedom}: {}", t975(freedom));
        }
        for (p, want) in [(0.5, 0.0), (0.975, 1.96), (0.025, -1.96), (0.001, -3.0902)] {
            assert!((normal_quantile(p) - want).abs() < 1e-3, "{p}");
        }
    }

    #[test]
    fn a_difference_of_shares_is_newcombes() {
        // His example: 56 of 70 against 48 of 80.
        let of = |within, n| Attainment { within, n };
        let change = of_shares(of(48, 80), of(56, 70)).unwrap();
        let interval = change.difference.unwrap();
        assert!(
            (interval.low - 0.0524).abs() < 1e-4 && (interval.high - 0.3339).abs() < 1e-4,
            "{interval:?}"
        );
        assert!(change.is_more_than_noise());
        assert_eq!(of_shares(of(0, 0), of(1, 2)), None);
    }

    #[test]
    fn noise_is_called_a_change_about_one_time_in_twenty() {
        let mut random = fastrand::Rng::with_seed(3);
        let trials = 1000;
        let (mut means, mut medians) = (0, 0);
        for _ in 0..trials {
            let mut weeks = || (0..13).map(|_| poisson(4.0, &mut random)).collect::<Vec<u32>>();
            means += usize::from(of_means(&weeks(), &weeks()).unwrap().is_more_than_noise());
            let mut durations = || -> Distribution {
                (0..60).map(|_| Days((-random.f64().max(1e-9).ln() * 20.0).ceil() as u32)).collect()
            };
            let change = of_percentiles(&durations(), &durations(), 85).unwrap();
            medians += usize::from(change.is_more_than_noise());
        }
        let rate = |n: usize| n as f64 / f64::from(trials);
        println!("noise called a change: means {:.3}, percentiles {:.3}", rate(means), rate(medians));
        assert!(rate(means) < 0.075, "means: {}", rate(means));
        assert!(rate(medians) < 0.085, "percentiles: {}", rate(medians));
    }

    #[test]
    fn a_chance_fits_its_interval() {
        let of = |now: f64, reach: f64| Change {
            before: 0.0,
            now,
            difference: Some(Interval { low: now - reach, high: now + reach }),
            freedom: None,
        };
        assert!((of(1.0, 1.0).chance() - 0.05).abs() < 1e-4);
        assert!((of(0.0, 1.0).chance() - 1.0).abs() < 1e-6);
        assert!(of(3.0, 1.0).chance() < 1e-6);
        assert_eq!(Change::counted(0.0, 9.0).chance(), 1.0);
    }

    #[test]
    fn a_real_change_is_seen_and_too_little_says_so() {
        let change = of_means(&[3, 4, 5, 4, 3, 5], &[9, 8, 9, 10, 8, 9]).unwrap();
        assert!(change.is_more_than_noise() && change.now > change.before);
        assert_eq!(of_means(&[3, 4], &[9, 8]).unwrap().difference, None);
        assert_eq!(of_means(&[], &[9]), None);
        let of = |n: u32| (0..n).map(Days).collect::<Distribution>();
        assert_eq!(of_percentiles(&of(4), &of(50), 50), None);
        assert_eq!(of_percentiles(&of(10), &of(50), 50).unwrap().difference, None);
    }
}
