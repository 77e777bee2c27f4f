//! A panic in WebAssembly is final. The user must read that, and that the data is safe.

use leptos::prelude::document;

/// Shows the banner that `index.html` holds ready, with what to report; in the console too.
pub fn say_so_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        let what = panic.to_string();
        web_sys::console::error_1(&what.as_str().into());
        if let Some(details) = document().get_element_by_id("stopped-by") {
            details.set_text_content(Some(&what));
        }
        if let Some(banner) = document().get_element_by_id("stopped") {
            let _ = banner.remove_attribute("hidden");
        }
    }));
}
