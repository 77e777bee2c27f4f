//! Pictures beside a sentence: read at a glance, with as few labels as say what is drawn. Their numbers stand
//! in the sentence, and the whole chart is a click away.

use plotters::style::RGBColor;

use super::frame::{Anchor, Chart, ChartError, Frame, Margin, Size, cut, room_for};
use super::palette;
use crate::report::{Picture, say};

/// Pixels of a line of text.
const LINE: i32 = 18;

/// More dots than these are drawn as columns.
const MANY_DOTS: usize = 150;

/// A bar with the name above it.
const ROW: i32 = 36;

/// Draws it as wide as its place.
///
/// # Errors
/// Only if plotters can't draw.
pub fn small(picture: &Picture, width: u32) -> Result<Chart, ChartError> {
    let width = width.clamp(160, 1000);
    match picture {
        Picture::Line { values, middle, limits, top, ends } => {
            line(values, *middle, *limits, *top, ends, Size { width, height: 108 })
        }
        Picture::Parts(parts) => self::parts(parts, width),
        Picture::Ages { ages, limit, unit } => self::ages(ages, *limit, unit, Size { width, height: 84 }),
        Picture::Shares(shares) => {
            let rows = shares.iter().map(|share| Row {
                name: &share.name,
                says: match share.wanted {
                    Some(wanted) => say!("{}, wanted {}", say::percent(share.real), say::percent(wanted)),
                    None => say::percent(share.real),
                },
                value: share.real,
                between: share.between.map(|between| (between.low, between.high)),
                wanted: share.wanted,
            });
            self::rows(&rows.collect::<Vec<_>>(), 1.0, width)
        }
        Picture::Bars(bars) => {
            let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
            let rows = bars.iter().map(|bar| Row {
                name: &bar.name,
                says: bar.says.clone(),
                value: bar.value,
                between: None,
                wanted: None,
            });
            self::rows(&rows.collect::<Vec<_>>(), most, width)
        }
    }
}

/// What the picture shows, for whoever can't see it.
pub fn small_says(picture: &Picture) -> String {
    let listed = |values: Vec<String>| values.join(", ");
    match picture {
        Picture::Line { values, top, ends, middle, .. } => {
            let value = |value: f64| if *top == Some(1.0) { say::percent(value) } else { number(value) };
            let line = middle.map(|middle| say!(", the line at {}", value(middle))).unwrap_or_default();
            say!(
                "From {} to {}: {}{line}",
                ends.0,
                ends.1,
                listed(values.iter().map(|&v| value(v)).collect())
            )
        }
        Picture::Parts(parts) => {
            let all: f64 = parts.iter().map(|(_, part)| part).sum();
            listed(parts.iter().map(|(name, part)| format!("{name} {}", share(*part, all))).collect())
        }
        Picture::Ages { ages, limit, .. } => {
            let late = limit.map_or(0, |limit| ages.iter().filter(|age| **age >= limit).count());
            say!("Ages of {}; {} at the limit or beyond", say::items(ages.len()), say::number(late))
        }
        Picture::Shares(shares) => {
            listed(shares.iter().map(|s| format!("{} {}", s.name, say::percent(s.real))).collect())
        }
        Picture::Bars(bars) => listed(bars.iter().map(|bar| format!("{} {}", bar.name, bar.says)).collect()),
    }
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 { say::number(value.max(0.0) as usize) } else { say::decimal(value) }
}

fn share(part: f64, all: f64) -> String {
    say::percent(if all > 0.0 { part / all } else { 0.0 })
}

fn line(
    values: &[f64],
    middle: Option<f64>,
    limits: Option<(f64, f64)>,
    top: Option<f64>,
    ends: &(String, String),
    size: Size,
) -> Result<Chart, ChartError> {
    let value = |value: f64| if top == Some(1.0) { say::percent(value) } else { number(value) };
    let highest =
        values.iter().copied().chain(limits.map(|(_, upper)| upper)).chain(middle).fold(0.0, f64::max);
    // Beside the great number, which is of the whole time, the last one says that it is the last.
    let label = values.last().map(|&last| say!("last {}", value(last))).unwrap_or_default();
    let margin = Margin { left: 4, right: room_for(&label).max(40), top: 8, bottom: 26 };
    let mut svg = String::new();
    let end = values.len().saturating_sub(1).max(1) as f64;
    let frame = Frame::new(&mut svg, size, margin, (0.0, end), (0.0, top.unwrap_or(highest)));
    frame.line(&[(frame.left(), frame.bottom()), (frame.right(), frame.bottom())], palette::FAINT, 1)?;
    if let Some((lower, upper)) = limits {
        frame.bar((frame.left(), frame.y(lower)), (frame.right(), frame.y(upper)), palette::BAND_1, 1.0)?;
    }
    if let Some(middle) = middle {
        frame.dashes(frame.y(middle), palette::REFERENCE)?;
    }
    let points: Vec<(i32, i32)> =
        values.iter().enumerate().map(|(n, &value)| (frame.x(n as f64), frame.y(value))).collect();
    frame.line(&points, palette::SERIES, 2)?;
    if let Some(&(x, y)) = points.last() {
        frame.dot((x, y), 4, palette::SERIES, 1.0)?;
        frame.text(
            &label,
            (x + 8, y.clamp(frame.top() + 4, frame.bottom() - 6)),
            Anchor::Left,
            palette::INK,
        )?;
    }
    let room = (frame.right() - frame.left()) / 2;
    frame.text(&cut(&ends.0, room), (frame.left(), frame.bottom() + 14), Anchor::Left, palette::FAINT)?;
    frame.text(&cut(&ends.1, room), (frame.right(), frame.bottom() + 14), Anchor::Right, palette::FAINT)?;
    Ok(frame.finish()?.with(svg))
}

/// Told apart by their place and the names in the same order too.
const PARTS: [RGBColor; 5] =
    [palette::BAND_5, palette::BAND_3, palette::SECOND, palette::FAINT, palette::BAND_2];

fn parts(parts: &[(String, f64)], width: u32) -> Result<Chart, ChartError> {
    let all: f64 = parts.iter().map(|(_, part)| part).sum();
    let names: Vec<String> =
        parts.iter().map(|(name, part)| format!("{name} {}", share(*part, all))).collect();
    // Names beside one another as long as they fit.
    let mut places = Vec::new();
    let (mut x, mut row) = (0, 0);
    for name in &names {
        let room = room_for(name) + 16;
        if x > 0 && x + room > width as i32 {
            (x, row) = (0, row + 1);
        }
        places.push((x, row));
        x += room;
    }
    let height = 26 + LINE * (row + 1);
    let size = Size { width, height: u32::try_from(height).unwrap_or(60) };
    let margin = Margin { left: 0, right: 0, top: 0, bottom: height - 16 };
    let mut svg = String::new();
    let frame = Frame::new(&mut svg, size, margin, (0.0, all), (0.0, 1.0));
    // Bugs have one colour in every picture.
    let mut others = PARTS.into_iter().cycle();
    let colors: Vec<RGBColor> = parts
        .iter()
        .filter_map(|(name, _)| if *name == t!("bugs") { Some(palette::REFERENCE) } else { others.next() })
        .collect();
    let mut from = 0.0;
    for (n, ((_, part), (name, (x, row)))) in parts.iter().zip(names.iter().zip(places)).enumerate() {
        let color = colors.get(n).copied().unwrap_or(palette::FAINT);
        let (left, right) = (frame.x(from), frame.x(from + part));
        frame.bar((left, 2), ((right - 2).max(left + 1), 16), color, 1.0)?;
        from += part;
        let y = 34 + LINE * row;
        frame.bar((x, y - 5), (x + 10, y + 5), color, 1.0)?;
        frame.text(name, (x + 16, y), Anchor::Left, palette::INK)?;
    }
    Ok(frame.finish()?.with(svg))
}

fn ages(ages: &[f64], limit: Option<f64>, unit: &str, size: Size) -> Result<Chart, ChartError> {
    let most = ages.iter().copied().chain(limit).fold(1.0, f64::max);
    let margin = Margin { left: 8, right: 12, top: 22, bottom: 24 };
    let mut svg = String::new();
    let frame = Frame::new(&mut svg, size, margin, (0.0, most), (0.0, 1.0));
    frame.line(&[(frame.left(), frame.bottom()), (frame.right(), frame.bottom())], palette::FAINT, 1)?;
    let rows = (frame.bottom() - frame.top()) / 9;
    if ages.len() > MANY_DOTS {
        // More than dots can show: how many are of each age.
        const BINS: usize = 40;
        let mut bins = [0usize; BINS];
        for age in ages {
            let bin = (age / most * (BINS - 1) as f64) as usize;
            if let Some(bin) = bins.get_mut(bin) {
                *bin += 1;
            }
        }
        let highest = bins.iter().copied().max().unwrap_or(1).max(1) as f64;
        for (n, &count) in bins.iter().enumerate().filter(|(_, count)| **count > 0) {
            let age = most * n as f64 / (BINS - 1) as f64;
            let color =
                if limit.is_some_and(|limit| age >= limit) { palette::REFERENCE } else { palette::SERIES };
            let height = (f64::from(frame.bottom() - frame.top()) * count as f64 / highest).ceil() as i32;
            let x = frame.x(age);
            frame.bar((x - 2, frame.bottom() - height), (x + 2, frame.bottom()), color, 0.8)?;
        }
    }
    // Those of one age one above the other, as far as there is room.
    let mut last: (Option<i32>, i32) = (None, 0);
    for &age in ages.iter().filter(|_| ages.len() <= MANY_DOTS) {
        let x = frame.x(age);
        last = match last {
            (Some(at), row) if (x - at).abs() < 6 => (Some(at), (row + 1) % rows.max(1)),
            _ => (Some(x), 0),
        };
        let color =
            if limit.is_some_and(|limit| age >= limit) { palette::REFERENCE } else { palette::SERIES };
        frame.dot((x, frame.bottom() - 6 - 9 * last.1), 3, color, 0.8)?;
    }
    if let Some(limit) = limit {
        let x = frame.x(limit);
        frame.upright(x, palette::INK)?;
        let label = format!("{} {unit}", number(limit));
        let room = room_for(&label);
        let (at, anchor) = match x + room > size.width as i32 {
            true => (x, Anchor::Right),
            false => (x, Anchor::Left),
        };
        frame.text(&label, (at, 10), anchor, palette::INK)?;
    }
    frame.text("0", (frame.left(), frame.bottom() + 14), Anchor::Left, palette::FAINT)?;
    let end = say!("{} {unit} old", number(most));
    frame.text(&end, (frame.right() + 8, frame.bottom() + 14), Anchor::Right, palette::FAINT)?;
    Ok(frame.finish()?.with(svg))
}

struct Row<'a> {
    name: &'a str,
    says: String,
    value: f64,
    between: Option<(f64, f64)>,
    wanted: Option<f64>,
}

fn rows(rows: &[Row], most: f64, width: u32) -> Result<Chart, ChartError> {
    let height = ROW * i32::try_from(rows.len()).unwrap_or(1).max(1) + 2;
    let size = Size { width, height: u32::try_from(height).unwrap_or(40) };
    let margin = Margin { left: 0, right: 1, top: 0, bottom: 0 };
    let mut svg = String::new();
    let frame = Frame::new(&mut svg, size, margin, (0.0, most), (0.0, 1.0));
    for (n, row) in rows.iter().enumerate() {
        let y = ROW * n as i32 + 9;
        let room = frame.right() - room_for(&row.says);
        frame.text(&cut(row.name, room), (0, y), Anchor::Left, palette::INK)?;
        frame.text(&row.says, (frame.right(), y), Anchor::Right, palette::FAINT)?;
        let (top, bottom) = (y + 10, y + 19);
        frame.bar((0, top), (frame.right(), bottom), palette::GRID, 1.0)?;
        frame.bar((0, top), (frame.x(row.value), bottom), palette::BAND_5, 1.0)?;
        if let Some((low, high)) = row.between {
            let middle = (top + bottom) / 2;
            frame.line(&[(frame.x(low), middle), (frame.x(high), middle)], palette::INK, 1)?;
        }
        if let Some(wanted) = row.wanted {
            let x = frame.x(wanted);
            frame.line(&[(x, top - 3), (x, bottom + 3)], palette::REFERENCE, 3)?;
        }
    }
    Ok(frame.finish()?.with(svg))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::findings::Bar;

    #[test]
    fn any_values_make_a_picture() {
        let ends = ("1\u{a0}Jan\u{a0}2026".to_owned(), "30\u{a0}Jun\u{a0}2026".to_owned());
        let line = |values: Vec<f64>| Picture::Line {
            values,
            middle: Some(3.0),
            limits: Some((0.0, 9.0)),
            top: None,
            ends: ends.clone(),
        };
        let name = "A name that is longer than there is any room for it beside its number".to_owned();
        for picture in [
            line(vec![]),
            line(vec![1.0]),
            line(vec![0.0; 40]),
            line(vec![1.0, f64::NAN, f64::INFINITY]),
            Picture::Parts(vec![]),
            Picture::Parts(vec![(name.clone(), 0.0), ("b".into(), 0.0)]),
            Picture::Parts((0..9).map(|n| (format!("part {n}"), f64::from(n))).collect()),
            Picture::Ages { ages: vec![], limit: None, unit: "days" },
            Picture::Ages { ages: (0..500).map(f64::from).collect(), limit: Some(499.0), unit: "days" },
            Picture::Ages { ages: (0..90).map(f64::from).collect(), limit: Some(9.0), unit: "working days" },
            Picture::Bars(vec![Bar { name, value: 0.0, says: "0".into() }]),
            Picture::Shares(vec![]),
        ] {
            for width in [0, 160, 260, 5000] {
                let chart = small(&picture, width).unwrap();
                assert!(chart.svg.starts_with("<svg") && !chart.svg.contains("NaN"), "{picture:?}");
            }
            small_says(&picture);
        }
    }
}
