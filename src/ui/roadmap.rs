//! The roadmap: projects in order, drawn with their uncertainty, moved by dragging or by keys.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::answers::OwnWork;
use super::figure::{NumberTable, Numbers, Picture, width_of};
use super::forecast::{Caveat, Replaying};
use super::notebook;
use super::records::{Writing, begin, focus_id};
use super::{App, Derived, clock, journal};
use crate::charts::{self, Chart, Size};
use crate::model::notebook::{PLAN, ROADMAP, Values};
use crate::order::InOrder;
use crate::report::forecast::{
    Leg, Roadmap, Scenario, day_or_never, moved_in_words, roadmap, roadmap_in_words, roadmap_table, scenarios,
};
use crate::report::{Column, Selection, Table, say};

/// The page.
#[component]
pub fn RoadmapPage() -> impl IntoView {
    let app = App::here();
    let Derived { analysis, replays, .. } = Derived::here();
    let chosen = RwSignal::new(String::new());
    let scenario = Memo::new(move |_| {
        let name = chosen.get();
        let all = app.notebook.with(scenarios);
        all.into_iter().find(|scenario| scenario.name == name).unwrap_or_else(Scenario::as_it_is)
    });
    let map = Memo::new(move |_| {
        replays.track();
        let analysis = analysis.get()?;
        app.notebook.with(|notebook| scenario.with(|scenario| roadmap(&analysis, notebook, scenario)))
    });
    let has_any = Memo::new(move |_| map.with(Option::is_some));
    let why_none = Memo::new(move |_| analysis.with(|a| a.as_ref().and_then(|a| a.no_forecast())));
    let adding = Memo::new(move |_| {
        app.editing
            .with(|editing| editing.as_ref().is_some_and(|e| e.form == ROADMAP.id && e.record.is_none()))
    });
    let last = Memo::new(move |_| {
        if !journal::is_of_notebook(app) {
            return None;
        }
        app.notebook.with(|notebook| {
            let step = notebook.history.last()?;
            let here = |form: &str| form == ROADMAP.id || form == PLAN.id;
            step.edits.iter().all(|edit| here(&edit.form)).then(|| notebook::says(&step.edits))
        })
    });
    view! {
        <div class="stack">
            <OwnWork/>
            <h1 tabindex="-1">{t!("What comes when, and how sure is that?")}</h1>
            <p class="quiet prose">
                {t!("Projects and initiatives in the order in which they are worked on. One team does them all, so what one takes the next \
                 waits for; their chances are counted together and never multiplied.")}
            </p>
            <Caveat/>
            {move || why_none.get().map(|why| view! { <p class="prose">{why}</p> })}
        </div>
        {move || (why_none.with(Option::is_none)).then(|| view! { <Replaying/> })}
        <section class="section" id="roadmap" aria-labelledby="roadmap-title" tabindex="-1">
            <div class="part__head">
                <h2 id="roadmap-title">{t!("The projects, in order")}</h2>
                {move || last.get().map(|what| view! {
                    <button type="button" class="button button--small" on:click=move |_| notebook::undo(app)>
                        {say!("Undo: {what}")}
                    </button>
                })}
                <button type="button" class="button button--small" id="add-roadmap"
                    on:click=move |_| begin(app, &ROADMAP, None, Values::new())>{t!("Add a project")}</button>
            </div>
            {move || adding.get().then(|| view! { <div class="record"><Writing form=&ROADMAP/></div> })}
            {move || match has_any.get() {
                true => view! {
                    <WorkedOn map/>
                    <WhatIf chosen/>
                    <Drawn map/>
                    <Legs map/>
                    <Scenarios/>
                }.into_any(),
                false => view! { <Suggested/> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

/// Names that a roadmap may begin with: projects with open items, those with most first.
#[component]
fn Suggested() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let names = Memo::new(move |_| {
        analysis.with(|analysis| {
            let Some(analysis) = analysis else { return Vec::new() };
            let open = analysis.open_items();
            // Projects, or where there is but one, what it consists of.
            let projects: std::collections::BTreeSet<&str> =
                open.iter().filter_map(|&i| Some(analysis.data.items.get(i)?.project.as_str())).collect();
            let by_epic = projects.len() < 2;
            let mut found: std::collections::BTreeMap<&str, usize> = Default::default();
            for item in open.iter().filter_map(|&i| analysis.data.items.get(i)) {
                let name = if by_epic { &item.epic } else { &item.project };
                *found.entry(name).or_default() += 1;
            }
            found.remove("");
            let mut found: Vec<(String, usize)> =
                found.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
            found.order_by_key(|(_, n)| std::cmp::Reverse(*n));
            found.truncate(8);
            found
        })
    });
    let take_all = move |_| {
        let all = names.get_untracked().into_iter().enumerate();
        let values = all.map(|(n, (name, _))| {
            let pairs = [("name", name), ("order", (n + 1).to_string())];
            (None, pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect::<Values>())
        });
        let values = values.collect();
        app.write(|notebook| notebook.write_all(&ROADMAP, values, &[], clock::now()));
        focus_id("roadmap".to_owned());
    };
    view! {
        <p class="prose">{t!(ROADMAP.purpose)}</p>
        {move || (!names.with(Vec::is_empty)).then(|| view! {
            <p class="prose">
                {say!(
                    "The data has open items of {}.",
                    say::and(&names.with(|names| names.iter().map(|(name, n)| format!("{name} ({})", say::number(*n))).collect::<Vec<_>>()))
                )}
            </p>
            <div class="buttons">
                <button type="button" class="button button--main" on:click=take_all>{t!("Begin with these")}</button>
            </div>
        })}
    }
    .into_any()
}

/// How many at once, and how much of the team's work goes to them.
#[component]
fn WorkedOn(map: Memo<Option<Roadmap>>) -> impl IntoView {
    let app = App::here();
    let trouble = RwSignal::new(String::new());
    let write = move |field: &'static str, text: String| {
        app.write(|notebook| {
            let record = notebook.of(&PLAN).last();
            let id = record.map(|record| record.id);
            let mut values = record.map(|record| record.values.clone()).unwrap_or_default();
            values.entry("parallel".to_owned()).or_insert_with(|| "1".to_owned());
            // Nothing typed is nothing said, so that what was measured counts again.
            match text.trim().is_empty() && field != "parallel" {
                true => drop(values.remove(field)),
                false => drop(values.insert(field.to_owned(), text)),
            }
            let problems = notebook.write(&PLAN, id, &values, clock::now()).err().unwrap_or_default();
            trouble.set(problems.into_iter().map(|problem| problem.says).collect());
        });
    };
    let set = move |field: &'static str| move |event: ev::Event| write(field, event_target_value(&event));
    // What is written, not what a scenario makes of it.
    let written = move |field: &'static str, or: &str| {
        app.notebook.with(|notebook| {
            let text = notebook.of(&PLAN).last().map(|record| record.text(field).to_owned());
            text.filter(|text| !text.is_empty()).unwrap_or_else(|| or.to_owned())
        })
    };
    let measured = Memo::new(move |_| map.with(|map| map.as_ref().and_then(|map| map.measured_share)));
    let whole = |share: f64| ((share * 100.0).round() as u32).clamp(1, 100);
    // What counts, whoever said it.
    let in_force = Memo::new(move |_| map.with(|map| map.as_ref().map_or(100, |map| whole(map.share))));
    view! {
        <div class="asked">
            <div class="field">
                <label for="plan-parallel">{t!("Projects at once")}</label>
                <input id="plan-parallel" type="number" min="1" max="50" class="count" prop:value=move || written("parallel", "1")
                    on:change=set("parallel") aria-describedby="plan-trouble"/>
            </div>
            <div class="field">
                <label for="plan-share">{t!("Share of the team\u{2019}s work that goes to them, %")}</label>
                <input id="plan-share" type="number" min="1" max="100" class="count" prop:value=move || written("share", &in_force.get().to_string())
                    on:change=set("share") aria-describedby="plan-trouble plan-measured"/>
            </div>
            <p class="quiet" id="plan-measured">
                {move || measured.get().map(|share| {
                    let percent = whole(share);
                    let differs = in_force.get() != percent && share > 0.0;
                    view! {
                        {say!("{} of what was finished lately belongs to them. ", say::capital(&say::percent(share)))}
                        {differs.then(|| view! {
                            <button type="button" class="link" on:click=move |_| write("share", percent.to_string())>
                                {say!("Use {percent}\u{a0}%")}
                            </button>
                        })}
                    }
                })}
            </p>
            <p class="field__trouble" id="plan-trouble" role="alert">{move || trouble.get()}</p>
        </div>
    }
    .into_any()
}

/// Which scenario is drawn.
#[component]
fn WhatIf(chosen: RwSignal<String>) -> impl IntoView {
    let app = App::here();
    let names = Memo::new(move |_| {
        let all = app.notebook.with(scenarios);
        all.into_iter()
            .filter(Scenario::is_for_roadmaps)
            .map(|scenario| scenario.name)
            .collect::<Vec<String>>()
    });
    move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            let options = names.into_iter().map(|name| {
                let value = name.clone();
                view! { <option value=value.clone() prop:selected=move || chosen.with(|now| *now == value)>{name}</option> }
            });
            view! {
                <p class="inline">
                    <label for="roadmap-scenario">{t!("Drawn")}</label>
                    <select id="roadmap-scenario" class="select" on:change=move |event| chosen.set(event_target_value(&event))>
                        <option value="" prop:selected=move || chosen.with(String::is_empty)>{t!("as it is")}</option>
                        {options.collect_view()}
                    </select>
                </p>
            }
        })
    }
}

/// The bars.
#[component]
fn Drawn(map: Memo<Option<Roadmap>>) -> impl IntoView {
    let analysis = Derived::here().analysis;
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let width = width_of(place);
    let chart = RwSignal::new(None::<Result<Arc<Chart>, String>>);
    Effect::new(move |_| {
        let Some(width) = width.get().filter(|&width| width > 0) else { return };
        let as_of = analysis.with(|a| a.as_ref().map(|a| a.as_of));
        let drawn = map.with(|map| {
            let map = map.as_ref().filter(|map| map.legs.iter().any(|leg| leg.done[0].is_some()))?;
            Some(charts::roadmap(map, as_of?, Size::for_width(width)))
        });
        chart.set(drawn.map(|drawn| drawn.map(Arc::new).map_err(|error| error.to_string())));
    });
    let finding = Memo::new(move |_| map.with(|map| map.as_ref().map(roadmap_in_words)));
    let tables = Callback::new(move |()| {
        map.with(|map| map.as_ref().map(|map| vec![roadmap_table(map)])).unwrap_or_default()
    });
    view! {
        <figure class="figure" id="roadmap-chart">
            <h3 class="figure__finding">{finding}</h3>
            <div node_ref=place>
                {move || match chart.get() {
                    Some(Ok(chart)) => view! { <Picture id="roadmap-chart" chart finding/> }.into_any(),
                    Some(Err(error)) => view! { <p role="alert">{error}</p> }.into_any(),
                    None => ().into_any(),
                }}
            </div>
            {move || chart.with(Option::is_some).then(|| view! {
                <figcaption class="quiet prose">
                    {t!("Each bar begins where the project is as likely as not to have begun; the first part ends where it is as likely as not to be done, the second where \
                     it is with 85\u{a0}%, the line with 95\u{a0}%. Diamonds are target dates, coloured where they are more likely missed than kept.")}
                </figcaption>
                <Numbers id="roadmap-chart" chart tables/>
            })}
        </figure>
    }
    .into_any()
}

/// A project that is being dragged, and the place it would come to.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    from: usize,
    to: usize,
}

/// The projects as a list that can be put into another order.
#[component]
fn Legs(map: Memo<Option<Roadmap>>) -> impl IntoView {
    let app = App::here();
    let drag = RwSignal::new(None::<Drag>);
    let legs = move || map.with(|map| map.as_ref().map(|map| map.legs.clone())).unwrap_or_default();
    let ids = move || legs().iter().map(|leg| leg.id).collect::<Vec<u32>>();
    let put = move |from: usize, to: usize| {
        let mut ids = untrack(ids);
        if from == to || from >= ids.len() || to >= ids.len() {
            return;
        }
        let name = untrack(legs).get(from).map(|leg| leg.name.clone()).unwrap_or_default();
        let id = ids.remove(from);
        ids.insert(to, id);
        reorder(app, &ids);
        app.said.set(say!("{name} is now number {} of {}.", to + 1, ids.len()));
        focus_id(format!("grip-{id}"));
    };
    let row = move |id: u32| {
        let leg = Memo::new(move |_| {
            map.with(|map| {
                let legs = &map.as_ref()?.legs;
                let place = legs.iter().position(|leg| leg.id == id)?;
                Some((place, legs.len(), legs[place].clone()))
            })
        });
        let is_edited = Memo::new(move |_| {
            app.editing.with(|editing| {
                editing.as_ref().is_some_and(|e| e.form == ROADMAP.id && e.record == Some(id))
            })
        });
        let place = move || leg.with_untracked(|leg| leg.as_ref().map(|(place, ..)| *place));
        let pressed = move |event: ev::PointerEvent| {
            let Some(from) = place().filter(|_| event.button() == 0) else { return };
            event.prevent_default();
            let grip: Option<web_sys::Element> =
                event.current_target().and_then(|target| target.dyn_into().ok());
            // Where it is refused the pointer must stay over the handle.
            let _ = grip.map(|grip| grip.set_pointer_capture(event.pointer_id()));
            drag.set(Some(Drag { from, to: from }));
        };
        let moved = move |event: ev::PointerEvent| {
            if let Some(Drag { from, .. }) = drag.get_untracked() {
                let to = place_at(&untrack(ids), f64::from(event.client_y()));
                drag.set(Some(Drag { from, to }));
            }
        };
        let released = move |_: ev::PointerEvent| {
            if let Some(Drag { from, to }) = drag.get_untracked() {
                drag.set(None);
                put(from, to);
            }
        };
        let key = move |event: ev::KeyboardEvent| {
            let Some(from) = place() else { return };
            match event.key().as_str() {
                "ArrowUp" => put(from, from.saturating_sub(1)),
                "ArrowDown" => put(from, from + 1),
                "Home" => put(from, 0),
                "End" => put(from, untrack(ids).len().saturating_sub(1)),
                "Escape" => drag.set(None),
                _ => return,
            }
            event.prevent_default();
        };
        let name = move || leg.with(|leg| leg.as_ref().map(|(.., leg)| leg.name.clone()).unwrap_or_default());
        let is_dragged = move || drag.get().is_some_and(|drag| Some(drag.from) == place());
        let is_target = move |below: bool| {
            drag.get().is_some_and(|drag| {
                Some(drag.to) == place() && drag.to != drag.from && (drag.to > drag.from) == below
            })
        };
        view! {
            <li class="leg" id=format!("record-{id}") tabindex="-1" class:leg--dragged=is_dragged
                class:leg--above=move || is_target(false) class:leg--below=move || is_target(true)>
                {move || match is_edited.get() {
                    true => view! { <Writing form=&ROADMAP/> }.into_any(),
                    false => view! {
                        <div class="leg__order">
                            <button type="button" class="grip" id=format!("grip-{id}") aria-describedby="roadmap-keys"
                                aria-label=move || say!("Move {}", name())
                                on:pointerdown=pressed on:pointermove=moved on:pointerup=released
                                on:pointercancel=move |_| drag.set(None) on:keydown=key>
                                <span aria-hidden="true">"⠿"</span>
                            </button>
                        </div>
                        {move || leg.get().map(|(place, all, leg)| shown(app, place, all, leg, put))}
                    }.into_any(),
                }}
            </li>
        }
    };
    view! {
        <p class="quiet" id="roadmap-keys">{t!("Drag a project by its handle, or press the arrow keys on it, to change the order.")}</p>
        <ol class="legs"><For each=ids key=|id| *id children=row/></ol>
    }
    .into_any()
}

/// Which place in the list is at that height of the window.
fn place_at(ids: &[u32], y: f64) -> usize {
    let middle = |id: &u32| {
        let element = document().get_element_by_id(&format!("record-{id}"))?;
        let place = element.get_bounding_client_rect();
        Some(place.top() + place.height() / 2.0)
    };
    let above = ids.iter().filter(|id| middle(id).is_some_and(|middle| middle < y)).count();
    above.min(ids.len().saturating_sub(1))
}

/// Writes the order of all projects, as one step.
fn reorder(app: App, ids: &[u32]) {
    app.write(|notebook| {
        let ordered = ids.iter().enumerate().filter_map(|(n, &id)| {
            let mut values = notebook.record(id)?.values.clone();
            values.insert("order".to_owned(), (n + 1).to_string());
            Some((Some(id), values))
        });
        let ordered = ordered.collect();
        notebook.write_all(&ROADMAP, ordered, &[], clock::now());
    });
}

fn shown(
    app: App,
    place: usize,
    all: usize,
    leg: Leg,
    put: impl Fn(usize, usize) + Copy + 'static,
) -> impl IntoView {
    let analysis = Derived::here().analysis;
    let id = leg.id;
    let name = leg.name.clone();
    let items = match leg.items {
        (low, high) if low == high => say::items(low as usize),
        (low, high) => say!("{} to {}", say::number(low as usize), say::items(high as usize)),
    };
    let items = say!("{items} to do{}", if leg.items_said { t!(", as you said") } else { "" });
    let title = say!("{name}: what is open");
    let open = leg.open.clone();
    let show = (!open.is_empty()).then(|| {
        let (title, n) = (title.clone(), open.len());
        let open = move |_| {
            if let Some(analysis) = analysis.get_untracked() {
                app.open(&analysis, title.clone(), &Selection::Listed(open.clone()));
            }
        };
        view! { <button type="button" class="link" on:click=open>{say!("{} open in the tracker", say::number(n))}</button> }
    });
    let has_work = leg.items.1 > 0;
    let target = leg.target.map(|target| {
        let is_late = leg.chance.is_some_and(|chance| chance < 0.5);
        view! {
            <span class:leg__late=is_late>
                {say!(
                    "target {}{}{}",
                    say::date(target),
                    leg.chance.map(|chance| say!(": {} to make it", say::chance(chance))).unwrap_or_default(),
                    leg.chance_before.map(|then| say!(", {} four weeks ago", say::chance(then))).unwrap_or_default()
                )}
            </span>
        }
    });
    let [half, high, highest] = leg.done.map(day_or_never);
    let values = move || app.notebook.with_untracked(|book| book.record(id).map(|r| r.values.clone()));
    let edit = move |_| begin(app, &ROADMAP, Some(id), values().unwrap_or_default());
    let remove = move |_| {
        app.write(|notebook| notebook.remove(&[id], clock::now()));
        app.said.set(t!("Removed. It can be undone.").to_owned());
        focus_id("roadmap".to_owned());
    };
    let hidden = format!(" {name}");
    let words = [hidden.clone(), hidden.clone(), hidden.clone(), hidden];
    let [edited, removed, earlier, later] =
        words.map(|name| view! { <span class="visually-hidden">{name}</span> });
    view! {
        <div class="leg__says">
            <h3 class="leg__name">{format!("{}. {name}", place + 1)}</h3>
            {has_work.then(|| view! {
                <p class="leg__days">
                    <strong>{high}</strong>{t!(" with 85\u{a0}%")}
                    <span class="quiet">{say!(" · {half} with 50\u{a0}% · {highest} with 95\u{a0}%")}</span>
                </p>
            })}
            <p class="part__facts quiet">
                <span>{items}</span>{show}{target}
                {leg.moved.filter(|_| has_work).map(|moved| view! { <span>{moved_in_words(moved)}</span> })}
            </p>
            <p class="prose">{leg.waits}</p>
            <div class="record__tools">
                {(place > 0).then(|| view! {
                    <button type="button" class="link" on:click=move |_| put(place, place - 1)>{t!("Earlier")}{earlier}</button>
                })}
                {(place + 1 < all).then(|| view! {
                    <button type="button" class="link" on:click=move |_| put(place, place + 1)>{t!("Later")}{later}</button>
                })}
                <button type="button" class="link" on:click=edit>{t!("Change")}{edited}</button>
                <button type="button" class="link" on:click=remove>{t!("Remove")}{removed}</button>
            </div>
        </div>
    }
}

/// Each project under each scenario.
#[component]
fn Scenarios() -> impl IntoView {
    let app = App::here();
    let Derived { analysis, replays, .. } = Derived::here();
    let table = Memo::new(move |_| {
        replays.track();
        let analysis = analysis.get()?;
        app.notebook.with(|notebook| {
            let mut all = vec![Scenario::as_it_is()];
            all.extend(scenarios(notebook).into_iter().filter(Scenario::is_for_roadmaps));
            let maps: Vec<Roadmap> = match all.len() {
                1 => return None,
                _ => all.iter().filter_map(|scenario| roadmap(&analysis, notebook, scenario)).collect(),
            };
            let columns = all.iter().map(|scenario| Column::number(scenario.name.clone()));
            let rows = maps.first()?.legs.iter().enumerate().map(|(n, leg)| {
                let day = |leg: &Leg| match leg.items.1 {
                    0 => t!("nothing known to do").to_owned(),
                    _ => day_or_never(leg.done[1]),
                };
                let days = maps.iter().map(|map| map.legs.get(n).map(day).unwrap_or_default());
                std::iter::once(leg.name.clone()).chain(days).collect()
            });
            Some(Table {
                title: t!("Done with 85\u{a0}%, under each scenario").to_owned(),
                columns: std::iter::once(Column::text(t!("Project"))).chain(columns).collect(),
                rows: rows.collect(),
            })
        })
    });
    move || {
        table.get().map(|table| {
            view! {
                <h3>{t!("What if?")}</h3>
                <p class="quiet prose">
                    {t!("Absences, the pace, fewer projects at once and items that fall into pieces count here; a cut of scope and new work count for the \
                     Forecast page as a whole. Scenarios are written there.")}
                </p>
                <NumberTable table/>
            }
        })
    }
}
