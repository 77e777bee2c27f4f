//! The first page of a team: the finding in words, three answers, two pictures.

use leptos::prelude::*;

use super::Derived;
use super::figure::Figure;
use crate::charts;
use crate::report::{self, Answer, Explanation};

/// The finding.
#[component]
pub fn HomePage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let home = Memo::new(move |_| analysis.get().map(|analysis| report::home(analysis.data(), &analysis)));
    let durations = Memo::new(move |_| {
        analysis.get().map(|analysis| report::durations_figure(analysis.data(), &analysis))
    });
    let throughput = Memo::new(move |_| analysis.get().map(|analysis| report::throughput_figure(&analysis)));
    let scatter = move |size| {
        let analysis = analysis.get()?;
        let (_, durations) = analysis.durations()?;
        Some(charts::scatter(durations, analysis.as_of, size))
    };
    let weekly =
        move |size| analysis.get()?.throughput.as_ref().map(|weekly| charts::throughput(weekly, size));
    view! {
        {move || home.get().map(|home| view! {
            <div class="stack">
                <h1 tabindex="-1">{home.headline}</h1>
                {home.caveat.map(|caveat| view! { <p class="lead">{caveat}</p> })}
            </div>
            <div class="answers">
                {home.answers.into_iter().map(|answer| view! { <AnswerCard answer/> }).collect_view()}
            </div>
        })}
        <Figure id="durations" text=durations draw=scatter/>
        <Figure id="throughput" text=throughput draw=weekly/>
    }
    .into_any()
}

#[component]
fn AnswerCard(answer: Answer) -> impl IntoView {
    let number = answer.number.map(|number| {
        view! {
            <p>
                <span class="answer__number" data-number=answer.id>{number}</span>" "
                <span class="answer__unit">{answer.unit}</span>
            </p>
        }
    });
    view! {
        <section class="answer">
            <h2 class="answer__question">{answer.question}</h2>
            {number}
            <p class="answer__sentence">{answer.sentence}</p>
            <Explained explanation=answer.explanation/>
        </section>
    }
    .into_any()
}

/// How a number came about, on request.
#[component]
fn Explained(explanation: Explanation) -> impl IntoView {
    let left_out = match explanation.left_out.as_slice() {
        [] => "Nothing.".to_owned(),
        some => some.join(" "),
    };
    view! {
        <details class="more">
            <summary>"How this is counted"</summary>
            <dl>
                <dt>"Definition"</dt><dd>{explanation.definition}</dd>
                <dt>"Window"</dt><dd>{explanation.window}</dd>
                <dt>"From"</dt><dd>{explanation.items}</dd>
                <dt>"Left out"</dt><dd>{left_out}</dd>
            </dl>
        </details>
    }
    .into_any()
}
