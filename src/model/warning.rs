//! What was noticed about an export, with the rows it concerns.

use std::collections::BTreeMap;

use crate::order::InOrder;
use serde::{Deserialize, Serialize};

/// Where in the input something was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub file: String,
    /// Counted from 1, as an editor shows it.
    pub line: u64,
    /// The item's key or the value at fault, for finding it.
    pub what: String,
}

/// Something noticed while reading, with the rows it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub kind: WarningKind,
    pub count: u32,
    /// The first places, at most [`Warning::PLACES`].
    pub places: Vec<Place>,
}

impl Warning {
    /// How many places a warning remembers; its `count` goes on.
    pub const PLACES: usize = 50;

    /// Adds more warnings to those known, one of each kind, in the order of the kinds.
    pub fn add(known: &mut Vec<Warning>, more: Vec<Warning>) {
        for warning in more {
            match known.iter_mut().find(|old| old.kind == warning.kind) {
                Some(old) => {
                    old.count += warning.count;
                    let room = Warning::PLACES.saturating_sub(old.places.len());
                    old.places.extend(warning.places.into_iter().take(room));
                }
                None => known.push(warning),
            }
        }
        known.order_by_key(|warning| warning.kind);
    }
}

/// Collects warnings by kind, with the first places of each.
#[derive(Clone, Debug, Default)]
pub struct Log {
    file: String,
    warnings: BTreeMap<WarningKind, Warning>,
    last_lines: BTreeMap<WarningKind, u64>,
}

impl Log {
    /// For one file; an empty name where the file is not known.
    pub fn new(file: &str) -> Log {
        Log { file: file.to_owned(), ..Log::default() }
    }

    /// Counts one row, once however often it is noted in a run. `what` is the key or the value at
    /// fault.
    pub fn note(&mut self, kind: WarningKind, line: u64, what: &str) {
        if line > 0 && self.last_lines.insert(kind, line) == Some(line) && !self.file.is_empty() {
            return;
        }
        let empty = || Warning { kind, count: 0, places: Vec::new() };
        let warning = self.warnings.entry(kind).or_insert_with(empty);
        warning.count += 1;
        if warning.places.len() < Warning::PLACES {
            let what = what.chars().take(80).collect();
            warning.places.push(Place { file: self.file.clone(), line, what });
        }
    }

    /// In the order of the kinds.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warnings.into_values().collect()
    }
}

/// What the user can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Say what the statuses mean.
    Statuses,
    /// Say how the file is to be read.
    Reading,
    /// Put it right in the tracker, and export again.
    Tracker,
}

impl WarningKind {
    /// What helps, where anything does.
    pub fn fix(self) -> Option<Fix> {
        use WarningKind as W;
        match self {
            W::UnknownStatus | W::MovedBack | W::BornLate | W::StartedButBack => Some(Fix::Statuses),
            W::AmbiguousDateOrder
            | W::UnreadableDate
            | W::ImplausibleDate
            | W::LongRow
            | W::UnclosedQuote
            | W::RowWithoutKey => Some(Fix::Reading),
            W::FinishedWithoutDate
            | W::OpenWithFinishDate
            | W::ReversedDates
            | W::FutureDate
            | W::InProgressWithoutStart
            | W::ParentNotStarted
            | W::ChildOpenUnderDone
            | W::WaitsForDone
            | W::DuplicateKey => Some(Fix::Tracker),
            _ => None,
        }
    }
}

macro_rules! warning_kinds {
    ($($(#[$doc:meta])* $kind:ident = $id:literal, $what:literal, $done:literal;)*) => {
        /// What can be odd about an export. Nothing here stops the reading.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum WarningKind { $($(#[$doc])* #[serde(rename = $id)] $kind,)* }

        impl WarningKind {
            pub const ALL: &[WarningKind] = &[$(WarningKind::$kind,)*];

            /// The name in reports and in stored data: never changed.
            pub fn id(self) -> &'static str {
                match self { $(WarningKind::$kind => $id,)* }
            }

            /// What was seen, after a count: "3 rows …".
            pub fn what(self) -> &'static str {
                match self { $(WarningKind::$kind => t!($what),)* }
            }

            /// What was done about it.
            pub fn done(self) -> &'static str {
                match self { $(WarningKind::$kind => t!($done),)* }
            }
        }
    };
}

warning_kinds! {
    UnreadableRow = "unreadable_row", "that can't be read",
        "Skipped; the others are there.";
    RowWithoutKey = "row_without_key", "without a key or number",
        "Skipped: without a key the row can't be told from another.";
    NotWork = "not_work", "that are pull requests, releases or epics, not work of their own",
        "Left out, so that nothing counts twice.";
    LongRow = "long_row", "with more cells than the header",
        "Read as far as the header goes; an unquoted delimiter may have moved its cells.";
    UnclosedQuote = "unclosed_quote", "that opens a quotation and never closes it",
        "The rest of the file was read as part of it. Is the download complete?";
    BrokenOff = "broken_off", "where the file ends in the middle",
        "What comes before was read. Is the download complete?";
    DuplicateKey = "duplicate_key", "with a key seen before in the same file",
        "Taken as one item: the first row counts, later rows fill its gaps.";
    KeyOfTwoItems = "key_of_two_items", "with the key of another item, created at another time",
        "Kept apart, with the project or a number behind the key.";
    UnreadableDate = "unreadable_date", "with a date that can't be read",
        "The date was left empty.";
    ImplausibleDate = "implausible_date", "dated before 1970 or after 2200",
        "The date was left empty.";
    AmbiguousDateOrder = "ambiguous_date_order", "whose dates fit day first and month first alike",
        "Read day first.";
    NoOffset = "no_offset", "that don't name their offset from UTC, though the file has a column for it",
        "Their times were taken as they stand; a day may be off by one.";
    MixedZones = "mixed_zones", "with times that name a zone beside times that don't",
        "Both were taken as they stand; around midnight a day may be off by one.";
    HistoryIncomplete = "history_incomplete", "whose history ends in another status than they are in",
        "Part of the history is missing; its other dates count, where there are any.";
    CoarseSeries = "coarse_series", "that count more than a week's work",
        "Put on the last day of their time; weekly numbers are only as fine as that.";
    UnknownStatus = "unknown_status", "in a status whose meaning isn't known",
        "Its dates decide where it stands.";
    FinishedWithoutDate = "finished_without_date", "done, but not said when",
        "Counted as finished; left out of durations and throughput.";
    FinishDateFromStatusChange = "finish_date_from_status_change", "done without a resolution date",
        "The day its status category last changed was taken instead.";
    OpenWithFinishDate = "open_with_finish_date", "open again, with an old finish date",
        "Counted as open; the old date was dropped.";
    StartedButBack = "started_but_back", "started once, but back in a stage before the start",
        "Counted as not started.";
    ReversedDates = "reversed_dates", "that finished before they were started or created",
        "Counted as finished; left out of the duration that would be negative.";
    FutureDate = "future_date", "dated after today",
        "The date was left out: it can't have happened yet.";
    NoCreation = "no_creation", "without a creation date, where others have one",
        "Left out of lead time.";
    FinishedWithoutStart = "finished_without_start", "finished without ever starting",
        "Left out of cycle time; they count in throughput.";
    InProgressWithoutStart = "in_progress_without_start", "in progress, but not said since when",
        "Counted as in progress; left out of the ages.";
    BulkClosed = "bulk_closed", "finished on a day with far more finishes than any usual one",
        "Counted on that day. A clean-up of the board looks like this, and is no pace to plan with.";
    Reopened = "reopened", "done once and opened again",
        "The last finish counts; the time in between counts as work.";
    MovedBack = "moved_back", "that went back to an earlier stage",
        "Started counts from the first time.";
    BornLate = "born_late", "created straight into a stage after the start",
        "Started counts from creation.";
    ParentNotStarted = "parent_not_started", "in progress or done under a parent that hasn't started",
        "Each counts by its own dates.";
    ChildOpenUnderDone = "child_open_under_done", "still open under a parent that is done",
        "Each counts by its own dates.";
    WaitsForDone = "waits_for_done", "in progress, but waiting for something that isn't done",
        "Counted as in progress.";
}
