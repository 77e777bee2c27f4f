//! What a method expects of the periods to come.

use statrs::distribution::{ContinuousCDF, Normal};

use super::exact::{shares_of, sum, sum_of_many, uncertain_sums, weighted};
use super::history::{Past, Period, Unit};
use super::method::{Assumed, Method};
use super::simulate::{Scope, TRIALS, rank, simulated_lines};
use crate::pace::{Pace, straight};

/// Further ahead than this nothing is told, in weeks: ten years.
pub const FARTHEST_WEEKS: usize = 520;

/// What takes more steps than this is not computed but drawn, which is quicker then.
const MOST_STEPS: usize = 20_000_000;

/// The same where many weeks are asked one after the other.
const QUICK_STEPS: usize = 1_000_000;

/// Chances are compared up to this: sums of fractions are never quite what they should be.
const ROUNDING: f64 = 1e-9;

/// What a method expects of the periods to come.
#[derive(Clone, Debug)]
pub struct Outlook<'a> {
    pub unit: Unit,
    /// Each as likely as the other.
    pub(super) parts: Vec<Assumed<'a>>,
    /// How far the pace itself may be off, each factor as likely as the other; 1 where it is trusted.
    pub(super) paces: Vec<f64>,
    /// Up to so many steps it is computed.
    most_steps: usize,
}

/// The factors by which the pace may be off, so that their logarithms have that standard deviation: nine quantiles
/// in the middle of ninths of a normal distribution.
fn paces(sigma: f64) -> Vec<f64> {
    const POINTS: u32 = 9;
    match Normal::new(0.0, sigma) {
        Ok(normal) if sigma > 0.0 => {
            let middle = |n: u32| (f64::from(n) + 0.5) / f64::from(POINTS);
            (0..POINTS).map(|n| normal.inverse_cdf(middle(n)).exp()).collect()
        }
        _ => vec![1.0],
    }
}

/// The smallest total that is `n` or more when the pace is that factor.
fn needed(n: u32, pace: f64) -> usize {
    (f64::from(n) / pace - ROUNDING).ceil().max(0.0) as usize
}

impl<'a> Outlook<'a> {
    /// What the method expects by what was known. `sigma` widens it: the standard deviation of the logarithm by
    /// which the pace may be off.
    pub fn of(method: &Method, past: Past<'a>, sigma: f64) -> Outlook<'a> {
        Outlook {
            unit: method.unit,
            parts: (method.assumes)(past),
            paces: paces(sigma),
            most_steps: MOST_STEPS,
        }
    }

    /// The same for asking many weeks one after the other: sooner drawn, and less often.
    pub fn quickly(mut self) -> Outlook<'a> {
        self.most_steps = QUICK_STEPS;
        self
    }

    /// How many futures are drawn where each takes so many periods: fewer where they are long, so that a page still
    /// answers.
    pub(super) fn trials(&self, periods: usize) -> usize {
        let most_draws = self.most_steps / 50;
        (most_draws / periods.max(1)).clamp(1_000, TRIALS)
    }

    /// The same at another pace: 1.1 finishes a tenth more.
    pub fn at_pace(mut self, factor: f64) -> Outlook<'a> {
        self.paces.iter_mut().for_each(|pace| *pace *= factor);
        self
    }

    /// The same, widened otherwise.
    pub(super) fn widened(&self, sigma: f64) -> Outlook<'a> {
        Outlook {
            unit: self.unit,
            parts: self.parts.clone(),
            paces: paces(sigma),
            most_steps: self.most_steps,
        }
    }

    /// Whole periods in so many weeks.
    pub fn periods_in(&self, weeks: usize) -> usize {
        weeks * 7 / self.unit.days() as usize
    }

    /// Items finished in one period, on average.
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(Assumed::mean).sum::<f64>() / self.parts.len().max(1) as f64
    }

    /// How likely each total of so many periods is below `cap`, before the pace is doubted.
    pub(super) fn total(&self, periods: usize, cap: usize) -> Vec<f64> {
        let mut total: Vec<f64> = Vec::new();
        for part in &self.parts {
            let of_part = part.total(periods, cap);
            if total.len() < of_part.len() {
                total.resize(of_part.len(), 0.0);
            }
            let share = 1.0 / self.parts.len() as f64;
            total.iter_mut().zip(&of_part).for_each(|(total, chance)| *total += share * chance);
        }
        total
    }

    /// At least so many will be finished in so many periods, with each of the chances: the largest number whose chance
    /// to be reached or passed is not below it.
    pub fn how_many<const N: usize>(&self, periods: usize, chances: [f64; N]) -> [u32; N] {
        // Whoever asks for more than ten years is told of ten.
        let periods = periods.min(self.periods_in(FARTHEST_WEEKS));
        for cap in self.caps(periods, &chances) {
            if self.steps(periods, cap) > self.most_steps {
                break;
            }
            let found = self.how_many_of(&self.total(periods, cap), cap, chances);
            if !self.hits(cap, &found) {
                return found;
            }
        }
        let lines = simulated_lines(self, &[periods], chances);
        lines.first().copied().unwrap_or([0; N])
    }

    fn steps(&self, periods: usize, cap: usize) -> usize {
        self.parts.iter().map(|part| part.steps(periods, cap)).fold(0, usize::saturating_add)
    }

    /// Up to which totals it is computed: first a little beyond the mean, where it nearly always ends; else as far as it can
    /// matter, for by Markov’s inequality no more than a share `p` of all totals reach 1/`p` times the mean.
    pub(super) fn caps(&self, periods: usize, chances: &[f64]) -> [usize; 2] {
        let lowest = chances.iter().copied().fold(1.0, f64::min).max(0.001);
        let fastest = self.paces.iter().copied().fold(0.0, f64::max);
        let slowest = self.paces.iter().copied().fold(f64::INFINITY, f64::min);
        let mean = self.mean() * periods as f64 * fastest / slowest;
        [1.06 * mean + 4.0, mean / lowest + 2.0].map(|cap| cap.ceil() as usize)
    }

    /// Whether a number may be higher than what could be found below that cap.
    pub(super) fn hits(&self, cap: usize, found: &[u32]) -> bool {
        let slowest = self.paces.iter().copied().fold(f64::INFINITY, f64::min);
        let most = (cap as f64 * slowest).floor() as u32;
        found.iter().any(|n| *n >= most)
    }

    /// By totals below `cap`.
    pub(super) fn how_many_of<const N: usize>(
        &self,
        total: &[f64],
        cap: usize,
        chances: [f64; N],
    ) -> [u32; N] {
        // less[n]: the chance of less than n.
        let add = |sum: &mut f64, chance: &f64| {
            *sum += chance;
            Some(*sum)
        };
        let less: Vec<f64> = std::iter::once(0.0).chain(total.iter().scan(0.0, add)).collect();
        let all = less.last().copied().unwrap_or_default();
        let chance = |n: u32| {
            let of_pace = |&pace: &f64| 1.0 - less.get(needed(n, pace)).copied().unwrap_or(all);
            self.paces.iter().map(of_pace).sum::<f64>() / self.paces.len() as f64
        };
        let slowest = self.paces.iter().copied().fold(f64::INFINITY, f64::min);
        let most = (cap as f64 * slowest).floor() as u32;
        chances.map(|wanted| {
            let (mut low, mut high) = (0, most);
            while low < high {
                let middle = low + (high - low).div_ceil(2);
                if chance(middle) >= wanted - ROUNDING { low = middle } else { high = middle - 1 }
            }
            low
        })
    }

    /// [`Outlook::how_many`] after each of some numbers of periods, no higher than `top`.
    pub fn lines<const N: usize>(&self, points: &[usize], top: u32, chances: [f64; N]) -> Vec<[u32; N]> {
        let slowest = self.paces.iter().copied().fold(f64::INFINITY, f64::min);
        let cap = needed(top, slowest).max(1) + 1;
        let most = points.iter().copied().max().unwrap_or_default();
        // A table holds all points at once; whatever else is done for each.
        let steps = |part: &Assumed| match part {
            Assumed::Uncertain(..) => part.steps(most, cap),
            _ => part.steps(most, cap).saturating_mul(points.len()),
        };
        if self.parts.iter().map(steps).fold(0, usize::saturating_add) > self.most_steps {
            let lines = simulated_lines(self, points, chances);
            return lines.into_iter().map(|line| line.map(|n| n.min(top))).collect();
        }
        let mut totals = vec![vec![0.0; cap]; points.len()];
        let share = 1.0 / self.parts.len().max(1) as f64;
        for part in &self.parts {
            // The table of uncertain shares has every row up to the last.
            let all = match part {
                Assumed::Uncertain(..) => part.totals(most, cap),
                _ => Vec::new(),
            };
            for (&point, total) in points.iter().zip(&mut totals) {
                let row = match (point.checked_sub(1).and_then(|n| all.get(n)), point) {
                    (Some(row), _) => row.clone(),
                    (None, 0) => vec![1.0],
                    (None, _) => part.total(point, cap),
                };
                total.iter_mut().zip(&row).for_each(|(total, chance)| *total += share * chance);
            }
        }
        totals.iter().map(|total| self.how_many_of(total, cap, chances).map(|n| n.min(top))).collect()
    }

    /// The chance that at least `n` are finished in so many periods.
    #[cfg(test)]
    pub fn chance(&self, n: u32, periods: usize) -> f64 {
        let slowest = self.paces.iter().copied().fold(f64::INFINITY, f64::min);
        let total = self.total(periods, needed(n, slowest).max(1));
        let of_pace = |&pace: &f64| {
            let less: f64 = total.iter().take(needed(n, pace)).sum();
            (1.0 - less).clamp(0.0, 1.0)
        };
        self.paces.iter().map(of_pace).sum::<f64>() / self.paces.len() as f64
    }

    /// The chance that `n` are finished after 1, 2, 3 … periods, until it is `enough` or `most` periods have passed.
    /// `None` where that takes too large a table: then it is simulated.
    pub fn reached(&self, n: u32, enough: f64, most: usize) -> Option<Vec<f64>> {
        let slowest = self.paces.iter().copied().fold(f64::INFINITY, f64::min);
        let cap = needed(n, slowest).max(1);
        let mean = self.mean().max(1e-9);
        let mut periods = ((1.5 * cap as f64 / mean) as usize + 4).min(most);
        loop {
            let each: usize = self.parts.iter().map(Assumed::effort).sum();
            if periods.saturating_mul(cap).saturating_mul(each) > self.most_steps {
                return None;
            }
            let mut chances = vec![0.0; periods];
            for part in &self.parts {
                for (chance, total) in chances.iter_mut().zip(part.totals(periods, cap)) {
                    let mut less = 0.0;
                    let mut done = 0;
                    // From the fastest pace to the slowest, so that each total is added once.
                    for &pace in self.paces.iter().rev() {
                        let needed = needed(n, pace);
                        less += total.iter().take(needed).skip(done).sum::<f64>();
                        done = done.max(needed);
                        *chance += (1.0 - less).clamp(0.0, 1.0);
                    }
                }
            }
            let share = 1.0 / (self.parts.len() * self.paces.len()) as f64;
            chances.iter_mut().for_each(|chance| *chance *= share);
            let at = chances.iter().position(|chance| *chance >= enough - ROUNDING);
            if let Some(at) = at {
                chances.truncate(at + 1);
                return Some(chances);
            }
            if periods >= most {
                return Some(chances);
            }
            periods = (2 * periods).min(most);
        }
    }

    /// The first period by whose end `n` items are finished with each of the chances, which rise; 0 where there is
    /// nothing to finish, `None` where that is further than ten years ahead.
    pub fn when<const N: usize>(&self, n: u32, chances: [f64; N]) -> [Option<u32>; N] {
        // Nothing asks this work to pause, so there is always a result.
        straight(self.when_in_steps(n, chances, &Pace::STRAIGHT)).unwrap_or([None; N])
    }

    /// [`Outlook::when`] in steps.
    pub async fn when_in_steps<const N: usize>(
        &self,
        n: u32,
        chances: [f64; N],
        pace: &Pace<'_>,
    ) -> [Option<u32>; N] {
        if n == 0 {
            return [Some(0); N];
        }
        let most = self.periods_in(FARTHEST_WEEKS);
        let highest = chances.iter().copied().fold(0.0, f64::max);
        let fastest = self.paces.iter().copied().fold(0.0, f64::max);
        if f64::from(n) > 2.0 * self.mean() * fastest * most as f64 {
            return [None; N];
        }
        match self.reached(n, highest, most) {
            Some(reached) => chances.map(|wanted| {
                let at = reached.iter().position(|chance| *chance >= wanted - ROUNDING);
                at.and_then(|at| u32::try_from(at + 1).ok())
            }),
            None => rank(Scope { n, ..Scope::default() }.ends_in_steps(self, pace).await, chances),
        }
    }
}

impl Assumed<'_> {
    /// The periods and how likely each is, where each is drawn by itself; in the long run otherwise.
    fn drawn(&self) -> Vec<(Period, f64)> {
        match self {
            Assumed::Alike(periods)
            | Assumed::Stretches(periods, _)
            | Assumed::Weekdays(periods, _)
            | Assumed::Uncertain(periods) => {
                periods.iter().map(|&period| (period, 1.0 / periods.len().max(1) as f64)).collect()
            }
            Assumed::Recent(periods, half_life) => {
                let weights = recency(periods.len(), *half_life);
                periods.iter().copied().zip(weights).collect()
            }
        }
    }

    /// How many steps one cell of its table takes.
    fn effort(&self) -> usize {
        match self {
            Assumed::Uncertain(periods) => periods.len(),
            _ => self.highest() + 1,
        }
    }

    /// How many steps the total of so many periods takes, below `cap`.
    fn steps(&self, periods: usize, cap: usize) -> usize {
        match self {
            Assumed::Uncertain(of) => of.len().saturating_mul(periods).saturating_mul(cap),
            // Some doublings of what is known so far.
            _ => {
                let length = cap.min(self.highest().saturating_mul(periods) + 1);
                length.saturating_mul(length).saturating_mul(4)
            }
        }
    }

    /// The mean of one period, or where the periods differ the highest of them.
    fn mean(&self) -> f64 {
        let mean = |values: &mut dyn ExactSizeIterator<Item = u32>| {
            let n = values.len().max(1) as f64;
            values.map(f64::from).sum::<f64>() / n
        };
        match self {
            Assumed::Stretches(of, length) => {
                let length = (*length).min(of.len()).max(1);
                let at = |place: usize| mean(&mut of.windows(length).map(|stretch| stretch[place].finished));
                (0..length.min(of.len())).map(at).fold(0.0, f64::max)
            }
            _ => self.drawn().iter().map(|(period, weight)| f64::from(period.finished) * weight).sum(),
        }
    }

    /// The most that was finished in one period.
    fn highest(&self) -> usize {
        let (Assumed::Alike(periods)
        | Assumed::Recent(periods, _)
        | Assumed::Stretches(periods, _)
        | Assumed::Weekdays(periods, _)
        | Assumed::Uncertain(periods)) = self;
        periods.iter().map(|period| period.finished as usize).max().unwrap_or_default()
    }

    /// How likely each total of so many periods is, without totals from `cap` on.
    fn total(&self, periods: usize, cap: usize) -> Vec<f64> {
        match self {
            Assumed::Weekdays(days, next) => {
                // Whole weeks are alike, whichever day they begin on.
                let by_weekday = by_weekday(days, *next);
                let of_days =
                    |days: &[Vec<f64>]| days.iter().fold(vec![1.0], |total, one| sum(&total, one, cap));
                let weeks = sum_of_many(&of_days(&by_weekday), periods / 7, cap);
                sum(&weeks, &of_days(&by_weekday[..periods % 7]), cap)
            }
            Assumed::Stretches(of, length) => {
                let length = (*length).min(of.len()).max(1);
                let whole = sum_of_many(&beginnings(of, length, length), periods / length, cap);
                match periods % length {
                    0 => whole,
                    rest => sum(&whole, &beginnings(of, length, rest), cap),
                }
            }
            Assumed::Uncertain(..) => self.totals(periods, cap).pop().unwrap_or_else(|| vec![1.0]),
            Assumed::Alike(..) | Assumed::Recent(..) => sum_of_many(&self.one(), periods, cap),
        }
    }

    /// The same of 1, 2, … `most` periods, without totals from `cap` on.
    fn totals(&self, most: usize, cap: usize) -> Vec<Vec<f64>> {
        match self {
            Assumed::Uncertain(of) => {
                let values: Vec<u32> = of.iter().map(|period| period.finished).collect();
                uncertain_sums(&values, most, cap)
            }
            Assumed::Stretches(of, length) => {
                let length = (*length).min(of.len()).max(1);
                let begun: Vec<Vec<f64>> = (1..=length).map(|n| beginnings(of, length, n)).collect();
                let mut totals: Vec<Vec<f64>> = Vec::with_capacity(most);
                let mut whole = vec![1.0];
                for n in 0..most {
                    let total = sum(&whole, &begun[n % length], cap);
                    if n % length + 1 == length {
                        whole.clone_from(&total);
                    }
                    totals.push(total);
                }
                totals
            }
            Assumed::Weekdays(days, next) => {
                let by_weekday = by_weekday(days, *next);
                added_up((0..most).map(|n| by_weekday[n % 7].as_slice()), cap)
            }
            Assumed::Alike(..) | Assumed::Recent(..) => {
                let one = self.one();
                added_up((0..most).map(|_| one.as_slice()), cap)
            }
        }
    }

    /// One period's distribution, where each is drawn by itself.
    fn one(&self) -> Vec<f64> {
        weighted(self.drawn().into_iter().map(|(period, weight)| (period.finished, weight)))
    }
}

/// The sums of the first, the first two and so on.
fn added_up<'a>(ones: impl Iterator<Item = &'a [f64]>, cap: usize) -> Vec<Vec<f64>> {
    let so_far = vec![1.0];
    let add = |so_far: &mut Vec<f64>, one: &[f64]| {
        *so_far = sum(so_far, one, cap);
        Some(so_far.clone())
    };
    ones.scan(so_far, add).collect()
}

/// How likely each of the periods is, the last the likeliest.
pub(super) fn recency(n: usize, half_life: usize) -> Vec<f64> {
    let weight = |age: usize| 0.5_f64.powf(age as f64 / half_life as f64);
    let all: f64 = (0..n).map(weight).sum();
    (0..n).rev().map(|age| weight(age) / all).collect()
}

/// The sums of the first `n` periods of every stretch of `length` that followed one another.
fn beginnings(of: &[Period], length: usize, n: usize) -> Vec<f64> {
    let sums = of.windows(length).map(|stretch| stretch.iter().take(n).map(|p| p.finished).sum());
    let sums: Vec<u32> = sums.collect();
    if sums.is_empty() { vec![1.0] } else { shares_of(sums.into_iter()) }
}

/// The days of whole weeks by weekday, the next one first.
fn by_weekday(days: &[Period], next: usize) -> [Vec<f64>; 7] {
    std::array::from_fn(|n| {
        let weekday = (next + n) % 7;
        let values: Vec<u32> = days.iter().skip(weekday).step_by(7).map(|day| day.finished).collect();
        if values.is_empty() { vec![1.0] } else { shares_of(values.into_iter()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{History, METHODS, shares};

    #[test]
    fn the_answers_are_exact() {
        let history = History::of_weeks(&[1, 3, 5, 3, 7, 8]);
        let plain = Outlook::of(&METHODS[0], history.known(), 0.0);
        let when = |n| plain.when(n, shares()).map(Option::unwrap_or_default);
        assert_eq!(when(20), [5, 6, 6, 7]);
        assert_eq!(when(25), [6, 7, 7, 8]);
        assert_eq!(when(50), [12, 13, 14, 15]);
        assert_eq!(plain.how_many(4, shares()), [18, 15, 12, 10]);
        assert_eq!(plain.how_many(6, shares()), [27, 24, 21, 18]);
        assert_eq!(when(0), [0; 4]);
        assert_eq!(plain.how_many(0, shares()), [0; 4]);
    }

    #[test]
    fn both_ways_of_asking_agree_for_every_method() {
        let weeks: Vec<u32> = (0..60).map(|n| [0, 3, 1, 7, 2, 0, 4][n % 7] + (n as u32 / 20)).collect();
        let history = History::of_weeks(&weeks);
        for method in METHODS {
            for sigma in [0.0, 0.3] {
                let outlook = Outlook::of(method, history.known(), sigma);
                for (n, share) in [(10, 0.5), (25, 0.85), (40, 0.95)] {
                    let [when] = outlook.when(n, [share]);
                    let when = when.unwrap() as usize;
                    let says = |periods| (outlook.chance(n, periods), outlook.how_many(periods, [share])[0]);
                    let (chance, many) = says(when);
                    assert!(chance >= share - 1e-6 && many >= n, "{} {sigma}: {n} in {when}", method.id);
                    let (chance, many) = says(when - 1);
                    assert!(chance < share && many < n, "{} {sigma}: {n} before {when}", method.id);
                }
            }
        }
    }

    #[test]
    fn lines_are_what_is_told_at_each_point() {
        let history = History::of_weeks(&[1, 3, 5, 3, 7, 8, 0, 2]);
        for method in METHODS {
            let outlook = Outlook::of(method, history.known(), 0.1);
            let lines = outlook.lines(&[0, 3, 9], 1000, shares());
            assert_eq!(lines[0], [0; 4]);
            assert_eq!((lines[1], lines[2]), (outlook.how_many(3, shares()), outlook.how_many(9, shares())));
        }
        let outlook = Outlook::of(&METHODS[0], history.known(), 0.0);
        assert_eq!(
            outlook.lines(&[9], 20, shares())[0].map(|n| n.min(20)),
            outlook.lines(&[9], 20, shares())[0]
        );
    }

    #[test]
    fn what_stands_still_is_never_done() {
        let still = History::of_weeks(&[3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let of = |id: &str| Outlook::of(Method::named(id).unwrap(), still.known(), 0.0).when(5, shares());
        assert_eq!(of("weeks-12"), [None; 4]);
        let several = of("several-windows");
        assert!(several[0].is_some() && several.is_sorted(), "still is not for ever: {several:?}");
        let plain = Outlook::of(PLAIN_METHOD, still.known(), 0.0);
        assert_eq!(plain.when(1_000_000, shares()), [None; 4], "further than ten years");
    }

    const PLAIN_METHOD: &Method = &METHODS[0];

    #[test]
    fn widening_sets_the_lines_apart_and_leaves_the_middle() {
        let history = History::of_weeks(&[4, 5, 6, 5, 4, 6, 5, 5, 4, 6]);
        let of = |sigma| Outlook::of(&METHODS[0], history.known(), sigma).how_many(12, shares());
        let (narrow, wide) = (of(0.0), of(0.3));
        assert!(narrow[0].abs_diff(wide[0]) <= 1, "{narrow:?} {wide:?}");
        assert!(wide[3] + 10 < narrow[3], "{narrow:?} {wide:?}");
        let faster = Outlook::of(&METHODS[0], history.known(), 0.0).at_pace(1.2).how_many(12, shares());
        assert!(faster[0].abs_diff(72) <= 1, "{faster:?}");
    }
}
