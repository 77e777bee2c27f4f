//! Will the roadmap keep its target dates?

use super::{Desk, Finding, Place, Source, Weight};
use crate::model::Role;
use crate::report::forecast::{Leg, day_or_never, moved_in_words, roadmap_in_words};
use crate::report::{Explanation, say};

pub static ROADMAP: Source = Source { id: "roadmap", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    analysis.forecaster()?;
    let map = desk.roadmap()?;
    let ahead: Vec<&Leg> = map.legs.iter().filter(|leg| leg.items.1 > 0).collect();
    let first = *ahead.first()?;
    let worst = ahead
        .iter()
        .filter(|leg| leg.chance.is_some())
        .min_by(|a, b| a.chance.unwrap_or(1.0).total_cmp(&b.chance.unwrap_or(1.0)));
    let weight = match worst.and_then(|leg| leg.chance) {
        Some(chance) if chance < 0.5 => Weight::Act,
        Some(chance) if chance < 0.85 => Weight::Watch,
        _ => Weight::Calm,
    };
    let several = ahead.iter().filter(|leg| leg.chance.is_some()).count() > 1;
    let says = match worst {
        Some(leg) if !several => say!(
            "{}: {} with 85\u{a0}%{}.",
            roadmap_in_words(map),
            day_or_never(leg.done[1]),
            leg.moved
                .filter(|moved| *moved != 0)
                .map(|moved| format!(", {}", moved_in_words(moved)))
                .unwrap_or_default()
        ),
        Some(leg) => say!(
            "{}. “{}” is the least likely: {} by {}, and {} with 85\u{a0}%{}.",
            roadmap_in_words(map),
            leg.name,
            leg.chance.map(say::chance).unwrap_or_default(),
            leg.target.map(say::date).unwrap_or_default(),
            day_or_never(leg.done[1]),
            leg.moved
                .filter(|moved| *moved != 0)
                .map(|moved| format!(", {}", moved_in_words(moved)))
                .unwrap_or_default()
        ),
        None => say!(
            "{}. “{}” comes first, by {} with 85\u{a0}%.",
            roadmap_in_words(map),
            first.name,
            day_or_never(first.done[1])
        ),
    };
    let share = match map.share {
        share if share < 0.995 => say!(
            " That is if {} of the team\u{2019}s work goes to it, {}.",
            say::percent(share),
            if map.share_said { t!("as was said") } else { t!("as lately") }
        ),
        _ => match map.measured_share {
            Some(lately) if lately < 0.9 => say!(
                " That is if all of the team\u{2019}s work goes to it; lately it was {}.",
                say::percent(lately)
            ),
            _ => String::new(),
        },
    };
    let meaning = match (role, weight) {
        (_, Weight::Calm) => t!("The dates can be told as they stand."),
        (Role::Cto, _) => t!("Decide now what gives: the order, the scope or the date."),
        (Role::ProductManager, _) => t!("Which half of it is worth keeping the date for?"),
        (Role::ProjectManager, _) => t!("Tell those who plan with the date what its chance is."),
        (Role::Stakeholder, _) => t!("Ask which of these dates matters most to you, and say so."),
        _ => t!("The order decides what is late: make it a choice."),
    };
    let shown = worst.copied().unwrap_or(first);
    let (number, unit) = match shown.chance {
        Some(chance) => {
            (Some(say::chance(chance)), say!("for “{}” to be done by its target date", shown.name))
        }
        None => (shown.done[1].map(say::date), say!("“{}”, 85\u{a0}% sure", shown.name)),
    };
    Some(Finding {
        id: "roadmap",
        topic: t!("the roadmap"),
        weight,
        number,
        unit,
        fact: format!("{says}{share}"),
        meaning: meaning.to_owned(),
        place: Some(Place::Roadmap),
        question: t!("Which target date would we move first, and whom would we tell?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("The projects of the roadmap done in order by what the team is likely to finish, in up to 10,000 drawn futures; the chance that several dates are kept is \
                         counted in the same futures, for one team does them all.")
                .to_owned(),
            window: say!("From {} on.", say::date(analysis.as_of)),
            items: say!("{} with work still to do.", say::counted(ahead.len(), "project", "projects")),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
