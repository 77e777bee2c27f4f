//! The language: the one that was chosen, or the browser's. Its texts are in the page when the program starts (`boot.js`).

use gloo_storage::{LocalStorage, Storage};
use leptos::logging;
use leptos::prelude::*;

use super::store;
use crate::language::{Catalogue, Language, speak, spoken};

const KEY: &str = "ballpark:language";

/// Speaks the language whose texts are in the page, if there are any.
pub fn begin() {
    let Some(texts) = document().get_element_by_id("texts") else { return };
    let code = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    let Some(language) = Language::with_code(&code) else { return };
    match Catalogue::read(language, &texts.text_content().unwrap_or_default()) {
        Ok(catalogue) => speak(Some(catalogue)),
        Err(why) => logging::warn!("{why}"),
    }
    texts.remove();
}

/// All languages, each by its own name. Where nothing can be kept there is only the browser's.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        if LocalStorage::set(KEY, event_target_value(&event)).is_ok() {
            // Everything is said anew. Where it is refused there is the browser's own button.
            let _ = window().location().reload();
        }
    };
    let options = Language::ALL.map(|language| {
        view! { <option value=language.code() lang=language.code() selected=language == spoken()>{language.name()}</option> }
    });
    store::is_available().then(|| {
        view! {
            <label class="visually-hidden" for="language">{t!("Language")}</label>
            <select id="language" class="select select--quiet" on:change=choose>{options}</select>
        }
    })
}
