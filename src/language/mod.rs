//! In which language things are said. English stands in the code, beside the condition that chooses it: [`t!`] says a
//! text, [`say!`] one with values in it. Any other language is a catalogue, one file
//! with every English text and what it is there (`languages/de.json`); what it lacks stays English.

/// A text as it is: `t!("Cycle time")`; or one that was chosen elsewhere: `t!(form.title)`.
macro_rules! t {
    ($text:literal) => {
        $crate::language::text(const { $crate::language::key($text) }, $text)
    };
    ($chosen:expr) => {
        $crate::language::of($chosen)
    };
}

/// A text with values in it, as `format!` takes them. A catalogue names the values as the text does, or counts them.
macro_rules! say {
    ($text:literal $($values:tt)*) => {
        $crate::language::said(const { $crate::language::key($text) }, format_args!($text $($values)*))
    };
}

mod catalogue;
pub mod formats;

use std::cell::Cell;
use std::fmt;

pub use catalogue::{BadCatalogue, Catalogue};

/// A language that Ballpark speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// As HTML has it, and the name of its catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// As its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    /// The language with that code.
    pub fn with_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What stands before the decimals.
    pub fn decimal_sign(self) -> char {
        match self {
            Language::English => '.',
            Language::German => ',',
        }
    }

    /// What stands between thousands.
    pub fn group_sign(self) -> char {
        match self {
            Language::English => ',',
            Language::German => '.',
        }
    }
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Catalogue>> = const { Cell::new(None) };
}

/// From now on everything is said as in this catalogue; without one in English. What was said before stays as it was.
pub fn speak(catalogue: Option<Catalogue>) {
    // A page speaks one language until it is loaded anew, so this is done once.
    SPOKEN.set(catalogue.map(|catalogue| &*Box::leak(Box::new(catalogue))));
}

/// What is spoken.
pub fn spoken() -> Language {
    SPOKEN.get().map_or(Language::English, Catalogue::language)
}

/// What [`t!`] stands for where the text was chosen elsewhere: itself where the catalogue has none.
#[doc(hidden)]
pub fn of(text: &str) -> &str {
    SPOKEN.get().and_then(|catalogue| catalogue.text(key(text))).unwrap_or(text)
}

/// What [`t!`] stands for.
#[doc(hidden)]
pub fn text(key: u32, english: &'static str) -> &'static str {
    SPOKEN.get().and_then(|catalogue| catalogue.text(key)).unwrap_or(english)
}

/// What [`say!`] stands for.
#[doc(hidden)]
pub fn said(key: u32, english: fmt::Arguments) -> String {
    let said = SPOKEN.get().and_then(|catalogue| catalogue.said(key, english));
    said.unwrap_or_else(|| english.to_string())
}

/// By which a text is looked up: so the program carries four bytes of it and not the whole twice. FNV-1a of 32 bits; a
/// catalogue in which two texts had the same would be refused.
#[doc(hidden)]
pub const fn key(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut key = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < bytes.len() {
        key = (key ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    key
}
