//! What is ahead: how many items are likely to be done by each day, as a fan, and when those asked for are.

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, ticks};
use crate::forecast::LEVELS;
use crate::order::InOrder;
use crate::report::figures::{self, Fan};
use crate::report::{Analysis, say};

pub static AHEAD: Plate = Plate { figure: &figures::AHEAD, draw, is_forecast: true };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let fan = figures::fan(analysis)?;
    let mut svg = String::new();
    Some(picture(analysis, fan, size, &mut svg).map(|finished| finished.with(svg)))
}

fn picture(
    analysis: &Analysis,
    fan: &Fan,
    size: Size,
    svg: &mut String,
) -> Result<super::frame::Finished, ChartError> {
    let Fan { days, lines, top, told } = fan;
    let marks = ticks::counts(*top, most_marks(size));
    let n = analysis.asked_items();
    let label = if n > 0 { say::items(n as usize) } else { String::new() };
    let margin = margin(marks.last().copied(), &label);
    let (first, last) = (analysis.as_of, days.last().copied().unwrap_or(analysis.as_of));
    let mut frame = Frame::of_days(svg, size, margin, (first, last), (0.0, f64::from(*top)));
    frame.axis_name(t!("items finished"))?;
    let within = marks.iter().filter(|mark| *mark <= top);
    frame.horizontal_grid(within.map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
    frame.days_axis()?;
    let at = |place: usize, line: usize| (frame.day(days[place]), frame.y(f64::from(lines[place][line])));
    let band = |low: usize, high: usize, color| {
        let there = (0..days.len()).map(|place| at(place, high));
        let back = (0..days.len()).rev().map(|place| at(place, low));
        frame.shape(there.chain(back).collect(), color, 1.0)
    };
    band(0, 6, palette::BAND_1)?;
    band(1, 5, palette::BAND_3)?;
    let middle: Vec<(i32, i32)> = (0..days.len()).map(|place| at(place, 3)).collect();
    frame.line(&middle, palette::SERIES, 2)?;
    if frame.day(analysis.asked_by()) < frame.right() {
        frame.upright(frame.day(analysis.asked_by()), palette::EDGE)?;
    }
    let mut told_marks = Vec::new();
    if n > *top {
        // Beyond the picture: an arrow says so, and no line stands where it is not.
        let at = (frame.right() - 8, frame.top());
        frame.goes_on(at, true, palette::REFERENCE)?;
        frame.side_labels(vec![(frame.top(), label, palette::INK)])?;
    } else if n > 0 {
        let y = frame.y(f64::from(n));
        frame.dashes(y, palette::REFERENCE)?;
        frame.side_labels(vec![(y, label, palette::INK)])?;
        for (level, day) in LEVELS.iter().zip(told.done) {
            if let Some(day) = day.filter(|day| *day <= last) {
                let x = frame.day(day);
                frame.dot((x, y), 4, palette::PAPER, 1.0)?;
                frame.dot((x, y), 3, palette::INK, 1.0)?;
                told_marks.push(((x, y), say!("Done by {} with {level}\u{a0}%", say::date(day))));
            }
        }
    }
    for (place, day) in days.iter().enumerate().skip(1) {
        let says = say!(
            "By {}: {} or more with 85\u{a0}%, {} or more with 50\u{a0}%",
            say::date(*day),
            say::number(lines[place][1] as usize),
            say::number(lines[place][3] as usize)
        );
        told_marks.push((at(place, 3), says));
    }
    told_marks.order_by_key(|((x, _), _)| *x);
    for (at, says) in told_marks {
        frame.mark(at, says, None);
    }
    frame.finish()
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::finished_weekly;
    use crate::model::Filter;
    use crate::report::Analysis;

    #[test]
    fn the_fan_is_drawn_once_the_past_was_replayed() {
        let whole = finished_weekly(&[3, 1, 4, 1, 5, 2, 6, 5, 3, 5], false);
        let analysis = Analysis::looking_at(&whole.basis, &Filter { items: Some(12), ..Filter::default() });
        assert!((super::AHEAD.draw)(&analysis, crate::charts::testing::SIZE).is_none());
        analysis.forecast_now();
        let chart = crate::charts::testing::draw(&super::AHEAD, &analysis);
        assert_eq!(chart.svg.matches("<polygon").count(), 2);
        assert!(
            chart
                .marks
                .iter()
                .any(|mark| mark.says.contains("with 85\u{a0}%") && mark.says.starts_with("Done"))
        );
        assert!(chart.svg.contains("12\u{a0}items"), "{}", chart.svg);
    }
}
