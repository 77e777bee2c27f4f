//! Context cards: what somebody who works on a project should know beside its items.

use super::{Field, Form, Input, Record, same_name};
use crate::model::Item;

pub static PROJECT: Form = Form {
    id: "project",
    title: "Projects and their context",
    one: "a context card",
    purpose: "What the tracker does not say about a project: whom it is for and what for, what the technology allows, what \
              the organisation asks. Engineers read it on their page, so that they can decide for themselves.",
    fields: &[
        Field { id: "name", label: "Project", hint: "", input: Input::Project, needed: true },
        Field {
            id: "items",
            label: "In the tracker",
            hint: "Only where it has another name there: its project, epic, team or label, one a line",
            input: Input::TrackerNames,
            needed: false,
        },
        Field {
            id: "goal",
            label: "Goal and customer",
            hint: "Who will be able to do what",
            input: Input::Text,
            needed: false,
        },
        Field {
            id: "limits",
            label: "Technical limits",
            hint: "What can\u{2019}t be changed soon, and why",
            input: Input::Text,
            needed: false,
        },
        Field {
            id: "constraints",
            label: "Organisational constraints",
            hint: "Dates, budgets, promises, people, law",
            input: Input::Text,
            needed: false,
        },
    ],
    called_by: &["name"],
    example: &[
        ("name", "Shop"),
        ("goal", "Small sellers can take subscriptions without our help. They ask for it every week."),
        ("limits", "The payment provider allows ten calls a second, so renewals run through the night."),
        ("constraints", "No new personal data before the audit in April."),
    ],
};

/// A project's card, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a>(pub &'a Record);

impl<'a> Project<'a> {
    pub fn name(self) -> &'a str {
        self.0.text("name")
    }

    /// Its context: what each part is called, and the text, without those that are empty.
    pub fn context(self) -> Vec<(&'static str, &'a str)> {
        let part = |id: &'static str| {
            let field = PROJECT.field(id)?;
            Some((t!(field.label), self.0.text(id))).filter(|(_, text)| !text.is_empty())
        };
        ["goal", "limits", "constraints"].into_iter().filter_map(part).collect()
    }

    /// Whether the item is part of it: its project, epic, team or one of its labels is what the card names, or
    /// where it names nothing, called as the project is.
    pub fn holds(self, item: &Item) -> bool {
        let mut names = self.0.lines("items").peekable();
        match names.peek() {
            None => Project::is_named(item, self.name()),
            Some(_) => names.any(|name| {
                Project::is_named(item, name) || item.labels.iter().any(|label| same_name(label, name))
            }),
        }
    }

    /// Whether the item's project, epic or team is called that.
    pub fn is_named(item: &Item, name: &str) -> bool {
        let of = [&item.project, &item.epic, &item.team];
        !name.is_empty() && of.into_iter().any(|of| !of.is_empty() && same_name(of, name))
    }
}
