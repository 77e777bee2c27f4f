//! Risks: what may go wrong with a project, and who sees to it.

use super::{Field, Form, Input, Record};
use crate::model::{Date, days_between};

pub static RISK: Form = Form {
    id: "risk",
    title: "Risks",
    one: "a risk",
    purpose: "What may go wrong, before it does: so that it is talked about while there is a choice. A risk that nobody \
              has looked at for three months, or whose review is due, comes up on the role pages.",
    fields: &[
        Field { id: "what", label: "What may happen", hint: "", input: Input::Line, needed: true },
        Field { id: "project", label: "Project", hint: "", input: Input::Project, needed: false },
        Field {
            id: "chance",
            label: "Chance",
            hint: "",
            input: Input::Level("hardly", "almost surely"),
            needed: false,
        },
        Field {
            id: "effect",
            label: "Effect",
            hint: "",
            input: Input::Level("a nuisance", "we stop"),
            needed: false,
        },
        Field { id: "owner", label: "Owner", hint: "Who sees to it", input: Input::Line, needed: false },
        Field {
            id: "mitigation",
            label: "Mitigation",
            hint: "What makes it less likely, or less bad",
            input: Input::Text,
            needed: false,
        },
        Field { id: "review", label: "Look at it again on", hint: "", input: Input::Date, needed: false },
        Field {
            id: "state",
            label: "State",
            hint: "",
            input: Input::Choice(&[("open", "open"), ("happened", "it happened"), ("gone", "gone")]),
            needed: false,
        },
    ],
    called_by: &["what"],
    example: &[
        ("what", "The payment provider turns off its old interface in March"),
        ("project", "Shop"),
        ("chance", "4"),
        ("effect", "4"),
        ("owner", "Ada"),
        ("mitigation", "Move the subscriptions first; they have no manual way round."),
        ("review", "2026-12-15"),
        ("state", "open"),
    ],
};

/// A risk, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Risk<'a>(pub &'a Record);

impl<'a> Risk<'a> {
    pub fn what(self) -> &'a str {
        self.0.text("what")
    }

    pub fn project(self) -> &'a str {
        self.0.text("project")
    }

    pub fn owner(self) -> &'a str {
        self.0.text("owner")
    }

    pub fn mitigation(self) -> &'a str {
        self.0.text("mitigation")
    }

    /// From 1 to 5.
    pub fn chance(self) -> Option<u8> {
        self.0.level("chance")
    }

    /// From 1 to 5.
    pub fn effect(self) -> Option<u8> {
        self.0.level("effect")
    }

    /// Chance × effect, 1 to 25: an order to look at risks in, not a measure of them. What is not said counts
    /// as the middle, 3.
    pub fn weight(self) -> u8 {
        self.chance().unwrap_or(3) * self.effect().unwrap_or(3)
    }

    /// Neither gone nor come true.
    pub fn is_open(self) -> bool {
        matches!(self.0.text("state"), "" | "open")
    }

    pub fn review(self) -> Option<Date> {
        self.0.date("review")
    }

    /// Whether it should be looked at again by that day. `written` is the day it last changed; without a date
    /// of review a risk is old after [`Risk::OLD`] days.
    pub fn is_due(self, today: Date, written: Option<Date>) -> bool {
        match (self.review(), written) {
            (Some(review), _) => review <= today,
            (None, Some(written)) => days_between(written, today) >= Risk::OLD,
            (None, None) => false,
        }
    }

    /// Calendar days without a change after which a risk is to be looked at again.
    pub const OLD: i32 = 90;
}
