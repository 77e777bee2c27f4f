//! Shortcut (once Clubhouse), "Export stories as CSV".
//!
//! Format: no public specification; the columns of three generations (2020, 2022, 2024) are matched
//! by name, any subset in any order. Times are `YYYY/MM/DD HH:MM:SS`, local to the `utc_offset` of
//! their own row, so they are instants.
//!
//! Not recorded: when a story moved between states other than started and completed, so there is no
//! time in stage; when it was blocked; the dates of iterations. A story dragged straight to done has
//! no start. An archived story that was not completed was given up.

use jiff::tz::Offset;

use crate::model::{Item, Kind, Moment, Stage};

use super::rows::{Columns, Rows};
use super::{Confidence, ImportError, Imported, Importer, Source, dates, words};

pub static SHORTCUT_CSV: Importer = Importer { id: "shortcut-csv", label: "Shortcut CSV", sniff, read };

fn sniff(source: &Source) -> Confidence {
    let table = &source.table;
    let telling = [
        "iscompleted",
        "completedat",
        "movedat",
        "utcoffset",
        "isarchived",
        "isblocked",
        "isablocker",
        "epiclabels",
        "externalticketcount",
        "workflow",
    ];
    let told = telling.iter().filter(|name| table.has(&[name])).count();
    if table.has(&["id", "name"]) && told >= 3 { Confidence::Sure } else { Confidence::No }
}

fn read(source: &Source) -> Result<Imported, ImportError> {
    let table = &source.table;
    let column = |names: &[&str]| table.column(names);
    let missing =
        |column| ImportError::MissingColumn { importer: "Shortcut", column, found: table.headers.clone() };
    let key = column(&["id"]).ok_or_else(|| missing("id"))?;
    let title = column(&["name"]);
    let type_name = column(&["type"]);
    let state = column(&["state"]);
    let is_completed = column(&["iscompleted"]);
    let is_archived = column(&["isarchived"]);
    let created = column(&["createdat"]);
    let started = column(&["startedat"]);
    let completed = column(&["completedat"]);
    let moved = column(&["movedat"]);
    let utc_offset = column(&["utcoffset"]);
    let estimate = column(&["estimate"]);
    let owners = column(&["owners"]);
    let labels = column(&["labels"]);
    let team = column(&["team"]);
    let project = column(&["project"]);
    let epic = column(&["epic"]);
    let blocked = column(&["isblocked"]);

    let columns = Columns {
        status: state.or(is_completed),
        created,
        started,
        finished: completed,
        // That a story is archived, or no longer, is what says that it was given up.
        cancelled: is_archived,
        stand_in: moved,
        blocked,
        owners,
        labels,
    };
    let mut rows = Rows::new(source, columns);
    for row in &table.rows {
        let text = |column: Option<usize>| column.map(|c| row.cell(c)).unwrap_or_default();
        let offset = dates::offset(text(utc_offset));
        let mut moment = |column| in_offset(rows.moment(row, column), offset);
        let finished = moment(completed);
        let archived = words::is_yes(text(is_archived));
        // Shortcut's own word goes before a date left over from before a story was reopened.
        let done = match is_completed {
            Some(column) => words::is_yes(row.cell(column)),
            None => finished.is_some(),
        };
        let stage = match words::stage(text(state)).or_else(|| words::likely_stage(text(state))) {
            _ if done => Some(Stage::Done),
            _ if archived => Some(Stage::Cancelled),
            // A state called "Closed" that Shortcut doesn't count as completed is none, and a date in
            // spite of it is left over.
            Some(Stage::Done) | None if finished.is_some() => Some(Stage::InProgress),
            Some(Stage::Done) if is_completed.is_some() => None,
            stage => stage,
        };
        let item = Item {
            key: row.cell(key).to_owned(),
            title: text(title).to_owned(),
            kind: match text(type_name) {
                "feature" => Kind::Feature,
                "bug" => Kind::Bug,
                "chore" => Kind::Chore,
                other => words::kind(other),
            },
            type_name: text(type_name).to_owned(),
            status: text(state).to_owned(),
            stage,
            created: moment(created),
            started: moment(started),
            finished,
            cancelled: if stage == Some(Stage::Cancelled) { moment(moved) } else { None },
            points: words::number(text(estimate)),
            team: text(team).to_owned(),
            project: text(project).to_owned(),
            epic: text(epic).to_owned(),
            owners: words::list(text(owners), ';'),
            labels: words::list(text(labels), ';'),
            blocked: words::is_yes(text(blocked)),
            ..Item::default()
        };
        rows.push(row, item);
    }
    Ok(rows.finish())
}

fn in_offset(moment: Option<Moment>, offset: Option<Offset>) -> Option<Moment> {
    match (moment, offset) {
        (Some(Moment::Local(at)), Some(offset)) => dates::at_offset(at, offset).ok(),
        (moment, _) => moment,
    }
}
