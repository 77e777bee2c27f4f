//! The records of one form: a list, a form to write one, each record's history, an example where it is empty.

use std::collections::BTreeMap;

use jiff::Timestamp;
use leptos::ev;
use leptos::prelude::*;

use super::{App, Derived, clock, focus, journal, notebook, written};
use crate::model::Role;
use crate::model::notebook::{Edit, Field, Form, Input, Problem, Record, Values};
use crate::order::InOrder;
use crate::report::say;

/// What is being written: a record of a form, or a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Editing {
    pub form: &'static str,
    pub record: Option<u32>,
    /// What the fields held at first.
    before: Values,
    /// What they hold now: kept here, so that nothing typed is lost by what else happens.
    values: Values,
}

/// So many records are shown at first.
const SHOWN: usize = 16;

/// More names than these nobody looks through.
const NAMES: usize = 60;

/// One part of the notebook.
#[component]
pub fn Part(form: &'static Form, children: Children) -> impl IntoView {
    let app = App::here();
    let editing = app.editing;
    // Of hours there are many, and they look alike.
    let shown = RwSignal::new(if form.id == "time" { SHOWN / 2 } else { SHOWN });
    // The newest first: what one has just written is what one looks for.
    let records = Memo::new(move |_| {
        app.notebook.with(|notebook| {
            let mut records: Vec<Record> = notebook.of(form).cloned().collect();
            records.reverse();
            if form.field("date").is_some() && form.id != "decision" {
                records.order_by(|a, b| b.text("date").cmp(a.text("date")));
            }
            records
        })
    });
    // A record that is gone while it is being changed is written as a new one.
    let edited = Memo::new(move |_| {
        let of_form = editing.with(|editing| {
            editing.as_ref().filter(|editing| editing.form == form.id).map(|editing| editing.record)
        });
        of_form.map(|id| id.filter(|id| records.with(|all| all.iter().any(|record| record.id == *id))))
    });
    let is_edited = move |id: Option<u32>| edited.get() == Some(id);
    let adding = Memo::new(move |_| is_edited(None));
    let add = move |_| begin(app, form, None, Values::new());
    let ids = move || {
        let mut ids: Vec<u32> =
            records.with(|all| all.iter().take(shown.get()).map(|record| record.id).collect());
        // What is being written is always there.
        if let Some(Some(id)) = edited.get()
            && !ids.contains(&id)
        {
            ids.push(id);
        }
        ids
    };
    let more = Memo::new(move |_| records.with(Vec::len).saturating_sub(shown.get()));
    let row = move |id: u32| {
        let edited = Memo::new(move |_| is_edited(Some(id)));
        let record =
            Memo::new(move |_| records.with(|all| all.iter().find(|record| record.id == id).cloned()));
        view! {
            <li class="record" id=format!("record-{id}") tabindex="-1">
                {move || match edited.get() {
                    true => view! { <Writing form/> }.into_any(),
                    false => record.get().map(|record| view! { <Shown form record/> }).into_any(),
                }}
            </li>
        }
    };
    let rows = view! {
        <ul class="records"><For each=ids key=|id| *id children=row/></ul>
        {move || (more.get() > 0).then(|| view! {
            <button type="button" class="button button--small" on:click=move |_| shown.update(|n| *n += 100)>
                {say!("Show more ({} left)", say::number(more.get()))}
            </button>
        })}
    };
    // The last step can be taken back where it was made.
    let last = Memo::new(move |_| {
        if !journal::is_of_notebook(app) {
            return None;
        }
        app.notebook.with(|notebook| {
            let step = notebook.history.last()?;
            step.edits.iter().all(|edit| edit.form == form.id).then(|| notebook::says(&step.edits))
        })
    });
    let is_empty = Memo::new(move |_| records.with(Vec::is_empty));
    view! {
        <section class="section" id=format!("part-{}", form.id) aria-labelledby=format!("part-{}-title", form.id) tabindex="-1">
            <div class="part__head">
                <h2 id=format!("part-{}-title", form.id)>{t!(form.title)}</h2>
                {move || last.get().map(|what| view! {
                    <button type="button" class="button button--small" on:click=move |_| notebook::undo(app)>
                        {say!("Undo: {what}")}
                    </button>
                })}
                <button type="button" class="button button--small" id=format!("add-{}", form.id) on:click=add>
                    {say!("Write down {}", t!(form.one))}
                </button>
            </div>
            {move || is_empty.get().then(|| view! { <Empty form/> })}
            {move || (!is_empty.get()).then(|| view! { <p class="quiet prose">{t!(form.purpose)}</p> })}
            {children()}
            {move || adding.get().then(|| view! { <div class="record"><Writing form/></div> })}
            {rows}
            <Removed form/>
        </section>
    }
    .into_any()
}

/// Opens the form, with the focus in its first field. What is being written elsewhere comes first.
pub fn begin(app: App, form: &'static Form, record: Option<u32>, mut values: Values) {
    // What is typed is never thrown away by opening a form, this one or another.
    let (unsaved, same) = app.editing.with_untracked(|editing| match editing {
        None => (false, false),
        Some(editing) => {
            (editing.values != editing.before, (editing.form, editing.record) == (form.id, record))
        }
    });
    if unsaved {
        if !same {
            app.said.set(t!("Save or leave first what you are writing.").to_owned());
        }
    } else {
        // What happened is most often of today.
        let is_dated = form.field("date").is_some_and(|field| field.needed);
        if record.is_none() && is_dated && !values.contains_key("date") {
            values.insert("date".to_owned(), clock::browser_zone().day_at(clock::now()).to_string());
        }
        let editing = Editing { form: form.id, record, before: values.clone(), values };
        app.editing.set(Some(editing));
    }
    focus(".writing input, .writing textarea, .writing select");
}

/// What the part is for, with an example.
#[component]
fn Empty(form: &'static Form) -> impl IntoView {
    let app = App::here();
    let away = Memo::new(move |_| app.notebook.with(|notebook| notebook.without_example.contains(form.id)));
    let put_away = move |_| {
        app.notebook.update(|notebook| {
            notebook.without_example.insert(form.id.to_owned());
        });
        focus_part(form);
    };
    let use_it = move |_| begin(app, form, None, form.example_values());
    view! {
        <p class="prose">{t!(form.purpose)}</p>
        {move || (!away.get()).then(|| view! {
            <div class="record record--example">
                <p><span class="mark mark--soft">{t!("example")}</span></p>
                {facts(form, &form.example_values())}
                <div class="buttons">
                    <button type="button" class="button button--small" on:click=use_it>{t!("Begin with it")}</button>
                    <button type="button" class="button button--small" on:click=put_away>{t!("Remove the example")}</button>
                </div>
            </div>
        })}
    }
    .into_any()
}

fn focus_part(form: &'static Form) {
    focus_id(format!("part-{}", form.id));
}

/// Moves the focus to an element, once the page shows what changed.
pub fn focus_id(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        if let Some(Ok(element)) = found.map(wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>) {
            let _ = element.focus();
        }
    });
}

/// What a record says: its name, what is short in one line, and what is long below it.
fn facts(form: &'static Form, values: &Values) -> AnyView {
    let is_named = |field: &Field| form.called_by.contains(&field.id);
    let filled = form.fields.iter().filter(|field| !is_named(field) && field.input != Input::Hidden);
    let filled = filled.filter_map(|field| Some((field, values.get(field.id)?)));
    let (long, short): (Vec<_>, Vec<_>) = filled.partition(|(field, _)| field.input == Input::Text);
    let short: Vec<String> = short
        .into_iter()
        .map(|(field, value)| match field.input {
            // What these say needs no name before it.
            Input::Project | Input::Role | Input::Number(..) if field.id != "share" => field.shown(value),
            Input::Choice(_) => field.shown(value),
            _ => format!("{}: {}", say::within(t!(field.label)), field.shown(value)),
        })
        .collect();
    let lines =
        long.into_iter().map(|(field, value)| view! { <dt>{t!(field.label)}</dt><dd>{written(value)}</dd> });
    let lines = lines.collect_view();
    view! {
        <h3 class="record__name">{form.name_of(values)}</h3>
        {(!short.is_empty()).then(|| view! { <p class="quiet">{short.join(" · ")}</p> })}
        {(!lines.is_empty()).then(|| view! { <dl class="record__texts">{lines}</dl> })}
    }
    .into_any()
}

#[component]
fn Shown(form: &'static Form, record: Record) -> impl IntoView {
    let app = App::here();
    let id = record.id;
    let name = form.name_of(&record.values);
    let values = record.values.clone();
    let edit = move |_| begin(app, form, Some(id), values.clone());
    let remove = move |_| {
        app.write(|notebook| notebook.remove(&[id], clock::now()));
        app.said.set(t!("Removed. It can be undone.").to_owned());
        focus_part(form);
    };
    let past = Memo::new(move |_| {
        app.notebook.with(|notebook| {
            notebook.past_of(id).map(|(at, edit)| (at, edit.clone())).collect::<Vec<(Timestamp, Edit)>>()
        })
    });
    let history = move || {
        past.with(|past| {
            let lines: Vec<_> = past.iter().flat_map(|(at, edit)| history_lines(form, *at, edit)).collect();
            (!lines.is_empty()).then(|| {
                view! {
                    <details class="more">
                        <summary>{t!("History")}<span class="visually-hidden">{say!(" of {}", t!(form.one))}</span></summary>
                        <ul class="lines">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    </details>
                }
            })
        })
    };
    let is_sorted = form.id == "time" && record.text("sort").is_empty();
    let by_rule = move || {
        is_sorted.then(|| {
            app.notebook.with(|notebook| {
                let hours = notebook.hours().into_iter().find(|(time, _)| time.0.id == id);
                match hours {
                    None => t!("not work, by the rules"),
                    Some((_, None)) => t!("no rule sorts it"),
                    Some((_, Some(sort))) => sort.name(),
                }
            })
        })
    };
    view! {
        {facts(form, &record.values)}
        {move || by_rule().map(|sort| view! { <p class="quiet">{sort}</p> })}
        <div class="record__tools">
            <button type="button" class="link" on:click=edit>{t!("Change")}<span class="visually-hidden">{format!(" {name}")}</span></button>
            <button type="button" class="link" on:click=remove>{t!("Remove")}<span class="visually-hidden">{format!(" {name}")}</span></button>
            {history}
        </div>
    }
    .into_any()
}

/// What one step did to a record: a line for each field that changed.
fn history_lines(form: &'static Form, at: Timestamp, edit: &Edit) -> Vec<String> {
    let day = say::date(clock::browser_zone().day_at(at));
    match (&edit.before, &edit.after) {
        (None, _) => vec![say!("{day}: written")],
        (_, None) => vec![say!("{day}: removed")],
        (Some(before), Some(after)) => form
            .fields
            .iter()
            .filter(|field| before.get(field.id) != after.get(field.id) && field.input != Input::Hidden)
            .map(|field| {
                let shown = |values: &Values| {
                    values
                        .get(field.id)
                        .map_or(t!("nothing").to_owned(), |value| say::quoted(&field.shown(value)))
                };
                say!("{day}: {} from {} to {}", say::within(t!(field.label)), shown(before), shown(after))
            })
            .collect(),
    }
}

/// Records that were removed, for putting one back.
#[component]
fn Removed(form: &'static Form) -> impl IntoView {
    let app = App::here();
    let removed = Memo::new(move |_| {
        app.notebook.with(|notebook| {
            notebook
                .removed(form)
                .into_iter()
                .map(|(at, edit)| (at, edit.clone()))
                .collect::<Vec<(Timestamp, Edit)>>()
        })
    });
    move || {
        removed.with(|removed| {
            (!removed.is_empty()).then(|| {
                let rows = removed.iter().take(100).map(|(at, edit)| {
                    let values = edit.before.clone().unwrap_or_default();
                    let name = form.name_of(&values);
                    let back = {
                        let (values, id) = (values.clone(), edit.id);
                        move |_| {
                            let step = crate::model::notebook::Step {
                                at: clock::now(),
                                edits: vec![Edit {
                                    id,
                                    form: form.id.to_owned(),
                                    before: None,
                                    after: Some(values.clone()),
                                    was_sample: false,
                                }],
                            };
                            app.write(|notebook| notebook.take(step));
                            focus_id(format!("record-{id}"));
                        }
                    };
                    let day = say::date(clock::browser_zone().day_at(*at));
                    view! {
                        <li>
                            {say!("{name} (removed on {day}) ")}
                            <button type="button" class="link" on:click=back>{t!("Put it back")}<span class="visually-hidden">{format!(": {name}")}</span></button>
                        </li>
                    }
                });
                view! {
                    <details class="more">
                        <summary>{say!("Removed ({})", removed.len())}</summary>
                        <ul class="lines">{rows.collect_view()}</ul>
                    </details>
                }
            })
        })
    }
}

/// The form.
#[component]
pub fn Writing(form: &'static Form) -> impl IntoView {
    let app = App::here();
    let editing = app.editing;
    let record = editing.with_untracked(|editing| editing.as_ref().and_then(|editing| editing.record));
    let problems = RwSignal::new(Vec::<Problem>::new());
    let names = known_projects(app);
    let leave = move || {
        editing.set(None);
        match record {
            Some(id) => focus_id(format!("record-{id}")),
            None => focus_id(format!("add-{}", form.id)),
        }
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let mut result = Ok(0);
        let values = editing.with_untracked(|e| e.as_ref().map(|e| e.values.clone()).unwrap_or_default());
        app.write(|notebook| result = notebook.write(form, record, &values, clock::now()));
        match result {
            Ok(id) => {
                app.said.set(t!("Saved.").to_owned());
                editing.set(None);
                focus_id(format!("record-{id}"));
            }
            Err(found) => {
                let first = found.first().map(|problem| format!("{}-{}", form.id, problem.field));
                problems.set(found);
                first.into_iter().for_each(focus_id);
            }
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            leave();
        }
    };
    // What another tab, or undoing, has made of the record meanwhile.
    let elsewhere = move || {
        let before = editing.with(|editing| editing.as_ref().map(|editing| editing.before.clone()))?;
        app.notebook.with(|notebook| {
            let now = &notebook.record(record?)?.values;
            (*now != before).then(|| {
                say!("It was changed elsewhere meanwhile, to “{}”. Saving replaces that.", form.name_of(now))
            })
        })
    };
    let fields = form.fields.iter().filter(|field| field.input != Input::Hidden);
    let fields = fields.map(|field| view! { <FieldInput form field problems names/> });
    view! {
        <form class="writing" on:submit=save on:keydown=key novalidate aria-label=say!("Write down {}", t!(form.one))>
            <p class="field__trouble" role="status">{elsewhere}</p>
            <div class="writing__fields">{fields.collect_view()}</div>
            <div class="buttons">
                <button type="submit" class="button button--main">{t!("Save")}</button>
                <button type="button" class="button" on:click=move |_| leave()>{t!("Cancel")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Names that a project may have: of cards, and of the tracker's projects, epics and teams.
fn known_projects(app: App) -> Memo<Vec<String>> {
    let derived = Derived::here();
    Memo::new(move |_| {
        let mut names: Vec<String> =
            app.notebook.with(|notebook| notebook.projects().map(|card| card.name().to_owned()).collect());
        derived.choices.with(|choices| names.extend(choices.projects.iter().map(|(name, _)| name.clone())));
        derived.analysis.with(|analysis| {
            let Some(analysis) = analysis else { return };
            names.extend(analysis.basis.groups.names.iter().map(|(name, _)| name.clone()));
            let mut epics: BTreeMap<&str, usize> = BTreeMap::new();
            for item in &analysis.basis.data.items {
                *epics.entry(&item.epic).or_default() += 1;
            }
            let mut epics: Vec<_> = epics.into_iter().collect();
            epics.order_by_key(|(_, n)| std::cmp::Reverse(*n));
            names.extend(epics.into_iter().take(NAMES).map(|(name, _)| name.to_owned()));
        });
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
        names.truncate(NAMES);
        names
    })
}

#[component]
fn FieldInput(
    form: &'static Form,
    field: &'static Field,
    problems: RwSignal<Vec<Problem>>,
    names: Memo<Vec<String>>,
) -> impl IntoView {
    let id = format!("{}-{}", form.id, field.id);
    let hint_id = format!("{id}-hint");
    let editing = App::here().editing;
    let value = move || {
        editing.with(|editing| {
            editing.as_ref().and_then(|editing| editing.values.get(field.id).cloned()).unwrap_or_default()
        })
    };
    let set = move |text: String| {
        editing.update(|editing| {
            if let Some(editing) = editing {
                editing.values.insert(field.id.to_owned(), text);
            }
        });
        problems.update(|problems| problems.retain(|problem| problem.field != field.id));
    };
    let typed = move |event: ev::Event| set(event_target_value(&event));
    let trouble = move || {
        problems.with(|problems| {
            problems.iter().find(|problem| problem.field == field.id).map(|problem| problem.says.clone())
        })
    };
    let wrong = move || trouble().is_some().to_string();
    let option = move |kept: &'static str, label: String| {
        view! { <option value=kept prop:selected=move || value() == kept>{label}</option> }
    };
    let described = hint_id.clone();
    let input = match field.input {
        Input::Text => view! {
            <textarea id=id.clone() rows="3" prop:value=value on:input=typed aria-invalid=wrong aria-describedby=described></textarea>
        }
        .into_any(),
        Input::Projects | Input::TrackerNames => {
            let add = move |name: String| {
                let mut lines: Vec<String> = value().lines().map(str::to_owned).collect();
                match lines.iter().position(|line| *line == name) {
                    Some(at) => drop(lines.remove(at)),
                    None => lines.push(name),
                }
                set(lines.join("\n"));
            };
            let has = move |name: &str| value().lines().any(|line| line == name);
            let choice = move |name: String| {
                let (pressed, toggled) = (name.clone(), name.clone());
                view! {
                    <button type="button" class="chip" aria-pressed=move || has(&pressed).to_string()
                        on:click=move |_| add(toggled.clone())>{name}</button>
                }
            };
            view! {
                <textarea id=id.clone() rows="2" prop:value=value on:input=typed aria-invalid=wrong aria-describedby=described></textarea>
                <div class="chips">{move || names.get().into_iter().take(24).map(choice).collect_view()}</div>
            }
            .into_any()
        }
        Input::Level(low, high) => {
            let label = move |level: u8| match level {
                1 => format!("1 {}", t!(low)),
                5 => format!("5 {}", t!(high)),
                level => level.to_string(),
            };
            let options = ["1", "2", "3", "4", "5"].into_iter().zip(1..);
            view! {
                <select id=id.clone() on:change=typed aria-invalid=wrong aria-describedby=described>
                    {option("", t!("not said").to_owned())}
                    {options.map(|(kept, level)| option(kept, label(level))).collect_view()}
                </select>
            }
            .into_any()
        }
        Input::Choice(choices) => view! {
            <select id=id.clone() on:change=typed aria-invalid=wrong aria-describedby=described>
                {option("", t!("not said").to_owned())}
                {choices.iter().map(|(kept, label)| option(kept, t!(*label).to_owned())).collect_view()}
            </select>
        }
        .into_any(),
        Input::Role => view! {
            <select id=id.clone() on:change=typed aria-invalid=wrong aria-describedby=described>
                {option("", t!("none of the six").to_owned())}
                {Role::ALL.into_iter().map(|role| option(role.id(), role.title().to_owned())).collect_view()}
            </select>
        }
        .into_any(),
        Input::Project => {
            let list = format!("{id}-names");
            let options =
                move || names.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view();
            view! {
                <input id=id.clone() type="text" list=list.clone() maxlength="200" prop:value=value on:input=typed
                    aria-invalid=wrong aria-describedby=described/>
                <datalist id=list>{options}</datalist>
            }
            .into_any()
        }
        Input::Date => view! {
            <input id=id.clone() type="date" prop:value=value on:input=typed aria-invalid=wrong aria-describedby=described/>
        }
        .into_any(),
        Input::Number(_, _, unit) => view! {
            <span class="inline">
                <input id=id.clone() type="text" inputmode="decimal" size="6" prop:value=value on:input=typed
                    aria-invalid=wrong aria-describedby=described/>
                {t!(unit)}
            </span>
        }
        .into_any(),
        Input::Line | Input::Hidden => view! {
            <input id=id.clone() type="text" maxlength="300" prop:value=value on:input=typed aria-invalid=wrong
                aria-describedby=described/>
        }
        .into_any(),
    };
    let wide = matches!(field.input, Input::Text | Input::Projects | Input::TrackerNames)
        || form.fields.first().is_some_and(|first| first.id == field.id);
    view! {
        <div class="field" class:field--wide=wide>
            <label for=id>{t!(field.label)}{field.needed.then_some(t!(" (required)"))}</label>
            {input}
            <p class="quiet" id=hint_id>{t!(field.hint)}" "<span class="field__trouble" role="alert">{trouble}</span></p>
        </div>
    }
    .into_any()
}
