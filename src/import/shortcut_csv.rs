//! Shortcut (once Clubhouse), "Export stories as CSV".
//!
//! Format: no public specification; the columns of three generations (2020, 2022, 2024) are matched
//! by name, any subset in any order. Times are `YYYY/MM/DD HH:MM:SS`, local to the `utc_offset` of
//! their own row, so they are instants.
//!
//! Not recorded: when a story moved between states other than started and completed, so there is no
//! time in stage; when it was blocked; the dates of iterations. A story dragged straight to done has
//! no start. An archived story that was not completed was given up.

use jiff::tz::Offset;

use crate::model::{Fact, Kind, Moment, Stage, WarningKind};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, dates, words};

pub static SHORTCUT_CSV: Importer = Importer {
    id: "shortcut-csv",
    label: "Shortcut CSV",
    reads: Reads::Table { sniff, columns, more_dates: &["movedat"], begin },
};

fn sniff(table: &Table) -> Confidence {
    let telling = [
        "iscompleted",
        "completedat",
        "movedat",
        "utcoffset",
        "isarchived",
        "isblocked",
        "isablocker",
        "epiclabels",
        "externalticketcount",
        "workflow",
    ];
    let told = telling.iter().filter(|name| table.has(&[name])).count();
    if table.has(&["id", "name"]) && told >= 3 { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["id"]),
            (Fact::Title, &["name"]),
            (Fact::Type, &["type"]),
            (Fact::Status, &["state"]),
            (Fact::Created, &["createdat"]),
            (Fact::Started, &["startedat"]),
            (Fact::Finished, &["completedat"]),
            (Fact::Points, &["estimate"]),
            (Fact::Owners, &["owners"]),
            (Fact::Labels, &["labels"]),
            (Fact::Area, &["productarea", "technicalarea"]),
            (Fact::Team, &["team"]),
            (Fact::Project, &["project"]),
            (Fact::Epic, &["epic"]),
            (Fact::Parent, &["parentstoryid"]),
            (Fact::Due, &["duedate"]),
            (Fact::Iteration, &["iteration"]),
            (Fact::Blocked, &["isblocked"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let table = rows.table;
    let column = |names: &[&str]| table.column(names);
    let is_completed = column(&["iscompleted"]);
    let is_archived = column(&["isarchived"]);
    let moved = column(&["movedat"]);
    let utc_offset = column(&["utcoffset"]);
    rows.separator = Some(';');
    Ok(Box::new(move |rows, row| {
        let text = |column: Option<usize>| column.map(|c| row.cell(c)).unwrap_or_default();
        let offset = dates::offset(text(utc_offset));
        let mut item = rows.item(row);
        if utc_offset.is_some() && offset.is_none() && item.created.or(item.finished).is_some() {
            rows.items.log.note(WarningKind::NoOffset, row.line, &item.key);
        }
        item.created = in_offset(item.created, offset);
        item.started = in_offset(item.started, offset);
        item.finished = in_offset(item.finished, offset);
        item.due = in_offset(item.due, offset);
        let archived = words::is_yes(text(is_archived));
        // Shortcut's own word goes before a date left over from before a story was reopened.
        let done = match is_completed {
            Some(column) => words::is_yes(row.cell(column)),
            None => item.finished.is_some(),
        };
        item.stage = match words::stage(&item.status).or_else(|| words::likely_stage(&item.status)) {
            _ if done => Some(Stage::Done),
            _ if archived => Some(Stage::Cancelled),
            // A state called "Closed" that Shortcut doesn't count as completed is none, and a date in
            // spite of it is left over.
            Some(Stage::Done) | None if item.finished.is_some() => Some(Stage::InProgress),
            Some(Stage::Done) if is_completed.is_some() => None,
            stage => stage,
        };
        item.kind = match item.type_name.as_str() {
            "feature" => Kind::Feature,
            "bug" => Kind::Bug,
            "chore" => Kind::Chore,
            _ => item.kind,
        };
        if item.stage == Some(Stage::Cancelled) {
            item.cancelled = in_offset(rows.moment(row, moved), offset);
        }
        rows.push(row, item);
    }))
}

fn in_offset(moment: Option<Moment>, offset: Option<Offset>) -> Option<Moment> {
    match (moment, offset) {
        (Some(Moment::Local(at)), Some(offset)) => dates::at_offset(at, offset).ok(),
        (moment, _) => moment,
    }
}
