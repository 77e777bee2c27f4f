//! The versioned envelope. Version history:
//!
//! 1. `payload` is the JSON of [`Kept`], deflated, in base64.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{Settings, Workspace};

/// The version this program writes. It reads every version up to it.
pub const VERSION: u32 = 1;

/// One step for each version that was ever written: `UPGRADES[v - 1]` turns the data of version `v`
/// into that of `v + 1`. A missing step does not compile.
const UPGRADES: [fn(Value) -> Result<Value, String>; VERSION as usize - 1] = [];

/// What lies in the browser's storage. Its fields are the same in every version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Always [`Envelope::FORMAT`].
    pub format: String,
    pub version: u32,
    /// Which writing this is: another tab that has written since has another stamp.
    pub stamp: String,
    pub payload: String,
}

/// What an envelope holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    workspace: Workspace,
    settings: Settings,
}

/// The envelope can't be opened. Whatever it is, it must not be overwritten unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Written by a newer Ballpark.
    Newer { version: u32 },
    /// Damaged, or not ours.
    Unreadable { why: String },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Newer { version } => write!(
                f,
                "The data saved in this browser was written by a newer Ballpark (format {version}; this one knows {VERSION})."
            ),
            OpenError::Unreadable { why } => {
                write!(f, "The data saved in this browser can't be read: {why}.")
            }
        }
    }
}

impl std::error::Error for OpenError {}

impl Envelope {
    /// The envelope's mark.
    pub const FORMAT: &str = "ballpark-workspace";

    /// Packs a workspace and its settings.
    ///
    /// # Errors
    /// When they have no JSON, which no value of these types can bring about.
    pub fn seal(
        workspace: &Workspace,
        settings: &Settings,
        stamp: String,
    ) -> Result<Envelope, serde_json::Error> {
        #[derive(Serialize)]
        struct Borrowed<'a> {
            workspace: &'a Workspace,
            settings: &'a Settings,
        }
        let json = serde_json::to_vec(&Borrowed { workspace, settings })?;
        const FAST: u8 = 3;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(&json, FAST));
        Ok(Envelope { format: Envelope::FORMAT.to_owned(), version: VERSION, stamp, payload })
    }

    /// Unpacks what was sealed, by this version or an older one.
    ///
    /// # Errors
    /// [`OpenError`]; the envelope itself stays as it is.
    pub fn open(&self) -> Result<(Workspace, Settings), OpenError> {
        let unreadable = |why: String| OpenError::Unreadable { why };
        if self.format != Envelope::FORMAT {
            return Err(unreadable(format!("its format is called {:?}", self.format)));
        }
        if self.version > VERSION {
            return Err(OpenError::Newer { version: self.version });
        }
        let Some(steps) = self.version.checked_sub(1) else {
            return Err(unreadable("there was never a version 0".to_owned()));
        };
        let packed = STANDARD_NO_PAD.decode(&self.payload);
        let packed = packed.map_err(|error| unreadable(format!("it is damaged ({error})")))?;
        const MOST: usize = 1 << 30;
        let json = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, MOST);
        let json = json.map_err(|_| unreadable("it is damaged (it can't be unpacked)".to_owned()))?;
        let damaged = |error: serde_json::Error| unreadable(format!("it is damaged ({error})"));
        let kept: Kept = match UPGRADES.get(steps as usize..) {
            None | Some([]) => serde_json::from_slice(&json).map_err(damaged)?,
            Some(upgrades) => {
                let value: Value = serde_json::from_slice(&json).map_err(damaged)?;
                let value = upgrades.iter().try_fold(value, |value, upgrade| upgrade(value));
                serde_json::from_value(value.map_err(unreadable)?).map_err(damaged)?
            }
        };
        Ok((kept.workspace, kept.settings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    fn sealed() -> (Workspace, Settings, Envelope) {
        let workspace = crate::sample::workspace(Date::constant(2026, 11, 23)).unwrap();
        let settings =
            Settings { as_of: Some(Date::constant(2026, 1, 2)), zone: Some("Europe/Berlin".into()) };
        let envelope = Envelope::seal(&workspace, &settings, "s".into()).unwrap();
        (workspace, settings, envelope)
    }

    #[test]
    fn what_is_sealed_is_found_again() {
        let (workspace, settings, envelope) = sealed();
        assert_eq!(envelope.open(), Ok((workspace, settings)));
    }

    #[test]
    fn newer_and_damaged_data_are_told_apart() {
        let (.., envelope) = sealed();
        let newer = Envelope { version: VERSION + 1, payload: "?".into(), ..envelope.clone() };
        assert_eq!(newer.open(), Err(OpenError::Newer { version: VERSION + 1 }));
        for broken in [
            Envelope { version: 0, ..envelope.clone() },
            Envelope { format: "other".into(), ..envelope.clone() },
            Envelope { payload: "not base64!".into(), ..envelope.clone() },
            Envelope { payload: envelope.payload[..40].into(), ..envelope.clone() },
            Envelope { payload: String::new(), ..envelope.clone() },
        ] {
            assert!(matches!(broken.open(), Err(OpenError::Unreadable { .. })), "{broken:?}");
        }
    }
}
