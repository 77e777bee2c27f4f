//! Cycle-time scatter: each finished item by when it finished and how long it took, with percentile
//! lines. Source: Vacanti, *Actionable Agile Metrics for Predictability* (2015), chapter 10.

use std::collections::BTreeMap;

use super::frame::{Anchor, ChartError, Frame, Size, margin, most_marks};
use super::{palette, ticks};
use crate::metrics::{Distribution, Durations};
use crate::model::{Date, day_number};
use crate::report::{PERCENTILES, say};

/// Durations up to `as_of` as an SVG picture. The vertical axis starts at 0; where the longest
/// duration is more than [`LONG_TAIL`] times P85 it is logarithmic from 1 day and says so.
///
/// # Errors
/// Only if plotters can't draw. No durations give an empty plot.
pub fn scatter(durations: &Durations, as_of: Date, size: Size) -> Result<String, ChartError> {
    let d = &durations.distribution;
    let longest = d.percentile(100).map_or(1, |days| days.0);
    let p85 = d.percentile(85).map_or(1, |days| days.0);
    let logarithmic = longest > LONG_TAIL.saturating_mul(p85.max(2));
    let height = |days: u32| if logarithmic { f64::from(days.max(1)).log10() } else { f64::from(days) };

    let narrow = size.width < 480;
    let lines = percentile_lines(d, narrow);
    let longest_label =
        lines.iter().map(|(_, label)| label.as_str()).max_by_key(|label| label.chars().count());
    let most = most_marks(size);
    let marks = if logarithmic { ticks::powers(longest, most + 2) } else { ticks::counts(longest, most) };
    let margin = margin(marks.last().copied(), longest_label.unwrap_or_default());
    let top = marks.last().map_or(1.0, |&mark| height(mark));
    // A little room below, so that one-day items don't sit on the time axis.
    let bottom = if logarithmic { -0.05 * top } else { height(0) };
    let first = durations.timed.iter().map(|timed| timed.end).min().unwrap_or(as_of);

    let mut svg = String::new();
    let x = (f64::from(day_number(first)), f64::from(day_number(as_of)));
    let frame = Frame::new(&mut svg, size, margin, x, (bottom, top));
    frame.axis_name(if logarithmic { "days, logarithmic" } else { "days" })?;
    frame.horizontal_grid(marks.iter().map(|&mark| (height(mark), say::number(mark as usize))))?;
    let dates = ticks::dates(first, as_of, frame.time_marks());
    frame.time_axis(dates.into_iter().map(|(day, label)| (f64::from(day_number(day)), label)))?;

    // Items on the same spot share a dot, so that 100,000 items draw as fast as 1,000.
    let mut spots: BTreeMap<(i32, i32), u32> = BTreeMap::new();
    let grain = if durations.timed.len() > 2000 { 3 } else { 1 };
    for timed in &durations.timed {
        let (x, y) = (frame.x(f64::from(day_number(timed.end))), frame.y(height(timed.days.0)));
        *spots.entry((x / grain * grain, y / grain * grain)).or_default() += 1;
    }
    let radius = if durations.timed.len() > 500 { 2 } else { 4 };
    for (&spot, &items) in &spots {
        frame.dot(spot, radius, palette::SERIES, (0.35 + 0.15 * f64::from(items)).min(1.0))?;
    }

    const APART: i32 = 15;
    let mut above = frame.bottom() + APART;
    for (days, label) in lines {
        let y = frame.y(height(days));
        frame.dashes(y, palette::REFERENCE)?;
        let place = y.min(above - APART);
        above = place;
        frame.text(&label, (frame.right() + 6, place), Anchor::Left, palette::INK)?;
    }
    frame.finish()?;
    Ok(svg)
}

/// How many times P85 the longest duration must be for the axis to become logarithmic.
pub const LONG_TAIL: u32 = 6;

/// Each percentile's days and label, ascending; percentiles that fall on one value share a line. None
/// where there are too few values.
fn percentile_lines(d: &Distribution, narrow: bool) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, Vec<String>)> = Vec::new();
    for p in PERCENTILES.into_iter().filter(|_| d.n() >= Distribution::ENOUGH) {
        let Some(days) = d.percentile(p) else { continue };
        match lines.last_mut() {
            Some((same, shares)) if *same == days.0 => shares.push(p.to_string()),
            _ => lines.push((days.0, vec![p.to_string()])),
        }
    }
    let label = |(days, shares): (u32, Vec<String>)| {
        // On a phone there is no room for a list; the shares in between lie there too.
        let shares = match (shares.as_slice(), narrow) {
            ([first, .., last], true) => format!("{first}–{last}"),
            (shares, _) => shares.join(", "),
        };
        (days, format!("{shares}\u{a0}%: {}\u{a0}d", say::number(days as usize)))
    };
    lines.into_iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Distribution, Timed};
    use crate::model::{Days, day_from_number};

    fn durations(days: &[u32]) -> Durations {
        let timed = days.iter().enumerate().map(|(item, &days)| {
            let end = day_from_number(19_000 + item as i32);
            let start = day_from_number(19_000 + item as i32 + 1 - days as i32);
            Timed { item, start, end, days: Days(days) }
        });
        let timed: Vec<Timed> = timed.collect();
        let distribution: Distribution = timed.iter().map(|t| t.days).collect();
        Durations { timed, distribution, ..Durations::default() }
    }

    const SIZE: Size = Size { width: 640, height: 300 };

    fn as_of() -> Date {
        day_from_number(19_040)
    }

    #[test]
    fn the_axis_starts_at_zero_or_says_it_is_logarithmic() {
        let even = scatter(&durations(&[1, 2, 3, 4, 5, 6]), as_of(), SIZE).unwrap();
        assert!(even.contains("\ndays\n") && even.contains("\n0\n"), "{even}");
        let tail = scatter(&durations(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 500]), as_of(), SIZE).unwrap();
        assert!(tail.contains("days, logarithmic") && !tail.contains("\n0\n"), "{tail}");
    }

    #[test]
    fn percentiles_on_one_value_share_a_label() {
        let svg = scatter(&durations(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 2]), as_of(), SIZE).unwrap();
        assert!(svg.contains("50, 70, 85\u{a0}%: 1\u{a0}d"), "{svg}");
        assert!(svg.contains("95\u{a0}%: 2\u{a0}d"), "{svg}");
    }

    #[test]
    fn nothing_and_little_draw_without_lines() {
        let none = scatter(&Durations::default(), as_of(), SIZE).unwrap();
        assert!(none.starts_with("<svg") && !none.contains("<circle"), "{none}");
        let few = scatter(&durations(&[3, 4]), as_of(), SIZE).unwrap();
        assert!(few.contains("<circle") && !few.contains('%'), "{few}");
    }
}
