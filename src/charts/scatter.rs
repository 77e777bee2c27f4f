//! Cycle-time scatter: each finished item by when it finished and how long it took, with percentile
//! lines and rolling percentiles. Source: Vacanti, *Actionable Agile Metrics for Predictability* (2015),
//! chapter 10.

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, ticks};
use crate::metrics::{Distribution, Durations, Rolling, Timed, rolling_percentiles};
use crate::model::{Date, Days, day_from_number, day_number};
use crate::report::figures::{DURATIONS, rolling_window};
use crate::report::{Analysis, Selection, say};

pub static SCATTER: Plate = Plate { figure: &DURATIONS, draw, is_forecast: false };

/// How many times P85 the longest duration must be for the axis to become logarithmic.
pub const LONG_TAIL: u32 = 6;

/// Items that share a spot on the picture.
#[derive(Clone, Copy)]
struct Spot {
    items: u32,
    first: usize,
    ends: (Date, Date),
    days: (Days, Days),
}

/// Durations up to the day as an SVG picture. The vertical axis starts at 0; where the longest duration is
/// more than [`LONG_TAIL`] times P85 it is logarithmic from 1 day and says so.
///
/// # Errors
/// Only if plotters can't draw. No durations give no picture.
fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let (measure, durations) = analysis.durations()?;
    let d = &durations.distribution;
    let longest = d.percentile(100).map_or(1, |days| days.0);
    let p85 = d.percentile(85).map_or(1, |days| days.0);
    let logarithmic = longest > LONG_TAIL.saturating_mul(p85.max(2));
    let height = |days: u32| if logarithmic { f64::from(days.max(1)).log10() } else { f64::from(days) };

    let narrow = size.width < 480;
    let lines = percentile_lines(d, &analysis.percentiles(), narrow);
    let promise = analysis.counting().sle_days;
    let promised = promise.map(|days| say!("promise\u{a0}{}\u{a0}d", say::number(days as usize)));
    let named = lines.iter().map(|(_, label)| label).chain(&promised);
    let widest = named.map(String::as_str).max_by_key(|label| label.chars().count());
    let reach = longest.max(promise.unwrap_or_default());
    let most = most_marks(size);
    let marks = if logarithmic { ticks::powers(reach, most + 2) } else { ticks::counts(reach, most) };
    let margin = margin(marks.last().copied(), widest.unwrap_or_default());
    let top = marks.last().map_or(1.0, |&mark| height(mark));
    // A little room below, so that one-day items don't sit on the time axis.
    let bottom = if logarithmic { -0.05 * top } else { height(0) };
    let first = durations.timed.iter().map(|timed| timed.end).min().unwrap_or(analysis.as_of);
    let first = analysis.window.from.unwrap_or(first);

    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, analysis.as_of), (bottom, top));
    let drawn = (|| {
        let unit = analysis.calendar().unit();
        frame.axis_name(&if logarithmic { say!("{unit}, logarithmic") } else { unit.to_owned() })?;
        frame.horizontal_grid(marks.iter().map(|&mark| (height(mark), say::number(mark as usize))))?;
        frame.days_axis()?;

        // Items on the same spot share a dot, so that 100,000 items draw as fast as 1,000.
        let n = durations.timed.len();
        let mut grain = match n {
            0..=500 => 1,
            501..=2000 => 2,
            _ => 3,
        };
        // Each duration's and each day's pixels once: there are far fewer of them than of items.
        let ys: Vec<i32> = (0..=longest.min(20_000)).map(|days| frame.y(height(days))).collect();
        let begin = day_number(first);
        let xs: Vec<i32> = (begin..=day_number(analysis.as_of)).map(|day| frame.x(f64::from(day))).collect();
        // As fine as it goes with so many dots that a browser paints them at once.
        let spots = loop {
            let spots = gathered(durations, size, grain, |timed| {
                let day = usize::try_from(day_number(timed.end) - begin).unwrap_or_default();
                let x = xs.get(day).copied().unwrap_or_else(|| frame.day(timed.end));
                let y =
                    ys.get(timed.days.0 as usize).copied().unwrap_or_else(|| frame.y(height(timed.days.0)));
                (x, y)
            });
            if spots.len() <= MOST_SPOTS || grain >= 12 {
                break spots;
            }
            grain += if spots.len() > 2 * MOST_SPOTS { 2 } else { 1 };
        };
        let radius = match n {
            501.. => (grain / 2).max(2),
            151.. if narrow => 3,
            _ => 4,
        };
        for spot in &spots {
            let at = (frame.day(spot.ends.0), frame.y(height(spot.days.0.0)));
            frame.dot(at, radius, palette::SERIES, (0.35 + 0.15 * f64::from(spot.items)).min(1.0))?;
            let opens = match spot.items {
                1 => Selection::One(spot.first),
                _ => Selection::Took { measure, ends: spot.ends, days: spot.days },
            };
            frame.mark(at, String::new(), Some(opens));
        }

        let few = d.n() < Distribution::ENOUGH;
        let look_back = rolling_window(d.n());
        if !few && d.n() > look_back {
            let percentiles = [50, analysis.counting().sle_percent];
            let lines = rolling_percentiles(durations, &percentiles, look_back, 200);
            for (line, thick) in lines.iter().zip([1, 2]) {
                let place = |point: &Rolling| (frame.day(point.day), frame.y(height(point.days.0)));
                let points: Vec<(i32, i32)> = line.iter().map(place).collect();
                frame.line(&points, palette::REFERENCE, thick)?;
            }
        }
        let mut labels = Vec::new();
        for (days, label) in lines {
            let y = frame.y(height(days));
            frame.dashes(y, palette::FAINT)?;
            labels.push((y, label, palette::INK));
        }
        if let Some((days, label)) = promise.zip(promised.clone()) {
            let y = frame.y(height(days));
            frame.dashes(y, palette::REFERENCE)?;
            labels.push((y, label, palette::INK));
        }
        frame.side_labels(labels)
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

/// More dots than these take a browser longer than a frame or two.
const MOST_SPOTS: usize = 2500;

/// The items by the spot that they fall on, in squares of so many pixels, from left to right.
fn gathered(
    durations: &Durations,
    size: Size,
    grain: i32,
    place: impl Fn(&Timed) -> (i32, i32),
) -> Vec<Spot> {
    let (columns, rows) = (size.width as i32 / grain + 1, size.height as i32 / grain + 1);
    let mut spots: Vec<Option<Spot>> = vec![None; usize::try_from(columns * rows).unwrap_or_default()];
    for timed in &durations.timed {
        let (x, y) = place(timed);
        let cell = usize::try_from(x / grain * rows + y / grain).unwrap_or_default();
        let Some(cell) = spots.get_mut(cell) else { continue };
        match cell {
            Some(spot) => {
                spot.items += 1;
                spot.ends = (spot.ends.0.min(timed.end), spot.ends.1.max(timed.end));
                spot.days = (spot.days.0.min(timed.days), spot.days.1.max(timed.days));
            }
            None => {
                let (ends, days) = ((timed.end, timed.end), (timed.days, timed.days));
                *cell = Some(Spot { items: 1, first: timed.item, ends, days });
            }
        }
    }
    spots.into_iter().flatten().collect()
}

/// Each percentile's days and label, ascending; percentiles that fall on one value share a line. None
/// where there are too few values.
fn percentile_lines(d: &Distribution, percentiles: &[u8], narrow: bool) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, Vec<String>)> = Vec::new();
    for &p in percentiles.iter().filter(|_| d.n() >= Distribution::ENOUGH) {
        let Some(days) = d.percentile(p) else { continue };
        match lines.last_mut() {
            Some((same, shares)) if *same == days.0 => shares.push(p.to_string()),
            _ => lines.push((days.0, vec![p.to_string()])),
        }
    }
    let label = |(days, shares): (u32, Vec<String>)| {
        // On a phone there is no room for a list; the shares in between lie there too.
        let shares = match (shares.as_slice(), narrow) {
            ([first, .., last], true) => format!("{first}–{last}"),
            (shares, _) => shares.join(", "),
        };
        (days, format!("{shares}\u{a0}%: {}\u{a0}d", say::number(days as usize)))
    };
    lines.into_iter().map(label).collect()
}

/// What a spot says: its only item, or how many there are.
pub fn spot_says(analysis: &Analysis, opens: &Selection) -> String {
    match opens {
        Selection::One(item) => {
            let timed =
                analysis.durations().and_then(|(_, d)| d.timed.iter().find(|timed| timed.item == *item));
            let took =
                timed.map(|timed| say!("{}, finished {}", analysis.days(timed.days), say::date(timed.end)));
            format!("{}: {}", analysis.name_of(*item), took.unwrap_or_default())
        }
        Selection::Took { ends, days, .. } => {
            let n = analysis.select(opens).len();
            let took = if days.0 == days.1 {
                analysis.days(days.0)
            } else {
                say!("{} to {}", say::number(days.0.0 as usize), analysis.days(days.1))
            };
            let when = if ends.0 == ends.1 {
                say::date(ends.0)
            } else {
                say!("{} to {}", say::date(ends.0), say::date(day_from_number(day_number(ends.1))))
            };
            say!("{}: {took}, finished {when}", say::items(n))
        }
        _ => say::items(analysis.select(opens).len()),
    }
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw};

    /// One item finished a day from 1 January 2024, in as many days as `days` says.
    fn took(days: &[u32]) -> crate::report::Analysis {
        let rows = days.iter().enumerate().map(|(i, days)| {
            let end = crate::model::day_from_number(19_723 + i as i32);
            let start = crate::model::day_from_number(19_724 + i as i32 - *days as i32);
            format!("{i},{start},{end}\n")
        });
        analysis(&format!("id,started,finished\n{}", rows.collect::<String>()))
    }

    #[test]
    fn the_axis_starts_at_zero_or_says_it_is_logarithmic() {
        let even = draw(&super::SCATTER, &took(&[1, 2, 3, 4, 5, 6]));
        assert!(even.svg.contains("\ndays\n") && even.svg.contains("\n0\n"), "{}", even.svg);
        let tail = draw(&super::SCATTER, &took(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 500])).svg;
        assert!(tail.contains("days, logarithmic") && !tail.contains("\n0\n"), "{tail}");
    }

    #[test]
    fn percentiles_on_one_value_share_a_label() {
        let svg = draw(&super::SCATTER, &took(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 2])).svg;
        assert!(svg.contains("50, 70, 85\u{a0}%: 1\u{a0}d"), "{svg}");
        assert!(svg.contains("95\u{a0}%: 2\u{a0}d"), "{svg}");
    }

    #[test]
    fn a_promise_has_its_line_also_above_all_items() {
        let mut settings = crate::model::Settings::default();
        settings.counting.sle_days = Some(40);
        let rows: String = (1..=9).map(|day| format!("{day},2024-01-0{day},2024-01-1{day}\n")).collect();
        let csv = format!("id,started,finished\n{rows}");
        let svg = draw(&super::SCATTER, &crate::charts::testing::analysis_with(&csv, &settings)).svg;
        assert!(svg.contains("promise\u{a0}40\u{a0}d") && svg.contains("\n40\n"), "{svg}");
    }

    #[test]
    fn a_spot_opens_its_items() {
        let analysis = analysis(
            "id,started,finished\na,2024-01-01,2024-01-02\nb,2024-01-01,2024-01-02\nc,2024-01-02,2024-01-05\n",
        );
        let chart = draw(&super::SCATTER, &analysis);
        let opened: Vec<Vec<usize>> =
            chart.marks.iter().filter_map(|mark| mark.opens.as_ref()).map(|s| analysis.select(s)).collect();
        assert_eq!(opened, [vec![0, 1], vec![2]]);
        let said = super::spot_says(&analysis, chart.marks[1].opens.as_ref().unwrap());
        assert_eq!(said, "c: 4\u{a0}days, finished 5\u{a0}Jan\u{a0}2024");
    }

    #[test]
    fn nothing_and_little_draw_without_lines() {
        assert!((super::SCATTER.draw)(&took(&[]), crate::charts::testing::SIZE).is_none());
        let few = draw(&super::SCATTER, &took(&[3, 4])).svg;
        assert!(few.contains("<circle") && !few.contains('%'), "{few}");
    }
}
