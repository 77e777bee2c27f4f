//! Around the histogram of durations.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::Distribution;
use crate::model::Days;
use crate::report::{Analysis, Measure, say};

pub static HISTOGRAM: Figure = Figure { id: "histogram", name: "How many items took how long", text, tables };

/// Durations counted in bins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bins {
    pub measure: Measure,
    /// The shortest duration of each bin, and what would be that of the next.
    pub edges: Vec<u32>,
    pub counts: Vec<u32>,
    /// Longer than the last bin: the longest 2 % where they would squeeze the rest.
    pub beyond: u32,
    /// Each bin is twice as wide as the one before.
    pub doubling: bool,
}

impl Bins {
    /// The durations of a bin, both included.
    pub fn range(&self, at: usize) -> (Days, Days) {
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or_default();
        (Days(edge(at)), Days(edge(at + 1).saturating_sub(1).max(edge(at))))
    }
}

/// The tail ratio above which bins double.
const DOUBLING: u32 = 20;

/// The durations that speak for the team, in at most 40 bins of 1, 2, 5, 7, 14 … days. Where the longest
/// 2 % would squeeze the rest into half the width they stand apart; where the 98th percentile is more than
/// 20 times the median, equal bins would hold nearly all in the first one, so they double: 1, 2, 3 to 4, 5
/// to 8. `None` without any.
pub fn bins(analysis: &Analysis) -> Option<Bins> {
    let (measure, durations) = analysis.durations()?;
    let d = &durations.distribution;
    let (longest, most, middle) = (d.percentile(100)?.0, d.percentile(98)?.0, d.percentile(50)?.0);
    let first = u32::from(!analysis.calendar().elapsed);
    let doubling = d.n() >= 50 && most > DOUBLING * middle.max(1);
    let last = if longest > most.saturating_mul(2) && d.n() >= 50 && !doubling { most } else { longest };
    let edges: Vec<u32> = if doubling {
        let powers = (0..32).map(|power| (1u32 << power) + 1);
        let edges: Vec<u32> = [first, 1, 2].into_iter().chain(powers.skip(1)).collect();
        let mut edges: Vec<u32> = edges.into_iter().skip(usize::from(first == 1)).collect();
        let enough = edges.iter().position(|&edge| edge > last).unwrap_or(edges.len() - 1);
        edges.truncate(enough + 1);
        edges
    } else {
        let span = last + 1 - first.min(last);
        let widths = [1, 2, 5, 7, 14, 28, 56, 91, 182, 364];
        let width = widths.into_iter().find(|width| span / width < 40).unwrap_or_else(|| (last / 39).max(1));
        (0..=span.div_ceil(width)).map(|n| first + n * width).collect()
    };
    let mut counts = vec![0; edges.len().saturating_sub(1)];
    let mut beyond = 0;
    for days in d.values() {
        let bin = edges.partition_point(|&edge| edge <= days.0).saturating_sub(1);
        match counts.get_mut(bin) {
            Some(count) => *count += 1,
            None => beyond += 1,
        }
    }
    Some(Bins { measure, edges, counts, beyond, doubling })
}

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let Some((measure, durations)) = analysis.durations() else {
        return Err(analysis.no_durations());
    };
    let d = &durations.distribution;
    let name = say::capital(measure.name());
    let finding = match (d.mean(), d.percentile(50), d.tail_ratio()) {
        (_, _, Some(ratio)) if ratio > Distribution::FAT_TAIL => say!(
            "A long tail: 1 in 50 takes {} times as long as the middle one, so promise by percentiles, not averages",
            say::decimal(ratio)
        ),
        (_, Some(p50), Some(ratio)) => say!(
            "Most take about {}; 1 in 50 takes {} times as long",
            analysis.days(p50),
            say::decimal(ratio)
        ),
        (Some(mean), Some(p50), None) if d.n() >= Distribution::ENOUGH => {
            say!("The middle item took {}, the mean is {}", analysis.days(p50), say::decimal(mean))
        }
        _ => say!("{name} of {}", say::items(d.n())),
    };
    let bins = bins(analysis);
    let beyond = match bins.as_ref().map_or(0, |bins| bins.beyond) {
        0 => String::new(),
        n => say!(" {} longer than the axis goes are in the last column.", say::items(n as usize)),
    };
    let columns = match &bins {
        Some(bins) if bins.doubling => t!("columns that double in width, for the tail is long").to_owned(),
        Some(bins) => {
            let (low, high) = bins.range(0);
            say!("columns of {}", analysis.days(Days(high.0 + 1 - low.0)))
        }
        None => t!("columns").to_owned(),
    };
    let caption = say!("How many items took how long, in {columns}. The lines are the percentiles.{beyond}");
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let Some(bins) = bins(analysis) else { return Vec::new() };
    let n: u32 = bins.counts.iter().sum::<u32>() + bins.beyond;
    let mut so_far = 0;
    let mut row = |label: String, count: u32| {
        so_far += count;
        vec![label, say::number(count as usize), say::percent(f64::from(so_far) / f64::from(n.max(1)))]
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (at, &count) in bins.counts.iter().enumerate() {
        let (low, high) = bins.range(at);
        let label = if low == high { low.0.to_string() } else { say!("{} to {}", low.0, high.0) };
        rows.push(row(label, count));
    }
    if bins.beyond > 0 {
        rows.push(row(t!("longer").to_owned(), bins.beyond));
    }
    vec![Table {
        title: say!("Items by {}", bins.measure.name()),
        columns: vec![Column::text(t!("Days")), Column::number(t!("Items")), Column::number(t!("So far"))],
        rows,
    }]
}
