//! Weekly throughput run chart: items finished each week in order of time, with their mean.

use super::frame::{Anchor, ChartError, Frame, Size, margin, most_marks};
use super::{palette, ticks};
use crate::metrics::Throughput;
use crate::model::{day_from_number, day_number};
use crate::report::say;

/// Weekly throughput as an SVG picture. The vertical axis starts at 0. A week that is not over yet
/// is an open dot and not part of the mean.
///
/// # Errors
/// Only if plotters can't draw.
pub fn throughput(weekly: &Throughput, size: Size) -> Result<String, ChartError> {
    let label = format!("mean {}", say::decimal(weekly.mean()));
    let all = weekly.counts.iter().chain(weekly.unfinished_week.as_ref());
    let most = all.clone().copied().max().unwrap_or_default();
    let marks = ticks::counts(most, most_marks(size));
    let margin = margin(marks.last().copied(), &label);
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let first = day_number(weekly.first_week);
    let weeks = all.clone().count() as i32;
    let last = first + 7 * (weeks - 1).max(1);

    let mut svg = String::new();
    let frame = Frame::new(&mut svg, size, margin, (f64::from(first), f64::from(last)), (0.0, top));
    frame.axis_name("items finished a week")?;
    frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
    let dates = ticks::dates(weekly.first_week, day_from_number(last), frame.time_marks());
    frame.time_axis(dates.into_iter().map(|(day, label)| (f64::from(day_number(day)), label)))?;

    let points: Vec<(i32, i32)> = all
        .enumerate()
        .map(|(week, &count)| (frame.x(f64::from(first + 7 * week as i32)), frame.y(f64::from(count))))
        .collect();
    // No line leads to a week that is not over: it would fall for no other reason.
    let whole = &points[..weekly.counts.len().min(points.len())];
    frame.line(whole, palette::SERIES, if points.len() > 200 { 1 } else { 2 })?;
    // Closer together than this, dots would hide the line.
    if (frame.right() - frame.left()) / weeks.max(1) >= 6 {
        for &point in whole {
            frame.dot(point, 3, palette::SERIES, 1.0)?;
        }
    }
    if let Some(&point) = points.get(weekly.counts.len()) {
        frame.open_dot(point, 4, palette::SERIES)?;
    }

    let y = frame.y(weekly.mean());
    frame.dashes(y, palette::REFERENCE)?;
    frame.text(&label, (frame.right() + 6, y), Anchor::Left, palette::INK)?;
    frame.finish()?;
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn draw(counts: &[u32], unfinished_week: Option<u32>) -> String {
        let first_week = date(2024, 1, 1);
        let weekly = Throughput { first_week, counts: counts.to_vec(), unfinished_week };
        throughput(&weekly, Size { width: 640, height: 300 }).unwrap()
    }

    #[test]
    fn the_axis_starts_at_zero_and_the_mean_is_named() {
        let svg = draw(&[5, 0, 7], None);
        assert!(svg.contains("\n0\n") && svg.contains("mean 4.0"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 3);
    }

    #[test]
    fn a_week_cut_short_is_an_open_dot_outside_the_mean() {
        let svg = draw(&[5, 5], Some(1));
        assert!(svg.contains("mean 5.0"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2 + 2, "two dots, one patch, one outline");
    }

    #[test]
    fn one_week_and_ten_years_draw() {
        assert!(draw(&[0], None).starts_with("<svg"));
        assert!(!draw(&vec![3; 545], None).contains("<circle"));
    }
}
