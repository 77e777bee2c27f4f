//! Asana, a project exported as CSV.
//!
//! Format: no public specification; columns as six independent importers read them. Dates are days.
//!
//! Not recorded: when work began; the start date is a plan. A task is done when it has `Completed At`,
//! whatever its section is called; the section is its status. A task in several projects counts for the
//! first. Parents and dependencies are named by title.

use crate::model::{Fact, Stage};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads};

pub static ASANA_CSV: Importer = Importer {
    id: "asana-csv",
    label: "Asana CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    let own = table.column(&["sectioncolumn", "lastmodified", "projects"]).is_some();
    if table.has(&["taskid", "completedat", "name"]) && own { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["taskid"]),
            (Fact::Title, &["name"]),
            (Fact::Status, &["sectioncolumn"]),
            (Fact::Type, &["type", "tasktype"]),
            (Fact::Created, &["createdat"]),
            (Fact::Finished, &["completedat"]),
            (Fact::Points, &["storypoints", "points", "estimate"]),
            (Fact::Estimate, &["estimatedtime"]),
            (Fact::Actual, &["actualtime"]),
            (Fact::Team, &["team"]),
            (Fact::Project, &["projects"]),
            (Fact::Epic, &["parenttask"]),
            (Fact::WaitsFor, &["blockedbydependencies"]),
            (Fact::Owners, &["assignee"]),
            (Fact::Due, &["duedate"]),
            (Fact::Labels, &["tags"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.separator = Some(',');
    rows.unit = super::rows::Unit::Minutes;
    let tells_sections = rows.columns.has(Fact::Status);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        item.project = rows.list(row, Fact::Project).into_iter().next().unwrap_or_default();
        item.stage = match (item.finished, item.stage) {
            (Some(_), _) => Some(Stage::Done),
            // In a section called Done, but not ticked off.
            (None, Some(Stage::Done)) => Some(Stage::InProgress),
            (None, None) if !tells_sections => Some(Stage::NotStarted),
            (None, stage) => stage,
        };
        rows.push(row, item);
    }))
}
