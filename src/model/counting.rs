//! What the user said about how work is counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Calendar, Date, DayOfWeek};

/// What estimates in hours or days are of. The two are different units: nobody can tell from a number which one
/// was meant, so the user says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Estimates {
    /// Of work, to be held against the hours that were worked.
    #[default]
    Work,
    /// Of the days from start to finish.
    Elapsed,
}

/// Hours of a day of work.
pub const HOURS_A_DAY: f64 = 8.0;

/// How work is counted. Every page says which of it is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counting {
    pub week_start: DayOfWeek,
    /// Durations count the nights in between, not the days touched.
    pub elapsed: bool,
    /// Durations count working days only.
    pub working_days_only: bool,
    /// Days of each week on which nobody works.
    pub days_off: BTreeSet<DayOfWeek>,
    pub holidays: BTreeSet<Date>,
    /// The share of work, in percent, that the service level speaks for.
    pub sle_percent: u8,
    /// The days promised; by default what that share of the finished work took.
    pub sle_days: Option<u32>,
    pub clock: Clock,
    /// The status of the workflow with which work begins; by default what the statuses mean.
    pub starts_with: Option<String>,
    /// The status with which work is finished.
    pub ends_with: Option<String>,
    /// Whether work in that status waits, where the user knows better.
    pub waiting: BTreeMap<String, bool>,
    /// What happened to the team, by day; the limits of what is usual may start anew there.
    pub events: BTreeMap<Date, Event>,
    /// The days by which "usual" is measured; by default all of them.
    pub baseline: Option<(Date, Date)>,
    /// What estimates in hours or days are of.
    pub estimates: Estimates,
    /// An estimate is in the ballpark if the work took no more than so many times as much, nor so many times
    /// less.
    pub ballpark: f64,
    /// How many people work in a team, where the user knows better than the data, by the team's name.
    pub people: BTreeMap<String, u32>,
    /// The user's own names in the data: for looking at one's own work, and nothing else.
    pub me: BTreeSet<String>,
}

impl Default for Counting {
    fn default() -> Counting {
        Counting {
            week_start: DayOfWeek::Monday,
            elapsed: false,
            working_days_only: false,
            days_off: DayOfWeek::WEEKEND.into(),
            holidays: BTreeSet::new(),
            sle_percent: 85,
            sle_days: None,
            clock: Clock::Auto,
            starts_with: None,
            ends_with: None,
            waiting: BTreeMap::new(),
            events: BTreeMap::new(),
            baseline: None,
            estimates: Estimates::Work,
            ballpark: 2.0,
            people: BTreeMap::new(),
            me: BTreeSet::new(),
        }
    }
}

impl Counting {
    /// The days that count.
    pub fn calendar(&self) -> Calendar {
        Calendar::new(self.week_start, self.working_days_only, self.elapsed, &self.days_off, &self.holidays)
    }

    /// Without what belongs to one team's data only.
    pub fn for_other_data(&self) -> Counting {
        Counting {
            starts_with: None,
            ends_with: None,
            events: BTreeMap::new(),
            baseline: None,
            people: BTreeMap::new(),
            estimates: Estimates::Work,
            ..self.clone()
        }
    }
}

/// Which duration speaks for how long work takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// Cycle time where enough starts are known, else lead time.
    #[default]
    Auto,
    /// Cycle time: from start to finish.
    Started,
    /// Lead time: from creation to finish.
    Created,
}

/// Something that happened to the team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    pub what: String,
    /// What is usual is measured anew from that day on.
    pub restarts: bool,
}
