//! Are there items that take many times as long as the middle one?

use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::predictability::tail;

pub static TAIL: Source = Source { id: "tail", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let (_, durations) = desk.analysis.durations()?;
    let d = &durations.distribution;
    let ratio = d.tail_ratio().filter(|_| d.n() >= 50)?;
    let middle = d.percentile(50)?;
    // From a day on, any wait makes a great ratio.
    if ratio <= Distribution::FAT_TAIL || middle.0 < 3 {
        return None;
    }
    let answer = tail(desk.analysis);
    let meaning = match role {
        Role::Cto => {
            t!(
                "Some work is of another kind than the rest and looks alike at its start. Where it comes from is \
                      the most useful thing to find out."
            )
        }
        Role::VpEngineering => t!("Averages say nothing here: watch the ages of what is open instead."),
        Role::ProjectManager => {
            t!("A single item may break a plan: keep an eye on the oldest, and split early.")
        }
        _ => t!("One item in fifty takes very much longer than one would think."),
    };
    Some(Finding {
        id: "tail",
        topic: t!("the long tail"),
        weight: Weight::Watch,
        number: answer.number,
        unit: answer.unit,
        fact: answer.sentence,
        meaning: meaning.to_owned(),
        place: Some(Place::CycleTime("durations")),
        question: t!("What did the longest have in common that we could have seen at the start?").to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
