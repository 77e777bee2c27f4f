//! How long does work take?

use super::{Desk, Finding, Place, Source, Weight};
use crate::model::Role;
use crate::report::Measure;
use crate::report::home::how_long;

pub static DURATION: Source = Source { id: "duration", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let answer = how_long(desk.analysis);
    let number = answer.number?;
    let lead = desk.analysis.durations().is_some_and(|(measure, _)| measure == Measure::Lead);
    let meaning = match (role, lead) {
        (Role::ProductManager, true) => "This is what somebody waits who asks for something now.",
        (Role::ProductManager, false) => {
            "It begins when work begins: the wait before that comes on top for whoever asked."
        }
        (Role::ProjectManager, _) => "Give dates by this number and its share, not by the average.",
        (Role::Engineer, _) => "If yours takes longer than this, it is one of the hard ones: say so early.",
        (Role::Stakeholder, _) => "Half of the work is much quicker; plan by this number all the same.",
        _ => "It holds for work of any size as it comes here: smaller pieces make it smaller.",
    };
    let change = desk.change("percentile").or_else(|| desk.change("median"));
    let is_slower = change.as_deref().is_some_and(|said| said.starts_with("Changed"));
    Some(Finding {
        id: "duration",
        weight: if is_slower { Weight::Watch } else { Weight::Calm },
        number: Some(number),
        unit: answer.unit,
        fact: answer.sentence,
        meaning: meaning.to_owned(),
        change,
        place: Place::CycleTime("durations"),
        question: "Which part of that time does nobody work on it, and what would take it away?".to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
