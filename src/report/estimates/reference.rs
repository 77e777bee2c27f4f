//! What past work says of a new estimate.

use super::days;
use crate::metrics::{self, ReferenceClass};
use crate::model::{Estimates as Meant, HOURS_A_DAY};
use crate::report::{Analysis, say};

impl Analysis {
    /// Past work to hold a new estimate against: estimates in hours, with what they became in the unit of the
    /// estimates, and with the days from start to finish.
    pub fn past_estimates(&self) -> PastEstimates {
        let worked = match self.counting().estimates {
            Meant::Work => self.estimates().judged.iter(),
            Meant::Elapsed => [].iter(),
        };
        let days = self.cycle.timed.iter().filter_map(|timed| {
            let estimate = self.data.items.get(timed.item)?.estimate_hours;
            estimate.filter(|e| *e > 0.0).map(|estimate| (estimate, f64::from(timed.days.0)))
        });
        PastEstimates { work: worked.map(|one| (one.estimate, one.actual)).collect(), days: days.collect() }
    }
}

/// See [`Analysis::past_estimates`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastEstimates {
    pub work: Vec<(f64, f64)>,
    pub days: Vec<(f64, f64)>,
}

/// What past work says of a new estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub sentence: String,
    /// The estimates of the work it speaks of, and how many.
    pub basis: String,
}

/// "You say 3 days: work that was called 3 days took 1 to 9 (80 %)." `hours` is the estimate in hours of work; `asked`
/// how it was written.
///
/// # Errors
/// A sentence that says why there is no answer.
pub fn say_of_estimate(analysis: &Analysis, hours: f64, asked: &str) -> Result<Vec<Said>, String> {
    if !(hours > 0.0 && hours.is_finite()) {
        return Err(t!("Say a number above 0.").to_owned());
    }
    let past = analysis.past_estimates();
    let in_days = [t!("day"), t!("days")].iter().any(|unit| asked.contains(unit));
    let amount = |hours: f64| match in_days {
        true => days(hours / HOURS_A_DAY, t!("day"), t!("days")),
        false => say::hours(hours),
    };
    // "3 to 5 days", but "45 minutes to 2 hours".
    let range = |low: String, high: String| {
        let unit =
            |text: &str| text.rsplit('\u{a0}').next().unwrap_or_default().trim_end_matches('s').to_owned();
        match low == high {
            true => low,
            false if unit(&low) == unit(&high) => {
                say!("{} to {high}", low.split('\u{a0}').next().unwrap_or_default())
            }
            false => say!("{low} to {high}"),
        }
    };
    let mut said = Vec::new();
    let mut add = |past: &[(f64, f64)], what: &str, of: &dyn Fn(f64) -> String| {
        let Some(class) = metrics::reference_class(past, hours) else { return };
        let (low, high) = class.estimates;
        let called = say!("called {}", range(amount(low), amount(high)));
        let [p10, p50, p85, p90] = [10, 50, 85, 90].map(|p| class.percentile(p));
        let range = range(of(p10), of(p90));
        said.push(Said {
            sentence: say!(
                "You say {asked}: work {called} took {range}{what} (80\u{a0}%). Half took {} or less, 85\u{a0}% {} or less.",
                of(p50),
                of(p85)
            ),
            basis: format!("n\u{a0}=\u{a0}{}", say::number(class.actuals.len())),
        });
    };
    add(&past.work, t!(" of work"), &|hours| amount(hours));
    let unit = analysis.calendar().unit();
    let elapsed = |amount: f64| {
        let one = if analysis.calendar().working_days_only { t!("working\u{a0}day") } else { t!("day") };
        days(amount, one, unit)
    };
    add(&past.days, t!(" from start to finish"), &elapsed);
    let enough = past.work.len().max(past.days.len()) >= ReferenceClass::LEAST;
    if said.is_empty() && enough {
        let all = || past.work.iter().chain(&past.days).map(|(estimate, _)| *estimate);
        let (low, high) = all().fold((f64::INFINITY, 0.0), |(l, h): (f64, f64), e| (l.min(e), h.max(e)));
        return Err(say!(
            "Too few finished items were called anything like that to hold it against: estimates went from {} to {}. What is \
             larger than anything before is better cut into parts.",
            amount(low),
            amount(high)
        ));
    }
    if said.is_empty() {
        return Err(say!(
            "Fewer than {} finished items have an estimate and what it became: too few to hold yours against.",
            ReferenceClass::LEAST
        ));
    }
    Ok(said)
}
