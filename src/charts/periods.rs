//! Pictures of periods: in each a value with its interval.

use plotters::style::RGBColor;

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::rows::axis_number;
use super::{palette, ticks};
use crate::model::{Date, Days, day_from_number, day_number};
use crate::order::InOrder;
use crate::report::{Selection, say};

/// The value of one period.
pub struct Point {
    pub days: (Date, Date),
    pub value: f64,
    pub between: Option<(f64, f64)>,
    pub says: String,
    pub opens: Option<Selection>,
    /// More than noise.
    pub is_signal: bool,
}

/// What is drawn of each period.
pub struct Series {
    pub points: Vec<Point>,
    /// Drawn as a ring, beside the dots of another.
    pub is_open: bool,
}

/// How the vertical axis counts.
#[derive(Clone, Copy, PartialEq)]
pub enum Scale {
    /// Shares from 0 to 1, up to what is there.
    Shares,
    /// Numbers from 0.
    Numbers,
    /// Factors on a logarithmic axis around 1.
    Factors,
}

/// Everything around the points.
pub struct Picture<'a> {
    pub axis: &'a str,
    pub scale: Scale,
    /// Dashed, with its label.
    pub line: Option<(f64, String)>,
    /// Behind the points, for each period from one value to another.
    pub bands: Vec<((Date, Date), (f64, f64))>,
    pub series: Vec<Series>,
    /// From the first to the last day.
    pub days: (Date, Date),
}

/// How many times the highest value the axis may reach for an interval: what is hardly known must not make the rest
/// flat.
const REACH: f64 = 2.0;

/// Draws them.
///
/// # Errors
/// Only if plotters can't draw.
pub fn draw(picture: Picture, size: Size) -> Result<Chart, ChartError> {
    let points = || picture.series.iter().flat_map(|series| &series.points);
    let highest = points().map(|point| point.value).chain(picture.line.iter().map(|line| line.0));
    let highest = highest.filter(|value| value.is_finite()).fold(0.0, f64::max);
    let intervals = || points().filter_map(|point| point.between);
    let upper = intervals().map(|(_, high)| high).filter(|high| high.is_finite()).fold(highest, f64::max);
    let most = most_marks(size);
    let (marks, range) = match picture.scale {
        Scale::Factors => {
            let lowest = points().map(|point| point.value).fold(1.0, f64::min);
            let bands = || picture.bands.iter().map(|(_, band)| band);
            let low = bands().map(|band| band.0).chain(intervals().map(|i| i.0)).fold(lowest, f64::min);
            let high = bands().map(|band| band.1).fold(upper, f64::max);
            let (low, high) = (low.max(lowest / 20.0).max(1e-6), high.min(highest * 20.0).max(highest));
            let marks = ticks::log(low, high, most + 2);
            let ends = (marks.first().copied().unwrap_or(0.1), marks.last().copied().unwrap_or(10.0));
            (marks, (ends.0.log10(), ends.1.log10()))
        }
        Scale::Shares => {
            let marks = ticks::linear(upper.min(highest * REACH).clamp(0.01, 1.0), most);
            let top = marks.last().copied().unwrap_or(1.0).min(1.0);
            (marks.into_iter().filter(|mark| *mark <= 1.0).collect(), (0.0, top))
        }
        Scale::Numbers => {
            let marks = ticks::linear(upper.min(highest * REACH), most);
            let top = marks.last().copied().unwrap_or(1.0);
            (marks, (0.0, top))
        }
    };
    let place = |value: f64| match picture.scale {
        Scale::Factors => value.max(1e-9).log10(),
        _ => value,
    };
    let label = picture.line.as_ref().map(|(_, label)| label.clone()).unwrap_or_default();
    let margin = margin(Some(10_000), &label);
    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, picture.days, range);
    let mark_label = |mark: f64| match picture.scale {
        Scale::Shares => format!("{}\u{a0}%", axis_number((mark * 1000.0).round() / 10.0)),
        _ => axis_number(mark),
    };
    frame.axis_name(picture.axis)?;
    frame.horizontal_grid(marks.iter().map(|&mark| (place(mark), mark_label(mark))))?;
    frame.days_axis()?;
    let within = |value: f64| frame.y(place(value.clamp(0.0, f64::MAX)));
    for ((from, to), (low, high)) in &picture.bands {
        frame.bar((frame.day(*from), within(*low)), (frame.day(*to), within(*high)), palette::BAND_1, 1.0)?;
    }
    if let Some((value, label)) = &picture.line {
        let y = within(*value);
        frame.dashes(y, palette::REFERENCE)?;
        frame.side_labels(vec![(y, label.clone(), palette::INK)])?;
    }
    let periods = picture.series.iter().map(|series| series.points.len()).max().unwrap_or(1).max(1);
    let wide = (frame.right() - frame.left()) / periods as i32;
    let apart = if picture.series.len() > 1 { (wide / 5).clamp(1, 6) } else { 0 };
    let radius = (wide / 3).clamp(2, 4);
    let mut marks: Vec<((i32, i32), String, Option<Selection>)> = Vec::new();
    for (n, series) in picture.series.into_iter().enumerate() {
        let shift = apart * (2 * n as i32 - i32::from(apart > 0));
        for point in series.points {
            let (from, to) = (frame.day(point.days.0), frame.day(point.days.1));
            let at = ((from + to) / 2 + shift, within(point.value));
            let color: RGBColor = match (point.is_signal, series.is_open) {
                (true, _) => palette::SIGNAL,
                (_, true) => palette::INK,
                _ => palette::SERIES,
            };
            if let Some((low, high)) = point.between {
                let top = range.1;
                let is_cut = place(high) > top + 1e-9 || !high.is_finite();
                let ends = [(at.0, within(low)), (at.0, within(high))];
                // Paler than the values: they are long where little is known.
                let color = if point.is_signal { color } else { palette::BAND_4 };
                frame.line(&ends, color, if wide > 8 && !series.is_open { 2 } else { 1 })?;
                if is_cut {
                    frame.goes_on((at.0, frame.top()), true, color)?;
                }
            }
            match (series.is_open, point.is_signal) {
                (true, false) => frame.open_dot(at, radius, color)?,
                (_, true) => frame.diamond(at, radius, color)?,
                _ => frame.dot(at, radius, color, 1.0)?,
            }
            marks.push((at, point.says, point.opens));
        }
    }
    // One walks through time, not through one series after the other.
    marks.order_by_key(|((x, _), ..)| *x);
    for (at, says, opens) in marks {
        frame.mark(at, says, opens);
    }
    Ok(frame.finish()?.with(svg))
}

/// "Mar 2024", "Q1 2024", "2024": how a period is called by its days.
pub fn name((first, last): (Date, Date)) -> String {
    match day_number(last) - day_number(first) {
        0..=31 => say::month(first),
        32..=100 => format!("Q{}\u{a0}{}", (first.month() + 2) / 3, first.year()),
        _ => first.year().to_string(),
    }
}

/// The days from the beginning of the first to the end of the last, or a month where there is none.
pub fn span(periods: &[(Date, Date)], or: Date) -> (Date, Date) {
    let first = periods.first().map_or(or, |(first, _)| *first);
    let last = periods.last().map_or(or, |(_, last)| *last);
    (first, last.max(day_from_number(day_number(first) + 1)))
}

/// For charts whose values are days.
pub fn days(value: f64) -> Days {
    Days(value.round().max(0.0) as u32)
}
