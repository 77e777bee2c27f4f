//! Dates as trackers write them: in the exporting user's order, format and language.
//!
//! A cell is taken apart without knowing the order of day and month; which order holds is decided
//! from all cells together, for `03/04/2024` alone could be either.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::model::{Moment, Order};

use super::words::is_nothing;

/// Why a cell gave no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateTrouble {
    /// It isn't written like any date we know, or there is no such day.
    Unreadable,
    /// A day before 1970 or after 2200: a slip of the keyboard or an epoch gone wrong.
    Implausible,
}

/// What the cells of a column, or of a file, say about the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub day_first: u32,
    pub month_first: u32,
    pub year_first: u32,
    /// Cells that would read as two different days.
    pub unclear: u32,
}

impl Evidence {
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Evidence {
        let mut seen = Evidence::default();
        cells.for_each(|cell| seen.see(cell));
        seen
    }

    /// Takes one more cell into account.
    pub fn see(&mut self, cell: &str) {
        if !may_be_numeric(cell) {
            return;
        }
        if let Some(Parts { day: Day::Numeric { numbers: [first, second, _], dotted, .. }, .. }) =
            take_apart(cell)
        {
            match () {
                () if first > 31 => self.year_first += 1,
                () if dotted || first > 12 => self.day_first += 1,
                () if second > 12 => self.month_first += 1,
                () if first != second => self.unclear += 1,
                () => {}
            }
        }
    }

    pub fn and(self, other: Evidence) -> Evidence {
        Evidence {
            day_first: self.day_first + other.day_first,
            month_first: self.month_first + other.month_first,
            year_first: self.year_first + other.year_first,
            unclear: self.unclear + other.unclear,
        }
    }

    /// Whether some cells are day first and others month first.
    pub fn is_mixed(self) -> bool {
        [self.day_first, self.month_first, self.year_first].iter().filter(|&&n| n > 0).count() > 1
    }

    /// The order the cells show, or `None` when they fit both.
    pub fn order(self) -> Option<Order> {
        // A first number above 31 fits no other order; what looks day first may then be a year too.
        if self.year_first > 0 && self.year_first >= self.month_first {
            return Some(Order::YearFirst);
        }
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(Order::DayFirst),
            std::cmp::Ordering::Less => Some(Order::MonthFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Whether a cell may be three numbers that could be read in more than one order, told by its beginning
/// alone: one or two digits, a separator, one or two digits.
fn may_be_numeric(cell: &str) -> bool {
    let bytes = cell.trim_start().as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let first = digits(0);
    (1..=2).contains(&first)
        && bytes.get(first).is_some_and(|byte| matches!(byte, b'/' | b'.' | b'-' | b' '))
        && (1..=2).contains(&digits(first + 1))
}

/// The moment a cell names; `Ok(None)` for a cell that says there is none.
///
/// # Errors
/// [`DateTrouble`] when something is there that is no plausible date.
pub fn read(cell: &str, order: Order) -> Result<Option<Moment>, DateTrouble> {
    let cell = cell.trim();
    if is_nothing(cell) {
        return Ok(None);
    }
    if let Some(moment) = plain_iso(cell).or_else(|| plain_jira(cell)) {
        return plausible(moment).map(Some);
    }
    let parts = take_apart(cell).ok_or(DateTrouble::Unreadable)?;
    let (year, month, day) = match parts.day {
        Day::Known { year, month, day } => (year, month, day),
        Day::Numeric { numbers: [a, b, c], digits: [a_digits, _, c_digits], .. } => match order {
            Order::DayFirst => (full_year(c, c_digits), b, a),
            Order::MonthFirst => (full_year(c, c_digits), a, b),
            Order::YearFirst => (full_year(a, a_digits), b, c),
        },
        Day::Epoch(at) => return plausible(Moment::Instant(at)).map(Some),
    };
    let year = i16::try_from(year).map_err(|_| DateTrouble::Implausible)?;
    let small = |n: u32| i8::try_from(n).map_err(|_| DateTrouble::Unreadable);
    let date = Date::new(year, small(month)?, small(day)?).map_err(|_| DateTrouble::Unreadable)?;
    let moment = match (parts.time, parts.offset) {
        (None, _) => Moment::Day(date),
        (Some(time), None) => Moment::Local(DateTime::from_parts(date, time)),
        (Some(time), Some(offset)) => at_offset(DateTime::from_parts(date, time), offset)?,
    };
    plausible(moment).map(Some)
}

/// The instant of a wall-clock time at a known offset.
///
/// # Errors
/// [`DateTrouble::Implausible`] beyond the years an instant can have.
pub fn at_offset(at: DateTime, offset: Offset) -> Result<Moment, DateTrouble> {
    offset.to_timestamp(at).map(Moment::Instant).map_err(|_| DateTrouble::Implausible)
}

/// The offset written as `+05:00`, `-0800`, `+2` or `Z`.
pub fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    if ["z", "utc", "gmt"].iter().any(|zero| text.eq_ignore_ascii_case(zero)) {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|&c| c != ':').collect();
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at(digits.len().min(2));
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = minutes.get(..2).map_or(Ok(0), str::parse).ok()?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().filter(|_| minutes < 60)
}

/// The commonest layouts, read straight: `2024-05-14`, `2025/03/13 02:27:02`, `2024-05-14T08:53:33`, with
/// `Z` and a fraction or without. `None` for every other, which is then taken apart with patience.
fn plain_iso(cell: &str) -> Option<Moment> {
    let bytes = cell.as_bytes();
    let number = |at: usize, digits: usize| -> Option<i16> {
        bytes
            .get(at..at + digits)?
            .iter()
            .try_fold(0, |sum: i16, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    let small = |at: usize| number(at, 2).and_then(|n| i8::try_from(n).ok());
    let separator = *bytes.get(4)?;
    if !matches!(separator, b'-' | b'/') || *bytes.get(7)? != separator {
        return None;
    }
    let date = Date::new(number(0, 4)?, small(5)?, small(8)?).ok()?;
    if bytes.len() == 10 {
        return Some(Moment::Day(date));
    }
    let parts = [bytes.get(10)?, bytes.get(13)?, bytes.get(16)?];
    if !matches!(parts, [b' ' | b'T', b':', b':']) {
        return None;
    }
    let at = DateTime::from_parts(date, Time::new(small(11)?, small(14)?, small(17)?, 0).ok()?);
    let rest = bytes.get(19..)?;
    let rest = match rest {
        [b'.', fraction @ ..] => {
            fraction.get(fraction.iter().take_while(|byte| byte.is_ascii_digit()).count()..)?
        }
        rest => rest,
    };
    match rest {
        [] => Some(Moment::Local(at)),
        b"Z" | b"+0000" | b"+00:00" => at_offset(at, Offset::UTC).ok(),
        _ => None,
    }
}

/// Jira's usual layout, read straight: `05/Jun/26 11:20 PM`, `5/Jun/2026 9:05 AM`, `05/Jun/26 23:20`.
fn plain_jira(cell: &str) -> Option<Moment> {
    let (day, rest) = digits(cell.as_bytes(), 2)?;
    let [b'/', a, b, c, b'/', rest @ ..] = rest else { return None };
    let month = english_month([*a, *b, *c])?;
    let years = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (year, rest) = digits(rest, 4).filter(|_| matches!(years, 2 | 4))?;
    let [b' ', rest @ ..] = rest else { return None };
    let (hour, rest) = digits(rest, 2)?;
    let [b':', rest @ ..] = rest else { return None };
    let (minute, rest) = digits(rest, 2)?;
    let hour = match rest {
        [] => hour,
        [b' ', half @ (b'A' | b'a' | b'P' | b'p'), b'M' | b'm'] if hour <= 12 => {
            hour % 12 + if half.eq_ignore_ascii_case(&b'p') { 12 } else { 0 }
        }
        _ => return None,
    };
    let small = |n: u32| i8::try_from(n).ok();
    let year = i16::try_from(full_year(year, years)).ok()?;
    let date = Date::new(year, small(month)?, small(day)?).ok()?;
    let time = Time::new(small(hour)?, small(minute)?, 0, 0).ok()?;
    Some(Moment::Local(DateTime::from_parts(date, time)))
}

/// The number that begins the text, of at most so many digits, and what follows it.
fn digits(text: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let count = text.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = text.split_at_checked(count).filter(|_| count > 0)?;
    Some((number.iter().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')), rest))
}

fn plausible(moment: Moment) -> Result<Moment, DateTrouble> {
    let day = moment.date(&crate::model::Zone::UTC);
    if (1970..=2200).contains(&day.year()) { Ok(moment) } else { Err(DateTrouble::Implausible) }
}

/// A cell taken apart.
struct Parts {
    day: Day,
    time: Option<Time>,
    offset: Option<Offset>,
}

enum Day {
    Known {
        year: u32,
        month: u32,
        day: u32,
    },
    /// Three numbers that are day, month and year in one order or another. With dots it is day first
    /// wherever dots are used.
    Numeric {
        numbers: [u32; 3],
        digits: [usize; 3],
        dotted: bool,
    },
    /// Seconds, milliseconds or microseconds since 1970.
    Epoch(jiff::Timestamp),
}

fn take_apart(cell: &str) -> Option<Parts> {
    // JavaScript's `Date` ends with the zone's name in parentheses; the offset before it counts.
    let cell = cell.split(" (").next().unwrap_or_default().trim();
    let (day, clock) = match cell.find(':') {
        None => (cell, None),
        Some(colon) => {
            let hour = cell[..colon]
                .rfind(|c: char| !c.is_ascii_digit())
                .map_or(0, |i| i + cell[i..].chars().next().map_or(1, char::len_utf8));
            (&cell[..hour], Some(&cell[hour..]))
        }
    };
    let (time, offset) = match clock {
        None => (None, None),
        Some(clock) => take_clock_apart(clock).map(|(time, offset)| (Some(time), offset))?,
    };
    Some(Parts { day: take_day_apart(day, clock.is_some())?, time, offset })
}

fn take_day_apart(text: &str, has_clock: bool) -> Option<Day> {
    // An ISO date ends in `T` before its time.
    let text = if has_clock { text.strip_suffix('T').unwrap_or(text) } else { text };
    if let Some(epoch) = epoch(text).filter(|_| !has_clock) {
        return Some(Day::Epoch(epoch));
    }
    let mut month = None;
    let mut numbers: [(u32, usize); 3] = [(0, 0); 3];
    let mut found = 0;
    for token in text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()) {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &token[digits..];
        if digits > 0 && digits <= 5 && (rest.is_empty() || matches!(rest, "st" | "nd" | "rd" | "th")) {
            *numbers.get_mut(found)? = (token[..digits].parse().ok()?, digits);
            found += 1;
        } else if digits > 0 {
            return None;
        } else if let Some(number) = month_named(token) {
            month = Some(number).filter(|_| month.is_none());
            month?;
        } else if !is_weekday(token) && token != "at" {
            return None;
        }
    }
    let [(a, a_digits), (b, b_digits), (c, c_digits)] = numbers;
    match (month, found) {
        (Some(month), 2) if a_digits > 2 => Some(Day::Known { year: a, month, day: b }),
        (Some(month), 2) => Some(Day::Known { year: full_year(b, b_digits), month, day: a }),
        (None, 3) if a_digits > 2 => Some(Day::Known { year: a, month: b, day: c }),
        (None, 3) => Some(Day::Numeric {
            numbers: [a, b, c],
            digits: [a_digits, b_digits, c_digits],
            dotted: text.contains('.'),
        }),
        _ => None,
    }
}

/// Seconds, milliseconds or microseconds since 1970, told apart by their digits; also as a float,
/// as spreadsheets rewrite them.
fn epoch(text: &str) -> Option<jiff::Timestamp> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        10 => jiff::Timestamp::from_second(number).ok(),
        13 => jiff::Timestamp::from_millisecond(number).ok(),
        16 => jiff::Timestamp::from_microsecond(number).ok(),
        _ => None,
    }
}

/// `9:26 AM`, `14:59:28`, `08:53:33.000+0000`, `08:53:33 GMT+0000`, `08:53Z`.
fn take_clock_apart(text: &str) -> Option<(Time, Option<Offset>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (clock, rest) = text.split_at(end.unwrap_or(text.len()));
    let clock = clock.split(['.', ',']).next().unwrap_or_default();
    let mut numbers = clock.split(':').map(|n| n.parse::<i8>());
    let mut hour = numbers.next()?.ok()?;
    let minute = numbers.next()?.ok()?;
    let second = numbers.next().unwrap_or(Ok(0)).ok()?;
    let rest = rest.trim();
    let rest = match take_half(rest) {
        None => rest,
        Some((afternoon, rest)) if (0..=12).contains(&hour) => {
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            rest
        }
        Some(_) => return None,
    };
    let numeric = rest.strip_prefix("GMT").or_else(|| rest.strip_prefix("UTC"));
    let zone = numeric.filter(|zone| !zone.is_empty()).unwrap_or(rest);
    // The name of a zone without its offset ("CET") is no offset: the time stands as it is written.
    let named = !zone.is_empty() && zone.chars().all(char::is_alphabetic);
    let offset = offset(zone);
    if offset.is_none() && !zone.is_empty() && !named {
        return None;
    }
    Some((Time::new(hour, minute, second, 0).ok()?, offset))
}

/// Whether the clock's half is the afternoon, and what follows it; `None` where no half is named.
fn take_half(text: &str) -> Option<(bool, &str)> {
    const WORDS: [(&str, bool); 8] = [
        ("am", false),
        ("pm", true),
        ("a.m.", false),
        ("p.m.", true),
        ("a. m.", false),
        ("p. m.", true),
        ("a m", false),
        ("p m", true),
    ];
    WORDS.iter().find_map(|&(word, afternoon)| {
        let (half, rest) = text.split_at_checked(word.len())?;
        let ends = !rest.starts_with(char::is_alphabetic);
        (ends && half.eq_ignore_ascii_case(word)).then(|| (afternoon, rest.trim()))
    })
}

/// Two digits mean the years 1970 to 2069.
fn full_year(year: u32, digits: usize) -> u32 {
    match (digits, year) {
        (1..=2, 0..=69) => 2000 + year,
        (1..=2, _) => 1900 + year,
        _ => year,
    }
}

/// The month a word names, by its beginning, in the languages trackers are used in most.
fn month_named(word: &str) -> Option<u32> {
    const BEGINNINGS: [&[&str]; 12] = [
        &["jan", "jän", "ene", "gen", "janv"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "maa", "mrt", "mrz", "mars"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mei", "mag", "maj"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "aoû", "aou", "ago"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    // The English three letters are nearly all there is.
    if let Some(&[a, b, c]) = word.as_bytes().get(..3)
        && let Some(month) = english_month([a, b, c])
    {
        return Some(month);
    }
    let word = word.to_lowercase();
    let begins = |beginnings: &&[&str]| beginnings.iter().any(|start| word.starts_with(start));
    BEGINNINGS.iter().position(begins).and_then(|index| u32::try_from(index + 1).ok())
}

/// The month of those three letters, in any case.
fn english_month(letters: [u8; 3]) -> Option<u32> {
    let lower = letters.map(|byte| byte.to_ascii_lowercase());
    let month = match &lower {
        b"jan" => 1,
        b"feb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"aug" => 8,
        b"sep" => 9,
        b"oct" => 10,
        b"nov" => 11,
        b"dec" => 12,
        _ => return None,
    };
    Some(month)
}

fn is_weekday(word: &str) -> bool {
    const BEGINNINGS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.to_lowercase();
    BEGINNINGS.iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cell: &str, order: Order) -> String {
        match read(cell, order) {
            Ok(Some(moment)) => moment.to_string(),
            Ok(None) => "nothing".to_owned(),
            Err(trouble) => format!("{trouble:?}"),
        }
    }

    #[test]
    fn every_layout_seen_in_the_wild_is_read() {
        for (cell, want) in [
            ("05/Jun/26 11:20 PM", "2026-06-05T23:20:00"),
            ("05/Jun/26 12:00 AM", "2026-06-05T00:00:00"),
            ("5/Jun/2026 12:05 pm", "2026-06-05T12:05:00"),
            ("5/Jun/26 23:05", "2026-06-05T23:05:00"),
            ("5/Jun/26 23:05:09", "2026-06-05T23:05:09"),
            ("22/Sep/25 9:26 AM", "2025-09-22T09:26:00"),
            ("02/September/24 9:47 AM", "2024-09-02T09:47:00"),
            ("MAY/14/24 8:53 PM", "2024-05-14T20:53:00"),
            ("02-Nov-04", "2004-11-02"),
            ("May 6, 2014", "2014-05-06"),
            ("May 14, 2024 8:53 AM", "2024-05-14T08:53:00"),
            ("Oct-27-2022 3:26 PM", "2022-10-27T15:26:00"),
            ("14. Mai 2024", "2024-05-14"),
            ("2024-05-14", "2024-05-14"),
            ("2025/03/13 02:27:02", "2025-03-13T02:27:02"),
            ("2018-01-01 00:00:00", "2018-01-01T00:00:00"),
            ("2024-05-14T08:53:33.000Z", "2024-05-14T08:53:33Z"),
            ("2025-11-15T04:00:00.000+0000", "2025-11-15T04:00:00Z"),
            ("2025-11-15T04:00:00+05:30", "2025-11-14T22:30:00Z"),
            ("2025-11-15 04:00:00 UTC", "2025-11-15T04:00:00Z"),
            ("Tue May 14 2024 08:53:33 GMT+0000 (GMT)", "2024-05-14T08:53:33Z"),
            ("Wed May 13 2026 11:21:41 GMT+0200 (Central European Summer Time)", "2026-05-13T09:21:41Z"),
            ("7.6.2025 14:59:28", "2025-06-07T14:59:28"),
            ("22/08/2024", "2024-08-22"),
            ("1715676813", "2024-05-14T08:53:33Z"),
            ("1715676813000", "2024-05-14T08:53:33Z"),
            ("1715676813000.0", "2024-05-14T08:53:33Z"),
            ("2024-05-14 10:22 CET", "2024-05-14T10:22:00"),
            ("May 14, 2026 at 8:53 AM", "2026-05-14T08:53:00"),
            ("14/05/2026 6:55 PM UTC", "2026-05-14T18:55:00Z"),
            ("14/05/2026 0:30 a. m.", "2026-05-14T00:30:00"),
            ("", "nothing"),
            ("NA", "nothing"),
            ("\\N", "nothing"),
        ] {
            assert_eq!(text(cell, Order::DayFirst), want, "{cell}");
        }
        assert_eq!(text("3/4/2026 6:55:03 PM", Order::MonthFirst), "2026-03-04T18:55:03");
        assert_eq!(text("3/4/2026 6:55:03 PM", Order::DayFirst), "2026-04-03T18:55:03");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for cell in [
            "soon",
            "12",
            "1.5",
            "31/02/2024",
            "2024-13-01",
            "5/5",
            "10:30",
            "25:00",
            "2024-01-01 25:00",
            "1/2/3/4",
            "2024-01-01 13:00 PM",
            "é:1",
            "٣/٤/٢٠٢٤",
            "PAY-12",
        ] {
            assert_eq!(read(cell, Order::DayFirst), Err(DateTrouble::Unreadable), "{cell}");
        }
        for cell in ["0016-01-02", "55385-01-02", "01/01/1969", "2300-01-01"] {
            assert_eq!(read(cell, Order::DayFirst), Err(DateTrouble::Implausible), "{cell}");
        }
    }

    #[test]
    fn the_order_is_decided_by_all_cells_together() {
        let order = |cells: &[&str]| Evidence::of(cells.iter().copied()).order();
        assert_eq!(order(&["03/04/2024", "13/04/2024"]), Some(Order::DayFirst));
        assert_eq!(order(&["03/04/2024", "04/13/2024"]), Some(Order::MonthFirst));
        assert_eq!(order(&["03.04.2024"]), Some(Order::DayFirst));
        assert_eq!(order(&["03/04/2024", "05/05/2024", "2024-01-13"]), None);
        assert_eq!(Evidence::of(["03/04/2024", "05/05/2024"].into_iter()).unclear, 1);
    }

    #[test]
    fn offsets_are_read() {
        for (text, seconds) in [("+05:00", 18000), ("-0800", -28800), ("Z", 0), ("+2", 7200)] {
            assert_eq!(offset(text).map(|o| o.seconds()), Some(seconds), "{text}");
        }
        for text in ["", "5", "+", "+99:00", "+05:99", "Berlin"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }
}
