//! YouTrack, issues exported as CSV.
//!
//! Format: no public specification; the columns are those of the user's list. Work is a period, `1w 2d 3h`
//! (a week of five days, a day of eight hours), or minutes. Lists are joined by commas.
//!
//! Not recorded: when work began, and the history of states. *Finished* is `Resolved`, which YouTrack sets
//! for what was given up too.

use crate::model::{Fact, Stage};

use super::rows::{Columns, Rows, TakeRow, Unit};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads};

pub static YOUTRACK_CSV: Importer = Importer {
    id: "youtrack-csv",
    label: "YouTrack CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    let about = table.has(&["issueid", "summary"]) && table.column(&["state", "stage", "resolved"]).is_some();
    // Jira has `Issue key` beside `Issue id`, GitLab a title.
    if about && !table.has(&["issuekey"]) && !table.has(&["title"]) {
        Confidence::Sure
    } else {
        Confidence::No
    }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["issueid"]),
            (Fact::Title, &["summary"]),
            (Fact::Status, &["state", "stage"]),
            (Fact::Type, &["type"]),
            (Fact::Created, &["created"]),
            (Fact::Finished, &["resolved"]),
            (Fact::Points, &["storypoints"]),
            (Fact::Estimate, &["estimation"]),
            (Fact::Actual, &["spenttime"]),
            (Fact::Team, &["team", "subsystem"]),
            (Fact::Project, &["project"]),
            (Fact::Epic, &["fixversions"]),
            (Fact::Due, &["duedate"]),
            (Fact::Iteration, &["sprints", "sprint"]),
            (Fact::Owners, &["assignee", "assignees"]),
            (Fact::Labels, &["tags"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.unit = Unit::Minutes;
    rows.separator = Some(',');
    Ok(Box::new(|rows, row| {
        let mut item = rows.item(row);
        item.stage = match item.status.to_lowercase().as_str() {
            "submitted" | "open" | "reopened" | "to be discussed" | "registered" => Some(Stage::NotStarted),
            "fixed" | "verified" | "without verification" | "done" => Some(Stage::Done),
            "won't fix" | "can't reproduce" | "duplicate" | "obsolete" | "as designed" | "incomplete" => {
                Some(Stage::Cancelled)
            }
            _ => item.stage,
        };
        if item.stage == Some(Stage::Cancelled) {
            item.cancelled = item.finished.take();
        }
        rows.push(row, item);
    }))
}
