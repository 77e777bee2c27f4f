//! The items that an importer reads, one after the other: keys, duplicates, what was odd, and what
//! follows from histories.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{
    ByKey, Found, Item, Knows, Log, ReadFrom, Stage, Status, Warning, WarningKind, Workspace, outline,
    retell, sort,
};
use crate::order::InOrder;
use crate::pace::Pace;

use super::words;

/// Collects items. Whatever single ones are like, the good ones are kept.
pub struct Items {
    pub log: Log,
    items: Vec<Arc<Item>>,
    by_key: ByKey,
    skipped: u32,
    /// Several rows are one item as a matter of course, each a step of its history.
    pub steps: bool,
    /// What statuses mean, where the tracker says it.
    meanings: HashMap<String, Stage>,
    /// Statuses in the order of the workflow, where the file tells it.
    order: Vec<String>,
}

impl Items {
    /// For one file.
    pub fn new(file: &str) -> Items {
        Items {
            log: Log::new(file),
            items: Vec::new(),
            by_key: ByKey::default(),
            skipped: 0,
            steps: false,
            meanings: HashMap::new(),
            order: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Notes that a status means that stage; said again it changes.
    pub fn means(&mut self, status: &str, stage: Stage) {
        if self.meanings.get(status) != Some(&stage) {
            self.meanings.insert(status.to_owned(), stage);
        }
    }

    /// Says in which order the statuses are gone through.
    pub fn in_order(&mut self, statuses: Vec<String>) {
        self.order = statuses;
    }

    /// Counts something that holds no item.
    pub fn skip(&mut self, kind: WarningKind, line: u64, what: &str) {
        self.skipped += 1;
        self.log.note(kind, line, what);
    }

    /// Takes the item of a row. A row without a key is skipped; a key seen before fills the gaps of
    /// the item it belongs to, unless it must be other work.
    pub fn push(&mut self, mut item: Item) {
        item.source = ReadFrom::FIRST;
        if words::is_nothing(&item.key) {
            return self.skip(WarningKind::RowWithoutKey, item.line, &item.title);
        }
        match self.by_key.find(&self.items, &item) {
            Found::Same(i) => {
                if !self.steps {
                    self.log.note(WarningKind::DuplicateKey, item.line, &item.key);
                }
                if let Some(first) = self.items.get_mut(i) {
                    let first = Arc::make_mut(first);
                    // What the first row said goes over what this one says; histories go on.
                    let mut said_first = std::mem::replace(first, item);
                    let mut history = std::mem::take(&mut said_first.history);
                    history.append(&mut first.history);
                    first.key = std::mem::take(&mut said_first.key);
                    first.update_with(said_first, Knows::default());
                    first.history = history;
                }
            }
            Found::Other { key } => {
                self.log.note(WarningKind::KeyOfTwoItems, item.line, &item.key);
                item.key = key;
                self.by_key.push(&mut self.items, Arc::new(item));
            }
            Found::None => self.by_key.push(&mut self.items, Arc::new(item)),
        }
    }

    /// What a status means: in the tracker's own words, or else in everyone's.
    pub fn meaning_of(&self, status: &str) -> Option<Stage> {
        let told = self.meanings.get(status).copied();
        told.or_else(|| words::stage(status)).or_else(|| words::likely_stage(status))
    }

    /// Everything read; histories settle when items started and finished.
    pub async fn finish(mut self, pace: &Pace<'_>) -> Done {
        let mut workflow: Vec<Status> = Vec::new();
        let mut places: HashMap<String, (usize, usize)> = HashMap::new();
        let mut items = std::mem::take(&mut self.items);
        let total = items.len();
        for (n, item) in items.iter_mut().enumerate() {
            if n % 256 == 0 {
                pace.at(n, total).await;
            }
            if item.history.is_empty() {
                continue;
            }
            let item = Arc::make_mut(item);
            sort(&mut item.history);
            item.history.dedup_by(|next, before| next.to == before.to);
            for (place, change) in item.history.iter().enumerate() {
                match places.get_mut(&change.to) {
                    Some((sum, count)) => (*sum, *count) = (*sum + place, *count + 1),
                    None => drop(places.insert(change.to.clone(), (place, 1))),
                }
            }
            self.settle(item);
        }
        for name in std::mem::take(&mut self.order) {
            places.remove(&name);
            workflow.push(Status { stage: self.meaning_of(&name), name });
        }
        let mut others: Vec<(String, (usize, usize))> = places.into_iter().collect();
        // By stage, then by how far into a history they come on average.
        others.order_by(|(a, (a_sum, a_n)), (b, (b_sum, b_n))| {
            let stage = |name: &str| self.meaning_of(name).map_or(1, |stage| stage as usize);
            let mean = (a_sum * b_n).cmp(&(b_sum * a_n));
            stage(a).cmp(&stage(b)).then(mean).then_with(|| a.cmp(b))
        });
        for (name, _) in others {
            workflow.push(Status { stage: self.meaning_of(&name), name });
        }
        Done { items, warnings: self.log.into_warnings(), skipped: self.skipped, workflow }
    }

    /// Lets an item's moments follow from its history, unless the history ends elsewhere than where the
    /// item is: then part of it is missing.
    fn settle(&mut self, item: &mut Item) {
        let first = item.history.first();
        if self.steps && first.is_some_and(|first| self.meaning_of(&first.to) == Some(Stage::NotStarted)) {
            item.created = item.created.or(first.map(|first| first.at));
        }
        if item.status.is_empty() {
            item.status = item.history.last().map(|change| change.to.clone()).unwrap_or_default();
        }
        if item.history.last().is_some_and(|last| last.to != item.status) {
            self.log.note(WarningKind::HistoryIncomplete, item.line, &item.key);
            return;
        }
        let told = outline(&item.history, |status| self.meaning_of(status));
        if told.stage.is_none() {
            return;
        }
        let given_up = item.stage == Some(Stage::Cancelled);
        retell(item, &told);
        if given_up && told.stage == Some(Stage::Done) {
            item.stage = Some(Stage::Cancelled);
            item.cancelled = item.finished.take();
        }
    }
}

/// What came out.
pub struct Done {
    pub items: Vec<Arc<Item>>,
    pub warnings: Vec<Warning>,
    pub skipped: u32,
    pub workflow: Vec<Status>,
}

impl Done {
    /// As a workspace of one file.
    pub fn into_workspace(self, knows: Knows, read_from: ReadFrom) -> Workspace {
        let history = knows.history || self.items.iter().any(|item| !item.history.is_empty());
        let read_from = ReadFrom {
            items: u32::try_from(self.items.len()).unwrap_or(u32::MAX),
            skipped: self.skipped,
            warnings: self.warnings,
            ..read_from
        };
        Workspace {
            items: self.items,
            read_from: vec![read_from],
            knows: Knows { history, ..knows },
            workflow: self.workflow,
            sample: false,
        }
    }
}
