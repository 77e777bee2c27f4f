//! GitLab, "Export issues as CSV".
//!
//! Format: docs.gitlab.com, "Export issues to CSV", and GitLab's `ExportCsvService`; the columns of three
//! generations (before 12.5, before 18.4, since). Times are UTC by their columns' names, work is in
//! seconds.
//!
//! Not recorded: when work began; the start date is a plan. A scoped label, `workflow::doing` or
//! `status::doing`, is the status of an open issue. Types are labels before 18.4. Without a label an open
//! issue counts as not started.

use crate::model::Fact;

use super::rows::{Columns, Rows, TakeRow, Unit};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, words};

pub static GITLAB_CSV: Importer = Importer {
    id: "gitlab-csv",
    label: "GitLab CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    let known = table.has(&["createdatutc", "title"]) && table.column(&["iid", "issueid"]).is_some();
    if known { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    let mut columns = Columns::named(
        table,
        &[
            (Fact::Key, &["iid", "issueid"]),
            (Fact::Title, &["title"]),
            (Fact::Status, &["state"]),
            (Fact::Type, &["type"]),
            (Fact::Created, &["createdatutc"]),
            (Fact::Finished, &["closedatutc"]),
            (Fact::Points, &["weight"]),
            (Fact::Estimate, &["timeestimate"]),
            (Fact::Actual, &["timespent"]),
            (Fact::Epic, &["epictitle", "parenttitle", "milestone"]),
            (Fact::Parent, &["parentiid"]),
            (Fact::Owners, &["assignee"]),
            (Fact::Labels, &["labels"]),
            (Fact::Due, &["duedate"]),
            (Fact::Iteration, &["iteration", "milestone"]),
            (Fact::Url, &["url"]),
        ],
    );
    columns.set(Fact::Key, columns.first(Fact::Key).into_iter().collect());
    columns
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.unit = Unit::Seconds;
    rows.separator = Some(',');
    Ok(Box::new(|rows, row| {
        let mut item = rows.item(row);
        item.project = project(&item.url).to_owned();
        if item.epic.is_empty() {
            let epics = rows.columns.all(Fact::Epic).iter().map(|&column| row.cell(column));
            item.epic = epics.filter(|cell| !cell.is_empty()).map(str::to_owned).next().unwrap_or_default();
        }
        let is_open = words::stage(&item.status) == Some(crate::model::Stage::NotStarted);
        if let Some(scoped) = item.labels.iter().find_map(|label| status_of(label)).filter(|_| is_open) {
            item.status = scoped.to_owned();
            item.stage = words::stage(scoped).or_else(|| words::likely_stage(scoped));
        }
        rows.push(row, item);
    }))
}

/// The status that a scoped label names.
fn status_of(label: &str) -> Option<&str> {
    let (scope, status) = label.rsplit_once("::")?;
    ["workflow", "status", "state"].iter().any(|known| scope.eq_ignore_ascii_case(known)).then_some(status)
}

/// `group/name` of `https://host/group/name/-/issues/2`.
fn project(url: &str) -> &str {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    path.split("/-/").next().filter(|project| *project != path).unwrap_or_default()
}
