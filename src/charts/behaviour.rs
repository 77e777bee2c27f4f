//! Process behaviour chart of throughput, by week and by working day: the run chart with what is usual, and
//! rings around what is more than noise.

use super::frame::{Chart, ChartError, Frame, Size, margin, most_marks};
use super::{Plate, palette, series, ticks};
use crate::metrics::{Segment, signals_by_point};
use crate::model::Date;
use crate::report::figures::{BEHAVIOUR as WEEKLY_WORDS, DAILY_BEHAVIOUR as DAILY_WORDS, signals_in_words};
use crate::report::{Analysis, Selection, say};

pub static BEHAVIOUR: Plate = Plate { figure: &WEEKLY_WORDS, draw: weekly, is_forecast: false };
pub static DAILY_BEHAVIOUR: Plate = Plate { figure: &DAILY_WORDS, draw: daily, is_forecast: false };

/// A series of periods, each from one day to another.
struct Series<'a> {
    name: &'static str,
    days: Vec<(Date, Date)>,
    counts: Vec<u32>,
    /// The last period is not over.
    unfinished: bool,
    segments: &'a [Segment],
}

fn weekly(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let weekly = analysis.throughput.as_ref()?;
    let counts: Vec<u32> = weekly.counts.iter().chain(weekly.unfinished_week.as_ref()).copied().collect();
    let week = |n| (weekly.week(n), Analysis::week_end(weekly.week(n)));
    let series = Series {
        name: t!("week"),
        days: (0..counts.len()).map(week).collect(),
        counts,
        unfinished: weekly.unfinished_week.is_some(),
        segments: &analysis.weekly_behaviour(),
    };
    Some(draw(analysis, &series, size))
}

fn daily(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let daily = analysis.daily()?;
    // What was finished on days off counts on the day before: up to the next one.
    let next = daily
        .days
        .iter()
        .skip(1)
        .map(|&day| crate::model::day_from_number(crate::model::day_number(day) - 1));
    let ends = next.chain([analysis.as_of]);
    let series = Series {
        name: t!("working day"),
        days: daily.days.iter().copied().zip(ends).collect(),
        counts: daily.counts.clone(),
        unfinished: false,
        segments: &analysis.daily_behaviour(),
    };
    Some(draw(analysis, &series, size))
}

fn draw(analysis: &Analysis, series: &Series, size: Size) -> Result<Chart, ChartError> {
    let whole = series.counts.len() - usize::from(series.unfinished && !series.counts.is_empty());
    let marks = ticks::counts(series::top(series.counts.iter().copied(), series.segments), most_marks(size));
    let margin = margin(marks.last().copied(), "limit 00.0");
    let top = marks.last().map_or(1.0, |&mark| f64::from(mark));
    let first = series.days.first().map_or(analysis.as_of, |days| days.0);
    let last = series.days.last().map_or(first, |days| days.0);

    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, last), (0.0, top));
    frame.axis_name(&say!("items finished a {}", series.name))?;
    frame.horizontal_grid(marks.iter().map(|&mark| (f64::from(mark), say::number(mark as usize))))?;
    frame.days_axis()?;
    series::events(&frame, analysis.counting().events.keys().copied(), (first, last))?;
    let point = |(days, &count): (&(Date, Date), &u32)| (frame.day(days.0), frame.y(f64::from(count)));
    let points: Vec<(i32, i32)> = series.days.iter().zip(&series.counts).map(point).collect();
    series::line_with_dots(&frame, points.get(..whole).unwrap_or_default())?;
    if let Some(&point) = points.get(whole) {
        frame.open_dot(point, 4, palette::SERIES)?;
    }
    let labels = series::behaviour(&frame, &points, series.segments, say::decimal, false)?;
    frame.side_labels(labels)?;
    let by_point = signals_by_point(series.segments, points.len());
    for (n, (&at, &(from, to))) in points.iter().zip(&series.days).enumerate() {
        let count = series.counts.get(n).copied().unwrap_or_default() as usize;
        let when =
            if series.name == t!("week") { say!("Week from {}", say::date(from)) } else { say::date(from) };
        let so_far = if n >= whole { t!(" so far") } else { "" };
        let signals = by_point.get(n).into_iter().flatten();
        let words: Vec<String> = signals.map(|signal| format!("; {}", signals_in_words(signal))).collect();
        let event = analysis.counting().events.range(from..=to).map(|(_, event)| format!("; {}", event.what));
        let says = say!(
            "{when}: {} finished{so_far}{}{}",
            say::items(count),
            words.concat(),
            event.collect::<String>()
        );
        frame.mark(at, says, Some(Selection::Finished { from, to }));
    }
    Ok(frame.finish()?.with(svg))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis_with, draw, finished_weekly};
    use crate::model::{Event, Settings};

    #[test]
    fn what_is_more_than_noise_is_ringed_and_said() {
        let mut counts = vec![4, 6, 4, 6, 4, 6, 4, 6, 4, 6];
        counts.extend([14]);
        let chart = draw(&super::BEHAVIOUR, &finished_weekly(&counts, false));
        let last = chart.marks.last().unwrap();
        assert!(last.says.ends_with("14\u{a0}items finished; above the upper limit"), "{}", last.says);
        assert_eq!(chart.svg.matches("#010208").count(), 1, "one ring");
    }

    #[test]
    fn limits_start_anew_at_an_event() {
        let csv: String = (0..24)
            .flat_map(|week| (0..if week < 12 { 3 + week % 2 } else { 9 + week % 2 }).map(move |n| (week, n)))
            .map(|(week, n)| {
                let day = crate::model::day_from_number(19_724 + 7 * week);
                format!("{week}-{n},{day},{day}\n")
            })
            .collect();
        let csv = format!("id,started,finished\n{csv}");
        let mut settings = Settings::default();
        let without = analysis_with(&csv, &settings);
        assert!(!without.weekly_behaviour()[0].signals.is_empty());
        let day = crate::model::day_from_number(19_724 + 7 * 12);
        settings.counting.events.insert(day, Event { what: "Two people joined".into(), restarts: true });
        let with = analysis_with(&csv, &settings);
        assert_eq!(with.weekly_behaviour().len(), 2);
        assert!(with.weekly_behaviour().iter().all(|segment| segment.signals.is_empty()));
        let chart = draw(&super::BEHAVIOUR, &with);
        assert!(chart.marks.iter().any(|mark| mark.says.ends_with("; Two people joined")));
    }

    #[test]
    fn by_working_day_there_are_no_weekends() {
        let chart = draw(&super::DAILY_BEHAVIOUR, &finished_weekly(&[3, 3, 3], false));
        // Tuesday to Friday, and two weeks of five days.
        assert_eq!(chart.marks.len(), 4 + 5 + 5);
    }
}
