//! The day by which all is done, as it would have been said each past week.

use super::frame::{Anchor, Chart, ChartError, Frame, Margin, Size};
use super::{Plate, palette, ticks};
use crate::model::{Date, day_number};
use crate::report::figures;
use crate::report::forecast::{Said, TOLD, day_or_never};
use crate::report::{Analysis, say};

pub static MOVED: Plate = Plate { figure: &figures::MOVED, draw, is_forecast: true };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    analysis.moves()?;
    let until = figures::said_until(analysis)?;
    let said = analysis.said();
    let (first, last) = (said.first()?.on, said.last()?.on);
    let mut svg = String::new();
    // Dates on the left are wider than numbers.
    let margin = Margin { left: 78, right: 14, top: 30, bottom: 30 };
    let number = |day: Date| f64::from(day_number(day));
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, last), (number(first), number(until)));
    let drawn = (|| {
        frame.axis_name(t!("all is done by"))?;
        let marks = ticks::dates(first, until, super::frame::most_marks(size));
        frame.horizontal_grid(marks.into_iter().map(|(day, _)| (number(day), say::date(day))))?;
        frame.days_axis()?;
        let place =
            |said: &Said, level: usize| Some((frame.day(said.on), frame.y(number(said.done[level]?))));
        // Where a week has no day, the line is broken.
        for stretch in said.split(|said| said.done[TOLD].is_none()).filter(|stretch| stretch.len() > 1) {
            let edge = |level: usize| {
                let beyond = |said: &Said| place(said, level).unwrap_or((frame.day(said.on), frame.top()));
                stretch.iter().map(beyond).collect::<Vec<_>>()
            };
            let band = edge(0).into_iter().chain(edge(3).into_iter().rev()).collect();
            frame.shape(band, palette::BAND_1, 1.0)?;
            frame.line(&edge(TOLD), palette::SERIES, 2)?;
        }
        let today = [(frame.day(first), frame.y(number(first))), (frame.day(last), frame.y(number(last)))];
        frame.line(&today, palette::FAINT, 1)?;
        frame.text(
            t!("the day itself"),
            (frame.right() - 4, today[1].1 - 12),
            Anchor::Right,
            palette::FAINT,
        )?;
        let at = |said: &Said| place(said, TOLD).unwrap_or((frame.day(said.on), frame.top()));
        let places: Vec<(i32, i32)> = said.iter().map(at).collect();
        for (said, at) in said.iter().zip(places) {
            let says = say!(
                "On {}, {} to do: {} with 85\u{a0}%, {} with 50\u{a0}%",
                say::date(said.on),
                say::number(said.open as usize),
                day_or_never(said.done[TOLD]),
                day_or_never(said.done[0])
            );
            frame.mark(at, says, None);
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw, finished_weekly};

    #[test]
    fn the_line_has_a_point_for_each_week_with_open_items() {
        let day = |n: i32| crate::model::day_from_number(19_723 + n).to_string();
        let mut rows = "id,created,finished\n".to_owned();
        for week in 0..40 {
            for n in 0..4 {
                let done = if n < 3 { day(week * 7 + n + 2) } else { String::new() };
                rows += &format!("{week}-{n},{},{done}\n", day(week * 7 + n));
            }
        }
        let analysis = analysis(&rows);
        analysis.forecast_now();
        let chart = draw(&super::MOVED, &analysis);
        assert!(chart.marks.len() > 30 && chart.svg.contains("<polyline"), "{}", chart.marks.len());
        let without = finished_weekly(&[3; 30], false);
        without.forecast_now();
        assert!((super::MOVED.draw)(&without, crate::charts::testing::SIZE).is_none());
    }
}
