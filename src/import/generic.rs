//! Any table whose columns have names we know: one row an item, or several rows an item where they
//! share its key.
//!
//! The columns are found by name, in the words of Azure DevOps, GitLab, Linear, Pivotal Tracker,
//! Asana and of hand-made sheets. What such a file does not say is not assumed: no start date means
//! no cycle time. Work in hours is read only where the column's name says hours.

use crate::model::{Item, Kind, Stage};

use super::dates::{self, Order};
use super::rows::{Columns, Rows};
use super::table::Table;
use super::words;
use super::{Confidence, ImportError, Imported, Importer, Source};

pub static GENERIC: Importer = Importer { id: "generic", label: "table", sniff, read };

// Plain names (see `table::plain`); an earlier name wins over a later one.
const KEY: &[&str] = &[
    "key",
    "issuekey",
    "iid",
    "issueid",
    "id",
    "#",
    "tasknumber",
    "taskid",
    "ticket",
    "ticketid",
    "ticketnumber",
    "storyid",
    "workitemid",
    "itemid",
    "caseid",
    "number",
    "nr",
    "schlüssel",
    "vorgang",
];
const TITLE: &[&str] = &[
    "title",
    "summary",
    "subject",
    "name",
    "taskname",
    "storyname",
    "itemname",
    "story",
    "titel",
    "zusammenfassung",
];
const STATUS: &[&str] =
    &["status", "state", "currentstate", "statuscode", "statusname", "sectioncolumn", "listname"];
const TYPE: &[&str] = &[
    "workitemtype",
    "issuetype",
    "itemtype",
    "storytype",
    "tasktype",
    "tracker",
    "type",
    "kind",
    "subcategory",
    "issuename",
    "typ",
    "vorgangstyp",
];
const CREATED: &[&str] = &[
    "created",
    "createdat",
    "createdatutc",
    "createddate",
    "createdon",
    "creationdate",
    "datecreated",
    "opened",
    "openedat",
    "submitted",
    "reported",
    "arrived",
    "arrivaldate",
    "erstellt",
    "erstelltam",
];
const STARTED: &[&str] = &[
    "started",
    "startedat",
    "startedon",
    "starteddate",
    "activateddate",
    "activatedat",
    "actualstart",
    "actualstartdate",
    "inprogress",
    "inprogressat",
    "inprogressdate",
    "datestarted",
    "begun",
    "begonnen",
    "gestartet",
];
const FINISHED: &[&str] = &[
    "completed",
    "completedat",
    "completedon",
    "completeddate",
    "completiondate",
    "closed",
    "closedat",
    "closedatutc",
    "closedon",
    "closeddate",
    "finished",
    "finishedat",
    "finishedon",
    "finisheddate",
    "finishdate",
    "done",
    "doneat",
    "donedate",
    "datedone",
    "dateclosed",
    "datecompleted",
    "datefinished",
    "resolved",
    "resolvedat",
    "resolvedon",
    "resolveddate",
    "resolutiondate",
    "acceptedat",
    "delivered",
    "deliveredat",
    "delivereddate",
    "abgeschlossen",
    "fertiggestellt",
];
/// In a hand-made sheet the day work began; in a tracker's export the day it was planned to.
const STARTED_OR_PLANNED: &[&str] = &["startdate", "start"];
/// The like for the end.
const FINISHED_OR_PLANNED: &[&str] = &["enddate", "end"];
/// A table with one of these plans: what it calls a start is one that was meant to be.
const PLANS: &[&str] =
    &["duedate", "due", "duedatetext", "createdatutc", "targetdate", "sectioncolumn", "spacename", "tracker"];
const CANCELLED: &[&str] =
    &["canceled", "cancelled", "canceledat", "cancelledat", "canceleddate", "cancelleddate"];
const POINTS: &[&str] =
    &["storypoints", "points", "storypointestimate", "estimate", "effort", "size", "weight"];
const ESTIMATE_HOURS: &[&str] = &["hoursestimate", "estimatedhours", "estimatehours", "estimatedtime"];
const ACTUAL_HOURS: &[&str] = &["hoursactual", "actualhours", "spenthours", "hoursspent", "spenttime"];

fn sniff(source: &Source) -> Confidence {
    let has = |names: &[&str]| source.table.column(names).is_some();
    let dated = has(CREATED) || has(STARTED) || has(FINISHED) || has(STARTED_OR_PLANNED);
    // A list of tasks whose dates are in another file.
    let listed = has(KEY) && has(STATUS);
    if dated || listed { Confidence::Maybe } else { Confidence::No }
}

fn read(source: &Source) -> Result<Imported, ImportError> {
    let table = &source.table;
    let column = |names: &[&str]| table.column(names);
    let key = column(KEY);
    let title = column(TITLE);
    let status = column(STATUS);
    let azure_devops = table.has(&["workitemtype", "closeddate"]);
    let category = column(&["statuscategory"]);
    let type_name = column(TYPE);
    let plans = table.column(PLANS).is_some();
    let or_sheets = |names: &[&'static str], sheets: &[&'static str]| -> Vec<&str> {
        names.iter().chain(sheets.iter().filter(|_| !plans)).copied().collect()
    };
    let created = dated(table, CREATED);
    let started = dated(table, &or_sheets(STARTED, STARTED_OR_PLANNED));
    let finished = dated(table, &or_sheets(FINISHED, FINISHED_OR_PLANNED));
    let cancelled = dated(table, CANCELLED);
    let points = column(POINTS);
    let estimate_hours = column(ESTIMATE_HOURS);
    let actual_hours = column(ACTUAL_HOURS);
    let team = column(&["team", "teamname", "areapath"]);
    let project = column(&["project", "projectname", "projectcode", "repo", "repository", "reponame"]);
    let epic = column(&["epic", "epicname", "parent", "parenttitle", "parentissue", "milestone"]);
    let owners = column(&["assignee", "assignees", "assignedto", "owner", "owners", "ownedby"]);
    let labels = column(&["labels", "tags"]);
    let blocked = column(&["blocked", "isblocked"]);
    let url = column(&["url", "link", "weburl"]);

    let columns =
        Columns { status, created, started, finished, cancelled, blocked, owners, labels, stand_in: None };
    let mut rows = Rows::new(source, columns);
    for row in &table.rows {
        let text = |column: Option<usize>| column.map(|c| row.cell(c)).unwrap_or_default();
        let words_of = |column| words::list(text(column), list_separator(text(column)));
        let labels = words_of(labels);
        let type_name = text(type_name);
        let kind = match words::kind(type_name) {
            Kind::Other => words::kind_of_labels(&labels),
            kind => kind,
        };
        let finished = rows.moment(row, finished);
        let status_text = Some(text(status)).filter(|text| !words::is_nothing(text)).unwrap_or_default();
        let stage = match status_text {
            // In Azure DevOps "Resolved" waits for its tests; only "Closed" is done.
            "Resolved" if azure_devops => Some(Stage::InProgress),
            status => words::stage(text(category))
                .or_else(|| words::stage(status))
                .or_else(|| words::likely_stage(status).filter(|_| finished.is_none())),
        };
        let item = Item {
            key: key
                .map_or_else(|| format!("{} row {}", source.name, row.line), |key| row.cell(key).to_owned()),
            title: unguarded(text(title)).to_owned(),
            kind,
            type_name: type_name.to_owned(),
            status: status_text.to_owned(),
            stage,
            created: rows.moment(row, created),
            started: rows.moment(row, started),
            finished,
            cancelled: rows.moment(row, cancelled),
            points: words::number(text(points)).filter(|&points| points >= 0.0),
            estimate_hours: words::number(text(estimate_hours)),
            actual_hours: words::number(text(actual_hours)),
            team: text(team).to_owned(),
            project: text(project).to_owned(),
            epic: text(epic).to_owned(),
            owners: words_of(owners),
            labels,
            blocked: words::is_yes(text(blocked)),
            url: text(url).to_owned(),
            ..Item::default()
        };
        rows.push(row, item);
    }
    Ok(rows.finish())
}

/// The first of these columns in which any cell is a date: `closed` may be a yes or no beside
/// `closedAt`. If none has any, the first.
fn dated(table: &Table, names: &[&str]) -> Option<usize> {
    let columns = table.columns(names);
    let has_date = |column: &&usize| {
        table.rows.iter().any(|row| matches!(dates::read(row.cell(**column), Order::DayFirst), Ok(Some(_))))
    };
    columns.iter().find(has_date).or(columns.first()).copied()
}

/// Some trackers guard text against spreadsheet formulas with a leading apostrophe.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

fn list_separator(cell: &str) -> char {
    [';', '|'].into_iter().find(|&separator| cell.contains(separator)).unwrap_or(',')
}
