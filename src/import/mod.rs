//! Text in, items out: one tracker a file, one line in [`IMPORTERS`].
//!
//! An importer is recognised by the content alone; a file's name is only shown. Whatever single
//! rows are like, the good ones are kept: trouble is a [`crate::model::Warning`], and an [`ImportError`]
//! means that there is nothing to show. What the user said about files of a shape goes before whatever
//! is found out.

mod asana_csv;
mod azure_csv;
mod clickup_csv;
mod dates;
mod error;
mod event_log;
mod generic;
mod github_json;
mod gitlab_csv;
pub mod ics;
mod items;
mod jira_csv;
mod jira_json;
mod json;
mod linear_csv;
mod pivotal_csv;
mod redmine_csv;
mod rows;
mod sheet;
mod shortcut_csv;
mod stage_dates;
mod table;
mod text;
mod throughput_series;
mod trello_csv;
mod trello_json;
mod words;
mod youtrack_csv;

pub use error::ImportError;
pub use sheet::is_workbook;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::model::{Encoding, Fact, Hints, Knows, Order, ReadFrom, WarningKind, Workspace};
use crate::pace::{Pace, straight};
use items::Items;
use json::Json;
use rows::{Columns, Rows, TakeRow};
use table::Table;

/// How sure an importer is that a file is its tracker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    No,
    /// Could be read, if nobody knows better.
    Maybe,
    Sure,
}

/// One tracker's export.
pub struct Importer {
    /// In reports and stored data: never changed.
    pub id: &'static str,
    /// As people call it.
    pub label: &'static str,
    reads: Reads,
}

/// What an importer reads, and how.
enum Reads {
    /// A table, row by row; out of a workbook too.
    Table {
        /// Whether the table is this tracker's.
        sniff: fn(&Table) -> Confidence,
        /// Which column says what.
        columns: fn(&Table) -> Columns,
        /// Plain names of columns with dates beside those of the facts.
        more_dates: &'static [&'static str],
        /// Gets ready for the rows. Broken is an error, never "not mine".
        begin: fn(&mut Rows) -> Result<TakeRow, ImportError>,
    },
    /// JSON, element by element.
    Json {
        /// Whether the document is this tracker's.
        sniff: fn(&Json) -> Confidence,
        /// What the document has a member for.
        knows: Knows,
        /// Which members were taken for what: "started: changelog".
        members: &'static [&'static str],
        /// Gets ready for the elements, and names the list they are in.
        begin: fn(&Json, &mut Items) -> Result<Elements, ImportError>,
    },
}

/// The name of a list, and what is done with its elements.
type Elements = (&'static str, TakeElement);

/// What an importer does with each element, given its line.
type TakeElement = Box<dyn FnMut(&mut Items, u64, &Value)>;

/// Every importer, most specific first. A new tracker is one file and one line here.
pub static IMPORTERS: &[&Importer] = &[
    &jira_csv::JIRA_CSV,
    &jira_json::JIRA_JSON,
    &shortcut_csv::SHORTCUT_CSV,
    &linear_csv::LINEAR_CSV,
    &github_json::GITHUB_JSON,
    &gitlab_csv::GITLAB_CSV,
    &azure_csv::AZURE_CSV,
    &trello_json::TRELLO_JSON,
    &trello_csv::TRELLO_CSV,
    &asana_csv::ASANA_CSV,
    &youtrack_csv::YOUTRACK_CSV,
    &redmine_csv::REDMINE_CSV,
    &pivotal_csv::PIVOTAL_CSV,
    &clickup_csv::CLICKUP_CSV,
    &throughput_series::THROUGHPUT_SERIES,
    &event_log::EVENT_LOG,
    &stage_dates::STAGE_DATES,
    &generic::GENERIC,
];

/// The importer of that id.
pub fn importer(id: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().copied().find(|importer| importer.id == id)
}

/// The importers of tables, for choosing by hand.
pub fn table_importers() -> impl Iterator<Item = &'static Importer> {
    IMPORTERS.iter().copied().filter(|importer| matches!(importer.reads, Reads::Table { .. }))
}

/// A file as the user gave it. Pasted text is a file too.
#[derive(Clone, Copy)]
pub struct File<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// What the user said about files, by their shape (see [`ReadFrom::shape`]).
pub type Readings = BTreeMap<String, Hints>;

/// A file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    pub file: String,
    pub error: ImportError,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.file, self.error, self.error.remedy())
    }
}

impl std::error::Error for FileError {}

/// Reads files in order into one workspace: items are joined by key, later files filling in and
/// updating what earlier ones said.
///
/// # Errors
/// The first file that can't be read. No part of the others is returned then.
pub fn read(files: &[File]) -> Result<Workspace, FileError> {
    let work = async {
        let mut workspace = Workspace::default();
        for file in files {
            let read = read_file(file, &Readings::default(), &Pace::STRAIGHT).await?;
            workspace.join(read, &Pace::STRAIGHT).await;
        }
        Ok(workspace)
    };
    // Nothing asks this work to pause, so there is always a result.
    straight(work).unwrap_or_else(|| Ok(Workspace::default()))
}

/// Reads one file, in steps.
///
/// # Errors
/// Why it can't be read.
pub async fn read_file(
    file: &File<'_>,
    readings: &Readings,
    pace: &Pace<'_>,
) -> Result<Workspace, FileError> {
    let failed = |error| FileError { file: file.name.to_owned(), error };
    read_one(file, readings, pace).await.map_err(failed)
}

/// A table taken out of a file, before anybody says what its columns mean.
struct Opened {
    table: Table,
    /// Under which the user's word on it is kept.
    shape: String,
    hints: Hints,
    /// `None` of a workbook.
    encoding: Option<Encoding>,
    /// What the table was taken out of, in words.
    container: String,
}

/// A file's content.
enum Content<'b> {
    Table(Box<Opened>),
    Json(text::Decoded<'b>),
}

async fn open<'b>(bytes: &'b [u8], readings: &Readings, pace: &Pace<'_>) -> Result<Content<'b>, ImportError> {
    if bytes.len() > ImportError::MOST_BYTES && !sheet::is_opened(bytes) {
        return Err(ImportError::TooLarge { megabytes: bytes.len() / 1_000_000 });
    }
    if let Some(text) = sheet::opened(bytes) {
        return open_workbook(&text?, readings).map(|opened| Content::Table(Box::new(opened)));
    }
    let decoded = text::decode(bytes, None, &pace.part(0.0, 0.2)).await?;
    let start: String = decoded.text.trim_start().chars().take(200).collect();
    let start = start.to_lowercase();
    if ["<!doctype", "<html", "<?xml", "<head", "<script", "<svg", "<rss"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return Err(ImportError::WebPage);
    }
    if start.starts_with('{') || start.starts_with('[') {
        return Ok(Content::Json(decoded));
    }
    let parsing = pace.part(0.2, 1.0);
    let found_out = Table::parse(&decoded.text, None, &parsing).await;
    let shape = match &found_out {
        Ok(table) => table.shape(),
        Err(_) => table::shape_of(&[decoded.text.trim().lines().next().unwrap_or_default()]),
    };
    let hints = readings.get(&shape).cloned().unwrap_or_default();
    let said = hints.delimiter.and_then(|c| u8::try_from(c).ok());
    let reread = hints.encoding.is_some_and(|said| said != decoded.encoding)
        || said.is_some_and(|said| found_out.as_ref().map_or(true, |table| table.delimiter != said));
    let encoding = hints.encoding.unwrap_or(decoded.encoding);
    let table = match reread {
        false => found_out?,
        true => {
            let decoded = text::decode(bytes, Some(encoding), &parsing).await?;
            Table::parse(&decoded.text, said, &parsing).await?
        }
    };
    let container = encoding.name().to_owned();
    let encoding = Some(encoding);
    Ok(Content::Table(Box::new(Opened { table, shape, hints, encoding, container })))
}

/// The sheet that an importer knows best; of equals the first.
fn open_workbook(text: &str, readings: &Readings) -> Result<Opened, ImportError> {
    let sheets = sheet::tables(text)?;
    let known = |table: &Table| match readings.contains_key(&table.shape()) {
        true => Confidence::Sure,
        false => surest(table).map_or(Confidence::No, |(confidence, _)| confidence),
    };
    let best = sheets.into_iter().rev().max_by_key(|(_, table)| known(table));
    let Some((name, table)) = best else {
        return Err(ImportError::NotATable { first_line: t!("an empty workbook").to_owned() });
    };
    let shape = table.shape();
    let hints = readings.get(&shape).cloned().unwrap_or_default();
    Ok(Opened { table, shape, hints, encoding: None, container: format!("workbook, sheet {name:?}") })
}

/// The importer that is surest of a table.
fn surest(table: &Table) -> Option<(Confidence, &'static Importer)> {
    let confidence = |importer: &Importer| match importer.reads {
        Reads::Table { sniff, .. } => sniff(table),
        Reads::Json { .. } => Confidence::No,
    };
    surest_by(confidence)
}

fn surest_by(confidence: impl Fn(&Importer) -> Confidence) -> Option<(Confidence, &'static Importer)> {
    // `max_by_key` keeps the last of equals; reversed, the more specific importer wins.
    let all = IMPORTERS.iter().rev().map(|&importer| (confidence(importer), importer));
    all.max_by_key(|(confidence, _)| *confidence).filter(|(confidence, _)| *confidence > Confidence::No)
}

/// The importer for a table: the one the user said, or the surest, or any where they named columns.
fn importer_for(opened: &Opened) -> Option<&'static Importer> {
    let said = opened.hints.importer.as_deref().and_then(importer);
    said.filter(|importer| matches!(importer.reads, Reads::Table { .. }))
        .or_else(|| surest(&opened.table).map(|(_, importer)| importer))
        .or((!opened.hints.columns.is_empty()).then_some(&generic::GENERIC))
}

async fn read_one(file: &File<'_>, readings: &Readings, pace: &Pace<'_>) -> Result<Workspace, ImportError> {
    match open(file.bytes, readings, &pace.part(0.0, 0.5)).await? {
        Content::Table(opened) => read_table(file.name, *opened, &pace.part(0.5, 1.0)).await,
        Content::Json(decoded) => {
            let json = Json::parse(&decoded.text, &pace.part(0.5, 0.6)).await?;
            let confidence = |importer: &Importer| match importer.reads {
                Reads::Json { sniff, .. } => sniff(&json),
                Reads::Table { .. } => Confidence::No,
            };
            let rest = pace.part(0.6, 1.0);
            match surest_by(confidence) {
                Some((_, importer)) => read_json(file.name, importer, &decoded, &json, &rest).await,
                None => {
                    let table = json.to_table(&rest).await?;
                    let shape = table.shape();
                    let hints = readings.get(&shape).cloned().unwrap_or_default();
                    let container = format!("JSON, {}", decoded.encoding.name());
                    let opened = Opened { table, shape, hints, encoding: Some(decoded.encoding), container };
                    read_table(file.name, opened, &rest).await
                }
            }
        }
    }
}

async fn read_table(name: &str, opened: Opened, pace: &Pace<'_>) -> Result<Workspace, ImportError> {
    let table = &opened.table;
    let Some(importer) = importer_for(&opened) else {
        if table.len() == 0 {
            // A line of prose with a comma in it.
            return Err(ImportError::NotATable { first_line: table.headers.join(", ") });
        }
        return Err(ImportError::UnknownColumns { found: table.headers.clone() });
    };
    let Reads::Table { columns, more_dates, begin, .. } = importer.reads else {
        return Err(ImportError::UnknownColumns { found: table.headers.clone() });
    };
    let mut columns = columns(table);
    columns.overrule(table, &opened.hints.columns);
    let more = table.columns(more_dates);
    let mut rows = Rows::new(table, name, columns, &more, &opened.hints, &pace.part(0.0, 0.2)).await;
    let mut take = begin(&mut rows)?;
    let reading = pace.part(0.2, 0.9);
    for (n, row) in table.rows().enumerate() {
        take(&mut rows, row);
        if n % 64 == 0 {
            reading.at(n, table.len()).await;
        }
    }
    drop(take);
    let knows = rows.knows();
    let mut understood = vec![opened.container];
    let delimited = opened.encoding.is_some() && !understood[0].starts_with("JSON");
    understood.extend(rows.understood().into_iter().skip(usize::from(!delimited)).map(str::to_owned));
    if rows.clock_without_zone {
        understood.push("times without a zone, taken as they stand".to_owned());
    }
    let read_from = ReadFrom {
        id: ReadFrom::FIRST,
        file: name.to_owned(),
        importer: importer.id.to_owned(),
        understood: understood.join(", "),
        columns: rows.columns_in_words(),
        shape: opened.shape,
        ..ReadFrom::default()
    };
    let done = rows.items.finish(&pace.part(0.9, 1.0)).await;
    match done.items.is_empty() {
        true => Err(ImportError::NoItems { importer: importer.label }),
        false => Ok(done.into_workspace(knows, read_from)),
    }
}

async fn read_json(
    name: &str,
    importer: &'static Importer,
    decoded: &text::Decoded<'_>,
    json: &Json<'_>,
    pace: &Pace<'_>,
) -> Result<Workspace, ImportError> {
    let Reads::Json { knows, members, begin, .. } = importer.reads else {
        return Err(ImportError::UnknownJson { members: json.members() });
    };
    let mut items = Items::new(name);
    if let Some(line) = json.broken_off {
        items.log.note(WarningKind::BrokenOff, line, "");
    }
    let (list, mut take) = begin(json, &mut items)?;
    let elements = json.list(list);
    for (n, element) in elements.iter().enumerate() {
        match serde_json::from_str::<Value>(element.text) {
            Ok(value) => take(&mut items, element.line, &value),
            Err(_) => items.skip(WarningKind::UnreadableRow, element.line, element.text),
        }
        if n % 8 == 0 {
            pace.part(0.0, 0.8).at(n, elements.len()).await;
        }
    }
    drop(take);
    let read_from = ReadFrom {
        id: ReadFrom::FIRST,
        file: name.to_owned(),
        importer: importer.id.to_owned(),
        understood: format!("JSON, {}", decoded.encoding.name()),
        columns: members.iter().map(|&member| member.to_owned()).collect(),
        shape: table::shape_of(&[importer.id]),
        ..ReadFrom::default()
    };
    let done = items.finish(&pace.part(0.8, 1.0)).await;
    match done.items.is_empty() {
        true => Err(ImportError::NoItems { importer: importer.label }),
        false => Ok(done.into_workspace(knows, read_from)),
    }
}

/// How a table is understood, for its owner to check and to correct.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub file: String,
    /// Under which the user's word on it is kept.
    pub shape: String,
    /// What the user said before.
    pub hints: Hints,
    /// The id of the importer that takes it; `None` where none does.
    pub importer: Option<&'static str>,
    pub headers: Vec<String>,
    /// What each column is taken for.
    pub facts: Vec<Option<Fact>>,
    /// The first rows, as wide as the header.
    pub rows: Vec<Vec<String>>,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<char>,
    /// `None` where no date tells.
    pub order: Option<Order>,
    pub decimal: char,
}

/// How many rows a preview shows.
const PREVIEWED: usize = 6;

/// Looks at a file's table without reading its items. `None` for what is no table.
///
/// # Errors
/// Why it can't be opened.
pub async fn preview(
    file: &File<'_>,
    readings: &Readings,
    pace: &Pace<'_>,
) -> Result<Option<Preview>, FileError> {
    let failed = |error| FileError { file: file.name.to_owned(), error };
    let opened = match open(file.bytes, readings, pace).await.map_err(failed)? {
        Content::Table(opened) => *opened,
        Content::Json(decoded) => {
            let json = Json::parse(&decoded.text, pace).await.map_err(failed)?;
            let known = IMPORTERS.iter().any(|importer| match importer.reads {
                Reads::Json { sniff, .. } => sniff(&json) > Confidence::No,
                Reads::Table { .. } => false,
            });
            if known {
                return Ok(None);
            }
            let table = json.to_table(pace).await.map_err(failed)?;
            let shape = table.shape();
            let hints = readings.get(&shape).cloned().unwrap_or_default();
            Opened { table, shape, hints, encoding: None, container: String::new() }
        }
    };
    let table = &opened.table;
    let importer = importer_for(&opened);
    let columns = match importer.unwrap_or(&generic::GENERIC).reads {
        Reads::Table { columns, .. } => columns,
        Reads::Json { .. } => generic::columns,
    };
    let mut columns = columns(table);
    columns.overrule(table, &opened.hints.columns);
    let facts = (0..table.headers.len()).map(|column| columns.fact_of(column)).collect();
    let rows = Rows::new(table, file.name, columns, &[], &opened.hints, pace).await;
    let (order, decimal) = (rows.order, rows.decimal);
    let cells = |row: table::Row| {
        (0..table.headers.len()).map(|column| row.cell(column).chars().take(60).collect()).collect()
    };
    Ok(Some(Preview {
        file: file.name.to_owned(),
        importer: importer.map(|importer| importer.id),
        headers: table.headers.clone(),
        facts,
        rows: table.rows().take(PREVIEWED).map(cells).collect(),
        encoding: opened.encoding,
        delimiter: opened.encoding.map(|_| char::from(table.delimiter)),
        order,
        decimal,
        shape: opened.shape,
        hints: opened.hints,
    }))
}
