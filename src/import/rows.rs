//! Rows -> items, for every importer that reads a table: keys, duplicates, dates and what was odd.

use std::collections::HashMap;

use crate::model::{Item, Moment, WarningKind};

use super::dates::{self, DateTrouble, Evidence, Order};
use super::log::Log;
use super::table::Row;
use super::{Imported, Source};

/// Reads the rows of a table one by one.
pub struct Rows<'a> {
    source: &'a Source<'a>,
    order: Order,
    decided: bool,
    log: Log,
    items: Vec<Item>,
    by_key: HashMap<String, usize>,
    skipped: u32,
}

impl<'a> Rows<'a> {
    /// `dates` are the columns that hold dates; together they decide the order of day and month.
    pub fn new(source: &'a Source<'a>, dates: &[Option<usize>]) -> Rows<'a> {
        let rows = &source.table.rows;
        let evidence =
            dates.iter().flatten().map(|&column| Evidence::of(rows.iter().map(|row| row.cell(column))));
        let evidence = evidence.fold(Evidence::default(), Evidence::and);
        let mut log = Log::new(source.name);
        if evidence.order().is_none() && evidence.unclear > 0 {
            for row in rows {
                let cells = dates.iter().flatten().map(|&column| row.cell(column));
                if let Some(cell) =
                    cells.into_iter().find(|&cell| Evidence::of([cell].into_iter()).unclear > 0)
                {
                    log.note(WarningKind::AmbiguousDateOrder, row.line, cell);
                }
            }
        }
        if let Some(line) = source.table.unclosed_quote {
            log.note(WarningKind::UnclosedQuote, line, "");
        }
        Rows {
            source,
            order: evidence.order().unwrap_or_default(),
            decided: evidence.day_first + evidence.month_first > 0,
            log,
            items: Vec::with_capacity(rows.len()),
            by_key: HashMap::with_capacity(rows.len()),
            skipped: 0,
        }
    }

    /// The moment in that cell; what can't be read is noted and empty.
    pub fn moment(&mut self, row: &Row, column: Option<usize>) -> Option<Moment> {
        let cell = row.cell(column?);
        match dates::read(cell, self.order) {
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
    /// the item it belongs to, unless project and creation say that it is another item.
    pub fn push(&mut self, row: &Row, mut item: Item) {
        item.line = row.line;
        if row.width() > self.source.table.headers.len() {
            self.log.note(WarningKind::LongRow, row.line, &item.key);
        }
        if item.key.is_empty() {
            self.skipped += 1;
            self.log.note(WarningKind::RowWithoutKey, row.line, &item.title);
            return;
        }
        if let Some(first) = self.first_of(&item.key)
            && first.project != item.project
            && first.created != item.created
        {
            self.log.note(WarningKind::KeyOfTwoProjects, row.line, &item.key);
            item.key = format!("{} {}", item.project, item.key);
        }
        match self.by_key.get(&item.key).and_then(|&i| self.items.get_mut(i)) {
            Some(first) => {
                self.log.note(WarningKind::DuplicateKey, row.line, &item.key);
                // What the first row said goes over what this one says.
                let said_first = std::mem::replace(first, item);
                first.update_with(said_first);
            }
            None => {
                self.by_key.insert(item.key.clone(), self.items.len());
                self.items.push(item);
            }
        }
    }

    fn first_of(&self, key: &str) -> Option<&Item> {
        self.by_key.get(key).and_then(|&i| self.items.get(i))
    }

    /// Everything read, and in words how.
    pub fn finish(self) -> Imported {
        let mut understood = vec![self.source.encoding, self.source.table.delimiter_name()];
        if self.decided {
            understood.push(match self.order {
                Order::DayFirst => "day before month",
                Order::MonthFirst => "month before day",
            });
        }
        Imported {
            items: self.items,
            warnings: self.log.into_warnings(),
            skipped: self.skipped,
            understood: understood.join(", "),
        }
    }
}
