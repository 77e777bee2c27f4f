//! What a newer export changes, item by item, said before it is applied.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Item, Workspace};
use crate::pace::Pace;

/// The difference between two states of a workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Keys of items that were not there.
    pub new: Vec<String>,
    pub changed: Vec<Change>,
    /// Items that the newer files name and that stay as they are.
    pub unchanged: usize,
    /// Keys of items that an older file of the same shape had, and the newer does not.
    pub vanished: Vec<String>,
}

/// An item that is no longer what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub key: String,
    /// What changed, in the words of the data: "status: Doing → Done".
    pub what: Vec<String>,
}

impl Changes {
    pub(super) async fn between(old: &Workspace, new: &Workspace, pace: &Pace<'_>) -> Changes {
        let total = new.items.len();
        let mut known: HashMap<&str, &Arc<Item>> = HashMap::with_capacity(old.items.len());
        for (n, item) in old.items.iter().enumerate() {
            known.insert(&item.key, item);
            if n % 1000 == 0 {
                pace.at(0, total).await;
            }
        }
        let before: HashSet<u32> = old.read_from.iter().map(|file| file.id).collect();
        let mut changes = Changes::default();
        for (n, item) in new.items.iter().enumerate() {
            match known.get(item.key.as_str()) {
                None => changes.new.push(item.key.clone()),
                // Not named by a newer file.
                Some(old) if Arc::ptr_eq(old, item) => {}
                Some(old) => match differences(old, item) {
                    what if what.is_empty() => changes.unchanged += 1,
                    what => changes.changed.push(Change { key: item.key.clone(), what }),
                },
            }
            if n % 500 == 0 {
                pace.at(n, total).await;
            }
        }
        // Where a newer file has the shape of an older one, it is the next export of the same, and what
        // it does not name is no longer there.
        let newer: Vec<&str> = new
            .read_from
            .iter()
            .filter(|file| !before.contains(&file.id))
            .map(|file| file.shape.as_str())
            .collect();
        let replaced: HashSet<u32> = old
            .read_from
            .iter()
            .filter(|file| newer.contains(&file.shape.as_str()))
            .map(|file| file.id)
            .collect();
        let gone = new.items.iter().filter(|item| replaced.contains(&item.source));
        changes.vanished = gone.map(|item| item.key.clone()).collect();
        // Two teams' files are alike in shape too: then nothing of the one is in the other.
        if changes.changed.is_empty() && changes.unchanged == 0 {
            changes.vanished.clear();
        }
        changes
    }
}

fn differences(old: &Item, new: &Item) -> Vec<String> {
    let mut what = Vec::new();
    let mut differ = |name: &str, old: String, new: String| {
        if old != new {
            let or_none = |text: String| if text.is_empty() { t!("none").to_owned() } else { text };
            what.push(format!("{}: {} → {}", t!(name), or_none(old), or_none(new)));
        }
    };
    let moment = |moment: Option<super::Moment>| moment.map(|m| m.to_string()).unwrap_or_default();
    let number = |number: Option<f64>| {
        number.map(|n| crate::language::formats::pointed(n.to_string())).unwrap_or_default()
    };
    let list = |list: &[String]| list.join(", ");
    differ("title", old.title.clone(), new.title.clone());
    differ("status", old.status.clone(), new.status.clone());
    differ("type", old.type_name.clone(), new.type_name.clone());
    differ("created", moment(old.created), moment(new.created));
    differ("started", moment(old.started), moment(new.started));
    differ("finished", moment(old.finished), moment(new.finished));
    differ("cancelled", moment(old.cancelled), moment(new.cancelled));
    differ("points", number(old.points), number(new.points));
    differ("estimate", number(old.estimate_hours), number(new.estimate_hours));
    differ("work", number(old.actual_hours), number(new.actual_hours));
    differ("team", old.team.clone(), new.team.clone());
    differ("project", old.project.clone(), new.project.clone());
    differ("epic", old.epic.clone(), new.epic.clone());
    differ("assigned to", list(&old.owners), list(&new.owners));
    differ("labels", list(&old.labels), list(&new.labels));
    let yes = |yes: bool| t!(if yes { "yes" } else { "no" }).to_owned();
    differ("blocked", yes(old.blocked), yes(new.blocked));
    // Said in one word where nothing above says it.
    let same = |item: &Item| Item { line: 0, source: 0, ..item.clone() };
    if what.is_empty() && same(old) != same(new) {
        what.push(t!("history or links").to_owned());
    }
    what
}
