//! The work in progress, item by item: how old, where, how likely to make the service level, and what
//! keeps it.

use std::cmp::Reverse;

use super::stages::{TimeInStage, Trip, Workflow};
use super::{Durations, Survival, Window};
use crate::model::{Calendar, Days, Stage};
use crate::order::InOrder;

/// An item in progress.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Index of the item in the dataset.
    pub item: usize,
    /// `None` where it is not known since when it is in progress.
    pub age: Option<Days>,
    /// Its place in the workflow, where the history tells it.
    pub column: Option<usize>,
    /// Elapsed days since it last moved from one status to another; `None` without a history.
    pub unmoved: Option<f64>,
    /// The chance to finish within the service level's days, given its age; `None` where there are too few
    /// durations, or it is older than anything that ever finished.
    pub chance: Option<f64>,
    /// It is marked as blocked, or in a status that says so.
    pub blocked: bool,
    /// Elapsed days since it was blocked, where that is known.
    pub blocked_for: Option<f64>,
    /// It stays where it is for longer than 85 % of stays there took, and for a week at least.
    pub stale: bool,
    /// The share of finished items that had left its status when they were as old, from 0 to 1.
    pub overtaken_by: Option<f64>,
    pub need: Need,
}

/// How much an item needs somebody, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Past the service level and blocked.
    BlockedAndLate,
    Blocked,
    /// Past the service level.
    Late,
    /// It has not moved for long.
    Stale,
    /// More likely to miss the service level than to make it.
    AtRisk,
    /// Slower on its way than most.
    Slow,
    /// Nothing is known of its age.
    Unknown,
    OnCourse,
}

impl Need {
    /// The name in reports.
    pub fn id(self) -> &'static str {
        match self {
            Need::BlockedAndLate => "blocked_and_late",
            Need::Blocked => "blocked",
            Need::Late => "late",
            Need::Stale => "stale",
            Need::AtRisk => "at_risk",
            Need::Slow => "slow",
            Need::Unknown => "unknown",
            Need::OnCourse => "on_course",
        }
    }
}

/// A stay under so many days is not called stale, however quick others were.
const STALE_AT_LEAST: f64 = 7.0;

/// What the open items are measured by.
pub struct Yardstick<'a> {
    pub workflow: &'a Workflow,
    pub calendar: &'a Calendar,
    pub survival: &'a Survival,
    /// The service level's days, where there is one.
    pub limit: Option<Days>,
    pub time_in_stages: &'a [TimeInStage],
    pub ages_at_leaving: &'a [(usize, Vec<Days>)],
    pub window: Window,
}

/// The items in progress at the window's end, those in need of somebody first: what is blocked and late,
/// blocked, late, stale, at risk, slow; among alike the oldest first. `ages` are of these items, `blocked`
/// tells which items are marked as blocked at present, and `unaged` are those in progress without a start.
pub fn open_items(
    ages: &Durations,
    unaged: &[usize],
    ways: &[Trip],
    blocked: impl Fn(usize) -> bool,
    by: &Yardstick,
) -> Vec<Open> {
    let now = f64::from(crate::model::day_number(by.window.to)) + 1.0;
    let with_age = ages.timed.iter().map(|timed| (timed.item, Some(timed.days)));
    let without = unaged.iter().map(|&item| (item, None));
    let mut open: Vec<Open> = with_age
        .chain(without)
        .map(|(item, age)| look_at(item, age, ways.get(item), now, blocked(item), by))
        .collect();
    open.order_by_key(|open| (open.need, Reverse(open.age), open.item));
    open
}

fn look_at(
    item: usize,
    age: Option<Days>,
    way: Option<&Trip>,
    now: f64,
    marked: bool,
    by: &Yardstick,
) -> Open {
    let passed = |since: f64| (by.calendar.counted_at(now) - by.calendar.counted_at(since)).max(0.0);
    let visit = way.and_then(|way| way.visits.iter().rev().find(|visit| visit.from < now));
    let visit = visit.filter(|visit| {
        by.workflow.columns.get(visit.column).is_some_and(|column| column.stage == Stage::InProgress)
    });
    let column = visit.map(|visit| visit.column);
    let unmoved = visit.map(|visit| passed(visit.from));
    let in_blocked_status =
        visit.filter(|visit| by.workflow.columns.get(visit.column).is_some_and(|column| column.blocks));
    let flag = way.and_then(|way| way.flags.iter().find(|&&(from, until)| from < now && until >= now));
    let flagged = way.is_some_and(|way| !way.flags.is_empty());
    // Where the times of flags are known they tell; else the mark itself.
    let blocked = flag.is_some() || in_blocked_status.is_some() || (marked && !flagged);
    let since = [flag.map(|flag| flag.0), in_blocked_status.map(|visit| visit.from)];
    let blocked_for = since.into_iter().flatten().reduce(f64::min).map(passed);
    let usual = column.and_then(|column| {
        let stage = by.time_in_stages.iter().find(|stage| stage.column == column)?;
        stage.percentile(85).filter(|_| stage.days.len() >= super::Distribution::ENOUGH)
    });
    let stale = unmoved.zip(usual).is_some_and(|(unmoved, usual)| unmoved > usual.max(STALE_AT_LEAST));
    let overtaken_by = column.zip(age).and_then(|(column, age)| {
        let (_, ages) = by.ages_at_leaving.iter().find(|(at, _)| *at == column)?;
        let enough = ages.len() >= super::Distribution::ENOUGH;
        enough.then(|| ages.partition_point(|&left| left < age) as f64 / ages.len() as f64)
    });
    let enough = by.survival.finished >= super::Distribution::ENOUGH;
    let limit = by.limit;
    let chance =
        limit.filter(|_| enough).zip(age).and_then(|(limit, age)| by.survival.chance_within(limit, age));
    let late = limit.zip(age).is_some_and(|(limit, age)| age >= limit);
    let need = match () {
        () if blocked && late => Need::BlockedAndLate,
        () if blocked => Need::Blocked,
        () if late => Need::Late,
        () if stale => Need::Stale,
        () if chance.is_some_and(|chance| chance < 0.5) => Need::AtRisk,
        // Older than anything that has finished.
        () if enough && age.is_some() && limit.is_some() && chance.is_none() => Need::AtRisk,
        () if overtaken_by.is_some_and(|share| share >= 0.85) => Need::Slow,
        () if age.is_none() => Need::Unknown,
        () => Need::OnCourse,
    };
    Open { item, age, column, unmoved, chance, blocked, blocked_for, stale, overtaken_by, need }
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::Ways;
    use super::super::{ages, ages_at_leaving, cycle_times, time_in_stages};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn those_in_need_come_first() {
        let done = |i: i32| format!("doing {}, test {}, done {}", i + 1, i + 2, i + 4);
        let mut histories: Vec<String> = (0..6).map(done).collect();
        histories.push("doing 10, test 19, flag 20-".into()); // 6: blocked and late
        histories.push("doing 19, flag 20-".into()); // 7: blocked
        histories.push("doing 10, test 19".into()); // 8: late
        histories.push("doing 20".into()); // 9: new
        histories.push("doing 18".into()); // 10: three days in a stage that takes one
        let histories: Vec<&str> = histories.iter().map(String::as_str).collect();
        let ways = Ways::of(&histories);
        let (calendar, window) = (Calendar::default(), Window::until(date(2024, 1, 20)));
        let cycle = cycle_times(&ways.dates, window, &calendar);
        let ages = ages(&ways.dates, window.to, &calendar);
        let trips = ways.trips();
        let measure = Yardstick {
            workflow: &ways.workflow,
            calendar: &calendar,
            survival: &Survival::of(cycle.distribution.values(), ages.distribution.values()),
            limit: Some(Days(5)),
            time_in_stages: &time_in_stages(&trips, &ways.workflow, &calendar),
            ages_at_leaving: &ages_at_leaving(&trips, &ways.workflow, &calendar),
            window,
        };
        let open = open_items(&ages, &[], &trips, |_| false, &measure);
        let said: Vec<(usize, Need)> = open.iter().map(|open| (open.item, open.need)).collect();
        assert_eq!(
            said,
            [
                (6, Need::BlockedAndLate),
                (7, Need::Blocked),
                (8, Need::Late),
                (10, Need::Slow),
                (9, Need::OnCourse)
            ]
        );
        assert_eq!(open[0].blocked_for, Some(1.0), "since the beginning of that day");
        assert_eq!(open[2].chance, Some(0.0));
        // At four days six of eight finished, for two of the open ones are older: by hand.
        assert_eq!(open[4].chance, Some(0.75));
        assert_eq!((open[3].age, open[3].overtaken_by), (Some(Days(3)), Some(1.0)));
    }

    #[test]
    fn long_in_one_place_is_stale_after_a_week() {
        let done = |i: i32| format!("doing {}, done {}", i + 1, i + 2);
        let mut histories: Vec<String> = (0..6).map(done).collect();
        histories.extend(["doing 14".into(), "doing 13".into()]);
        let histories: Vec<&str> = histories.iter().map(String::as_str).collect();
        let ways = Ways::of(&histories);
        let (calendar, window) = (Calendar::default(), Window::until(date(2024, 1, 20)));
        let trips = ways.trips();
        let measure = Yardstick {
            workflow: &ways.workflow,
            calendar: &calendar,
            survival: &Survival::default(),
            limit: None,
            time_in_stages: &time_in_stages(&trips, &ways.workflow, &calendar),
            ages_at_leaving: &[],
            window,
        };
        let open = open_items(&ages(&ways.dates, window.to, &calendar), &[], &trips, |_| false, &measure);
        let said: Vec<(usize, bool)> = open.iter().map(|open| (open.item, open.stale)).collect();
        assert_eq!(said, [(7, true), (6, false)]);
    }
}
