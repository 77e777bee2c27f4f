//! How long do things take, and how sure is that?

use leptos::prelude::*;

use super::Derived;
use super::answers::Answers;
use super::figure::PlateFigure;
use crate::charts;
use crate::report;

/// The page.
#[component]
pub fn CycleTimePage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let answers = Memo::new(move |_| analysis.get().map(|analysis| report::cycle_answers(&analysis)));
    view! {
        <div class="stack">
            <h1 tabindex="-1">{t!("How long does work take, and how sure is that?")}</h1>
        </div>
        {move || answers.get().map(|answers| view! { <Answers answers/> })}
        <PlateFigure plate=&charts::SCATTER/>
        <PlateFigure plate=&charts::HISTOGRAM/>
        <PlateFigure plate=&charts::SERVICE_LEVEL/>
        <PlateFigure plate=&charts::SPREAD/>
        <PlateFigure plate=&charts::STAGES/>
        <PlateFigure plate=&charts::EFFICIENCY/>
        <PlateFigure plate=&charts::BLOCKED/>
    }
    .into_any()
}
