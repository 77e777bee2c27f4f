//! How sure a share or a difference is.

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
    Some(Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
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
}
