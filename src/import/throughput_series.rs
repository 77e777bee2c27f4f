//! A plain series: how many items were finished on a day, in a week or in a month. Two columns, with a
//! header or without.
//!
//! Each count becomes as many items that have a finish and nothing else, so throughput and forecasts can be
//! said, and no duration.
//!
//! Assumed: where the dates are a week apart, a count is the week's. A week named by its Monday, or as
//! `2024-W05`, ends on the Sunday after; one named by any other day ends on that day. Where they are a month
//! apart, it ends with the month.

use std::collections::HashMap;

use crate::model::{Date, Fact, Item, Moment, Stage, WarningKind, Weekday, day_from_number, day_number};
use crate::order::InOrder;

use super::rows::{Columns, Rows, TakeRow};
use super::table::{Row, Table, plain};
use super::{Confidence, ImportError, Importer, Reads, dates, words};

pub static THROUGHPUT_SERIES: Importer = Importer {
    id: "throughput-series",
    label: "throughput series",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

/// More in one row is a slip.
const MOST_IN_A_ROW: u32 = 10_000;
const MOST: usize = 200_000;

fn sniff(table: &Table) -> Confidence {
    match series(table) {
        Some(_) => Confidence::Sure,
        None => Confidence::No,
    }
}

/// The columns of the dates and of the counts.
fn series(table: &Table) -> Option<(usize, usize)> {
    const COUNTS: &[&str] = &[
        "count",
        "throughput",
        "done",
        "closed",
        "completed",
        "finished",
        "items",
        "stories",
        "itemsdone",
        "itemsfinished",
        "itemscompleted",
        "delivered",
        "velocity",
        "total",
        "anzahl",
        "issues",
        "tickets",
        "tasks",
        "resolved",
    ];
    let named: Vec<usize> = (0..table.headers.len()).filter(|&c| !table.headers[c].is_empty()).collect();
    let [a, b] = named.as_slice() else { return None };
    let header = |column: &usize| table.headers.get(*column).map(String::as_str).unwrap_or_default();
    [(*a, *b), (*b, *a)].into_iter().find(|(date, count)| {
        let headless =
            day(header(date), crate::model::Order::DayFirst).is_some() && number(header(count)).is_some();
        let counts = COUNTS.contains(&plain(header(count)).as_str());
        let (mut fit, mut rows) = (0, 0);
        for row in table.rows().take(50) {
            let is_day = [crate::model::Order::DayFirst, crate::model::Order::MonthFirst]
                .iter()
                .any(|order| day(row.cell(*date), *order).is_some());
            let counted = number(row.cell(*count)).is_some() || words::is_nothing(row.cell(*count));
            rows += 1;
            fit += usize::from(is_day && counted);
        }
        (headless || counts && rows > 0) && rows - fit <= (rows / 10).max(1) && fit >= rows - fit
    })
}

/// The whole number of a cell.
fn number(cell: &str) -> Option<u32> {
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok()
}

/// The first day that a cell names: a day, an ISO week, a month.
fn day(cell: &str, order: crate::model::Order) -> Option<Date> {
    if let Some((year, week)) = cell.split_once("-W").or_else(|| cell.split_once('W')) {
        let (year, week) = (year.trim().parse().ok()?, week.trim().parse().ok()?);
        let week = jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
        return Some(week.date());
    }
    if let Some((year, month)) = cell.split_once(['-', '/']).filter(|(year, _)| year.len() == 4)
        && let (Ok(year), Ok(month)) = (year.parse(), month.parse())
    {
        return Date::new(year, month, 1).ok();
    }
    match dates::read(cell, order) {
        Ok(Some(Moment::Day(day))) => Some(day),
        Ok(Some(moment)) => Some(moment.date(&crate::model::Zone::UTC)),
        _ => None,
    }
}

fn columns(table: &Table) -> Columns {
    let mut columns = Columns::named(table, &[]);
    if let Some((date, count)) = series(table) {
        columns.set(Fact::Finished, vec![date]);
        columns.set(Fact::Points, vec![count]);
    }
    columns
}

/// What a count stands for.
#[derive(Clone, Copy, PartialEq)]
enum Span {
    Day,
    /// The week that begins on that day.
    WeekFrom,
    Month,
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let (date, count) = (rows.columns.first(Fact::Finished), rows.columns.first(Fact::Points));
    let (Some(date), Some(count)) = (date, count) else {
        let found = rows.table.headers.clone();
        return Err(ImportError::MissingColumn { importer: THROUGHPUT_SERIES.label, column: "date", found });
    };
    // Said of the items this makes, which have no points.
    rows.columns.set(Fact::Points, Vec::new());
    let order = rows.order.unwrap_or_default();
    let header = |column: usize| rows.table.headers.get(column).map(String::as_str).unwrap_or_default();
    let first = day(header(date), order).zip(number(header(count)));
    let mut days: Vec<Date> = rows.table.rows().filter_map(|row| day(row.cell(date), order)).collect();
    days.extend(first.map(|(day, _)| day));
    let mut series = Series { span: span(days), numbered: HashMap::new() };
    let fits = |rows: &Rows, count: u32| count <= MOST_IN_A_ROW && rows.items.len() + count as usize <= MOST;
    match first {
        Some((day, count)) if fits(rows, count) => series.add(rows, 1, day, count),
        Some((_, count)) => rows.items.skip(WarningKind::UnreadableRow, 1, &count.to_string()),
        None => {}
    }
    Ok(Box::new(move |rows: &mut Rows, row: Row| {
        let (cell, counted) = (row.cell(date), row.cell(count));
        let Some(day) = day(cell, order) else {
            return rows.items.skip(WarningKind::UnreadableRow, row.line, cell);
        };
        match number(counted) {
            Some(count) if fits(rows, count) => {
                series.add(rows, row.line, day, count);
            }
            None if words::is_nothing(counted) => {}
            _ => rows.items.skip(WarningKind::UnreadableRow, row.line, counted),
        }
    }))
}

fn span(mut days: Vec<Date>) -> Span {
    days.order();
    days.dedup();
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| day_number(pair[1]) - day_number(pair[0])).collect();
    gaps.order();
    let on = |weekday: Weekday| days.iter().all(|day| day.weekday() == weekday);
    match gaps.get(gaps.len() / 2) {
        Some(7..28) if on(Weekday::Monday) => Span::WeekFrom,
        Some(28..) if days.iter().all(|day| day.day() == 1) => Span::Month,
        _ => Span::Day,
    }
}

struct Series {
    span: Span,
    /// How many items there are of a day: it may have several rows.
    numbered: HashMap<Date, u32>,
}

impl Series {
    fn add(&mut self, rows: &mut Rows, line: u64, day: Date, count: u32) {
        let end = match self.span {
            Span::Day => day,
            Span::WeekFrom => day_from_number(day_number(day) + 6),
            Span::Month => day.last_of_month(),
        };
        if self.span == Span::Month && count > 0 {
            rows.items.log.note(WarningKind::CoarseSeries, line, &day.to_string());
        }
        let numbered = self.numbered.entry(day).or_default();
        for _ in 0..count {
            *numbered += 1;
            rows.items.push(Item {
                key: format!("{day} #{numbered}"),
                line,
                stage: Some(Stage::Done),
                finished: Some(Moment::Day(end)),
                ..Item::default()
            });
        }
    }
}
