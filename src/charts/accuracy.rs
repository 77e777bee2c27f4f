//! Estimates over time: the share in the ballpark, bias and spread, and overshooting.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::periods::{self, Picture, Point, Scale, Series};
use crate::metrics::{Accuracy, Attainment, Overshoot};
use crate::model::Date;
use crate::report::estimates::DEPENDABLE;
use crate::report::figures::{BALLPARK as SHARE_WORDS, BIAS as BIAS_WORDS, OVERSHOOT as OVERSHOOT_WORDS};
use crate::report::{Analysis, Selection, say};

pub static BALLPARK: Plate = Plate { figure: &SHARE_WORDS, draw: share, is_forecast: false };
pub static BIAS: Plate = Plate { figure: &BIAS_WORDS, draw: bias, is_forecast: false };
pub static OVERSHOOT: Plate = Plate { figure: &OVERSHOOT_WORDS, draw: overshoot, is_forecast: false };

/// The periods with anything in them, with their days.
fn some(analysis: &Analysis) -> Vec<((Date, Date), &Accuracy)> {
    let estimates = analysis.estimates();
    let each = estimates.periods.iter();
    // The last one is not over yet.
    let last = |first: Date| estimates.period.last_day(first).min(analysis.as_of);
    each.filter_map(|(first, found)| Some(((*first, last(*first)), found.as_ref()?))).collect()
}

fn span(analysis: &Analysis) -> (Date, Date) {
    let days: Vec<(Date, Date)> = some(analysis).iter().map(|(days, _)| *days).collect();
    periods::span(&days, analysis.as_of)
}

/// The estimates finished in those days.
fn opens(analysis: &Analysis, (first, last): (Date, Date)) -> Selection {
    Selection::Listed(analysis.estimates().ended_in(first, last).map(|one| one.item).collect())
}

fn share_point(days: (Date, Date), share: Attainment, what: &str, opens: Selection) -> Option<Point> {
    let (value, interval) = share.share().zip(share.interval())?;
    Some(Point {
        days,
        value,
        between: Some((interval.low, interval.high)),
        says: say!(
            "{}: {} of {} {what}, {} ({} to {})",
            periods::name(days),
            say::number(share.within),
            say::items(share.n),
            say::percent(value),
            say::percent(interval.low),
            say::percent(interval.high)
        ),
        opens: Some(opens),
        is_signal: false,
    })
}

fn share(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let some = some(analysis);
    if some.is_empty() {
        return None;
    }
    let points = some.iter().filter_map(|(days, found)| {
        let point = share_point(*days, found.in_ballpark, t!("in the ballpark"), opens(analysis, *days))?;
        let is_signal = found.in_ballpark.interval().is_some_and(|i| i.high < DEPENDABLE);
        Some(Point { is_signal, ..point })
    });
    Some(periods::draw(
        Picture {
            axis: t!("share in the ballpark"),
            scale: Scale::Shares,
            line: Some((DEPENDABLE, t!("two in three").to_owned())),
            bands: Vec::new(),
            series: vec![Series { points: points.collect(), is_open: false }],
            days: span(analysis),
        },
        size,
    ))
}

fn bias(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let some = some(analysis);
    if some.is_empty() {
        return None;
    }
    // Of fewer the spread is that of a handful.
    let enough = |found: &&Accuracy| found.in_ballpark.n >= 5;
    let bands = some
        .iter()
        .filter(|(_, found)| enough(found))
        .map(|(days, found)| (*days, (found.bias / found.spread, found.bias * found.spread)));
    let points = some.iter().map(|(days, found)| {
        let between = found.bias_between.map(|i| (i.low, i.high));
        let interval =
            between.map(|(low, high)| say!(" ({} to {})", say::factor_of(low), say::factor_of(high)));
        Point {
            days: *days,
            value: found.bias,
            between,
            says: say!(
                "{}: {} the estimate in the middle{}, spread {}{}, {}",
                periods::name(*days),
                say::times(found.bias),
                interval.unwrap_or_default(),
                say::factor_of(found.spread),
                found
                    .spread_between
                    .map(|i| say!(" ({} to {})", say::factor_of(i.low), say::factor_of(i.high)))
                    .unwrap_or_default(),
                say::items(found.in_ballpark.n)
            ),
            opens: Some(opens(analysis, *days)),
            is_signal: found.bias_between.is_some_and(|i| !i.holds(1.0)),
        }
    });
    Some(periods::draw(
        Picture {
            axis: t!("times the estimate, logarithmic"),
            scale: Scale::Factors,
            line: Some((1.0, t!("as estimated").to_owned())),
            bands: bands.collect(),
            series: vec![Series { points: points.collect(), is_open: false }],
            days: span(analysis),
        },
        size,
    ))
}

fn overshoot(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let some = some(analysis);
    if some.is_empty() {
        return None;
    }
    let unit = analysis.estimates().unit;
    let series = |of: fn(&Accuracy) -> Attainment, much: f64, is_open: bool| {
        let what = say!("took {} more than estimated, or longer", analysis.amount(much));
        let points = some.iter().filter_map(|(days, found)| {
            let over = analysis.estimates().ended_in(days.0, days.1).filter(|one| one.is_over_by(much));
            let opens = match of(found).within {
                // Nothing overshot: what was looked at.
                0 => opens(analysis, *days),
                _ => Selection::Listed(over.map(|one| one.item).collect()),
            };
            let point = share_point(*days, of(found), &what, opens)?;
            let is_signal = of(found).interval().is_some_and(|i| i.low > Overshoot::RATE);
            Some(Point { is_signal, ..point })
        });
        Series { points: points.collect(), is_open }
    };
    Some(periods::draw(
        Picture {
            axis: t!("share that overshot"),
            scale: Scale::Shares,
            line: Some((Overshoot::RATE, t!("a tenth").to_owned())),
            bands: Vec::new(),
            series: vec![
                series(|found| found.over_weeks, unit.week(), false),
                series(|found| found.over_months, unit.month(), true),
            ],
            days: span(analysis),
        },
        size,
    ))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw};

    #[test]
    fn each_month_says_its_share_and_opens_its_items() {
        let rows: String = (0..90)
            .map(|i| {
                let actual = [4, 8, 60][i % 3];
                let month = 1 + i % 9;
                format!("{i},2024-{month:02}-03,2024-{month:02}-09,6,{actual}\n")
            })
            .collect();
        let analysis = analysis(&format!("id,started,finished,hours estimate,hours actual\n{rows}"));
        let chart = draw(&super::BALLPARK, &analysis);
        assert_eq!(chart.marks.len(), 9);
        assert!(chart.marks[0].says.starts_with("Jan\u{a0}2024: "), "{}", chart.marks[0].says);
        let opened: usize =
            chart.marks.iter().filter_map(|mark| mark.opens.as_ref()).map(|s| analysis.select(s).len()).sum();
        assert_eq!(opened, 90);
        for plate in [&super::BIAS, &super::OVERSHOOT] {
            let chart = draw(plate, &analysis);
            assert!(!chart.svg.contains("NaN") && !chart.marks.is_empty());
        }
        let overshot = draw(&super::OVERSHOOT, &analysis);
        let opened: usize =
            overshot.marks.iter().filter_map(|m| m.opens.as_ref()).map(|s| analysis.select(s).len()).sum();
        // Three months of ten over by a week; where none is over, the month itself: six, and by a month all nine.
        assert_eq!(opened, 30 + 60 + 90);
    }
}
