//! Which of the data is looked at: days, team, type, project, label, one's own; and what the numbers are
//! counted by, on every page.

use leptos::ev;
use leptos::prelude::*;

use super::apart::{self, Wanted};
use super::{App, Derived, focus};
use crate::model::{Date, Filter, Kind, Named, day_from_number, day_number};
use crate::report::{self, Analysis, say};
use crate::route::{self, Route};

const KINDS: [(&str, Kind); 4] =
    [("Features", Kind::Feature), ("Bugs", Kind::Bug), ("Chores", Kind::Chore), ("Other work", Kind::Other)];

/// Spans back from the last day, in days.
const SPANS: [(&str, i32); 5] = [
    ("Last 4 weeks", 28),
    ("Last 12 weeks", 84),
    ("Last 6 months", 182),
    ("Last 12 months", 364),
    ("Last 2 years", 728),
];

/// The filter bar.
#[component]
pub fn Filters() -> impl IntoView {
    let app = App::here();
    let Derived { analysis, choices, .. } = Derived::here();
    let has_data = Memo::new(move |_| analysis.with(Option::is_some));
    let change = move |with: Box<dyn Fn(&mut Filter)>| {
        let mut filter = app.filter.get_untracked();
        with(&mut filter);
        app.filter_by(&filter);
    };
    let set = Memo::new(move |_| app.filter.with(|filter| filter.is_set() || filter.compare));
    let n = move || {
        app.filter.with(|f| {
            let named = [&f.team, &f.type_name, &f.project, &f.area, &f.label]
                .iter()
                .filter(|name| name.is_some())
                .count();
            named
                + usize::from(f.kind.is_some())
                + usize::from(f.mine)
                + usize::from(f.from.is_some() || f.to.is_some())
                + usize::from(f.compare)
        })
    };
    let label = move || match n() {
        0 => t!("Filter").to_owned(),
        n => say!("Filter ({n})"),
    };
    let open = RwSignal::new(window().inner_width().ok().and_then(|w| w.as_f64()).is_none_or(|w| w > 832.0));
    let named = move |id: &'static str,
                      all: &'static str,
                      names: fn(&crate::model::Choices) -> &Named,
                      get: fn(&Filter) -> &Option<String>,
                      put: fn(&mut Filter, Option<String>)| {
        move || {
            let names = choices.with(|choices| names(choices).clone());
            let chosen = move || app.filter.with(|filter| get(filter).clone());
            let is_needed = names.len() > 1 || app.filter.with_untracked(|filter| get(filter).is_some());
            is_needed.then(|| {
                view! {
                    <NamedChoice id all names chosen=Signal::derive(chosen)
                        on_choice=Callback::new(move |name| change(Box::new(move |f| put(f, Option::clone(&name)))))/>
                }
            })
        }
    };
    move || {
        has_data.get().then(|| {
            view! {
                <div class="filters">
                    <button type="button" class="button button--small filters__toggle" aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)>
                        {label}
                    </button>
                    <div class="filters__choices" hidden=move || !open.get()>
                        <Days/>
                        <TeamChoice/>
                        <KindChoice/>
                        {named("project", t!("All projects"), |c| &c.projects, |f| &f.project, |f, name| f.project = name)}
                        {named("area", t!("All areas"), |c| &c.areas, |f| &f.area, |f, name| f.area = name)}
                        {named("label", t!("All labels"), |c| &c.labels, |f| &f.label, |f, name| f.label = name)}
                        <Mine/>
                        <label class="check">
                            <input type="checkbox" id="compare" prop:checked=move || app.filter.with(|f| f.compare)
                                on:change=move |event| { let on = event_target_checked(&event); change(Box::new(move |f| f.compare = on)) }/>
                            {t!("Compare with the period before")}
                        </label>
                        {move || set.get().then(|| view! {
                            <button type="button" class="button button--small button--quiet" on:click=move |_| app.filter_by(&Filter::default())>
                                {t!("Show everything")}
                            </button>
                        })}
                    </div>
                </div>
            }
        })
    }
}

/// From which day to which.
#[component]
fn Days() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let last = move || analysis.with(|a| a.as_ref().map(|a| a.basis.as_of));
    let first =
        move || analysis.with(|a| a.as_ref().and_then(|a| a.basis.dates.iter().flat_map(|d| d.days()).min()));
    let from = move || app.filter.with(|filter| filter.from);
    let to = move || app.filter.with(|filter| filter.to);
    // With a whole week, so that no week is cut short at the beginning.
    let begin = move |last: Date, days: i32| {
        let day = day_from_number(day_number(last) - days + 1);
        analysis.with_untracked(|a| a.as_ref().map(|a| a.calendar().week_of(day)))
    };
    // The span whose days are chosen, if one is.
    let span = move || {
        let last = last()?;
        let from = from().filter(|_| to().is_none_or(|to| to == last))?;
        SPANS.iter().position(|(_, days)| begin(last, *days) == Some(from))
    };
    let chosen = move || match (from(), to(), span()) {
        (None, None, _) => "all".to_owned(),
        (.., Some(at)) => at.to_string(),
        _ => "own".to_owned(),
    };
    let choose = move |event: ev::Event| {
        let value = event_target_value(&event);
        let mut filter = app.filter.get_untracked();
        (filter.from, filter.to) = (None, None);
        if let Some((_, days)) = value.parse().ok().and_then(|at: usize| SPANS.get(at))
            && let Some(last) = analysis.with_untracked(|a| a.as_ref().map(|a| a.basis.as_of))
        {
            filter.from = begin(last, *days);
        }
        app.filter_by(&filter);
    };
    let set = move |event: ev::Event, put: fn(&mut Filter, Option<Date>)| {
        let mut filter = app.filter.get_untracked();
        put(&mut filter, event_target_value(&event).parse().ok());
        // A span that ends before it begins is empty: its other end follows.
        if let (Some(from), Some(to)) = (filter.from, filter.to)
            && from > to
        {
            (filter.from, filter.to) = (Some(to), Some(from));
        }
        app.filter_by(&filter);
    };
    let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <select class="select" id="days" aria-label=t!("Days") on:change=choose prop:value=chosen>
            <option value="all">{t!("All days")}</option>
            {SPANS.iter().enumerate().map(|(at, (name, _))| view! { <option value=at.to_string()>{t!(*name)}</option> }).collect_view()}
            <option value="own" disabled>{t!("Own days")}</option>
        </select>
        <label class="filters__day">
            <span>{t!("from")}</span>
            <input type="date" id="from" prop:value=move || text(from()) min=move || text(first()) max=move || text(last())
                on:change=move |event| set(event, |f, day| f.from = day)/>
        </label>
        <label class="filters__day">
            <span>{t!("to")}</span>
            <input type="date" id="to" prop:value=move || text(to()) min=move || text(first()) max=move || text(last())
                on:change=move |event| set(event, |f, day| f.to = day)/>
        </label>
    }
}

/// Which team's items the pages show, where there is more than one.
#[component]
fn TeamChoice() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let groups = Memo::new(move |_| {
        analysis.with(|analysis| {
            let groups = &analysis.as_ref()?.basis.groups;
            groups.is_choice().then(|| groups.clone())
        })
    });
    let chosen = Memo::new(move |_| analysis.with(|a| a.as_ref().and_then(|a| a.filter.team.clone())));
    let choose = move |event: ev::Event| {
        let value = event_target_value(&event);
        let team = value.strip_prefix("=").map(str::to_owned);
        app.filter_by(&Filter { team, ..app.filter.get_untracked() });
    };
    move || {
        // Projects have a choice of their own.
        let groups = groups.get().filter(|groups| groups.by.name() != "Project")?;
        let by = groups.by.name();
        let all = if by == "Team" { t!("All teams") } else { t!("All files") };
        let options = groups.names.into_iter().map(|(name, items)| {
            let is_chosen = {
                let name = name.clone();
                move || chosen.get().as_ref() == Some(&name)
            };
            let shown =
                if name.is_empty() { say!("Without a {}", say::within(t!(by))) } else { name.clone() };
            view! {
                <option value=format!("={name}") prop:selected=is_chosen>
                    {format!("{shown} ({})", say::number(items))}
                </option>
            }
        });
        Some(view! {
            <select class="select" id="team" aria-label=t!(by) on:change=choose>
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{all}</option>
                {options.collect_view()}
            </select>
        })
    }
}

/// Which kind of work, or which of the tracker's types.
#[component]
fn KindChoice() -> impl IntoView {
    let app = App::here();
    let choices = Derived::here().choices;
    let chosen = move || {
        app.filter.with(|filter| match (&filter.kind, &filter.type_name) {
            (Some(kind), _) => format!("k{:?}", kind),
            (None, Some(name)) => format!("t{name}"),
            (None, None) => String::new(),
        })
    };
    let choose = move |event: ev::Event| {
        let value = event_target_value(&event);
        let kind = KINDS.iter().find(|(_, kind)| value == format!("k{kind:?}")).map(|(_, kind)| *kind);
        let type_name = value.strip_prefix('t').map(str::to_owned);
        app.filter_by(&Filter { kind, type_name, ..app.filter.get_untracked() });
    };
    move || {
        let choices = choices.get();
        (choices.kinds.len() > 1 || choices.types.len() > 1).then(|| {
            let option = |value: String, text: String| {
                let is_chosen = {
                    let value = value.clone();
                    move || chosen() == value
                };
                view! { <option value=value prop:selected=is_chosen>{text}</option> }
            };
            let kinds = choices.kinds.iter().filter_map(|(kind, n)| {
                let (name, _) = KINDS.iter().find(|(_, of)| of == kind)?;
                Some(option(format!("k{kind:?}"), format!("{} ({})", t!(*name), say::number(*n))))
            });
            let kinds = kinds.collect_view();
            let types = choices.types.iter().take(60).map(|(name, n)| option(format!("t{name}"), format!("{name} ({})", say::number(*n))));
            let types = types.collect_view();
            view! {
                <select class="select" id="type" aria-label=t!("Type") on:change=choose>
                    <option value="" prop:selected=move || chosen().is_empty()>{t!("All types")}</option>
                    {kinds}
                    {(choices.types.len() > 1).then(|| view! { <optgroup label=t!("As the tracker has them")>{types}</optgroup> })}
                </select>
            }
        })
    }
}

/// One of the data's names.
#[component]
fn NamedChoice(
    id: &'static str,
    all: &'static str,
    names: Named,
    chosen: Signal<Option<String>>,
    on_choice: Callback<Option<String>>,
) -> impl IntoView {
    let options = names.into_iter().map(|(name, items)| {
        let is_chosen = {
            let name = name.clone();
            move || chosen.get().as_ref() == Some(&name)
        };
        view! {
            <option value=format!("={name}") prop:selected=is_chosen>{format!("{name} ({})", say::number(items))}</option>
        }
    });
    let choose = move |event: ev::Event| {
        on_choice.run(event_target_value(&event).strip_prefix('=').map(str::to_owned))
    };
    view! {
        <select class="select" id=id aria-label=all on:change=choose>
            <option value="" prop:selected=move || chosen.with(Option::is_none)>{all}</option>
            {options.collect_view()}
        </select>
    }
}

/// Only one's own work, where one has said who one is.
#[component]
fn Mine() -> impl IntoView {
    let app = App::here();
    move || {
        let known = app.settings.with(|settings| !settings.counting.me.is_empty());
        (known || app.filter.with(|filter| filter.mine)).then(|| {
            let choose = move |event: ev::Event| {
                let mine = event_target_checked(&event);
                app.filter_by(&Filter { mine, ..app.filter.get_untracked() });
            };
            view! {
                <label class="check">
                    <input type="checkbox" id="mine" prop:checked=move || app.filter.with(|f| f.mine) on:change=choose/>
                    {t!("Only mine")}
                </label>
            }
        })
    }
}

/// What the numbers of the page are counted by.
#[component]
pub fn InForce() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let said = move || analysis.with(|a| a.as_ref().map(|a: &super::state::Shared| in_force(a)));
    let address = move || app.filter.with(|filter| route::address(Route::Data, filter, None));
    move || {
        said().map(|said| {
            view! {
                <p class="in-force quiet" id="in-force">
                    {said}" "<a href=address on:click=|_| to_the_settings()>{t!("Change")}</a>
                </p>
            }
        })
    }
}

/// Goes on to the settings, once their page is there.
fn to_the_settings() {
    set_timeout(|| focus("#counting"), std::time::Duration::from_millis(100));
}

fn in_force(analysis: &Analysis) -> String {
    format!("{}.", say::capital(&analysis.in_force().join(" · ")))
}

/// What changed from the period before, if that is asked for.
#[component]
pub fn Compared() -> impl IntoView {
    let app = App::here();
    let wanted = Memo::new(move |_| app.filter.with(|filter| filter.compare));
    move || wanted.get().then(|| apart::show(|| Wanted::Compared))
}

/// It, in numbers.
pub fn comparison() -> AnyView {
    let analysis = Derived::here().analysis;
    let compared = Memo::new(move |_| analysis.with(|a| a.as_ref().map(|a| report::comparison(a))));
    let shown = move || {
        compared.get().map(|comparison| {
            let has_rows = !comparison.rows.is_empty();
            let rows = comparison.rows.into_iter().map(|row| {
                view! {
                    <tr class:compared__news=row.verdict == "more than noise">
                        <th scope="row">{row.what}</th>
                        <td class="numeric">{row.before}</td>
                        <td class="numeric">{row.now}</td>
                        <td class="numeric">{row.change}</td>
                        <td class="numeric">{row.between}</td>
                        <td>{t!(row.verdict)}</td>
                    </tr>
                }
            });
            view! {
                <section class="section" id="compared">
                    <h2>{comparison.finding}</h2>
                    <p class="quiet">{comparison.periods}{t!(" Changes have their 95\u{a0}% intervals.")}</p>
                    {has_rows.then(|| view! {
                    <div class="table" tabindex="0" role="region" aria-label=t!("What changed")>
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">{t!("Number")}</th>
                                    <th scope="col" class="numeric">{t!("Before")}</th>
                                    <th scope="col" class="numeric">{t!("Now")}</th>
                                    <th scope="col" class="numeric">{t!("Changed by")}</th>
                                    <th scope="col" class="numeric">{t!("Between")}</th>
                                    <th scope="col">{t!("Which is")}</th>
                                </tr>
                            </thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                    })}
                    <details class="more">
                        <summary>{t!("How changes are counted")}</summary>
                        <dl>
                            <dt>{t!("Periods")}</dt>
                            <dd>{t!("The days of the filter, or the last 12 weeks where it names no first day, and as many days before.")}</dd>
                            <dt>{t!("Items a week")}</dt>
                            <dd>{t!("Means of whole weeks, counted back from each period’s end; Welch’s interval.")}</dd>
                            <dt>{t!("Percentiles")}</dt>
                            <dd>{t!("Of what finished in each period; the interval is a bootstrap’s. None under 20 items on either side.")}</dd>
                            <dt>{t!("Shares")}</dt>
                            <dd>{t!("Newcombe’s interval of a difference of shares.")}</dd>
                            <dt>{t!("More than noise")}</dt>
                            <dd>{t!("The 95 % interval does not hold 0. Of twenty numbers that did not change, one says so by luck.")}</dd>
                        </dl>
                    </details>
                </section>
            }
        })
    };
    shown.into_any()
}
