//! What the first screen does without. The program comes in two files: the one that starts has what a newcomer and a
//! team's first page need; the other begins at [`rest`], and is fetched once that screen stands, or sooner where
//! something asks for it.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::cadence::CadencePage;
use super::capacity::CapacityPage;
use super::cycle_time::CycleTimePage;
use super::data::Data;
use super::estimates::EstimatesPage;
use super::figure::{self, Drawn};
use super::filters::{self, Compared};
use super::forecast::ForecastPage;
use super::in_progress::InProgressPage;
use super::intake::{self, Given, Question, Trouble, Troubles};
use super::items;
use super::notebook::{self, NotebookPage};
use super::notes;
use super::notices;
use super::quality::QualityPage;
use super::reading::{self, Reading};
use super::roadmap::RoadmapPage;
use super::role::RoleView;
use super::share::SharePage;
use super::store::{self, Keeping};
use super::visit;
use super::work::Stop;
use super::workspaces;
use super::{App, focus};
use crate::route::Route;

/// Something that only the rest of the program can do or show.
pub enum Wanted {
    /// Every page but the first.
    Page(Route),
    /// What the window over the page shows: an item, or a list of them.
    Items,
    /// A chart's numbers, and files to save.
    Numbers(Drawn),
    /// What changed from the period before.
    Compared,
    /// What is to be done with files that were read.
    Question(Arc<Question>),
    /// Which column of a table is what.
    Columns(Reading),
    /// Files or text, to be read.
    Read(App, Vec<Given>),
    /// A file of this visit, to be read as the user has said since.
    ReadAgain(App, String),
    /// A file of this visit, of which the user wants to say how it is read.
    AskHow(App, String),
    /// A calendar, for the notebook.
    Calendar(App, web_sys::File),
    /// A workspace in a link.
    Link(App, String),
    /// A workspace or an export beside the page.
    Beside(App, String),
    /// A workspace in the page.
    InPage(App, String),
    /// What lies in the browser's storage, and the notebook there.
    Open(App),
    OpenNotes(App),
    /// To be kept for the next visit.
    Save(App),
    SaveInSteps(App, Stop),
    SaveNotes(App),
    Overwrite(App),
    SetAsideAndSave(App),
    /// A workspace of others, to be kept as one's own.
    Copy(App),
}

/// The second file of the program: `cargo xtask` cuts it off here.
#[wasm_split(apart, wasm_split_path = leptos::wasm_split, fallible, preload(fetched))]
fn rest(wanted: Wanted) -> Result<AnyView, SplitLoaderError> {
    Ok(match wanted {
        Wanted::Page(route) => page(route),
        Wanted::Items => items::within(),
        Wanted::Numbers(drawn) => figure::numbers(drawn),
        Wanted::Compared => filters::comparison(),
        Wanted::Question(question) => notices::asking(App::here(), question),
        Wanted::Columns(reading) => reading::panel(reading),
        Wanted::Read(app, given) => intake::read(app, given).into_any(),
        Wanted::ReadAgain(app, file) => intake::read_kept(app, &file).into_any(),
        Wanted::AskHow(app, file) => intake::ask_how(app, &file).into_any(),
        Wanted::Calendar(app, file) => notebook::read_calendar(app, file).into_any(),
        Wanted::Link(app, link) => visit::read_link(app, &link).into_any(),
        Wanted::Beside(app, name) => visit::read_file(app, name).into_any(),
        Wanted::InPage(app, text) => visit::read_page(app, &text).into_any(),
        Wanted::Open(app) => store::open(app).into_any(),
        Wanted::OpenNotes(app) => notes::read(app).into_any(),
        Wanted::Save(app) => store::save_now(app).into_any(),
        Wanted::SaveInSteps(app, stop) => store::save_in_steps(app, stop).into_any(),
        Wanted::SaveNotes(app) => notes::save_now(app).into_any(),
        Wanted::Overwrite(app) => store::write_over(app).into_any(),
        Wanted::SetAsideAndSave(app) => store::save_beside(app).into_any(),
        Wanted::Copy(app) => visit::copy(app).into_any(),
    })
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Cadence => view! { <Compared/><CadencePage/> }.into_any(),
        Route::CycleTime => view! { <Compared/><CycleTimePage/> }.into_any(),
        Route::InProgress => view! { <Compared/><InProgressPage/> }.into_any(),
        Route::Estimates => view! { <Compared/><EstimatesPage/> }.into_any(),
        Route::Quality => view! { <Compared/><QualityPage/> }.into_any(),
        Route::Capacity => view! { <Compared/><CapacityPage/> }.into_any(),
        Route::Forecast => view! { <ForecastPage/> }.into_any(),
        Route::Roadmap => view! { <RoadmapPage/> }.into_any(),
        Route::Notebook => view! { <NotebookPage/> }.into_any(),
        Route::Data => view! { <Data/> }.into_any(),
        Route::Share => view! { <SharePage/> }.into_any(),
        Route::Role(role) => view! { <RoleView role/> }.into_any(),
        // The shell shows it itself.
        Route::Home => ().into_any(),
    }
}

/// Where that file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Apart {
    /// Nobody has asked for it yet.
    #[default]
    Away,
    Coming,
    Here,
    /// It could not be had.
    Missing,
}

/// Starts the app: at once, but where the first screen shows what an earlier visit left, or what lies in the page. That
/// only the rest of the program can open.
pub fn start(mount: fn(Apart)) {
    if !workspaces::has_own() && !visit::has_embedded() {
        return mount(Apart::Away);
    }
    // Leptos begins with what it mounts.
    wasm_bindgen_futures::spawn_local(async move {
        match fetched().await {
            Ok(()) => mount(Apart::Here),
            Err(_) => {
                if let Some(says) = document().get_element_by_id("boot-says") {
                    says.set_text_content(Some(t!(
                        "Ballpark could not be loaded. Is the connection up? Reload the page to try again."
                    )));
                }
            }
        }
    });
}

/// Fetches it after the first screen. That is why it waits: both would share the line and the cores.
pub fn fetch_later(app: App) {
    set_timeout(move || fetch(app), Duration::from_millis(100));
}

/// Fetches it, unless it is here or on its way.
fn fetch(app: App) {
    if !matches!(app.apart.get_untracked(), Apart::Away | Apart::Missing) {
        return;
    }
    app.apart.set(Apart::Coming);
    spawn_local(async move {
        let is_here = fetched().await.is_ok();
        app.apart.set(if is_here { Apart::Here } else { Apart::Missing });
        let waiting = app.waiting.try_update(std::mem::take).unwrap_or_default();
        match is_here {
            true => catch_up(app, waiting),
            false => give_up(app, &waiting),
        }
    });
}

/// Does what waited, in its order, unless another workspace has been opened since.
fn catch_up(app: App, waiting: Waiting) {
    let turn = app.turn.get_value();
    for (asked_in, wanted) in waiting.0 {
        let is_new = || matches!(app.keeping.get_untracked(), Keeping::Nothing);
        let is_due = match &wanted {
            // Where something new is in this tab by now, saving it finds what lies there, and asks.
            Wanted::Open(_) => {
                asked_in == app.turn.get_value() && !(is_new() && app.dataset.with_untracked(Option::is_some))
            }
            Wanted::OpenNotes(_) => {
                asked_in == app.turn.get_value()
                    && !(is_new() && app.notebook.with_untracked(|notebook| !notebook.is_empty()))
            }
            Wanted::Overwrite(_) | Wanted::SetAsideAndSave(_) | Wanted::Copy(_) => {
                asked_in == app.turn.get_value()
            }
            // What was given joins what a link has shown just now.
            _ => asked_in == turn,
        };
        if is_due {
            let _ = now(wanted);
        }
    }
    store::save(app);
    notes::save(app);
    // The part of a page that the address names is looked for once more. Who went to a page before it was here stands
    // nowhere.
    if app.part.with_untracked(Option::is_some) {
        return app.part.update(|_| ());
    }
    let is_nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if is_nowhere && app.route.get_untracked() != Ok(Route::Home) {
        focus("main h1");
    }
}

/// Says that nothing came of what waited.
fn give_up(app: App, waiting: &Waiting) {
    if waiting.0.is_empty() {
        return;
    }
    for (_, wanted) in &waiting.0 {
        match wanted {
            Wanted::Link(_, link) => visit::another_time(link),
            Wanted::Beside(..) => {}
            _ => continue,
        }
        return visit::trouble(app, Trouble::Missing);
    }
    app.troubles.set(Troubles { all: vec![Trouble::Missing], but_some_read: false });
}

/// What is to be done once the rest of the program is here, with the workspace for which it was asked.
#[derive(Default)]
pub struct Waiting(Vec<(u32, Wanted)>);

impl Waiting {
    fn add(&mut self, turn: u32, wanted: Wanted) {
        let wanted = match wanted {
            // What is dropped in two goes is read in one: another that is being read would keep it out.
            Wanted::Read(app, mut given) => {
                let before = self.0.iter_mut().find_map(|(asked_in, waiting)| match waiting {
                    Wanted::Read(_, before) if *asked_in == turn => Some(before),
                    _ => None,
                });
                if let Some(before) = before {
                    return before.append(&mut given);
                }
                Wanted::Read(app, given)
            }
            // The last address is the one that is meant.
            Wanted::Link(..) | Wanted::Beside(..) => {
                self.0.retain(|(_, waiting)| !matches!(waiting, Wanted::Link(..) | Wanted::Beside(..)));
                wanted
            }
            wanted => wanted,
        };
        self.0.push((turn, wanted));
    }
}

/// At once, for it is here.
fn now(wanted: Wanted) -> Option<AnyView> {
    match pin!(rest(wanted)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => Some(view),
        Poll::Ready(Err(_)) | Poll::Pending => None,
    }
}

/// Shows it as soon as it is here.
pub fn show(wanted: impl Fn() -> Wanted + Send + 'static) -> AnyView {
    let app = App::here();
    let shown = move || match app.apart.get() {
        Apart::Here => now(wanted()).unwrap_or_else(|| missing(app, true)),
        Apart::Missing => missing(app, matches!(wanted(), Wanted::Page(_))),
        Apart::Away => {
            // Not from within what follows from it.
            set_timeout(move || fetch(app), Duration::ZERO);
            coming()
        }
        Apart::Coming => coming(),
    };
    shown.into_any()
}

/// Does it as soon as that is possible.
pub fn act(app: App, wanted: Wanted) {
    if app.apart.get_untracked() == Apart::Here {
        let _ = now(wanted);
        return;
    }
    // All that is new is saved when the rest is here.
    if matches!(wanted, Wanted::Save(_) | Wanted::SaveInSteps(..) | Wanted::SaveNotes(_)) {
        return;
    }
    let turn = app.turn.get_value();
    app.waiting.update(|waiting| waiting.add(turn, wanted));
    fetch(app);
}

/// Says that something waits for it.
pub fn notice(app: App) -> impl IntoView {
    move || app.waiting.with(|waiting| !waiting.0.is_empty()).then(coming)
}

fn coming() -> AnyView {
    view! { <p class="quiet" role="status">{t!("One moment: the rest of Ballpark is being fetched.")}</p> }
        .into_any()
}

fn missing(app: App, is_page: bool) -> AnyView {
    let again = view! {
        <div class="buttons">
            <button type="button" class="button" on:click=move |_| fetch(app)>{t!("Try again")}</button>
        </div>
    };
    if !is_page {
        return view! { <p class="quiet">{t!("The rest of Ballpark could not be fetched.")}</p>{again} }
            .into_any();
    }
    view! {
        <div class="notice notice--trouble" role="alert" id="missing">
            <h1 tabindex="-1" class="notice__title">{t!("The rest of Ballpark could not be fetched.")}</h1>
            <p>{t!("Is the connection up? If there is a newer version by now, reload the page. Nothing that was here has changed.")}</p>
            {again}
        </div>
    }
    .into_any()
}
