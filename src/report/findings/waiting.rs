//! How much of its time work waits, and where.

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::model::Role;
use crate::order::InOrder;
use crate::report::figures::EFFICIENCY;
use crate::report::home::window;
use crate::report::{Explanation, say};

pub static WAITING: Source = Source { id: "waiting", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let stages = analysis.stages();
    let share = stages.efficiency.share().filter(|_| stages.efficiency.items >= 20)?;
    let workflow = analysis.workflow();
    let mut waits: Vec<(&str, f64)> = stages
        .time_in_stages
        .iter()
        .filter_map(|time| {
            let column = workflow.columns.get(time.column)?;
            column.waits.then_some((column.name.as_str(), time.total()))
        })
        .filter(|(_, total)| *total > 0.0)
        .collect();
    waits.order_by(|a, b| b.1.total_cmp(&a.1));
    let most = match waits.first() {
        Some((name, _)) => say!(" It waits longest in “{name}”."),
        None => String::new(),
    };
    let meaning = match role {
        Role::Cto => t!("Work that waits needs no more people: it needs somebody to pick it up."),
        Role::VpEngineering => {
            t!("Shortening the wait is the cheapest way to be faster: no one has to work harder.")
        }
        Role::Engineer => t!("Before beginning something new, see whether a colleague is waiting for you."),
        Role::ProductManager => t!("Part of the wait may be for a word of yours."),
        _ => t!("The time is not spent on the work alone."),
    };
    Some(Finding {
        id: "waiting",
        topic: "waiting",
        weight: if share < 0.5 { Weight::Watch } else { Weight::Calm },
        number: Some(say::percent(1.0 - share)),
        unit: t!("of its time, work waits or is blocked").to_owned(),
        fact: format!("{}{most}", over(&EFFICIENCY, analysis)?),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Parts(vec![
            (t!("worked on").to_owned(), share),
            (t!("waits or is blocked").to_owned(), 1.0 - share),
        ])),
        place: Some(Place::CycleTime(EFFICIENCY.id)),
        question: t!("What does work wait for there, and who could look sooner?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("Flow efficiency is the time in stages that are worked in, not blocked, ÷ cycle time; what is \
                         left is waiting. Which stages wait is said under Data.")
                .to_owned(),
            window: window(analysis),
            items: say!("{} finished, with a history of both ends.", say::items(stages.efficiency.items)),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
