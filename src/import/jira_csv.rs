//! Jira, "Export CSV (all fields)" or "(current fields)", Cloud and Server / Data Center.
//!
//! Format: no public specification; columns as seen in real exports. One column a value, so
//! `Sprint`, `Labels` and `Comment` repeat. Dates are in the exporting user's format and zone, and
//! name neither: they are taken as they stand.
//!
//! Not recorded by Jira in this export: when an item changed status. So *started* is known only
//! where a column `Actual start` is filled, and otherwise unknown; it is never guessed from
//! *created*, which would lengthen every cycle time by its time in the backlog, nor from
//! `Start date`, which is a plan. *Finished* is `Resolved`; where that is empty on a done row, the
//! day its status category last changed.

use crate::model::{Fact, Stage};

use super::rows::{Columns, Rows, TakeRow, Unit, ended_by};
use super::table::Table;
use super::words;
use super::{Confidence, ImportError, Importer, Reads};

pub static JIRA_CSV: Importer = Importer {
    id: "jira-csv",
    label: "Jira CSV",
    reads: Reads::Table { sniff, columns, more_dates: &["statuscategorychanged"], begin },
};

fn sniff(table: &Table) -> Confidence {
    if table.has(&["issuekey"]) && (table.has(&["issueid"]) || table.has(&["issuetype"])) {
        Confidence::Sure
    } else {
        Confidence::No
    }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["issuekey"]),
            (Fact::Title, &["summary"]),
            (Fact::Type, &["issuetype"]),
            (Fact::Status, &["status"]),
            (Fact::Created, &["created"]),
            (Fact::Started, &["customfieldactualstart", "actualstart"]),
            (Fact::Finished, &["resolved"]),
            (Fact::Points, &["customfieldstorypoints", "customfieldstorypointestimate", "storypoints"]),
            (Fact::Estimate, &["originalestimate"]),
            (Fact::Actual, &["timespent"]),
            (Fact::Project, &["projectname", "projectkey", "project"]),
            (Fact::Team, &["customfieldteam", "team"]),
            (
                Fact::Epic,
                &["parentsummary", "customfieldepicname", "parentkey", "customfieldepiclink", "parent"],
            ),
            (Fact::Parent, &["parentkey", "customfieldepiclink"]),
            (Fact::WaitsFor, &["inwardissuelinkblocks", "inwardissuelinkblocker"]),
            (Fact::Area, &["components", "component"]),
            (Fact::Labels, &["labels"]),
            (Fact::Owners, &["assignee"]),
            (Fact::Blocked, &["customfieldflagged", "flagged"]),
            (Fact::Due, &["duedate"]),
            (Fact::Iteration, &["sprint", "customfieldsprint"]),
            (Fact::Url, &["url", "issueurl"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let table = rows.table;
    let category = table.column(&["statuscategory"]);
    let resolution = table.column(&["resolution"]);
    let category_changed = table.column(&["statuscategorychanged"]);
    // Jira writes work in seconds.
    rows.unit = Unit::Seconds;
    rows.separator = Some(';');
    Ok(Box::new(move |rows, row| {
        let text = |column: Option<usize>| column.map(|c| row.cell(c)).unwrap_or_default();
        let mut item = rows.item(row);
        item.blocked = !words::is_nothing(rows.text(row, Fact::Blocked));
        item.stage = stage(&item.status, text(category), text(resolution), item.finished.is_some());
        if item.finished.is_none() && matches!(item.stage, Some(Stage::Done | Stage::Cancelled)) {
            let changed = rows.moment(row, category_changed);
            ended_by(rows, row.line, &mut item, changed);
        }
        rows.push(row, item);
    }))
}

/// Jira's status category is its own word on the stage and goes before the status's name; a
/// resolution like "Won't Do" makes a done item a cancelled one. What a status of a team's own is
/// likely to mean is asked only where no resolution date says more.
pub(super) fn stage(status: &str, category: &str, resolution: &str, resolved: bool) -> Option<Stage> {
    let of_category = match category.to_lowercase().as_str() {
        "to do" | "new" => Some(Stage::NotStarted),
        "in progress" | "indeterminate" => Some(Stage::InProgress),
        "done" | "complete" => Some(Stage::Done),
        _ => words::stage(category),
    };
    let likely = || words::likely_stage(status).filter(|_| !resolved);
    let of_status = words::stage(status).or_else(likely);
    match of_category.or(of_status) {
        Some(Stage::Done) | None if words::stage(resolution) == Some(Stage::Cancelled) => {
            Some(Stage::Cancelled)
        }
        Some(Stage::Done) if of_status == Some(Stage::Cancelled) => Some(Stage::Cancelled),
        stage => stage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_goes_before_status_and_resolution_cancels() {
        use Stage::*;
        for (status, category, resolution, want) in [
            ("Backlog", "In Progress", "", Some(InProgress)),
            ("Backlog", "", "", Some(NotStarted)),
            ("Done", "Done", "Done", Some(Done)),
            ("Done", "Done", "Won't Do", Some(Cancelled)),
            ("Rejected", "Done", "", Some(Cancelled)),
            ("In Progress", "In Progress", "Won't Do", Some(InProgress)),
            ("Zebra", "", "", None),
        ] {
            assert_eq!(stage(status, category, resolution, false), want, "{status} {category} {resolution}");
        }
    }
}
