//! What overshooting goes with: for each of many groups of work, whether it overshoots more than the rest, told only
//! where that is more than having looked at many. That two things go together says nothing of which caused
//! which.

use super::estimates::Judged;
use super::{Attainment, Fourfold, discoveries};
use crate::order::InOrder;

/// One side of a comparison: the work in a group, or that outside of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    pub overshot: Attainment,
    /// The middle ratio of actual to estimate.
    pub bias: f64,
}

/// A group against the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    pub inside: Side,
    pub outside: Side,
    /// The chance of so large a difference of the rates where there is none.
    pub chance_of_rate: f64,
    /// The same of the middle ratios.
    pub chance_of_bias: f64,
    /// Whether the difference of the rates is told, all groups considered.
    pub rate_holds: bool,
    pub bias_holds: bool,
}

impl Tested {
    /// By how much the group overshoots more often than the rest, from −1 to 1.
    pub fn gap(&self) -> f64 {
        let share = |side: &Side| side.overshot.share().unwrap_or_default();
        share(&self.inside) - share(&self.outside)
    }

    pub fn holds(&self) -> bool {
        self.rate_holds || self.bias_holds
    }
}

/// Groups of fewer items, and groups outside of which there are fewer, are not tested.
pub const FEWEST: usize = 8;

/// At most this share of what is told may be false.
pub const FALSE_SHARE: f64 = 0.1;

/// Tests each group of estimates, given as places in `judged`, against the rest; `None` for those that are too
/// small. Both tests are permutation tests with exact chances, so no random number is drawn: dealing the
/// overshoots out among the items at random gives a group a hypergeometric number of them (Fisher 1935), and so
/// does dealing out the ratios above the common middle (the median test, Mood 1950); groups with the same middle
/// ratio as the rest do not differ. What is told is corrected
/// for all tests of all groups together (Benjamini & Hochberg 1995).
pub fn goes_with(
    judged: &[Judged],
    groups: &[Vec<u32>],
    overshoots: impl Fn(&Judged) -> bool,
) -> Vec<Option<Tested>> {
    let logs: Vec<f64> = judged.iter().map(|one| one.ratio().ln()).collect();
    let over: Vec<bool> = judged.iter().map(&overshoots).collect();
    let mut order: Vec<u32> = (0u32..).take(judged.len()).collect();
    order.order_by(|&a, &b| logs[a as usize].total_cmp(&logs[b as usize]));
    let ascending: Vec<f64> = order.iter().map(|&at| logs[at as usize]).collect();
    let above = above_the_middle(&ascending);
    let (all_over, all_above) = (count(&over), logs.iter().filter(|log| above(**log)).count());
    let mut inside = vec![false; judged.len()];
    let mut found: Vec<Option<Tested>> = Vec::with_capacity(groups.len());
    for group in groups {
        let n = group.len();
        if n < FEWEST || judged.len() - n < FEWEST {
            found.push(None);
            continue;
        }
        inside.fill(false);
        for &at in group {
            inside[at as usize] = true;
        }
        // In the order of all, so that nothing is sorted again.
        let side = |of: bool, n: usize| {
            let mut members =
                order.iter().filter(|&&at| inside[at as usize] == of).map(|&at| logs[at as usize]);
            let low = members.nth((n - 1) / 2).unwrap_or_default();
            let high = if n.is_multiple_of(2) { members.next().unwrap_or(low) } else { low };
            let middle = if low == high { low } else { (low + high) / 2.0 };
            let hits = (0..judged.len()).filter(|&i| inside[i] == of && over[i]).count();
            Side { overshot: Attainment { within: hits, n }, bias: middle.exp() }
        };
        let (within, without) = (side(true, n), side(false, judged.len() - n));
        let rest = judged.len() - n;
        let hits = within.overshot.within;
        let above = group.iter().filter(|&&at| above(logs[at as usize])).count();
        let table = |hits: usize, all: usize| Fourfold { hits, n, rest_hits: all - hits, rest };
        // Middles that are the same don't differ, however the rest lies; and what lies above the common middle must
        // say the same as the middles.
        let shares = [above as f64 / n as f64, (all_above - above) as f64 / rest as f64];
        let bias_differs = (within.bias / without.bias - 1.0).abs() > 1e-9
            && (within.bias > without.bias) == (shares[0] > shares[1]);
        found.push(Some(Tested {
            inside: within,
            outside: without,
            chance_of_rate: table(hits, all_over).differs_from_the_rest(),
            chance_of_bias: match bias_differs {
                true => table(above, all_above).differs_from_the_rest(),
                false => 1.0,
            },
            rate_holds: false,
            bias_holds: false,
        }));
    }
    let chances: Vec<f64> =
        found.iter().flatten().flat_map(|tested| [tested.chance_of_rate, tested.chance_of_bias]).collect();
    let told = discoveries(&chances, FALSE_SHARE);
    for (tested, told) in found.iter_mut().flatten().zip(told.chunks(2)) {
        if let [rate, bias] = *told {
            (tested.rate_holds, tested.bias_holds) = (rate, bias);
        }
    }
    found
}

fn count(flags: &[bool]) -> usize {
    flags.iter().filter(|flag| **flag).count()
}

/// Which values lie above the middle. Where many are the same as the middle one, they go to the side that leaves
/// the halves more alike.
fn above_the_middle(ascending: &[f64]) -> impl Fn(f64) -> bool {
    let n = ascending.len();
    let middle = ascending.get(n / 2).copied().unwrap_or_default();
    let from = ascending.partition_point(|&value| value < middle);
    let to = ascending.partition_point(|&value| value <= middle);
    let with_middle = (n - from).abs_diff(n / 2) < (n - to).abs_diff(n / 2);
    move |value: f64| value > middle || (with_middle && value == middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Log-normal ratios of estimates from 2 to 40 hours; those of the planted group are `worse` times as large.
    fn team(random: &mut fastrand::Rng, n: usize, planted: &[bool], worse: f64) -> Vec<Judged> {
        (0..n)
            .map(|item| {
                let normal = (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
                let estimate = [2.0, 4.0, 8.0, 16.0, 40.0][random.usize(..5)];
                let factor = if planted[item] { worse } else { 1.0 };
                Judged { item, estimate, actual: estimate * (0.7 * normal).exp() * factor, end: None }
            })
            .collect()
    }

    fn random_groups(random: &mut fastrand::Rng, n: usize, factors: usize) -> Vec<Vec<u32>> {
        (0..factors)
            .map(|_| {
                let share = 0.05 + 0.45 * random.f64();
                (0..n as u32).filter(|_| random.f64() < share).collect()
            })
            .collect()
    }

    /// More than twice the estimate.
    fn overshoots(one: &Judged) -> bool {
        !one.is_in_ballpark(2.0) && one.ratio() > 1.0
    }

    #[test]
    fn noise_rarely_goes_with_anything_and_planted_effects_are_found() {
        let mut random = fastrand::Rng::with_seed(6);
        let (runs, n, factors) = (1000, 300, 20);
        let (mut false_alarms, mut found, mut beside) = (0, 0, 0);
        for _ in 0..runs {
            let groups = random_groups(&mut random, n, factors);
            let noise = team(&mut random, n, &vec![false; n], 1.0);
            let tested = goes_with(&noise, &groups, overshoots);
            assert!(tested.iter().flatten().count() >= factors - 3, "nearly all are large enough");
            false_alarms += usize::from(tested.iter().flatten().any(Tested::holds));
            // Work of one group takes 1.8 times as long as elsewhere.
            let mut planted = vec![false; n];
            for &at in &groups[0] {
                planted[at as usize] = true;
            }
            if (30..=n - 30).contains(&groups[0].len()) {
                let tested = goes_with(&team(&mut random, n, &planted, 1.8), &groups, overshoots);
                beside += 1;
                found += usize::from(tested[0].is_some_and(|tested| tested.holds()));
            }
        }
        let (alarms, power) = (f64::from(false_alarms as u32) / 1000.0, found as f64 / f64::from(beside));
        println!("20 factors of noise: “goes with” in {alarms:.3} of {runs} runs");
        println!(
            "a group of 30 or more of 300 that takes 1.8 times as long: found in {power:.3} of {beside} runs"
        );
        assert!(alarms <= 0.1, "{alarms}");
        assert!(power >= 0.9, "{power}");
    }

    #[test]
    fn small_groups_are_not_tested_and_ties_in_the_middle_are_no_side() {
        let mut all: Vec<Judged> =
            (0..40).map(|item| Judged { item, estimate: 8.0, actual: 8.0, end: None }).collect();
        for one in all.iter_mut().take(12) {
            one.actual = 80.0;
        }
        let group = |range: std::ops::Range<u32>| range.collect::<Vec<u32>>();
        let tested = goes_with(&all, &[group(0..7), group(0..12), group(20..40), group(0..35)], |one| {
            one.is_over_by(40.0)
        });
        assert_eq!((tested[0], tested[3]), (None, None));
        let sure = tested[1].unwrap();
        assert!(sure.rate_holds && sure.bias_holds && (sure.inside.bias - 10.0).abs() < 1e-9);
        assert_eq!(sure.outside, Side { overshot: Attainment { within: 0, n: 28 }, bias: 1.0 });
        // Nothing of the last twenty overshot, all of which is so in the first twenty.
        assert!(tested[2].unwrap().holds());
        assert!(goes_with(&[], &[Vec::new()], |_| true)[0].is_none());
    }
}
