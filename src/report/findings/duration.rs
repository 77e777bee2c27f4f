//! How long does work take?

use super::cadence::is_slower_pace;
use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::{Distribution, Durations};
use crate::model::{Days, Role};
use crate::report::home::{explain_durations, how_long};
use crate::report::{Measure, say};

pub static DURATION: Source = Source { id: "duration", find };

/// How long somebody waits who asks for something: from the day it is written down, where that is known.
pub static REQUEST: Source = Source { id: "request", find: find_request };

fn find_request(desk: &Desk, role: Role) -> Option<Finding> {
    let lead = &desk.analysis.lead;
    match lead.distribution.n() >= Distribution::PLENTY {
        true => Some(of_request(desk, lead)),
        false => find(desk, role),
    }
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let answer = how_long(desk.analysis);
    let number = answer.number?;
    let meaning = match role {
        // The same on every page: what is refused by `when` is not offered here.
        _ if is_slower_pace(desk.analysis) => {
            t!("It is of the time before the pace slowed: no number to give dates by just now.")
        }
        Role::ProductManager => {
            t!("It begins when work begins: the wait before that comes on top for whoever asked.")
        }
        Role::ProjectManager => t!("Give dates by this number and its share, not by the average."),
        Role::Engineer => t!("If yours takes longer than this, it is one of the hard ones: say so early."),
        Role::Stakeholder => t!("Half of the work is much quicker; plan by this number all the same."),
        _ => t!("It holds for work of any size as it comes here: smaller pieces make it smaller."),
    };
    let change = desk.change("percentile").or_else(|| desk.change("median"));
    let is_slower = change.as_ref().is_some_and(|change| change.is_news && change.is_up);
    Some(Finding {
        id: "duration",
        topic: t!("how long work takes"),
        weight: if is_slower { Weight::Watch } else { Weight::Calm },
        number: Some(number),
        unit: answer.unit,
        fact: answer.sentence,
        meaning: meaning.to_owned(),
        change: change.map(|change| change.says),
        place: Some(Place::CycleTime("durations")),
        question: t!("Which part of that time does nobody work on it, and what would take it away?")
            .to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}

/// The lead time of a request.
fn of_request(desk: &Desk, lead: &Durations) -> Finding {
    let analysis = desk.analysis;
    let d = &lead.distribution;
    let high = d.percentile(analysis.counting().sle_percent);
    let half = d.percentile(50);
    let in_days = |days: Option<Days>| days.map(|days| analysis.days(days)).unwrap_or_default();
    let open = analysis.counts.in_progress + analysis.counts.not_started;
    Finding {
        id: "request",
        topic: t!("how long a request takes"),
        weight: Weight::Calm,
        number: high.map(|days| say::number(days.0 as usize)),
        unit: say!(
            "{} or less from the day it was written down, {} of what was finished",
            high.map(|days| analysis.day_unit(days)).unwrap_or_default(),
            analysis.percent()
        ),
        fact: say!(
            "Of {} finished, {} took {} or less from being written down to being done, half of them {}. {} more {} open.",
            say::items(d.n()),
            analysis.percent(),
            in_days(high),
            in_days(half),
            say::number(open),
            if open == 1 { t!("is") } else { t!("are") }
        ),
        meaning: match is_slower_pace(analysis) {
            true => t!("It is of the time before the pace slowed: no number to give dates by just now."),
            false => {
                t!("This is what a request that gets done at all takes; what nobody takes up is not in it.")
            }
        }
        .to_owned(),
        // The chart shows what speaks for the team, which may be cycle time.
        place: analysis.speaks_by_lead_time().then_some(Place::CycleTime("durations")),
        question: t!("Which requests wait longest before anybody begins, and should they be turned down?")
            .to_owned(),
        explanation: Some(explain_durations(analysis, Measure::Lead, lead)),
        ..Finding::default()
    }
}
