//! Durations with the unfinished counted too: what is still in progress took at least as long as it has.
//!
//! Source: Kaplan & Meier (1958), "Nonparametric Estimation from Incomplete Observations".

use crate::model::Days;

/// The chance that work takes longer than so many days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survival {
    /// Each duration at which something finished, ascending, with the share that takes longer.
    steps: Vec<(Days, f64)>,
    /// The longest duration or age there is.
    longest: Option<Days>,
    pub finished: usize,
    pub open: usize,
}

impl Survival {
    /// From durations of what finished and ages of what is open, each ascending. What is open at an age
    /// counts as at risk up to and including that age.
    pub fn of(finished: &[Days], ages: &[Days]) -> Survival {
        let mut steps = Vec::new();
        let mut share = 1.0;
        let (mut done, mut open) = (0, 0);
        while let Some(&at) = finished.get(done) {
            open += ages[open..].iter().take_while(|&&age| age < at).count();
            let ends = finished[done..].iter().take_while(|&&days| days == at).count();
            let at_risk = (finished.len() - done) + (ages.len() - open);
            share *= 1.0 - ends as f64 / at_risk as f64;
            steps.push((at, share));
            done += ends;
        }
        let longest = finished.last().max(ages.last()).copied();
        Survival { steps, longest, finished: finished.len(), open: ages.len() }
    }

    /// The share that takes longer than `days`, from 1 to 0.
    pub fn longer_than(&self, days: Days) -> f64 {
        let after = self.steps.partition_point(|&(at, _)| at <= days);
        after.checked_sub(1).and_then(|i| self.steps.get(i)).map_or(1.0, |&(_, share)| share)
    }

    /// The smallest duration that at least `p` percent do not exceed. `None` where too much is open to
    /// tell: then it is longer than [`Survival::longest`].
    pub fn percentile(&self, p: u8) -> Option<Days> {
        let beyond = 1.0 - f64::from(p.min(100)) / 100.0;
        // Shares are products of fractions; what is equal on paper may differ in the last digits.
        self.steps.iter().find(|(_, share)| *share <= beyond + 1e-9).map(|&(days, _)| days)
    }

    /// The longest duration or age there is.
    pub fn longest(&self) -> Option<Days> {
        self.longest
    }

    /// The chance that work of age `age` finishes within `limit` days: 1 − S(limit) ÷ S(age). 0 when it is
    /// past the limit; `None` when nothing has finished at a greater age, so that nothing is known.
    pub fn chance_within(&self, limit: Days, age: Days) -> Option<f64> {
        if age >= limit {
            return Some(0.0);
        }
        // Nothing that came as far has finished yet.
        let is_known = self.steps.last().is_some_and(|&(last, _)| last > age);
        is_known.then(|| 1.0 - self.longer_than(limit) / self.longer_than(age))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[u32]) -> Vec<Days> {
        days.iter().copied().map(Days).collect()
    }

    #[test]
    fn the_open_weigh_in() {
        // By hand: at 2, 1 of 6; at 5, 1 of 4 (one open at 3 has left); at 9, 1 of 2 (another at 6).
        let survival = Survival::of(&days(&[2, 5, 9]), &days(&[3, 6, 12]));
        for (at, want) in [(1, 1.0), (2, 5.0 / 6.0), (4, 5.0 / 6.0), (5, 0.625), (8, 0.625), (9, 0.3125)] {
            assert!((survival.longer_than(Days(at)) - want).abs() < 1e-12, "{at}");
        }
        assert_eq!(survival.percentile(15), Some(Days(2)));
        assert_eq!(survival.percentile(50), Some(Days(9)));
        assert_eq!(survival.percentile(70), None, "longer than 12");
        assert_eq!(survival.longest(), Some(Days(12)));
    }

    #[test]
    fn with_nothing_open_it_is_the_nearest_rank() {
        let all: Vec<Days> = (1..=40).map(|i| Days(i * i % 37)).collect();
        let distribution: crate::metrics::Distribution = all.iter().copied().collect();
        let survival = Survival::of(distribution.values(), &[]);
        for p in [1, 10, 50, 70, 85, 95, 100] {
            assert_eq!(survival.percentile(p), distribution.percentile(p), "p{p}");
        }
        assert_eq!(Survival::of(&[], &[]).percentile(50), None);
        assert_eq!(Survival::of(&[], &days(&[3])).longer_than(Days(9)), 1.0);
    }

    #[test]
    fn beyond_what_has_finished_nothing_is_known() {
        let survival = Survival::of(&days(&[1, 2, 3, 4, 5]), &days(&[10]));
        assert_eq!(survival.chance_within(Days(30), Days(10)), None);
        assert!(survival.chance_within(Days(30), Days(3)).is_some_and(|chance| chance > 0.5));
    }

    #[test]
    fn a_chance_is_that_of_what_has_come_as_far() {
        let survival = Survival::of(&days(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), &[]);
        for (limit, age, want) in [
            (8, 0, Some(0.8)),
            (8, 6, Some(0.5)),
            (8, 7, Some(1.0 / 3.0)),
            (8, 8, Some(0.0)),
            (8, 30, Some(0.0)),
            (12, 10, None),
        ] {
            let found = survival.chance_within(Days(limit), Days(age));
            let same = match (found, want) {
                (Some(found), Some(want)) => (found - want).abs() < 1e-9,
                (found, want) => found.is_none() && want.is_none(),
            };
            assert!(same, "{age} of {limit}: {found:?}");
        }
    }
}
