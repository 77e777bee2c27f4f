//! A language's texts: read from JSON, `{"what it is about": {"English": "German"}}`.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Language, key};

/// All texts of a language.
#[derive(Debug)]
pub struct Catalogue {
    language: Language,
    texts: FxHashMap<u32, Text>,
}

#[derive(Debug)]
struct Text {
    /// What stands around the values in English, in order; one more than there are values.
    english: Vec<String>,
    /// Which of the values are written with decimals by the text itself.
    decimals: Vec<bool>,
    parts: Vec<Part>,
    /// The whole, where there are no values.
    whole: Option<String>,
}

#[derive(Debug)]
enum Part {
    Literal(String),
    Value(usize),
}

/// Why a catalogue can't be spoken.
#[derive(Debug, PartialEq)]
pub enum BadCatalogue {
    NotJson(String),
    /// The text's values are not those of the English one.
    Values {
        english: String,
        why: String,
    },
    /// Two English texts can't be told apart: one of them has to be worded otherwise.
    Alike {
        english: String,
    },
}

impl fmt::Display for BadCatalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadCatalogue::NotJson(why) => write!(f, "not a catalogue of texts: {why}"),
            BadCatalogue::Values { english, why } => write!(f, "the text for {english:?}: {why}"),
            BadCatalogue::Alike { english } => write!(f, "{english:?} has the key of another text"),
        }
    }
}

impl std::error::Error for BadCatalogue {}

impl Catalogue {
    /// From a catalogue's file.
    ///
    /// # Errors
    /// If it is none, or a text has values that the English one has not.
    pub fn read(language: Language, json: &str) -> Result<Catalogue, BadCatalogue> {
        let groups: Value =
            serde_json::from_str(json).map_err(|why| BadCatalogue::NotJson(why.to_string()))?;
        let groups =
            groups.as_object().ok_or_else(|| BadCatalogue::NotJson("it has no groups".to_owned()))?;
        let mut texts = FxHashMap::default();
        let mut known: FxHashMap<u32, &str> = FxHashMap::default();
        for (english, other) in groups.values().filter_map(Value::as_object).flatten() {
            let other = other.as_str().unwrap_or_default();
            let text = Text::of(english, other, language)
                .map_err(|why| BadCatalogue::Values { english: english.clone(), why })?;
            let key = key(english);
            texts.insert(key, text);
            if known.insert(key, english).is_some_and(|other| other != english) {
                return Err(BadCatalogue::Alike { english: english.clone() });
            }
        }
        Ok(Catalogue { language, texts })
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether it has that English text.
    pub fn knows(&self, english: &str) -> bool {
        self.texts.contains_key(&key(english))
    }

    /// The text for that key, if it is known and has no values.
    pub(super) fn text(&self, key: u32) -> Option<&str> {
        self.texts.get(&key)?.whole.as_deref()
    }

    /// The text for that key with the values of the English one, if it is known.
    pub(super) fn said(&self, key: u32, english: fmt::Arguments) -> Option<String> {
        let text = self.texts.get(&key)?;
        let mut written = Written::default();
        fmt::write(&mut written, english).ok()?;
        let english = written.text.as_str();
        let values = text.values_written(&written).or_else(|| text.values(english))?;
        let mut said = String::with_capacity(english.len() * 5 / 4);
        for part in &text.parts {
            match part {
                Part::Literal(literal) => said += literal,
                Part::Value(at) => match text.decimals.get(*at) {
                    Some(true) => {
                        said += &values.get(*at)?.replace('.', &self.language.decimal_sign().to_string())
                    }
                    _ => said += values.get(*at)?,
                },
            }
        }
        Some(said)
    }
}

impl Text {
    fn of(english: &str, other: &str, language: Language) -> Result<Text, String> {
        let mut pieces = vec![String::new()];
        let mut names: Vec<Cow<'_, str>> = Vec::new();
        let mut decimals: Vec<bool> = Vec::new();
        for token in tokens(english)? {
            match token {
                Token::Literal(literal) => pieces.last_mut().ok_or("nothing")?.push_str(&literal),
                // Values without a letter between them can't be told apart: they are one.
                Token::Value { decimal, .. }
                    if pieces.len() > 1 && pieces.last().is_some_and(String::is_empty) =>
                {
                    if let Some(last) = decimals.last_mut() {
                        *last &= decimal;
                    }
                }
                Token::Value { name, decimal } => {
                    names.push(match name {
                        "" => names.len().to_string().into(),
                        name => name.into(),
                    });
                    decimals.push(decimal);
                    pieces.push(String::new());
                }
            }
        }
        let mut next = 0;
        let mut parts = Vec::new();
        for token in tokens(other)? {
            parts.push(match token {
                Token::Literal(literal) => Part::Literal(literal),
                Token::Value { name, .. } => {
                    let named = match name {
                        "" => next.to_string(),
                        name => name.to_owned(),
                    };
                    next += 1;
                    let by_name = names.iter().position(|name| *name == named);
                    let at = by_name.or_else(|| named.parse().ok().filter(|at| *at < names.len()));
                    Part::Value(at.ok_or_else(|| format!("{} has no value {named:?}", language.name()))?)
                }
            });
        }
        let whole = names.is_empty().then(|| {
            let literal = |part: &Part| match part {
                Part::Literal(literal) => literal.clone(),
                Part::Value(_) => String::new(),
            };
            parts.iter().map(literal).collect()
        });
        Ok(Text { english: pieces, decimals, parts, whole })
    }

    /// The values in an English text: what was written between the pieces, each of which is written by itself.
    fn values_written<'t>(&self, written: &'t Written) -> Option<Vec<&'t str>> {
        let mut parts = written.parts.iter();
        let whole = written.text.len();
        let mut values = Vec::with_capacity(self.english.len());
        let mut from = 0;
        for (n, piece) in self.english.iter().enumerate() {
            let is_last = n + 1 == self.english.len();
            // Nothing stands before the first value, or behind the last one.
            let (start, end) = match piece.is_empty() {
                true if n == 0 => (0, 0),
                true if is_last => (whole, whole),
                true => return None,
                // The last piece ends the text, whatever looks like it before.
                false if is_last => {
                    let end = (whole.checked_sub(piece.len())?, whole);
                    *parts.find(|part| **part == end)?
                }
                false => {
                    *parts.find(|(start, end)| written.text.get(*start..*end) == Some(piece.as_str()))?
                }
            };
            if n > 0 {
                values.push(written.text.get(from..start)?);
            }
            from = end;
        }
        Some(values)
    }

    /// The same, where pieces are not told apart (a value that the compiler knows is written with them): by what stands
    /// around them.
    fn values<'t>(&self, said: &'t str) -> Option<Vec<&'t str>> {
        let (first, rest) = self.english.split_first()?;
        let mut left = said.strip_prefix(first.as_str())?;
        let Some((last, between)) = rest.split_last() else {
            return left.is_empty().then(Vec::new);
        };
        let mut values = Vec::with_capacity(rest.len());
        for piece in between {
            let at = place_of(piece, left)?;
            values.push(left.get(..at)?);
            left = left.get(at + piece.len()..)?;
        }
        values.push(left.strip_suffix(last.as_str())?);
        Some(values)
    }
}

/// Where a piece of a text stands. A point or a comma within a number or a day of another language ("14.\u{a0}Mai",
/// "1.234") is none of a text's.
fn place_of(piece: &str, text: &str) -> Option<usize> {
    let is_within = |at: usize| {
        let mut after = text.get(at..).unwrap_or_default().chars();
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        matches!(after.next(), Some('.' | ',')) && {
            let next = after.next();
            next == Some('\u{a0}') || (digit(before) && digit(next))
        }
    };
    text.match_indices(piece).map(|(at, _)| at).find(|&at| !is_within(at) || piece.starts_with(".\u{a0}"))
}

/// A text as it is written, piece by piece and value by value.
#[derive(Default)]
struct Written {
    text: String,
    /// From where to where each part goes that was written at once.
    parts: Vec<(usize, usize)>,
}

impl fmt::Write for Written {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let start = self.text.len();
        self.text.push_str(part);
        self.parts.push((start, self.text.len()));
        Ok(())
    }
}

enum Token<'t> {
    Literal(String),
    Value { name: &'t str, decimal: bool },
}

/// The parts of a text as `format!` reads it.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut literal = String::new();
    let mut left = text;
    while let Some(at) = left.find(['{', '}']) {
        literal += &left[..at];
        let (brace, rest) = left[at..].split_at(1);
        if let Some(rest) = rest.strip_prefix(brace) {
            literal += brace;
            left = rest;
            continue;
        }
        let (inside, rest) = match brace {
            "{" => rest.split_once('}').ok_or("a value has no end")?,
            _ => return Err("a value ends that did not begin".to_owned()),
        };
        if !literal.is_empty() {
            tokens.push(Token::Literal(std::mem::take(&mut literal)));
        }
        let (name, how) = inside.split_once(':').unwrap_or((inside, ""));
        tokens.push(Token::Value { name, decimal: how.contains('.') });
        left = rest;
    }
    literal += left;
    if !literal.is_empty() {
        tokens.push(Token::Literal(literal));
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::language::{Language, speak, spoken};

    fn german(pairs: &[(&str, &str)]) -> Result<Catalogue, BadCatalogue> {
        let texts: BTreeMap<_, _> = pairs.iter().copied().collect();
        let json = serde_json::to_string(&BTreeMap::from([("here", texts)])).expect("JSON");
        Catalogue::read(Language::German, &json)
    }

    #[test]
    fn values_keep_their_places_and_change_them() {
        let pairs = [
            ("Home", "Start"),
            ("{n} of {all} are late", "Von {all} sind {n} zu spät"),
            ("{} in {}{}", "in {1}: {0}"),
            ("{day}.{more}", "{more}: {day}"),
            ("{share:.1} times {{so}}", "{share}-mal {{so}}"),
        ];
        speak(Some(german(&pairs).expect("a catalogue")));
        assert_eq!(spoken(), Language::German);
        let (n, all, share) = (3, "12\u{a0}items", 1.5);
        assert_eq!(t!("Home"), "Start");
        assert_eq!(say!("{n} of {all} are late"), "Von 12\u{a0}items sind 3 zu spät");
        assert_eq!(say!("{} in {}{}", 1, "two", "three"), "in twothree: 1");
        assert_eq!(say!("{share:.1} times {{so}}"), "1,5-mal {so}");
        let (day, more) = ("14.\u{a0}Mai\u{a0}2024 bis 1.234", " Mehr. Ja");
        assert_eq!(say!("{day}.{more}"), " Mehr. Ja: 14.\u{a0}Mai\u{a0}2024 bis 1.234");
        let (n, all) = ("3 of 4", "a of b of c are late");
        assert_eq!(say!("{n} of {all} are late"), "Von a of b of c are late sind 3 of 4 zu spät");
        let (first, second) = (String::from("a in b"), String::from("c in d"));
        assert_eq!(say!("{} in {}{}", first, second, n), "in c in d3 of 4: a in b");
        assert_eq!(t!("Not there"), "Not there");
        let n = 3;
        assert_eq!(say!("{n} not there"), "3 not there");
        speak(None);
        let (n, all) = (3, "12\u{a0}items");
        assert_eq!(t!("Home"), "Home");
        assert_eq!(say!("{n} of {all} are late"), "3 of 12\u{a0}items are late");
    }

    #[test]
    fn what_fits_no_value_is_refused() {
        assert!(matches!(german(&[("{n} of", "{m} von")]), Err(BadCatalogue::Values { .. })));
        assert!(matches!(german(&[("{n} of", "{n von")]), Err(BadCatalogue::Values { .. })));
        assert!(matches!(Catalogue::read(Language::German, "[]"), Err(BadCatalogue::NotJson(_))));
    }
}
