//! What the user should know before going on, at the top of every page.

use leptos::prelude::*;

use super::intake::{self, Intake, Trouble, Troubles};
use super::store::{self, Keeping, Why};
use super::{App, focus};
use crate::model::Workspace;
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
            <div class="notice notice--trouble" role="alert"><p>{unknown.to_string()}" This is the first page."</p></div>
        })}
        {move || troubles_notice(app, app.troubles.get())}
        {move || intake_notice(app, app.intake.get())}
        {move || keeping_notice(app, app.keeping.get(), app.dataset.with(Option::is_some))}
        {move || sample.get().then(|| view! {
            <div class="notice">
                <p><strong>"Sample data, made up. "</strong>"No such team exists. Drop your own export here at any time."</p>
            </div>
        })}
    }
    .into_any()
}

/// Closes the topmost notice that can be closed without a decision.
pub fn close(app: App) {
    if app.troubles.with_untracked(|troubles| !troubles.all.is_empty()) {
        app.troubles.set(Troubles::default());
    } else if app.intake.with_untracked(|intake| matches!(intake, Intake::Asking(_))) {
        app.intake.set(Intake::Idle);
    } else {
        return;
    }
    focus("main h1");
}

fn troubles_notice(app: App, troubles: Troubles) -> Option<AnyView> {
    let each = |trouble: &Trouble| view! { <p><strong>{trouble.what()}</strong>" "{trouble.remedy()}</p> };
    let rest = match troubles.but_some_read {
        true => "What else was given has been read.",
        false => "Nothing that was here has changed.",
    };
    (!troubles.all.is_empty()).then(|| {
        view! {
            <div class="notice notice--trouble" role="alert" id="troubles" tabindex="-1">
                {troubles.all.iter().map(each).collect_view()}
                <p>{rest}</p>
                <div class="buttons">
                    <button type="button" class="button" on:click=move |_| close(app)>"Close"</button>
                </div>
            </div>
        }
        .into_any()
    })
}

fn intake_notice(app: App, intake: Intake) -> AnyView {
    match intake {
        Intake::Idle => ().into_any(),
        Intake::Reading { what } => view! {
            <div class="notice" role="status"><p>"Reading "{what}"…"</p></div>
        }
        .into_any(),
        Intake::Asking(parts) => asking(app, parts),
    }
}

fn asking(app: App, parts: Vec<Workspace>) -> AnyView {
    let workspace = intake::together(Workspace::default(), parts.clone());
    let known = intake::known(app, &workspace);
    let items = workspace.items.len();
    let files: Vec<String> = workspace.read_from.iter().map(|file| file.file.clone()).collect();
    let (joining, replacing) = (parts.clone(), parts);
    let what = format!(
        "{} with {}, of which {} are here already.",
        say::and(&files),
        say::items(items),
        say::number(known)
    );
    let join = move |_| intake::join(app, joining.clone());
    let replace = move |_| intake::replace(app, replacing.clone());
    view! {
        <div class="notice" role="alert" id="asking" tabindex="-1">
            <p><strong>"Add this to your data, or put it in its place? "</strong>{what}</p>
            <div class="buttons">
                <button type="button" class="button button--main" on:click=join>"Add and update"</button>
                <button type="button" class="button" on:click=replace>"Replace what is here"</button>
                <button type="button" class="button button--quiet" on:click=move |_| close(app)>"Cancel"</button>
            </div>
        </div>
    }
    .into_any()
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
        Keeping::Nothing | Keeping::Saved => ().into_any(),
        Keeping::ThisTabOnly(_) if !has_data => ().into_any(),
        Keeping::ThisTabOnly(why) => {
            let why = match why {
                Why::Blocked => "This browser allows the page no storage.".to_owned(),
                Why::Full { bytes } => format!(
                    "The browser's storage has no room for this data ({}). What was saved before is unchanged.",
                    if bytes < 100_000 {
                        format!("{} kB", bytes.div_ceil(1000))
                    } else {
                        format!("{:.1} MB", bytes as f64 / 1e6)
                    }
                ),
                Why::Refused => "The browser refused to store the data.".to_owned(),
            };
            trouble(
                format!("{why} Everything works, but the data is gone when this tab closes."),
                ().into_any(),
            )
        }
        Keeping::NotOurs(error) => {
            let set_aside = move |_| store::set_aside_and_save(app);
            let button = has_data.then(|| view! {
                <button type="button" class="button" on:click=set_aside>"Set the old data aside and save this"</button>
            });
            trouble(
                format!("{error} It is left as it is, and what you do here lasts until this tab closes."),
                button.into_any(),
            )
        }
        Keeping::OtherTabDeleted => {
            let buttons = view! {
                <button type="button" class="button button--main" on:click=move |_| store::overwrite(app)>"Keep this one and save it"</button>
                <button type="button" class="button" on:click=move |_| store::take_over(app)>"Delete it here too"</button>
            };
            trouble("Another tab has deleted the saved data.".to_owned(), buttons.into_any())
        }
        Keeping::OtherTab => {
            let buttons = view! {
                <button type="button" class="button button--main" on:click=move |_| store::take_over(app)>"Show what the other tab saved"</button>
                <button type="button" class="button" on:click=move |_| store::overwrite(app)>"Keep this one and save it"</button>
            };
            trouble(
                "Another tab has changed the saved data. Until you choose, nothing from this tab is saved."
                    .to_owned(),
                buttons.into_any(),
            )
        }
    }
}
