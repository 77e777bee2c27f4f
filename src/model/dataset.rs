//! A team's items together, and what was noticed while reading them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Date, Item};

/// Everything read from a team's exports. Immutable, shared, and compared by identity: two datasets
/// are equal when they are the same reading, which is O(1) however many items there are.
#[derive(Clone, Debug)]
pub struct Dataset(Arc<Workspace>);

impl PartialEq for Dataset {
    fn eq(&self, other: &Dataset) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Dataset {}

impl std::ops::Deref for Dataset {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.0
    }
}

impl From<Workspace> for Dataset {
    fn from(workspace: Workspace) -> Dataset {
        Dataset(Arc::new(workspace))
    }
}

/// The facts behind a [`Dataset`], in the form that is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workspace {
    /// In the order the files had them; keys are unique.
    pub items: Vec<Item>,
    /// Where they came from, oldest first.
    pub read_from: Vec<ReadFrom>,
    pub warnings: Vec<Warning>,
    /// Rows that held no item.
    pub skipped: u32,
    /// Made up for trying the app.
    pub sample: bool,
}

impl Workspace {
    /// Adds another workspace: items are joined by key, the newer filling in and updating what was
    /// known.
    pub fn join(&mut self, newer: Workspace) {
        let known = self.items.iter().enumerate();
        let known: HashMap<String, usize> = known.map(|(i, item)| (item.key.clone(), i)).collect();
        for item in newer.items {
            match known.get(&item.key).and_then(|&i| self.items.get_mut(i)) {
                Some(old) => old.update_with(item),
                None => self.items.push(item),
            }
        }
        self.read_from.extend(newer.read_from);
        self.skipped += newer.skipped;
        Warning::add(&mut self.warnings, newer.warnings);
    }
}

/// One file that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadFrom {
    pub file: String,
    /// The importer's id, as `import::IMPORTERS` has it.
    pub importer: String,
    /// How the file was understood, in words: "comma, UTF-8, day first".
    pub understood: String,
    pub items: u32,
}

/// What the user set for the numbers. Everything else is derived from this and the [`Dataset`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The day the numbers speak for; by default the last day on which anything happened.
    pub as_of: Option<Date>,
    /// IANA name of the zone whose days are counted; by default the browser's.
    pub zone: Option<String>,
}

/// Where in the input something was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub file: String,
    /// Counted from 1, as an editor shows it.
    pub line: u64,
    /// The item's key or the value at fault, for finding it.
    pub what: String,
}

/// Something noticed while reading, with the rows it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub kind: WarningKind,
    pub count: u32,
    /// The first places, at most [`Warning::PLACES`].
    pub places: Vec<Place>,
}

impl Warning {
    /// How many places a warning remembers; its `count` goes on.
    pub const PLACES: usize = 50;

    /// Adds more warnings to those known, one of each kind, in the order of the kinds.
    pub fn add(known: &mut Vec<Warning>, more: Vec<Warning>) {
        for warning in more {
            match known.iter_mut().find(|old| old.kind == warning.kind) {
                Some(old) => {
                    old.count += warning.count;
                    let room = Warning::PLACES.saturating_sub(old.places.len());
                    old.places.extend(warning.places.into_iter().take(room));
                }
                None => known.push(warning),
            }
        }
        known.sort_by_key(|warning| warning.kind);
    }
}

macro_rules! warning_kinds {
    ($($(#[$doc:meta])* $kind:ident = $id:literal, $what:literal, $done:literal;)*) => {
        /// What can be odd about an export. Nothing here stops the reading.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum WarningKind { $($(#[$doc])* #[serde(rename = $id)] $kind,)* }

        impl WarningKind {
            pub const ALL: &[WarningKind] = &[$(WarningKind::$kind,)*];

            /// The name in reports and in stored data: never changed.
            pub fn id(self) -> &'static str {
                match self { $(WarningKind::$kind => $id,)* }
            }

            /// What was seen, after a count: "3 rows …".
            pub fn what(self) -> &'static str {
                match self { $(WarningKind::$kind => $what,)* }
            }

            /// What was done about it.
            pub fn done(self) -> &'static str {
                match self { $(WarningKind::$kind => $done,)* }
            }
        }
    };
}

warning_kinds! {
    RowWithoutKey = "row_without_key", "without a key or number",
        "Skipped: without a key the row can't be told from another.";
    LongRow = "long_row", "with more cells than the header",
        "Read as far as the header goes; an unquoted delimiter may have moved its cells.";
    UnclosedQuote = "unclosed_quote", "that opens a quotation and never closes it",
        "The rest of the file was read as part of it. Is the download complete?";
    DuplicateKey = "duplicate_key", "with a key seen before in the same file",
        "Taken as one item: the first row counts, later rows fill its gaps.";
    KeyOfTwoProjects = "key_of_two_projects", "with a key that an item of another project has too",
        "Kept apart, with the project before the key.";
    UnreadableDate = "unreadable_date", "with a date that can't be read",
        "The date was left empty.";
    ImplausibleDate = "implausible_date", "dated before 1970 or after 2200",
        "The date was left empty.";
    AmbiguousDateOrder = "ambiguous_date_order", "whose dates fit day first and month first alike",
        "Read day first.";
    UnknownStatus = "unknown_status", "in a status whose meaning isn't known",
        "Its dates decide where it stands.";
    FinishedWithoutDate = "finished_without_date", "done, but not said when",
        "Counted as finished; left out of durations and throughput.";
    FinishDateFromStatusChange = "finish_date_from_status_change", "done without a resolution date",
        "The day its status category last changed was taken instead.";
    OpenWithFinishDate = "open_with_finish_date", "open again, with an old finish date",
        "Counted as open; the old date was dropped.";
    StartedButBack = "started_but_back", "started once, but back in a stage before the start",
        "Counted as not started.";
    ReversedDates = "reversed_dates", "that finished before they started",
        "Counted as finished; left out of durations.";
    FutureDate = "future_date", "dated after today",
        "Left out of the numbers until then.";
    FinishedWithoutStart = "finished_without_start", "finished without ever starting",
        "Left out of cycle time; they count in throughput.";
}
