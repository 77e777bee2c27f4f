//! Any table whose columns have names we know, or that the user named: one row an item, or several rows
//! an item where they share its key.
//!
//! The columns are found by name, in the words of trackers and of hand-made sheets. What such a file does
//! not say is not assumed: no start date means no cycle time. Work in hours is read only where the
//! column's name says hours.

use crate::model::{Fact, Order, Stage};

use super::dates;
use super::rows::{Columns, Rows, TakeRow, Unit};
use super::table::Table;
use super::words;
use super::{Confidence, ImportError, Importer, Reads};

pub static GENERIC: Importer = Importer {
    id: "generic",
    label: "table",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

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
    "issue",
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
    "description",
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
const ESTIMATE: &[&str] = &[
    "hoursestimate",
    "estimatedhours",
    "estimatehours",
    "estimatedtime",
    "estimateddays",
    "estimatedays",
    "daysestimate",
    "daysestimated",
    "originalestimate",
    "timeoriginalestimate",
    "timeestimate",
];
const ACTUAL: &[&str] = &[
    "hoursactual",
    "actualhours",
    "spenthours",
    "hoursspent",
    "spenttime",
    "actualdays",
    "daysactual",
    "daysspent",
    "timespent",
];
/// Members of Jira's REST answers, where work is in seconds. Tables made of them often call the original estimate
/// by the name that Jira has for the one that remains.
const IN_SECONDS: &[&str] = &["timeoriginalestimate", "timeestimate", "timespent"];

/// Whether a table with these columns says anything that numbers can be made of.
fn sniff(table: &Table) -> Confidence {
    let columns = columns(table);
    let dated = [Fact::Created, Fact::Started, Fact::Finished].iter().any(|fact| columns.has(*fact));
    // A list of tasks whose dates are in another file.
    let listed = columns.has(Fact::Key) && columns.has(Fact::Status);
    if dated || listed { Confidence::Maybe } else { Confidence::No }
}

/// The columns by the names that tables like this have.
pub(super) fn columns(table: &Table) -> Columns {
    let plans = table.column(PLANS).is_some();
    let or_sheets = |names: &[&'static str], sheets: &[&'static str]| -> Vec<&str> {
        names.iter().chain(sheets.iter().filter(|_| !plans)).copied().collect()
    };
    let mut columns = Columns::named(
        table,
        &[
            (Fact::Key, KEY),
            (Fact::Title, TITLE),
            (Fact::Status, STATUS),
            (Fact::Type, TYPE),
            (Fact::Points, POINTS),
            (Fact::Estimate, ESTIMATE),
            (Fact::Actual, ACTUAL),
            (Fact::Size, &["tshirtsize", "tshirt", "shirtsize"]),
            (Fact::Team, &["team", "teamname", "squad", "areapath"]),
            (Fact::Area, &["component", "components", "area", "productarea", "module", "subsystem"]),
            (
                Fact::Project,
                &["project", "projectname", "projectcode", "repo", "repository", "reponame", "projekt"],
            ),
            (Fact::Epic, &["epic", "epicname", "parent", "parenttitle", "parentissue", "milestone"]),
            (
                Fact::Owners,
                &["assignee", "assignees", "assignedto", "owner", "owners", "ownedby", "zugewiesenan"],
            ),
            (Fact::Labels, &["labels", "label", "tags", "tag"]),
            (Fact::Blocked, &["blocked", "isblocked"]),
            (Fact::Due, &["due", "duedate", "deadline", "dueon"]),
            (Fact::Iteration, &["sprint", "iteration", "cycle", "iterationpath"]),
            (Fact::Url, &["url", "link", "weburl", "htmlurl"]),
        ],
    );
    // One column a fact: `id` beside `key` is another name, not another value.
    let single = [Fact::Key, Fact::Title, Fact::Status, Fact::Type, Fact::Points, Fact::Owners];
    for fact in single.into_iter().chain([Fact::Estimate, Fact::Actual]) {
        columns.set(fact, columns.first(fact).into_iter().collect());
    }
    columns.set(Fact::Created, dated(table, CREATED));
    columns.set(Fact::Started, dated(table, &or_sheets(STARTED, STARTED_OR_PLANNED)));
    columns.set(Fact::Finished, dated(table, &or_sheets(FINISHED, FINISHED_OR_PLANNED)));
    columns.set(Fact::Cancelled, dated(table, CANCELLED));
    columns
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let category = rows.table.column(&["statuscategory"]);
    let named = |fact| rows.columns.first(fact).and_then(|column| rows.table.headers.get(column));
    // As written: a sheet's own "Time Spent" is in hours.
    let is_jiras = |header: &String| IN_SECONDS.contains(&header.as_str());
    if [Fact::Estimate, Fact::Actual].into_iter().filter_map(named).all(is_jiras) {
        rows.unit = Unit::Seconds;
    }
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        // Lists as some programs write them: `['ui', 'api']`.
        for label in item.labels.iter_mut().chain(&mut item.areas) {
            let bare = label.trim_matches(['[', ']', '\'', '"', ' ']).to_owned();
            *label = bare;
        }
        item.labels.retain(|label| !label.is_empty());
        item.areas.retain(|area| !area.is_empty());
        let of_category = category.and_then(|column| words::stage(row.cell(column)));
        item.stage = of_category.or(item.stage);
        let given_up = item.cancelled.is_some();
        item.stage = if given_up { Some(Stage::Cancelled) } else { item.stage };
        rows.push(row, item);
    }))
}

/// The first of these columns in which any cell is a date: `closed` may be a yes or no beside
/// `closedAt`. If none has any, the first.
fn dated(table: &Table, names: &[&str]) -> Vec<usize> {
    let columns = table.columns(names);
    let has_date = |column: &&usize| {
        table.rows().any(|row| matches!(dates::read(row.cell(**column), Order::DayFirst), Ok(Some(_))))
    };
    columns.iter().find(has_date).or(columns.first()).copied().into_iter().collect()
}
