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
    if me.is_empty() {
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
            number: Some("0".to_owned()),
            unit: "items of yours are in progress".to_owned(),
            fact: "Nothing of yours is in progress.".to_owned(),
            meaning: "Before you begin something, see whether something of another waits for you.".to_owned(),
            place: Place::InProgress("needs-help"),
            is_private: true,
            ..Finding::default()
        });
    };
    let item = open_item(analysis, first);
    let name =
        if item.title.is_empty() { item.key.clone() } else { format!("{} ({})", item.title, item.key) };
    let chance = first.chance.zip(analysis.age_limit()).map(|(chance, limit)| {
        format!(
            " Of work that came as far, {} was done within {}.",
            say::percent(chance),
            analysis.days(limit)
        )
    });
    let needs_help = first.need <= Need::AtRisk;
    let meaning = match (needs_help, mine.len()) {
        (true, _) => {
            "This is a good moment to ask for help: at that age others were glad they did. Only you see this."
        }
        (false, 1) => "It is on its way. Only you see this.",
        (false, _) => {
            "All of it is on its way; finishing one before the next makes each of them sooner. Only you see this."
        }
    };
    Some(Finding {
        id: "mine",
        weight: if needs_help { Weight::Act } else { Weight::Calm },
        number: Some(say::number(mine.len())),
        unit: if mine.len() == 1 { "item of yours is in progress" } else { "items of yours are in progress" }.to_owned(),
        fact: format!("{name}: {}{}", item.advice, chance.unwrap_or_default()),
        meaning: meaning.to_owned(),
        place: Place::InProgress("needs-help"),
        explanation: Some(Explanation {
            definition: "In progress and assigned to one of the names that you said are yours. They are kept in this browser \
                         only, and in no address."
                .to_owned(),
            window: format!("At the end of {}.", say::date(analysis.as_of)),
            items: format!("{} in progress.", say::items(mine.len())),
            selection: Some(Selection::Listed(mine.iter().map(|open| open.item).collect())),
            left_out: Vec::new(),
        }),
        is_private: true,
        ..Finding::default()
    })
}
