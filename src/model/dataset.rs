//! A team's items together, and what was noticed while reading them.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Changes, Item, Knows, Log, Stage, Warning, WarningKind};
use crate::pace::Pace;

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

/// The facts behind a [`Dataset`], in the form that is kept. Items are shared: an update copies those
/// it changes and no others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workspace {
    /// In the order the files had them; keys are unique.
    pub items: Vec<Arc<Item>>,
    /// Where they came from, oldest first; names are unique.
    pub read_from: Vec<ReadFrom>,
    /// What any of the files has a column for.
    pub knows: Knows,
    /// The statuses of histories, in the order of the workflow as far as the files tell it.
    pub workflow: Vec<Status>,
    /// Made up for trying the app.
    pub sample: bool,
}

/// A status that histories name, and what an importer took it for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    pub name: String,
    pub stage: Option<Stage>,
}

impl Workspace {
    /// Adds a newer workspace, of one file, as an importer gives it: items are joined by key (see [`Item::update_with`]). An older
    /// file of the same columns leaves the list, with what was noticed about it, once newer ones have
    /// spoken of all its items.
    pub async fn join(&mut self, newer: Workspace, pace: &Pace<'_>) {
        let id = self.read_from.iter().map(|file| file.id).max().unwrap_or_default() + 1;
        let total = newer.items.len();
        let mut by_key = ByKey::default();
        for (i, item) in self.items.iter().enumerate() {
            by_key.insert(&item.key, i);
            if i % 1000 == 0 {
                pace.at(0, total).await;
            }
        }
        let mut log = Log::new(newer.read_from.last().map_or("", |file| &file.file));
        // The first file has nothing to be joined with: its items are shared as they are.
        let newer = match self.items.is_empty() && self.read_from.is_empty() {
            true if id == ReadFrom::FIRST => {
                self.items = newer.items;
                Workspace { items: Vec::new(), ..newer }
            }
            _ => newer,
        };
        for (n, mut item) in newer.items.into_iter().enumerate() {
            if item.source != id {
                Arc::make_mut(&mut item).source = id;
            }
            match by_key.find(&self.items, &item) {
                Found::Same(i) => {
                    if let Some(old) = self.items.get_mut(i) {
                        let mut updated = Item::clone(old);
                        updated.update_with(Arc::unwrap_or_clone(item), newer.knows);
                        *old = Arc::new(updated);
                    }
                }
                Found::Other { key } => {
                    log.note(WarningKind::KeyOfTwoItems, item.line, &item.key);
                    Arc::make_mut(&mut item).key = key;
                    by_key.push(&mut self.items, item);
                }
                Found::None => by_key.push(&mut self.items, item),
            }
            if n % 250 == 0 {
                pace.at(n, total).await;
            }
        }
        self.knows = self.knows.or(newer.knows);
        self.sample |= newer.sample;
        merge_workflows(&mut self.workflow, newer.workflow);
        let noticed = log.into_warnings();
        for mut file in newer.read_from {
            Warning::add(&mut file.warnings, noticed.clone());
            file.id = id;
            let spoken_for: FxHashSet<u32> = match self.read_from.is_empty() {
                true => FxHashSet::default(),
                false => self.items.iter().map(|item| item.source).collect(),
            };
            self.read_from.retain(|old| {
                let alike = old.importer == file.importer && old.columns == file.columns;
                !alike || spoken_for.contains(&old.id)
            });
            let taken = |name: &str| self.read_from.iter().any(|old| old.file == name);
            if taken(&file.file) {
                let mut names = (2..).map(|n: u32| format!("{} ({n})", file.file));
                file.file = names.find(|name| !taken(name)).unwrap_or_default();
            }
            self.read_from.push(file);
        }
    }

    /// What a newer state of this workspace, made by [`Workspace::join`], changes.
    pub async fn changes(&self, newer: &Workspace, pace: &Pace<'_>) -> Changes {
        Changes::between(self, newer, pace).await
    }

    /// The same workspace without the items of those keys.
    pub fn without(&self, keys: &[String]) -> Workspace {
        let gone: std::collections::HashSet<&str> = keys.iter().map(String::as_str).collect();
        let items = self.items.iter().filter(|item| !gone.contains(item.key.as_str()));
        Workspace { items: items.cloned().collect(), ..self.clone() }
    }

    /// What it is called: as the user says, else by its files; empty where there are none.
    pub fn name(&self, said: &str) -> String {
        match self.read_from.as_slice() {
            _ if !said.is_empty() => said.to_owned(),
            [] => String::new(),
            [one] => one.file.clone(),
            [first, rest @ ..] => say!("{} and {} more", first.file, rest.len()),
        }
    }

    /// Nothing was ever read into it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.read_from.is_empty()
    }

    /// Rows of all files that held no item.
    pub fn skipped(&self) -> usize {
        self.read_from.iter().map(|file| file.skipped as usize).sum()
    }
}

/// Finds items by key. One key may stand for several items where projects number alike: the first has
/// the plain key, others have their project, or a number, behind it: `12 · Billing`.
#[derive(Default)]
pub struct ByKey(FxHashMap<u64, Indices>);

/// Items whose plain keys have one hash: nearly always a single one.
enum Indices {
    One(usize),
    Several(Vec<usize>),
}

impl Indices {
    fn as_slice(&self) -> &[usize] {
        match self {
            Indices::One(index) => std::slice::from_ref(index),
            Indices::Several(indices) => indices,
        }
    }
}

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
    /// Notes an item that is there already.
    pub fn insert(&mut self, key: &str, index: usize) {
        self.0
            .entry(ByKey::hash(key))
            .and_modify(|known| *known = Indices::Several([known.as_slice(), &[index]].concat()))
            .or_insert(Indices::One(index));
    }

    /// The item that this one updates.
    pub fn find(&self, items: &[Arc<Item>], item: &Item) -> Found {
        let Some(alike) = self.0.get(&ByKey::hash(&item.key)) else { return Found::None };
        let plain = ByKey::plain(&item.key);
        let alike = || {
            let alike = alike.as_slice().iter().filter_map(|&i| Some((i, items.get(i)?)));
            alike.filter(|(_, known)| ByKey::plain(&known.key) == plain)
        };
        if alike().next().is_none() {
            return Found::None;
        }
        if let Some((i, _)) = alike().find(|(_, known)| !known.is_other_work(item)) {
            return Found::Same(i);
        }
        let named = (!item.project.is_empty()).then(|| format!("{plain}{APART}{}", item.project));
        let numbered = (2..).map(|n: u32| format!("{plain}{APART}{n}"));
        let is_free = |key: &String| alike().all(|(_, known)| known.key != *key);
        let key = named.into_iter().chain(numbered).find(is_free);
        Found::Other { key: key.unwrap_or_default() }
    }

    /// Adds an item that [`ByKey::find`] did not find.
    pub fn push(&mut self, items: &mut Vec<Arc<Item>>, item: Arc<Item>) {
        self.insert(&item.key, items.len());
        items.push(item);
    }

    fn hash(key: &str) -> u64 {
        FxBuildHasher.hash_one(ByKey::plain(key))
    }

    fn plain(key: &str) -> &str {
        // Nearly no key has the sign at all, which is quickly seen.
        match key.contains('·') {
            true => key.split(APART).next().unwrap_or_default(),
            false => key,
        }
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
    /// What its columns are called, in short: what was said about one file holds for all of its shape.
    pub shape: String,
    pub items: u32,
    /// Rows that held no item.
    pub skipped: u32,
    pub warnings: Vec<Warning>,
}

impl ReadFrom {
    /// The id of a workspace's first file.
    pub const FIRST: u32 = 1;
}

/// What is known of a status takes the place of what was; new ones come behind the one they follow in
/// the newer file.
fn merge_workflows(known: &mut Vec<Status>, newer: Vec<Status>) {
    let mut at = 0;
    for status in newer {
        match known.iter().position(|old| old.name == status.name) {
            Some(i) => {
                if let Some(old) = known.get_mut(i) {
                    old.stage = status.stage.or(old.stage);
                }
                at = i + 1;
            }
            None => {
                known.insert(at.min(known.len()), status);
                at += 1;
            }
        }
    }
}
