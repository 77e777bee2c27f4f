//! A team's items together, and what was noticed while reading them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Date, Item, Knows};

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
    /// Where they came from, oldest first; names are unique.
    pub read_from: Vec<ReadFrom>,
    /// What any of the files has a column for.
    pub knows: Knows,
    /// Made up for trying the app.
    pub sample: bool,
}

impl Workspace {
    /// Adds a newer workspace, of one file: items are joined by key (see [`Item::update_with`]). An older
    /// file of the same columns leaves the list, with what was noticed about it, once newer ones have
    /// spoken of all its items.
    pub fn join(&mut self, newer: Workspace) {
        let id = self.read_from.iter().map(|file| file.id).max().unwrap_or_default() + 1;
        let mut by_key = ByKey::of(&self.items);
        let mut log = Log::new(newer.read_from.last().map_or("", |file| &file.file));
        for item in newer.items {
            let item = Item { source: id, ..item };
            match by_key.find(&self.items, &item) {
                Found::Same(i) => {
                    if let Some(old) = self.items.get_mut(i) {
                        old.update_with(item, newer.knows);
                    }
                }
                Found::Other { key } => {
                    log.note(WarningKind::KeyOfTwoItems, item.line, &item.key);
                    by_key.push(&mut self.items, Item { key, ..item });
                }
                Found::None => by_key.push(&mut self.items, item),
            }
        }
        self.knows = self.knows.or(newer.knows);
        let noticed = log.into_warnings();
        for mut file in newer.read_from {
            Warning::add(&mut file.warnings, noticed.clone());
            file.id = id;
            self.read_from.retain(|old| {
                let alike = old.importer == file.importer && old.columns == file.columns;
                !alike || self.items.iter().any(|item| item.source == old.id)
            });
            let taken = |name: &str| self.read_from.iter().any(|old| old.file == name);
            if taken(&file.file) {
                let mut names = (2..).map(|n: u32| format!("{} ({n})", file.file));
                file.file = names.find(|name| !taken(name)).unwrap_or_default();
            }
            self.read_from.push(file);
        }
    }

    /// Rows of all files that held no item.
    pub fn skipped(&self) -> usize {
        self.read_from.iter().map(|file| file.skipped as usize).sum()
    }
}

/// Finds items by key. One key may stand for several items where projects number alike: the first has
/// the plain key, others have their project, or a number, behind it: `12 · Billing`.
pub struct ByKey(HashMap<String, Vec<usize>>);

/// Between a key and what tells it from its likes. No tracker writes it into a key.
const APART: &str = " · ";

/// What a key leads to.
pub enum Found {
    None,
    /// The item at that index.
    Same(usize),
    /// Other work of the same key; this one is to be told apart by a key of its own.
    Other {
        key: String,
    },
}

impl ByKey {
    pub fn of(items: &[Item]) -> ByKey {
        let mut by_key = ByKey(HashMap::with_capacity(items.len()));
        for (i, item) in items.iter().enumerate() {
            by_key.0.entry(ByKey::plain(&item.key).to_owned()).or_default().push(i);
        }
        by_key
    }

    /// The item that this one updates.
    pub fn find(&self, items: &[Item], item: &Item) -> Found {
        let Some(alike) = self.0.get(ByKey::plain(&item.key)) else { return Found::None };
        let alike: Vec<(usize, &Item)> = alike.iter().filter_map(|&i| Some((i, items.get(i)?))).collect();
        if let Some(&(i, _)) = alike.iter().find(|(_, known)| !known.is_other_work(item)) {
            return Found::Same(i);
        }
        let plain = ByKey::plain(&item.key);
        let named = (!item.project.is_empty()).then(|| format!("{plain}{APART}{}", item.project));
        let numbered = (2..).map(|n: u32| format!("{plain}{APART}{n}"));
        let is_free = |key: &String| alike.iter().all(|(_, known)| known.key != *key);
        let key = named.into_iter().chain(numbered).find(is_free);
        Found::Other { key: key.unwrap_or_default() }
    }

    /// Adds an item that [`ByKey::find`] did not find.
    pub fn push(&mut self, items: &mut Vec<Item>, item: Item) {
        self.0.entry(ByKey::plain(&item.key).to_owned()).or_default().push(items.len());
        items.push(item);
    }

    fn plain(key: &str) -> &str {
        key.split(APART).next().unwrap_or_default()
    }
}

/// One file that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadFrom {
    /// Unique in a workspace; what items name as their source.
    pub id: u32,
    pub file: String,
    /// The importer's id, as `import::IMPORTERS` has it.
    pub importer: String,
    /// How the file was understood, in words: "comma, UTF-8, day first".
    pub understood: String,
    /// Which columns were taken for what: "started: Activated Date".
    pub columns: Vec<String>,
    pub items: u32,
    /// Rows that held no item.
    pub skipped: u32,
    pub warnings: Vec<Warning>,
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

/// Collects warnings by kind, with the first places of each.
#[derive(Clone, Debug, Default)]
pub struct Log {
    file: String,
    warnings: BTreeMap<WarningKind, Warning>,
    last_lines: BTreeMap<WarningKind, u64>,
}

impl Log {
    /// For one file; an empty name where the file is not known.
    pub fn new(file: &str) -> Log {
        Log { file: file.to_owned(), ..Log::default() }
    }

    /// Counts one row, once however often it is noted in a run. `what` is the key or the value at
    /// fault.
    pub fn note(&mut self, kind: WarningKind, line: u64, what: &str) {
        if line > 0 && self.last_lines.insert(kind, line) == Some(line) && !self.file.is_empty() {
            return;
        }
        let empty = || Warning { kind, count: 0, places: Vec::new() };
        let warning = self.warnings.entry(kind).or_insert_with(empty);
        warning.count += 1;
        if warning.places.len() < Warning::PLACES {
            let what = what.chars().take(80).collect();
            warning.places.push(Place { file: self.file.clone(), line, what });
        }
    }

    /// In the order of the kinds.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warnings.into_values().collect()
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
    KeyOfTwoItems = "key_of_two_items", "with the key of another item, created at another time",
        "Kept apart, with the project or a number behind the key.";
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
    ReversedDates = "reversed_dates", "that finished before they were started or created",
        "Counted as finished; left out of the duration that would be negative.";
    FutureDate = "future_date", "dated after today",
        "The date was left out: it can't have happened yet.";
    FinishedWithoutStart = "finished_without_start", "finished without ever starting",
        "Left out of cycle time; they count in throughput.";
}
