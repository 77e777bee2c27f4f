//! What the data can be filtered by.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Kind, Workspace};
use crate::order::InOrder;

/// Names with how many items have them.
pub type Named = Vec<(String, usize)>;

/// What items are told apart by, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    pub kinds: Vec<(Kind, usize)>,
    pub types: Named,
    pub projects: Named,
    /// Areas, at most [`Choices::LABELS`].
    pub areas: Named,
    /// At most [`Choices::LABELS`].
    pub labels: Named,
    pub people: Named,
}

impl Choices {
    /// More labels than these nobody looks through.
    pub const LABELS: usize = 200;

    pub fn of(workspace: &Workspace) -> Choices {
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        let mut types = Counts::default();
        let mut projects = Counts::default();
        let mut areas = Counts::default();
        let mut labels = Counts::default();
        let mut people = Counts::default();
        for item in &workspace.items {
            *kinds.entry(item.kind).or_default() += 1;
            types.add(&item.type_name);
            projects.add(&item.project);
            item.areas.iter().for_each(|area| areas.add(area));
            item.labels.iter().for_each(|label| labels.add(label));
            item.owners.iter().for_each(|owner| people.add(owner));
        }
        let [mut areas, mut labels] = [areas, labels].map(Counts::sorted);
        areas.truncate(Choices::LABELS);
        labels.truncate(Choices::LABELS);
        let mut people = people.sorted();
        // In the order of names: how much anybody has is nobody's business.
        people.order();
        Choices {
            kinds: kinds.into_iter().collect(),
            types: types.sorted(),
            projects: projects.sorted(),
            areas,
            labels,
            people,
        }
    }
}

#[derive(Default)]
struct Counts<'a>(FxHashMap<&'a str, usize>);

impl<'a> Counts<'a> {
    fn add(&mut self, name: &'a str) {
        if !name.is_empty() {
            *self.0.entry(name).or_default() += 1;
        }
    }

    fn sorted(self) -> Named {
        let mut named: Named = self.0.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        named.order_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Item;
    use std::sync::Arc;

    #[test]
    fn the_most_frequent_come_first_and_people_by_name() {
        let item = |kind, project: &str, label: &str, owner: &str| {
            Arc::new(Item {
                kind,
                project: project.into(),
                labels: vec![label.into()],
                owners: vec![owner.into()],
                ..Item::default()
            })
        };
        let items = vec![
            item(Kind::Bug, "b", "x", "Zoe"),
            item(Kind::Bug, "a", "x", "Zoe"),
            item(Kind::Feature, "b", "y", "Ada"),
        ];
        let choices = Choices::of(&Workspace { items, ..Workspace::default() });
        assert_eq!(choices.kinds, [(Kind::Feature, 1), (Kind::Bug, 2)]);
        assert_eq!(choices.projects, [("b".into(), 2), ("a".into(), 1)]);
        assert_eq!(choices.labels[0], ("x".into(), 2));
        assert_eq!(choices.people[0].0, "Ada");
        assert!(choices.types.is_empty());
    }
}
