//! A whole workspace as one JSON file: to keep elsewhere, to open on another machine, to lay beside the page on a
//! host. Item by item and with names, so that others can read it too. Version history: that of the envelope; its
//! notebook has that of the notes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::envelope::{Kept, OpenError, VERSION, parsed, typed};
use super::notes::NOTES_VERSION;
use crate::model::notebook::{ROADMAP, RULE, TIME};
use crate::model::{Date, Item, Moment, Notebook, Settings, Workspace, Zone};

/// No file has more lines.
const LAST_LINE: u64 = 1 << 40;

/// Everything that is a team's: what was read, what was said about it, what was written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    pub workspace: Workspace,
    pub settings: Settings,
    pub notebook: Notebook,
}

impl Contents {
    /// Without what no tracker exports and no form takes: whoever made a file or a link may have put in anything, and
    /// a date in the year -9999 would be four million days to count, a roadmap of ten thousand projects never drawn.
    pub(super) fn plausible(mut self) -> Contents {
        let is_day = |day: &Date| (1970..=2200).contains(&day.year());
        let is_moment = |moment: &Moment| is_day(&moment.date(&Zone::UTC));
        let is_odd = |item: &Item| {
            let moments = [item.created, item.started, item.finished, item.cancelled, item.due];
            let history = item.history.iter().map(|change| change.at);
            let blocked = item.blocked_times.iter().flat_map(|time| [Some(time.from), time.until]).flatten();
            let mut all = moments.into_iter().flatten().chain(history).chain(blocked);
            item.line > LAST_LINE || all.any(|moment| !is_moment(&moment))
        };
        for item in self.workspace.items.iter_mut().filter(|item| is_odd(item)) {
            let item = Arc::make_mut(item);
            let Item { created, started, finished, cancelled, due, .. } = item;
            for moment in [created, started, finished, cancelled, due] {
                *moment = moment.filter(is_moment);
            }
            item.history.retain(|change| is_moment(&change.at));
            item.blocked_times
                .retain(|time| is_moment(&time.from) && time.until.as_ref().is_none_or(is_moment));
            item.line = item.line.min(LAST_LINE);
        }
        let Settings { as_of, counting, .. } = &mut self.settings;
        *as_of = as_of.filter(is_day);
        counting.sle_percent = counting.sle_percent.clamp(1, 99);
        if !(counting.ballpark.is_finite() && counting.ballpark > 1.0) {
            counting.ballpark = 2.0;
        }
        counting.holidays.retain(is_day);
        counting.events.retain(|day, _| is_day(day));
        counting.baseline = counting.baseline.filter(|(from, to)| is_day(from) && is_day(to) && from <= to);
        let mut records = BTreeMap::<String, usize>::new();
        self.notebook.records.retain(|record| {
            let of_form = records.entry(record.form.clone()).or_default();
            *of_form += 1;
            // A year of hours may be thousands; what is drawn ten thousand times may not.
            *of_form <= if record.form == ROADMAP.id { 200 } else { 20_000 }
        });
        self
    }

    /// Without what is for one reader's eyes: whose names are theirs, where their own hours go, and what was removed
    /// from the notebook or stood in it before.
    pub fn for_others(mut self) -> Contents {
        self.settings.counting.me.clear();
        let is_private = |form: &str| form == TIME.id || form == RULE.id;
        self.notebook.records.retain(|record| !is_private(&record.form));
        self.notebook.history.clear();
        self
    }
}

/// Writes and reads the file.
pub struct Document;

impl Document {
    /// The file's mark.
    pub const FORMAT: &str = "ballpark-document";

    /// Whether a file's beginning says that it is one. No tracker exports such.
    pub fn is_one(bytes: &[u8]) -> bool {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let start: String =
            start.iter().take(200).map(|byte| char::from(*byte)).filter(|c| !c.is_whitespace()).collect();
        start.starts_with(&format!("{{\"format\":\"{}\"", Document::FORMAT))
    }

    /// The file's text: a line for each item, so that two can be compared.
    ///
    /// # Errors
    /// When the contents have no JSON, which no value of these types can bring about.
    pub fn write(contents: &Contents) -> Result<String, serde_json::Error> {
        let workspace = Workspace { items: Vec::new(), ..contents.workspace.clone() };
        let mut text = format!(
            "{{\"format\":\"{}\",\"version\":{VERSION},\"notebook_version\":{NOTES_VERSION},\n\"settings\":{},\n\"workspace\":{},\n\"items\":[",
            Document::FORMAT,
            serde_json::to_string(&contents.settings)?,
            serde_json::to_string(&workspace)?,
        );
        for (n, item) in contents.workspace.items.iter().enumerate() {
            text.push_str(if n == 0 { "\n" } else { ",\n" });
            text.push_str(&serde_json::to_string(item)?);
        }
        text.push_str("\n],\n\"notebook\":");
        text.push_str(&serde_json::to_string(&contents.notebook)?);
        text.push_str("}\n");
        Ok(text)
    }

    /// Reads a file, of this version or an older one.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn read(bytes: &[u8]) -> Result<Contents, OpenError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut value: Value = parsed(bytes)?;
        let number = |name: &str| {
            let number = value[name].as_u64().unwrap_or_default();
            u32::try_from(number).unwrap_or(u32::MAX)
        };
        let (version, notes) = (number("version"), number("notebook_version"));
        if value["format"].as_str() != Some(Document::FORMAT) {
            return Err(OpenError::Unreadable {
                why: t!("it is no workspace that Ballpark saved").to_owned(),
            });
        }
        OpenError::check(version, VERSION)?;
        OpenError::check(notes, NOTES_VERSION)?;
        let notebook = typed(value["notebook"].take())?;
        let (workspace, settings) = Kept::read(version, value)?.into_parts();
        Ok(Contents { workspace, settings, notebook }.plausible())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents() -> Contents {
        let today = Date::constant(2026, 11, 23);
        let mut notebook = Notebook::default();
        notebook.add_sample(crate::sample::notebook(today));
        let mut settings = Settings { name: "Blue".into(), ..Settings::default() };
        settings.counting.me.insert("Ada".into());
        Contents { workspace: crate::sample::workspace(today), settings, notebook }
    }

    #[test]
    fn a_file_comes_back_whole() {
        let contents = contents();
        let text = Document::write(&contents).unwrap();
        assert!(Document::is_one(text.as_bytes()));
        assert_eq!(Document::read(text.as_bytes()), Ok(contents.clone()));
        let spaced = format!("\u{feff}{{ \"format\" : {}", &text[10..]);
        assert!(Document::is_one(spaced.as_bytes()));
        assert_eq!(Document::read(spaced.as_bytes()), Ok(contents));
        let empty = Document::write(&Contents::default()).unwrap();
        assert_eq!(Document::read(empty.as_bytes()), Ok(Contents::default()));
    }

    #[test]
    fn other_files_are_told_apart() {
        let text = Document::write(&contents()).unwrap();
        let newer = text.replacen(&format!("\"version\":{VERSION}"), "\"version\":999", 1);
        assert_eq!(Document::read(newer.as_bytes()), Err(OpenError::Newer { version: 999, known: VERSION }));
        let newer = text.replacen("\"notebook_version\":1", "\"notebook_version\":7", 1);
        assert!(matches!(Document::read(newer.as_bytes()), Err(OpenError::Newer { version: 7, .. })));
        for other in
            ["", "[1]", "{\"issues\":[]}", &text[..text.len() / 2], "{\"format\":\"ballpark-document\"}"]
        {
            assert!(
                matches!(Document::read(other.as_bytes()), Err(OpenError::Unreadable { .. })),
                "{other:.50}"
            );
        }
        assert!(!Document::is_one(b"{\"issues\":[]}") && !Document::is_one(b"id,title\n"));
    }

    #[test]
    fn what_nobody_could_have_meant_is_left_out() {
        let text = r#"{"format":"ballpark-document","version":6,"notebook_version":1,"workspace":{},
            "settings":{"as_of":"-009999-01-01","counting":{"sle_percent":0,"ballpark":-1.0}},
            "items":[{"k":"A","l":18446744073709551615,"c":"-009999-01-01","f":"2024-01-05","z":[{"a":"9999-12-30","s":"x"}]}],
            "notebook":{"records":[{"id":1,"form":"risk","values":{"chance":"99"}}]}}"#;
        let read = Document::read(text.as_bytes()).unwrap();
        let item = &read.workspace.items[0];
        assert!(item.created.is_none() && item.finished.is_some() && item.history.is_empty());
        assert!(item.line < u64::MAX && read.settings.as_of.is_none());
        assert_eq!((read.settings.counting.sle_percent, read.settings.counting.ballpark), (1, 2.0));
        // What somebody wrote stays, however odd: its readers pass over what makes no sense.
        assert_eq!(read.notebook.records.len(), 1);
        let many: Vec<String> = (0..300).map(|id| format!(r#"{{"id":{id},"form":"roadmap"}}"#)).collect();
        let many = text.replacen(r#""records":["#, &format!(r#""records":[{},"#, many.join(",")), 1);
        assert_eq!(Document::read(many.as_bytes()).unwrap().notebook.records.len(), 201);
        // It can be kept, and opened again.
        let pace = &crate::pace::Pace::STRAIGHT;
        let sealed = super::super::Envelope::seal(&read.workspace, &read.settings, "s".into(), pace);
        let sealed = crate::pace::straight(sealed).unwrap().unwrap();
        assert_eq!(sealed.open(), Ok((read.workspace, read.settings)));
    }

    #[test]
    fn what_is_private_stays() {
        let all = contents();
        assert!(all.notebook.of(&TIME).count() > 0);
        let shared = all.for_others();
        assert!(shared.settings.counting.me.is_empty());
        assert_eq!(shared.notebook.of(&TIME).count() + shared.notebook.of(&RULE).count(), 0);
        assert!(!shared.notebook.records.is_empty() && shared.notebook.history.is_empty());
    }
}
