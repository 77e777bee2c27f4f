//! Does the work go where the business wants it?

use super::{Desk, Finding, Picture, Place, Share, Source, Weight};
use crate::metrics::{Distribution, effort, wilson};
use crate::model::Role;
use crate::model::notebook::{INITIATIVE, Initiative};
use crate::report::{Explanation, Selection, say};

pub static INITIATIVES: Source = Source { id: "initiatives", find };

impl Desk<'_> {
    /// Each initiative of the notebook with the share of the finished items that served it, in the recent
    /// period, and the number of all finished items. `None` under [`Distribution::PLENTY`] of them.
    pub fn initiative_shares(&self) -> Option<(Vec<Share>, usize)> {
        let analysis = self.analysis;
        let window = self.period();
        let all = effort(&analysis.dates, window, analysis.calendar(), |_| true).finished;
        if all < Distribution::PLENTY {
            return None;
        }
        let share = |initiative: Initiative| {
            let projects: Vec<&str> = initiative.projects().collect();
            let serves = |i: usize| {
                let item = analysis.data.items.get(i);
                item.is_some_and(|item| projects.iter().any(|project| self.notebook.belongs(item, project)))
            };
            let finished = effort(&analysis.dates, window, analysis.calendar(), serves).finished;
            Share {
                name: initiative.name().to_owned(),
                real: finished as f64 / all as f64,
                between: wilson(finished, all),
                wanted: initiative.wanted(),
            }
        };
        Some((self.notebook.of(&INITIATIVE).map(Initiative).map(share).collect(), all))
    }
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let (shares, all) = desk.initiative_shares()?;
    if shares.is_empty() {
        return None;
    }
    // Further from what is wanted than luck explains, and by a twentieth at least.
    let off = |share: &&Share| {
        let Some((wanted, between)) = share.wanted.zip(share.between) else { return false };
        !between.holds(wanted) && (share.real - wanted).abs() >= 0.05
    };
    let apart: Vec<&Share> = shares.iter().filter(off).collect();
    let said: Vec<String> = shares
        .iter()
        .map(|share| match share.wanted {
            Some(wanted) => format!(
                "“{}” {} of the work, {} wanted",
                share.name,
                say::percent(share.real),
                say::percent(wanted)
            ),
            None => format!("“{}” {} of the work", share.name, say::percent(share.real)),
        })
        .collect();
    let most = shares.iter().filter(off).max_by(|a, b| distance(a).total_cmp(&distance(b)));
    let meaning = match (role, most.is_some()) {
        (Role::Cto, true) => "Either the wish or the work has to move: decide which, and say so.",
        (Role::Cto, false) => "The roadmap serves what the business asked for, as far as this can tell.",
        (Role::ProductManager, true) => "What is next in line is not what was said to matter most.",
        (Role::Stakeholder, true) => "The work and the plan differ; ask which of the two has changed.",
        (_, true) => "The work goes elsewhere than was wanted.",
        _ => "The work goes where it was wanted.",
    };
    Some(Finding {
        id: "initiatives",
        weight: if apart.is_empty() { Weight::Calm } else { Weight::Watch },
        number: most.map(|share| say::percent(share.real)),
        unit: most.map_or(String::new(), |share| {
            format!(
                "of the work for “{}”, {} wanted",
                share.name,
                say::percent(share.wanted.unwrap_or_default())
            )
        }),
        fact: format!("Of what was finished {}: {}.", desk.period_in_words(), said.join("; ")),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Shares(shares.clone())),
        place: Place::Notebook("initiative"),
        question: "Which initiative should get more of the work, and which less?".to_owned(),
        explanation: Some(Explanation {
            definition: "The share of the finished items that belong to a project which the initiative names: by the \
                         project\u{2019}s card in the notebook, or by the tracker\u{2019}s project, epic or team of that name. An item \
                         may serve several. Apart is what is further off than its 95\u{a0}% interval (Wilson) and by 5 points \
                         or more."
                .to_owned(),
            window: format!("Finished {}.", desk.period_in_words()),
            items: format!("{} finished.", say::items(all)),
            selection: desk.period().from.map(|from| Selection::Finished { from, to: desk.period().to }),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}

fn distance(share: &Share) -> f64 {
    share.wanted.map_or(0.0, |wanted| (share.real - wanted).abs())
}
