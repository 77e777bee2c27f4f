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
mod roadmap;
mod scenario;
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
pub use roadmap::{Ahead, PLAN, ROADMAP, WorkedOn};
pub use scenario::{SCENARIO, Scenario};
pub use time::{RULE, Rule, Sort, TIME, Time, USUAL_RULES};
pub use words::WORDS;

/// Every form, in the order in which the notebook shows them. A new one is one file and one line here.
pub static FORMS: &[&Form] = &[
    &RISK,
    &PROJECT,
    &DECISION,
    &INITIATIVE,
    &ROADMAP,
    &PLAN,
    &SCENARIO,
    &PRACTICE,
    &OUTREACH,
    &CONTACT,
    &TIME,
    &RULE,
    &WORDS,
];

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
    /// When it was last changed; not known of what came with the sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Timestamp>,
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
    /// It belonged to the sample before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub was_sample: bool,
}

impl Edit {
    /// The edit of a record, or of none.
    fn of(record: Option<&Record>, id: u32, form: &str, after: Option<Values>) -> Edit {
        Edit {
            id,
            form: form.to_owned(),
            before: record.map(|record| record.values.clone()),
            after,
            was_sample: record.is_some_and(|record| record.sample),
        }
    }
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
        let record = id.and_then(|id| self.record(id));
        if record.is_some_and(|record| record.values == values) {
            return Ok(id.unwrap_or_default());
        }
        let id =
            id.filter(|_| record.is_some()).unwrap_or_else(|| self.free_ids().next().unwrap_or_default());
        let edits = vec![Edit::of(record, id, form.id, Some(values))];
        self.take(Step { at, edits });
        Ok(id)
    }

    /// Ids that no record has or had.
    fn free_ids(&self) -> impl Iterator<Item = u32> + use<'_> {
        // What was stored elsewhere may hold any number.
        let next = self.last_id.checked_add(1).unwrap_or(1);
        (next..=u32::MAX).chain(1..next).filter(|id| self.record(*id).is_none())
    }

    /// Writes many records of a form at once, and removes others: one step, for taking back together. A record
    /// without an id is a new one.
    pub fn write_all(
        &mut self,
        form: &'static Form,
        all: Vec<(Option<u32>, Values)>,
        gone: &[u32],
        at: Timestamp,
    ) {
        let mut edits = Vec::new();
        {
            let mut free = self.free_ids();
            for (id, after) in all {
                let record = id.and_then(|id| self.record(id));
                if record.is_some_and(|record| record.values == after) {
                    continue;
                }
                if let Some(id) = id.filter(|_| record.is_some()).or_else(|| free.next()) {
                    edits.push(Edit::of(record, id, form.id, Some(after)));
                }
            }
        }
        let gone = gone.iter().filter_map(|&id| self.record(id));
        edits.extend(gone.map(|record| Edit::of(Some(record), record.id, &record.form, None)));
        if !edits.is_empty() {
            self.take(Step { at, edits });
        }
    }

    /// Removes records; they stay in the history.
    pub fn remove(&mut self, ids: &[u32], at: Timestamp) {
        let found = ids.iter().filter_map(|&id| self.record(id));
        let edits: Vec<Edit> =
            found.map(|record| Edit::of(Some(record), record.id, &record.form, None)).collect();
        if !edits.is_empty() {
            self.take(Step { at, edits });
        }
    }

    /// Makes a step, and remembers it.
    pub fn take(&mut self, step: Step) {
        for edit in &step.edits {
            // What the user has changed is the user's.
            self.set(edit.id, &edit.form, edit.after.as_ref(), Some(step.at), false);
        }
        self.history.push(step);
        let over = self.history.len().saturating_sub(Notebook::STEPS);
        self.history.drain(..over);
    }

    /// Makes a step that was made in another copy of the notebook. What it wrote anew gets an id that is free here,
    /// so that nothing goes over what this copy has written meanwhile.
    pub fn take_apart(&mut self, mut step: Step) {
        let mut taken: BTreeSet<u32> = self.records.iter().map(|record| record.id).collect();
        taken.extend(step.edits.iter().filter(|edit| edit.before.is_some()).map(|edit| edit.id));
        for edit in step.edits.iter_mut().filter(|edit| edit.before.is_none()) {
            if !taken.insert(edit.id) {
                edit.id = self.free_ids().find(|id| !taken.contains(id)).unwrap_or_default();
                taken.insert(edit.id);
            }
        }
        self.take(step);
    }

    /// Takes the last step back. Gives it, for taking it again.
    pub fn undo(&mut self) -> Option<Step> {
        let step = self.history.pop()?;
        for edit in step.edits.iter().rev() {
            let before = self.past_of(edit.id).next().map(|(at, _)| at);
            self.set(edit.id, &edit.form, edit.before.as_ref(), before, edit.was_sample);
        }
        Some(step)
    }

    fn set(
        &mut self,
        id: u32,
        form: &str,
        values: Option<&Values>,
        changed: Option<Timestamp>,
        sample: bool,
    ) {
        self.last_id = self.last_id.max(id);
        let place = self.records.iter().position(|record| record.id == id);
        match (place, values) {
            (Some(place), Some(values)) => {
                if let Some(record) = self.records.get_mut(place) {
                    (record.values, record.changed, record.sample) = (values.clone(), changed, sample);
                }
            }
            (Some(place), None) => {
                self.records.remove(place);
            }
            (None, Some(values)) => {
                let record = Record { id, form: form.to_owned(), values: values.clone(), changed, sample };
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
            let id = self.free_ids().next().unwrap_or_default();
            self.last_id = id;
            self.records.push(Record {
                id: self.last_id,
                form: form.id.to_owned(),
                values,
                changed: None,
                sample: true,
            });
        }
    }

    /// Without the records that came with the sample data.
    pub fn remove_sample(&mut self) {
        self.records.retain(|record| !record.sample);
        // What was done to the sample's records only can't be taken back without them.
        self.history.retain(|step| !step.edits.iter().all(|edit| edit.was_sample && edit.after.is_none()));
        if self.records.is_empty() && self.history.is_empty() {
            self.last_id = 0;
        }
    }

    /// What the notebook calls its projects, in the order of their cards.
    pub fn projects(&self) -> impl Iterator<Item = Project<'_>> {
        self.of(&PROJECT).map(Project)
    }

    /// How to tell whether an item belongs to one of these projects, by their names: by a project's card, or
    /// where it has none, by the tracker's own project, epic or team of that name.
    pub fn belonging<'a>(&'a self, names: impl Iterator<Item = &'a str>) -> Belonging<'a> {
        let one = |name: &'a str| match self.projects().find(|card| same_name(card.name(), name)) {
            Some(card) => One::Card(card),
            None => One::Name(name),
        };
        Belonging(names.map(one).collect())
    }
}

/// Some projects, for asking of many items whether they belong to them.
pub struct Belonging<'a>(Vec<One<'a>>);

enum One<'a> {
    Card(Project<'a>),
    Name(&'a str),
}

impl Belonging<'_> {
    pub fn holds(&self, item: &super::Item) -> bool {
        self.0.iter().any(|one| match one {
            One::Card(card) => card.holds(item),
            One::Name(name) => Project::is_named(item, name),
        })
    }
}

/// Whether two names are the same to a reader.
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one == other || one.to_lowercase() == other.to_lowercase()
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
    fn what_was_undone_in_the_sample_is_the_samples_again() {
        let mut notebook = Notebook::default();
        notebook.add_sample(vec![(&RISK, values(&[("what", "A")])), (&RISK, values(&[("what", "B")]))]);
        let [a, b] = [notebook.records[0].id, notebook.records[1].id];
        notebook.write(&RISK, Some(a), &values(&[("what", "A!")]), at(0)).unwrap();
        notebook.undo();
        notebook.remove(&[b], at(1));
        notebook.undo();
        assert!(notebook.records.iter().all(|record| record.sample && record.changed.is_none()));
        notebook.remove_sample();
        assert!(notebook.is_empty());
    }

    #[test]
    fn steps_of_two_copies_come_together() {
        let mut one = Notebook::default();
        let mut other = Notebook::default();
        let what = |n: usize| values(&[("what", &n.to_string())]);
        one.write_all(&RISK, (0..50).map(|n| (None, what(n))).collect(), &[], at(0));
        other.write_all(&RISK, (50..100).map(|n| (None, what(n))).collect(), &[], at(1));
        let step = other.history[0].clone();
        one.take_apart(step);
        let mut all: Vec<usize> = one.records.iter().filter_map(|r| r.text("what").parse().ok()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn ids_are_free_whatever_was_stored() {
        let mut notebook = Notebook { last_id: u32::MAX, ..Notebook::default() };
        let one = notebook.write(&RISK, None, &values(&[("what", "A")]), at(0)).unwrap();
        let two = notebook.write(&RISK, None, &values(&[("what", "B")]), at(1)).unwrap();
        assert_ne!(one, two);
        notebook.add_sample(vec![(&RISK, values(&[("what", "C")]))]);
        assert_eq!(notebook.records.len(), 3);
    }

    #[test]
    fn many_at_once_are_one_step_and_only_what_is_new() {
        let mut notebook = Notebook::default();
        let hour = |date: &str| values(&[("date", date), ("hours", "1"), ("what", "Talk")]);
        notebook.write_all(&TIME, vec![(None, hour("2026-01-05")), (None, hour("2026-01-12"))], &[], at(0));
        let first = notebook.records[0].id;
        notebook.write_all(
            &TIME,
            vec![(Some(first), hour("2026-01-05")), (None, hour("2026-01-19"))],
            &[],
            at(1),
        );
        assert_eq!((notebook.records.len(), notebook.history.len()), (3, 2));
        assert_eq!(notebook.history[1].edits.len(), 1);
        notebook.undo();
        assert_eq!(notebook.records.len(), 2);
    }
}
