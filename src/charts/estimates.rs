//! Estimates against what they became, on logarithmic axes of one scale, with the ballpark as a band.

use std::collections::BTreeMap;

use super::frame::{Anchor, Chart, ChartError, Frame, Margin, Size, most_marks, room_for};
use super::rows::axis_number;
use super::{Plate, palette, ticks};
use crate::metrics::{EstimateUnit, Judged};
use crate::report::figures::ESTIMATES as WORDS;
use crate::report::{Analysis, Selection, say};

pub static ESTIMATES: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

/// Items on one spot.
#[derive(Default)]
struct Spot<'a> {
    items: Vec<&'a Judged>,
}

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if analysis.no_estimates().is_some() {
        return None;
    }
    let estimates = analysis.estimates();
    let factor = analysis.counting().ballpark;
    // Nearly square, so that twice as much is as far across as upwards.
    let size = Size { height: (size.width * 2 / 3).clamp(280, 520), ..size };
    let all = || estimates.judged.iter().chain(&estimates.open);
    let values = || all().flat_map(|one| [one.estimate, one.actual]);
    let (low, high) = values()
        .fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
    let name = match estimates.unit {
        EstimateUnit::Work => t!("hours"),
        EstimateUnit::WorkingDays => t!("working days"),
    };
    // Less than a thousandth of an hour is a slip of the pen, and would flatten the rest.
    let low = low.clamp(0.001, high.max(0.001));
    let high = high.max(2.0 * low);
    let widest = axis_number(high * 10.0);
    let across = ticks::log(low, high, (size.width as i32 / room_for(&widest).max(50)).max(2) as usize);
    let upwards = ticks::log(low, high, most_marks(size) + 2);
    let ends = |marks: &[f64]| (marks.first().copied().unwrap_or(0.1), marks.last().copied().unwrap_or(1.0));
    let ((left, right), (bottom, top)) = (ends(&across), ends(&upwards));
    let (low, high) = (left.min(bottom), right.max(top));
    let (twice, half) = match factor == 2.0 {
        true => (t!("twice as much").to_owned(), t!("half as much").to_owned()),
        false => (say!("{} as much", say::times(factor)), say!("{} as much", say::times(1.0 / factor))),
    };
    let left = upwards.iter().map(|&mark| room_for(&axis_number(mark))).max().unwrap_or_default().max(44);
    let margin = Margin { left, right: room_for(&twice).max(room_for(&half)).min(150), top: 30, bottom: 46 };
    let range = (low.log10(), high.log10());
    let mut svg = String::new();
    let mut frame = Frame::new(&mut svg, size, margin, range, range);
    let drawn = (|| {
        frame.axis_name(&say!("{name} it took, logarithmic"))?;
        frame.horizontal_grid(upwards.iter().map(|&mark| (mark.log10(), axis_number(mark))))?;
        frame.time_axis(across.iter().map(|&mark| (mark.log10(), axis_number(mark))))?;
        frame.text(
            &say!("{name} estimated, logarithmic"),
            (frame.right(), frame.bottom() + 36),
            Anchor::Right,
            palette::FAINT,
        )?;
        let at = |estimate: f64, actual: f64| (frame.x(estimate.log10()), frame.y(actual.log10()));
        // The band, cut at the corners of the plot.
        let edge = |by: f64| -> [(i32, i32); 2] {
            match by >= 1.0 {
                true => [at(low, low * by), at(high / by, high)],
                false => [at(low / by, low), at(high, high * by)],
            }
        };
        let ([a, b], [c, d]) = (edge(factor), edge(1.0 / factor));
        frame.shape(vec![at(low, low), a, b, at(high, high), d, c], palette::BAND_1, 1.0)?;
        frame.line(&[at(low, low), at(high, high)], palette::REFERENCE, 1)?;
        frame.side_labels(vec![(b.1, twice.clone(), palette::FAINT), (d.1, half.clone(), palette::FAINT)])?;
        let mut marks = Vec::new();
        let grain = match estimates.judged.len() {
            0..=500 => 1,
            501..=5000 => 3,
            _ => 5,
        };
        let spots = gathered(&estimates.judged, grain, at);
        let radius = match estimates.judged.len() {
            0..=500 => 4,
            _ => (grain / 2 + 1).max(2),
        };
        for spot in spots.values() {
            let Some(one) = spot.items.first() else { continue };
            let place = at(one.estimate, one.actual);
            let strength = 0.3 + 0.14 * (spot.items.len() as f64).ln_1p();
            frame.dot(place, radius, palette::SERIES, strength.min(1.0))?;
            marks.push((place, says(analysis, &spot.items), opens(&spot.items)));
        }
        for spot in gathered(&estimates.open, grain.max(3), at).values() {
            let Some(one) = spot.items.first() else { continue };
            let place = at(one.estimate, one.actual);
            frame.line(&[place, (place.0, (place.1 - 14).max(frame.top()))], palette::INK, 1)?;
            frame.open_dot(place, 4, palette::INK)?;
            let so_far = match spot.items.as_slice() {
                [_] => say!("{}, so far", says(analysis, &spot.items)),
                _ => say!("{}, so far; still in progress", says(analysis, &spot.items)),
            };
            marks.push((place, so_far, opens(&spot.items)));
        }
        for (place, says, opens) in marks {
            frame.mark(place, says, Some(opens));
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

/// The items by the spot that they fall on, in squares of so many pixels, from left to right.
fn gathered<'a>(
    judged: &'a [Judged],
    grain: i32,
    at: impl Fn(f64, f64) -> (i32, i32),
) -> BTreeMap<(i32, i32), Spot<'a>> {
    let mut spots: BTreeMap<(i32, i32), Spot> = BTreeMap::new();
    for one in judged {
        let (x, y) = at(one.estimate, one.actual);
        spots.entry((x / grain, y / grain)).or_default().items.push(one);
    }
    spots
}

fn opens(items: &[&Judged]) -> Selection {
    match items {
        [one] => Selection::One(one.item),
        items => Selection::Listed(items.iter().map(|one| one.item).collect()),
    }
}

fn says(analysis: &Analysis, items: &[&Judged]) -> String {
    let range = |of: fn(&Judged) -> f64| {
        let (low, high) = items
            .iter()
            .fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), one| (low.min(of(one)), high.max(of(one))));
        let (a, b) = (analysis.amount(low), analysis.amount(high));
        if a == b { a } else { say!("{a} to {b}") }
    };
    let (estimated, took) = (range(|one| one.estimate), range(|one| one.actual));
    let who = match items {
        [one] => analysis.name_of(one.item),
        items => say::items(items.len()),
    };
    say!("{who}: estimated {estimated}, took {took}")
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw};

    #[test]
    fn a_dot_says_both_numbers_and_the_open_say_so_far() {
        let analysis = analysis(
            "id,started,finished,status,hours estimate,hours actual\na,2024-01-01,2024-01-02,done,8,4\n\
             b,2024-01-01,2024-01-02,done,8,4\nc,2024-01-01,2024-01-05,done,16,100\nd,2024-01-01,,in progress,2,9\n",
        );
        let chart = draw(&super::ESTIMATES, &analysis);
        let says: Vec<&str> = chart.marks.iter().map(|mark| mark.says.as_str()).collect();
        assert_eq!(
            says,
            [
                "2\u{a0}items: estimated 8\u{a0}hours, took 4\u{a0}hours",
                "c: estimated 16\u{a0}hours, took 100\u{a0}hours",
                "d: estimated 2\u{a0}hours, took 9\u{a0}hours, so far",
            ]
        );
        assert!(chart.svg.contains("hours it took, logarithmic") && !chart.svg.contains("NaN"));
        let none = crate::charts::testing::analysis("id,finished\n1,2024-01-02\n");
        assert!((super::ESTIMATES.draw)(&none, crate::charts::testing::SIZE).is_none());
    }
}
