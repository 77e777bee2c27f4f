//! What the words of the data mean, for the user to say: statuses and types.

use leptos::prelude::*;

use super::App;
use super::reading::Choice;
use crate::model::{Kind, Meaning, Settings, Stage};
use crate::report::say;

/// More than these are seldom a workflow; the rest are one click away.
const SHOWN: usize = 12;

const STAGES: [(&str, Stage); 4] = [
    ("Not started", Stage::NotStarted),
    ("In progress", Stage::InProgress),
    ("Done", Stage::Done),
    ("Cancelled", Stage::Cancelled),
];

const KINDS: [(&str, Kind); 4] =
    [("Feature", Kind::Feature), ("Bug", Kind::Bug), ("Chore", Kind::Chore), ("Other", Kind::Other)];

/// The statuses and types of the data.
#[component]
pub fn Meanings() -> impl IntoView {
    let app = App::here();
    let statuses = Memo::new(move |_| {
        app.dataset.with(|data| data.as_ref().map(|data| Meaning::of_statuses(data)).unwrap_or_default())
    });
    let types = Memo::new(move |_| {
        app.dataset.with(|data| data.as_ref().map(|data| Meaning::of_types(data)).unwrap_or_default())
    });
    let of_status = move |meaning: &Meaning<Option<Stage>>| {
        let word = meaning.word.clone();
        let name = meaning.taken_for.and_then(|stage| name_of(&STAGES, stage));
        let said = Signal::derive({
            let word = word.clone();
            move || {
                app.settings.with(|settings| settings.stages.get(&word).and_then(|s| name_of(&STAGES, *s)))
            }
        });
        let say_so = Callback::new(move |chosen: String| {
            let stage = STAGES.iter().find(|(name, _)| *name == chosen).map(|(_, stage)| *stage);
            app.settings.update(|Settings { stages, .. }| match stage {
                Some(stage) => drop(stages.insert(word.clone(), stage)),
                None => drop(stages.remove(&word)),
            });
        });
        Word {
            word: meaning.word.clone(),
            items: meaning.items,
            found: name.unwrap_or(t!("not known")),
            said,
            say_so,
        }
    };
    let of_type = move |meaning: &Meaning<Kind>| {
        let word = meaning.word.clone();
        let name = name_of(&KINDS, meaning.taken_for);
        let said = Signal::derive({
            let word = word.clone();
            move || app.settings.with(|settings| settings.kinds.get(&word).and_then(|k| name_of(&KINDS, *k)))
        });
        let say_so = Callback::new(move |chosen: String| {
            let kind = KINDS.iter().find(|(name, _)| *name == chosen).map(|(_, kind)| *kind);
            app.settings.update(|Settings { kinds, .. }| match kind {
                Some(kind) => drop(kinds.insert(word.clone(), kind)),
                None => drop(kinds.remove(&word)),
            });
        });
        Word {
            word: meaning.word.clone(),
            items: meaning.items,
            found: name.unwrap_or(t!("Other")),
            said,
            say_so,
        }
    };
    view! {
        {move || (!statuses.with(Vec::is_empty)).then(|| view! {
            <Words
                id="statuses"
                title=t!("What statuses mean")
                help=t!("Where an item stands, and where histories have it, when it started and finished, follows from this.")
                head=t!("Status")
                choices=STAGES.map(|(name, _)| name).to_vec()
                words=statuses.with(|all| all.iter().map(of_status).collect())
            />
        })}
        {move || (!types.with(Vec::is_empty)).then(|| view! {
            <Words
                id="types"
                title=t!("What types mean")
                help=t!("Bugs are looked at against features by this; where a tracker has no types, labels count.")
                head=t!("Type or label")
                choices=KINDS.map(|(name, _)| name).to_vec()
                words=types.with(|all| all.iter().map(of_type).collect())
            />
        })}
    }
}

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: T) -> Option<&'static str> {
    names.iter().find(|(_, of)| *of == value).map(|(name, _)| *name)
}

/// One word of the data.
#[derive(Clone)]
struct Word {
    word: String,
    items: usize,
    /// What it was taken for.
    found: &'static str,
    /// What the user said.
    said: Signal<Option<&'static str>>,
    say_so: Callback<String>,
}

#[component]
fn Words(
    id: &'static str,
    title: &'static str,
    help: &'static str,
    head: &'static str,
    choices: Vec<&'static str>,
    words: Vec<Word>,
) -> impl IntoView {
    let row = move |(n, word): (usize, Word)| {
        let mut options = vec![(String::new(), say!("As found: {}", t!(word.found)))];
        options.extend(choices.iter().map(|&name| (name.to_owned(), t!(name).to_owned())));
        let said = word.said;
        let chosen = Signal::derive(move || said.get().unwrap_or_default().to_owned());
        view! {
            <tr>
                <td>{word.word.clone()}</td>
                <td class="numeric">{say::number(word.items)}</td>
                <td>
                    <Choice label=say!("What “{}” means", word.word) id=format!("{id}-{n}") options
                        chosen on_choice=word.say_so unseen=true/>
                </td>
            </tr>
        }
    };
    let mut words = words.into_iter().enumerate();
    let first: Vec<_> = words.by_ref().take(SHOWN).map(&row).collect();
    let rest: Vec<_> = words.map(&row).collect();
    let more = rest.len();
    let table = move |rows: Vec<_>| {
        view! {
            <div class="table table--choices">
                <table>
                    <thead>
                        <tr><th scope="col">{head}</th><th scope="col" class="numeric">{t!("Items")}</th><th scope="col">{t!("Means")}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <section class="section" id=id tabindex="-1">
            <h2>{title}</h2>
            <p class="quiet">{help}</p>
            {table(first)}
            {(more > 0).then(|| view! {
                <details class="more"><summary>{say!("{more} more")}</summary>{table(rest)}</details>
            })}
        </section>
    }
}
