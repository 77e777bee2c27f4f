//! What changed since the period before.

use super::cadence::pace;
use super::{Desk, Finding, MORE_THAN_NOISE, Place, Source, Weight};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::say;

pub static CHANGED: Source = Source { id: "changed", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    analysis.throughput.as_ref()?;
    let compared = desk.compared();
    if compared.rows.is_empty() {
        return None;
    }
    let (now, before) = analysis.compared_windows();
    let finished = analysis.dates.iter().filter_map(|dates| dates.finished);
    let n = finished.filter(|&day| now.holds(day) || before.holds(day)).count();
    let is_news = compared.rows.iter().any(|row| row.verdict == MORE_THAN_NOISE);
    let is_few = n < Distribution::PLENTY && !is_news;
    let slower = pace(analysis).filter(|(_, faster)| !faster);
    let fact = match (slower, is_few) {
        (Some((since, _)), _) => say!(
            "Fewer items are finished than is usual, since the week of {}. {}",
            say::date(since),
            if is_few { String::new() } else { format!("{}.", compared.finding) }
        ),
        (None, true) => {
            say!("Too little was finished to tell whether anything has changed: {}.", say::items(n))
        }
        (None, false) => format!("{}.", compared.finding),
    };
    let meaning = match (role, slower.is_some(), is_news) {
        (_, true, _) => {
            t!(
                "Plans made at the old pace will come later: ask what happened, and what it means for your date."
            )
        }
        _ if is_few => t!("Ask people rather than numbers what is new."),
        (Role::Stakeholder, _, true) => t!("That is more than luck: ask what was done differently."),
        (Role::Stakeholder, _, false) => {
            t!("What was said last time still stands, as far as so much work can tell.")
        }
        (_, _, true) => t!("That is more than luck explains."),
        _ => t!("What you decided by the numbers of last time still stands on them."),
    };
    let weight = match () {
        () if slower.is_some() => Weight::Act,
        () if is_news || is_few => Weight::Watch,
        () => Weight::Calm,
    };
    Some(Finding {
        id: "changed",
        topic: t!("what changed"),
        weight,
        fact: match is_few {
            true => fact.trim().to_owned(),
            false => say!("{} Compared: {}", fact.trim(), compared.periods),
        },
        meaning: meaning.to_owned(),
        place: Some(if slower.is_some() { Place::Cadence("behaviour") } else { Place::Compared }),
        question: match () {
            () if slower.is_some() => {
                t!("What has slowed the work down, and which dates does it move?").to_owned()
            }
            () if is_news => t!("Did we mean to change that, and do we want to keep it?").to_owned(),
            () => t!("What did we want to change by now, and have not?").to_owned(),
        },
        ..Finding::default()
    })
}
