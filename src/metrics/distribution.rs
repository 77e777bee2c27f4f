//! Percentiles and mean of durations.

use crate::model::Days;

/// Durations in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    sorted: Vec<Days>,
}

impl FromIterator<Days> for Distribution {
    fn from_iter<I: IntoIterator<Item = Days>>(days: I) -> Distribution {
        let mut sorted: Vec<Days> = days.into_iter().collect();
        sort(&mut sorted);
        Distribution { sorted }
    }
}

/// Sorts durations. Many of them share few values, so these are counted: a filter sorts 100,000 at each
/// step of a finger.
pub(super) fn sort(days: &mut [Days]) {
    const FEW_VALUES: usize = 1 << 15;
    let longest = days.iter().max().map_or(0, |days| days.0 as usize);
    if days.len() < 1000 || longest >= FEW_VALUES {
        return days.sort_unstable();
    }
    let mut counts = vec![0usize; longest + 1];
    for days in days.iter() {
        counts[days.0 as usize] += 1;
    }
    let mut at = 0;
    for (value, count) in (0u32..).zip(counts) {
        days[at..at + count].fill(Days(value));
        at += count;
    }
}

impl Distribution {
    /// Under this many values there are no percentiles, only the values.
    pub const ENOUGH: usize = 5;
    /// Under this many values percentiles are marked "few data".
    pub const PLENTY: usize = 20;

    /// How many durations there are.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The durations, ascending.
    pub fn values(&self) -> &[Days] {
        &self.sorted
    }

    /// The `p`-th percentile by nearest rank: the smallest duration that at least `p` percent of
    /// the sample does not exceed. Unlike interpolation it always returns a day count that
    /// occurred, which a team can look up in its tracker. `None` of an empty sample; `p` above 100
    /// counts as 100 and 0 as the smallest.
    ///
    /// Source: Hyndman & Fan (1996), "Sample Quantiles in Statistical Packages", definition 1.
    pub fn percentile(&self, p: u8) -> Option<Days> {
        let rank = (self.n() * usize::from(p.min(100))).div_ceil(100);
        self.sorted.get(rank.saturating_sub(1)).copied()
    }

    /// The arithmetic mean in days; `None` of an empty sample.
    pub fn mean(&self) -> Option<f64> {
        let sum: u64 = self.sorted.iter().map(|days| u64::from(days.0)).sum();
        (self.n() > 0).then(|| sum as f64 / self.n() as f64)
    }

    /// P98 ÷ P50: above [`Distribution::FAT_TAIL`] the rare long durations are so long that averages
    /// mislead. `None` under 50 values, where P98 is only the longest.
    ///
    /// Source: Zheglov's rule of thumb.
    pub fn tail_ratio(&self) -> Option<f64> {
        let (p98, p50) = (self.percentile(98)?, self.percentile(50)?);
        (self.n() >= 50).then(|| f64::from(p98.0) / f64::from(p50.0.max(1)))
    }

    /// See [`Distribution::tail_ratio`].
    pub const FAT_TAIL: f64 = 5.6;

    /// How many durations are within `limit`.
    pub fn within(&self, limit: Days) -> usize {
        self.sorted.partition_point(|&days| days <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(days: &[u32]) -> Distribution {
        days.iter().copied().map(Days).collect()
    }

    #[test]
    fn a_percentile_is_a_duration_that_occurred() {
        let d = of(&[89, 1, 2, 3, 5, 8, 13, 21, 34, 55]);
        for (p, want) in [(0, 1), (1, 1), (10, 1), (11, 2), (50, 8), (85, 55), (90, 55), (91, 89), (100, 89)]
        {
            assert_eq!(d.percentile(p), Some(Days(want)), "p{p}");
        }
        assert_eq!(of(&[7]).percentile(50), Some(Days(7)));
        assert_eq!(of(&[]).percentile(50), None);
    }

    #[test]
    fn counting_sorts_like_comparing() {
        let mut random = fastrand::Rng::with_seed(2);
        for longest in [3, 400, 100_000] {
            let days: Vec<Days> = (0..3000).map(|_| Days(random.u32(0..longest))).collect();
            let mut sorted = days.clone();
            sorted.sort_unstable();
            assert_eq!(days.into_iter().collect::<Distribution>().values(), sorted);
        }
    }

    #[test]
    fn mean_and_tail_say_when_there_is_nothing_to_say() {
        assert_eq!(of(&[1, 2, 6]).mean(), Some(3.0));
        assert_eq!(of(&[]).mean(), None);
        assert_eq!(of(&[1, 2, 600]).tail_ratio(), None);
        let mut days = vec![2; 97];
        days.extend([40, 40, 40]);
        assert_eq!(of(&days).tail_ratio(), Some(20.0));
    }

    #[test]
    fn within_counts_the_limit_itself() {
        assert_eq!(of(&[1, 2, 2, 3]).within(Days(2)), 3);
        assert_eq!(of(&[]).within(Days(2)), 0);
    }
}
