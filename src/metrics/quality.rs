//! Bugs against features: how many bugs come for each feature that is finished, how many are open, and how long
//! they take to fix.

use super::interval::{median_between, ratio_of_counts};
use super::stages::{Visit, Workflow};
use super::{Dates, Fourfold, Interval, State};
use crate::model::{Calendar, Date, Days, Kind, Stage};
use crate::order::InOrder;

/// Bugs and features of some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub bugs_created: usize,
    pub bugs_finished: usize,
    pub features_finished: usize,
}

impl Balance {
    /// Bugs created ÷ features finished; `None` without a feature.
    pub fn produced(&self) -> Option<f64> {
        ratio(self.bugs_created, self.features_finished)
    }

    /// Its exact 95 % interval (see [`ratio_of_counts`]); `None` without any bug or feature.
    pub fn produced_between(&self) -> Option<Interval> {
        ratio_of_counts(self.bugs_created, self.features_finished)
    }

    /// Bugs finished ÷ features finished; `None` without a feature.
    pub fn fixed(&self) -> Option<f64> {
        ratio(self.bugs_finished, self.features_finished)
    }

    /// The chance of so different a number of bugs per feature as elsewhere (or before) where there is no
    /// difference: two-sided and exact.
    ///
    /// Source: Przyborowski & Wilenski (1940) for two Poisson ratios; Fisher (1935) for the sum.
    pub fn chance_against(&self, other: &Balance) -> f64 {
        let table = Fourfold {
            hits: self.bugs_created,
            n: self.bugs_created + self.features_finished,
            rest_hits: other.bugs_created,
            rest: other.bugs_created + other.features_finished,
        };
        table.differs_from_the_rest()
    }

    /// That of both together.
    pub fn and(self, other: Balance) -> Balance {
        Balance {
            bugs_created: self.bugs_created + other.bugs_created,
            bugs_finished: self.bugs_finished + other.bugs_finished,
            features_finished: self.features_finished + other.features_finished,
        }
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Adds an item to the balances of the days it was created and finished on, which `place` finds; a day that it
/// does not find is not counted. What was given up was no bug of the product, so it counts nowhere.
pub fn count_in(
    kind: Kind,
    dates: &Dates,
    as_of: Date,
    balances: &mut [Balance],
    place: impl Fn(Date) -> Option<usize>,
) {
    let state = dates.state_on(as_of);
    if !matches!(kind, Kind::Bug | Kind::Feature) || matches!(state, State::Cancelled | State::NotYetKnown) {
        return;
    }
    let mut at = |day: Option<Date>, add: fn(&mut Balance)| {
        if let Some(balance) = day.and_then(&place).and_then(|at| balances.get_mut(at)) {
            add(balance);
        }
    };
    let finished = dates.finished.filter(|_| state == State::Finished);
    match kind {
        Kind::Bug => {
            at(dates.created, |balance| balance.bugs_created += 1);
            at(finished, |balance| balance.bugs_finished += 1);
        }
        _ => at(finished, |balance| balance.features_finished += 1),
    }
}

/// Middle days of some by nearest rank, with the 95 % interval of that (see [`median_between`]); `None` under 5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    pub n: usize,
    pub days: f64,
    pub between: Option<Interval>,
}

impl Middle {
    pub fn of(mut days: Vec<Days>) -> Option<Middle> {
        days.order();
        let values: Vec<f64> = days.iter().map(|days| f64::from(days.0)).collect();
        let enough = values.len() >= super::Distribution::ENOUGH;
        let days = values.get((values.len().max(1) - 1) / 2).copied().filter(|_| enough)?;
        Some(Middle { n: values.len(), days, between: median_between(&values) })
    }
}

/// Bugs that were open at the end of each week, and how old the middle one was, in the days that count since it
/// was created.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenBugs {
    pub weeks: Vec<Date>,
    pub open: Vec<u32>,
    pub age: Vec<Option<Days>>,
}

/// The open bugs week by week, told on the last day of each whole week, from the first creation to `to`. Bugs
/// without a creation date are never open.
pub fn open_bugs(bugs: &[&Dates], weeks: &[Date], calendar: &Calendar) -> OpenBugs {
    let mut found = OpenBugs::default();
    // By creation, so that those that are open stay in the order of their ages. None comes back once it is over:
    // a reopened one has no finish.
    let mut bugs: Vec<(Date, &Dates)> = bugs.iter().filter_map(|d| Some((d.created?, *d))).collect();
    bugs.order_by_key(|(created, _)| *created);
    let mut coming = bugs.into_iter().peekable();
    let mut open: Vec<(Date, &Dates)> = Vec::new();
    for &day in weeks {
        let is_open = |d: &Dates| matches!(d.state_on(day), State::InProgress | State::NotStarted);
        while let Some(bug) = coming.next_if(|(created, _)| *created <= day) {
            open.push(bug);
        }
        open.retain(|(_, dates)| is_open(dates));
        let middle = open.get(open.len() / 2).and_then(|&(created, _)| calendar.span(created, day));
        found.weeks.push(day);
        found.open.push(u32::try_from(open.len()).unwrap_or(u32::MAX));
        found.age.push(middle);
    }
    found
}

/// Whether an item was done and then not done any more: it left a done status for one that is not, other than
/// being given up. `None` where its history does not say that it was ever done.
pub fn was_reopened(visits: &[Visit], workflow: &Workflow) -> Option<bool> {
    let stage = |visit: &Visit| {
        workflow.columns.get(visit.column).filter(|column| column.known).map(|column| column.stage)
    };
    let mut stages = visits.iter().filter_map(stage).skip_while(|stage| *stage != Stage::Done);
    stages.next()?;
    Some(stages.any(|stage| matches!(stage, Stage::NotStarted | Stage::InProgress)))
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::Ways;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn bugs_count_when_they_come_and_features_when_they_are_done() {
        let dates = |created: i8, finished: Option<i8>, stage| Dates {
            created: Some(date(2024, 3, created)),
            finished: finished.map(|day| date(2024, 3, day)),
            stage: Some(stage),
            ..Dates::default()
        };
        let items = [
            (Kind::Bug, dates(1, Some(20), Stage::Done)),
            (Kind::Bug, dates(5, None, Stage::NotStarted)),
            (Kind::Bug, dates(6, None, Stage::Cancelled)),
            (Kind::Feature, dates(2, Some(9), Stage::Done)),
            (Kind::Feature, dates(2, None, Stage::InProgress)),
            (Kind::Chore, dates(2, Some(9), Stage::Done)),
        ];
        let mut halves = [Balance::default(); 2];
        for (kind, dates) in &items {
            count_in(*kind, dates, date(2024, 3, 31), &mut halves, |day| Some(usize::from(day.day() > 15)));
        }
        assert_eq!(halves[0], Balance { bugs_created: 2, bugs_finished: 0, features_finished: 1 });
        assert_eq!(halves[1], Balance { bugs_created: 0, bugs_finished: 1, features_finished: 0 });
        let all = halves[0].and(halves[1]);
        assert_eq!((all.produced(), all.fixed(), halves[1].produced()), (Some(2.0), Some(1.0), None));
        assert_eq!(Balance::default().produced_between(), None);
        assert!(all.chance_against(&all) > 0.9);
        let worse = Balance { bugs_created: 40, bugs_finished: 0, features_finished: 10 };
        let better = Balance { bugs_created: 10, bugs_finished: 0, features_finished: 40 };
        assert!(worse.chance_against(&better) < 1e-6);
    }

    #[test]
    fn open_bugs_are_those_of_the_day() {
        let bug = |created: i8, finished: Option<i8>| Dates {
            created: Some(date(2024, 3, created)),
            finished: finished.map(|day| date(2024, 3, day)),
            stage: Some(if finished.is_some() { Stage::Done } else { Stage::NotStarted }),
            ..Dates::default()
        };
        let bugs = [bug(1, Some(12)), bug(4, None), bug(9, None)];
        let weeks = [date(2024, 3, 3), date(2024, 3, 10), date(2024, 3, 17)];
        let found = open_bugs(&bugs.iter().collect::<Vec<_>>(), &weeks, &Calendar::default());
        assert_eq!(found.open, [1, 3, 2]);
        let ages: Vec<u32> = found.age.iter().flatten().map(|days| days.0).collect();
        assert_eq!(ages, [3, 7, 9]);
    }

    #[test]
    fn reopened_is_back_from_done() {
        let ways = Ways::of(&["doing 2, done 4", "doing 2, done 4, doing 6, done 8", "doing 2"]);
        let found: Vec<_> = ways.visits.iter().map(|visits| was_reopened(visits, &ways.workflow)).collect();
        assert_eq!(found, [Some(false), Some(true), None]);
    }

    #[test]
    fn a_middle_of_few_is_none() {
        assert_eq!(Middle::of([1, 2, 3, 4].map(Days).to_vec()), None);
        let five = Middle::of([9, 1, 2, 3, 4].map(Days).to_vec()).unwrap();
        assert_eq!((five.n, five.days, five.between), (5, 3.0, None));
    }
}
