//! Flow efficiency: how many items spent which share of their time in work.

use super::frame::{Anchor, Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, ticks};
use crate::report::figures::EFFICIENCY as WORDS;
use crate::report::{Analysis, say};

pub static EFFICIENCY: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if (WORDS.text)(analysis).is_err() {
        return None;
    }
    let shares = &analysis.stages().efficiency.shares;
    let mut counts = [0u32; 10];
    for share in shares {
        counts[((share * 10.0).floor() as usize).min(9)] += 1;
    }
    let size = Size { height: size.height.min(260), ..size };
    let marks = ticks::counts(counts.iter().copied().max().unwrap_or_default(), most_marks(size));
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let margin = margin(marks.last().copied(), "");
    let mut svg = String::new();
    let mut frame = Frame::new(&mut svg, size, margin, (0.0, 10.0), (0.0, top));
    let drawn = (|| {
        frame.axis_name(t!("items"))?;
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        for (at, &count) in counts.iter().enumerate() {
            let (left, right) = (frame.x(at as f64) + 1, frame.x(at as f64 + 1.0) - 1);
            frame.bar((left, frame.y(f64::from(count))), (right, frame.bottom()), palette::SERIES, 0.85)?;
            let says = say!("{} to {}\u{a0}% active: {}", at * 10, at * 10 + 10, say::items(count as usize));
            frame.mark(((left + right) / 2, frame.y(f64::from(count))), says, None);
        }
        let y = frame.bottom();
        frame.line(&[(frame.left(), y), (frame.right(), y)], palette::EDGE, 1)?;
        let step = if size.width < 480 { 5 } else { 2 };
        for tenth in (0..=10).step_by(step) {
            let anchor = if tenth == 10 { Anchor::Right } else { Anchor::Middle };
            frame.text(
                &format!("{}\u{a0}%", tenth * 10),
                (frame.x(tenth as f64), y + 15),
                anchor,
                palette::FAINT,
            )?;
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw, staged};

    #[test]
    fn waiting_makes_an_efficiency() {
        let chart = draw(&super::EFFICIENCY, &staged());
        assert_eq!(chart.marks.len(), 10);
        assert!(
            (super::EFFICIENCY.draw)(
                &analysis("id,started,finished\na,2024-01-01,2024-01-02\n"),
                crate::charts::testing::SIZE
            )
            .is_none()
        );
    }
}
