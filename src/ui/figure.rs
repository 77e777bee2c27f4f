//! The frame around every chart: finding, picture, caveats, numbers as tables.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

use crate::charts::{ChartError, Size};
use crate::report::{Column, FigureText, Table};

/// A chart, redrawn to the width of its place. Where the data can't support it, the place says so.
#[component]
pub fn Figure<D>(
    /// Stable name, for tests and links.
    id: &'static str,
    /// The words around the picture, or why there is none; nothing while there is no data.
    text: Memo<Option<Result<FigureText, &'static str>>>,
    /// Draws the picture, if there is one.
    draw: D,
) -> impl IntoView
where
    D: Fn(Size) -> Option<Result<String, ChartError>> + Copy + Send + Sync + 'static,
{
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let width = width_of(place);
    let svg = Memo::new(move |_| {
        let width = width.get().filter(|&width| width > 0)?;
        draw(Size::for_width(width)).map(|drawn| drawn.map_err(|error| error.to_string()))
    });
    let finding = Memo::new(move |_| {
        text.with(|text| text.as_ref().and_then(|text| text.as_ref().ok()).map(|text| text.finding.clone()))
    });
    let why_none = move || text.with(|text| text.as_ref().and_then(|text| text.as_ref().err().copied()));
    view! {
        <figure class="figure section" id=id>
            {move || match finding.get() {
                Some(finding) => view! { <h2 class="figure__finding">{finding}</h2> }.into_any(),
                None => view! { <p class="quiet">{why_none()}</p> }.into_any(),
            }}
            <div node_ref=place hidden=move || finding.with(Option::is_none)>
                {move || match svg.get() {
                    Some(Ok(svg)) => view! {
                        <div
                            class="figure__picture"
                            role="img"
                            aria-label=move || finding.get().map(|finding| format!("Chart. {finding}"))
                            inner_html=svg
                        ></div>
                    }
                    .into_any(),
                    Some(Err(error)) => view! { <p role="alert">{error}</p> }.into_any(),
                    None => view! { <div class="figure__picture"></div> }.into_any(),
                }}
            </div>
            {move || text.get().and_then(Result::ok).map(|text| view! {
                <figcaption class="quiet prose">{text.caption}</figcaption>
                <details class="more">
                    <summary>"The numbers as a table"</summary>
                    {text.tables.into_iter().map(|table| view! { <NumberTable table/> }).collect_view()}
                </details>
            })}
        </figure>
    }
    .into_any()
}

/// The width of an element in CSS pixels, followed as it changes; `None` before it is laid out.
fn width_of(place: NodeRef<leptos::html::Div>) -> ReadSignal<Option<u32>> {
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
        let (Column::Text(name) | Column::Number(name)) = *column;
        view! { <th scope="col" class=class>{name}</th> }
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
