//! What was done in this tab, for taking it back and doing it again: data, settings and the notebook in one row.
//! Nobody reports changes here: the facts are watched, and what differs from before is an entry.

use leptos::prelude::*;

use super::intake::Kept;
use super::notebook::says;
use super::{App, focus};
use crate::model::notebook::Step;
use crate::model::{Dataset, Notebook, Settings};
use crate::sample;

/// More entries than these are not remembered.
const MOST: usize = 200;

/// What can be taken back, and what again.
#[derive(Clone, Default)]
pub struct Journal {
    past: Vec<Entry>,
    future: Vec<Entry>,
    known: Known,
}

/// The facts as they were when something was last noted.
#[derive(Clone, Default, PartialEq)]
struct Known {
    facts: Facts,
    /// The notebook's last step, and how many there are.
    step: (Option<Step>, usize),
}

#[derive(Clone, Default, PartialEq)]
struct Facts {
    dataset: Option<Dataset>,
    settings: Settings,
    kept: Kept,
}

#[derive(Clone)]
enum Entry {
    /// Data and settings as they were on the other side of it.
    Facts { what: String, facts: Facts },
    /// The notebook keeps its own history; what was taken back of it lies here.
    Notes(Option<Step>),
}

impl Facts {
    fn of(app: App) -> Facts {
        Facts {
            dataset: app.dataset.get_untracked(),
            settings: app.settings.get_untracked(),
            kept: app.kept.get_value(),
        }
    }
}

impl Known {
    fn of(app: App) -> Known {
        let step = app.notebook.with_untracked(last_step);
        Known { facts: Facts::of(app), step }
    }
}

fn last_step(notebook: &Notebook) -> (Option<Step>, usize) {
    (notebook.history.last().cloned(), notebook.history.len())
}

/// Starts anew: what is there now was there from the beginning.
pub fn begin(app: App) {
    app.just.set(None);
    app.taken.set(None);
    app.journal.set(Journal { known: Known::of(app), ..Journal::default() });
}

/// Takes the notebook as it is now for known: another tab wrote it. What was taken back before can't be done again.
pub fn follow(app: App) {
    let step = app.notebook.with_untracked(last_step);
    app.journal.update(|journal| {
        journal.known.step = step;
        journal.past.retain(|entry| !matches!(entry, Entry::Notes(_)));
        journal.future.clear();
    });
}

/// Notes what changes.
pub fn keep(app: App) {
    let facts = move || {
        app.dataset.track();
        app.settings.track();
        app.notebook.track();
    };
    Effect::watch(facts, move |(), _, _| note(app), false);
}

/// Writes an entry for what differs from before.
fn note(app: App) {
    let now = Known::of(app);
    let before = app.journal.with_untracked(|journal| journal.known.clone());
    let doing = app.doing.try_update_value(Option::take).flatten();
    let same = (now.facts.dataset == before.facts.dataset, now.facts.settings == before.facts.settings);
    let mut entries = Vec::new();
    if same != (true, true) {
        let was_real = before.facts.dataset.as_ref().is_some_and(|data| !data.sample);
        let what = doing.clone().unwrap_or_else(|| difference(&before.facts, &now.facts).to_owned());
        if was_real && doing.is_some() {
            app.just.set(doing);
        }
        entries.push(Entry::Facts { what, facts: before.facts });
    }
    // A step more, or another one; fewer are what leaves with the sample.
    if now.step.0 != before.step.0 && now.step.1 >= before.step.1 && now.step.0.is_some() {
        entries.push(Entry::Notes(None));
    }
    app.journal.update(|journal| {
        // Steps that left with the sample can't be taken back any more.
        for _ in now.step.1..before.step.1 {
            let last = journal.past.iter().rposition(|entry| matches!(entry, Entry::Notes(_)));
            if let Some(at) = last {
                journal.past.remove(at);
            }
            journal.future.clear();
        }
        if !entries.is_empty() {
            app.taken.set(None);
            journal.future.clear();
            journal.past.extend(entries);
            let over = journal.past.len().saturating_sub(MOST);
            journal.past.drain(..over);
        }
        journal.known = now;
    });
}

/// What was done, where nobody said so.
fn difference(before: &Facts, now: &Facts) -> &'static str {
    let (old, new) = (&before.settings, &now.settings);
    match () {
        () if before.dataset != now.dataset => t!("changed the data"),
        () if old.name != new.name => t!("named the workspace"),
        () if old.as_of != new.as_of => t!("changed the day the numbers speak for"),
        () if old.zone != new.zone => t!("changed the time zone"),
        () if old.stages != new.stages => t!("said what a status means"),
        () if old.kinds != new.kinds => t!("said what a type means"),
        () if old.readings != new.readings => t!("said how a file is read"),
        () if old.counting.events != new.counting.events => t!("changed the events"),
        () if old.counting.baseline != new.counting.baseline => t!("changed what usual is measured by"),
        () if old.counting.me != new.counting.me => t!("said whose name is yours"),
        () if old.counting.people != new.counting.people => t!("said how many people there are"),
        () => t!("changed how work is counted"),
    }
}

/// What taking back would take back, in words.
pub fn last(app: App) -> Option<String> {
    let of_notebook = || app.notebook.with(|book| book.history.last().map(|step| says(&step.edits)));
    let last = app.journal.with(|journal| {
        journal.past.last().map(|entry| match entry {
            Entry::Facts { what, .. } => Some(what.clone()),
            Entry::Notes(_) => None,
        })
    });
    // Before what was done in this tab lies what the notebook remembers.
    last.flatten().or_else(of_notebook)
}

/// Whether the next thing to be taken back is a step of the notebook.
pub fn is_of_notebook(app: App) -> bool {
    app.journal.with(|journal| !matches!(journal.past.last(), Some(Entry::Facts { .. })))
}

/// What doing again would do, in words.
pub fn next(app: App) -> Option<String> {
    app.journal.with(|journal| {
        journal.future.last().map(|entry| match entry {
            Entry::Facts { what, .. } => what.clone(),
            Entry::Notes(step) => step.as_ref().map(|step| says(&step.edits)).unwrap_or_default(),
        })
    })
}

/// Takes the last change back. Tells what it was.
pub fn undo(app: App) -> Option<String> {
    // What changed a moment ago may not be noted yet.
    note(app);
    let what = last(app)?;
    app.just.set(None);
    let entry = app.journal.try_update(|journal| journal.past.pop()).flatten();
    let other = match entry {
        Some(Entry::Facts { what, facts }) => Entry::Facts { what, facts: restore(app, facts) },
        Some(Entry::Notes(_)) | None => {
            let mut taken = None;
            app.notebook.update(|notebook| taken = notebook.undo());
            show_part_of(taken.as_ref());
            Entry::Notes(taken)
        }
    };
    settle(app, |journal| journal.future.push(other));
    app.taken.set(Some(what.clone()));
    Some(what)
}

/// Does again what was taken back last. Tells what it is.
pub fn redo(app: App) -> Option<String> {
    note(app);
    let what = next(app)?;
    app.just.set(None);
    let other = match app.journal.try_update(|journal| journal.future.pop()).flatten()? {
        Entry::Facts { what, facts } => Entry::Facts { what, facts: restore(app, facts) },
        Entry::Notes(step) => {
            show_part_of(step.as_ref());
            app.notebook.update(|notebook| step.into_iter().for_each(|step| notebook.take(step)));
            Entry::Notes(None)
        }
    };
    settle(app, |journal| journal.past.push(other));
    app.taken.set(None);
    app.said.set(say!("Again: {what}."));
    Some(what)
}

/// Puts data and settings back. Gives those that were there.
fn restore(app: App, facts: Facts) -> Facts {
    let now = Facts::of(app);
    let is_sample = |facts: &Facts| facts.dataset.as_ref().is_some_and(|data| data.sample);
    match (is_sample(&now), is_sample(&facts)) {
        // The sample's notes came and went with it.
        (true, false) => app.notebook.update(Notebook::remove_sample),
        (false, true) => {
            let today = super::clock::browser_zone().day_at(super::clock::now());
            app.notebook.update(|notebook| notebook.add_sample(sample::notebook(today)));
        }
        _ => {}
    }
    let moved = facts.dataset != now.dataset;
    app.kept.set_value(facts.kept);
    app.settings.set(facts.settings);
    app.dataset.set(facts.dataset);
    if moved {
        focus("main h1");
    }
    now
}

/// What had the focus may be gone with the step.
fn show_part_of(step: Option<&Step>) {
    if let Some(edit) = step.and_then(|step| step.edits.first()) {
        super::records::focus_id(format!("part-{}", edit.form));
    }
}

/// Takes the facts as they are now for known, and changes the rows.
fn settle(app: App, change: impl FnOnce(&mut Journal)) {
    let known = Known::of(app);
    app.journal.update(|journal| {
        journal.known = known;
        change(journal);
    });
}

/// Takes back and does again, wherever one is.
#[component]
pub fn UndoButtons() -> impl IntoView {
    let app = App::here();
    let last = Memo::new(move |_| last(app));
    let next = Memo::new(move |_| next(app));
    let said = |what: &'static str, of: Option<String>| match of {
        Some(of) => format!("{what}: {of}"),
        None => what.to_owned(),
    };
    view! {
        <Show when=move || last.get().is_some() || next.get().is_some()>
            <div class="undo-buttons" role="group" aria-label=t!("What was done")>
                <button type="button" id="undo-all" class="button button--quiet" disabled=move || last.get().is_none()
                    title=move || said(t!("Undo"), last.get()) aria-label=move || said(t!("Undo"), last.get())
                    on:click=move |_| drop(undo(app))>{t!("Undo")}</button>
                <button type="button" id="redo-all" class="button button--quiet" disabled=move || next.get().is_none()
                    title=move || said(t!("Redo"), next.get()) aria-label=move || said(t!("Redo"), next.get())
                    on:click=move |_| drop(redo(app))>{t!("Redo")}</button>
            </div>
        </Show>
    }
}
