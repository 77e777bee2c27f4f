//! Numbers and days as a language writes them.

use jiff::civil::Date;

use super::{Language, spoken};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// With thousands separated: `12,300`.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(spoken().group_sign());
        }
        text.push(digit);
    }
    text
}

/// With so many decimals and nothing between thousands: `1.5`.
pub fn decimals(x: f64, decimals: usize) -> String {
    pointed(format!("{x:.decimals$}"))
}

/// A number that is written with a point, as the language writes it.
pub fn pointed(written: String) -> String {
    match spoken().decimal_sign() {
        '.' => written,
        sign => written.replace('.', sign.encode_utf8(&mut [0; 4])),
    }
}

/// `14 May 2024`.
pub fn date(day: Date) -> String {
    format!("{}\u{a0}{}", day_and_month(day), day.year())
}

/// `14 May`.
pub fn day_and_month(day: Date) -> String {
    match spoken() {
        Language::English => format!("{}\u{a0}{}", day.day(), short_month(day)),
        Language::German => format!("{}.\u{a0}{}", day.day(), short_month(day)),
    }
}

/// `14 May 24`.
pub fn date_of_short_year(day: Date) -> String {
    format!("{}\u{a0}{}", day_and_month(day), format_args!("{:02}", day.year().rem_euclid(100)))
}

/// `May 2024`.
pub fn month(day: Date) -> String {
    format!("{}\u{a0}{}", short_month(day), day.year())
}

/// `May`; in three or four letters.
pub fn short_month(day: Date) -> String {
    let of = |names: &'static [&'static str; 12]| {
        names.get(usize::from(day.month().unsigned_abs()) - 1).copied().unwrap_or_default()
    };
    match spoken() {
        Language::English => of(&SHORT_MONTHS).to_owned(),
        Language::German => match of(&MONTHS) {
            long if long.chars().count() > 4 => long.chars().take(3).chain(['.']).collect(),
            short => short.to_owned(),
        },
    }
}

/// A noun or a heading within a sentence: small in English, as it is where nouns are large.
pub fn within(text: &str) -> String {
    match spoken() {
        Language::English => text.to_lowercase(),
        Language::German => text.to_owned(),
    }
}
