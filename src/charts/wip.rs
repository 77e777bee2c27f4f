//! Work in progress over time, with what is usual.

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, series, ticks};
use crate::model::{day_from_number, day_number};
use crate::report::figures::{WIP as WORDS, usual_wip};
use crate::report::{Analysis, Selection, say};

pub static WIP: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if analysis.dates.iter().all(|dates| dates.started.is_none()) {
        return None;
    }
    let load = analysis.load();
    let first = load.first?;
    let (weeks, _) = analysis.wip_behaviour();
    let segments = usual_wip(analysis);
    let marks = ticks::counts(series::top(load.wip.iter().copied(), &segments), most_marks(size));
    let margin = margin(marks.last().copied(), "limit 00.0");
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, analysis.as_of), (0.0, top));
    let drawn = (|| {
        frame.axis_name(t!("items in progress"))?;
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        frame.days_axis()?;
        series::events(&frame, analysis.counting().events.keys().copied(), (first, analysis.as_of))?;
        let places = series::thinned(load.wip.len(), (frame.right() - frame.left()) as usize);
        let day = |at: usize| day_from_number(day_number(first) + at as i32);
        let points: Vec<(i32, i32)> =
            places.iter().map(|&at| (frame.day(day(at)), frame.y(f64::from(load.wip[at])))).collect();
        frame.line(&points, palette::SERIES, if points.len() > 200 { 1 } else { 2 })?;
        if let [only] = points.as_slice() {
            frame.dot(*only, 4, palette::SERIES, 1.0)?;
        }
        let ends: Vec<(i32, i32)> = weeks
            .iter()
            .map(|&(week, wip)| (frame.day(Analysis::week_end(week)), frame.y(f64::from(wip))))
            .collect();
        let labels = series::behaviour(&frame, &ends, &segments, say::decimal, true)?;
        frame.side_labels(labels)?;
        for (&at, &point) in places.iter().zip(&points) {
            let says = say!("{}: {} in progress", say::date(day(at)), say::items(load.wip[at] as usize));
            frame.mark(point, says, Some(Selection::InProgress(day(at))));
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, staged};

    #[test]
    fn a_day_opens_what_was_in_progress() {
        let analysis = staged();
        let chart = draw(&super::WIP, &analysis);
        let last = chart.marks.last().unwrap();
        let n = analysis.select(last.opens.as_ref().unwrap()).len();
        assert_eq!(n, analysis.counts.in_progress);
        assert!(last.says.ends_with(&format!("{n}\u{a0}items in progress")), "{}", last.says);
    }
}
