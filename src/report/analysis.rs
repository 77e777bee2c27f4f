//! Every number of a workspace at once, so that each is the same wherever it is shown.

use jiff::Timestamp;

use crate::metrics::{
    self, Dates, Distribution, Durations, State, Steadiness, Throughput, ages, cycle_times, lead_times,
    steadiness, weekly,
};
use crate::model::{Date, Knows, Settings, Warning, WarningKind, Weekday, Workspace, Zone, day_number};
use crate::pace::{Pace, straight};

/// What "recent" means: as many whole weeks.
pub const RECENT_WEEKS: usize = 12;

/// The latest day that numbers can be asked for, so that no axis grows without end.
const LAST_AS_OF: Date = Date::constant(2200, 12, 31);

/// The numbers of a workspace on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The real day.
    pub today: Date,
    /// The day the numbers speak for.
    pub as_of: Date,
    /// Whether the user chose that day.
    pub as_of_chosen: bool,
    pub zone: Zone,
    pub counts: Counts,
    /// Each item's days, in the order of the workspace's items.
    pub dates: Vec<Dates>,
    pub cycle: Durations,
    pub lead: Durations,
    /// Of the items in progress.
    pub ages: Durations,
    /// `None` while no whole week has passed since the first finish.
    pub throughput: Option<Throughput>,
    /// Of the last [`RECENT_WEEKS`] whole weeks; `None` where there is no whole week.
    pub recent: Option<Steadiness>,
    /// What any of the files has a column for.
    pub knows: Knows,
    /// Whether the data can tell what is in progress: it has a status or start dates.
    pub tells_progress: bool,
    /// From reading and from the dates, by kind.
    pub warnings: Vec<Warning>,
}

/// Where the items stand on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub read: usize,
    /// Rows that held no item.
    pub skipped: usize,
    pub finished: usize,
    pub in_progress: usize,
    pub not_started: usize,
    pub cancelled: usize,
    /// Items that came up only after the day.
    pub not_yet_known: usize,
}

/// Which duration the data supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Cycle,
    Lead,
}

impl Measure {
    /// The field's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Cycle => "cycle time",
            Measure::Lead => "lead time",
        }
    }

    /// From when to when.
    pub fn span(self) -> &'static str {
        match self {
            Measure::Cycle => "from start to finish",
            Measure::Lead => "from creation to finish",
        }
    }
}

impl Analysis {
    /// Computes everything. `browser_zone` counts where the settings name none (or none that exists);
    /// `now` is the real time, later than which nothing can have happened. Without any date the numbers
    /// speak for today.
    pub fn of(workspace: &Workspace, settings: &Settings, browser_zone: &Zone, now: Timestamp) -> Analysis {
        let work = Analysis::in_steps(workspace, settings, browser_zone, now, &Pace::STRAIGHT);
        // Nothing asks this work to pause, so there is always a result.
        straight(work).unwrap_or_else(|| Analysis::of(&Workspace::default(), settings, browser_zone, now))
    }

    /// The same, in steps.
    pub async fn in_steps(
        workspace: &Workspace,
        settings: &Settings,
        browser_zone: &Zone,
        now: Timestamp,
        pace: &Pace<'_>,
    ) -> Analysis {
        let zone = settings.zone.as_deref().and_then(|name| Zone::named(name).ok());
        let zone = zone.unwrap_or_else(|| browser_zone.clone());
        let today = zone.day_at(now);
        let total = workspace.items.len();
        let mut as_written: Vec<Dates> = Vec::with_capacity(total);
        for (n, item) in workspace.items.iter().enumerate() {
            as_written.push(metrics::resolve(item, &zone));
            if n % 512 == 0 {
                pace.part(0.0, 0.4).at(n, total).await;
            }
        }
        let dates: Vec<Dates> = as_written.iter().map(|dates| dates.until(today)).collect();
        let last_day = metrics::as_of(&dates).unwrap_or(today);
        let as_of = settings.as_of.unwrap_or(last_day).min(LAST_AS_OF);
        let mut warnings = Vec::new();
        for file in &workspace.read_from {
            Warning::add(&mut warnings, file.warnings.clone());
        }
        let checking = pace.part(0.4, 0.8);
        Warning::add(&mut warnings, metrics::check(workspace, &as_written, as_of, today, &checking).await);
        let throughput = weekly(&dates, as_of, Weekday::Monday);
        pace.at(80, 100).await;
        let cycle = cycle_times(&dates, as_of);
        pace.at(85, 100).await;
        let lead = lead_times(&dates, as_of);
        pace.at(90, 100).await;
        Analysis {
            today,
            as_of,
            as_of_chosen: settings.as_of.is_some(),
            zone,
            counts: count(&dates, as_of, workspace.skipped()),
            cycle,
            lead,
            ages: ages(&dates, as_of),
            recent: throughput.as_ref().and_then(|weekly| steadiness(weekly.last(RECENT_WEEKS))),
            throughput,
            knows: workspace.knows,
            tells_progress: workspace.knows.status || dates.iter().any(|dates| dates.started.is_some()),
            warnings,
            dates,
        }
    }

    /// Cycle time where the starts are known, else lead time under its own name: also where so few
    /// items have a start that they would speak for the rest. `None` when neither has a value.
    pub fn durations(&self) -> Option<(Measure, &Durations)> {
        let cycle = (Measure::Cycle, &self.cycle);
        let lead = (Measure::Lead, &self.lead);
        let (cycles, leads) = (self.cycle.distribution.n(), self.lead.distribution.n());
        match (cycles, leads) {
            (0, 0) => None,
            (0, _) => Some(lead),
            (_, leads) if leads >= 2 * cycles => Some(lead),
            _ => Some(cycle),
        }
    }

    /// Of those durations, the ones that ended in the last [`RECENT_WEEKS`] weeks by `as_of`.
    pub fn recent_durations(&self, durations: &Durations) -> Distribution {
        let since = day_number(self.as_of) - 7 * RECENT_WEEKS as i32;
        let recent = durations.timed.iter().filter(|timed| day_number(timed.end) > since);
        recent.map(|timed| timed.days).collect()
    }

    /// How many rows a kind of warning concerns.
    pub fn warned(&self, kind: WarningKind) -> usize {
        let found = self.warnings.iter().find(|warning| warning.kind == kind);
        found.map_or(0, |warning| warning.count as usize)
    }

    /// Why there is no cycle time, if there is none.
    pub fn no_cycle_time(&self) -> Option<&'static str> {
        self.why_none(
            &self.cycle,
            self.dates.iter().any(|d| d.started.is_some()),
            no_dates(
                self.knows.started,
                "The file has no start dates, so there is no cycle time.",
                "The start dates are all empty, unreadable or later than today, so there is no cycle time.",
            ),
            "No finished item has both a start and a finish date in the right order.",
        )
    }

    /// Why there is no lead time, if there is none.
    pub fn no_lead_time(&self) -> Option<&'static str> {
        self.why_none(
            &self.lead,
            self.dates.iter().any(|d| d.created.is_some()),
            no_dates(
                self.knows.created,
                "The file has no creation dates, so there is no lead time.",
                "The creation dates are all empty, unreadable or later than today, so there is no lead time.",
            ),
            "No finished item has both a creation and a finish date in the right order.",
        )
    }

    fn why_none(
        &self,
        durations: &Durations,
        any_start: bool,
        no_start: &'static str,
        none: &'static str,
    ) -> Option<&'static str> {
        match () {
            () if durations.distribution.n() > 0 => None,
            () if self.counts.finished == 0 => Some("Nothing is finished yet."),
            () if !any_start => Some(no_start),
            () => Some(none),
        }
    }

    /// Why there is no weekly throughput, if there is none.
    pub fn no_throughput(&self) -> Option<&'static str> {
        match () {
            () if self.throughput.is_some() => None,
            () if self.counts.finished == 0 => Some("Nothing is finished yet."),
            () if self.dates.iter().all(|d| d.finished.is_none()) => Some(no_dates(
                self.knows.finished,
                "The file has no finish dates, so there is no throughput.",
                "The finish dates are all empty, unreadable or later than today, so there is no throughput.",
            )),
            () => Some("No whole week has passed since the first finish."),
        }
    }

    /// Why there is no time in stage, if there is none.
    pub fn no_time_in_stage(&self) -> Option<&'static str> {
        (!self.knows.history).then_some("The file keeps no status history, so there is no time in stage.")
    }

    /// Why there is no age of the work in progress, if there is none.
    pub fn no_age(&self) -> Option<&'static str> {
        match () {
            () if self.ages.distribution.n() > 0 => None,
            () if !self.tells_progress => Some("The file has neither a status nor start dates."),
            () if self.counts.in_progress == 0 => Some("Nothing is in progress."),
            () => Some("The file does not say when the items in progress were started."),
        }
    }
}

/// Why there are no dates of a kind: no column, or none that can be used in it.
fn no_dates(has_column: bool, no_column: &'static str, none_usable: &'static str) -> &'static str {
    if has_column { none_usable } else { no_column }
}

fn count(dates: &[Dates], as_of: Date, skipped: usize) -> Counts {
    let mut counts = Counts { read: dates.len(), skipped, ..Counts::default() };
    for dates in dates {
        *match dates.state_on(as_of) {
            State::NotStarted => &mut counts.not_started,
            State::InProgress => &mut counts.in_progress,
            State::Finished => &mut counts.finished,
            State::Cancelled => &mut counts.cancelled,
            State::NotYetKnown => &mut counts.not_yet_known,
        } += 1;
    }
    counts
}
