//! Tables as CSV.

use super::{Column, Table};
use crate::language::spoken;

/// Tables as one CSV text with CRLF line ends (RFC 4180), a line with its title above each where there are
/// several. A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV
/// injection).
pub fn csv(tables: &[Table]) -> String {
    let mut text = String::new();
    for (n, table) in tables.iter().enumerate() {
        if n > 0 {
            text.push_str("\r\n");
        }
        if tables.len() > 1 {
            line(&mut text, [(table.title.as_str(), false)].into_iter());
        }
        line(&mut text, table.columns.iter().map(|column| (column.name(), false)));
        for row in &table.rows {
            let number = |at: usize| matches!(table.columns.get(at), Some(Column::Number(_)));
            line(&mut text, row.iter().enumerate().map(|(at, cell)| (cell.as_str(), number(at))));
        }
    }
    text
}

/// One line; of each cell whether it belongs to a column of numbers.
fn line<'a>(text: &mut String, cells: impl Iterator<Item = (&'a str, bool)>) {
    for (n, (cell, of_numbers)) in cells.enumerate() {
        if n > 0 {
            text.push(',');
        }
        let cell = cell.replace('\u{a0}', " ");
        let cell = if of_numbers { cell.replace('−', "-") } else { cell };
        // Without what groups its digits, and with a point whatever the language, as other programs read it.
        let plain = cell.replace(spoken().group_sign(), "").replace(spoken().decimal_sign(), ".");
        let is_number = of_numbers && plain.strip_prefix('-').unwrap_or(&plain).parse::<f64>().is_ok();
        let cell = match is_number {
            true => plain,
            false if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{cell}"),
            false => cell,
        };
        if cell.contains(['"', ',', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let table = Table {
            title: "T".into(),
            columns: vec![Column::text("Title"), Column::number("Days")],
            rows: vec![
                row(["=HYPERLINK(\"x\")", "1,204"]),
                row(["@a, b", "−3"]),
                row(["plain\ntext", "2.5"]),
                row(["-1+2", "12\u{a0}%"]),
                row(["3,4", "1"]),
            ],
        };
        let want = "Title,Days\r\n\"'=HYPERLINK(\"\"x\"\")\",1204\r\n\"'@a, b\",-3\r\n\"plain\ntext\",2.5\r\n'-1+2,12 %\r\n\"3,4\",1\r\n";
        assert_eq!(csv(std::slice::from_ref(&table)), want);
        assert!(csv(&[table.clone(), table]).starts_with("T\r\nTitle,Days\r\n"));
        assert_eq!(csv(&[]), "");
    }
}
