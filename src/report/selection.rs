//! The items behind a number or a mark, found when somebody asks for them.

use super::{Analysis, Measure};
use crate::metrics::{Dates, State};
use crate::model::{Date, Days, Kind};
use crate::order::InOrder;

/// Some of an analysis' items.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    One(usize),
    /// Finished on one of those days.
    Finished {
        from: Date,
        to: Date,
    },
    Created {
        from: Date,
        to: Date,
    },
    /// Finished or cancelled on one of those days.
    Departed {
        from: Date,
        to: Date,
    },
    /// In progress at the end of that day.
    InProgress(Date),
    /// Bugs that were open at the end of that day, the oldest first.
    OpenBugs(Date),
    /// In progress, but not said since when.
    Unaged,
    /// With that duration, finished in the window.
    Durations(Measure),
    /// Of these, those that ended and took so long.
    Took {
        measure: Measure,
        ends: (Date, Date),
        days: (Days, Days),
    },
    LeftOut(Measure, Why),
    FinishedUndated,
    StartedButBack,
    Cancelled,
    /// Finished by the day the numbers speak for, whenever.
    Done,
    NotStarted,
    NotYetKnown,
    All,
    Listed(Vec<usize>),
}

/// Why an item has no duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    NoStart,
    NoEnd,
    Reversed,
}

impl Analysis {
    /// The places of the selected items in [`Analysis::data`], in its order; those of durations the
    /// longest first.
    pub fn select(&self, selection: &Selection) -> Vec<usize> {
        let within = |day: Option<Date>, from: &Date, to: &Date| {
            day.is_some_and(|day| (*from..=*to).contains(&day) && day <= self.as_of)
        };
        let all = |holds: &dyn Fn(usize, &Dates) -> bool| -> Vec<usize> {
            let each = self.dates.iter().enumerate();
            each.filter(|(i, dates)| holds(*i, dates)).map(|(i, _)| i).collect()
        };
        match selection {
            Selection::One(item) => vec![*item],
            Selection::Listed(items) => items.clone(),
            Selection::Finished { from, to } => all(&|_, d| within(d.finished, from, to)),
            Selection::Created { from, to } => all(&|_, d| within(d.created, from, to)),
            Selection::Departed { from, to } => all(&|_, d| within(d.finished.or(d.cancelled), from, to)),
            Selection::InProgress(day) => {
                let mut found = all(&|_, d| d.state_on(*day) == State::InProgress);
                found.order_by_key(|&i| self.dates.get(i).and_then(|dates| dates.started));
                found
            }
            Selection::OpenBugs(day) => {
                let is_bug = |i: usize| self.data.items.get(i).is_some_and(|item| item.kind == Kind::Bug);
                let is_open = |d: &Dates| matches!(d.state_on(*day), State::InProgress | State::NotStarted);
                let mut found =
                    all(&|i, d| is_bug(i) && is_open(d) && d.created.is_some_and(|created| created <= *day));
                found.order_by_key(|&i| self.dates.get(i).and_then(|dates| dates.created));
                found
            }
            Selection::Unaged => {
                all(&|_, d| d.started.is_none() && d.state_on(self.as_of) == State::InProgress)
            }
            Selection::Durations(measure) => self.longest_first(*measure, |_, _| true),
            Selection::Took { measure, ends, days } => self.longest_first(*measure, |end, took| {
                (ends.0..=ends.1).contains(&end) && (days.0..=days.1).contains(&took)
            }),
            Selection::LeftOut(measure, why) => all(&|_, d| self.is_left_out(d, *measure, *why)),
            Selection::FinishedUndated => {
                all(&|_, d| d.finished.is_none() && d.state_on(self.as_of) == State::Finished)
            }
            Selection::StartedButBack => all(&|i, d| {
                let was_started = self.data.items.get(i).is_some_and(|item| item.started.is_some());
                d.stage == Some(crate::model::Stage::NotStarted) && was_started
            }),
            Selection::Cancelled => self.in_state(State::Cancelled),
            Selection::Done => self.in_state(State::Finished),
            Selection::NotStarted => self.in_state(State::NotStarted),
            Selection::NotYetKnown => self.in_state(State::NotYetKnown),
            Selection::All => all(&|_, _| true),
        }
    }

    fn in_state(&self, state: State) -> Vec<usize> {
        let each = self.dates.iter().enumerate();
        each.filter(|(_, dates)| dates.state_on(self.as_of) == state).map(|(i, _)| i).collect()
    }

    fn longest_first(&self, measure: Measure, holds: impl Fn(Date, Days) -> bool) -> Vec<usize> {
        let durations = match measure {
            Measure::Cycle => &self.cycle,
            Measure::Lead => &self.lead,
        };
        let mut found: Vec<(Days, usize)> = durations
            .timed
            .iter()
            .filter(|timed| holds(timed.end, timed.days))
            .map(|timed| (timed.days, timed.item))
            .collect();
        found.order_by_key(|&(days, item)| (std::cmp::Reverse(days), item));
        found.into_iter().map(|(_, item)| item).collect()
    }

    fn is_left_out(&self, dates: &Dates, measure: Measure, why: Why) -> bool {
        let start = match measure {
            Measure::Cycle => dates.started,
            Measure::Lead => dates.created,
        };
        let is_finished = dates.state_on(self.as_of) == State::Finished
            && dates.finished.is_none_or(|day| self.window.holds(day));
        is_finished
            && match why {
                Why::NoEnd => dates.finished.is_none(),
                Why::NoStart => start.is_none() && dates.finished.is_some(),
                Why::Reversed => start.zip(dates.finished).is_some_and(|(start, end)| end < start),
            }
    }

    /// What an item's place in [`Analysis::data`] is called: its key, and its title where it has one.
    pub fn name_of(&self, item: usize) -> String {
        match self.data.items.get(item) {
            Some(item) if item.title.is_empty() => item.key.clone(),
            Some(item) => format!("{} {}", item.key, item.title),
            None => String::new(),
        }
    }
}
