//! Everything the user can change, and what follows from it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::clock;
use super::intake::{Intake, Kept, Troubles, Undo};
use super::reading::Reading;
use super::store::{Keeping, Last};
use super::work::{self, Stop};
use crate::model::{Dataset, Groups, Settings, seen};
use crate::pace::Pace;
use crate::report::Analysis;
use crate::route::{Filter, Route, UnknownRoute};

/// The facts.
#[derive(Clone, Copy)]
pub struct App {
    /// What was read; none before the first export.
    pub dataset: RwSignal<Option<Dataset>>,
    pub settings: RwSignal<Settings>,
    pub route: RwSignal<Result<Route, UnknownRoute>>,
    /// Which of the data the pages show, as the address says it.
    pub filter: RwSignal<Filter>,
    /// A file on its way in.
    pub intake: RwSignal<Intake>,
    /// How much of it is done, from 0 to 1.
    pub progress: RwSignal<f64>,
    /// Files whose columns the user is asked about, the first one now.
    pub readings: RwSignal<Vec<Reading>>,
    /// What was before the last change, for taking it back.
    pub undo: RwSignal<Option<Undo>>,
    /// What went wrong, until the user has closed it.
    pub troubles: RwSignal<Troubles>,
    /// Where the data lies between visits.
    pub keeping: RwSignal<Keeping>,
    /// What is known to be saved; nothing follows from it, so it is no signal.
    pub last: StoredValue<Last>,
    /// The files of this visit, for reading them again in another way.
    pub kept: StoredValue<Kept>,
    /// Stops what is being read.
    pub stop: StoredValue<Stop, LocalStorage>,
    /// The last thing that happened, for screen readers.
    pub said: RwSignal<String>,
}

/// What follows.
#[derive(Clone, Copy)]
pub struct Derived {
    pub analysis: RwSignal<Option<Shared>>,
}

/// An analysis with the data it is of, compared by identity: a new one comes only when a fact changed.
#[derive(Clone)]
pub struct Shared(Arc<Whole>);

struct Whole {
    whole: Dataset,
    data: Dataset,
    groups: Groups,
    group: Option<String>,
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
    /// The items as the user sees them: with their meanings, and only those of the chosen team.
    pub fn data(&self) -> &Dataset {
        &self.0.data
    }

    /// All the data, as it was read.
    pub fn whole(&self) -> &Dataset {
        &self.0.whole
    }

    /// The teams there are.
    pub fn groups(&self) -> &Groups {
        &self.0.groups
    }

    /// The team that is shown, if it is one.
    pub fn group(&self) -> Option<&str> {
        self.0.group.as_deref()
    }
}

impl Derived {
    pub fn new(app: App) -> Derived {
        let zone = clock::browser_zone();
        let analysis = RwSignal::new(None);
        // A fact that changes while numbers are counted makes them old: the latest count wins.
        let latest = StoredValue::new_local(Stop::default());
        Effect::new(move |_| {
            let (settings, filter) = (app.settings.get(), app.filter.get());
            latest.with_value(Stop::now);
            let Some(data) = app.dataset.get() else { return analysis.set(None) };
            let (stop, zone) = (Stop::default(), zone.clone());
            latest.set_value(stop.clone());
            spawn_local(async move {
                let beat = work::stretches(|_| {});
                let pace = Pace::by(&beat);
                let counting = async {
                    // What was done is painted first.
                    if data.items.len() > 1000 {
                        work::pause().await;
                    }
                    let groups = Groups::of(&data);
                    let group = filter.team.filter(|team| groups.names.iter().any(|(name, _)| name == team));
                    pace.at(0, 1).await;
                    let whole = data;
                    let data = Dataset::from(seen(&whole, &settings, group.as_deref()));
                    pace.at(0, 1).await;
                    let analysis = Analysis::in_steps(&data, &settings, &zone, clock::now(), &pace).await;
                    Shared(Arc::new(Whole { whole, data, groups, group, analysis }))
                };
                if let Some(counted) = work::unless(stop, counting).await {
                    analysis.set(Some(counted));
                }
            });
        });
        Derived { analysis }
    }
}

impl App {
    /// The facts, from the nearest component that provides them.
    pub fn here() -> App {
        expect_context()
    }
}

impl Derived {
    /// What follows from the facts, from the nearest component that provides it.
    pub fn here() -> Derived {
        expect_context()
    }
}
