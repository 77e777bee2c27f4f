//! The frame around every page: navigation, the workspace's name, notices, and the drop target that
//! the whole window is.

use leptos::ev;
use leptos::prelude::*;

use super::apart::{self, Apart, Waiting, Wanted};
use super::filters::{Compared, Filters, InForce};
use super::home::HomePage;
use super::intake::{self, Intake, Kept, Troubles};
use super::items::ItemsWindow;
use super::journal::{self, Journal, UndoButtons};
use super::language::LanguageChoice;
use super::notebook;
use super::notes::{self, NotesNotice};
use super::notices::{self, Notices};
use super::role;
use super::store::{self, Keeping, Last};
use super::theme::ThemeButton;
use super::welcome::Welcome;
use super::work::Stop;
use super::{App, Derived, focus, visit, workspaces};
use crate::model::{Notebook, Role, Settings};
use crate::report::say;
use crate::route::{self, Route};

/// The app.
#[component]
pub fn Shell(apart: Apart) -> impl IntoView {
    let app = App {
        dataset: RwSignal::new(None),
        settings: RwSignal::new(Settings::default()),
        notebook: RwSignal::new(Notebook::default()),
        editing: RwSignal::new(None),
        notes_keeping: RwSignal::new(notes::Keeping::Saved),
        notes_stamp: StoredValue::new(String::new()),
        role: RwSignal::new(role::remembered()),
        route: RwSignal::new(here().parse()),
        filter: RwSignal::new(route::filter_of(&here())),
        item: RwSignal::new(route::item_of(&here())),
        part: RwSignal::new(route::part_of(&here())),
        listed: RwSignal::new(None),
        intake: RwSignal::new(Intake::Idle),
        progress: RwSignal::new(0.0),
        readings: RwSignal::new(Vec::new()),
        journal: RwSignal::new(Journal::default()),
        doing: StoredValue::new(None),
        just: RwSignal::new(None),
        taken: RwSignal::new(None),
        troubles: RwSignal::new(Troubles::default()),
        calendar_said: RwSignal::new(String::new()),
        open: StoredValue::new(workspaces::first()),
        visiting: StoredValue::new(None),
        keeping: RwSignal::new(Keeping::Nothing),
        last: StoredValue::new(Last::nothing()),
        kept: StoredValue::new(Kept::default()),
        turn: StoredValue::new(0),
        stop: StoredValue::new_local(Stop::default()),
        apart: RwSignal::new(apart),
        next: RwSignal::new_local(Vec::new()),
        waiting: RwSignal::new_local(Waiting::default()),
        said: RwSignal::new(String::new()),
    };
    if !visit::begin(app) {
        store::load(app);
        notes::open(app);
    }
    store::keep(app);
    notes::keep(app);
    journal::keep(app);
    provide_context(app);
    provide_context(Derived::new(app));
    follow_the_address(app);
    apart::fetch_later(app);
    let dropping = take_what_is_dropped_or_pasted(app);

    let has_data = Memo::new(move |_| app.dataset.with(Option::is_some));
    let has_notes = Memo::new(move |_| app.notebook.with(|notebook| !notebook.records.is_empty()));
    let home = move || {
        let data = app.filter.with(|filter| filter.data.clone());
        route::address(Route::Home, &crate::model::Filter { data, ..Default::default() }, None)
    };
    let page = Memo::new(move |_| (app.route.get().unwrap_or_default(), has_data.get()));
    view! {
        // For whoever drives the page, as our tests do: whether all of the program is here.
        <div class="shell" data-whole=move || (app.apart.get() == Apart::Here).to_string()>
            <header class="shell__side">
                <a class="brand" href=home>
                    <Mark/>
                    {t!("Ballpark")}
                </a>
                <nav aria-label=t!("Pages")>
                    <ul class="nav">
                        <NavLink route=Route::Home/>
                        <MyPage/>
                        {Route::PAGES.into_iter().skip(1).map(|route| view! { <NavLink route/> }).collect_view()}
                    </ul>
                </nav>
                <p class="shell__promise">{t!("Your data stays in this browser.")}</p>
            </header>
            <section class="shell__top" aria-label=t!("Workspace")>
                <WorkspaceName/>
                <div class="shell__tools">
                    {move || has_data.get().then(|| view! { <IAm/> })}
                    {move || has_data.get().then(|| view! {
                        <button type="button" class="button" on:click=|_| intake::choose()>{t!("Open a file")}</button>
                    })}
                    <UndoButtons/>
                    {move || (has_data.get() || has_notes.get()).then(|| view! { <ShareLink/> })}
                    <LanguageChoice/>
                    <ThemeButton/>
                </div>
            </section>
            <section class="shell__filters" aria-label=t!("What is looked at")>
                <Filters/>
                <InForce/>
            </section>
            <main class="shell__page" aria-busy=move || matches!(app.intake.get(), Intake::Reading { .. }).to_string()>
                <Notices/>
                <NotesNotice/>
                {move || match page.get() {
                    (Route::Home, true) => view! { <Compared/><HomePage/> }.into_any(),
                    (route, true) => apart::show(move || Wanted::Page(route)),
                    (route @ (Route::Data | Route::Notebook), false) => apart::show(move || Wanted::Page(route)),
                    (route @ (Route::Share | Route::Role(_)), false) if has_notes.get() => apart::show(move || Wanted::Page(route)),
                    (_, false) => view! { <Welcome/> }.into_any(),
                }}
            </main>
        </div>
        <ItemsWindow/>
        <FileInput/>
        <div class="visually-hidden" role="status">{move || app.said.get()}</div>
        <Show when=move || dropping.get()>
            <div class="dropping" aria-hidden="true">{t!("Drop to read")}</div>
        </Show>
    }
}

/// The address's hash.
fn here() -> String {
    window().location().hash().unwrap_or_default()
}

/// Keeps the page, the window's title and the focus in step with the address.
fn follow_the_address(app: App) {
    let title = move || {
        let page = app.route.get().unwrap_or_default().title();
        let name = name_of(app);
        document().set_title(&match name {
            Some(name) => format!("{page} · {name} · Ballpark"),
            None => format!("{page} · Ballpark"),
        });
    };
    Effect::new(move |_| title());
    let moved = window_event_listener(ev::hashchange, move |_| {
        let (route, filter, item) = (here().parse(), route::filter_of(&here()), route::item_of(&here()));
        let part = route::part_of(&here());
        if app.item.with_untracked(|old| *old != item) {
            app.item.set(item);
        }
        if app.filter.with_untracked(|old| *old != filter) {
            app.filter.set(filter);
        }
        visit::arrive(app, &here());
        if app.route.with_untracked(|old| *old != route) {
            app.listed.set(None);
            app.route.set(route);
            if part.is_none() {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                focus("main h1");
            }
        }
        app.part.set(part);
    });
    // A part that the address names is shown when it is there: its page and its numbers come first.
    Effect::new(move |_| {
        if let Some(part) = app.part.get() {
            show_part(part, 40);
        }
    });
    on_cleanup(move || moved.remove());
}

/// Brings a part of the page into view and moves the focus there; waits for it as long as it is likely to
/// come.
fn show_part(part: String, tries: u32) {
    let found = document()
        .get_element_by_id(&part)
        .or_else(|| document().get_element_by_id(&format!("part-{part}")))
        .and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok());
    match found {
        Some(element) => {
            let shown = element.clone();
            let show = move || {
                if shown.tab_index() < 0 {
                    shown.set_tab_index(-1);
                }
                let _ = shown.focus();
                shown.scroll_into_view();
            };
            show();
            // What is above it may still grow: charts are drawn once their place is known.
            set_timeout(move || element.scroll_into_view(), std::time::Duration::from_millis(300));
        }
        None if tries > 0 => {
            set_timeout(move || show_part(part, tries - 1), std::time::Duration::from_millis(50));
        }
        None => {}
    }
}

/// The whole window takes files and pasted tables. Tells whether something is held over it.
fn take_what_is_dropped_or_pasted(app: App) -> ReadSignal<bool> {
    let (dropping, set_dropping) = signal(false);
    let over = window_event_listener(ev::dragover, move |event| {
        event.prevent_default();
        if !dropping.get_untracked() {
            set_dropping.set(true);
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            set_dropping.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        set_dropping.set(false);
        intake::take_transfer(app, event.data_transfer());
    });
    let pasted = window_event_listener(ev::paste, move |event| {
        // In a field, pasting is typing.
        if !is_typing() {
            intake::take_transfer(app, event.clipboard_data());
        }
    });
    let escaped = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            notices::close(app);
        }
        // In a field it takes back what was typed.
        let key = event.key().to_lowercase();
        let is_command = event.ctrl_key() || event.meta_key();
        if is_command && !is_typing() {
            match (key.as_str(), event.shift_key()) {
                ("z", false) => notebook::undo(app),
                ("z", true) | ("y", false) => notebook::redo(app),
                _ => return,
            }
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        escaped.remove();
        over.remove();
        left.remove();
        dropped.remove();
        pasted.remove();
    });
    dropping
}

/// Whether a field has the focus.
fn is_typing() -> bool {
    let element = document().active_element();
    element.is_some_and(|element| ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str()))
}

/// The browser's file dialog: out of sight, opened by buttons.
#[component]
fn FileInput() -> impl IntoView {
    let app = App::here();
    let chosen = move |event: ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        intake::take_files(app, input.files());
        // So that the same file can be chosen again.
        input.set_value("");
    };
    view! {
        <input
            id=intake::FILE_INPUT
            type="file"
            hidden
            multiple
            accept=".csv,.tsv,.txt,.json,.jsonl,.xlsx,.ics,text/csv,text/tab-separated-values,text/plain,application/json"
            on:change=chosen
        />
    }
}

#[component]
fn NavLink(route: Route) -> impl IntoView {
    let app = App::here();
    let current = move || (app.route.get() == Ok(route)).then_some("page");
    let analysis = Derived::here().analysis;
    let count = move || {
        let items = analysis.with(|analysis| analysis.as_ref().map_or(0, |a| a.data.items.len()));
        (route == Route::Data && items > 0).then(|| say::number(items))
    };
    view! {
        <li>
            <a class="nav__link" href=move || app.filter.with(|filter| route::address(route, filter, None)) aria-current=current>
                {route.title()}
                {move || count().map(|count| view! {
                    <span class="nav__count">{count}<span class="visually-hidden">{t!(" items")}</span></span>
                })}
            </a>
        </li>
    }
}

/// The role whose page is looked at, or else the one that the reader has chosen.
fn seen_as(app: App) -> Option<Role> {
    match app.route.get() {
        Ok(Route::Role(role)) => Some(role),
        _ => app.role.get(),
    }
}

/// The page of the role that the reader has chosen.
#[component]
fn MyPage() -> impl IntoView {
    let app = App::here();
    let role = Memo::new(move |_| seen_as(app));
    move || role.get().map(|role| view! { <NavLink route=Route::Role(role)/> })
}

/// Goes to the page of a role.
#[component]
fn IAm() -> impl IntoView {
    let app = App::here();
    let chosen = Memo::new(move |_| seen_as(app));
    let options = Role::ALL.into_iter().map(|role| {
        view! { <option value=role.id() prop:selected=move || chosen.get() == Some(role)>{role.title()}</option> }
    });
    let choose = move |event: ev::Event| {
        let role = Role::named(&event_target_value(&event));
        role::remember(app, role);
        let route = role.map_or(Route::Home, Route::Role);
        let address = app.filter.with_untracked(|filter| route::address(route, filter, None));
        // The listener of the address does the rest.
        let _ = window().location().set_hash(&address);
    };
    view! {
        <label class="i-am">
            <span>{t!("I am")}</span>
            <select id="i-am" class="select" on:change=choose>
                <option value="" prop:selected=move || chosen.get().is_none()>{t!("anybody")}</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// What the workspace is called, if there is anything in it.
fn name_of(app: App) -> Option<String> {
    let said = app.settings.with(|settings| settings.name.clone());
    let name = app.dataset.with(|data| data.as_ref().map(|data| data.name(&said))).unwrap_or(said);
    (!name.is_empty()).then_some(name)
}

/// The app's sign, drawn here so that a page of its own needs no other file.
#[component]
fn Mark() -> impl IntoView {
    let dots = [(8, 23), (13, 18), (17, 24), (21, 10), (25, 22)];
    view! {
        <svg class="brand__mark" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
            <rect width="32" height="32" rx="7" fill="#1f5a96"/>
            <path d="M5 21h22" stroke="#9cc4ee" stroke-width="1.5" stroke-dasharray="3 2"/>
            {dots.map(|(x, y)| view! { <circle cx=x cy=y r="2" fill="#fff"/> }).collect_view()}
        </svg>
    }
}

#[component]
fn ShareLink() -> impl IntoView {
    let app = App::here();
    let current = move || (app.route.get() == Ok(Route::Share)).then_some("page");
    view! {
        <a class="button" id="share" href=move || app.filter.with(|filter| route::address(Route::Share, filter, None)) aria-current=current>{t!("Share")}</a>
    }
}

#[component]
fn WorkspaceName() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    // The name of what the numbers are of: they come a moment after the data.
    let name = move || {
        let said = app.settings.with(|settings| settings.name.clone());
        let counted = analysis.with(|analysis| analysis.as_ref().map(|analysis| analysis.data.name(&said)));
        counted.filter(|name| !name.is_empty()).or_else(|| name_of(app))
    };
    let about = move || {
        analysis.get().map(|analysis| {
            let chosen = if analysis.basis.as_of_chosen { t!(", as you set it") } else { "" };
            let team = analysis.filter.team.as_ref().map(|team| format!("{team}, ")).unwrap_or_default();
            let numbers = if team.is_empty() { t!("Numbers") } else { t!("numbers") };
            say!("{team}{numbers} as of {}{chosen}", say::date(analysis.as_of))
        })
    };
    view! {
        <div class="workspace">
            <p class="workspace__name">
                <a href=move || app.filter.with(|filter| route::address_of_part(Route::Data, filter, "workspaces")) title=t!("Workspaces")>
                    {move || name().unwrap_or_else(|| t!("No data yet").to_owned())}
                </a>
            </p>
            <p class="workspace__about">{about}</p>
        </div>
    }
}
