//! Rows -> items, for every importer that reads a table: which column says what, dates, numbers, lists.

use std::collections::BTreeMap;

use jiff::tz::Offset;
use rustc_hash::FxHashMap;

use crate::model::{Fact, Hints, Item, Kind, Knows, Moment, Order, Stage, WarningKind};

use crate::order::InOrder;
use crate::pace::Pace;

use super::dates::{self, DateTrouble, Evidence};
use super::items::Items;
use super::table::{Row, Table};
use super::words::{self, DecimalMarks};

/// The columns of each fact, the one that counts first.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns([Vec<usize>; Fact::ALL.len()]);

impl Columns {
    /// The columns of those plain names (see [`super::table::plain`]); an earlier name wins.
    pub fn named(table: &Table, names: &[(Fact, &[&str])]) -> Columns {
        let mut columns = Columns(Default::default());
        for (fact, names) in names {
            columns.set(*fact, table.columns(names));
        }
        columns
    }

    pub fn first(&self, fact: Fact) -> Option<usize> {
        self.all(fact).first().copied()
    }

    pub fn all(&self, fact: Fact) -> &[usize] {
        &self.0[fact as usize]
    }

    pub fn has(&self, fact: Fact) -> bool {
        self.first(fact).is_some()
    }

    pub fn set(&mut self, fact: Fact, columns: Vec<usize>) {
        self.0[fact as usize] = columns;
    }

    /// Lets what the user said go over what was found. Columns the table does not have are passed over.
    pub fn overrule(&mut self, table: &Table, said: &BTreeMap<Fact, Vec<String>>) {
        for (fact, names) in said {
            let of = |name: &String| {
                let name = name.clone();
                table.headers.iter().enumerate().filter(move |(_, have)| **have == name).map(|(i, _)| i)
            };
            self.set(*fact, names.iter().flat_map(of).collect());
        }
    }

    /// What a column was taken for.
    pub fn fact_of(&self, column: usize) -> Option<Fact> {
        Fact::ALL.iter().copied().find(|fact| self.all(*fact).contains(&column))
    }
}

/// What work is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    /// Of work: eight hours each.
    Days,
}

impl Unit {
    /// What the name of a column says that its numbers are, if it does.
    fn named(header: &str) -> Option<Unit> {
        let name = super::table::plain(header);
        // At an end: a "percentage" has no days in it.
        let says = |words: &[&str]| words.iter().any(|word| name.starts_with(word) || name.ends_with(word));
        match () {
            () if says(&["milliseconds"]) => Some(Unit::Milliseconds),
            () if says(&["seconds"]) => Some(Unit::Seconds),
            () if says(&["minutes"]) => Some(Unit::Minutes),
            () if says(&["hours", "stunden", "heures", "horas"]) => Some(Unit::Hours),
            () if says(&["days", "personentage", "arbeitstage"]) => Some(Unit::Days),
            () => None,
        }
    }

    /// How many make an hour.
    fn an_hour(self) -> f64 {
        match self {
            Unit::Hours => 1.0,
            Unit::Minutes => 60.0,
            Unit::Seconds => 3600.0,
            Unit::Milliseconds => 3_600_000.0,
            Unit::Days => 1.0 / crate::model::HOURS_A_DAY,
        }
    }
}

/// What an importer does with each row.
pub type TakeRow = Box<dyn for<'t> FnMut(&mut Rows<'t>, Row<'t>)>;

/// Reads the rows of a table one by one.
pub struct Rows<'t> {
    pub table: &'t Table,
    pub file: &'t str,
    pub columns: Columns,
    pub items: Items,
    /// What plain numbers of work are measured in, unless their column's name says it.
    pub unit: Unit,
    /// What the names of the columns with work say, by fact.
    units: [Option<Unit>; 2],
    /// What lists in a cell are joined by; found out from each cell where it is not known.
    pub separator: Option<char>,
    /// Of each column with dates.
    orders: Vec<(usize, Order)>,
    /// What the whole file's dates show, or the user said.
    pub order: Option<Order>,
    pub decimal: char,
    /// Whether a cell, or the user, says so.
    pub decimal_told: bool,
    /// Whether any time of day was read that names no zone.
    pub clock_without_zone: bool,
    /// What the words of the file mean, each looked up once: of a status surely and likely, of a type.
    stages: FxHashMap<&'t str, (Option<Stage>, Option<Stage>)>,
    kinds: FxHashMap<&'t str, Kind>,
}

/// The facts that are dates.
const DATES: [Fact; 5] = [Fact::Created, Fact::Started, Fact::Finished, Fact::Cancelled, Fact::Due];

impl<'t> Rows<'t> {
    /// Decides the order of day and month, for each column from its own cells, or where those fit both
    /// from all dates of the file; and the decimal mark. `more` are columns with dates beside those of the
    /// facts.
    pub async fn new(
        table: &'t Table,
        file: &'t str,
        columns: Columns,
        more: &[usize],
        hints: &Hints,
        pace: &Pace<'_>,
    ) -> Rows<'t> {
        let dated = DATES.into_iter().flat_map(|fact| columns.all(fact)).chain(more).copied();
        let mut dated: Vec<usize> = dated.collect();
        dated.order();
        dated.dedup();
        let mut evidence: Vec<(usize, Evidence)> =
            dated.into_iter().map(|column| (column, Evidence::default())).collect();
        let numbers = [Fact::Points, Fact::Estimate, Fact::Actual];
        let numbers: Vec<usize> = numbers.iter().flat_map(|fact| columns.all(*fact)).copied().collect();
        let mut marks = DecimalMarks::default();
        for (n, row) in table.rows().enumerate() {
            for (column, evidence) in &mut evidence {
                evidence.see(row.cell(*column));
            }
            for &column in &numbers {
                marks.see(row.cell(column));
            }
            if n % 256 == 0 {
                pace.at(n, table.len()).await;
            }
        }
        let whole = evidence.iter().fold(Evidence::default(), |sum, (_, evidence)| sum.and(*evidence));
        let mut items = Items::new(file);
        for (column, evidence) in evidence.iter().filter(|_| hints.order.is_none()) {
            let guessed = evidence.order().or(whole.order()).is_none();
            if evidence.unclear > 0 && (guessed || evidence.is_mixed()) {
                for (n, row) in table.rows().enumerate() {
                    let cell = row.cell(*column);
                    if Evidence::of([cell].into_iter()).unclear > 0 {
                        items.log.note(WarningKind::AmbiguousDateOrder, row.line, cell);
                    }
                    if n % 256 == 0 {
                        pace.at(n, table.len()).await;
                    }
                }
            }
        }
        if let Some(line) = table.unclosed_quote {
            items.log.note(WarningKind::UnclosedQuote, line, "");
        } else if let Some(line) = table.broken_off() {
            items.log.note(WarningKind::BrokenOff, line, "");
        }
        let said = |fact| {
            let header = columns.first(fact).and_then(|column| table.headers.get(column));
            header.and_then(|header| Unit::named(header))
        };
        let units = [said(Fact::Estimate), said(Fact::Actual)];
        let of = |evidence: &Evidence| hints.order.or(evidence.order()).or(whole.order()).unwrap_or_default();
        let usual = if table.delimiter == b';' { ',' } else { '.' };
        Rows {
            table,
            file,
            items,
            unit: Unit::Hours,
            units,
            separator: None,
            orders: evidence.iter().map(|(column, evidence)| (*column, of(evidence))).collect(),
            order: hints.order.or(whole.order()),
            decimal: hints.decimal.or(marks.told()).unwrap_or(usual),
            decimal_told: hints.decimal.or(marks.told()).is_some(),
            clock_without_zone: false,
            columns,
            stages: FxHashMap::default(),
            kinds: FxHashMap::default(),
        }
    }

    /// What the row says in the first column of that fact.
    pub fn text(&self, row: Row<'t>, fact: Fact) -> &'t str {
        self.columns.first(fact).map_or("", |column| row.cell(column))
    }

    /// The moment in the first column of that fact.
    pub fn moment_of(&mut self, row: Row<'t>, fact: Fact) -> Option<Moment> {
        self.moment(row, self.columns.first(fact))
    }

    /// The moment in that cell; what can't be read is noted and empty. A column whose name says UTC
    /// holds instants.
    pub fn moment(&mut self, row: Row<'t>, column: Option<usize>) -> Option<Moment> {
        let column = column?;
        match self.read(row, column) {
            Ok(moment) => {
                self.clock_without_zone |= matches!(moment, Some(Moment::Local(_)));
                moment
            }
            Err(trouble) => {
                let kind = match trouble {
                    DateTrouble::Unreadable => WarningKind::UnreadableDate,
                    DateTrouble::Implausible => WarningKind::ImplausibleDate,
                };
                self.items.log.note(kind, row.line, row.cell(column));
                None
            }
        }
    }

    /// The moment in that cell, for those who want no note of what can't be read.
    pub fn read(&self, row: Row<'t>, column: usize) -> Result<Option<Moment>, DateTrouble> {
        let order = self.orders.iter().find(|(of, _)| *of == column).map(|(_, order)| *order);
        match dates::read(row.cell(column), order.or(self.order).unwrap_or_default())? {
            Some(Moment::Local(at)) if self.table.is_utc(column) => {
                dates::at_offset(at, Offset::UTC).map(Some)
            }
            moment => Ok(moment),
        }
    }

    /// The first number, none below zero: some trackers write −1 for no estimate.
    fn number(&self, row: Row<'t>, fact: Fact) -> Option<f64> {
        let cells = self.columns.all(fact).iter().map(|&column| row.cell(column));
        cells.filter_map(|cell| words::number(cell, self.decimal)).find(|number| *number >= 0.0)
    }

    /// Hours of work: a number in the importer's unit, or a period like `1w 2d 3h`.
    fn hours(&self, row: Row<'t>, fact: Fact) -> Option<f64> {
        let [estimate, actual] = self.units;
        let said = if fact == Fact::Estimate { estimate } else { actual };
        let number = self.number(row, fact).map(|number| number / said.unwrap_or(self.unit).an_hour());
        number.or_else(|| words::period_hours(self.text(row, fact)))
    }

    /// The parts of all columns of that fact.
    pub fn list(&self, row: Row<'t>, fact: Fact) -> Vec<String> {
        let cells = self.columns.all(fact).iter().map(|&column| row.cell(column));
        let parts = cells.filter(|cell| !words::is_nothing(cell)).flat_map(|cell| {
            let separator = self.separator.unwrap_or_else(|| words::separator(cell));
            words::list(cell, separator)
        });
        parts.collect()
    }

    /// What the row says about its item, as far as every table's rows are alike. Where the status means
    /// nothing that everyone knows, its words may tell, unless there is a finish date, which tells more.
    pub fn item(&mut self, row: Row<'t>) -> Item {
        let status = Some(self.text(row, Fact::Status)).filter(|text| !words::is_nothing(text));
        let status = status.unwrap_or_default();
        let type_name = self.text(row, Fact::Type);
        let labels = self.list(row, Fact::Labels);
        let finished = self.moment_of(row, Fact::Finished);
        let (stage, likely) =
            *self.stages.entry(status).or_insert_with(|| (words::stage(status), words::likely_stage(status)));
        let kind = match *self.kinds.entry(type_name).or_insert_with(|| words::kind(type_name)) {
            Kind::Other => words::kind_of_labels(&labels),
            kind => kind,
        };
        let blocked = self.text(row, Fact::Blocked);
        let text = |fact| unguarded(self.text(row, fact)).to_owned();
        let sized = [Fact::Size, Fact::Points].into_iter().find_map(|fact| words::size(self.text(row, fact)));
        let size = sized.or_else(|| words::size_of_labels(&labels)).unwrap_or_default();
        Item {
            size: size.to_owned(),
            areas: self.list(row, Fact::Area),
            key: self.key(row),
            line: row.line,
            title: text(Fact::Title),
            kind,
            type_name: type_name.to_owned(),
            status: status.to_owned(),
            stage: stage.or(likely.filter(|_| finished.is_none())),
            points: self.number(row, Fact::Points),
            estimate_hours: self.hours(row, Fact::Estimate),
            actual_hours: self.hours(row, Fact::Actual),
            team: text(Fact::Team),
            project: text(Fact::Project),
            epic: text(Fact::Epic),
            parent: text(Fact::Parent),
            waits_for: self.list(row, Fact::WaitsFor),
            owners: self.list(row, Fact::Owners),
            labels,
            blocked: words::is_yes(blocked) || blocked.eq_ignore_ascii_case("impediment"),
            url: text(Fact::Url),
            finished,
            created: self.moment_of(row, Fact::Created),
            started: self.moment_of(row, Fact::Started),
            cancelled: self.moment_of(row, Fact::Cancelled),
            due: self.due(row),
            iterations: self.iterations(row),
            ..Item::default()
        }
    }

    /// The due date is a plan: one that can't be read is none, and no reason for a note.
    fn due(&self, row: Row<'t>) -> Option<Moment> {
        self.columns.first(Fact::Due).and_then(|column| self.read(row, column).ok().flatten())
    }

    /// One in each of its columns, which all have one name: a milestone beside a sprint is no later sprint. Their
    /// names may hold any separator.
    fn iterations(&self, row: Row<'t>) -> Vec<String> {
        let columns = self.columns.all(Fact::Iteration);
        let header = |column: usize| self.table.headers.get(column).map(|name| super::table::plain(name));
        let first = columns.first().and_then(|&column| header(column));
        let alike = columns.iter().filter(|&&column| header(column) == first);
        let cells = alike.map(|&column| row.cell(column).trim());
        let mut names: Vec<String> = Vec::new();
        for name in cells.filter(|cell| !words::is_nothing(cell)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    fn key(&self, row: Row<'t>) -> String {
        match self.columns.first(Fact::Key) {
            Some(column) => row.cell(column).to_owned(),
            None => format!("{} row {}", self.file, row.line),
        }
    }

    /// Takes a row's item.
    pub fn push(&mut self, row: Row<'t>, item: Item) {
        if row.width() > self.table.headers.len() {
            self.items.log.note(WarningKind::LongRow, row.line, &item.key);
        }
        self.items.push(item);
    }

    /// How the table was understood, in English words, for it is kept: "semicolon, day before month".
    pub fn understood(&self) -> Vec<&'static str> {
        let mut said = vec![self.table.delimiter_name()];
        said.extend(self.order.map(Order::english));
        said.extend((self.decimal_told && self.decimal == ',').then_some("decimal comma"));
        said
    }

    /// Which columns were taken for what, in English: "started: Activated Date".
    pub fn columns_in_words(&self) -> Vec<String> {
        let named = Fact::ALL.iter().filter_map(|fact| {
            let columns = self.columns.all(*fact).iter();
            let mut headers: Vec<&str> =
                columns.filter_map(|&column| self.table.headers.get(column)).map(String::as_str).collect();
            headers.dedup();
            let shown = if headers.len() > 3 { &headers[..3] } else { &headers };
            (!headers.is_empty()).then(|| format!("{}: {}", fact.english().to_lowercase(), shown.join(", ")))
        });
        named.collect()
    }

    /// What there is a column for.
    pub fn knows(&self) -> Knows {
        let has = |fact| self.columns.has(fact);
        Knows {
            status: has(Fact::Status),
            created: has(Fact::Created),
            started: has(Fact::Started),
            finished: has(Fact::Finished),
            cancelled: has(Fact::Cancelled),
            blocked: has(Fact::Blocked),
            owners: has(Fact::Owners),
            labels: has(Fact::Labels),
            due: has(Fact::Due),
            iterations: has(Fact::Iteration),
            history: false,
        }
    }
}

/// A done item whose finish is not said ended when something else about it last changed.
pub fn ended_by(rows: &mut Rows, line: u64, item: &mut Item, stand_in: Option<Moment>) {
    if item.finished.is_none() && matches!(item.stage, Some(Stage::Done | Stage::Cancelled)) {
        item.finished = stand_in;
        if item.finished.is_some() && item.stage == Some(Stage::Done) {
            rows.items.log.note(WarningKind::FinishDateFromStatusChange, line, &item.key);
        }
    }
}

/// Some trackers guard text against spreadsheet formulas with a leading apostrophe.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}
