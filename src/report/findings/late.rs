//! What is in progress for longer than it should be.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::Role;
use crate::report::home::how_open;
use crate::report::say;

pub static LATE: Source = Source { id: "late", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let limit = analysis.age_limit()?;
    let aged = analysis.ages.distribution.n();
    if aged == 0 {
        return None;
    }
    let late = analysis.late(limit);
    // Work that takes long is in progress for long, so more of what is open is late than of what gets finished.
    let weight = match late {
        0 => Weight::Calm,
        n if n * 4 >= aged => Weight::Act,
        _ => Weight::Watch,
    };
    let answer = how_open(&analysis.data, analysis);
    let meaning = match (role, late) {
        (_, 0) => "Nothing open has outgrown what work usually takes.",
        (Role::Cto, _) => "This is where the next missed date comes from; each has a reason one can ask for.",
        (Role::VpEngineering, _) => {
            "Finish these before anything new is begun: each one makes the others later."
        }
        (Role::ProjectManager, _) => "Tell whoever waits for them now, not on the day.",
        (Role::Engineer, _) => "If you have an hour to give, these need it more than the next ticket.",
        (Role::ProductManager, _) => "Some may be worth splitting: what of each is needed first?",
        (Role::Stakeholder, _) => "They will come later than usual; ask about the one you wait for.",
    };
    Some(Finding {
        id: "late",
        weight,
        number: Some(say::number(late)),
        unit: format!("of {} in progress as old as {}, or older", say::items(aged), analysis.days(limit)),
        fact: answer.sentence,
        meaning: meaning.to_owned(),
        change: None,
        picture: Some(Picture::Ages {
            ages: analysis.ages.distribution.values().iter().map(|days| f64::from(days.0)).collect(),
            limit: Some(f64::from(limit.0)),
        }),
        place: Place::InProgress("aging"),
        question: "Which of the oldest do we finish, split or stop?".to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
