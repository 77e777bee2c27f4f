//! Per team: what comes in against what leaves, and how much is open.

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight};
use crate::model::Role;
use crate::report::capacity::{Advice, Part};
use crate::report::{Explanation, RECENT_WEEKS, Selection, say};

pub static TEAMS: Source = Source { id: "teams", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let groups = &analysis.basis.groups;
    if !groups.is_choice() || analysis.filter.team.is_some() {
        return None;
    }
    // A few weeks tell nothing of a balance.
    let is_team = |part: &&Part| {
        part.what == groups.by.name() && part.advice != Advice::CannotTell && part.came.is_some()
    };
    let teams: Vec<&Part> = analysis.capacity().parts.iter().filter(is_team).collect();
    if teams.len() < 2 {
        return None;
    }
    // Where all is well, only whoever sees to the teams asks for it.
    if role != Role::VpEngineering && teams.iter().all(|team| !team.grows) {
        return None;
    }
    let growing: Vec<&Part> = teams.iter().copied().filter(|team| team.grows).collect();
    let by = say::within(t!(groups.by.name()));
    let said = |team: &&Part| {
        let open = say::number(team.open());
        say!("“{}”: {} came in, {} left, {open} open", team.name, team.came_in, team.left)
    };
    let fact = match growing.as_slice() {
        [] => {
            let named: Vec<String> = teams.iter().take(4).map(said).collect();
            say!(
                "In no {by} does open work grow beyond noise, over up to {RECENT_WEEKS} weeks. {}.",
                named.join("; ")
            )
        }
        growing => {
            let named: Vec<String> = growing.iter().take(4).map(said).collect();
            say!(
                "More comes in than leaves, beyond noise, over up to {RECENT_WEEKS} weeks. {}.",
                named.join("; ")
            )
        }
    };
    let meaning = match (role, growing.is_empty()) {
        (Role::VpEngineering, false) => {
            t!("Here capacity and demand part. More people is one answer; less asked for is another.")
        }
        (Role::VpEngineering, true) => {
            t!("Nowhere is there evidence that a team is too small for what comes in.")
        }
        (Role::Cto, false) => t!("A part to look at first when you ask where the team must grow."),
        _ => t!("Each has its own balance."),
    };
    Some(Finding {
        id: "teams",
        topic: t!("the teams"),
        weight: if growing.is_empty() { Weight::Calm } else { Weight::Watch },
        number: (!growing.is_empty()).then(|| say::number(growing.len())),
        unit: match growing.len() {
            0 => String::new(),
            n => say!("of {} {} growing open work", teams.len(), if n == 1 { t!("has") } else { t!("have") }),
        },
        fact,
        meaning: meaning.to_owned(),
        picture: Some(Picture::Bars(
            teams
                .iter()
                .take(6)
                .map(|team| Bar {
                    name: team.name.clone(),
                    value: team.open() as f64,
                    says: say!("{} open", say::number(team.open())),
                })
                .collect(),
        )),
        place: Some(Place::Capacity("parts")),
        question: t!("Which of these should do less, and which needs help for a while?").to_owned(),
        explanation: Some(Explanation {
            definition: say!(
                "Items created against items finished or cancelled, for each {by}, in whole weeks. Growing is where the \
                 weekly means differ beyond noise (Welch), corrected for asking many teams (Benjamini–Hochberg at 10\u{a0}%). The picture is what is open \
                 now, in progress or not begun."
            ),
            window: say!("The last {RECENT_WEEKS} whole weeks, or as many as there are."),
            items: say!("The {} with the most items.", say::number(teams.len())),
            selection: Some(Selection::All),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
