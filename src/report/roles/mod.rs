//! What each role sees: one role a file, which lists the findings it asks for and its standing words. A
//! finding joins a page by one line there.

mod agenda;
mod cto;
mod engineer;
mod parts;
mod product_manager;
mod project_manager;
mod stakeholder;
mod vp_engineering;

pub use agenda::{Agenda, Point, agenda};
pub use parts::{Entry, Part};

use super::findings::{Desk, Finding, MEANINGS, Source, Weight};
use crate::model::notebook::{CONTACT, Contact};
use crate::model::{Date, Kind, Role};
use crate::order::InOrder;
use crate::report::{Analysis, say};

/// A role's page.
pub struct RolePage {
    pub role: Role,
    /// What somebody in it asks.
    pub asks: &'static str,
    /// Where its answers come from; among those that matter alike, in this order.
    pub findings: &'static [&'static Source],
    /// Whether they keep this order whatever their weight.
    pub in_order: bool,
    /// The first sentence, where it is not how many things want something of the reader.
    pub headline: Option<fn(&[Finding]) -> String>,
    /// What it wants the others to know, until somebody writes it anew: a paragraph each.
    pub words: &'static [&'static str],
    /// What stands on this page only.
    pub parts: &'static [&'static Part],
    /// Whom it talks to most.
    pub talks_to: Role,
}

/// Every role. A new one is one file and one line here.
pub static ROLES: [&RolePage; 6] = [
    &cto::CTO,
    &vp_engineering::VP_ENGINEERING,
    &engineer::ENGINEER,
    &project_manager::PROJECT_MANAGER,
    &product_manager::PRODUCT_MANAGER,
    &stakeholder::STAKEHOLDER,
];

/// The page of a role.
pub fn page_of(role: Role) -> &'static RolePage {
    ROLES.into_iter().find(|page| page.role == role).unwrap_or(&cto::CTO)
}

/// At most so many findings on a page.
pub const MOST: usize = 6;

/// So many of a role's findings are always on its page.
pub const CORE: usize = 2;

impl RolePage {
    /// What matters to the role now: those that want to be seen most first, [`MOST`] at the most. The first
    /// [`CORE`] of its findings are what the role is about, so they are there even while all is well.
    pub fn matters(&self, desk: &Desk) -> Vec<Finding> {
        let mut found = self.all(desk);
        let is_core = |finding: &Finding| {
            let sources = self.findings.iter().map(|source| source.id);
            let present =
                sources.filter(|id| found.iter().any(|finding| finding.id == *id && !finding.is_private));
            present.take(CORE).any(|id| id == finding.id)
        };
        let core: Vec<&str> =
            found.iter().filter(|finding| is_core(finding)).map(|finding| finding.id).collect();
        let mut room = MOST - core.len();
        found.retain(|finding| {
            // What is for the reader's eyes only takes nobody's place.
            if finding.is_private || core.contains(&finding.id) {
                return true;
            }
            let stays = room > 0;
            room -= usize::from(stays);
            stays
        });
        found
    }

    /// Everything there is to say to the role, those that want to be seen most first.
    pub fn all(&self, desk: &Desk) -> Vec<Finding> {
        let mut found: Vec<Finding> =
            self.findings.iter().filter_map(|source| desk.find(source, self.role)).collect();
        // Stable, so that among alike the page's own order holds.
        if !self.in_order {
            found.order_by_key(|finding| finding.weight);
        }
        // What makes the others doubtful comes first.
        if self.role != Role::Stakeholder
            && let Some(meanings) = (MEANINGS.find)(desk, self.role)
        {
            found.insert(0, meanings);
        }
        found
    }

    /// The page's first sentence: how many things want something of the reader.
    pub fn headline(&self, findings: &[Finding]) -> String {
        if let Some(headline) = self.headline.filter(|_| !findings.is_empty()) {
            return headline(findings);
        }
        let topics = |weight: Weight| -> Vec<String> {
            let of = findings.iter().filter(|finding| finding.weight == weight && !finding.is_private);
            of.map(|finding| t!(finding.topic).to_owned()).collect()
        };
        let (act, watch) = (topics(Weight::Act), topics(Weight::Watch));
        let many = |list: &[String], one: &str, many: &str| match list.len() {
            1 => say!("One thing {one}"),
            n => say!("{} things {many}", say::capital(&in_words(n))),
        };
        match (act.as_slice(), watch.as_slice()) {
            _ if findings.is_empty() => {
                t!("There is too little data to say anything to this role yet.").to_owned()
            }
            ([], []) => t!("Nothing needs your attention just now.").to_owned(),
            ([], watch) => {
                format!(
                    "{}: {}.",
                    many(watch, t!("to keep an eye on"), t!("to keep an eye on")),
                    say::and(watch)
                )
            }
            (act, _) => {
                format!(
                    "{}: {}.",
                    many(act, t!("needs your attention"), t!("need your attention")),
                    say::and(act)
                )
            }
        }
    }

    /// The standing words, as the person in the role wrote them, or as they come. Tells whether somebody did.
    pub fn words(&self, desk: &Desk) -> (Vec<String>, bool) {
        match desk.notebook.words_of(self.role) {
            Some(record) => (record.lines("words").map(str::to_owned).collect(), true),
            None => (self.words.iter().map(|&words| t!(words).to_owned()).collect(), false),
        }
    }
}

fn in_words(n: usize) -> String {
    const WORDS: [&str; 7] = ["none", "one", "two", "three", "four", "five", "six"];
    WORDS.get(n).map_or_else(|| say::number(n), |word| t!(*word).to_owned())
}

/// What is looked at, where a filter chooses: a page that is handed on must say so.
pub fn filtered(analysis: &Analysis) -> Option<String> {
    let filter = &analysis.filter;
    let named = [
        ("team", &filter.team),
        ("type", &filter.type_name),
        ("project", &filter.project),
        ("area", &filter.area),
        ("label", &filter.label),
    ];
    let mut said: Vec<String> = named
        .into_iter()
        .filter_map(|(what, name)| Some(say!("{} “{}”", t!(what), name.as_ref()?)))
        .collect();
    said.extend(filter.kind.map(|kind| {
        let name = match kind {
            Kind::Feature => t!("features"),
            Kind::Bug => t!("bugs"),
            Kind::Chore => t!("chores"),
            Kind::Other => t!("other work"),
        };
        name.to_owned()
    }));
    if filter.mine {
        said.push(t!("one person\u{2019}s own work").to_owned());
    }
    if filter.from.is_some() || filter.to.is_some() {
        let from = filter.from.map_or(t!("the beginning").to_owned(), say::date);
        said.push(say!("{from} to {}", say::date(analysis.as_of)));
    }
    (!said.is_empty()).then(|| say!("Only {}.", said.join(", ")))
}

/// Whom to reach in a role, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub name: String,
    /// What to ask them about, and how to reach them.
    pub how: String,
    /// Where they are away, or will be soon: until when, and who instead.
    pub away: Option<String>,
}

/// The contacts of a role, those who are there first.
pub fn reach(desk: &Desk, role: Role) -> Vec<Reach> {
    let today = desk.today;
    let mut contacts: Vec<Contact> =
        desk.notebook.of(&CONTACT).map(Contact).filter(|contact| contact.role() == Some(role)).collect();
    contacts.order_by_key(|contact| contact.is_away(today));
    let said = |contact: Contact| {
        let how: Vec<&str> =
            [contact.about(), contact.reach()].into_iter().filter(|part| !part.is_empty()).collect();
        let instead = match contact.stand_in() {
            "" => t!("Nobody is named who stands in.").to_owned(),
            stand_in => say!("Instead: {stand_in}."),
        };
        let until =
            |day: Option<Date>| day.map(|day| say!(", back on {}", say::date(day))).unwrap_or_default();
        let away = match contact.away() {
            (_, back) if contact.is_away(today) => Some(say!("Away now{}. {instead}", until(back))),
            (Some(from), back) if from > today => {
                Some(say!("Away from {}{}. {instead}", say::date(from), until(back)))
            }
            _ => None,
        };
        Reach { name: contact.name().to_owned(), how: how.join(". "), away }
    };
    contacts.into_iter().map(said).collect()
}
