//! The roadmap: what is to be done, in order, and how it is worked on.

use super::{Field, Form, Input, Record};
use crate::model::Date;

pub static ROADMAP: Form = Form {
    id: "roadmap",
    title: "Roadmap",
    one: "a project of the roadmap",
    purpose: "What is to be done next, in order. When each is likely to be done follows from what the team finished so far; \
              the Roadmap page draws it.",
    fields: &[
        Field { id: "name", label: "Project or initiative", hint: "", input: Input::Project, needed: true },
        Field {
            id: "items",
            label: "Items still to do",
            hint: "Only where the tracker does not have them all: the least you expect",
            input: Input::Number(0.0, 100_000.0, "items"),
            needed: false,
        },
        Field {
            id: "most",
            label: "Or as many as",
            hint: "The most you expect",
            input: Input::Number(0.0, 100_000.0, "items"),
            needed: false,
        },
        Field { id: "target", label: "Target date", hint: "", input: Input::Date, needed: false },
        Field {
            id: "after",
            label: "Waits for",
            hint: "Projects of this roadmap that must be done first, one a line",
            input: Input::Projects,
            needed: false,
        },
        Field { id: "order", label: "Order", hint: "", input: Input::Hidden, needed: false },
    ],
    called_by: &["name"],
    example: &[("name", "Shop"), ("target", "2027-03-31"), ("after", "Accounts")],
};

pub static PLAN: Form = Form {
    id: "plan",
    title: "How the roadmap is worked on",
    one: "how the roadmap is worked on",
    purpose: "How many projects are worked on at once, and how much of the team\u{2019}s work goes to them. The newest entry counts.",
    fields: &[
        Field {
            id: "parallel",
            label: "Projects at once",
            hint: "",
            input: Input::Number(1.0, 50.0, "projects at once"),
            needed: true,
        },
        Field {
            id: "share",
            label: "Share of the team\u{2019}s work that goes to the roadmap",
            hint: "The rest goes to what is not on it",
            input: Input::Number(1.0, 100.0, "%"),
            needed: false,
        },
    ],
    called_by: &["parallel"],
    example: &[("parallel", "2"), ("share", "70")],
};

/// A project of the roadmap, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Ahead<'a>(pub &'a Record);

impl<'a> Ahead<'a> {
    pub fn name(self) -> &'a str {
        self.0.text("name")
    }

    /// Items still to do, at least and at most, where somebody said so.
    pub fn items(self) -> Option<(u32, u32)> {
        let number = |field: &str| self.0.number(field).map(|n| n.round().clamp(0.0, 1e6) as u32);
        match (number("items"), number("most")) {
            (Some(least), Some(most)) => Some((least.min(most), most.max(least))),
            (Some(n), None) | (None, Some(n)) => Some((n, n)),
            (None, None) => None,
        }
    }

    pub fn target(self) -> Option<Date> {
        self.0.date("target")
    }

    /// Names of what must be done first.
    pub fn after(self) -> impl Iterator<Item = &'a str> {
        self.0.lines("after")
    }

    /// Its place; what was never moved comes last.
    pub fn order(self) -> f64 {
        self.0.number("order").unwrap_or(f64::MAX)
    }
}

/// How the roadmap is worked on, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct WorkedOn<'a>(pub &'a Record);

impl WorkedOn<'_> {
    pub fn parallel(self) -> usize {
        self.0.number("parallel").map_or(1, |n| n.round().clamp(1.0, 50.0) as usize)
    }

    /// From 0 to 1.
    pub fn share(self) -> Option<f64> {
        self.0.number("share").map(|percent| percent / 100.0)
    }
}
