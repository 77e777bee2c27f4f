//! Text -> rows: which delimiter, where the header is, which line each row begins on.

use csv::StringRecord;

use super::ImportError;

/// A delimited table with its header.
pub struct Table {
    pub delimiter: u8,
    /// As written, trimmed. Names may repeat: trackers write one column a value.
    pub headers: Vec<String>,
    /// `headers` in the form names are compared in (see [`plain`]).
    names: Vec<String>,
    pub rows: Vec<Row>,
    /// The line of a quotation mark that is never closed.
    pub unclosed_quote: Option<u64>,
}

/// One row below the header. Cells that are missing read as empty.
pub struct Row {
    /// The line it begins on, counted from 1.
    pub line: u64,
    record: StringRecord,
}

impl Row {
    /// The trimmed cell of that column.
    pub fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    /// How many cells it has.
    pub fn width(&self) -> usize {
        self.record.len()
    }
}

impl Table {
    /// Reads a table, its delimiter found out from its header line.
    ///
    /// # Errors
    /// [`ImportError::NotATable`] when the first line has no second column.
    pub fn parse(text: &str) -> Result<Table, ImportError> {
        let (text, said) = take_excels_word(text);
        let delimiter = said.unwrap_or_else(|| sniff_delimiter(text));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        let mut record = StringRecord::new();
        let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 };
        // Text in memory, flexible, valid UTF-8: the reader has no error left to report.
        while reader.read_record(&mut record).unwrap_or(false) {
            let begins = record.position().map_or(0, csv::Position::byte);
            let line = lines.of(usize::try_from(begins).unwrap_or(usize::MAX));
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push(Row { line, record: record.clone() });
            }
        }
        let unclosed_quote = unclosed_quote(text, delimiter);
        // Spreadsheets put a title above the header.
        let filled = |row: &Row| row.record.iter().filter(|cell| !cell.trim().is_empty()).count();
        let titles = rows.iter().take(5).take_while(|row| filled(row) < 2).count();
        let mut rows = rows.into_iter().skip(titles);
        let header = rows.next().filter(|row| row.width() > 1);
        let Some(header) = header else {
            let first_line = text.trim().lines().next().unwrap_or_default().to_owned();
            return Err(ImportError::NotATable { first_line });
        };
        let headers: Vec<String> = header.record.iter().map(|name| name.trim().to_owned()).collect();
        let names = headers.iter().map(|name| plain(name)).collect();
        Ok(Table { delimiter, headers, names, rows: rows.collect(), unclosed_quote })
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

/// Counts lines in one pass. The reader's own count is one short after a CRLF: it takes a record to
/// begin before the line feed.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first character at or after `byte` that is no line break.
    fn of(&mut self, byte: usize) -> u64 {
        while let Some(&here) = self.bytes.get(self.at) {
            let line_break = matches!(here, b'\n' | b'\r');
            if self.at >= byte && !line_break {
                break;
            }
            let pair = here == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(line_break && !pair);
            self.at += 1;
        }
        self.line
    }
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

/// The line of a quotation that reaches the end of the text. A quotation mark inside a cell that does
/// not begin with one is only a character.
fn unclosed_quote(text: &str, delimiter: u8) -> Option<u64> {
    #[derive(PartialEq)]
    enum At {
        CellStart,
        Plain,
        Quoted,
    }
    let (mut at, mut line, mut opened) = (At::CellStart, 1, 1);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let line_break = byte == b'\n' || (byte == b'\r' && bytes.peek() != Some(&b'\n'));
        line += u64::from(line_break);
        at = match (at, byte) {
            (At::CellStart, b'"') => {
                opened = line;
                At::Quoted
            }
            (At::Quoted, b'"') if bytes.peek() == Some(&b'"') => {
                bytes.next();
                At::Quoted
            }
            (At::Quoted, b'"') => At::Plain,
            (At::Quoted, _) => At::Quoted,
            (_, b'\n' | b'\r') => At::CellStart,
            (_, byte) if byte == delimiter => At::CellStart,
            _ => At::Plain,
        };
    }
    (at == At::Quoted).then_some(opened)
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

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        let row = |row: &'_ Row| (0..row.width()).collect::<Vec<_>>();
        table.rows.iter().map(|r| row(r).into_iter().map(|i| r.cell(i)).collect()).collect()
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
            assert_eq!(Table::parse(text).unwrap().delimiter, delimiter, "{text:?}");
        }
    }

    #[test]
    fn rows_keep_their_line_and_missing_cells_are_empty() {
        let table = Table::parse("id,title\r\n1,\"two\nlines\"\r\n\r\n2\r\n3,x,y").unwrap();
        assert_eq!(cells(&table), [vec!["1", "two\nlines"], vec!["2"], vec!["3", "x", "y"]]);
        assert_eq!(table.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 5, 6]);
        assert_eq!(table.rows[1].cell(1), "");
    }

    #[test]
    fn names_are_compared_plainly_and_may_repeat() {
        let table = Table::parse("Due Date,Sprint,Sprint,Created At (UTC)\n").unwrap();
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
            assert_eq!(Table::parse(text).unwrap().unclosed_quote, line, "{text:?}");
        }
    }

    #[test]
    fn what_spreadsheets_put_above_the_header_is_passed_over() {
        for text in
            ["sep=;\r\nid;name\r\n1;a,b", "Table 1\n\nid;name\n1;a,b", "Sprint board;\nid;name\n1;a,b"]
        {
            let table = Table::parse(text).unwrap();
            assert_eq!(
                (table.delimiter, table.headers.as_slice()),
                (b';', &["id".to_owned(), "name".into()][..])
            );
            assert_eq!(cells(&table), [["1", "a,b"]], "{text:?}");
        }
    }

    #[test]
    fn prose_is_no_table() {
        let error = Table::parse("Dear team\nhello").err();
        assert_eq!(error, Some(ImportError::NotATable { first_line: "Dear team".into() }));
    }
}
