//! Pivotal Tracker, stories exported as CSV. The service ended in April 2025; its exports live on.
//!
//! Format: columns as in a genuine export; `Owned By`, `Blocker`, `Comment` and `Task` repeat, and rows are
//! as long as they need to be. Dates are days. An estimate of −1 is none.
//!
//! Not recorded: when a story was started. *Finished* is `Accepted at`: a story that is "finished" or
//! "delivered" waits for acceptance and counts as in progress, a rejected one too. Releases and epics are
//! no work of their own and are left out.

use crate::model::{Fact, Stage, WarningKind};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, words};

pub static PIVOTAL_CSV: Importer = Importer {
    id: "pivotal-csv",
    label: "Pivotal Tracker CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    if table.has(&["id", "currentstate", "acceptedat"]) { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["id"]),
            (Fact::Title, &["title", "story"]),
            (Fact::Status, &["currentstate"]),
            (Fact::Type, &["type", "storytype"]),
            (Fact::Created, &["createdat"]),
            (Fact::Finished, &["acceptedat"]),
            (Fact::Points, &["estimate"]),
            (Fact::Owners, &["ownedby"]),
            (Fact::Labels, &["labels"]),
            (Fact::Due, &["deadline"]),
            (Fact::Iteration, &["iteration"]),
            (Fact::Url, &["url"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.separator = Some(',');
    let blockers = rows.table.columns(&["blockerstatus"]);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        if ["release", "epic"].iter().any(|kind| item.type_name.eq_ignore_ascii_case(kind)) {
            return rows.items.skip(WarningKind::NotWork, row.line, &item.title);
        }
        item.stage = match item.status.to_lowercase().as_str() {
            "unscheduled" | "unstarted" | "planned" => Some(Stage::NotStarted),
            "started" | "finished" | "delivered" | "rejected" => Some(Stage::InProgress),
            "accepted" => Some(Stage::Done),
            _ => item.stage,
        };
        let blocks = |cell: &str| !words::is_nothing(cell) && !cell.eq_ignore_ascii_case("resolved");
        item.blocked = blockers.iter().any(|&column| blocks(row.cell(column)));
        rows.push(row, item);
    }))
}
