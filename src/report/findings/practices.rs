//! Practice checks: which systems are hard to work on, and which way it goes.

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight};
use crate::model::notebook::{PRACTICE, Practice};
use crate::model::{Notebook, Role};
use crate::order::InOrder;
use crate::report::{Explanation, say};

pub static PRACTICES: Source = Source { id: "practices", find };

/// A system with its checks, oldest first.
pub struct System<'a> {
    pub name: &'a str,
    pub checks: Vec<Practice<'a>>,
}

impl System<'_> {
    fn last_mean(&self) -> f64 {
        self.checks.last().and_then(|check| check.mean()).unwrap_or_default()
    }

    /// The last check's mean minus that of the one before it.
    pub fn trend(&self) -> Option<f64> {
        let [.., before, last] = self.checks.as_slice() else { return None };
        Some(last.mean()? - before.mean()?)
    }
}

/// The systems that were ever checked, the hardest to work on first.
pub fn systems(notebook: &Notebook) -> Vec<System<'_>> {
    let mut systems: Vec<System> = Vec::new();
    let mut checks: Vec<Practice> =
        notebook.of(&PRACTICE).map(Practice).filter(|check| check.mean().is_some()).collect();
    checks.order_by_key(|check| check.date());
    for check in checks {
        match systems.iter_mut().find(|system| system.name == check.system()) {
            Some(system) => system.checks.push(check),
            None => systems.push(System { name: check.system(), checks: vec![check] }),
        }
    }
    systems.order_by(|a, b| a.last_mean().total_cmp(&b.last_mean()));
    systems
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let systems = systems(desk.notebook);
    let hardest = systems.first()?;
    let last = hardest.checks.last()?;
    let (what, least) = last.answers()?.into_iter().min_by_key(|(_, level)| *level)?;
    let what = PRACTICE.field(what).map_or(what, |field| t!(field.label));
    let trend = match hardest.trend() {
        Some(change) if change > 0.0 => t!(" Over all three questions it was worse the time before."),
        Some(change) if change < 0.0 => t!(" Over all three questions it was better the time before."),
        Some(_) => t!(" Over all three questions it is as the time before."),
        None => "",
    };
    let on = last.date().map(|day| say!(" on {}", say::date(day))).unwrap_or_default();
    let falls: Vec<String> = systems
        .iter()
        .skip(1)
        .filter(|system| system.trend().is_some_and(|change| change < 0.0))
        .map(|system| say::quoted(system.name))
        .collect();
    let falls = match falls.as_slice() {
        [] => String::new(),
        falls => say!(" Worse than the time before: {}.", say::and(falls)),
    };
    let worse = hardest.trend().is_some_and(|change| change < 0.0) || !falls.is_empty();
    let meaning = match role {
        Role::Cto => t!("What only two people understand is a risk like any other."),
        Role::Engineer => t!("An hour on this saves the next one a day."),
        Role::VpEngineering => t!("Whoever joins or stands in will need it: plan the time."),
        _ => t!("It tells how long a newcomer needs."),
    };
    Some(Finding {
        id: "practices",
        topic: "practices",
        weight: if hardest.last_mean() < 2.5 || worse { Weight::Watch } else { Weight::Calm },
        number: Some(say::decimal(hardest.last_mean())),
        unit: say!(
            "of 5 for “{}”, the lowest of {}",
            hardest.name,
            say::counted(systems.len(), "system", "systems")
        ),
        fact: say!("“{}” got {least} of 5 for “{what}”{on}.{trend}{falls}", hardest.name),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Bars(
            systems
                .iter()
                .take(6)
                .map(|system| Bar {
                    name: system.name.to_owned(),
                    value: system.last_mean(),
                    says: say::decimal(system.last_mean()),
                })
                .collect(),
        )),
        place: Some(Place::Notebook(PRACTICE.id)),
        question: say!("What one thing would make “{}” easier for a newcomer?", hardest.name),
        explanation: Some(Explanation {
            definition: t!(
                "The mean of the three answers, each from 1 to 5, at a system\u{2019}s last check."
            )
            .to_owned(),
            window: t!("Each system\u{2019}s last check, whenever it was.").to_owned(),
            items: format!("{}.", say::counted(systems.len(), "system", "systems")),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
