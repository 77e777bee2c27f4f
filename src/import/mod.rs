//! Text in, items out: one tracker a file, one line in [`IMPORTERS`].
//!
//! An importer is recognised by the content alone; a file's name is only shown. Whatever single
//! rows are like, the good ones are kept: trouble is a [`Warning`], and an [`ImportError`] means
//! that there is nothing to show.

mod dates;
mod error;
mod generic;
mod jira_csv;
mod rows;
mod shortcut_csv;
mod table;
mod text;
mod words;

pub use error::ImportError;

use std::fmt;

use crate::model::{Item, Knows, ReadFrom, Warning, Workspace};
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
    /// Whether the file is this tracker's.
    sniff: fn(&Source) -> Confidence,
    /// Reads a file that is this tracker's. Broken is an error, never "not mine".
    read: fn(&Source) -> Result<Imported, ImportError>,
}

/// Every importer, most specific first. A new tracker is one file and one line here.
pub static IMPORTERS: &[&Importer] = &[&jira_csv::JIRA_CSV, &shortcut_csv::SHORTCUT_CSV, &generic::GENERIC];

/// The importer of that id.
pub fn importer(id: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().copied().find(|importer| importer.id == id)
}

/// A decoded file on its way through the importers.
pub struct Source<'a> {
    name: &'a str,
    encoding: &'static str,
    table: Table,
}

/// What an importer made of one file.
pub struct Imported {
    items: Vec<Item>,
    knows: Knows,
    warnings: Vec<Warning>,
    skipped: u32,
    understood: String,
    columns: Vec<String>,
}

/// A file as the user gave it. Pasted text is a file too.
pub struct File<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

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
    let mut workspace = Workspace::default();
    for file in files {
        workspace.join(read_file(file)?);
    }
    Ok(workspace)
}

/// Reads one file.
///
/// # Errors
/// Why it can't be read.
pub fn read_file(file: &File) -> Result<Workspace, FileError> {
    let failed = |error| FileError { file: file.name.to_owned(), error };
    let (importer, imported) = read_one(file).map_err(failed)?;
    Ok(Workspace {
        read_from: vec![ReadFrom {
            id: 1,
            file: file.name.to_owned(),
            importer: importer.id.to_owned(),
            understood: imported.understood,
            columns: imported.columns,
            items: u32::try_from(imported.items.len()).unwrap_or(u32::MAX),
            skipped: imported.skipped,
            warnings: imported.warnings,
        }],
        items: imported.items,
        knows: imported.knows,
        sample: false,
    })
}

fn read_one(file: &File) -> Result<(&'static Importer, Imported), ImportError> {
    let decoded = text::decode(file.bytes)?;
    let start: String = decoded.text.trim_start().chars().take(200).collect();
    let start = start.to_lowercase();
    if ["<!doctype", "<html", "<?xml", "<head", "<script"].iter().any(|tag| start.starts_with(tag)) {
        return Err(ImportError::WebPage);
    }
    if start.starts_with('{') || start.starts_with("[{") || start.starts_with("[\n") {
        return Err(ImportError::Json);
    }
    let table = Table::parse(&decoded.text)?;
    let source = Source { name: file.name, encoding: decoded.encoding, table };
    // `max_by_key` keeps the last of equals; reversed, the more specific importer wins.
    let surest = IMPORTERS.iter().rev().map(|&importer| ((importer.sniff)(&source), importer));
    match surest.max_by_key(|(confidence, _)| *confidence) {
        Some((Confidence::Maybe | Confidence::Sure, importer)) => {
            let imported = (importer.read)(&source)?;
            if imported.items.is_empty() {
                return Err(ImportError::NoItems { importer: importer.label });
            }
            Ok((importer, imported))
        }
        _ if source.table.rows.is_empty() => {
            let first_line = decoded.text.trim().lines().next().unwrap_or_default().to_owned();
            Err(ImportError::NotATable { first_line })
        }
        _ => Err(ImportError::UnknownColumns { found: source.table.headers }),
    }
}
