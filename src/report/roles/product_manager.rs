//! The product manager: how long does a request take, does the scope grow, and which trade-offs are open?

use super::RolePage;
use crate::model::Role;
use crate::report::findings::{
    BALLPARK, BUGS, CADENCE, CAPACITY, DECISIONS, EFFORT, EVIDENCE, FORECAST, INFLOW, INITIATIVES,
    ITERATIONS, LATE, LIMIT, OVERSHOOT, POINTS, QUALITY, RECORD, REQUEST, RISKS, ROADMAP, SLIPS, WAITING,
    WHEN,
};

pub static PRODUCT_MANAGER: RolePage = RolePage {
    role: Role::ProductManager,
    asks: "How long does a request take? Does the scope grow faster than it is built, what does quality take of it, and what \
           is there to decide?",
    findings: &[
        &REQUEST,
        &QUALITY,
        &BUGS,
        &INFLOW,
        &ROADMAP,
        &SLIPS,
        &DECISIONS,
        &INITIATIVES,
        &FORECAST,
        &EFFORT,
        &EVIDENCE,
        &LATE,
        &WHEN,
        &RECORD,
        &WAITING,
        &ITERATIONS,
        &OVERSHOOT,
        &BALLPARK,
        &POINTS,
        &CAPACITY,
        &LIMIT,
        &CADENCE,
        &RISKS,
    ],
    in_order: false,
    headline: None,
    words: &[
        "I would rather ship half of it in March than all of it in June: ask me which half.",
        "If a small change to what I ask for makes it much cheaper, tell me before you begin.",
        "Every yes is a no to something else. Help me to see which.",
    ],
    parts: &[],
    talks_to: Role::Engineer,
};
