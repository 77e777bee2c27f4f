//! The data itself: what was read and how, what was odd about it, what the numbers are counted by, and
//! where it lies.

use leptos::prelude::*;

use super::counting::{CountingFields, changed};
use super::figure::NumberTable;
use super::intake;
use super::meanings::Meanings;
use super::store::{self, Keeping, Why};
use super::welcome::DropZone;
use super::workspaces::Workspaces;
use super::{App, Derived, focus};
use crate::import;
use crate::model::{Counting, Dataset, Date, Fact, Fix, Notebook, Warning, WarningKind, Zone};
use crate::report::{Column, Counts, Selection, Table, say};

/// The page.
#[component]
pub fn Data() -> impl IntoView {
    let app = App::here();
    let has_data = Memo::new(move |_| app.dataset.with(Option::is_some));
    // The files change with the data, not with what is counted of it.
    let analysis = Derived::here().analysis;
    let shown = Memo::new(move |_| {
        analysis.with(|analysis| analysis.as_ref().map(|analysis| analysis.whole().clone()))
    });
    view! {
        <div class="stack">
            <h1 tabindex="-1">{t!("Data")}</h1>
            <p class="lead">
                {move || if has_data.get() {
                    t!("What was read, what was noticed, and what the numbers are counted by.")
                } else {
                    t!("There is no data yet.")
                }}
            </p>
        </div>
        {move || shown.get().map(|data| view! {
            <Read data/>
            <Noticed/>
            <Meanings/>
        })}
        {move || if has_data.get() {
            view! { <DropZone small=true/> }.into_any()
        } else {
            view! {
                <DropZone>
                    <button type="button" class="button" on:click=move |_| intake::take_sample(app)>
                        {t!("Try it with sample data")}
                    </button>
                </DropZone>
            }
            .into_any()
        }}
        {move || has_data.get().then(|| view! {
            <CountedBy/>
        })}
        {move || (has_data.get() || app.keeping.get() != Keeping::Nothing || !store::set_aside(app).is_empty()
            || app.notebook.with(|notebook| !notebook.is_empty())).then(|| view! { <Kept/> })}
        {store::is_available().then(|| view! { <Workspaces/> })}
    }
    .into_any()
}

/// How a file was understood, which is kept in English: "workbook, sheet "Stories", decimal comma".
fn understood(kept: &str) -> String {
    let part = |part: &str| match part.strip_prefix("sheet ") {
        Some(name) => say!("sheet {name}"),
        None => match part {
            "workbook" => t!("workbook"),
            "times without a zone" => t!("times without a zone"),
            "taken as they stand" => t!("taken as they stand"),
            part => t!(part),
        }
        .to_owned(),
    };
    kept.split(", ").map(part).collect::<Vec<_>>().join(", ")
}

/// What a column was taken for, which is kept in English: "started: Activated Date".
fn column(kept: &str) -> String {
    let fact = kept.split_once(": ").and_then(|(name, header)| {
        let fact = Fact::ALL.iter().find(|fact| fact.english().to_lowercase() == name)?;
        Some(format!("{}: {header}", say::within(fact.label())))
    });
    fact.unwrap_or_else(|| kept.to_owned())
}

#[component]
fn Read(data: Dataset) -> impl IntoView {
    let analysis = Derived::here().analysis;
    let app = App::here();
    let files = data.read_from.iter().map(|file| {
        let importer = import::importer(&file.importer).map_or(file.importer.as_str(), |i| i.label);
        let name = file.file.clone();
        // There is something to choose about tables only.
        let is_table = import::table_importers().any(|importer| importer.id == file.importer);
        let kept = is_table && app.kept.with_value(|kept| kept.has(&name));
        let again = kept.then(|| {
            let name = name.clone();
            view! {
                <button type="button" class="button" on:click=move |_| intake::ask_how_to_read(app, &name)>
                    {t!("Change how it is read")}
                </button>
            }
        });
        let columns = file.columns.iter().map(|said| view! { <li>{column(said)}</li> }).collect::<Vec<_>>();
        view! {
            <li>
                <p>
                    <strong>{file.file.clone()}</strong>": "{t!(importer).to_owned()}", "
                    {say::items(file.items as usize)}
                </p>
                <p class="quiet">{understood(&file.understood)}"."</p>
                <details class="more">
                    <summary>{t!("Which column is what")}</summary>
                    <ul class="lines">{columns}</ul>
                </details>
                {again}
            </li>
        }
    });
    view! {
        <section class="section" id="files">
            <h2>{t!("Files")}</h2>
            <ul class="notes">{files.collect_view()}</ul>
            {move || analysis.get().map(|analysis| states(app, analysis.counts))}
        </section>
    }
    .into_any()
}

/// Where the items stand, each number with its items.
fn states(app: App, counts: Counts) -> impl IntoView {
    let rows = [
        (t!("Read"), counts.read, Some(Selection::All)),
        (t!("Finished"), counts.finished, Some(Selection::Done)),
        (t!("In progress"), counts.in_progress, None),
        (t!("Not started"), counts.not_started, Some(Selection::NotStarted)),
        (t!("Cancelled"), counts.cancelled, Some(Selection::Cancelled)),
        (t!("Came up after that day"), counts.not_yet_known, Some(Selection::NotYetKnown)),
        ("Rows skipped", counts.skipped, None),
    ];
    let always = 4;
    let analysis = Derived::here().analysis;
    let row = move |(name, n, selection): (&'static str, usize, Option<Selection>)| {
        let open = move |_| {
            if let Some(analysis) = analysis.get_untracked() {
                let selection = selection.clone().unwrap_or(Selection::InProgress(analysis.as_of));
                app.open(&analysis, format!("{name}: {}", say::items(n)), &selection);
            }
        };
        let number = match name == "Rows skipped" || n == 0 {
            true => say::number(n).into_any(),
            false => view! {
                <button type="button" class="link" on:click=open>
                    {say::number(n)}<span class="visually-hidden">{say!(" {}: show them", say::within(name))}</span>
                </button>
            }
            .into_any(),
        };
        view! { <tr><td>{t!(name)}</td><td class="numeric">{number}</td></tr> }
    };
    let rows: Vec<_> = rows.into_iter().enumerate().filter(|(i, (_, n, _))| *i < always || *n > 0).collect();
    let rows = rows.into_iter().map(|(_, of)| row(of)).collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=t!("Items")>
            <table>
                <caption>{t!("Items")}</caption>
                <thead><tr><th scope="col">{t!("State")}</th><th scope="col" class="numeric">{t!("Items")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Noticed() -> impl IntoView {
    let analysis = Derived::here().analysis;
    let warnings = move || analysis.get().map(|analysis| analysis.warnings().to_vec()).unwrap_or_default();
    let cannot = move || -> Vec<&'static str> {
        let Some(analysis) = analysis.get() else { return Vec::new() };
        let why = [
            analysis.no_cycle_time(),
            analysis.no_lead_time(),
            analysis.no_throughput(),
            analysis.no_age(),
            analysis.no_time_in_stage(),
        ];
        let mut why: Vec<&str> = why.into_iter().flatten().collect();
        why.dedup();
        why
    };
    view! {
        <section class="section">
            <h2>{t!("What was noticed")}</h2>
            {move || Some(cannot().join(" ")).filter(|said| !said.is_empty()).map(|said| view! { <p>{said}</p> })}
            {move || match warnings().as_slice() {
                [] => view! { <p>{t!("Nothing odd: every row was read, and no date contradicts another.")}</p> }.into_any(),
                warnings => view! {
                    <ul class="notes">
                        {warnings.iter().map(|warning| view! { <Note warning=warning.clone()/> }).collect_view()}
                    </ul>
                }
                .into_any(),
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Note(warning: Warning) -> impl IntoView {
    let what = format!("{} {}.", say::counted(warning.count as usize, "row", "rows"), warning.kind.what());
    let more = (warning.count as usize).saturating_sub(warning.places.len());
    let rows = warning
        .places
        .iter()
        .map(|place| vec![place.line.to_string(), place.what.clone(), place.file.clone()]);
    let title = match more {
        0 => t!("Where").to_owned(),
        more => say!("The first {}; {} more", warning.places.len(), say::number(more)),
    };
    let fix = fix(warning.kind, &warning);
    let has_files = warning.places.iter().any(|place| !place.file.is_empty());
    let table = match has_files {
        true => Table {
            title,
            columns: vec![Column::number(t!("Line")), Column::text(t!("What")), Column::text(t!("File"))],
            rows: rows.collect(),
        },
        false => Table {
            title,
            columns: vec![Column::number(t!("Line")), Column::text(t!("Item"))],
            rows: rows.map(|row| row.into_iter().take(2).collect()).collect(),
        },
    };
    view! {
        <li>
            <p><strong>{what}</strong></p>
            <p class="quiet">{warning.kind.done()}" "{fix}</p>
            <details class="more"><summary>{t!("Show them")}</summary><NumberTable table/></details>
        </li>
    }
    .into_any()
}

/// What helps, next to what was noticed.
fn fix(kind: WarningKind, warning: &Warning) -> Option<AnyView> {
    let app = App::here();
    let button = |text: &'static str, on_click: Box<dyn Fn()>| {
        view! { <button type="button" class="link" on:click=move |_| on_click()>{text}</button> }.into_any()
    };
    match kind.fix()? {
        Fix::Statuses => Some(button(t!("Say what the statuses mean."), Box::new(|| focus("#statuses")))),
        Fix::Reading => {
            let file = warning.places.iter().map(|place| place.file.clone()).find(|file| !file.is_empty())?;
            if !app.kept.with_value(|kept| kept.has(&file)) {
                return Some(t!("Open the file again to change how it is read.").into_any());
            }
            let ask = move || intake::ask_how_to_read(app, &file);
            Some(button(t!("Change how the file is read."), Box::new(ask)))
        }
        Fix::Tracker => Some(t!("To put it right, correct them in the tracker and export again.").into_any()),
    }
}

#[component]
fn CountedBy() -> impl IntoView {
    let app = App::here();
    let analysis = Derived::here().analysis;
    let as_of = Memo::new(move |_| {
        analysis.get().map(|analysis| (analysis.basis.as_of, analysis.basis.as_of_chosen))
    });
    let zone_trouble = RwSignal::new(None::<String>);
    let as_of_trouble = RwSignal::new(None::<String>);
    let range = move || {
        let analysis = analysis.get_untracked()?;
        let first = analysis.basis.dates.iter().flat_map(|dates| dates.days()).min()?;
        Some((first, analysis.today()))
    };
    let set_as_of = move |event| {
        let day: Result<Date, _> = event_target_value(&event).parse();
        let range = range();
        let fits = |day: &Date| range.is_some_and(|(first, today)| (first..=today).contains(day));
        match day.ok().filter(fits) {
            Some(day) => {
                as_of_trouble.set(None);
                app.settings.update(|settings| settings.as_of = Some(day));
            }
            None => as_of_trouble.set(range.map(|(first, today)| {
                let (first, today) = (say::date(first), say::date(today));
                say!("Choose a day from {first}, the first in the data, to today, {today}. The day was not changed.")
            })),
        }
    };
    let set_zone = move |event| {
        let name = event_target_value(&event);
        let read = if name.trim().is_empty() { Ok(None) } else { Zone::named(&name).map(Some) };
        match read {
            Ok(zone) => {
                zone_trouble.set(None);
                app.settings.update(|settings| settings.zone = zone.map(|zone| zone.name().to_owned()));
            }
            Err(error) => zone_trouble.set(Some(say!("{error}. The zone was not changed."))),
        }
    };
    let back = move |_| {
        as_of_trouble.set(None);
        app.settings.update(|settings| settings.as_of = None);
        focus("#as-of");
    };
    let usual = move |_| {
        app.settings.update(|settings| {
            let Counting { events, baseline, me, .. } = std::mem::take(&mut settings.counting);
            settings.counting = Counting { events, baseline, me, ..Counting::default() };
        });
    };
    let as_of_value = move || as_of.get().map(|(day, _)| day.to_string());
    let chosen = move || as_of.get().is_some_and(|(_, chosen)| chosen);
    let zone_name = move || analysis.get().map(|analysis| analysis.zone().name().to_owned());
    view! {
        <section class="section" id="counting" tabindex="-1">
            <h2>{t!("What the numbers are counted by")}</h2>
            <div class="fields">
                <div class="field">
                    <label for="as-of">{t!("As of")}</label>
                    <input id="as-of" type="date" prop:value=as_of_value on:change=set_as_of aria-describedby="as-of-help as-of-trouble" aria-invalid=move || as_of_trouble.get().is_some().to_string()/>
                    <p class="field__trouble" id="as-of-trouble" role="alert">{move || as_of_trouble.get()}</p>
                    <p class="quiet" id="as-of-help">{t!("The day the numbers speak for. By default the last day on which an item was created, started, finished or cancelled.")}</p>
                    {move || chosen().then(|| view! {
                        <button type="button" class="button" on:click=back>
                            {t!("Back to the last day")}
                        </button>
                    })}
                </div>
                <div class="field">
                    <label for="zone">{t!("Time zone")}</label>
                    <input
                        id="zone"
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=zone_name
                        on:change=set_zone
                        aria-describedby="zone-help zone-trouble"
                        aria-invalid=move || zone_trouble.get().is_some().to_string()
                    />
                    <p class="quiet" id="zone-help">
                        {t!("Exact times, as Shortcut and Linear export them, are turned into days of this zone, like Europe/Berlin. Dates without a zone stay as they are.")}
                    </p>
                    <p class="field__trouble" id="zone-trouble" role="alert">{move || zone_trouble.get()}</p>
                </div>
            </div>
            <CountingFields/>
            {move || app.settings.with(|settings| changed(&settings.counting)).map(|said| view! {
                <p class="quiet">
                    {said}". "
                    <button type="button" class="link" on:click=usual>{t!("Count as usual again")}</button>
                </p>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Kept() -> impl IntoView {
    let app = App::here();
    let sure = RwSignal::new(false);
    let where_it_is = move || match app.keeping.get() {
        Keeping::Saved | Keeping::Nothing
            if app.dataset.with(Option::is_none) && app.notebook.with(|notebook| !notebook.is_empty()) =>
        {
            t!("There is no export. The notebook is saved in this browser, and nowhere else.")
        }
        _ if app.dataset.with(Option::is_none) && app.notebook.with(Notebook::is_empty) => {
            t!("There is none in this tab. What lies in this browser is left as it is.")
        }
        Keeping::Saved => t!("It is saved in this browser, and nowhere else."),
        Keeping::Nothing => t!("It is being saved in this browser."),
        Keeping::ThisTabOnly(Why::Blocked) => t!("It is only in this tab: the browser allows no storage."),
        Keeping::ThisTabOnly(Why::Full { .. } | Why::Refused) => {
            t!("It is only in this tab: it could not be stored.")
        }
        Keeping::Visiting(_) => t!("It is somebody else’s, and only in this tab until you copy it."),
        Keeping::NotOurs(_) | Keeping::OtherTab | Keeping::OtherTabDeleted => {
            t!("It is only in this tab, until you choose above.")
        }
    };
    let aside = move || {
        app.keeping.track();
        let n = store::set_aside(app).len();
        (n > 0).then(|| {
            say!(
                "Set aside, from before: {}.",
                say::counted(n, t!("older set of data"), t!("older sets of data"))
            )
        })
    };
    let forget = move |_| {
        store::forget(app);
        app.said.set(t!("The data was deleted.").to_owned());
        focus("main h1");
    };
    let own = Memo::new(move |_| {
        app.notebook.with(|notebook| notebook.records.iter().filter(|record| !record.sample).count())
    });
    let has_both = Memo::new(move |_| own.get() > 0 && app.dataset.with(Option::is_some));
    let forget_exports = move |_| {
        store::forget_exports(app);
        app.said.set(t!("The exports were deleted. The notebook is still there.").to_owned());
        focus("main h1");
    };
    let ask = move |_| {
        sure.set(true);
        focus("#sure");
    };
    let keep = move || {
        sure.set(false);
        focus("#delete");
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && sure.get_untracked() {
            keep();
        }
    };
    view! {
        <section class="section">
            <h2>{t!("Where your data is")}</h2>
            <p>{where_it_is}" "{aside}</p>
            {move || (own.get() > 0).then(|| view! {
                <p>{say!("The notebook holds {} of yours. Deleting all deletes them too.", say::counted(own.get(), "entry", "entries"))}</p>
            })}
            <div class="buttons" on:keydown=escape>
                {move || if matches!(app.keeping.get(), Keeping::Visiting(_)) {
                    ().into_any()
                } else if sure.get() {
                    view! {
                        <button type="button" class="button button--main" id="sure" on:click=forget>
                            {t!("Yes, delete all of it")}
                        </button>
                        {has_both.get().then(|| view! {
                            <button type="button" class="button" on:click=forget_exports>{t!("Delete the exports, keep the notebook")}</button>
                        })}
                        <button type="button" class="button" on:click=move |_| keep()>{t!("Keep it")}</button>
                    }
                    .into_any()
                } else {
                    view! {
                        <button type="button" class="button" id="delete" on:click=ask>{t!("Delete it from this browser")}</button>
                    }
                    .into_any()
                }}
            </div>
        </section>
    }
    .into_any()
}
