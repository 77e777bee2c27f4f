//! The app: Leptos, client side only. The only place that knows a browser.
//!
//! The few facts are signals in [`App`]; everything else is a memo over the core.

mod clock;
mod data;
mod figure;
mod home;
mod intake;
mod notices;
mod shell;
mod state;
mod stopped;
mod store;
mod theme;
mod welcome;

pub use state::{App, Derived};

/// Starts the app in the page that loaded it.
pub fn start() {
    stopped::say_so_on_panic();
    if let Some(boot) = leptos::prelude::document().get_element_by_id("boot") {
        boot.remove();
    }
    leptos::mount::mount_to_body(shell::Shell);
}
