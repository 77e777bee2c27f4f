//! The frame around every chart: its finding, the picture with everything that can be pointed at, its
//! caveats, its numbers as tables, and files to save.
//!
//! One walks through a chart's marks with the arrow keys or the pointer; Enter or a click opens the items
//! behind one; where the horizontal axis is time, dragging across it looks at these days only.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

use super::apart::{self, Wanted};
use super::{App, Derived, save, work};
use crate::charts::{self, Chart, Mark, Plate, Size};
use crate::model::Filter;
use crate::report::{Analysis, Column, Table, say};

/// A chart, redrawn to the width of its place. Where the data can't support it, the place says so.
#[component]
pub fn PlateFigure(plate: &'static Plate) -> impl IntoView {
    let figure = plate.figure;
    let id = figure.id;
    let Derived { analysis, replays, .. } = Derived::here();
    // What shows a forecast is drawn again when its past was replayed.
    let follow = move || {
        if plate.is_forecast {
            replays.track();
        }
    };
    let text = Memo::new(move |_| {
        follow();
        analysis.with(|a| a.as_ref().map(|a| (figure.text)(a)))
    });
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let width = width_of(place);
    let chart = RwSignal::new(None::<Result<Arc<Chart>, String>>);
    let latest = StoredValue::new(0u32);
    Effect::new(move |_| {
        follow();
        let (Some(width), shown) = (width.get().filter(|&width| width > 0), analysis.get()) else { return };
        let draw = move || {
            let drawn = shown.as_ref().and_then(|a| (plate.draw)(a, Size::for_width(width)));
            chart.set(drawn.map(|drawn| drawn.map(Arc::new).map_err(|error| error.to_string())));
        };
        latest.update_value(|n| *n = n.wrapping_add(1));
        // A forecast is drawn after its answers are painted.
        if !plate.is_forecast
            && analysis.with_untracked(|a| a.as_ref().is_none_or(|a| a.data.items.len() < MANY))
        {
            return draw();
        }
        // Each chart of much data in a task of its own, so that the page answers in between.
        let this = latest.get_value();
        spawn_local(async move {
            work::pause().await;
            if latest.try_get_value() == Some(this) {
                draw();
            }
        });
    });
    let finding = Memo::new(move |_| {
        text.with(|text| text.as_ref().and_then(|text| text.as_ref().ok()).map(|text| text.finding.clone()))
    });
    let is_drawn = Memo::new(move |_| finding.with(Option::is_some));
    let caption = move || {
        text.with(|text| text.as_ref().and_then(|text| text.as_ref().ok()).map(|text| text.caption.clone()))
    };
    let why_none = move || text.with(|text| text.as_ref().and_then(|text| text.as_ref().err().cloned()));
    view! {
        <figure class="figure section" id=id>
            {move || match finding.get() {
                Some(finding) => view! { <h2 class="figure__finding" id=format!("{id}-finding")>{finding}</h2> }.into_any(),
                None => view! {
                    <h2 class="figure__name">{t!(figure.name)}</h2>
                    <p class="quiet prose">{why_none}</p>
                }
                .into_any(),
            }}
            <div node_ref=place hidden=move || finding.with(Option::is_none)>
                {move || match chart.get() {
                    Some(Ok(chart)) => view! { <Picture id chart finding/> }.into_any(),
                    Some(Err(error)) => view! { <p role="alert">{error}</p> }.into_any(),
                    None => view! { <div class="figure__picture"></div> }.into_any(),
                }}
            </div>
            // What the reader has opened stays open while numbers change.
            {move || is_drawn.get().then(|| view! {
                <figcaption class="quiet prose">{caption}</figcaption>
                <Numbers id chart tables=Callback::new(move |()| {
                    analysis.with(|a| a.as_ref().map(|a| (figure.tables)(a))).unwrap_or_default()
                })/>
            })}
        </figure>
    }
    .into_any()
}

/// The drawing with a layer over it that knows what lies where.
#[component]
pub fn Picture(id: &'static str, chart: Arc<Chart>, finding: Memo<Option<String>>) -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let chart = StoredValue::new(chart);
    // The mark that is pointed at, and the stretch that is being dragged over.
    let at = RwSignal::new(None::<usize>);
    let drag = RwSignal::new(None::<(i32, i32)>);
    let marks = chart.with_value(|chart| chart.marks.len());
    let time = chart.with_value(|chart| chart.time);
    let mark = move || at.get().and_then(|at| chart.with_value(|chart| chart.marks.get(at).cloned()));
    let says =
        Memo::new(move |_| mark().and_then(|mark| analysis.with(|a| Some(said(a.as_deref()?, &mark)))));
    let open = move |mark: Mark| {
        let Some(analysis) = analysis.get_untracked() else { return };
        if let Some(selection) = &mark.opens {
            app.open(&analysis, said(&analysis, &mark), selection);
        }
    };
    let moved = move |event: ev::PointerEvent| {
        let (x, y) = (event.offset_x(), event.offset_y());
        if let Some((from, _)) = drag.get_untracked() {
            drag.set(Some((from, x)));
        }
        at.set(chart.with_value(|chart| nearest(&chart.marks, x, y)));
    };
    let pressed = move |event: ev::PointerEvent| {
        if time.is_some() && event.button() == 0 && event.pointer_type() != "touch" {
            drag.set(Some((event.offset_x(), event.offset_x())));
        }
    };
    let released = move |event: ev::PointerEvent| {
        let dragged = drag.get_untracked().filter(|(from, to)| (from - to).abs() >= DRAGGED);
        drag.set(None);
        match (dragged, time) {
            (Some((from, to)), Some(time)) => {
                let (first, last) = (time.day_at(from.min(to)), time.day_at(from.max(to)));
                let filter = app.filter.get_untracked();
                app.filter_by(&Filter { from: Some(first), to: Some(last), ..filter });
            }
            _ => {
                let found = chart.with_value(|chart| {
                    let place = nearest(&chart.marks, event.offset_x(), event.offset_y())?;
                    chart.marks.get(place).cloned()
                });
                if let Some(mark) = found {
                    open(mark);
                }
            }
        }
    };
    let left = move |_| {
        at.set(None);
        drag.set(None);
    };
    let key = move |event: ev::KeyboardEvent| {
        let last = marks.saturating_sub(1);
        let now = at.get_untracked();
        let next = match event.key().as_str() {
            _ if marks == 0 => return,
            "ArrowRight" | "ArrowDown" => Some(now.map_or(0, |now| (now + 1).min(last))),
            "ArrowLeft" | "ArrowUp" => Some(now.map_or(last, |now| now.saturating_sub(1))),
            "PageDown" => Some(now.map_or(0, |now| (now + 10).min(last))),
            "PageUp" => Some(now.map_or(last, |now| now.saturating_sub(10))),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" if now.is_some() => None,
            "Enter" | " " => {
                event.prevent_default();
                return mark().into_iter().for_each(open);
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
    };
    let size = chart.with_value(|chart| chart.size);
    let svg = chart.with_value(|chart| chart.svg.clone());
    let tip_left = move || {
        // On the side where there is more room.
        mark().map_or(String::new(), |mark| match mark.at.0 * 2 > size.width as i32 {
            true => "auto".to_owned(),
            false => format!("{}px", mark.at.0 + 12),
        })
    };
    let tip_right = move || {
        mark().map_or(String::new(), |mark| match mark.at.0 * 2 > size.width as i32 {
            true => format!("{}px", size.width as i32 - mark.at.0 + 12),
            false => "auto".to_owned(),
        })
    };
    let tip_top = move || mark().map_or(String::new(), |mark| format!("{}px", (mark.at.1 - 12).max(0)));
    let hand = if time.is_some() { t!("Drag across days to look at these only.") } else { "" };
    view! {
        <div class="figure__picture">
            <div aria-hidden="true" inner_html=svg></div>
            <div
                class="figure__reach"
                style:width=format!("{}px", size.width)
                style:height=format!("{}px", size.height)
                tabindex="0"
                role="application"
                aria-roledescription="chart"
                aria-label=move || finding.get().unwrap_or_default()
                aria-describedby=format!("{id}-keys")
                on:pointermove=moved
                on:pointerdown=pressed
                on:pointerup=released
                on:pointerleave=left
                on:keydown=key
                on:blur=move |_| at.set(None)
            ></div>
            <span class="visually-hidden" id=format!("{id}-keys")>
                {say!("{} points. Arrow keys walk through them, Enter opens what is behind one. The numbers are in a table below. {hand}", say::number(marks))}
            </span>
            {move || drag.get().map(|(from, to)| view! {
                <div
                    class="figure__drag"
                    style:left=format!("{}px", from.min(to))
                    style:width=format!("{}px", (from - to).abs())
                    style:height=format!("{}px", size.height)
                ></div>
            })}
            {move || mark().map(|mark| view! {
                <div class="figure__at" style:left=format!("{}px", mark.at.0) style:top=format!("{}px", mark.at.1)></div>
            })}
            <div
                class="figure__tip"
                role="status"
                hidden=move || says.with(Option::is_none)
                style:left=tip_left
                style:right=tip_right
                style:top=tip_top
            >
                {move || says.get()}
            </div>
        </div>
    }
    .into_any()
}

/// Fewer items than these draw in no time.
const MANY: usize = 20_000;

/// A pointer that moved less between down and up has clicked.
const DRAGGED: i32 = 8;

/// What a mark says.
fn said(analysis: &Analysis, mark: &Mark) -> String {
    match &mark.opens {
        Some(selection) if mark.says.is_empty() => charts::spot_says(analysis, selection),
        _ => mark.says.clone(),
    }
}

/// The mark that a pointer means: the nearest within reach, or on the same height of the horizontal axis.
fn nearest(marks: &[Mark], x: i32, y: i32) -> Option<usize> {
    const REACH: i32 = 40;
    // Sideways counts double: points of a series are told apart by their place in time.
    let far = |mark: &Mark| 4 * (mark.at.0 - x).pow(2) + (mark.at.1 - y).pow(2);
    let (place, mark) = marks.iter().enumerate().min_by_key(|(_, mark)| far(mark))?;
    let near = far(mark) <= 4 * REACH * REACH || (mark.at.0 - x).abs() <= 6;
    near.then_some(place)
}

/// The numbers as tables, and files to save. Built when they are asked for.
#[component]
pub fn Numbers(
    id: &'static str,
    chart: RwSignal<Option<Result<Arc<Chart>, String>>>,
    tables: Callback<(), Vec<Table>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggled = move |event: ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    view! {
        <details class="more" on:toggle=toggled>
            <summary>{t!("The numbers as a table, and to save")}</summary>
            {move || open.get().then(|| apart::show(move || Wanted::Numbers(Drawn { id, chart, tables })))}
        </details>
    }
    .into_any()
}

/// A chart that is shown, and what it shows.
#[derive(Clone, Copy)]
pub struct Drawn {
    id: &'static str,
    chart: RwSignal<Option<Result<Arc<Chart>, String>>>,
    tables: Callback<(), Vec<Table>>,
}

/// Its numbers as tables, and files to save.
pub fn numbers(Drawn { id, chart, tables }: Drawn) -> AnyView {
    let drawn = move || chart.get_untracked().and_then(Result::ok);
    let name = move || format!("ballpark-{id}");
    view! {
        <div class="buttons">
            <button type="button" class="button button--small" on:click=move |_| save::save_csv(&name(), &untrack(|| tables.run(())))>
                {t!("Save as CSV")}
            </button>
            <button type="button" class="button button--small" on:click=move |_| drawn().iter().for_each(|chart| save::save_svg(&name(), chart))>
                {t!("Save as SVG")}
            </button>
            <button type="button" class="button button--small" on:click=move |_| drawn().iter().for_each(|chart| save::save_png(&name(), chart))>
                {t!("Save as PNG")}
            </button>
        </div>
        {move || tables.run(()).into_iter().map(|table| view! { <NumberTable table/> }).collect_view()}
    }
    .into_any()
}

/// The width of an element in CSS pixels, followed as it changes; `None` before it is laid out.
pub fn width_of(place: NodeRef<leptos::html::Div>) -> ReadSignal<Option<u32>> {
    let (width, set_width) = signal(None);
    Effect::new(move |watching: Option<bool>| {
        let Some(element) = place.get() else { return false };
        if watching == Some(true) {
            return true;
        }
        let measured = element.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let now = u32::try_from(measured.client_width()).ok();
            if width.get_untracked() != now {
                set_width.set(now);
            }
        });
        let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return false };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, measure));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
        true
    });
    width
}

/// A table that scrolls in its own box.
#[component]
pub fn NumberTable(table: Table) -> impl IntoView {
    let Table { title, columns, rows } = table;
    let class = |column: &Column| matches!(column, Column::Number(_)).then_some("numeric");
    let classes: Vec<_> = columns.iter().map(class).collect();
    let names = columns.iter().zip(&classes).map(|(column, &class)| {
        view! { <th scope="col" class=class>{column.name().to_owned()}</th> }
    });
    let names = names.collect_view();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().zip(classes.iter().copied());
        let cells = cells.map(|(cell, class)| view! { <td class=class>{cell}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let label = title.clone();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=label>
            <table>
                <caption>{title}</caption>
                <thead>
                    <tr>{names}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
