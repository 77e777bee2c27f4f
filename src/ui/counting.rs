//! What the numbers are counted by, for the user to set.

use leptos::ev;
use leptos::prelude::*;

use super::{App, Derived};
use crate::model::{Clock, Counting, Date, DayOfWeek, Settings, Stage};
use crate::report::say;

/// The settings.
#[component]
pub fn CountingFields() -> impl IntoView {
    let app = App::here();
    let get =
        move |read: fn(&Counting) -> bool| move || app.settings.with(|settings| read(&settings.counting));
    let change = move |with: Box<dyn FnOnce(&mut Counting)>| {
        app.settings.update(|Settings { counting, .. }| with(counting));
    };
    let trouble = RwSignal::new(None::<String>);
    let set_percent = move |event: ev::Event| match event_target_value(&event).parse::<u8>() {
        Ok(percent @ 50..=99) => {
            trouble.set(None);
            change(Box::new(move |c| c.sle_percent = percent));
        }
        _ => trouble.set(Some(t!("Choose a share from 50 to 99 percent. It was not changed.").to_owned())),
    };
    let set_days = move |event: ev::Event| {
        let text = event_target_value(&event);
        match text.trim().parse::<u32>() {
            Ok(days @ 1..=3650) => {
                trouble.set(None);
                change(Box::new(move |c| c.sle_days = Some(days)));
            }
            _ if text.trim().is_empty() => {
                trouble.set(None);
                change(Box::new(|c| c.sle_days = None));
            }
            _ => trouble.set(Some(
                t!("A promise is a whole number of days, 1 to 3,650. It was not changed.").to_owned(),
            )),
        }
    };
    let set_clock = move |event: ev::Event| {
        let clock = match event_target_value(&event).as_str() {
            "started" => Clock::Started,
            "created" => Clock::Created,
            _ => Clock::Auto,
        };
        change(Box::new(move |c| c.clock = clock));
    };
    let clock = move || app.settings.with(|settings| settings.counting.clock);
    let week = move || app.settings.with(|settings| settings.counting.week_start);
    let set_week = move |event: ev::Event| {
        if let Some(day) = DayOfWeek::named(&event_target_value(&event)) {
            change(Box::new(move |c| c.week_start = day));
        }
    };
    let off = move |day: DayOfWeek| {
        let toggle = move |event: ev::Event| {
            let works = event_target_checked(&event);
            change(Box::new(move |c| {
                let _ = if works { c.days_off.remove(&day) } else { c.days_off.insert(day) };
            }));
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || app.settings.with(|s| !s.counting.days_off.contains(&day)) on:change=toggle/>
                {day.name()}
            </label>
        }
    };
    view! {
        <fieldset class="fields">
            <legend>{t!("Durations")}</legend>
            <div class="field">
                <label for="clock">{t!("Work takes")}</label>
                <select id="clock" on:change=set_clock>
                    <option value="auto" prop:selected=move || clock() == Clock::Auto>{t!("from its start, where enough starts are known")}</option>
                    <option value="started" prop:selected=move || clock() == Clock::Started>{t!("from its start to its finish (cycle time)")}</option>
                    <option value="created" prop:selected=move || clock() == Clock::Created>{t!("from its creation to its finish (lead time)")}</option>
                </select>
            </div>
            <Ends/>
            <div class="field">
                <label class="check">
                    <input type="checkbox" id="elapsed" prop:checked=get(|c| c.elapsed)
                        on:change=move |event| { let on = event_target_checked(&event); change(Box::new(move |c| c.elapsed = on)) }/>
                    {t!("Elapsed days")}
                </label>
                <p class="quiet">{t!("Begun and finished on one day is 0 days. Otherwise both days count, and it is 1.")}</p>
            </div>
            <div class="field">
                <label class="check">
                    <input type="checkbox" id="working-days" prop:checked=get(|c| c.working_days_only)
                        on:change=move |event| { let on = event_target_checked(&event); change(Box::new(move |c| c.working_days_only = on)) }/>
                    {t!("Working days only")}
                </label>
                <p class="quiet">{t!("Weekends and holidays don\u{2019}t count.")}</p>
            </div>
        </fieldset>
        <fieldset class="fields">
            <legend>{t!("Service level")}</legend>
            <div class="field">
                <label for="sle-percent">{t!("Share of the work, percent")}</label>
                <input id="sle-percent" type="number" min="50" max="99" prop:value=move || app.settings.with(|s| s.counting.sle_percent.to_string())
                    on:change=set_percent aria-describedby="sle-trouble"/>
            </div>
            <div class="field">
                <label for="sle-days">{t!("Promised within, days")}</label>
                <input id="sle-days" type="number" min="1" max="3650" placeholder=t!("what it took") on:change=set_days aria-describedby="sle-trouble"
                    prop:value=move || app.settings.with(|s| s.counting.sle_days.map(|days| days.to_string()).unwrap_or_default())/>
            </div>
            <p class="field__trouble" id="sle-trouble" role="alert">{move || trouble.get()}</p>
        </fieldset>
        <fieldset class="fields">
            <legend>{t!("Calendar")}</legend>
            <div class="field">
                <label for="week-start">{t!("Weeks start on")}</label>
                <select id="week-start" on:change=set_week>
                    {DayOfWeek::ALL.map(|day| view! { <option value=day.name() prop:selected=move || week() == day>{day.name()}</option> })}
                </select>
            </div>
            <div class="field field--wide">
                <span class="field__name">{t!("Working days")}</span>
                <div class="checks">{DayOfWeek::ALL.map(off)}</div>
            </div>
            <Holidays/>
        </fieldset>
        <Waiting/>
        <Me/>
    }
}

/// With which statuses work begins and ends, where histories have them.
#[component]
fn Ends() -> impl IntoView {
    let app = App::here();
    let statuses = Memo::new(move |_| {
        app.dataset.with(|data| {
            let workflow = data.as_ref().map(|data| data.workflow.clone()).unwrap_or_default();
            let flows = workflow.into_iter().filter(|status| status.stage != Some(Stage::Cancelled));
            flows.map(|status| status.name).collect::<Vec<String>>()
        })
    });
    let field = move |id: &'static str,
                      label: &'static str,
                      get: fn(&Counting) -> &Option<String>,
                      put: fn(&mut Counting, Option<String>)| {
        let chosen = move || app.settings.with(|settings| get(&settings.counting).clone());
        let choose = move |event: ev::Event| {
            let name = event_target_value(&event).strip_prefix('=').map(str::to_owned);
            app.settings.update(|settings| put(&mut settings.counting, name));
        };
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <select id=id on:change=choose>
                    <option value="" prop:selected=move || chosen().is_none()>{t!("as the statuses mean")}</option>
                    {move || statuses.get().into_iter().map(|name| {
                        let is_chosen = {
                            let name = name.clone();
                            move || chosen().as_ref() == Some(&name)
                        };
                        view! { <option value=format!("={name}") prop:selected=is_chosen>{name.clone()}</option> }
                    }).collect_view()}
                </select>
            </div>
        }
    };
    move || {
        (statuses.with(Vec::len) > 1).then(|| {
            view! {
                {field("starts-with", t!("Begun with the status"), |c| &c.starts_with, |c, name| c.starts_with = name)}
                {field("ends-with", t!("Finished with the status"), |c| &c.ends_with, |c, name| c.ends_with = name)}
            }
        })
    }
}

#[component]
fn Holidays() -> impl IntoView {
    let app = App::here();
    let trouble = RwSignal::new(None::<String>);
    let text = move || {
        app.settings.with(|settings| {
            let days: Vec<String> = settings.counting.holidays.iter().map(|day| day.to_string()).collect();
            days.join("\n")
        })
    };
    let set = move |event: ev::Event| {
        let value = event_target_value(&event);
        let words =
            value.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|word| !word.is_empty());
        let read: Vec<(&str, Option<Date>)> = words.map(|word| (word, word.parse().ok())).collect();
        match read.iter().find(|(_, day)| day.is_none()) {
            Some((word, _)) => {
                trouble.set(Some(say!("{word:?} is no day like 2026-12-25. The holidays were not changed.")))
            }
            None => {
                trouble.set(None);
                let days = read.into_iter().filter_map(|(_, day)| day).collect();
                app.settings.update(|settings| settings.counting.holidays = days);
            }
        }
    };
    view! {
        <div class="field">
            <label for="holidays">{t!("Holidays")}</label>
            <textarea id="holidays" rows="3" spellcheck="false" placeholder="2026-12-25" prop:value=text on:change=set aria-describedby="holidays-help holidays-trouble"></textarea>
            <p class="quiet" id="holidays-help">{t!("Days on which nobody works, one a line.")}</p>
            <p class="field__trouble" id="holidays-trouble" role="alert">{move || trouble.get()}</p>
        </div>
    }
}

/// In which statuses work waits, where histories have statuses.
#[component]
fn Waiting() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let columns = Memo::new(move |_| {
        analysis.with(|a| {
            let columns = a.as_ref().map(|a| {
                a.workflow().in_progress().map(|(_, c)| (c.name.clone(), c.waits)).collect::<Vec<_>>()
            });
            columns.unwrap_or_default()
        })
    });
    move || {
        let columns = columns.get();
        (!columns.is_empty()).then(|| {
            let boxes = columns.into_iter().map(|(name, waits)| {
                let toggle = {
                    let name = name.clone();
                    move |event: ev::Event| {
                        let on = event_target_checked(&event);
                        app.settings.update(|settings| {
                            settings.counting.waiting.insert(name.clone(), on);
                        });
                    }
                };
                view! {
                    <label class="check">
                        <input type="checkbox" prop:checked=waits on:change=toggle/>
                        {name}
                    </label>
                }
            });
            view! {
                <fieldset class="fields" id="waiting">
                    <legend>{t!("Statuses in which work waits")}</legend>
                    <div class="field field--wide">
                        <div class="checks">{boxes.collect_view()}</div>
                        <p class="quiet">{t!("Flow efficiency is the time not spent in these, nor blocked.")}</p>
                    </div>
                </fieldset>
            }
        })
    }
}

/// Which names in the data are the user's own.
#[component]
fn Me() -> impl IntoView {
    let app = App::here();
    let choices = Derived::here().choices;
    let add = move |event: ev::Event| {
        if let Some(name) = event_target_value(&event).strip_prefix('=').map(str::to_owned) {
            app.settings.update(|settings| {
                settings.counting.me.insert(name);
            });
        }
    };
    let mine = move || app.settings.with(|settings| settings.counting.me.clone());
    move || {
        let people = choices.with(|choices| choices.people.clone());
        (!people.is_empty() || !mine().is_empty()).then(|| {
            let own = mine();
            let options = people.into_iter().filter(|(name, _)| !own.contains(name));
            let options = options.map(|(name, _)| view! { <option value=format!("={name}")>{name.clone()}</option> });
            let options = options.collect_view();
            let chosen = own.into_iter().map(|name| {
                let remove = {
                    let name = name.clone();
                    move |_| {
                        app.settings.update(|settings| {
                            settings.counting.me.remove(&name);
                        });
                    }
                };
                view! { <li>{name}" "<button type="button" class="link" on:click=remove>{t!("Not me")}</button></li> }
            });
            view! {
                <fieldset class="fields" id="me">
                    <legend>{t!("Which name is yours")}</legend>
                    <div class="field">
                        <label for="me-name">{t!("Assigned to me is")}</label>
                        <select id="me-name" on:change=add>
                            <option value="">{t!("choose your name")}</option>
                            {options}
                        </select>
                        <ul class="lines">{chosen.collect_view()}</ul>
                        <p class="quiet">
                            {t!("For looking at your own work, with \u{201c}Only mine\u{201d} in the filter. It stays in this \
                             browser, and no address names anybody.")}
                        </p>
                    </div>
                </fieldset>
            }
        })
    }
}

/// How many settings differ from what is usual, for the heading.
pub fn changed(counting: &Counting) -> Option<String> {
    let usual = Counting::default();
    let n = [
        counting.week_start != usual.week_start,
        counting.elapsed != usual.elapsed,
        counting.working_days_only != usual.working_days_only,
        counting.days_off != usual.days_off,
        counting.holidays != usual.holidays,
        counting.sle_percent != usual.sle_percent,
        counting.sle_days != usual.sle_days,
        counting.clock != usual.clock,
        counting.starts_with != usual.starts_with,
        counting.ends_with != usual.ends_with,
        counting.waiting != usual.waiting,
    ];
    let n = n.iter().filter(|differs| **differs).count();
    (n > 0).then(|| {
        say::counted(n, t!("setting differs from what is usual"), t!("settings differ from what is usual"))
    })
}
