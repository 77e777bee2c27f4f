//! Trello, a board exported as CSV (a paid plan's export; every board exports JSON, which says more).
//!
//! Format: no public specification; columns as four independent importers read them.
//!
//! Not recorded: when a card was moved, so neither start nor finish is known. *Created* is in the card's
//! id, whose first eight digits are seconds since 1970. An archived card was given up, unless it lies in a
//! list that means done.

use crate::model::{Fact, Moment, Stage};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads, words};

pub static TRELLO_CSV: Importer = Importer {
    id: "trello-csv",
    label: "Trello CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

fn sniff(table: &Table) -> Confidence {
    if table.has(&["cardid", "listname"]) { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["cardid"]),
            (Fact::Title, &["cardname"]),
            (Fact::Status, &["listname"]),
            (Fact::Project, &["boardname"]),
            (Fact::Owners, &["members"]),
            (Fact::Due, &["duedate"]),
            (Fact::Labels, &["labels"]),
            (Fact::Url, &["cardurl"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    rows.separator = Some(',');
    let archived = rows.table.column(&["archived"]);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        item.created = created(&item.key);
        // `Urgent (red)`.
        for label in &mut item.labels {
            let plain = label.rsplit_once(" (").filter(|(_, colour)| colour.ends_with(')'));
            if let Some(name) = plain.map(|(name, _)| name.to_owned()) {
                *label = name;
            }
        }
        let is_archived = archived.is_some_and(|column| words::is_yes(row.cell(column)));
        if is_archived && item.stage != Some(Stage::Done) {
            item.stage = Some(Stage::Cancelled);
        }
        rows.push(row, item);
    }))
}

/// When the object of that id was made.
pub(super) fn created(id: &str) -> Option<Moment> {
    let seconds = i64::from_str_radix(id.get(..8)?, 16).ok()?;
    jiff::Timestamp::from_second(seconds).ok().filter(|_| id.len() == 24).map(Moment::Instant)
}
