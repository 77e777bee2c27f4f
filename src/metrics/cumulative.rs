//! Cumulative flow: how many items have come how far by each day.

use super::Window;
use super::stages::{Trip, Workflow};
use crate::model::{Date, Stage, day_from_number, day_number};

/// Items that have reached each stage by the end of each day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CumulativeFlow {
    pub first: Option<Date>,
    /// Each stage's name and its counts, a day each, the earliest stage first. No count is below that of
    /// the stage after it: bands never cross.
    pub bands: Vec<(String, Vec<u32>)>,
    /// Left out: done or cancelled, but not said when.
    pub undated: usize,
}

impl CumulativeFlow {
    /// The day at that place.
    pub fn day(&self, at: usize) -> Option<Date> {
        Some(day_from_number(day_number(self.first?) + i32::try_from(at).ok()?))
    }
}

/// What the first and last bands are called.
pub const CREATED: &str = "Created";
pub const STARTED: &str = "Started";
pub const DONE: &str = "Done";
pub const DONE_OR_CANCELLED: &str = "Done or cancelled";

/// Cumulative flow over the window. With histories there is a band for each status in progress, else one
/// for all of them. An item has reached a stage on the first day it was there or in a later one; done is
/// where it stayed; given up it has left like what is done. What had left before the window began is not
/// counted. Empty without any date.
///
/// Source: METRICS.md, cumulative flow; Reinertsen, *The Principles of Product Development Flow* (2009).
pub fn cumulative(ways: &[Trip], workflow: &Workflow, window: Window) -> CumulativeFlow {
    let columns: Vec<(usize, &str)> = workflow.in_progress().map(|(i, c)| (i, c.name.as_str())).collect();
    let is_staged = columns.len() > 1;
    let any_cancelled = ways.iter().any(|way| way.dates.cancelled.is_some_and(|day| day <= window.to));
    // Without any start, nothing tells started from done.
    let knows_starts = ways.iter().any(|way| way.dates.started.is_some());
    let mut names = vec![t!(CREATED)];
    match is_staged {
        true => names.extend(columns.iter().map(|(_, name)| *name)),
        false if knows_starts => names.push(t!(STARTED)),
        false => {}
    }
    names.push(t!(if any_cancelled { DONE_OR_CANCELLED } else { DONE }));
    let steps = names.len();
    let mut undated = 0;
    // Each item's days of reaching each band, the last first.
    let mut reached: Vec<i32> = Vec::with_capacity(ways.len() * steps);
    for way in ways {
        let start = reached.len();
        let dates = way.dates;
        let left = dates.finished.or(dates.cancelled);
        // Done or given up, but not said when: it would stand in progress for ever.
        if left.is_none() && matches!(dates.stage, Some(Stage::Done | Stage::Cancelled)) {
            undated += 1;
            continue;
        }
        let mut by = left.map_or(i32::MAX, day_number);
        reached.push(by);
        if is_staged && !way.visits.is_empty() {
            let first_step = columns.first().map_or(0, |&(column, _)| column);
            for (n, &(column, _)) in columns.iter().enumerate().rev() {
                // A status that is open now because the item went back counts as not reached again.
                let entered =
                    way.visits.iter().filter(|visit| visit.column == column && dates.started.is_some());
                let entered = entered.map(|visit| visit.from.floor() as i32).min();
                by = by.min(entered.unwrap_or(i32::MAX));
                if n == 0 || column == first_step {
                    by = by.min(dates.started.map_or(i32::MAX, day_number));
                }
                reached.push(by);
            }
        } else {
            by = by.min(dates.started.map_or(i32::MAX, day_number));
            // Without a history it is in the first status since it started, and in no other.
            for n in (0..steps.saturating_sub(2)).rev() {
                let is_first = n == 0;
                reached.push(if is_first { by } else { left.map_or(i32::MAX, day_number) });
            }
        }
        reached.push(by.min(dates.created.map_or(i32::MAX, day_number)));
        debug_assert_eq!(reached.len() - start, steps);
    }
    let end = day_number(window.to);
    let earliest = reached.iter().copied().filter(|&day| day <= end).min();
    // Before anything is known there is nothing to draw.
    let known = earliest.map(|known| window.from.map_or(known, |from| day_number(from).max(known)));
    let Some(first) = known.filter(|&first| first <= end) else {
        return CumulativeFlow::default();
    };
    let length = usize::try_from(end - first + 1).unwrap_or_default();
    let mut counts = vec![vec![0u32; length]; steps];
    for item in reached.chunks_exact(steps) {
        if item.first().is_some_and(|&left| left < first) {
            continue;
        }
        for (band, &day) in counts.iter_mut().rev().zip(item) {
            let place = usize::try_from(day.saturating_sub(first).max(0)).unwrap_or_default();
            if day <= end
                && let Some(count) = band.get_mut(place)
            {
                *count += 1;
            }
        }
    }
    for band in &mut counts {
        let mut sum = 0;
        for count in band {
            sum += *count;
            *count = sum;
        }
    }
    let bands = names.into_iter().map(str::to_owned).zip(counts).collect();
    CumulativeFlow { first: Some(day_from_number(first)), bands, undated }
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::Ways;
    use super::*;
    use crate::metrics::Dates;
    use jiff::civil::date;

    fn on(flow: &CumulativeFlow, day: i8) -> Vec<u32> {
        let at = day_number(date(2024, 1, day)) - day_number(flow.first.unwrap());
        flow.bands.iter().map(|(_, counts)| counts[at as usize]).collect()
    }

    #[test]
    fn bands_tell_how_far_items_have_come_and_never_cross() {
        let ways = Ways::of(&[
            "todo 1, doing 2, test 5, done 9",
            "todo 1, doing 3, test 4, doing 6",
            "todo 2, done 8",
            "todo 3",
        ]);
        let flow = cumulative(&ways.trips(), &ways.workflow, Window::until(date(2024, 1, 10)));
        let names: Vec<&str> = flow.bands.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Created", "doing", "ready for test", "test", "Done"]);
        assert_eq!(on(&flow, 1), [2, 0, 0, 0, 0]);
        assert_eq!(on(&flow, 4), [4, 2, 1, 1, 0]);
        assert_eq!(on(&flow, 8), [4, 3, 3, 3, 1]);
        assert_eq!(on(&flow, 10), [4, 3, 3, 3, 2]);
        for day in 1..=10 {
            assert!(on(&flow, day).is_sorted_by(|a, b| a >= b), "day {day}");
        }
        let later = Window { from: Some(date(2024, 1, 9)), to: date(2024, 1, 10) };
        let flow = cumulative(&ways.trips(), &ways.workflow, later);
        assert_eq!(on(&flow, 9), [3, 2, 2, 2, 1], "what left before the window is not counted");
    }

    #[test]
    fn without_histories_there_are_three_bands() {
        let day = |n: i8| (n > 0).then(|| date(2024, 1, n));
        let item = |created, started, finished, cancelled| Dates {
            created: day(created),
            started: day(started),
            finished: day(finished),
            cancelled: day(cancelled),
            stage: None,
        };
        let dates = [item(1, 2, 5, 0), item(2, 0, 4, 0), item(3, 0, 0, 6), item(0, 4, 0, 0)];
        let ways: Vec<Trip> = dates.iter().map(|dates| Trip { dates, visits: &[], flags: &[] }).collect();
        let flow = cumulative(&ways, &Workflow::default(), Window::until(date(2024, 1, 7)));
        assert_eq!(flow.bands.last().map(|(name, _)| name.as_str()), Some(DONE_OR_CANCELLED));
        assert_eq!(on(&flow, 3), [3, 1, 0]);
        assert_eq!(on(&flow, 7), [4, 4, 3]);
        let starts_unknown = [Dates { started: None, ..dates[0] }];
        let ways = [Trip { dates: &starts_unknown[0], visits: &[], flags: &[] }];
        let flow = cumulative(&ways, &Workflow::default(), Window::until(date(2024, 1, 7)));
        assert_eq!(on(&flow, 7), [1, 1]);
        assert_eq!(
            cumulative(&[], &Workflow::default(), Window::until(date(2024, 1, 7))),
            CumulativeFlow::default()
        );
    }
}
