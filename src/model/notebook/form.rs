//! Forms: which fields a kind of record has, what may be typed into them, and what is wrong with what was.

use super::Values;
use crate::model::Date;

/// A kind of record.
#[derive(Debug)]
pub struct Form {
    /// Stable name, in what is kept.
    pub id: &'static str,
    /// What the part of the notebook is called.
    pub title: &'static str,
    /// One record, within a sentence: "a risk".
    pub one: &'static str,
    /// What the part is for, where it is empty.
    pub purpose: &'static str,
    pub fields: &'static [Field],
    /// What a record is called by: the ids of fields, those that are filled joined by a comma.
    pub called_by: &'static [&'static str],
    /// An example, as somebody might write it.
    pub example: &'static [(&'static str, &'static str)],
}

/// A field of a form.
#[derive(Debug)]
pub struct Field {
    pub id: &'static str,
    pub label: &'static str,
    /// What belongs there, where the label does not say it.
    pub hint: &'static str,
    pub input: Input,
    /// A record needs it.
    pub needed: bool,
}

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// One line.
    Line,
    /// As much as one likes.
    Text,
    /// A day, as `2026-03-31`.
    Date,
    /// From 1 to 5, with what the two ends mean.
    Level(&'static str, &'static str),
    /// A number within these ends, and its unit.
    Number(f64, f64, &'static str),
    /// One of these: as it is kept, and as people call it.
    Choice(&'static [(&'static str, &'static str)]),
    /// One of the six roles.
    Role,
    /// The name of a project.
    Project,
    /// Names of projects, one a line.
    Projects,
    /// What the tracker calls it, one a line: see [`super::Project::holds`].
    TrackerNames,
    /// Filled by a machine, not shown.
    Hidden,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: &'static str,
    /// What to do about it, as a sentence.
    pub says: String,
}

/// Longer texts than this are no notes.
const LONGEST: usize = 20_000;

impl Form {
    pub fn field(&self, id: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// Trims and checks what was typed. Values of fields that this form does not have are kept: a newer
    /// Ballpark may have written them.
    ///
    /// # Errors
    /// A [`Problem`] for each field, in the form's order.
    pub fn read(&self, typed: &Values) -> Result<Values, Vec<Problem>> {
        let mut values: Values = typed
            .iter()
            .map(|(field, text)| (field.clone(), text.trim().to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let mut problems = Vec::new();
        for field in self.fields {
            let text = values.get(field.id).map_or("", String::as_str);
            match field.check(text) {
                Ok(None) => {}
                Ok(Some(written)) => {
                    values.insert(field.id.to_owned(), written);
                }
                Err(says) => problems.push(Problem { field: field.id, says }),
            }
        }
        if problems.is_empty() { Ok(values) } else { Err(problems) }
    }

    /// What a record with these values is called.
    pub fn name_of(&self, values: &Values) -> String {
        let parts = self.called_by.iter().filter_map(|id| {
            let field = self.field(id)?;
            Some(field.shown(values.get(*id)?))
        });
        let name = parts.collect::<Vec<_>>().join(", ");
        let first = name.lines().next().unwrap_or_default();
        match first.char_indices().nth(120) {
            Some((end, _)) => format!("{}…", &first[..end]),
            None => first.to_owned(),
        }
    }

    /// The example as a record's values.
    pub fn example_values(&self) -> Values {
        let said = |field: &str, text: &'static str| match self.field(field).map(|field| field.input) {
            Some(Input::Line | Input::Text | Input::Project | Input::Projects | Input::TrackerNames) => {
                t!(text)
            }
            // What is chosen is kept in one language.
            _ => text,
        };
        self.example.iter().map(|(field, text)| ((*field).to_owned(), said(field, text).to_owned())).collect()
    }
}

impl Field {
    /// Whether that may stand in this field; gives it as it is to be kept where that is another way.
    fn check(&self, text: &str) -> Result<Option<String>, String> {
        if text.is_empty() {
            return match self.needed {
                true => Err(say!("“{}” is empty. It is needed.", t!(self.label))),
                false => Ok(None),
            };
        }
        if text.len() > LONGEST {
            return Err(say!("“{}” is too long: {LONGEST} characters at the most.", t!(self.label)));
        }
        match self.input {
            Input::Date => match text.parse::<Date>() {
                Ok(day) if (1900..2200).contains(&day.year()) => Ok(None),
                _ => Err(say!("“{text}” is no day. Write it as 2026-03-31.")),
            },
            Input::Level(..) => match text.parse::<u8>() {
                Ok(1..=5) => Ok(None),
                _ => Err(say!("“{}” is a whole number from 1 to 5.", t!(self.label))),
            },
            Input::Number(low, high, unit) => match number(text) {
                Some(number) if (low..=high).contains(&number) => {
                    Ok(Some(number.to_string()).filter(|written| written != text))
                }
                _ => Err(say!(
                    "“{}” is a number from {} to {} {}.",
                    t!(self.label),
                    crate::language::formats::pointed(low.to_string()),
                    crate::language::formats::pointed(high.to_string()),
                    t!(unit)
                )),
            },
            Input::Choice(choices) => match choices.iter().any(|(value, _)| *value == text) {
                true => Ok(None),
                false => Err(say!("Choose one of those offered for “{}”.", t!(self.label))),
            },
            Input::Role => match crate::model::Role::named(text) {
                Some(_) => Ok(None),
                None => Err(t!("Choose one of the six roles.").to_owned()),
            },
            Input::Line | Input::Project => {
                Ok(text.contains('\n').then(|| text.split_whitespace().collect::<Vec<_>>().join(" ")))
            }
            Input::Text | Input::Projects | Input::TrackerNames | Input::Hidden => Ok(None),
        }
    }

    /// A value as people read it.
    pub fn shown(&self, value: &str) -> String {
        match self.input {
            Input::Choice(choices) => {
                let chosen = choices.iter().find(|(kept, _)| *kept == value);
                chosen.map_or(value, |(_, label)| t!(*label)).to_owned()
            }
            Input::Role => crate::model::Role::named(value).map_or(value, |role| role.title()).to_owned(),
            Input::Level(..) => say!("{value} of 5"),
            Input::Number(.., unit) => {
                let unit = t!(if value == "1" { unit.trim_end_matches('s') } else { unit });
                format!("{}\u{a0}{unit}", crate::language::formats::pointed(value.to_owned()))
            }
            Input::Date => match value.parse::<Date>() {
                Ok(day) => crate::language::formats::date(day),
                Err(_) => value.to_owned(),
            },
            Input::Projects | Input::TrackerNames => value.lines().collect::<Vec<_>>().join(", "),
            _ => value.to_owned(),
        }
    }
}

/// A number with a point or a comma; finite.
pub(super) fn number(text: &str) -> Option<f64> {
    let number: f64 = text.trim().replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::FORMS;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn forms_are_complete_and_their_examples_can_be_saved() {
        let mut ids = BTreeSet::new();
        for form in FORMS {
            assert!(ids.insert(form.id), "{} twice", form.id);
            let fields: BTreeSet<&str> = form.fields.iter().map(|field| field.id).collect();
            assert_eq!(fields.len(), form.fields.len(), "{}: a field twice", form.id);
            for id in form.called_by.iter().chain(form.example.iter().map(|(id, _)| id)) {
                assert!(fields.contains(id), "{}: no field {id}", form.id);
            }
            let example = form.example_values();
            assert_eq!(form.read(&example), Ok(example.clone()), "{}", form.id);
            assert!(!form.name_of(&example).is_empty(), "{}", form.id);
        }
    }

    #[test]
    fn a_comma_is_a_decimal_mark_and_lines_stay_lines() {
        let field = |input| Field { id: "x", label: "X", hint: "", input, needed: false };
        let hours = field(Input::Number(0.0, 24.0, "hours"));
        assert_eq!(hours.check("1,5"), Ok(Some("1.5".into())));
        assert!(hours.check("25").is_err() && hours.check("NaN").is_err() && hours.check("inf").is_err());
        assert_eq!(field(Input::Line).check("a\nb"), Ok(Some("a b".into())));
        assert!(field(Input::Date).check("2026-02-30").is_err());
        assert!(field(Input::Date).check("9999-01-01").is_err());
    }
}
