//! What can be said of work that is begun now: by when it will be done, and how sure that is.

use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::Distribution;
use crate::model::{Date, Days, Role, day_from_number, day_number};
use crate::report::home::window;
use crate::report::{Analysis, Explanation, Measure, Selection, say};

pub static WHEN: Source = Source { id: "when", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let (measure, durations) = analysis.durations()?;
    let percent = analysis.counting().sle_percent;
    let d = &durations.distribution;
    let limit = d.percentile(percent).filter(|_| d.n() >= Distribution::PLENTY)?;
    let half = d.percentile(50)?;
    let by = day_after(analysis, analysis.as_of, limit)?;
    let half_by = day_after(analysis, analysis.as_of, half)?;
    let begun = if measure == Measure::Cycle { "begun" } else { "asked for" };
    let share = analysis.percent();
    let meaning = match role {
        Role::Stakeholder => {
            "This is for one piece of work, not for a project of many: those need a forecast of their own."
        }
        Role::ProductManager => "Say the later day to others and keep the earlier one for yourself.",
        _ => "Give the later day to whoever plans with it; the earlier one is a coin\u{2019}s toss.",
    };
    let day = say::date(analysis.as_of);
    Some(Finding {
        id: "when",
        weight: Weight::Calm,
        number: Some(say::date(by)),
        unit: format!("or sooner for work {begun} on {day}, {share} sure"),
        fact: format!(
            "Work {begun} on {day} will be done by {}, {share} sure, and by {} with even odds: that share of the work took \
             {} or less, half of it {}.",
            say::date(by),
            say::date(half_by),
            analysis.days(limit),
            analysis.days(half)
        ),
        meaning: meaning.to_owned(),
        change: desk.change("percentile"),
        place: Place::CycleTime("durations"),
        question: "Which dates have we told others, and on what do they rest?".to_owned(),
        explanation: Some(Explanation {
            definition: format!(
                "The {} percentile and the median of the {}, counted on from the day the numbers speak for.",
                say::ordinal(percent),
                measure.name()
            ),
            window: window(analysis),
            items: format!("{} finished.", say::items(d.n())),
            selection: Some(Selection::Durations(measure)),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}

/// The first day on which something begun on `start` has lasted so long.
fn day_after(analysis: &Analysis, start: Date, length: Days) -> Option<Date> {
    let first = day_number(start);
    // A century: nothing that is known took longer.
    let (mut low, mut high) = (first, first + 40_000);
    while low < high {
        let middle = low + (high - low) / 2;
        match analysis.calendar().span_of(first, middle) {
            Some(days) if days >= length => high = middle,
            _ => low = middle + 1,
        }
    }
    Some(day_from_number(low)).filter(|day| day.year() < 2200)
}
