//! Does the day by which all is done come nearer?

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::{Role, day_number};
use crate::report::Explanation;
use crate::report::forecast::{MOVED_OVER, TOLD, direction, moves_in_words};
use crate::report::say;

pub static SLIPS: Source = Source { id: "slips", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    // Of a goal that somebody asked for on another page a role is not told.
    let moves = analysis.moves().filter(|_| analysis.filter.items.is_none())?;
    let weight = match moves {
        m if m >= 6.5 => Weight::Act,
        m if m >= 2.0 => Weight::Watch,
        _ => Weight::Calm,
    };
    let how = match direction(moves) {
        "" => t!("stays where it was").to_owned(),
        "later" => say!("moves later by {} a week", moves_in_words(moves)),
        _ => say!("comes sooner by {} a week", moves_in_words(moves)),
    };
    let meaning = match (role, weight) {
        (_, Weight::Calm) => t!("What is said today will still hold next month, as far as the past tells."),
        (Role::Cto, _) => {
            t!(
                "The end of the list does not come nearer: it is kept as long as it is by what is added, or by less that gets done."
            )
        }
        (Role::VpEngineering, _) => {
            t!(
                "As much comes in as gets done, or the pace has changed: Cadence and Capacity show which, as far as it can be told."
            )
        }
        (Role::ProductManager, _) => {
            t!("What is added moves everything behind it: say what it may push back.")
        }
        (Role::Stakeholder, _) => {
            t!("A day you were told some months ago is no longer the day: ask for it again.")
        }
        _ => t!("Tell whoever plans with the old day, before they find out."),
    };
    let days: Vec<f64> = analysis
        .said()
        .iter()
        .filter_map(|said| Some(f64::from(day_number(said.done[TOLD]?) - day_number(said.on)) / 7.0))
        .collect();
    let (first, last) = (analysis.said().first()?, analysis.said().last()?);
    Some(Finding {
        id: "slips",
        topic: t!("the day that moves"),
        weight,
        number: Some(moves_in_words(moves)).filter(|_| moves.abs() >= 0.5),
        unit: say!("{} each week", t!(direction(moves))).trim_start().to_owned(),
        fact: say!("The day by which all open work is likely to be done {how}, over the last {MOVED_OVER}\u{a0}weeks."),
        meaning: meaning.to_owned(),
        picture: (days.len() > 2).then(|| Picture::Line {
            ends: (
                say::date(first.on),
                say!("now {} weeks", say::decimal(days.last().copied().unwrap_or_default())),
            ),
            values: days,
            middle: None,
            limits: None,
            top: None,
        }),
        place: Some(Place::Forecast("moved")),
        question: t!("What was added since we last said a day, and who asked for it?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("What would have been said with 85\u{a0}% of the items that were open then, from their dates alone: the day of now less that \
                         of 12 weeks before, for each week between. A day that stays as far ahead as ever moves by 7 days a week.")
                .to_owned(),
            window: say!("The last {MOVED_OVER}\u{a0}weeks up to {}.", say::date(last.on)),
            items: say!("{} open on the last day.", say::items(last.open as usize)),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
