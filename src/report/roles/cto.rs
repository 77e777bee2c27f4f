//! The CTO: are we dependable, where does the effort go, what will hurt, and where must we grow?

use super::RolePage;
use super::parts::RISKS_BY_PROJECT;
use crate::model::Role;
use crate::report::findings::{
    BALLPARK, BUGS, CADENCE, CAPACITY, DECISIONS, DEPENDABILITY, EFFORT, EVIDENCE, FORECAST, INFLOW,
    INITIATIVES, LATE, LIMIT, OUTREACH, OVERSHOOT, PRACTICES, QUALITY, RECORD, RISKS, ROADMAP, SLIPS, STUCK,
    TAIL, TEAMS, WAITING, WEEK,
};

pub static CTO: RolePage = RolePage {
    role: Role::Cto,
    asks: "Can others depend on what we say? Where does the effort go, what may hurt us, and where must we grow?",
    findings: &[
        &DEPENDABILITY,
        &RECORD,
        &CADENCE,
        &OVERSHOOT,
        &LATE,
        &STUCK,
        &RISKS,
        &ROADMAP,
        &SLIPS,
        &DECISIONS,
        &INITIATIVES,
        &FORECAST,
        &QUALITY,
        &BUGS,
        &CAPACITY,
        &BALLPARK,
        &LIMIT,
        &EVIDENCE,
        &INFLOW,
        &EFFORT,
        &TEAMS,
        &TAIL,
        &WAITING,
        &PRACTICES,
        &WEEK,
        &OUTREACH,
    ],
    in_order: false,
    headline: None,
    words: &[
        "I don\u{2019}t need estimates to the hour. I need to know early when something will take months where we said weeks, \
         because then there is a cause to find, and I can help to remove it.",
        "I look at teams and projects, never at a list of people. A number here is a reason to talk, not a grade.",
        "If you see a risk, write it down while it is still unsure. I would rather hear of ten that come to nothing than \
         miss the one that doesn\u{2019}t.",
    ],
    parts: &[&RISKS_BY_PROJECT],
    talks_to: Role::VpEngineering,
};
