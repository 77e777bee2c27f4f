//! An engineer: how is my work going, when do I ask for help, and what is all this for?

use super::RolePage;
use super::parts::{CONTEXT, CTO_DAY};
use crate::model::Role;
use crate::report::findings::{
    BALLPARK, BUGS, CADENCE, DECISIONS, DURATION, LATE, LIMIT, MINE, OUTREACH, POINTS, PRACTICES, QUALITY,
    RISKS, STUCK, WAITING,
};

pub static ENGINEER: RolePage = RolePage {
    role: Role::Engineer,
    asks: "How is my work going, and when is it time to ask for help? What is all this for, and what limits us?",
    findings: &[
        &MINE, &STUCK, &LATE, &WAITING, &DURATION, &DECISIONS, &RISKS, &PRACTICES, &LIMIT, &BALLPARK,
        &POINTS, &QUALITY, &BUGS, &CADENCE, &OUTREACH,
    ],
    in_order: false,
    headline: None,
    words: &[
        "Tell me what it is for and what must not break, and I can find a way that you did not think of.",
        "When I say that it will take longer, I have found something. Ask me what it is before you ask when.",
        "An hour without interruption is worth two with them.",
    ],
    parts: &[&CONTEXT, &CTO_DAY],
    talks_to: Role::ProductManager,
};
