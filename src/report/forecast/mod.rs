//! Forecasts of what is looked at: the method that speaks for it with its record, when the open items are done, how many
//! are done by a day, and how these answers have moved.

mod answers;
mod roadmap;
mod scenarios;

use std::sync::Arc;

use super::{Analysis, say};
use crate::forecast::{
    Ahead, Choice, FARTHEST_WEEKS, HORIZONS, History, LEAST_KNOWN, Method, Outlook, PLAIN, Past, Question,
    Score, Trial, ask_in_steps, choose, is_over, score, shares, velocity, weeks_to_ask,
};
use crate::metrics::{Dates, Distribution, State};
use crate::model::{Date, day_from_number, day_number};
use crate::pace::{Pace, straight};

pub use answers::{
    TOLD, WAITING, asked_in_words, chosen_in_words, day_or_never, direction, forecast_answers, horizon,
    moves_in_words, no_slip, record_in_words, said_of, window,
};
pub use roadmap::{Leg, Roadmap, moved_in_words, roadmap, roadmap_in_words, roadmap_table};
pub use scenarios::{Scenario, Told, scenarios, told, told_of};

/// Under so many whole weeks nothing is told.
pub const LEAST_WEEKS: usize = Distribution::ENOUGH;

/// How far back is asked what the forecast would have said, in weeks.
pub const REPLAYED_WEEKS: usize = 52;

/// Over so many weeks it is told how fast a date moves.
pub const MOVED_OVER: usize = 12;

/// Without a day, a forecast says how many in so many weeks.
const USUAL_WEEKS: i32 = 4;

/// The method that speaks for what is looked at, and what became of what it said.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecaster {
    pub history: History,
    pub choice: Choice,
    /// How many in a month and in a quarter: for each of [`HORIZONS`].
    pub records: [Record; 2],
}

/// How often what a method said came true, beside the usual ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub question: Question,
    /// Where nothing was chosen by it.
    pub chosen: Score,
    /// Plain Monte Carlo over all history, asked the same.
    pub plain: Score,
    /// The average velocity, asked the same.
    pub velocity: Score,
    /// What the chosen method said each time.
    pub trials: Vec<Trial>,
}

/// What would have been said at the end of a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// The week\u{2019}s last day.
    pub on: Date,
    /// Items open then, or left to do of the goal that is asked for.
    pub open: u32,
    /// The days by which they were likely to be done, at each of [`crate::forecast::LEVELS`]; `None` where that was more
    /// than ten years ahead.
    pub done: [Option<Date>; 4],
}

impl Record {
    /// Asks the chosen method and the usual ones in every week that nothing was chosen by.
    async fn of(history: &History, choice: &Choice, question: Question, pace: &Pace<'_>) -> Record {
        let mut trials = Vec::new();
        let mut plain = Vec::new();
        for known in weeks_to_ask(history, question, choice.later_from) {
            pace.at(known, history.weeks.len()).await;
            let trial = ask_in_steps(history, question, choice.method, choice.sigma, known, pace).await;
            // The same weeks for all, so that none has the easier ones.
            if is_over(history, question, &trial) {
                plain.push(ask_in_steps(history, question, PLAIN, 0.0, known, pace).await);
                trials.push(trial);
            }
        }
        let at_velocity = |trial: &Trial| Trial { said: velocity(history, question, trial.known), ..*trial };
        let velocity: Vec<Trial> = trials.iter().map(at_velocity).collect();
        Record {
            question,
            chosen: score(question, &trials),
            plain: score(question, &plain),
            velocity: score(question, &velocity),
            trials,
        }
    }
}

impl Forecaster {
    /// Chooses the method and replays the past, in steps.
    async fn in_steps(analysis: &Analysis, pace: &Pace<'_>) -> Option<Forecaster> {
        let history = analysis.history()?.clone();
        let asked = analysis.filter.method.as_deref().and_then(Method::named);
        let choice = choose(&history, asked, &pace.part(0.0, 0.7)).await;
        let ask = async |weeks: usize, from: f64| {
            let question = Question::HowMany { weeks };
            Record::of(&history, &choice, question, &pace.part(from, from + 0.1)).await
        };
        let records = [ask(HORIZONS[0], 0.7).await, ask(HORIZONS[1], 0.8).await];
        Some(Forecaster { history, choice, records })
    }

    /// Whether what the chosen method says to that question came true.
    pub fn record_now(&self, question: Question) -> Record {
        let record = straight(Record::of(&self.history, &self.choice, question, &Pace::STRAIGHT));
        // Nothing asks this work to pause, so there is always a result.
        record.unwrap_or_else(|| self.records[0].clone())
    }

    /// What is expected of the periods to come.
    pub fn outlook(&self) -> Outlook<'_> {
        Outlook::of(self.choice.method, self.history.known(), self.choice.sigma)
    }

    /// Too few weeks for much.
    pub fn has_few_data(&self) -> bool {
        self.history.weeks.len() < LEAST_KNOWN
    }
}

/// What would have been said each of the last weeks, from the items\u{2019} dates alone: of the items that were open then, or
/// where a number is asked for, of the same goal: what is still to do now, and what has been finished since. Nothing
/// where it takes knowing when items came up, and that is not known.
async fn said(analysis: &Analysis, history: &History, choice: &Choice, pace: &Pace<'_>) -> Vec<Said> {
    let knows_arrivals = analysis.dates.iter().any(|dates| dates.created.is_some());
    if analysis.filter.items.is_none() && !knows_arrivals {
        return Vec::new();
    }
    let weeks = history.weeks.len();
    let first = weeks.saturating_sub(REPLAYED_WEEKS).max(LEAST_WEEKS);
    let mut found = Vec::new();
    for known in first..=weeks {
        // Whole weeks before the day the numbers speak for, so that the last of them is that day.
        let on = day_from_number(
            day_number(analysis.as_of) - 7 * i32::try_from(weeks - known).unwrap_or_default(),
        );
        let is_left = |dates: &&Dates| match analysis.filter.items {
            Some(_) => dates.finished.is_some_and(|day| day > on && day <= analysis.as_of),
            None => matches!(dates.state_on(on), State::NotStarted | State::InProgress),
        };
        let left = analysis.dates.iter().filter(is_left).count();
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        let open = left.saturating_add(analysis.filter.items.unwrap_or_default());
        let past = Past { next_day: history.known().next_day, ..history.after(known) };
        let outlook = Outlook::of(choice.method, past, choice.sigma);
        // The last one is the very forecast of now.
        let outlook = if known < weeks { outlook.quickly() } else { outlook };
        let ahead = Ahead::of(on);
        let periods = outlook.when_in_steps(open, shares(), pace).await;
        let done = periods.map(|periods| Some(ahead.day(periods?, outlook.unit)));
        found.push(Said { on, open, done });
        pace.at(known - first, weeks + 1 - first).await;
    }
    found
}

impl Analysis {
    /// What is finished in each whole week; `None` where there is none.
    pub fn history(&self) -> Option<&History> {
        let count = || History::of(&self.dates, self.window, self.calendar());
        self.later.history.get_or_init(count).as_ref()
    }

    /// Why nothing can be told of what is to come, if it can\u{2019}t.
    pub fn no_forecast(&self) -> Option<String> {
        let Some(history) = self.history() else {
            let why = self.no_throughput().unwrap_or(t!("Nothing is finished yet."));
            return Some(say!("{why} A forecast draws on what was finished week by week."));
        };
        let weeks = history.weeks.len();
        if weeks < LEAST_WEEKS {
            return Some(say!(
                "{} with finished work {} too few to tell a date from: {LEAST_WEEKS} are the least.",
                say::counted(weeks, t!("whole week"), t!("whole weeks")),
                if weeks == 1 { t!("is") } else { t!("are") }
            ));
        }
        let finished = history.finished(0..weeks) as usize;
        if finished < Distribution::ENOUGH {
            return Some(say!(
                "{} finished in {} {} too few to tell a date from: {} are the least.",
                say::items(finished),
                say::counted(weeks, t!("whole week"), t!("whole weeks")),
                if finished == 1 { t!("is") } else { t!("are") },
                Distribution::ENOUGH
            ));
        }
        let still = history.weeks.iter().rev().take_while(|week| week.finished == 0).count();
        (still >= weeks.min(26)).then(|| {
            say!(
                "Nothing was finished in the last {}, so there is no pace to tell a date from.",
                say::counted(still, "week", "weeks")
            )
        })
    }

    /// Chooses a method and replays the past, where that was not done yet, in steps: the method with its record first, then
    /// what it would have said each week, then the record of what is asked. `told` hears of each.
    pub async fn forecast_in_steps(&self, pace: &Pace<'_>, told: impl Fn()) {
        if self.no_forecast().is_some() {
            return;
        }
        if self.later.forecaster.get().is_none()
            && let Some(forecaster) = Forecaster::in_steps(self, pace).await
        {
            // The answers come with it: what is far away is drawn, which takes its time too.
            let items = self.asked_items();
            let plain = Scenario::as_it_is();
            let plain = scenarios::told_in_steps(self, &forecaster, &plain, items, pace).await;
            let _ = self.later.plain.set(plain);
            if forecaster.history.weeks.iter().any(|week| week.came > 0) && self.filter.items.is_none() {
                let growing = Scenario::growing();
                let growing = scenarios::told_in_steps(self, &forecaster, &growing, items, pace).await;
                let _ = self.later.growing.set(growing);
            }
            let _ = self.later.forecaster.set(Arc::new(forecaster));
            told();
        }
        let Some(forecaster) = self.later.forecaster.get() else { return };
        if self.later.said.get().is_none() {
            let said = said(self, &forecaster.history, &forecaster.choice, pace).await;
            let _ = self.later.said.set(said);
            told();
        }
        if self.later.asked.get().is_none() {
            let question = Question::When { items: self.asked_items().max(1) };
            let record = Record::of(&forecaster.history, &forecaster.choice, question, pace).await;
            let _ = self.later.asked.set(record);
            told();
        }
    }

    /// Whether all that a forecast needs is known, or there can be none.
    pub fn is_forecast(&self) -> bool {
        self.no_forecast().is_some()
            || (self.later.forecaster.get().is_some()
                && self.later.said.get().is_some()
                && self.later.asked.get().is_some())
    }

    /// The method that speaks for what is looked at, where it has been chosen (see [`Analysis::forecast_in_steps`]).
    pub fn forecaster(&self) -> Option<&Arc<Forecaster>> {
        self.later.forecaster.get()
    }

    /// The record of asking when so many items are done, where it has been looked for.
    pub fn asked_record(&self) -> Option<&Record> {
        self.later.asked.get()
    }

    /// The same at once, for tests and programs.
    pub fn forecast_now(&self) -> Option<&Arc<Forecaster>> {
        straight(self.forecast_in_steps(&Pace::STRAIGHT, || ()));
        self.forecaster()
    }

    /// Takes over what another analysis of the same data has found out.
    pub fn forecast_like(&self, other: &Analysis) {
        let same_method = self.filter.method == other.filter.method;
        let same = Arc::ptr_eq(&self.basis, &other.basis)
            && same_method
            && self.filter.without_question() == other.filter.without_question();
        if let Some(known) = other.later.forecaster.get().filter(|_| same) {
            let _ = self.later.forecaster.set(known.clone());
            if let Some(said) = other.later.said.get().filter(|_| self.filter.items == other.filter.items) {
                let _ = self.later.said.set(said.clone());
            }
            if let Some(record) =
                other.later.asked.get().filter(|_| self.asked_items() == other.asked_items())
            {
                let _ = self.later.asked.set(record.clone());
            }
        }
    }

    /// Whether it was looked for what would have been said each week.
    pub fn is_said_known(&self) -> bool {
        self.later.said.get().is_some()
    }

    /// What the chosen method would have said of the open items at the end of each of the last weeks, oldest first; empty
    /// until it was looked for.
    pub fn said(&self) -> &[Said] {
        self.later.said.get().map_or(&[], Vec::as_slice)
    }

    /// The day of 85 % now and [`MOVED_OVER`] weeks before, or as long before as it is known; `None` where that is less than
    /// half as long, or one of them has no day within ten years.
    pub fn moved(&self) -> Option<(Said, Said)> {
        let said = self.said();
        let now = *said.last()?;
        let last = &said[said.len().saturating_sub(MOVED_OVER + 1)..];
        let has_day = |said: &&Said| said.open > 0 && said.done[2].is_some();
        let then = *last.iter().find(has_day)?;
        let is_long = day_number(now.on) - day_number(then.on) >= 7 * (MOVED_OVER as i32) / 2;
        (has_day(&&now) && is_long).then_some((then, now))
    }

    /// Days by which that day has moved each week: 0 for one that stays, 7 for one that is as far ahead as ever.
    pub fn moves(&self) -> Option<f64> {
        let (then, now) = self.moved()?;
        let days = |from: Date, to: Date| f64::from(day_number(to) - day_number(from));
        Some(7.0 * days(then.done[2]?, now.done[2]?) / days(then.on, now.on))
    }

    /// Items that are open: not begun, or in progress.
    pub fn open_items(&self) -> Vec<usize> {
        let is_open = |state: State| matches!(state, State::NotStarted | State::InProgress);
        let each = self.dates.iter().enumerate();
        each.filter(|(_, dates)| is_open(dates.state_on(self.as_of))).map(|(i, _)| i).collect()
    }

    /// How many items a forecast is of: as many as were asked for, else those that are open.
    pub fn asked_items(&self) -> u32 {
        let open = self.counts.in_progress + self.counts.not_started;
        self.filter.items.unwrap_or(u32::try_from(open).unwrap_or(u32::MAX))
    }

    /// Further ahead than that day nothing is told.
    pub fn farthest_day(&self) -> Date {
        day_from_number(day_number(self.as_of) + 7 * FARTHEST_WEEKS as i32)
    }

    /// The day by which a forecast says how many: the one asked for where it is still to come, else in four weeks; ten years
    /// ahead at the most.
    pub fn asked_by(&self) -> Date {
        let usual = day_from_number(day_number(self.as_of) + 7 * USUAL_WEEKS);
        self.filter.by.filter(|by| *by > self.as_of).map_or(usual, |by| by.min(self.farthest_day()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{analysis, finished_weekly};

    #[test]
    fn from_too_little_nothing_is_told() {
        let few = finished_weekly(&[3, 2, 4, 1], false);
        assert!(few.no_forecast().is_some_and(|why| why.contains("4\u{a0}whole weeks")));
        assert!(few.forecast_now().is_none());
        assert!(analysis("id,created\n1,2024-01-02\n").no_forecast().is_some());
        let mut still = vec![3; 30];
        still.extend([0; 26]);
        let still = finished_weekly(&still, false);
        assert!(
            still.no_forecast().is_some_and(|why| why.contains("last 26\u{a0}weeks")),
            "{:?}",
            still.no_forecast()
        );
        let enough = finished_weekly(&[3, 2, 4, 1, 2], false);
        let forecaster = enough.forecast_now().unwrap();
        assert!(forecaster.has_few_data() && forecaster.choice.method.id == "several-windows");
        assert_eq!(forecaster.records[0].chosen.trials, 0);
    }

    #[test]
    fn a_backlog_that_grows_as_fast_as_it_shrinks_moves_its_date_by_seven_days_a_week() {
        let day = |n: i32| day_from_number(19_723 + n).to_string();
        let mut rows = "id,created,finished\n".to_owned();
        for n in 0..30 {
            rows += &format!("old{n},{},\n", day(0));
        }
        for week in 0..60 {
            for n in 0..3 {
                let (came, done) = (day(week * 7 + n), day(week * 7 + n + 2));
                rows += &format!("{week}-{n},{came},{done}\n");
            }
        }
        let analysis = analysis(&rows);
        let forecaster = analysis.forecast_now().unwrap();
        let said = analysis.said().last().unwrap();
        assert_eq!((analysis.said().len(), said.open), (53, 30));
        assert!((analysis.moves().unwrap() - 7.0).abs() < 0.01, "{:?}", analysis.moves());
        assert!(forecaster.records[0].chosen.trials > 0);
        assert_eq!(said.done[2], Some(day_from_number(day_number(said.on) + 70)));
        let asked = analysis.asked_record().unwrap();
        assert!(asked.chosen.trials > 20 && asked.chosen.covered[2] == asked.chosen.trials);
        assert_eq!((analysis.asked_items(), analysis.open_items().len()), (30, 30));
        // The same goal: what was finished since was still to do then, so a steady team keeps its day.
        let filter = crate::model::Filter { items: Some(30), ..Default::default() };
        let asked = Analysis::looking_at(&analysis.basis, &filter);
        asked.forecast_like(&analysis);
        assert!(asked.forecaster().is_some() && !asked.is_said_known(), "it is another question");
        asked.forecast_now();
        let (first, last) = (asked.said().first().unwrap(), asked.said().last().unwrap());
        assert_eq!((first.open, last.open), (30 + 52 * 3, 30));
        assert!(asked.moves().unwrap().abs() < 0.6, "{:?}", asked.moves());
    }
}
