//! How sure a share, a rate or a median is.

use statrs::distribution::{Beta, Binomial, ContinuousCDF, DiscreteCDF, Gamma};

/// A value between two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// The 97.5th percentile of the normal distribution: what makes an interval hold 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The Wilson score interval at 95 % for `hits` of `n`, as shares from 0 to 1; `None` of none.
///
/// Source: Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference".
pub fn wilson(hits: usize, n: usize) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (n, share) = (n as f64, hits.min(n) as f64 / n as f64);
    let z2 = Z95 * Z95;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // Of none the lower bound is none, of all the upper one is all, whatever the last digits say.
    let low = if hits == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if share == 1.0 { 1.0 } else { (centre + half).min(1.0) };
    Some(Interval { low, high })
}

/// Exact bounds at 95 % of the share behind `hits` of `n`; `None` of none.
///
/// Source: Clopper & Pearson (1934).
pub fn clopper_pearson(hits: usize, n: usize) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (hits, misses) = (hits.min(n) as f64, n.saturating_sub(hits) as f64);
    let beta = |a: f64, b: f64, at: f64| Beta::new(a, b).map(|beta| beta.inverse_cdf(at)).ok();
    let low = if hits == 0.0 { 0.0 } else { beta(hits, misses + 1.0, 0.025)? };
    let high = if misses == 0.0 { 1.0 } else { beta(hits + 1.0, misses, 0.975)? };
    Some(Interval { low, high })
}

/// Exact bounds at 95 % of the ratio between the rates behind two counts of the same time: without a `whole` the
/// upper one is infinite. `None` where both are 0.
///
/// Source: Clopper & Pearson (1934), of the first count among both, for two Poisson counts.
pub fn ratio_of_counts(part: usize, whole: usize) -> Option<Interval> {
    let share = clopper_pearson(part, part + whole)?;
    let odds = |share: f64| if share >= 1.0 { f64::INFINITY } else { share / (1.0 - share) };
    Some(Interval { low: odds(share.low), high: odds(share.high) })
}

/// Exact bounds at 95 % of the mean behind a Poisson count, which need not be whole.
///
/// Source: Garwood (1936).
pub fn poisson_mean(count: f64) -> Interval {
    let gamma = |shape: f64, at: f64| Gamma::new(shape, 1.0).map_or(0.0, |gamma| gamma.inverse_cdf(at));
    let low = if count <= 0.0 { 0.0 } else { gamma(count, 0.025) };
    Interval { low, high: gamma(count.max(0.0) + 1.0, 0.975) }
}

/// Bounds at 95 % or a little more of the median behind some values, which are ascending: two of the values
/// themselves, whatever their distribution. `None` under 6, of which no two are so sure.
///
/// Source: Thompson (1936); David & Nagaraja, *Order Statistics* (2003), 7.1.
pub fn median_between(ascending: &[f64]) -> Option<Interval> {
    let n = ascending.len();
    // The values below the median are a binomial count: of many, its normal approximation.
    let rank = match n {
        0..=1000 => Binomial::new(0.5, n as u64).ok()?.inverse_cdf(0.025) as usize,
        _ => (n as f64 / 2.0 - Z95 * (n as f64).sqrt() / 2.0).floor() as usize,
    };
    let low = *ascending.get(rank.checked_sub(1)?)?;
    let high = *ascending.get(n - rank)?;
    (n >= 6).then_some(Interval { low, high })
}

/// The middle value, or the mean of the two in the middle; `None` of none. Values are ascending.
pub fn median(ascending: &[f64]) -> Option<f64> {
    let n = ascending.len();
    let (low, high) = (ascending.get(n.checked_sub(1)? / 2)?, ascending.get(n / 2)?);
    Some(if low == high { *low } else { (low + high) / 2.0 })
}

impl Interval {
    /// Whether the value is within it, its bounds included.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_few_is_unsure() {
        // Computed independently, from the formula in Wilson's paper.
        for (hits, n, low, high) in [
            (0, 5, 0.0, 0.434_482),
            (5, 5, 0.565_518, 1.0),
            (8, 10, 0.490_162, 0.943_318),
            (7778, 10100, 0.761_791, 0.778_201),
        ] {
            let found = wilson(hits, n).unwrap();
            assert!(
                (found.low - low).abs() < 2e-5 && (found.high - high).abs() < 2e-5,
                "{hits}/{n}: {found:?}"
            );
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn exact_bounds_agree_with_published_ones() {
        let near = |found: Interval, low: f64, high: f64| {
            assert!((found.low - low).abs() < 2e-4 && (found.high - high).abs() < 2e-4, "{found:?}");
        };
        // Clopper & Pearson: 0 of 10 by 1 − 0.025^(1/10); 4 of 10 in their chart, here from R's binom.test.
        near(clopper_pearson(0, 10).unwrap(), 0.0, 0.308_50);
        near(clopper_pearson(4, 10).unwrap(), 0.121_55, 0.737_62);
        near(clopper_pearson(10, 10).unwrap(), 0.691_50, 1.0);
        // Garwood's table: 0 to 3.689, 10 from 4.795 to 18.39.
        near(poisson_mean(0.0), 0.0, 3.688_88);
        near(poisson_mean(10.0), 4.795_39, 18.390_36);
        let ratio = ratio_of_counts(4, 6).unwrap();
        near(ratio, 0.121_55 / (1.0 - 0.121_55), 0.737_62 / (1.0 - 0.737_62));
        assert_eq!(ratio_of_counts(3, 0).unwrap().high, f64::INFINITY);
        assert_eq!((ratio_of_counts(0, 0), clopper_pearson(0, 0)), (None, None));
    }

    #[test]
    fn a_median_lies_between_two_of_the_values() {
        let values = |n: usize| (1..=n).map(|i| i as f64).collect::<Vec<_>>();
        // Tables of the sign test: of 10 the 2nd and the 9th, of 100 the 40th and the 61st.
        assert_eq!(median_between(&values(10)), Some(Interval { low: 2.0, high: 9.0 }));
        assert_eq!(median_between(&values(100)), Some(Interval { low: 40.0, high: 61.0 }));
        assert_eq!(median_between(&values(6)), Some(Interval { low: 1.0, high: 6.0 }));
        assert_eq!(median_between(&values(5)), None);
        let many = median_between(&values(2001)).unwrap();
        assert!((many.low - 957.0).abs() <= 1.0 && (many.high - 1045.0).abs() <= 1.0, "{many:?}");
        assert_eq!((median(&values(4)), median(&values(3)), median(&[])), (Some(2.5), Some(2.0), None));
    }
}
