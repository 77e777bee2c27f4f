//! Weekly throughput run chart: items finished each week in order of time, with their mean.

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::series::line_with_dots;
use super::{Plate, palette, ticks};
use crate::report::figures::THROUGHPUT;
use crate::report::{Analysis, Selection, say};

pub static RUN: Plate = Plate { figure: &THROUGHPUT, draw, is_forecast: false };

/// Weekly throughput as an SVG picture. The vertical axis starts at 0. A week that is not over yet
/// is an open dot and not part of the mean.
///
/// # Errors
/// Only if plotters can't draw.
fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let weekly = analysis.throughput.as_ref()?;
    let label = say!("mean {}", say::decimal(weekly.mean()));
    let all: Vec<u32> = weekly.counts.iter().chain(weekly.unfinished_week.as_ref()).copied().collect();
    let marks = ticks::counts(all.iter().copied().max().unwrap_or_default(), most_marks(size));
    let margin = margin(marks.last().copied(), &label);
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let last = weekly.week(all.len().saturating_sub(1).max(1));

    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (weekly.first_week, last), (0.0, top));
    let drawn = (|| {
        frame.axis_name(t!("items finished a week"))?;
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        frame.days_axis()?;
        let point = |(week, &count): (usize, &u32)| (frame.day(weekly.week(week)), frame.y(f64::from(count)));
        let points: Vec<(i32, i32)> = all.iter().enumerate().map(point).collect();
        // No line leads to a week that is not over: it would fall for no other reason.
        let whole = &points[..weekly.counts.len().min(points.len())];
        line_with_dots(&frame, whole)?;
        if let Some(&point) = points.get(weekly.counts.len()) {
            frame.open_dot(point, 4, palette::SERIES)?;
        }
        for (week, &at) in points.iter().enumerate() {
            let (from, to) = (weekly.week(week), Analysis::week_end(weekly.week(week)));
            let so_far = if week >= weekly.counts.len() { t!(" so far") } else { "" };
            let says =
                say!("Week from {}: {} finished{so_far}", say::date(from), say::items(all[week] as usize));
            frame.mark(at, says, Some(Selection::Finished { from, to }));
        }
        let y = frame.y(weekly.mean());
        frame.dashes(y, palette::REFERENCE)?;
        frame.side_labels(vec![(y, label.clone(), palette::INK)])
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, finished_weekly};

    #[test]
    fn the_axis_starts_at_zero_and_the_mean_is_named() {
        let chart = draw(&super::RUN, &finished_weekly(&[5, 1, 6], false));
        assert!(chart.svg.contains("\n0\n") && chart.svg.contains("mean 4.0"), "{}", chart.svg);
        assert_eq!(chart.svg.matches("<circle").count(), 3);
        assert_eq!(chart.marks.len(), 3);
        assert!(chart.marks[1].says.contains("1\u{a0}item finished"), "{}", chart.marks[1].says);
    }

    #[test]
    fn a_week_cut_short_is_an_open_dot_outside_the_mean() {
        let svg = draw(&super::RUN, &finished_weekly(&[5, 5, 1], true)).svg;
        assert!(svg.contains("mean 5.0"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2 + 2, "two dots, one patch, one outline");
    }

    #[test]
    fn one_week_and_many_draw() {
        assert!(draw(&super::RUN, &finished_weekly(&[1], false)).svg.starts_with("<svg"));
        assert!(!draw(&super::RUN, &finished_weekly(&vec![3; 140], false)).svg.contains("<circle"));
    }
}
