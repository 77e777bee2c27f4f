//! Sums of periods, exactly: how likely each total is, with no random number.
//!
//! A distribution is a list: the chance of 0, of 1, of 2 and so on. One that is cut at a cap leaves out the totals that
//! reach it; what is missing from 1 is their chance.

/// How likely each value is among some, each as likely as the other.
pub fn shares_of(values: impl ExactSizeIterator<Item = u32>) -> Vec<f64> {
    let each = 1.0 / values.len().max(1) as f64;
    weighted(values.map(|value| (value, each)))
}

/// How likely each value is, by weights that add up to 1.
pub fn weighted(values: impl Iterator<Item = (u32, f64)>) -> Vec<f64> {
    let mut chances = Vec::new();
    for (value, weight) in values {
        let value = value as usize;
        if chances.len() <= value {
            chances.resize(value + 1, 0.0);
        }
        chances[value] += weight;
    }
    chances
}

/// Totals that are less likely than this, all those above together, are left out: a hundred days would reach to
/// thousands that never are.
const NEVER: f64 = 1e-13;

/// The distribution of the sum of two that know nothing of each other, without totals from `cap` on.
pub fn sum(a: &[f64], b: &[f64], cap: usize) -> Vec<f64> {
    // The shorter outside: the inner loop is long and simple.
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let length = (a.len() + b.len()).saturating_sub(1).min(cap);
    let mut total = vec![0.0; length];
    for (value, &chance) in short.iter().enumerate().take(length) {
        if chance > 0.0 {
            for (total, &other) in total[value..].iter_mut().zip(long) {
                *total += chance * other;
            }
        }
    }
    let mut above = 0.0;
    let is_never = |chance: &&f64| {
        above += **chance;
        above < NEVER
    };
    let never = total.iter().rev().take_while(is_never).count();
    total.truncate(total.len() - never);
    total
}

/// The distribution of the sum of `n` of the same kind, by repeated doubling.
pub fn sum_of_many(one: &[f64], mut n: usize, cap: usize) -> Vec<f64> {
    let mut total = vec![1.0];
    let mut power = one.to_vec();
    power.truncate(cap);
    while n > 0 {
        if n % 2 == 1 {
            total = sum(&total, &power, cap);
        }
        n /= 2;
        if n > 0 {
            power = sum(&power, &power, cap);
        }
    }
    total
}

/// The distribution of the sum of 1, 2, … `most` periods, when what is known of the team is a sample itself: of the
/// values that were seen, each as likely as the other, the true shares are uncertain, as the Bayesian bootstrap has it
/// (Rubin 1981, a flat Dirichlet distribution over the values). Drawing by such shares makes every multiset of values
/// equally likely, so a total's chance is the share of multisets that add up to it, found value by value: of those of
/// `j` among the first `i` values, j in i + j - 1 hold the last value, and the others none of it.
pub fn uncertain_sums(values: &[u32], most: usize, cap: usize) -> Vec<Vec<f64>> {
    // chances[j][s]: the share of multisets of j values that add up to s.
    let highest = values.iter().copied().max().unwrap_or_default() as usize;
    let length = |periods: usize| (periods * highest + 1).min(cap);
    let mut chances: Vec<Vec<f64>> = (0..=most).map(|periods| vec![0.0; length(periods)]).collect();
    if let Some(none) = chances.first_mut().and_then(|none| none.first_mut()) {
        *none = 1.0;
    }
    for (before, &value) in values.iter().enumerate() {
        let value = value as usize;
        for periods in 1..=most {
            let (fewer, now) = chances.split_at_mut(periods);
            let (Some(fewer), Some(now)) = (fewer.last(), now.first_mut()) else { continue };
            let all = (before + periods) as f64;
            let (without, with) = (before as f64 / all, periods as f64 / all);
            now.iter_mut().for_each(|chance| *chance *= without);
            if let Some(reached) = now.get_mut(value..) {
                for (chance, &one_fewer) in reached.iter_mut().zip(fewer) {
                    *chance += with * one_fewer;
                }
            }
        }
    }
    chances.into_iter().skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_dice() {
        let die = shares_of([1, 2, 3, 4, 5, 6].into_iter());
        let two = sum_of_many(&die, 2, usize::MAX);
        assert_eq!(two.len(), 13);
        assert!((two[7] - 6.0 / 36.0).abs() < 1e-12 && (two[2] - 1.0 / 36.0).abs() < 1e-12);
        let cut = sum_of_many(&die, 2, 7);
        assert_eq!(cut.len(), 7);
        assert!((1.0 - cut.iter().sum::<f64>() - 21.0 / 36.0).abs() < 1e-12, "seven or more");
        assert_eq!(sum_of_many(&die, 0, 9), [1.0]);
        assert_eq!(sum_of_many(&[1.0], 5, 9), [1.0], "nothing five times");
    }

    #[test]
    fn what_was_seen_twice_is_not_certain() {
        // Two weeks of 0 and 1: all shares of the two are equally likely, and so all totals of three weeks.
        let sums = uncertain_sums(&[0, 1], 3, usize::MAX);
        assert!(sums[2].iter().all(|chance| (chance - 0.25).abs() < 1e-12) && sums[2].len() == 4, "{sums:?}");
        assert_eq!(sums[0], [0.5, 0.5]);
        // One week says nothing of another.
        assert_eq!(uncertain_sums(&[2], 2, usize::MAX)[1], [0.0, 0.0, 0.0, 0.0, 1.0]);
        // However many weeks were seen, ten years ahead stay numbers.
        let many: Vec<u32> = (0..1500).map(|n| n % 3).collect();
        let sums = uncertain_sums(&many, 520, 2000);
        let total: f64 = sums[519].iter().sum();
        assert!((total - 1.0).abs() < 1e-9, "{total}");
        // Of the six pairs among a 0 and two 2s, one adds up to 0, two to 2 and three to 4.
        let two = &uncertain_sums(&[0, 2, 2], 2, usize::MAX)[1];
        let want = [1.0, 0.0, 2.0, 0.0, 3.0].map(|ways| ways / 6.0);
        assert!(two.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12), "{two:?}");
    }
}
