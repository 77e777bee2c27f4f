//! ClickUp, tasks exported as CSV.
//!
//! Format: help.clickup.com, "Task export"; each date is there twice, in milliseconds since 1970 and as
//! text in a twin column. Lists are in brackets, `[a,b]`; times of work are milliseconds.
//!
//! Not recorded: the history of statuses, and when work began; the start date is a plan. *Finished* is
//! `Date done`, or else `Date closed`.

use crate::model::Fact;

use super::rows::{Columns, Rows, TakeRow, Unit};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, words};

pub static CLICKUP_CSV: Importer = Importer {
    id: "clickup-csv",
    label: "ClickUp CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    let own = ["taskcontent", "spacename", "listname", "taskcustomid", "datecreatedtext"];
    let told = own.iter().filter(|name| table.has(&[name])).count();
    if table.has(&["taskid", "taskname"]) && told >= 1 { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["taskid"]),
            (Fact::Title, &["taskname"]),
            (Fact::Status, &["status"]),
            (Fact::Type, &["tasktype"]),
            (Fact::Created, &["datecreated", "datecreatedtext"]),
            (Fact::Finished, &["datedone", "dateclosed", "datedonetext", "dateclosedtext"]),
            (Fact::Points, &["sprintpoints", "points"]),
            (Fact::Estimate, &["timeestimated"]),
            (Fact::Actual, &["timespent", "timelogged"]),
            (Fact::Project, &["spacename"]),
            (Fact::Epic, &["listname", "foldernamepath", "foldername"]),
            (Fact::Parent, &["parentid"]),
            (Fact::Owners, &["assignees", "assignee"]),
            (Fact::Labels, &["tags"]),
            (Fact::Due, &["duedate", "duedatetext"]),
            (Fact::Url, &["tasklink"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.unit = Unit::Milliseconds;
    rows.separator = Some(',');
    let custom_id = rows.table.column(&["taskcustomid"]);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        let custom_id = custom_id.map(|column| row.cell(column)).filter(|id| !words::is_nothing(id));
        if let Some(id) = custom_id {
            item.key = id.to_owned();
        }
        // Of several columns of a date the first that has one.
        let done = rows.columns.all(Fact::Finished).to_vec();
        item.finished = done.into_iter().find_map(|column| rows.moment(row, Some(column)));
        item.owners = unbracketed(item.owners);
        item.labels = unbracketed(item.labels);
        if item.kind == crate::model::Kind::Other {
            item.kind = words::kind_of_labels(&item.labels);
        }
        rows.push(row, item);
    }))
}

/// `[a`, `b]` without the brackets.
fn unbracketed(parts: Vec<String>) -> Vec<String> {
    let parts = parts.iter().map(|part| part.trim_start_matches('[').trim_end_matches(']').trim());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
