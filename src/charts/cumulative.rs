//! Cumulative flow: a band for what lies in each stage.

use super::frame::{Chart, ChartError, Frame, Size, cut, margin, most_marks, room_for};
use super::{Plate, palette, series, ticks};
use crate::report::figures::CUMULATIVE as WORDS;
use crate::report::{Analysis, say};

pub static CUMULATIVE: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let flow = analysis.cumulative();
    let first = flow.first?;
    let length = flow.bands.first().map_or(0, |(_, band)| band.len());
    let size = Size { height: (size.height + 40).min(440), ..size };
    let most = flow.bands.first().and_then(|(_, band)| band.last()).copied().unwrap_or_default();
    let marks = ticks::counts(most, most_marks(size));
    let widest = flow.bands.iter().map(|(name, _)| name.as_str()).max_by_key(|name| name.chars().count());
    // On a phone names take a quarter at the most.
    let room = room_for(widest.unwrap_or_default()).min(size.width as i32 / 4).max(60);
    let margin = super::frame::Margin { right: room, ..margin(marks.last().copied(), "") };
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));

    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, analysis.as_of), (0.0, top));
    let drawn = (|| {
        frame.axis_name(t!("items"))?;
        let places = series::thinned(length, (frame.right() - frame.left()) as usize);
        let day = |at: usize| flow.day(at).unwrap_or(first);
        let line = |band: &[u32]| -> Vec<(i32, i32)> {
            let each = places.iter().filter_map(|&at| Some((at, *band.get(at)?)));
            each.map(|(at, count)| (frame.day(day(at)), frame.y(f64::from(count)))).collect()
        };
        let lines: Vec<Vec<(i32, i32)>> = flow.bands.iter().map(|(_, band)| line(band)).collect();
        let steps = lines.len();
        for (n, upper) in lines.iter().enumerate() {
            let floor = || vec![(frame.right(), frame.bottom()), (frame.left(), frame.bottom())];
            let mut area = upper.clone();
            match lines.get(n + 1) {
                Some(lower) => area.extend(lower.iter().rev()),
                None => area.extend(floor()),
            }
            frame.shape(area, band_color(n, steps), 1.0)?;
        }
        // Hairlines tell neighbours apart where colours don't.
        for line in &lines {
            frame.line(line, palette::PAPER, 1)?;
        }
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        frame.days_axis()?;
        // Each name at the middle of its band's end.
        let end =
            |n: usize| lines.get(n).and_then(|line| line.last()).map_or(frame.bottom(), |point| point.1);
        let labels = flow
            .bands
            .iter()
            .enumerate()
            .map(|(n, (name, _))| ((end(n) + end(n + 1)) / 2, cut(name, room - 10), palette::INK));
        frame.side_labels(labels.collect())?;
        for (place, &at) in places.iter().enumerate() {
            let counts: Vec<String> = flow
                .bands
                .iter()
                .map(|(name, band)| {
                    format!("{name} {}", say::number(band.get(at).copied().unwrap_or_default() as usize))
                })
                .collect();
            let says = format!("{}: {}", say::date(day(at)), counts.join(", "));
            let spot = lines.first().and_then(|line| line.get(place)).copied().unwrap_or_default();
            frame.mark(spot, says, Some(crate::report::Selection::InProgress(day(at))));
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

/// Darker from stage to stage; done is the calmest.
fn band_color(n: usize, steps: usize) -> plotters::style::RGBColor {
    let last = palette::BANDS.len() - 1;
    if n + 1 == steps {
        return palette::BAND_1;
    }
    palette::BANDS[if steps <= 2 { last } else { (1 + n * (last - 1) / (steps - 2).max(1)).min(last) }]
}

#[cfg(test)]
mod tests {
    use crate::charts::Size;
    use crate::charts::testing::{SIZE, draw, draw_at, staged};

    #[test]
    fn each_stage_has_a_band_and_its_name() {
        let chart = draw(&super::CUMULATIVE, &staged());
        assert_eq!(chart.svg.matches("<polygon").count(), 5);
        for name in ["Created", "Doing", "Ready for test", "Test", "Done"] {
            assert!(chart.svg.contains(&format!("\n{name}\n")), "{name}");
        }
        let narrow = draw_at(&super::CUMULATIVE, &staged(), Size { width: 320, ..SIZE });
        assert!(narrow.svg.contains("Ready for…"), "{}", narrow.svg);
    }
}
