//! Files on their way in: dropped, pasted or chosen; read; and, where there is data already, joined
//! with it or put in its place, as the user says.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, FileList};

use super::{App, clock, focus};
use crate::import::{self, File, FileError};
use crate::model::{Dataset, Settings, Workspace};
use crate::report::say;
use crate::sample;

/// Where the intake stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Intake {
    #[default]
    Idle,
    Reading {
        what: String,
    },
    /// Read, one workspace a file; the user is asked what to do with the data that is there.
    Asking(Vec<Workspace>),
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    Import(FileError),
    /// More than a browser tab should be asked to hold.
    TooLarge {
        file: String,
        megabytes: usize,
    },
    /// The browser could not give the file's bytes.
    Unavailable {
        file: String,
    },
    /// A drop or paste without a file or text.
    Nothing,
    /// There is no room to keep the old data beside the new.
    NoRoomToSetAside,
}

/// What went wrong in one go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Troubles {
    pub all: Vec<Trouble>,
    /// Whether something else of the same go was done.
    pub but_some_read: bool,
}

/// The largest file that is read.
const MOST_MEGABYTES: usize = 100;

/// What the user gave, before reading.
enum Given {
    File(web_sys::File),
    Text(String),
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
    take(app, files.map(Given::File).collect());
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

fn take(app: App, given: Vec<Given>) {
    if given.is_empty() {
        return app.troubles.set(Troubles { all: vec![Trouble::Nothing], but_some_read: false });
    }
    if matches!(app.intake.get_untracked(), Intake::Reading { .. }) {
        return;
    }
    let what = match given.as_slice() {
        [Given::File(file)] => file.name(),
        [Given::Text(_)] => "the pasted text".to_owned(),
        several => say::counted(several.len(), "file", "files"),
    };
    // A question that is open stays open; what comes now joins it.
    let mut parts = match app.intake.get_untracked() {
        Intake::Asking(parts) => parts,
        Intake::Idle | Intake::Reading { .. } => Vec::new(),
    };
    app.troubles.set(Troubles::default());
    app.intake.set(Intake::Reading { what });
    spawn_local(async move {
        clock::pause().await;
        let (read, all) = read(given).await;
        let but_some_read = !read.is_empty();
        parts.extend(read);
        arrived(app, parts);
        if !all.is_empty() {
            app.troubles.set(Troubles { all, but_some_read });
        }
    });
}

/// What could be read, and what could not: one bad file does not keep the others out.
async fn read(given: Vec<Given>) -> (Vec<Workspace>, Vec<Trouble>) {
    let mut parts = Vec::new();
    let mut troubles = Vec::new();
    for given in given {
        let read = match given {
            Given::Text(text) => Ok(("Pasted text".to_owned(), text.into_bytes())),
            Given::File(file) => bytes(&file).await.map(|bytes| (file.name(), bytes)),
        };
        let read = read.and_then(|(name, bytes)| {
            import::read_file(&File { name: &name, bytes: &bytes }).map_err(Trouble::Import)
        });
        match read {
            Ok(part) => parts.push(part),
            Err(trouble) => troubles.push(trouble),
        }
        clock::pause().await;
    }
    (parts, troubles)
}

async fn bytes(file: &web_sys::File) -> Result<Vec<u8>, Trouble> {
    let megabytes = (file.size() / 1e6) as usize;
    if megabytes > MOST_MEGABYTES {
        return Err(Trouble::TooLarge { file: file.name(), megabytes });
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.map_err(|_| Trouble::Unavailable { file: file.name() })?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// New data takes the place of none and of the sample; of real data only if the user says so.
fn arrived(app: App, parts: Vec<Workspace>) {
    let real = app.dataset.with_untracked(|data| data.as_ref().is_some_and(|data| !data.sample));
    if parts.is_empty() {
        app.intake.set(Intake::Idle);
    } else if real {
        app.intake.set(Intake::Asking(parts));
    } else {
        replace(app, parts);
    }
}

/// Puts the files in the place of what is there.
pub fn replace(app: App, parts: Vec<Workspace>) {
    app.settings.set(Settings::default());
    show(app, together(Workspace::default(), parts), "Read");
}

/// Joins the files with what is there, one after the other: each fills in and updates.
pub fn join(app: App, parts: Vec<Workspace>) {
    let known = app.dataset.with_untracked(|data| data.as_deref().cloned()).unwrap_or_default();
    show(app, together(known, parts), "Now");
}

/// The files on top of a workspace.
pub fn together(workspace: Workspace, parts: Vec<Workspace>) -> Workspace {
    parts.into_iter().fold(workspace, |mut whole, part| {
        whole.sample |= part.sample;
        whole.join(part);
        whole
    })
}

fn show(app: App, workspace: Workspace, said: &str) {
    app.said.set(format!("{said} {}.", say::items(workspace.items.len())));
    app.dataset.set(Some(Dataset::from(workspace)));
    app.intake.set(Intake::Idle);
    focus("main h1");
}

/// How many of the new items are known already, by key.
pub fn known(app: App, workspace: &Workspace) -> usize {
    app.dataset.with_untracked(|data| {
        let keys: std::collections::HashSet<&str> =
            data.iter().flat_map(|data| &data.items).map(|item| item.key.as_str()).collect();
        workspace.items.iter().filter(|item| keys.contains(item.key.as_str())).count()
    })
}

/// Shows the made-up team.
pub fn take_sample(app: App) {
    match sample::workspace(clock::browser_zone().day_at(clock::now())) {
        Ok(workspace) => replace(app, vec![workspace]),
        Err(error) => app.troubles.set(Troubles { all: vec![Trouble::Import(error)], but_some_read: false }),
    }
}

impl Trouble {
    /// What went wrong, in a sentence.
    pub fn what(&self) -> String {
        match self {
            Trouble::Import(error) => format!("{}: {}", error.file, error.error),
            Trouble::TooLarge { file, megabytes } => {
                format!("{file} is {megabytes} MB; up to {MOST_MEGABYTES} MB can be read.")
            }
            Trouble::Unavailable { file } => format!("The browser could not open {file}."),
            Trouble::Nothing => "There was no file and no text in that.".to_owned(),
            Trouble::NoRoomToSetAside => {
                "The browser has no room to keep the old data beside the new.".to_owned()
            }
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Trouble::Import(error) => error.error.remedy(),
            Trouble::TooLarge { .. } => "Export a shorter time, or fewer fields.",
            Trouble::Unavailable { .. } => "Has it been moved or deleted? Choose it again.",
            Trouble::Nothing => "Drop a CSV file, or copy the rows of a table with its header.",
            Trouble::NoRoomToSetAside => {
                "The old data is as it was; what is here lasts until this tab closes."
            }
        }
    }
}
