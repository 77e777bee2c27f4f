//! A role's page: what matters to it now, what it wants the others to know, what to talk about, whom to reach.
//! Printed it is a document of a page or two.

use std::sync::Arc;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;

use super::answers::Explained;
use super::state::Shared;
use super::talk::Talk;
use super::{App, Derived, clock, focus, store, written};
use crate::charts;
use crate::model::notebook::{Values, WORDS};
use crate::model::{Notebook, Role};
use crate::report::findings::{Desk, Finding, Picture, Place, Weight};
use crate::report::roles::{self, Entry, RolePage, page_of};
use crate::report::{Selection, say};
use crate::route::{self, Route};

/// Pixels of a small picture.
const PICTURE: u32 = 264;

/// What the page shows, computed once.
#[derive(Clone, PartialEq)]
struct Shown {
    headline: String,
    findings: Vec<Finding>,
    parts: Vec<(usize, Vec<Entry>)>,
    words: (Vec<String>, bool),
    reach: Vec<roles::Reach>,
    /// What the data are of, and for which day.
    basis: String,
    /// What is looked at, where it is not all.
    filtered: Option<String>,
    caveat: Option<String>,
}

/// Shows a role's page and prints it once it is there.
pub fn print(app: App, role: Role) {
    let address = app.filter.with_untracked(|filter| route::address(Route::Role(role), filter, None));
    let _ = window().location().set_hash(&address);
    print_soon(40);
}

fn print_soon(tries: u32) {
    set_timeout(
        move || match document()
            .query_selector(".document .picture svg, .document #matters li")
            .ok()
            .flatten()
        {
            None if tries > 0 => print_soon(tries - 1),
            _ => {
                // Where it is refused there is the browser's own menu.
                let _ = window().print();
            }
        },
        std::time::Duration::from_millis(250),
    );
}

/// The page.
#[component]
pub fn RoleView(role: Role) -> impl IntoView {
    let app = App::here();
    let page = page_of(role);
    let Derived { analysis, replays, .. } = Derived::here();
    let nothing = StoredValue::new(Shared::of_nothing(&clock::browser_zone()));
    let shown = Memo::new(move |_| {
        replays.track();
        // Without any export the notebook speaks alone; while one is being counted nothing does.
        let has_data = app.dataset.with(Option::is_some);
        let analysis = analysis.get().or_else(|| (!has_data).then(|| nothing.get_value()))?;
        let today = analysis.zone().day_at(clock::now());
        app.notebook.with(|notebook| Some(Arc::new(Shown::of(page, &analysis, notebook, today))))
    });
    let findings = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|s| s.findings.clone())));
    let parts = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|s| s.parts.clone())));
    let words = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|s| s.words.clone())));
    let reach = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|s| s.reach.clone())));
    let headline = move || shown.with(|shown| shown.as_ref().map(|shown| shown.headline.clone()));
    let basis = move || shown.with(|shown| shown.as_ref().map(|shown| shown.basis.clone()));
    let filtered = move || shown.with(|shown| shown.as_ref().and_then(|shown| shown.filtered.clone()));
    let caveat = move || shown.with(|shown| shown.as_ref().and_then(|shown| shown.caveat.clone()));
    view! {
        <article class="document">
            <header class="stack document__head">
                <p class="document__role">{role.title()}<span class="print-only">{move || basis().map(|b| format!(" · {b}"))}</span></p>
                <h1 tabindex="-1">{headline}</h1>
                <p class="lead">{t!(page.asks)}</p>
                {move || filtered().map(|said| view! { <p class="prose"><strong>{said}</strong></p> })}
                {move || caveat().map(|caveat| view! { <p class="quiet prose">{caveat}</p> })}
                <div class="buttons">
                    <button type="button" class="button button--small" on:click=move |_| {
                        // Where it is refused there is the browser's own menu.
                        let _ = window().print();
                    }>{t!("Print or save as PDF")}</button>
                </div>
            </header>
            <section class="section" id="matters" aria-labelledby="matters-title">
                <h2 id="matters-title">{t!("What matters now")}</h2>
                {(role == Role::Engineer).then(|| view! { <WhoIAm/> })}
                {move || findings.get().map(|findings| match findings.is_empty() {
                    true => view! {
                        <p class="prose">
                            {t!("Findings need some finished work with dates: five items for most, twenty for some. What the file \
                             lacks is said under Data.")}
                        </p>
                    }.into_any(),
                    false => view! {
                        <ol class="findings">
                            {findings.into_iter().map(|finding| view! { <FindingRow finding/> }).collect_view()}
                        </ol>
                    }.into_any(),
                })}
            </section>
            {move || parts.get().map(|parts| {
                let first = parts.into_iter().filter(|(n, _)| page.parts.get(*n).is_some_and(|part| !part.is_last));
                first.map(|(n, entries)| part(page, n, entries)).collect_view()
            })}
            <section class="section" id="words" aria-labelledby="words-title"
                class:no-print=move || words.with(|words| words.as_ref().is_none_or(|(_, own)| !own))>
                <h2 id="words-title" tabindex="-1">{t!("What I want you to know")}</h2>
                {move || words.get().map(|(words, own)| view! { <Words role words own/> })}
            </section>
            <Talk role/>
            <section class="section" id="reach" aria-labelledby="reach-title"
                class:no-print=move || reach.with(|reach| reach.as_ref().is_none_or(Vec::is_empty))>
                <h2 id="reach-title">{t!("Reach me")}</h2>
                {move || reach.get().map(|reach| view! { <ReachMe role reach/> })}
            </section>
            {move || parts.get().map(|parts| {
                let last = parts.into_iter().filter(|(n, _)| page.parts.get(*n).is_some_and(|part| part.is_last));
                last.map(|(n, entries)| part(page, n, entries)).collect_view()
            })}
        </article>
    }
    .into_any()
}

impl Shown {
    fn of(page: &RolePage, analysis: &Shared, notebook: &Notebook, today: crate::model::Date) -> Shown {
        let desk = Desk::new(analysis, notebook, today);
        let findings = page.matters(&desk);
        let parts = page.parts.iter().enumerate().map(|(n, part)| (n, (part.entries)(&desk))).collect();
        Shown {
            headline: page.headline(&findings),
            findings,
            parts,
            words: page.words(&desk),
            reach: roles::reach(&desk, page.role),
            basis: say!("numbers as of {}", say::date(analysis.as_of)),
            filtered: roles::filtered(analysis),
            caveat: caveat(analysis, today),
        }
    }
}

/// What to keep in mind, and how old the data are.
pub fn caveat(analysis: &Shared, today: crate::model::Date) -> Option<String> {
    let caveat = crate::report::caveat(analysis);
    let days = crate::model::days_between(analysis.as_of, today);
    if days <= 30 || analysis.data.items.is_empty() {
        return caveat;
    }
    let age = match days {
        ..=730 => say::counted((days / 30).max(1) as usize, "month", "months"),
        _ => say::counted((days / 365) as usize, "year", "years"),
    };
    let old = say!("The data end on {}, {age} ago: “now” is that day.", say::date(analysis.as_of));
    Some(match caveat {
        Some(caveat) => format!("{old} {caveat}"),
        None => old,
    })
}

const ROLE: &str = "ballpark:role";

/// The role that the reader chose on an earlier visit.
pub fn remembered() -> Option<Role> {
    if !store::is_available() {
        return None;
    }
    LocalStorage::get::<String>(ROLE).ok().and_then(|id| Role::named(&id))
}

/// Remembers the reader's role, where storage allows it.
pub fn remember(app: App, role: Option<Role>) {
    app.role.set(role);
    if store::is_available() {
        match role {
            // Not kept is no harm: it is chosen again.
            Some(role) => drop(LocalStorage::set(ROLE, role.id())),
            None => LocalStorage::delete(ROLE),
        }
    }
}

/// The address of where the whole picture is.
fn address_of(app: App, place: Place) -> String {
    app.filter.with_untracked(|filter| match place {
        Place::Cadence(part) => route::address_of_part(Route::Cadence, filter, part),
        Place::CycleTime(part) => route::address_of_part(Route::CycleTime, filter, part),
        Place::InProgress(part) => route::address_of_part(Route::InProgress, filter, part),
        Place::Estimates(part) => route::address_of_part(Route::Estimates, filter, part),
        Place::Quality(part) => route::address_of_part(Route::Quality, filter, part),
        Place::Capacity(part) => route::address_of_part(Route::Capacity, filter, part),
        Place::Forecast(part) => route::address_of_part(Route::Forecast, filter, part),
        Place::Roadmap => route::address_of_part(Route::Roadmap, filter, "roadmap"),
        Place::Notebook(part) => route::address_of_part(Route::Notebook, filter, part),
        Place::Data(part) => route::address_of_part(Route::Data, filter, part),
        Place::Items => route::address_of_part(Route::InProgress, filter, "needs-help"),
        Place::Compared => {
            let filter = crate::model::Filter { compare: true, ..filter.clone() };
            route::address_of_part(Route::Home, &filter, "compared")
        }
    })
}

fn leads_to(place: Place) -> &'static str {
    match place {
        Place::Cadence(_)
        | Place::CycleTime(_)
        | Place::Estimates(_)
        | Place::Quality(_)
        | Place::Capacity(_)
        | Place::Forecast(_) => t!("See the chart"),
        Place::Roadmap => t!("See the roadmap"),
        Place::InProgress(_) | Place::Items => t!("See the items"),
        Place::Notebook(_) => t!("See the notebook"),
        Place::Compared => t!("See the comparison"),
        Place::Data(_) => t!("See the data"),
    }
}

#[component]
fn FindingRow(finding: Finding) -> impl IntoView {
    let app = App::here();
    let Finding {
        id,
        weight,
        number,
        unit,
        fact,
        meaning,
        change,
        topic,
        picture,
        place,
        explanation,
        is_private,
        ..
    } = finding;
    let mark = match weight {
        Weight::Act => Some(t!("act")),
        Weight::Watch => Some(t!("watch")),
        Weight::Calm => None,
    };
    let is_long = number.as_deref().is_some_and(|number| number.chars().count() > 8);
    let analysis = Derived::here().analysis;
    // Items open over the page; everything else is on another page.
    let selection = explanation
        .as_ref()
        .and_then(|explanation| Some((explanation.selection.clone()?, explanation.items.clone())));
    let link = place.map(|place| {
        let name = format!("{fact} {}", leads_to(place));
        match selection.filter(|_| place == Place::Items) {
            Some((selection, title)) => {
                let open = move |_| {
                    if let Some(analysis) = analysis.get_untracked() {
                        app.open(&analysis, title.clone(), &selection);
                    }
                };
                view! { <button type="button" class="link" on:click=open aria-label=name>{leads_to(place)}</button> }.into_any()
            }
            None => view! {
                <a href=move || { app.filter.track(); address_of(app, place) } aria-label=name>{leads_to(place)}</a>
            }
            .into_any(),
        }
    });
    view! {
        <li class="finding" class:finding--private=is_private data-finding=id>
            <div class="finding__number">
                {mark.map(|mark| view! { <p><span class="mark" class:mark--soft=weight == Weight::Watch>{mark}</span></p> })}
                {number.map(|number| view! {
                    <p>
                        <span class="finding__figure" class:finding__figure--long=is_long data-number=id>{number}</span>" "
                        <span class="finding__unit">{unit}</span>
                    </p>
                })}
            </div>
            <div class="finding__says">
                <p class="finding__fact">{fact}</p>
                <p class="finding__meaning">{meaning}</p>
                {is_private.then(|| view! { <p class="quiet">{t!("Only you see this: it is not printed, not counted in the headline, and in no agenda.")}</p> })}
                {change.map(|change| view! { <p class="quiet">{change}</p> })}
                <div class="finding__more no-print">
                    {link}
                    {explanation.map(|explanation| view! { <Explained question=t!(topic) explanation/> })}
                </div>
            </div>
            {picture.map(|picture| view! { <SmallPicture picture/> })}
        </li>
    }
    .into_any()
}

/// A small picture with its words for whoever can't see it.
#[component]
pub fn SmallPicture(picture: Picture) -> impl IntoView {
    let says = charts::small_says(&picture);
    let drawn = charts::small(&picture, PICTURE);
    // A picture that can't be drawn is none: its numbers stand in the sentence.
    drawn.ok().map(|chart| {
        view! { <div class="finding__picture figure__picture" role="img" aria-label=says inner_html=chart.svg></div> }
    })
}

fn part(page: &'static RolePage, n: usize, entries: Vec<Entry>) -> Option<AnyView> {
    let part = *page.parts.get(n)?;
    let app = App::here();
    let analysis = Derived::here().analysis;
    let title_id = format!("{}-title", part.id);
    let labelled = title_id.clone();
    let form = part.form.map(|form| {
        view! {
            <p class="no-print">
                <a href=move || app.filter.with(|filter| route::address_of_part(Route::Notebook, filter, form))>
                    {if form == "risk" { t!("Write down a risk") } else { t!("Write a context card") }}
                </a>
            </p>
        }
    });
    let empty = entries.is_empty();
    let entry = move |entry: Entry| {
        let Entry { title, lines, items } = entry;
        let show = (!items.is_empty()).then(|| {
            let (title, n) = (title.clone(), items.len());
            let selection = Selection::Listed(items);
            let open = move |_| {
                if let Some(analysis) = analysis.get_untracked() {
                    app.open(&analysis, title.clone(), &selection);
                }
            };
            let says = if part.form == Some("project") { t!("in progress") } else { t!("behind it") };
            view! {
                <button type="button" class="link no-print" on:click=open>{format!("{} {says}", say::items(n))}</button>
            }
        });
        let lines =
            lines.into_iter().map(|(label, text)| view! { <dt>{label}</dt><dd>{written(&text)}</dd> });
        view! {
            <li class="entry">
                <h3>{title}" "{show}</h3>
                <dl class="facts">{lines.collect_view()}</dl>
            </li>
        }
    };
    Some(
        view! {
            <section class="section" id=part.id aria-labelledby=labelled>
                <h2 id=title_id>{t!(part.title)}</h2>
                {(!part.about.is_empty()).then(|| view! { <p class="quiet prose">{t!(part.about)}</p> })}
                {empty.then(|| view! { <p class="prose">{t!(part.empty)}</p> })}
                <ul class="entries">{entries.into_iter().map(entry).collect_view()}</ul>
                {form}
            </section>
        }
        .into_any(),
    )
}

/// Which names in the data are the reader's own.
#[component]
fn WhoIAm() -> impl IntoView {
    let app = App::here();
    let choices = Derived::here().choices;
    let people = Memo::new(move |_| choices.with(|choices| choices.people.clone()));
    let me = Memo::new(move |_| app.settings.with(|settings| settings.counting.me.clone()));
    let choose = move |event: leptos::ev::Event| {
        let name = event_target_value(&event);
        if !name.is_empty() {
            app.settings.update(|settings| {
                settings.counting.me.insert(name);
            });
        }
    };
    let forget = move |_| app.settings.update(|settings| settings.counting.me.clear());
    move || {
        let (people, me) = (people.get(), me.get());
        if people.is_empty() {
            return view! {
                <p class="quiet prose no-print">{t!("The data name nobody, so it can\u{2019}t be told which work is yours.")}</p>
            }
            .into_any();
        }
        if !me.is_empty() {
            let names: Vec<String> = me.iter().cloned().collect();
            return view! {
                <p class="quiet no-print">
                    {say!("You are {} here. This stays in your browser. ", say::and(&names))}
                    <button type="button" class="link" on:click=forget>{t!("Forget it")}</button>
                </p>
            }
            .into_any();
        }
        let options =
            people.into_iter().map(|(name, _)| view! { <option value=name.clone()>{name.clone()}</option> });
        view! {
            <p class="inline no-print">
                <label for="who-i-am">{t!("To see your own work, and a nudge that nobody else sees, say which name is yours:")}</label>
                <select id="who-i-am" class="select" on:change=choose>
                    <option value="">{t!("Choose")}</option>
                    {options.collect_view()}
                </select>
            </p>
        }
        .into_any()
    }
}

/// The standing words, and a field to write them anew.
#[component]
fn Words(role: Role, words: Vec<String>, own: bool) -> impl IntoView {
    let app = App::here();
    let editing = RwSignal::new(false);
    let text = RwSignal::new(words.join("\n"));
    let trouble = RwSignal::new(String::new());
    let id = move || app.notebook.with_untracked(|book| book.words_of(role).map(|record| record.id));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let pairs = [("role", role.id().to_owned()), ("words", text.get_untracked())];
        let values: Values = pairs.into_iter().map(|(field, text)| (field.to_owned(), text)).collect();
        let (id, mut saved) = (id(), Ok(0));
        app.write(|notebook| saved = notebook.write(&WORDS, id, &values, clock::now()));
        match saved {
            Ok(_) => {
                app.said.set(t!("Saved.").to_owned());
                editing.set(false);
                focus("#words-title");
            }
            Err(problems) => trouble.set(problems.into_iter().map(|problem| problem.says).collect()),
        }
    };
    let back = move |_| {
        if let Some(id) = id() {
            app.write(|notebook| notebook.remove(&[id], clock::now()));
            app.said.set(t!("The usual words are back.").to_owned());
            focus("#words-title");
        }
    };
    let begin = move |_| {
        editing.set(true);
        focus("#role-words");
    };
    let shown = words.iter().map(|words| view! { <p>{words.clone()}</p> }).collect_view();
    view! {
        <blockquote class="words prose">{shown}</blockquote>
        {(!own).then(|| view! { <p class="quiet">{t!("A suggestion, until somebody in this role writes it in their own words. It is not printed.")}</p> })}
        {move || if editing.get() {
            view! {
                <form class="no-print field field--wide" on:submit=save>
                    <label for="role-words">{t!("In your own words, a paragraph a line")}</label>
                    <textarea id="role-words" rows="7" prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))></textarea>
                    <p class="field__trouble" role="alert">{move || trouble.get()}</p>
                    <div class="buttons">
                        <button type="submit" class="button button--main">{t!("Save")}</button>
                        <button type="button" class="button" on:click=move |_| editing.set(false)>{t!("Cancel")}</button>
                    </div>
                </form>
            }.into_any()
        } else {
            view! {
                <div class="buttons no-print">
                    <button type="button" class="button button--small" on:click=begin>{t!("Write it in your own words")}</button>
                    {own.then(|| view! { <button type="button" class="button button--small" on:click=back>{t!("Back to the usual words")}</button> })}
                </div>
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn ReachMe(role: Role, reach: Vec<roles::Reach>) -> impl IntoView {
    let app = App::here();
    let address =
        move || app.filter.with(|filter| route::address_of_part(Route::Notebook, filter, "contact"));
    if reach.is_empty() {
        return view! {
            <p class="prose no-print">
                {t!("Nobody is named for this role yet. ")}
                <a href=address>{say!("Say how to reach {}", role.in_a_sentence())}</a>
            </p>
        }
        .into_any();
    }
    let each = reach.into_iter().map(|contact| {
        view! {
            <li>
                <p><strong>{contact.name}</strong>{(!contact.how.is_empty()).then(|| format!(": {}", contact.how))}</p>
                {contact.away.map(|away| view! { <p class="reach__away">{away}</p> })}
            </li>
        }
    });
    view! {
        <ul class="notes">{each.collect_view()}</ul>
        <p class="no-print"><a href=address>{t!("Change the contacts")}</a></p>
    }
    .into_any()
}
