//! The VP Engineering: is the load right, what is stuck, and does each team keep its pace?

use super::RolePage;
use crate::model::Role;
use crate::report::findings::{
    BALLPARK, BUGS, CADENCE, CAPACITY, DEPENDABILITY, EFFORT, EVIDENCE, FORECAST, INFLOW, ITERATIONS, LATE,
    LIMIT, LOAD, OVERSHOOT, POINTS, PRACTICES, QUALITY, RECORD, SLIPS, STUCK, TAIL, TEAMS, WAITING,
};

pub static VP_ENGINEERING: RolePage = RolePage {
    role: Role::VpEngineering,
    asks: "Is too much begun at once? What is stuck? Does each team keep its pace, and is it large enough for what comes in?",
    findings: &[
        &LOAD,
        &CADENCE,
        &STUCK,
        &LATE,
        &TEAMS,
        &LIMIT,
        &CAPACITY,
        &SLIPS,
        &OVERSHOOT,
        &WAITING,
        &DEPENDABILITY,
        &RECORD,
        &FORECAST,
        &INFLOW,
        &ITERATIONS,
        &EVIDENCE,
        &QUALITY,
        &BUGS,
        &BALLPARK,
        &POINTS,
        &EFFORT,
        &TAIL,
        &PRACTICES,
    ],
    in_order: false,
    headline: None,
    words: &[
        "If something is blocked for a day, tell me: it is what I am here for.",
        "I would rather see five things finished than fifteen begun. If you are asked to begin a sixteenth, send whoever asks \
         to me.",
        "A slow week is no fault. A slow month is a question, and I will ask it about the work, not about you.",
    ],
    parts: &[],
    talks_to: Role::Cto,
};
