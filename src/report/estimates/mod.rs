//! Are we in the right ballpark? What was estimated against what it became: hours of work, or days from start to
//! finish where the user says that these were meant.

use super::{Analysis, say};
use crate::metrics::{self, Accuracy, Attainment, EstimateUnit, Judged, Overshoot, Period, State};
use crate::model::{Counting, Date, Estimates as Meant, HOURS_A_DAY, day_from_number, day_number};
use crate::order::InOrder;

mod answers;
mod goes_with;
mod reference;

pub use answers::{
    DEPENDABLE, Dependable, Overshoots, ballpark_in_words, bias_in_words, dependable, estimate_answers,
    much_in_words, overshoot_in_words, overshoots, share_in_words, unit_in_words,
};
pub use goes_with::{Factor, GoesWith, Told, worst_in_words};
pub use reference::{PastEstimates, Said, say_of_estimate};

/// What estimates became, of the items that are looked at.
#[derive(Debug)]
pub struct Estimates {
    pub unit: EstimateUnit,
    /// Finished within the window, or in a status of which nobody said what it means, in the order of the items.
    pub judged: Vec<Judged>,
    /// Still in progress: what they took so far is the least that they will take.
    pub open: Vec<Judged>,
    /// Of these, already more than the factor over their estimates.
    pub open_beyond: Vec<usize>,
    pub whole: Option<Accuracy>,
    pub period: Period,
    /// By period of finish, from the first to the last, empty ones included.
    pub periods: Vec<(Date, Option<Accuracy>)>,
    /// What the verdict on overshooting looks at: the shortest period of which the last two years hold enough.
    pub verdict_period: Period,
    pub weeks: Overshoot,
    pub months: Overshoot,
    /// In a status whose meaning is not known: counted as they are.
    pub unclear: Vec<usize>,
    /// Finished, but not estimated.
    pub no_estimate: Vec<usize>,
    /// Finished and estimated, but nothing says what they took.
    pub no_actual: Vec<usize>,
    /// Not finished, nor in progress, though work was written down for them.
    pub not_begun: Vec<usize>,
    /// Given up, with both numbers.
    pub given_up: Vec<usize>,
    /// The judged with a day of finish, as places in `judged`, in the order of these days.
    by_end: Vec<(Date, u32)>,
}

impl Estimates {
    /// The judged that were finished on one of those days.
    pub fn ended_in(&self, first: Date, last: Date) -> impl Iterator<Item = &Judged> {
        let from = self.by_end.partition_point(|(end, _)| *end < first);
        let to = self.by_end.partition_point(|(end, _)| *end <= last);
        let within = self.by_end.get(from..to).unwrap_or_default();
        within.iter().filter_map(|(_, at)| self.judged.get(*at as usize))
    }
}

impl Analysis {
    /// What became of the estimates.
    pub fn estimates(&self) -> &Estimates {
        self.later.estimates.get_or_init(|| estimates(self))
    }

    /// Whether any item has an estimate of work.
    pub fn has_estimates(&self) -> bool {
        self.basis.tells.estimates && self.data.items.iter().any(|item| is_some_work(item.estimate_hours))
    }

    /// Why there is nothing to hold estimates against, if so, and what would help.
    pub fn no_estimates(&self) -> Option<String> {
        let estimates = self.estimates();
        let elapsed = self.counting().estimates == Meant::Elapsed;
        Some(match () {
            () if !estimates.judged.is_empty() => return None,
            () if !self.has_estimates() => t!("The data has no estimates of work. An export with a column like “Original \
                 estimate” and one like “Time spent” would tell; which column is which can be said under Data.")
                .to_owned(),
            () if elapsed => say!(
                "No finished item has both an estimate and the days from start to finish. {}",
                self.no_cycle_time().unwrap_or_default()
            ),
            () if !self.basis.tells.work => {
                t!("The data has estimates, but nothing says how much work it was: a column like “Time spent” would. Days \
                 from start to finish are another unit than hours of work. If it is these that your estimates mean, say \
                 so.")
                .to_owned()
            }
            () if self.window.from.is_some() => {
                t!("Nothing that was finished in this time has both an estimate and the work it took.").to_owned()
            }
            () => t!("No finished item has both an estimate and the work it took.").to_owned(),
        })
    }

    /// An amount in the unit of the estimates: "7 hours", "3 days".
    pub fn amount(&self, amount: f64) -> String {
        match self.estimates().unit {
            EstimateUnit::Work => say::hours(amount),
            EstimateUnit::WorkingDays => days(amount, t!("working day"), t!("working days")),
        }
    }
}

/// "3 days", "2.5 days".
fn days(amount: f64, one: &str, many: &str) -> String {
    match amount {
        a if a < 9.95 && (a - a.round()).abs() > 0.04 => format!("{}\u{a0}{many}", say::decimal(a)),
        a => say::counted(a.round().max(0.0) as usize, one, many),
    }
}

fn is_some_work(hours: Option<f64>) -> bool {
    hours.is_some_and(|hours| hours > 0.0 && hours.is_finite())
}

fn estimates(analysis: &Analysis) -> Estimates {
    let unit = match analysis.counting().estimates {
        Meant::Work => EstimateUnit::Work,
        Meant::Elapsed => EstimateUnit::WorkingDays,
    };
    // Eight hours are a day on which somebody works, so days are counted so too, whatever the durations are by.
    let counting = Counting { working_days_only: true, elapsed: false, ..analysis.counting().clone() };
    let calendar = counting.calendar();
    let mut found = Estimates {
        unit,
        judged: Vec::new(),
        open: Vec::new(),
        open_beyond: Vec::new(),
        whole: None,
        period: Period::Month,
        periods: Vec::new(),
        verdict_period: Period::Month,
        weeks: Overshoot::default(),
        months: Overshoot::default(),
        unclear: Vec::new(),
        no_estimate: Vec::new(),
        no_actual: Vec::new(),
        not_begun: Vec::new(),
        given_up: Vec::new(),
        by_end: Vec::new(),
    };
    if !analysis.basis.tells.estimates {
        return found;
    }
    let window = analysis.window;
    // What the tracker says of work done, it says of now.
    let now = analysis.as_of >= analysis.basis.last_day;
    let knows_work = analysis.basis.tells.work;
    for (i, (item, dates)) in analysis.data.items.iter().zip(analysis.dates.iter()).enumerate() {
        let state = dates.state_on(analysis.as_of);
        let finished = dates.finished.filter(|_| state == State::Finished);
        let in_window = match finished {
            Some(day) => window.holds(day),
            None => window.from.is_none(),
        };
        let has_both = is_some_work(item.estimate_hours) && is_some_work(item.actual_hours);
        if state == State::Cancelled && has_both && unit == EstimateUnit::Work && window.from.is_none() {
            found.given_up.push(i);
        }
        if matches!(state, State::Cancelled | State::NotYetKnown) || !in_window {
            continue;
        }
        let is_open = matches!(state, State::InProgress | State::NotStarted);
        // Work written down for a status that nobody explained: who knows whether it is over.
        let is_unclear =
            is_open && item.stage.is_none() && !item.status.is_empty() && unit == EstimateUnit::Work && now;
        let is_over = !is_open || is_unclear;
        let estimate = item.estimate_hours.filter(|_| is_some_work(item.estimate_hours));
        let actual = match unit {
            EstimateUnit::Work => item.actual_hours.filter(|_| is_some_work(item.actual_hours)),
            _ => {
                let end = finished.or((state == State::InProgress).then_some(analysis.as_of));
                let span = dates.started.zip(end).and_then(|(start, end)| calendar.span(start, end));
                span.map(|days| f64::from(days.0.max(1)))
            }
        };
        let estimate = estimate.map(|hours| match unit {
            EstimateUnit::Work => hours,
            // Nothing takes less than the one day it was done on.
            EstimateUnit::WorkingDays => (hours / HOURS_A_DAY).max(1.0),
        });
        match (estimate, actual) {
            (Some(estimate), Some(actual)) if is_over => {
                if is_unclear {
                    found.unclear.push(i);
                }
                found.judged.push(Judged { item: i, estimate, actual, end: finished });
            }
            (Some(estimate), Some(actual))
                if state == State::InProgress && (now || unit == EstimateUnit::WorkingDays) =>
            {
                found.open.push(Judged { item: i, estimate, actual, end: None });
            }
            (Some(_), Some(_)) if now => found.not_begun.push(i),
            (Some(_), None) if !is_open => found.no_actual.push(i),
            (None, _) if !is_open && (actual.is_some() || !knows_work) => found.no_estimate.push(i),
            _ => {}
        }
    }
    let factor = analysis.counting().ballpark;
    let beyond = |one: &&Judged| one.ratio() > factor && !one.is_in_ballpark(factor);
    found.open_beyond = found.open.iter().filter(beyond).map(|one| one.item).collect();
    found.whole = metrics::accuracy(&found.judged, factor, unit);
    let ends = (0u32..).zip(&found.judged).filter_map(|(at, one)| Some((one.end?, at)));
    found.by_end = ends.collect();
    found.by_end.order();
    let days: Vec<Date> = found.by_end.iter().map(|(end, _)| *end).collect();
    found.period = Period::fitting(&days);
    let recent = day_from_number(day_number(analysis.as_of) - TWO_YEARS);
    // Longer than a quarter is no "again and again".
    let recent_days = days.get(days.partition_point(|&day| day < recent)..).unwrap_or_default();
    found.verdict_period = match Period::fitting(recent_days) {
        Period::Year => Period::Quarter,
        period => period,
    };
    let by_period = |period: Period| -> Vec<(Date, Option<Accuracy>)> {
        let Some(&first) = days.first() else { return Vec::new() };
        let each = period.all(first, analysis.as_of).into_iter().map(|first| {
            (first, metrics::accuracy(found.ended_in(first, period.last_day(first)), factor, unit))
        });
        each.collect()
    };
    let mut verdict_periods = by_period(found.verdict_period);
    // One that is not over yet has not had its overshoots.
    let is_cut = |first: Date| found.verdict_period.last_day(first) > analysis.as_of;
    if verdict_periods.len() > 1 && verdict_periods.last().is_some_and(|(first, _)| is_cut(*first)) {
        verdict_periods.pop();
    }
    let series = |of: fn(&Accuracy) -> Attainment| -> Overshoot {
        let each = verdict_periods.iter().map(|(_, found)| found.as_ref().map(of).unwrap_or_default());
        Overshoot::of(&each.collect::<Vec<_>>())
    };
    let (weeks, months) = (series(|a| a.over_weeks), series(|a| a.over_months));
    let periods = by_period(found.period);
    found.periods = periods;
    (found.weeks, found.months) = (weeks, months);
    found
}

const TWO_YEARS: i32 = 730;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Settings;
    use crate::report::testing::{analysis, analysis_with};

    fn team() -> String {
        let row = |i: usize| {
            let (estimate, actual) = ([4, 8, 24][i % 3], [4, 12, 24, 70][i % 4]);
            format!(
                "{i},2024-{:02}-03,2024-{:02}-{:02},done,{estimate},{actual}\n",
                1 + i % 6,
                1 + i % 6,
                4 + i % 9
            )
        };
        let rows: String = (0..60).map(row).collect();
        format!(
            "id,started,finished,status,hours estimate,hours actual\n{rows}90,2024-06-20,,in progress,4,30\n91,,,to do,4,1\n"
        )
    }

    #[test]
    fn hours_of_work_and_days_are_told_apart() {
        let by_work = analysis(&team());
        let estimates = by_work.estimates();
        assert_eq!((estimates.judged.len(), estimates.open.len(), estimates.not_begun.len()), (60, 1, 1));
        assert_eq!(estimates.open_beyond.len(), 1);
        assert_eq!(estimates.periods.len(), 6);
        let said = say_of_estimate(&by_work, 24.0, "3\u{a0}days").unwrap();
        assert!(
            said[0].sentence.starts_with("You say 3\u{a0}days: work called 3\u{a0}days took "),
            "{}",
            said[0].sentence
        );
        assert_eq!((said.len(), said[0].basis.as_str()), (2, "n\u{a0}=\u{a0}20"));
        let mut settings = Settings::default();
        settings.counting.estimates = Meant::Elapsed;
        let by_days = analysis_with(&team(), &settings);
        let first = by_days.estimates().judged[0];
        assert_eq!((first.estimate, first.actual), (1.0, 2.0), "the day it was done on, the 3rd to the 4th");
        assert!(
            say_of_estimate(&by_days, 24.0, "3\u{a0}days").unwrap()[0]
                .sentence
                .contains("from start to finish")
        );
        assert!(say_of_estimate(&by_days, -1.0, "x").is_err());
    }

    #[test]
    fn without_estimates_it_says_what_would_help() {
        let none = analysis("id,finished\n1,2024-01-02\n").no_estimates().unwrap();
        assert!(none.contains("no estimates"), "{none}");
        let no_work = analysis("id,started,finished,hours estimate\n1,2024-01-02,2024-01-05,4\n");
        assert!(no_work.no_estimates().unwrap().contains("another unit"));
        assert!(estimate_answers(&no_work).is_empty());
    }

    #[test]
    fn bias_reads_like_speech() {
        for (bias, want) in [
            (1.0, "as much as estimated"),
            (1.4, "40\u{a0}% more than estimated"),
            (0.5, "50\u{a0}% less than estimated"),
            (3.2, "3.2\u{a0}times the estimate"),
        ] {
            assert_eq!(bias_in_words(bias), want);
        }
    }
}
