//! Aging chart: each item in progress by the status it is in and its age, over the ages at which finished
//! items left that status. Source: Vacanti, *Actionable Agile Metrics for Predictability* (2015), chapter 9.

use std::collections::BTreeMap;

use super::frame::{Anchor, Chart, ChartError, Frame, Size, cut, margin, most_marks};
use super::{Plate, palette, ticks};
use crate::metrics::{Distribution, Need, Open};
use crate::model::Days;
use crate::report::figures::AGING as WORDS;
use crate::report::{Analysis, Selection, open_item, say};

pub static AGING: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

/// The pace bands' percentiles.
const PACE: [u8; 4] = [50, 70, 85, 95];

/// More dots than these hide one another.
const CROWDED: usize = 400;

/// The height of a bar that stands for many, in pixels.
const BAR: i32 = 6;

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let open: Vec<(&Open, Days)> =
        analysis.open().iter().filter_map(|open| Some((open, open.age?))).collect();
    if open.is_empty() {
        return None;
    }
    let staged = open.iter().any(|(open, _)| open.column.is_some());
    // Statuses with work in them, or that finished work went through.
    let stages = analysis.stages();
    let columns: Vec<(Option<usize>, String)> = match staged {
        true => {
            let used = |column: usize| {
                open.iter().any(|(open, _)| open.column == Some(column))
                    || stages.time_in_stages.iter().any(|s| s.column == column && !s.days.is_empty())
            };
            let mut columns: Vec<_> = analysis
                .workflow()
                .in_progress()
                .filter(|(column, _)| used(*column))
                .map(|(column, status)| (Some(column), status.name.clone()))
                .collect();
            if open.iter().any(|(open, _)| open.column.is_none()) {
                columns.push((None, t!("Elsewhere").to_owned()));
            }
            columns
        }
        false => vec![(None, t!("In progress").to_owned())],
    };
    let cycle = &analysis.cycle.distribution;
    let band = |column: Option<usize>, p: u8| -> Option<u32> {
        let rank = |values: &[Days]| {
            let at = (values.len() * usize::from(p)).div_ceil(100).checked_sub(1)?;
            (values.len() >= Distribution::ENOUGH).then(|| values.get(at).map(|days| days.0))?
        };
        match column {
            Some(column) => rank(&stages.ages_at_leaving.iter().find(|(at, _)| *at == column)?.1),
            None if !staged => rank(cycle.values()),
            None => None,
        }
    };
    let oldest = open.iter().map(|(_, age)| age.0).max().unwrap_or(1);
    let limit = analysis.age_limit();
    let bands = columns.iter().filter_map(|(column, _)| band(*column, 95)).max().unwrap_or_default();
    let highest = oldest.max(bands).max(limit.map_or(0, |limit| limit.0));
    let middle = open[open.len() / 2].1.0.max(limit.map_or(0, |limit| limit.0)).max(2);
    let logarithmic = highest > 12 * middle;
    let height = |days: u32| if logarithmic { f64::from(days.max(1)).log10() } else { f64::from(days) };
    let most = most_marks(size);
    let marks = if logarithmic { ticks::powers(highest, most + 2) } else { ticks::counts(highest, most) };
    let label = limit.map(|limit| format!("{}\u{a0}d", say::number(limit.0 as usize))).unwrap_or_default();
    let margin = super::frame::Margin { bottom: 44, ..margin(marks.last().copied(), &label) };
    let top = marks.last().map_or(1.0, |&mark| height(mark));
    let bottom = if logarithmic { -0.05 * top } else { 0.0 };

    let mut svg = String::new();
    let mut frame = Frame::new(&mut svg, size, margin, (0.0, columns.len() as f64), (bottom, top));
    let drawn = (|| {
        let unit = analysis.calendar().unit();
        frame.axis_name(&if logarithmic { say!("age, {unit}, logarithmic") } else { say!("age, {unit}") })?;
        for (n, (column, _)) in columns.iter().enumerate() {
            let (left, right) = (frame.x(n as f64), frame.x(n as f64 + 1.0));
            let mut below = frame.bottom();
            for (p, color) in PACE.into_iter().zip(palette::BANDS) {
                let Some(days) = band(*column, p) else { continue };
                let y = frame.y(height(days));
                if y < below {
                    frame.bar((left, y), (right, below), color, 0.75)?;
                }
                below = below.min(y);
            }
        }
        frame.horizontal_grid(marks.iter().map(|&mark| (height(mark), say::number(mark as usize))))?;
        let y = frame.bottom();
        frame.line(&[(frame.left(), y), (frame.right(), y)], palette::EDGE, 1)?;
        // By column and height; where there are many, what is close in age shares a bar.
        let crowded = open.len() > CROWDED;
        let mut spots: BTreeMap<(usize, i32), Vec<usize>> = BTreeMap::new();
        for (place, (open, age)) in open.iter().enumerate() {
            let column = columns.iter().position(|(column, _)| *column == open.column);
            let y = frame.y(height(age.0));
            let y = if crowded { y / BAR * BAR } else { y };
            spots.entry((column.unwrap_or_default(), y)).or_default().push(place);
        }
        for (n, (_, name)) in columns.iter().enumerate() {
            let (left, right) = (frame.x(n as f64), frame.x(n as f64 + 1.0));
            if n > 0 {
                frame.line(&[(left, frame.top()), (left, y)], palette::PAPER, 2)?;
            }
            let here: usize = spots.range((n, i32::MIN)..=(n, i32::MAX)).map(|(_, items)| items.len()).sum();
            frame.text(
                &cut(name, right - left - 4),
                ((left + right) / 2, y + 14),
                Anchor::Middle,
                palette::INK,
            )?;
            frame.text(&say::number(here), ((left + right) / 2, y + 30), Anchor::Middle, palette::FAINT)?;
        }
        let most = spots.values().map(Vec::len).max().unwrap_or(1);
        for (&(column, y), items) in &spots {
            let (left, right) = (frame.x(column as f64), frame.x(column as f64 + 1.0));
            if crowded {
                let half = ((right - left - 8) as usize * items.len() / most / 2).max(2) as i32;
                let middle = (left + right) / 2;
                frame.bar(
                    (middle - half, y - BAR / 2),
                    (middle + half, y + BAR / 2 - 1),
                    palette::INK,
                    0.8,
                )?;
                let ages = items.iter().filter_map(|&place| open.get(place)).map(|(_, age)| age.0);
                let (low, high) = ages.fold((u32::MAX, 0), |(low, high), age| (low.min(age), high.max(age)));
                let old = match low == high {
                    true => analysis.days(Days(high)),
                    false => say!("{} to {}", say::number(low as usize), analysis.days(Days(high))),
                };
                let says = say!("{}, {old} old", say::items(items.len()));
                let items =
                    items.iter().filter_map(|&place| open.get(place)).map(|(open, _)| open.item).collect();
                frame.mark((middle, y), says, Some(Selection::Listed(items)));
                continue;
            }
            // Side by side as far as there is room.
            let fits = ((right - left - 12) / 11).max(1);
            let shown = i32::try_from(items.len()).unwrap_or(i32::MAX).min(fits);
            for n in 0..shown {
                let x = (left + right) / 2 + 11 * n - 11 * (shown - 1) / 2;
                // The last dot stands for all that found no room.
                let of = if n + 1 == shown { &items[n as usize..] } else { &items[n as usize..=n as usize] };
                let Some(&(first, _)) = of.first().and_then(|&place| open.get(place)) else { continue };
                let needy = matches!(first.need, Need::BlockedAndLate | Need::Blocked | Need::Late);
                let color = if needy { palette::SIGNAL } else { palette::INK };
                frame.dot((x, y), 5, palette::PAPER, 1.0)?;
                if first.blocked {
                    frame.ring((x, y), 4, color)?
                } else {
                    frame.dot((x, y), 4, color, 1.0)?
                }
                let said = open_item(analysis, first);
                let place = match said.status.as_str() {
                    "" => String::new(),
                    status => say!(" old, in “{status}”"),
                };
                let says = match of.len() {
                    1 => format!("{}: {}{place}. {}", analysis.name_of(first.item), said.age, said.advice),
                    n => say!("{}, {} old", say::items(n), said.age),
                };
                let items =
                    of.iter().filter_map(|&place| open.get(place)).map(|(open, _)| open.item).collect();
                frame.mark((x, y), says, Some(Selection::Listed(items)));
            }
        }
        if let Some(limit) = limit {
            let y = frame.y(height(limit.0));
            frame.dashes(y, palette::REFERENCE)?;
            frame.side_labels(vec![(y, label.clone(), palette::INK)])?;
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw, staged};

    #[test]
    fn every_open_item_is_in_its_column() {
        let analysis = staged();
        let chart = draw(&super::AGING, &analysis);
        let mut shown: Vec<usize> =
            chart.marks.iter().flat_map(|mark| analysis.select(mark.opens.as_ref().unwrap())).collect();
        shown.sort_unstable();
        assert_eq!(shown, (24..30).collect::<Vec<_>>());
        for name in ["Doing", "Ready for test", "Test"] {
            assert!(chart.svg.contains(&format!("\n{name}\n")), "{name}");
        }
    }

    #[test]
    fn a_crowd_is_bars_and_loses_nobody() {
        let rows: String = (0..900).map(|i| format!("{i},2024-01-{:02},\n", 1 + i % 28)).collect();
        let analysis = analysis(&format!("id,started,finished\n{rows}"));
        let chart = draw(&super::AGING, &analysis);
        let shown: usize =
            chart.marks.iter().map(|mark| analysis.select(mark.opens.as_ref().unwrap()).len()).sum();
        assert_eq!(shown, 900);
        assert!(!chart.svg.contains("<circle"), "no dots");
    }

    #[test]
    fn without_a_history_there_is_one_column() {
        let chart =
            draw(&super::AGING, &analysis("id,started,finished\na,2024-01-01,\nb,2024-01-05,2024-01-09\n"));
        assert!(chart.svg.contains("\nIn progress\n"));
        assert_eq!(chart.marks.len(), 1);
    }
}
