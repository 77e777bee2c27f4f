//! Is what was promised kept, month after month? Without a promise there is nothing to keep: then the record of
//! what could be said speaks (`record`).

use super::cadence::is_slower_pace;
use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::figures::SERVICE_LEVEL;
use crate::report::predictability::attainment;
use crate::report::say;

pub static DEPENDABILITY: Source = Source { id: "dependability", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let level = analysis.service_level().filter(|level| level.promised)?;
    let (_, durations) = analysis.durations()?;
    if durations.distribution.n() < Distribution::PLENTY {
        return None;
    }
    let wanted = f64::from(level.percent) / 100.0;
    let told: Vec<_> = level.months.iter().filter(|(_, attained)| attained.n > 0).collect();
    let missed = |last: usize| told.iter().rev().take(last).filter(|(_, a)| a.misses(wanted)).count();
    let weight = match (missed(3), missed(12)) {
        // Each month may be within luck and all together not.
        _ if level.whole.misses(wanted) => Weight::Act,
        (1.., 2..) => Weight::Act,
        (1.., _) | (_, 2..) => Weight::Watch,
        _ => Weight::Calm,
    };
    let shares: Vec<f64> = told.iter().rev().take(24).rev().filter_map(|(_, a)| a.share()).collect();
    let first = told.iter().rev().take(24).next_back();
    let limit = analysis.days(level.limit);
    let answer = attainment(analysis);
    let meaning = match (role, weight) {
        _ if is_slower_pace(analysis) => {
            t!("It is of the time before the pace slowed: ask what it is worth now.")
        }
        (Role::Cto, Weight::Calm) => {
            t!("This is a number others can plan with. Say it before you are asked for a date.")
        }
        (Role::Cto, _) => {
            t!(
                "What is missed again and again has a cause: see what that work has in common before asking for more speed."
            )
        }
        (Role::VpEngineering, Weight::Calm) => t!("The teams keep it: leave them room to go on."),
        (Role::VpEngineering, _) => {
            t!("Look at what was begun with it, and how much else was open beside it.")
        }
        (Role::ProjectManager, Weight::Calm) => {
            t!("Dates that rest on it have held; say them with the share.")
        }
        (Role::ProjectManager, _) => {
            t!("Dates that rest on it are weak just now: give a later one, or a range.")
        }
        (_, Weight::Calm) => t!("What is begun today can be promised by it."),
        _ => t!("Promises made by it have not held in every month: ask before you pass one on."),
    };
    Some(Finding {
        id: "dependability",
        topic: t!("the promise"),
        weight,
        number: answer.number.clone(),
        unit: answer.unit.clone(),
        fact: over(&SERVICE_LEVEL, analysis)?,
        meaning: meaning.to_owned(),
        change: desk.change("service-level").map(|change| change.says),
        picture: (shares.len() > 2).then(|| Picture::Line {
            values: shares,
            middle: Some(wanted),
            limits: None,
            top: Some(1.0),
            ends: (
                first.map(|(month, _)| say::month(*month)).unwrap_or_default(),
                told.last().map(|(month, _)| say::month(*month)).unwrap_or_default(),
            ),
        }),
        place: Some(Place::CycleTime("service-level")),
        question: match weight {
            Weight::Calm => say!("Do we want to promise {} within {limit} to others?", analysis.percent()),
            _ => say!("What does the work have in common that did not make {limit}?"),
        },
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
