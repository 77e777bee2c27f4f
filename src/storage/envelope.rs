//! The versioned envelope. Version history:
//!
//! 1. `payload` is JSON, deflated, in base64: `workspace` with its `items`, and `settings`.
//! 2. The items are beside the workspace, so that they can be written one by one.
//! 3. `settings` has `counting`. Without it everything is counted as usual; a Ballpark that does not know it
//!    must not save the rest and lose it.
//! 4. Items may have due dates and iterations, which a Ballpark before would lose by saving.
//! 5. Items may have areas and sizes; `counting` says what estimates are of and how many people there are.
//! 6. The items are columns, `payload` has fifteen bits in each UTF-16 unit and a checksum, and `settings` may
//!    name the workspace.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::columns::Columns;
use super::units;
use crate::model::{Item, Notebook, Settings, Workspace};
use crate::pace::{Pace, straight};

/// The version this program writes. It reads every version up to it.
pub const VERSION: u32 = 6;

/// The first version whose items are columns.
const COLUMNS: u32 = 6;

/// One step for each version that was ever written: `UPGRADES[v - 1]` turns the data of version `v`
/// into that of `v + 1`, item by item. A missing step does not compile.
const UPGRADES: [fn(Value) -> Result<Value, String>; VERSION as usize - 1] =
    [items_beside, counted_as_usual, without_due_dates, without_areas, without_a_name];

fn items_beside(mut value: Value) -> Result<Value, String> {
    let items = value.get_mut("workspace").and_then(|workspace| workspace.get_mut("items"));
    let items = items.map(Value::take).ok_or("it has no items")?;
    value["items"] = items;
    value["workspace"]["items"] = Value::Array(Vec::new());
    Ok(value)
}

fn counted_as_usual(value: Value) -> Result<Value, String> {
    Ok(value)
}

fn without_due_dates(value: Value) -> Result<Value, String> {
    Ok(value)
}

fn without_areas(value: Value) -> Result<Value, String> {
    Ok(value)
}

fn without_a_name(value: Value) -> Result<Value, String> {
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
    /// What the workspace is called, and how many items it has: told without unpacking.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub items: usize,
    pub payload: String,
}

/// What an envelope holds, item by item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Without its items.
    pub workspace: Workspace,
    pub items: Vec<Arc<Item>>,
    pub settings: Settings,
}

impl Kept {
    /// Reads what that version wrote item by item.
    pub fn read(version: u32, value: Value) -> Result<Kept, OpenError> {
        let steps = (version as usize).saturating_sub(1);
        let upgrades = UPGRADES.get(steps..).unwrap_or_default();
        let value = upgrades.iter().try_fold(value, |value, upgrade| upgrade(value));
        let value = value.map_err(|why| OpenError::Unreadable { why })?;
        typed(value)
    }

    pub fn into_parts(self) -> (Workspace, Settings) {
        (Workspace { items: self.items, ..self.workspace }, self.settings)
    }
}

/// The same with the items as columns; with the notebook where that is to go along.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Packed {
    pub workspace: Workspace,
    pub columns: Columns,
    pub settings: Settings,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notebook: Option<Notebook>,
}

impl Packed {
    /// Deflates it, in steps.
    pub async fn seal(
        workspace: &Workspace,
        settings: &Settings,
        notebook: Option<&Notebook>,
        pace: &Pace<'_>,
    ) -> Result<Vec<u8>, serde_json::Error> {
        let columns = Columns::of(&workspace.items, &pace.part(0.0, 0.5)).await;
        let workspace = Workspace { items: Vec::new(), ..workspace.clone() };
        let packed = Packed { workspace, columns, settings: settings.clone(), notebook: notebook.cloned() };
        pace.at(5, 10).await;
        let json = serde_json::to_vec(&packed)?;
        pace.at(6, 10).await;
        Ok(deflate(&json, &pace.part(0.6, 1.0)).await)
    }

    /// Inflates and reads it. No more than `most` bytes are unpacked.
    pub fn open(version: u32, bytes: &[u8], most: usize) -> Result<(Kept, Option<Notebook>), OpenError> {
        let json = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(bytes, most);
        let json = json.map_err(|_| OpenError::unpacking())?;
        let packed: Packed = parsed(&json)?;
        let unfit = |why: String| OpenError::Unreadable { why: say!("it is damaged ({why})") };
        let items = straight(packed.columns.items(most.saturating_mul(5), &Pace::STRAIGHT))
            .unwrap_or_else(|| Err(String::new()));
        let kept =
            Kept { workspace: packed.workspace, items: items.map_err(unfit)?, settings: packed.settings };
        // What a later version changes is told item by item.
        let kept = match version == VERSION {
            true => kept,
            false => {
                let json = serde_json::to_vec(&kept).map_err(|error| OpenError::damaged(&error))?;
                Kept::read(version, parsed(&json)?)?
            }
        };
        Ok((kept, packed.notebook))
    }
}

/// What JSON says. All that is kept is read from text, by one reader: each other one would be in the program again for
/// every type.
pub(super) fn parsed<T: DeserializeOwned>(json: &[u8]) -> Result<T, OpenError> {
    let text = std::str::from_utf8(json)
        .map_err(|error| OpenError::Unreadable { why: say!("it is damaged ({error})") })?;
    serde_json::from_str(text).map_err(|error| OpenError::damaged(&error))
}

/// What an upgraded value says.
pub(super) fn typed<T: DeserializeOwned>(value: Value) -> Result<T, OpenError> {
    let text = value.to_string();
    drop(value);
    parsed(text.as_bytes())
}

/// With a checksum (zlib's), in steps.
async fn deflate(bytes: &[u8], pace: &Pace<'_>) -> Vec<u8> {
    const LEVEL: i32 = 7;
    const WITH_CHECKSUM: i32 = 15;
    const USUAL_STRATEGY: i32 = 0;
    const PIECE: usize = 1 << 17;
    let flags = create_comp_flags_from_zip_params(LEVEL, WITH_CHECKSUM, USUAL_STRATEGY);
    let mut deflate = CompressorOxide::new(flags);
    let mut packed = Vec::new();
    // Nothing refuses what is given out, so the compressor takes all of its input.
    let mut give = |part: &[u8], flush| {
        compress_to_output(&mut deflate, part, flush, |out| {
            packed.extend_from_slice(out);
            true
        });
    };
    for (n, piece) in bytes.chunks(PIECE).enumerate() {
        give(piece, TDEFLFlush::None);
        pace.at(n * PIECE, bytes.len()).await;
    }
    give(&[], TDEFLFlush::Finish);
    packed
}

/// What was kept, sent or saved can't be opened. Whatever it is, it must not be overwritten unasked. Said of
/// something: "The data saved in this browser" …
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Written by a newer Ballpark than this, which knows formats up to `known`.
    Newer { version: u32, known: u32 },
    /// Damaged, or not ours.
    Unreadable { why: String },
}

impl OpenError {
    pub(super) fn damaged(error: &serde_json::Error) -> OpenError {
        OpenError::Unreadable { why: say!("it is damaged ({error})") }
    }

    pub(super) fn unpacking() -> OpenError {
        OpenError::Unreadable { why: t!("it is damaged (it can't be unpacked)").to_owned() }
    }

    /// Whether a version may be read at all.
    pub(super) fn check(version: u32, known: u32) -> Result<(), OpenError> {
        match version {
            0 => Err(OpenError::Unreadable { why: t!("there was never a version 0").to_owned() }),
            version if version > known => Err(OpenError::Newer { version, known }),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Newer { version, known } => f.write_str(&say!(
                "was written by a newer Ballpark (format {version}; this one knows {known})"
            )),
            OpenError::Unreadable { why } => f.write_str(&say!("can't be read: {why}")),
        }
    }
}

impl std::error::Error for OpenError {}

/// No more than this is unpacked of what a browser's storage can hold.
const MOST: usize = 1 << 28;

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
        let packed = Packed::seal(workspace, settings, None, pace).await?;
        let payload = units::pack(&packed);
        Ok(Envelope {
            format: Envelope::FORMAT.to_owned(),
            version: VERSION,
            stamp,
            name: workspace.name(&settings.name),
            items: workspace.items.len(),
            payload,
        })
    }

    /// Whether it looks like one that [`Envelope::open`] opens, without unpacking it.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn check(&self) -> Result<(), OpenError> {
        match self.format == Envelope::FORMAT {
            true => OpenError::check(self.version, VERSION),
            false => Err(OpenError::Unreadable { why: say!("its format is called {:?}", self.format) }),
        }
    }

    /// Unpacks what was sealed, by this version or an older one.
    ///
    /// # Errors
    /// [`OpenError`]; the envelope itself stays as it is.
    pub fn open(&self) -> Result<(Workspace, Settings), OpenError> {
        self.check()?;
        if self.version >= COLUMNS {
            let bytes = units::unpack(&self.payload).ok_or_else(OpenError::unpacking)?;
            let (kept, _) = Packed::open(self.version, &bytes, MOST)?;
            return Ok(kept.into_parts());
        }
        let packed = STANDARD_NO_PAD.decode(&self.payload);
        let damaged = |error| OpenError::Unreadable { why: say!("it is damaged ({error})") };
        let packed = packed.map_err(damaged)?;
        let json = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, MOST);
        let json = json.map_err(|_| OpenError::unpacking())?;
        let value = parsed(&json)?;
        Ok(Kept::read(self.version, value)?.into_parts())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    fn sealed() -> (Workspace, Settings, Envelope) {
        let workspace = crate::sample::workspace(Date::constant(2026, 11, 23));
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
        assert_eq!(newer.open(), Err(OpenError::Newer { version: VERSION + 1, known: VERSION }));
        for broken in [
            Envelope { version: 0, ..envelope.clone() },
            Envelope { format: "other".into(), ..envelope.clone() },
            Envelope { payload: "not base64!".into(), ..envelope.clone() },
            Envelope { payload: envelope.payload.chars().take(40).collect(), ..envelope.clone() },
            Envelope { payload: String::new(), ..envelope.clone() },
            // A single sign that is another one: the checksum tells.
            Envelope { payload: one_sign_off(&envelope.payload), ..envelope.clone() },
        ] {
            assert!(matches!(broken.open(), Err(OpenError::Unreadable { .. })), "{broken:?}");
        }
    }

    fn one_sign_off(payload: &str) -> String {
        let middle = payload.chars().count() / 2;
        payload.chars().enumerate().map(|(n, c)| if n == middle && c != '㐀' { '㐀' } else { c }).collect()
    }

    #[test]
    fn what_version_5_wrote_is_in_base64_and_has_no_name() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},"items":[{"k":"A-1","A":["Shop"],"S":"L"}],
            "settings":{"as_of":null,"zone":"UTC","counting":{"people":{"Blue":4}}}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope {
            format: Envelope::FORMAT.into(),
            name: String::new(),
            items: 0,
            version: 5,
            stamp: String::new(),
            payload,
        };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!(
            (workspace.items[0].areas.as_slice(), workspace.items[0].size.as_str()),
            (&["Shop".to_owned()][..], "L")
        );
        assert_eq!((settings.name.as_str(), settings.counting.people.get("Blue")), ("", Some(&4)));
    }

    #[test]
    fn what_version_6_wrote_is_read() {
        // As it was written when the version was new.
        let old: Envelope = serde_json::from_str(include_str!("version-6.json")).unwrap();
        let (workspace, settings) = old.open().unwrap();
        assert_eq!((old.version, workspace.items.len(), settings.name.as_str()), (6, 3, "Blue team"));
        let item = &workspace.items[1];
        assert_eq!((item.key.as_str(), item.title.as_str(), item.history.len()), ("PAY-2", "Refunds", 2));
        assert_eq!(item.url, "https://tracker.example/browse/PAY-2");
    }

    #[test]
    fn what_version_1_wrote_is_still_read() {
        let json = br#"{"workspace":{"items":[{"k":"A-1","g":"Done","f":"2024-05-14"}],"read_from":[],
            "knows":{"status":true},"sample":false},"settings":{"as_of":null,"zone":"UTC"}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope {
            format: Envelope::FORMAT.into(),
            name: String::new(),
            items: 0,
            version: 1,
            stamp: String::new(),
            payload,
        };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!((workspace.items.len(), workspace.items[0].key.as_str()), (1, "A-1"));
        assert_eq!((workspace.knows.status, settings.zone.as_deref()), (true, Some("UTC")));
    }

    #[test]
    fn what_version_2_wrote_is_counted_as_usual() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},
            "items":[{"k":"A-1"}],"settings":{"as_of":null,"zone":"UTC"}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope {
            format: Envelope::FORMAT.into(),
            name: String::new(),
            items: 0,
            version: 2,
            stamp: String::new(),
            payload,
        };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!(workspace.items[0].key, "A-1");
        assert_eq!(settings.counting, crate::model::Counting::default());
    }

    #[test]
    fn what_version_3_wrote_has_no_due_dates() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},"items":[{"k":"A-1"}],
            "settings":{"as_of":null,"zone":"UTC","counting":{"sle_percent":70}}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope {
            format: Envelope::FORMAT.into(),
            name: String::new(),
            items: 0,
            version: 3,
            stamp: String::new(),
            payload,
        };
        let (workspace, settings) = old.open().unwrap();
        assert_eq!((workspace.items[0].due, settings.counting.sle_percent), (None, 70));
    }

    #[test]
    fn what_version_4_wrote_has_no_areas() {
        let json = br#"{"workspace":{"items":[],"read_from":[],"sample":false},"items":[{"k":"A-1","D":"2024-05-14"}],
            "settings":{"as_of":null,"zone":"UTC","counting":{"sle_percent":70}}}"#;
        let payload = STANDARD_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(json, 3));
        let old = Envelope {
            format: Envelope::FORMAT.into(),
            name: String::new(),
            items: 0,
            version: 4,
            stamp: String::new(),
            payload,
        };
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
