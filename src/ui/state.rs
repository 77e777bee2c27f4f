//! Everything the user can change, and what follows from it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::apart::{Apart, Waiting};
use super::clock;
use super::intake::{Given, Intake, Kept, Troubles};
use super::journal::Journal;
use super::notes;
use super::reading::Reading;
use super::records::Editing;
use super::store::{Keeping, Last};
use super::work::{self, Stop};
use crate::model::{Choices, Dataset, Filter, Notebook, Role, Settings, Workspace, Zone};
use crate::pace::Pace;
use crate::report::{Analysis, Basis, Selection};
use crate::route::{self, Route, UnknownRoute};
use crate::storage::Contents;

/// The facts.
#[derive(Clone, Copy)]
pub struct App {
    /// What was read; none before the first export.
    pub dataset: RwSignal<Option<Dataset>>,
    pub settings: RwSignal<Settings>,
    /// What people have written down.
    pub notebook: RwSignal<Notebook>,
    /// What is being written into it, until it is saved or left.
    pub editing: RwSignal<Option<Editing>>,
    /// Where it lies between visits, and which writing of it this tab knows.
    pub notes_keeping: RwSignal<notes::Keeping>,
    pub notes_stamp: StoredValue<String>,
    /// Whose page the reader looks at first.
    pub role: RwSignal<Option<Role>>,
    pub route: RwSignal<Result<Route, UnknownRoute>>,
    /// Which of the data the pages show, as the address says it.
    pub filter: RwSignal<Filter>,
    /// The key of the item that is looked at, as the address says it.
    pub item: RwSignal<Option<String>>,
    /// The part of the page that is to be seen, as the address says it.
    pub part: RwSignal<Option<String>>,
    /// A list of items that is looked at, with what they have in common.
    pub listed: RwSignal<Option<(String, Selection)>>,
    /// A file on its way in.
    pub intake: RwSignal<Intake>,
    /// How much of it is done, from 0 to 1.
    pub progress: RwSignal<f64>,
    /// Files whose columns the user is asked about, the first one now.
    pub readings: RwSignal<Vec<Reading>>,
    /// What was done and can be taken back, and taken back and can be done again.
    pub journal: RwSignal<Journal>,
    /// What is being done, where that is no matter of one setting.
    pub doing: StoredValue<Option<String>>,
    /// What was done to the data last, until the user has closed it.
    pub just: RwSignal<Option<String>>,
    /// What was taken back last, until something else is done.
    pub taken: RwSignal<Option<String>>,
    /// What went wrong, until the user has closed it.
    pub troubles: RwSignal<Troubles>,
    /// What became of the calendar file that was read last.
    pub calendar_said: RwSignal<String>,
    /// Which workspace is open: what stands behind its keys, nothing of the first.
    pub open: StoredValue<String>,
    /// What is remembered in this tab of the shared workspace that is shown.
    pub visiting: StoredValue<Option<String>>,
    /// Where the data lies between visits.
    pub keeping: RwSignal<Keeping>,
    /// What is known to be saved; nothing follows from it, so it is no signal.
    pub last: StoredValue<Last>,
    /// The files of this visit, for reading them again in another way.
    pub kept: StoredValue<Kept>,
    /// Counts the workspaces that this tab has had: what was begun in one does not end in another.
    pub turn: StoredValue<u32>,
    /// What was given while something else was being read: it is read next.
    pub next: RwSignal<Vec<Given>, LocalStorage>,
    /// Stops what is being read.
    pub stop: StoredValue<Stop, LocalStorage>,
    /// Where the rest of the program is.
    pub apart: RwSignal<Apart>,
    /// What is to be done with it.
    pub waiting: RwSignal<Waiting, LocalStorage>,
    /// The last thing that happened, for screen readers.
    pub said: RwSignal<String>,
}

/// What follows.
#[derive(Clone, Copy)]
pub struct Derived {
    pub analysis: RwSignal<Option<Shared>>,
    /// What the data can be filtered by.
    pub choices: RwSignal<Arc<Choices>>,
    /// Counts the times that a forecast's past was replayed: what shows a forecast follows it.
    pub replays: RwSignal<u32>,
    /// How much of the past is replayed, from 0 to 1, while it is.
    pub replaying: RwSignal<Option<f64>>,
}

/// An analysis with the data it is of, compared by identity: a new one comes only when a fact changed.
#[derive(Clone)]
pub struct Shared(Arc<Whole>);

struct Whole {
    whole: Dataset,
    analysis: Analysis,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Shared) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Shared {
    type Target = Analysis;

    fn deref(&self) -> &Analysis {
        &self.0.analysis
    }
}

impl Shared {
    fn of(whole: Dataset, basis: &Arc<Basis>, filter: &Filter) -> Shared {
        Shared(Arc::new(Whole { whole, analysis: Analysis::looking_at(basis, filter) }))
    }

    /// Of no data: a notebook has something to say without any.
    pub fn of_nothing(zone: &Zone) -> Shared {
        let analysis = Analysis::of(&Workspace::default(), &Settings::default(), zone, clock::now());
        Shared(Arc::new(Whole { whole: Dataset::from(Workspace::default()), analysis }))
    }

    /// All the data, as it was read.
    pub fn whole(&self) -> &Dataset {
        &self.0.whole
    }
}

impl Derived {
    pub fn new(app: App) -> Derived {
        let zone = clock::browser_zone();
        let analysis = RwSignal::new(None::<Shared>);
        let choices = RwSignal::new(Arc::new(Choices::default()));
        // A fact that changes while numbers are counted makes them old: the latest count wins.
        let latest = StoredValue::new_local(Stop::default());
        Effect::new(move |_| {
            let settings = app.settings.get();
            latest.with_value(Stop::now);
            let Some(data) = app.dataset.get() else { return analysis.set(None) };
            let (stop, zone) = (Stop::default(), zone.clone());
            latest.set_value(stop.clone());
            spawn_local(async move {
                let beat = work::stretches(|_| {});
                let pace = Pace::by(&beat);
                let counting = async {
                    // What was done is painted first.
                    let many = data.items.len() > 1000;
                    if many {
                        work::pause().await;
                    }
                    let basis = Basis::in_steps(&data, &settings, &zone, clock::now(), &pace).await;
                    let basis = Arc::new(basis);
                    pace.at(0, 1).await;
                    let found = Arc::new(Choices::of(&basis.data));
                    if many {
                        work::pause().await;
                    }
                    let shared = Shared::of(data, &basis, &app.filter.get_untracked());
                    if many {
                        work::pause().await;
                    }
                    (shared, found)
                };
                if let Some((counted, found)) = work::unless(stop, counting).await {
                    choices.set(found);
                    analysis.set(Some(counted));
                }
            });
        });
        let (replays, replaying) = (RwSignal::new(0_u32), RwSignal::new(None::<f64>));
        // A forecast is told together with its record, so the past is replayed where one is shown, beside a page
        // that answers.
        let is_shown = Memo::new(move |_| {
            matches!(app.route.get(), Ok(Route::Forecast | Route::Roadmap | Route::Role(_)))
        });
        let last_replay = StoredValue::new_local(Stop::default());
        Effect::new(move |_| {
            let (shown, is_shown) = (analysis.get(), is_shown.get());
            last_replay.with_value(Stop::now);
            replaying.set(None);
            let Some(shown) = shown.filter(|shown| is_shown && !shown.is_forecast()) else { return };
            let stop = Stop::default();
            last_replay.set_value(stop.clone());
            spawn_local(async move {
                let beat = work::stretches(move |done| replaying.set(Some(done)));
                let pace = Pace::by(&beat);
                // What was done is painted first.
                work::pause().await;
                let told = || replays.update(|n| *n = n.wrapping_add(1));
                if work::unless(stop, shown.forecast_in_steps(&pace, told)).await.is_some() {
                    replaying.set(None);
                }
            });
        });
        // Another filter changes nothing that is expensive, so the numbers follow at once.
        Effect::new(move |_| {
            let filter = app.filter.get();
            let Some(shown) = analysis.get() else { return };
            if shown.filter != filter.fitting(&shown.basis.groups) {
                let next = Shared::of(shown.whole().clone(), &shown.basis, &filter);
                next.forecast_like(&shown);
                analysis.set(Some(next));
            }
        });
        Derived { analysis, choices, replays, replaying }
    }
}

impl App {
    /// The facts, from the nearest component that provides them.
    pub fn here() -> App {
        expect_context()
    }

    /// Shows other data, by way of the address.
    pub fn filter_by(self, filter: &Filter) {
        let data = self.filter.with_untracked(|filter| filter.data.clone());
        self.go(&Filter { data, ..filter.clone() }, None);
    }

    /// Opens an item, by way of the address.
    pub fn open_item(self, key: &str) {
        self.filter.with_untracked(|filter| self.go(filter, Some(key)));
    }

    /// Closes the item that is looked at, and shows the list that it was chosen from.
    pub fn back_to_the_list(self) {
        self.filter.with_untracked(|filter| self.go(filter, None));
    }

    /// Closes what is open.
    pub fn close_items(self) {
        self.listed.set(None);
        if self.item.with_untracked(Option::is_some) {
            self.filter.with_untracked(|filter| self.go(filter, None));
        }
    }

    /// Opens the items of a selection: the item itself where it is one.
    pub fn open(self, analysis: &Analysis, title: String, selection: &Selection) {
        let items = analysis.select(selection);
        match items.as_slice() {
            [] => {}
            [one] => {
                if let Some(item) = analysis.data.items.get(*one) {
                    self.open_item(&item.key);
                }
            }
            _ => self.listed.set(Some((title, selection.clone()))),
        }
    }

    /// Changes the notebook.
    pub fn write(self, change: impl FnOnce(&mut Notebook)) {
        self.notebook.update(change);
    }

    /// Lets nothing that is being read arrive.
    pub fn stop_reading(self) {
        self.stop.with_value(Stop::now);
        self.turn.update_value(|turn| *turn += 1);
    }

    /// Everything that is this team's.
    pub fn contents(self) -> Contents {
        Contents {
            workspace: self.dataset.with_untracked(|data| data.as_deref().cloned()).unwrap_or_default(),
            settings: self.settings.get_untracked(),
            notebook: self.notebook.get_untracked(),
        }
    }

    fn go(self, filter: &Filter, item: Option<&str>) {
        let route = self.route.with_untracked(|route| route.clone().unwrap_or_default());
        // The listener of the address does the rest. Where an address can't be set, nothing changes.
        let _ = window().location().set_hash(&route::address(route, filter, item));
    }
}

impl Derived {
    /// What follows from the facts, from the nearest component that provides it.
    pub fn here() -> Derived {
        expect_context()
    }
}
