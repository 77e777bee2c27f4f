//! The browser's storage: found, blocked, full, unreadable, newer, or changed by another tab. Each is
//! a state the user sees, and in none of them anything is overwritten unasked. Each workspace has a place of its own.

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::apart::{self, Wanted};
use super::intake::{Kept, Trouble, Troubles};
use super::visit::Guest;
use super::work::{self, Stop};
use super::{App, clock, focus, journal, notes, role, workspaces};
use crate::model::{Dataset, Notebook, Settings, Workspace};
use crate::pace::{Pace, straight};
use crate::storage::{Envelope, OpenError};

/// Everything of ours begins with `ballpark:`: other pages of the same host share the storage. The first workspace
/// has this key, others theirs behind it.
pub const WORKSPACE: &str = "ballpark:workspace";
const SET_ASIDE: &str = "ballpark:set-aside";

/// Where the data lies.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// There is none yet.
    Nothing,
    /// In this browser.
    Saved,
    /// Only in this tab, until it closes. What was saved before is as it was.
    ThisTabOnly(Why),
    /// Something lies there that this program must not touch unasked.
    NotOurs(OpenError),
    /// Another tab has saved since; what it saved is as it was.
    OtherTab,
    /// Another tab has deleted what was saved.
    OtherTabDeleted,
    /// It came from somebody else: nothing of it is saved here until it is copied.
    Visiting(Guest),
}

/// What this tab read or wrote last: facts that are there already need no writing, and another stamp
/// than this is another tab's.
#[derive(Clone, Default, PartialEq)]
pub struct Last {
    facts: Option<(Option<Dataset>, Settings)>,
    stamp: Option<String>,
}

impl Last {
    /// That of a tab in which nothing is.
    pub fn nothing() -> Last {
        Last { facts: Some((None, Settings::default())), stamp: None }
    }
}

/// Why data can't be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The browser allows this page no storage.
    Blocked,
    /// There is no room for that many bytes.
    Full { bytes: usize },
    /// The browser gave no reason we know.
    Refused,
}

/// Whether the browser allows storage at all. To be asked before any use of `LocalStorage`, which
/// gives up the whole program otherwise.
pub fn is_available() -> bool {
    let storage = window().local_storage();
    storage.is_ok_and(|storage| storage.is_some())
}

/// Where a workspace's part lies, by what such parts' keys begin with.
pub fn place(part: &str, id: &str) -> String {
    match id {
        "" => part.to_owned(),
        id => format!("{part}:{id}"),
    }
}

/// What the keys begin with of what was set aside of the open workspace.
pub fn aside_of(app: App, part: &str) -> String {
    match app.open.get_value().as_str() {
        "" => format!("{part}:"),
        id => format!("{part}@{id}:"),
    }
}

/// Where the data of the open workspace lies.
fn key(app: App) -> String {
    place(WORKSPACE, &app.open.get_value())
}

/// Takes over what an earlier visit, or another tab, left.
pub fn load(app: App) {
    match there(app) {
        Err(keeping) => begin(app, keeping, None, None),
        Ok(None) => begin(app, Keeping::Nothing, None, None),
        Ok(Some(_)) => apart::act(app, Wanted::Open(app)),
    }
}

/// Opens what lies there.
pub fn open(app: App) {
    match there(app) {
        // Meanwhile it has gone.
        Err(_) | Ok(None) => load(app),
        Ok(Some(envelope)) => match envelope.open() {
            Ok(kept) => begin(app, Keeping::Saved, Some(envelope.stamp), Some(kept)),
            Err(error) => begin(app, Keeping::NotOurs(error), None, None),
        },
    }
}

fn begin(app: App, keeping: Keeping, stamp: Option<String>, kept: Option<(Workspace, Settings)>) {
    let (dataset, settings) = match kept {
        Some((workspace, settings)) => ((!workspace.is_empty()).then(|| Dataset::from(workspace)), settings),
        None => (None, Settings::default()),
    };
    app.last.set_value(Last { facts: Some((dataset.clone(), settings.clone())), stamp });
    app.keeping.set(keeping);
    app.settings.set(settings);
    app.dataset.set(dataset);
    journal::begin(app);
}

/// What lies there, as far as it can be told without unpacking it.
fn there(app: App) -> Result<Option<Envelope>, Keeping> {
    if !is_available() {
        return Err(Keeping::ThisTabOnly(Why::Blocked));
    }
    match LocalStorage::get::<Envelope>(key(app)) {
        Err(StorageError::KeyNotFound(_)) => Ok(None),
        Err(error) => {
            let why = say!("it is damaged ({error})");
            Err(Keeping::NotOurs(OpenError::Unreadable { why }))
        }
        Ok(envelope) => envelope.check().map(|()| Some(envelope)).map_err(Keeping::NotOurs),
    }
}

/// Saves the facts each time they change, and notices when another tab does.
pub fn keep(app: App) {
    let facts = move || (app.dataset.get(), app.settings.get());
    // Later, so that what the user did is painted first.
    let latest = StoredValue::new_local(Stop::default());
    let later = move || {
        latest.with_value(Stop::now);
        let stop = Stop::default();
        latest.set_value(stop.clone());
        set_timeout(
            move || apart::act(app, Wanted::SaveInSteps(app, stop)),
            std::time::Duration::from_millis(30),
        );
    };
    Effect::watch(facts, move |_, _, _| later(), false);
    let changed = window_event_listener(leptos::ev::storage, move |event| {
        let ours = event.key().is_none_or(|changed| changed == key(app));
        let watching = matches!(
            app.keeping.get_untracked(),
            Keeping::Nothing | Keeping::Saved | Keeping::OtherTab | Keeping::OtherTabDeleted
        );
        if ours
            && watching
            && let Some(keeping) = in_the_way(app)
        {
            // A tab without data has nothing to keep: it shows what the other saved.
            match (keeping, app.dataset.with_untracked(Option::is_some)) {
                (Keeping::OtherTab | Keeping::OtherTabDeleted, false) => load(app),
                (keeping, _) => app.keeping.set(keeping),
            }
        }
    });
    // What was not written yet is written before the page goes.
    let leaving = window_event_listener_untyped("pagehide", move |_| save(app));
    on_cleanup(move || {
        changed.remove();
        leaving.remove();
    });
}

/// What keeps this tab from writing: something lies there that it neither read nor wrote last.
fn in_the_way(app: App) -> Option<Keeping> {
    let last = app.last.with_value(|last| last.stamp.clone());
    match there(app) {
        Err(there) => Some(there),
        Ok(there) => match there.map(|envelope| envelope.stamp) {
            stamp if stamp == last => None,
            None => Some(Keeping::OtherTabDeleted),
            Some(_) => Some(Keeping::OtherTab),
        },
    }
}

/// Saves what is not saved yet: at once, or when the rest of the program is here, without which nothing is read or
/// written and only the sample is new.
pub fn save(app: App) {
    apart::act(app, Wanted::Save(app));
}

/// Saves at once what is not saved yet, for there may be no later.
pub fn save_now(app: App) {
    if is_due(app) {
        write(app);
    }
}

/// Saves in steps, beside whatever else goes on. Facts that change meanwhile make it pointless: they are
/// saved in their turn.
pub fn save_in_steps(app: App, stop: Stop) {
    if !is_due(app) {
        return;
    }
    let (dataset, settings) = (app.dataset.get_untracked(), app.settings.get_untracked());
    let Some(data) = to_save(dataset.as_ref(), &settings) else { return put(app, dataset, settings, None) };
    spawn_local(async move {
        let beat = work::stretches(|_| {});
        let pace = Pace::by(&beat);
        let sealing = Envelope::seal(&data, &settings, clock::stamp(), &pace);
        if let Some(sealed) = work::unless(stop, sealing).await
            && is_due(app)
        {
            put(app, dataset, settings, Some(sealed.map_err(|_| Why::Refused)));
        }
    });
}

/// Whether there is something to save, and nothing in the way.
fn is_due(app: App) -> bool {
    let facts = Some((app.dataset.get_untracked(), app.settings.get_untracked()));
    if app.last.with_value(|last| last.facts == facts) {
        return false;
    }
    match app.keeping.get_untracked() {
        // Only a word of the user's ends these.
        Keeping::NotOurs(_)
        | Keeping::Visiting(_)
        | Keeping::OtherTab
        | Keeping::OtherTabDeleted
        | Keeping::ThisTabOnly(Why::Blocked) => false,
        Keeping::Nothing | Keeping::Saved | Keeping::ThisTabOnly(_) => match in_the_way(app) {
            Some(keeping) => {
                app.keeping.set(keeping);
                false
            }
            None => true,
        },
    }
}

/// Writes the facts over what lies there, at once.
fn write(app: App) {
    let (dataset, settings) = (app.dataset.get_untracked(), app.settings.get_untracked());
    let stamp = clock::stamp();
    let sealed = to_save(dataset.as_ref(), &settings).map(|data| {
        let sealed = Envelope::seal(&data, &settings, stamp, &Pace::STRAIGHT);
        straight(sealed).and_then(Result::ok).ok_or(Why::Refused)
    });
    put(app, dataset, settings, sealed);
}

/// What there is to save: the data, or none where something else was said.
fn to_save(dataset: Option<&Dataset>, settings: &Settings) -> Option<Dataset> {
    let nothing = || (*settings != Settings::default()).then(|| Dataset::from(Workspace::default()));
    dataset.cloned().or_else(nothing)
}

/// Writes what was sealed; nothing where there is nothing.
fn put(app: App, dataset: Option<Dataset>, settings: Settings, sealed: Option<Result<Envelope, Why>>) {
    let written = match sealed {
        None => {
            LocalStorage::delete(key(app));
            Ok(None)
        }
        Some(sealed) => sealed.and_then(|envelope| put_envelope(app, envelope)).map(Some),
    };
    match written {
        Err(why) => app.keeping.set(Keeping::ThisTabOnly(why)),
        Ok(stamp) => {
            app.keeping.set(if stamp.is_some() { Keeping::Saved } else { Keeping::Nothing });
            app.last.set_value(Last { facts: Some((dataset, settings)), stamp });
        }
    }
}

fn put_envelope(app: App, envelope: Envelope) -> Result<String, Why> {
    let units = envelope.payload.chars().count();
    let full = Why::Full { bytes: 2 * units };
    if units > NEVER_FITS {
        return Err(full);
    }
    match LocalStorage::set(key(app), &envelope) {
        Ok(()) => Ok(envelope.stamp),
        Err(StorageError::JsError(error)) if is_quota(&error.name) => Err(full),
        Err(_) => Err(Why::Refused),
    }
}

/// No browser gives a page more than ten million characters; trying would only take time.
const NEVER_FITS: usize = 10_000_000;

fn is_quota(name: &str) -> bool {
    ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].contains(&name)
}

/// Moves what lies under a key to a free one with that prefix. Tells whether it is done; if not, all is as
/// it was.
pub fn move_aside(key: &str, prefix: &str) -> bool {
    aside(key, prefix).is_some()
}

/// The key it lies under then.
fn aside(key: &str, prefix: &str) -> Option<String> {
    let storage = window().local_storage().ok()??;
    let old = storage.get_item(key).ok()??;
    let mut names = (1..1000).map(|n| format!("{prefix}{n}"));
    let free = names.find(|name| matches!(storage.get_item(name), Ok(None)))?;
    // Away first, so that there is room for it under its new name.
    storage.remove_item(key).ok()?;
    if storage.set_item(&free, &old).is_ok() {
        return Some(free);
    }
    let _ = storage.set_item(key, &old);
    None
}

/// Moves what lies there out of the way without losing it, then saves what this tab has. Where there is
/// no room for both, all is as it was.
pub fn set_aside_and_save(app: App) {
    apart::act(app, Wanted::SetAsideAndSave(app));
}

/// Does so.
pub fn save_beside(app: App) {
    let before = app.keeping.get_untracked();
    let done = (|| {
        let storage = window().local_storage().ok()??;
        let free = aside(&key(app), &aside_of(app, SET_ASIDE))?;
        app.last.update_value(|last| last.stamp = None);
        write(app);
        if app.keeping.get_untracked() == Keeping::Saved {
            return Some(());
        }
        let old = storage.get_item(&free).ok()??;
        let _ = storage.remove_item(&free);
        let _ = storage.set_item(&key(app), &old);
        None
    })();
    if done.is_none() {
        app.keeping.set(before);
        app.troubles.set(Troubles { all: vec![Trouble::NoRoomToSetAside], but_some_read: false });
    }
    focus("main h1");
}

/// Lets this tab's data go over what another tab saved.
pub fn overwrite(app: App) {
    apart::act(app, Wanted::Overwrite(app));
}

/// Does so.
pub fn write_over(app: App) {
    // Meanwhile it may be a newer Ballpark that saved.
    match in_the_way(app) {
        Some(why @ (Keeping::NotOurs(_) | Keeping::ThisTabOnly(_))) => app.keeping.set(why),
        _ => write(app),
    }
    focus("main h1");
}

/// Takes over what another tab saved.
pub fn take_over(app: App) {
    load(app);
    focus("main h1");
}

/// Forgets everything in this tab and deletes all of ours from the browser, what was set aside and what
/// this program can't read included.
pub fn forget(app: App) {
    notes::forget(app);
    role::remember(app, None);
    workspaces::forget_which();
    forget_exports(app);
}

/// Forgets the exports, what was said of them and what was set aside; the notebook stays.
pub fn forget_exports(app: App) {
    if is_available() {
        for key in set_aside(app) {
            LocalStorage::delete(key);
        }
        LocalStorage::delete(key(app));
        app.keeping.set(Keeping::Nothing);
    }
    app.last.set_value(Last::nothing());
    app.stop_reading();
    app.troubles.set(Troubles::default());
    // What was deleted does not come back.
    app.just.set(None);
    app.kept.set_value(Kept::default());
    if app.notebook.with_untracked(|notebook| notebook.records.iter().any(|record| record.sample)) {
        app.write(Notebook::remove_sample);
    }
    app.settings.set(Settings::default());
    app.dataset.set(None);
    journal::begin(app);
}

/// The keys of the older data that lies aside.
pub fn set_aside(app: App) -> Vec<String> {
    keys_of(&aside_of(app, SET_ASIDE))
}

/// The keys that begin like that.
pub fn keys_of(prefix: &str) -> Vec<String> {
    let Ok(Some(storage)) = window().local_storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|i| storage.key(i).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}
