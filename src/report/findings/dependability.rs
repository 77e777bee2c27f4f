//! Is the service level kept, month after month?

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::figures::SERVICE_LEVEL;
use crate::report::predictability::attainment;
use crate::report::say;

pub static DEPENDABILITY: Source = Source { id: "dependability", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let level = analysis.service_level()?;
    let (_, durations) = analysis.durations()?;
    if durations.distribution.n() < Distribution::PLENTY {
        return None;
    }
    let wanted = f64::from(level.percent) / 100.0;
    let told: Vec<_> = level.months.iter().filter(|(_, attained)| attained.n > 0).collect();
    let missed = |last: usize| told.iter().rev().take(last).filter(|(_, a)| a.misses(wanted)).count();
    let weight = match (missed(3), missed(12)) {
        (1.., 2..) => Weight::Act,
        (1.., _) | (_, 2..) => Weight::Watch,
        _ => Weight::Calm,
    };
    let shares: Vec<f64> = told.iter().rev().take(24).rev().filter_map(|(_, a)| a.share()).collect();
    let first = told.iter().rev().take(24).next_back();
    let limit = analysis.days(level.limit);
    let answer = attainment(analysis);
    let meaning = match (role, weight) {
        (Role::Cto, Weight::Calm) => {
            "This is a number others can plan with. Say it before you are asked for a date."
        }
        (Role::Cto, _) => {
            "The same overshoot again has a cause: see what those months share before asking for more speed."
        }
        (Role::VpEngineering, Weight::Calm) => "The teams keep it: leave them room to go on.",
        (Role::VpEngineering, _) => {
            "Look at what was started in those months, and with how much else beside it."
        }
        (Role::ProjectManager, Weight::Calm) => "Dates that rest on it have held; say them with the share.",
        (Role::ProjectManager, _) => "Dates that rest on it are weak just now: give a later one, or a range.",
        (_, Weight::Calm) => "What is begun today can be promised by it.",
        _ => "Promises made by it have not held in every month: ask before you pass one on.",
    };
    Some(Finding {
        id: "dependability",
        weight,
        number: answer.number.clone(),
        unit: answer.unit.clone(),
        fact: over(&SERVICE_LEVEL, analysis)?,
        meaning: meaning.to_owned(),
        change: desk.change("service-level"),
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
        place: Place::CycleTime("service-level"),
        question: match weight {
            Weight::Calm => format!("Do we want to promise {} within {limit} to others?", analysis.percent()),
            _ => format!("What did the months have in common in which {limit} was missed?"),
        },
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
