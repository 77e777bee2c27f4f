//! Numbers as people write them.

pub use crate::language::formats::{date, decimals, month, number, within};
use crate::language::{Language, spoken};
use crate::model::Days;

/// `1 day`, `1,204 days`.
pub fn days(days: Days) -> String {
    counted(days.0 as usize, "day", "days")
}

/// `1 item`, `2,461 items`.
pub fn items(n: usize) -> String {
    counted(n, "item", "items")
}

/// A number and its noun, joined so that no line breaks between them.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{}\u{a0}{}", number(n), t!(if n == 1 { one } else { many }))
}

/// One decimal under a hundred, none above: `2.0`, `14.9`, `132`.
pub fn decimal(x: f64) -> String {
    // Half goes up, as people round; formatting alone would make 7.25 a 7.2.
    if x < 99.95 { decimals((x * 10.0).round() / 10.0, 1) } else { number(x.round().max(0.0) as usize) }
}

/// A share from 0 to 1 in whole percent: `85 %`; never all or nothing unless it is.
pub fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    match rounded as i64 {
        100 if share < 1.0 => t!("over\u{a0}99\u{a0}%").to_owned(),
        0 if share > 0.0 => t!("under\u{a0}1\u{a0}%").to_owned(),
        n => format!("{n}\u{a0}%"),
    }
}

/// A chance from 0 to 1 in whole percent. Nothing that is still to come is certain: over 99 % or under 1 % is all that is
/// said of it.
pub fn chance(chance: f64) -> String {
    match chance {
        c if c >= 0.995 => t!("over\u{a0}99\u{a0}%").to_owned(),
        c if c < 0.01 => t!("under\u{a0}1\u{a0}%").to_owned(),
        c => percent(c),
    }
}

/// `1st`, `22nd`, `85th`.
pub fn ordinal(n: u8) -> String {
    if spoken() == Language::German {
        return format!("{n}.");
    }
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// A factor: `1.5 times`, `12 times`, and of a half `0.5 times`.
pub fn times(factor: f64) -> String {
    say!("{}\u{a0}times", factor_of(factor))
}

/// The factor's number alone, with two digits that mean something: `0.47`, `1.5`, `12`.
pub fn factor_of(factor: f64) -> String {
    match factor {
        f if !f.is_finite() => t!("any number of").to_owned(),
        f if f < 0.995 => decimals(f, 2),
        f if f < 9.95 => decimals((f * 10.0).round() / 10.0, 1),
        f => number(f.round() as usize),
    }
}

/// Hours of work: `7 hours`, `2.5 hours`, `45 minutes`.
pub fn hours(hours: f64) -> String {
    match hours {
        h if h < 0.995 => counted((h * 60.0).round() as usize, "minute", "minutes"),
        h if h < 9.95 && (h - h.round()).abs() > 0.04 => {
            say!("{:.1}\u{a0}hours", (h * 10.0).round() / 10.0)
        }
        h => counted(h.round().max(0.0) as usize, "hour", "hours"),
    }
}

/// With its sign: `+2.5`, `−3.0`, `0.0`; a true minus.
pub fn signed(x: f64) -> String {
    let size = decimal(x.abs());
    match x {
        _ if size == decimal(0.0) => size,
        x if x < 0.0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

/// A whole number with its sign: `+3`, `−12`, `0`.
pub fn signed_whole(x: f64) -> String {
    let size = number(x.abs().round() as usize);
    match x.round() {
        0.0 => size,
        x if x < 0.0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

/// With its first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A name, as it is called: `“Shop”`.
pub fn quoted(name: &str) -> String {
    say!("“{name}”")
}

/// `a`, `a and b`, `a, b and c`.
pub fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => say!("{} and {last}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[test]
    fn numbers_read_like_prose() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1234567), "1,234,567");
        assert_eq!(days(Days(1)), "1\u{a0}day");
        assert_eq!(decimal(2.0), "2.0");
        assert_eq!(decimal(7.25), "7.3");
        assert_eq!(decimal(99.96), "100");
        assert_eq!(
            (percent(0.854), percent(0.999), percent(0.001)),
            ("85\u{a0}%".into(), "over\u{a0}99\u{a0}%".into(), "under\u{a0}1\u{a0}%".into())
        );
        assert_eq!([1, 2, 3, 11, 12, 85, 91].map(ordinal).join(" "), "1st 2nd 3rd 11th 12th 85th 91st");
        assert_eq!((signed(2.5), signed(-3.0), signed(0.01)), ("+2.5".into(), "−3.0".into(), "0.0".into()));
        assert_eq!([2.0, -1234.0, 0.2].map(signed_whole), ["+2", "−1,234", "0"]);
        assert_eq!((chance(1.0), chance(0.0)), ("over\u{a0}99\u{a0}%".into(), "under\u{a0}1\u{a0}%".into()));
        assert_eq!((chance(0.994), chance(0.5)), ("99\u{a0}%".into(), "50\u{a0}%".into()));
        assert_eq!(decimal(1234.5), "1,235");
        assert_eq!(date(Date::constant(2024, 5, 4)), "4\u{a0}May\u{a0}2024");
        assert_eq!(and(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
