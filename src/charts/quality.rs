//! Bugs: against features over time and by place, those that are open, and days to fix.

use super::frame::{Chart, ChartError, Frame, Size, margin};
use super::periods::{self, Picture, Point, Scale, Series};
use super::rows::{self, Bar, Row};
use super::{Plate, palette, series, ticks};
use crate::model::{Date, Days, Kind};
use crate::report::figures::{
    BUG_PLACES as PLACES_WORDS, BUG_RATIO as RATIO_WORDS, OPEN_BUGS as OPEN_WORDS, TIME_TO_FIX as FIX_WORDS,
};
use crate::report::quality::{Place, age_in_words, produced_between};
use crate::report::{Analysis, Selection, say};

pub static BUG_RATIO: Plate = Plate { figure: &RATIO_WORDS, draw: ratio, is_forecast: false };
pub static BUG_PLACES: Plate = Plate { figure: &PLACES_WORDS, draw: places, is_forecast: false };
pub static OPEN_BUGS: Plate = Plate { figure: &OPEN_WORDS, draw: open, is_forecast: false };
pub static TIME_TO_FIX: Plate = Plate { figure: &FIX_WORDS, draw: fixes, is_forecast: false };

fn days_of(analysis: &Analysis, first: Date) -> (Date, Date) {
    // The last one is not over yet.
    let last = analysis.quality().period.map_or(first, |period| period.last_day(first));
    (first, last.min(analysis.as_of))
}

fn axis(analysis: &Analysis) -> String {
    say!("bugs {} for each feature finished", analysis.bugs_were())
}

fn ratio(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let quality = analysis.quality();
    let days: Vec<(Date, Date)> =
        quality.periods.iter().map(|(first, _)| days_of(analysis, *first)).collect();
    let points: Vec<Point> = quality
        .periods
        .iter()
        .zip(&days)
        .filter_map(|((_, balance), &days)| {
            let (value, between) = balance.produced().zip(balance.produced_between())?;
            Some(Point {
                days,
                value,
                between: Some((between.low, between.high)),
                says: say!(
                    "{}: {} {}, {} finished, {} for each feature ({})",
                    periods::name(days),
                    say::counted(balance.bugs_created, "bug", "bugs"),
                    analysis.bugs_were(),
                    say::counted(balance.features_finished, "feature", "features"),
                    say::factor_of(value),
                    produced_between(balance).unwrap_or_default()
                ),
                opens: Some(Selection::Listed(quality.counted_in(days.0, days.1))),
                is_signal: between.low > 1.0,
            })
        })
        .collect();
    if points.is_empty() {
        return None;
    }
    Some(periods::draw(
        Picture {
            axis: &axis(analysis),
            scale: Scale::Numbers,
            line: Some((1.0, t!("as many").to_owned())),
            bands: Vec::new(),
            series: vec![Series { points, is_open: false }],
            days: periods::span(&days, analysis.as_of),
        },
        size,
    ))
}

fn places(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let quality = analysis.quality();
    let whole = quality.whole.produced();
    let rows: Vec<Row> = quality
        .places
        .iter()
        .filter_map(|place| {
            let between = place.balance.produced_between()?;
            // Without a feature there is no ratio, but how low it may be at least.
            let ratio = place.balance.produced();
            let value = ratio.unwrap_or(f64::INFINITY);
            let is_more = whole.is_some_and(|whole| value > whole);
            Some(Row {
                says: say!(
                    "{} “{}”: {} {}, {} finished, {} for each ({}); {}{}",
                    say::capital(t!(place.what)),
                    place.name,
                    say::counted(place.balance.bugs_created, "bug", "bugs"),
                    analysis.bugs_were(),
                    say::counted(place.balance.features_finished, "feature", "features"),
                    ratio.map_or(t!("no number").to_owned(), say::factor_of),
                    produced_between(&place.balance).unwrap_or_default(),
                    if place.differs { t!("differs from the rest") } else { t!("within noise") },
                    context(analysis, place)
                ),
                name: say!(
                    "{} “{}” ({})",
                    say::capital(t!(place.what)),
                    place.name,
                    say::number(place.items.len())
                ),
                value: ratio.map_or(t!("no feature").to_owned(), say::factor_of),
                bar: Bar::Against { value, between: Some((between.low, between.high)), other: whole },
                opens: Some(Selection::Listed(place.items.clone())),
                set_off: place.differs && is_more,
                is_less: place.differs && !is_more,
            })
        })
        .collect();
    (!rows.is_empty()).then(|| rows::draw(rows, &axis(analysis), size))
}

/// What explains a place's number: how old the work there is, and how much is in progress.
fn context(analysis: &Analysis, place: &Place) -> String {
    let since = place.since.map(|since| say!("; work there since {}", age_in_words(since, analysis.as_of)));
    let load = match place.people {
        0 => String::new(),
        people => {
            say!(", {} in progress per person", say::decimal(place.in_progress as f64 / people as f64))
        }
    };
    format!("{}{load}", since.unwrap_or_default())
}

fn open(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let open = &analysis.quality().open;
    let (&first, &last) = open.weeks.first().zip(open.weeks.last())?;
    let size = Size { height: size.height + 90, ..size };
    let ages: Vec<u32> = open.age.iter().map(|age| age.map_or(0, |age| age.0)).collect();
    let marks_of =
        |values: &[u32], most: usize| ticks::counts(values.iter().copied().max().unwrap_or(0), most);
    let (counts, days) = (marks_of(&open.open, 5), marks_of(&ages, 3));
    let top = |marks: &[u32]| marks.last().map_or(1.0, |&mark| f64::from(mark));
    let label = say::number(open.open.last().copied().unwrap_or_default() as usize);
    // Without an open bug there is no age.
    let last_age = open.age.last().copied().flatten();
    let age_label = last_age.map(|age| format!("{}\u{a0}d", say::number(age.0 as usize))).unwrap_or_default();
    let longest = if age_label.chars().count() > label.chars().count() { &age_label } else { &label };
    let most = counts.last().max(days.last()).copied();
    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin(most, longest), (first, last), (0.0, top(&counts)));
    let (upper, lower) = (frame.top(), frame.bottom());
    let drawn = (|| {
        let places = series::thinned(open.weeks.len(), (frame.right() - frame.left()).max(1) as usize);
        frame.panel(upper, upper + (lower - upper) * 3 / 5 - 20, (0.0, top(&counts)));
        frame.axis_name(t!("open bugs"))?;
        frame.horizontal_grid(counts.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        let points: Vec<(i32, i32)> =
            places.iter().map(|&at| (frame.day(open.weeks[at]), frame.y(f64::from(open.open[at])))).collect();
        if let [only] = points.as_slice() {
            frame.dot(*only, 4, palette::REFERENCE, 1.0)?;
        }
        frame.line(&points, palette::REFERENCE, 2)?;
        frame.side_labels(
            points.last().map(|&(_, y)| (y, label.clone(), palette::INK)).into_iter().collect(),
        )?;
        for (&at, &point) in places.iter().zip(&points) {
            let age = open.age[at].map(|age| say!(", the middle one {} old", analysis.days(age)));
            let says = format!(
                "{}: {}{}",
                say::date(open.weeks[at]),
                say::counted(open.open[at] as usize, t!("open bug"), t!("open bugs")),
                age.unwrap_or_default()
            );
            frame.mark(point, says, Some(Selection::OpenBugs(open.weeks[at])));
        }
        frame.panel(upper + (lower - upper) * 3 / 5 + 30, lower, (0.0, top(&days)));
        frame.axis_name(&say!("age of the middle one, {}", analysis.calendar().unit()))?;
        frame.horizontal_grid(days.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
        frame.days_axis()?;
        // Without an open bug there is no age, which is not an age of 0.
        for stretch in places.chunk_by(|a, b| open.age[*a].is_some() == open.age[*b].is_some()) {
            let points: Vec<(i32, i32)> = stretch
                .iter()
                .filter_map(|&at| Some((frame.day(open.weeks[at]), frame.y(f64::from(open.age[at]?.0)))))
                .collect();
            match points.as_slice() {
                [only] => frame.dot(*only, 3, palette::SERIES, 1.0)?,
                points => frame.line(points, palette::SERIES, 2)?,
            }
        }
        let y = last_age.map(|age| frame.y(f64::from(age.0)));
        frame.side_labels(y.map(|y| (y, age_label.clone(), palette::INK)).into_iter().collect())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

fn fixes(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let quality = analysis.quality();
    quality.fixes?;
    let days: Vec<(Date, Date)> =
        quality.fixes_by_period.iter().map(|(first, _)| days_of(analysis, *first)).collect();
    let is_bug = |item: usize| analysis.data.items.get(item).is_some_and(|item| item.kind == Kind::Bug);
    let points: Vec<Point> = quality
        .fixes_by_period
        .iter()
        .zip(&days)
        .filter_map(|((_, middle), &days)| {
            let middle = middle.as_ref()?;
            let between = middle.between.map(|i| (i.low, i.high));
            let whole = |x: f64| Days(x.round().max(0.0) as u32);
            let interval =
                between.map(|(low, high)| say!(" ({} to {})", whole(low).0, analysis.days(whole(high))));
            let fixed = analysis
                .lead
                .timed
                .iter()
                .filter(|timed| (days.0..=days.1).contains(&timed.end) && is_bug(timed.item));
            Some(Point {
                days,
                value: middle.days,
                between,
                says: say!(
                    "{}: {} fixed, half within {}{}",
                    periods::name(days),
                    say::counted(middle.n, "bug", "bugs"),
                    analysis.days(periods::days(middle.days)),
                    interval.unwrap_or_default()
                ),
                opens: Some(Selection::Listed(fixed.map(|timed| timed.item).collect())),
                is_signal: false,
            })
        })
        .collect();
    if points.is_empty() {
        return None;
    }
    Some(periods::draw(
        Picture {
            axis: t!("days to fix, median, logarithmic"),
            scale: Scale::Factors,
            line: quality.fixes.map(|fixes| (fixes.days, t!("all").to_owned())),
            bands: Vec::new(),
            series: vec![Series { points, is_open: false }],
            days: periods::span(&days, analysis.as_of),
        },
        size,
    ))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw};
    use crate::model::day_from_number;

    #[test]
    fn what_a_mark_says_its_items_are() {
        let rows: String = (0..200)
            .map(|i| {
                let day = |n: i32| day_from_number(19_723 + n);
                let done = if i % 5 == 0 { String::new() } else { day(i + 3 + i % 9).to_string() };
                let (kind, project) = (["story", "bug"][i as usize % 2], ["A", "B"][i as usize / 2 % 2]);
                format!("{i},{},{done},{kind},{project}\n", day(i))
            })
            .collect();
        let analysis = analysis(&format!("id,created,finished,type,project\n{rows}"));
        let ratio = draw(&super::BUG_RATIO, &analysis);
        for mark in &ratio.marks {
            let n = analysis.select(mark.opens.as_ref().unwrap()).len();
            let said: usize = mark
                .says
                .split([' ', '\u{a0}'])
                .collect::<Vec<_>>()
                .windows(2)
                .filter(|w| w[1].starts_with("bug") || w[1].starts_with("feature"))
                .filter_map(|w| w[0].parse::<usize>().ok())
                .sum();
            assert_eq!(said, n, "{}", mark.says);
        }
        let open = draw(&super::OPEN_BUGS, &analysis);
        let last = open.marks.last().unwrap();
        let n = analysis.select(last.opens.as_ref().unwrap()).len();
        assert!(last.says.contains(&format!("{n}\u{a0}open bugs")), "{}", last.says);
        assert!(!draw(&super::TIME_TO_FIX, &analysis).marks.is_empty());
        assert_eq!(draw(&super::BUG_PLACES, &analysis).marks.len(), 2);
    }
}
