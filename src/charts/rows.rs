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
}

/// What a row's bar shows.
pub enum Bar {
    /// A median, and two higher percentiles.
    Spread([f64; 3]),
    Total(f64),
    None,
}

const ROW: i32 = 42;

/// The rows one below the other, on an axis from 0.
///
/// # Errors
/// Only if plotters can't draw.
pub fn draw(rows: Vec<Row>, unit: &str, size: Size) -> Result<Chart, ChartError> {
    let most = rows.iter().map(|row| match row.bar {
        Bar::Spread([.., high]) => high,
        Bar::Total(total) => total,
        Bar::None => 0.0,
    });
    let most = most.fold(0.0, f64::max).ceil().max(1.0);
    let height = ROW * rows.len() as i32 + 40;
    let size = Size { height: u32::try_from(height).unwrap_or(size.height), ..size };
    let fits = usize::try_from(size.width / 90).unwrap_or(3);
    let marks = ticks::counts(most as u32, fits);
    let right = marks.last().map_or(most, |&mark| f64::from(mark));
    let margin = Margin { left: 2, right: 22, top: 4, bottom: 36 };
    let mut svg = String::new();
    let mut frame = Frame::new(&mut svg, size, margin, (0.0, right), (0.0, 1.0));
    for &mark in &marks {
        let x = frame.x(f64::from(mark));
        frame.line(&[(x, frame.top()), (x, frame.bottom())], palette::GRID, 1)?;
        let anchor = if mark == 0 { Anchor::Left } else { Anchor::Middle };
        frame.text(&say::number(mark as usize), (x, frame.bottom() + 12), anchor, palette::FAINT)?;
    }
    frame.text(unit, (frame.right(), frame.bottom() + 28), Anchor::Right, palette::FAINT)?;
    for (n, row) in rows.into_iter().enumerate() {
        let y = frame.top() + ROW * n as i32 + 12;
        let value_room = room_for(&row.value);
        frame.text(
            &cut(&row.name, frame.right() - value_room - 10),
            (frame.left(), y),
            Anchor::Left,
            palette::INK,
        )?;
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
            Bar::None => frame.x(0.0),
        };
        frame.mark((end, middle), row.says, row.opens);
    }
    Ok(frame.finish()?.with(svg))
}
