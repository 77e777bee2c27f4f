//! The first page of a newcomer: what this is, where a file goes, and what happens to it.

use leptos::prelude::*;

use super::App;
use super::intake;

/// Before there is any data.
#[component]
pub fn Welcome() -> impl IntoView {
    let app = App::here();
    view! {
        <div class="stack">
            <h1 tabindex="-1">{t!("How predictable is your team’s delivery?")}</h1>
            <p class="lead">
                {t!("Drop your tracker’s export and read it in ten seconds: how long work really takes, how steady \
                 delivery is, how much is in progress.")}
            </p>
        </div>
        <DropZone>
            <button type="button" class="button" on:click=move |_| intake::take_sample(app)>{t!("Try it with sample data")}</button>
        </DropZone>
        <div class="steps">
            <section>
                <h2>{t!("Which exports")}</h2>
                <p>
                    {t!("Jira, Shortcut, Linear, GitHub, GitLab, Azure DevOps, Trello, Asana, YouTrack, Redmine, Pivotal \
                     Tracker, ClickUp. Or any table: dates of stages, counts a week, an event log, your own sheet; \
                     as CSV, Excel or JSON.")}
                </p>
            </section>
            <section>
                <h2>{t!("Nothing leaves your browser")}</h2>
                <p>
                    {t!("No server, no account. The page may not even ask for anything but its own files: its security \
                     policy forbids it. Check it in the network panel, or go offline now.")}
                </p>
            </section>
            <section>
                <h2>{t!("Numbers you can check")}</h2>
                <p>
                    {t!("Each number says how it is defined, over which time, from which items, and what was left out. \
                     What the file can’t tell is said, not guessed.")}
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// Where files go: the whole window takes them, this says so and lets choose.
#[component]
pub fn DropZone(
    /// Beside other things, rather than the one thing on the page.
    #[prop(optional)]
    small: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="drop" class:drop--small=small>
            <p class="drop__title">
                {if small {
                    t!("Drop another export anywhere to add or update")
                } else {
                    t!("Drop an export anywhere on this page, or paste it")
                }}
            </p>
            <div class="buttons">
                <button type="button" class="button button--main" on:click=|_| intake::choose()>{t!("Choose a file")}</button>
                {children.map(|children| children())}
            </div>
        </div>
    }
    .into_any()
}
