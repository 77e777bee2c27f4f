//! Do we produce bugs or features? Bugs created for each feature finished, what is open and how old, how long fixes
//! take, what comes back.

use super::Analysis;
use crate::metrics::change::{self, Change};
use crate::metrics::{
    self, Attainment, Balance, Dates, Distribution, FALSE_SHARE, FEWEST, Middle, OpenBugs, Period, State,
    Window, discoveries,
};
use crate::model::{Date, Days, Kind, day_from_number, day_number};
use crate::order::InOrder;

mod answers;

pub use answers::{
    age_in_words, balance_changed, balance_in_words, headline, middle_in_words, produced, produced_between,
    quality_answers,
};

/// Bugs and features of what is looked at.
#[derive(Debug, Default)]
pub struct Quality {
    /// In the window's compared days (see [`Analysis::compared_windows`]), and in as many before.
    pub now: Balance,
    pub before: Balance,
    /// Whether there is data of all of the days before.
    pub has_before: bool,
    pub whole: Balance,
    pub period: Option<Period>,
    /// By period, from the first to the last, empty ones included.
    pub periods: Vec<(Date, Balance)>,
    /// What the ratio counts in the window, with its day, in the order of the days: bugs reported, features finished.
    events: Vec<(Date, u32)>,
    pub places: Vec<Place>,
    pub open: OpenBugs,
    /// Places of the open bugs, the oldest first.
    pub open_items: Vec<usize>,
    /// How long bugs took from being reported to being fixed: all, by period of the fix, and of the compared days.
    pub fixes: Option<Middle>,
    pub fixes_by_period: Vec<(Date, Option<Middle>)>,
    /// Of the middle one, from the days before to the compared days.
    pub fixes_change: Option<Change>,
    /// Of the bugs, and of all items, whose history says that they were done: those that were taken up again.
    /// `None` without histories.
    pub reopened: Option<[Attainment; 2]>,
}

/// A project or an area beside the whole.
#[derive(Clone, Debug)]
pub struct Place {
    pub what: &'static str,
    pub name: String,
    pub balance: Balance,
    /// Its items that were finished in the window.
    pub size: usize,
    /// The day of its first item.
    pub since: Option<Date>,
    pub open_bugs: usize,
    pub in_progress: usize,
    /// How many people its work is assigned to (see [`Analysis::load_of`]), as a number only.
    pub people: usize,
    /// It differs from the rest by more than having looked at many.
    pub differs: bool,
    /// The bugs and features that are counted.
    pub items: Vec<usize>,
}

impl Quality {
    /// The places of the bugs reported and the features finished on those days of the window.
    pub fn counted_in(&self, first: Date, last: Date) -> Vec<usize> {
        let from = self.events.partition_point(|(day, _)| *day < first);
        let to = self.events.partition_point(|(day, _)| *day <= last);
        let mut items: Vec<usize> =
            self.events.get(from..to).unwrap_or_default().iter().map(|(_, item)| *item as usize).collect();
        items.order();
        items.dedup();
        items
    }
}

/// At most so many of each sort, those with the most bugs and features.
const MOST: usize = 15;

impl Analysis {
    pub fn quality(&self) -> &Quality {
        self.later.quality.get_or_init(|| quality(self))
    }

    /// Why bugs can't be held against features, if so, and what would help.
    pub fn no_quality(&self) -> Option<String> {
        let tells = self.basis.tells;
        let any = |kind: Kind, tells: bool| tells && self.data.items.iter().any(|item| item.kind == kind);
        let types = t!("Under Data you can say which type is a bug and which a feature.");
        Some(match (any(Kind::Bug, tells.bugs), any(Kind::Feature, tells.features)) {
            _ if self.filter.kind.is_some() || self.filter.type_name.is_some() => {
                t!("One sort of work is chosen in the filter: bugs are held against features only where both are there.")
                    .to_owned()
            }
            (false, false) => say!("The data does not tell bugs from features. {types}"),
            (false, true) => say!("The data has no bugs. {types}"),
            (true, false) => say!("The data has no features. {types}"),
            (true, true) => return None,
        })
    }

    /// Whether the data knows when bugs were reported. Where it does not, the bugs that were fixed are held against the
    /// features, which is said everywhere.
    pub fn knows_reports(&self) -> bool {
        *self.later.knows_reports.get_or_init(|| self.dates.iter().any(|dates| dates.created.is_some()))
    }

    /// What is counted of bugs: "reported", or where nobody knows when they were, "fixed".
    pub fn bugs_were(&self) -> &'static str {
        if self.knows_reports() { t!("reported") } else { t!("fixed") }
    }

    /// Why nothing is told of open bugs and of days to fix, if so.
    pub fn no_reports(&self) -> Option<String> {
        (!self.knows_reports()).then(|| {
            t!("The data has no creation dates, so it can\u{2019}t tell when bugs came. An export with a created column would.")
                .to_owned()
        })
    }

    /// An item's days with the one that a bug counts on as its creation.
    fn as_counted(&self, dates: &Dates) -> Dates {
        let created = if self.knows_reports() { dates.created } else { dates.finished };
        Dates { created, ..*dates }
    }
}

fn quality(analysis: &Analysis) -> Quality {
    if analysis.no_quality().is_some() {
        return Quality::default();
    }
    let mut found = Quality::default();
    let as_of = analysis.as_of;
    let (now, before) = analysis.compared_windows();
    let kind = |i: usize| analysis.data.items.get(i).map_or(Kind::Other, |item| item.kind);
    let each = || analysis.dates.iter().enumerate().map(|(i, dates)| (i, kind(i), dates));
    // Now, before.
    let mut compared = [Balance::default(); 2];
    for (_, kind, dates) in each() {
        metrics::count_in(kind, &analysis.as_counted(dates), as_of, &mut compared, |day| match () {
            () if now.holds(day) => Some(0),
            () if before.holds(day) => Some(1),
            () => None,
        });
    }
    [found.now, found.before] = compared;
    let first = analysis.dates.iter().filter_map(|dates| dates.created.or(dates.finished)).min();
    found.has_before = first.zip(before.from).is_some_and(|(first, from)| first <= from);
    let event = |(i, kind, dates): (usize, Kind, &Dates)| {
        let state = dates.state_on(as_of);
        let day = match kind {
            _ if matches!(state, State::Cancelled | State::NotYetKnown) => None,
            Kind::Bug => analysis.as_counted(dates).created,
            Kind::Feature => dates.finished.filter(|_| state == State::Finished),
            _ => None,
        };
        let day = day.filter(|&day| analysis.window.holds(day))?;
        Some((day, u32::try_from(i).ok()?))
    };
    found.events = each().filter_map(event).collect();
    found.events.order();
    let events: Vec<Date> = found.events.iter().map(|(day, _)| *day).collect();
    let period = Period::fitting(&events);
    found.period = Some(period);
    if let Some(&first) = events.iter().min() {
        let firsts = period.all(first, as_of);
        let mut balances = vec![Balance::default(); firsts.len()];
        let place = |day: Date| {
            let at = firsts.partition_point(|&first| first <= day);
            at.checked_sub(1).filter(|_| analysis.window.holds(day))
        };
        for (_, kind, dates) in each() {
            metrics::count_in(kind, &analysis.as_counted(dates), as_of, &mut balances, place);
        }
        found.whole = balances.iter().fold(Balance::default(), |sum, one| sum.and(*one));
        found.periods = firsts.iter().copied().zip(balances).collect();
    }
    let bugs: Vec<&Dates> =
        each().filter(|(_, kind, _)| *kind == Kind::Bug).map(|(.., dates)| dates).collect();
    found.open = metrics::open_bugs(&bugs, &week_ends(analysis, &bugs), analysis.calendar());
    let mut open: Vec<(Option<Date>, usize)> = each()
        .filter(|(_, kind, dates)| {
            *kind == Kind::Bug && matches!(dates.state_on(as_of), State::InProgress | State::NotStarted)
        })
        .map(|(i, _, dates)| (dates.created, i))
        .collect();
    open.order_by_key(|&(created, i)| (created.is_none(), created, i));
    found.open_items = open.into_iter().map(|(_, i)| i).collect();
    let fixed: Vec<(Date, Days)> = analysis
        .lead
        .timed
        .iter()
        .filter(|timed| kind(timed.item) == Kind::Bug)
        .map(|timed| (timed.end, timed.days))
        .collect();
    let middle = |window: Window| {
        Middle::of(fixed.iter().filter(|(end, _)| window.holds(*end)).map(|&(_, days)| days).collect())
    };
    found.fixes = middle(analysis.window);
    // Those before may lie outside of the window.
    let of_days = |window: Window| -> Distribution {
        let times = metrics::lead_times(&analysis.dates, window, analysis.calendar());
        times.timed.iter().filter(|timed| kind(timed.item) == Kind::Bug).map(|timed| timed.days).collect()
    };
    found.fixes_change =
        change::of_percentiles(&of_days(before), &of_days(now), 50).filter(|_| found.has_before);
    found.fixes_by_period = found
        .periods
        .iter()
        .map(|&(first, _)| (first, middle(Window { from: Some(first), to: period.last_day(first) })))
        .collect();
    found.reopened = reopened(analysis);
    found.places = places(analysis);
    found
}

/// The last days of the whole weeks since the first bug came, within the window.
fn week_ends(analysis: &Analysis, bugs: &[&Dates]) -> Vec<Date> {
    let first = bugs.iter().filter_map(|dates| dates.created).min();
    let first = analysis.window.from.max(first);
    let Some(first) = first else { return Vec::new() };
    let week = day_number(analysis.calendar().week_of(first));
    let last = day_number(analysis.as_of);
    (0..).map(|n| week + 7 * n + 6).take_while(|&day| day <= last).map(day_from_number).collect()
}

/// Each item whose history says that it was first done in the window, and whether it was taken up again by its end.
fn done_in_window(analysis: &Analysis) -> Vec<(usize, bool)> {
    let workflow = analysis.workflow();
    let end = f64::from(day_number(analysis.as_of)) + 1.0;
    let is_done = |visit: &metrics::Visit| {
        workflow.columns.get(visit.column).is_some_and(|c| c.known && c.stage == crate::model::Stage::Done)
    };
    let ways = analysis.ways();
    let each = ways.iter().enumerate().filter_map(|(i, way)| {
        let known = way.visits.partition_point(|visit| visit.from < end);
        let visits = way.visits.get(..known).unwrap_or_default();
        let first = visits.iter().find(|visit| is_done(visit))?;
        let within = analysis.window.holds(day_from_number(first.from.floor() as i32));
        within.then_some((i, metrics::was_reopened(visits, workflow)?))
    });
    each.collect()
}

fn reopened(analysis: &Analysis) -> Option<[Attainment; 2]> {
    let mut found = [Attainment::default(); 2];
    for (i, again) in done_in_window(analysis) {
        let is_bug = analysis.data.items.get(i).is_some_and(|item| item.kind == Kind::Bug);
        for (at, holds) in [is_bug, true].into_iter().enumerate() {
            found[at].n += usize::from(holds);
            found[at].within += usize::from(holds && again);
        }
    }
    (found[1].n > 0).then_some(found)
}

/// Projects, and areas, of at least [`FEWEST`] bugs and features, in the window.
fn places(analysis: &Analysis) -> Vec<Place> {
    let mut all: Vec<Place> = Vec::new();
    let mut whole = [Balance::default()];
    let window = analysis.window;
    for (item, dates) in analysis.data.items.iter().zip(analysis.dates.iter()) {
        let dates = analysis.as_counted(dates);
        metrics::count_in(item.kind, &dates, analysis.as_of, &mut whole, |d| window.holds(d).then_some(0));
    }
    let sorts = [
        ("project", analysis.items_by(|item, name| name(&item.project))),
        ("area", analysis.items_by_area()),
    ];
    for (what, places) in sorts {
        if places.len() < 2 {
            continue;
        }
        let mut of_sort: Vec<Place> =
            places.into_iter().map(|(name, items)| place(analysis, what, name.to_owned(), items)).collect();
        let n = |place: &Place| place.balance.bugs_created + place.balance.features_finished;
        of_sort.retain(|place| n(place) >= FEWEST);
        of_sort.order_by_key(|place| std::cmp::Reverse(n(place)));
        of_sort.truncate(MOST);
        // Each against the rest of the whole, corrected for asking so many.
        let chances: Vec<f64> =
            of_sort.iter().map(|place| place.balance.chance_against(&rest(whole[0], place))).collect();
        for (place, differs) in of_sort.iter_mut().zip(discoveries(&chances, FALSE_SHARE)) {
            place.differs = differs;
        }
        all.extend(of_sort);
    }
    all
}

fn rest(whole: Balance, place: &Place) -> Balance {
    Balance {
        bugs_created: whole.bugs_created.saturating_sub(place.balance.bugs_created),
        bugs_finished: whole.bugs_finished.saturating_sub(place.balance.bugs_finished),
        features_finished: whole.features_finished.saturating_sub(place.balance.features_finished),
    }
}

fn place(analysis: &Analysis, what: &'static str, name: String, items: Vec<usize>) -> Place {
    let window = analysis.window;
    let mut balance = [Balance::default()];
    let (mut size, mut since, mut open_bugs) = (0, None::<Date>, 0);
    let (in_progress, people) = analysis.load_of(&items);
    let mut counted: Vec<usize> = Vec::new();
    for &i in &items {
        let before = balance[0];
        let (Some(item), Some(dates)) = (analysis.data.items.get(i), analysis.dates.get(i)) else { continue };
        let counted_by = analysis.as_counted(dates);
        metrics::count_in(item.kind, &counted_by, analysis.as_of, &mut balance, |d| {
            window.holds(d).then_some(0)
        });
        let (now, then) = (balance[0], before);
        if now.bugs_created + now.features_finished > then.bugs_created + then.features_finished {
            counted.push(i);
        }
        let state = dates.state_on(analysis.as_of);
        size += usize::from(state == State::Finished && dates.finished.is_some_and(|day| window.holds(day)));
        since = [since, dates.created.or(dates.started)].into_iter().flatten().min();
        let is_open = matches!(state, State::InProgress | State::NotStarted);
        open_bugs += usize::from(is_open && item.kind == Kind::Bug);
    }
    let balance = balance[0];
    Place { what, name, balance, size, since, open_bugs, in_progress, people, differs: false, items: counted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::analysis;

    fn team() -> String {
        let day = |n: i32| day_from_number(19_723 + n);
        let mut rows = String::new();
        for i in 0..180 {
            let kind = ["story", "story", "bug"][i as usize % 3];
            let project = if i % 4 == 0 { "Old" } else { "New" };
            // Bugs of the old project come thrice as often.
            let kind = if project == "Old" && i % 8 != 0 { "bug" } else { kind };
            let done = if i < 170 { day(i + 5 + i % 7).to_string() } else { String::new() };
            rows += &format!("{i},{},{},{done},{kind},{project}\n", day(i), day(i + 1));
        }
        format!("id,created,started,finished,type,project\n{rows}")
    }

    #[test]
    fn bugs_are_held_against_features_and_places_against_the_rest() {
        let analysis = analysis(&team());
        let quality = analysis.quality();
        let by_period = quality.periods.iter().fold(Balance::default(), |sum, (_, one)| sum.and(*one));
        assert_eq!(quality.whole, by_period);
        let (window, _) = analysis.compared_windows();
        let n = quality.now.bugs_created + quality.now.features_finished;
        let counted = quality.counted_in(window.from.unwrap(), window.to);
        assert_eq!(counted.len(), n, "the items behind the ratio are as many");
        let names: Vec<(&str, bool)> = quality.places.iter().map(|p| (p.name.as_str(), p.differs)).collect();
        assert_eq!(names, [("New", true), ("Old", true)]);
        let open = (170..180).filter(|i| (i % 3 == 2 || i % 4 == 0) && i % 8 != 0 || i % 24 == 8);
        assert_eq!(quality.open_items.len(), open.count());
        assert!(quality.fixes.is_some_and(|fixes| fixes.between.is_some()));
        assert_eq!(quality.reopened, None);
        let answers = quality_answers(&analysis);
        assert_eq!(answers.len(), 4);
        assert!(answers[3].sentence.contains("no status history"));
    }

    #[test]
    fn without_both_sorts_it_says_what_would_help() {
        assert!(
            analysis("id,created,type\n1,2024-01-02,bug\n").no_quality().unwrap().contains("no features")
        );
        assert!(quality_answers(&analysis("id,finished\n1,2024-01-02\n")).is_empty());
    }
}
