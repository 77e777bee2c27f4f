//! The first page of a team: the finding in words, three answers, two pictures.

use leptos::prelude::*;

use super::answers::Answers;
use super::figure::PlateFigure;
use super::{App, Derived};
use crate::charts;
use crate::model::Role;
use crate::report;
use crate::route::{self, Route};

/// The finding.
#[component]
pub fn HomePage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let home = Memo::new(move |_| analysis.get().map(|analysis| report::home(&analysis.data, &analysis)));
    view! {
        {move || home.get().map(|home| view! {
            <div class="stack">
                <h1 tabindex="-1">{home.headline}</h1>
                {home.caveat.map(|caveat| view! { <p class="lead">{caveat}</p> })}
            </div>
            <Answers answers=home.answers/>
            <Roles/>
        })}
        <PlateFigure plate=&charts::SCATTER/>
        <PlateFigure plate=&charts::RUN/>
    }
    .into_any()
}

/// The same numbers, by whoever asks.
#[component]
fn Roles() -> impl IntoView {
    let app = App::here();
    let links = Role::ALL.map(|role| {
        let address = move || app.filter.with(|filter| route::address(Route::Role(role), filter, None));
        view! { <li><a href=address>{role.title()}</a></li> }
    });
    view! {
        <nav aria-label=t!("What matters to whom") class="inline">
            <span>{t!("What matters to you? See it as")}</span>
            <ul class="roles">{links}</ul>
        </nav>
    }
    .into_any()
}
