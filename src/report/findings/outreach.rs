//! How the team is heard of outside, over a year.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::notebook::{OUTREACH as OUTREACH_FORM, Outreach};
use crate::model::{Date, Notebook, Role, days_between};
use crate::report::say;

pub static OUTREACH: Source = Source { id: "outreach", find };

/// Months of the last year, oldest first: the first day of each, and what there was in it.
pub fn outreach_year(notebook: &Notebook, today: Date) -> Vec<(Date, Vec<Outreach<'_>>)> {
    let this = today.first_of_month();
    let month = |back: i32| this.checked_sub(jiff::Span::new().try_months(back).ok()?).ok();
    let mut months: Vec<(Date, Vec<Outreach>)> =
        (0..12).rev().filter_map(month).map(|first| (first, Vec::new())).collect();
    for note in notebook.of(&OUTREACH_FORM).map(Outreach) {
        let Some(first) = note.date().map(Date::first_of_month) else { continue };
        if let Some((_, notes)) = months.iter_mut().find(|(month, _)| *month == first) {
            notes.push(note);
        }
    }
    months
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let all: Vec<Outreach> = desk.notebook.of(&OUTREACH_FORM).map(Outreach).collect();
    if all.is_empty() {
        return None;
    }
    let months = outreach_year(desk.notebook, desk.today);
    let n: usize = months.iter().map(|(_, notes)| notes.len()).sum();
    let past = all.iter().filter(|note| note.date().is_some_and(|day| day <= desk.today));
    let last = past.max_by_key(|note| note.date());
    let next = all
        .iter()
        .filter(|note| note.date().is_some_and(|day| day > desk.today))
        .min_by_key(|note| note.date());
    let since = last.and_then(|note| note.date()).map(|day| days_between(day, desk.today));
    let quiet = since.is_none_or(|days| days > 120) && next.is_none();
    let when = |note: &Outreach| note.date().map(say::date).unwrap_or_default();
    let mut said = Vec::new();
    said.extend(last.map(|note| say!("The last: {}, {}.", note.what(), when(note))));
    said.extend(next.map(|note| say!("Next: {}, {}.", note.what(), when(note))));
    let busy = months.iter().filter(|(_, notes)| !notes.is_empty()).count();
    let meaning = match (role, quiet) {
        (Role::Cto, true) => t!("People who have not heard of you for months do not apply."),
        (Role::Cto, false) => t!("Heard of now and then all year is worth more than one great week."),
        (Role::Engineer, _) => t!("If you have something to tell, ask: there is help with the first talk."),
        _ => t!("It is how good people hear of the team."),
    };
    Some(Finding {
        id: "outreach",
        topic: "outreach",
        weight: if quiet { Weight::Watch } else { Weight::Calm },
        number: Some(say::number(n)),
        unit: say!("in twelve months, in {} of them", say::number(busy)),
        fact: said.join(" "),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Line {
            values: months.iter().map(|(_, notes)| notes.len() as f64).collect(),
            middle: None,
            limits: None,
            top: None,
            ends: (
                months.first().map(|(month, _)| say::month(*month)).unwrap_or_default(),
                months.last().map(|(month, _)| say::month(*month)).unwrap_or_default(),
            ),
        }),
        place: Some(Place::Notebook(OUTREACH_FORM.id)),
        question: t!("What did we learn this year that others would like to hear?").to_owned(),
        ..Finding::default()
    })
}
