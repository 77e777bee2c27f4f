//! The app: Leptos, client side only. The only place that knows a browser.
//!
//! The few facts are signals in [`App`]; everything else is a memo over the core.

mod answers;
mod apart;
mod cadence;
mod capacity;
mod clock;
mod counting;
mod cycle_time;
mod data;
mod estimates;
mod figure;
mod filters;
mod forecast;
mod home;
mod in_progress;
mod intake;
mod items;
mod journal;
mod language;
mod meanings;
mod notebook;
mod notes;
mod notices;
mod quality;
mod reading;
mod records;
mod roadmap;
mod role;
mod save;
mod share;
mod shell;
mod state;
mod stopped;
mod store;
mod talk;
mod theme;
mod visit;
mod welcome;
mod work;
mod workbook;
mod workspaces;

pub use state::{App, Derived};

/// Moves the focus to the first element of that selector, once the page shows what changed. What
/// had it may be gone, and reading should go on where something new is.
fn focus(selector: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        let found = leptos::prelude::document().query_selector(selector);
        if let Ok(Some(element)) = found
            && let Ok(element) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element)
        {
            // An element that can't have the focus keeps it where it is.
            let _ = element.focus();
        }
    });
}

/// What somebody wrote, with its lines kept.
fn written(text: &str) -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    match lines.as_slice() {
        [_] | [] => text.to_owned().into_any(),
        _ => {
            lines.into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view().into_any()
        }
    }
}

/// Starts the app in the page that loaded it.
pub fn start() {
    stopped::say_so_on_panic();
    language::begin();
    apart::start(|apart| {
        if let Some(boot) = leptos::prelude::document().get_element_by_id("boot") {
            boot.remove();
        }
        leptos::mount::mount_to_body(move || leptos::prelude::view! { <shell::Shell apart/> });
    });
}
