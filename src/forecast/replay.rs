//! The past, asked: in every week that was, what each method would have said by what was known then, and what came.
//!
//! Questions of weeks that overlap share most of their answer, so a hundred of them are not a hundred tries: beside their
//! number stands how many of them lie apart, and intervals are by these.

use super::exact::weighted;
use super::history::{History, Unit};
use super::method::Method;
use super::outlook::{FARTHEST_WEEKS, Outlook};
use super::{LEVELS, shares};
use crate::metrics::{Interval, wilson};
use crate::pace::{Pace, straight};

/// Fewer weeks than this before a question are too little to ask it.
pub const LEAST_KNOWN: usize = 12;

/// Of more weeks than these it is not asked when, but of as many evenly apart: the answers are long, and share most of
/// their weeks.
const MOST_ASKED_WHEN: usize = 104;

/// What is asked of every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// How many items will be finished in so many weeks?
    HowMany { weeks: usize },
    /// After how many weeks are so many more items finished?
    When { items: u32 },
}

/// What was said at the end of a week, and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// So many weeks were known.
    pub known: usize,
    /// What was said at each of [`LEVELS`]: items, or weeks.
    pub said: [f64; 4],
    /// What came, in the same unit.
    pub came: f64,
}

/// How often what was said came true, and how far off it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    pub trials: usize,
    /// Of them, how many do not overlap.
    pub apart: usize,
    /// At each of [`LEVELS`], how often it came true.
    pub covered: [usize; 4],
    /// At each level, the mean pinball loss: how far off, with what lies on the unlikely side weighing more. In items
    /// or weeks; the lower the better.
    pub pinball: [f64; 4],
    /// What came, on average.
    pub mean_came: f64,
}

impl Score {
    /// The share that came true at a level's place; `None` without any trial.
    pub fn share(&self, level: usize) -> Option<f64> {
        (self.trials > 0)
            .then(|| self.covered.get(level).copied().unwrap_or_default() as f64 / self.trials as f64)
    }

    /// The 95 % interval of that share (Wilson), by as many trials as lie apart.
    pub fn between(&self, level: usize) -> Option<Interval> {
        wilson((self.share(level)? * self.apart as f64).round() as usize, self.apart)
    }

    /// Over all levels.
    pub fn mean_pinball(&self) -> f64 {
        self.pinball.iter().sum::<f64>() / LEVELS.len() as f64
    }
}

impl Question {
    /// The weeks of history after which it can be asked and its answer is known: the first, and the one after the last.
    fn askable(self, history: &History) -> std::ops::Range<usize> {
        let all = history.weeks.len();
        match self {
            Question::HowMany { weeks } => LEAST_KNOWN..(all + 1).saturating_sub(weeks.max(1)),
            // Until when depends on what is said: see `replay`. Of more than was ever finished there is nothing to ask.
            Question::When { items } if history.finished(LEAST_KNOWN.min(all)..all) < items => 0..0,
            Question::When { .. } => LEAST_KNOWN..all,
        }
    }

    /// What came after so many weeks; `None` where it has not come yet. A method that tells days is held against days.
    fn came(self, history: &History, known: usize, unit: Unit) -> Option<f64> {
        match self {
            Question::HowMany { weeks } => Some(f64::from(history.finished(known..known + weeks))),
            Question::When { items } => {
                let mut sum = 0;
                let (periods, from) = match unit {
                    Unit::Week => (&history.weeks, known),
                    Unit::Day => (&history.days, 7 * known),
                };
                let at = periods.get(from..).unwrap_or_default().iter().position(|period| {
                    sum += period.finished;
                    sum >= items
                });
                at.map(|at| (at + 1) as f64 * f64::from(unit.days()) / 7.0)
            }
        }
    }

    /// How far off it is to have said that of what came, at a level from 0 to 1.
    fn pinball(self, said: f64, came: f64, level: f64) -> f64 {
        // More than was said is good news for how many, and bad for when.
        let quantile = if matches!(self, Question::When { .. }) { level } else { 1.0 - level };
        if came >= said { (came - said) * quantile } else { (said - came) * (1.0 - quantile) }
    }

    fn is_covered(self, said: f64, came: f64) -> bool {
        match self {
            Question::HowMany { .. } => came >= said,
            Question::When { .. } => came <= said,
        }
    }

    /// How many weeks an answer takes, of when on average: questions that far apart do not overlap.
    fn reach(self, trials: &[Trial]) -> f64 {
        match self {
            Question::HowMany { weeks } => weeks.max(1) as f64,
            Question::When { .. } => {
                let sum: f64 = trials.iter().map(|trial| trial.came).sum();
                (sum / trials.len().max(1) as f64).max(1.0)
            }
        }
    }

    async fn says(self, outlook: &Outlook<'_>, pace: &Pace<'_>) -> [f64; 4] {
        let weeks = |periods: u32| f64::from(periods * outlook.unit.days()) / 7.0;
        match self {
            Question::HowMany { weeks } => {
                outlook.how_many(outlook.periods_in(weeks), shares()).map(f64::from)
            }
            Question::When { items } => {
                let when = outlook.when_in_steps(items, shares(), pace).await;
                when.map(|when| when.map_or(FARTHEST_WEEKS as f64, weeks))
            }
        }
    }
}

/// Asks a method the question after so many weeks. What has not come yet counts as coming now, which it is at the
/// earliest.
pub fn ask(history: &History, question: Question, method: &Method, sigma: f64, known: usize) -> Trial {
    let asked = ask_in_steps(history, question, method, sigma, known, &Pace::STRAIGHT);
    // Nothing asks this work to pause, so there is always a result.
    straight(asked).unwrap_or(Trial { known, said: [0.0; 4], came: 0.0 })
}

/// [`ask`] in steps.
pub async fn ask_in_steps(
    history: &History,
    question: Question,
    method: &Method,
    sigma: f64,
    known: usize,
    pace: &Pace<'_>,
) -> Trial {
    let outlook = Outlook::of(method, history.after(known), sigma).quickly();
    let waited = (history.weeks.len() - known.min(history.weeks.len())) as f64;
    let came = question.came(history, known, method.unit).unwrap_or(waited);
    Trial { known, said: question.says(&outlook, pace).await, came }
}

/// The weeks that are asked, from that on, oldest first.
pub fn weeks_to_ask(
    history: &History,
    question: Question,
    from: usize,
) -> impl Iterator<Item = usize> + use<> {
    let askable = question.askable(history);
    let weeks = askable.start.max(from)..askable.end;
    let step = match question {
        Question::HowMany { .. } => 1,
        Question::When { .. } => weeks.len().div_ceil(MOST_ASKED_WHEN).max(1),
    };
    weeks.step_by(step)
}

/// Whether all that was said is over. Whether a week counts must not depend on what came, or what is quick would count
/// before what is slow.
pub fn is_over(history: &History, question: Question, trial: &Trial) -> bool {
    match question {
        Question::HowMany { .. } => true,
        Question::When { .. } => trial.said[3] <= (history.weeks.len() - trial.known) as f64,
    }
}

/// What the method would have said in each week from that on, oldest first, where it is over.
pub fn replay<'a>(
    history: &'a History,
    question: Question,
    method: &'a Method,
    sigma: f64,
    from: usize,
) -> impl Iterator<Item = Trial> + 'a {
    weeks_to_ask(history, question, from)
        .map(move |known| ask(history, question, method, sigma, known))
        .filter(move |trial| is_over(history, question, trial))
}

/// [`replay`] of one question with several widenings at once: the trials of each.
pub(super) fn replay_widened(
    history: &History,
    weeks: usize,
    method: &Method,
    sigmas: &[f64],
    known: usize,
) -> Option<(f64, Vec<[f64; 4]>)> {
    let question = Question::HowMany { weeks };
    if !question.askable(history).contains(&known) {
        return None;
    }
    let outlook = Outlook::of(method, history.after(known), 0.0).quickly();
    let periods = outlook.periods_in(weeks);
    let widest = outlook.widened(sigmas.iter().copied().fold(0.0, f64::max));
    let [cap, _] = widest.caps(periods, &shares());
    let total = outlook.total(periods, cap);
    let said = |&sigma: &f64| {
        let outlook = outlook.widened(sigma);
        let found = outlook.how_many_of(&total, cap, shares());
        let found = if outlook.hits(cap, &found) { outlook.how_many(periods, shares()) } else { found };
        found.map(f64::from)
    };
    Some((question.came(history, known, method.unit)?, sigmas.iter().map(said).collect()))
}

/// What the average velocity would have said: one number whatever the level.
pub fn velocity(history: &History, question: Question, known: usize) -> [f64; 4] {
    let past = history.after(known);
    let one = weighted(past.weeks.iter().map(|week| (week.finished, 1.0 / past.weeks.len().max(1) as f64)));
    let mean: f64 = one.iter().enumerate().map(|(n, share)| n as f64 * share).sum();
    match question {
        Question::HowMany { weeks } => [mean * weeks as f64; 4],
        Question::When { items } => {
            [(f64::from(items) / mean.max(1e-9)).ceil().min(FARTHEST_WEEKS as f64); 4]
        }
    }
}

/// Scores trials.
pub fn score(question: Question, trials: &[Trial]) -> Score {
    let mut score = Score { trials: trials.len(), ..Score::default() };
    if trials.is_empty() {
        return score;
    }
    for trial in trials {
        for (at, share) in shares().into_iter().enumerate() {
            score.covered[at] += usize::from(question.is_covered(trial.said[at], trial.came));
            score.pinball[at] += question.pinball(trial.said[at], trial.came, share);
        }
        score.mean_came += trial.came;
    }
    let n = trials.len() as f64;
    score.pinball.iter_mut().for_each(|loss| *loss /= n);
    score.mean_came /= n;
    score.apart = apart(question, trials);
    score
}

/// How many of the trials do not overlap.
pub fn apart(question: Question, trials: &[Trial]) -> usize {
    let (Some(first), Some(last)) = (trials.first(), trials.last()) else { return 0 };
    let span = (last.known - first.known) as f64;
    1 + (span / question.reach(trials)).floor() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{METHODS, Period};

    #[test]
    fn a_team_as_steady_as_its_past_keeps_what_is_said() {
        let mut random = fastrand::Rng::with_seed(7);
        // Many to a week, so that one more or less is next to nothing.
        let weeks: Vec<u32> = (0..1500).map(|_| random.u32(0..60)).collect();
        let history = History::of_weeks(&weeks);
        for question in [Question::HowMany { weeks: 4 }, Question::When { items: 300 }] {
            let trials: Vec<Trial> = replay(&history, question, &METHODS[0], 0.0, 112).collect();
            let score = score(question, &trials);
            println!("{question:?}: {:?} of {}, {} apart", score.covered, score.trials, score.apart);
            for (at, wanted) in shares().into_iter().enumerate() {
                let share = score.share(at).unwrap();
                let luck = 3.0 * (wanted * (1.0 - wanted) / score.apart as f64).sqrt();
                // Weeks come in whole ones.
                let step = if matches!(question, Question::When { .. }) { 0.15 } else { 0.02 };
                assert!(
                    share > wanted - luck && share < wanted + luck + step,
                    "{question:?} {wanted}: {share}"
                );
            }
            let of_velocity: Vec<Trial> = trials
                .iter()
                .map(|trial| Trial { said: velocity(&history, question, trial.known), ..*trial })
                .collect();
            assert!(super::score(question, &of_velocity).mean_pinball() > score.mean_pinball());
        }
    }

    #[test]
    fn only_what_was_known_then_counts() {
        let mut weeks = vec![2; 40];
        weeks.extend([9; 10]);
        let history = History::of_weeks(&weeks);
        let trials: Vec<Trial> =
            replay(&history, Question::HowMany { weeks: 4 }, &METHODS[0], 0.0, 0).collect();
        assert_eq!((trials.len(), trials[0].known, trials[0].said, trials[0].came), (35, 12, [8.0; 4], 8.0));
        assert_eq!((trials[28].known, trials[28].said, trials[28].came), (40, [8.0; 4], 36.0));
        let score = score(Question::HowMany { weeks: 4 }, &trials);
        assert_eq!((score.covered[0], score.apart), (35, 9), "more than was said is no miss");
        assert_eq!(
            replay(&History::of_weeks(&[1; 15]), Question::HowMany { weeks: 4 }, &METHODS[0], 0.0, 0).count(),
            0
        );
    }

    #[test]
    fn what_never_came_is_a_miss() {
        let mut weeks = vec![3; 30];
        weeks.extend([0; 30]);
        let history = History::of_weeks(&weeks);
        let question = Question::When { items: 12 };
        let trials: Vec<Trial> = replay(&history, question, &METHODS[3], 0.0, 0).collect();
        let last = trials.last().unwrap();
        assert!(last.known > 30 && last.came == (60 - last.known) as f64, "{last:?}");
        assert!(trials.iter().all(|trial| trial.said[3] <= (60 - trial.known) as f64));
        assert!(score(question, &trials).covered[2] < trials.len());
        // A team that works from Monday to Friday as if by clockwork is told the very day.
        let days: Vec<Period> =
            (0..60 * 7).map(|n| Period { finished: u32::from(n % 7 < 5), ..Period::default() }).collect();
        let weeks = days.chunks(7).map(|_| Period { finished: 5, ..Period::default() }).collect();
        let regular = History { days, weeks, ..History::of_weeks(&[]) };
        let weekdays = Method::named("weekdays").unwrap();
        let trials: Vec<Trial> = replay(&regular, Question::When { items: 6 }, weekdays, 0.0, 0).collect();
        assert!(
            !trials.is_empty()
                && trials.iter().all(|trial| trial.came == 8.0 / 7.0 && trial.said == [8.0 / 7.0; 4])
        );
    }
}
