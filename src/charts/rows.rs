//! Pictures of rows: each a name with a number beside it, and a bar below.

use super::frame::{Anchor, Chart, ChartError, Frame, Margin, Size, cut, room_for};
use super::{palette, ticks};
use crate::report::{Selection, say};

/// One row.
pub struct Row {
    pub name: String,
    /// At the right end of the row.
    pub value: String,
    /// A dot, the end of the thick bar, the end of the thin line; all from 0.
    pub bar: Bar,
    pub says: String,
    pub opens: Option<Selection>,
    /// Drawn as what waits or is in trouble.
    pub set_off: bool,
    /// Differs the other way: less than the rest, beyond noise.
    pub is_less: bool,
}

/// What a row's bar shows.
pub enum Bar {
    /// A median, and two higher percentiles.
    Spread([f64; 3]),
    Total(f64),
    /// A value with its interval, and a ring where what it is held against lies.
    Against {
        value: f64,
        between: Option<(f64, f64)>,
        other: Option<f64>,
    },
    /// Two values with their intervals, the first above the second.
    Pair([(f64, (f64, f64)); 2]),
    None,
}

const ROW: i32 = 42;

/// A mark of an axis: whole where it is.
pub fn axis_number(mark: f64) -> String {
    // What is a round number on paper may be off in its last digits.
    let rounded = (mark * 1e6).round() / 1e6;
    if rounded.fract() == 0.0 {
        say::number(rounded.max(0.0) as usize)
    } else {
        crate::language::formats::pointed(rounded.to_string())
    }
}

/// The rows one below the other, on an axis from 0.
///
/// # Errors
/// Only if plotters can't draw.
pub fn draw(rows: Vec<Row>, unit: &str, size: Size) -> Result<Chart, ChartError> {
    let most = rows.iter().map(|row| match row.bar {
        Bar::Spread([.., high]) => high,
        Bar::Total(total) => total,
        // One that is hardly known must not make all others small.
        Bar::Against { value, between, other } => {
            let high = between.map_or(value, |(_, high)| high);
            let value = if value.is_finite() { value } else { between.map_or(0.0, |(low, _)| low) };
            let seen = value.max(other.unwrap_or_default());
            if seen > 0.0 { high.min(3.0 * seen).max(seen) } else { high }
        }
        Bar::Pair([(_, (_, a)), (_, (_, b))]) => a.max(b),
        Bar::None => 0.0,
    });
    let most = most.filter(|most| most.is_finite()).fold(0.0, f64::max);
    let height = ROW * rows.len() as i32 + 40;
    let size = Size { height: u32::try_from(height).unwrap_or(size.height), ..size };
    let fits = usize::try_from(size.width / 90).unwrap_or(3);
    let marks = ticks::linear(most, fits);
    let right = marks.last().copied().unwrap_or(most);
    let margin = Margin { left: 8, right: 22, top: 4, bottom: 36 };
    let mut svg = String::new();
    let mut frame = Frame::new(&mut svg, size, margin, (0.0, right), (0.0, 1.0));
    for &mark in &marks {
        let x = frame.x(mark);
        frame.line(&[(x, frame.top()), (x, frame.bottom())], palette::GRID, 1)?;
        let anchor = match mark {
            0.0 => Anchor::Left,
            mark if mark >= right => Anchor::Right,
            _ => Anchor::Middle,
        };
        frame.text(&axis_number(mark), (x, frame.bottom() + 12), anchor, palette::FAINT)?;
    }
    frame.text(unit, (frame.right(), frame.bottom() + 28), Anchor::Right, palette::FAINT)?;
    for (n, row) in rows.into_iter().enumerate() {
        let y = frame.top() + ROW * n as i32 + 12;
        let value_room = room_for(&row.value);
        frame.text(&cut(&row.name, frame.right() - value_room - 10), (2, y), Anchor::Left, palette::INK)?;
        frame.text(&row.value, (frame.right(), y), Anchor::Right, palette::FAINT)?;
        let middle = y + 17;
        let color = if row.set_off { palette::REFERENCE } else { palette::SERIES };
        let end = match row.bar {
            Bar::Spread([mid, high, highest]) => {
                let x = |value: f64| frame.x(value);
                frame.line(&[(x(0.0), middle), (x(highest), middle)], color, 1)?;
                frame.line(&[(x(highest), middle - 4), (x(highest), middle + 4)], color, 1)?;
                frame.bar((x(0.0), middle - 4), (x(high), middle + 4), color, 0.55)?;
                frame.dot((x(mid), middle), 5, palette::PAPER, 1.0)?;
                frame.dot((x(mid), middle), 4, palette::INK, 1.0)?;
                x(high)
            }
            Bar::Total(total) => {
                frame.bar((frame.x(0.0), middle - 5), (frame.x(total), middle + 5), color, 0.85)?;
                frame.x(total)
            }
            Bar::Against { value, between, other } => {
                let color = match (row.set_off, row.is_less) {
                    (true, _) => palette::SIGNAL,
                    (_, true) => palette::SECOND,
                    _ => palette::SERIES,
                };
                frame.line(&[(frame.x(0.0), middle), (frame.right(), middle)], palette::GRID, 1)?;
                if let Some((low, high)) = between {
                    let is_cut = high > right;
                    let high = if is_cut { frame.right() } else { frame.x(high) };
                    frame.line(&[(frame.x(low), middle), (high, middle)], color, 2)?;
                    if is_cut {
                        frame.goes_on((high, middle), false, color)?;
                    }
                }
                if let Some(other) = other {
                    frame.open_dot((frame.x(other), middle), 5, palette::FAINT)?;
                }
                let at = (frame.x(value), middle);
                match (row.set_off, row.is_less) {
                    _ if !value.is_finite() => {}
                    (true, _) => frame.diamond(at, 5, color)?,
                    (_, true) => frame.square(at, 5, color)?,
                    _ => frame.dot(at, 5, color, 1.0)?,
                }
                at.0
            }
            Bar::Pair([(first, a), (second, b)]) => {
                let color = if row.set_off { palette::SIGNAL } else { palette::SERIES };
                let x = |value: f64| frame.x(value);
                frame.line(&[(x(a.0), middle - 4), (x(a.1), middle - 4)], color, 1)?;
                frame.open_dot((x(first), middle - 4), 4, color)?;
                frame.line(&[(x(b.0), middle + 5), (x(b.1), middle + 5)], palette::INK, 1)?;
                frame.dot((x(second), middle + 5), 4, palette::INK, 1.0)?;
                x(first)
            }
            Bar::None => frame.x(0.0),
        };
        frame.mark((end, middle), row.says, row.opens);
    }
    Ok(frame.finish()?.with(svg))
}
