//! What the person in a role wants the others to know, in their own words.

use super::{Field, Form, Input, Notebook, Record};
use crate::model::Role;

pub static WORDS: Form = Form {
    id: "words",
    title: "What I want you to know",
    one: "a role\u{2019}s words",
    purpose: "Each role\u{2019}s page carries standing words to the others. Whoever is in the role can write them anew.",
    fields: &[
        Field { id: "role", label: "Role", hint: "", input: Input::Role, needed: true },
        Field {
            id: "words",
            label: "What I want you to know",
            hint: "A paragraph a line",
            input: Input::Text,
            needed: true,
        },
    ],
    called_by: &["role"],
    example: &[
        ("role", "cto"),
        ("words", "I would rather hear of a problem early and unsure than late and certain."),
    ],
};

impl Notebook {
    /// The words that the person in a role has written, the latest.
    pub fn words_of(&self, role: Role) -> Option<&Record> {
        self.of(&WORDS).filter(|record| record.text("role") == role.id()).last()
    }
}
