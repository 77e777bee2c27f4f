//! Everything the user can change, and what follows from it.

use std::sync::Arc;

use leptos::prelude::*;

use super::clock;
use super::intake::{Intake, Troubles};
use super::store::{Keeping, Last};
use crate::model::{Dataset, Settings, Zone};
use crate::report::Analysis;
use crate::route::{Route, UnknownRoute};

/// The facts.
#[derive(Clone, Copy)]
pub struct App {
    /// What was read; none before the first export.
    pub dataset: RwSignal<Option<Dataset>>,
    pub settings: RwSignal<Settings>,
    pub route: RwSignal<Result<Route, UnknownRoute>>,
    /// A file on its way in.
    pub intake: RwSignal<Intake>,
    /// What went wrong, until the user has closed it.
    pub troubles: RwSignal<Troubles>,
    /// Where the data lies between visits.
    pub keeping: RwSignal<Keeping>,
    /// What is known to be saved; nothing follows from it, so it is no signal.
    pub last: StoredValue<Last>,
    /// The last thing that happened, for screen readers.
    pub said: RwSignal<String>,
}

/// What follows. Memos are lazy: what nobody looks at is not computed.
#[derive(Clone, Copy)]
pub struct Derived {
    pub analysis: Memo<Option<Shared>>,
}

/// An analysis, compared by identity: a new one is computed only when a fact changed.
#[derive(Clone)]
pub struct Shared(Arc<Analysis>);

impl PartialEq for Shared {
    fn eq(&self, other: &Shared) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Shared {
    type Target = Analysis;

    fn deref(&self) -> &Analysis {
        &self.0
    }
}

impl Derived {
    pub fn new(app: App) -> Derived {
        let zone = clock::browser_zone();
        let analysis = Memo::new(move |_| {
            let settings = app.settings.get();
            app.dataset.with(|dataset| dataset.as_ref().map(|data| analyse(data, &settings, &zone)))
        });
        Derived { analysis }
    }
}

fn analyse(dataset: &Dataset, settings: &Settings, browser_zone: &Zone) -> Shared {
    Shared(Arc::new(Analysis::of(dataset, settings, browser_zone, clock::now())))
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
