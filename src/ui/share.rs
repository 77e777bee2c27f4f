//! Sharing: first what leaves, exactly; then how: a link, a file beside the page, one page with the data in it, paper.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, Response};

use super::visit::EMBEDDED;
use super::work;
use super::{App, focus, role, save};
use crate::model::notebook::FORMS;
use crate::model::{Notebook, Role, Workspace, anonymous};
use crate::order::InOrder;
use crate::pace::Pace;
use crate::report::say;
use crate::route::{self, Route};
use crate::storage::{Contents, Document, Link};

/// So many items are shown of what leaves; the others are like them.
const SHOWN: usize = 25;

/// The file that a host may lay beside the page.
const FILE: &str = "team.json";

/// What was made to be given away.
#[derive(Clone, PartialEq)]
enum Made {
    Nothing,
    /// Which making it is.
    Working(u64),
    Link(String),
    NoLink(String),
    /// It would have so many characters.
    TooLong(usize),
    Said(String),
}

/// The page.
#[component]
pub fn SharePage() -> impl IntoView {
    let app = App::here();
    let unnamed = RwSignal::new(false);
    let with_notebook = RwSignal::new(true);
    let contents = Memo::new(move |_| {
        app.dataset.track();
        app.settings.track();
        app.notebook.track();
        Given(for_others(app.contents(), unnamed.get(), with_notebook.get()))
    });
    let made = RwSignal::new(Made::Nothing);
    // What was made is of what was chosen then.
    Effect::watch(move || contents.track(), move |(), _, _| made.set(Made::Nothing), false);
    let toggle = |signal: RwSignal<bool>| move |event| signal.set(event_target_checked(&event));
    view! {
        <div class="stack">
            <h1 tabindex="-1">{t!("Share")}</h1>
            <p class="lead">
                {t!("As a link, a file, a page of its own or on paper. Nothing is sent anywhere: you get something to hand on, and \
                 see here what is in it.")}
            </p>
        </div>
        <section class="section" id="leaves">
            <h2>{t!("What leaves")}</h2>
            <label class="check">
                <input type="checkbox" id="unnamed" prop:checked=move || unnamed.get() on:change=toggle(unnamed)/>
                {t!("Without names, titles, links and descriptions: every number stays as it is")}
            </label>
            <label class="check">
                <input type="checkbox" id="with-notebook" prop:checked=move || with_notebook.get() on:change=toggle(with_notebook)/>
                {t!("With the notebook")}
            </label>
            {move || app.filter.with(crate::model::Filter::is_set).then(|| view! {
                <p class="prose">
                    {t!("The filter leaves nothing out: all items leave, whatever it shows now. ")}
                    {if unnamed.get() { t!("A link opens without the names in it.") } else { t!("A link opens with it.") }}
                </p>
            })}
            {move || contents.with(|Given(contents)| preview(contents, unnamed.get()))}
        </section>
        <section class="section" id="ways">
            <h2>{t!("How")}</h2>
            <ul class="notes">
                <li>
                    <p><strong>{t!("A link. ")}</strong>{t!("The data are in the address itself, in the part that browsers never send to a server.")}</p>
                    <div class="buttons">
                        <button type="button" class="button" id="make-link" on:click=move |_| make_link(app, contents, unnamed.get_untracked(), made)>{t!("Make a link")}</button>
                    </div>
                    <div role="status">{move || link_made(made)}</div>
                </li>
                <li>
                    <p>
                        <strong>{t!("A file on your site. ")}</strong>
                        {say!("Lay {FILE} beside this page on its host, and give people the page with ")}
                        <code>{format!("#/?data={FILE}")}</code>
                        {t!(" behind its address. They look at it; who changes something does so for themselves. An export of your tracker does as well, so a nightly job can keep it fresh.")}
                    </p>
                    <div class="buttons">
                        <button type="button" class="button" id="save-file" on:click=move |_| save_file(contents)>{say!("Save {FILE}")}</button>
                    </div>
                </li>
                <li>
                    <p><strong>{t!("A page of its own. ")}</strong>{t!("One file with the data and all of Ballpark in it. It opens from a disk or a mail, without any network.")}</p>
                    <div class="buttons">
                        <button type="button" class="button" id="save-page" on:click=move |_| save_page(contents, unnamed.get_untracked(), made)>{t!("Save ballpark.html")}</button>
                    </div>
                    <p role="status">{move || match made.get() { Made::Said(said) => Some(said), _ => None }}</p>
                </li>
                <li>
                    <p><strong>{t!("Paper. ")}</strong>{t!("A role\u{2019}s page as a document of a page or two. It has the names; the choices above don\u{2019}t count for it.")}</p>
                    <PrintReport/>
                </li>
            </ul>
        </section>
    }
    .into_any()
}

/// What is given away. Two are the same only where nothing was computed anew.
#[derive(Clone)]
struct Given(Contents);

impl PartialEq for Given {
    fn eq(&self, _: &Given) -> bool {
        false
    }
}

fn for_others(contents: Contents, unnamed: bool, with_notebook: bool) -> Contents {
    let mut contents = contents.for_others();
    if !with_notebook {
        contents.notebook = Notebook::default();
    }
    if unnamed {
        let Contents { workspace, settings, notebook } = &contents;
        let (workspace, settings, notebook) = anonymous(workspace, settings, notebook);
        return Contents { workspace, settings, notebook };
    }
    contents
}

/// What is in it: counted, and word for word.
fn preview(contents: &Contents, unnamed: bool) -> AnyView {
    let items = &contents.workspace.items;
    let distinct = |of: &dyn Fn(usize) -> Vec<String>| {
        let mut all: Vec<String> = (0..items.len()).flat_map(of).filter(|name| !name.is_empty()).collect();
        all.order();
        all.dedup();
        all
    };
    let of = |n: usize| items.get(n);
    let names = [
        (t!("People"), distinct(&|n| of(n).map(|item| item.owners.clone()).unwrap_or_default())),
        (t!("Teams"), distinct(&|n| of(n).map(|item| vec![item.team.clone()]).unwrap_or_default())),
        (
            t!("Projects and epics"),
            distinct(&|n| {
                of(n).map(|item| vec![item.project.clone(), item.epic.clone()]).unwrap_or_default()
            }),
        ),
        (
            t!("Labels and areas"),
            distinct(&|n| {
                of(n).map(|item| [item.labels.clone(), item.areas.clone()].concat()).unwrap_or_default()
            }),
        ),
    ];
    let with = |has: &dyn Fn(usize) -> bool| (0..items.len()).filter(|n| has(*n)).count();
    let titles = with(&|n| of(n).is_some_and(|item| !item.title.is_empty()));
    let links = with(&|n| of(n).is_some_and(|item| !item.url.is_empty()));
    let names = names.into_iter().filter(|(_, all)| !all.is_empty()).map(|(what, all)| {
        const FEW: usize = 12;
        let title = format!("{what}, {}", say::number(all.len()));
        let shown = all.join(", ");
        match all.len() > FEW {
            true => {
                view! { <li><details class="more"><summary>{title}</summary><p>{shown}</p></details></li> }
                    .into_any()
            }
            false => view! { <li>{format!("{title}: {shown}")}</li> }.into_any(),
        }
    });
    let entries = FORMS.iter().filter_map(|form| {
        let n = contents.notebook.of(form).count();
        (n > 0).then(|| format!("{} {}", say::number(n), t!(form.title)))
    });
    let entries = entries.collect::<Vec<_>>().join(", ");
    let few = Contents {
        workspace: Workspace {
            items: items.iter().take(SHOWN).cloned().collect(),
            ..contents.workspace.clone()
        },
        ..contents.clone()
    };
    let text = Document::write(&few).unwrap_or_default();
    let more = items.len().saturating_sub(SHOWN);
    let title = match more {
        0 => t!("Word for word").to_owned(),
        more => {
            say!("Word for word, with {SHOWN} of the items; {} more follow in the file", say::number(more))
        }
    };
    view! {
        <ul class="notes leaves">
            <li>{say!("{}, {} with a title, {} with a link", say::items(items.len()), say::number(titles), say::number(links))}</li>
            {names.collect_view()}
            <li>{match (entries.is_empty(), unnamed) {
                (true, _) => t!("Nothing of the notebook").to_owned(),
                (false, true) => say!("Of the notebook: {entries}, without what is written there"),
                (false, false) => say!("Of the notebook, with all names and ways to reach people in it: {entries}"),
            }}</li>
            <li>{if unnamed {
                t!("Dates, estimates, and the words for statuses and types as they are: every number is counted of these.")
            } else {
                t!("All settings: meanings, events, how work is counted.")
            }}</li>
            <li>{if unnamed {
                t!("Numbers in the place of keys, sprints, files; every day and time as it is.")
            } else {
                t!("Keys, sprints, what waits for what, the names of files and of the workspace; every day and time as it is.")
            }}</li>
            <li>{t!("Never: your own hours, whose name is yours, and what was removed from the notebook.")}</li>
        </ul>
        <details class="more">
            <summary>{title}</summary>
            <pre class="exactly" tabindex="0" role="region" aria-label=t!("What leaves, word for word")>{text}</pre>
        </details>
    }
    .into_any()
}

fn make_link(app: App, contents: Memo<Given>, unnamed: bool, made: RwSignal<Made>) {
    let Given(contents) = contents.get_untracked();
    let location = window().location();
    if location.protocol().is_ok_and(|protocol| protocol == "file:") {
        let why = t!(
            "This page is opened from your disk, so a link to it leads nowhere for others. Save ballpark.html instead: it is the same page with the data in it."
        );
        return made.set(Made::NoLink(why.to_owned()));
    }
    let number = js_sys::Math::random().to_bits();
    made.set(Made::Working(number));
    let base = location.href().unwrap_or_default();
    let base = base.split('#').next().unwrap_or_default().to_owned();
    let mut filter = crate::model::Filter { data: None, ..app.filter.get_untracked() };
    // Whose names are the reader's does not leave.
    filter.mine = false;
    if unnamed {
        // The address would name them.
        (filter.team, filter.project, filter.area, filter.label) = (None, None, None, None);
    }
    let route = app.role.get_untracked().map_or(Route::Home, Route::Role);
    let address = route::address(route, &filter, None);
    spawn_local(async move {
        work::pause().await;
        let beat = work::stretches(|_| {});
        let link = Link::write(&contents, &Pace::by(&beat)).await.unwrap_or_default();
        // Something else was chosen meanwhile.
        if made.get_untracked() != Made::Working(number) {
            return;
        }
        let whole = format!("{base}{}", route::with_link(&address, &link));
        made.set(match whole.len() {
            length if length > Link::LONGEST => Made::TooLong(length),
            _ => Made::Link(whole),
        });
        focus("#link");
    });
}

fn link_made(made: RwSignal<Made>) -> AnyView {
    match made.get() {
        Made::Working(_) => t!("Packing…").into_any(),
        Made::TooLong(length) => say!(
            "It would have {} characters, and some browsers cut links off at {}. Share a file or a page of its own instead{}.",
            say::number(length),
            say::number(Link::LONGEST),
            t!("; without the notebook or the names it is shorter")
        )
        .into_any(),
        Made::Link(link) => {
            let length = link.len();
            let said = RwSignal::new(None::<&'static str>);
            let copy = {
                let link = link.clone();
                move |_| {
                    let copying = window().navigator().clipboard().write_text(&link);
                    spawn_local(async move {
                        said.set(Some(match JsFuture::from(copying).await {
                            Ok(_) => t!("Copied."),
                            Err(_) => t!("This browser does not let the page copy. Copy it from the field."),
                        }));
                    });
                }
            };
            let select = move |event: leptos::ev::FocusEvent| {
                if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                    field.select();
                }
            };
            view! {
                <div class="field">
                    <label for="link">{t!("The link")}</label>
                    <input id="link" type="text" readonly value=link on:focus=select/>
                    <p class="quiet">
                        {say!("{} characters. ", say::number(length))}
                        {(length > Link::SHORT).then_some(t!("Some chats and mail programs cut links of this length: try it before you rely on it."))}
                    </p>
                    <div class="buttons">
                        <button type="button" class="button" id="copy-link" on:click=copy>{t!("Copy")}</button>
                        <span role="status">{move || said.get()}</span>
                    </div>
                </div>
            }
            .into_any()
        }
        Made::NoLink(why) => why.into_any(),
        Made::Nothing | Made::Said(_) => ().into_any(),
    }
}

fn save_file(contents: Memo<Given>) {
    let text = contents.with_untracked(|Given(contents)| Document::write(contents));
    // These types always have a JSON.
    if let Ok(text) = text {
        save::save_text(FILE, "application/json", &text);
    }
}

fn save_page(contents: Memo<Given>, unnamed: bool, made: RwSignal<Made>) {
    let Given(contents) = contents.get_untracked();
    let number = js_sys::Math::random().to_bits();
    made.set(Made::Working(number));
    spawn_local(async move {
        let page = page_with(&contents).await;
        if made.get_untracked() != Made::Working(number) {
            return;
        }
        made.set(match page {
            Ok(page) => {
                let name = if unnamed { "ballpark-without-names.html" } else { "ballpark.html" };
                save::save_text(name, "text/html", &page);
                Made::Said(say!("Saved as {name}, {:.1} MB.", page.len() as f64 / 1e6))
            }
            Err(why) => Made::Said(why),
        });
    });
}

/// The one page that holds all of Ballpark, with these data in it.
async fn page_with(contents: &Contents) -> Result<String, String> {
    let page = match js_sys::Reflect::get(&window(), &"ballparkPage".into())
        .ok()
        .and_then(|page| page.as_string())
    {
        // This is one: as it was before anything was shown in it.
        Some(page) => page,
        None => fetched("ballpark.html").await?,
    };
    let mark = format!("id=\"{EMBEDDED}\">");
    let place = page.find(&mark).map(|at| at + mark.len());
    let end = place.and_then(|at| page.get(at..)?.find("</script>").map(|length| at + length));
    let (Some(place), Some(end)) = (place, end) else {
        return Err(t!(
            "The file ballpark.html beside this page is not Ballpark’s page, so nothing was saved."
        )
        .to_owned());
    };
    let text = Document::write(contents).map_err(|error| error.to_string())?;
    // Within a page nothing may look like markup.
    let text = text.replace('<', "\\u003c");
    Ok(format!("{}{text}{}", page.get(..place).unwrap_or_default(), page.get(end..).unwrap_or_default()))
}

/// A file of the bundle that is not loaded with the page.
async fn fetched(name: &str) -> Result<String, String> {
    let why =
        say!("{name} could not be fetched from where this page is: are you offline? Nothing was saved.");
    let failed = |_: JsValue| why.clone();
    let response = JsFuture::from(window().fetch_with_str(name)).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if !response.ok() {
        return Err(say!(
            "There is no {name} beside this page ({}). Put it there: it comes with each release.",
            response.status()
        ));
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    text.as_string().ok_or(why)
}

/// Chooses a role and prints its page.
#[component]
fn PrintReport() -> impl IntoView {
    let app = App::here();
    let chosen = RwSignal::new(app.role.get_untracked().unwrap_or(Role::Cto));
    let options = Role::ALL.into_iter().map(|role| {
        view! { <option value=role.id() prop:selected=move || chosen.get() == role>{role.title()}</option> }
    });
    let choose = move |event| {
        if let Some(role) = Role::named(&event_target_value(&event)) {
            chosen.set(role);
        }
    };
    view! {
        <div class="buttons">
            <label class="visually-hidden" for="print-role">{t!("Whose page")}</label>
            <select id="print-role" class="select" on:change=choose>{options.collect_view()}</select>
            <button type="button" class="button" on:click=move |_| role::print(app, chosen.get_untracked())>{t!("Print or save as PDF")}</button>
        </div>
    }
}
