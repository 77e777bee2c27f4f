//! Why a file could not be read, as a sentence for its owner.

use std::fmt;

/// The file gave no items. Trouble with single rows is a [`crate::model::Warning`] instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    Empty,
    /// The bytes are no text: an image, a workbook, an archive. `looks_like` names it.
    NotText {
        looks_like: &'static str,
    },
    /// Text, but a web page: usually a log-in or error page saved under the export's name.
    WebPage,
    /// More than a browser tab should be asked to hold.
    TooLarge {
        megabytes: usize,
    },
    /// It begins like JSON, and is none.
    DamagedJson {
        line: u64,
    },
    /// JSON, but of no tracker we know, and no list of items.
    UnknownJson {
        members: Vec<String>,
    },
    /// A workbook that can't be opened.
    DamagedWorkbook {
        why: String,
    },
    /// Text without columns.
    NotATable {
        first_line: String,
    },
    /// A table that no importer recognises.
    UnknownColumns {
        found: Vec<String>,
    },
    /// Recognised, but a column that it can't do without is missing.
    MissingColumn {
        importer: &'static str,
        column: &'static str,
        found: Vec<String>,
    },
    /// Recognised, but there is not one item below the header.
    NoItems {
        importer: &'static str,
    },
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::Empty => f.write_str(&say!("The file is empty.")),
            ImportError::NotText { looks_like } => {
                f.write_str(&say!("This looks like {looks_like}, not like a text export."))
            }
            ImportError::WebPage => f.write_str(&say!("This is a web page, not an export.")),
            ImportError::TooLarge { megabytes } => f.write_str(&say!("The file has {megabytes} MB; a browser tab can take {} MB.",
                ImportError::MOST_BYTES / 1_000_000
            )),
            ImportError::DamagedJson { line } => {
                f.write_str(&say!("This begins like JSON, but line {line} can't be read as such."))
            }
            ImportError::UnknownJson { members } if members.is_empty() => {
                f.write_str(&say!("This is JSON, but holds no list of items."))
            }
            ImportError::UnknownJson { members } => f.write_str(&say!("This is JSON, but neither Jira's, GitHub's nor Trello's, nor a list of items. Its members are: {}",
                list(members)
            )),
            ImportError::DamagedWorkbook { why } => {
                f.write_str(&say!("This looks like an Excel workbook, but it can't be opened ({}).", clip(why)))
            }
            ImportError::NotATable { first_line } => {
                f.write_str(&say!("This is text, but not a table. It begins: {}", clip(first_line)))
            }
            ImportError::UnknownColumns { found } => f.write_str(&say!("None of the columns says when work was created, started or finished. They are: {}",
                list(found)
            )),
            ImportError::MissingColumn { importer, column, found } => f.write_str(&say!("This looks like a {importer} export, but it has no column {column:?}. Its columns are: {}",
                list(found)
            )),
            ImportError::NoItems { importer } => {
                f.write_str(&say!("This looks like a {importer} export, but there is no item in it."))
            }
        }
    }
}

impl std::error::Error for ImportError {}

impl ImportError {
    /// The largest file that is read.
    pub const MOST_BYTES: usize = 120_000_000;

    /// What the user can do next.
    pub fn remedy(&self) -> &'static str {
        match self {
            ImportError::Empty | ImportError::NoItems { .. } => {
                t!("Export again; check that the tracker's filter finds items.")
            }
            ImportError::NotText { .. } => {
                t!("Export as CSV from the tracker, or save the sheet as CSV (UTF-8) first.")
            }
            ImportError::WebPage => {
                t!("The download may have needed a log-in. Sign in to the tracker and export again.")
            }
            ImportError::TooLarge { .. } => {
                t!("Export a shorter time, or fewer columns: descriptions and comments aren't needed.")
            }
            ImportError::DamagedJson { .. } => t!("Is the download complete? Export again, or choose CSV."),
            ImportError::UnknownJson { .. } => t!("Choose CSV in the tracker's export menu."),
            ImportError::DamagedWorkbook { .. } => {
                t!(
                    "Is the download complete? A ZIP archive has to be unpacked first; or save the sheet as CSV."
                )
            }
            ImportError::NotATable { .. } => t!("Choose the tracker's CSV export, with its header line."),
            ImportError::UnknownColumns { .. } => {
                t!("Export with all fields, or name the date columns Created, Started and Finished.")
            }
            ImportError::MissingColumn { .. } => t!("Export again with all fields."),
        }
    }
}

fn list(columns: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = columns.iter().take(SHOWN).map(|name| clip(name)).collect();
    let more = columns.len().saturating_sub(SHOWN);
    let more = if more > 0 { say!(" and {more} more") } else { String::new() };
    format!("{}{more}.", shown.join(", "))
}

fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
