//! Is delivery steady, and has the pace changed?

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::Chance;
use crate::model::Role;
use crate::report::home::how_steady;
use crate::report::{Analysis, figures, say};

pub static CADENCE: Source = Source { id: "cadence", find };

/// A signal is news for so many weeks.
const NEWS: usize = 4;

/// So many weeks are drawn.
const DRAWN: usize = 26;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let weekly = analysis.throughput.as_ref()?;
    let recent = analysis.recent?;
    let answer = how_steady(analysis);
    let weeks = weekly.counts.len();
    let segments = analysis.weekly_behaviour();
    let last =
        segments.iter().flat_map(|segment| &segment.signals).filter(|signal| signal.at + NEWS >= weeks);
    let last = last.max_by_key(|signal| signal.at);
    let news = last.map(|signal| {
        let which = if signal.high { "more" } else { "less" };
        let from = say::date(weekly.week(signal.from));
        format!(" And the pace changed: {which} than is usual since the week of {from}, beyond noise.")
    });
    let slower = last.is_some_and(|signal| !signal.high);
    let change = desk.change("throughput");
    let is_other = change.as_deref().is_some_and(|said| said.starts_with("Changed"));
    let weight = match (slower, recent.against_chance) {
        (true, _) => Weight::Act,
        _ if is_other => Weight::Watch,
        (_, Chance::Burstier) => Weight::Watch,
        _ if last.is_some() || recent.most == 0 => Weight::Watch,
        _ => Weight::Calm,
    };
    let meaning = match (role, weight) {
        (Role::Cto, Weight::Calm) => "A steady cadence is what makes dates possible: protect it.",
        (Role::Cto, _) => {
            "The pace is not what it was: ask what happened to the team before asking the team to make up for it."
        }
        (Role::VpEngineering, Weight::Calm) => "Nothing to steer: the weeks differ by luck only.",
        (Role::VpEngineering, _) => {
            "Something acts on all of the work at once: people away, a release, a queue, a new project."
        }
        (Role::ProjectManager, Weight::Calm) => "Plan with the whole range of weeks, not with the mean.",
        (Role::ProjectManager, _) => {
            "Plans made with the older weeks are off: make them anew from the recent ones."
        }
        (Role::Stakeholder, _) => "A steady team can say when; one that comes in bursts can\u{2019}t yet.",
        _ => "It is the pace that plans are made of.",
    };
    let limits = segments.last().and_then(|segment| segment.limits);
    let from = weeks.saturating_sub(DRAWN);
    Some(Finding {
        id: "cadence",
        weight,
        number: answer.number,
        unit: answer.unit,
        fact: format!("{}{}", answer.sentence, news.unwrap_or_default()),
        meaning: meaning.to_owned(),
        change,
        picture: Some(Picture::Line {
            values: weekly.counts.iter().skip(from).map(|&count| f64::from(count)).collect(),
            middle: limits.map(|limits| limits.centre),
            limits: limits.map(|limits| (limits.lower_for_counts(), limits.upper)),
            top: None,
            ends: (
                say::date(weekly.week(from)),
                say::date(Analysis::week_end(weekly.week(weeks.saturating_sub(1)))),
            ),
        }),
        place: Place::Cadence(figures::BEHAVIOUR.id),
        question: match weight {
            Weight::Calm => "What keeps the pace steady, and what planned change could break it?".to_owned(),
            _ => "What happened when the pace changed, and is it over?".to_owned(),
        },
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
