//! Do we produce bugs or features?

use leptos::prelude::*;

use super::Derived;
use super::answers::{Answers, OwnWork};
use super::figure::PlateFigure;
use crate::charts;
use crate::report::quality::quality_answers;

/// The page. Where bugs can't be held against features, the first figure says why.
#[component]
pub fn QualityPage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let answers = Memo::new(move |_| analysis.get().map(|analysis| quality_answers(&analysis)));
    let has_answers = Memo::new(move |_| answers.with(|a| a.as_ref().is_some_and(|a| !a.is_empty())));
    view! {
        <div class="stack">
            <OwnWork/>
            <h1 tabindex="-1">{t!("Do we produce bugs or features?")}</h1>
            <p class="quiet prose">
                {t!("An old or busy part of a product has more bugs than a new one, whoever works there. So bugs are counted by \
                 project and area, beside what explains them, and never by person.")}
            </p>
        </div>
        {move || answers.get().map(|answers| view! { <Answers answers/> })}
        <PlateFigure plate=&charts::BUG_RATIO/>
        {move || has_answers.get().then(|| view! {
            <PlateFigure plate=&charts::BUG_PLACES/>
            <PlateFigure plate=&charts::OPEN_BUGS/>
            <PlateFigure plate=&charts::TIME_TO_FIX/>
        })}
    }
    .into_any()
}
