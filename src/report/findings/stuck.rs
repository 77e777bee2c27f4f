//! What does not move: blocked, or long in one place.

use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::Need;
use crate::model::Role;
use crate::report::home::window;
use crate::report::{Explanation, Selection, open_item, say};

pub static STUCK: Source = Source { id: "stuck", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    if desk.open_is_unclear() {
        return None;
    }
    let stuck: Vec<_> = analysis.open().iter().filter(|open| open.blocked || open.stale).collect();
    let first = stuck.first()?;
    let blocked = stuck.iter().filter(|open| open.blocked).count();
    let named: Vec<String> = stuck
        .iter()
        .take(3)
        .map(|open| {
            let item = open_item(analysis, open);
            let name = if item.title.is_empty() {
                item.key.clone()
            } else {
                format!("{} ({})", item.title, item.key)
            };
            let whereabouts =
                if item.status.is_empty() { String::new() } else { format!(", {}", item.status) };
            let age = if item.age.is_empty() { String::new() } else { say!(", {} old", item.age) };
            format!("{name}{whereabouts}{age}")
        })
        .collect();
    let more = match stuck.len().saturating_sub(named.len()) {
        0 => String::new(),
        n => say!("; and {} more", say::number(n)),
    };
    let meaning = match role {
        Role::VpEngineering => {
            t!("Clearing one costs a conversation; leaving it costs every item behind it.")
        }
        Role::Cto => t!("What it waits for is often outside the team: that is where you can help."),
        Role::ProjectManager => t!("Find out today what each waits for, and from whom."),
        Role::Engineer => t!("If you know what one of them waits for, say it where others can see it."),
        _ => t!("These will not come by themselves."),
    };
    Some(Finding {
        id: "stuck",
        topic: t!("stuck work"),
        weight: if first.need <= Need::Blocked { Weight::Act } else { Weight::Watch },
        number: Some(say::number(stuck.len())),
        unit: match blocked {
            0 if stuck.len() == 1 => t!("that has not moved for long").to_owned(),
            0 => t!("that have not moved for long").to_owned(),
            n if n == stuck.len() => t!("blocked").to_owned(),
            n => say!("that do not move, {} of them blocked", say::number(n)),
        },
        fact: say!("Blocked, or not moved for long: {}{more}.", named.join("; ")),
        meaning: meaning.to_owned(),
        place: Some(Place::Items),
        question: t!("What does each blocked or stuck item wait for, and who can ask for it?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("In progress and flagged as blocked, or in one status for longer than 85\u{a0}% of stays there \
                         took and for a week at least.")
                .to_owned(),
            window: window(analysis),
            items: say!("{} in progress.", say::items(analysis.open().len())),
            selection: Some(Selection::Listed(stuck.iter().map(|open| open.item).collect())),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
