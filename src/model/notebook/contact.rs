//! Contacts: whom to ask, and whom instead while they are away.

use super::{Field, Form, Input, Record};
use crate::model::{Date, Role};

pub static CONTACT: Form = Form {
    id: "contact",
    title: "Contacts",
    one: "a contact",
    purpose: "Who answers for what, how to reach them, and who stands in while they are away. It stands at the end of each \
              role\u{2019}s page.",
    fields: &[
        Field { id: "name", label: "Name", hint: "", input: Input::Line, needed: true },
        Field { id: "role", label: "Role", hint: "", input: Input::Role, needed: false },
        Field { id: "for", label: "Ask them about", hint: "", input: Input::Line, needed: false },
        Field {
            id: "reach",
            label: "How to reach them",
            hint: "A room, a channel, a mail address, office hours",
            input: Input::Line,
            needed: false,
        },
        Field {
            id: "stand_in",
            label: "Stand-in",
            hint: "Who instead, and how",
            input: Input::Line,
            needed: false,
        },
        Field { id: "away_from", label: "Away from", hint: "", input: Input::Date, needed: false },
        Field { id: "away_until", label: "Back on", hint: "", input: Input::Date, needed: false },
    ],
    called_by: &["name"],
    example: &[
        ("name", "Grace"),
        ("role", "cto"),
        ("for", "Where we are going, and what it costs"),
        ("reach", "Room 4, Tuesdays 14 to 16; #ask-grace at any time"),
        ("stand_in", "Ada, #platform"),
        ("away_from", "2026-12-21"),
        ("away_until", "2027-01-07"),
    ],
};

/// A contact, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Contact<'a>(pub &'a Record);

impl<'a> Contact<'a> {
    pub fn name(self) -> &'a str {
        self.0.text("name")
    }

    pub fn role(self) -> Option<Role> {
        Role::named(self.0.text("role"))
    }

    pub fn about(self) -> &'a str {
        self.0.text("for")
    }

    pub fn reach(self) -> &'a str {
        self.0.text("reach")
    }

    pub fn stand_in(self) -> &'a str {
        self.0.text("stand_in")
    }

    /// The first day away and the day they are back; either may be open.
    pub fn away(self) -> (Option<Date>, Option<Date>) {
        (self.0.date("away_from"), self.0.date("away_until"))
    }

    /// Away on that day: from the first day on, and back on the last.
    pub fn is_away(self, day: Date) -> bool {
        match self.away() {
            (Some(from), until) => from <= day && until.is_none_or(|until| day < until),
            (None, Some(until)) => day < until,
            (None, None) => false,
        }
    }
}
