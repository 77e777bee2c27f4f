//! What charts of a series over time share.

use super::frame::{ChartError, Frame};
use super::palette;
use crate::metrics::{Rule, Segment};
use crate::model::Date;

/// A line through points, with dots where there is room for them.
pub fn line_with_dots(frame: &Frame, points: &[(i32, i32)]) -> Result<(), ChartError> {
    frame.line(points, palette::SERIES, if points.len() > 200 { 1 } else { 2 })?;
    // Closer together than this, dots would hide the line.
    if (frame.right() - frame.left()) / i32::try_from(points.len().max(1)).unwrap_or(i32::MAX) >= 6 {
        for &point in points {
            frame.dot(point, 3, palette::SERIES, 1.0)?;
        }
    }
    Ok(())
}

/// The mean and the limits of each stretch; a ring around each point outside the limits, and runs that are
/// more than noise in their colour, with a ring where they end. With `only_outside` no runs. Gives the labels
/// of the last stretch.
pub fn behaviour(
    frame: &Frame,
    points: &[(i32, i32)],
    segments: &[Segment],
    label: impl Fn(f64) -> String,
    only_outside: bool,
) -> Result<Vec<(i32, String, plotters::style::RGBColor)>, ChartError> {
    let mut labels = Vec::new();
    for (n, segment) in segments.iter().enumerate() {
        let ends = segment.points.start..segment.points.end.max(segment.points.start + 1);
        let Some(stretch) = points.get(ends) else { continue };
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
        let left = if n == 0 { frame.left() } else { first.0 };
        let right = if n + 1 == segments.len() { frame.right() } else { last.0 };
        if n > 0 {
            frame.upright(left, palette::EDGE)?;
        }
        let Some(limits) = segment.limits else { continue };
        let centre = frame.y(limits.centre);
        frame.line(&[(left, centre), (right, centre)], palette::REFERENCE, 1)?;
        let limit = |value: f64| {
            let y = frame.y(value);
            dashes(frame, left, right, y).map(|()| y)
        };
        let upper = limit(limits.upper)?;
        let lower = if limits.lower > 0.0 { Some(limit(limits.lower)?) } else { None };
        for signal in &segment.signals {
            let run = points.get(signal.from..=signal.at).unwrap_or_default();
            if signal.rule != Rule::Outside && only_outside {
                continue;
            }
            if run.len() > 1 {
                frame.line(run, palette::SIGNAL, 2)?;
            }
            if let Some(&last) = run.last() {
                frame.ring(last, if points.len() > 200 { 3 } else { 5 }, palette::SIGNAL)?;
            }
        }
        if n + 1 == segments.len() {
            labels = vec![
                (centre, say!("mean {}", label(limits.centre)), palette::INK),
                (upper, say!("limit {}", label(limits.upper)), palette::FAINT),
            ];
            labels.extend(lower.map(|y| (y, say!("limit {}", label(limits.lower)), palette::FAINT)));
        }
    }
    Ok(labels)
}

fn dashes(frame: &Frame, left: i32, right: i32, y: i32) -> Result<(), ChartError> {
    let mut x = left;
    while x < right {
        frame.line(&[(x, y), ((x + 6).min(right), y)], palette::FAINT, 1)?;
        x += 10;
    }
    Ok(())
}

/// The highest of the values and limits that must fit on the axis.
pub fn top(values: impl Iterator<Item = u32>, segments: &[Segment]) -> u32 {
    let limits =
        segments.iter().filter_map(|segment| segment.limits).map(|limits| limits.upper.ceil() as u32);
    values.chain(limits).max().unwrap_or_default()
}

/// At most `most` places of a series that is `length` long, always with the last: more than there are
/// pixels can't be seen.
pub fn thinned(length: usize, most: usize) -> Vec<usize> {
    let step = length.div_ceil(most.max(1)).max(1);
    let mut places: Vec<usize> = (0..length).rev().step_by(step).collect();
    places.reverse();
    places
}

/// Days noted by the user, as upright lines.
pub fn events(
    frame: &Frame,
    days: impl Iterator<Item = Date>,
    (first, last): (Date, Date),
) -> Result<(), ChartError> {
    for day in days.filter(|day| (first..=last).contains(day)) {
        frame.upright(frame.day(day), palette::EDGE)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_last_place_is_always_there() {
        assert_eq!(super::thinned(10, 20), (0..10).collect::<Vec<_>>());
        assert_eq!(super::thinned(10, 4), [0, 3, 6, 9]);
        assert!(super::thinned(0, 4).is_empty());
    }
}
