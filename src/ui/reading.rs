//! How a table is read, for the user to say: which column is what, and how its text is written. What is
//! said holds for every file of that shape.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::apart::{self, Wanted};
use super::intake::{self, Bytes};
use super::work;
use super::{App, focus};
use crate::import::{self, File, Preview, Readings};
use crate::model::{Encoding, Fact, Hints, Order};
use crate::pace::Pace;

/// A table that the user is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    preview: Preview,
    bytes: Bytes,
    /// Why it could not be read; `None` for a file that was.
    why: Option<String>,
}

impl Reading {
    pub fn new(preview: Preview, bytes: Bytes, why: Option<String>) -> Reading {
        Reading { preview, bytes, why }
    }

    pub fn is_of_same_file(&self, other: &Reading) -> bool {
        self.preview.file == other.preview.file && self.preview.shape == other.preview.shape
    }
}

/// The first table that the user is asked about, if there is one.
#[component]
pub fn ReadingPanel() -> impl IntoView {
    let app = App::here();
    let first = Memo::new(move |_| app.readings.with(|readings| readings.first().cloned()));
    Effect::new(move |_| {
        if first.with(Option::is_some) {
            focus("#reading");
        }
    });
    move || first.get().map(|reading| apart::show(move || Wanted::Columns(reading.clone())))
}

/// Goes on without an answer.
pub fn leave(app: App) {
    app.readings.update(|readings| {
        if !readings.is_empty() {
            readings.remove(0);
        }
    });
    focus("main h1");
}

/// Asks for it.
pub fn panel(reading: Reading) -> AnyView {
    let app = App::here();
    let Reading { preview, bytes, why } = reading;
    let is_new = why.is_some();
    let (file, shape) = (preview.file.clone(), preview.shape.clone());
    let hints = RwSignal::new(preview.hints.clone());
    let facts = RwSignal::new(preview.facts.clone());
    let preview = RwSignal::new(preview);
    let trouble = RwSignal::new(None::<String>);
    // Looks again after something was said about the text; what was said about columns stays said.
    let look_again = {
        let (file, shape, bytes) = (file.clone(), shape.clone(), bytes.clone());
        move || {
            let (file, shape, bytes) = (file.clone(), shape.clone(), bytes.clone());
            spawn_local(async move {
                let readings = Readings::from([(shape, hints.get_untracked())]);
                let beat = work::stretches(|_| {});
                let looked =
                    import::preview(&File { name: &file, bytes: &bytes }, &readings, &Pace::by(&beat)).await;
                match looked {
                    Ok(Some(found)) => {
                        trouble.set(None);
                        facts.set(found.facts.clone());
                        preview.set(found);
                    }
                    Ok(None) => {}
                    Err(error) => trouble.set(Some(error.to_string())),
                }
            });
        }
    };
    let save = {
        let (file, shape, bytes) = (file.clone(), shape.clone(), bytes);
        move |_| {
            let said = said(hints.get_untracked(), &preview.get_untracked(), &facts.get_untracked());
            app.settings.update(|settings| drop(settings.readings.insert(shape.clone(), said)));
            leave(app);
            match is_new {
                true => intake::take_again(app, file.clone(), bytes.clone()),
                false => intake::read_again(app, &file),
            }
        }
    };
    let has_word = preview.with_untracked(|preview| preview.hints != Hints::default());
    let forget = {
        let (file, shape) = (file.clone(), shape);
        move |_| {
            app.settings.update(|settings| drop(settings.readings.remove(&shape)));
            leave(app);
            intake::read_again(app, &file);
        }
    };
    let title = match why {
        Some(why) => {
            view! { <p><strong>{t!("Which column is what in ")}{file}"? "</strong>{why}</p> }.into_any()
        }
        None => view! { <p><strong>{t!("How ")}{file}{t!(" is read")}</strong></p> }.into_any(),
    };
    view! {
        <section class="notice reading" role="group" aria-label=t!("How a file is read") id="reading" tabindex="-1">
            {title}
            <p class="quiet">
                {t!("Name the columns that say something; leave the others. It holds for every file with these columns.")}
            </p>
            <p class="field__trouble" role="alert">{move || trouble.get()}</p>
            <TextOptions hints preview on_change=look_again/>
            {move || view! { <Columns preview=preview.get() facts/> }}
            <div class="buttons">
                <button type="button" class="button button--main" on:click=save>{t!("Read it like this")}</button>
                {(has_word && !is_new).then(|| view! {
                    <button type="button" class="button" on:click=forget>{t!("Find it out anew")}</button>
                })}
                <button type="button" class="button button--quiet" on:click=move |_| leave(app)>{t!("Cancel")}</button>
            </div>
        </section>
    }
    .into_any()
}

/// What the user's choices amount to: the columns of every fact that was found or named.
fn said(hints: Hints, preview: &Preview, facts: &[Option<Fact>]) -> Hints {
    let mut columns = std::collections::BTreeMap::new();
    for fact in Fact::ALL.iter().copied() {
        let named = |facts: &[Option<Fact>]| -> Vec<String> {
            let of = facts.iter().zip(&preview.headers).filter(|(of, _)| **of == Some(fact));
            of.map(|(_, header)| header.clone()).collect()
        };
        let (found, chosen) = (named(&preview.facts), named(facts));
        if found != chosen || hints.columns.contains_key(&fact) {
            columns.insert(fact, chosen);
        }
    }
    let importer = hints.importer.or_else(|| preview.importer.is_none().then(|| "generic".to_owned()));
    Hints { columns, importer, ..hints }
}

#[component]
fn TextOptions(
    hints: RwSignal<Hints>,
    preview: RwSignal<Preview>,
    on_change: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let delimiters = [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "pipe")];
    let importers = || import::table_importers().map(|i| (i.id.to_owned(), t!(i.label).to_owned())).collect();
    let encodings = || Encoding::ALL.map(|e| (e.name().to_owned(), e.name().to_owned())).to_vec();
    let delimiters = move || delimiters.map(|(c, name)| (c.to_string(), t!(name).to_owned())).to_vec();
    let orders = || Order::ALL.map(|o| (o.name().to_owned(), o.name().to_owned())).to_vec();
    let marks = || vec![(".".to_owned(), "1.5".to_owned()), (",".to_owned(), "1,5".to_owned())];
    let is_text = preview.with_untracked(|preview| preview.encoding.is_some());
    let change = move |what: fn(&mut Hints, &str)| {
        let on_change = on_change.clone();
        Callback::new(move |chosen: String| {
            hints.update(|hints| what(hints, &chosen));
            on_change();
        })
    };
    let found = move |what: fn(&Preview) -> String| Signal::derive(move || preview.with(what));
    view! {
        <div class="fields">
            <Choice label=t!("Kind of file") id="reading-importer" options=importers()
                chosen=found(|p| p.hints.importer.clone().or(p.importer.map(str::to_owned)).unwrap_or_else(|| "generic".to_owned()))
                on_choice=change(|hints, chosen| hints.importer = Some(chosen.to_owned()))/>
            {is_text.then(|| view! {
                <Choice label=t!("Encoding") id="reading-encoding" options=encodings()
                    chosen=found(|p| p.encoding.map(|e| e.name().to_owned()).unwrap_or_default())
                    on_choice=change(|hints, chosen| hints.encoding = Encoding::ALL.into_iter().find(|e| e.name() == chosen))/>
                <Choice label=t!("Between columns") id="reading-delimiter" options=delimiters()
                    chosen=found(|p| p.delimiter.map(String::from).unwrap_or_default())
                    on_choice=change(|hints, chosen| hints.delimiter = chosen.chars().next())/>
            })}
            <Choice label=t!("Dates") id="reading-order" options=orders()
                chosen=found(|p| p.order.unwrap_or_default().name().to_owned())
                on_choice=change(|hints, chosen| hints.order = Order::ALL.into_iter().find(|o| o.name() == chosen))/>
            <Choice label=t!("Fractions") id="reading-decimal" options=marks()
                chosen=found(|p| p.decimal.to_string())
                on_choice=change(|hints, chosen| hints.decimal = chosen.chars().next())/>
        </div>
    }
}

/// One choice among a few.
#[component]
pub fn Choice(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    /// Value and name of each.
    options: Vec<(String, String)>,
    #[prop(into)] chosen: Signal<String>,
    on_choice: Callback<String>,
    /// The label is only for those who can't see what the choice stands beside.
    #[prop(optional)]
    unseen: bool,
) -> impl IntoView {
    let for_id = id.clone();
    let options = options.into_iter().map(move |(value, name)| {
        let is_chosen = {
            let value = value.clone();
            move || chosen.get() == value
        };
        view! { <option value=value prop:selected=is_chosen>{name}</option> }
    });
    view! {
        <div class="field">
            <label for=for_id class:visually-hidden=unseen>{label}</label>
            <select id=id on:change=move |event| on_choice.run(event_target_value(&event))>
                {options.collect_view()}
            </select>
        </div>
    }
}

/// The first rows under their header, with what each column is taken for.
#[component]
fn Columns(preview: Preview, facts: RwSignal<Vec<Option<Fact>>>) -> impl IntoView {
    let heads = preview.headers.iter().enumerate().map(|(column, header)| {
        let chosen = move || facts.with(|facts| facts.get(column).copied().flatten());
        let choose = move |event| {
            let fact = Fact::named(&event_target_value(&event));
            facts.update(|facts| {
                if let Some(of_column) = facts.get_mut(column) {
                    *of_column = fact;
                }
            });
        };
        let options = Fact::ALL.iter().copied().map(|fact| view! {
            <option value=format!("{fact:?}") prop:selected=move || chosen() == Some(fact)>{fact.label()}</option>
        });
        view! {
            <th scope="col">
                <span class="reading__header">{header.clone()}</span>
                <select aria-label=say!("What “{header}” is") on:change=choose>
                    <option value="" prop:selected=move || chosen().is_none()>"–"</option>
                    {options.collect_view()}
                </select>
            </th>
        }
    });
    let heads = heads.collect_view();
    let rows = preview.rows.into_iter().map(|row| {
        view! { <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    });
    view! {
        <div class="table reading__table" tabindex="0" role="region" aria-label=t!("The first rows")>
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
