//! Text -> rows: which delimiter, where the header is, which line each row begins on.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::ImportError;
use crate::order::InOrder;
use crate::pace::Pace;

/// A delimited table with its header. All cells lie in one piece of memory: a row costs nothing of its
/// own.
pub struct Table {
    pub delimiter: u8,
    /// As written, trimmed. Names may repeat: trackers write one column a value.
    pub headers: Vec<String>,
    /// `headers` in the form names are compared in (see [`plain`]).
    names: Vec<String>,
    cells: String,
    /// Where each cell ends in `cells`; it begins where the one before it ends.
    ends: Vec<usize>,
    rows: Vec<At>,
    /// The line of a quotation mark that is never closed.
    pub unclosed_quote: Option<u64>,
    /// Whether the text ends in the middle of a line.
    ends_within_line: bool,
}

/// A row that was cut out of a text.
struct Cut {
    /// How many bytes it took.
    consumed: usize,
    /// How many line breaks are among them.
    breaks: u64,
}

#[derive(Clone, Copy)]
struct At {
    /// The line it begins on, counted from 1.
    line: u64,
    /// Index of its first cell.
    first: usize,
}

/// One row below the header. Cells that are missing read as empty.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    /// The line it begins on, counted from 1.
    pub line: u64,
    first: usize,
    end: usize,
}

impl<'t> Row<'t> {
    /// The trimmed cell of that column.
    pub fn cell(&self, column: usize) -> &'t str {
        let index = self.first + column;
        if index < self.end { self.table.cell_at(index).trim() } else { "" }
    }

    /// How many cells it has.
    pub fn width(&self) -> usize {
        self.end - self.first
    }

    fn is_empty(&self) -> bool {
        (0..self.width()).all(|column| self.cell(column).is_empty())
    }

    /// How many of its cells say something.
    fn filled(&self) -> usize {
        (0..self.width()).filter(|&column| !self.cell(column).is_empty()).count()
    }
}

impl Table {
    /// Reads a table. Its delimiter is found out from its header line where none is given.
    ///
    /// # Errors
    /// [`ImportError::NotATable`] when the first line has no second column.
    pub async fn parse(text: &str, delimiter: Option<u8>, pace: &Pace<'_>) -> Result<Table, ImportError> {
        let (text, said) = take_excels_word(text);
        let first_line = u64::from(said.is_some());
        let delimiter = delimiter.or(said).unwrap_or_else(|| sniff_delimiter(text));
        let mut table = Table::empty(delimiter);
        let bytes = text.as_bytes();
        // Unescaped text is never longer than it was.
        table.cells.reserve(bytes.len());
        // With old Macintosh line ends a return is all there is.
        let line_break = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
        let breaks = |bytes: &[u8]| memchr::memchr_iter(line_break, bytes).count() as u64;
        let mut library = ReaderBuilder::new().delimiter(delimiter).build();
        let (mut at, mut line) = (0, 1 + first_line);
        let mut last_row_at = 0;
        let mut paused_at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let gap = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            line += breaks(&rest[..gap]);
            at += gap;
            let row = At { line, first: table.ends.len() };
            let consumed = match table.cut_row(text, at, line_break) {
                Some(cut) => {
                    line += cut.breaks;
                    cut.consumed
                }
                None => match table.read_row(&mut library, text.get(at..).unwrap_or_default()) {
                    Some(consumed) => {
                        line += breaks(bytes.get(at..at + consumed).unwrap_or_default());
                        consumed
                    }
                    None => break,
                },
            };
            last_row_at = at;
            at += consumed;
            table.rows.push(row);
            if table.row_of(table.rows.len() - 1).is_some_and(|row| row.is_empty()) {
                table.rows.pop();
                table.ends.truncate(row.first);
                table.cells.truncate(table.ends.last().copied().unwrap_or_default());
            }
            if at - paused_at > 1 << 15 {
                paused_at = at;
                pace.at(at, bytes.len()).await;
            }
        }
        // A quotation that never ends takes all that follows into the last row.
        if let (Some(open), Some(last)) =
            (unclosed_quote(&bytes[last_row_at..], delimiter), table.rows.last())
        {
            table.unclosed_quote = Some(last.line + breaks(&bytes[last_row_at..last_row_at + open]));
        }
        table.ends_within_line = !text.ends_with(['\n', '\r']);
        table.take_header(text)
    }

    fn empty(delimiter: u8) -> Table {
        Table {
            delimiter,
            headers: Vec::new(),
            names: Vec::new(),
            cells: String::new(),
            ends: Vec::new(),
            rows: Vec::new(),
            unclosed_quote: None,
            ends_within_line: false,
        }
    }

    /// A table of cells from elsewhere, like a spreadsheet; empty rows are left out.
    ///
    /// # Errors
    /// [`ImportError::NotATable`] when no row has a second cell.
    pub fn of_cells<'c>(rows: impl Iterator<Item = (u64, Vec<Cow<'c, str>>)>) -> Result<Table, ImportError> {
        let mut table = Table::empty(b',');
        for (line, cells) in rows {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            table.rows.push(At { line, first: table.ends.len() });
            for cell in cells {
                table.cells.push_str(&cell);
                table.ends.push(table.cells.len());
            }
        }
        table.take_header("")
    }

    /// Cuts the row that begins at a place, where that is simple: every quotation fills its cell and is
    /// closed. `None`, and nothing is changed, at the end and where it is not
    /// simple. Most of a file is, and cutting takes a third of the time of a library that reads byte by
    /// byte; a test holds the two to the same result.
    fn cut_row(&mut self, text: &str, start: usize, line_break: u8) -> Option<Cut> {
        let (cells, ends) = (self.cells.len(), self.ends.len());
        let cut = self.try_to_cut_row(text, start, line_break);
        if cut.is_none() {
            self.cells.truncate(cells);
            self.ends.truncate(ends);
        }
        cut
    }

    fn try_to_cut_row(&mut self, text: &str, start: usize, line_break: u8) -> Option<Cut> {
        let bytes = text.as_bytes();
        let mut at = start;
        // Only quotations hold line breaks, and the end of the row.
        let mut breaks = 0;
        if at >= bytes.len() {
            return None;
        }
        loop {
            if bytes.get(at) == Some(&self.delimiter) {
                // Many cells are empty.
                self.ends.push(self.cells.len());
                at += 1;
                continue;
            }
            if bytes.get(at) == Some(&b'"') {
                at += 1;
                loop {
                    let quoted = memchr::memchr(b'"', bytes.get(at..)?)?;
                    let piece = text.get(at..at + quoted)?;
                    self.cells.push_str(piece);
                    breaks += memchr::memchr_iter(line_break, piece.as_bytes()).count() as u64;
                    at += quoted + 1;
                    if bytes.get(at) != Some(&b'"') {
                        break;
                    }
                    self.cells.push('"');
                    at += 1;
                }
            } else {
                let delimiter = self.delimiter;
                let rest = bytes.get(at..)?.iter();
                let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
                let end = rest.clone().position(ends).unwrap_or(rest.len());
                self.cells.push_str(text.get(at..at + end)?);
                at += end;
            }
            self.ends.push(self.cells.len());
            match bytes.get(at) {
                None => return Some(Cut { consumed: at - start, breaks }),
                Some(byte) if *byte == self.delimiter => at += 1,
                Some(end @ (b'\n' | b'\r')) => {
                    breaks += u64::from(*end == line_break);
                    return Some(Cut { consumed: at + 1 - start, breaks });
                }
                // Text behind a closed quotation.
                Some(_) => return None,
            }
        }
    }

    /// Lets the library read the row that `input` begins with; how many bytes it took, or `None` at the
    /// end.
    fn read_row(&mut self, library: &mut Reader, input: &str) -> Option<usize> {
        library.reset();
        // Unescaped text is never longer than it was, but a row without an end may be the whole file: so
        // much room is made only as it is needed.
        let (mut output, mut ends) = (vec![0; 4096], vec![0; 64]);
        let (mut consumed, mut written, mut cells) = (0, 0, 0);
        loop {
            let (result, read, wrote, ended) = library.read_record(
                input.as_bytes().get(consumed..).unwrap_or_default(),
                output.get_mut(written..).unwrap_or_default(),
                ends.get_mut(cells..).unwrap_or_default(),
            );
            consumed += read;
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => output.resize(2 * output.len(), 0),
                ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len(), 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let start = self.cells.len();
        // Cut at ASCII characters out of valid text, so it is valid.
        self.cells.push_str(std::str::from_utf8(output.get(..written)?).unwrap_or_default());
        // The library counts from the beginning of the record.
        self.ends.extend(ends.get(..cells)?.iter().map(|end| start + end));
        Some(consumed)
    }

    /// Takes the first row as the header. Spreadsheets put a title above it.
    fn take_header(mut self, text: &str) -> Result<Table, ImportError> {
        let titles = self.rows().take(5).take_while(|row| row.filled() < 2).count();
        let header = self.row_of(titles).filter(|row| row.width() > 1);
        let Some(header) = header else {
            let first_line = text.trim().lines().next().unwrap_or_default().to_owned();
            return Err(ImportError::NotATable { first_line });
        };
        let headers: Vec<String> = (0..header.width()).map(|column| header.cell(column).to_owned()).collect();
        self.names = headers.iter().map(|name| plain(name)).collect();
        self.headers = headers;
        self.rows.drain(..=titles);
        Ok(self)
    }

    fn cell_at(&self, index: usize) -> &str {
        let start =
            index.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or_default());
        let end = self.ends.get(index).copied().unwrap_or_default();
        self.cells.get(start..end).unwrap_or_default()
    }

    fn row_of(&self, index: usize) -> Option<Row<'_>> {
        let At { line, first } = *self.rows.get(index)?;
        let end = self.rows.get(index + 1).map_or(self.ends.len(), |next| next.first);
        Some(Row { table: self, line, first, end })
    }

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).filter_map(|index| self.row_of(index))
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The line of a last row that stops short of the header while no other does, and has no line end: as
    /// a download leaves it that broke off.
    pub fn broken_off(&self) -> Option<u64> {
        let width = self.headers.len();
        let last = self.rows().last().filter(|last| self.ends_within_line && last.width() < width)?;
        let others = self.rows.len().checked_sub(1).filter(|&others| others > 0)?;
        self.rows().take(others).all(|row| row.width() >= width).then_some(last.line)
    }

    /// The shape of the table, in short: tables whose columns have the same names have the same.
    pub fn shape(&self) -> String {
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.order();
        names.dedup();
        shape_of(&names)
    }

    /// Every column of one of these plain names, in the order of `names`, then of the table.
    pub fn columns(&self, names: &[&str]) -> Vec<usize> {
        let of = |name: &&str| {
            let name = (*name).to_owned();
            self.names.iter().enumerate().filter(move |(_, have)| **have == name).map(|(i, _)| i)
        };
        names.iter().flat_map(of).collect()
    }

    /// The first column of one of these plain names; an earlier name wins.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        self.columns(names).first().copied()
    }

    /// Whether there is a column of each of these plain names.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.names.iter().any(|have| have == name))
    }

    /// Whether a column's name says that its times are in UTC.
    pub fn is_utc(&self, column: usize) -> bool {
        self.names.get(column).is_some_and(|name| name.ends_with("utc"))
    }

    /// The delimiter in words.
    pub fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "pipe",
            _ => "comma",
        }
    }
}

/// A short name for a list of names. FNV-1a, 64 bit: the same in every build, as stored data needs it.
pub fn shape_of(names: &[&str]) -> String {
    let bytes = names.iter().flat_map(|name| name.bytes().chain([b'\n']));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A column name as it is compared: letters and digits only, in lower case. `Due Date`, `due_date`
/// and `Due date` are one name.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '#').flat_map(char::to_lowercase).collect()
}

/// Excel's own first line, `sep=;`, and the text below it.
fn take_excels_word(text: &str) -> (&str, Option<u8>) {
    let said = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="));
    let Some(&[delimiter @ (b',' | b';' | b'\t' | b'|'), ..]) = said.map(str::as_bytes) else {
        return (text, None);
    };
    let below = text.find('\n').and_then(|end| text.get(end + 1..));
    (below.unwrap_or_default(), Some(delimiter))
}

/// Where a quotation begins that reaches the end of a row. A quotation mark inside a cell that does not
/// begin with one is only a character.
fn unclosed_quote(row: &[u8], delimiter: u8) -> Option<usize> {
    #[derive(PartialEq)]
    enum In {
        CellStart,
        Plain,
        Quoted,
    }
    let (mut now, mut opened) = (In::CellStart, 0);
    let mut bytes = row.iter().copied().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        now = match (now, byte) {
            (In::CellStart, b'"') => {
                opened = at;
                In::Quoted
            }
            (In::Quoted, b'"') if bytes.peek().is_some_and(|(_, next)| *next == b'"') => {
                bytes.next();
                In::Quoted
            }
            (In::Quoted, b'"') => In::Plain,
            (In::Quoted, _) => In::Quoted,
            (_, byte) if byte == delimiter => In::CellStart,
            (_, b'\n' | b'\r') => In::CellStart,
            _ => In::Plain,
        };
    }
    (now == In::Quoted).then_some(opened)
}

/// The delimiter that occurs most outside quotes in the first line that has any. Only there: Jira's
/// ranks hold pipes, and labels hold commas.
fn sniff_delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += u32::from(*delimiter == byte);
                }
            }
        }
    }
    // `max_by_key` keeps the last of equals; reversed, the comma wins a tie.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Table, ImportError> {
        crate::pace::straight(Table::parse(text, None, &Pace::STRAIGHT)).expect("no pause")
    }

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        table.rows().map(|row| (0..row.width()).map(|column| row.cell(column)).collect()).collect()
    }

    #[test]
    fn the_delimiter_is_the_headers() {
        for (text, delimiter) in [
            ("a,b\n1|2|3,2", b','),
            ("a;b;c\n1,5;2;3", b';'),
            ("a\tb\n", b'\t'),
            ("a|b\n", b'|'),
            ("\"a;x;y\",b\n1,2", b','),
            ("\n\n\"a\nx\";b", b';'),
        ] {
            assert_eq!(parse(text).unwrap().delimiter, delimiter, "{text:?}");
        }
    }

    #[test]
    fn rows_keep_their_line_and_missing_cells_are_empty() {
        let table = parse("id,title\r\n1,\"two\nlines\"\r\n\r\n2\r\n3,x,y").unwrap();
        assert_eq!(cells(&table), [vec!["1", "two\nlines"], vec!["2"], vec!["3", "x", "y"]]);
        assert_eq!(table.rows().map(|row| row.line).collect::<Vec<_>>(), [2, 5, 6]);
        assert_eq!(table.rows().nth(1).unwrap().cell(1), "");
    }

    #[test]
    fn names_are_compared_plainly_and_may_repeat() {
        let table = parse("Due Date,Sprint,Sprint,Created At (UTC)\n").unwrap();
        assert_eq!(table.columns(&["sprint"]), [1, 2]);
        assert_eq!(table.column(&["created", "createdatutc"]), Some(3));
        assert!(table.has(&["duedate", "sprint"]));
        assert!(!table.has(&["duedate", "epic"]));
    }

    #[test]
    fn an_unclosed_quote_is_noticed() {
        for (text, line) in [
            ("a,b\n1,2\n3,\"4\n5,6\n", Some(3)),
            ("a,b\n1,\"2\"\n", None),
            ("a,b\n1,5\" screen\n", None),
            ("a,b\n1,\"say \"\"hi\"\"\"\r\n2,\"x\r\ny", Some(3)),
        ] {
            assert_eq!(parse(text).unwrap().unclosed_quote, line, "{text:?}");
        }
    }

    #[test]
    fn what_spreadsheets_put_above_the_header_is_passed_over() {
        for text in
            ["sep=;\r\nid;name\r\n1;a,b", "Table 1\n\nid;name\n1;a,b", "Sprint board;\nid;name\n1;a,b"]
        {
            let table = parse(text).unwrap();
            assert_eq!(
                (table.delimiter, table.headers.as_slice()),
                (b';', &["id".to_owned(), "name".into()][..])
            );
            assert_eq!(cells(&table), [["1", "a,b"]], "{text:?}");
        }
    }

    #[test]
    fn cutting_a_row_and_the_library_agree() {
        let mut cut = 0;
        arbtest::arbtest(|u| {
            const PIECES: [&str; 9] = ["a", ",", "\"", "\"\"", "\n", "\r\n", " ", "é", "x\"y"];
            let mut text = String::new();
            for _ in 0..u.int_in_range(1..=24)? {
                text.push_str(u.choose(&PIECES)?);
            }
            if text.starts_with(['\n', '\r']) {
                return Ok(());
            }
            let (mut ours, mut theirs) = (Table::empty(b','), Table::empty(b','));
            if let Some(Cut { consumed, breaks }) = ours.cut_row(&text, 0, b'\n') {
                cut += 1;
                assert_eq!(breaks as usize, text[..consumed].matches('\n').count(), "{text:?}");
                let mut library = ReaderBuilder::new().build();
                let read = theirs.read_row(&mut library, &text);
                assert_eq!((&ours.cells, &ours.ends), (&theirs.cells, &theirs.ends), "{text:?}");
                assert_eq!(Some(consumed), read, "{text:?}");
            }
            Ok(())
        });
        assert!(cut > 30, "only {cut} rows were simple");
    }

    #[test]
    fn prose_is_no_table() {
        let error = parse("Dear team\nhello").err();
        assert_eq!(error, Some(ImportError::NotATable { first_line: "Dear team".into() }));
    }
}
