//! What needs help today? The work in progress as a list to act on, those in need first, and the aging
//! chart.

use leptos::prelude::*;

use super::figure::PlateFigure;
use super::{App, Derived};
use crate::charts;
use crate::metrics::{Distribution, Need};
use crate::report::{self, Analysis, OpenItem, say};

/// So many at first; the rest on request.
const SHOWN: usize = 50;

/// The page.
#[component]
pub fn InProgressPage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let headline = Memo::new(move |_| analysis.get().map(|analysis| report::headline(&analysis)));
    let shown = RwSignal::new(SHOWN);
    let list = move || {
        let analysis = analysis.get()?;
        let open = analysis.open();
        if open.is_empty() {
            return None;
        }
        let rows =
            open.iter().take(shown.get()).map(|open| row(&analysis, report::open_item(&analysis, open)));
        let rows = rows.collect_view();
        let more = open.len().saturating_sub(shown.get());
        Some(view! {
            <ol class="open">{rows}</ol>
            {(more > 0).then(|| view! {
                <button type="button" class="button" on:click=move |_| shown.update(|n| *n += 200)>
                    {say!("Show more ({} left)", say::number(more))}
                </button>
            })}
        })
    };
    view! {
        <div class="stack">
            <h1 tabindex="-1">{move || headline.get()}</h1>
            <p class="quiet prose">{move || analysis.with(|a| a.as_ref().map(|a| how(a)))}</p>
        </div>
        <section class="section" id="needs-help" aria-label=t!("What needs help")>{list}</section>
        <PlateFigure plate=&charts::AGING/>
    }
    .into_any()
}

/// How the list is made.
fn how(analysis: &Analysis) -> String {
    let limit = match analysis.age_limit() {
        Some(limit) => {
            let few = match analysis.cycle.distribution.n() {
                n if n < Distribution::PLENTY => say!(" Few data: {} finished.", say::items(n)),
                _ => String::new(),
            };
            say!(
                "The chance is that of finishing within {}, given the age: of the work that came as far, the share \
                 that did (Kaplan–Meier).{few}",
                analysis.limit_in_words(limit)
            )
        }
        None => match analysis.no_cycle_time() {
            Some(why) => say!("{why} Without cycle times there are no chances."),
            None => t!("Too little is finished to tell chances.").to_owned(),
        },
    };
    say!("Those in need first: blocked, late, long in one place, at risk; among alike the oldest. {limit}")
}

fn row(analysis: &Analysis, item: OpenItem) -> impl IntoView + use<> {
    let app = App::here();
    let key = item.key.clone();
    let open = move |_| app.open_item(&key);
    let name = if item.title.is_empty() { item.key.clone() } else { item.title.clone() };
    let chance = match (item.chance.as_str(), analysis.age_limit()) {
        ("", _) | (_, None) => String::new(),
        (chance, Some(limit)) => say!("{chance} within {}", analysis.days(limit)),
    };
    let marks = item.marks.iter().map(|mark| view! { <span class="mark">{t!(*mark)}</span> }).collect_view();
    let has_title = !item.title.is_empty();
    view! {
        <li class="open__item" class:open__item--fine=item.need == Need::OnCourse>
            <p class="open__name">
                <button type="button" class="link" on:click=open>{name}</button>
                {has_title.then(|| view! { <span class="quiet">" "{item.key.clone()}</span> })}
                " "{marks}
            </p>
            <p class="open__advice">{item.advice}</p>
            <p class="open__facts quiet">
                <span>{item.age}</span><span>{item.status}</span><span>{chance}</span>
            </p>
        </li>
    }
}
