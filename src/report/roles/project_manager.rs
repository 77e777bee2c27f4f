//! The project manager: what can I promise, how were promises kept, and what must I tell whom today?

use super::RolePage;
use crate::model::Role;
use crate::report::findings::{
    BALLPARK, CADENCE, DEPENDABILITY, DUE, DURATION, EVIDENCE, FORECAST, INFLOW, ITERATIONS, LATE, LIMIT,
    OVERSHOOT, POINTS, RECORD, RISKS, ROADMAP, SLIPS, STUCK, TAIL, WHEN,
};

pub static PROJECT_MANAGER: RolePage = RolePage {
    role: Role::ProjectManager,
    asks: "What can I promise, and how were promises kept so far? What must I tell whom today?",
    findings: &[
        &WHEN,
        &RECORD,
        &ROADMAP,
        &FORECAST,
        &SLIPS,
        &DUE,
        &ITERATIONS,
        &CADENCE,
        &OVERSHOOT,
        &BALLPARK,
        &LATE,
        &STUCK,
        &DEPENDABILITY,
        &INFLOW,
        &RISKS,
        &EVIDENCE,
        &DURATION,
        &POINTS,
        &LIMIT,
        &TAIL,
    ],
    in_order: false,
    headline: None,
    words: &[
        "A date without its chance is half a date: tell me both, and I will pass on both.",
        "Bad news is cheap on the day it is known and dear on the day it is due.",
        "I can move almost any date, if I hear of it while there is still another one to move to.",
    ],
    parts: &[],
    talks_to: Role::Stakeholder,
};
