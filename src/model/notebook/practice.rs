//! Practice checks: three questions about a system, asked again from time to time.

use super::{Field, Form, Input, Record};
use crate::model::Date;

pub static PRACTICE: Form = Form {
    id: "practice",
    title: "Practice checks",
    one: "a practice check",
    purpose: "Could somebody new work on this system next week? Three questions, answered by those who work on it, now and \
              then: what counts is which way it goes.",
    fields: &[
        Field { id: "system", label: "System", hint: "", input: Input::Line, needed: true },
        Field { id: "date", label: "Day", hint: "", input: Input::Date, needed: true },
        Field {
            id: "understandable",
            label: "Can be understood",
            hint: "",
            input: Input::Level("by nobody", "by a newcomer"),
            needed: true,
        },
        Field {
            id: "conventional",
            label: "Does things the usual way",
            hint: "",
            input: Input::Level("all its own", "no surprises"),
            needed: true,
        },
        Field {
            id: "documented",
            label: "Is written down",
            hint: "",
            input: Input::Level("nothing", "all one needs"),
            needed: true,
        },
        Field { id: "note", label: "Note", hint: "", input: Input::Text, needed: false },
    ],
    called_by: &["system", "date"],
    example: &[
        ("system", "Checkout"),
        ("date", "2026-11-02"),
        ("understandable", "3"),
        ("conventional", "4"),
        ("documented", "2"),
        ("note", "The tax rules are known to two people."),
    ],
};

/// One check, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Practice<'a>(pub &'a Record);

impl<'a> Practice<'a> {
    pub fn system(self) -> &'a str {
        self.0.text("system")
    }

    pub fn date(self) -> Option<Date> {
        self.0.date("date")
    }

    pub fn note(self) -> &'a str {
        self.0.text("note")
    }

    /// The three answers, each from 1 to 5, by what they are called; `None` where one is missing.
    pub fn answers(self) -> Option<[(&'static str, u8); 3]> {
        Some([
            ("understandable", self.0.level("understandable")?),
            ("conventional", self.0.level("conventional")?),
            ("documented", self.0.level("documented")?),
        ])
    }

    /// Their mean.
    pub fn mean(self) -> Option<f64> {
        self.answers().map(|answers| answers.iter().map(|(_, level)| f64::from(*level)).sum::<f64>() / 3.0)
    }
}
