//! Long work beside a page that answers: it pauses before anyone could notice, and can be stopped.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::clock;
use crate::pace::Pause;

/// How long work goes on before it lets the browser paint, in milliseconds.
const STRETCH: f64 = 25.0;

/// How long a word on the progress stands, in milliseconds: each costs a painting.
const TELLING: f64 = 100.0;

/// A word with which work is stopped.
#[derive(Clone, Default)]
pub struct Stop(Rc<Cell<bool>>);

impl Stop {
    pub fn now(&self) {
        self.0.set(true);
    }

    fn is_said(&self) -> bool {
        self.0.get()
    }
}

/// Tells when to pause: each time a stretch is over. `progress` is told how much is done, from 0 to 1.
pub fn stretches(progress: impl Fn(f64)) -> impl Fn(f64) -> Option<Pause> {
    let since = Rc::new(Cell::new(clock::milliseconds()));
    let told = Cell::new(clock::milliseconds());
    move |done| {
        let now = clock::milliseconds();
        if now - since.get() < STRETCH {
            return None;
        }
        if now - told.get() >= TELLING {
            told.set(now);
            progress(done);
        }
        let since = since.clone();
        Some(Box::pin(async move {
            pause().await;
            since.set(clock::milliseconds());
        }))
    }
}

/// Does the work unless it is stopped, at a pause: then `None`.
pub async fn unless<T>(stop: Stop, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| match stop.is_said() {
        true => Poll::Ready(None),
        false => work.as_mut().poll(context).map(Some),
    })
    .await
}

/// Lets the browser do what waits. A message to oneself comes back at once, where a timer would be held
/// back for some milliseconds, or for a second in a tab behind. The timer is there all the same: should a
/// message ever be lost, the work still goes on.
pub async fn pause() {
    const AT_THE_LATEST: i32 = 200;
    let Ok(channel) = MessageChannel::new() else { return clock::pause().await };
    let (here, there) = (channel.port1(), channel.port2());
    let mut timer = None;
    let back = js_sys::Promise::new(&mut |resolve, _| {
        let window = leptos::prelude::window();
        timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, AT_THE_LATEST).ok();
        here.set_onmessage(Some(&resolve));
        if there.post_message(&wasm_bindgen::JsValue::NULL).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    let _ = JsFuture::from(back).await;
    if let Some(timer) = timer {
        leptos::prelude::window().clear_timeout_with_handle(timer);
    }
    here.close();
}
