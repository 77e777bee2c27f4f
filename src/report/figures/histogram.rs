//! Around the histogram of durations.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::Distribution;
use crate::model::Days;
use crate::report::{Analysis, Measure, say};

pub static HISTOGRAM: Figure = Figure { id: "histogram", text, tables };

/// Durations counted in bins of equal width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bins {
    pub measure: Measure,
    /// Days a bin.
    pub width: u32,
    /// The first bin begins with this duration.
    pub first: u32,
    pub counts: Vec<u32>,
    /// Longer than the last bin: the longest 2 % where they would squeeze the rest.
    pub beyond: u32,
}

impl Bins {
    /// The durations of a bin, both included.
    pub fn range(&self, at: usize) -> (Days, Days) {
        let low = self.first + self.width * u32::try_from(at).unwrap_or_default();
        (Days(low), Days(low + self.width - 1))
    }
}

/// The durations that speak for the team, in at most 40 bins of 1, 2, 5, 7, 14 … days. Where the longest
/// 2 % would squeeze the rest into a quarter, they stand apart. `None` without any.
pub fn bins(analysis: &Analysis) -> Option<Bins> {
    let (measure, durations) = analysis.durations()?;
    let d = &durations.distribution;
    let (longest, most) = (d.percentile(100)?.0, d.percentile(98)?.0);
    let last = if longest > most.saturating_mul(2) && d.n() >= 50 { most } else { longest };
    let first = u32::from(!analysis.calendar().elapsed);
    let width = [1, 2, 5, 7, 14, 28, 56, 91, 182, 364].into_iter().find(|width| (last + 1 - first.min(last)) / width < 40);
    let width = width.unwrap_or_else(|| (last / 39).max(1));
    let mut counts = vec![0; ((last - first.min(last)) / width + 1) as usize];
    let mut beyond = 0;
    for days in d.values() {
        let bin = days.0.saturating_sub(first) / width;
        match counts.get_mut(bin as usize) {
            Some(count) => *count += 1,
            None => beyond += 1,
        }
    }
    Some(Bins { measure, width, first, counts, beyond })
}

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let Some((measure, durations)) = analysis.durations() else {
        return Err(analysis.no_lead_time().unwrap_or("No item has two dates.").to_owned());
    };
    let d = &durations.distribution;
    let name = say::capital(measure.name());
    let finding = match (d.mean(), d.percentile(50), d.tail_ratio()) {
        (_, _, Some(ratio)) if ratio > Distribution::FAT_TAIL => format!(
            "A long tail: 1 in 50 takes {} times as long as the middle one, so promise by percentiles, not averages",
            say::decimal(ratio)
        ),
        (_, Some(p50), Some(ratio)) => format!(
            "Most take about {}; 1 in 50 takes {} times as long",
            analysis.days(p50),
            say::decimal(ratio)
        ),
        (Some(mean), Some(p50), None) if d.n() >= Distribution::ENOUGH => {
            format!("The middle item took {}, the mean is {}", analysis.days(p50), say::decimal(mean))
        }
        _ => format!("{name} of {}", say::items(d.n())),
    };
    let bins = bins(analysis);
    let beyond = match bins.as_ref().map_or(0, |bins| bins.beyond) {
        0 => String::new(),
        n => format!(" {} longer than the axis goes are in the last column.", say::items(n as usize)),
    };
    let width = bins.map_or(1, |bins| bins.width);
    let caption = format!(
        "How many items took how long, in columns of {}. The lines are the percentiles.{beyond}",
        analysis.days(Days(width))
    );
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
        let label = if low == high { low.0.to_string() } else { format!("{} to {}", low.0, high.0) };
        rows.push(row(label, count));
    }
    if bins.beyond > 0 {
        rows.push(row("longer".to_owned(), bins.beyond));
    }
    vec![Table {
        title: format!("Items by {}", bins.measure.name()),
        columns: vec![Column::text("Days"), Column::number("Items"), Column::number("So far")],
        rows,
    }]
}
