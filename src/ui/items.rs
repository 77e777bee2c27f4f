//! A window over the page with one item and its history, or with a list of items.

use leptos::ev;
use leptos::prelude::*;

use super::apart::{self, Wanted};
use super::{App, Derived, save};
use crate::metrics::{Dates, State};
use crate::model::{Date, Item, Moment, days_between};
use crate::report::{Analysis, Column, Table, say};

/// The window; closed while nothing is looked at.
#[component]
pub fn ItemsWindow() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let dialog: NodeRef<leptos::html::Dialog> = NodeRef::new();
    let is_open = Memo::new(move |_| {
        (app.item.with(Option::is_some) || app.listed.with(Option::is_some)) && analysis.with(Option::is_some)
    });
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (is_open.get(), dialog.open()) {
            // Where a browser can't open it over the page, it opens within.
            (true, false) if dialog.show_modal().is_err() => dialog.show(),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // By the Escape key; what the page closes itself is closed already.
    let closed = move |_: ev::Event| {
        if is_open.get_untracked() {
            app.close_items();
        }
    };
    // Beside the window is the backdrop, which belongs to it.
    let clicked = move |event: ev::MouseEvent| {
        let outside = event.target().is_some_and(|target| {
            dialog.get_untracked().is_some_and(|dialog| {
                let element: &web_sys::EventTarget = dialog.as_ref();
                target == *element
            })
        });
        if outside {
            app.close_items();
        }
    };
    view! {
        <dialog class="window" node_ref=dialog on:close=closed on:click=clicked aria-labelledby="window-title">
            <div class="window__inner">
                <button type="button" class="button button--quiet window__close" on:click=move |_| app.close_items()>
                    {t!("Close")}
                </button>
                {move || is_open.get().then(|| apart::show(|| Wanted::Items))}
            </div>
        </dialog>
    }
    .into_any()
}

/// What is in the window.
pub fn within() -> AnyView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let shown = move || {
        let analysis = analysis.get()?;
        let view = match app.item.get() {
            Some(key) => view! {
                {app.listed.with(Option::is_some).then(|| view! {
                    <button type="button" class="link" on:click=move |_| app.back_to_the_list()>{t!("Back to the list")}</button>
                })}
                {item_view(&analysis, &key)}
            }
            .into_any(),
            None => {
                let (title, selection) = app.listed.get()?;
                let items = analysis.select(&selection);
                list_view(app, &analysis, title, &items).into_any()
            }
        };
        Some(view)
    };
    shown.into_any()
}

/// More rows than these nobody reads in a window; all of them can be saved.
const SHOWN: usize = 200;

fn list_view(app: App, analysis: &Analysis, title: String, items: &[usize]) -> impl IntoView + use<> {
    let has_work = items.iter().take(SHOWN).any(|&place| {
        let item = analysis.data.items.get(place);
        item.is_some_and(|item| item.estimate_hours.is_some() && item.actual_hours.is_some())
    });
    let row = |&place: &usize| {
        let item = analysis.data.items.get(place)?;
        let dates = analysis.dates.get(place)?;
        let key = item.key.clone();
        // The list stays behind the item, for going back to it.
        let open = {
            let key = key.clone();
            move |_| app.open_item(&key)
        };
        Some(view! {
            <tr>
                <td><button type="button" class="link" on:click=open>{key}</button></td>
                <td>{item.title.clone()}</td>
                <td>{state_of(analysis, item, dates)}</td>
                <td class="numeric">{took(analysis, dates)}</td>
                {has_work.then(|| view! {
                    <td class="numeric">{hours(item.estimate_hours)}</td>
                    <td class="numeric">{hours(item.actual_hours)}</td>
                })}
            </tr>
        })
    };
    let rows = items.iter().take(SHOWN).filter_map(row).collect_view();
    let more = items.len().saturating_sub(SHOWN);
    let table = Table {
        title: title.clone(),
        // In English and with points, so that it can be read again, by us too.
        columns: [
            "Item",
            "Title",
            "State",
            "Days",
            "Created",
            "Started",
            "Finished",
            "Estimated hours",
            "Worked hours",
            "Story points",
        ]
        .map(Column::text)
        .to_vec(),
        rows: items
            .iter()
            .filter_map(|&place| {
                let (item, dates) = (analysis.data.items.get(place)?, analysis.dates.get(place)?);
                let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                Some(vec![
                    item.key.clone(),
                    item.title.clone(),
                    state_of(analysis, item, dates),
                    took(analysis, dates),
                    day(dates.created),
                    day(dates.started),
                    day(dates.finished),
                    number(item.estimate_hours),
                    number(item.actual_hours),
                    number(item.points),
                ])
            })
            .collect(),
    };
    let save = move |_| save::save_csv("ballpark-items", std::slice::from_ref(&table));
    view! {
        <h2 id="window-title">{title}</h2>
        <p class="quiet">
            {say::items(items.len())}
            {(more > 0).then(|| say!("; the first {SHOWN} are shown"))}". "
            <button type="button" class="link" on:click=save>{t!("Save all as CSV")}</button>
        </p>
        <div class="table window__table" tabindex="0" role="region" aria-label=t!("Items")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t!("Item")}</th>
                        <th scope="col">{t!("Title")}</th>
                        <th scope="col">{t!("State")}</th>
                        <th scope="col" class="numeric">{t!("Days")}</th>
                        {has_work.then(|| view! {
                            <th scope="col" class="numeric">{t!("Estimated\u{a0}h")}</th>
                            <th scope="col" class="numeric">{t!("Worked\u{a0}h")}</th>
                        })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Hours of work as a number, or nothing.
fn hours(hours: Option<f64>) -> String {
    hours.map(say::decimal).unwrap_or_default()
}

/// Its status, or where its dates put it.
fn state_of(analysis: &Analysis, item: &Item, dates: &Dates) -> String {
    if !item.status.is_empty() {
        return item.status.clone();
    }
    let state = match dates.state_on(analysis.as_of) {
        State::NotStarted => t!("Not started"),
        State::InProgress => t!("In progress"),
        State::Finished => t!("Finished"),
        State::Cancelled => t!("Cancelled"),
        State::NotYetKnown => t!("Later"),
    };
    state.to_owned()
}

/// How long it took, or how old it is.
fn took(analysis: &Analysis, dates: &Dates) -> String {
    let end = match dates.state_on(analysis.as_of) {
        State::Finished => dates.finished,
        State::InProgress => Some(analysis.as_of),
        _ => None,
    };
    let start = match analysis.durations() {
        Some((crate::report::Measure::Lead, _)) if dates.finished.is_some() => dates.created,
        _ => dates.started,
    };
    let days = start.zip(end).and_then(|(start, end)| analysis.calendar().span(start, end));
    days.map(|days| say::number(days.0 as usize)).unwrap_or_default()
}

fn item_view(analysis: &Analysis, key: &str) -> impl IntoView + use<> {
    let found = analysis.data.items.iter().position(|item| item.key == key);
    let found = found.and_then(|place| Some((analysis.data.items.get(place)?, analysis.dates.get(place)?)));
    let Some((item, dates)) = found else {
        return view! {
            <h2 id="window-title">{say!("{key} is not here")}</h2>
            <p>{t!("There is no such item among those that are looked at. A filter may leave it out.")}</p>
        }
        .into_any();
    };
    let title = if item.title.is_empty() { item.key.clone() } else { item.title.clone() };
    let mut facts: Vec<(&str, String)> = Vec::new();
    let mut fact = |name, value: String| {
        if !value.is_empty() {
            facts.push((name, value));
        }
    };
    fact(t!("Status"), state_of(analysis, item, dates));
    fact(t!("Type"), item.type_name.clone());
    fact(t!("Created"), day(dates.created));
    fact(t!("Started"), day(dates.started));
    fact(t!("Finished"), day(dates.finished));
    fact(t!("Cancelled"), day(dates.cancelled));
    let span = |start: Option<Date>, end: Option<Date>| {
        let days = start.zip(end).and_then(|(start, end)| analysis.calendar().span(start, end));
        days.map(|days| analysis.days(days)).unwrap_or_default()
    };
    match dates.state_on(analysis.as_of) {
        State::InProgress => fact(t!("Age"), span(dates.started, Some(analysis.as_of))),
        State::Finished => {
            fact(t!("Cycle time"), span(dates.started, dates.finished));
            fact(t!("Lead time"), span(dates.created, dates.finished));
        }
        _ => {}
    }
    fact(t!("Team"), item.team.clone());
    fact(t!("Project"), item.project.clone());
    fact(t!("Part of"), item.epic.clone());
    fact(t!("Waits for"), item.waits_for.join(", "));
    fact(t!("Area"), item.areas.join(", "));
    fact(t!("Labels"), item.labels.join(", "));
    fact(t!("Story points"), item.points.map(|points| points.to_string()).unwrap_or_default());
    fact(t!("Size"), item.size.clone());
    fact(
        t!("Estimated"),
        item.estimate_hours.map(|hours| format!("{} h", say::decimal(hours))).unwrap_or_default(),
    );
    fact(
        t!("Worked"),
        item.actual_hours.map(|hours| format!("{} h", say::decimal(hours))).unwrap_or_default(),
    );
    if item.blocked {
        fact(t!("Blocked"), t!("yes").to_owned());
    }
    let facts =
        facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
    let link = is_web(&item.url).then(|| {
        view! {
            <p><a href=item.url.clone() target="_blank" rel="noopener noreferrer">{t!("Open it in the tracker")}</a></p>
        }
    });
    let history = (!item.history.is_empty()).then(|| {
        let moments: Vec<Moment> = item.history.iter().map(|change| change.at).collect();
        let zone = analysis.zone();
        let rows = item.history.iter().enumerate().map(|(n, change)| {
            let from = change.at.date(zone);
            let until = moments.get(n + 1).map(|at| at.date(zone));
            let stayed = match until {
                Some(until) => days_between(from, until),
                None => days_between(from, analysis.as_of),
            };
            let stayed = match (stayed, until) {
                (0, Some(_)) => t!("under a day").to_owned(),
                (days, Some(_)) => say::days(crate::model::Days(u32::try_from(days).unwrap_or_default())),
                (_, None) => t!("since then").to_owned(),
            };
            view! { <tr><td>{change.to.clone()}</td><td>{say::date(from)}</td><td class="numeric">{stayed}</td></tr> }
        });
        let rows = rows.collect_view();
        view! {
            <div class="table" tabindex="0" role="region" aria-label=t!("History")>
                <table>
                    <caption>{t!("History")}</caption>
                    <thead>
                        <tr><th scope="col">{t!("Status")}</th><th scope="col">{t!("From")}</th><th scope="col" class="numeric">{t!("Calendar days")}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let blocked = item.blocked_times.iter().map(|blocked| {
        let zone = analysis.zone();
        let until = match blocked.until {
            Some(until) => say!("to {}", say::date(until.date(zone))),
            None => t!("until now").to_owned(),
        };
        view! { <li>{say!("Blocked from {} {until}", say::date(blocked.from.date(zone)))}</li> }
    });
    let blocked = blocked.collect_view();
    view! {
        <p class="quiet">{item.key.clone()}</p>
        <h2 id="window-title">{title}</h2>
        {link}
        <dl class="facts">{facts}</dl>
        {history}
        {(!item.blocked_times.is_empty()).then(|| view! { <ul class="lines">{blocked}</ul> })}
    }
    .into_any()
}

fn day(day: Option<Date>) -> String {
    day.map(say::date).unwrap_or_default()
}

/// Only such links lead anywhere: a tracker's export may hold any text.
fn is_web(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}
