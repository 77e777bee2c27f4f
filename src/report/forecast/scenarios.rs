//! What would become of the answers if something changed.

use super::Forecaster;
use crate::forecast::{Ahead, Outlook, Scope, Unit, rank, shares};
use crate::model::notebook::{self, SCENARIO};
use crate::model::{Date, Notebook};
use crate::pace::{Pace, straight};
use crate::report::Analysis;

/// What is assumed of the work to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub name: String,
    /// From that day on, for so many days, nothing is done.
    pub away: Option<(Date, u32)>,
    /// Items fewer to do.
    pub less: u32,
    /// The factor of the pace.
    pub pace: f64,
    /// Into how many pieces an item falls at the most.
    pub split: f64,
    /// New work comes in as it did so far.
    pub grows: bool,
    /// Projects in parallel fewer: says nothing of when all is done, but of each project.
    pub fewer: usize,
}

/// The answers under a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// The days by which the items are done, at each of [`crate::forecast::LEVELS`]; `None` where that is further than ten
    /// years ahead.
    pub done: [Option<Date>; 4],
    /// The same in whole periods.
    pub periods: [Option<u32>; 4],
    /// At least so many are done by the day.
    pub how_many: [u32; 4],
}

impl Scenario {
    /// Nothing changes, and nothing new comes in.
    pub fn as_it_is() -> Scenario {
        Scenario {
            name: t!("As it is, nothing added").to_owned(),
            away: None,
            less: 0,
            pace: 1.0,
            split: 1.0,
            grows: false,
            fewer: 0,
        }
    }

    /// New work comes in as it did so far.
    pub fn growing() -> Scenario {
        Scenario { name: t!("New work comes in as before").to_owned(), grows: true, ..Scenario::as_it_is() }
    }

    fn of(written: notebook::Scenario) -> Scenario {
        Scenario {
            name: format!("{}{}", written.name(), written.lacks()),
            away: written.away(),
            less: written.less(),
            pace: written.pace(),
            split: written.split(),
            grows: written.grows(),
            fewer: written.fewer(),
        }
    }

    /// Whether it changes anything on a roadmap: what comes in, and how much is cut, say nothing of single projects.
    pub fn is_for_roadmaps(&self) -> bool {
        self.away.is_some() || self.pace != 1.0 || self.split > 1.0 || self.fewer > 0
    }

    /// The days to come under it.
    pub fn ahead(&self, as_of: Date) -> Ahead {
        Ahead { as_of, away: self.away }
    }
}

/// The scenarios of the notebook, in the order in which they were written.
pub fn scenarios(notebook: &Notebook) -> Vec<Scenario> {
    notebook.of(&SCENARIO).map(|record| Scenario::of(notebook::Scenario(record))).collect()
}

/// How many are done by a day: after whole periods, and of the one after as much as its days are of it.
fn how_many_by(outlook: &Outlook, ahead: &Ahead, by: Date) -> [u32; 4] {
    let days = ahead.periods_until(by, Unit::Day);
    let length = outlook.unit.days() as usize;
    let (whole, rest) = (days / length, days % length);
    let before = outlook.how_many(whole, shares());
    if rest == 0 {
        return before;
    }
    let after = outlook.how_many(whole + 1, shares());
    std::array::from_fn(|level| {
        let more = after[level].saturating_sub(before[level]) as usize;
        before[level] + u32::try_from(more * rest / length).unwrap_or_default()
    })
}

/// When so many items are done, and how many by the day that is asked for. Exact where the work stays as it is, drawn
/// where it grows or falls into pieces.
pub fn told(analysis: &Analysis, forecaster: &Forecaster, scenario: &Scenario) -> Told {
    let count = || told_of(analysis, forecaster, scenario, analysis.asked_items());
    // What every page asks is counted once.
    match scenario {
        plain if *plain == Scenario::as_it_is() => *analysis.later.plain.get_or_init(count),
        growing if *growing == Scenario::growing() => *analysis.later.growing.get_or_init(count),
        _ => count(),
    }
}

/// [`told`] of that many items.
pub fn told_of(analysis: &Analysis, forecaster: &Forecaster, scenario: &Scenario, items: u32) -> Told {
    let work = told_in_steps(analysis, forecaster, scenario, items, &Pace::STRAIGHT);
    // Nothing asks this work to pause, so there is always a result.
    straight(work).unwrap_or(Told { done: [None; 4], periods: [None; 4], how_many: [0; 4] })
}

/// [`told_of`] in steps.
pub(super) async fn told_in_steps(
    analysis: &Analysis,
    forecaster: &Forecaster,
    scenario: &Scenario,
    items: u32,
    pace: &Pace<'_>,
) -> Told {
    let outlook = forecaster.outlook().at_pace(scenario.pace);
    let ahead = scenario.ahead(analysis.as_of);
    let n = items.saturating_sub(scenario.less);
    let stays = !scenario.grows && scenario.split <= 1.0;
    let periods = match stays || n == 0 {
        true => outlook.when_in_steps(n, shares(), pace).await,
        false => {
            let scope = Scope {
                n,
                grows: scenario.grows,
                split: (1.0, scenario.split.max(1.0)),
                idle: (ahead.periods_before_away(outlook.unit), ahead.periods_away(outlook.unit)),
            };
            rank(scope.ends_in_steps(&outlook, pace).await, shares())
        }
    };
    Told {
        done: periods.map(|periods| Some(ahead.day(periods?, outlook.unit))),
        periods,
        how_many: how_many_by(&outlook, &ahead, analysis.asked_by()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Filter, day_from_number, day_number};
    use crate::report::testing::finished_weekly;

    #[test]
    fn each_change_moves_the_date_its_way() {
        let weeks: Vec<u32> = (0..40).map(|n| 3 + n % 4).collect();
        let whole = finished_weekly(&weeks, false);
        let filter = Filter { items: Some(40), ..Filter::default() };
        let analysis = Analysis::looking_at(&whole.basis, &filter);
        let forecaster = analysis.forecast_now().unwrap().clone();
        let day = |scenario: Scenario| day_number(told(&analysis, &forecaster, &scenario).done[2].unwrap());
        let base = day(Scenario::as_it_is());
        let with = |change: fn(&mut Scenario)| {
            let mut scenario = Scenario::as_it_is();
            change(&mut scenario);
            day(scenario)
        };
        assert!(
            with(|s| s.less = 20) < base && with(|s| s.pace = 2.0) < base && with(|s| s.pace = 0.5) > base
        );
        assert!(with(|s| s.split = 2.0) > base);
        let away = Scenario {
            away: Some((day_from_number(day_number(analysis.as_of) + 1), 14)),
            ..Scenario::as_it_is()
        };
        assert_eq!(day(away.clone()), base + 14);
        let many = |scenario: &Scenario| told(&analysis, &forecaster, scenario).how_many[2];
        assert!(many(&away) < many(&Scenario::as_it_is()));
        let none = Scenario { less: 50, ..Scenario::as_it_is() };
        assert_eq!(told(&analysis, &forecaster, &none).done, [Some(analysis.as_of); 4]);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut notebook = Notebook::default();
        let values = [
            ("name", "Holidays"),
            ("away_from", "2026-12-21"),
            ("away_days", "14"),
            ("faster", "-10"),
            ("less", "5"),
            ("fewer", "1"),
            ("grows", "yes"),
        ];
        let values = values.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
        notebook.write(&SCENARIO, None, &values, jiff::Timestamp::UNIX_EPOCH).unwrap();
        let [read] = scenarios(&notebook).try_into().unwrap();
        let want = Scenario {
            name: "Holidays".into(),
            away: Some((Date::constant(2026, 12, 21), 14)),
            less: 5,
            pace: 0.9,
            split: 1.0,
            grows: true,
            fewer: 1,
        };
        assert_eq!(read, want);
    }
}
