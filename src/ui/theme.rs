//! Light, dark, or what the system says.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;

use super::store;

const KEY: &str = "ballpark:theme";

/// Whether the page is dark now, by choice or by the system.
fn is_dark() -> bool {
    let chosen = document().document_element().and_then(|html| html.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => {
            let query = window().match_media("(prefers-color-scheme: dark)");
            query.ok().flatten().is_some_and(|query| query.matches())
        }
    }
}

/// A button that goes to the other theme. The choice is kept where storage allows it.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let dark = RwSignal::new(is_dark());
    let switch = move |_| {
        let next = if is_dark() { "light" } else { "dark" };
        if let Some(html) = document().document_element() {
            let _ = html.set_attribute("data-theme", next);
        }
        if store::is_available() {
            // Not kept is no harm: the next visit follows the system again.
            let _ = LocalStorage::set(KEY, next);
        }
        dark.set(next == "dark");
    };
    view! {
        <button type="button" id="theme" class="button button--quiet" on:click=switch>
            {move || if dark.get() { t!("Light") } else { t!("Dark") }}
            <span class="visually-hidden">{t!(" theme")}</span>
        </button>
    }
}
