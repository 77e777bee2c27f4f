//! The notebook as it is kept: by itself, so that what people wrote is safe whatever becomes of an export that is
//! too large to keep. Version history:
//!
//! 1. JSON: `format`, `version`, `stamp`, `notebook`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::OpenError;
use super::envelope::{parsed, typed};
use crate::model::Notebook;

/// The version this program writes. It reads every version up to it.
pub const NOTES_VERSION: u32 = 1;

/// What lies in the browser's storage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notes {
    /// Always [`Notes::FORMAT`].
    pub format: String,
    pub version: u32,
    /// Which writing this is: another tab that has written since has another stamp.
    pub stamp: String,
    pub notebook: Notebook,
}

impl Notes {
    /// The mark.
    pub const FORMAT: &str = "ballpark-notebook";

    pub fn of(notebook: Notebook, stamp: String) -> Notes {
        Notes { format: Notes::FORMAT.to_owned(), version: NOTES_VERSION, stamp, notebook }
    }

    /// Reads what was kept, by this version or an older one.
    ///
    /// # Errors
    /// [`OpenError`]: then it must not be overwritten unasked.
    pub fn read(text: &str) -> Result<Notes, OpenError> {
        let unreadable = |why: String| OpenError::Unreadable { why };
        let value: Value = parsed(text.as_bytes())?;
        match (value["format"].as_str(), value["version"].as_u64()) {
            (Some(Notes::FORMAT), Some(version)) if version > u64::from(NOTES_VERSION) => {
                Err(OpenError::Newer {
                    version: u32::try_from(version).unwrap_or(u32::MAX),
                    known: NOTES_VERSION,
                })
            }
            (Some(Notes::FORMAT), Some(1..)) => typed(value),
            _ => Err(unreadable(t!("it is no notebook").to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[test]
    fn what_is_kept_is_found_again_and_what_is_not_ours_is_told() {
        let mut notebook = Notebook::default();
        notebook.add_sample(crate::sample::notebook(Date::constant(2026, 11, 23)));
        notebook.remove(&[1], jiff::Timestamp::UNIX_EPOCH);
        let notes = Notes::of(notebook, "s".into());
        let text = serde_json::to_string(&notes).unwrap();
        assert_eq!(Notes::read(&text), Ok(notes));
        let newer = text.replacen("\"version\":1", "\"version\":2", 1);
        assert_eq!(Notes::read(&newer), Err(OpenError::Newer { version: 2, known: NOTES_VERSION }));
        for broken in
            ["", "{}", "[1]", &text[..text.len() / 2], &text.replace("\"records\":[", "\"records\":[3,")]
        {
            assert!(matches!(Notes::read(broken), Err(OpenError::Unreadable { .. })), "{broken}");
        }
    }
}
