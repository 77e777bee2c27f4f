//! Whether some work comes in faster than it is done, and how many people would be needed.

use statrs::distribution::{Beta, ContinuousCDF};

use super::change::t975;
use super::interval::{Interval, Z95, poisson_mean};

/// How many come or go each week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub per_week: f64,
    /// 95 % interval: that of a Poisson count, wider where the weeks vary more than Poisson's would.
    pub between: Interval,
}

/// How much more than a Poisson count's some weekly counts vary: variance ÷ mean, 1 at least; 1 under 4 weeks.
fn dispersion(counts: &[u32]) -> f64 {
    let n = counts.len() as f64;
    let mean = counts.iter().map(|&count| f64::from(count)).sum::<f64>() / n;
    if counts.len() < 4 || mean <= 0.0 {
        return 1.0;
    }
    let variance = counts.iter().map(|&count| (f64::from(count) - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (variance / mean).max(1.0)
}

/// The rate of some whole weeks; `None` of none.
///
/// Source: Garwood (1936); for weeks that vary more, quasi-Poisson (Wedderburn 1974): as many weeks' worth of
/// evidence less, and Student's t for what the weeks' own variance leaves unsure.
pub fn rate(weeks: &[u32]) -> Option<Rate> {
    if weeks.is_empty() {
        return None;
    }
    let n = weeks.len() as f64;
    let sum: f64 = weeks.iter().map(|&count| f64::from(count)).sum();
    let by = dispersion(weeks);
    let evidence = poisson_mean(sum / by);
    let mean = sum / n;
    // How much the weeks vary is itself told by these few weeks.
    let wider = if by > 1.0 { t975(n - 1.0) / Z95 } else { 1.0 };
    let low = mean - (mean - evidence.low * by / n) * wider;
    let high = mean + (evidence.high * by / n - mean) * wider;
    Some(Rate { per_week: mean, between: Interval { low: low.max(0.0), high } })
}

/// How likely it is that more comes than goes in the long run, from the same weeks of both; 0.5 where neither
/// tells. Whether an item of all that came or went came is a coin, whose unknown side is told by Jeffreys' prior;
/// weeks that vary more than Poisson's count for less.
pub fn chance_of_growth(came: &[u32], went: &[u32]) -> f64 {
    let sum = |counts: &[u32]| counts.iter().map(|&count| f64::from(count)).sum::<f64>();
    let (came_in, gone) = (sum(came), sum(went));
    let by = if came_in + gone > 0.0 {
        (came_in * dispersion(came) + gone * dispersion(went)) / (came_in + gone)
    } else {
        1.0
    };
    let beta = Beta::new(came_in / by + 0.5, gone / by + 0.5);
    beta.map_or(0.5, |beta| 1.0 - beta.cdf(0.5))
}

/// How many more people would be needed for `needed` items a week, where so many now do `done`: from what the
/// quicker end of the interval says to what the slower one does. `high` is `None` where they may do nothing.
///
/// Source: METRICS.md, capacity. It takes a team twice as large to do twice as much, which is the least it takes:
/// new people need time, and more people more agreement (Brooks 1975).
pub fn people_needed(people: f64, done: Rate, needed: f64) -> (u32, Option<u32>) {
    let more = |per_week: f64| {
        // What is a whole number on paper may be a little more.
        let more = (people * (needed / per_week - 1.0) - 1e-9).ceil();
        (per_week > 0.0 && more < 1e6).then_some(more.max(0.0) as u32)
    };
    (more(done.between.high).unwrap_or_default(), more(done.between.low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::poisson;

    #[test]
    fn a_rate_is_as_sure_as_its_weeks() {
        let even = rate(&[5; 12]).unwrap();
        assert_eq!(even.per_week, 5.0);
        // 60 in all: Garwood's 45.786 to 77.232.
        assert!((even.between.low - 45.786 / 12.0).abs() < 1e-3, "{even:?}");
        assert!((even.between.high - 77.232 / 12.0).abs() < 1e-3, "{even:?}");
        let bursty = rate(&[0, 0, 30, 0, 0, 0, 30, 0, 0, 0, 0, 0]).unwrap();
        assert!(bursty.between.low < 1.0 && bursty.between.high > 12.0, "{bursty:?}");
        assert_eq!(rate(&[0; 12]).unwrap().between.low, 0.0);
        assert_eq!(rate(&[]), None);
    }

    #[test]
    fn bursty_weeks_are_within_their_interval_about_as_often_as_it_says() {
        let mut random = fastrand::Rng::with_seed(15);
        // Weeks whose own means differ: variance ÷ mean is 3.
        let mut covered = 0;
        for _ in 0..1500 {
            let weeks: Vec<u32> = (0..12)
                .map(|_| poisson(6.0 * [0.29, 1.71][usize::from(random.bool())], &mut random))
                .collect();
            covered += usize::from(rate(&weeks).is_some_and(|rate| rate.between.holds(6.0)));
        }
        println!("bursty weeks: covered {covered} of 1500");
        assert!((1395..=1480).contains(&covered), "{covered}");
    }

    #[test]
    fn a_chance_of_growth_is_right_about_as_often_as_it_says() {
        // Teams whose arrivals and departures are of one distribution: chances spread evenly from 0 to 1.
        let mut random = fastrand::Rng::with_seed(14);
        let mut weeks = |mean: f64| -> Vec<u32> { (0..12).map(|_| poisson(mean, &mut random)).collect() };
        let chances: Vec<f64> = (0..2000).map(|_| chance_of_growth(&weeks(4.0), &weeks(4.0))).collect();
        let over = |limit: f64| chances.iter().filter(|chance| **chance > limit).count() as f64 / 2000.0;
        println!("balanced teams told to grow with 95 % and more: {:.3}", over(0.95));
        assert!(over(0.95) < 0.06 && (over(0.5) - 0.5).abs() < 0.04, "{} {}", over(0.95), over(0.5));
        assert!(chance_of_growth(&[9; 12], &[5; 12]) > 0.99);
        assert!((chance_of_growth(&[], &[]) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn people_are_a_range() {
        let done = Rate { per_week: 5.0, between: Interval { low: 4.0, high: 6.0 } };
        assert_eq!(people_needed(6.0, done, 7.0), (1, Some(5)), "6 × (7 ÷ 6 − 1) and 6 × (7 ÷ 4 − 1)");
        assert_eq!(people_needed(6.0, done, 4.0), (0, Some(0)));
        let nothing = Rate { per_week: 0.0, between: Interval { low: 0.0, high: 0.3 } };
        assert_eq!(people_needed(2.0, nothing, 1.0), (5, None));
    }
}
