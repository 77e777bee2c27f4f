//! Per team: what comes in against what leaves, and how much is open.

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::{Dates, State, change, discoveries, flow};
use crate::model::Role;
use crate::report::{Explanation, RECENT_WEEKS, Selection, say};

pub static TEAMS: Source = Source { id: "teams", find };

/// At most so many teams, those with the most items.
const MOST: usize = 12;

struct Team<'a> {
    name: &'a str,
    came: u32,
    went: u32,
    open: usize,
    grows: bool,
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let groups = &analysis.basis.groups;
    if !groups.is_choice() || analysis.filter.team.is_some() {
        return None;
    }
    if analysis.dates.iter().all(|dates| dates.created.is_none()) {
        return None;
    }
    let names: Vec<&str> = groups
        .names
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !name.is_empty())
        .take(MOST)
        .collect();
    let mut by_team: Vec<Vec<Dates>> = vec![Vec::new(); names.len()];
    for (item, dates) in analysis.data.items.iter().zip(analysis.dates.iter()) {
        let of = groups.of_item(item);
        if let Some(team) = names.iter().position(|name| *name == of).and_then(|at| by_team.get_mut(at)) {
            team.push(*dates);
        }
    }
    let mut teams = Vec::new();
    let mut chances = Vec::new();
    for (name, dates) in names.iter().zip(&by_team) {
        let Some(flow) = flow(dates, analysis.window, analysis.calendar()) else { continue };
        let weeks = flow.weeks().min(RECENT_WEEKS);
        // A few weeks tell nothing of a balance.
        if weeks < 4 {
            continue;
        }
        let last = |counts: &[u32]| counts[counts.len() - weeks..].to_vec();
        let (came, went) = (last(&flow.arrived), last(&flow.departed));
        let change = change::of_means(&went, &came);
        let open = dates
            .iter()
            .filter(|dates| matches!(dates.state_on(analysis.as_of), State::InProgress | State::NotStarted))
            .count();
        chances.push(
            change.map_or(1.0, |change| if change.now > change.before { change.chance() } else { 1.0 }),
        );
        teams.push(Team { name, came: came.iter().sum(), went: went.iter().sum(), open, grows: false });
    }
    // Many are asked, so each needs more evidence than one alone.
    for (team, grows) in teams.iter_mut().zip(discoveries(&chances, 0.1)) {
        team.grows = grows;
    }
    if teams.len() < 2 {
        return None;
    }
    // Where all is well, only whoever sees to the teams asks for it.
    if role != Role::VpEngineering && teams.iter().all(|team| !team.grows) {
        return None;
    }
    let growing: Vec<&Team> = teams.iter().filter(|team| team.grows).collect();
    let by = groups.by.name().to_lowercase();
    let said = |team: &&Team| {
        format!("“{}”: {} came in, {} left, {} open", team.name, team.came, team.went, say::number(team.open))
    };
    let fact = match growing.as_slice() {
        [] => {
            let named: Vec<String> = teams.iter().take(4).map(|team| said(&team)).collect();
            format!(
                "In no {by} does open work grow beyond noise, over up to {RECENT_WEEKS} weeks. {}.",
                named.join("; ")
            )
        }
        growing => {
            let named: Vec<String> = growing.iter().take(4).map(said).collect();
            format!(
                "More comes in than leaves, beyond noise, over up to {RECENT_WEEKS} weeks. {}.",
                named.join("; ")
            )
        }
    };
    let meaning = match (role, growing.is_empty()) {
        (Role::VpEngineering, false) => {
            "Here capacity and demand part. More people is one answer; less asked for is another."
        }
        (Role::VpEngineering, true) => {
            "Nowhere is there evidence that a team is too small for what comes in."
        }
        (Role::Cto, false) => "A part to look at first when you ask where the team must grow.",
        _ => "Each has its own balance.",
    };
    Some(Finding {
        id: "teams",
        topic: "the teams",
        weight: if growing.is_empty() { Weight::Calm } else { Weight::Watch },
        number: (!growing.is_empty()).then(|| say::number(growing.len())),
        unit: match growing.len() {
            0 => String::new(),
            n => format!("of {} {} growing open work", teams.len(), if n == 1 { "has" } else { "have" }),
        },
        fact,
        meaning: meaning.to_owned(),
        picture: Some(Picture::Bars(
            teams
                .iter()
                .take(6)
                .map(|team| Bar {
                    name: team.name.to_owned(),
                    value: team.open as f64,
                    says: format!("{} open", say::number(team.open)),
                })
                .collect(),
        )),
        place: Some(Place::Cadence("flow")),
        question: "Which of these should do less, and which needs help for a while?".to_owned(),
        explanation: Some(Explanation {
            definition: format!(
                "Items created against items finished or cancelled, for each {by}, in whole weeks. Growing is where the \
                 weekly means differ beyond noise (Welch), corrected for asking many teams (Benjamini–Hochberg at 10\u{a0}%). The picture is what is open \
                 now, in progress or not begun."
            ),
            window: format!("The last {RECENT_WEEKS} whole weeks, or as many as there are."),
            items: format!("The {} with the most items.", say::number(teams.len())),
            selection: Some(Selection::All),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
