//! What the user should know before going on, at the top of every page.

use std::sync::Arc;

use leptos::prelude::*;

use super::apart::{self, Wanted};
use super::intake::{self, Intake, Question, Trouble, Troubles};
use super::reading::{self, ReadingPanel};
use super::store::{self, Keeping, Why};
use super::visit::VisitNotice;
use super::work::Stop;
use super::{App, focus, journal, workspaces};
use crate::model::{Changes, Hints, Order, WarningKind};
use crate::report::say;

/// All notices there are.
#[component]
pub fn Notices() -> impl IntoView {
    let app = App::here();
    let sample = Memo::new(move |_| app.dataset.with(|data| data.as_ref().is_some_and(|data| data.sample)));
    // A file may have been chosen far down the page: the answer must not stay out of sight.
    Effect::new(move |_| {
        let asking = app.intake.with(|intake| matches!(intake, Intake::Asking(_)));
        if app.troubles.with(|troubles| !troubles.all.is_empty()) {
            focus("#troubles");
        } else if asking {
            focus("#asking");
        }
    });
    view! {
        {move || app.route.get().err().map(|unknown| view! {
            <div class="notice notice--trouble" role="alert"><p>{unknown.to_string()}{t!(" This is the first page.")}</p></div>
        })}
        {move || troubles_notice(app, app.troubles.get())}
        {move || intake_notice(app, app.intake.get())}
        {apart::notice(app)}
        <VisitNotice/>
        <UpdateNotice/>
        <ReadingPanel/>
        <UndoNotice/>
        <OrderQuestion/>
        {move || keeping_notice(app, app.keeping.get(), app.dataset.with(Option::is_some))}
        {move || sample.get().then(|| view! {
            <div class="notice">
                <p><strong>{t!("Sample data, made up. ")}</strong>{t!("No such team exists. Drop your own export here at any time.")}</p>
            </div>
        })}
    }
    .into_any()
}

/// Closes the topmost notice that can be closed without a decision.
pub fn close(app: App) {
    if app.troubles.with_untracked(|troubles| !troubles.all.is_empty()) {
        app.troubles.set(Troubles::default());
    } else if app.intake.with_untracked(|intake| matches!(intake, Intake::Reading { .. })) {
        return app.stop.with_value(Stop::now);
    } else if app.intake.with_untracked(|intake| matches!(intake, Intake::Asking(_))) {
        app.intake.set(Intake::Idle);
    } else if app.readings.with_untracked(|readings| !readings.is_empty()) {
        return reading::leave(app);
    } else {
        return;
    }
    focus("main h1");
}

fn troubles_notice(app: App, troubles: Troubles) -> Option<AnyView> {
    let each = |trouble: &Trouble| view! { <p><strong>{trouble.what()}</strong>" "{trouble.remedy()}</p> };
    let rest = match troubles.but_some_read {
        true => t!("What else was given has been read."),
        false => t!("Nothing that was here has changed."),
    };
    (!troubles.all.is_empty()).then(|| {
        view! {
            <div class="notice notice--trouble" role="alert" id="troubles" tabindex="-1">
                {troubles.all.iter().map(each).collect_view()}
                <p>{rest}</p>
                <div class="buttons">
                    <button type="button" class="button" on:click=move |_| close(app)>{t!("Close")}</button>
                </div>
            </div>
        }
        .into_any()
    })
}

fn intake_notice(app: App, intake: Intake) -> AnyView {
    match intake {
        Intake::Idle => ().into_any(),
        Intake::Reading { what } => {
            let next = move || {
                let next = app.next.with(|next| (!next.is_empty()).then(|| intake::called(next)));
                next.map(|next| say!(" Then: {next}."))
            };
            let percent = move || format!("{:.0}", 100.0 * app.progress.get());
            view! {
                <div class="notice notice--line">
                    <p role="status">{t!("Reading ")}{what}"…"{next}</p>
                    <progress max="100" value=percent aria-label=t!("How much is read")></progress>
                    <button type="button" class="button" on:click=move |_| app.stop.with_value(Stop::now)>{t!("Stop")}</button>
                </div>
            }
        }
        .into_any(),
        Intake::Asking(question) => apart::show(move || Wanted::Question(question.clone())),
    }
}

/// What is to be done with what was read.
pub fn asking(app: App, question: Arc<Question>) -> AnyView {
    let changes = &question.changes;
    let known = changes.changed.len() + changes.unchanged;
    let what = say!(
        "{} with {}, of which {} are here already.",
        say::and(&question.files()),
        say::items(question.items),
        say::number(known)
    );
    let vanished = changes.vanished.len();
    let without = RwSignal::new(false);
    let difference = difference(changes);
    let (joining, parting, replacing) = (question.clone(), question.clone(), question);
    let join = move |_| intake::join(app, &joining, without.get_untracked());
    let replace = move |_| intake::replace(app, &replacing);
    let apart = move |_| intake::apart(app, &parting);
    let remove = (vanished > 0).then(|| {
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || without.get()
                    on:change=move |event| without.set(event_target_checked(&event))/>
                {say!("Remove what the newer export no longer has ({})", say::number(vanished))}
            </label>
        }
    });
    view! {
        <div class="notice" role="alert" id="asking" tabindex="-1">
            <p><strong>{t!("Add this to your data, or put it in its place? ")}</strong>{what}</p>
            {difference}
            {remove}
            <div class="buttons">
                <button type="button" class="button button--main" on:click=join>{t!("Add and update")}</button>
                <button type="button" class="button" on:click=replace>{t!("Replace what is here")}</button>
                <button type="button" class="button" on:click=apart>{t!("Open it as another workspace")}</button>
                <button type="button" class="button button--quiet" on:click=move |_| close(app)>{t!("Cancel")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// What adding would change, each with its items on request.
fn difference(changes: &Changes) -> AnyView {
    const SHOWN: usize = 50;
    let keys = |keys: &[String]| keys.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let changed = changes
        .changed
        .iter()
        .take(SHOWN)
        .map(|change| format!("{}: {}", change.key, change.what.join("; ")));
    let lists = [
        (t!("new"), changes.new.len(), keys(&changes.new)),
        (t!("changed"), changes.changed.len(), changed.collect()),
        (t!("unchanged"), changes.unchanged, Vec::new()),
        (t!("no longer in the export"), changes.vanished.len(), keys(&changes.vanished)),
    ];
    let each = lists.into_iter().filter(|(_, count, _)| *count > 0).map(|(name, count, shown)| {
        let title = format!("{} {name}", say::number(count));
        if shown.is_empty() {
            return view! { <li>{title}</li> }.into_any();
        }
        let more = count.saturating_sub(shown.len());
        let more = (more > 0).then(|| view! { <li>{say!("and {} more", say::number(more))}</li> });
        let shown = shown.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <li><details class="more"><summary>{title}</summary><ul class="lines">{shown}{more}</ul></details></li>
        }
        .into_any()
    });
    view! { <ul class="difference">{each.collect_view()}</ul> }.into_any()
}

/// A new release has been fetched. This page goes on as it is.
#[component]
fn UpdateNotice() -> impl IntoView {
    let app = App::here();
    // It may have come while this page was still loading.
    let html = document().document_element();
    let ready = RwSignal::new(html.is_some_and(|html| html.get_attribute("data-update").is_some()));
    let listener = window_event_listener_untyped("ballpark-update", move |_| ready.set(true));
    on_cleanup(move || listener.remove());
    let reload = move |_| {
        // Where it is refused there is the browser's own button.
        let _ = window().location().reload();
    };
    move || {
        ready.get().then(|| {
            app.keeping.track();
            app.notes_keeping.track();
            let stays = workspaces::is_safe(app) && !matches!(app.keeping.get_untracked(), Keeping::Visiting(_));
            view! {
            <div class="notice notice--line" id="update" role="status">
                {match stays {
                    true => view! {
                        <p>{t!("A new version of Ballpark is ready. What is here stays.")}</p>
                        <button type="button" class="button" on:click=reload>{t!("Reload")}</button>
                    }.into_any(),
                    false => view! {
                        <p>{t!("A new version of Ballpark is ready. It comes with the next reload; what is not saved here would be lost by it.")}</p>
                    }.into_any(),
                }}
                <button type="button" class="button button--quiet" on:click=move |_| ready.set(false)>{t!("Later")}</button>
            </div>
            }
        })
    }
}

/// What was done last, and the way back.
#[component]
fn UndoNotice() -> impl IntoView {
    let app = App::here();
    move || {
        let taken = app.taken.get().map(|what| view! {
            <div class="notice notice--line" id="taken-back" role="status">
                <p>{say!("Taken back: {what}.")}</p>
                <button type="button" class="button" on:click=move |_| drop(journal::redo(app))>{t!("Redo")}</button>
                <button type="button" class="button button--quiet" on:click=move |_| app.taken.set(None)>{t!("Close")}</button>
            </div>
        });
        let just = app.just.get().map(|what| view! {
            <div class="notice notice--line" id="undo">
                <p>{say!("You {what}.")}</p>
                <button type="button" class="button" on:click=move |_| drop(journal::undo(app))>{t!("Undo")}</button>
                <button type="button" class="button button--quiet" on:click=move |_| app.just.set(None)>{t!("Close")}</button>
            </div>
        });
        (just, taken)
    }
}

/// Asks for the order of day and month where no date of a file tells it.
#[component]
fn OrderQuestion() -> impl IntoView {
    let app = App::here();
    let unclear = Memo::new(move |_| {
        app.dataset.with(|data| {
            let mut files = data.iter().flat_map(|data| &data.read_from);
            files.find_map(|file| {
                let warning = file.warnings.iter().find(|w| w.kind == WarningKind::AmbiguousDateOrder)?;
                let example = warning.places.first()?.what.clone();
                let kept = app.kept.with_value(|kept| kept.has(&file.file));
                kept.then(|| (file.file.clone(), file.shape.clone(), example))
            })
        })
    });
    move || {
        unclear.get().map(|(file, shape, example)| {
            let say = move |order: Order| {
                let (file, shape) = (file.clone(), shape.clone());
                move |_| {
                    app.settings.update(|settings| {
                        let hints: &mut Hints = settings.readings.entry(shape.clone()).or_default();
                        hints.order = Some(order);
                    });
                    intake::read_again(app, &file);
                }
            };
            view! {
                <div class="notice" role="alert" id="order">
                    <p>
                        <strong>{t!("Day or month first? ")}</strong>
                        {say!("Dates like {example} fit both, and no date in the file tells. They were read day first.")}
                    </p>
                    <div class="buttons">
                        <button type="button" class="button" on:click=say(Order::DayFirst)>{t!("The day comes first")}</button>
                        <button type="button" class="button" on:click=say(Order::MonthFirst)>{t!("The month comes first")}</button>
                    </div>
                </div>
            }
        })
    }
}

fn keeping_notice(app: App, keeping: Keeping, has_data: bool) -> AnyView {
    let trouble = |what: String, buttons: AnyView| {
        view! {
            <div class="notice notice--trouble" role="alert">
                <p>{what}</p>
                <div class="buttons">{buttons}</div>
            </div>
        }
        .into_any()
    };
    match keeping {
        Keeping::Nothing | Keeping::Saved | Keeping::Visiting(_) => ().into_any(),
        Keeping::ThisTabOnly(_) if !has_data => ().into_any(),
        Keeping::ThisTabOnly(why) => {
            let why = match why {
                Why::Blocked => t!("This browser allows the page no storage.").to_owned(),
                Why::Full { bytes } => say!(
                    "The browser's storage has no room for this data ({}). What was saved before is unchanged.",
                    if bytes < 100_000 {
                        say!("{} kB", bytes.div_ceil(1000))
                    } else {
                        say!("{:.1} MB", bytes as f64 / 1e6)
                    }
                ),
                Why::Refused => t!("The browser refused to store the data.").to_owned(),
            };
            trouble(
                say!("{why} Everything works, but the data is gone when this tab closes. A file keeps it: drop it on this page to go on another time."),
                view! { <button type="button" class="button" on:click=move |_| workspaces::save_as_file(app)>{t!("Save it as a file")}</button> }.into_any(),
            )
        }
        Keeping::NotOurs(error) => {
            let set_aside = move |_| store::set_aside_and_save(app);
            let button = has_data.then(|| view! {
                <button type="button" class="button" on:click=set_aside>{t!("Set the old data aside and save this")}</button>
            });
            trouble(
                say!(
                    "The data saved in this browser {error}. It is left as it is, and what you do here lasts until this tab closes."
                ),
                button.into_any(),
            )
        }
        Keeping::OtherTabDeleted => {
            let buttons = view! {
                <button type="button" class="button button--main" on:click=move |_| store::overwrite(app)>{t!("Keep this one and save it")}</button>
                <button type="button" class="button" on:click=move |_| store::take_over(app)>{t!("Delete it here too")}</button>
            };
            trouble(t!("Another tab has deleted the saved data.").to_owned(), buttons.into_any())
        }
        Keeping::OtherTab => {
            let buttons = view! {
                <button type="button" class="button button--main" on:click=move |_| store::take_over(app)>{t!("Show what the other tab saved")}</button>
                <button type="button" class="button" on:click=move |_| store::overwrite(app)>{t!("Keep this one and save it")}</button>
            };
            trouble(
                t!("Another tab has changed the saved data. Until you choose, nothing from this tab is saved.")
                    .to_owned(),
                buttons.into_any(),
            )
        }
    }
}
