//! Are we in the right ballpark? What past estimates became, and what that says of a new one.

use leptos::ev;
use leptos::prelude::*;

use super::answers::{Answers, OwnWork};
use super::figure::PlateFigure;
use super::{App, Derived};
use crate::charts;
use crate::model::{Estimates as Meant, HOURS_A_DAY, Role, Settings};
use crate::report::Analysis;
use crate::report::estimates::{Said, estimate_answers, say_of_estimate};
use crate::report::points::{Scale, points_answer, say_of_points};
use crate::report::say;
use crate::route::{self, Route};

/// The page: estimates of work first, then those without a unit. What the data has none of is said once.
#[component]
pub fn EstimatesPage() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let answers = Memo::new(move |_| analysis.get().map(|analysis| estimate_answers(&analysis)));
    let of_points = Memo::new(move |_| {
        let analysis = analysis.get()?;
        let each = [Scale::Points, Scale::Sizes].into_iter();
        Some(each.filter_map(|scale| points_answer(&analysis, scale)).collect::<Vec<_>>())
    });
    let is = move |of: fn(&Analysis) -> bool| {
        Memo::new(move |_| analysis.with(|a| a.as_ref().is_some_and(|a| of(a))))
    };
    let has_work = is(|a| a.no_estimates().is_none());
    let knows_estimates = is(Analysis::has_estimates);
    let has_points = is(|a| a.classes(Scale::Points).is_some());
    let has_sizes = is(|a| a.classes(Scale::Sizes).is_some());
    let names_people = is(|a| a.basis.tells.owners);
    // Kept while a filter leaves nothing to hold them against.
    let text = RwSignal::new("3".to_owned());
    let chosen = RwSignal::new(None::<String>);
    let has_other = Memo::new(move |_| has_points.get() || has_sizes.get());
    let has_any = Memo::new(move |_| has_work.get() || has_other.get());
    let shows_work = Memo::new(move |_| has_work.get() || knows_estimates.get() || !has_other.get());
    view! {
        <div class="stack">
            <OwnWork/>
            <h1 tabindex="-1">{t!("Are we in the right ballpark?")}</h1>
            <p class="quiet prose">
                {t!("Nobody needs estimates to the hour. What helps is to know how far off they usually are, and early where work \
                 overshoots again and again. Nobody sees a list of people.")}
            </p>
            {move || names_people.get().then(|| view! {
                <p class="quiet prose no-print">
                    {t!("To look at your own estimates, say ")}<a href=move || route::address_of_part(Route::Role(Role::Engineer), &app.filter.get(), "mine")>{t!("which names are yours")}</a>
                    {t!("; then “Only mine” in the filter shows them, to you only.")}
                </p>
            })}
            {move || knows_estimates.get().then(|| view! { <Meaning/> })}
        </div>
        {move || answers.get().map(|answers| view! { <Answers answers/> })}
        {move || has_any.get().then(|| view! { <NewEstimate text chosen/> })}
        {move || shows_work.get().then(|| view! {
            <PlateFigure plate=&charts::ESTIMATES/>
        })}
        {move || has_work.get().then(|| view! {
            <PlateFigure plate=&charts::BALLPARK/>
            <PlateFigure plate=&charts::BIAS/>
            <PlateFigure plate=&charts::OVERSHOOT/>
            <PlateFigure plate=&charts::GOES_WITH/>
        })}
        {move || of_points.get().filter(|answers| !answers.is_empty()).map(|answers| view! {
            <section class="section" aria-label=t!("Story points and sizes")><Answers answers/></section>
        })}
        {move || has_points.get().then(|| view! { <PlateFigure plate=&charts::POINTS/> })}
        {move || has_sizes.get().then(|| view! { <PlateFigure plate=&charts::SIZES/> })}
    }
    .into_any()
}

/// What estimates are of, and how far off is still in the ballpark.
#[component]
fn Meaning() -> impl IntoView {
    let app = App::here();
    let meant = move || app.settings.with(|settings| settings.counting.estimates);
    let factor = move || app.settings.with(|settings| settings.counting.ballpark);
    let set_meant = move |event: ev::Event| {
        let meant = match event_target_value(&event).as_str() {
            "elapsed" => Meant::Elapsed,
            _ => Meant::Work,
        };
        app.settings.update(|Settings { counting, .. }| counting.estimates = meant);
    };
    let set_factor = move |event: ev::Event| {
        if let Ok(factor) = event_target_value(&event).parse::<f64>() {
            app.settings.update(|Settings { counting, .. }| counting.ballpark = factor);
        }
    };
    view! {
        <div class="choices">
            <label class="inline">
                {t!("Estimates are of")}
                <select class="select" id="estimates-mean" on:change=set_meant>
                    <option value="work" prop:selected=move || meant() == Meant::Work>{t!("hours of work")}</option>
                    <option value="elapsed" prop:selected=move || meant() == Meant::Elapsed>{t!("days from start to finish (8 hours a day)")}</option>
                </select>
            </label>
            <label class="inline">
                {t!("In the ballpark is within")}
                <select class="select" id="ballpark-factor" on:change=set_factor>
                    {[1.25, 1.5, 2.0, 3.0].map(|value| view! {
                        <option value=value.to_string() prop:selected=move || (factor() - value).abs() < 1e-9>{say::times(value)}</option>
                    }).collect_view()}
                </select>
            </label>
        </div>
    }
    .into_any()
}

/// What the past says of a new estimate.
#[component]
fn NewEstimate(text: RwSignal<String>, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let analysis = Derived::here().analysis;
    let units = Memo::new(move |_| {
        analysis.with(|a| {
            let Some(a) = a.as_ref() else { return Vec::new() };
            let mut units = Vec::new();
            if a.has_estimates() && a.no_estimates().is_none() {
                units.extend([("days", t!("days")), ("hours", t!("hours"))]);
            }
            if a.classes(Scale::Points).is_some() {
                units.push(("points", t!("points")));
            }
            if a.classes(Scale::Sizes).is_some() {
                units.push(("size", t!("size")));
            }
            units
        })
    });
    let unit = Memo::new(move |_| {
        let units = units.get();
        let known = |name: &String| units.iter().any(|(unit, _)| unit == name);
        let first = || units.first().map(|(unit, _)| (*unit).to_owned()).unwrap_or_default();
        chosen.get().filter(known).unwrap_or_else(first)
    });
    // Sizes are few, so they are chosen.
    let sizes = Memo::new(move |_| {
        analysis.with(|a| {
            let classes = a.as_ref().and_then(|a| a.classes(Scale::Sizes));
            let classes = classes.map(|classes| &classes.classes[..]).unwrap_or_default();
            classes.iter().map(|class| class.name.clone()).collect::<Vec<_>>()
        })
    });
    let size = RwSignal::new(None::<String>);
    let said = Memo::new(move |_| {
        let unit = unit.get();
        let asked = match unit.as_str() {
            "size" => size
                .get()
                .or_else(|| sizes.with(|sizes| sizes.get(sizes.len() / 2).cloned()))
                .unwrap_or_default(),
            _ => text.get(),
        };
        analysis.with(|a| Some(answer(a.as_deref()?, &unit, asked.trim())))
    });
    view! {
        <section class="section" aria-labelledby="new-estimate">
            <h2 id="new-estimate">{t!("What does the past say of a new estimate?")}</h2>
            <div class="fields">
                <div class="field">
                    <label for="estimate-value">{t!("You say")}</label>
                    {move || match unit.with(|unit| unit == "size") {
                        true => view! {
                            <select id="estimate-value" on:change=move |event| size.set(Some(event_target_value(&event)))>
                                {sizes.get().into_iter().enumerate().map(|(n, name)| {
                                    let middle = sizes.with_untracked(|sizes| sizes.len() / 2);
                                    let value = name.clone();
                                    let is_chosen = size.get_untracked().map_or(n == middle, |size| size == name);
                                    view! { <option value=value prop:selected=is_chosen>{name}</option> }
                                }).collect_view()}
                            </select>
                        }.into_any(),
                        false => view! {
                            <input id="estimate-value" type="text" inputmode="decimal" autocomplete="off" size="6" prop:value=move || text.get()
                                on:input=move |event| text.set(event_target_value(&event))/>
                        }.into_any(),
                    }}
                </div>
                <div class="field">
                    <label for="estimate-unit">{t!("in")}</label>
                    <select id="estimate-unit" on:change=move |event| chosen.set(Some(event_target_value(&event)))>
                        {move || units.get().into_iter().map(|(value, name)| view! {
                            <option value=value prop:selected=move || unit.get() == value>{name}</option>
                        }).collect_view()}
                    </select>
                </div>
            </div>
            <div role="status" class="said" id="estimate-said">
                {move || match said.get() {
                    None => ().into_any(),
                    Some(Err(why)) => view! { <p class="quiet prose">{why}</p> }.into_any(),
                    Some(Ok(said)) => said.into_iter().map(|said| view! {
                        <p class="prose">{said.sentence}" "<span class="quiet">{said.basis}</span></p>
                    }).collect_view().into_any(),
                }}
            </div>
            <p class="quiet prose">
                {t!("From the finished work with the nearest estimates. What was out of the ordinary then may be so again.")}
            </p>
        </section>
    }
    .into_any()
}

fn answer(analysis: &Analysis, unit: &str, text: &str) -> Result<Vec<Said>, String> {
    let number = || {
        // "3 days" is 3 of the unit beside it.
        let text = text.split_whitespace().next().unwrap_or_default();
        let number = text.replace(',', ".").parse::<f64>().ok();
        number
            .filter(|n| *n > 0.0 && n.is_finite())
            .ok_or_else(|| t!("Say a number above 0, like 3 or 0.5.").to_owned())
    };
    match unit {
        "points" => {
            let points = number()?;
            say_of_points(analysis, Scale::Points, &points.to_string()).map(|said| vec![said])
        }
        "size" => say_of_points(analysis, Scale::Sizes, &text.to_uppercase()).map(|said| vec![said]),
        "hours" => {
            let hours = number()?;
            say_of_estimate(analysis, hours, &say::hours(hours))
        }
        _ => {
            let days = number()?;
            let asked = match days {
                1.0 => t!("1\u{a0}day").to_owned(),
                days if days.fract() == 0.0 => say!("{}\u{a0}days", say::number(days as usize)),
                days => say!("{}\u{a0}days", crate::language::formats::pointed(days.to_string())),
            };
            say_of_estimate(analysis, days * HOURS_A_DAY, &asked)
        }
    }
}
