//! Decisions: what was chosen over what, so that nobody has to guess later; and those that are still open.

use super::{Field, Form, Input, Record};
use crate::model::Date;

pub static DECISION: Form = Form {
    id: "decision",
    title: "Decisions",
    one: "a decision",
    purpose: "What was chosen, over what, and what it costs: so that it need not be decided twice, and can be when things \
              change. One without a choice is open, and comes up with those who have to make it.",
    fields: &[
        Field { id: "question", label: "Question", hint: "", input: Input::Line, needed: true },
        Field { id: "project", label: "Project", hint: "", input: Input::Project, needed: false },
        Field { id: "options", label: "Options", hint: "One a line", input: Input::Text, needed: false },
        Field {
            id: "choice",
            label: "Choice",
            hint: "Empty while it is open",
            input: Input::Line,
            needed: false,
        },
        Field {
            id: "trade",
            label: "Trade-off",
            hint: "What we give up by it",
            input: Input::Text,
            needed: false,
        },
        Field { id: "who", label: "Who decides", hint: "", input: Input::Line, needed: false },
        Field {
            id: "date",
            label: "Decided on, or to be decided by",
            hint: "",
            input: Input::Date,
            needed: false,
        },
    ],
    called_by: &["question"],
    example: &[
        ("question", "Build our own search, or rent one?"),
        ("project", "Shop"),
        ("options", "Our own on the database we have\nA rented service"),
        ("choice", "Our own, for a year"),
        ("trade", "No synonyms before summer; in return no customer data leaves the house."),
        ("who", "Grace"),
        ("date", "2026-10-02"),
    ],
};

/// A decision, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a>(pub &'a Record);

impl<'a> Decision<'a> {
    pub fn question(self) -> &'a str {
        self.0.text("question")
    }

    pub fn project(self) -> &'a str {
        self.0.text("project")
    }

    pub fn choice(self) -> &'a str {
        self.0.text("choice")
    }

    pub fn trade_off(self) -> &'a str {
        self.0.text("trade")
    }

    pub fn who(self) -> &'a str {
        self.0.text("who")
    }

    pub fn options(self) -> impl Iterator<Item = &'a str> {
        self.0.lines("options")
    }

    /// Nothing is chosen yet.
    pub fn is_open(self) -> bool {
        self.choice().is_empty()
    }

    /// The day it was made, or should be.
    pub fn date(self) -> Option<Date> {
        self.0.date("date")
    }
}
