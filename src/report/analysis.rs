//! Every number of a workspace at once, so that each is the same wherever it is shown.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::Basis;
use super::capacity::Capacity;
use super::comparison::{Comparison, comparison};
use super::estimates::{Estimates, GoesWith};
use super::figures::Fan;
use super::forecast::{self, Forecaster};
use super::points::Classes;
use super::quality::Quality;
use crate::forecast::History;
use crate::metrics::{
    self, BlockedBy, Cadence, CumulativeFlow, Daily, Dates, Distribution, Durations, Efficiency, Flow, Kept,
    LittlesLaw, Load, Open, Outcome, Reliefs, Segment, ServiceLevel, State, Steadiness, Survival, Throughput,
    TimeInStage, Trip, Window, Workflow, Yardstick, ages, cycle_times, lead_times, steadiness, weekly,
};
use crate::model::{
    Calendar, Clock, Counting, Dataset, Date, Days, Filter, Item, Knows, Settings, Stage, Warning,
    WarningKind, Workspace, Zone, day_from_number, day_number,
};
use crate::order::InOrder;
use crate::pace::{Pace, straight};

/// What "recent" means: as many whole weeks.
pub const RECENT_WEEKS: usize = 12;

/// How many months the record of what was told looks back.
pub const RECORD_MONTHS: usize = 12;

/// The numbers of the items that a filter lets through, in its window. What few pages show is counted when
/// it is first asked for.
#[derive(Debug)]
pub struct Analysis {
    pub basis: Arc<Basis>,
    /// What is looked at; names that the data does not have are gone from it.
    pub filter: Filter,
    pub window: Window,
    /// The day the numbers speak for: the window's last.
    pub as_of: Date,
    /// The items let through.
    pub data: Dataset,
    /// Each item's days, in the order of those items.
    pub dates: Arc<Vec<Dates>>,
    /// Their places in the basis; `None` where these are all.
    chosen: Option<Vec<u32>>,
    pub counts: Counts,
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
    pub(super) later: Later,
}

/// Counted when first asked for.
#[derive(Debug, Default)]
pub(super) struct Later {
    daily: OnceLock<Option<Daily>>,
    flow: OnceLock<Option<Flow>>,
    load: OnceLock<Load>,
    cumulative: OnceLock<CumulativeFlow>,
    survival: OnceLock<Survival>,
    stages: OnceLock<Stages>,
    open: OnceLock<Vec<Open>>,
    blocked: OnceLock<Vec<BlockedBy>>,
    compared: OnceLock<Comparison>,
    outcomes: OnceLock<[Vec<Outcome>; 2]>,
    record: OnceLock<Vec<Kept>>,
    pub(super) estimates: OnceLock<Estimates>,
    pub(super) goes_with: OnceLock<GoesWith>,
    pub(super) classes: OnceLock<[Option<Classes>; 2]>,
    pub(super) quality: OnceLock<Quality>,
    pub(super) knows_reports: OnceLock<bool>,
    pub(super) capacity: OnceLock<Capacity>,
    pub(super) reliefs: OnceLock<Reliefs>,
    pub(super) history: OnceLock<Option<History>>,
    pub(super) forecaster: OnceLock<Arc<Forecaster>>,
    pub(super) said: OnceLock<Vec<forecast::Said>>,
    pub(super) asked: OnceLock<forecast::Record>,
    pub(super) plain: OnceLock<forecast::Told>,
    pub(super) growing: OnceLock<forecast::Told>,
    pub(super) fan: OnceLock<Fan>,
}

/// What histories tell of the items finished in the window.
#[derive(Debug, Default)]
pub struct Stages {
    /// Finished items that have a history with both ends.
    pub trips: usize,
    pub time_in_stages: Vec<TimeInStage>,
    pub ages_at_leaving: Vec<(usize, Vec<Days>)>,
    pub efficiency: Efficiency,
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
    /// Finished, but not said when.
    pub finished_undated: usize,
    /// Started once, but back in a stage before the start.
    pub started_but_back: usize,
    /// In a status whose meaning isn't known.
    pub unknown_status: usize,
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
            Measure::Cycle => t!("cycle time"),
            Measure::Lead => t!("lead time"),
        }
    }

    /// From when to when.
    pub fn span(self) -> &'static str {
        match self {
            Measure::Cycle => t!("from start to finish"),
            Measure::Lead => t!("from creation to finish"),
        }
    }
}

impl Analysis {
    /// Computes everything of all items. See [`Basis::in_steps`].
    pub fn of(workspace: &Workspace, settings: &Settings, browser_zone: &Zone, now: Timestamp) -> Analysis {
        Analysis::filtered(workspace, settings, &Filter::default(), browser_zone, now)
    }

    /// The same of what a filter lets through.
    pub fn filtered(
        workspace: &Workspace,
        settings: &Settings,
        filter: &Filter,
        browser_zone: &Zone,
        now: Timestamp,
    ) -> Analysis {
        let work = Basis::in_steps(workspace, settings, browser_zone, now, &Pace::STRAIGHT);
        // Nothing asks this work to pause, so there is always a result.
        match straight(work) {
            Some(basis) => Analysis::looking_at(&Arc::new(basis), filter),
            None => Analysis::of(&Workspace::default(), settings, browser_zone, now),
        }
    }

    /// The numbers of what the filter lets through. Fast enough to follow a finger: what is expensive is in
    /// the basis, or waits until it is asked for.
    pub fn looking_at(basis: &Arc<Basis>, filter: &Filter) -> Analysis {
        let filter = filter.fitting(&basis.groups);
        let to = filter.to.map_or(basis.as_of, |to| to.min(basis.as_of));
        let window = Window { from: filter.from.map(|from| from.min(to)), to };
        let whole = &basis.data;
        let chosen: Option<Vec<u32>> = filter.chooses_items().then(|| {
            let items = whole.items.iter().zip(0u32..);
            let items = items.filter(|(item, _)| filter.lets_through(item, &basis.groups, &basis.counting));
            items.map(|(_, place)| place).collect()
        });
        let (data, dates) = match &chosen {
            None => (whole.clone(), basis.dates.clone()),
            Some(chosen) => {
                let place = |&place: &u32| place as usize;
                let items = chosen.iter().filter_map(|at| whole.items.get(place(at)).cloned()).collect();
                let dates = chosen.iter().filter_map(|at| basis.dates.get(place(at)).copied()).collect();
                let rest = Workspace {
                    items,
                    read_from: whole.read_from.clone(),
                    knows: whole.knows,
                    workflow: whole.workflow.clone(),
                    sample: whole.sample,
                };
                (Dataset::from(rest), Arc::new(dates))
            }
        };
        Analysis::of_window(basis.clone(), filter, window, data, dates, chosen)
    }

    fn of_window(
        basis: Arc<Basis>,
        filter: Filter,
        window: Window,
        data: Dataset,
        dates: Arc<Vec<Dates>>,
        chosen: Option<Vec<u32>>,
    ) -> Analysis {
        let calendar = &basis.calendar;
        let throughput = weekly(&dates, window, calendar);
        Analysis {
            as_of: window.to,
            counts: count(&data, &dates, window.to),
            cycle: cycle_times(&dates, window, calendar),
            lead: lead_times(&dates, window, calendar),
            ages: ages(&dates, window.to, calendar),
            recent: throughput.as_ref().and_then(|weekly| steadiness(weekly.last(RECENT_WEEKS))),
            throughput,
            knows: data.knows,
            tells_progress: data.knows.status || dates.iter().any(|dates| dates.started.is_some()),
            window,
            filter,
            data,
            dates,
            chosen,
            basis,
            later: Later::default(),
        }
    }

    /// The same items in another window.
    pub fn in_window(&self, window: Window) -> Analysis {
        let (data, dates) = (self.data.clone(), self.dates.clone());
        Analysis::of_window(self.basis.clone(), self.filter.clone(), window, data, dates, self.chosen.clone())
    }

    /// The two windows that are compared: that of the filter, or where it names no beginning, the last
    /// [`RECENT_WEEKS`] whole weeks and the days since; and as many days before it.
    pub fn compared_windows(&self) -> (Window, Window) {
        Analysis::compared_windows_of(self.window, self.calendar())
    }

    pub(super) fn compared_windows_of(window: Window, calendar: &Calendar) -> (Window, Window) {
        let to = window.to;
        let recent = || {
            // The first day after the last whole week.
            let open = calendar.week_of(day_from_number(day_number(to) + 1));
            day_from_number(day_number(open) - 7 * RECENT_WEEKS as i32)
        };
        let from = window.from.unwrap_or_else(recent);
        let length = day_number(to) - day_number(from) + 1;
        let before = |day: Date| day_from_number(day_number(day) - length);
        (Window { from: Some(from), to }, Window { from: Some(before(from)), to: before(to) })
    }

    /// The items by each name that `names` gives them, as places, those of most items first; items without a name are
    /// in none, and one with several is in each.
    pub(super) fn items_by<'a>(
        &'a self,
        names: impl Fn(&'a Item, &mut dyn FnMut(&'a str)),
    ) -> Vec<(&'a str, Vec<usize>)> {
        let mut found: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, item) in self.data.items.iter().enumerate() {
            names(item, &mut |name| {
                let of = found.entry(name).or_default();
                if of.last() != Some(&i) {
                    of.push(i);
                }
            });
        }
        found.remove("");
        let mut found: Vec<(&str, Vec<usize>)> = found.into_iter().collect();
        found.order_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        found
    }

    /// The items by the parts of the product they concern (see [`Analysis::items_by`]).
    pub(super) fn items_by_area(&self) -> Vec<(&str, Vec<usize>)> {
        match self.basis.tells.areas {
            true => self.items_by(|item, name| item.areas.iter().for_each(|area| name(area))),
            false => Vec::new(),
        }
    }

    pub fn calendar(&self) -> &Calendar {
        &self.basis.calendar
    }

    pub fn counting(&self) -> &Counting {
        &self.basis.counting
    }

    pub fn zone(&self) -> &Zone {
        &self.basis.zone
    }

    pub fn today(&self) -> Date {
        self.basis.today
    }

    pub fn workflow(&self) -> &Workflow {
        &self.basis.workflow
    }

    /// From reading and from the dates, of all items, by kind.
    pub fn warnings(&self) -> &[Warning] {
        &self.basis.warnings
    }

    /// Items finished each working day.
    pub fn daily(&self) -> Option<&Daily> {
        let count = || metrics::daily(&self.dates, self.window, self.calendar());
        self.later.daily.get_or_init(count).as_ref()
    }

    /// Arrivals and departures by week.
    pub fn flow(&self) -> Option<&Flow> {
        let count = || metrics::flow(&self.dates, self.window, self.calendar());
        self.later.flow.get_or_init(count).as_ref()
    }

    /// Work in progress and its age by day.
    pub fn load(&self) -> &Load {
        self.later.load.get_or_init(|| metrics::load(&self.dates, self.window, self.calendar()))
    }

    pub fn cadence(&self) -> Option<Cadence> {
        Some(metrics::cadence(&self.dates, self.window, self.throughput.as_ref()?))
    }

    /// Cycle times with the open items counted too.
    pub fn survival(&self) -> &Survival {
        let count = || Survival::of(self.cycle.distribution.values(), self.ages.distribution.values());
        self.later.survival.get_or_init(count)
    }

    pub fn littles_law(&self) -> Option<LittlesLaw> {
        metrics::littles_law(self.load(), &self.cycle, self.calendar())
    }

    /// How far items have come by each day.
    pub fn cumulative(&self) -> &CumulativeFlow {
        let count = || metrics::cumulative(&self.ways(), self.workflow(), self.window);
        self.later.cumulative.get_or_init(count)
    }

    /// What histories tell of the items finished in the window.
    pub fn stages(&self) -> &Stages {
        self.later.stages.get_or_init(|| {
            let (workflow, calendar) = (self.workflow(), self.calendar());
            let finished = |dates: &Dates| {
                dates.finished.is_some_and(|day| self.window.holds(day)) && dates.stage == Some(Stage::Done)
            };
            let trips: Vec<Trip> = self.ways().into_iter().filter(|way| finished(way.dates)).collect();
            let told = trips.iter().filter(|trip| trip.span(workflow).is_some()).count();
            Stages {
                trips: told,
                time_in_stages: metrics::time_in_stages(&trips, workflow, calendar),
                ages_at_leaving: metrics::ages_at_leaving(&trips, workflow, calendar),
                efficiency: metrics::efficiency(&trips, workflow, calendar),
            }
        })
    }

    /// The items in progress, those in need first.
    pub fn open(&self) -> &[Open] {
        self.later.open.get_or_init(|| {
            let stages = self.stages();
            let unaged: Vec<usize> = (0..self.dates.len())
                .filter(|&i| {
                    let dates = &self.dates[i];
                    dates.started.is_none() && dates.state_on(self.window.to) == State::InProgress
                })
                .collect();
            let by = Yardstick {
                workflow: self.workflow(),
                calendar: self.calendar(),
                survival: self.survival(),
                limit: self.age_limit(),
                time_in_stages: &stages.time_in_stages,
                ages_at_leaving: &stages.ages_at_leaving,
                window: self.window,
            };
            // What the tracker says of an item now need not have been so on an earlier day.
            let now = self.window.to >= self.basis.last_day;
            let marked = |i: usize| now && self.data.items.get(i).is_some_and(|item| item.blocked);
            metrics::open_items(&self.ages, &unaged, &self.ways(), marked, &by)
        })
    }

    /// The period of the filter, or the last twelve weeks, against as many days before.
    pub fn compared(&self) -> &Comparison {
        self.later.compared.get_or_init(|| comparison(self))
    }

    /// Each item that was begun, by that measure, and what became of it by the day.
    pub fn outcomes(&self, measure: Measure) -> &[Outcome] {
        let [cycle, lead] = self.later.outcomes.get_or_init(|| {
            let of = |start: fn(&Dates) -> Option<Date>| {
                let outcome = |dates: &Dates| {
                    let start = start(dates)?;
                    let state = dates.state_on(self.as_of);
                    let given_up = (state == State::Cancelled).then_some(dates.cancelled.unwrap_or(start));
                    let end = dates.finished.filter(|&day| state == State::Finished && day <= self.as_of);
                    // Finished, but nobody knows when.
                    let is_lost = state == State::Finished && end.is_none();
                    (start <= self.as_of && !is_lost && end.is_none_or(|end| start <= end))
                        .then_some(Outcome { start, end, given_up })
                };
                self.dates.iter().filter_map(outcome).collect()
            };
            [of(|dates| dates.started), of(|dates| dates.created)]
        });
        match measure {
            Measure::Cycle => cycle,
            Measure::Lead => lead,
        }
    }

    /// How often what could be told at the beginning of each of the last [`RECORD_MONTHS`] months came true; empty
    /// where there are no durations.
    pub fn record(&self) -> &[Kept] {
        self.later.record.get_or_init(|| {
            let Some((measure, _)) = self.durations() else { return Vec::new() };
            let (outcomes, percent) = (self.outcomes(measure), self.counting().sle_percent);
            metrics::walk_forward(outcomes, percent, self.as_of, RECORD_MONTHS, self.calendar())
        })
    }

    /// Blocked time by reason, in the window.
    pub fn blocked(&self) -> &[BlockedBy] {
        self.later.blocked.get_or_init(|| {
            let first = self.window.from.or(self.load().first).unwrap_or(self.window.to);
            let (from, to) = (f64::from(day_number(first)), f64::from(day_number(self.window.to)) + 1.0);
            metrics::blocked(&self.ways(), self.workflow(), self.calendar(), from, to)
        })
    }

    /// Each item's way, in the order of the items.
    pub(super) fn ways(&self) -> Vec<Trip<'_>> {
        let way = |i: usize| {
            let place = self.chosen.as_ref().map_or(Some(i), |chosen| chosen.get(i).map(|&at| at as usize));
            place.and_then(|place| self.basis.ways.get(place))
        };
        let trip = |(i, dates)| match way(i) {
            Some(way) => Trip { dates, visits: &way.visits, flags: &way.flags },
            None => Trip { dates, visits: &[], flags: &[] },
        };
        self.dates.iter().enumerate().map(trip).collect()
    }

    /// The service level of the durations that speak for the team; `None` under
    /// [`Distribution::ENOUGH`] durations.
    pub fn service_level(&self) -> Option<ServiceLevel> {
        let (_, durations) = self.durations().filter(|(_, d)| d.distribution.n() >= Distribution::ENOUGH)?;
        let counting = self.counting();
        metrics::service_level(durations, counting.sle_percent, counting.sle_days.map(Days))
    }

    /// The days by which work in progress should finish: those promised, or the cycle time's percentile.
    pub fn age_limit(&self) -> Option<Days> {
        let cycle = &self.cycle.distribution;
        let counting = self.counting();
        let own = || cycle.percentile(counting.sle_percent).filter(|_| cycle.n() >= Distribution::ENOUGH);
        // A promise counted from creation says nothing of the time since the start.
        let promise = counting.sle_days.filter(|_| !self.speaks_by_lead_time());
        promise.map(Days).or_else(own)
    }

    /// Whether lead time speaks for how long work takes.
    pub fn speaks_by_lead_time(&self) -> bool {
        matches!(self.durations(), Some((Measure::Lead, _)))
    }

    /// How many items in progress can no longer make the limit: they have reached its age, and finish
    /// tomorrow at the earliest.
    pub fn late(&self, limit: Days) -> usize {
        let ages = &self.ages.distribution;
        ages.n() - ages.within(Days(limit.0.saturating_sub(1)))
    }

    /// The process behaviour of weekly throughput; empty where there is none.
    pub fn weekly_behaviour(&self) -> Vec<Segment> {
        let Some(weekly) = &self.throughput else { return Vec::new() };
        let values: Vec<f64> = weekly.counts.iter().map(|&count| f64::from(count)).collect();
        let weeks: Vec<Date> = (0..values.len()).map(|n| weekly.week(n)).collect();
        let end = weeks.last().map(|&week| Analysis::week_end(week));
        self.behaviour(&values, &weeks, end)
    }

    /// The process behaviour of throughput by working day; empty where there is none.
    pub fn daily_behaviour(&self) -> Vec<Segment> {
        let Some(daily) = self.daily() else { return Vec::new() };
        let values: Vec<f64> = daily.counts.iter().map(|&count| f64::from(count)).collect();
        self.behaviour(&values, &daily.days, Some(self.as_of))
    }

    /// Weekly work in progress and its process behaviour.
    pub fn wip_behaviour(&self) -> (Vec<(Date, u32)>, Vec<Segment>) {
        let weeks = self.load().by_week(self.calendar());
        let values: Vec<f64> = weeks.iter().map(|&(_, wip)| f64::from(wip)).collect();
        let days: Vec<Date> = weeks.iter().map(|&(week, _)| week).collect();
        let end = days.last().map(|&week| Analysis::week_end(week));
        let segments = self.behaviour(&values, &days, end);
        (weeks, segments)
    }

    /// The process behaviour of a series of periods that begin on those days, the last of them over on `end`,
    /// with the user's baseline, and anew with the period in which an event falls.
    fn behaviour(&self, values: &[f64], days: &[Date], end: Option<Date>) -> Vec<Segment> {
        let counting = self.counting();
        let place = |day: Date| days.partition_point(|&begin| begin <= day);
        let restarts: Vec<usize> = counting
            .events
            .iter()
            .filter(|(day, event)| event.restarts && end.is_some_and(|end| **day <= end))
            .map(|(&day, _)| place(day).saturating_sub(1))
            .collect();
        // Periods that are over by the baseline's end.
        let over = |to: Date| match days {
            [first, second, ..] if day_number(*second) - day_number(*first) == 7 => {
                days.partition_point(|&begin| Analysis::week_end(begin) <= to)
            }
            _ => place(to),
        };
        let baseline: Option<Range<usize>> =
            counting.baseline.map(|(from, to)| days.partition_point(|&begin| begin < from)..over(to));
        metrics::process_behaviour(values, &restarts, baseline)
    }

    /// Cycle time where the starts are known, else lead time under its own name: also where so few
    /// items have a start that they would speak for the rest. `None` when neither has a value.
    pub fn durations(&self) -> Option<(Measure, &Durations)> {
        let cycle = (Measure::Cycle, &self.cycle);
        let lead = (Measure::Lead, &self.lead);
        let (cycles, leads) = (self.cycle.distribution.n(), self.lead.distribution.n());
        match (cycles, leads) {
            (1.., _) if self.counting().clock == Clock::Started => Some(cycle),
            (_, 1..) if self.counting().clock == Clock::Created => Some(lead),
            (0, 0) => None,
            (0, _) => Some(lead),
            (_, leads) if leads >= 2 * cycles => Some(lead),
            _ => Some(cycle),
        }
    }

    /// Of those durations, the ones that ended in the last [`RECENT_WEEKS`] whole weeks or since.
    pub fn recent_durations(&self, durations: &Durations) -> Distribution {
        let (recent, _) =
            Analysis::compared_windows_of(Window { from: None, ..self.window }, self.calendar());
        let recent = durations.timed.iter().filter(|timed| recent.holds(timed.end));
        recent.map(|timed| timed.days).collect()
    }

    /// How many rows a kind of warning concerns.
    pub fn warned(&self, kind: WarningKind) -> usize {
        let found = self.warnings().iter().find(|warning| warning.kind == kind);
        found.map_or(0, |warning| warning.count as usize)
    }

    /// Why there is no cycle time, if there is none.
    pub fn no_cycle_time(&self) -> Option<&'static str> {
        self.why_none(
            &self.cycle,
            self.dates.iter().any(|d| d.started.is_some()),
            no_dates(
                self.knows.started,
                t!("The file has no start dates, so there is no cycle time."),
                t!("The start dates are all empty, unreadable or later than today, so there is no cycle time."),
            ),
            t!("No finished item has both a start and a finish date in the right order."),
        )
    }

    /// Why there is no lead time, if there is none.
    pub fn no_lead_time(&self) -> Option<&'static str> {
        self.why_none(
            &self.lead,
            self.dates.iter().any(|d| d.created.is_some()),
            no_dates(
                self.knows.created,
                t!("The file has no creation dates, so there is no lead time."),
                t!("The creation dates are all empty, unreadable or later than today, so there is no lead time."),
            ),
            t!("No finished item has both a creation and a finish date in the right order."),
        )
    }

    /// Whether a window with a beginning holds no finish.
    fn nothing_in_window(&self) -> bool {
        let mut finished = self.dates.iter().filter_map(|d| d.finished);
        self.window.from.is_some() && !finished.any(|day| self.window.holds(day))
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
            () if self.counts.finished == 0 => Some(t!("Nothing is finished yet.")),
            () if self.nothing_in_window() => Some(t!("Nothing was finished in this time.")),
            () if !any_start => Some(no_start),
            () => Some(none),
        }
    }

    /// Why there is no duration at all, and what export would bring one.
    pub fn no_durations(&self) -> String {
        let why = self.no_lead_time().or(self.no_cycle_time()).unwrap_or(t!("No item has two dates."));
        match self.counts.finished {
            0 => why.to_owned(),
            _ => say!(
                "{why} An export with the days on which items were created or started, and finished, would tell."
            ),
        }
    }

    /// Why there is no weekly throughput, if there is none.
    pub fn no_throughput(&self) -> Option<&'static str> {
        match () {
            () if self.throughput.is_some() => None,
            () if self.counts.finished == 0 => Some(t!("Nothing is finished yet.")),
            () if self.dates.iter().all(|d| d.finished.is_none()) => Some(no_dates(
                self.knows.finished,
                t!("The file has no finish dates, so there is no throughput."),
                t!(
                    "The finish dates are all empty, unreadable or later than today, so there is no throughput."
                ),
            )),
            () if self.window.from.is_some() => Some(t!("There is no whole week in this time.")),
            () => Some(t!("No whole week has passed since the first finish.")),
        }
    }

    /// Why there is no time in stage, if there is none.
    pub fn no_time_in_stage(&self) -> Option<&'static str> {
        (!self.knows.history).then_some(t!("The file keeps no status history, so there is no time in stage."))
    }

    /// Why there is no age of the work in progress, if there is none.
    pub fn no_age(&self) -> Option<&'static str> {
        match () {
            () if self.ages.distribution.n() > 0 => None,
            () if !self.tells_progress => Some(t!("The file has neither a status nor start dates.")),
            () if self.counts.in_progress == 0 => Some(t!("Nothing is in progress.")),
            () => Some(t!("The file does not say when the items in progress were started.")),
        }
    }
}

/// Why there are no dates of a kind: no column, or none that can be used in it.
fn no_dates(has_column: bool, no_column: &'static str, none_usable: &'static str) -> &'static str {
    if has_column { none_usable } else { no_column }
}

fn count(data: &Dataset, dates: &[Dates], as_of: Date) -> Counts {
    let mut counts = Counts { read: dates.len(), skipped: data.skipped(), ..Counts::default() };
    for (item, dates) in data.items.iter().zip(dates) {
        let state = dates.state_on(as_of);
        *match state {
            State::NotStarted => &mut counts.not_started,
            State::InProgress => &mut counts.in_progress,
            State::Finished => &mut counts.finished,
            State::Cancelled => &mut counts.cancelled,
            State::NotYetKnown => &mut counts.not_yet_known,
        } += 1;
        counts.finished_undated += usize::from(state == State::Finished && dates.finished.is_none());
        counts.started_but_back +=
            usize::from(dates.stage == Some(Stage::NotStarted) && item.started.is_some());
        counts.unknown_status += usize::from(item.stage.is_none() && !item.status.is_empty());
    }
    counts
}
