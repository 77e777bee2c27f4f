//! Outreach: how the team is heard of outside.

use super::{Field, Form, Input, Record};
use crate::model::Date;

pub static OUTREACH: Form = Form {
    id: "outreach",
    title: "Outreach",
    one: "an outreach note",
    purpose: "Meetups, talks, conferences, podcasts, articles: how good people hear of the team. A year at a glance shows \
              whether it keeps going or comes in one burst.",
    fields: &[
        Field { id: "what", label: "What", hint: "", input: Input::Line, needed: true },
        Field { id: "date", label: "Day", hint: "", input: Input::Date, needed: true },
        Field { id: "kind", label: "Kind", hint: "", input: Input::Choice(KINDS), needed: true },
        Field { id: "who", label: "Who", hint: "", input: Input::Line, needed: false },
        Field {
            id: "note",
            label: "What came of it",
            hint: "People met, questions heard",
            input: Input::Text,
            needed: false,
        },
    ],
    called_by: &["what"],
    example: &[
        ("what", "Rust meetup in our kitchen"),
        ("date", "2026-09-17"),
        ("kind", "meetup-hosted"),
        ("who", "The platform team"),
        ("note", "Forty people; two asked about working here."),
    ],
};

const KINDS: &[(&str, &str)] = &[
    ("meetup-hosted", "meetup, hosted"),
    ("meetup-attended", "meetup, attended"),
    ("meetup-sponsored", "meetup, sponsored"),
    ("talk", "talk"),
    ("conference", "conference"),
    ("podcast", "podcast"),
    ("article", "article"),
];

/// One note, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Outreach<'a>(pub &'a Record);

impl<'a> Outreach<'a> {
    /// The kinds there are: as kept, and as people call them.
    pub const KINDS: &'static [(&'static str, &'static str)] = KINDS;

    pub fn what(self) -> &'a str {
        self.0.text("what")
    }

    pub fn date(self) -> Option<Date> {
        self.0.date("date")
    }

    /// As kept.
    pub fn kind(self) -> &'a str {
        self.0.text("kind")
    }
}
