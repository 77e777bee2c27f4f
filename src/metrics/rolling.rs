//! Rolling percentiles: how long work took lately, over time.

use super::Durations;
use crate::model::{Date, Days};
use crate::order::InOrder;

/// A percentile of the last items by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rolling {
    pub day: Date,
    pub days: Days,
}

/// Percentiles, by nearest rank, of the last `window` durations by their end, at most at `most` places spread
/// evenly over the items; what ends on one day is looked at together. A line a percentile; empty while there
/// are fewer than `window`.
pub fn rolling_percentiles(
    durations: &Durations,
    percentiles: &[u8],
    window: usize,
    most: usize,
) -> Vec<Vec<Rolling>> {
    let mut ends: Vec<(Date, Days)> = durations.timed.iter().map(|timed| (timed.end, timed.days)).collect();
    ends.order();
    let window = window.max(1);
    let step = ends.len().saturating_sub(window).div_ceil(most.max(1)).max(1);
    let mut lines = vec![Vec::new(); percentiles.len()];
    let mut some: Vec<Days> = Vec::with_capacity(window);
    let mut later = None;
    // From the newest back, so that the line ends with today.
    for at in (window..=ends.len()).rev().step_by(step) {
        let Some(&(day, _)) = ends.get(at - 1) else { continue };
        if later == Some(day) {
            continue;
        }
        later = Some(day);
        let end = at + ends[at..].iter().take_while(|(other, _)| *other == day).count();
        let first = ends[..end].partition_point(|&(other, _)| other < day).min(end - window);
        some.clear();
        some.extend(ends[first..end].iter().map(|&(_, days)| days));
        some.order();
        for (line, &p) in lines.iter_mut().zip(percentiles) {
            let rank = (some.len() * usize::from(p.min(100))).div_ceil(100).max(1);
            line.extend(some.get(rank - 1).map(|&days| Rolling { day, days }));
        }
    }
    for line in &mut lines {
        line.reverse();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Timed;
    use crate::model::day_from_number;

    #[test]
    fn the_last_items_are_looked_at() {
        let timed: Vec<Timed> = (0..60)
            .map(|i| {
                let end = day_from_number(i);
                Timed { item: 0, start: end, end, days: Days(if i < 30 { 2 } else { 8 }) }
            })
            .collect();
        let durations = Durations { timed, ..Durations::default() };
        let points = &rolling_percentiles(&durations, &[85], 20, 1000)[0];
        assert_eq!(points.first(), Some(&Rolling { day: day_from_number(19), days: Days(2) }));
        assert_eq!(points.last(), Some(&Rolling { day: day_from_number(59), days: Days(8) }));
        let turn = points.iter().find(|point| point.days == Days(8)).unwrap();
        assert_eq!(turn.day, day_from_number(33), "four of twenty are one too many for 85 %");
        assert!(rolling_percentiles(&durations, &[85], 20, 5)[0].len() <= 6);
        assert!(rolling_percentiles(&durations, &[85], 61, 5)[0].is_empty());
    }
}
