//! Arrivals against departures: what came in and what left each week, and below how the open work grew.

use super::frame::{Anchor, Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, ticks};
use crate::report::figures::FLOW as WORDS;
use crate::report::{Analysis, Selection, say};

pub static FLOW: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if analysis.dates.iter().all(|dates| dates.created.is_none()) {
        return None;
    }
    let flow = analysis.flow()?;
    let size = Size { height: size.height + 110, ..size };
    let most = flow.arrived.iter().chain(&flow.departed).copied().max().unwrap_or_default();
    let upper = Size { height: size.height - 110, ..size };
    let marks = ticks::counts(most, most_marks(upper));
    let growth = flow.growth();
    let (low, high) =
        (growth.iter().copied().min().unwrap_or(0).min(0), growth.iter().copied().max().unwrap_or(0).max(1));
    let margin = margin(
        Some((most as usize).max(growth.iter().map(|g| g.unsigned_abs() as usize).max().unwrap_or(0) * 10)
            as u32),
        t!("departures"),
    );
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let last = flow.week(flow.weeks().saturating_sub(1).max(1));

    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (flow.first_week, last), (0.0, top));
    let drawn = (|| {
        let split = size.height as i32 - 150;
        frame.panel(margin.top, split, (0.0, top));
        frame.axis_name(t!("items a week"))?;
        frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        let width = if flow.weeks() > 200 { 1 } else { 2 };
        let points = |counts: &[u32]| -> Vec<(i32, i32)> {
            let each = counts.iter().enumerate();
            each.map(|(n, &count)| (frame.day(flow.week(n)), frame.y(f64::from(count)))).collect()
        };
        let (arrived, departed) = (points(&flow.arrived), points(&flow.departed));
        frame.line(&arrived, palette::SECOND, width)?;
        frame.line(&departed, palette::SERIES, width)?;
        if (frame.right() - frame.left()) / flow.weeks().max(1) as i32 >= 6 {
            for &point in &departed {
                frame.dot(point, 3, palette::SERIES, 1.0)?;
            }
            for &point in &arrived {
                frame.open_dot(point, 3, palette::SECOND)?;
            }
        }
        let end = |points: &[(i32, i32)]| points.last().map_or(split, |point| point.1);
        frame.side_labels(vec![
            (end(&arrived), t!("arrivals").to_owned(), palette::SECOND),
            (end(&departed), t!("departures").to_owned(), palette::SERIES),
        ])?;
        for (n, &at) in departed.iter().enumerate() {
            let (from, to) = (flow.week(n), Analysis::week_end(flow.week(n)));
            let says = say!(
                "Week from {}: {} came, {} left",
                say::date(from),
                say::items(flow.arrived[n] as usize),
                say::number(flow.departed[n] as usize)
            );
            frame.mark(at, says, Some(Selection::Departed { from, to }));
        }
        for (n, &at) in arrived.iter().enumerate() {
            let (from, to) = (flow.week(n), Analysis::week_end(flow.week(n)));
            let says = say!("Week from {}: {} came", say::date(from), say::items(flow.arrived[n] as usize));
            frame.mark(at, says, Some(Selection::Created { from, to }));
        }

        frame.panel(split + 34, size.height as i32 - margin.bottom, (low as f64, high as f64));
        frame.text(t!("growth of open work, items"), (2, split + 18), Anchor::Left, palette::FAINT)?;
        let ends = if low < 0 && high > 1 {
            vec![low, 0, high]
        } else if low < 0 {
            vec![low, 0]
        } else {
            vec![0, high]
        };
        // Marks on top of one another would not be read.
        let mut last_y = i32::MAX;
        let mut shown = Vec::new();
        for value in ends {
            let y = frame.y(value as f64);
            if (last_y - y).abs() >= 14 {
                shown.push((value as f64, signed(value)));
                last_y = y;
            }
        }
        frame.horizontal_grid(shown.into_iter())?;
        let line: Vec<(i32, i32)> =
            growth.iter().enumerate().map(|(n, &g)| (frame.day(flow.week(n)), frame.y(g as f64))).collect();
        let zero = frame.y(0.0);
        let mut area = line.clone();
        area.extend([(line.last().map_or(0, |p| p.0), zero), (line.first().map_or(0, |p| p.0), zero)]);
        frame.shape(area, palette::BAND_2, 1.0)?;
        frame.line(&line, palette::INK, 1)?;
        for (n, &at) in line.iter().enumerate() {
            let says = say!(
                "By the end of the week from {}: {} since {}",
                say::date(flow.week(n)),
                say::signed_whole(growth[n] as f64),
                say::date(flow.first_week)
            );
            frame.mark(at, says, None);
        }
        frame.days_axis()
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

fn signed(n: i64) -> String {
    let digits = say::number(usize::try_from(n.unsigned_abs()).unwrap_or_default());
    match n {
        0 => digits,
        n if n < 0 => format!("−{digits}"),
        _ => format!("+{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw, staged};

    #[test]
    fn both_series_are_named_and_open_their_items() {
        let analysis = staged();
        let chart = draw(&super::FLOW, &analysis);
        for name in [t!("arrivals"), t!("departures"), "growth of open work, items"] {
            assert!(chart.svg.contains(name), "{name}");
        }
        let opened: usize = chart
            .marks
            .iter()
            .filter(|mark| mark.says.ends_with("came"))
            .filter_map(|mark| mark.opens.as_ref())
            .map(|selection| analysis.select(selection).len())
            .sum();
        assert_eq!(opened, analysis.flow().unwrap().arrived.iter().sum::<u32>() as usize);
    }

    #[test]
    fn without_creation_dates_there_is_no_picture() {
        let analysis = analysis("id,started,finished\na,2024-01-01,2024-01-20\n");
        assert!((super::FLOW.draw)(&analysis, crate::charts::testing::SIZE).is_none());
    }
}
