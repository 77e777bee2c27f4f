//! What was planned for an iteration against what was done in it.

use rustc_hash::FxHashMap;

use super::{Attainment, Dates, State, Window};
use crate::model::{Date, Item, day_from_number, day_number};

/// An iteration that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Iteration {
    pub name: String,
    /// Of the items that were ever in it: those finished that went into no later one.
    pub done: Attainment,
    /// The middle day of the finishes in it, which its place in time is told by.
    pub middle: Date,
    /// The items that were in it.
    pub items: Vec<usize>,
}

/// The iterations that are over, oldest first. `None` where the data can't tell what was carried over: no item
/// names more than one.
///
/// An item belongs to every iteration it names, and is done in the last of them, if it is finished. Items
/// given up count as not done. What was added while an iteration ran is not told from what was planned. An
/// iteration is over when something was finished in a later one; the exports name no days, so their order is
/// that of the middle finish in each.
pub fn iterations<'a>(
    items: impl Iterator<Item = &'a Item>,
    dates: &[Dates],
    window: Window,
) -> Option<Vec<Iteration>> {
    #[derive(Default)]
    struct Seen {
        items: Vec<usize>,
        done: usize,
        days: Vec<i32>,
    }
    let mut seen: FxHashMap<&str, Seen> = FxHashMap::default();
    let mut tells = false;
    for (i, (item, dates)) in items.zip(dates).enumerate() {
        let Some(last) = item.iterations.last() else { continue };
        tells |= item.iterations.len() > 1;
        for name in &item.iterations {
            seen.entry(name).or_default().items.push(i);
        }
        let finished = dates.finished.filter(|_| dates.state_on(window.to) == State::Finished);
        if let (Some(day), Some(seen)) = (finished, seen.get_mut(last.as_str())) {
            seen.done += 1;
            seen.days.push(day_number(day));
        }
    }
    if !tells {
        return None;
    }
    let mut found: Vec<Iteration> = seen
        .into_iter()
        .filter_map(|(name, mut seen)| {
            seen.days.sort_unstable();
            let middle = day_from_number(*seen.days.get(seen.days.len() / 2)?);
            let done = Attainment { within: seen.done, n: seen.items.len() };
            Some(Iteration { name: name.to_owned(), done, middle, items: seen.items })
        })
        .collect();
    found.sort_by(|a, b| (a.middle, &a.name).cmp(&(b.middle, &b.name)));
    // The last one may still run.
    found.pop();
    found.retain(|iteration| window.holds(iteration.middle));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stage;
    use jiff::civil::date;

    #[test]
    fn what_was_carried_over_was_not_done() {
        let item = |names: &[&str]| Item {
            iterations: names.iter().map(|n| (*n).to_owned()).collect(),
            ..Item::default()
        };
        let done = |day: i8| Dates {
            finished: Some(date(2024, 3, day)),
            stage: Some(Stage::Done),
            ..Dates::default()
        };
        let open = Dates { stage: Some(Stage::InProgress), ..Dates::default() };
        let items = [item(&["S1"]), item(&["S1", "S2"]), item(&["S2"]), item(&["S2", "S3"]), item(&[])];
        let dates = [done(8), done(20), open, done(30), done(1)];
        let window = Window { from: None, to: date(2024, 3, 31) };
        let found = iterations(items.iter(), &dates, window).unwrap();
        let told: Vec<_> = found.iter().map(|i| (i.name.as_str(), i.done.within, i.done.n)).collect();
        assert_eq!(told, [("S1", 1, 2), ("S2", 1, 3)]);
        let single = [item(&["S1"]), item(&["S2"])];
        assert_eq!(iterations(single.iter(), &dates, window), None, "nothing tells what was carried over");
    }
}
