//! Linear, "Export issues as CSV".
//!
//! Format: no public specification; columns as in real exports of 2024 to 2026. Dates are instants, in ISO
//! or as JavaScript prints them. Rows may be shorter than the header.
//!
//! Not recorded: the history of statuses (only the minutes in the present one), types (teams use labels),
//! when something was blocked. An issue that was completed and cancelled later is cancelled.

use crate::model::{Fact, Stage};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads};

pub static LINEAR_CSV: Importer = Importer {
    id: "linear-csv",
    label: "Linear CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    let own = ["cyclenumber", "triaged", "canceled", "parentissue", "initiatives", "projectmilestone"];
    let told = own.iter().filter(|name| table.has(&[name])).count();
    if table.has(&["id", "title", "status"]) && told >= 2 { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["id"]),
            (Fact::Title, &["title"]),
            (Fact::Status, &["status"]),
            (Fact::Created, &["created"]),
            (Fact::Started, &["started"]),
            (Fact::Finished, &["completed"]),
            (Fact::Cancelled, &["canceled"]),
            (Fact::Points, &["estimate"]),
            (Fact::Team, &["team"]),
            (Fact::Project, &["project"]),
            (Fact::Epic, &["projectmilestone"]),
            (Fact::Parent, &["parentissue"]),
            (Fact::WaitsFor, &["blockedby"]),
            (Fact::Owners, &["assignee"]),
            (Fact::Due, &["duedate"]),
            (Fact::Iteration, &["cyclename"]),
            (Fact::Labels, &["labels"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.separator = Some(',');
    let number = rows.table.column(&["cyclenumber"]);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        // A cycle without a name of its own is called by its number.
        let number = number.map(|column| row.cell(column)).filter(|cell| !cell.is_empty());
        if let (Some(number), true) = (number, item.iterations.is_empty()) {
            item.iterations.push(format!("Cycle {number}"));
        }
        item.stage = match (item.cancelled, item.finished) {
            (Some(_), _) => Some(Stage::Cancelled),
            (None, Some(_)) => Some(Stage::Done),
            // A status of the team's own that no date has ended.
            (None, None) => item.stage.or(item.started.map(|_| Stage::InProgress)),
        };
        if item.stage == Some(Stage::Cancelled) {
            item.finished = None;
        }
        rows.push(row, item);
    }))
}
