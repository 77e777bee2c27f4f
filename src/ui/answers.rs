//! Questions with their answers, and how a number came about.

use leptos::prelude::*;

use super::{App, Derived};
use crate::report::{Answer, Explanation};

/// Some answers beside one another.
#[component]
pub fn Answers(answers: Vec<Answer>) -> impl IntoView {
    view! {
        <div class="answers">
            {answers.into_iter().map(|answer| view! { <AnswerCard answer/> }).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn AnswerCard(answer: Answer) -> impl IntoView {
    let number = answer.number.map(|number| {
        // "under 1 %" is no figure to be set large.
        let is_long = number.chars().count() > 5;
        view! {
            <p>
                <span class="answer__number" class:answer__number--long=is_long data-number=answer.id>{number}</span>" "
                <span class="answer__unit">{answer.unit}</span>
            </p>
        }
    });
    view! {
        <section class="answer">
            <h2 class="answer__question">{answer.question}</h2>
            {number}
            <p class="answer__sentence">{answer.sentence}</p>
            {answer.would_change.map(|what| view! {
                <p class="answer__turn"><span class="answer__turn-name">{t!("What would change this: ")}</span>{what}</p>
            })}
            <Explained question=answer.question explanation=answer.explanation/>
        </section>
    }
    .into_any()
}

/// How a number came about, on request, with its items and those it leaves out.
#[component]
pub fn Explained(question: &'static str, explanation: Explanation) -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let show = move |title: String, selection: crate::report::Selection| {
        let open = move |_| {
            if let Some(analysis) = analysis.get_untracked() {
                app.open(&analysis, title.clone(), &selection);
            }
        };
        view! { <button type="button" class="link" on:click=open>{t!("Show them")}</button> }
    };
    let items = explanation.selection.map(|selection| show(explanation.items.clone(), selection));
    let left_out = match explanation.left_out.len() {
        0 => view! { <dd>{t!("Nothing.")}</dd> }.into_any(),
        _ => explanation
            .left_out
            .into_iter()
            .map(|out| {
                let button = show(out.said.clone(), out.selection);
                view! { <dd>{out.said}" "{button}</dd> }
            })
            .collect_view()
            .into_any(),
    };
    view! {
        <details class="more">
            <summary>{t!("How this is counted")}<span class="visually-hidden">": "{question}</span></summary>
            <dl>
                <dt>{t!("Definition")}</dt><dd>{explanation.definition}</dd>
                <dt>{t!("Window")}</dt><dd>{explanation.window}</dd>
                <dt>{t!("From")}</dt><dd>{explanation.items}" "{items}</dd>
                <dt>{t!("Left out")}</dt>{left_out}
            </dl>
        </details>
    }
    .into_any()
}

/// Says it where only one's own work is looked at: such a page is for nobody else, and says nothing of a team.
#[component]
pub fn OwnWork() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let is_own = Memo::new(move |_| analysis.with(|a| a.as_ref().is_some_and(|a| a.filter.mine)));
    move || {
        is_own.get().then(|| {
            view! {
                <p class="prose no-print">
                    <strong>{t!("Only your own work.")}</strong>
                    {t!(" It is for you to look at: nobody else sees it, and it says nothing of the team.")}
                </p>
            }
        })
    }
}
