//! Is delivery steady? Throughput with what is usual, arrivals and departures, work in progress and its
//! age, cumulative flow.

use leptos::ev;
use leptos::prelude::*;

use super::answers::Answers;
use super::figure::PlateFigure;
use super::{App, Derived};
use crate::charts;
use crate::model::{Date, Event, days_between};
use crate::report::{self, say};

/// The page.
#[component]
pub fn CadencePage() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let answers = Memo::new(move |_| analysis.get().map(|analysis| report::cadence_answers(&analysis)));
    let by_day = RwSignal::new(false);
    let choose = move |event| by_day.set(event_target_value(&event) == "day");
    view! {
        <div class="stack">
            <h1 tabindex="-1">{t!("Is delivery steady?")}</h1>
        </div>
        {move || answers.get().map(|answers| view! { <Answers answers/> })}
        <section class="section section--bare">
            <label class="inline">
                {t!("Throughput by")}
                <select class="select" id="period" on:change=choose>
                    <option value="week" prop:selected=move || !by_day.get()>{t!("week")}</option>
                    <option value="day" prop:selected=move || by_day.get()>{t!("working day")}</option>
                </select>
            </label>
            {move || match by_day.get() {
                false => view! { <PlateFigure plate=&charts::BEHAVIOUR/> },
                true => view! { <PlateFigure plate=&charts::DAILY_BEHAVIOUR/> },
            }}
            <Events/>
        </section>
        <PlateFigure plate=&charts::FLOW/>
        <PlateFigure plate=&charts::WIP/>
        <PlateFigure plate=&charts::TOTAL_AGE/>
        <PlateFigure plate=&charts::CUMULATIVE/>
    }
    .into_any()
}

/// So many days hold six whole weeks, whatever day they begin with.
const SIX_WEEKS: i32 = 47;

/// What happened to the team, and by which days "usual" is measured.
#[component]
fn Events() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let day = RwSignal::new(String::new());
    let what = RwSignal::new(String::new());
    let restarts = RwSignal::new(true);
    let trouble = RwSignal::new(None::<&'static str>);
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Ok(date), text) = (day.get_untracked().parse::<Date>(), what.get_untracked().trim().to_owned())
        else {
            return trouble.set(Some(t!("Choose the day on which it happened.")));
        };
        if analysis.with_untracked(|a| a.as_ref().is_some_and(|a| date > a.today())) {
            return trouble.set(Some(t!("That day is still to come.")));
        }
        if text.is_empty() {
            return trouble.set(Some(t!("Say in a few words what happened.")));
        }
        trouble.set(None);
        let event = Event { what: text, restarts: restarts.get_untracked() };
        app.settings.update(|settings| drop(settings.counting.events.insert(date, event)));
        what.set(String::new());
        app.said.set(t!("Noted.").to_owned());
    };
    let events = move || app.settings.with(|settings| settings.counting.events.clone());
    let baseline = move || app.settings.with(|settings| settings.counting.baseline);
    let from = RwSignal::new(String::new());
    let to = RwSignal::new(String::new());
    let baseline_trouble = RwSignal::new(None::<&'static str>);
    let set_baseline = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match (from.get_untracked().parse::<Date>(), to.get_untracked().parse::<Date>()) {
            (Ok(from), Ok(to)) if days_between(from, to) >= SIX_WEEKS => {
                baseline_trouble.set(None);
                app.settings.update(|settings| settings.counting.baseline = Some((from, to)));
            }
            _ => baseline_trouble.set(Some(t!(
                "Choose a first day, and a last one at least six weeks later: fewer weeks give no limits."
            ))),
        }
    };
    view! {
        <details class="more" id="events">
            <summary>{t!("Note an event, or set the baseline")}</summary>
            <p class="quiet prose">
                {t!("Somebody joined, a process changed: note it, and what is usual can be measured anew from that day. A \
                 baseline measures it by some days only, for all that follow.")}
            </p>
            <ul class="notes">
                {move || events().into_iter().map(|(date, event)| view! {
                    <li class="event">
                        <span>
                            <strong>{say::date(date)}</strong>" "{event.what}
                            {event.restarts.then_some(t!(" (limits start anew)"))}
                        </span>
                        <button type="button" class="link" on:click=move |_| app.settings.update(|settings| drop(settings.counting.events.remove(&date)))>
                            {t!("Remove")}<span class="visually-hidden">{say!(" what happened on {}", say::date(date))}</span>
                        </button>
                    </li>
                }).collect_view()}
            </ul>
            <form class="fields" on:submit=add>
                <div class="field">
                    <label for="event-day">{t!("Day")}</label>
                    <input id="event-day" type="date" prop:value=move || day.get() on:input=move |event| day.set(event_target_value(&event))/>
                </div>
                <div class="field">
                    <label for="event-what">{t!("What happened")}</label>
                    <input id="event-what" type="text" maxlength="120" prop:value=move || what.get() on:input=move |event| what.set(event_target_value(&event))/>
                </div>
                <label class="check">
                    <input type="checkbox" prop:checked=move || restarts.get() on:change=move |event| restarts.set(event_target_checked(&event))/>
                    {t!("Limits start anew")}
                </label>
                <button type="submit" class="button">{t!("Note it")}</button>
            </form>
            <p class="field__trouble" role="alert">{move || trouble.get()}</p>
            <form class="fields" on:submit=set_baseline>
                <div class="field">
                    <label for="baseline-from">{t!("Baseline from")}</label>
                    <input id="baseline-from" type="date" on:input=move |event| from.set(event_target_value(&event))
                        prop:value=move || baseline().map(|days| days.0.to_string()).unwrap_or_default()/>
                </div>
                <div class="field">
                    <label for="baseline-to">{t!("to")}</label>
                    <input id="baseline-to" type="date" on:input=move |event| to.set(event_target_value(&event))
                        prop:value=move || baseline().map(|days| days.1.to_string()).unwrap_or_default()/>
                </div>
                <button type="submit" class="button">{t!("Set the baseline")}</button>
                {move || baseline().map(|_| view! {
                    <button type="button" class="button" on:click=move |_| app.settings.update(|settings| settings.counting.baseline = None)>
                        {t!("Measure by all days")}
                    </button>
                })}
            </form>
            <p class="field__trouble" role="alert">{move || baseline_trouble.get()}</p>
        </details>
    }
    .into_any()
}
