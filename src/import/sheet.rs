//! An Excel workbook -> tables, by calamine: each sheet one, its numbers and dates as text.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use crate::pace::Pace;

use super::ImportError;
use super::table::Table;

/// More cells than a tracker writes: such a workbook is built to exhaust memory.
const MOST_CELLS: usize = 20_000_000;
const MOST_COLUMNS: usize = 2_000;

/// Whether this may be a workbook: a ZIP archive.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A workbook's sheets that hold a table, by name, in their order.
///
/// # Errors
/// [`ImportError::DamagedWorkbook`] where it can't be opened, and [`ImportError::NotATable`] where no
/// sheet holds a table.
pub async fn tables(bytes: &[u8], pace: &Pace<'_>) -> Result<Vec<(String, Table)>, ImportError> {
    let damaged = |why: calamine::XlsxError| ImportError::DamagedWorkbook { why: why.to_string() };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut tables = Vec::new();
    let names = book.sheet_names();
    let mut cells_read = 0;
    for (n, name) in names.iter().enumerate() {
        pace.at(n, names.len()).await;
        // A chart sheet has no cells; it is no reason to give up the others.
        let Ok(mut cells) = book.worksheet_cells_reader(name) else { continue };
        let mut rows: Vec<(u64, Vec<Cow<str>>)> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let (line, column) = (u64::from(row) + 1, column as usize);
            cells_read += 1;
            if cells_read > MOST_CELLS {
                return Err(ImportError::DamagedWorkbook { why: t!("it has too many cells").to_owned() });
            }
            if cells_read % 512 == 0 {
                pace.at(n, names.len()).await;
            }
            let text = text_of(cell.get_value());
            if text.is_empty() || column >= MOST_COLUMNS {
                continue;
            }
            if rows.last().is_none_or(|(last, _)| *last != line) {
                rows.push((line, Vec::new()));
            }
            if let Some((_, row)) = rows.last_mut() {
                if row.len() <= column {
                    row.resize(column + 1, Cow::Borrowed(""));
                }
                row[column] = Cow::Owned(text);
            }
        }
        if let Ok(table) = Table::of_cells(rows.into_iter()) {
            tables.push((name.clone(), table));
        }
    }
    match tables.is_empty() {
        true => Err(ImportError::NotATable { first_line: say!("a workbook of {} sheets", names.len()) }),
        false => Ok(tables),
    }
}

fn text_of(value: &DataRef) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // Whole numbers are keys and counts, and have no fraction; `Display` writes none.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) if at.is_duration() => at.as_f64().to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
