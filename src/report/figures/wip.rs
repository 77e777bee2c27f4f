//! Around work in progress over time, and its total age.

use super::{Column, Figure, FigureText, Table};
use crate::report::{Analysis, say};

pub static WIP: Figure = Figure { id: "wip", text: wip_text, tables: wip_tables };
pub static TOTAL_AGE: Figure = Figure { id: "total-age", text: age_text, tables: age_tables };

fn supported(analysis: &Analysis) -> Result<(), String> {
    if analysis.dates.iter().all(|dates| dates.started.is_none()) {
        return Err("The file has no usable start dates, so it can\u{2019}t tell what was in progress on a day. An \
                    export with start dates or a status history would."
            .to_owned());
    }
    if analysis.load().wip.is_empty() {
        return Err("Nothing was started by that day.".to_owned());
    }
    Ok(())
}

fn wip_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let load = analysis.load();
    let now = load.wip.last().copied().unwrap_or_default() as usize;
    let mean = load.mean_wip().unwrap_or_default();
    let (_, segments) = analysis.wip_behaviour();
    let unusual = segments.last().and_then(|segment| {
        let limits = segment.limits?;
        let last = segment.points.end.checked_sub(1)?;
        let signal = segment.signals.iter().find(|signal| signal.at == last)?;
        Some((signal.high, limits))
    });
    let finding = match unusual {
        Some((true, limits)) => format!(
            "{} in progress, more than the usual {} or so",
            say::items(now),
            say::decimal(limits.centre)
        ),
        Some((false, limits)) => format!(
            "{} in progress, less than the usual {} or so",
            say::items(now),
            say::decimal(limits.centre)
        ),
        None => format!("{} in progress; on an average day it was {}", say::items(now), say::decimal(mean)),
    };
    let caption = "Items started and neither finished nor cancelled at the end of each day. The lines are the mean and \
                   the natural process limits of the weekly values (XmR); work in progress changes slowly, so runs \
                   are usual here and only points outside the limits are ringed."
        .to_owned();
    Ok(FigureText { finding, caption })
}

fn age_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let load = analysis.load();
    let now = load.total_age.last().copied().unwrap_or_default();
    let before = load.total_age.len().checked_sub(29).and_then(|at| load.total_age.get(at)).copied();
    let number = |age: i64| say::number(usize::try_from(age).unwrap_or_default());
    let unit = analysis.calendar().unit();
    let finding = match before {
        Some(before) if now > before + before / 4 => format!(
            "The work in progress grows older: {} {unit} in all, up from {} four weeks ago",
            number(now),
            number(before)
        ),
        Some(before) if now < before - before / 4 => format!(
            "The work in progress grows younger: {} {unit} in all, down from {} four weeks ago",
            number(now),
            number(before)
        ),
        Some(before) => format!(
            "The age of the work in progress holds: {} {unit} in all, {} four weeks ago",
            number(now),
            number(before)
        ),
        None => format!("The work in progress is {} {unit} old in all", number(now)),
    };
    let caption = "The ages of all items in progress at the end of each day, added up. Each item adds a day every day: \
                   where the line climbs, things are started and not finished."
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
        title: "In progress at the end of each week, newest first".to_owned(),
        columns: vec![Column::text("Week from"), Column::number("Items")],
        rows: rows.map(|(week, wip, _)| vec![say::date(week), wip.to_string()]).collect(),
    }]
}

fn age_tables(analysis: &Analysis) -> Vec<Table> {
    let rows = by_week(analysis).into_iter();
    vec![Table {
        title: "Total age at the end of each week, newest first".to_owned(),
        columns: vec![Column::text("Week from"), Column::number("Days")],
        rows: rows.map(|(week, _, age)| vec![say::date(week), age.to_string()]).collect(),
    }]
}
