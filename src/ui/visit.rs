//! Workspaces that others have shared: in a link, as a file beside the page, or in the page itself. They are looked
//! at and tried out, and nothing of them is kept here until somebody says so.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, Storage, Url};

use super::apart::{self, Wanted};
use super::intake::{self, Intake, Trouble, Troubles};
use super::store::{self, Keeping, Last};
use super::{App, Derived, clock, focus, journal, notes, workspaces};
use crate::import::{self, File};
use crate::model::{Dataset, Notebook};
use crate::pace::Pace;
use crate::report::say;
use crate::route;
use crate::sample;
use crate::storage::{Contents, Document, Link};

use super::{work, workbook};

/// What this tab shows of others, so that reloading shows it again: a link's text, or a file's name.
const SHOWN: &str = "ballpark:visiting";
const LINK: &str = "link:";
const FILE: &str = "file:";
/// One's own goes before what lies in the page, since it was copied.
const OWN: &str = "own";

/// The element that holds the data, in a page that was saved with them.
pub const EMBEDDED: &str = "ballpark-data";

/// How it came here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guest {
    Link,
    /// A file of that name beside the page.
    File(String),
    /// It lies in the page.
    Page,
    /// The made-up team.
    Sample,
}

fn session() -> Option<Storage> {
    window().session_storage().ok()?
}

fn remember(what: Option<&str>) {
    if let Some(session) = session() {
        // Where it can't be kept, reloading shows one's own.
        let _ = match what {
            Some(what) => session.set_item(SHOWN, what),
            None => session.remove_item(SHOWN),
        };
    }
}

/// Shows what the address or the page brings, if anything. Tells whether it does.
pub fn begin(app: App) -> bool {
    let hash = window().location().hash().unwrap_or_default();
    if arrive(app, &hash) {
        return true;
    }
    let shown = session().and_then(|session| session.get_item(SHOWN).ok().flatten());
    if shown.as_deref() != Some(OWN)
        && let Some(text) = embedded()
    {
        apart::act(app, Wanted::InPage(app, text));
        return true;
    }
    match shown.as_deref().map(|shown| (shown.strip_prefix(LINK), shown.strip_prefix(FILE))) {
        Some((Some(link), _)) => open_link(app, link),
        Some((_, Some(name))) => open_file(app, name.to_owned()),
        _ => return false,
    }
    true
}

/// Shows the data in the page.
pub fn read_page(app: App, text: &str) {
    match Document::read(text.as_bytes()) {
        Ok(contents) => {
            show(app, contents, Guest::Page);
        }
        Err(error) => trouble(app, Trouble::Shared { what: t!("The data in this page").into(), error }),
    }
}

/// The data that a page was saved with.
fn embedded() -> Option<String> {
    let element = document().get_element_by_id(EMBEDDED)?;
    element.text_content().filter(|text| !text.trim().is_empty())
}

/// Whether the page was saved with data.
pub fn has_embedded() -> bool {
    document().get_element_by_id(EMBEDDED).is_some_and(|element| element.has_child_nodes())
}

/// Takes what an address brings. Tells whether there is something.
pub fn arrive(app: App, hash: &str) -> bool {
    if let Some(link) = route::link_of(hash) {
        // The address is too long to be carried along, and is no history to go back to.
        if let Ok(history) = window().history() {
            let short = route::without_link(hash);
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&short));
        }
        open_link(app, &link);
        return true;
    }
    if route::asks_for_sample(hash) {
        return show_sample(app);
    }
    let file = route::filter_of(hash).data;
    let open = app.keeping.with_untracked(|keeping| match keeping {
        Keeping::Visiting(Guest::File(name)) => Some(name.clone()),
        _ => None,
    });
    match file {
        Some(name) if open.as_ref() != Some(&name) => {
            open_file(app, name);
            true
        }
        _ => false,
    }
}

/// The made-up team, unless it is shown already.
fn show_sample(app: App) -> bool {
    if app.keeping.with_untracked(|keeping| matches!(keeping, Keeping::Visiting(Guest::Sample))) {
        return false;
    }
    let today = clock::browser_zone().day_at(clock::now());
    let workspace = sample::workspace(today);
    let mut notebook = Notebook::default();
    notebook.add_sample(sample::notebook(today));
    show(app, Contents { workspace, notebook, ..Contents::default() }, Guest::Sample)
}

fn open_link(app: App, link: &str) {
    apart::act(app, Wanted::Link(app, link.to_owned()));
}

/// Puts a link back into the address, because it could not be opened now: a reload tries again.
pub fn another_time(link: &str) {
    let hash = window().location().hash().unwrap_or_default();
    let hash = if hash.is_empty() { "#/" } else { &hash };
    if let Ok(history) = window().history() {
        let address = route::with_link(&route::without_link(hash), link);
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
}

/// Opens the workspace in a link.
pub fn read_link(app: App, link: &str) {
    match Link::read(link) {
        Ok(contents) => {
            if show(app, contents, Guest::Link) {
                app.visiting.set_value(Some(format!("{LINK}{link}")));
            }
        }
        Err(error) => {
            remember(None);
            let what = t!("The workspace in this link").to_owned();
            trouble(app, Trouble::Shared { what, error });
        }
    }
}

/// Says what went wrong; one's own is shown.
pub fn trouble(app: App, trouble: Trouble) {
    if matches!(app.keeping.get_untracked(), Keeping::Nothing) && app.dataset.with_untracked(Option::is_none)
    {
        store::load(app);
        notes::open(app);
    }
    app.intake.set(Intake::Idle);
    app.troubles.set(Troubles { all: vec![trouble], but_some_read: false });
}

fn open_file(app: App, name: String) {
    app.intake.set(Intake::Reading { what: name.clone() });
    apart::act(app, Wanted::Beside(app, name));
}

/// Opens a file beside the page.
pub fn read_file(app: App, name: String) {
    let turn = app.turn.get_value();
    spawn_local(async move {
        let got = fetched(&name).await;
        if app.turn.get_value() != turn {
            return;
        }
        let next = intake::take_next(app);
        match got {
            Ok(contents) => {
                app.intake.set(Intake::Idle);
                if show(app, contents, Guest::File(name.clone())) {
                    app.visiting.set_value(Some(format!("{FILE}{name}")));
                }
            }
            Err(why) => {
                remember(None);
                // Or each page that is opened would ask for it again.
                forget_address(app);
                trouble(app, why);
            }
        }
        intake::read_next(app, next);
    });
}

/// Takes the file out of the address, where it is not shown.
fn forget_address(app: App) {
    let filter = crate::model::Filter { data: None, ..app.filter.get_untracked() };
    let route = app.route.get_untracked().unwrap_or_default();
    if let Ok(history) = window().history() {
        let address = route::address(route, &filter, None);
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
    app.filter.set(filter);
}

/// Reads a file beside the page: a workspace that was saved, or any export.
async fn fetched(name: &str) -> Result<Contents, Trouble> {
    let not_got = |why: String| Trouble::NotGot { file: name.to_owned(), why };
    let here = window().location().href().unwrap_or_default();
    let address =
        Url::new_with_base(name, &here).map_err(|_| not_got(t!("this is no file's name").into()))?;
    let base = Url::new(&here).map_err(|_| not_got(t!("this page has no address").into()))?;
    if base.protocol() == "file:" {
        return Err(not_got(t!("a page that is opened from a disk may not read files beside it").into()));
    }
    if address.origin() != base.origin() || !address.protocol().starts_with("http") {
        return Err(not_got(t!("only files of the same site are opened").into()));
    }
    let unreachable = |_| not_got(t!("it could not be reached").into());
    let response = JsFuture::from(window().fetch_with_str(&address.href())).await.map_err(unreachable)?;
    let response: Response = response.dyn_into().map_err(unreachable)?;
    if !response.ok() {
        return Err(not_got(say!("the site answers {}", response.status())));
    }
    let bytes = JsFuture::from(response.array_buffer().map_err(unreachable)?).await.map_err(unreachable)?;
    let bytes = workbook::opened(name, js_sys::Uint8Array::new(&bytes).to_vec()).await?;
    if Document::is_one(&bytes) {
        let read = Document::read(&bytes);
        return read.map_err(|error| Trouble::Shared { what: name.to_owned(), error });
    }
    let beat = work::stretches(|_| {});
    let file = File { name, bytes: &bytes };
    let workspace = import::read_file(&file, &import::Readings::default(), &Pace::by(&beat)).await;
    Ok(Contents { workspace: workspace.map_err(Trouble::Import)?, ..Contents::default() })
}

/// Shows somebody else's workspace, unless something would be lost by it and the user wants to keep that.
fn show(app: App, contents: Contents, guest: Guest) -> bool {
    if !workspaces::may_leave(app) {
        return false;
    }
    workspaces::put_away(app);
    app.visiting.set_value(None);
    app.last.set_value(Last::nothing());
    app.keeping.set(Keeping::Visiting(guest));
    app.notes_keeping.set(notes::Keeping::Visiting);
    let Contents { workspace, settings, notebook } = contents;
    app.said.set(say!("Shown: {}.", say::items(workspace.items.len())));
    app.settings.set(settings);
    app.notebook.set(notebook);
    app.dataset.set((!workspace.is_empty()).then(|| Dataset::from(workspace)));
    journal::begin(app);
    true
}

/// This tab shows nothing of others any more.
pub fn end() {
    remember(None);
}

/// Back to one's own.
pub fn leave(app: App) {
    remember(None);
    workspaces::put_away(app);
    let _ = window().location().set_hash("#/");
    store::load(app);
    notes::open(app);
    focus("main h1");
}

/// Keeps what is shown as a workspace of one's own.
pub fn keep_copy(app: App) {
    apart::act(app, Wanted::Copy(app));
}

/// Does so.
pub fn copy(app: App) {
    let is_page = matches!(app.keeping.get_untracked(), Keeping::Visiting(Guest::Page));
    workspaces::make_place(app);
    store::save_now(app);
    notes::save_now(app);
    if app.keeping.get_untracked() != Keeping::Saved && app.dataset.with_untracked(Option::is_some) {
        // The notice says why; a reload shows what was shared again.
        remember(app.visiting.get_value().as_deref());
        return focus("main h1");
    }
    if is_page {
        remember(Some(OWN));
    }
    app.filter.with_untracked(|filter| {
        let filter = crate::model::Filter { data: None, ..filter.clone() };
        let route = app.route.get_untracked().unwrap_or_default();
        let _ = window().location().set_hash(&route::address(route, &filter, None));
    });
    app.said.set(t!("Copied into this browser.").to_owned());
    focus("main h1");
}

/// Says whose this is, at the top of every page.
#[component]
pub fn VisitNotice() -> impl IntoView {
    let app = App::here();
    // Reloading shows it again, once it is known that it can be shown.
    let analysis = Derived::here().analysis;
    Effect::new(move |_| {
        if analysis.with(Option::is_some) && matches!(app.keeping.get_untracked(), Keeping::Visiting(_)) {
            remember(app.visiting.get_value().as_deref());
        }
    });
    move || match app.keeping.get() {
        Keeping::Visiting(guest) => {
            let from = match &guest {
                Guest::Link => t!("It came with a link: keep that, for it is the way back here.").to_owned(),
                Guest::File(name) => say!("It is the file {name} beside this page."),
                Guest::Page => t!("It lies in this page.").to_owned(),
                Guest::Sample => t!("It is the made-up team.").to_owned(),
            };
            let back = (guest != Guest::Page && workspaces::has_own()).then(|| view! {
                <button type="button" class="button" on:click=move |_| leave(app)>{t!("Back to my own")}</button>
            });
            view! {
                <div class="notice" id="visiting">
                    <p>
                        <strong>{t!("Shared with you. ")}</strong>{from}
                        {t!(" What you try out here is not saved: it lasts until you leave, reload or close this tab.")}
                    </p>
                    <div class="buttons">
                        <button type="button" class="button button--main" on:click=move |_| keep_copy(app)>{t!("Keep a copy in this browser")}</button>
                        {back}
                    </div>
                </div>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}
