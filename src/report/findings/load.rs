//! How much is in progress at once, against what is usual.

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::model::Role;
use crate::report::figures::{TOTAL_AGE, WIP, usual_wip};
use crate::report::home::how_open;
use crate::report::{Analysis, say};

pub static LOAD: Source = Source { id: "load", find };

const DRAWN: usize = 26;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    if desk.open_is_unclear() {
        return None;
    }
    let mut fact = over(&WIP, analysis)?;
    if let Some(age) = over(&TOTAL_AGE, analysis) {
        fact = format!("{fact} {age}");
    }
    let (weeks, _) = analysis.wip_behaviour();
    let now = *analysis.load().wip.last()?;
    let limits = usual_wip(analysis).last().and_then(|segment| segment.limits);
    let above = limits.is_some_and(|limits| f64::from(now) > limits.upper);
    let from = weeks.len().saturating_sub(DRAWN);
    let below = limits.is_some_and(|limits| f64::from(now) < limits.lower);
    let meaning = match role {
        Role::VpEngineering if above => {
            t!("More at once makes everything later: agree on what not to begin.")
        }
        Role::Cto if above => t!("Nobody gets more done by beginning more: ask what pushed it in."),
        _ if above => t!("What is begun now waits longer than usual."),
        _ if limits.is_none() => {
            t!("It has moved too much, or for too short a time, for any load to be the usual one.")
        }
        _ if below => t!("Less is open than usual: what is begun now should be quick."),
        _ => {
            t!("The load is within what is usual here. Where its age grows, work is begun and not finished.")
        }
    };
    let answer = how_open(&analysis.data, analysis);
    Some(Finding {
        id: "load",
        topic: t!("the load"),
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
            .map(|row| say!("{} at the end of the period before, {} now.", row.before, row.now)),
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
        place: Some(Place::Cadence(WIP.id)),
        question: t!("How much do we want in progress at once, and what would we stop to get there?")
            .to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
