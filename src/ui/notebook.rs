//! The notebook: what no tracker holds, a part for each form, with what follows from it and its history.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::records::Part;
use super::role::SmallPicture;
use super::{App, Derived, clock, focus, journal};
use crate::import::ics;
use crate::model::notebook::{
    FORMS, Form, INITIATIVE, OUTREACH, Outreach, PRACTICE, ROADMAP, RULE, TIME, USUAL_RULES, WORDS,
};
use crate::model::{Date, Notebook, day_from_number, day_number};
use crate::report::findings::{Desk, Picture, hours, outreach_year, systems};
use crate::report::say;
use crate::route::{self, Route};

/// A calendar of so many days back is read; older weeks say nothing of now.
const DAYS_BACK: i32 = 366;

/// The page.
#[component]
pub fn NotebookPage() -> impl IntoView {
    let app = App::here();
    // Words are written on the role's page.
    let forms = FORMS.iter().copied().filter(|form| form.id != WORDS.id);
    let count = move |form: &'static Form| app.notebook.with(|notebook| notebook.of(form).count());
    let links = forms.clone().map(|form| {
        let address = move || app.filter.with(|filter| route::address_of_part(Route::Notebook, filter, form.id));
        view! {
            <li><a href=address>{t!(form.title)}</a>" "<span class="quiet">{move || say::number(count(form))}</span></li>
        }
    });
    let has_sample =
        Memo::new(move |_| app.notebook.with(|book| book.records.iter().any(|record| record.sample)));
    view! {
        <div class="stack">
            <h1 tabindex="-1">{t!("Notebook")}</h1>
            <p class="lead">
                {t!("What no tracker holds: risks, context, decisions, what the work is for. It stays in this browser, and comes up \
                 on the role pages where it matters.")}
            </p>
            <nav aria-label=t!("Parts of the notebook")><ul class="index">{links.collect_view()}</ul></nav>
            <UndoBar/>
            {move || has_sample.get().then(|| view! {
                <p class="quiet">
                    {t!("Some of it came with the sample data and goes with it. ")}
                    <button type="button" class="link" on:click=move |_| app.write(Notebook::remove_sample)>{t!("Remove it now")}</button>
                </p>
            })}
        </div>
        {forms.map(|form| view! {
            <Part form>{above(form)}</Part>
        }).collect_view()}
    }
    .into_any()
}

/// Takes the last change back, or makes it again.
#[component]
fn UndoBar() -> impl IntoView {
    let app = App::here();
    let last = Memo::new(move |_| journal::last(app));
    let next = Memo::new(move |_| journal::next(app));
    let undo = move |_| undo(app);
    let redo = move |_| redo(app);
    view! {
        <div class="buttons" id="undo-notebook">
            {move || last.get().map(|what| view! {
                <button type="button" class="button button--small" on:click=undo>{say!("Undo: {what}")}</button>
            })}
            {move || next.get().map(|what| view! {
                <button type="button" class="button button--small" on:click=redo>{say!("Redo: {what}")}</button>
            })}
        </div>
    }
    .into_any()
}

/// Takes the last change back.
pub fn undo(app: App) {
    journal::undo(app);
}

/// Makes the change again that was taken back last.
pub fn redo(app: App) {
    journal::redo(app);
}

/// What edits did, in words: "wrote “…”".
pub fn says(edits: &[crate::model::notebook::Edit]) -> String {
    if edits.iter().all(|edit| edit.form == ROADMAP.id && is_reordering(edit)) && edits.len() > 1 {
        return t!("changed the order").to_owned();
    }
    let [edit] = edits else {
        let removed = edits.iter().all(|edit| edit.after.is_none());
        let verb = if removed { t!("removed") } else { t!("took over") };
        let entries = say::counted(edits.len(), "entry", "entries");
        return say!("{verb} {entries}");
    };
    let form = FORMS.iter().find(|form| form.id == edit.form);
    let name =
        edit.after.as_ref().or(edit.before.as_ref()).zip(form).map(|(values, form)| form.name_of(values));
    let verb = match (&edit.before, &edit.after) {
        (None, _) => t!("wrote"),
        (Some(_), None) => t!("removed"),
        (Some(_), Some(_)) => t!("changed"),
    };
    let name = name.unwrap_or_default();
    say!("{verb} “{name}”")
}

/// Whether only the place in an order is another.
fn is_reordering(edit: &crate::model::notebook::Edit) -> bool {
    let without = |values: &crate::model::notebook::Values| {
        let mut values = values.clone();
        values.remove("order");
        values
    };
    edit.before
        .as_ref()
        .zip(edit.after.as_ref())
        .is_some_and(|(before, after)| without(before) == without(after))
}

/// What follows from the records of a form, above them.
fn above(form: &'static Form) -> AnyView {
    match form.id {
        id if id == INITIATIVE.id => view! { <Follows picture=initiative_shares/> }.into_any(),
        id if id == OUTREACH.id => view! { <Year/> }.into_any(),
        id if id == PRACTICE.id => view! { <Trends/> }.into_any(),
        id if id == TIME.id => view! { <Calendar/><WeekHours/> }.into_any(),
        id if id == RULE.id => view! { <UsualRules/> }.into_any(),
        _ => ().into_any(),
    }
}

/// A picture and the sentence over it; nothing where there is nothing to say.
type Drawn = Option<(String, Picture)>;

#[component]
fn Follows(picture: fn(&Desk) -> Drawn) -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let drawn = Memo::new(move |_| {
        let analysis = analysis.get()?;
        let today = analysis.zone().day_at(clock::now());
        app.notebook.with(|notebook| picture(&Desk::new(&analysis, notebook, today)))
    });
    move || {
        drawn.get().map(|(says, picture)| {
            view! { <div class="follows"><p>{says}</p><SmallPicture picture/></div> }.into_any()
        })
    }
}

fn initiative_shares(desk: &Desk) -> Drawn {
    let served = desk.initiative_shares()?;
    let (shares, all) = (served.shares, served.all);
    let wanted: f64 = shares.iter().filter_map(|share| share.wanted).sum();
    let mut says = say!(
        "The share of {} that were finished {}: the bar is what each initiative got, the thin line its 95\u{a0}% interval, the \
         upright what was wanted.",
        say::items(all),
        desk.period_in_words()
    );
    if wanted > 1.005 {
        says.push_str(&say!(" The wanted shares add up to {}.", say::percent(wanted)));
    }
    if !served.unknown.is_empty() {
        let names: Vec<String> = served.unknown.iter().map(|name| say::quoted(name)).collect();
        says.push_str(&say!(
            " Nothing in the data is called {}: look for another spelling.",
            say::and(&names)
        ));
    }
    (!shares.is_empty() || !served.unknown.is_empty()).then_some((says, Picture::Shares(shares)))
}

/// The hours of the last weeks by sort; they need no data but the notebook's.
#[component]
fn WeekHours() -> impl IntoView {
    let app = App::here();
    move || {
        let today = clock::browser_zone().day_at(clock::now());
        let hours = app.notebook.with(|notebook| hours(notebook, today, 4, 0));
        (hours.all() > 0.0).then(|| {
            let says = say!(
                "{} hours a week over the last {}.",
                say::decimal(hours.a_week()),
                say::counted(hours.weeks, t!("week with entries"), t!("weeks with entries"))
            );
            let picture = Picture::Parts(hours.parts());
            view! { <div class="follows"><p>{says}</p><SmallPicture picture/></div> }
        })
    }
}

/// The last twelve months of outreach: a column a month, a mark for each.
#[component]
fn Year() -> impl IntoView {
    let app = App::here();
    move || {
        let today = clock::browser_zone().day_at(clock::now());
        app.notebook.with(|notebook| {
            let months = outreach_year(notebook, today);
            let n: usize = months.iter().map(|(_, notes)| notes.len()).sum();
            (n > 0).then(|| {
                let month = |(month, notes): (Date, Vec<Outreach>)| {
                    let marks = notes.iter().map(|note| {
                        let kind = Outreach::KINDS.iter().find(|(kept, _)| *kept == note.kind());
                        let kind = kind.map_or("", |(_, label)| t!(*label));
                        view! { <li class="year__mark" title=format!("{} ({kind})", note.what())><span>{short(note.kind())}</span><span class="visually-hidden">{format!(" {}: {}", kind, note.what())}</span></li> }
                    });
                    view! {
                        <li class="year__month">
                            <ul class="year__marks">{marks.collect_view()}</ul>
                            <p class="year__name">{crate::language::formats::short_month(month)}</p>
                        </li>
                    }
                };
                let told: Vec<String> = Outreach::KINDS
                    .iter()
                    .filter_map(|(kind, label)| {
                        let n = months.iter().flat_map(|(_, notes)| notes).filter(|note| note.kind() == *kind).count();
                        (n > 0).then(|| format!("{} {} {n}", short(kind), t!(*label)))
                    })
                    .collect();
                view! {
                    <div class="follows follows--wide">
                        <p>{say!("Twelve months: {}.", say::counted(n, "note", "notes"))}</p>
                        <ol class="year">{months.into_iter().map(month).collect_view()}</ol>
                        <p class="quiet">{told.join(" · ")}</p>
                    </div>
                }
            })
        })
    }
}

/// A letter or two for a kind of outreach.
fn short(kind: &str) -> &'static str {
    match kind {
        "meetup-hosted" => "MH",
        "meetup-attended" => "MA",
        "meetup-sponsored" => "MS",
        "talk" => "T",
        "conference" => "C",
        "podcast" => "P",
        "article" => "A",
        _ => "·",
    }
}

/// Each system's last check, and the way it goes.
#[component]
fn Trends() -> impl IntoView {
    let app = App::here();
    move || {
        app.notebook.with(|notebook| {
            let rows =
                systems(notebook).into_iter().filter(|system| !system.checks.is_empty()).map(|system| {
                    let means: Vec<String> =
                        system.checks.iter().filter_map(|check| check.mean()).map(say::decimal).collect();
                    let last = system.checks.last().and_then(|check| check.answers());
                    let answers = last
                        .into_iter()
                        .flatten()
                        .map(|(_, level)| view! { <td class="numeric">{level}</td> });
                    let arrow = match system.trend() {
                        Some(change) if change > 0.0 => t!("better"),
                        Some(change) if change < 0.0 => t!("worse"),
                        Some(_) => t!("as before"),
                        None => t!("first check"),
                    };
                    view! {
                        <tr>
                            <th scope="row">{system.name.to_owned()}</th>
                            <td>{arrow}</td>
                            {answers.collect_view()}
                            <td class="numeric">{means.join(" → ")}</td>
                        </tr>
                    }
                });
            let rows: Vec<_> = rows.collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <div class="table" tabindex="0" role="region" aria-label=t!("Systems and their last checks")>
                        <table>
                            <caption>{t!("Last checks, and the means so far")}</caption>
                            <thead><tr>
                                <th scope="col">{t!("System")}</th>
                                <th scope="col">{t!("Trend")}</th>
                                <th scope="col" class="numeric">{t!("Understood")}</th>
                                <th scope="col" class="numeric">{t!("Usual")}</th>
                                <th scope="col" class="numeric">{t!("Written down")}</th>
                                <th scope="col" class="numeric">{t!("Averages")}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
            })
        })
    }
}

/// The rules that count while the user has none, and a way to begin with them.
#[component]
fn UsualRules() -> impl IntoView {
    let app = App::here();
    let own = Memo::new(move |_| app.notebook.with(|notebook| notebook.of(&RULE).count()));
    let take = move |_| {
        let rules = USUAL_RULES.iter().map(|(words, sort)| {
            let pairs = [("words", *words), ("sort", *sort)];
            (None, pairs.into_iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect())
        });
        let rules = rules.collect();
        app.write(|notebook| notebook.write_all(&RULE, rules, &[], clock::now()));
        focus("#part-rule");
    };
    move || {
        (own.get() == 0).then(|| {
            let rules = USUAL_RULES.iter().map(|(words, sort)| {
                let sort = if *sort == "none" { t!("not work") } else { t!(*sort) };
                view! { <dt>{sort}</dt><dd lang="en">{*words}</dd> }
            });
            view! {
                <details class="more">
                    <summary>{t!("The usual rules, which count now")}</summary>
                    <dl>{rules.collect_view()}</dl>
                </details>
                <div class="buttons">
                    <button type="button" class="button button--small" on:click=take>{t!("Begin with the usual rules and change them")}</button>
                </div>
            }
        })
    }
}

/// The id of the field that takes a calendar.
const CALENDAR_INPUT: &str = "calendar-file";

#[component]
fn Calendar() -> impl IntoView {
    let app = App::here();
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            read_calendar(app, file);
        }
        input.set_value("");
    };
    let open = move |_| {
        let input = document().get_element_by_id(CALENDAR_INPUT);
        if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
            input.click();
        }
    };
    view! {
        <div class="buttons">
            <button type="button" class="button button--small" on:click=open>{t!("Take a calendar file (.ics)")}</button>
            <input id=CALENDAR_INPUT type="file" hidden accept=".ics,text/calendar" on:change=chosen/>
        </div>
        <p class="quiet prose" role="status" id="calendar-said">{move || app.calendar_said.get()}</p>
    }
    .into_any()
}

/// Reads a calendar's last year into the notebook. Entries that are there already are updated.
pub fn read_calendar(app: App, file: web_sys::File) {
    let name = file.name();
    let turn = app.turn.get_value();
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        if app.turn.get_value() != turn {
            return;
        }
        let Some(text) = text else {
            return app.calendar_said.set(say!("The browser could not open {name}. Nothing was changed."));
        };
        let zone = clock::browser_zone();
        let today = zone.day_at(clock::now());
        let first = day_from_number(day_number(today) - DAYS_BACK);
        let said = match ics::read(&text, &zone, (first, today)) {
            Err(error) => say!("{name}: {error} Nothing was changed."),
            Ok(calendar) => {
                let found = calendar.entries.len();
                let all = app.notebook.with_untracked(|notebook| {
                    let known = |entry: &ics::Entry| notebook.of(&TIME).find(|r| r.text("uid") == entry.uid);
                    let record = |entry: &ics::Entry| {
                        let mut values = entry.values();
                        let known = known(entry);
                        // A sort that somebody has given stays.
                        if let Some(sort) =
                            known.map(|record| record.text("sort")).filter(|sort| !sort.is_empty())
                        {
                            values.insert("sort".to_owned(), sort.to_owned());
                        }
                        (known.map(|record| record.id), values)
                    };
                    calendar.entries.iter().map(record).collect::<Vec<_>>()
                });
                // Repeats that were moved or called off are gone; what this file does not name stays.
                let gone: Vec<u32> = app.notebook.with_untracked(|notebook| {
                    let series = |uid: &str| match uid.rsplit_once('|') {
                        Some((series, day)) if day.parse::<Date>().is_ok() => series.to_owned(),
                        _ => uid.to_owned(),
                    };
                    let there: BTreeSet<&str> =
                        calendar.entries.iter().map(|entry| entry.uid.as_str()).collect();
                    // A file may hold a part of a series only: what is outside of it stays.
                    let mut named: BTreeMap<String, (Date, Date)> = BTreeMap::new();
                    for entry in &calendar.entries {
                        let days = named.entry(series(&entry.uid)).or_insert((entry.day, entry.day));
                        *days = (days.0.min(entry.day), days.1.max(entry.day));
                    }
                    let records = notebook.of(&TIME).filter(|record| {
                        let uid = record.text("uid");
                        let day = crate::model::notebook::Time(record).date();
                        let is_within = named
                            .get(&series(uid))
                            .zip(day)
                            .is_some_and(|((from, to), day)| (*from..=*to).contains(&day));
                        !uid.is_empty() && is_within && !there.contains(uid)
                    });
                    records.map(|record| record.id).collect()
                });
                let new = all.iter().filter(|(id, _)| id.is_none()).count();
                app.write(|notebook| notebook.write_all(&TIME, all, &gone, clock::now()));
                let mut said = vec![say!(
                    "{name}: {} of the last twelve months, {} of them new.",
                    say::counted(found, "entry", "entries"),
                    say::number(new)
                )];
                let notes = [
                    (gone.len(), t!("gone from the notebook: the calendar does not have them any more")),
                    (calendar.left_out, t!("left out: all day, cancelled, or marked as free")),
                    (
                        calendar.unreadable,
                        t!("left out: longer than a day, or with dates that can\u{2019}t be read"),
                    ),
                    (
                        calendar.repeats_unknown,
                        t!("counted once: they repeat in a way that is not known here"),
                    ),
                ];
                said.extend(
                    notes
                        .iter()
                        .filter(|(n, _)| *n > 0)
                        .map(|(n, what)| format!("{} {what}.", say::number(*n))),
                );
                said.join(" ")
            }
        };
        app.said.set(said.clone());
        app.calendar_said.set(said);
    });
}
