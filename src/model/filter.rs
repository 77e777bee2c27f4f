//! Which of the data is looked at.

use super::{Counting, Date, Groups, Item, Kind};

/// A choice of items and days. Empty it lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The first day that is looked at.
    pub from: Option<Date>,
    /// The last one: the numbers speak for it.
    pub to: Option<Date>,
    /// Only the items of that team; its name is the data's.
    pub team: Option<String>,
    pub kind: Option<Kind>,
    /// The tracker's own word for the type.
    pub type_name: Option<String>,
    pub project: Option<String>,
    /// A part of the product that items concern.
    pub area: Option<String>,
    pub label: Option<String>,
    /// Only what is assigned to the user. Whose names these are is kept with the settings and never
    /// written into an address.
    pub mine: bool,
    /// Each number beside that of the period before.
    pub compare: bool,
    /// How many items a forecast is of, instead of those that are open.
    pub items: Option<u32>,
    /// The day by which a forecast is to say how many.
    pub by: Option<Date>,
    /// A forecast’s method, instead of the one that does best: its id.
    pub method: Option<String>,
    /// A file beside the page that holds the data, instead of what is kept in this browser.
    pub data: Option<String>,
}

impl Filter {
    /// No forecast is of more items than these.
    pub const MOST_ITEMS: u32 = 100_000;

    /// Whether the item is among those looked at, whatever its dates.
    pub fn lets_through(&self, item: &Item, groups: &Groups, counting: &Counting) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|name| name == found);
        is(&self.team, groups.of_item(item))
            && self.kind.is_none_or(|kind| kind == item.kind)
            && is(&self.type_name, &item.type_name)
            && is(&self.project, &item.project)
            && self.area.as_ref().is_none_or(|area| item.areas.contains(area))
            && self.label.as_ref().is_none_or(|label| item.labels.contains(label))
            && (!self.mine || item.owners.iter().any(|owner| counting.me.contains(owner)))
    }

    /// Whether it chooses among the items at all.
    pub fn chooses_items(&self) -> bool {
        let Filter { team, kind, type_name, project, area, label, mine, .. } = self;
        let named = [team, type_name, project, area, label].iter().any(|name| name.is_some());
        named || kind.is_some() || *mine
    }

    /// Whether it chooses by anything beside the team.
    pub fn chooses_more_than_a_team(&self) -> bool {
        Filter { team: None, ..self.clone() }.chooses_items()
    }

    /// Without what is only asked of the data.
    pub fn without_question(&self) -> Filter {
        Filter { items: None, by: None, method: None, ..self.clone() }
    }

    /// Whether anything is left out.
    pub fn is_set(&self) -> bool {
        self.chooses_items() || self.from.is_some() || self.to.is_some()
    }

    /// Without the names that this data does not have: an address may come from elsewhere.
    pub fn fitting(&self, groups: &Groups) -> Filter {
        let known = |name: &String| groups.names.iter().any(|(known, _)| known == name);
        Filter { team: self.team.clone().filter(known), ..self.clone() }
    }
}
