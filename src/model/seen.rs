//! A workspace as the user sees it: with what they said about statuses and types; and the groups its
//! items fall into.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Item, Kind, Moment, Outline, Settings, Stage, Workspace, outline};
use crate::order::InOrder;

/// The workspace with the user's meanings in force. Without any it is the same items, shared.
pub fn seen(workspace: &Workspace, settings: &Settings) -> Workspace {
    let mut seen = workspace.clone();
    let said = said(workspace, settings);
    if said.is_empty() && settings.kinds.is_empty() {
        return seen;
    }
    let meanings = stages(workspace);
    let meaning = |status: &str| {
        let said = said.get(status).copied();
        said.or_else(|| meanings.get(status).copied().flatten())
    };
    for status in &mut seen.workflow {
        status.stage = said.get(&status.name).copied().or(status.stage);
    }
    for item in &mut seen.items {
        let stage = said.get(&item.status).copied();
        // Given up for another reason than its status, like a resolution: that stays.
        let given_up = item.stage == Some(Stage::Cancelled)
            && meanings.get(item.status.as_str()).copied().flatten() != Some(Stage::Cancelled);
        let kind = match item.type_name.as_str() {
            "" => item.labels.iter().find_map(|label| settings.kinds.get(label)),
            name => settings.kinds.get(name),
        };
        let retold = item.history.iter().any(|change| said.contains_key(&change.to));
        if !retold
            && (stage.is_none() || stage == item.stage || given_up)
            && kind.is_none_or(|k| *k == item.kind)
        {
            continue;
        }
        let item = Arc::make_mut(item);
        item.kind = kind.copied().unwrap_or(item.kind);
        if retold {
            retell(item, &outline(&item.history, meaning));
        }
        if let Some(stage) = stage.filter(|_| !given_up) {
            // A finish that stands for the day it was given up, or the other way round.
            let ended: Option<Moment> = item.finished.or(item.cancelled);
            match stage {
                Stage::Done => (item.finished, item.cancelled) = (ended, None),
                Stage::Cancelled => (item.cancelled, item.finished) = (ended, None),
                Stage::NotStarted | Stage::InProgress => item.cancelled = None,
            }
            item.stage = Some(stage);
        }
    }
    seen
}

/// What statuses mean by the user's word: said of a status itself, or by saying with which status work
/// begins and ends. What comes before the one is not started, from the other on it is done.
fn said(workspace: &Workspace, settings: &Settings) -> BTreeMap<String, Stage> {
    let mut said = settings.stages.clone();
    let counting = &settings.counting;
    let place = |name: &Option<String>| {
        let name = name.as_deref()?;
        workspace.workflow.iter().position(|status| status.name == name)
    };
    let (first, last) = (place(&counting.starts_with), place(&counting.ends_with));
    for (at, status) in workspace.workflow.iter().enumerate() {
        let stage = said.get(&status.name).copied().or(status.stage);
        let works = matches!(stage, Some(Stage::InProgress));
        let moved = match stage {
            Some(Stage::Cancelled) => None,
            _ if last == Some(at) => Some(Stage::Done),
            _ if first == Some(at) => Some(Stage::InProgress),
            _ if works && first.is_some_and(|first| at < first) => Some(Stage::NotStarted),
            _ if works && last.is_some_and(|last| at > last) => Some(Stage::Done),
            Some(Stage::Done) if last.is_some_and(|last| at < last) => Some(Stage::InProgress),
            _ => None,
        };
        if let Some(stage) = moved {
            said.insert(status.name.clone(), stage);
        }
    }
    said
}

/// Lets an item's moments follow from its history.
pub(crate) fn retell(item: &mut Item, outline: &Outline) {
    item.started = outline.started;
    item.finished = outline.finished;
    item.cancelled = outline.cancelled;
    item.stage = outline.stage;
}

/// What each status of the workspace was taken for: of histories, and where an item stands; where
/// items of one status stand in different stages, the most frequent.
fn stages(workspace: &Workspace) -> HashMap<&str, Option<Stage>> {
    let mut counts: HashMap<&str, BTreeMap<Option<Stage>, usize>> = HashMap::new();
    for item in &workspace.items {
        *counts.entry(&item.status).or_default().entry(item.stage).or_default() += 1;
    }
    let most = |counts: BTreeMap<Option<Stage>, usize>| {
        counts.into_iter().max_by_key(|(_, n)| *n).and_then(|(stage, _)| stage)
    };
    let mut stages: HashMap<&str, Option<Stage>> =
        counts.into_iter().map(|(status, counts)| (status, most(counts))).collect();
    for status in &workspace.workflow {
        stages.insert(&status.name, status.stage);
    }
    stages
}

/// A word of the tracker's, how often it is there, and what it was taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning<T> {
    pub word: String,
    pub items: usize,
    pub taken_for: T,
}

impl Meaning<Option<Stage>> {
    /// Every status, the workflow's in its order, then the most frequent first.
    pub fn of_statuses(workspace: &Workspace) -> Vec<Meaning<Option<Stage>>> {
        let stages = stages(workspace);
        let mut items: HashMap<&str, usize> = HashMap::new();
        for item in &workspace.items {
            *items.entry(&item.status).or_default() += 1;
        }
        let place: HashMap<&str, usize> =
            workspace.workflow.iter().enumerate().map(|(i, status)| (status.name.as_str(), i)).collect();
        let mut all: Vec<Meaning<Option<Stage>>> = stages
            .into_iter()
            .filter(|(word, _)| !word.is_empty())
            .map(|(word, taken_for)| Meaning {
                word: word.to_owned(),
                items: items.get(word).copied().unwrap_or_default(),
                taken_for,
            })
            .collect();
        all.order_by(|a, b| {
            let place = |m: &Meaning<_>| place.get(m.word.as_str()).copied().unwrap_or(usize::MAX);
            place(a).cmp(&place(b)).then(b.items.cmp(&a.items)).then(a.word.cmp(&b.word))
        });
        all
    }
}

impl Meaning<Kind> {
    /// Every type, the most frequent first; where items have none, their labels.
    pub fn of_types(workspace: &Workspace) -> Vec<Meaning<Kind>> {
        let mut counts: HashMap<&str, (usize, Kind)> = HashMap::new();
        let typed = workspace.items.iter().any(|item| !item.type_name.is_empty());
        for item in &workspace.items {
            let words: &[String] = if typed { std::slice::from_ref(&item.type_name) } else { &item.labels };
            for word in words.iter().filter(|word| !word.is_empty()) {
                counts.entry(word).or_insert((0, item.kind)).0 += 1;
            }
        }
        let meaning = |(word, (items, taken_for)): (&str, (usize, Kind))| Meaning {
            word: word.to_owned(),
            items,
            taken_for,
        };
        let mut all: Vec<Meaning<Kind>> = counts.into_iter().map(meaning).collect();
        all.order_by(|a, b| b.items.cmp(&a.items).then(a.word.cmp(&b.word)));
        all
    }
}

/// What a workspace's items are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    Team,
    Project,
    File,
}

impl Grouping {
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Team => "Team",
            Grouping::Project => "Project",
            Grouping::File => "File",
        }
    }
}

/// The teams of a workspace: those that its items name; where they name none its projects; where
/// there is one project or none its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    pub by: Grouping,
    /// Each name and how many items it has, the largest first; items without one under the empty name.
    pub names: Vec<(String, usize)>,
    files: HashMap<u32, String>,
}

impl Groups {
    pub fn of(workspace: &Workspace) -> Groups {
        let files: HashMap<u32, String> = workspace
            .read_from
            .iter()
            .map(|file| {
                (file.id, file.file.rsplit_once('.').map_or(file.file.as_str(), |(stem, _)| stem).to_owned())
            })
            .collect();
        let mut groups = Groups { by: Grouping::Team, names: Vec::new(), files };
        for by in [Grouping::Team, Grouping::Project, Grouping::File] {
            groups.by = by;
            let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
            for item in &workspace.items {
                *counts.entry(groups.of_item(item)).or_default() += 1;
            }
            let named = counts.keys().filter(|name| !name.is_empty()).count();
            if named >= 2 || (named == 1 && by == Grouping::Team && counts.len() > 1) || by == Grouping::File
            {
                let mut names: Vec<(String, usize)> =
                    counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
                names.order_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                groups.names = names;
                break;
            }
        }
        groups
    }

    /// Whether there is anything to choose between.
    pub fn is_choice(&self) -> bool {
        self.names.len() > 1
    }

    /// The group of an item; empty where it has none.
    pub fn of_item<'a>(&'a self, item: &'a Item) -> &'a str {
        match self.by {
            Grouping::Team => &item.team,
            Grouping::Project => &item.project,
            Grouping::File => self.files.get(&item.source).map_or("", String::as_str),
        }
    }
}
