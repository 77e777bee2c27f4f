//! Do we produce bugs or features? Bugs created for each feature finished, what is open and how old, how long fixes
//! take, what comes back.

use super::selection::Selection;
use super::{Analysis, Answer, Explanation, say};
use crate::metrics::change::{self, Change};
use crate::metrics::{
    self, Attainment, Balance, Dates, Distribution, FALSE_SHARE, FEWEST, Middle, OpenBugs, Period, State,
    Window, discoveries,
};
use crate::model::{Date, Days, Kind, day_from_number, day_number, days_between};

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
        items.sort_unstable();
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
        let types = "Under Data you can say which type is a bug and which a feature.";
        Some(match (any(Kind::Bug, tells.bugs), any(Kind::Feature, tells.features)) {
            _ if self.filter.kind.is_some() || self.filter.type_name.is_some() => {
                "One sort of work is chosen in the filter: bugs are held against features only where both are there."
                    .to_owned()
            }
            (false, false) => format!("The data does not tell bugs from features. {types}"),
            (false, true) => format!("The data has no bugs. {types}"),
            (true, false) => format!("The data has no features. {types}"),
            (true, true) => return None,
        })
    }

    /// Whether the data knows when bugs were reported. Where it does not, the bugs that were fixed are held against the
    /// features, which is said everywhere.
    pub fn knows_reports(&self) -> bool {
        self.dates.iter().any(|dates| dates.created.is_some())
    }

    /// What is counted of bugs: "reported", or where nobody knows when they were, "fixed".
    pub fn bugs_were(&self) -> &'static str {
        if self.knows_reports() { "reported" } else { "fixed" }
    }

    /// Why nothing is told of open bugs and of days to fix, if so.
    pub fn no_reports(&self) -> Option<String> {
        (!self.knows_reports()).then(|| {
            "The data has no creation dates, so it can\u{2019}t tell when bugs came. An export with a created column would."
                .to_owned()
        })
    }

    /// An item's days with the one that a bug counts on as its creation.
    fn as_counted(&self, dates: &Dates) -> Dates {
        if self.later.knows_reports.get_or_init(|| self.knows_reports()) == &true {
            return *dates;
        }
        Dates { created: dates.finished, ..*dates }
    }

    /// "Finished 3 Mar to 25 May 2024.", or all of the time.
    pub(super) fn window_in_words(&self) -> String {
        match self.window.from {
            Some(from) => format!("Finished {} to {}.", say::date(from), say::date(self.as_of)),
            None => format!("All finished by {}.", say::date(self.as_of)),
        }
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
    found.events.sort_unstable();
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
    open.sort_by_key(|&(created, i)| (created.is_none(), created, i));
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
        of_sort.sort_by_key(|place| std::cmp::Reverse(n(place)));
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

/// The answers of the Quality page.
pub fn quality_answers(analysis: &Analysis) -> Vec<Answer> {
    if analysis.no_quality().is_some() {
        return Vec::new();
    }
    match analysis.knows_reports() {
        true => {
            vec![bugs_or_features(analysis), open_bugs(analysis), time_to_fix(analysis), comes_back(analysis)]
        }
        false => vec![bugs_or_features(analysis), comes_back(analysis)],
    }
}

/// "0.8", or "no feature" where nothing can be divided by.
pub fn produced(balance: &Balance) -> Option<String> {
    balance.produced().map(say::factor_of)
}

/// "0.6 to 1.1", or "over 2.1".
pub fn produced_between(balance: &Balance) -> Option<String> {
    let between = balance.produced_between()?;
    let low = say::factor_of(between.low);
    Some(match between.high.is_finite() {
        true => format!("{low} to {}", say::factor_of(between.high)),
        false => format!("over {low}"),
    })
}

/// Whether bugs produced per feature changed from the period before by more than noise; `None` where there is
/// nothing to compare.
pub fn balance_changed(analysis: &Analysis) -> Option<bool> {
    let quality = analysis.quality();
    let comparable = |balance: &Balance| balance.bugs_created + balance.features_finished >= FEWEST;
    let can = quality.has_before && comparable(&quality.now) && comparable(&quality.before);
    can.then(|| quality.now.chance_against(&quality.before) < 0.05)
}

/// "62 bugs were reported and 78 features were finished from 3 Mar to 25 May".
pub fn balance_in_words(analysis: &Analysis) -> String {
    let (balance, when) = headline(analysis);
    format!(
        "{} {} and {} finished from {when}",
        say::counted(balance.bugs_created, "bug was", "bugs were"),
        analysis.bugs_were(),
        say::counted(balance.features_finished, "feature was", "features were"),
    )
}

fn bugs_or_features(analysis: &Analysis) -> Answer {
    let quality = analysis.quality();
    let (balance, when) = headline(analysis);
    let between = balance.produced_between();
    let (verdict, would_change) = match between {
        None => ("Neither bugs nor features", None),
        Some(i) if i.low > 1.0 && !analysis.knows_reports() => (
            "More bugs are fixed than features finished, beyond doubt",
            Some("Fewer bugs than features, or as many as chance could explain."),
        ),
        Some(i) if i.high < 1.0 && !analysis.knows_reports() => (
            "More features are finished than bugs fixed, beyond doubt",
            Some("As many bugs as features, as far as chance could explain."),
        ),
        Some(i) if i.low > 1.0 => (
            "More bugs come than features are finished, beyond doubt",
            Some("Fewer bugs than features, or as many as chance could explain."),
        ),
        Some(i) if i.high < 1.0 => (
            "More features are finished than bugs come, beyond doubt",
            Some("As many bugs as features, as far as chance could explain."),
        ),
        Some(_) => (
            "Nobody can tell whether bugs or features are more: the difference is within noise",
            Some("A ratio whose interval leaves out 1, either way."),
        ),
    };
    let fixed = match balance.bugs_finished {
        _ if !analysis.knows_reports() => {
            " When bugs were reported is not in the data, so what waits is not in it.".to_owned()
        }
        0 => String::new(),
        n => format!(" {} fixed.", say::counted(n, "bug was", "bugs were")),
    };
    let lately = match speaks_for_all(analysis) {
        true => format!(
            " From {} there were only {} and {}: too few to tell of lately.",
            window_of(analysis),
            say::counted(quality.now.bugs_created, "bug", "bugs"),
            say::counted(quality.now.features_finished, "feature", "features")
        ),
        false => String::new(),
    };
    let change = match balance_changed(analysis).filter(|_| !speaks_for_all(analysis)) {
        Some(true) => produced(&quality.before)
            .map(|then| format!(" It was {then} in as many days before: more than noise.")),
        Some(false) => produced(&quality.before)
            .map(|then| format!(" It was {then} in as many days before, which is within noise.")),
        None => None,
    };
    let few = match balance.bugs_created + balance.features_finished {
        n if n < Distribution::PLENTY => " Few data.",
        _ => "",
    };
    let interval = produced_between(&balance).map(|said| format!(" ({said} is likely)")).unwrap_or_default();
    Answer {
        id: "bugs-per-feature",
        question: "Do we produce bugs or features?",
        number: produced(&balance),
        unit: format!("bugs were {} for each feature that was finished{interval}", analysis.bugs_were()),
        sentence: format!(
            "{verdict}. {}.{fixed}{few}{lately}{}",
            say::capital(&balance_in_words(analysis)),
            change.unwrap_or_default()
        ),
        would_change: would_change.map(str::to_owned),
        explanation: Explanation {
            definition: "Bugs created (or fixed, where their creation is not known) ÷ features finished in these days, what was given up \
                         left out. Both are counts of what \
                         happens by chance too, so the interval is exact (Clopper–Pearson, 95\u{a0}%). A bug and a feature \
                         count one each, whatever their size; a bug counts when it is reported, whenever it was made. The \
                         change is told where an exact test of both periods gives less than 5\u{a0}%."
                .to_owned(),
            window: match speaks_for_all(analysis) {
                true => format!("{when}: the last twelve weeks alone hold too little."),
                false => format!("{when}, and as many days before."),
            },
            items: format!(
                "{} {}, {} finished.",
                say::counted(balance.bugs_created, "bug", "bugs"),
                analysis.bugs_were(),
                say::counted(balance.features_finished, "feature", "features")
            ),
            selection: Some(Selection::Listed(match speaks_for_all(analysis) {
                true => quality.counted_in(Date::MIN, Date::MAX),
                false => {
                    let (window, _) = analysis.compared_windows();
                    quality.counted_in(window.from.unwrap_or(Date::MIN), window.to)
                }
            })),
            left_out: Vec::new(),
        },
    }
}

fn window_of(analysis: &Analysis) -> String {
    let (window, _) = analysis.compared_windows();
    let from = window.from.map(say::date).unwrap_or_default();
    format!("{from} to {}", say::date(window.to))
}

/// Whether the compared days hold too little to say anything: then all the time shown speaks.
fn speaks_for_all(analysis: &Analysis) -> bool {
    let quality = analysis.quality();
    let n = |balance: &Balance| balance.bugs_created + balance.features_finished;
    n(&quality.now) < Distribution::PLENTY && n(&quality.whole) > n(&quality.now)
}

/// The bugs and features that the page's ratio is of: of the compared days, or where these hold too little, of all the
/// time shown; and those days in words.
pub fn headline(analysis: &Analysis) -> (Balance, String) {
    let quality = analysis.quality();
    match speaks_for_all(analysis) {
        true => {
            let first = quality.events.first().map_or(analysis.as_of, |(day, _)| *day);
            (quality.whole, format!("{} to {}", say::date(first), say::date(analysis.as_of)))
        }
        false => (quality.now, window_of(analysis)),
    }
}

fn open_bugs(analysis: &Analysis) -> Answer {
    let quality = analysis.quality();
    let n = quality.open_items.len();
    let age = |i: &usize| {
        let created = analysis.dates.get(*i)?.created?;
        analysis.calendar().span(created, analysis.as_of)
    };
    let mut ages: Vec<Days> = quality.open_items.iter().filter_map(age).collect();
    ages.sort_unstable();
    let middle = ages.get(ages.len().saturating_sub(1) / 2).copied();
    let oldest = ages.last().copied();
    // Counted alike on both days: those whose creation is known.
    let on = |day: Date| analysis.select(&Selection::OpenBugs(day)).len();
    let then = day_from_number(day_number(analysis.as_of) - 84);
    let first = analysis.dates.iter().filter_map(|dates| dates.created).min();
    let trend = match first {
        Some(first) if first <= then => {
            let (before, now) = (on(then), on(analysis.as_of));
            let were = match before {
                _ if before == now => "as many were".to_owned(),
                0 => "none was".to_owned(),
                1 => "one was".to_owned(),
                n => format!("{} were", say::number(n)),
            };
            format!(" Twelve weeks ago {were}.")
        }
        _ => String::new(),
    };
    let ages_said = match (middle, oldest, ages.len()) {
        (Some(only), _, 1) => format!("It is {} old.", analysis.days(only)),
        (Some(middle), Some(oldest), _) => format!(
            "Half of them are {} old or older, the oldest {}.",
            analysis.days(middle),
            analysis.days(oldest)
        ),
        _ => "Nothing says since when.".to_owned(),
    };
    let undated = n - ages.len();
    let undated = match undated {
        0 => String::new(),
        n => format!(" Of {} nobody knows since when.", say::number(n)),
    };
    let ages = format!("{ages_said}{undated}");
    Answer {
        id: "open-bugs",
        question: "How many bugs are open, and how old?",
        number: Some(say::number(n)),
        unit: if n == 1 { "bug is open".to_owned() } else { "bugs are open".to_owned() },
        sentence: match n {
            0 => format!("No bug is open.{trend}"),
            _ => format!("{ages}{trend}"),
        },
        would_change: None,
        explanation: Explanation {
            definition: "Bugs that are neither finished nor given up, with the days since they were created."
                .to_owned(),
            window: format!("At the end of {}.", say::date(analysis.as_of)),
            items: format!("{}.", say::counted(n, "open bug", "open bugs")),
            selection: (n > 0).then(|| Selection::Listed(quality.open_items.clone())),
            left_out: Vec::new(),
        },
    }
}

/// A middle with its interval: "9 days (7 to 12 is likely)".
pub fn middle_in_words(analysis: &Analysis, middle: &Middle) -> String {
    let days = |days: f64| analysis.days(Days(days.round().max(0.0) as u32));
    match middle.between {
        Some(i) => format!(
            "{} ({} to {} is likely)",
            days(middle.days),
            say::number(i.low.round().max(0.0) as usize),
            say::number(i.high.round().max(0.0) as usize)
        ),
        None => days(middle.days),
    }
}

fn time_to_fix(analysis: &Analysis) -> Answer {
    let quality = analysis.quality();
    let open = quality.open_items.len();
    let bugs = |i: &usize| analysis.data.items.get(*i).is_some_and(|item| item.kind == Kind::Bug);
    let fixed: Vec<usize> = analysis.lead.timed.iter().map(|timed| timed.item).filter(bugs).collect();
    let sentence = match &quality.fixes {
        None => format!("{} fixed: too few to tell.", say::counted(fixed.len(), "bug was", "bugs were")),
        Some(fixes) => {
            let days = |days: f64| analysis.days(Days(days.round().max(0.0) as u32));
            let change = match quality.fixes_change.filter(|change| change.difference.is_some()) {
                None => String::new(),
                Some(change) => format!(
                    " Half of those fixed {} took {} or less, in as many days before {}: {}.",
                    window_of(analysis),
                    days(change.now),
                    days(change.before),
                    if change.is_more_than_noise() { "more than noise" } else { "within noise" }
                ),
            };
            let waiting = match open {
                0 => String::new(),
                n => format!(
                    " It is of those that were fixed; {} still open.",
                    if n == 1 { "one is".to_owned() } else { format!("{} are", say::number(n)) }
                ),
            };
            format!(
                "Half of the {} that were fixed took {} or less from report to fix.{change}{waiting}",
                say::counted(fixes.n, "bug", "bugs"),
                middle_in_words(analysis, fixes)
            )
        }
    };
    Answer {
        id: "time-to-fix",
        question: "How long does a fix take?",
        number: quality.fixes.map(|fixes| say::number(fixes.days.round().max(0.0) as usize)),
        unit: format!("{} in the middle, from report to fix", analysis.calendar().unit()),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: "The median lead time of bugs, from creation to finish, with the interval of a median at 95\u{a0}%. A \
                         change between two periods is told by the bootstrap. What is still open is not \
                         in it, so a pile of old bugs does not lengthen it."
                .to_owned(),
            window: analysis.window_in_words(),
            items: format!("{} with both days.", say::counted(fixed.len(), "fixed bug", "fixed bugs")),
            selection: Some(Selection::Listed(fixed)),
            left_out: Vec::new(),
        },
    }
}

fn comes_back(analysis: &Analysis) -> Answer {
    let reopened = analysis.quality().reopened;
    let [bugs, all] = reopened.unwrap_or_default();
    let said = |share: Attainment, what: &str| {
        let (part, interval) = share.share().zip(share.interval())?;
        (share.n >= Distribution::ENOUGH).then(|| {
            format!(
                "{} of {} {what} ({}, {} to {} is likely)",
                say::number(share.within),
                say::number(share.n),
                say::percent(part),
                say::percent(interval.low),
                say::percent(interval.high)
            )
        })
    };
    let sentence = match (said(bugs, "bugs"), said(all, "items in all")) {
        (Some(bugs), Some(all)) => format!("Of what was done, {bugs} came back, and {all}."),
        (None, Some(all)) => format!("Of what was done, {all} came back."),
        _ if reopened.is_none() => {
            "The data keeps no status history, so it can\u{2019}t tell what came back. Jira\u{2019}s REST JSON with changelog, \
             Trello\u{2019}s JSON, a table of stage dates or an event log would."
                .to_owned()
        }
        _ => "Too few histories to tell.".to_owned(),
    };
    Answer {
        id: "reopened",
        question: "How much comes back?",
        number: bugs.share().filter(|_| bugs.n >= Distribution::ENOUGH).map(say::percent),
        unit: "of bugs that were done were taken up again".to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: "Items whose history has a done status and after it one that is not, other than being given up. The \
                         interval is Wilson\u{2019}s, at 95\u{a0}%."
                .to_owned(),
            window: format!("First done in the time shown; taken up again by {}.", say::date(analysis.as_of)),
            items: format!("{} whose history says that they were done.", say::items(all.n)),
            selection: Some(Selection::Listed(came_back(analysis))),
            left_out: Vec::new(),
        },
    }
}

fn came_back(analysis: &Analysis) -> Vec<usize> {
    done_in_window(analysis).into_iter().filter(|(_, again)| *again).map(|(i, _)| i).collect()
}

/// Since when there is work in a place: "3 years", "5 months".
pub fn age_in_words(since: Date, as_of: Date) -> String {
    match days_between(since, as_of).max(0) {
        days if days < 60 => say::counted(days as usize, "day", "days"),
        days if days < 730 => say::counted((days / 30) as usize, "month", "months"),
        days => say::counted((days / 365) as usize, "year", "years"),
    }
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
