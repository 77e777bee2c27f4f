//! What has no exact distribution, drawn at random: always with the same numbers, so that the same data gives the same
//! answer.

use super::FARTHEST_WEEKS;
use super::history::Period;
use super::method::Assumed;
use super::outlook::{Outlook, recency};
use crate::pace::{Pace, straight};

/// How often the future is drawn.
pub const TRIALS: usize = 10_000;

const SEED: u64 = 0x0ba1_1a4c;

/// One future, drawn period by period.
pub struct Draws<'a, 'r> {
    assumed: &'a Assumed<'a>,
    pace: f64,
    random: &'r mut fastrand::Rng,
    /// How many have been drawn.
    drawn: usize,
    /// Of stretches, the one that is being gone through.
    stretch: usize,
    /// Of uncertain shares, which period each draw was.
    chosen: Vec<usize>,
    /// Up to which weight each period is drawn, where they are weighted.
    weights: &'a [f64],
    finished: u64,
    left: u64,
    /// Random bits that are left of the last number.
    spare: Option<u32>,
}

impl Draws<'_, '_> {
    /// The next period.
    pub fn next_period(&mut self) -> Period {
        let raw = self.raw();
        self.drawn += 1;
        if self.pace == 1.0 {
            return raw;
        }
        // The pace holds of all that is done so far, so that nothing is lost by rounding.
        let at_pace = |total: u64| (total as f64 * self.pace + 1e-9).floor() as u64;
        let finished = at_pace(self.finished + u64::from(raw.finished)) - at_pace(self.finished);
        let left = at_pace(self.left + u64::from(raw.left)) - at_pace(self.left);
        self.finished += u64::from(raw.finished);
        self.left += u64::from(raw.left);
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Period { finished: small(finished), came: raw.came, left: small(left) }
    }

    /// A number from 0 to 1 that belongs to this future.
    pub fn random(&mut self) -> f64 {
        self.random.f64()
    }

    /// Any place among `n`. Of 32 bits wherever it runs: usize has as many in a browser and more elsewhere, and would draw
    /// otherwise. Two places are made of one random number, for numbers are dear in a browser.
    fn any(&mut self, n: usize) -> usize {
        let bits = self.spare.take().unwrap_or_else(|| {
            let both = self.random.u64(..);
            self.spare = Some((both >> 32) as u32);
            both as u32
        });
        // A share of n: off by n in four milliards at the most.
        ((u64::from(bits) * n as u64) >> 32) as usize
    }

    fn raw(&mut self) -> Period {
        match self.assumed {
            Assumed::Alike(of) => of.get(self.any(of.len())).copied().unwrap_or_default(),
            Assumed::Recent(of, _) => {
                let at = self.random.f64();
                let place = self.weights.partition_point(|&up_to| up_to <= at);
                of.get(place.min(of.len().saturating_sub(1))).copied().unwrap_or_default()
            }
            Assumed::Stretches(of, length) => {
                let length = (*length).min(of.len()).max(1);
                let within = self.drawn % length;
                if within == 0 {
                    self.stretch = self.any((of.len() + 1).saturating_sub(length));
                }
                of.get(self.stretch + within).copied().unwrap_or_default()
            }
            Assumed::Weekdays(of, next) => {
                let weekday = (next + self.drawn) % 7;
                let week = self.any(of.len() / 7);
                of.get(week * 7 + weekday).copied().unwrap_or_default()
            }
            // Pólya's urn: what was drawn is drawn the more often, as if the shares were drawn first.
            Assumed::Uncertain(of) => {
                let n = of.len();
                let ball = self.any(n + self.chosen.len());
                let chosen =
                    if ball < n { ball } else { self.chosen.get(ball - n).copied().unwrap_or_default() };
                self.chosen.push(chosen);
                of.get(chosen).copied().unwrap_or_default()
            }
        }
    }
}

/// Draws the future so often, and gives what `each` makes of it.
pub fn simulate<T>(outlook: &Outlook, trials: usize, each: impl FnMut(&mut Draws) -> T) -> Vec<T> {
    // Nothing asks this work to pause, so there is always a result.
    straight(simulate_in_steps(outlook, trials, &Pace::STRAIGHT, each)).unwrap_or_default()
}

/// [`simulate`] in steps.
pub async fn simulate_in_steps<T>(
    outlook: &Outlook<'_>,
    trials: usize,
    beat: &Pace<'_>,
    mut each: impl FnMut(&mut Draws) -> T,
) -> Vec<T> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let weights: Vec<Vec<f64>> = outlook.parts.iter().map(up_to).collect();
    let (parts, paces) = (outlook.parts.len().max(1), outlook.paces.len().max(1));
    let mut results = Vec::with_capacity(trials);
    let nothing = Assumed::Alike(&[]);
    for n in 0..trials {
        // Parts and paces take turns, so that each has its share exactly.
        let (part, pace) = (n % parts, n / parts % paces);
        let mut draws = Draws {
            assumed: outlook.parts.get(part).unwrap_or(&nothing),
            pace: outlook.paces.get(pace).copied().unwrap_or(1.0),
            random: &mut random,
            drawn: 0,
            stretch: 0,
            chosen: Vec::new(),
            weights: weights.get(part).map_or(&[], Vec::as_slice),
            finished: 0,
            left: 0,
            spare: None,
        };
        results.push(each(&mut draws));
        if n % 32 == 31 {
            beat.at(n, trials).await;
        }
    }
    results
}

fn up_to(assumed: &Assumed) -> Vec<f64> {
    let Assumed::Recent(of, half_life) = assumed else { return Vec::new() };
    let add = |sum: &mut f64, weight: f64| {
        *sum += weight;
        Some(*sum)
    };
    recency(of.len(), *half_life).into_iter().scan(0.0, add).collect()
}

/// By nearest rank, of periods after which it was done; `None` stands for never.
pub fn rank<const N: usize>(mut ends: Vec<Option<u32>>, chances: [f64; N]) -> [Option<u32>; N] {
    ends.sort_by_key(|end| end.unwrap_or(u32::MAX));
    chances.map(|share| {
        let rank = (share * ends.len() as f64 - 1e-9).ceil().max(1.0) as usize;
        ends.get(rank - 1).copied().flatten()
    })
}

/// [`Outlook::lines`] by drawing.
pub fn simulated_lines<const N: usize>(
    outlook: &Outlook,
    points: &[usize],
    chances: [f64; N],
) -> Vec<[u32; N]> {
    let most = points.iter().copied().max().unwrap_or_default();
    // A picture shows no more than two thousand futures tell.
    let trials = if points.len() > 1 { outlook.trials(most).min(2_000) } else { outlook.trials(most) };
    let futures = simulate(outlook, trials, |draws| {
        let mut finished = vec![0_u32];
        for _ in 0..most {
            let sum = finished.last().copied().unwrap_or_default();
            finished.push(sum.saturating_add(draws.next_period().finished));
        }
        points.iter().map(|&point| finished.get(point).copied().unwrap_or_default()).collect::<Vec<u32>>()
    });
    let line = |at: usize| {
        let mut totals: Vec<u32> = futures.iter().filter_map(|future| future.get(at).copied()).collect();
        totals.sort_unstable_by(|a, b| b.cmp(a));
        chances.map(|share| {
            let rank = (share * totals.len() as f64 - 1e-9).ceil().max(1.0) as usize;
            totals.get(rank - 1).copied().unwrap_or_default()
        })
    };
    (0..points.len()).map(line).collect()
}

/// [`Outlook::when`] by drawing.
pub fn simulated_when<const N: usize>(outlook: &Outlook, n: u32, chances: [f64; N]) -> [Option<u32>; N] {
    let scope = Scope { n, ..Scope::default() };
    scope.when(outlook, chances)
}

/// Work that does not stay as it is while it is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scope {
    /// Items to finish, as they are counted now.
    pub n: u32,
    /// New work comes in as it did: in each period as much as in that from which what leaves is drawn.
    pub grows: bool,
    /// Into how many each item turns out to fall, at least and at most, all between as likely; (1, 1) where they
    /// stay whole.
    pub split: (f64, f64),
    /// After so many periods of work come so many in which nothing is done while new work comes in.
    pub idle: (u32, u32),
}

impl Default for Scope {
    fn default() -> Scope {
        Scope { n: 0, grows: false, split: (1.0, 1.0), idle: (0, 0) }
    }
}

impl Scope {
    /// The first period by whose end all is done with each of the chances; `None` where it is not within ten years.
    pub fn when<const N: usize>(self, outlook: &Outlook, chances: [f64; N]) -> [Option<u32>; N] {
        rank(self.ends(outlook), chances)
    }

    /// After how many periods it is all done in each of at most [`TRIALS`] futures.
    pub fn ends(self, outlook: &Outlook) -> Vec<Option<u32>> {
        straight(self.ends_in_steps(outlook, &Pace::STRAIGHT)).unwrap_or_default()
    }

    /// [`Scope::ends`] in steps.
    pub async fn ends_in_steps(self, outlook: &Outlook<'_>, pace: &Pace<'_>) -> Vec<Option<u32>> {
        let most = u32::try_from(outlook.periods_in(FARTHEST_WEEKS)).unwrap_or(u32::MAX);
        // What stays as it is takes about as long as it should.
        let likely = 2.0 * f64::from(self.n) * self.split.1 / outlook.mean().max(1e-9);
        let periods = if self.grows { most } else { most.min(likely as u32 + 10) };
        simulate_in_steps(outlook, outlook.trials(periods as usize), pace, |draws| {
            let (low, high) = self.split;
            let factor = low + (high - low) * if high > low { draws.random() } else { 0.0 };
            let mut open = (f64::from(self.n) * factor).round() as i64;
            // So far from done that it never will be.
            let lost = 50 * (open + 20);
            for period in 1..=most {
                if self.grows && period == self.idle.0 + 1 {
                    open += (0..self.idle.1).map(|_| i64::from(draws.next_period().came)).sum::<i64>();
                }
                let drawn = draws.next_period();
                open += if self.grows {
                    i64::from(drawn.came) - i64::from(drawn.left)
                } else {
                    -i64::from(drawn.finished)
                };
                if open <= 0 {
                    return Some(period);
                }
                if open > lost {
                    return None;
                }
            }
            None
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{History, METHODS, Method, shares};

    #[test]
    fn drawing_and_computing_agree() {
        let weeks: Vec<u32> = (0..40).map(|n| [0, 3, 1, 7, 2, 0, 4][n % 7] + (n as u32 / 15)).collect();
        let history = History::of_weeks(&weeks);
        for method in METHODS {
            for sigma in [0.0, 0.2] {
                let outlook = Outlook::of(method, history.known(), sigma);
                let reached = outlook.reached(30, 0.999, 600).unwrap();
                let ends = Scope { n: 30, ..Scope::default() }.ends(&outlook);
                let apart = |(n, exact): (usize, &f64)| {
                    let by = ends.iter().filter(|end| end.is_some_and(|end| end as usize <= n + 1)).count();
                    (by as f64 / ends.len() as f64 - exact).abs()
                };
                let most = reached.iter().enumerate().map(apart).fold(0.0, f64::max);
                assert!(most < 0.02, "{} widened by {sigma}: {most} apart", method.id);
            }
        }
    }

    #[test]
    fn the_same_data_gives_the_same_answer() {
        let history = History::of_weeks(&[1, 3, 5, 3, 7, 8]);
        let outlook = Outlook::of(&METHODS[0], history.known(), 0.0);
        assert_eq!(simulated_when(&outlook, 20, shares()), simulated_when(&outlook, 20, shares()));
        // The chance of five weeks is so near to 70 % that drawing can't tell.
        assert_eq!(simulated_when(&outlook, 20, [0.5, 0.85, 0.95]), [Some(5), Some(6), Some(7)]);
    }

    #[test]
    fn what_grows_as_fast_as_it_shrinks_is_seldom_done() {
        let period = |came, left| Period { finished: left, came, left };
        let week = |came, left| {
            let mut days = vec![Period::default(); 7];
            days[0] = period(came, left);
            days
        };
        let days: Vec<Period> = (0..20).flat_map(|n| week(n % 3, 2 + n % 3)).collect();
        let weeks = days.chunks(7).map(|days| days[0]).collect();
        let history = History { days, weeks, ..History::of_weeks(&[]) };
        let outlook = Outlook::of(&METHODS[0], history.known(), 0.0);
        let grows = Scope { n: 20, grows: true, ..Scope::default() }.when(&outlook, shares());
        assert_eq!(grows, [Some(10); 4], "each week two more leave than come, whichever it is");
        let stays = Scope { n: 20, ..Scope::default() }.when(&outlook, shares());
        assert!(stays[0] < grows[0]);
        let split = Scope { n: 20, grows: true, split: (2.0, 2.0), idle: (0, 0) }.when(&outlook, shares());
        assert_eq!(split, [Some(20); 4]);
        assert_eq!(Method::named("nothing"), None);
    }
}
