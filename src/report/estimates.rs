//! Are we in the right ballpark? What was estimated against what it became: hours of work, or days from start to
//! finish where the user says that these were meant.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::selection::Selection;
use super::{Analysis, Answer, Explanation, LeftOutItems, say};
use crate::metrics::{
    self, Accuracy, Attainment, Distribution, EstimateUnit, FEWEST, Judged, Overshoot, Period,
    ReferenceClass, State, Tested,
};
use crate::model::{
    Counting, Date, Estimates as Meant, HOURS_A_DAY, Item, Kind, day_from_number, day_number,
};

/// The share that must be in the ballpark for estimates to be dependable: two in three, which is what a forecaster
/// would call likely.
pub const DEPENDABLE: f64 = 2.0 / 3.0;

/// What estimates became, of the items that are looked at.
#[derive(Debug)]
pub struct Estimates {
    pub unit: EstimateUnit,
    /// Finished within the window, or in a status of which nobody said what it means, in the order of the items.
    pub judged: Vec<Judged>,
    /// Still in progress: what they took so far is the least that they will take.
    pub open: Vec<Judged>,
    /// Of these, already more than the factor over their estimates.
    pub open_beyond: Vec<usize>,
    pub whole: Option<Accuracy>,
    pub period: Period,
    /// By period of finish, from the first to the last, empty ones included.
    pub periods: Vec<(Date, Option<Accuracy>)>,
    /// What the verdict on overshooting looks at: the shortest period of which the last two years hold enough.
    pub verdict_period: Period,
    pub weeks: Overshoot,
    pub months: Overshoot,
    /// In a status whose meaning is not known: counted as they are.
    pub unclear: Vec<usize>,
    /// Finished, but not estimated.
    pub no_estimate: Vec<usize>,
    /// Finished and estimated, but nothing says what they took.
    pub no_actual: Vec<usize>,
    /// Not finished, nor in progress, though work was written down for them.
    pub not_begun: Vec<usize>,
    /// Given up, with both numbers.
    pub given_up: Vec<usize>,
    /// The judged with a day of finish, as places in `judged`, in the order of these days.
    by_end: Vec<(Date, u32)>,
}

impl Estimates {
    /// The judged that were finished on one of those days.
    pub fn ended_in(&self, first: Date, last: Date) -> impl Iterator<Item = &Judged> {
        let from = self.by_end.partition_point(|(end, _)| *end < first);
        let to = self.by_end.partition_point(|(end, _)| *end <= last);
        let within = self.by_end.get(from..to).unwrap_or_default();
        within.iter().filter_map(|(_, at)| self.judged.get(*at as usize))
    }
}

/// A group of work that is held against the rest, by something that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What is known: "Project", "Type".
    pub what: &'static str,
    pub level: String,
    /// Places among the judged.
    pub members: Vec<u32>,
    /// `None` where the group, or the rest, is too small.
    pub tested: Option<Tested>,
}

/// What is told of a group, in the order in which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// It overshoots more often than the rest.
    MoreOften,
    /// It takes more of its estimates than the rest, in the middle.
    Longer,
    /// It overshoots less often, or takes less.
    Less,
    /// Not told apart from noise.
    Noise,
    TooSmall,
}

/// How the team, project or area does that overshoots most, if one is told: "In Project “Shop”, …, it is 49 %."
pub fn worst_in_words(analysis: &Analysis) -> Option<String> {
    let (factor, share) = worst_place(analysis)?;
    let (part, between) = share.share().zip(share.interval())?;
    Some(format!(
        "In {}, which goes over more than the rest, it is {} ({} to {}).",
        super::figures::factor_name(factor),
        say::percent(part),
        say::percent(between.low),
        say::percent(between.high)
    ))
}

/// The team, project or area that overshoots most, beyond noise, with the share of it in the ballpark.
fn worst_place(analysis: &Analysis) -> Option<(&Factor, Attainment)> {
    let is_place = |factor: &Factor| matches!(factor.what, "Team" | "Project" | "Area");
    let found = analysis.goes_with().told().find(|(factor, tested)| {
        is_place(factor) && matches!(Told::of(tested), Told::MoreOften | Told::Longer)
    });
    let (factor, _) = found?;
    let judged = &analysis.estimates().judged;
    let members = factor.members.iter().filter_map(|&at| judged.get(at as usize));
    let mut share = Attainment::default();
    for one in members {
        share.n += 1;
        share.within += usize::from(one.is_in_ballpark(analysis.counting().ballpark));
    }
    Some((factor, share))
}

impl Told {
    pub fn of(tested: &Tested) -> Told {
        let more_often = tested.gap() > 0.0;
        let longer = tested.inside.bias > tested.outside.bias;
        match (tested.rate_holds, tested.bias_holds) {
            (true, _) if more_often => Told::MoreOften,
            (false, true) if longer => Told::Longer,
            (false, false) => Told::Noise,
            _ => Told::Less,
        }
    }
}

/// What overshooting goes with.
#[derive(Debug, Default)]
pub struct GoesWith {
    /// Every factor that was looked at: those that are told first, then the least likely first.
    pub factors: Vec<Factor>,
    /// What an overshoot is here, as words after "took".
    pub overshoot: String,
    /// The same in as few as say it.
    pub overshoot_briefly: String,
}

impl GoesWith {
    /// Those that are told.
    pub fn told(&self) -> impl Iterator<Item = (&Factor, &Tested)> {
        let tested = self.factors.iter().filter_map(|factor| Some((factor, factor.tested.as_ref()?)));
        tested.filter(|(_, tested)| tested.holds())
    }

    /// How many tests were made: two of each factor that is large enough.
    pub fn tests(&self) -> usize {
        2 * self.factors.iter().filter(|factor| factor.tested.is_some()).count()
    }
}

impl Analysis {
    /// What became of the estimates.
    pub fn estimates(&self) -> &Estimates {
        self.later.estimates.get_or_init(|| estimates(self))
    }

    /// What overshooting goes with.
    pub fn goes_with(&self) -> &GoesWith {
        self.later.goes_with.get_or_init(|| goes_with(self))
    }

    /// Whether any item has an estimate of work.
    pub fn has_estimates(&self) -> bool {
        self.basis.tells.estimates && self.data.items.iter().any(|item| is_some_work(item.estimate_hours))
    }

    /// Why there is nothing to hold estimates against, if so, and what would help.
    pub fn no_estimates(&self) -> Option<String> {
        let estimates = self.estimates();
        let elapsed = self.counting().estimates == Meant::Elapsed;
        Some(match () {
            () if !estimates.judged.is_empty() => return None,
            () if !self.has_estimates() => "The data has no estimates of work. An export with a column like “Original \
                 estimate” and one like “Time spent” would tell; which column is which can be said under Data."
                .to_owned(),
            () if elapsed => format!(
                "No finished item has both an estimate and the days from start to finish. {}",
                self.no_cycle_time().unwrap_or_default()
            ),
            () if !self.basis.tells.work => {
                "The data has estimates, but nothing says how much work it was: a column like “Time spent” would. Days \
                 from start to finish are another unit than hours of work. If it is these that your estimates mean, say \
                 so."
                .to_owned()
            }
            () if self.window.from.is_some() => {
                "Nothing that was finished in this time has both an estimate and the work it took.".to_owned()
            }
            () => "No finished item has both an estimate and the work it took.".to_owned(),
        })
    }

    /// Past work to hold a new estimate against: estimates in hours, with what they became in the unit of the
    /// estimates, and with the days from start to finish.
    pub fn past_estimates(&self) -> PastEstimates {
        let worked = match self.counting().estimates {
            Meant::Work => self.estimates().judged.iter(),
            Meant::Elapsed => [].iter(),
        };
        let days = self.cycle.timed.iter().filter_map(|timed| {
            let estimate = self.data.items.get(timed.item)?.estimate_hours;
            estimate.filter(|e| *e > 0.0).map(|estimate| (estimate, f64::from(timed.days.0)))
        });
        PastEstimates { work: worked.map(|one| (one.estimate, one.actual)).collect(), days: days.collect() }
    }

    /// An amount in the unit of the estimates: "7 hours", "3 days".
    pub fn amount(&self, amount: f64) -> String {
        match self.estimates().unit {
            EstimateUnit::Work => say::hours(amount),
            EstimateUnit::WorkingDays => days(amount, "working day", "working days"),
        }
    }
}

/// See [`Analysis::past_estimates`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastEstimates {
    pub work: Vec<(f64, f64)>,
    pub days: Vec<(f64, f64)>,
}

/// "3 days", "2.5 days".
fn days(amount: f64, one: &str, many: &str) -> String {
    match amount {
        a if a < 9.95 && (a - a.round()).abs() > 0.04 => format!("{}\u{a0}{many}", say::decimal(a)),
        a => say::counted(a.round().max(0.0) as usize, one, many),
    }
}

fn is_some_work(hours: Option<f64>) -> bool {
    hours.is_some_and(|hours| hours > 0.0 && hours.is_finite())
}

fn estimates(analysis: &Analysis) -> Estimates {
    let unit = match analysis.counting().estimates {
        Meant::Work => EstimateUnit::Work,
        Meant::Elapsed => EstimateUnit::WorkingDays,
    };
    // Eight hours are a day on which somebody works, so days are counted so too, whatever the durations are by.
    let counting = Counting { working_days_only: true, elapsed: false, ..analysis.counting().clone() };
    let calendar = counting.calendar();
    let mut found = Estimates {
        unit,
        judged: Vec::new(),
        open: Vec::new(),
        open_beyond: Vec::new(),
        whole: None,
        period: Period::Month,
        periods: Vec::new(),
        verdict_period: Period::Month,
        weeks: Overshoot::default(),
        months: Overshoot::default(),
        unclear: Vec::new(),
        no_estimate: Vec::new(),
        no_actual: Vec::new(),
        not_begun: Vec::new(),
        given_up: Vec::new(),
        by_end: Vec::new(),
    };
    if !analysis.basis.tells.estimates {
        return found;
    }
    let window = analysis.window;
    // What the tracker says of work done, it says of now.
    let now = analysis.as_of >= analysis.basis.last_day;
    let knows_work = analysis.basis.tells.work;
    for (i, (item, dates)) in analysis.data.items.iter().zip(analysis.dates.iter()).enumerate() {
        let state = dates.state_on(analysis.as_of);
        let finished = dates.finished.filter(|_| state == State::Finished);
        let in_window = match finished {
            Some(day) => window.holds(day),
            None => window.from.is_none(),
        };
        let has_both = is_some_work(item.estimate_hours) && is_some_work(item.actual_hours);
        if state == State::Cancelled && has_both && unit == EstimateUnit::Work && window.from.is_none() {
            found.given_up.push(i);
        }
        if matches!(state, State::Cancelled | State::NotYetKnown) || !in_window {
            continue;
        }
        let is_open = matches!(state, State::InProgress | State::NotStarted);
        // Work written down for a status that nobody explained: who knows whether it is over.
        let is_unclear =
            is_open && item.stage.is_none() && !item.status.is_empty() && unit == EstimateUnit::Work && now;
        let is_over = !is_open || is_unclear;
        let estimate = item.estimate_hours.filter(|_| is_some_work(item.estimate_hours));
        let actual = match unit {
            EstimateUnit::Work => item.actual_hours.filter(|_| is_some_work(item.actual_hours)),
            _ => {
                let end = finished.or((state == State::InProgress).then_some(analysis.as_of));
                let span = dates.started.zip(end).and_then(|(start, end)| calendar.span(start, end));
                span.map(|days| f64::from(days.0.max(1)))
            }
        };
        let estimate = estimate.map(|hours| match unit {
            EstimateUnit::Work => hours,
            // Nothing takes less than the one day it was done on.
            EstimateUnit::WorkingDays => (hours / HOURS_A_DAY).max(1.0),
        });
        match (estimate, actual) {
            (Some(estimate), Some(actual)) if is_over => {
                if is_unclear {
                    found.unclear.push(i);
                }
                found.judged.push(Judged { item: i, estimate, actual, end: finished });
            }
            (Some(estimate), Some(actual))
                if state == State::InProgress && (now || unit == EstimateUnit::WorkingDays) =>
            {
                found.open.push(Judged { item: i, estimate, actual, end: None });
            }
            (Some(_), Some(_)) if now => found.not_begun.push(i),
            (Some(_), None) if !is_open => found.no_actual.push(i),
            (None, _) if !is_open && (actual.is_some() || !knows_work) => found.no_estimate.push(i),
            _ => {}
        }
    }
    let factor = analysis.counting().ballpark;
    let beyond = |one: &&Judged| one.ratio() > factor && !one.is_in_ballpark(factor);
    found.open_beyond = found.open.iter().filter(beyond).map(|one| one.item).collect();
    found.whole = metrics::accuracy(&found.judged, factor, unit);
    let ends = (0u32..).zip(&found.judged).filter_map(|(at, one)| Some((one.end?, at)));
    found.by_end = ends.collect();
    found.by_end.sort_unstable();
    let days: Vec<Date> = found.by_end.iter().map(|(end, _)| *end).collect();
    found.period = Period::fitting(&days);
    let recent = day_from_number(day_number(analysis.as_of) - TWO_YEARS);
    // Longer than a quarter is no "again and again".
    let recent_days = days.get(days.partition_point(|&day| day < recent)..).unwrap_or_default();
    found.verdict_period = match Period::fitting(recent_days) {
        Period::Year => Period::Quarter,
        period => period,
    };
    let by_period = |period: Period| -> Vec<(Date, Option<Accuracy>)> {
        let Some(&first) = days.first() else { return Vec::new() };
        let each = period.all(first, analysis.as_of).into_iter().map(|first| {
            (first, metrics::accuracy(found.ended_in(first, period.last_day(first)), factor, unit))
        });
        each.collect()
    };
    let mut verdict_periods = by_period(found.verdict_period);
    // One that is not over yet has not had its overshoots.
    let is_cut = |first: Date| found.verdict_period.last_day(first) > analysis.as_of;
    if verdict_periods.len() > 1 && verdict_periods.last().is_some_and(|(first, _)| is_cut(*first)) {
        verdict_periods.pop();
    }
    let series = |of: fn(&Accuracy) -> Attainment| -> Overshoot {
        let each = verdict_periods.iter().map(|(_, found)| found.as_ref().map(of).unwrap_or_default());
        Overshoot::of(&each.collect::<Vec<_>>())
    };
    let (weeks, months) = (series(|a| a.over_weeks), series(|a| a.over_months));
    let periods = by_period(found.period);
    found.periods = periods;
    (found.weeks, found.months) = (weeks, months);
    found
}

const TWO_YEARS: i32 = 730;

/// At most so many levels of one factor, those with the most items.
const LEVELS: usize = 30;

/// Under so many overshoots by weeks nothing can go with them; then it is overshooting by the factor.
const OVERSHOOTS: usize = 20;

fn goes_with(analysis: &Analysis) -> GoesWith {
    let estimates = analysis.estimates();
    let judged = &estimates.judged;
    let factor = analysis.counting().ballpark;
    let Some(whole) = estimates.whole.filter(|whole| whole.in_ballpark.n >= 2 * FEWEST) else {
        return GoesWith::default();
    };
    let by_weeks = whole.over_weeks.within >= OVERSHOOTS;
    let week = estimates.unit.week();
    let overshoots = |one: &Judged| match by_weeks {
        true => one.is_over_by(week),
        false => one.ratio() > factor && !one.is_in_ballpark(factor),
    };
    let overshoot = match by_weeks {
        true => format!("{} more than estimated, or longer", much_in_words(analysis, true)),
        false => format!("more than {} the estimate", say::times(factor)),
    };
    let overshoot_briefly = match by_weeks {
        true => "a week too long".to_owned(),
        false if factor == 2.0 => "more than twice the estimate".to_owned(),
        false => overshoot.clone(),
    };
    let mut factors = factors(analysis, judged);
    let groups: Vec<Vec<u32>> = factors.iter().map(|factor| factor.members.clone()).collect();
    for (factor, tested) in factors.iter_mut().zip(metrics::goes_with(judged, &groups, overshoots)) {
        factor.tested = tested;
    }
    let place = |factor: &Factor| match factor.tested {
        None => (Told::TooSmall, 2.0),
        // What is told by how much it differs, the rest by how little it is noise.
        Some(tested) => match Told::of(&tested) {
            told @ (Told::MoreOften | Told::Less) => (told, -tested.gap().abs()),
            Told::Longer => (Told::Longer, -tested.inside.bias / tested.outside.bias),
            told => (told, tested.chance_of_rate.min(tested.chance_of_bias)),
        },
    };
    factors.sort_by(|a, b| {
        let ((told_a, a), (told_b, b)) = (place(a), place(b));
        told_a.cmp(&told_b).then(a.total_cmp(&b))
    });
    GoesWith { factors, overshoot, overshoot_briefly }
}

/// Every factor that the data knows of, with the items that it holds for. Names of people are none: nobody is
/// ranked.
fn factors<'a>(analysis: &'a Analysis, judged: &[Judged]) -> Vec<Factor> {
    let mut found: Vec<Factor> = Vec::new();
    let item = |one: &Judged| analysis.data.items.get(one.item).map(|item| item.as_ref());
    let mut named = |what: &'static str, levels: &dyn Fn(&'a Item, &mut dyn FnMut(&'a str))| {
        let mut members: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (at, one) in (0u32..).zip(judged) {
            let Some(item) = item(one) else { continue };
            levels(item, &mut |level| {
                let of_level = members.entry(level).or_default();
                if of_level.last() != Some(&at) {
                    of_level.push(at);
                }
            });
        }
        members.remove("");
        let mut levels: Vec<(&str, Vec<u32>)> = members.into_iter().collect();
        levels.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        // Of one level only, or of as good as none, nothing can be told.
        levels.retain(|(_, members)| members.len() > 1 && members.len() < judged.len());
        levels.truncate(LEVELS);
        let factor = |(level, members): (&str, Vec<u32>)| Factor {
            what,
            level: level.to_owned(),
            members,
            tested: None,
        };
        found.extend(levels.into_iter().map(factor));
    };
    named("Kind", &|item, level| {
        level(match item.kind {
            Kind::Feature => "features",
            Kind::Bug => "bugs",
            Kind::Chore => "chores",
            Kind::Other => "other work",
        });
    });
    named("Type", &|item, level| level(&item.type_name));
    named("Team", &|item, level| level(&item.team));
    named("Project", &|item, level| level(&item.project));
    named("Epic", &|item, level| level(&item.epic));
    named("Area", &|item, level| item.areas.iter().for_each(|area| level(area)));
    named("Label", &|item, level| item.labels.iter().for_each(|label| level(label)));
    named("Assigned to", &|item, level| {
        level(match item.owners.len() {
            0 => "nobody",
            1 => "one person",
            _ => "several people",
        });
    });
    // An empty name is none.
    let flag = |says: &'static str, holds: bool| if holds { says } else { "" };
    named("Planning", &|item, level| level(flag("has a due date", item.due.is_some())));
    let carried = "was in more than one iteration";
    named("Planning", &|item, level| level(flag(carried, item.iterations.len() > 1)));
    named("Dependence", &|item, level| level(flag("waits for other items", !item.waits_for.is_empty())));
    named("Dependence", &|item, level| level(flag("is part of another item", !item.parent.is_empty())));
    let mut by_place = |what: &'static str, level: String, holds: &dyn Fn(&Judged) -> Option<bool>| {
        let members = (0u32..).zip(judged).filter(|(_, one)| holds(one) == Some(true)).map(|(at, _)| at);
        let members: Vec<u32> = members.collect();
        if members.len() > 1 && members.len() < judged.len() {
            found.push(Factor { what, level, members, tested: None });
        }
    };
    let mut sizes: Vec<f64> = judged.iter().map(|one| one.estimate).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    let third = |n: usize| sizes.get(sizes.len() * n / 3).copied().unwrap_or_default();
    let (low, high) = (third(1), third(2));
    by_place("Estimate", format!("up to {}", analysis.amount(low)), &|one| Some(one.estimate <= low));
    if high > low {
        let between = format!("over {} to {}", analysis.amount(low), analysis.amount(high));
        by_place("Estimate", between, &|one| Some(one.estimate > low && one.estimate <= high));
        by_place("Estimate", format!("over {}", analysis.amount(high)), &|one| Some(one.estimate > high));
    }
    let ways = analysis.ways();
    let workflow = analysis.workflow();
    by_place("Blocked", "was blocked".to_owned(), &|one| {
        let way = ways.get(one.item)?;
        let in_status = way.visits.iter().any(|v| workflow.columns.get(v.column).is_some_and(|c| c.blocks));
        Some(in_status || !way.flags.is_empty() || item(one).is_some_and(|item| item.blocked))
    });
    by_place("Reopened", "was done, and then not any more".to_owned(), &|one| {
        ways.get(one.item).and_then(|way| metrics::was_reopened(way.visits, workflow))
    });
    let dates = |one: &Judged| analysis.dates.get(one.item);
    by_place("Begun", "within a day of being written down".to_owned(), &|one| {
        let dates = dates(one)?;
        let waited = crate::model::days_between(dates.created?, dates.started?);
        Some((0..=1).contains(&waited))
    });
    let load = analysis.load();
    let mut usual: Vec<u32> = load.wip.clone();
    usual.sort_unstable();
    if let Some((&middle, first)) = usual.get(usual.len() / 2).zip(load.first) {
        by_place("Begun", "while more than usual was in progress".to_owned(), &|one| {
            let day = crate::model::days_between(first, dates(one)?.started?);
            load.wip.get(usize::try_from(day).ok()?).map(|&wip| wip > middle)
        });
    }
    // Two names for the same items are one factor, and so are a group and all the rest: asking twice would be no second
    // look.
    let mut seen: HashSet<Vec<u32>> = HashSet::new();
    found.retain(|factor| seen.insert(factor.members.clone()));
    let rest_of = |members: &[u32]| -> Vec<u32> {
        let mut inside = vec![false; judged.len()];
        members.iter().for_each(|&at| inside[at as usize] = true);
        (0u32..).zip(&inside).filter(|(_, inside)| !**inside).map(|(at, _)| at).collect()
    };
    // Of the two the smaller one says more.
    found.retain(|factor| {
        let is_larger = factor.members.len() * 2 > judged.len();
        !(is_larger && seen.contains(&rest_of(&factor.members)))
    });
    found
}

/// The answers of the Estimates page.
pub fn estimate_answers(analysis: &Analysis) -> Vec<Answer> {
    if analysis.no_estimates().is_some() {
        return Vec::new();
    }
    vec![
        in_the_ballpark(analysis),
        which_way(analysis),
        overshoot(analysis, true),
        overshoot(analysis, false),
    ]
}

/// How sure the verdict on the share in the ballpark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependable {
    Yes,
    No,
    Unsure,
}

/// Whether at least two in three are in the ballpark, beyond doubt either way. `None` where there is too little.
pub fn dependable(analysis: &Analysis) -> Option<Dependable> {
    let share = analysis.estimates().whole?.in_ballpark;
    let interval = share.interval().filter(|_| share.n >= Distribution::ENOUGH)?;
    Some(match () {
        () if interval.low >= DEPENDABLE => Dependable::Yes,
        () if interval.high < DEPENDABLE => Dependable::No,
        () => Dependable::Unsure,
    })
}

/// "between half and twice the estimate", "between 0.33 and 3 times the estimate".
pub fn ballpark_in_words(factor: f64) -> String {
    if factor == 2.0 {
        return "between half and twice the estimate".to_owned();
    }
    format!("between {} and {} the estimate", say::factor_of(1.0 / factor), say::times(factor))
}

/// "77 % of finished work (412 items) took between half and twice the estimate."
pub fn share_in_words(analysis: &Analysis) -> Option<String> {
    let estimates = analysis.estimates();
    let share = estimates.whole?.in_ballpark;
    let took = ballpark_in_words(analysis.counting().ballpark);
    let days = match estimates.unit {
        EstimateUnit::Work => "",
        EstimateUnit::WorkingDays => ", in working days from start to finish",
    };
    // Of what nobody has explained, nobody knows whether it is finished.
    let what = if estimates.unclear.is_empty() { "finished work" } else { "the work with both numbers" };
    Some(match share.n {
        n if n < Distribution::ENOUGH => {
            format!("{} of {} took {took}{days}", say::number(share.within), say::items(n))
        }
        n => format!("{} of {what} ({}) took {took}{days}", say::percent(share.share()?), say::items(n)),
    })
}

fn in_the_ballpark(analysis: &Analysis) -> Answer {
    let estimates = analysis.estimates();
    let share = estimates.whole.map(|whole| whole.in_ballpark).unwrap_or_default();
    let said = share_in_words(analysis).unwrap_or_default();
    let between = share.interval().map(|i| format!("{} to {}", say::percent(i.low), say::percent(i.high)));
    let sure = between.filter(|_| share.n >= Distribution::ENOUGH).map(|b| format!(" ({b} is likely)"));
    let sure = sure.unwrap_or_default();
    let (verdict, would_change) = match dependable(analysis) {
        Some(Dependable::Yes) => (
            "Estimates are in the right ballpark",
            Some("If it were fewer than two in three, beyond doubt.".to_owned()),
        ),
        Some(Dependable::No) => (
            "Estimates are not in the right ballpark yet",
            Some(
                "If it were at least two in three, beyond doubt. What it goes with, below, is where to look."
                    .to_owned(),
            ),
        ),
        Some(Dependable::Unsure) => (
            "Nobody can say yet whether estimates are in the right ballpark",
            Some("More finished work with both numbers: two in three is within what is likely.".to_owned()),
        ),
        None => ("Too little to say", None),
    };
    let few = match share.n {
        n if n < Distribution::PLENTY => " Few data.",
        _ => "",
    };
    let worst = worst_in_words(analysis).map(|said| format!(" {said}")).unwrap_or_default();
    let lately = super::figures::ballpark_change(analysis).filter(|(_, is_news)| *is_news);
    let lately = lately.map(|(said, _)| format!(" {said}.")).unwrap_or_default();
    let unclear = unclear_in_words(analysis).unwrap_or_default();
    let waiting = match estimates.unit {
        EstimateUnit::Work => "",
        EstimateUnit::WorkingDays => {
            " Days from start to finish hold all waiting too, so it is no verdict on the estimates alone."
        }
    };
    let open = match estimates.open_beyond.len() {
        0 => String::new(),
        n => format!(
            " {} still in progress {} already beyond it.",
            say::items(n),
            if n == 1 { "is" } else { "are" }
        ),
    };
    Answer {
        id: "in-the-ballpark",
        question: "Are we in the right ballpark?",
        number: share.share().filter(|_| share.n >= Distribution::ENOUGH).map(say::percent),
        unit: format!("took {}", ballpark_in_words(analysis.counting().ballpark)),
        sentence: format!("{verdict}: {said}{sure}.{few}{worst}{lately}{unclear}{open}{waiting}"),
        would_change,
        explanation: explained(
            analysis,
            format!(
                "Actual ÷ estimate, in {}: in the ballpark if at most {} off, either way. The interval is Wilson\u{2019}s, at \
                 95\u{a0}%. Dependable is two in three or more.",
                unit_in_words(estimates.unit),
                say::times(analysis.counting().ballpark)
            ),
        ),
    }
}

/// What is in a status that nobody explained, apart from the rest: " 1,848 of them are …: 65 % of these, 80 % of the
/// rest."
fn unclear_in_words(analysis: &Analysis) -> Option<String> {
    let estimates = analysis.estimates();
    let unclear: HashSet<usize> = estimates.unclear.iter().copied().collect();
    let mut sides = [Attainment::default(); 2];
    for one in &estimates.judged {
        let side = &mut sides[usize::from(unclear.contains(&one.item))];
        side.n += 1;
        side.within += usize::from(one.is_in_ballpark(analysis.counting().ballpark));
    }
    let [rest, of_unclear] = sides.map(|side| side.share().map(say::percent));
    Some(format!(
        " {} in a status of which nobody has said what it means: {} of these, {} of the rest.",
        is_are(unclear.len()),
        of_unclear?,
        rest?
    ))
}

/// "One is", "12 are".
fn is_are(n: usize) -> String {
    if n == 1 { "One is".to_owned() } else { format!("{} are", say::number(n)) }
}

/// "hours of work", "days from start to finish".
pub fn unit_in_words(unit: EstimateUnit) -> &'static str {
    match unit {
        EstimateUnit::Work => "hours of work",
        EstimateUnit::WorkingDays => "working days from start to finish",
    }
}

/// "as estimated", "40 % more than estimated", "half of what was estimated".
pub fn bias_in_words(bias: f64) -> String {
    match bias {
        b if (0.95..1.05).contains(&b) => "as much as estimated".to_owned(),
        b if b >= 2.95 => format!("{} the estimate", say::times(b)),
        b if b >= 1.0 => format!("{} more than estimated", say::percent(b - 1.0)),
        b => format!("{} less than estimated", say::percent(1.0 - b)),
    }
}

fn which_way(analysis: &Analysis) -> Answer {
    let estimates = analysis.estimates();
    let few = estimates.whole.is_none_or(|whole| whole.in_ballpark.n < Distribution::ENOUGH);
    let sentence = match estimates.whole.filter(|_| !few) {
        None => "Too little is finished to tell.".to_owned(),
        Some(whole) => {
            let typically = format!("The middle item took {}", bias_in_words(whole.bias));
            let sure = match whole.bias_between {
                Some(i) if i.low > 1.0 => "Estimates lean to too little, beyond doubt.",
                Some(i) if i.high < 1.0 => "Estimates lean to too much, beyond doubt.",
                Some(_) => "Estimates lean neither way that can be told.",
                None => "Too few to say that it is more than luck.",
            };
            let spread = match whole.spread {
                s if s < 1.05 => "most by next to nothing".to_owned(),
                s => format!("typically by {} either way", say::times(s)),
            };
            format!("{typically}; others differ from that, {spread}. {sure}")
        }
    };
    Answer {
        id: "bias",
        question: "Which way are we off, and how far?",
        number: estimates.whole.filter(|_| !few).map(|whole| say::factor_of(whole.bias)),
        unit: "times the estimate, in the middle".to_owned(),
        sentence,
        would_change: estimates.whole.filter(|_| !few).and_then(|whole| whole.bias_between).map(|i| {
            match i.holds(1.0) {
                true => "A middle that is off by more than its interval.".to_owned(),
                false => "A middle whose interval holds 1: as often over as under.".to_owned(),
            }
        }),
        explanation: explained(
            analysis,
            "Bias is exp(median of ln(actual ÷ estimate)), with the interval of a median at 95\u{a0}%. Spread is \
             exp(1.4826 × the median distance from that), the typical factor either way: 1 would be none. An average of \
             relative errors is not told, for it would reward estimating too little."
                .to_owned(),
        ),
    }
}

/// A week or a month in the unit: "a week (40 hours)".
pub fn much_in_words(analysis: &Analysis, by_weeks: bool) -> String {
    let unit = analysis.estimates().unit;
    match by_weeks {
        true => format!("a week ({})", analysis.amount(unit.week())),
        false => format!("a month ({})", analysis.amount(unit.month())),
    }
}

/// The evidence of an overshoot by weeks, or by months: "in 5 of the last 6 months it happened, to 7 of 412 items".
pub fn overshoot_in_words(analysis: &Analysis, by_weeks: bool) -> String {
    let estimates = analysis.estimates();
    let of = if by_weeks { &estimates.weeks } else { &estimates.months };
    let period = estimates.verdict_period.name();
    let rate = match of.all.share().zip(of.all.interval()) {
        Some((share, interval)) => format!(
            ", to {} of {} ({}; {} to {} is likely)",
            say::number(of.all.within),
            say::items(of.all.n),
            say::percent(share),
            say::percent(interval.low),
            say::percent(interval.high)
        ),
        None => String::new(),
    };
    let periods = say::counted(of.periods, period, &format!("{period}s"));
    match of.happened_in {
        0 => format!("in none of the last {periods} it happened{rate}"),
        n => format!("in {} of the last {periods} it happened{rate}", say::number(n)),
    }
}

/// What can be said of overshooting again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overshoots {
    Regularly,
    No,
    /// Most of what went over has no day of finish, so no period holds it.
    Undated,
    TooLittle,
}

/// The verdict on overshooting by weeks, or by months.
pub fn overshoots(analysis: &Analysis, by_weeks: bool) -> Overshoots {
    let estimates = analysis.estimates();
    let of = if by_weeks { &estimates.weeks } else { &estimates.months };
    let (over, undated) = over_undated(analysis, by_weeks);
    match () {
        () if of.is_regular() => Overshoots::Regularly,
        () if undated * 2 > over => Overshoots::Undated,
        () if of.all.n < Distribution::PLENTY => Overshoots::TooLittle,
        () => Overshoots::No,
    }
}

/// How many went over, and how many of these have no day of finish.
fn over_undated(analysis: &Analysis, by_weeks: bool) -> (usize, usize) {
    let estimates = analysis.estimates();
    let much = if by_weeks { estimates.unit.week() } else { estimates.unit.month() };
    let over = || estimates.judged.iter().filter(|one| one.is_over_by(much));
    (over().count(), over().filter(|one| one.end.is_none()).count())
}

fn overshoot(analysis: &Analysis, by_weeks: bool) -> Answer {
    let estimates = analysis.estimates();
    let (of, share) = match by_weeks {
        true => (&estimates.weeks, estimates.whole.map(|w| w.over_weeks)),
        false => (&estimates.months, estimates.whole.map(|w| w.over_months)),
    };
    let share = share.unwrap_or_default();
    let much = much_in_words(analysis, by_weeks);
    let period = estimates.verdict_period.name();
    let evidence = overshoot_in_words(analysis, by_weeks);
    let (sentence, would_change) = match overshoots(analysis, by_weeks) {
        Overshoots::Regularly => (
            format!("Work overshoots regularly, which is the sign of an underlying problem: {evidence}."),
            match of.keeps_happening() {
                true => format!(
                    "If it happened in at most {} of six {period}s, and to no more than a tenth.",
                    Overshoot::OFTEN - 1
                ),
                false => "If no more than a tenth overshot, as far as can be told.".to_owned(),
            },
        ),
        Overshoots::No => (
            format!("Work does not overshoot regularly: {evidence}."),
            format!(
                "If it happened in {} of six {period}s, or to more than a tenth beyond doubt.",
                Overshoot::OFTEN
            ),
        ),
        Overshoots::Undated => {
            let (over, undated) = over_undated(analysis, by_weeks);
            (
                format!(
                    "Nobody can say whether it is regular: {} of the {} that went over have no day of finish. Of the work                      with one, {evidence}.",
                    say::number(undated),
                    say::number(over)
                ),
                "Days of finish, or saying under Data what their statuses mean.".to_owned(),
            )
        }
        Overshoots::TooLittle => (
            format!("Too little to say whether it is regular: {evidence}."),
            format!("More finished work: {} items in six {period}s at least.", Distribution::PLENTY),
        ),
    };
    Answer {
        id: if by_weeks { "over-weeks" } else { "over-months" },
        question: if by_weeks { "Does work overshoot by weeks?" } else { "Does work overshoot by months?" },
        number: share.share().filter(|_| share.n >= Distribution::ENOUGH).map(say::percent),
        unit: format!("over all the time shown took {much} more than estimated, or longer"),
        sentence,
        would_change: Some(would_change),
        explanation: Explanation {
            selection: Some(Selection::Listed(over_by(analysis, by_weeks))),
            items: format!("{} of {}.", say::number(share.within), say::items(share.n)),
            ..explained(
                analysis,
                format!(
                    "Actual − estimate of {much} or more. Regular if it happened in at least {} of the last {} {period}s that                      are over, or if Wilson\u{2019}s lower bound of its share in these is over a tenth.",
                    Overshoot::OFTEN,
                    Overshoot::PERIODS
                ),
            )
        },
    }
}

/// The items that took a week more than estimated, or a month, the furthest first.
pub fn over_by(analysis: &Analysis, by_weeks: bool) -> Vec<usize> {
    let estimates = analysis.estimates();
    let much = if by_weeks { estimates.unit.week() } else { estimates.unit.month() };
    let mut over: Vec<&Judged> = estimates.judged.iter().filter(|one| one.is_over_by(much)).collect();
    over.sort_by(|a, b| (b.actual - b.estimate).total_cmp(&(a.actual - a.estimate)));
    over.into_iter().map(|one| one.item).collect()
}

fn explained(analysis: &Analysis, definition: String) -> Explanation {
    let estimates = analysis.estimates();
    let judged = Selection::Listed(estimates.judged.iter().map(|one| one.item).collect());
    let mut left_out = Vec::new();
    let mut out = |items: &[usize], said: &str| {
        if !items.is_empty() {
            let n = say::items(items.len());
            left_out.push(LeftOutItems {
                said: format!("{n} {said}"),
                selection: Selection::Listed(items.to_vec()),
            });
        }
    };
    out(&estimates.no_estimate, "finished without an estimate");
    out(&estimates.no_actual, "estimated and finished, but nothing says what they took");
    let open: Vec<usize> = estimates.open.iter().map(|one| one.item).collect();
    out(&open, "still in progress: what they took is the least they will take");
    out(&estimates.given_up, "given up");
    out(&estimates.not_begun, "neither finished nor in progress, though work was written down for them");
    let unclear = match estimates.unclear.len() {
        0 => String::new(),
        n => format!(
            " Of these {} in a status of which nobody has said what it means (under Data): counted as they are.",
            if n == 1 { "one is".to_owned() } else { format!("{} are", say::number(n)) }
        ),
    };
    let window = match analysis.window.from {
        Some(from) => format!("Finished {} to {}.", say::date(from), say::date(analysis.as_of)),
        None => format!("All finished by {}.", say::date(analysis.as_of)),
    };
    Explanation {
        definition,
        window,
        items: format!("{} with both numbers.{unclear}", say::items(estimates.judged.len())),
        selection: Some(judged),
        left_out,
    }
}

/// What past work says of a new estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub sentence: String,
    /// The estimates of the work it speaks of, and how many.
    pub basis: String,
}

/// "You say 3 days: work that was called 3 days took 1 to 9 (80 %)." `hours` is the estimate in hours of work; `asked`
/// how it was written.
///
/// # Errors
/// A sentence that says why there is no answer.
pub fn say_of_estimate(analysis: &Analysis, hours: f64, asked: &str) -> Result<Vec<Said>, String> {
    if !(hours > 0.0 && hours.is_finite()) {
        return Err("Say a number above 0.".to_owned());
    }
    let past = analysis.past_estimates();
    let in_days = asked.contains("day");
    let amount = |hours: f64| match in_days {
        true => days(hours / HOURS_A_DAY, "day", "days"),
        false => say::hours(hours),
    };
    // "3 to 5 days", but "45 minutes to 2 hours".
    let range = |low: String, high: String| {
        let unit =
            |text: &str| text.rsplit('\u{a0}').next().unwrap_or_default().trim_end_matches('s').to_owned();
        match low == high {
            true => low,
            false if unit(&low) == unit(&high) => {
                format!("{} to {high}", low.split('\u{a0}').next().unwrap_or_default())
            }
            false => format!("{low} to {high}"),
        }
    };
    let mut said = Vec::new();
    let mut add = |past: &[(f64, f64)], what: &str, of: &dyn Fn(f64) -> String| {
        let Some(class) = metrics::reference_class(past, hours) else { return };
        let (low, high) = class.estimates;
        let called = format!("called {}", range(amount(low), amount(high)));
        let [p10, p50, p85, p90] = [10, 50, 85, 90].map(|p| class.percentile(p));
        let range = range(of(p10), of(p90));
        said.push(Said {
            sentence: format!(
                "You say {asked}: work {called} took {range}{what} (80\u{a0}%). Half took {} or less, 85\u{a0}% {} or less.",
                of(p50),
                of(p85)
            ),
            basis: format!("n\u{a0}=\u{a0}{}", say::number(class.actuals.len())),
        });
    };
    add(&past.work, " of work", &|hours| amount(hours));
    let unit = analysis.calendar().unit();
    let elapsed = |amount: f64| {
        let one = unit.trim_end_matches('s');
        days(amount, one, unit)
    };
    add(&past.days, " from start to finish", &elapsed);
    let enough = past.work.len().max(past.days.len()) >= ReferenceClass::LEAST;
    if said.is_empty() && enough {
        let all = || past.work.iter().chain(&past.days).map(|(estimate, _)| *estimate);
        let (low, high) = all().fold((f64::INFINITY, 0.0), |(l, h): (f64, f64), e| (l.min(e), h.max(e)));
        return Err(format!(
            "Too few finished items were called anything like that to hold it against: estimates went from {} to {}. What is \
             larger than anything before is better cut into parts.",
            amount(low),
            amount(high)
        ));
    }
    if said.is_empty() {
        return Err(format!(
            "Fewer than {} finished items have an estimate and what it became: too few to hold yours against.",
            ReferenceClass::LEAST
        ));
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Settings;
    use crate::report::testing::{analysis, analysis_with};

    fn team() -> String {
        let row = |i: usize| {
            let (estimate, actual) = ([4, 8, 24][i % 3], [4, 12, 24, 70][i % 4]);
            format!(
                "{i},2024-{:02}-03,2024-{:02}-{:02},done,{estimate},{actual}\n",
                1 + i % 6,
                1 + i % 6,
                4 + i % 9
            )
        };
        let rows: String = (0..60).map(row).collect();
        format!(
            "id,started,finished,status,hours estimate,hours actual\n{rows}90,2024-06-20,,in progress,4,30\n91,,,to do,4,1\n"
        )
    }

    #[test]
    fn hours_of_work_and_days_are_told_apart() {
        let by_work = analysis(&team());
        let estimates = by_work.estimates();
        assert_eq!((estimates.judged.len(), estimates.open.len(), estimates.not_begun.len()), (60, 1, 1));
        assert_eq!(estimates.open_beyond.len(), 1);
        assert_eq!(estimates.periods.len(), 6);
        let said = say_of_estimate(&by_work, 24.0, "3\u{a0}days").unwrap();
        assert!(
            said[0].sentence.starts_with("You say 3\u{a0}days: work called 3\u{a0}days took "),
            "{}",
            said[0].sentence
        );
        assert_eq!((said.len(), said[0].basis.as_str()), (2, "n\u{a0}=\u{a0}20"));
        let mut settings = Settings::default();
        settings.counting.estimates = Meant::Elapsed;
        let by_days = analysis_with(&team(), &settings);
        let first = by_days.estimates().judged[0];
        assert_eq!((first.estimate, first.actual), (1.0, 2.0), "the day it was done on, the 3rd to the 4th");
        assert!(
            say_of_estimate(&by_days, 24.0, "3\u{a0}days").unwrap()[0]
                .sentence
                .contains("from start to finish")
        );
        assert!(say_of_estimate(&by_days, -1.0, "x").is_err());
    }

    #[test]
    fn without_estimates_it_says_what_would_help() {
        let none = analysis("id,finished\n1,2024-01-02\n").no_estimates().unwrap();
        assert!(none.contains("no estimates"), "{none}");
        let no_work = analysis("id,started,finished,hours estimate\n1,2024-01-02,2024-01-05,4\n");
        assert!(no_work.no_estimates().unwrap().contains("another unit"));
        assert!(estimate_answers(&no_work).is_empty());
    }

    #[test]
    fn bias_reads_like_speech() {
        for (bias, want) in [
            (1.0, "as much as estimated"),
            (1.4, "40\u{a0}% more than estimated"),
            (0.5, "50\u{a0}% less than estimated"),
            (3.2, "3.2\u{a0}times the estimate"),
        ] {
            assert_eq!(bias_in_words(bias), want);
        }
    }
}
