//! What time it is, and where.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

use crate::model::Zone;

/// The browser's time zone; UTC where it tells none.
pub fn browser_zone() -> Zone {
    let system = TimeZone::try_system().ok();
    let name = system.as_ref().and_then(TimeZone::iana_name).unwrap_or("UTC");
    Zone::named(name).unwrap_or(Zone::UTC)
}

/// The time.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Milliseconds since the page was opened, for measuring how long something takes.
pub fn milliseconds() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// A number that differs from one call to the next, across tabs too.
pub fn stamp() -> String {
    format!("{}-{:x}", now(), (js_sys::Math::random() * 4e9) as u32)
}

/// Lets the browser paint before what comes next.
pub async fn pause() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // Where there is no timer, there is nothing to wait for either.
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 20).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
}
