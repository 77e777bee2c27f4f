//! Which method speaks for a team: the one that did best on the earlier part of its past. What it did on the later part
//! is its record.

use super::history::History;
use super::method::{METHODS, Method, SEVERAL_WINDOWS};
use super::replay::{LEAST_KNOWN, Question, Score, Trial, ask, replay_widened, score};
use super::shares;
use crate::pace::Pace;

/// What is asked to choose by: how many in a month, and in a quarter.
pub const HORIZONS: [usize; 2] = [4, 12];

/// Another method must be better than [`SEVERAL_WINDOWS`] by that share: among many one is always a little better.
pub const MARGIN: f64 = 0.1;

/// How far a method may be widened: standard deviations of the logarithm of the pace.
const WIDENINGS: [f64; 11] = [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

/// More weeks than these a choice does not ask: they share most of their answers, and it must not take long.
const MOST_ASKED: usize = 52;

/// So many whole weeks are the least to choose by: the earlier half of the weeks that can be asked must hold
/// [`LEAST_TRIALS`] whose answer was known at its end.
pub const LEAST_TO_CHOOSE: usize = 2 * (LEAST_TRIALS + HORIZONS[1] - 1) + LEAST_KNOWN + HORIZONS[1] - 1;

/// Fewer trials than this, for the longest horizon, choose nothing.
const LEAST_TRIALS: usize = 12;

/// The method that speaks for a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub method: &'static Method,
    /// By how much it is widened, because what it said was too narrow: see [`super::Outlook::of`].
    pub sigma: f64,
    pub why: Why,
    /// How each method did where it was chosen; empty where nothing was.
    pub judged: Vec<Judged>,
    /// From so many known weeks on, nothing was chosen by what came: there the record counts.
    pub later_from: usize,
}

/// Why that method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Too little past to choose by.
    TooLittle,
    /// None was clearly better.
    NoneBetter,
    /// It was better on the earlier part.
    Better,
    /// The user asked for it.
    Asked,
}

impl Why {
    /// Stable name.
    pub fn id(self) -> &'static str {
        match self {
            Why::TooLittle => "too-little",
            Why::NoneBetter => "none-better",
            Why::Better => "better",
            Why::Asked => "asked",
        }
    }
}

/// How a method did on the earlier part, for each of [`HORIZONS`].
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub method: &'static Method,
    pub scores: [Score; 2],
}

impl Judged {
    /// Its pinball loss over both horizons, each by what came; the lower the better.
    pub fn loss(&self) -> f64 {
        self.scores.iter().map(|score| score.mean_pinball() / score.mean_came.max(0.1)).sum()
    }
}

/// Chooses on the earlier half of the weeks that can be asked, in steps. With `asked` that method is taken as it is: nothing
/// was chosen by any week then.
pub async fn choose(history: &History, asked: Option<&'static Method>, pace: &Pace<'_>) -> Choice {
    let all = history.weeks.len();
    let longest = HORIZONS[1];
    let asks = (all + 1).saturating_sub(longest + LEAST_KNOWN);
    let split = LEAST_KNOWN + asks / 2;
    let without =
        |method, why| Choice { method, sigma: 0.0, why, judged: Vec::new(), later_from: LEAST_KNOWN };
    if let Some(asked) = asked {
        return without(asked, Why::Asked);
    }
    if all < LEAST_TO_CHOOSE {
        return without(SEVERAL_WINDOWS, Why::TooLittle);
    }
    let mut judged: Vec<Judged> = Vec::new();
    for (n, method) in METHODS.iter().enumerate() {
        let mut scores: [Score; 2] = Default::default();
        for (at, horizon) in HORIZONS.into_iter().enumerate() {
            let question = Question::HowMany { weeks: horizon };
            let mut trials: Vec<Trial> = Vec::new();
            for known in asked_weeks(split, horizon) {
                trials.push(ask(history, question, method, 0.0, known));
                pace.at(n, METHODS.len() + 1).await;
            }
            scores[at] = score(question, &trials);
        }
        judged.push(Judged { method, scores });
    }
    let loss =
        |wanted: &Method| judged.iter().find(|of| of.method == wanted).map_or(f64::INFINITY, Judged::loss);
    let best =
        judged.iter().min_by(|a, b| a.loss().total_cmp(&b.loss())).map_or(SEVERAL_WINDOWS, |of| of.method);
    let (method, why) = match loss(best) < loss(SEVERAL_WINDOWS) * (1.0 - MARGIN) {
        true => (best, Why::Better),
        false => (SEVERAL_WINDOWS, Why::NoneBetter),
    };
    let sigma = widening(history, method, split, pace).await;
    Choice { method, sigma, why, judged, later_from: split }
}

/// The weeks that a choice asks: all of which the answer was known at the split, or as many of them as [`MOST_ASKED`],
/// evenly apart.
fn asked_weeks(split: usize, horizon: usize) -> impl Iterator<Item = usize> {
    let weeks = LEAST_KNOWN..(split + 1).saturating_sub(horizon);
    let step = weeks.len().div_ceil(MOST_ASKED).max(1);
    weeks.step_by(step)
}

/// The least widening with which the 85 % line came true as often as it says on the earlier part, as far as luck explains.
async fn widening(history: &History, method: &Method, split: usize, pace: &Pace<'_>) -> f64 {
    const LEVEL: usize = 2;
    let mut covered = [0; WIDENINGS.len()];
    let (mut trials, mut apart) = (0, 0.0);
    for horizon in HORIZONS {
        apart += (split + 1).saturating_sub(horizon + LEAST_KNOWN) as f64 / horizon as f64;
        for known in asked_weeks(split, horizon) {
            let Some((came, said)) = replay_widened(history, horizon, method, &WIDENINGS, known) else {
                break;
            };
            trials += 1;
            for (covered, said) in covered.iter_mut().zip(said) {
                *covered += usize::from(came >= said[LEVEL]);
            }
            pace.at(METHODS.len(), METHODS.len() + 1).await;
        }
    }
    let wanted = shares()[LEVEL];
    // Questions that overlap are not so many tries: what one standard error explains is no reason to widen.
    let error = (wanted * (1.0 - wanted) / f64::max(apart, 1.0)).sqrt();
    let enough = |&covered: &usize| covered as f64 >= (wanted - error) * trials as f64;
    let at = covered.iter().position(enough).unwrap_or(WIDENINGS.len() - 1);
    WIDENINGS[at]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::straight;

    fn chosen(weeks: &[u32]) -> Choice {
        straight(choose(&History::of_weeks(weeks), None, &Pace::STRAIGHT)).unwrap()
    }

    #[test]
    fn little_past_chooses_nothing_and_a_new_pace_is_followed() {
        let few = chosen(&[3; 30]);
        assert_eq!((few.method.id, few.why, few.sigma), ("several-windows", Why::TooLittle, 0.0));
        let why = |weeks| chosen(&vec![3; weeks]).why;
        assert_eq!((why(LEAST_TO_CHOOSE - 1), why(LEAST_TO_CHOOSE)), (Why::TooLittle, Why::NoneBetter));
        let split = LEAST_KNOWN + (LEAST_TO_CHOOSE + 1 - HORIZONS[1] - LEAST_KNOWN) / 2;
        assert_eq!(asked_weeks(split, HORIZONS[1]).count(), LEAST_TRIALS);
        let mut random = fastrand::Rng::with_seed(3);
        // The pace doubles or halves every half year: all of history misleads.
        let weeks: Vec<u32> = (0..260)
            .map(|n| {
                let pace = if n / 26 % 2 == 0 { 4 } else { 16 };
                random.u32(0..=pace)
            })
            .collect();
        let choice = chosen(&weeks);
        let loss = |id: &str| choice.judged.iter().find(|of| of.method.id == id).unwrap().loss();
        assert!(loss("independent-weeks") > loss(choice.method.id), "{:?}", choice.method.id);
        assert!(choice.method.id != "independent-weeks" && choice.later_from > 100);
        let history = History::of_weeks(&weeks);
        let asked = choose(&history, Method::named("weeks-52"), &Pace::STRAIGHT);
        let asked = straight(asked).unwrap();
        assert_eq!((asked.method.id, asked.why, asked.sigma), ("weeks-52", Why::Asked, 0.0));
        let split = LEAST_KNOWN + (261 - HORIZONS[1] - LEAST_KNOWN) / 2;
        let year = Method::named("weeks-52").unwrap();
        let widened = straight(widening(&history, year, split, &Pace::STRAIGHT)).unwrap();
        assert!(widened > 0.0, "a year of two paces is too narrow");
    }
}
