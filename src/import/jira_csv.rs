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

use crate::model::{Item, Stage, WarningKind};

use super::rows::{Columns, Rows};
use super::words;
use super::{Confidence, ImportError, Imported, Importer, Source};

pub static JIRA_CSV: Importer = Importer { id: "jira-csv", label: "Jira CSV", sniff, read };

fn sniff(source: &Source) -> Confidence {
    let table = &source.table;
    if table.has(&["issuekey"]) && (table.has(&["issueid"]) || table.has(&["issuetype"])) {
        Confidence::Sure
    } else {
        Confidence::No
    }
}

fn read(source: &Source) -> Result<Imported, ImportError> {
    let table = &source.table;
    let column = |names: &[&str]| table.column(names);
    let key = column(&["issuekey"]).ok_or_else(|| ImportError::MissingColumn {
        importer: "Jira",
        column: "Issue key",
        found: table.headers.clone(),
    })?;
    let title = column(&["summary"]);
    let type_name = column(&["issuetype"]);
    let status = column(&["status"]);
    let category = column(&["statuscategory"]);
    let resolution = column(&["resolution"]);
    let created = column(&["created"]);
    let resolved = column(&["resolved"]);
    let started = column(&["customfieldactualstart", "actualstart"]);
    let category_changed = column(&["statuscategorychanged"]);
    let points = table.columns(&["customfieldstorypoints", "customfieldstorypointestimate", "storypoints"]);
    let estimate = column(&["originalestimate"]);
    let spent = column(&["timespent"]);
    let project = column(&["projectname", "projectkey", "project"]);
    let team = column(&["customfieldteam", "team"]);
    let epic =
        column(&["parentsummary", "customfieldepicname", "parentkey", "customfieldepiclink", "parent"]);
    let labels = table.columns(&["labels"]);
    let assignee = column(&["assignee"]);
    let flagged = column(&["customfieldflagged", "flagged"]);
    let url = column(&["url", "issueurl"]);

    let columns = Columns {
        status,
        created,
        started,
        finished: resolved,
        stand_in: category_changed,
        blocked: flagged,
        owners: assignee,
        labels: labels.first().copied(),
        ..Columns::default()
    };
    let mut rows = Rows::new(source, columns);
    for row in &table.rows {
        let text = |column: Option<usize>| column.map(|c| row.cell(c)).unwrap_or_default();
        let kind_name = text(type_name);
        let mut item = Item {
            key: row.cell(key).to_owned(),
            title: text(title).to_owned(),
            kind: words::kind(kind_name),
            type_name: kind_name.to_owned(),
            status: text(status).to_owned(),
            created: rows.moment(row, created),
            started: rows.moment(row, started),
            finished: rows.moment(row, resolved),
            points: points.iter().find_map(|&c| words::number(row.cell(c))),
            // Jira writes work in seconds.
            estimate_hours: words::number(text(estimate)).map(|seconds| seconds / 3600.0),
            actual_hours: words::number(text(spent)).map(|seconds| seconds / 3600.0),
            team: text(team).to_owned(),
            project: text(project).to_owned(),
            epic: text(epic).to_owned(),
            owners: words::list(text(assignee), ';'),
            labels: labels
                .iter()
                .map(|&c| row.cell(c))
                .filter(|l| !l.is_empty())
                .map(str::to_owned)
                .collect(),
            blocked: !text(flagged).is_empty(),
            url: text(url).to_owned(),
            ..Item::default()
        };
        item.stage = stage(text(status), text(category), text(resolution), item.finished.is_some());
        if item.finished.is_none() && matches!(item.stage, Some(Stage::Done | Stage::Cancelled)) {
            item.finished = rows.moment(row, category_changed);
            if item.finished.is_some() && item.stage == Some(Stage::Done) {
                rows.note(WarningKind::FinishDateFromStatusChange, row, &item.key);
            }
        }
        rows.push(row, item);
    }
    Ok(rows.finish())
}

/// Jira's status category is its own word on the stage and goes before the status's name; a
/// resolution like "Won't Do" makes a done item a cancelled one. What a status of a team's own is
/// likely to mean is asked only where no resolution date says more.
fn stage(status: &str, category: &str, resolution: &str, resolved: bool) -> Option<Stage> {
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
