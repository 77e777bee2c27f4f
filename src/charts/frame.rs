//! What all charts share: a picture of a given size, a plot inside it, axes with their marks, and
//! text placed without measuring it.

use std::fmt;

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, IntoDrawingArea, IntoFont, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, ShapeStyle, TextStyle};

use super::{palette, ticks};
use crate::model::{Date, day_from_number, day_number};
use crate::order::InOrder;
use crate::report::{Selection, say};

/// The picture's size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    /// A chart as wide as its place, no flatter and no taller than reads well.
    pub fn for_width(width: u32) -> Size {
        let width = width.clamp(240, 2000);
        Size { width, height: (width * 9 / 20).clamp(220, 380) }
    }
}

/// A picture, and what in it can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub svg: String,
    pub size: Size,
    /// In the order in which one walks through them.
    pub marks: Vec<Mark>,
    /// Where days lie, if the horizontal axis is one of time.
    pub time: Option<TimeAxis>,
}

/// Something in a picture that can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// In pixels.
    pub at: (i32, i32),
    /// What it says; where there is nothing, its items say it.
    pub says: String,
    /// The items behind it.
    pub opens: Option<Selection>,
}

/// A horizontal axis of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeAxis {
    /// In pixels.
    pub left: i32,
    pub right: i32,
    pub first: Date,
    pub last: Date,
}

impl TimeAxis {
    /// The day at that pixel; outside of the axis its end.
    pub fn day_at(&self, x: i32) -> Date {
        let share = f64::from(x.clamp(self.left, self.right) - self.left)
            / f64::from((self.right - self.left).max(1));
        let (first, last) = (day_number(self.first), day_number(self.last));
        day_from_number(first + (share * f64::from(last - first)).round() as i32)
    }
}

/// A picture could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartError(String);

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("The chart could not be drawn: {}", self.0))
    }
}

impl std::error::Error for ChartError {}

/// Room around the plot in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Margin {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
}

/// Where text sits against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Left,
    Middle,
    Right,
}

/// A picture being drawn. Coordinates are pixels; `x` and `y` turn values into them.
pub struct Frame<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    size: Size,
    margin: Margin,
    x: (f64, f64),
    y: (f64, f64),
    marks: Vec<Mark>,
    time: Option<(Date, Date)>,
}

/// Pixels of the labels' font. plotters writes font sizes divided by this factor.
const FONT: f64 = 12.0 * 1.24;

impl<'a> Frame<'a> {
    /// An empty picture whose plot shows the values from `x.0` to `x.1` and `y.0` to `y.1`. A range
    /// without width is widened, and values that are no numbers count as none, for plotters draws
    /// nothing or lies there.
    pub fn new(svg: &'a mut String, size: Size, margin: Margin, x: (f64, f64), y: (f64, f64)) -> Frame<'a> {
        let area = SVGBackend::with_string(svg, (size.width, size.height)).into_drawing_area();
        Frame { area, size, margin, x: widened(x), y: widened(y), marks: Vec::new(), time: None }
    }

    /// The same with days from left to right.
    pub fn of_days(
        svg: &'a mut String,
        size: Size,
        margin: Margin,
        (first, last): (Date, Date),
        y: (f64, f64),
    ) -> Frame<'a> {
        let x = (f64::from(day_number(first)), f64::from(day_number(last)));
        Frame { time: Some((first, last.max(first))), ..Frame::new(svg, size, margin, x, y) }
    }

    /// From now on draws between those pixels from the top, with values of that range.
    pub fn panel(&mut self, top: i32, bottom: i32, y: (f64, f64)) {
        self.margin.top = top;
        self.margin.bottom = self.size.height as i32 - bottom;
        self.y = widened(y);
    }

    /// Pixels from the left for a day.
    pub fn day(&self, day: Date) -> i32 {
        self.x(f64::from(day_number(day)))
    }

    /// Notes something that can be pointed at.
    pub fn mark(&mut self, at: (i32, i32), says: String, opens: Option<Selection>) {
        self.marks.push(Mark { at, says, opens });
    }

    /// Pixels from the left for a value.
    pub fn x(&self, value: f64) -> i32 {
        let width = f64::from(self.right() - self.left());
        self.left() + (width * share(self.x, value)).round() as i32
    }

    /// Pixels from the top for a value; larger values are higher up.
    pub fn y(&self, value: f64) -> i32 {
        let height = f64::from(self.bottom() - self.top());
        self.bottom() - (height * share(self.y, value)).round() as i32
    }

    pub fn left(&self) -> i32 {
        self.margin.left
    }

    pub fn right(&self) -> i32 {
        (self.size.width as i32 - self.margin.right).max(self.margin.left + 1)
    }

    pub fn top(&self) -> i32 {
        self.margin.top
    }

    pub fn bottom(&self) -> i32 {
        (self.size.height as i32 - self.margin.bottom).max(self.margin.top + 1)
    }

    /// Marks of the vertical axis with hairlines across the plot.
    pub fn horizontal_grid(&self, marks: impl Iterator<Item = (f64, String)>) -> Result<(), ChartError> {
        for (value, label) in marks {
            let y = self.y(value);
            self.line(&[(self.left(), y), (self.right(), y)], palette::GRID, 1)?;
            self.text(&label, (self.left() - 8, y), Anchor::Right, palette::FAINT)?;
        }
        Ok(())
    }

    /// Marks of the time axis below the plot.
    pub fn time_axis(&self, marks: impl Iterator<Item = (f64, String)>) -> Result<(), ChartError> {
        let y = self.bottom();
        self.line(&[(self.left(), y), (self.right(), y)], palette::FAINT, 1)?;
        for (value, label) in marks {
            let x = self.x(value);
            self.line(&[(x, y), (x, y + 5)], palette::FAINT, 1)?;
            self.text(&label, (x, y + 17), Anchor::Middle, palette::FAINT)?;
        }
        Ok(())
    }

    /// The time axis of a picture of days, with the marks that fit.
    pub fn days_axis(&self) -> Result<(), ChartError> {
        let Some((first, last)) = self.time else { return Ok(()) };
        let dates = ticks::dates(first, last, self.time_marks());
        self.time_axis(dates.into_iter().map(|(day, label)| (f64::from(day_number(day)), label)))
    }

    /// Labels on the right of the plot at their heights, moved apart where they would overlap.
    pub fn side_labels(&self, mut labels: Vec<(i32, String, RGBColor)>) -> Result<(), ChartError> {
        const APART: i32 = 15;
        labels.order_by_key(|&(y, ..)| std::cmp::Reverse(y));
        let mut places: Vec<i32> = Vec::new();
        let mut below = self.bottom() + APART;
        for &(y, ..) in &labels {
            below = y.min(below - APART);
            places.push(below);
        }
        // Pushed out at the top, all that touch move down again.
        let mut above = self.top() - APART - 4;
        for place in places.iter_mut().rev() {
            *place = (*place).max(above + APART);
            above = *place;
        }
        for ((_, label, color), place) in labels.into_iter().zip(places) {
            self.text(&label, (self.right() + 6, place), Anchor::Left, color)?;
        }
        Ok(())
    }

    /// How many labels fit along the time axis.
    pub fn time_marks(&self) -> usize {
        usize::try_from((self.right() - self.left()) / 64).unwrap_or_default()
    }

    /// The name of the vertical axis, above it.
    pub fn axis_name(&self, name: &str) -> Result<(), ChartError> {
        self.text(name, (2, self.top() - 16), Anchor::Left, palette::FAINT)
    }

    pub fn line(&self, points: &[(i32, i32)], color: RGBColor, width: u32) -> Result<(), ChartError> {
        let style = ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: width };
        self.area.draw(&PathElement::new(points.to_vec(), style)).map_err(failed)
    }

    /// A dashed line from left to right.
    pub fn dashes(&self, y: i32, color: RGBColor) -> Result<(), ChartError> {
        let mut x = self.left();
        while x < self.right() {
            self.line(&[(x, y), ((x + 6).min(self.right()), y)], color, 1)?;
            x += 10;
        }
        Ok(())
    }

    /// A dashed line from top to bottom.
    pub fn upright(&self, x: i32, color: RGBColor) -> Result<(), ChartError> {
        let mut y = self.top();
        while y < self.bottom() {
            self.line(&[(x, y), (x, (y + 4).min(self.bottom()))], color, 1)?;
            y += 8;
        }
        Ok(())
    }

    /// A filled rectangle between two corners.
    pub fn bar(
        &self,
        from: (i32, i32),
        to: (i32, i32),
        color: RGBColor,
        opacity: f64,
    ) -> Result<(), ChartError> {
        let corners = [(from.0.min(to.0), from.1.min(to.1)), (from.0.max(to.0), from.1.max(to.1))];
        let style = ShapeStyle { color: color.mix(opacity), filled: true, stroke_width: 0 };
        self.area.draw(&Rectangle::new(corners, style)).map_err(failed)
    }

    /// A filled shape.
    pub fn shape(&self, points: Vec<(i32, i32)>, color: RGBColor, opacity: f64) -> Result<(), ChartError> {
        let style = ShapeStyle { color: color.mix(opacity), filled: true, stroke_width: 0 };
        self.area.draw(&Polygon::new(points, style)).map_err(failed)
    }

    /// A ring around a point.
    pub fn ring(&self, at: (i32, i32), radius: i32, color: RGBColor) -> Result<(), ChartError> {
        let style = ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: 2 };
        self.area.draw(&Circle::new(at, radius, style)).map_err(failed)
    }

    pub fn dot(&self, at: (i32, i32), radius: i32, color: RGBColor, opacity: f64) -> Result<(), ChartError> {
        let style = ShapeStyle { color: color.mix(opacity), filled: true, stroke_width: 0 };
        self.area.draw(&Circle::new(at, radius, style)).map_err(failed)
    }

    /// A diamond: more than noise.
    pub fn diamond(&self, (x, y): (i32, i32), radius: i32, color: RGBColor) -> Result<(), ChartError> {
        let r = radius + 2;
        self.shape(vec![(x - r, y), (x, y - r), (x + r, y), (x, y + r)], color, 1.0)
    }

    /// A square.
    pub fn square(&self, (x, y): (i32, i32), radius: i32, color: RGBColor) -> Result<(), ChartError> {
        self.bar((x - radius, y - radius), (x + radius, y + radius), color, 1.0)
    }

    /// A small arrow where something goes on beyond the picture, upwards or to the right.
    pub fn goes_on(&self, (x, y): (i32, i32), upwards: bool, color: RGBColor) -> Result<(), ChartError> {
        let points = match upwards {
            true => vec![(x - 3, y + 6), (x, y), (x + 3, y + 6)],
            false => vec![(x - 6, y - 3), (x, y), (x - 6, y + 3)],
        };
        self.line(&points, color, 1)
    }

    /// A dot that is only an outline.
    pub fn open_dot(&self, at: (i32, i32), radius: i32, color: RGBColor) -> Result<(), ChartError> {
        self.dot(at, radius, palette::PAPER, 1.0)?;
        self.ring(at, radius, color)
    }

    /// Text, vertically centred on its point.
    pub fn text(
        &self,
        text: &str,
        at: (i32, i32),
        anchor: Anchor,
        color: RGBColor,
    ) -> Result<(), ChartError> {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let style = TextStyle::from(("sans-serif", FONT).into_font()).color(&color);
        let style = style.pos(Pos::new(horizontal, VPos::Center));
        self.area.draw(&Text::new(text.to_owned(), at, style)).map_err(failed)
    }

    /// Completes the picture: what can be pointed at in it, and where its days lie.
    pub fn finish(self) -> Result<Finished, ChartError> {
        self.area.present().map_err(failed)?;
        let (left, right) = (self.left(), self.right());
        let time = self.time.map(|(first, last)| TimeAxis { left, right, first, last });
        Ok(Finished { size: self.size, marks: self.marks, time })
    }
}

/// A completed picture, without the text it was drawn into.
pub struct Finished {
    size: Size,
    marks: Vec<Mark>,
    time: Option<TimeAxis>,
}

impl Finished {
    pub fn with(self, svg: String) -> Chart {
        Chart { svg, size: self.size, marks: self.marks, time: self.time }
    }
}

/// As much of a text as fits into so many pixels, with an ellipsis where it is cut.
pub fn cut(text: &str, pixels: i32) -> String {
    let most = usize::try_from(pixels / WIDE).unwrap_or_default().max(3);
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// How many marks of the vertical axis read well at that size.
pub fn most_marks(size: Size) -> usize {
    usize::try_from(size.height / 36).unwrap_or_default().saturating_sub(2).max(2)
}

/// Room for marks up to `top` on the left and for a label of that text on the right.
pub fn margin(top: Option<u32>, label: &str) -> Margin {
    let marks = say::number(top.unwrap_or_default() as usize);
    Margin { left: room_for(&marks).max(44), right: room_for(label).max(26), top: 30, bottom: 30 }
}

/// Pixels of a wide letter.
const WIDE: i32 = 7;

/// Pixels that a text takes beside the plot. An estimate on the generous side, for nothing is measured.
pub fn room_for(text: &str) -> i32 {
    10 + WIDE * i32::try_from(text.chars().count()).unwrap_or_default()
}

fn widened((low, high): (f64, f64)) -> (f64, f64) {
    match (low.is_finite(), high.is_finite()) {
        (true, true) if high > low => (low, high),
        (true, _) => (low, low + 1.0),
        (false, _) => (0.0, 1.0),
    }
}

fn share((low, high): (f64, f64), value: f64) -> f64 {
    let share = (value - low) / (high - low);
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

fn failed(error: impl fmt::Display) -> ChartError {
    ChartError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_without_width_and_values_that_are_none_stay_in_the_plot() {
        let mut svg = String::new();
        let margin = Margin { left: 10, right: 10, top: 10, bottom: 10 };
        let size = Size { width: 120, height: 120 };
        let frame = Frame::new(&mut svg, size, margin, (5.0, 5.0), (f64::NAN, f64::INFINITY));
        for value in [f64::NAN, f64::INFINITY, -1e300, 1e300, 5.0] {
            assert!((10..=110).contains(&frame.x(value)), "{value}");
            assert!((10..=110).contains(&frame.y(value)), "{value}");
        }
    }

    #[test]
    fn text_of_a_tracker_stays_text() {
        let mut svg = String::new();
        let margin = Margin { left: 10, right: 10, top: 10, bottom: 10 };
        let size = Size { width: 120, height: 120 };
        let frame = Frame::new(&mut svg, size, margin, (0.0, 1.0), (0.0, 1.0));
        frame.text("<script>\"&", (20, 20), Anchor::Left, palette::INK).unwrap();
        frame.finish().unwrap();
        assert!(!svg.contains("<script"), "{svg}");
        assert!(!svg.contains("style="), "inline styles are forbidden by the policy: {svg}");
    }
}
