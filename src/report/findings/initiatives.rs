//! Does the work go where the business wants it?

use super::{Desk, Finding, Picture, Place, Share, Source, Weight};
use crate::metrics::{Distribution, effort, wilson};
use crate::model::Role;
use crate::model::notebook::{INITIATIVE, Initiative};
use crate::report::{Explanation, Selection, say};

pub static INITIATIVES: Source = Source { id: "initiatives", find };

impl Desk<'_> {
    /// The shares of the finished items that served each initiative of the notebook, in the recent period.
    /// `None` under [`Distribution::PLENTY`] of them, or where a filter has chosen among them.
    pub fn initiative_shares(&self) -> Option<Served> {
        let analysis = self.analysis;
        // The share of some items among themselves says nothing.
        if analysis.filter.chooses_items() {
            return None;
        }
        let window = self.period();
        let all = effort(&analysis.dates, window, analysis.calendar(), |_| true).finished;
        if all < Distribution::PLENTY {
            return None;
        }
        let items = &analysis.data.items;
        let mut served = Served { shares: Vec::new(), all, unknown: Vec::new() };
        let mut any = vec![false; items.len()];
        for initiative in self.notebook.of(&INITIATIVE).map(Initiative) {
            let names: Vec<&str> = initiative.projects().collect();
            let is_there = |name: &str| {
                let one = self.notebook.belonging([name].into_iter());
                items.iter().any(|item| one.holds(item))
            };
            let unknown = names.iter().filter(|name| !is_there(name));
            served.unknown.extend(unknown.map(|name| (*name).to_owned()));
            // Served by nothing that the tracker knows: its share can't be told.
            if !names.iter().any(|name| is_there(name)) {
                continue;
            }
            let belonging = self.notebook.belonging(names.iter().copied());
            let holds: Vec<bool> = items.iter().map(|item| belonging.holds(item)).collect();
            any.iter_mut().zip(&holds).for_each(|(any, holds)| *any |= holds);
            let serves = |i: usize| holds.get(i).copied().unwrap_or_default();
            let finished = effort(&analysis.dates, window, analysis.calendar(), serves).finished;
            served.shares.push(Share {
                name: initiative.name().to_owned(),
                real: finished as f64 / all as f64,
                between: wilson(finished, all),
                wanted: initiative.wanted(),
            });
        }
        let none = |i: usize| !any.get(i).copied().unwrap_or_default();
        let rest = effort(&analysis.dates, window, analysis.calendar(), none).finished;
        if rest > 0 && !served.shares.is_empty() {
            served.shares.push(Share {
                name: t!(NONE_OF_THEM).to_owned(),
                real: rest as f64 / all as f64,
                between: wilson(rest, all),
                wanted: None,
            });
        }
        Some(served)
    }
}

/// What serves no initiative.
const NONE_OF_THEM: &str = "none of them";

/// What the finished work served.
pub struct Served {
    /// A share for each initiative that the tracker knows of, and for the rest.
    pub shares: Vec<Share>,
    /// All finished items.
    pub all: usize,
    /// Names that nothing in the data has.
    pub unknown: Vec<String>,
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let Served { shares, all, unknown } = desk.initiative_shares()?;
    if shares.is_empty() {
        return None;
    }
    // Further from what is wanted than luck explains, and by a twentieth at least.
    let off = |share: &&Share| {
        let Some((wanted, between)) = share.wanted.zip(share.between) else { return false };
        !between.holds(wanted) && (share.real - wanted).abs() >= 0.05
    };
    let apart: Vec<&Share> = shares.iter().filter(off).collect();
    let is_wished = shares.iter().any(|share| share.wanted.is_some());
    let unknown = match unknown.as_slice() {
        [] => String::new(),
        names => say!(
            " Nothing in the data is called {}.",
            say::and(&names.iter().map(|name| say::quoted(name)).collect::<Vec<_>>())
        ),
    };
    let said: Vec<String> = shares
        .iter()
        .map(|share| match share.wanted {
            Some(wanted) => say!(
                "“{}” {} of the work, {} wanted",
                share.name,
                say::percent(share.real),
                say::percent(wanted)
            ),
            None if share.name == t!(NONE_OF_THEM) => say!("{} for none of them", say::percent(share.real)),
            None => say!("“{}” {} of the work", share.name, say::percent(share.real)),
        })
        .collect();
    let most = shares.iter().filter(off).max_by(|a, b| distance(a).total_cmp(&distance(b)));
    let meaning = match (role, most.is_some()) {
        _ if !is_wished => t!("Say in the notebook what share each should get, and it will stand beside it."),
        (Role::Cto, true) => t!("Either the wish or the work has to move: decide which, and say so."),
        (Role::Cto, false) => t!("The roadmap serves what the business asked for, as far as this can tell."),
        (Role::ProductManager, true) => t!("What is next in line is not what was said to matter most."),
        (Role::Stakeholder, true) => t!("The work and the plan differ; ask which of the two has changed."),
        (_, true) => t!("The work goes elsewhere than was wanted."),
        _ => t!("The work goes where it was wanted."),
    };
    Some(Finding {
        id: "initiatives",
        topic: t!("the initiatives"),
        weight: if apart.is_empty() { Weight::Calm } else { Weight::Watch },
        number: most.map(|share| say::percent(share.real)),
        unit: most.map_or(String::new(), |share| {
            say!(
                "of the work for “{}”, {} wanted",
                share.name,
                say::percent(share.wanted.unwrap_or_default())
            )
        }),
        fact: say!("Of what was finished {}: {}.{unknown}", desk.period_in_words(), said.join("; ")),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Shares(shares.clone())),
        place: Some(Place::Notebook("initiative")),
        question: t!("Which initiative should get more of the work, and which less?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("The share of the finished items that belong to a project which the initiative names: by the \
                         project\u{2019}s card in the notebook, or by the tracker\u{2019}s project, epic or team of that name. An item \
                         may serve several. What is called apart is further from what was wanted than the 95\u{a0}% interval (Wilson) of its share \
                         reaches, and by 5 points or more.")
                .to_owned(),
            window: say!("Finished {}.", desk.period_in_words()),
            items: say!("{} finished.", say::items(all)),
            selection: desk.period().from.map(|from| Selection::Finished { from, to: desk.period().to }),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}

fn distance(share: &Share) -> f64 {
    share.wanted.map_or(0.0, |wanted| (share.real - wanted).abs())
}
