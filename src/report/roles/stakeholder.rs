//! A stakeholder, from the CEO to sales: what will be done when, how sure is that, and what has changed? Three sentences.

use super::RolePage;
use crate::model::Role;
use crate::report::findings::{CHANGED, RECORD, WHEN};

pub static STAKEHOLDER: RolePage = RolePage {
    role: Role::Stakeholder,
    asks: "What will be done when? How sure is that? What has changed since last time?",
    findings: &[&WHEN, &RECORD, &CHANGED],
    in_order: true,
    words: &[
        "I don\u{2019}t need to know how it is built. I need to know what I can tell a customer, and how sure you are.",
        "A range that holds is worth more to me than a day that doesn\u{2019}t.",
        "If the plan has changed, tell me what changed it: I may be able to help.",
    ],
    parts: &[],
    talks_to: Role::ProjectManager,
};
