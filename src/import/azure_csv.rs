//! Azure DevOps, a query exported as CSV.
//!
//! Format: learn.microsoft.com, "Import or export work items in CSV"; the columns are the query's, in its
//! order. Dates are in the exporting user's format and zone, and name neither.
//!
//! Not recorded: the history of states. *Started* is `Activated Date`; *finished* is `Closed Date`, and
//! where that is empty on a closed item the day its state last changed. A resolved item is built but not
//! closed, so it counts as in progress where the query has a `Closed Date`. A removed item was given up.

use crate::model::{Fact, Stage};

use super::rows::{Columns, Rows, TakeRow, ended_by};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads};

pub static AZURE_CSV: Importer = Importer {
    id: "azure-devops-csv",
    label: "Azure DevOps CSV",
    reads: Reads::Table { sniff, columns, more_dates: &["statechangedate"], begin },
};

fn sniff(table: &Table) -> Confidence {
    if table.has(&["id", "workitemtype"]) { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["id"]),
            (Fact::Title, &["title", "title1", "title2", "title3", "title4", "title5", "title6"]),
            (Fact::Type, &["workitemtype"]),
            (Fact::Status, &["state"]),
            (Fact::Created, &["createddate"]),
            (Fact::Started, &["activateddate"]),
            (Fact::Finished, &["closeddate"]),
            (Fact::Points, &["storypoints", "effort", "size"]),
            (Fact::Estimate, &["originalestimate"]),
            (Fact::Actual, &["completedwork"]),
            (Fact::Team, &["areapath"]),
            (Fact::Project, &["teamproject"]),
            (Fact::Parent, &["parent"]),
            (Fact::Owners, &["assignedto"]),
            (Fact::Due, &["duedate", "targetdate"]),
            (Fact::Iteration, &["iterationpath"]),
            (Fact::Labels, &["tags"]),
            (Fact::Blocked, &["blocked"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let changed = rows.table.column(&["statechangedate"]);
    let has_closed = rows.columns.has(Fact::Finished);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        // `Project\Release\Sprint 1`: the project itself is no iteration.
        item.iterations.retain(|path| path.contains('\\'));
        for path in &mut item.iterations {
            *path = path.rsplit('\\').next().unwrap_or_default().to_owned();
        }
        let titles = rows.columns.all(Fact::Title).iter().map(|&column| row.cell(column));
        item.title = titles.filter(|title| !title.is_empty()).collect::<Vec<_>>().join(" ");
        // A name may hold commas, and an address follows it.
        let owner = rows.text(row, Fact::Owners).split(" <").next().unwrap_or_default();
        item.owners = Some(owner.to_owned()).filter(|owner| !owner.is_empty()).into_iter().collect();
        item.team = item.team.rsplit('\\').next().unwrap_or_default().to_owned();
        item.blocked |= item.labels.iter().any(|label| label.eq_ignore_ascii_case("blocked"));
        item.stage = match item.status.to_lowercase().as_str() {
            "removed" => Some(Stage::Cancelled),
            "resolved" if has_closed && item.finished.is_none() => Some(Stage::InProgress),
            _ => item.stage,
        };
        if item.finished.is_none() && matches!(item.stage, Some(Stage::Done | Stage::Cancelled)) {
            let changed = rows.moment(row, changed);
            ended_by(rows, row.line, &mut item, changed);
        }
        rows.push(row, item);
    }))
}
