//! An agenda for a conversation between two roles, made of the findings that matter to both now.

use super::page_of;
use crate::model::Role;
use crate::order::InOrder;
use crate::report::findings::{Desk, Finding, Weight};
use crate::report::say;

/// What two roles may talk about.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    pub title: String,
    pub points: Vec<Point>,
    /// What the numbers speak for.
    pub basis: String,
}

/// One thing to talk about.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The finding's name.
    pub id: &'static str,
    pub question: String,
    pub fact: String,
    /// What it means to each, where it means something to them: who, and what.
    pub means: Vec<(String, String)>,
}

/// At most so many: more are no conversation.
const MOST: usize = 5;

/// So many of each.
const EACH: usize = 2;

/// What matters to both comes first, then what matters most to either, with something of each. What a point
/// means is said to both, whoever brought it. Private findings stay private.
pub fn agenda(desk: &Desk, one: Role, other: Role) -> Agenda {
    let of = |role: Role| -> Vec<Finding> {
        let all = page_of(role).all(desk).into_iter();
        all.filter(|finding| !finding.is_private && !finding.question.is_empty()).collect()
    };
    let (first, second) = (of(one), of(other));
    let is_in = |list: &[Finding], id: &str| list.iter().any(|finding| finding.id == id);
    let mut all: Vec<&Finding> = Vec::new();
    for finding in first.iter().chain(&second) {
        if !is_in_refs(&all, finding.id) {
            all.push(finding);
        }
    }
    let both = |finding: &Finding| is_in(&first, finding.id) && is_in(&second, finding.id);
    all.order_by_key(|finding| (finding.weight, !both(finding)));
    // Two of each at least: nobody comes to a conversation that is about the other's matters only.
    let mut chosen: Vec<&Finding> = Vec::new();
    for list in [&first, &second] {
        for finding in list.iter().take(EACH) {
            if !is_in_refs(&chosen, finding.id) {
                chosen.push(finding);
            }
        }
    }
    for finding in all.iter().filter(|finding| finding.weight != Weight::Calm) {
        if chosen.len() < MOST && !is_in_refs(&chosen, finding.id) {
            chosen.push(finding);
        }
    }
    chosen.order_by_key(|finding| (finding.weight, !both(finding)));
    let source = |id: &str| {
        let pages = [page_of(one), page_of(other)];
        pages.into_iter().flat_map(|page| page.findings.iter().copied()).find(|source| source.id == id)
    };
    let point = |finding: &Finding| {
        let meaning = |role: Role| {
            let found = source(finding.id).and_then(|source| desk.find(source, role))?;
            Some((role.title().to_owned(), found.meaning))
        };
        let mut means: Vec<(String, String)> = [meaning(one), meaning(other)].into_iter().flatten().collect();
        if let [(_, a), (_, b)] = means.as_slice()
            && a == b
            && one != other
        {
            means = vec![(t!("Both").to_owned(), a.clone())];
        }
        if one == other {
            means.truncate(1);
        }
        let number = match &finding.number {
            Some(number) if !finding.fact.contains(number.as_str()) || finding.unit.contains(t!("open")) => {
                format!("{number} {}. ", finding.unit)
            }
            _ => String::new(),
        };
        Point {
            id: finding.id,
            question: finding.question.clone(),
            fact: format!("{number}{}", finding.fact),
            means,
        }
    };
    Agenda {
        title: match one == other {
            true => say!("{}, for yourself", one.title()),
            false => say!("{} and {}", one.title(), other.title()),
        },
        points: chosen.into_iter().map(point).collect(),
        basis: {
            let file = desk.analysis.data.read_from.first().map(|file| say!("{}, numbers", file.file));
            let filtered = super::filtered(desk.analysis).map(|said| format!(" {said}")).unwrap_or_default();
            let numbers = file.unwrap_or_else(|| t!("Numbers").to_owned());
            say!("{numbers} as of {}.{filtered}", say::date(desk.analysis.as_of))
        },
    }
}

fn is_in_refs(list: &[&Finding], id: &str) -> bool {
    list.iter().any(|finding| finding.id == id)
}

impl Agenda {
    /// As plain text, for a mail or a note.
    pub fn text(&self) -> String {
        let mut text = say!("Let\u{2019}s talk about: {}\n{}\n", self.title, self.basis);
        for (n, point) in self.points.iter().enumerate() {
            text.push_str(&format!("\n{}. {}\n   {}\n", n + 1, point.question, point.fact));
            for (who, what) in &point.means {
                text.push_str(&format!("   {who}: {what}\n"));
            }
        }
        text.replace('\u{a0}', " ")
    }
}
