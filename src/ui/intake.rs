//! Files on their way in: dropped, pasted or chosen; read; and, where there is data already, joined
//! with it or put in its place, as the user says.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, FileList};

use super::apart::{self, Wanted};
use super::reading::Reading;
use super::work::{self, Stop};
use super::workbook;
use super::{App, clock, focus, workspaces};
use crate::import::{self, File, FileError, ImportError, Readings};
use crate::model::{Changes, Dataset, Notebook, Workspace};
use crate::pace::Pace;
use crate::report::say;
use crate::sample;
use crate::storage::{Contents, Document, OpenError};

/// Where the intake stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Intake {
    #[default]
    Idle,
    Reading {
        what: String,
    },
    /// Read; the user is asked what to do with the data that is there.
    Asking(Arc<Question>),
}

/// What there is to decide.
#[derive(Debug, PartialEq)]
pub struct Question {
    parts: Vec<Part>,
    /// The data that is there with the new on top.
    joined: Workspace,
    pub changes: Changes,
    /// How many items the new files have.
    pub items: usize,
}

fn names(parts: &[Part]) -> Vec<String> {
    parts.iter().map(|part| part.name.clone()).collect()
}

impl Question {
    /// The names of the files.
    pub fn files(&self) -> Vec<String> {
        names(&self.parts)
    }
}

/// One file, read.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    name: String,
    workspace: Workspace,
    /// What it was read from, where that may be read again.
    bytes: Option<Bytes>,
}

/// A file's content, shared.
pub type Bytes = Arc<Vec<u8>>;

/// The files of this visit, in the order in which they were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    files: Vec<(String, Bytes)>,
    /// Whether the data is made of these and nothing else.
    whole: bool,
}

/// Together no more than this is kept for reading it again.
const MOST_KEPT: usize = 64_000_000;

impl Kept {
    pub fn has(&self, file: &str) -> bool {
        self.find(file).is_some()
    }

    fn find(&self, file: &str) -> Option<&Bytes> {
        self.files.iter().rev().find(|(name, _)| name == file).map(|(_, bytes)| bytes)
    }

    fn add(&mut self, parts: Vec<Part>) {
        for part in parts {
            match part.bytes {
                Some(bytes) => self.files.push((part.name, bytes)),
                None => self.whole = false,
            }
        }
        while self.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > MOST_KEPT {
            self.files.remove(0);
            self.whole = false;
        }
    }
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    Import(FileError),
    /// The browser could not give the file's bytes.
    Unavailable {
        file: String,
    },
    /// The part of the program that does it could not be fetched.
    Missing,
    /// What opens workbooks could not be loaded.
    NoReader {
        file: String,
    },
    /// A drop or paste without a file or text.
    Nothing,
    /// There is no room to keep the old data beside the new.
    NoRoomToSetAside,
    /// A workspace that somebody saved or sent can't be opened.
    Shared {
        what: String,
        error: OpenError,
    },
    /// Whole workspaces and other files came together.
    Together,
    /// A file beside the page could not be had.
    NotGot {
        file: String,
        why: String,
    },
}

/// What went wrong in one go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Troubles {
    pub all: Vec<Trouble>,
    /// Whether something else of the same go was done.
    pub but_some_read: bool,
}

/// What the user gave, before reading.
pub enum Given {
    File(web_sys::File),
    Text(String),
    /// A file that was read before.
    Again(String, Bytes),
}

/// The id of the one file input, which lives in the shell.
pub const FILE_INPUT: &str = "file";

/// Opens the browser's file dialog.
pub fn choose() {
    let input = document().get_element_by_id(FILE_INPUT);
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
        input.click();
    }
}

/// Reads chosen or dropped files.
pub fn take_files(app: App, files: Option<FileList>) {
    let files = files.iter().flat_map(|list| (0..list.length()).filter_map(|i| list.item(i)));
    let is_calendar = |file: &web_sys::File| file.name().to_ascii_lowercase().ends_with(".ics");
    let (calendars, files): (Vec<_>, Vec<_>) = files.partition(is_calendar);
    let only_calendars = files.is_empty() && !calendars.is_empty();
    calendars.into_iter().for_each(|file| apart::act(app, Wanted::Calendar(app, file)));
    if only_calendars {
        // What became of it is said there.
        let _ = window().location().set_hash("#/notebook?see=time");
        return;
    }
    take(app, files.into_iter().map(Given::File).collect());
}

/// Reads what was dropped or pasted: files, or else text.
pub fn take_transfer(app: App, transfer: Option<DataTransfer>) {
    let Some(transfer) = transfer else { return };
    let files = transfer.files().filter(|files| files.length() > 0);
    if files.is_some() {
        return take_files(app, files);
    }
    let text = transfer.get_data("text/plain").ok().filter(|text| !text.trim().is_empty());
    take(app, text.map(Given::Text).into_iter().collect());
}

/// Reads a file that was opened before, with what the user has said about its shape since.
pub fn take_again(app: App, name: String, bytes: Bytes) {
    take(app, vec![Given::Again(name, bytes)]);
}

fn take(app: App, given: Vec<Given>) {
    apart::act(app, Wanted::Read(app, given));
}

/// What to call what was given.
pub fn called(given: &[Given]) -> String {
    match given {
        [Given::File(file)] => file.name(),
        [Given::Again(name, _)] => name.clone(),
        [Given::Text(_)] => t!("the pasted text").to_owned(),
        several => say::counted(several.len(), "file", "files"),
    }
}

/// Reads what was given, after what is being read.
pub fn read(app: App, mut given: Vec<Given>) {
    if given.is_empty() {
        return app.troubles.set(Troubles { all: vec![Trouble::Nothing], but_some_read: false });
    }
    if app.intake.with_untracked(|intake| matches!(intake, Intake::Reading { .. })) {
        return app.next.update(|next| next.append(&mut given));
    }
    let what = called(&given);
    // A question that is open stays open; what comes now joins it.
    let parts = match app.intake.get_untracked() {
        Intake::Asking(question) => question.parts.clone(),
        Intake::Idle | Intake::Reading { .. } => Vec::new(),
    };
    app.troubles.set(Troubles::default());
    let known = app.dataset.get_untracked().filter(|data| !data.sample);
    let is_real = known.is_some();
    let readings = app.settings.with_untracked(|settings| settings.readings.clone());
    let work = async move {
        let beat = work::stretches(move |done| app.progress.set(done));
        let pace = Pace::by(&beat);
        let mut arrived = Arrived { parts, ..Arrived::default() };
        let count = given.len();
        for (n, given) in given.into_iter().enumerate() {
            let share = |n: usize| 0.8 * n as f64 / count as f64;
            arrived.read(given, &readings, &pace.part(share(n), share(n + 1))).await;
        }
        let old = known.as_deref().cloned().unwrap_or_default();
        let parts = std::mem::take(&mut arrived.parts);
        let question = match parts.is_empty() {
            true => None,
            false => Some(Question::about(&old, parts, &pace.part(0.8, 1.0)).await),
        };
        (question, arrived)
    };
    run(app, what, work, move |(question, mut arrived)| {
        let documents = std::mem::take(&mut arrived.documents);
        if !documents.is_empty() {
            // Each is a workspace of its own, and none of them is what the rest belongs to.
            let rest = question.is_some() || !arrived.unknown.is_empty();
            documents.into_iter().for_each(|contents| workspaces::take(app, contents));
            arrived.troubles.extend(rest.then_some(Trouble::Together));
            if !arrived.troubles.is_empty() {
                app.troubles.set(Troubles { all: arrived.troubles, but_some_read: true });
            }
            return;
        }
        let some_read = question.is_some();
        match question {
            Some(question) if is_real => app.intake.set(Intake::Asking(Arc::new(question))),
            Some(question) => put(app, question.parts, question.joined, t!("Read")),
            None => {}
        }
        app.readings.update(|readings| {
            readings.retain(|old| arrived.unknown.iter().all(|new| !new.is_of_same_file(old)));
            readings.extend(arrived.unknown);
        });
        // Those of what was read just before stay.
        if !arrived.troubles.is_empty() || app.troubles.with_untracked(|troubles| !troubles.all.is_empty()) {
            app.troubles.update(|troubles| {
                troubles.all.extend(arrived.troubles);
                troubles.but_some_read |= some_read;
            });
        }
    });
}

/// What is to be read next, which is then nobody else's to read.
pub fn take_next(app: App) -> Vec<Given> {
    app.next.try_update(std::mem::take).unwrap_or_default()
}

/// Reads it, if there is something. What went wrong before goes on being said.
pub fn read_next(app: App, next: Vec<Given>) {
    if !next.is_empty() {
        let before = app.troubles.get_untracked();
        read(app, next);
        app.troubles.set(before);
    }
}

/// Does long work that ends in a change. While it goes on the page says so and offers to stop it: then
/// everything is as before. One at a time.
fn run<T: 'static>(
    app: App,
    what: String,
    work: impl Future<Output = T> + 'static,
    done: impl FnOnce(T) + 'static,
) {
    let before = app.intake.get_untracked();
    if matches!(before, Intake::Reading { .. }) {
        return;
    }
    let stop = Stop::default();
    app.stop.set_value(stop.clone());
    app.progress.set(0.0);
    app.intake.set(Intake::Reading { what });
    let turn = app.turn.get_value();
    spawn_local(async move {
        work::pause().await;
        match work::unless(stop, work).await {
            // Another workspace is open by now.
            _ if app.turn.get_value() != turn => {}
            Some(result) => {
                // What it ends in may be another workspace.
                let next = take_next(app);
                app.intake.set(Intake::Idle);
                done(result);
                read_next(app, next);
            }
            None => {
                app.intake.set(before);
                app.next.set(Vec::new());
                app.said.set(t!("Stopped. Nothing has changed.").to_owned());
                focus("main h1");
            }
        }
    });
}

/// What could be read, and what could not: one bad file does not keep the others out.
#[derive(Default)]
struct Arrived {
    parts: Vec<Part>,
    /// Whole workspaces, each to be opened by itself.
    documents: Vec<Contents>,
    /// Tables whose columns nobody knows.
    unknown: Vec<Reading>,
    troubles: Vec<Trouble>,
}

impl Arrived {
    async fn read(&mut self, given: Given, readings: &Readings, pace: &Pace<'_>) {
        let got = match given {
            Given::Text(text) => Ok(("Pasted text".to_owned(), Arc::new(text.into_bytes()))),
            Given::Again(name, bytes) => Ok((name, bytes)),
            Given::File(file) => match content(&file).await {
                Ok(bytes) => {
                    workbook::opened(&file.name(), bytes).await.map(|bytes| (file.name(), Arc::new(bytes)))
                }
                Err(trouble) => Err(trouble),
            },
        };
        let (name, bytes) = match got {
            Ok(got) => got,
            Err(trouble) => return self.troubles.push(trouble),
        };
        if Document::is_one(&bytes) {
            match Document::read(&bytes) {
                Ok(contents) => self.documents.push(contents),
                Err(error) => self.troubles.push(Trouble::Shared { what: name, error }),
            }
            return;
        }
        let file = File { name: &name, bytes: &bytes };
        match import::read_file(&file, readings, pace).await {
            Ok(workspace) => self.parts.push(Part { name, workspace, bytes: Some(bytes) }),
            Err(error) => {
                let about_columns = matches!(
                    error.error,
                    ImportError::UnknownColumns { .. } | ImportError::MissingColumn { .. }
                );
                let preview = match about_columns {
                    true => import::preview(&file, readings, pace).await.ok().flatten(),
                    false => None,
                };
                match preview {
                    Some(preview) => {
                        self.unknown.push(Reading::new(preview, bytes, Some(error.error.to_string())));
                    }
                    None => self.troubles.push(Trouble::Import(error)),
                }
            }
        }
    }
}

/// A file's bytes, a piece at a time.
async fn content(file: &web_sys::File) -> Result<Vec<u8>, Trouble> {
    const PIECE: f64 = 8_000_000.0;
    let size = file.size();
    if size > ImportError::MOST_BYTES as f64 {
        let error = ImportError::TooLarge { megabytes: (size / 1e6) as usize };
        return Err(Trouble::Import(FileError { file: file.name(), error }));
    }
    let unavailable = |_| Trouble::Unavailable { file: file.name() };
    // All are asked for at once: the browser fetches the next while one is copied.
    let starts = (0..).map(|n| f64::from(n) * PIECE).take_while(|at| *at < size);
    let pieces =
        starts.map(|at| file.slice_with_f64_and_f64(at, at + PIECE).map(|piece| piece.array_buffer()));
    let pieces = pieces.collect::<Result<Vec<_>, _>>().map_err(unavailable)?;
    let mut bytes = Vec::with_capacity(size as usize);
    for piece in pieces {
        let piece = js_sys::Uint8Array::new(&JsFuture::from(piece).await.map_err(unavailable)?);
        let start = bytes.len();
        bytes.resize(start + piece.length() as usize, 0);
        if let Some(room) = bytes.get_mut(start..) {
            piece.copy_to(room);
        }
    }
    Ok(bytes)
}

impl Question {
    async fn about(old: &Workspace, parts: Vec<Part>, pace: &Pace<'_>) -> Question {
        let mut joined = old.clone();
        let items = parts.iter().map(|part| part.workspace.items.len()).sum();
        // Where there is nothing, nobody is asked, and the parts are not needed any more.
        let alone = old.items.is_empty();
        let mut parts = parts;
        for part in &mut parts {
            let workspace = match alone {
                true => std::mem::take(&mut part.workspace),
                false => part.workspace.clone(),
            };
            joined.join(workspace, &pace.part(0.0, 0.5)).await;
        }
        let changes = match alone {
            true => Changes::default(),
            false => old.changes(&joined, &pace.part(0.5, 1.0)).await,
        };
        Question { parts, joined, changes, items }
    }
}

/// Joins the files with what is there; without the items that the newer exports no longer have, if the
/// user says so.
pub fn join(app: App, question: &Question, without_vanished: bool) {
    let joined = match without_vanished {
        true => question.joined.without(&question.changes.vanished),
        false => question.joined.clone(),
    };
    put(app, question.parts.clone(), joined, t!("Now"));
}

/// Puts the files in the place of what is there.
pub fn replace(app: App, question: &Question) {
    let parts = question.parts.clone();
    let what = question.files().join(", ");
    let work = async move {
        let beat = work::stretches(move |done| app.progress.set(done));
        let joined = together(&parts, &Pace::by(&beat)).await;
        (parts, joined)
    };
    app.intake.set(Intake::Idle);
    run(app, what, work, move |(parts, joined)| {
        remember(app, t!("replaced the data"));
        app.settings.update(|settings| *settings = settings.for_other_data());
        app.kept.set_value(Kept { files: Vec::new(), whole: true });
        app.kept.update_value(|kept| kept.add(parts));
        show(app, joined, t!("Read"));
    });
}

/// Opens the files as a workspace of their own, beside what is here.
pub fn apart(app: App, question: &Question) {
    let parts = question.parts.clone();
    let what = question.files().join(", ");
    if !workspaces::create(app) {
        return;
    }
    let work = async move {
        let beat = work::stretches(move |done| app.progress.set(done));
        let joined = together(&parts, &Pace::by(&beat)).await;
        (parts, joined)
    };
    run(app, what, work, move |(parts, joined)| put(app, parts, joined, t!("Read")));
}

/// The files one after the other: each fills in and updates.
async fn together(parts: &[Part], pace: &Pace<'_>) -> Workspace {
    let mut whole = Workspace::default();
    for part in parts {
        whole.join(part.workspace.clone(), pace).await;
    }
    whole
}

/// Shows new data that has what is there in it already, if that is real.
fn put(app: App, parts: Vec<Part>, joined: Workspace, said: &str) {
    let was_real = app.dataset.with_untracked(|data| data.as_ref().is_some_and(|data| !data.sample));
    if was_real {
        let what = say!("added {}", say::and(&names(&parts)));
        remember(app, &what);
    } else {
        app.just.set(None);
        remember(app, &say!("read {}", say::and(&names(&parts))));
        app.settings.update(|settings| *settings = settings.for_other_data());
        app.kept.set_value(Kept { files: Vec::new(), whole: true });
    }
    app.kept.update_value(|kept| kept.add(parts));
    show(app, joined, said);
}

/// Says what the change is that follows at once, for taking it back.
fn remember(app: App, what: &str) {
    app.doing.set_value(Some(what.to_owned()));
}

fn show(app: App, workspace: Workspace, said: &str) {
    app.said.set(format!("{said} {}.", say::items(workspace.items.len())));
    if !workspace.sample
        && app.notebook.with_untracked(|book| book.records.iter().any(|record| record.sample))
    {
        app.write(Notebook::remove_sample);
    }
    app.dataset.set(Some(Dataset::from(workspace)));
    app.intake.set(Intake::Idle);
    focus("main h1");
}

/// Reads a file of this visit again, with what the user has said since, and puts it in the place of what
/// it gave before.
pub fn read_again(app: App, name: &str) {
    apart::act(app, Wanted::ReadAgain(app, name.to_owned()));
}

/// Reads it.
pub fn read_kept(app: App, name: &str) {
    let kept = app.kept.get_value();
    let Some(bytes) = kept.find(name).cloned() else { return };
    let files: Vec<(String, Bytes)> = match kept.whole {
        true => kept.files,
        false => vec![(name.to_owned(), bytes)],
    };
    // Where the data is made of other files too, only what this one gave is taken out.
    let base = match (kept.whole, app.dataset.get_untracked()) {
        (false, Some(data)) => {
            let ids: Vec<u32> =
                data.read_from.iter().filter(|file| file.file == name).map(|file| file.id).collect();
            let items = data.items.iter().filter(|item| !ids.contains(&item.source)).cloned().collect();
            let read_from = data.read_from.iter().filter(|file| file.file != name).cloned().collect();
            Workspace { items, read_from, ..Workspace::clone(&data) }
        }
        _ => Workspace::default(),
    };
    let readings = app.settings.with_untracked(|settings| settings.readings.clone());
    let work = async move {
        let beat = work::stretches(move |done| app.progress.set(done));
        let pace = Pace::by(&beat);
        let mut arrived = Arrived::default();
        let mut joined = base;
        for (name, bytes) in files {
            arrived.read(Given::Again(name, bytes), &readings, &pace).await;
        }
        for part in &arrived.parts {
            joined.join(part.workspace.clone(), &pace).await;
        }
        (arrived, joined)
    };
    let file = name.to_owned();
    run(app, name.to_owned(), work, move |(arrived, joined)| {
        if arrived.troubles.is_empty() && arrived.unknown.is_empty() {
            let what = say!("read {file} anew");
            remember(app, &what);
            show(app, joined, t!("Read anew:"));
        } else {
            app.readings.update(|readings| readings.extend(arrived.unknown));
            app.troubles.set(Troubles { all: arrived.troubles, but_some_read: false });
        }
    });
}

/// Asks how a file of this visit is to be read.
pub fn ask_how_to_read(app: App, name: &str) {
    apart::act(app, Wanted::AskHow(app, name.to_owned()));
}

/// Asks it.
pub fn ask_how(app: App, name: &str) {
    let Some(bytes) = app.kept.with_value(|kept| kept.find(name).cloned()) else { return };
    let (name, readings) = (name.to_owned(), app.settings.with_untracked(|s| s.readings.clone()));
    spawn_local(async move {
        let beat = work::stretches(|_| {});
        let file = File { name: &name, bytes: &bytes };
        match import::preview(&file, &readings, &Pace::by(&beat)).await {
            Ok(Some(preview)) => {
                let reading = Reading::new(preview, bytes.clone(), None);
                app.readings.update(|readings| {
                    readings.retain(|old| !reading.is_of_same_file(old));
                    readings.insert(0, reading);
                });
            }
            Ok(None) => app.said.set(t!("There is nothing to choose about this file.").to_owned()),
            Err(error) => {
                app.troubles.set(Troubles { all: vec![Trouble::Import(error)], but_some_read: false });
            }
        }
    });
}

/// Shows the made-up team.
pub fn take_sample(app: App) {
    let today = clock::browser_zone().day_at(clock::now());
    app.settings.update(|settings| *settings = settings.for_other_data());
    app.kept.set_value(Kept::default());
    app.just.set(None);
    remember(app, t!("took the sample data"));
    app.write(|notebook| {
        notebook.remove_sample();
        notebook.add_sample(sample::notebook(today));
    });
    show(app, sample::workspace(today), t!("Read"));
}

impl Trouble {
    /// What went wrong, in a sentence.
    pub fn what(&self) -> String {
        match self {
            Trouble::Import(error) => format!("{}: {}", error.file, error.error),
            Trouble::Unavailable { file } => say!("The browser could not open {file}."),
            Trouble::NoReader { file } => {
                say!("The part of Ballpark that opens workbooks like {file} could not be loaded.")
            }
            Trouble::Missing => t!("The rest of Ballpark could not be fetched.").to_owned(),
            Trouble::Nothing => t!("There was no file and no text in that.").to_owned(),
            Trouble::NoRoomToSetAside => {
                t!("The browser has no room to keep the old data beside the new.").to_owned()
            }
            Trouble::Shared { what, error } => format!("{what} {error}."),
            Trouble::Together => {
                t!("Whole workspaces came together with other files, which were not read.").to_owned()
            }
            Trouble::NotGot { file, why } => say!("{file} could not be opened: {why}."),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Trouble::Import(error) => error.error.remedy(),
            Trouble::NoReader { .. } => t!("Is the connection up? Or save the sheet as CSV and drop that."),
            Trouble::Missing => {
                t!("Is the connection up? Reload the page to try again.")
            }
            Trouble::Unavailable { .. } => t!("Has it been moved or deleted? Choose it again."),
            Trouble::Nothing => {
                t!("Drop a file your tracker exported, or copy the rows of a table with its header.")
            }
            Trouble::NoRoomToSetAside => {
                t!("The old data is as it was; what is here lasts until this tab closes.")
            }
            Trouble::Shared { error: OpenError::Newer { .. }, .. } => {
                t!("Open it with a Ballpark of that age: reload this page, or use the one it came from.")
            }
            Trouble::Shared { .. } => {
                t!("Ask for it again: a link may have been cut off on its way, a file not copied to its end.")
            }
            Trouble::Together => t!("Drop them once more, in the workspace that they belong to."),
            Trouble::NotGot { .. } => t!("Is the name right, and does the file lie beside this page?"),
        }
    }
}
