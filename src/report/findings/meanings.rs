//! Statuses whose meaning nobody has said, where so much is in them that other findings would be guesses.

use super::{Desk, Finding, Place, Source, Weight};
use crate::model::{Meaning, Role};
use crate::order::InOrder;
use crate::report::say;

pub static MEANINGS: Source = Source { id: "meanings", find };

fn find(desk: &Desk, _: Role) -> Option<Finding> {
    if !desk.open_is_unclear() {
        return None;
    }
    let data = &desk.analysis.basis.data;
    let mut unknown: Vec<Meaning<_>> =
        Meaning::of_statuses(data).into_iter().filter(|meaning| meaning.taken_for.is_none()).collect();
    unknown.order_by_key(|meaning| std::cmp::Reverse(meaning.items));
    let first = unknown.first()?;
    Some(Finding {
        id: "meanings",
        topic: t!("a status nobody has explained"),
        weight: Weight::Act,
        number: Some(say::number(first.items)),
        unit: say!("items in “{}”, and nobody has said what that means", first.word),
        fact: say!(
            "Most of what counts as in progress is in a status whose meaning is not known, “{}” above all. So what is late, \
             stuck or too much can\u{2019}t be told.",
            first.word
        ),
        meaning: t!("Say once under Data whether it is not begun, in progress, done or cancelled; every number follows.").to_owned(),
        place: Some(Place::Data("statuses")),
        question: say!("What does “{}” mean to us?", first.word),
        ..Finding::default()
    })
}
