//! Around the process behaviour charts of throughput, by week and by working day.

use super::{Column, Figure, FigureText, Table, no_throughput};
use crate::metrics::{Distribution, ENOUGH, Rule, Segment, Signal, signals_by_point};
use crate::model::Date;
use crate::report::{Analysis, say};

pub static BEHAVIOUR: Figure = Figure {
    id: "behaviour",
    name: "Throughput and what is usual",
    text: weekly_text,
    tables: weekly_tables,
};
pub static DAILY_BEHAVIOUR: Figure = Figure {
    id: "behaviour-daily",
    name: "Throughput and what is usual",
    text: daily_text,
    tables: daily_tables,
};

/// A series of periods and what they are called.
struct Series {
    days: Vec<Date>,
    counts: Vec<u32>,
    segments: Vec<Segment>,
    one: &'static str,
    many: &'static str,
}

fn weekly(analysis: &Analysis) -> Option<Series> {
    let weekly = analysis.throughput.as_ref()?;
    Some(Series {
        days: (0..weekly.counts.len()).map(|n| weekly.week(n)).collect(),
        counts: weekly.counts.clone(),
        segments: analysis.weekly_behaviour(),
        one: t!("week"),
        many: t!("weeks"),
    })
}

fn daily(analysis: &Analysis) -> Option<Series> {
    let daily = analysis.daily()?;
    Some(Series {
        days: daily.days.clone(),
        counts: daily.counts.clone(),
        segments: analysis.daily_behaviour(),
        one: t!("working day"),
        many: t!("working days"),
    })
}

fn weekly_text(analysis: &Analysis) -> Result<FigureText, String> {
    let series = weekly(analysis).ok_or_else(|| no_throughput(analysis))?;
    let cut = match analysis.throughput.as_ref().and_then(|weekly| weekly.unfinished_week) {
        Some(n) => say!(" The open dot is the week not over yet ({n} so far); it counts in nothing."),
        None => String::new(),
    };
    Ok(text(analysis, &series, &cut))
}

fn daily_text(analysis: &Analysis) -> Result<FigureText, String> {
    let series = daily(analysis).ok_or_else(|| no_throughput(analysis))?;
    let off = match analysis.daily().map_or(0, |daily| daily.on_days_off) {
        0 => String::new(),
        n => say!(" {} finished on days off count on the working day before.", say::items(n)),
    };
    let rare = match series.segments.iter().filter_map(|s| s.limits).next_back() {
        Some(limits) if limits.centre < 1.0 => {
            t!(" So few items a day are uneven by nature: the weekly chart tells more.")
        }
        _ => "",
    };
    Ok(text(analysis, &series, &format!("{off}{rare}")))
}

fn text(analysis: &Analysis, series: &Series, more: &str) -> FigureText {
    let signals = series.segments.iter().flat_map(|segment| &segment.signals).count();
    let n = series.counts.len();
    let last = series.segments.last();
    let finding = match last.and_then(|segment| segment.limits) {
        None => {
            let points = last.map_or(0, |segment| segment.points.len());
            let shown = say::counted(points, series.one, series.many);
            match (analysis.counting().baseline, points == n) {
                (Some(_), _) if points >= ENOUGH => {
                    say!("The baseline holds too few {} for limits, {ENOUGH} are needed", series.many)
                }
                (_, true) => say!("{shown}: too few for limits, {ENOUGH} are needed"),
                (_, false) => say!("{shown} since limits began anew: too few, {ENOUGH} are needed"),
            }
        }
        Some(limits) => {
            let usual = say!(
                "between {} and {} items a {} are usual",
                say::number(limits.lower_for_counts().ceil() as usize),
                say::number(limits.upper.floor().max(0.0) as usize),
                series.one
            );
            let unusual = unusual(series);
            match (signals, latest(series)) {
                _ if series.counts.iter().all(|&count| count == 0) => {
                    say!("Nothing was finished in {}", say::counted(n, series.one, series.many))
                }
                _ if unusual * 4 > n => say!(
                    "The pace changed within this time: {} of {} are not as usual, so look at a shorter time, or note \
                     what changed",
                    say::number(unusual),
                    say::counted(n, series.one, series.many)
                ),
                (0, _) => say!("No sign of a change: {usual}, and nothing fell outside of it"),
                (_, Some(said)) => format!("{said}; {usual}"),
                (n, None) => say!(
                    "Now as usual: {usual}. {} before",
                    say::counted(n, t!("signal of a change"), t!("signals of a change"))
                ),
            }
        }
    };
    let baseline = match analysis.counting().baseline {
        Some((from, to)) if series.days.iter().any(|day| (from..=to).contains(day)) => {
            say!("the baseline, {} to {}", say::date(from), say::date(to))
        }
        Some(_) => say!("all {}, for the baseline is not among them", series.many),
        None => say!("all {}", series.many),
    };
    let events = match series.segments.len() {
        0 | 1 => String::new(),
        n => say!(" Limits start anew {}, at what you noted.", say::counted(n - 1, "time", "times")),
    };
    let few = match last.map_or(n, |segment| segment.points.len()) {
        ENOUGH..Distribution::PLENTY => t!(" Few data: the limits may move a lot."),
        _ => "",
    };
    let caption = say!(
        "Items finished each {}, those without any included. The lines are the mean of {baseline}, and the natural \
         process limits: mean ± 2.66 times the mean moving range (XmR). More than noise is a ringed point outside the \
         limits, and a red run: 3 of 4 nearer to a limit than to the mean, or 8 in a row on one side.{events}{few}{more}",
        series.one
    );
    FigureText { finding, caption }
}

/// How many periods belong to a signal.
fn unusual(series: &Series) -> usize {
    let by_point = signals_by_point(&series.segments, series.counts.len());
    by_point.iter().filter(|signals| !signals.is_empty()).count()
}

/// What the newest period says, if it belongs to a signal.
fn latest(series: &Series) -> Option<String> {
    let last = series.counts.len().checked_sub(1)?;
    let signals = series.segments.iter().flat_map(|segment| &segment.signals);
    let signal = signals.filter(|signal| signal.at == last).min_by_key(|signal| signal.rule)?;
    let way = if signal.high { t!("More") } else { t!("Less") };
    let since = series.days.get(signal.from).map(|&day| say::date(day)).unwrap_or_default();
    Some(match signal.rule {
        Rule::Outside => say!("{way} than usual in the last {}", series.one),
        Rule::NearLimit | Rule::OneSide => say!("{way} than usual since {since}"),
    })
}

/// What made a signal, for its point: "above the limits".
pub fn signals_in_words(signal: &Signal) -> String {
    let side = if signal.high { t!("above") } else { t!("below") };
    let n = signal.at + 1 - signal.from;
    match signal.rule {
        Rule::Outside if signal.high => t!("above the upper limit").to_owned(),
        Rule::Outside => t!("below the lower limit").to_owned(),
        Rule::NearLimit => say!("3 of 4 in a row far {side} the mean"),
        Rule::OneSide => say!("{n} in a row {side} the mean"),
    }
}

fn weekly_tables(analysis: &Analysis) -> Vec<Table> {
    weekly(analysis).map(|series| tables(&series, t!("Week from"))).unwrap_or_default()
}

fn daily_tables(analysis: &Analysis) -> Vec<Table> {
    daily(analysis).map(|series| tables(&series, t!("Working day"))).unwrap_or_default()
}

fn tables(series: &Series, first: &'static str) -> Vec<Table> {
    let day = |at: usize| series.days.get(at).map(|&day| say::date(day)).unwrap_or_default();
    let limits = series.segments.iter().filter_map(|segment| {
        let limits = segment.limits?;
        Some(vec![
            day(segment.points.start),
            day(segment.points.end.saturating_sub(1)),
            say::decimal(limits.centre),
            say::decimal(limits.lower_for_counts()),
            say::decimal(limits.upper),
        ])
    });
    let limits = Table {
        title: t!("What is usual").to_owned(),
        columns: vec![
            Column::text(t!("From")),
            Column::text(t!("To")),
            Column::number(t!("Mean")),
            Column::number(t!("Lower limit")),
            Column::number(t!("Upper limit")),
        ],
        rows: limits.collect(),
    };
    let signals = series.segments.iter().flat_map(|segment| &segment.signals).rev();
    let signals = Table {
        title: t!("Signals, newest first").to_owned(),
        columns: vec![Column::text(t!("From")), Column::text(t!("To")), Column::text(t!("What it is"))],
        rows: signals.map(|s| vec![day(s.from), day(s.at), signals_in_words(s)]).collect(),
    };
    let by_point = signals_by_point(&series.segments, series.counts.len());
    let rows = series.counts.iter().zip(&by_point).enumerate().rev().map(|(at, (count, signals))| {
        let words: Vec<String> = signals.iter().map(signals_in_words).collect();
        vec![day(at), count.to_string(), words.join("; ")]
    });
    let all = Table {
        title: say!("Items finished by {}, newest first", series.one),
        columns: vec![Column::text(first), Column::number(t!("Items")), Column::text(t!("Signal"))],
        rows: rows.collect(),
    };
    [limits, signals, all].into_iter().filter(|table| !table.rows.is_empty()).collect()
}
