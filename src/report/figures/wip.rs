//! Around work in progress over time, and its total age.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::{Rule, Segment};
use crate::model::Days;
use crate::report::{Analysis, say};

pub static WIP: Figure = Figure { id: "wip", name: "Work in progress", text: wip_text, tables: wip_tables };
pub static TOTAL_AGE: Figure =
    Figure { id: "total-age", name: "Total age of the work in progress", text: age_text, tables: age_tables };

fn supported(analysis: &Analysis) -> Result<(), String> {
    if analysis.dates.iter().all(|dates| dates.started.is_none()) {
        return Err(t!(
            "The file has no usable start dates, so it can\u{2019}t tell what was in progress on a day. An \
                    export with start dates or a status history would."
        )
        .to_owned());
    }
    if analysis.load().wip.is_empty() {
        return Err(t!("Nothing was started by that day.").to_owned());
    }
    Ok(())
}

fn wip_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let load = analysis.load();
    let now = load.wip.last().copied().unwrap_or_default() as usize;
    let segments = usual_wip(analysis);
    let last = segments.last();
    let finding = match last.and_then(|segment| segment.limits) {
        None => say!(
            "{} in progress; on an average day it was {}",
            say::items(now),
            say::decimal(load.mean_wip().unwrap_or_default())
        ),
        Some(limits) => {
            let usual = say!(
                "{} to {} are usual at the end of a week",
                say::number(limits.lower_for_counts().ceil() as usize),
                say::number(limits.upper.floor().max(0.0) as usize)
            );
            match f64::from(now as u32) {
                now_is if now_is > limits.upper => {
                    say!("More in progress than usual: {} ({usual})", say::items(now))
                }
                now_is if now_is < limits.lower => {
                    say!("Less in progress than usual: {} ({usual})", say::items(now))
                }
                _ => say!("{} in progress; {usual}", say::items(now)),
            }
        }
    };
    let limits = match segments.iter().any(|segment| segment.limits.is_some()) {
        true => {
            t!(
                "The lines are the mean and the natural process limits of its values at the ends of weeks (XmR); work in \
                 progress changes slowly, so runs are usual here and only week ends outside the limits are ringed; days in between may go beyond them."
            )
        }
        false => {
            t!(
                "It has changed too much within this time, or there are too few weeks, for anything to be usual, so there \
                  are no limits."
            )
        }
    };
    let caption = say!("Items started and neither finished nor cancelled at the end of each day. {limits}");
    Ok(FigureText { finding, caption })
}

/// The process behaviour of weekly work in progress; without limits where more than a quarter of the weeks
/// would be outside of them: then nothing is usual.
pub fn usual_wip(analysis: &Analysis) -> Vec<Segment> {
    let (weeks, mut segments) = analysis.wip_behaviour();
    let outside =
        segments.iter().flat_map(|s| &s.signals).filter(|signal| signal.rule == Rule::Outside).count();
    if outside * 4 > weeks.len() {
        for segment in &mut segments {
            (segment.limits, segment.signals) = (None, Vec::new());
        }
    }
    segments
}

fn age_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let load = analysis.load();
    let now = load.total_age.last().copied().unwrap_or_default();
    let before = load.total_age.len().checked_sub(29).and_then(|at| load.total_age.get(at)).copied();
    let number = |age: i64| say::number(usize::try_from(age).unwrap_or_default());
    let unit = analysis.calendar().unit();
    let finding = match before.filter(|&before| before > 0) {
        None => say!(
            "The work in progress is {} old in all",
            analysis.days(Days(u32::try_from(now).unwrap_or_default()))
        ),
        Some(before) => {
            let change = (now - before) as f64 / before as f64;
            let how = match change {
                _ if (now - before).abs() < 50 => t!("The age of the work in progress changes little"),
                c if c > 0.1 => t!("The work in progress grows older"),
                c if c < -0.1 => t!("The work in progress grows younger"),
                _ => t!("The age of the work in progress changes little"),
            };
            let by = match before {
                // Of little, a share says nothing.
                ..50 => say!("{} four weeks ago", number(before)),
                _ => say!(
                    "{}{} in four weeks",
                    if change < 0.0 { "−" } else { "+" },
                    say::percent(change.abs())
                ),
            };
            say!("{how}: {} {unit} in all, {by}", number(now))
        }
    };
    let caption = t!(
        "The ages of all items in progress at the end of each day, added up. Each item adds a day every day: \
                   where the line climbs, things are started and not finished."
    )
    .to_owned();
    Ok(FigureText { finding, caption })
}

/// A week a row: the days are many.
fn by_week(analysis: &Analysis) -> Vec<(crate::model::Date, u32, i64)> {
    let load = analysis.load();
    let weeks = load.by_week(analysis.calendar());
    let first = load.first.map(crate::model::day_number).unwrap_or_default();
    let at = |week| usize::try_from(crate::model::day_number(Analysis::week_end(week)) - first).ok();
    let age = |week| at(week).and_then(|at| load.total_age.get(at)).copied().unwrap_or_default();
    weeks.into_iter().rev().map(|(week, wip)| (week, wip, age(week))).collect()
}

fn wip_tables(analysis: &Analysis) -> Vec<Table> {
    let rows = by_week(analysis).into_iter();
    vec![Table {
        title: t!("In progress at the end of each week, newest first").to_owned(),
        columns: vec![Column::text(t!("Week from")), Column::number(t!("Items"))],
        rows: rows.map(|(week, wip, _)| vec![say::date(week), wip.to_string()]).collect(),
    }]
}

fn age_tables(analysis: &Analysis) -> Vec<Table> {
    let rows = by_week(analysis).into_iter();
    vec![Table {
        title: t!("Total age at the end of each week, newest first").to_owned(),
        columns: vec![Column::text(t!("Week from")), Column::number(t!("Days"))],
        rows: rows.map(|(week, _, age)| vec![say::date(week), age.to_string()]).collect(),
    }]
}
