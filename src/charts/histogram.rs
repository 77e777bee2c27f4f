//! Histogram of durations, with their percentiles.

use super::frame::{Anchor, Chart, ChartError, Frame, Size, margin, most_marks, room_for};
use super::{Plate, palette, ticks};
use crate::metrics::Distribution;
use crate::model::Days;
use crate::report::figures::{HISTOGRAM as WORDS, bins};
use crate::report::{Analysis, Selection, say};

pub static HISTOGRAM: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let (measure, durations) = analysis.durations()?;
    let bins = bins(analysis)?;
    let d = &durations.distribution;
    let mut counts = bins.counts.clone();
    if bins.beyond > 0 {
        counts.push(bins.beyond);
    }
    let longest = d.percentile(100)?;
    let span = |at: usize| match bins.range(at) {
        (low, _) if at >= bins.counts.len() => (low, longest),
        range => range,
    };
    let marks = ticks::counts(counts.iter().copied().max().unwrap_or_default(), most_marks(size));
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let mut margin = margin(marks.last().copied(), "");
    margin.top = 64;
    margin.bottom = 44;
    let mut svg = String::new();
    let mut frame = Frame::new(&mut svg, size, margin, (0.0, counts.len() as f64), (0.0, top));
    let drawn = (|| {
        frame.text(t!("items"), (2, 14), Anchor::Left, palette::FAINT)?;
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        let gap = i32::from(counts.len() < 60);
        for (at, &count) in counts.iter().enumerate() {
            let (left, right) = (
                frame.x(at as f64) + gap,
                (frame.x(at as f64 + 1.0) - gap).max(frame.x(at as f64) + 1 + gap),
            );
            frame.bar((left, frame.y(f64::from(count))), (right, frame.bottom()), palette::SERIES, 0.85)?;
            let (low, high) = span(at);
            let took = if low == high {
                analysis.days(low)
            } else {
                say!("{} to {}", say::number(low.0 as usize), analysis.days(high))
            };
            let ends = (analysis.window.from.unwrap_or(crate::model::Date::MIN), analysis.as_of);
            let opens = Selection::Took { measure, ends, days: (low, high) };
            let says = format!("{took}: {}", say::items(count as usize));
            frame.mark(((left + right) / 2, frame.y(f64::from(count))), says, Some(opens));
        }
        axis(&frame, counts.len(), &|at| match at < bins.counts.len() {
            true => say::number(bins.range(at).0.0 as usize),
            false => t!("more").to_owned(),
        })?;
        frame.text(
            analysis.calendar().unit(),
            (frame.right(), frame.bottom() + 31),
            Anchor::Right,
            palette::FAINT,
        )?;
        if d.n() >= Distribution::ENOUGH {
            percentile_flags(&frame, analysis, d, &|days: Days| {
                let bin = bins.edges.partition_point(|&edge| edge <= days.0).saturating_sub(1);
                if bin >= bins.counts.len() {
                    return frame.x(counts.len() as f64 - 0.5);
                }
                let (low, high) = bins.range(bin);
                let part = f64::from(days.0 + 1 - low.0) / f64::from(high.0 + 1 - low.0);
                frame.x(bin as f64 + part)
            })?;
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

/// A line for each percentile with its name above the plot, in two rows where they are close.
fn percentile_flags(
    frame: &Frame,
    analysis: &Analysis,
    d: &Distribution,
    place: &dyn Fn(Days) -> i32,
) -> Result<(), ChartError> {
    let mut ends = [i32::MIN; 3];
    for p in analysis.percentiles() {
        let Some(days) = d.percentile(p) else { continue };
        let x = place(days);
        frame.upright(x, palette::REFERENCE)?;
        let label = format!("{p}\u{a0}%: {}\u{a0}d", say::number(days.0 as usize));
        let width = room_for(&label);
        let left = (x - width / 2).clamp(frame.left(), (frame.right() - width).max(frame.left()));
        let Some(row) = ends.iter().position(|&end| end <= left) else { continue };
        ends[row] = left + width;
        let y = frame.top() - 10 - 15 * row as i32;
        frame.text(&label, (left + 4, y), Anchor::Left, palette::INK)?;
    }
    Ok(())
}

/// The horizontal axis of columns, with as many labels as fit.
fn axis(frame: &Frame, columns: usize, label: &dyn Fn(usize) -> String) -> Result<(), ChartError> {
    let y = frame.bottom();
    frame.line(&[(frame.left(), y), (frame.right(), y)], palette::EDGE, 1)?;
    let fits = usize::try_from((frame.right() - frame.left()) / 48).unwrap_or(1).max(1);
    let step = columns.div_ceil(fits).max(1);
    for at in (0..columns).step_by(step) {
        let x = (frame.x(at as f64) + frame.x(at as f64 + 1.0)) / 2;
        frame.text(&label(at), (x, y + 15), Anchor::Middle, palette::FAINT)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw, staged};

    #[test]
    fn every_item_is_in_a_column_and_columns_open_theirs() {
        let analysis = staged();
        let chart = draw(&super::HISTOGRAM, &analysis);
        let opened: usize =
            chart.marks.iter().map(|mark| analysis.select(mark.opens.as_ref().unwrap()).len()).sum();
        assert_eq!(opened, analysis.cycle.distribution.n());
        assert!(chart.svg.contains("85\u{a0}%: "));
    }

    #[test]
    fn the_longest_few_stand_apart_instead_of_squeezing_the_rest() {
        let mut rows: String =
            (1..=99).map(|i| format!("{i},2024-01-01,2024-01-{:02}\n", 1 + i % 9)).collect();
        rows += "x,2022-01-01,2024-01-01\n";
        let analysis = analysis(&format!("id,started,finished\n{rows}"));
        let chart = draw(&super::HISTOGRAM, &analysis);
        assert!(chart.svg.contains("\nmore\n"), "{}", chart.svg);
        let last = chart.marks.last().unwrap();
        assert!(last.says.ends_with(": 1\u{a0}item"), "{}", last.says);
        assert_eq!(analysis.select(last.opens.as_ref().unwrap()), [99]);
    }
}
