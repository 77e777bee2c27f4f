//! An Excel workbook -> tables: each sheet one. What opens workbooks is a program of its own (`excel/`); its text comes here.

use std::borrow::Cow;

use super::ImportError;
use super::table::Table;

/// As `excel` writes it.
const MARK: &str = "\u{1}sheets 1\u{1}";
const ANY_MARK: &[u8] = b"\x01sheets";
const SHEET: char = '\u{1d}';
const ROW: char = '\u{1e}';
const CELL: char = '\u{1f}';

/// Whether this may be a workbook: a ZIP archive.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether this is the text of a workbook, which was held to limits of its own.
pub fn is_opened(bytes: &[u8]) -> bool {
    bytes.starts_with(ANY_MARK)
}

/// The text of a workbook: of one that was opened before, or opened here, which a browser can't.
///
/// # Errors
/// [`ImportError::DamagedWorkbook`] where it can't be opened.
pub fn opened(bytes: &[u8]) -> Option<Result<Cow<'_, str>, ImportError>> {
    if bytes.starts_with(MARK.as_bytes()) {
        return Some(Ok(String::from_utf8_lossy(bytes)));
    }
    if is_opened(bytes) {
        let why = t!("another version of Ballpark is loaded by now: reload the page").to_owned();
        return Some(Err(ImportError::DamagedWorkbook { why }));
    }
    is_workbook(bytes).then(|| {
        let text = open(bytes).map(Cow::Owned);
        text.map_err(|why| ImportError::DamagedWorkbook { why: t!(why.as_str()).to_owned() })
    })
}

#[cfg(not(target_arch = "wasm32"))]
fn open(bytes: &[u8]) -> Result<String, String> {
    ballpark_excel::sheets(bytes)
}

#[cfg(target_arch = "wasm32")]
fn open(_: &[u8]) -> Result<String, String> {
    Err(String::from("it has to be opened before"))
}

/// A workbook's sheets that hold a table, by name, in their order.
///
/// # Errors
/// [`ImportError::NotATable`] where no sheet holds one.
pub fn tables(text: &str) -> Result<Vec<(String, Table)>, ImportError> {
    let mut sheets = 0;
    let mut tables = Vec::new();
    for sheet in text.split(SHEET).skip(1) {
        sheets += 1;
        let mut rows = sheet.split(ROW);
        let name = rows.next().unwrap_or_default();
        let rows = rows.filter_map(|row| {
            let mut cells = row.split(CELL);
            let line: u64 = cells.next()?.parse().ok()?;
            Some((line, cells.map(Cow::Borrowed).collect()))
        });
        if let Ok(table) = Table::of_cells(rows) {
            tables.push((name.to_owned(), table));
        }
    }
    match tables.is_empty() {
        true => Err(ImportError::NotATable { first_line: say!("a workbook of {} sheets", sheets) }),
        false => Ok(tables),
    }
}
