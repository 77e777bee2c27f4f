//! What no tracker holds: risks, context, decisions and the like, written by people in short forms.
//!
//! A [`Record`] holds what was typed, as text under the names of its form's fields, so that nothing that was
//! written is lost when a form changes. Each form's file says which fields it has and reads them as what they
//! mean. The notebook remembers every change: that is its history, and what undoing works by.

mod contact;
mod decision;
mod form;
mod initiative;
mod outreach;
mod practice;
mod project;
mod risk;
mod time;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use contact::{CONTACT, Contact};
pub use decision::{DECISION, Decision};
pub use form::{Field, Form, Input, Problem};
pub use initiative::{INITIATIVE, Initiative};
pub use outreach::{OUTREACH, Outreach};
pub use practice::{PRACTICE, Practice};
pub use project::{PROJECT, Project};
pub use risk::{RISK, Risk};
pub use time::{RULE, Rule, Sort, TIME, Time, USUAL_RULES};
pub use words::WORDS;

/// Every form, in the order in which the notebook shows them. A new one is one file and one line here.
pub static FORMS: &[&Form] =
    &[&RISK, &PROJECT, &DECISION, &INITIATIVE, &PRACTICE, &OUTREACH, &CONTACT, &TIME, &RULE, &WORDS];

/// What was typed into a form's fields, by their ids; empty ones are left out.
pub type Values = BTreeMap<String, String>;

/// Something somebody wrote down.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Unique in its notebook, never used again.
    pub id: u32,
    /// A [`Form::id`].
    pub form: String,
    pub values: Values,
    /// It belongs to the sample data, and goes with it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
}

impl Record {
    /// What was typed into that field; empty where nothing was.
    pub fn text(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// The lines of that field.
    pub fn lines(&self, field: &str) -> impl Iterator<Item = &str> {
        self.text(field).lines().map(str::trim).filter(|line| !line.is_empty())
    }

    pub(crate) fn date(&self, field: &str) -> Option<super::Date> {
        self.text(field).parse().ok()
    }

    /// A whole number from 1 to 5.
    pub(crate) fn level(&self, field: &str) -> Option<u8> {
        self.text(field).parse().ok().filter(|level| (1..=5).contains(level))
    }

    pub(crate) fn number(&self, field: &str) -> Option<f64> {
        form::number(self.text(field))
    }
}

/// One record's change: what it held before and after. Without a before it was written, without an after it
/// was removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    pub id: u32,
    pub form: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Values>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Values>,
}

/// Edits made at once, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub at: Timestamp,
    pub edits: Vec<Edit>,
}

/// All of a workspace's records, with their history.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notebook {
    /// In the order in which they were written.
    pub records: Vec<Record>,
    /// The id of the record that was written last.
    pub last_id: u32,
    /// The newest last; at most [`Notebook::STEPS`].
    pub history: Vec<Step>,
    /// Forms whose example was put away.
    pub without_example: BTreeSet<String>,
}

impl Notebook {
    /// More steps than these are not remembered.
    pub const STEPS: usize = 500;

    /// Nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.history.is_empty() && self.without_example.is_empty()
    }

    pub fn record(&self, id: u32) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    /// The records of a form, in the order in which they were written.
    pub fn of<'a>(&'a self, form: &'static Form) -> impl Iterator<Item = &'a Record> + use<'a> {
        self.records.iter().filter(move |record| record.form == form.id)
    }

    /// Writes a record, or what is new in one. Gives its id.
    ///
    /// # Errors
    /// A [`Problem`] for each field that can't be taken as it is; then nothing is changed.
    pub fn write(
        &mut self,
        form: &'static Form,
        id: Option<u32>,
        values: &Values,
        at: Timestamp,
    ) -> Result<u32, Vec<Problem>> {
        let values = form.read(values)?;
        let before = id.and_then(|id| self.record(id)).map(|record| record.values.clone());
        if before.as_ref() == Some(&values) {
            return Ok(id.unwrap_or_default());
        }
        let id = id.filter(|_| before.is_some()).unwrap_or(self.last_id + 1);
        self.take(Step {
            at,
            edits: vec![Edit { id, form: form.id.to_owned(), before, after: Some(values) }],
        });
        Ok(id)
    }

    /// Writes many records of a form at once: one step, for taking back together.
    pub fn write_all(&mut self, form: &'static Form, all: Vec<(Option<u32>, Values)>, at: Timestamp) {
        let mut next = self.last_id;
        let edit = |(id, after): (Option<u32>, Values)| {
            let before = id.and_then(|id| self.record(id)).map(|record| record.values.clone());
            let id = id.filter(|_| before.is_some()).unwrap_or_else(|| {
                next += 1;
                next
            });
            (before.as_ref() != Some(&after)).then(|| Edit {
                id,
                form: form.id.to_owned(),
                before,
                after: Some(after),
            })
        };
        let edits: Vec<Edit> = all.into_iter().filter_map(edit).collect();
        if !edits.is_empty() {
            self.take(Step { at, edits });
        }
    }

    /// Removes records; they stay in the history.
    pub fn remove(&mut self, ids: &[u32], at: Timestamp) {
        let found = ids.iter().filter_map(|&id| self.record(id));
        let edit = |record: &Record| Edit {
            id: record.id,
            form: record.form.clone(),
            before: Some(record.values.clone()),
            after: None,
        };
        let edits: Vec<Edit> = found.map(edit).collect();
        if !edits.is_empty() {
            self.take(Step { at, edits });
        }
    }

    /// Makes a step, and remembers it.
    pub fn take(&mut self, step: Step) {
        for edit in &step.edits {
            self.set(edit.id, &edit.form, edit.after.as_ref());
        }
        self.history.push(step);
        let over = self.history.len().saturating_sub(Notebook::STEPS);
        self.history.drain(..over);
    }

    /// Takes the last step back. Gives it, for taking it again.
    pub fn undo(&mut self) -> Option<Step> {
        let step = self.history.pop()?;
        for edit in step.edits.iter().rev() {
            self.set(edit.id, &edit.form, edit.before.as_ref());
        }
        Some(step)
    }

    fn set(&mut self, id: u32, form: &str, values: Option<&Values>) {
        self.last_id = self.last_id.max(id);
        let place = self.records.iter().position(|record| record.id == id);
        match (place, values) {
            (Some(place), Some(values)) => {
                if let Some(record) = self.records.get_mut(place) {
                    // What the user has changed is the user's.
                    (record.values, record.sample) = (values.clone(), false);
                }
            }
            (Some(place), None) => {
                self.records.remove(place);
            }
            (None, Some(values)) => {
                let record = Record { id, form: form.to_owned(), values: values.clone(), sample: false };
                let place = self.records.partition_point(|other| other.id < id);
                self.records.insert(place, record);
            }
            (None, None) => {}
        }
    }

    /// What a record was before, the newest first: when it changed, and how.
    pub fn past_of(&self, id: u32) -> impl Iterator<Item = (Timestamp, &Edit)> {
        let steps = self.history.iter().rev();
        steps.flat_map(move |step| {
            step.edits.iter().filter(move |edit| edit.id == id).map(|edit| (step.at, edit))
        })
    }

    /// Records of a form that are no more, the last removed first, each once.
    pub fn removed<'a>(&'a self, form: &'static Form) -> Vec<(Timestamp, &'a Edit)> {
        let mut found: Vec<(Timestamp, &Edit)> = Vec::new();
        for step in self.history.iter().rev() {
            for edit in step.edits.iter().filter(|edit| edit.form == form.id && edit.after.is_none()) {
                let is_new = found.iter().all(|(_, known)| known.id != edit.id);
                if is_new && self.record(edit.id).is_none() {
                    found.push((step.at, edit));
                }
            }
        }
        found
    }

    /// Adds the sample team's records, which leave with the sample's items.
    pub fn add_sample(&mut self, records: Vec<(&'static Form, Values)>) {
        for (form, values) in records {
            self.last_id += 1;
            self.records.push(Record { id: self.last_id, form: form.id.to_owned(), values, sample: true });
        }
    }

    /// Without the records that came with the sample data.
    pub fn remove_sample(&mut self) {
        self.records.retain(|record| !record.sample);
        if self.records.is_empty() && self.history.is_empty() {
            self.last_id = 0;
        }
    }

    /// What the notebook calls its projects, in the order of their cards.
    pub fn projects(&self) -> impl Iterator<Item = Project<'_>> {
        self.of(&PROJECT).map(Project)
    }

    /// Whether an item belongs to a project of that name: by the project's card, or where there is none, by
    /// the tracker's own project, epic or team of that name.
    pub fn belongs(&self, item: &super::Item, project: &str) -> bool {
        match self.projects().find(|card| card.name() == project) {
            Some(card) => card.holds(item),
            None => Project::is_named(item, project),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn every_step_can_be_taken_back_and_again() {
        let mut notebook = Notebook::default();
        let mut states = vec![notebook.clone()];
        let one = notebook.write(&RISK, None, &values(&[("what", "One")]), at(0)).unwrap();
        states.push(notebook.clone());
        notebook.write(&RISK, Some(one), &values(&[("what", "One"), ("chance", "4")]), at(1)).unwrap();
        states.push(notebook.clone());
        let two = notebook.write(&RISK, None, &values(&[("what", "Two")]), at(2)).unwrap();
        states.push(notebook.clone());
        notebook.remove(&[one, two], at(3));
        states.push(notebook.clone());
        let mut steps = Vec::new();
        for state in states.iter().rev().skip(1) {
            steps.push(notebook.undo().unwrap());
            assert_eq!(notebook.records, state.records);
            assert_eq!(notebook.history, state.history);
        }
        assert_eq!(notebook.undo(), None);
        for state in &states[1..] {
            notebook.take(steps.pop().unwrap());
            assert_eq!((&notebook.records, &notebook.history), (&state.records, &state.history));
        }
        assert_eq!(notebook.removed(&RISK).len(), 2);
        assert_eq!(notebook.past_of(one).count(), 3);
    }

    #[test]
    fn what_is_wrong_changes_nothing_and_says_where() {
        let mut notebook = Notebook::default();
        let wrong = values(&[("chance", "9"), ("review", "soon")]);
        let problems = notebook.write(&RISK, None, &wrong, at(0)).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["what", "chance", "review"]);
        assert!(notebook.is_empty());
    }

    #[test]
    fn saving_what_did_not_change_is_no_step() {
        let mut notebook = Notebook::default();
        let id = notebook.write(&RISK, None, &values(&[("what", " One ")]), at(0)).unwrap();
        notebook.write(&RISK, Some(id), &values(&[("what", "One")]), at(1)).unwrap();
        assert_eq!(notebook.history.len(), 1);
    }

    #[test]
    fn history_is_bounded_and_the_records_stay() {
        let mut notebook = Notebook::default();
        for n in 0..Notebook::STEPS + 20 {
            notebook.write(&RISK, None, &values(&[("what", &n.to_string())]), at(n as i64)).unwrap();
        }
        assert_eq!(notebook.history.len(), Notebook::STEPS);
        assert_eq!(notebook.records.len(), Notebook::STEPS + 20);
    }

    #[test]
    fn the_sample_leaves_but_not_what_the_user_made_of_it() {
        let mut notebook = Notebook::default();
        notebook.add_sample(vec![(&RISK, values(&[("what", "A")])), (&RISK, values(&[("what", "B")]))]);
        let mine = notebook.records[0].id;
        notebook.write(&RISK, Some(mine), &values(&[("what", "A, really")]), at(0)).unwrap();
        notebook.remove_sample();
        let left: Vec<&str> = notebook.records.iter().map(|record| record.text("what")).collect();
        assert_eq!(left, ["A, really"]);
    }

    #[test]
    fn many_at_once_are_one_step_and_only_what_is_new() {
        let mut notebook = Notebook::default();
        let hour = |date: &str| values(&[("date", date), ("hours", "1"), ("what", "Talk")]);
        notebook.write_all(&TIME, vec![(None, hour("2026-01-05")), (None, hour("2026-01-12"))], at(0));
        let first = notebook.records[0].id;
        notebook.write_all(&TIME, vec![(Some(first), hour("2026-01-05")), (None, hour("2026-01-19"))], at(1));
        assert_eq!((notebook.records.len(), notebook.history.len()), (3, 2));
        assert_eq!(notebook.history[1].edits.len(), 1);
        notebook.undo();
        assert_eq!(notebook.records.len(), 2);
    }
}
