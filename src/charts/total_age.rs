//! Total age of the work in progress over time.

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, series, ticks};
use crate::model::{Date, day_from_number, day_number};
use crate::report::figures::TOTAL_AGE as WORDS;
use crate::report::{Analysis, Selection, say};

pub static TOTAL_AGE: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if analysis.dates.iter().all(|dates| dates.started.is_none()) {
        return None;
    }
    let load = analysis.load();
    let first: Date = load.first?;
    let ages: Vec<u32> = load.total_age.iter().map(|&age| u32::try_from(age).unwrap_or_default()).collect();
    let marks = ticks::counts(ages.iter().copied().max().unwrap_or_default(), most_marks(size));
    let last_age = ages.last().copied().unwrap_or_default();
    let label = say::number(last_age as usize);
    let margin = margin(marks.last().copied(), &label);
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, analysis.as_of), (0.0, top));
    let drawn = (|| {
        frame.axis_name(&say!("{}, all items together", analysis.calendar().unit()))?;
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        frame.days_axis()?;
        let places = series::thinned(ages.len(), (frame.right() - frame.left()) as usize);
        let day = |at: usize| day_from_number(day_number(first) + at as i32);
        let points: Vec<(i32, i32)> =
            places.iter().map(|&at| (frame.day(day(at)), frame.y(f64::from(ages[at])))).collect();
        if let [only] = points.as_slice() {
            frame.dot(*only, 4, palette::SERIES, 1.0)?;
        }
        let mut area = points.clone();
        area.extend([(frame.right(), frame.bottom()), (points.first().map_or(0, |p| p.0), frame.bottom())]);
        if points.len() > 1 {
            frame.shape(area, palette::BAND_1, 1.0)?;
        }
        frame.line(&points, palette::SERIES, 2)?;
        frame.side_labels(vec![(frame.y(f64::from(last_age)), label.clone(), palette::INK)])?;
        for (&at, &point) in places.iter().zip(&points) {
            let age = say::number(ages[at] as usize);
            let says = say!("{}: {age} {} in all", say::date(day(at)), analysis.calendar().unit());
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
    fn the_last_day_is_the_sum_of_the_ages() {
        let analysis = staged();
        let age = draw(&super::TOTAL_AGE, &analysis);
        let sum: u32 = analysis.ages.distribution.values().iter().map(|days| days.0).sum();
        assert!(age.marks.last().unwrap().says.contains(&crate::report::say::number(sum as usize)));
    }
}
