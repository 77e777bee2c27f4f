//! Keeping the notebook: by itself, after every change. What another tab writes is taken over as it comes,
//! for nothing of the notebook is ever unsaved for long.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;

use super::apart::{self, Wanted};
use super::store::{self, Why};
use super::{App, clock, journal};
use crate::model::Notebook;
use crate::storage::{Notes, OpenError};

/// The key of the first workspace's notebook; others have theirs behind it.
pub const NOTEBOOK: &str = "ballpark:notebook";
const SET_ASIDE: &str = "ballpark:set-aside-notebook";

/// Where the notebook lies.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    Saved,
    /// Only in this tab, until it closes.
    ThisTabOnly(Why),
    /// Something lies there that this program must not touch unasked.
    NotOurs(OpenError),
    /// It is somebody else's: nothing is saved until it is copied.
    Visiting,
}

/// What lies there, as text.
fn there(app: App) -> Option<String> {
    let storage = window().local_storage().ok()??;
    storage.get_item(&key(app)).ok()?
}

/// Where the notebook of the open workspace lies.
fn key(app: App) -> String {
    store::place(NOTEBOOK, &app.open.get_value())
}

/// Opens the notebook of a workspace that was not open before: what is in this tab is another's.
pub fn open(app: App) {
    app.notebook.set(Notebook::default());
    app.notes_stamp.set_value(String::new());
    journal::follow(app);
    load(app);
}

/// Takes over what an earlier visit, or another tab, left.
fn load(app: App) {
    if !store::is_available() {
        return app.notes_keeping.set(Keeping::ThisTabOnly(Why::Blocked));
    }
    match there(app) {
        None => begin(app, Notebook::default(), String::new()),
        Some(_) => apart::act(app, Wanted::OpenNotes(app)),
    }
}

/// Opens what lies there.
pub fn read(app: App) {
    match there(app).map(|text| Notes::read(&text)) {
        // Meanwhile it has gone.
        None => load(app),
        Some(Ok(notes)) => begin(app, notes.notebook, notes.stamp),
        Some(Err(error)) => app.notes_keeping.set(Keeping::NotOurs(error)),
    }
}

fn begin(app: App, notebook: Notebook, stamp: String) {
    app.notes_stamp.set_value(stamp);
    app.notes_keeping.set(Keeping::Saved);
    app.notebook.set(notebook);
    journal::follow(app);
}

/// Saves the notebook after each change, and follows other tabs.
pub fn keep(app: App) {
    Effect::watch(move || app.notebook.track(), move |(), _, _| save(app), false);
    let changed = window_event_listener(leptos::ev::storage, move |event| {
        let ours = event.key().is_none_or(|changed| changed == key(app));
        if ours && app.notes_keeping.get_untracked() == Keeping::Saved {
            load(app);
        }
    });
    on_cleanup(move || changed.remove());
}

/// Saves the notebook where it is new, and nothing is in the way: at once, or when the rest of the program is here,
/// without which only the sample's is new.
pub fn save(app: App) {
    apart::act(app, Wanted::SaveNotes(app));
}

/// Does so.
pub fn save_now(app: App) {
    if !store::is_available() {
        // What stands there for another reason goes on standing.
        if app.notes_keeping.get_untracked() == Keeping::Saved {
            app.notes_keeping.set(Keeping::ThisTabOnly(Why::Blocked));
        }
        return;
    }
    let text = there(app);
    let stamp = app.notes_stamp.get_value();
    match app.notes_keeping.get_untracked() {
        // Only a word of the user's ends this.
        Keeping::NotOurs(_) | Keeping::Visiting | Keeping::ThisTabOnly(Why::Blocked) => return,
        Keeping::Saved | Keeping::ThisTabOnly(_) => {}
    }
    let lies_there = match text.as_deref().map(Notes::read) {
        None => None,
        Some(Ok(notes)) => Some(notes),
        Some(Err(error)) => return app.notes_keeping.set(Keeping::NotOurs(error)),
    };
    let notebook = app.notebook.get_untracked();
    match lies_there {
        // Read or written here a moment ago.
        Some(notes) if notes.stamp == stamp && notes.notebook == notebook => return,
        // Written by another tab in this very moment: the steps made here that it does not have are made once more on top of it.
        Some(notes) if notes.stamp != stamp => {
            let mut both = notes.notebook;
            let known = both.history.clone();
            for step in notebook.history.iter().filter(|step| !known.contains(step)) {
                both.take_apart(step.clone());
            }
            app.notes_stamp.set_value(notes.stamp);
            return app.notebook.set(both);
        }
        None if notebook.is_empty() => return,
        _ => {}
    }
    write(app, notebook);
}

fn write(app: App, notebook: Notebook) {
    let notes = Notes::of(notebook, clock::stamp());
    match LocalStorage::set(key(app), &notes) {
        Ok(()) => {
            app.notes_stamp.set_value(notes.stamp);
            app.notes_keeping.set(Keeping::Saved);
        }
        Err(_) => app.notes_keeping.set(Keeping::ThisTabOnly(Why::Refused)),
    }
}

/// Moves what lies there out of the way without losing it, then saves what this tab has.
pub fn set_aside_and_save(app: App) {
    if store::move_aside(&key(app), &store::aside_of(app, SET_ASIDE)) {
        app.notes_keeping.set(Keeping::Saved);
        app.notes_stamp.set_value(String::new());
        save(app);
    }
}

/// Forgets the notebook here and in the browser.
pub fn forget(app: App) {
    if store::is_available() {
        for key in store::keys_of(&store::aside_of(app, SET_ASIDE)) {
            LocalStorage::delete(key);
        }
        LocalStorage::delete(key(app));
        app.notes_keeping.set(Keeping::Saved);
    }
    app.notes_stamp.set_value(String::new());
    app.editing.set(None);
    app.calendar_said.set(String::new());
    app.notebook.set(Notebook::default());
    journal::follow(app);
}

/// What stands in the way of keeping the notebook, as a notice.
#[component]
pub fn NotesNotice() -> impl IntoView {
    let app = App::here();
    move || {
        let is_empty = app.notebook.with(Notebook::is_empty);
        match app.notes_keeping.get() {
            Keeping::Saved | Keeping::Visiting => ().into_any(),
            Keeping::ThisTabOnly(_) if is_empty => ().into_any(),
            Keeping::ThisTabOnly(why) => {
                let why = match why {
                    Why::Blocked => t!("the browser allows the page no storage"),
                    Why::Full { .. } | Why::Refused => t!("the browser has no room for it"),
                };
                view! {
                    <div class="notice notice--trouble" role="alert">
                        <p>{say!("The notebook is only in this tab, until it closes: {why}. Save the workspace as a file, on the Data page.")}</p>
                    </div>
                }
                .into_any()
            }
            Keeping::NotOurs(error) => {
                view! {
                    <div class="notice notice--trouble" role="alert">
                        <p>{say!("The notebook saved in this browser {error}. It is left as it is, and what is written now stays in this tab only.")}</p>
                        <div class="buttons">
                            <button type="button" class="button" on:click=move |_| set_aside_and_save(app)>{t!("Set it aside and save what is here")}</button>
                        </div>
                    </div>
                }
                .into_any()
            }
        }
    }
}
