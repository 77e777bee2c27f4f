//! A table with one column a stage, each the day an item first entered it, as ActionableAgile,
//! jira-agile-metrics and many spreadsheets have it.
//!
//! Format: the source of ActionableAgile's `jira-to-analytics`: `ID,Link,Name,<stages>,Type,…`. The stages
//! are the longest run of columns that hold nothing but dates; their order is the workflow.
//!
//! Assumed: the last stage means done; a stage before the first that is in progress, and called like a
//! queue ("Backlog", "To Do"), is not started; every other is in progress. Not recorded: ways back. A stage
//! dated later than one behind it was entered again, and its date is left out, as ActionableAgile does.

use crate::model::{Fact, Order, Stage, StatusChange};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, dates, generic, words};

pub static STAGE_DATES: Importer = Importer {
    id: "stage-dates",
    label: "table of stage dates",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

/// So many rows tell which columns hold dates.
const TELLING_ROWS: usize = 200;

fn sniff(table: &Table) -> Confidence {
    let stages = stages(table);
    let begins =
        |names: &[&str]| names.iter().enumerate().all(|(at, name)| table.columns(&[name]).contains(&at));
    if stages.len() >= 2 && (begins(&["id", "link", "name"]) || begins(&["id", "link", "title"])) {
        return Confidence::Sure;
    }
    // Columns that everyone calls a start and a finish are no stages.
    let facts = generic::columns(table);
    let named =
        [Fact::Created, Fact::Started, Fact::Finished].iter().filter(|fact| facts.has(**fact)).count();
    let is_stage =
        |column: &usize| table.headers.get(*column).is_some_and(|name| words::stage(name).is_some());
    let called = stages.iter().filter(|column| is_stage(column)).count();
    if stages.len() >= 3 && called >= 2 && named < 2 { Confidence::Sure } else { Confidence::No }
}

/// The columns of the longest run, two or more, that hold dates alone.
fn stages(table: &Table) -> Vec<usize> {
    let mut dates_in = vec![(0_u32, 0_u32); table.headers.len()];
    for row in table.rows().take(TELLING_ROWS) {
        for (column, (dates, others)) in dates_in.iter_mut().enumerate() {
            match dates::read(row.cell(column), Order::DayFirst) {
                Ok(None) => {}
                Ok(Some(_)) => *dates += 1,
                // Month first, perhaps.
                Err(_) if dates::read(row.cell(column), Order::MonthFirst).is_ok() => *dates += 1,
                Err(_) => *others += 1,
            }
        }
    }
    let is_stage = |column: usize| {
        let named = table.headers.get(column).is_some_and(|name| !name.is_empty());
        named && dates_in.get(column).is_some_and(|(_, others)| *others == 0)
    };
    let mut longest = 0..0;
    let mut start = 0;
    for column in 0..=table.headers.len() {
        if !is_stage(column) {
            if column - start > longest.len() {
                longest = start..column;
            }
            start = column + 1;
        }
    }
    // Columns without a single date at the ends of the run are none of it.
    let has_date = |column: &usize| dates_in.get(*column).is_some_and(|(dates, _)| *dates > 0);
    let mut run: Vec<usize> = longest.collect();
    while run.last().is_some_and(|column| !has_date(column)) {
        run.pop();
    }
    let empty = run.iter().take_while(|column| !has_date(column)).count();
    run.drain(..empty);
    if run.len() >= 2 { run } else { Vec::new() }
}

fn columns(table: &Table) -> Columns {
    let stages = stages(table);
    let mut columns = Columns::named(
        table,
        &[
            (Fact::Key, &["id", "key", "issuekey"]),
            (Fact::Title, &["name", "title", "summary"]),
            (Fact::Url, &["link", "url"]),
            (Fact::Type, &["type", "issuetype"]),
            (Fact::Team, &["team"]),
            (Fact::Project, &["project"]),
            (Fact::Epic, &["epic"]),
            (Fact::Points, &["storypoints", "points", "estimate"]),
            (Fact::Labels, &["labels", "tags"]),
        ],
    );
    // So that their dates are looked at together.
    if let [first, between @ .., last] = stages.as_slice() {
        columns.set(Fact::Created, vec![*first]);
        columns.set(Fact::Started, between.to_vec());
        columns.set(Fact::Finished, vec![*last]);
    }
    columns
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let columns = [Fact::Created, Fact::Started, Fact::Finished];
    let columns: Vec<usize> = columns.iter().flat_map(|fact| rows.columns.all(*fact)).copied().collect();
    let name = |column: &usize| rows.table.headers.get(*column).cloned().unwrap_or_default();
    let names: Vec<String> = columns.iter().map(name).collect();
    let mut begun = false;
    for (n, name) in names.iter().enumerate() {
        let queue = matches!(words::stage(name), Some(Stage::NotStarted));
        begun |= !queue;
        let stage = match () {
            () if n + 1 == names.len() => Stage::Done,
            () if begun => Stage::InProgress,
            () => Stage::NotStarted,
        };
        rows.items.means(name, stage);
    }
    rows.items.in_order(names.clone());
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        (item.created, item.started, item.finished, item.stage) = (None, None, None, None);
        let mut history: Vec<StatusChange> = Vec::new();
        for (column, name) in columns.iter().zip(&names) {
            let Some(at) = rows.moment(row, Some(*column)) else { continue };
            let day = at.date(&crate::model::Zone::UTC);
            history.retain(|before| before.at.date(&crate::model::Zone::UTC) <= day);
            history.push(StatusChange { at, to: name.clone() });
        }
        match history.last() {
            Some(last) => item.status.clone_from(&last.to),
            None => item.stage = Some(Stage::NotStarted),
        }
        let first = history.first().map(|change| change.at);
        let queued = rows.items.meaning_of(history.first().map_or("", |change| &change.to));
        item.created = first.filter(|_| queued == Some(Stage::NotStarted));
        item.history = history;
        rows.push(row, item);
    }))
}
