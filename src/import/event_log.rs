//! An event log: one row a step of a case, with the activity and its time, as process-mining tools write
//! (Disco, Celonis, ProM), or a tracker's changes of status.
//!
//! Format: IEEE 1849 (XES) names, `case:concept:name`, `concept:name`, `time:timestamp`, and the plain ones
//! people use. A case is an item, its activities are the statuses it went through.
//!
//! Assumed: an activity with a word that everyone uses means that; of the others one that ends its case in
//! at least 95 % of at least five cases means done, and every other is in progress. Not recorded: when a
//! case was created, unless its first activity is one before the start.

use std::collections::HashMap;

use crate::model::{Fact, Item, Stage, StatusChange, WarningKind};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, words};

pub static EVENT_LOG: Importer = Importer {
    id: "event-log",
    label: "event log",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

const CASE: &[&str] = &["caseconceptname", "caseid", "case", "traceid", "casekey"];
const ACTIVITY: &[&str] = &["conceptname", "activity", "activityname", "event", "eventname"];
const TIME: &[&str] = &[
    "timetimestamp",
    "timestamp",
    "completetimestamp",
    "endtimestamp",
    "eventtime",
    "time",
    "starttimestamp",
    "datetime",
    "date",
];
/// What a list of changes calls them.
const ITEM: &[&str] = &["key", "issuekey", "issue", "id", "ticket", "item", "itemid"];
const STEP: &[&str] = &["tostatus", "newstatus", "tostate", "newstate", "to", "status", "state"];
const MOMENT: &[&str] =
    &["changedat", "changed", "changedate", "changedon", "at", "movedat", "transitiondate"];

fn sniff(table: &Table) -> Confidence {
    let has = |names: &[&str]| table.column(names).is_some();
    if has(CASE) && has(ACTIVITY) && has(TIME) {
        return Confidence::Sure;
    }
    let (Some(item), true) = (table.column(ITEM), has(STEP)) else { return Confidence::No };
    if !has(MOMENT) && !has(&["timestamp"]) {
        return Confidence::No;
    }
    // A list of changes names its items again and again.
    let looked_at: Vec<&str> = table.rows().take(500).map(|row| row.cell(item)).collect();
    let different: std::collections::HashSet<&str> = looked_at.iter().copied().collect();
    if different.len() * 10 <= looked_at.len() * 7 { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    let mut columns = Columns::named(
        table,
        &[
            (Fact::Key, &[CASE, ITEM].concat()),
            (Fact::Status, &[ACTIVITY, STEP].concat()),
            // The day of a step, until it is known which.
            (Fact::Created, &[TIME, MOMENT].concat()),
            (Fact::Team, &["team", "caseteam"]),
            (Fact::Project, &["project", "caseproject"]),
        ],
    );
    for fact in [Fact::Key, Fact::Status, Fact::Created] {
        columns.set(fact, columns.first(fact).into_iter().collect());
    }
    columns
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let [case, activity, time] =
        [Fact::Key, Fact::Status, Fact::Created].map(|fact| rows.columns.first(fact));
    let (Some(case), Some(activity), Some(time)) = (case, activity, time) else {
        let found = rows.table.headers.clone();
        return Err(ImportError::MissingColumn { importer: EVENT_LOG.label, column: "timestamp", found });
    };
    rows.items.steps = true;
    let table = rows.table;
    // The last step of each case, by time where the rows have no order.
    let mut last: HashMap<&str, (Option<crate::model::Moment>, &str)> = HashMap::new();
    let mut cases: HashMap<&str, u32> = HashMap::new();
    for row in table.rows() {
        let at = rows.read(row, time).ok().flatten();
        *cases.entry(row.cell(activity)).or_default() += 1;
        let later = last.get(row.cell(case)).is_none_or(|(known, _)| is_not_before(at, *known));
        if later {
            last.insert(row.cell(case), (at, row.cell(activity)));
        }
    }
    let mut ends: HashMap<&str, u32> = HashMap::new();
    for (_, activity) in last.into_values() {
        *ends.entry(activity).or_default() += 1;
    }
    for (activity, count) in cases {
        let ended = ends.get(activity).copied().unwrap_or_default();
        let known = words::stage(activity).or_else(|| words::likely_stage(activity));
        let is_end = ended >= 5 && ended * 100 >= count * 95;
        rows.items.means(activity, known.unwrap_or(if is_end { Stage::Done } else { Stage::InProgress }));
    }
    Ok(Box::new(move |rows, row| {
        let (key, to) = (row.cell(case), row.cell(activity));
        if words::is_nothing(key) || words::is_nothing(to) {
            return rows.items.skip(WarningKind::RowWithoutKey, row.line, key);
        }
        let Some(at) = rows.moment(row, Some(time)) else {
            return rows.items.skip(WarningKind::UnreadableRow, row.line, key);
        };
        let text = |fact| rows.text(row, fact).to_owned();
        let item = Item {
            key: key.to_owned(),
            line: row.line,
            team: text(Fact::Team),
            project: text(Fact::Project),
            history: vec![StatusChange { at, to: to.to_owned() }],
            ..Item::default()
        };
        rows.items.push(item);
    }))
}

fn is_not_before(one: Option<crate::model::Moment>, other: Option<crate::model::Moment>) -> bool {
    let change = |at| StatusChange { at, to: String::new() };
    match (one, other) {
        (Some(one), Some(other)) => {
            let mut both = [change(other), change(one)];
            crate::model::sort(&mut both);
            both[1].at == one
        }
        (one, other) => one.is_some() || other.is_none(),
    }
}
