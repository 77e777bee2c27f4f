//! An agenda for a conversation between two roles, made of the findings that matter to both now.

use super::{RolePage, page_of};
use crate::model::Role;
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

/// What matters to both comes first, then what matters most to either. Private findings stay private.
pub fn agenda(desk: &Desk, one: Role, other: Role) -> Agenda {
    let of = |page: &RolePage| -> Vec<Finding> {
        page.all(desk)
            .into_iter()
            .filter(|finding| !finding.is_private && !finding.question.is_empty())
            .collect()
    };
    let (first, second) = (of(page_of(one)), of(page_of(other)));
    let both = |finding: &Finding| {
        first.iter().any(|f| f.id == finding.id) && second.iter().any(|f| f.id == finding.id)
    };
    let mut all: Vec<&Finding> = Vec::new();
    for finding in first.iter().chain(&second) {
        if !all.iter().any(|known| known.id == finding.id) {
            all.push(finding);
        }
    }
    all.sort_by_key(|finding| (finding.weight, !both(finding)));
    let urgent = all.iter().filter(|finding| finding.weight != Weight::Calm).count();
    // Where something wants to be talked about, what is calm can wait.
    all.truncate(if urgent >= 3 { urgent.min(MOST) } else { 3.max(urgent).min(all.len()) });
    let point = |finding: &Finding| {
        let meaning = |role: Role, findings: &[Finding]| {
            let own = findings.iter().find(|own| own.id == finding.id)?;
            Some((role.title().to_owned(), own.meaning.clone()))
        };
        let mut means: Vec<(String, String)> =
            [meaning(one, &first), meaning(other, &second)].into_iter().flatten().collect();
        if let [(_, a), (_, b)] = means.as_slice()
            && a == b
        {
            means = vec![("Both".to_owned(), a.clone())];
        }
        let number = match &finding.number {
            Some(number) if !finding.fact.contains(number.as_str()) => {
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
        title: if one == other {
            format!("{} and {}", one.title(), "a colleague")
        } else {
            format!("{} and {}", one.title(), other.title())
        },
        points: all.into_iter().map(point).collect(),
        basis: format!("Numbers as of {}.", say::date(desk.analysis.as_of)),
    }
}

impl Agenda {
    /// As plain text, for a mail or a note.
    pub fn text(&self) -> String {
        let mut text = format!("Let\u{2019}s talk about: {}\n{}\n", self.title, self.basis);
        for (n, point) in self.points.iter().enumerate() {
            text.push_str(&format!("\n{}. {}\n   {}\n", n + 1, point.question, point.fact));
            for (who, what) in &point.means {
                text.push_str(&format!("   {who}: {what}\n"));
            }
        }
        text.replace('\u{a0}', " ")
    }
}
