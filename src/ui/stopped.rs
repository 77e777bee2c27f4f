//! A panic in WebAssembly is final. The user must read that, and that the data is safe.

use leptos::prelude::document;

/// Shows the banner that `index.html` holds ready, and leaves the details in the console.
pub fn say_so_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        if let Some(banner) = document().get_element_by_id("stopped") {
            let _ = banner.remove_attribute("hidden");
        }
    }));
}
