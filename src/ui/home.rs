//! The first page of a team: the finding in words, three answers, two pictures.

use leptos::prelude::*;

use super::Derived;
use super::answers::Answers;
use super::figure::PlateFigure;
use crate::charts;
use crate::report;

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
        })}
        <PlateFigure plate=&charts::SCATTER/>
        <PlateFigure plate=&charts::RUN/>
    }
    .into_any()
}
