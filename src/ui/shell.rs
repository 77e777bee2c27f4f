//! The frame around every page: navigation, the workspace's name, notices, and the drop target that
//! the whole window is.

use leptos::ev;
use leptos::prelude::*;

use super::data::Data;
use super::home::HomePage;
use super::intake::{self, Intake, Kept, Troubles};
use super::notices::{self, Notices};
use super::store::{self, Keeping, Last};
use super::theme::ThemeButton;
use super::welcome::Welcome;
use super::work::Stop;
use super::{App, Derived, focus};
use crate::model::{Dataset, Settings};
use crate::report::say;
use crate::route::{Filter, Route};

/// The app.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App {
        dataset: RwSignal::new(None),
        settings: RwSignal::new(Settings::default()),
        route: RwSignal::new(here().parse()),
        filter: RwSignal::new(Filter::of_hash(&here())),
        intake: RwSignal::new(Intake::Idle),
        progress: RwSignal::new(0.0),
        readings: RwSignal::new(Vec::new()),
        undo: RwSignal::new(None),
        troubles: RwSignal::new(Troubles::default()),
        keeping: RwSignal::new(Keeping::Nothing),
        last: StoredValue::new(Last::default()),
        kept: StoredValue::new(Kept::default()),
        stop: StoredValue::new_local(Stop::default()),
        said: RwSignal::new(String::new()),
    };
    store::load(app);
    store::keep(app);
    provide_context(app);
    provide_context(Derived::new(app));
    follow_the_address(app);
    let dropping = take_what_is_dropped_or_pasted(app);

    let has_data = Memo::new(move |_| app.dataset.with(Option::is_some));
    let page = Memo::new(move |_| (app.route.get().unwrap_or_default(), has_data.get()));
    view! {
        <div class="shell">
            <header class="shell__side">
                <a class="brand" href="#/">
                    <img src="favicon.svg" alt="" width="24" height="24"/>
                    "Ballpark"
                </a>
                <nav aria-label="Pages">
                    <ul class="nav">{Route::ALL.map(|route| view! { <NavLink route/> })}</ul>
                </nav>
                <p class="shell__promise">"Your data stays in this browser."</p>
            </header>
            <section class="shell__top" aria-label="Workspace">
                <WorkspaceName/>
                <div class="shell__tools">
                    <TeamChoice/>
                    {move || has_data.get().then(|| view! {
                        <button type="button" class="button" on:click=|_| intake::choose()>"Open a file"</button>
                    })}
                    <ThemeButton/>
                </div>
            </section>
            <main class="shell__page" aria-busy=move || matches!(app.intake.get(), Intake::Reading { .. }).to_string()>
                <Notices/>
                {move || match page.get() {
                    (Route::Home, true) => view! { <HomePage/> }.into_any(),
                    (Route::Home, false) => view! { <Welcome/> }.into_any(),
                    (Route::Data, _) => view! { <Data/> }.into_any(),
                }}
            </main>
        </div>
        <FileInput/>
        <div class="visually-hidden" role="status">{move || app.said.get()}</div>
        <Show when=move || dropping.get()>
            <div class="dropping" aria-hidden="true">"Drop to read"</div>
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
        let name = app.dataset.with(|data| data.as_ref().map(name_of));
        document().set_title(&match name {
            Some(name) => format!("{page} · {name} · Ballpark"),
            None => format!("{page} · Ballpark"),
        });
    };
    Effect::new(move |_| title());
    let moved = window_event_listener(ev::hashchange, move |_| {
        let (route, filter) = (here().parse(), Filter::of_hash(&here()));
        if app.filter.with_untracked(|old| *old != filter) {
            app.filter.set(filter);
        }
        if app.route.with_untracked(|old| *old != route) {
            app.route.set(route);
            window().scroll_to_with_x_and_y(0.0, 0.0);
            focus("main h1");
        }
    });
    on_cleanup(move || moved.remove());
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
        let into_field = document()
            .active_element()
            .is_some_and(|element| ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str()));
        if !into_field {
            intake::take_transfer(app, event.clipboard_data());
        }
    });
    let escaped = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            notices::close(app);
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
            accept=".csv,.tsv,.txt,.json,.jsonl,.xlsx,text/csv,text/tab-separated-values,text/plain,application/json"
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
        let items = analysis.with(|analysis| analysis.as_ref().map_or(0, |a| a.data().items.len()));
        (route == Route::Data && items > 0).then(|| say::number(items))
    };
    view! {
        <li>
            <a class="nav__link" href=move || app.filter.with(|filter| filter.address(route)) aria-current=current>
                {route.title()}
                {move || count().map(|count| view! {
                    <span class="nav__count">{count}<span class="visually-hidden">" items"</span></span>
                })}
            </a>
        </li>
    }
}

/// Which team's items the pages show, where there is more than one.
#[component]
fn TeamChoice() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let groups = Memo::new(move |_| {
        analysis.with(|analysis| {
            let groups = analysis.as_ref()?.groups();
            groups.is_choice().then(|| groups.clone())
        })
    });
    let chosen = Memo::new(move |_| {
        analysis.with(|analysis| analysis.as_ref().and_then(|a| a.group().map(str::to_owned)))
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        let team = value.strip_prefix("=").map(str::to_owned);
        let route = app.route.with_untracked(|route| route.clone().unwrap_or_default());
        let _ = window().location().set_hash(&Filter { team }.address(route));
    };
    move || {
        groups.get().map(|groups| {
            let by = groups.by.name();
            let all = format!(
                "All {}",
                match by {
                    "Team" => "teams",
                    "Project" => "projects",
                    _ => "files",
                }
            );
            let options = groups.names.into_iter().map(|(name, items)| {
                let is_chosen = {
                    let name = name.clone();
                    move || chosen.get().as_ref() == Some(&name)
                };
                let shown =
                    if name.is_empty() { format!("Without a {}", by.to_lowercase()) } else { name.clone() };
                view! {
                    <option value=format!("={name}") prop:selected=is_chosen>
                        {format!("{shown} ({})", say::number(items))}
                    </option>
                }
            });
            view! {
                <select class="select" id="team" aria-label=by on:change=choose>
                    <option value="" prop:selected=move || chosen.with(Option::is_none)>{all}</option>
                    {options.collect_view()}
                </select>
            }
        })
    }
}

/// What a dataset is called: by its files.
fn name_of(dataset: &Dataset) -> String {
    match dataset.read_from.as_slice() {
        [] => "Untitled".to_owned(),
        [one] => one.file.clone(),
        [first, rest @ ..] => format!("{} and {} more", first.file, rest.len()),
    }
}

#[component]
fn WorkspaceName() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    // The name of what the numbers are of: they come a moment after the data.
    let name = move || {
        let counted = analysis.with(|analysis| analysis.as_ref().map(|analysis| name_of(analysis.data())));
        counted.or_else(|| app.dataset.with(|data| data.as_ref().map(name_of)))
    };
    let about = move || {
        analysis.get().map(|analysis| {
            let chosen = if analysis.as_of_chosen { ", as you set it" } else { "" };
            let team = analysis.group().map(|team| format!("{team}, ")).unwrap_or_default();
            let numbers = if team.is_empty() { "Numbers" } else { "numbers" };
            format!("{team}{numbers} as of {}{chosen}", say::date(analysis.as_of))
        })
    };
    view! {
        <div class="workspace">
            <p class="workspace__name">{move || name().unwrap_or_else(|| "No data yet".to_owned())}</p>
            <p class="workspace__about">{about}</p>
        </div>
    }
}
