//! The roadmap: each project as a bar from its likely beginning to its likely end, with the days it may last to.

use super::frame::{Anchor, Chart, ChartError, Frame, Margin, Size, cut, room_for};
use super::{palette, ticks};
use crate::model::{Date, day_from_number, day_number};
use crate::report::forecast::{Leg, Roadmap, day_or_never};
use crate::report::say;

const ROW: i32 = 46;

/// Draws it from the day the numbers speak for on.
///
/// # Errors
/// Only if plotters can't draw.
pub fn roadmap(of: &Roadmap, as_of: Date, size: Size) -> Result<Chart, ChartError> {
    let days = of.legs.iter().flat_map(|leg| leg.done[..2].iter().flatten().chain(&leg.target));
    let latest = days.max().copied().unwrap_or(as_of);
    // What ends far away must not make the rest too small to be seen.
    let most = day_from_number(day_number(as_of) + 3 * 366);
    let last = latest.min(most).max(day_from_number(day_number(as_of) + 28));
    let last = day_from_number(day_number(last) + (day_number(last) - day_number(as_of)) / 12);
    let height = u32::try_from(ROW * of.legs.len() as i32 + 44).unwrap_or(size.height);
    let size = Size { height, ..size };
    let margin = Margin { left: 24, right: 24, top: 8, bottom: 30 };
    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (as_of, last), (0.0, 1.0));
    let marks = ticks::dates(as_of, last, frame.time_marks());
    for (day, _) in &marks {
        frame.line(&[(frame.day(*day), frame.top()), (frame.day(*day), frame.bottom())], palette::GRID, 1)?;
    }
    frame.days_axis()?;
    for (n, leg) in of.legs.iter().enumerate() {
        let y = frame.top() + ROW * n as i32 + 10;
        let value = leg.done[1].map(|day| say!("{} with 85\u{a0}%", say::date(day))).unwrap_or_default();
        let room = frame.right() - room_for(&value) - 10;
        frame.text(&cut(&format!("{}. {}", n + 1, leg.name), room), (10, y), Anchor::Left, palette::INK)?;
        frame.text(&value, (frame.right(), y), Anchor::Right, palette::FAINT)?;
        let middle = y + 19;
        let is_late = leg.chance.is_some_and(|chance| chance < 0.5);
        let begins = frame.day(leg.begins.unwrap_or(as_of));
        let [half, high, highest] = leg.done.map(|day| day.map(|day| frame.day(day)));
        let mut end = begins;
        if let Some(half) = half.filter(|_| leg.items.1 > 0) {
            let high = high.unwrap_or(frame.right());
            let tail = highest.unwrap_or(frame.right());
            frame.line(&[(high, middle), (tail, middle)], palette::SERIES, 2)?;
            frame.bar((half, middle - 6), (high, middle + 6), palette::BAND_3, 1.0)?;
            frame.bar((begins, middle - 6), (half.max(begins + 2), middle + 6), palette::SERIES, 0.85)?;
            end = high;
        }
        if let Some(target) = leg.target {
            let at = (frame.day(target), middle);
            frame.line(&[(at.0, middle - 11), (at.0, middle + 11)], palette::INK, 1)?;
            let color = if is_late { palette::SIGNAL } else { palette::INK };
            frame.diamond(at, 3, color)?;
        }
        frame.mark((end, middle), says(leg), None);
    }
    Ok(frame.finish()?.with(svg))
}

fn says(leg: &Leg) -> String {
    let target = match (leg.target, leg.chance) {
        (Some(target), Some(chance)) => {
            say!("; by its target {} with {}", say::date(target), say::chance(chance))
        }
        _ => String::new(),
    };
    say!(
        "{}: done by {} with 50\u{a0}%, by {} with 85\u{a0}%{target}",
        leg.name,
        day_or_never(leg.done[0]),
        day_or_never(leg.done[1])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_project_has_a_row_and_far_ends_stay_in_the_picture() {
        let day = |n: i32| Some(day_from_number(20_000 + n));
        let leg = |name: &str, done, target| Leg {
            id: 1,
            name: name.to_owned(),
            items: (5, 9),
            items_said: false,
            open: Vec::new(),
            target,
            waits: String::new(),
            begins: day(0),
            done,
            chance: Some(0.3),
            chance_before: None,
            moved: None,
        };
        let legs = vec![
            leg("Shop", [day(30), day(60), day(90)], day(50)),
            leg("Never", [None, None, None], None),
            leg("Late", [day(900), day(2000), None], None),
        ];
        let map = Roadmap {
            legs,
            parallel: 1,
            share: 1.0,
            share_said: false,
            measured_share: None,
            all_targets: None,
            product: None,
        };
        let chart = roadmap(&map, day_from_number(20_000), Size { width: 600, height: 300 }).unwrap();
        assert_eq!(chart.marks.len(), 3);
        assert!(chart.marks.iter().all(|mark| mark.at.0 <= 600), "{:?}", chart.marks);
        assert!(chart.svg.contains("1. Shop") && chart.marks[1].says.contains("no day within ten years"));
    }
}
