//! The versioned envelope. Version history:
//!
//! 1. `payload` is JSON, deflated, in base64: `workspace` with its `items`, and `settings`.
//! 2. The items are beside the workspace, so that they can be written one by one.
//! 3. `settings` has `counting`. Without it everything is counted as usual; a Ballpark that does not know it
//!    must not save the rest and lose it.
//! 4. Items may have due dates and iterations, which a Ballpark before would lose by saving.
//! 5. Items may have areas and sizes; `counting` says what estimates are of and how many people there are.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{Item, Settings, Workspace};
use crate::pace::Pace;

/// The version this program writes. It reads every version up to it.
pub const VERSION: u32 = 5;

/// One step for each version that was ever written: `UPGRADES[v - 1]` turns the data of version `v`
/// into that of `v + 1`. A missing step does not compile.
const UPGRADES: [fn(Value) -> Result<Value, String>; VERSION as usize - 1] =
    [items_beside, counted_as_usual, without_due_dates, without_areas];

fn items_beside(mut value: Value) -> Result<Value, String> {
    let items = value.get_mut("workspace").and_then(|workspace| workspace.get_mut("items"));
    let items = items.map(Value::take).ok_or("it has no items")?;
    value["items"] = items;
    value["workspace"]["items"] = Value::Array(Vec::new());
    Ok(value)
}

fn without_areas(value: Value) -> Result<Value, String> {
    Ok(value)
}

fn without_due_dates(value: Value) -> Result<Value, String> {
    Ok(value)
}

fn counted_as_usual(value: Value) -> Result<Value, String> {
    Ok(value)
}

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
    /// Without its items.
    workspace: Workspace,
    items: Vec<Arc<Item>>,
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

    /// Packs a workspace and its settings, in steps.
    ///
    /// # Errors
    /// When they have no JSON, which no value of these types can bring about.
    pub async fn seal(
        workspace: &Workspace,
        settings: &Settings,
        stamp: String,
        pace: &Pace<'_>,
    ) -> Result<Envelope, serde_json::Error> {
        let mut packer = Packer::default();
        let total = workspace.items.len();
        packer.json.extend_from_slice(b"{\"items\":[");
        for (n, item) in workspace.items.iter().enumerate() {
            if n > 0 {
                packer.json.push(b',');
            }
            serde_json::to_writer(&mut packer.json, item)?;
            if packer.json.len() > 1 << 14 {
                packer.pack(TDEFLFlush::None);
                pace.at(n, total).await;
            }
        }
        packer.json.extend_from_slice(b"],\"workspace\":");
        let rest = Workspace { items: Vec::new(), ..workspace.clone() };
        serde_json::to_writer(&mut packer.json, &rest)?;
        packer.json.extend_from_slice(b",\"settings\":");
        serde_json::to_writer(&mut packer.json, settings)?;
        packer.json.push(b'}');
        packer.pack(TDEFLFlush::Finish);
        let mut payload = String::new();
        // A multiple of three bytes at a time, so that the pieces make one text.
        for (n, part) in packer.packed.chunks(3 << 15).enumerate() {
            STANDARD_NO_PAD.encode_string(part, &mut payload);
            pace.at(n, n + 1).await;
        }
        Ok(Envelope { format: Envelope::FORMAT.to_owned(), version: VERSION, stamp, payload })
    }

    /// Whether it looks like one that [`Envelope::open`] opens, without unpacking it.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn check(&self) -> Result<(), OpenError> {
        let unreadable = |why: String| Err(OpenError::Unreadable { why });
        match self.version {
            _ if self.format != Envelope::FORMAT => {
                unreadable(format!("its format is called {:?}", self.format))
            }
            0 => unreadable("there was never a version 0".to_owned()),
            version if version > VERSION => Err(OpenError::Newer { version }),
            _ => Ok(()),
        }
    }

    /// Unpacks what was sealed, by this version or an older one.
    ///
    /// # Errors
    /// [`OpenError`]; the envelope itself stays as it is.
    pub fn open(&self) -> Result<(Workspace, Settings), OpenError> {
        self.check()?;
        let unreadable = |why: String| OpenError::Unreadable { why };
        let steps = self.version.saturating_sub(1);
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
        Ok((Workspace { items: kept.items, ..kept.workspace }, kept.settings))
    }
}

/// Deflates JSON as it is written.
struct Packer {
    deflate: CompressorOxide,
    json: Vec<u8>,
    packed: Vec<u8>,
}

impl Default for Packer {
    fn default() -> Packer {
        const FAST: i32 = 3;
        const RAW: i32 = -15;
        const USUAL_STRATEGY: i32 = 0;
        let flags = create_comp_flags_from_zip_params(FAST, RAW, USUAL_STRATEGY);
        Packer { deflate: CompressorOxide::new(flags), json: Vec::new(), packed: Vec::new() }
    }
}

impl Packer {
    /// Packs what has been written so far.
    fn pack(&mut self, flush: TDEFLFlush) {
        let packed = &mut self.packed;
        // Nothing refuses what is given out, so the compressor takes all of its input.
        compress_to_output(&mut self.deflate, &self.json, flush, |part| {
            packed.extend_from_slice(part);
            true
        });
        self.json.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    fn sealed() -> (Workspace, Settings, Envelope) {
        let workspace = crate::sample::workspace(Date::constant(2026, 11, 23)).unwrap();
        let settings = Settings {
            as_of: Some(Date::constant(2026, 1, 2)),
            zone: Some("Europe/Berlin".into()),
            ..Settings::default()
        };
        let envelope = Envelope::seal(&workspace, &settings, "s".into(), &Pace::STRAIGHT);
        let envelope = crate::pace::straight(envelope).unwrap().unwrap();
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

    #[test]
    fn what_version_1_wrote_is_still_read() {
        let json = br#"{"workspace":{"items":[{"k":"A-1","g":"Done","f":"2024-05-14"}],"read_from":[],
            "knows":{"status":true},"sample":false},"settings":{"as_of":null,"zone":"UTC"}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope { format: Envelope::FORMAT.into(), version: 1, stamp: String::new(), payload };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!((workspace.items.len(), workspace.items[0].key.as_str()), (1, "A-1"));
        assert_eq!((workspace.knows.status, settings.zone.as_deref()), (true, Some("UTC")));
    }

    #[test]
    fn what_version_2_wrote_is_counted_as_usual() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},
            "items":[{"k":"A-1"}],"settings":{"as_of":null,"zone":"UTC"}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope { format: Envelope::FORMAT.into(), version: 2, stamp: String::new(), payload };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!(workspace.items[0].key, "A-1");
        assert_eq!(settings.counting, crate::model::Counting::default());
    }

    #[test]
    fn what_version_3_wrote_has_no_due_dates() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},"items":[{"k":"A-1"}],
            "settings":{"as_of":null,"zone":"UTC","counting":{"sle_percent":70}}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope { format: Envelope::FORMAT.into(), version: 3, stamp: String::new(), payload };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!((workspace.items[0].due, settings.counting.sle_percent), (None, 70));
    }

    #[test]
    fn what_version_4_wrote_has_no_areas() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},"items":[{"k":"A-1","D":"2024-05-14"}],
            "settings":{"as_of":null,"zone":"UTC","counting":{"sle_percent":70}}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope { format: Envelope::FORMAT.into(), version: 4, stamp: String::new(), payload };
        let (workspace, settings) = old.open().unwrap();
        let item = &workspace.items[0];
        assert!(item.due.is_some() && item.areas.is_empty() && item.size.is_empty());
        assert_eq!((settings.counting.ballpark, settings.counting.sle_percent), (2.0, 70));
    }

    #[test]
    fn how_work_is_counted_is_kept() {
        let (workspace, mut settings, _) = sealed();
        let day = Date::constant(2024, 5, 14);
        settings.counting.working_days_only = true;
        settings.counting.holidays.insert(day);
        settings.counting.baseline = Some((day, day));
        settings.counting.me.insert("Ada".into());
        settings.counting.people.insert("Blue".into(), 5);
        settings.counting.estimates = crate::model::Estimates::Elapsed;
        settings.counting.waiting.insert("Review".into(), true);
        let event = crate::model::Event { what: "joined".into(), restarts: true };
        settings.counting.events.insert(day, event);
        let envelope = Envelope::seal(&workspace, &settings, "s".into(), &Pace::STRAIGHT);
        let envelope = crate::pace::straight(envelope).unwrap().unwrap();
        assert_eq!(envelope.open().map(|(_, settings)| settings), Ok(settings));
    }
}
