//! Risks of the notebook: the heaviest, and those that nobody has looked at for long.

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight};
use crate::model::Role;
use crate::model::notebook::{RISK, Risk};
use crate::order::InOrder;
use crate::report::{Explanation, say};

pub static RISKS: Source = Source { id: "risks", find };

/// From here on a risk is heavy: as likely and as bad as the middle of the scale and one step more.
const HEAVY: u8 = 12;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let mut open: Vec<(Risk, bool)> = desk
        .notebook
        .of(&RISK)
        .map(Risk)
        .filter(|risk| risk.is_open())
        .map(|risk| (risk, risk.is_due(desk.today, desk.changed_on(risk.0))))
        .collect();
    open.order_by_key(|(risk, is_due)| (std::cmp::Reverse(risk.weight()), !is_due));
    let (heaviest, _) = open.first()?;
    let due: Vec<&Risk> = open.iter().filter(|(_, is_due)| *is_due).map(|(risk, _)| risk).collect();
    let heavy = open.iter().filter(|(risk, _)| risk.weight() >= HEAVY).count();
    let of = |risk: &Risk| match risk.project() {
        "" => String::new(),
        project => format!(" ({project})"),
    };
    let sees = match heaviest.owner() {
        "" => t!(" Nobody is named who sees to it.").to_owned(),
        owner => say!(" {owner} sees to it."),
    };
    let overdue = match due.as_slice() {
        [] => String::new(),
        [one] => say!(" It is time to look again at “{}”.", one.what()),
        [one, rest @ ..] => {
            say!(" It is time to look again at “{}” and {} more.", one.what(), say::number(rest.len()))
        }
    };
    let meaning = match (role, due.is_empty()) {
        (_, false) => t!("A risk that is only written down is no smaller: look at it again, or let it go."),
        (Role::Cto, _) => t!("What would you want to have done about it, if it came true next month?"),
        (Role::ProductManager, _) => t!("It belongs into what you promise, and when."),
        (Role::ProjectManager, _) => t!("Dates that it would break should say so."),
        _ => t!("If you know something about it, its owner wants to hear it."),
    };
    // What nobody has judged has no weight to draw.
    let scored: Vec<Bar> = open
        .iter()
        .filter_map(|(risk, _)| {
            let (chance, effect) = risk.chance().zip(risk.effect())?;
            Some(Bar {
                name: risk.what().to_owned(),
                value: f64::from(chance * effect),
                says: format!("{chance} × {effect}"),
            })
        })
        .take(5)
        .collect();
    Some(Finding {
        id: "risks",
        topic: "risks",
        weight: match (due.is_empty(), heavy) {
            (false, _) => Weight::Act,
            (true, 1..) => Weight::Watch,
            _ => Weight::Calm,
        },
        number: Some(say::number(open.len())),
        unit: say!(
            "{} open{}",
            if open.len() == 1 { t!("risk") } else { t!("risks") },
            if due.is_empty() {
                String::new()
            } else {
                say!(", {} to be looked at again", say::number(due.len()))
            }
        ),
        fact: say!("The heaviest: {}{}.{sees}{overdue}", heaviest.what(), of(heaviest)),
        meaning: meaning.to_owned(),
        picture: (!scored.is_empty()).then_some(Picture::Bars(scored)),
        place: Some(Place::Notebook(RISK.id)),
        question: say!("What do we do about “{}” before it happens?", heaviest.what()),
        explanation: Some(Explanation {
            definition: t!("Open are risks that are neither gone nor come true. Their order, and the bars, are chance × effect, each \
                         from 1 to 5: an order to look at them in, not a measure. To be looked at again is what has reached \
                         its day, or without one has not changed for 90 days.")
                .to_owned(),
            window: say!("On {}.", say::date(desk.today)),
            items: say!("{} in the notebook.", say::counted(open.len(), t!("open risk"), t!("open risks"))),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
