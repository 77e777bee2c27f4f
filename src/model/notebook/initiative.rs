//! Business initiatives: what the work is for, and how much of it each should get.

use super::{Field, Form, Input, Record};

pub static INITIATIVE: Form = Form {
    id: "initiative",
    title: "Business initiatives",
    one: "an initiative",
    purpose: "What the business wants to come true, which projects serve it, and what share of the work it should get: the \
              share it really gets stands beside it.",
    fields: &[
        Field { id: "name", label: "Initiative", hint: "", input: Input::Line, needed: true },
        Field {
            id: "outcome",
            label: "Outcome",
            hint: "How one will notice that it worked",
            input: Input::Text,
            needed: false,
        },
        Field {
            id: "projects",
            label: "Served by",
            hint: "Projects, epics or teams",
            input: Input::Projects,
            needed: false,
        },
        Field {
            id: "share",
            label: "Wanted share of the work",
            hint: "",
            input: Input::Number(0.0, 100.0, "%"),
            needed: false,
        },
    ],
    called_by: &["name"],
    example: &[
        ("name", "Sellers come back"),
        ("outcome", "Four of ten sellers renew by the end of the year, three today."),
        ("projects", "Shop\nAccounts"),
        ("share", "60"),
    ],
};

/// An initiative, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Initiative<'a>(pub &'a Record);

impl<'a> Initiative<'a> {
    pub fn name(self) -> &'a str {
        self.0.text("name")
    }

    pub fn outcome(self) -> &'a str {
        self.0.text("outcome")
    }

    pub fn projects(self) -> impl Iterator<Item = &'a str> {
        self.0.lines("projects")
    }

    /// From 0 to 1.
    pub fn wanted(self) -> Option<f64> {
        self.0.number("share").map(|percent| percent / 100.0)
    }
}
