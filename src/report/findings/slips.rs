//! Does the day by which all is done come nearer?

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::{Role, day_number};
use crate::report::Explanation;
use crate::report::forecast::{MOVED_OVER, TOLD, moves_in_words};
use crate::report::say;

pub static SLIPS: Source = Source { id: "slips", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let moves = analysis.moves()?;
    let weight = match moves {
        m if m >= 6.0 => Weight::Act,
        m if m >= 2.0 => Weight::Watch,
        _ => Weight::Calm,
    };
    let how = match moves {
        m if m >= 0.5 => format!("moves later by {} a week", moves_in_words(m)),
        m if m <= -0.5 => format!("comes sooner by {} a week", moves_in_words(m)),
        _ => "stays where it was".to_owned(),
    };
    let meaning = match (role, weight) {
        (_, Weight::Calm) => "What is said today will still hold next month, as far as the past tells.",
        (Role::Cto, _) => {
            "Work that never gets nearer to its end has a cause: look whether more comes in, or less gets done."
        }
        (Role::VpEngineering, _) => {
            "Either more comes in than the team can do, or the team has slowed: the Capacity page tells which."
        }
        (Role::ProductManager, _) => "What is added moves everything behind it: say what it may push back.",
        (Role::Stakeholder, _) => {
            "A day you were told some months ago is no longer the day: ask for it again."
        }
        _ => "Tell whoever plans with the old day, before they find out.",
    };
    let days: Vec<f64> = analysis
        .said()
        .iter()
        .filter_map(|said| Some(f64::from(day_number(said.done[TOLD]?) - day_number(said.on)) / 7.0))
        .collect();
    let (first, last) = (analysis.said().first()?, analysis.said().last()?);
    Some(Finding {
        id: "slips",
        topic: "the day that moves",
        weight,
        number: Some(moves_in_words(moves)).filter(|_| moves.abs() >= 0.5),
        unit: if moves > 0.0 { "later each week".to_owned() } else { "sooner each week".to_owned() },
        fact: format!("The day by which all open work is likely to be done {how}, over the last {MOVED_OVER}\u{a0}weeks."),
        meaning: meaning.to_owned(),
        picture: (days.len() > 2).then(|| Picture::Line {
            ends: (
                say::date(first.on),
                format!("{} weeks away on {}", say::decimal(days.last().copied().unwrap_or_default()), say::date(last.on)),
            ),
            values: days,
            middle: None,
            limits: None,
            top: None,
        }),
        place: Some(Place::Forecast("moved")),
        question: "What was added since we last said a day, and who asked for it?".to_owned(),
        explanation: Some(Explanation {
            definition: "What would have been said with 85\u{a0}% at the end of each week of the items that were open then, from their dates \
                         alone; the median of the slopes between any two weeks (Theil\u{2013}Sen). A day that stays as far ahead as ever moves by 7 days a week."
                .to_owned(),
            window: format!("The last {MOVED_OVER}\u{a0}weeks up to {}.", say::date(last.on)),
            items: format!("{} open on the last day.", say::items(last.open as usize)),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
