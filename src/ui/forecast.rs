//! When is it done, how many by a day, and how often that came true.

use leptos::ev;
use leptos::prelude::*;

use super::answers::{Answers, OwnWork};
use super::figure::{NumberTable, PlateFigure};
use super::records::Part;
use super::{App, Derived};
use crate::charts;
use crate::forecast::{LEVELS, METHODS};
use crate::model::notebook::SCENARIO;
use crate::model::{Date, Filter};
use crate::report::forecast::{
    Scenario, asked_in_words, chosen_in_words, day_or_never, forecast_answers, scenarios, told,
};
use crate::report::{Analysis, Column, Table, say};

/// The page.
#[component]
pub fn ForecastPage() -> impl IntoView {
    let Derived { analysis, replays, .. } = Derived::here();
    let answers = Memo::new(move |_| {
        replays.track();
        analysis.get().map(|analysis| forecast_answers(&analysis))
    });
    let why_none = Memo::new(move |_| analysis.with(|a| a.as_ref().and_then(|a| a.no_forecast())));
    view! {
        <div class="stack">
            <OwnWork/>
            <h1 tabindex="-1">{t!("When is it done, and how sure is that?")}</h1>
            <p class="quiet prose">
                {t!("A day without its chance is half an answer, and a chance that was never held against what came is half a chance. So \
                 each answer here has both: what is likely, and how often this way of telling came true for this team.")}
            </p>
            <Caveat/>
        </div>
        {move || match why_none.get() {
            Some(why) => view! { <p class="prose">{why}</p> }.into_any(),
            None => view! {
                <Question/>
                <Replaying/>
                {move || answers.get().filter(|a| !a.is_empty()).map(|answers| view! { <Answers answers/> })}
                <PlateFigure plate=&charts::AHEAD/>
                <Part form=&SCENARIO><SideBySide/></Part>
                <PlateFigure plate=&charts::MOVED/>
                <PlateFigure plate=&charts::KEPT/>
                <PlateFigure plate=&charts::METHODS/>
            }.into_any(),
        }}
    }
    .into_any()
}

/// What to keep in mind, and how old the data are.
#[component]
pub fn Caveat() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let says = move || {
        let analysis = analysis.get()?;
        super::role::caveat(&analysis, analysis.zone().day_at(super::clock::now()))
    };
    move || says().map(|says| view! { <p class="quiet prose">{says}</p> })
}

/// How much of the past is replayed.
#[component]
pub fn Replaying() -> impl IntoView {
    let Derived { analysis, replays, replaying, .. } = Derived::here();
    let is_waiting = Memo::new(move |_| {
        replays.track();
        analysis.with(|a| a.as_ref().is_some_and(|a| !a.is_forecast()))
    });
    let done = move || replaying.get().unwrap_or_default();
    move || {
        is_waiting.get().then(|| {
            view! {
                <p class="quiet" role="status">
                    {t!("Asking every past week what it would have said … ")}
                    <progress max="1" prop:value=done aria-label=t!("Weeks asked")></progress>
                </p>
            }
        })
    }
}

/// What is asked: how many items, by which day, by which method. It is part of the address.
#[component]
fn Question() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let trouble = RwSignal::new(None::<&'static str>);
    let by_trouble = RwSignal::new(None::<String>);
    let change = move |with: &dyn Fn(&mut Filter)| {
        let mut filter = app.filter.get_untracked();
        with(&mut filter);
        app.filter_by(&filter);
    };
    let items =
        move || app.filter.with(|filter| filter.items.map(|items| items.to_string()).unwrap_or_default());
    let open = move || {
        analysis
            .with(|a| a.as_ref().map(|a| say::number((a.counts.in_progress + a.counts.not_started) as usize)))
    };
    let set_items = move |event: ev::Event| {
        let text = event_target_value(&event);
        match text.trim().parse::<u32>() {
            Ok(n @ 1..=Filter::MOST_ITEMS) => {
                trouble.set(None);
                change(&|filter| filter.items = Some(n));
            }
            _ if text.trim().is_empty() => {
                trouble.set(None);
                change(&|filter| filter.items = None);
            }
            _ => trouble
                .set(Some(t!("Say a whole number from 1 to 100,000, or nothing for all that is open."))),
        }
    };
    // Set anew only when the day changes, not while another is being typed.
    let by = Memo::new(move |_| {
        analysis.with(|a| a.as_ref().map(|a| a.asked_by().to_string()).unwrap_or_default())
    });
    let first = move || {
        analysis.with(|a| {
            let day =
                a.as_ref().map(|a| crate::model::day_from_number(crate::model::day_number(a.as_of) + 1));
            day.map(|day| day.to_string()).unwrap_or_default()
        })
    };
    let set_by = move |event: ev::Event| {
        let text = event_target_value(&event);
        let day = text.parse::<Date>().ok();
        let span = analysis.with_untracked(|a| a.as_ref().map(|a| (a.as_of, a.farthest_day())));
        let is_ahead = day.zip(span).is_some_and(|(day, (as_of, farthest))| day > as_of && day <= farthest);
        match (text.is_empty(), is_ahead) {
            (false, false) => {
                // A year that is being typed is on its way to a day: the field stays as it is.
                let said = span.map(|(as_of, farthest)| {
                    say!("Say a day after {} and not after {}.", say::date(as_of), say::date(farthest))
                });
                by_trouble.set(said);
            }
            _ => {
                by_trouble.set(None);
                change(&|filter| filter.by = day);
            }
        }
    };
    let method = Memo::new(move |_| app.filter.with(|filter| filter.method.clone().unwrap_or_default()));
    let set_method = move |event: ev::Event| {
        let id = Some(event_target_value(&event)).filter(|id| !id.is_empty());
        change(&|filter| filter.method = id.clone());
    };
    let options = METHODS.iter().map(|of| {
        view! { <option value=of.id prop:selected=move || method.with(|id| id == of.id)>{t!(of.name)}</option> }
    });
    view! {
        <form class="asked" aria-label=t!("What is asked") on:submit=|event| event.prevent_default()>
            <div class="field">
                <label for="asked-items">{t!("When are so many items done")}</label>
                <input id="asked-items" type="text" inputmode="numeric" size="8" prop:value=items on:change=set_items
                    placeholder=move || open().map(|open| say!("{open} open")).unwrap_or_default()
                    aria-describedby="asked-trouble" aria-invalid=move || trouble.with(Option::is_some).to_string()/>
            </div>
            <div class="field">
                <label for="asked-by">{t!("How many are done by")}</label>
                <input id="asked-by" type="date" min=first prop:value=by on:change=set_by
                    aria-describedby="asked-by-trouble" aria-invalid=move || by_trouble.with(Option::is_some).to_string()/>
            </div>
            <div class="field">
                <label for="asked-method">{t!("Method")}</label>
                <select id="asked-method" class="select" on:change=set_method>
                    <option value="" prop:selected=move || method.with(String::is_empty)>{t!("The one that did best here")}</option>
                    {options.collect_view()}
                </select>
            </div>
            <p class="field__trouble" id="asked-trouble" role="alert">{move || trouble.get()}</p>
            <p class="field__trouble" id="asked-by-trouble" role="alert">{move || by_trouble.get()}</p>
        </form>
        <Chosen/>
    }
    .into_any()
}

/// Which method speaks, and why.
#[component]
fn Chosen() -> impl IntoView {
    let Derived { analysis, replays, .. } = Derived::here();
    let says = Memo::new(move |_| {
        replays.track();
        analysis.with(|a| a.as_ref().and_then(|a| a.forecaster()).map(|f| chosen_in_words(f)))
    });
    move || says.get().map(|says| view! { <p class="quiet prose">{says}</p> })
}

/// What is and what would be, side by side.
#[component]
fn SideBySide() -> impl IntoView {
    let app = App::here();
    let Derived { analysis, replays, .. } = Derived::here();
    let table = Memo::new(move |_| {
        replays.track();
        let analysis = analysis.get()?;
        analysis.forecaster()?;
        let mut all = vec![Scenario::as_it_is()];
        if analysis.filter.items.is_none() && analysis.dates.iter().any(|dates| dates.created.is_some()) {
            all.push(Scenario::growing());
        }
        app.notebook.with(|notebook| all.extend(scenarios(notebook)));
        Some(side_by_side(&analysis, &all))
    });
    move || table.get().map(|table| view! { <NumberTable table/> })
}

fn side_by_side(analysis: &Analysis, scenarios: &[Scenario]) -> Table {
    let by = say::date(analysis.asked_by());
    let columns = std::iter::once(Column::text(t!("Scenario")))
        .chain(LEVELS.map(|level| Column::number(say!("Done with {level}\u{a0}%"))))
        .chain([Column::number(say!("By {by}, 85\u{a0}%"))]);
    let rows = scenarios.iter().filter_map(|scenario| {
        let told = told(analysis, analysis.forecaster()?, scenario);
        let days = told.done.map(day_or_never);
        Some(
            std::iter::once(match scenario.fewer {
                0 => scenario.name.clone(),
                _ => say!("{} (counts on the Roadmap page)", scenario.name),
            })
            .chain(days)
            .chain([say!("{} or more", say::number(told.how_many[2] as usize))])
            .collect(),
        )
    });
    Table {
        title: say!("{}, and how many by {by}", say::capital(&asked_in_words(analysis))),
        columns: columns.collect(),
        rows: rows.collect(),
    }
}
