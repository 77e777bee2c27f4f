//! One piece of work.

use serde::{Deserialize, Serialize};

use super::Moment;

/// A piece of work as the tracker knows it: facts only. How long it took, or whether it counts as
/// finished on some day, is derived (see `metrics::dates`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// What the tracker calls it, unique in a dataset: `PAY-12`, `4711`.
    #[serde(rename = "k")]
    pub key: String,
    /// Where the source names it; the line of its row, counted from 1.
    #[serde(rename = "l", skip_serializing_if = "is_default")]
    pub line: u64,
    #[serde(rename = "t", skip_serializing_if = "is_default")]
    pub title: String,
    /// What sort of work it is; `type_name` is the tracker's own word.
    #[serde(rename = "n", skip_serializing_if = "is_default")]
    pub kind: Kind,
    #[serde(rename = "y", skip_serializing_if = "is_default")]
    pub type_name: String,
    /// The tracker's word for where it stands.
    #[serde(rename = "s", skip_serializing_if = "is_default")]
    pub status: String,
    /// What that word means, where it is known.
    #[serde(rename = "g", skip_serializing_if = "is_default")]
    pub stage: Option<Stage>,
    #[serde(rename = "c", skip_serializing_if = "is_default")]
    pub created: Option<Moment>,
    /// First entered a stage in progress.
    #[serde(rename = "b", skip_serializing_if = "is_default")]
    pub started: Option<Moment>,
    /// Last entered a done stage and stayed there.
    #[serde(rename = "f", skip_serializing_if = "is_default")]
    pub finished: Option<Moment>,
    /// Given up, with the day where the tracker says it.
    #[serde(rename = "x", skip_serializing_if = "is_default")]
    pub cancelled: Option<Moment>,
    /// Story points. Zero is an estimate; none is not.
    #[serde(rename = "p", skip_serializing_if = "is_default")]
    pub points: Option<f64>,
    /// Estimated work in hours.
    #[serde(rename = "e", skip_serializing_if = "is_default")]
    pub estimate_hours: Option<f64>,
    /// Work done in hours.
    #[serde(rename = "a", skip_serializing_if = "is_default")]
    pub actual_hours: Option<f64>,
    #[serde(rename = "m", skip_serializing_if = "is_default")]
    pub team: String,
    #[serde(rename = "j", skip_serializing_if = "is_default")]
    pub project: String,
    /// The larger piece of work it belongs to.
    #[serde(rename = "i", skip_serializing_if = "is_default")]
    pub epic: String,
    #[serde(rename = "o", skip_serializing_if = "is_default")]
    pub owners: Vec<String>,
    #[serde(rename = "h", skip_serializing_if = "is_default")]
    pub labels: Vec<String>,
    #[serde(rename = "w", skip_serializing_if = "is_default")]
    pub blocked: bool,
    /// Its page in the tracker, where the export has one.
    #[serde(rename = "u", skip_serializing_if = "is_default")]
    pub url: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Item {
    /// Takes over what `newer` knows; where `newer` is silent, what is known stays.
    pub fn update_with(&mut self, newer: Item) {
        let Item { key: _, line, title, kind, type_name, status, stage, .. } = newer;
        if line != 0 {
            self.line = line;
        }
        take_text(&mut self.title, title);
        if !type_name.is_empty() {
            self.type_name = type_name;
            self.kind = kind;
        } else if self.kind == Kind::Other {
            self.kind = kind;
        }
        if !status.is_empty() {
            self.status = status;
            self.stage = stage;
        } else {
            take(&mut self.stage, stage);
        }
        take(&mut self.created, newer.created);
        take(&mut self.started, newer.started);
        take(&mut self.finished, newer.finished);
        take(&mut self.cancelled, newer.cancelled);
        take(&mut self.points, newer.points);
        take(&mut self.estimate_hours, newer.estimate_hours);
        take(&mut self.actual_hours, newer.actual_hours);
        take_text(&mut self.team, newer.team);
        take_text(&mut self.project, newer.project);
        take_text(&mut self.epic, newer.epic);
        take_text(&mut self.url, newer.url);
        if !newer.owners.is_empty() {
            self.owners = newer.owners;
        }
        if !newer.labels.is_empty() {
            self.labels = newer.labels;
        }
        self.blocked |= newer.blocked;
    }
}

fn take<T>(old: &mut Option<T>, new: Option<T>) {
    if new.is_some() {
        *old = new;
    }
}

fn take_text(old: &mut String, new: String) {
    if !new.is_empty() {
        *old = new;
    }
}

/// What sort of work an item is, in the four words every team shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Something new or better for a user.
    Feature,
    /// Something that should have worked.
    Bug,
    /// Work users don't see: upkeep, tooling, tasks.
    Chore,
    /// The tracker's word is unknown, or it has none.
    #[default]
    Other,
}

/// Where in its life an item stands, whatever a tracker's workflow calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    NotStarted,
    InProgress,
    Done,
    Cancelled,
}
