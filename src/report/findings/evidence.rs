//! Which projects stand out from the rest, by what the data can tell: evidence for or against a risk.

use std::collections::BTreeMap;

use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::{Fourfold, State, discoveries};
use crate::model::notebook::Project;
use crate::model::{Kind, Role, day_from_number, day_number};
use crate::order::InOrder;
use crate::report::{Explanation, Selection, say};

pub static EVIDENCE: Source = Source { id: "evidence", find };

/// One way in which a project differs from the rest of the work by more than noise.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub project: String,
    /// "6 of 9 open items are late; elsewhere 12 %".
    pub says: String,
    pub items: Vec<usize>,
}

/// What is asked of each project.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    /// Of its open items: as old as the limit.
    Late,
    /// Of its recently finished items: took longer than the limit.
    Slow,
    /// Of its recently finished items: bugs.
    Bugs,
    /// Of its open items: blocked.
    Blocked,
}

const ASKED: [Asked; 4] = [Asked::Late, Asked::Slow, Asked::Bugs, Asked::Blocked];

/// Groups of fewer items are not asked about.
const FEWEST: usize = 8;

/// As many weeks of finished work are looked at.
const WEEKS: i32 = 26;

/// What sets projects apart, by project. Every project of [`FEWEST`] items or more is asked every question it
/// has the data for; each answer is tested against the rest of the work by an exact test, and of those that
/// are told a tenth at most may be false, over all that were asked.
pub(super) fn evidence(desk: &Desk) -> (Vec<Evidence>, usize) {
    let analysis = desk.analysis;
    let to = analysis.as_of;
    let from = analysis.window.from.unwrap_or_else(|| day_from_number(day_number(to) - 7 * WEEKS + 1));
    let limit = analysis.age_limit();
    let recent = |day| (from..=to).contains(&day);
    // A project is called as its card is, where there is one.
    let cards: Vec<Project> = desk.notebook.projects().collect();
    let mut blocked = vec![false; analysis.data.items.len()];
    for open in analysis.open().iter().filter(|open| open.blocked) {
        if let Some(blocked) = blocked.get_mut(open.item) {
            *blocked = true;
        }
    }
    let knows_blocked = blocked.contains(&true);
    let mut asked: BTreeMap<(&str, usize), Vec<(usize, bool)>> = BTreeMap::new();
    for (i, (item, dates)) in analysis.data.items.iter().zip(analysis.dates.iter()).enumerate() {
        let name =
            || cards.iter().find(|card| card.holds(item)).map_or(item.project.as_str(), |card| card.name());
        let state = dates.state_on(to);
        let span = |end| dates.started.and_then(|start| analysis.calendar().span(start, end));
        for (q, question) in ASKED.iter().enumerate() {
            let answer = match question {
                Asked::Late if state == State::InProgress => {
                    span(to).zip(limit).map(|(age, limit)| age >= limit)
                }
                Asked::Slow if state == State::Finished => dates
                    .finished
                    .filter(|&day| recent(day))
                    .and_then(span)
                    .zip(limit)
                    .map(|(took, limit)| took > limit),
                Asked::Bugs if state == State::Finished => {
                    dates.finished.filter(|&day| recent(day)).map(|_| item.kind == Kind::Bug)
                }
                Asked::Blocked if state == State::InProgress && knows_blocked => blocked.get(i).copied(),
                _ => None,
            };
            if let Some(answer) = answer {
                asked.entry((name(), q)).or_default().push((i, answer));
            }
        }
    }
    let mut totals = [(0, 0); ASKED.len()];
    for ((_, q), answers) in &asked {
        totals[*q].0 += answers.iter().filter(|(_, hit)| *hit).count();
        totals[*q].1 += answers.len();
    }
    let tables: Vec<_> = asked
        .iter()
        .filter(|((project, _), answers)| answers.len() >= FEWEST && !project.is_empty())
        .map(|(&(project, q), answers)| {
            let hits = answers.iter().filter(|(_, hit)| *hit).count();
            let (all_hits, all) = totals[q];
            let table =
                Fourfold { hits, n: answers.len(), rest_hits: all_hits - hits, rest: all - answers.len() };
            (project, ASKED[q], answers, table)
        })
        .filter(|(.., table)| table.rest >= FEWEST)
        .collect();
    let chances: Vec<f64> = tables.iter().map(|(.., table)| table.more_than_the_rest()).collect();
    let holds = discoveries(&chances, 0.1);
    let mut found: Vec<(f64, Evidence)> = Vec::new();
    for (((project, question, answers, table), holds), chance) in tables.iter().zip(holds).zip(&chances) {
        let Some((_, elsewhere)) = table.shares().filter(|_| holds) else { continue };
        let (hits, n, rest) = (say::number(table.hits), say::number(table.n), say::percent(elsewhere));
        let days = limit.map(|limit| analysis.days(limit)).unwrap_or_default();
        let says = match question {
            Asked::Late => {
                say!("{hits} of {n} in progress are as old as {days}, or older; elsewhere {rest}")
            }
            Asked::Slow => say!("{hits} of {n} finished took longer than {days}; elsewhere {rest}"),
            Asked::Bugs => say!("{hits} of {n} finished were bugs; elsewhere {rest}"),
            Asked::Blocked => say!("{hits} of {n} in progress are blocked; elsewhere {rest}"),
        };
        let items = answers.iter().filter(|(_, hit)| *hit).map(|(item, _)| *item).collect();
        found.push((*chance, Evidence { project: (*project).to_owned(), says, items }));
    }
    found.order_by(|a, b| a.0.total_cmp(&b.0));
    (found.into_iter().map(|(_, evidence)| evidence).collect(), tables.len())
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let (found, asked) = desk.evidence();
    let first = found.first()?;
    let mut projects: Vec<&str> = found.iter().map(|evidence| evidence.project.as_str()).collect();
    projects.order();
    projects.dedup();
    let said: Vec<String> = found
        .iter()
        .take(3)
        .map(|evidence| format!("{}: {}", say::quoted(&evidence.project), evidence.says))
        .collect();
    let meaning = match role {
        Role::Cto => {
            t!("What is harder here than elsewhere? It may be a technical risk that nobody has written down.")
        }
        Role::VpEngineering => {
            t!("The project, not the people, is what differs: look at what it is built on.")
        }
        Role::ProjectManager => t!("Plan this one with its own numbers, not with those of the whole."),
        Role::ProductManager => {
            t!("What you ask for here costs more than elsewhere: weigh it with that in mind.")
        }
        _ => t!("This part is harder than the rest just now."),
    };
    Some(Finding {
        id: "evidence",
        topic: t!("projects that stand out"),
        weight: Weight::Watch,
        number: Some(say::number(projects.len())),
        unit: match projects.len() {
            1 => t!("project stands out from the rest").to_owned(),
            _ => t!("projects stand out from the rest").to_owned(),
        },
        fact: format!("{}.", said.join(". ")),
        meaning: meaning.to_owned(),
        place: Some(Place::CycleTime("spread")),
        question: say!("What makes “{}” harder than the rest, and is it worth removing?", first.project),
        explanation: Some(Explanation {
            definition: t!("Each project of the tracker with 8 items or more is held against all other work: late and blocked \
                         among what is in progress, slow and bugs among what was finished. Told is what an exact test \
                         (Fisher, one-sided) finds, corrected for every question asked: a tenth of what is told may be \
                         chance (Benjamini–Hochberg).")
                .to_owned(),
            window: say!(
                "In progress on {}; finished in the {WEEKS} weeks before, or in the time chosen.",
                say::date(desk.analysis.as_of)
            ),
            items: say!("{} asked, {} told.", say::counted(*asked, "question", "questions"), found.len()),
            selection: Some(Selection::Listed(first.items.clone())),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
