//! How much is in progress at once, against what is usual.

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::model::Role;
use crate::report::figures::{WIP, usual_wip};
use crate::report::home::how_open;
use crate::report::{Analysis, say};

pub static LOAD: Source = Source { id: "load", find };

const DRAWN: usize = 26;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let fact = over(&WIP, analysis)?;
    let (weeks, _) = analysis.wip_behaviour();
    let now = *analysis.load().wip.last()?;
    let limits = usual_wip(analysis).last().and_then(|segment| segment.limits);
    let above = limits.is_some_and(|limits| f64::from(now) > limits.upper);
    let from = weeks.len().saturating_sub(DRAWN);
    let meaning = match (role, above) {
        (Role::VpEngineering, true) => "More at once makes everything later: agree on what not to begin.",
        (Role::VpEngineering, false) => "The load is what it was: a longer time needs another explanation.",
        (Role::Cto, true) => "Nobody gets more done by beginning more: ask what pushed it in.",
        (_, true) => "What is begun now waits longer than usual.",
        _ => "No more is open than is usual here.",
    };
    let answer = how_open(&analysis.data, analysis);
    Some(Finding {
        id: "load",
        weight: if above { Weight::Act } else { Weight::Calm },
        number: answer.number,
        unit: answer.unit,
        fact,
        meaning: meaning.to_owned(),
        change: desk
            .compared()
            .rows
            .iter()
            .find(|row| row.id == "wip")
            .map(|row| format!("{} at the end of the period before, {} now.", row.before, row.now)),
        picture: (weeks.len() > 2).then(|| Picture::Line {
            values: weeks.iter().skip(from).map(|&(_, wip)| f64::from(wip)).collect(),
            middle: limits.map(|limits| limits.centre),
            limits: limits.map(|limits| (limits.lower_for_counts(), limits.upper)),
            top: None,
            ends: (
                weeks.get(from).map(|(week, _)| say::date(*week)).unwrap_or_default(),
                weeks.last().map(|(week, _)| say::date(Analysis::week_end(*week))).unwrap_or_default(),
            ),
        }),
        place: Place::Cadence(WIP.id),
        question: "How much do we want in progress at once, and what would we stop to get there?".to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
