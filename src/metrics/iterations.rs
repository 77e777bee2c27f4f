//! What was planned for an iteration against what was done in it.

use rustc_hash::FxHashMap;

use super::{Attainment, Dates, State, Window};
use crate::model::{Date, Item, day_from_number, day_number};
use crate::order::InOrder;

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

/// Fewer items that name several iterations, or a smaller share, tell nothing of what was carried over.
const CARRIED: (usize, usize) = (5, 20);

/// An iteration with open work in which something was finished so many days ago may still run.
const RUNS: i32 = 28;

/// The iterations that are over, oldest first. `None` where the data can't tell what was carried over: hardly
/// any item names more than one.
///
/// An item belongs to every iteration it names, and is done in the last of them, if it is finished. Items
/// given up count as not done. What was added while an iteration ran is not told from what was planned. The
/// exports name no days, so the order is that of the middle finish in each; one in which nothing was finished
/// stands with those that its items were in before.
pub fn iterations<'a>(
    items: impl Iterator<Item = &'a Item>,
    dates: &[Dates],
    window: Window,
) -> Option<Vec<Iteration>> {
    #[derive(Default)]
    struct Seen<'a> {
        items: Vec<usize>,
        done: usize,
        days: Vec<i32>,
        open: usize,
        before: Vec<&'a str>,
    }
    let mut seen: FxHashMap<&str, Seen> = FxHashMap::default();
    let (mut carried, mut all) = (0, 0);
    for (i, (item, dates)) in items.zip(dates).enumerate() {
        let Some(last) = item.iterations.last() else { continue };
        all += 1;
        carried += usize::from(item.iterations.len() > 1);
        let mut before = None;
        for name in &item.iterations {
            let seen = seen.entry(name).or_default();
            seen.items.push(i);
            seen.before.extend(before.replace(name.as_str()));
        }
        let state = dates.state_on(window.to);
        let finished = dates.finished.filter(|_| state == State::Finished);
        if let Some(seen) = seen.get_mut(last.as_str()) {
            seen.open += usize::from(matches!(state, State::InProgress | State::NotStarted));
            if let Some(day) = finished {
                seen.done += 1;
                seen.days.push(day_number(day));
            }
        }
    }
    if carried < CARRIED.0 || carried * CARRIED.1 < all {
        return None;
    }
    let middle = |mut days: Vec<i32>| {
        days.order();
        days.get(days.len() / 2).copied()
    };
    let told: FxHashMap<&str, i32> =
        seen.iter().filter_map(|(name, seen)| Some((*name, middle(seen.days.clone())?))).collect();
    let to = day_number(window.to);
    let found = seen.into_iter().filter_map(|(name, seen)| {
        let by_neighbours =
            || middle(seen.before.iter().filter_map(|name| told.get(name).copied()).collect());
        let middle = told.get(name).copied().or_else(by_neighbours)?;
        let last = seen.days.iter().max().copied().unwrap_or(middle);
        // With open work and no finish of its own it may not have begun: a later one must have been worked in.
        let later = || told.values().any(|other| *other > middle);
        if seen.open > 0 && (to - last < RUNS || seen.days.is_empty() && !later()) {
            return None;
        }
        let done = Attainment { within: seen.done, n: seen.items.len() };
        Some(Iteration { name: name.to_owned(), done, middle: day_from_number(middle), items: seen.items })
    });
    let mut found: Vec<Iteration> = found.filter(|iteration| window.holds(iteration.middle)).collect();
    found.order_by(|a, b| (a.middle, &a.name).cmp(&(b.middle, &b.name)));
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
        let mut items =
            vec![item(&["S1"]), item(&["S1", "S2"]), item(&["S2"]), item(&["S2", "S3"]), item(&[])];
        let mut dates =
            vec![done(8), done(20), Dates { stage: Some(Stage::Cancelled), ..open }, done(30), done(1)];
        // Nothing of S4 was finished; S5 still runs.
        for _ in 0..4 {
            items.push(item(&["S3", "S4"]));
            dates.push(Dates { stage: Some(Stage::Cancelled), ..open });
        }
        items.push(item(&["S5"]));
        dates.push(open);
        items.push(item(&["S5"]));
        dates.push(done(31));
        let window = Window { from: None, to: date(2024, 3, 31) };
        let found = iterations(items.iter(), &dates, window).unwrap();
        let told: Vec<_> = found.iter().map(|i| (i.name.as_str(), i.done.within, i.done.n)).collect();
        assert_eq!(told, [("S1", 1, 2), ("S2", 1, 3), ("S3", 1, 5), ("S4", 0, 4)]);
        let single = [item(&["S1"]), item(&["S2"])];
        assert_eq!(iterations(single.iter(), &dates, window), None, "nothing tells what was carried over");
    }
}
