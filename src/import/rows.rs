//! Rows -> items, for every importer that reads a table: keys, duplicates, dates and what was odd.

use std::collections::HashMap;

use jiff::tz::Offset;

use crate::model::{ByKey, Found, Item, Knows, Log, Moment, WarningKind};

use super::dates::{self, DateTrouble, Evidence, Order};
use super::table::Row;
use super::{Imported, Source, words};

/// The columns an importer found for the facts that all items share.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns {
    pub status: Option<usize>,
    pub created: Option<usize>,
    pub started: Option<usize>,
    pub finished: Option<usize>,
    pub cancelled: Option<usize>,
    /// Another date that stands in for one of these.
    pub stand_in: Option<usize>,
    pub blocked: Option<usize>,
    pub owners: Option<usize>,
    pub labels: Option<usize>,
}

/// Reads the rows of a table one by one.
pub struct Rows<'a> {
    source: &'a Source<'a>,
    columns: Columns,
    /// Of each column with dates, by its index.
    orders: HashMap<usize, Order>,
    decided: Option<Order>,
    log: Log,
    items: Vec<Item>,
    by_key: ByKey,
    skipped: u32,
}

impl<'a> Rows<'a> {
    /// Decides the order of day and month, for each column from its own cells, or where those fit both
    /// from all dates of the file.
    pub fn new(source: &'a Source<'a>, columns: Columns) -> Rows<'a> {
        let rows = &source.table.rows;
        let Columns { created, started, finished, cancelled, stand_in, .. } = columns;
        let dated: Vec<usize> =
            [created, started, finished, cancelled, stand_in].into_iter().flatten().collect();
        let evidence = |column: usize| Evidence::of(rows.iter().map(|row| row.cell(column)));
        let evidence: Vec<(usize, Evidence)> =
            dated.into_iter().map(|column| (column, evidence(column))).collect();
        let whole = evidence.iter().fold(Evidence::default(), |sum, (_, evidence)| sum.and(*evidence));
        let mut log = Log::new(source.name);
        for (column, evidence) in &evidence {
            let guessed = evidence.order().or(whole.order()).is_none();
            if evidence.unclear > 0 && (guessed || evidence.is_mixed()) {
                for row in rows {
                    let cell = row.cell(*column);
                    if Evidence::of([cell].into_iter()).unclear > 0 {
                        log.note(WarningKind::AmbiguousDateOrder, row.line, cell);
                    }
                }
            }
        }
        if let Some(line) = source.table.unclosed_quote {
            log.note(WarningKind::UnclosedQuote, line, "");
        }
        let order = |evidence: &Evidence| evidence.order().or(whole.order()).unwrap_or_default();
        Rows {
            source,
            columns,
            orders: evidence.iter().map(|(column, evidence)| (*column, order(evidence))).collect(),
            decided: whole.order(),
            log,
            items: Vec::with_capacity(rows.len()),
            by_key: ByKey::of(&[]),
            skipped: 0,
        }
    }

    /// The moment in that cell; what can't be read is noted and empty. A column whose name says UTC
    /// holds instants.
    pub fn moment(&mut self, row: &Row, column: Option<usize>) -> Option<Moment> {
        let column = column?;
        let cell = row.cell(column);
        let order = self.orders.get(&column).copied().unwrap_or_default();
        match dates::read(cell, order) {
            Ok(Some(Moment::Local(at))) if self.source.table.is_utc(column) => {
                dates::at_offset(at, Offset::UTC).ok()
            }
            Ok(moment) => moment,
            Err(trouble) => {
                let kind = match trouble {
                    DateTrouble::Unreadable => WarningKind::UnreadableDate,
                    DateTrouble::Implausible => WarningKind::ImplausibleDate,
                };
                self.log.note(kind, row.line, cell);
                None
            }
        }
    }

    /// Counts a row as odd.
    pub fn note(&mut self, kind: WarningKind, row: &Row, what: &str) {
        self.log.note(kind, row.line, what);
    }

    /// Takes the item of a row. A row without a key is skipped; a key seen before fills the gaps of
    /// the item it belongs to, unless it must be other work.
    pub fn push(&mut self, row: &Row, mut item: Item) {
        item.line = row.line;
        if row.width() > self.source.table.headers.len() {
            self.log.note(WarningKind::LongRow, row.line, &item.key);
        }
        if words::is_nothing(&item.key) {
            self.skipped += 1;
            self.log.note(WarningKind::RowWithoutKey, row.line, &item.title);
            return;
        }
        match self.by_key.find(&self.items, &item) {
            Found::Same(i) => {
                self.log.note(WarningKind::DuplicateKey, row.line, &item.key);
                if let Some(first) = self.items.get_mut(i) {
                    // What the first row said goes over what this one says.
                    let said_first = std::mem::replace(first, item);
                    first.update_with(said_first, Knows::default());
                }
            }
            Found::Other { key } => {
                self.log.note(WarningKind::KeyOfTwoItems, row.line, &item.key);
                self.by_key.push(&mut self.items, Item { key, ..item });
            }
            Found::None => self.by_key.push(&mut self.items, item),
        }
    }

    /// Everything read, and in words how.
    pub fn finish(self) -> Imported {
        let c = self.columns;
        let knows = Knows {
            status: c.status.is_some(),
            created: c.created.is_some(),
            started: c.started.is_some(),
            finished: c.finished.is_some(),
            cancelled: c.cancelled.is_some(),
            blocked: c.blocked.is_some(),
            owners: c.owners.is_some(),
            labels: c.labels.is_some(),
        };
        let mut understood = vec![self.source.encoding, self.source.table.delimiter_name()];
        if let Some(order) = self.decided {
            understood.push(match order {
                Order::DayFirst => "day before month",
                Order::MonthFirst => "month before day",
            });
        }
        let named = [
            ("created", c.created),
            ("started", c.started),
            ("finished", c.finished),
            ("cancelled", c.cancelled),
        ];
        let header = |column: Option<usize>| column.and_then(|column| self.source.table.headers.get(column));
        let columns = named.iter().filter_map(|(fact, column)| Some(format!("{fact}: {}", header(*column)?)));
        Imported {
            columns: columns.collect(),
            items: self.items,
            knows,
            warnings: self.log.into_warnings(),
            skipped: self.skipped,
            understood: understood.join(", "),
        }
    }
}
