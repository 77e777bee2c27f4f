//! An Excel workbook -> the text of its cells, by calamine. In a browser this is a program of its own (`main.rs`), fetched
//! when the first workbook comes: it is a fifth of what everybody would have to fetch otherwise.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// What the text of a workbook begins with: a form of it that differs has another number.
pub const MARK: &str = "\u{1}sheets 1\u{1}";

/// Before each sheet's name.
pub const SHEET: char = '\u{1d}';

/// Before each row's line.
pub const ROW: char = '\u{1e}';

/// Before each cell.
pub const CELL: char = '\u{1f}';

/// More cells than a tracker writes: such a workbook is built to exhaust memory.
const MOST_CELLS: usize = 20_000_000;
const MOST_COLUMNS: usize = 2_000;
const MOST_BYTES: usize = 256_000_000;

/// All sheets with their cells as text: [`MARK`], then for each sheet [`SHEET`], its name, and for each row that has a cell
/// [`ROW`], its line from 1, and [`CELL`] and the text for every cell from the first column on. Dates are written as
/// `2024-05-01` or `2024-05-01 10:30:00`. A sheet without cells (a chart) has no rows.
///
/// # Errors
/// Why it can't be read, to be said after "it can't be opened".
pub fn sheets(workbook: &[u8]) -> Result<String, String> {
    let damaged = |why: calamine::XlsxError| why.to_string();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).map_err(damaged)?;
    let mut text = MARK.to_owned();
    let mut cells_read = 0;
    for name in book.sheet_names() {
        text.push(SHEET);
        push(&mut text, &name);
        // A chart sheet has no cells; it is no reason to give up the others.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let (mut line, mut columns) = (None, 0);
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let column = column as usize;
            cells_read += 1;
            if cells_read > MOST_CELLS || text.len() > MOST_BYTES {
                return Err("it has too many cells".to_owned());
            }
            let said = text_of(cell.get_value());
            if said.is_empty() || column >= MOST_COLUMNS {
                continue;
            }
            if line != Some(row) {
                (line, columns) = (Some(row), 0);
                text.push(ROW);
                text += &(u64::from(row) + 1).to_string();
            }
            while columns < column {
                text.push(CELL);
                columns += 1;
            }
            text.push(CELL);
            columns += 1;
            push(&mut text, &said);
        }
    }
    Ok(text)
}

/// Without what tells cells apart.
fn push(text: &mut String, said: &str) {
    let plain = |c: char| if matches!(c, SHEET | ROW | CELL) { ' ' } else { c };
    text.extend(said.chars().map(plain));
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
