//! An agenda for a conversation between two roles, to copy as text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::state::Shared;
use super::{App, Derived, clock, work};
use crate::model::Role;
use crate::report::findings::Desk;
use crate::report::roles::{Agenda, agenda, page_of};

/// With so many items an agenda is made in a task of its own.
const MANY: usize = 20_000;

/// The id of the text that is copied.
const TEXT: &str = "agenda-text";

/// Let's talk about: the agenda of this role with another one.
#[component]
pub fn Talk(role: Role) -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let one = RwSignal::new(role);
    let other = RwSignal::new(page_of(role).talks_to);
    let said = RwSignal::new("");
    let nothing = StoredValue::new(Shared::of_nothing(&clock::browser_zone()));
    let made = RwSignal::new(None::<Agenda>);
    let latest = StoredValue::new(0u32);
    Effect::new(move |_| {
        let has_data = app.dataset.with(Option::is_some);
        let analysis = analysis.get().or_else(|| (!has_data).then(|| nothing.get_value()));
        let Some(analysis) = analysis else { return made.set(None) };
        let (one, other) = (one.get(), other.get());
        app.notebook.track();
        latest.update_value(|n| *n = n.wrapping_add(1));
        let this = latest.get_value();
        let make = move |analysis: &Shared| {
            let today = analysis.zone().day_at(clock::now());
            let agenda = app
                .notebook
                .with_untracked(|notebook| agenda(&Desk::new(analysis, notebook, today), one, other));
            made.set(Some(agenda));
        };
        if analysis.data.items.len() < MANY {
            return make(&analysis);
        }
        // What matters now is painted first.
        spawn_local(async move {
            work::pause().await;
            if latest.try_get_value() == Some(this) {
                make(&analysis);
            }
        });
    });
    Effect::new(move |_| {
        made.track();
        said.set("");
    });
    let copy = move |_| {
        let done = copy_text(TEXT);
        let says = if done {
            t!("Copied.")
        } else {
            t!("The browser does not let a page copy. The text below is selected: copy it by Ctrl+C.")
        };
        said.set(says);
        app.said.set(says.to_owned());
    };
    let choice = move |id: &'static str, label: &'static str, of: RwSignal<Role>| {
        let options = Role::ALL.into_iter().map(|role| {
            view! { <option value=role.id() prop:selected=move || of.get() == role>{role.title()}</option> }
        });
        let choose = move |event: leptos::ev::Event| {
            if let Some(role) = Role::named(&event_target_value(&event)) {
                of.set(role);
            }
        };
        view! {
            <label for=id>{label}</label>
            <select id=id class="select" on:change=choose>{options.collect_view()}</select>
        }
    };
    view! {
        <section class="section" id="talk" aria-labelledby="talk-title">
            <h2 id="talk-title">
                {t!("Let\u{2019}s talk about")}
                <span class="print-only">{move || made.with(|made| made.as_ref().map(|made| format!(": {}", made.title)))}</span>
            </h2>
            <p class="inline no-print">
                {choice("talk-one", t!("An agenda for"), one)}
                {choice("talk-other", t!("and"), other)}
                <button type="button" class="button button--small" on:click=copy>{t!("Copy as text")}</button>
                <span role="status">{move || said.get()}</span>
            </p>
            {move || made.get().map(points)}
            <label class="visually-hidden" for=TEXT>{t!("The agenda as text")}</label>
            <textarea id=TEXT class="visually-hidden no-print" readonly tabindex="-1"
                prop:value=move || made.with(|made| made.as_ref().map(Agenda::text).unwrap_or_default())></textarea>
        </section>
    }
    .into_any()
}

fn points(agenda: Agenda) -> AnyView {
    if agenda.points.is_empty() {
        return view! { <p class="prose">{t!("There is nothing to talk about that the data or the notebook knows of.")}</p> }
            .into_any();
    }
    let point = |point: crate::report::roles::Point| {
        let means = point.means.into_iter().map(|(who, what)| view! { <dt>{who}</dt><dd>{what}</dd> });
        view! {
            <li class="entry">
                <h3>{point.question}</h3>
                <p>{point.fact}</p>
                <dl class="facts">{means.collect_view()}</dl>
            </li>
        }
    };
    view! { <ol class="agenda">{agenda.points.into_iter().map(point).collect_view()}</ol> }.into_any()
}

/// Copies the text of a field; where the browser refuses it stays selected.
fn copy_text(id: &str) -> bool {
    let Some(field) = document().get_element_by_id(id) else { return false };
    let Ok(field) = field.dyn_into::<web_sys::HtmlTextAreaElement>() else { return false };
    let before = document().active_element();
    field.select();
    let document: Result<web_sys::HtmlDocument, _> = document().dyn_into();
    let copied = document.is_ok_and(|document| document.exec_command("copy").unwrap_or(false));
    if copied && let Some(Ok(before)) = before.map(|element| element.dyn_into::<web_sys::HtmlElement>()) {
        // The focus stays on the button.
        let _ = before.focus();
    }
    copied
}
