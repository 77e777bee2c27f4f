//! What was said each past week, and what came.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::periods::{self, Picture, Point, Scale, Series};
use crate::forecast::HORIZONS;
use crate::model::{Date, day_from_number, day_number};
use crate::report::figures::{self, DRAWN_TRIALS};
use crate::report::forecast::TOLD;
use crate::report::{Analysis, Selection, say};

pub static KEPT: Plate = Plate { figure: &figures::KEPT, draw, is_forecast: true };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let forecaster = analysis.forecaster()?;
    let trials = &forecaster.records[0].trials;
    let newest = &trials[trials.len().saturating_sub(DRAWN_TRIALS)..];
    let on = |known: usize| forecaster.history.day_before(known);
    let (first, last) = (newest.first()?.known, newest.last()?.known);
    let week = |day: Date| (day, day_from_number(day_number(day) + 7));
    let point = |trial: &crate::forecast::Trial| {
        let day = on(trial.known);
        let said = trial.said.map(|n| say::number(n as usize));
        let end = day_from_number(day_number(day) + 7 * HORIZONS[0] as i32);
        Point {
            days: week(day),
            value: trial.came,
            between: None,
            says: say!(
                "On {}: {} or more with 85\u{a0}%, {} or more with 50\u{a0}%; {} came",
                say::date(day),
                said[TOLD],
                said[0],
                say::number(trial.came as usize)
            ),
            opens: Some(Selection::Finished { from: day_from_number(day_number(day) + 1), to: end }),
            is_signal: trial.came < trial.said[TOLD],
        }
    };
    let picture = Picture {
        axis: t!("items finished in the next 4 weeks"),
        scale: Scale::Numbers,
        line: None,
        bands: newest.iter().map(|trial| (week(on(trial.known)), (trial.said[3], trial.said[0]))).collect(),
        series: vec![Series { points: newest.iter().map(point).collect(), is_open: false }],
        days: (on(first), week(on(last)).1),
    };
    Some(periods::draw(picture, size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, finished_weekly};

    #[test]
    fn each_week_that_can_be_asked_has_its_dot_and_its_band() {
        let analysis =
            finished_weekly(&[3, 1, 4, 1, 5, 2, 6, 5, 3, 5, 4, 4, 3, 3, 2, 2, 9, 0, 0, 0, 0, 0], false);
        analysis.forecast_now();
        let chart = draw(&super::KEPT, &analysis);
        assert_eq!(chart.marks.len(), 7, "weeks 12 to 18");
        assert!(chart.svg.contains("<polygon"), "what stood still was not expected");
    }
}
