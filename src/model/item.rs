//! One piece of work.

use serde::{Deserialize, Serialize};

use super::{Blocked, Moment, StatusChange, Zone, days_between};

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
    /// Which file spoke of it last: a `ReadFrom::id`.
    #[serde(rename = "r", skip_serializing_if = "is_default")]
    pub source: u32,
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
    /// Its size in the words of shirts: `XS` to `XXL`.
    #[serde(rename = "S", skip_serializing_if = "is_default")]
    pub size: String,
    #[serde(rename = "m", skip_serializing_if = "is_default")]
    pub team: String,
    #[serde(rename = "j", skip_serializing_if = "is_default")]
    pub project: String,
    /// The parts of the product it concerns, as far as the tracker names them: components, areas.
    #[serde(rename = "A", skip_serializing_if = "is_default")]
    pub areas: Vec<String>,
    /// The larger piece of work it belongs to.
    #[serde(rename = "i", skip_serializing_if = "is_default")]
    pub epic: String,
    /// The key of the item it is a part of.
    #[serde(rename = "v", skip_serializing_if = "is_default")]
    pub parent: String,
    /// Keys of the items it waits for.
    #[serde(rename = "d", skip_serializing_if = "is_default")]
    pub waits_for: Vec<String>,
    #[serde(rename = "o", skip_serializing_if = "is_default")]
    pub owners: Vec<String>,
    #[serde(rename = "h", skip_serializing_if = "is_default")]
    pub labels: Vec<String>,
    #[serde(rename = "w", skip_serializing_if = "is_default")]
    pub blocked: bool,
    /// The day by which it was to be finished, as last set: trackers keep no earlier ones in an export.
    #[serde(rename = "D", skip_serializing_if = "is_default")]
    pub due: Option<Moment>,
    /// The sprints, cycles or iterations it was in, in their order; many trackers name only the last.
    #[serde(rename = "I", skip_serializing_if = "is_default")]
    pub iterations: Vec<String>,
    /// Its page in the tracker, where the export has one.
    #[serde(rename = "u", skip_serializing_if = "is_default")]
    pub url: String,
    /// Each status it entered, in the order of time; empty where the export keeps none. What the items'
    /// `started`, `finished` and `stage` are then follows from it (see [`crate::model::outline`]).
    #[serde(rename = "z", skip_serializing_if = "is_default")]
    pub history: Vec<StatusChange>,
    /// When it was marked as blocked, where the export says so.
    #[serde(rename = "q", skip_serializing_if = "is_default")]
    pub blocked_times: Vec<Blocked>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Which facts the files of a workspace have a column for. Where there is one, an empty cell says
/// "none"; where there is none, it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Knows {
    pub status: bool,
    pub created: bool,
    pub started: bool,
    pub finished: bool,
    pub cancelled: bool,
    pub blocked: bool,
    pub owners: bool,
    pub labels: bool,
    pub due: bool,
    pub iterations: bool,
    /// Which statuses an item was in before, and when.
    pub history: bool,
}

impl Knows {
    /// What either knows.
    pub fn or(self, other: Knows) -> Knows {
        Knows {
            status: self.status || other.status,
            created: self.created || other.created,
            started: self.started || other.started,
            finished: self.finished || other.finished,
            cancelled: self.cancelled || other.cancelled,
            blocked: self.blocked || other.blocked,
            owners: self.owners || other.owners,
            labels: self.labels || other.labels,
            due: self.due || other.due,
            iterations: self.iterations || other.iterations,
            history: self.history || other.history,
        }
    }
}

impl Item {
    /// Takes over what `newer` says. What the newer files have a column for is replaced, with nothing
    /// too: an item that was reopened loses its finish. Other texts and numbers are filled in and
    /// updated, never emptied.
    pub fn update_with(&mut self, newer: Item, knows: Knows) {
        fn take<T>(old: &mut T, new: T, replace: bool, is_there: fn(&T) -> bool) {
            if replace || is_there(&new) {
                *old = new;
            }
        }
        let text = |old: &mut String, new: String| take(old, new, false, |text| !text.is_empty());
        if newer.line != 0 {
            (self.line, self.source) = (newer.line, newer.source);
        }
        if !newer.type_name.is_empty() || self.kind == Kind::Other {
            self.kind = newer.kind;
        }
        if knows.status || !newer.status.is_empty() || newer.stage.is_some() {
            self.status = newer.status;
            self.stage = newer.stage;
        }
        // Said not to be given up any more.
        let taken_up = newer.stage.is_some_and(|stage| stage != Stage::Cancelled);
        text(&mut self.title, newer.title);
        text(&mut self.type_name, newer.type_name);
        text(&mut self.size, newer.size);
        text(&mut self.team, newer.team);
        text(&mut self.project, newer.project);
        text(&mut self.epic, newer.epic);
        text(&mut self.parent, newer.parent);
        text(&mut self.url, newer.url);
        take(&mut self.created, newer.created, knows.created, Option::is_some);
        take(&mut self.started, newer.started, knows.started, Option::is_some);
        take(&mut self.finished, newer.finished, knows.finished, Option::is_some);
        take(&mut self.cancelled, newer.cancelled, knows.cancelled || taken_up, Option::is_some);
        take(&mut self.points, newer.points, false, Option::is_some);
        take(&mut self.estimate_hours, newer.estimate_hours, false, Option::is_some);
        take(&mut self.actual_hours, newer.actual_hours, false, Option::is_some);
        take(&mut self.due, newer.due, knows.due, Option::is_some);
        take(&mut self.iterations, newer.iterations, knows.iterations, |list| !list.is_empty());
        take(&mut self.owners, newer.owners, knows.owners, |list| !list.is_empty());
        take(&mut self.labels, newer.labels, knows.labels, |list| !list.is_empty());
        take(&mut self.blocked, newer.blocked, knows.blocked, |blocked| *blocked);
        take(&mut self.waits_for, newer.waits_for, false, |list| !list.is_empty());
        take(&mut self.areas, newer.areas, false, |list| !list.is_empty());
        take(&mut self.history, newer.history, false, |list| !list.is_empty());
        take(&mut self.blocked_times, newer.blocked_times, false, |list| !list.is_empty());
    }

    /// Whether two items of one key must be different work: they were created days apart. Numbers are
    /// unique in a project, and a file may hold several; zones and formats move a day at the most.
    pub fn is_other_work(&self, other: &Item) -> bool {
        match (self.created, other.created) {
            (Some(one), Some(other)) => {
                let (one, other) = (one.date(&Zone::UTC), other.date(&Zone::UTC));
                days_between(one, other).abs() > 2
            }
            _ => false,
        }
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
