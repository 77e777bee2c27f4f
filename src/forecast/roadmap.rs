//! Several projects by one team: drained in order by the same drawn weeks, so that what one gets another does not.

use super::FARTHEST_WEEKS;
use super::outlook::Outlook;
use super::simulate::{TRIALS, rank, simulate};

/// With more projects than this fewer futures are drawn.
const MOST_LEGS: usize = 16;

/// One project of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leg {
    /// Items still to finish, at least and at most, all between as likely.
    pub items: (u32, u32),
    /// Which legs must be done before it begins, by their places.
    pub after: Vec<usize>,
    /// Periods until its target date; `None` where it has none.
    pub target: Option<u32>,
}

/// Projects in the order in which they are worked on.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub legs: Vec<Leg>,
    /// At most so many are worked on at once.
    pub parallel: usize,
    /// The share of what the team finishes that goes to them, from 0 to 1.
    pub share: f64,
}

/// When each is done, by simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// For each leg the periods it begins and ends after, in each of at most [`TRIALS`] futures; `None` where that is not within
    /// ten years.
    ends: Vec<Vec<Option<u32>>>,
    begins: Vec<Vec<Option<u32>>>,
}

/// Draws what the team finishes, and gives it to the first projects in order that are open and wait for nothing:
/// to so many at once as are worked on in parallel, in turns, the first in order first.
///
/// A leg that waits for itself, directly or by others, never begins.
pub fn joint(outlook: &Outlook, plan: &Plan) -> Joint {
    let legs = plan.legs.len();
    let most = u32::try_from(outlook.periods_in(FARTHEST_WEEKS)).unwrap_or(u32::MAX);
    let share = plan.share.clamp(0.0, 1.0);
    // Many projects take long, and a page must answer: fewer futures then, which still tell a chance to two in a hundred.
    let trials = TRIALS.min((MOST_LEGS * TRIALS / legs.max(1)).max(2_000));
    let futures = simulate(outlook, trials, |draws| {
        let mut open: Vec<u32> = Vec::with_capacity(legs);
        for leg in &plan.legs {
            let (low, high) = leg.items;
            let more = if high > low { (draws.random() * f64::from(high - low + 1)) as u32 } else { 0 };
            open.push((low + more).min(high.max(low)));
        }
        let mut begins: Vec<Option<u32>> = vec![None; legs];
        let mut ends: Vec<Option<u32>> = open.iter().map(|&open| (open == 0).then_some(0)).collect();
        let mut active: Vec<usize> = Vec::with_capacity(plan.parallel);
        let mut finished = 0.0;
        let (mut given, mut still) = (0_u64, 0);
        let mut has_changed = true;
        // Whose turn was last: it goes on from there in the next week.
        let mut last = usize::MAX;
        for period in 1..=most {
            let drawn = draws.next_period().finished;
            still = if drawn == 0 { still + 1 } else { 0 };
            finished += f64::from(drawn) * share;
            let mut left = (finished + 1e-9).floor() as u64 - given;
            given += left;
            // What begins while a period goes on has begun at its end.
            let mut since = period - 1;
            while left > 0 || has_changed {
                if has_changed {
                    has_changed = false;
                    active.clear();
                    let is_done = |&leg: &usize| ends.get(leg).is_none_or(Option::is_some);
                    let is_free =
                        |leg: &usize| ends[*leg].is_none() && plan.legs[*leg].after.iter().all(is_done);
                    active.extend((0..legs).filter(is_free).take(plan.parallel.max(1)));
                    for &leg in &active {
                        begins[leg].get_or_insert(since);
                    }
                }
                if active.is_empty() || left == 0 {
                    break;
                }
                // In turns, until one of them is done and another may begin: whole rounds at once, then one by one.
                let least = active.iter().map(|&leg| u64::from(open[leg])).min().unwrap_or(0);
                let rounds = least.min(left / active.len() as u64);
                if rounds > 0 {
                    active.iter().for_each(|&leg| open[leg] -= u32::try_from(rounds).unwrap_or(u32::MAX));
                    left -= rounds * active.len() as u64;
                } else {
                    let next =
                        active.iter().find(|leg| **leg > last).or(active.first()).copied().unwrap_or(0);
                    open[next] -= 1;
                    left -= 1;
                    last = next;
                }
                for &leg in &active {
                    if open[leg] == 0 {
                        ends[leg] = Some(period);
                        (has_changed, since) = (true, period);
                    }
                }
            }
            // A team that has stood still for two years in this future does so for good.
            if ends.iter().all(Option::is_some) || active.is_empty() || still * outlook.unit.days() > 730 {
                break;
            }
        }
        (begins, ends)
    });
    let mut joint = Joint {
        ends: vec![Vec::with_capacity(trials); legs],
        begins: vec![Vec::with_capacity(trials); legs],
    };
    for (begins, ends) in futures {
        for leg in 0..legs {
            joint.begins[leg].push(begins[leg]);
            joint.ends[leg].push(ends[leg]);
        }
    }
    joint
}

impl Joint {
    /// The periods by which a leg is done with each of the chances.
    pub fn done<const N: usize>(&self, leg: usize, chances: [f64; N]) -> [Option<u32>; N] {
        self.ends.get(leg).map_or([None; N], |ends| rank(ends.clone(), chances))
    }

    /// The periods after which it has begun with each of the chances.
    pub fn begun<const N: usize>(&self, leg: usize, chances: [f64; N]) -> [Option<u32>; N] {
        self.begins.get(leg).map_or([None; N], |begins| rank(begins.clone(), chances))
    }

    /// The chance that each of the legs is done after so many periods, all of them: counted in the same futures, for
    /// what one project gets another does not. `None` where none is asked for.
    pub fn chance(&self, wanted: &[(usize, u32)]) -> Option<f64> {
        let trials = self.ends.first().map(Vec::len).filter(|n| *n > 0 && !wanted.is_empty())?;
        let is_kept = |trial: usize| {
            wanted.iter().all(|(leg, by)| {
                let end = self.ends.get(*leg).and_then(|ends| ends.get(trial)).copied().flatten();
                end.is_some_and(|end| end <= *by)
            })
        };
        Some((0..trials).filter(|&trial| is_kept(trial)).count() as f64 / trials as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{History, METHODS, Scope, shares};

    fn leg(items: u32) -> Leg {
        Leg { items: (items, items), ..Leg::default() }
    }

    fn plan(legs: Vec<Leg>, parallel: usize) -> Plan {
        Plan { legs, parallel, share: 1.0 }
    }

    #[test]
    fn one_after_the_other_and_at_once() {
        let history = History::of_weeks(&[4; 10]);
        let outlook = Outlook::of(&METHODS[0], history.known(), 0.0);
        let of = |plan: &Plan| {
            let joint = joint(&outlook, plan);
            (0..plan.legs.len()).map(|leg| joint.done(leg, [0.85])[0]).collect::<Vec<_>>()
        };
        assert_eq!(of(&plan(vec![leg(8), leg(8)], 1)), [Some(2), Some(4)]);
        assert_eq!(of(&plan(vec![leg(8), leg(8)], 2)), [Some(4), Some(4)]);
        assert_eq!(of(&plan(vec![leg(2), leg(8), leg(4)], 2)), [Some(1), Some(4), Some(3)]);
        let waits = vec![Leg { after: vec![1], ..leg(4) }, leg(8)];
        assert_eq!(of(&plan(waits, 2)), [Some(3), Some(2)]);
        let circle = vec![Leg { after: vec![1], ..leg(4) }, Leg { after: vec![0], ..leg(4) }];
        assert_eq!(of(&plan(circle, 2)), [None, None]);
        assert_eq!(of(&Plan { share: 0.5, ..plan(vec![leg(8)], 1) }), [Some(4)]);
        assert_eq!(of(&plan(vec![leg(0), leg(4)], 1)), [Some(0), Some(1)]);
    }

    #[test]
    fn one_project_is_what_the_exact_forecast_says_and_the_last_what_all_together_say() {
        let history = History::of_weeks(&[1, 3, 5, 3, 7, 8]);
        let outlook = Outlook::of(&METHODS[0], history.known(), 0.0);
        let joint = joint(&outlook, &plan(vec![leg(20), leg(30)], 1));
        assert_eq!(joint.done(0, shares()), [Some(5), Some(6), Some(6), Some(7)]);
        // The chance of twelve weeks is so near to 70 % that drawing can't tell.
        let shares = [0.5, 0.85, 0.95];
        assert_eq!(joint.done(1, shares), outlook.when(50, shares));
        assert_eq!(joint.done(1, shares), Scope { n: 50, ..Scope::default() }.when(&outlook, shares));
        assert_eq!(joint.begun(1, [0.85]), [Some(6)], "what is left of its last week goes to the next");
    }

    #[test]
    fn a_joint_chance_is_no_product() {
        let history = History::of_weeks(&[1, 3, 5, 3, 7, 8]);
        let outlook = Outlook::of(&METHODS[0], history.known(), 0.0);
        let joint = joint(&outlook, &plan(vec![leg(20), leg(20)], 1));
        let [first, second] = [joint.chance(&[(0, 5)]).unwrap(), joint.chance(&[(1, 10)]).unwrap()];
        let both = joint.chance(&[(0, 5), (1, 10)]).unwrap();
        assert!(both > first * second + 0.05 && both <= first.min(second), "{first} {second} {both}");
        assert_eq!(joint.chance(&[]), None);
    }
}
