//! Which part of the team is the limit, why, and what relief would bring.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::answers::{Answers, OwnWork};
use super::figure::PlateFigure;
use super::{App, Derived};
use crate::charts;
use crate::model::Settings;
use crate::report::capacity::{
    Advice, Part, capacity_answers, name_of, needed_in_words, people_key, reason, would_change,
};
use crate::report::{Analysis, Selection, say};

/// The page.
#[component]
pub fn CapacityPage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let answers = Memo::new(move |_| analysis.get().map(|analysis| capacity_answers(&analysis)));
    let parts = move || {
        let analysis = analysis.get()?;
        let parts = &analysis.capacity().parts;
        let is_quiet = |part: &Part| matches!(part.advice, Advice::NoEvidence | Advice::CannotTell);
        let list = |quiet: bool| {
            let of = parts.iter().enumerate().filter(|(n, of)| (*n > 0 && is_quiet(of)) == quiet);
            of.map(|(n, of)| part(&analysis, n, of)).collect_view()
        };
        let quiet = parts.iter().skip(1).filter(|part| is_quiet(part)).count();
        (!parts.is_empty()).then(|| {
            view! {
                <ol class="open">{list(false)}</ol>
                {(quiet > 0).then(|| view! {
                    <details class="more">
                        <summary>{say!(
                            "{} without evidence that {} must change",
                            say::counted(quiet, "part", "parts"),
                            if quiet == 1 { t!("it") } else { t!("they") }
                        )}</summary>
                        <ol class="open">{list(true)}</ol>
                    </details>
                })}
            }
        })
    };
    view! {
        <div class="stack">
            <OwnWork/>
            <h1 tabindex="-1">{t!("Which part of the team is the limit, and why?")}</h1>
            <p class="quiet prose">
                {t!("More people help where more comes in than leaves and nothing else is the reason. Where too much is begun at once, \
                 or work is blocked, they would only begin more. Teams and areas are told, never people.")}
            </p>
        </div>
        {move || answers.get().map(|answers| view! { <Answers answers/> })}
        <section class="section" id="advice" aria-labelledby="advice-title">
            <h2 id="advice-title">{t!("Each part, with its reason")}</h2>
            {parts}
        </section>
        <PlateFigure plate=&charts::PARTS/>
        <PlateFigure plate=&charts::RELIEF/>
    }
    .into_any()
}

/// More than so many are no team.
const MOST_PEOPLE: u32 = 10_000;

fn part(analysis: &Analysis, n: usize, part: &Part) -> impl IntoView + use<> {
    let app = App::here();
    let current = Derived::here().analysis;
    let name = name_of(part);
    let items = part.open_items.clone();
    let title = say!("{name}: what is open");
    let open = move |_| {
        if let Some(analysis) = current.get_untracked() {
            app.open(&analysis, title.clone(), &Selection::Listed(items.clone()));
        }
    };
    let key = people_key(analysis, part.what, &part.name);
    let can_say = key.is_some();
    let trouble = RwSignal::new(None::<String>);
    let set = move |event: ev::Event| {
        let Some(key) = key.clone() else { return };
        let text = event_target_value(&event);
        // What is no number reads as empty in a field for numbers.
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let is_bad = field.is_some_and(|field| field.validity().bad_input());
        match text.trim().parse::<u32>() {
            Ok(people @ 1..=MOST_PEOPLE) => {
                trouble.set(None);
                app.settings.update(|Settings { counting, .. }| {
                    counting.people.insert(key, people);
                });
            }
            _ if text.trim().is_empty() && !is_bad => {
                trouble.set(None);
                app.settings.update(|Settings { counting, .. }| {
                    counting.people.remove(&key);
                });
            }
            _ => trouble.set(Some(say!(
                "Say a whole number from 1 to {}. It was not changed.",
                say::number(MOST_PEOPLE as usize)
            ))),
        }
    };
    let said = part.people.filter(|_| part.people_said).map(|people| people.to_string()).unwrap_or_default();
    let id = format!("people-{n}");
    let trouble_id = format!("people-trouble-{n}");
    let counted = match (part.people, part.people_said) {
        (Some(_), true) => t!("as you said").to_owned(),
        (Some(people), false) => say!("{people} in the data"),
        (None, _) => t!("not in the data").to_owned(),
    };
    let quiet = matches!(part.advice, Advice::NoEvidence | Advice::CannotTell);
    let measure = analysis.durations().map_or(t!("cycle time"), |(measure, _)| measure.name());
    let facts = [
        Some(say!("{} open, {} in progress", say::number(part.open()), say::number(part.in_progress))),
        part.percentile.map(|days| {
            say!("{}\u{a0}% of {measure} within {}", analysis.counting().sle_percent, analysis.days(days))
        }),
        part.blocked.map(|share| say!("blocked {} of the time", say::percent(share))),
    ];
    view! {
        <li class="part">
            <p class="open__name">
                <button type="button" class="link" on:click=open>{name.clone()}</button>" "
                <span class="mark" class:mark--quiet=quiet>{part.advice.name()}</span>
            </p>
            <p class="prose">{say::capital(&reason(analysis, part))}</p>
            {needed_in_words(part).map(|needed| view! { <p class="prose">{needed}</p> })}
            <p class="answer__turn prose"><span class="answer__turn-name">{t!("What would change this: ")}</span>{would_change(analysis, part)}</p>
            <p class="part__facts quiet">
                {facts.into_iter().flatten().map(|fact| view! { <span>{fact}</span> }).collect_view()}
                {can_say.then(|| view! {
                    <label class="inline" for=id.clone()>
                        {t!("People")}<span class="visually-hidden">{say!(" in {name}")}</span>
                        <input id=id.clone() class="count" type="number" min="1" max=MOST_PEOPLE prop:value=said on:change=set
                            aria-describedby=trouble_id.clone() aria-invalid=move || trouble.with(Option::is_some).to_string()/>
                        {counted}
                    </label>
                })}
            </p>
            <p class="field__trouble" id=trouble_id.clone() role="alert">{move || trouble.get()}</p>
        </li>
    }
}
