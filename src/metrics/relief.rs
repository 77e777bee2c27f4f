//! Which stage limits the flow: what relieving each of them would bring, by replaying what happened.

use super::Interval;
use super::stages::{Trip, Workflow};
use crate::model::{Calendar, Date};
use crate::order::InOrder;

/// What relieving one stage would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// Its place in the workflow.
    pub column: usize,
    /// The waiting statuses before it that belong to it.
    pub queue: Vec<usize>,
    /// Its share of the time of all items, its queue included.
    pub share: f64,
    /// By how many days the percentile of the cycle time would come down.
    pub gain: f64,
    /// Where nine in ten of the resampled gains lie.
    pub between: Interval,
    /// The share of the resampled histories in which it brings more than every other stage.
    pub chance_to_be_first: f64,
}

/// The reliefs of all stages, that which brings the most first, and what they are measured by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliefs {
    pub items: usize,
    /// The percentile as it was.
    pub now: f64,
    pub stages: Vec<Relief>,
}

/// Under so many items nothing is told.
pub const ENOUGH_TRIPS: usize = 30;

/// Resampled histories.
const SAMPLES: usize = 400;

/// At most so many items, the newest: what happened years ago is no guide to relief now.
const MOST_TRIPS: usize = 1000;

/// An item's way by station.
struct Way {
    start: f64,
    /// Elapsed days that count at each station, its queue included.
    stays: Vec<f64>,
    finished: Option<Date>,
}

/// What it would bring if stays in each stage, with the wait before it, were shorter by the share `by` (from 0 to
/// 1). What happened is replayed: each item goes on to the next stage as much earlier as it left the one before,
/// but no stage ever holds more items at once than it did, so that work which comes sooner may wait there
/// instead. Without relief the replay is what happened, to the day.
///
/// Items that went to and fro count in each stage with all their stays there. Gains are of the percentile `p`, and
/// resampled by items (Efron 1979, 400 times, with a fixed seed). Empty under [`ENOUGH_TRIPS`] finished items with
/// a history, or with fewer than two stages.
pub fn reliefs(trips: &[Trip], workflow: &Workflow, calendar: &Calendar, p: u8, by: f64) -> Reliefs {
    let stations = stations(workflow);
    let mut ways: Vec<Way> =
        trips.iter().filter_map(|trip| way(trip, workflow, calendar, &stations)).collect();
    if ways.len() < ENOUGH_TRIPS || stations.len() < 2 {
        return Reliefs::default();
    }
    ways.order_by_key(|way| way.finished);
    ways.drain(..ways.len().saturating_sub(MOST_TRIPS));
    ways.order_by(|a, b| a.start.total_cmp(&b.start));
    let room = most_at_once(&ways, stations.len());
    let now: Vec<f64> = ways.iter().map(|way| way.stays.iter().sum()).collect();
    let total: f64 = now.iter().sum();
    let relieved: Vec<Vec<f64>> = (0..stations.len()).map(|at| replay(&ways, &room, at, by)).collect();
    let mut values = Vec::with_capacity(ways.len());
    let mut of = |rows: &[usize], took: &[f64]| {
        values.clear();
        values.extend(rows.iter().map(|&row| took[row]));
        percentile(&mut values, p)
    };
    let all: Vec<usize> = (0..ways.len()).collect();
    let mut random = fastrand::Rng::with_seed(400);
    let mut samples: Vec<Vec<f64>> = vec![Vec::with_capacity(SAMPLES); stations.len()];
    let mut firsts = vec![0.0; stations.len()];
    for _ in 0..SAMPLES {
        let rows: Vec<usize> = all.iter().map(|_| random.usize(..all.len())).collect();
        let before = of(&rows, &now);
        let gains: Vec<f64> = relieved.iter().map(|took| before - of(&rows, took)).collect();
        let most = gains.iter().copied().fold(f64::MIN, f64::max);
        let first = gains.iter().filter(|gain| **gain >= most).count() as f64;
        for (at, &gain) in gains.iter().enumerate() {
            samples[at].push(gain);
            firsts[at] += if gain >= most { 1.0 / first } else { 0.0 };
        }
    }
    let as_it_was = of(&all, &now);
    let mut stages: Vec<Relief> = Vec::new();
    for (at, station) in stations.into_iter().enumerate() {
        let sampled = &mut samples[at];
        sampled.order_by(f64::total_cmp);
        let place = |share: f64| sampled.get((share * (SAMPLES - 1) as f64).round() as usize).copied();
        let of_stage: f64 = ways.iter().map(|way| way.stays[at]).sum();
        stages.push(Relief {
            column: station.column,
            queue: station.queue,
            share: if total > 0.0 { of_stage / total } else { 0.0 },
            gain: as_it_was - of(&all, &relieved[at]),
            between: Interval { low: place(0.05).unwrap_or_default(), high: place(0.95).unwrap_or_default() },
            chance_to_be_first: firsts[at] / SAMPLES as f64,
        });
    }
    stages.order_by(|a, b| b.gain.total_cmp(&a.gain));
    Reliefs { items: ways.len(), now: as_it_was, stages }
}

/// A status in which work is done, with the waiting ones before it.
struct Station {
    column: usize,
    queue: Vec<usize>,
}

/// The statuses in progress in order. One that waits belongs to the next; the last ones that wait are one of
/// their own.
fn stations(workflow: &Workflow) -> Vec<Station> {
    let mut stations = Vec::new();
    let mut queue = Vec::new();
    for (place, column) in workflow.in_progress() {
        if column.waits {
            queue.push(place);
        } else {
            stations.push(Station { column: place, queue: std::mem::take(&mut queue) });
        }
    }
    if let Some(column) = queue.pop() {
        stations.push(Station { column, queue });
    }
    stations
}

/// Time outside of every station, like back in the backlog, counts to the station before it.
fn way(trip: &Trip, workflow: &Workflow, calendar: &Calendar, stations: &[Station]) -> Option<Way> {
    let (start, end) = trip.span(workflow)?;
    let mut stays = vec![0.0; stations.len()];
    let mut last = 0;
    for visit in trip.visits {
        let (from, until) = (visit.from.max(start), visit.until.min(end));
        if until < from {
            continue;
        }
        let at = stations.iter().position(|s| s.column == visit.column || s.queue.contains(&visit.column));
        last = at.unwrap_or(last);
        if let Some(stay) = stays.get_mut(last) {
            *stay += calendar.counted_at(until) - calendar.counted_at(from);
        }
    }
    Some(Way { start: calendar.counted_at(start), stays, finished: trip.dates.finished })
}

/// How many items each station held at the most when each passed through them in order.
fn most_at_once(ways: &[Way], stations: usize) -> Vec<usize> {
    (0..stations)
        .map(|at| {
            let mut events: Vec<(f64, i32)> = Vec::with_capacity(2 * ways.len());
            for way in ways.iter().filter(|way| way.stays[at] > 0.0) {
                let enters = way.start + way.stays[..at].iter().sum::<f64>();
                events.push((enters, 1));
                events.push((enters + way.stays[at], -1));
            }
            // At one moment what leaves goes first.
            events.order_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let (mut held, mut most) = (0, 0);
            for (_, change) in events {
                held += change;
                most = most.max(held);
            }
            usize::try_from(most).unwrap_or_default().max(1)
        })
        .collect()
}

/// Each item's time from start to finish with one station relieved, in the order of the ways.
fn replay(ways: &[Way], room: &[usize], relieved: usize, by: f64) -> Vec<f64> {
    let mut at: Vec<f64> = ways.iter().map(|way| way.start).collect();
    for (station, &room) in room.iter().enumerate() {
        let mut order: Vec<usize> = (0..ways.len()).filter(|&i| ways[i].stays[station] > 0.0).collect();
        // Before the relieved one nothing changes.
        if station < relieved {
            for &i in &order {
                at[i] += ways[i].stays[station];
            }
            continue;
        }
        order.order_by(|&a, &b| at[a].total_cmp(&at[b]).then(a.cmp(&b)));
        let keeps = if station == relieved { 1.0 - by } else { 1.0 };
        // When each of those inside leaves; the first to leave makes room for the first that waits.
        let mut leaving = std::collections::BinaryHeap::new();
        for i in order {
            let mut enters = at[i];
            while leaving.peek().is_some_and(|&std::cmp::Reverse(Moment(first))| first <= enters + 1e-9) {
                leaving.pop();
            }
            if leaving.len() >= room
                && let Some(std::cmp::Reverse(Moment(first))) = leaving.pop()
            {
                enters = enters.max(first);
            }
            at[i] = enters + ways[i].stays[station] * keeps;
            leaving.push(std::cmp::Reverse(Moment(at[i])));
        }
    }
    at.iter().zip(ways).map(|(end, way)| end - way.start).collect()
}

/// A time that can be ordered.
#[derive(Clone, Copy, PartialEq)]
struct Moment(f64);

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Moment) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Moment) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// By nearest rank; 0 of none.
fn percentile(values: &mut [f64], p: u8) -> f64 {
    let rank = (values.len() * usize::from(p.min(100))).div_ceil(100).saturating_sub(1);
    if rank >= values.len() {
        return 0.0;
    }
    *values.select_nth_unstable_by(rank, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::Ways;
    use super::*;

    /// Items that are begun a day apart and take so long in each of two stages.
    fn histories(n: usize, doing: impl Fn(usize) -> f64, test: impl Fn(usize) -> f64) -> Ways {
        let moment =
            |day: f64| format!("{}.{:02}", day.floor(), ((day.fract() * 24.0).floor() as u32).min(23));
        let all: Vec<String> = (0..n)
            .map(|i| {
                let start = 1.0 + (i % 12) as f64;
                let test_at = start + doing(i);
                format!(
                    "doing {}, test {}, done {}",
                    moment(start),
                    moment(test_at),
                    moment(test_at + test(i))
                )
            })
            .collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        Ways::of(&all)
    }

    fn told(ways: &Ways) -> Reliefs {
        reliefs(&ways.trips(), &ways.workflow, &Calendar::default(), 85, 0.5)
    }

    #[test]
    fn a_planted_bottleneck_is_found() {
        let ways = histories(60, |i| 1.0 + (i % 3) as f64 * 0.5, |i| 4.0 + (i % 7) as f64);
        let found = told(&ways);
        let first = &found.stages[0];
        assert_eq!(ways.workflow.columns[first.column].name, "test");
        assert_eq!(first.queue.len(), 1, "ready for test waits before it");
        assert!(first.chance_to_be_first > 0.95 && first.between.low > 1.0, "{first:?}");
        assert!(first.share > 0.7 && found.items == 60);
    }

    #[test]
    fn alike_stages_are_not_told_apart() {
        let mut random = fastrand::Rng::with_seed(3);
        let stay: Vec<f64> = (0..160).map(|_| 1.0 + 4.0 * random.f64()).collect();
        let found = told(&histories(80, |i| stay[i], |i| stay[80 + i]));
        assert!(found.stages[0].chance_to_be_first < 0.95, "{:?}", found.stages);
    }

    #[test]
    fn without_relief_the_replay_is_what_happened() {
        let ways = histories(40, |i| 1.0 + (i % 4) as f64, |i| 1.0 + (i % 5) as f64);
        let found = reliefs(&ways.trips(), &ways.workflow, &Calendar::default(), 85, 0.0);
        for stage in &found.stages {
            assert!(stage.gain.abs() < 1e-9, "{stage:?}");
        }
        assert_eq!(told(&histories(29, |_| 1.0, |_| 1.0)), Reliefs::default(), "too few");
    }

    #[test]
    fn what_comes_sooner_may_wait_at_the_next_stage() {
        // One at a time in the second station: relieving the first moves the wait, and nothing is gained at its end.
        let ways: Vec<Way> = (0..40)
            .map(|i| Way { start: 0.0, stays: vec![1.0 + f64::from(i), 1.0], finished: None })
            .collect();
        let room = most_at_once(&ways, 2);
        assert_eq!(room, [40, 1]);
        let took = replay(&ways, &room, 0, 0.5);
        // They reach the second half a day apart, and leave it a day apart.
        assert!((took[0] - 1.5).abs() < 1e-9 && (took[39] - 40.5).abs() < 1e-9, "{} {}", took[0], took[39]);
    }
}
