//! A stakeholder, from the CEO to sales: what will be done when, how sure is that, and what has changed? Some sentences.

use super::RolePage;
use crate::model::Role;
use crate::report::findings::{CHANGED, FORECAST, Finding, RECORD, ROADMAP, SLIPS, WHEN, Weight};

pub static STAKEHOLDER: RolePage = RolePage {
    role: Role::Stakeholder,
    asks: "When will work that is begun now be done? How sure is that? What has changed since last time?",
    findings: &[&WHEN, &RECORD, &CHANGED, &ROADMAP, &SLIPS, &FORECAST],
    in_order: true,
    headline: Some(headline),
    words: &[
        "I don\u{2019}t need to know how it is built. I need to know what I can tell a customer, and how sure you are.",
        "A range that holds is worth more to me than a day that doesn\u{2019}t.",
        "If the plan has changed, tell me what changed it: I may be able to help.",
    ],
    parts: &[],
    talks_to: Role::ProjectManager,
};

/// Whether what was said has held, and whether anything has changed.
fn headline(findings: &[Finding]) -> String {
    let weight = |id: &str| findings.iter().find(|finding| finding.id == id).map(|finding| finding.weight);
    let held = match weight(RECORD.id) {
        Some(Weight::Act) => t!("What was told has held less often than it should"),
        Some(_) => t!("What was told has held, as far as luck lets one say"),
        None => t!("There is no record yet of how often such days hold"),
    };
    match weight(CHANGED.id) {
        Some(Weight::Act) => t!("The pace has slowed, so what was told may come later.").to_owned(),
        Some(Weight::Calm) => say!("{held}, and nothing has changed beyond noise."),
        Some(Weight::Watch) => say!("{held}; see what may have changed."),
        None => format!("{held}."),
    }
}
