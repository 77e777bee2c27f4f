//! One's own work in progress, and when to ask for help. Nobody else sees it: it is made in this browser from
//! names that stay in this browser, is not printed and enters no agenda.

use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::{Need, Open};
use crate::model::Role;
use crate::report::{Explanation, Selection, open_item, say};

pub static MINE: Source = Source { id: "mine", find };

fn find(desk: &Desk, _: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let me = &analysis.counting().me;
    if me.is_empty() || !analysis.tells_progress {
        return None;
    }
    let is_mine = |open: &&Open| {
        let item = analysis.data.items.get(open.item);
        item.is_some_and(|item| item.owners.iter().any(|owner| me.contains(owner)))
    };
    let mine: Vec<&Open> = analysis.open().iter().filter(is_mine).collect();
    let Some(first) = mine.first() else {
        return Some(Finding {
            id: "mine",
            topic: t!("your work"),
            number: Some("0".to_owned()),
            unit: t!("items of yours are in progress").to_owned(),
            fact: if analysis.filter.is_set() {
                t!("Nothing of yours is in progress that the filter shows.").to_owned()
            } else {
                t!("Nothing of yours is in progress.").to_owned()
            },
            meaning: t!("Before you begin something, see whether a colleague is waiting for you.").to_owned(),
            place: Some(Place::InProgress("needs-help")),
            is_private: true,
            ..Finding::default()
        });
    };
    let needs_help = first.need <= Need::AtRisk;
    let told = mine.iter().filter(|open| !needs_help || open.need <= Need::AtRisk).take(3).map(|open| {
        let item = open_item(analysis, open);
        let name =
            if item.title.is_empty() { item.key.clone() } else { format!("{} ({})", item.title, item.key) };
        let age = if item.age.is_empty() { String::new() } else { say!(", {} old", item.age) };
        let chance = open.chance.zip(analysis.age_limit()).filter(|(chance, _)| *chance > 0.0);
        let chance = chance.map(|(chance, limit)| {
            say!(
                " Of work that came as far, {} was done within {}.",
                say::percent(chance),
                analysis.days(limit)
            )
        });
        format!("{name}{age}: {}{}", item.advice, chance.unwrap_or_default())
    });
    let told: Vec<String> = told.collect();
    let meaning = match (needs_help, first.need) {
        (true, _) => t!("This is a good moment to ask for help."),
        (false, Need::OnCourse) => t!("All of it is on its way."),
        (false, _) => t!("Nothing is late; keep an eye on the first."),
    };
    Some(Finding {
        id: "mine",
        topic: t!("your work"),
        weight: if needs_help { Weight::Act } else { Weight::Calm },
        number: Some(say::number(mine.len())),
        unit: if mine.len() == 1 { t!("item of yours is in progress") } else { t!("items of yours are in progress") }.to_owned(),
        fact: told.join(" "),
        meaning: meaning.to_owned(),
        place: Some(Place::Items),
        explanation: Some(Explanation {
            definition: t!("In progress and assigned to one of the names that you said are yours. They are kept in this browser \
                         only, and in no address.")
                .to_owned(),
            window: say!("At the end of {}.", say::date(analysis.as_of)),
            items: say!("{} in progress.", say::items(mine.len())),
            selection: Some(Selection::Listed(mine.iter().map(|open| open.item).collect())),
            left_out: Vec::new(),
        }),
        is_private: true,
        ..Finding::default()
    })
}
