//! Decisions that are still open: the trade-offs to be made.

use super::{Desk, Finding, Place, Source, Weight};
use crate::model::Role;
use crate::model::notebook::{DECISION, Decision};
use crate::order::InOrder;
use crate::report::say;

pub static DECISIONS: Source = Source { id: "decisions", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let mut open: Vec<Decision> =
        desk.notebook.of(&DECISION).map(Decision).filter(|decision| decision.is_open()).collect();
    open.order_by_key(|decision| (decision.date().is_none(), decision.date()));
    let first = open.first()?;
    let is_due = first.date().is_some_and(|day| day <= desk.today);
    let by = match (first.date(), is_due) {
        (Some(day), true) => say!(" It was to be decided by {}.", say::date(day)),
        (Some(day), false) => say!(" To be decided by {}.", say::date(day)),
        (None, _) => String::new(),
    };
    let who = match first.who() {
        "" => t!(" Nobody is named who decides.").to_owned(),
        who => say!(" By: {who}."),
    };
    let options: Vec<String> = first.options().map(str::to_owned).collect();
    let options = match options.as_slice() {
        [] | [_] => String::new(),
        options => say!(" Options: {}.", options.join("; ")),
    };
    let meaning = match role {
        Role::Cto => t!("Until it is made, people build for either way."),
        Role::ProductManager => t!("Say what you would give up for it: that is what makes it a decision."),
        Role::Engineer => t!("If you know what one of the options costs, say it before it is chosen."),
        _ => t!("Work that rests on it waits, or guesses."),
    };
    Some(Finding {
        id: "decisions",
        topic: t!("open decisions"),
        weight: if is_due { Weight::Act } else { Weight::Watch },
        number: Some(say::number(open.len())),
        unit: if open.len() == 1 { t!("decision is open") } else { t!("decisions are open") }.to_owned(),
        fact: format!("{}{options}{by}{who}", first.question()),
        meaning: meaning.to_owned(),
        place: Some(Place::Notebook(DECISION.id)),
        question: say!("What is missing to decide: {}", first.question()),
        ..Finding::default()
    })
}
