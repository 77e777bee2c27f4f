//! Whether larger estimates go with longer times, for estimates that have no unit: story points and sizes.

use super::Interval;
use super::interval::Z95;
use crate::order::InOrder;

/// How two orders agree: by estimate, and by the time it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concordance {
    /// Items.
    pub n: usize,
    /// Kendall's τ-b: 1 where a larger estimate always took longer, 0 where it says nothing.
    pub tau: f64,
    /// Its 95 % interval; `None` under 10 items.
    pub between: Option<Interval>,
    /// The chance that of two items of different estimates the larger took longer; as long counts half, so that
    /// 0.5 is a coin's.
    pub longer: f64,
}

/// Of estimates (in their order, whatever they are) and days. `None` where there are no two different estimates
/// or no two different times.
///
/// Source: Kendall (1945), "The Treatment of Ties in Ranking Problems"; the interval by the asymptotic error of
/// Brown & Benedetti (1977), "Sampling Behavior of Tests for Correlation in Two-Way Contingency Tables".
pub fn concordance(items: &[(f64, u32)]) -> Option<Concordance> {
    let mut values: Vec<f64> = items.iter().map(|(estimate, _)| *estimate).collect();
    values.order_by(f64::total_cmp);
    values.dedup();
    let rank = |estimate: f64| values.partition_point(|&value| value < estimate);
    let mut ranked: Vec<(u32, usize)> = items.iter().map(|&(e, days)| (days, rank(e))).collect();
    ranked.order();
    let mut total = vec![0u64; values.len()];
    for &(_, rank) in &ranked {
        total[rank] += 1;
    }
    let n = ranked.len() as f64;
    let squares = |sum: f64, count: f64| sum + count * count;
    let rows = n * n - total.iter().map(|&count| count as f64).fold(0.0, squares);
    let columns = n * n - ranked.chunk_by(|a, b| a.0 == b.0).map(|same| same.len() as f64).fold(0.0, squares);
    let w = (rows * columns).sqrt();
    if w <= 0.0 {
        return None;
    }
    // For each item, those that agree with it and those that contradict: by times ascending, with the counts of
    // estimates among the quicker.
    let mut quicker = vec![0u64; values.len()];
    let (mut agree, mut contradict) = (0.0, 0.0);
    let mut each: Vec<(f64, f64, f64)> = Vec::with_capacity(ranked.len());
    for same in ranked.chunk_by(|a, b| a.0 == b.0) {
        let mut own = vec![0u64; values.len()];
        for &(_, rank) in same {
            own[rank] += 1;
        }
        let sum = |counts: &[u64]| counts.iter().sum::<u64>() as f64;
        let slower: Vec<u64> = total
            .iter()
            .zip(&quicker)
            .zip(&own)
            .map(|((total, quicker), own)| total - quicker - own)
            .collect();
        let of_rank = |rank: usize| {
            let concordant = sum(&quicker[..rank]) + sum(&slower[rank + 1..]);
            let discordant = sum(&quicker[rank + 1..]) + sum(&slower[..rank]);
            (concordant, discordant)
        };
        for (rank, _) in own.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (concordant, discordant) = of_rank(rank);
            let count = own[rank] as f64;
            agree += count * concordant;
            contradict += count * discordant;
            let v = total[rank] as f64 * columns + same.len() as f64 * rows;
            each.push((count, concordant - discordant, v));
        }
        for (quicker, own) in quicker.iter_mut().zip(&own) {
            *quicker += own;
        }
    }
    let tau = (agree - contradict) / w;
    let terms = each.iter().map(|&(count, d, v)| count * (2.0 * w * d + tau * v).powi(2)).sum::<f64>();
    let variance = (terms - n.powi(3) * tau * tau * (rows + columns).powi(2)) / w.powi(4);
    let error = variance.max(0.0).sqrt();
    let between = (ranked.len() >= 10)
        .then(|| Interval { low: (tau - Z95 * error).max(-1.0), high: (tau + Z95 * error).min(1.0) });
    // All ordered pairs of different estimates; what neither agrees nor contradicts took as long.
    let longer = 0.5 + (agree - contradict) / rows / 2.0;
    Some(Concordance { n: ranked.len(), tau, between, longer })
}

/// How often one of the second took longer than one of the first, and how often as long; `None` where either has
/// none. Both ascending.
///
/// Source: Mann & Whitney (1947).
pub fn took_longer(first: &[u32], second: &[u32]) -> Option<(f64, f64)> {
    let pairs = first.len() as f64 * second.len() as f64;
    let (mut longer, mut as_long) = (0, 0);
    for days in second {
        let below = first.partition_point(|other| other < days);
        longer += below;
        as_long += first.partition_point(|other| other <= days) - below;
    }
    (pairs > 0.0).then(|| (longer as f64 / pairs, as_long as f64 / pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By comparing every item with every other.
    fn slowly(items: &[(f64, u32)]) -> (f64, f64) {
        let (mut s, mut rows, mut columns) = (0.0, 0.0, 0.0);
        for (i, a) in items.iter().enumerate() {
            for b in &items[..i] {
                let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
                let (x, y) = (sign(a.0 - b.0), sign(f64::from(a.1) - f64::from(b.1)));
                s += x * y;
                rows += x.abs();
                columns += y.abs();
            }
        }
        let (tau, d): (f64, f64) = (s / (rows * columns).sqrt(), s / rows);
        (tau, 0.5 + d / 2.0)
    }

    #[test]
    fn it_agrees_with_counting_all_pairs() {
        let mut random = fastrand::Rng::with_seed(8);
        for n in [2, 5, 40, 200] {
            let items: Vec<(f64, u32)> = (0..n)
                .map(|_| {
                    let points = [1.0, 2.0, 3.0, 5.0, 8.0][random.usize(..5)];
                    (points, random.u32(1..10) + points as u32)
                })
                .collect();
            let (tau, longer) = slowly(&items);
            let Some(found) = concordance(&items) else { continue };
            assert!((found.tau - tau).abs() < 1e-9 && (found.longer - longer).abs() < 1e-9, "{n}: {found:?}");
        }
        let points: Vec<(f64, u32)> = (1..=20).map(|i| (f64::from(i), i as u32 * 2)).collect();
        let perfect = concordance(&points).unwrap();
        assert_eq!((perfect.tau, perfect.longer), (1.0, 1.0));
        assert_eq!(concordance(&[(1.0, 3), (1.0, 5)]), None);
        assert_eq!(concordance(&[(1.0, 3), (2.0, 3)]), None);
        assert_eq!(concordance(&[]), None);
    }

    #[test]
    fn the_interval_holds_the_truth_about_as_often_as_it_says() {
        let mut random = fastrand::Rng::with_seed(9);
        // Times that follow the points weakly; the truth from very many.
        let mut draw = |n: usize| -> Vec<(f64, u32)> {
            (0..n)
                .map(|_| {
                    let points = [1.0, 2.0, 3.0, 5.0, 8.0][random.usize(..5)];
                    let normal = (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
                    (points, (f64::ln(points) * 0.5 + normal + 1.0).exp().ceil() as u32)
                })
                .collect()
        };
        let truth = concordance(&draw(60_000)).unwrap().tau;
        let held = (0..400)
            .filter(|_| {
                concordance(&draw(120)).and_then(|found| found.between).is_some_and(|i| i.holds(truth))
            })
            .count();
        println!("Kendall's interval held {held} of 400");
        assert!((370..=394).contains(&held), "{held}");
    }

    #[test]
    fn an_eight_against_a_five() {
        assert_eq!(took_longer(&[1, 2, 3], &[2, 9]), Some((4.0 / 6.0, 1.0 / 6.0)));
        assert_eq!(took_longer(&[], &[1]), None);
        assert_eq!(took_longer(&[4, 4], &[4]), Some((0.0, 1.0)));
    }
}
