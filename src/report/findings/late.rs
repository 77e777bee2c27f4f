//! What is in progress for longer than it should be.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::Role;
use crate::order::InOrder;
use crate::report::home::how_open;
use crate::report::{Explanation, Selection, say};

pub static LATE: Source = Source { id: "late", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    // Where most of it is in a status that nobody has explained, age is a guess (see `meanings`).
    if desk.open_is_unclear() {
        return None;
    }
    let aged = analysis.ages.distribution.n();
    let open = analysis.counts.in_progress;
    if aged == 0 {
        return (open > 0 && analysis.tells_progress).then(|| unaged(desk, open));
    }
    let limit = analysis.age_limit()?;
    let late = analysis.late(limit);
    // Work that takes long is in progress for long, so more of what is open is late than of what gets finished.
    let weight = match late {
        0 => Weight::Calm,
        3.. if late * 4 >= aged => Weight::Act,
        _ => Weight::Watch,
    };
    let items = analysis.ages.timed.iter().filter(|timed| timed.days >= limit);
    let mut items: Vec<_> = items.map(|timed| (std::cmp::Reverse(timed.days), timed.item)).collect();
    items.order();
    let answer = how_open(&analysis.data, analysis);
    let meaning = match (role, late) {
        (_, 0) => t!("Nothing that is open has reached that age."),
        (Role::Cto, _) => t!("This is where the next missed date comes from: ask for the reason."),
        (Role::VpEngineering, _) => {
            t!("Finish what is late before anything new is begun: it makes all else later.")
        }
        (Role::ProjectManager, _) => t!("Tell whoever waits now, not on the day."),
        (Role::Engineer, _) => {
            t!("If you have an hour to give, it is needed here more than in the next ticket.")
        }
        (Role::ProductManager, _) => t!("See whether it can be split: what is needed first?"),
        (Role::Stakeholder, _) => t!("What is late comes later than usual: ask, if you wait for it."),
    };
    Some(Finding {
        id: "late",
        topic: t!("late work"),
        weight,
        number: Some(say::number(late)),
        unit: say!(
            "of {} in progress{} {} old or more",
            say::items(aged),
            if aged < open { t!(" with a start date") } else { "" },
            analysis.days(limit)
        ),
        fact: answer.sentence,
        meaning: meaning.to_owned(),
        change: None,
        picture: Some(Picture::Ages {
            ages: analysis.ages.distribution.values().iter().map(|days| f64::from(days.0)).collect(),
            limit: Some(f64::from(limit.0)),
            unit: analysis.calendar().unit(),
        }),
        place: Some(if late > 0 { Place::Items } else { Place::InProgress("aging") }),
        question: t!("Which of the oldest do we finish, split or stop?").to_owned(),
        explanation: Some(Explanation {
            selection: Some(match late {
                0 => Selection::InProgress(analysis.as_of),
                _ => Selection::Listed(items.into_iter().map(|(_, item)| item).collect()),
            }),
            items: say!("{} in progress, {} of them late.", say::items(aged), say::number(late)),
            ..answer.explanation
        }),
        ..Finding::default()
    })
}

/// In progress, and nobody can tell since when.
fn unaged(desk: &Desk, open: usize) -> Finding {
    let answer = how_open(&desk.analysis.data, desk.analysis);
    Finding {
        id: "late",
        topic: t!("work of unknown age"),
        weight: Weight::Watch,
        number: Some(say::number(open)),
        unit: t!("in progress, and nobody can tell since when").to_owned(),
        fact: say!("{} in progress, and the data does not say since when.", say::items(open)),
        meaning: t!("What is old among them can only be told by asking; an export with start dates or a history would tell.")
            .to_owned(),
        place: Some(Place::Items),
        question: t!("Which of what is in progress has been so for longest?").to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    }
}
