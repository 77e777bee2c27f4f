//! Whether some items differ from the rest, when many groups are looked at.

use crate::order::InOrder;

/// How many of a group have something, and how many of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fourfold {
    pub hits: usize,
    pub n: usize,
    pub rest_hits: usize,
    pub rest: usize,
}

impl Fourfold {
    /// The share within the group and outside of it; `None` where either is of none.
    pub fn shares(&self) -> Option<(f64, f64)> {
        let share = |hits: usize, n: usize| (n > 0).then(|| hits as f64 / n as f64);
        Some((share(self.hits, self.n)?, share(self.rest_hits, self.rest)?))
    }

    /// The chance of a table at least as uneven as this if hits fell on the group and the rest alike: the
    /// two-sided exact test, which is the share of all ways to deal the hits out that are no likelier than this
    /// one. 1 where there is nothing to test.
    ///
    /// Source: Fisher (1935); the hypergeometric distribution.
    pub fn differs_from_the_rest(&self) -> f64 {
        let Some((low, weights)) = self.weights() else { return 1.0 };
        let own = weights.get(self.hits.saturating_sub(low)).copied().unwrap_or_default();
        let all: f64 = weights.iter().sum();
        // What is equal on paper may differ in the last digits.
        let as_rare: f64 = weights.iter().filter(|weight| **weight <= own * (1.0 + 1e-7)).sum();
        (as_rare / all).min(1.0)
    }

    /// The chance that the group would have as many hits or more if hits fell on it and the rest alike: the
    /// one-sided exact test. 1 where there is nothing to test.
    ///
    /// Source: Fisher (1935); the hypergeometric distribution.
    pub fn more_than_the_rest(&self) -> f64 {
        let Some((low, weights)) = self.weights() else { return 1.0 };
        let upper: f64 = weights.get(self.hits.saturating_sub(low)..).map_or(0.0, |upper| upper.iter().sum());
        (upper / weights.iter().sum::<f64>()).min(1.0)
    }

    /// The least number of hits that the group can have, and how likely each number from there on is, relative
    /// to the likeliest; what is too unlikely to matter in the sum is 0. `None` where there is nothing to deal
    /// out.
    fn weights(&self) -> Option<(usize, Vec<f64>)> {
        const NOTHING: f64 = 1e-40;
        let hits = self.hits + self.rest_hits;
        if self.n == 0 || self.rest == 0 || hits == 0 {
            return None;
        }
        let (n, rest, total) = (self.n as f64, self.rest as f64, hits as f64);
        let (low, high) = (hits.saturating_sub(self.rest), hits.min(self.n));
        let likeliest = ((n + 1.0) * (total + 1.0) / (n + rest + 2.0)).floor() as usize;
        let likeliest = likeliest.clamp(low, high);
        let mut weights = vec![0.0; high - low + 1];
        weights[likeliest - low] = 1.0;
        // Each count from the one before, away from the likeliest: what would take long is soon nothing.
        let up = |k: f64| (n - k) / (k + 1.0) * ((total - k) / (rest - total + k + 1.0));
        let mut weight = 1.0;
        for k in likeliest..high {
            weight *= up(k as f64);
            if weight < NOTHING {
                break;
            }
            weights[k + 1 - low] = weight;
        }
        weight = 1.0;
        for k in (low..likeliest).rev() {
            weight /= up(k as f64);
            if weight < NOTHING {
                break;
            }
            weights[k - low] = weight;
        }
        Some((low, weights))
    }
}

/// Which of the tests hold when a share of `rate` of those said to hold may be false.
///
/// Source: Benjamini & Hochberg (1995).
pub fn discoveries(chances: &[f64], rate: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.order_by(|&a, &b| chances[a].total_cmp(&chances[b]));
    let m = chances.len() as f64;
    let holds = |(rank, &i): (usize, &usize)| chances[i] <= rate * (rank as f64 + 1.0) / m;
    let last = order.iter().enumerate().rposition(holds);
    let mut found = vec![false; chances.len()];
    for &i in order.iter().take(last.map_or(0, |last| last + 1)) {
        found[i] = true;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_test_agrees_with_fishers_tea() {
        // The lady tasting tea: 3 of 4 right, 17 of 70; 4 of 4, 1 of 70.
        let tea = |hits| Fourfold { hits, n: 4, rest_hits: 4 - hits, rest: 4 };
        assert!((tea(3).more_than_the_rest() - 17.0 / 70.0).abs() < 1e-12);
        assert!((tea(4).more_than_the_rest() - 1.0 / 70.0).abs() < 1e-12);
        assert!((tea(0).more_than_the_rest() - 1.0).abs() < 1e-12);
        // Both sides: 0, 1, 3 and 4 right of 4.
        assert!((tea(3).differs_from_the_rest() - 34.0 / 70.0).abs() < 1e-12);
        assert!((tea(4).differs_from_the_rest() - 2.0 / 70.0).abs() < 1e-12);
        assert!((tea(2).differs_from_the_rest() - 1.0).abs() < 1e-12);
        let large = Fourfold { hits: 600, n: 1000, rest_hits: 40_000, rest: 99_000 };
        assert!(large.more_than_the_rest() < 1e-20);
        assert_eq!(Fourfold { hits: 0, n: 0, rest_hits: 1, rest: 2 }.more_than_the_rest(), 1.0);
    }

    #[test]
    fn many_looks_need_more_evidence() {
        // Benjamini & Hochberg's own example: the first four of fifteen at 5 %.
        let theirs = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        assert_eq!(discoveries(&theirs, 0.05).iter().filter(|found| **found).count(), 4);
        assert!(discoveries(&[], 0.1).is_empty());
    }

    #[test]
    fn noise_is_rarely_called_a_difference() {
        let mut random = fastrand::Rng::with_seed(5);
        let trials = 400;
        let mut called = 0;
        for _ in 0..trials {
            // Eight groups of forty, three in ten of all are hits.
            let hits: Vec<usize> = (0..8).map(|_| (0..40).filter(|_| random.f64() < 0.3).count()).collect();
            let all: usize = hits.iter().sum();
            let chances: Vec<f64> = hits
                .iter()
                .map(|&h| Fourfold { hits: h, n: 40, rest_hits: all - h, rest: 280 }.more_than_the_rest())
                .collect();
            called += usize::from(discoveries(&chances, 0.1).contains(&true));
        }
        let rate = called as f64 / f64::from(trials);
        println!("noise called a difference between projects: {rate:.3}");
        assert!(rate <= 0.1, "{rate}");
    }
}
