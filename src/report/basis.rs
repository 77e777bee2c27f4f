//! What is settled once for a workspace, whichever of its items are looked at: days, histories, what is odd.

use std::sync::Arc;

use jiff::Timestamp;

use crate::metrics::{self, Dates, Visit, Workflow};
use crate::model::{
    Calendar, Counting, Dataset, Date, Groups, Kind, Settings, Warning, Workspace, Zone, seen,
};
use crate::pace::Pace;

/// The latest day that numbers can be asked for, so that no axis grows without end.
const LAST_AS_OF: Date = Date::constant(2200, 12, 31);

/// What holds of a workspace whichever of its items are looked at: the items as the user means them, their
/// days, and what is odd about them.
#[derive(Debug)]
pub struct Basis {
    /// The real day.
    pub today: Date,
    /// The day the numbers speak for, unless the filter names an earlier one.
    pub as_of: Date,
    /// Whether the user chose that day.
    pub as_of_chosen: bool,
    /// The last day on which anything happened: what the tracker says of now, it says of then.
    pub last_day: Date,
    pub zone: Zone,
    pub counting: Counting,
    pub calendar: Calendar,
    /// The items with the user's meanings.
    pub data: Dataset,
    pub groups: Groups,
    /// Each item's days, in the order of the items.
    pub dates: Arc<Vec<Dates>>,
    pub workflow: Workflow,
    pub tells: Tells,
    /// From reading and from the dates, by kind.
    pub warnings: Vec<Warning>,
    /// Each item's way through the workflow; empty where no item has any.
    pub(super) ways: Vec<Way>,
}

/// What any of the items tells, found out once: a filter must not look through all of them to find nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tells {
    /// Estimates of work, and work done.
    pub estimates: bool,
    pub work: bool,
    pub points: bool,
    pub sizes: bool,
    pub areas: bool,
    pub bugs: bool,
    pub features: bool,
    pub owners: bool,
}

impl Tells {
    fn of(workspace: &Workspace) -> Tells {
        let mut tells = Tells::default();
        for item in &workspace.items {
            tells.estimates |= item.estimate_hours.is_some_and(|hours| hours > 0.0);
            tells.work |= item.actual_hours.is_some_and(|hours| hours > 0.0);
            tells.points |= item.points.is_some();
            tells.sizes |= !item.size.is_empty();
            tells.areas |= !item.areas.is_empty();
            tells.bugs |= item.kind == Kind::Bug;
            tells.features |= item.kind == Kind::Feature;
            tells.owners |= !item.owners.is_empty();
        }
        tells
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    pub(super) visits: Vec<Visit>,
    pub(super) flags: Vec<(f64, f64)>,
}

impl Basis {
    /// Settles the days of all items. `browser_zone` counts where the settings name none (or none that
    /// exists); `now` is the real time, later than which nothing can have happened. Without any date the
    /// numbers speak for today.
    pub async fn in_steps(
        workspace: &Workspace,
        settings: &Settings,
        browser_zone: &Zone,
        now: Timestamp,
        pace: &Pace<'_>,
    ) -> Basis {
        let zone = settings.zone.as_deref().and_then(|name| Zone::named(name).ok());
        let zone = zone.unwrap_or_else(|| browser_zone.clone());
        let today = zone.day_at(now);
        let workspace = seen(workspace, settings);
        pace.at(0, 1).await;
        let total = workspace.items.len();
        let workflow = Workflow::of(&workspace, &settings.counting.waiting);
        let has_ways = workspace.knows.history
            || workspace.items.iter().any(|item| !item.history.is_empty() || !item.blocked_times.is_empty());
        let mut as_written: Vec<Dates> = Vec::with_capacity(total);
        let mut ways: Vec<Way> = Vec::with_capacity(if has_ways { total } else { 0 });
        for (n, item) in workspace.items.iter().enumerate() {
            as_written.push(metrics::resolve(item, &zone));
            if has_ways {
                let visits = metrics::path(item, &workflow, &zone);
                ways.push(Way { visits, flags: metrics::flags(item, &zone) });
            }
            if n % 512 == 0 {
                pace.part(0.0, 0.5).at(n, total).await;
            }
        }
        let dates: Vec<Dates> = as_written.iter().map(|dates| dates.until(today)).collect();
        let last_day = metrics::as_of(&dates).unwrap_or(today);
        let as_of = settings.as_of.unwrap_or(last_day).min(LAST_AS_OF);
        let mut warnings = Vec::new();
        for file in &workspace.read_from {
            Warning::add(&mut warnings, file.warnings.clone());
        }
        let checking = pace.part(0.5, 1.0);
        Warning::add(&mut warnings, metrics::check(&workspace, &as_written, as_of, today, &checking).await);
        let groups = Groups::of(&workspace);
        Basis {
            tells: Tells::of(&workspace),
            today,
            as_of,
            as_of_chosen: settings.as_of.is_some(),
            last_day,
            zone,
            calendar: settings.counting.calendar(),
            counting: settings.counting.clone(),
            data: Dataset::from(workspace),
            groups,
            dates: Arc::new(dates),
            workflow,
            warnings,
            ways,
        }
    }
}
