//! Several workspaces in one browser, each in a place of its own. A tab has one open; two tabs may have different
//! ones.

use std::collections::BTreeSet;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;

use super::intake::{Intake, Kept, Troubles};
use super::notes::{self, NOTEBOOK};
use super::store::{self, Keeping, Last, WORKSPACE};
use super::{App, focus, save, visit};
use crate::model::{Dataset, Notebook, Settings};
use crate::report::say;
use crate::storage::{Contents, Document, Envelope};

/// Which one this tab has open, and which one a new tab opens.
const OPEN: &str = "ballpark:open";

/// One of them, as it lies there.
#[derive(Clone, PartialEq)]
struct Listed {
    id: String,
    name: String,
    holds: String,
}

/// The one to begin with: this tab's, else the one that was opened last, else the first there is.
pub fn first() -> String {
    let session = || window().session_storage().ok()??.get_item(OPEN).ok()?;
    let last = || window().local_storage().ok()??.get_item(OPEN).ok()?;
    let ids = ids();
    let known = |id: &String| id.is_empty() || ids.contains(id);
    session().or_else(last).filter(known).or_else(|| ids.first().cloned()).unwrap_or_default()
}

fn remember(id: &str) {
    // Where it can't be kept, the first one opens next time.
    if let Ok(Some(session)) = window().session_storage() {
        let _ = session.set_item(OPEN, id);
    }
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match id {
            "" => storage.remove_item(OPEN),
            id => storage.set_item(OPEN, id),
        };
    }
}

/// The next visit opens the first there is.
pub fn forget_which() {
    if let Ok(Some(session)) = window().session_storage() {
        let _ = session.remove_item(OPEN);
    }
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(OPEN);
    }
}

/// What stands behind the keys of all workspaces.
fn ids() -> BTreeSet<String> {
    let of = |part: &str| {
        let keys = store::keys_of(part).into_iter();
        let ids = keys.filter_map(|key| {
            let rest = key.strip_prefix(part)?;
            if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix(':').map(str::to_owned) }
        });
        ids.collect::<BTreeSet<String>>()
    };
    let mut ids = of(WORKSPACE);
    ids.extend(of(NOTEBOOK));
    ids
}

fn all(app: App) -> Vec<Listed> {
    if !store::is_available() {
        return Vec::new();
    }
    let open = app.open.get_value();
    let mut ids = ids();
    if !matches!(app.keeping.get_untracked(), Keeping::Visiting(_)) {
        ids.insert(open.clone());
    }
    let listed = ids.into_iter().map(|id| {
        let found = LocalStorage::get::<Envelope>(store::place(WORKSPACE, &id));
        let has_notes = LocalStorage::raw().get_item(&store::place(NOTEBOOK, &id)).ok().flatten().is_some();
        let notes = if has_notes { t!(", a notebook") } else { "" };
        let (name, holds) = match found {
            Ok(envelope) if envelope.check().is_err() => (envelope.name, t!("can’t be read here").to_owned()),
            // Those before version 6 did not say how many.
            Ok(envelope) if envelope.version < 6 => {
                (envelope.name, say!("not opened since an update{notes}"))
            }
            Ok(envelope) => (envelope.name, format!("{}{notes}", say::items(envelope.items))),
            Err(StorageError::KeyNotFound(_)) => (String::new(), say!("no items{notes}")),
            Err(_) => (String::new(), t!("can’t be read here").to_owned()),
        };
        let name = if name.is_empty() { t!("Untitled").to_owned() } else { name };
        Listed { id, name, holds }
    });
    listed.collect()
}

/// Empties this tab of what belongs to the workspace that was open.
pub fn put_away(app: App) {
    app.stop_reading();
    app.kept.set_value(Kept::default());
    app.readings.set(Vec::new());
    app.listed.set(None);
    app.editing.set(None);
    app.intake.set(Intake::Idle);
    app.next.set(Vec::new());
    app.troubles.set(Troubles::default());
    app.calendar_said.set(String::new());
}

/// Gives what is in this tab a place of its own: the first where nothing lies there.
pub fn make_place(app: App) {
    let ids = ids();
    let id = match ids.contains("") {
        false => String::new(),
        true => {
            let number = || format!("{:x}", (js_sys::Math::random() * 4e9) as u32);
            std::iter::repeat_with(number).find(|id| !ids.contains(id)).unwrap_or_default()
        }
    };
    visit::end();
    remember(&id);
    app.open.set_value(id);
    app.last.set_value(Last::nothing());
    app.notes_stamp.set_value(String::new());
    app.keeping.set(if store::is_available() {
        Keeping::Nothing
    } else {
        Keeping::ThisTabOnly(store::Why::Blocked)
    });
    app.notes_keeping.set(match store::is_available() {
        true => notes::Keeping::Saved,
        false => notes::Keeping::ThisTabOnly(store::Why::Blocked),
    });
}

/// Whether the open one may be left: what could not be saved would be lost.
pub fn may_leave(app: App) -> bool {
    store::save(app);
    notes::save(app);
    let asks = t!("What is open here is not saved in this browser, and would be lost. Leave it?");
    is_safe(app) || window().confirm_with_message(asks).unwrap_or(false)
}

/// Whether nothing would be lost if this tab closed, but what was tried out in somebody else's workspace.
pub fn is_safe(app: App) -> bool {
    let data = match app.keeping.get_untracked() {
        Keeping::Saved | Keeping::Visiting(_) => true,
        // The made-up team comes back with a click.
        Keeping::Nothing => app.dataset.with_untracked(|data| data.as_ref().is_none_or(|data| data.sample)),
        _ => app.dataset.with_untracked(Option::is_none),
    };
    let notebook = match app.notes_keeping.get_untracked() {
        notes::Keeping::Saved | notes::Keeping::Visiting => true,
        _ => app.notebook.with_untracked(Notebook::is_empty),
    };
    data && notebook
}

fn open(app: App, id: &str) {
    if app.open.get_value() == id && !matches!(app.keeping.get_untracked(), Keeping::Visiting(_))
        || !may_leave(app)
    {
        return;
    }
    put_away(app);
    visit::end();
    remember(id);
    app.open.set_value(id.to_owned());
    let _ = window().location().set_hash("#/");
    store::load(app);
    notes::open(app);
    focus("main h1");
}

/// Opens an empty one. Tells whether it did.
pub fn create(app: App) -> bool {
    if !may_leave(app) {
        return false;
    }
    put_away(app);
    make_place(app);
    app.settings.set(Settings::default());
    app.notebook.set(Notebook::default());
    app.dataset.set(None);
    super::journal::begin(app);
    let _ = window().location().set_hash("#/");
    app.said.set(t!("A new workspace. It is kept once there is something in it.").to_owned());
    focus("main h1");
    true
}

/// Whether there is anything of one's own in this browser.
pub fn has_own() -> bool {
    !ids().is_empty()
}

/// Opens a workspace that was saved as a file: here where nothing is, else beside what is here.
pub fn take(app: App, contents: Contents) {
    let is_bare = app.dataset.with_untracked(|data| data.as_ref().is_none_or(|data| data.sample))
        && app.notebook.with_untracked(|book| {
            book.records.iter().all(|record| record.sample) && book.history.is_empty()
        })
        && app.settings.with_untracked(|settings| *settings == Settings::default())
        && matches!(app.keeping.get_untracked(), Keeping::Nothing | Keeping::Saved);
    if !is_bare && !may_leave(app) {
        return;
    }
    put_away(app);
    if !is_bare {
        make_place(app);
    }
    let Contents { workspace, settings, notebook } = contents;
    app.said.set(say!("Opened: {}.", say::items(workspace.items.len())));
    app.settings.set(settings);
    app.notebook.set(notebook);
    app.dataset.set((!workspace.is_empty()).then(|| Dataset::from(workspace)));
    super::journal::begin(app);
    let _ = window().location().set_hash("#/");
    focus("main h1");
}

/// Saves everything of the open workspace as one file.
pub fn save_as_file(app: App) {
    let contents = app.contents();
    let name = contents.workspace.name(&contents.settings.name);
    match Document::write(&contents) {
        Ok(text) => save::save_text(&file_name(&name), "application/json", &text),
        Err(_) => app.said.set(t!("It could not be written.").to_owned()),
    }
}

/// A name for a file, of what any system takes.
pub fn file_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let plain = plain.trim_matches('-');
    format!("{}.ballpark.json", if plain.is_empty() { "workspace" } else { plain })
}

/// All of them, on the Data page.
#[component]
pub fn Workspaces() -> impl IntoView {
    let app = App::here();
    // What lies there changes with what is kept, and when one is deleted.
    let deleted = RwSignal::new(0_u32);
    let listed = move || {
        app.keeping.track();
        app.settings.track();
        app.dataset.track();
        deleted.track();
        all(app)
    };
    let rename = move |event| {
        let name: String = event_target_value(&event).trim().chars().take(100).collect();
        if app.settings.with_untracked(|settings| settings.name != name) {
            app.settings.update(|settings| settings.name = name);
        }
    };
    let name = move || app.settings.with(|settings| settings.name.clone());
    let placeholder =
        move || app.dataset.with(|data| data.as_ref().map_or_else(String::new, |data| data.name("")));
    let sure = RwSignal::new(None::<String>);
    let row = move |one: Listed| {
        let is_open =
            app.open.get_value() == one.id && !matches!(app.keeping.get_untracked(), Keeping::Visiting(_));
        let id = StoredValue::new(one.id.clone());
        let name = StoredValue::new(one.name.clone());
        let buttons = match is_open {
            true => view! { <span class="quiet">{t!("open here")}</span> }.into_any(),
            false => view! {
                <button type="button" class="button button--small" on:click=move |_| open(app, &id.get_value())>
                    {t!("Open")}<span class="visually-hidden">{format!(" {}", one.name)}</span>
                </button>
                {move || match sure.get() == Some(id.get_value()) {
                    false => view! {
                        <button type="button" class="button button--small button--quiet" on:click=move |_| {
                            sure.set(Some(id.get_value()));
                            focus("#sure-workspace");
                        }>{t!("Delete")}<span class="visually-hidden">{format!(" {}", name.get_value())}</span></button>
                    }.into_any(),
                    true => view! {
                        <button type="button" class="button button--small" id="sure-workspace" on:click=move |_| {
                            LocalStorage::delete(store::place(WORKSPACE, &id.get_value()));
                            LocalStorage::delete(store::place(NOTEBOOK, &id.get_value()));
                            sure.set(None);
                            deleted.update(|n| *n += 1);
                            focus("#workspaces h2");
                        }>{say!("Yes, delete “{}” and its notebook for good", name.get_value())}</button>
                        <button type="button" class="button button--small button--quiet" on:click=move |_| {
                            sure.set(None);
                            focus("#workspaces h2");
                        }>{t!("Keep it")}</button>
                    }.into_any(),
                }}
            }
            .into_any(),
        };
        view! {
            <li>
                <p><strong>{one.name.clone()}</strong>", "{one.holds}</p>
                <div class="buttons">{buttons}</div>
            </li>
        }
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && sure.with_untracked(Option::is_some) {
            sure.set(None);
            focus("#workspaces h2");
        }
    };
    view! {
        <section class="section" id="workspaces">
            <h2 tabindex="-1">{t!("Workspaces")}</h2>
            <p class="quiet">{t!("One for each team or question. They know nothing of one another.")}</p>
            <ul class="notes" on:keydown=escape>{move || listed().into_iter().map(row).collect_view()}</ul>
            <div class="fields">
                <div class="field">
                    <label for="workspace-name">{t!("What this one is called")}</label>
                    <input id="workspace-name" type="text" autocomplete="off" prop:value=name placeholder=placeholder on:change=rename/>
                </div>
            </div>
            <div class="buttons">
                <button type="button" class="button" on:click=move |_| { create(app); }>{t!("New workspace")}</button>
                <button type="button" class="button" on:click=move |_| save_as_file(app)>{t!("Save this one as a file")}</button>
            </div>
            <p class="quiet">
                {t!("The file holds everything: items, settings, the notebook with its history. Drop it on any page of Ballpark to open it again, here or elsewhere.")}
            </p>
        </section>
    }
    .into_any()
}
