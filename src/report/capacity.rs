//! Which part of the team is the limit, why, and what relief would bring: what comes in and leaves of each team and
//! area, how much is begun at once, and an advice with its reason.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::selection::Selection;
use super::{Analysis, Answer, Explanation, RECENT_WEEKS, say};
use crate::metrics::{
    self, Dates, Distribution, FALSE_SHARE, Rate, Relief, Reliefs, State, Trip, Window, change, discoveries,
    flow,
};
use crate::model::{Days, day_number};

/// More at once than this for each person is too much, where it is also too old.
const AT_ONCE: f64 = 2.0;
/// More than this is too much in any case.
const FAR_TOO_MUCH: f64 = 3.0;
/// From this share of the work in progress on, its age is a problem. It is more than the share that takes as long, for
/// what takes long is in progress for long.
const LATE_SHARE: f64 = 0.5;
/// From this share of the time on, being blocked is the problem.
const BLOCKED_SHARE: f64 = 0.25;
/// Under so many items coming or going nothing is told of a balance.
const FEWEST_MOVES: u32 = 10;
/// Under so many in progress their age is an accident.
const FEWEST_OPEN: usize = 5;
/// At most so many teams, and areas, those with the most items.
const MOST: usize = 12;
/// In so many weeks what is open would be cleared.
pub const CLEAR_IN_WEEKS: f64 = 12.0;
/// How much shorter stays in a stage are when it is relieved.
pub const RELIEF: f64 = 0.5;

/// Whole, teams and areas.
#[derive(Debug, Default)]
pub struct Capacity {
    /// The whole first, then the teams, then the areas, each sort by size.
    pub parts: Vec<Part>,
}

/// How many people a part has is said by its name; the whole of a filter by one team is that team.
pub fn people_key(analysis: &Analysis, what: &str, name: &str) -> Option<String> {
    let filter = &analysis.filter;
    match (what, &filter.team) {
        ("All", Some(team)) if !filter.chooses_more_than_a_team() => {
            Some(format!("{} “{team}”", analysis.basis.groups.by.name()))
        }
        // Of some of the work nobody has said how many people it has.
        ("All", _) if filter.chooses_items() => None,
        ("All", _) => Some("Everything".to_owned()),
        (what, _) if !filter.chooses_items() => Some(format!("{what} “{name}”")),
        _ => None,
    }
}

/// What to do about a part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    MorePeople,
    LessAtOnce,
    Unblock,
    /// Nothing speaks for any of these.
    NoEvidence,
    CannotTell,
}

impl Advice {
    /// As few words as name it.
    pub fn name(self) -> &'static str {
        match self {
            Advice::MorePeople => "More people, or less asked for",
            Advice::LessAtOnce => "Less at once",
            Advice::Unblock => "Unblock",
            Advice::NoEvidence => "No evidence that it must grow",
            Advice::CannotTell => "Cannot tell",
        }
    }

    /// The beginning of a sentence that ends with the reason.
    pub fn says(self) -> &'static str {
        match self {
            Advice::MorePeople => "There is a case for more people, or for less work",
            Advice::LessAtOnce => "Too much is begun at once to tell whether people are missing",
            Advice::Unblock => "Being blocked is what limits it, before any number of people",
            Advice::NoEvidence => "Nothing says that it must grow",
            Advice::CannotTell => "Nobody can tell whether it must grow",
        }
    }

    /// The name in reports.
    pub fn id(self) -> &'static str {
        match self {
            Advice::MorePeople => "more_people",
            Advice::LessAtOnce => "less_at_once",
            Advice::Unblock => "unblock",
            Advice::NoEvidence => "no_evidence",
            Advice::CannotTell => "cannot_tell",
        }
    }
}

/// A team, an area, or the whole.
#[derive(Clone, Debug)]
pub struct Part {
    /// "Team", "Project", "Area"; "All" of the whole.
    pub what: &'static str,
    pub name: String,
    pub items: Vec<usize>,
    /// Those that are neither finished nor given up.
    pub open_items: Vec<usize>,
    /// Of the last whole weeks, [`RECENT_WEEKS`] at most.
    pub weeks: usize,
    pub came: Option<Rate>,
    pub went: Option<Rate>,
    pub came_in: u32,
    pub left: u32,
    came_weekly: Vec<u32>,
    went_weekly: Vec<u32>,
    pub chance_of_growth: Option<f64>,
    /// More comes in than leaves beyond noise, all parts considered; or more leaves.
    pub grows: bool,
    pub shrinks: bool,
    pub in_progress: usize,
    pub not_started: usize,
    /// Of those in progress, as old as the limit or older.
    pub late: usize,
    /// Of those in progress, in a status of which nobody has said what it means.
    pub unclear: usize,
    pub people: Option<u32>,
    /// Whether the user said how many there are.
    pub people_said: bool,
    /// The percentile that the service level speaks for, of the cycle time, or of lead time where that speaks; `None`
    /// under 5.
    pub percentile: Option<Days>,
    pub blocked: Option<f64>,
    pub advice: Advice,
}

impl Part {
    pub fn open(&self) -> usize {
        self.in_progress + self.not_started
    }

    /// Items in progress for each person.
    pub fn at_once(&self) -> Option<f64> {
        self.people.filter(|people| *people > 0).map(|people| self.in_progress as f64 / f64::from(people))
    }

    /// Weeks until what is open would be done if nothing came; `None` where nothing leaves.
    pub fn weeks_to_clear(&self) -> Option<f64> {
        let went = self.went?.per_week;
        (went > 0.0).then(|| self.open() as f64 / went)
    }

    /// How many more people would hold the open work, and how many would clear it in [`CLEAR_IN_WEEKS`], as ranges.
    pub fn people_needed(&self) -> Option<[(u32, Option<u32>); 2]> {
        let people = f64::from(self.people.filter(|people| *people > 0 && !self.is_too_little())?);
        let (came, went) = (self.came?, self.went?);
        let clear = came.per_week + self.open() as f64 / CLEAR_IN_WEEKS;
        Some([came.per_week, clear].map(|needed| metrics::people_needed(people, went, needed)))
    }

    /// Whether too few weeks have passed, or too little came and left, to tell of a balance.
    fn is_too_little(&self) -> bool {
        self.weeks < 4 || self.came_in + self.left < FEWEST_MOVES
    }

    /// Whether most of what is in progress is so only as far as nobody has said what its status means.
    fn is_unclear(&self) -> bool {
        self.unclear * 2 > self.in_progress
    }

    fn late_share(&self) -> f64 {
        if self.in_progress == 0 { 0.0 } else { self.late as f64 / self.in_progress as f64 }
    }

    fn is_old(&self) -> bool {
        self.in_progress >= FEWEST_OPEN && self.late_share() >= LATE_SHARE
    }

    fn has_too_much(&self) -> bool {
        match self.at_once() {
            Some(at_once) => at_once >= FAR_TOO_MUCH || (at_once >= AT_ONCE && self.is_old()),
            None => self.is_old(),
        }
    }

    fn advise(&self) -> Advice {
        match () {
            () if self.is_unclear() => Advice::CannotTell,
            () if self.blocked.is_some_and(|share| share >= BLOCKED_SHARE) && self.in_progress > 0 => {
                Advice::Unblock
            }
            () if self.has_too_much() => Advice::LessAtOnce,
            () if self.is_too_little() || self.came.is_none() => Advice::CannotTell,
            () if self.grows => Advice::MorePeople,
            () => Advice::NoEvidence,
        }
    }
}

impl Analysis {
    pub fn capacity(&self) -> &Capacity {
        self.later.capacity.get_or_init(|| capacity(self))
    }

    /// The last [`RECENT_WEEKS`] whole weeks and the days since, as far as the window goes back.
    fn recent_window(&self) -> Window {
        let all = Window { from: None, ..self.window };
        let (recent, _) = Analysis::compared_windows_of(all, self.calendar());
        Window { from: recent.from.max(self.window.from), ..recent }
    }

    /// How many of some items are in progress, and to how many people these, and those that were finished in the last
    /// weeks, are assigned: only their number.
    pub(super) fn load_of(&self, items: &[usize]) -> (usize, usize) {
        let recent = self.recent_window();
        let mut people: FxHashSet<&str> = FxHashSet::default();
        let mut in_progress = 0;
        for &i in items {
            let Some(dates) = self.dates.get(i) else { continue };
            let state = dates.state_on(self.as_of);
            let finished = dates.finished.filter(|_| state == State::Finished);
            in_progress += usize::from(state == State::InProgress);
            let is_worked_on = state == State::InProgress || finished.is_some_and(|day| recent.holds(day));
            if let Some(item) = self.data.items.get(i).filter(|_| is_worked_on && self.basis.tells.owners) {
                people.extend(item.owners.iter().map(String::as_str));
            }
        }
        (in_progress, people.len())
    }

    /// What relieving each stage would bring.
    pub fn reliefs(&self) -> &Reliefs {
        self.later.reliefs.get_or_init(|| {
            if !self.knows.history {
                return Reliefs::default();
            }
            let finished = |way: &Trip| way.dates.finished.is_some_and(|day| self.window.holds(day));
            let trips: Vec<Trip> = self.ways().into_iter().filter(finished).collect();
            metrics::reliefs(&trips, self.workflow(), self.calendar(), self.counting().sle_percent, RELIEF)
        })
    }

    /// Why there is nothing to tell of capacity, if so.
    pub fn no_capacity(&self) -> Option<String> {
        (self.counts.finished == 0 && self.counts.in_progress == 0).then(|| {
            "Nothing is in progress and nothing is finished, so there is no capacity to tell of.".to_owned()
        })
    }

    /// Why no stage is told to limit the flow, if so, and what would help.
    pub fn no_reliefs(&self) -> Option<String> {
        if !self.reliefs().stages.is_empty() {
            return None;
        }
        Some(match self.no_time_in_stage() {
            Some(why) => format!(
                "{why} Jira\u{2019}s REST JSON with changelog, Trello\u{2019}s JSON, a table of stage dates or an event log \
                 would tell which stage limits the flow."
            ),
            None => format!(
                "Fewer than {} finished items have a history, or all work is done in one stage: too little to tell which \
                 stage limits the flow.",
                metrics::ENOUGH_TRIPS
            ),
        })
    }
}

fn capacity(analysis: &Analysis) -> Capacity {
    if analysis.no_capacity().is_some() {
        return Capacity::default();
    }
    let ways = analysis.ways();
    let knows_blocked = metrics::knows_blocked(&ways, analysis.workflow());
    let all: Vec<usize> = (0..analysis.data.items.len()).collect();
    let mut parts = vec![part(analysis, &ways, knows_blocked, "All", String::new(), all)];
    let groups = &analysis.basis.groups;
    let mut add = |what: &'static str, found: Vec<(&str, Vec<usize>)>| {
        if found.len() > 1 {
            let largest = found.into_iter().take(MOST);
            for (name, items) in largest {
                // Another name for the same work is no other part.
                if parts.iter().all(|part| part.items != items) {
                    parts.push(part(analysis, &ways, knows_blocked, what, name.to_owned(), items));
                }
            }
        }
    };
    if groups.is_choice() {
        add(groups.by.name(), analysis.items_by(|item, name| name(groups.of_item(item))));
        if groups.by == crate::model::Grouping::Team {
            add("Project", analysis.items_by(|item, name| name(&item.project)));
        }
    }
    add("Area", analysis.items_by_area());
    // The whole is asked alone; of the others many are asked, so each needs more evidence.
    // What leaves against what comes in, as the Cadence page tests it.
    let tested = |part: &Part| {
        let change = change::of_means(&part.went_weekly, &part.came_weekly);
        let change = change.filter(|change| part.came.is_some() && change.difference.is_some())?;
        Some((change.chance(), change.now > change.before))
    };
    let results: Vec<Option<(f64, bool)>> = parts.iter().map(tested).collect();
    let mut of_sort: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate() {
        of_sort.entry(part.what).or_default().push(at);
    }
    for (what, places) in of_sort {
        let chances: Vec<f64> =
            places.iter().map(|&at| results[at].map_or(1.0, |(chance, _)| chance)).collect();
        let rate = if what == "All" { 0.05 } else { FALSE_SHARE };
        for (&at, holds) in places.iter().zip(discoveries(&chances, rate)) {
            let more = results[at].is_some_and(|(_, more)| more);
            let tells = holds && !parts[at].is_too_little();
            (parts[at].grows, parts[at].shrinks) = (tells && more, tells && !more);
        }
    }
    for part in &mut parts {
        part.advice = part.advise();
    }
    Capacity { parts }
}

/// The last whole weeks of what came and went.
fn recent_flow(analysis: &Analysis, dates: &[Dates]) -> (Vec<u32>, Vec<u32>) {
    let Some(flow) = flow(dates, analysis.window, analysis.calendar()) else { return Default::default() };
    let weeks = flow.weeks().min(RECENT_WEEKS);
    let last = |counts: &[u32]| counts[counts.len() - weeks..].to_vec();
    (last(&flow.arrived), last(&flow.departed))
}

fn dates_of(analysis: &Analysis, items: &[usize]) -> Vec<Dates> {
    items.iter().filter_map(|&i| analysis.dates.get(i).copied()).collect()
}

fn part(
    analysis: &Analysis,
    ways: &[Trip],
    knows_blocked: bool,
    what: &'static str,
    name: String,
    items: Vec<usize>,
) -> Part {
    let dates = dates_of(analysis, &items);
    let (came, went) = recent_flow(analysis, &dates);
    let knows_arrivals = dates.iter().any(|dates| dates.created.is_some());
    let recent = analysis.recent_window();
    let limit = analysis.age_limit();
    let (mut in_progress, mut not_started, mut late, mut unclear) = (0, 0, 0, 0);
    let mut open_items: Vec<usize> = Vec::new();
    let mut durations: Vec<Days> = Vec::new();
    let lead = analysis.speaks_by_lead_time();
    for &i in &items {
        let Some(dates) = analysis.dates.get(i) else { continue };
        let state = dates.state_on(analysis.as_of);
        in_progress += usize::from(state == State::InProgress);
        not_started += usize::from(state == State::NotStarted);
        if matches!(state, State::InProgress | State::NotStarted) {
            open_items.push(i);
        }
        if let Some(item) = analysis.data.items.get(i).filter(|_| state == State::InProgress) {
            unclear += usize::from(item.stage.is_none() && !item.status.is_empty());
            let age = dates.started.and_then(|start| analysis.calendar().span(start, analysis.as_of));
            late += usize::from(age.zip(limit).is_some_and(|(age, limit)| age >= limit));
        }
        let finished = dates.finished.filter(|_| state == State::Finished);
        if let Some(end) = finished.filter(|&day| analysis.window.holds(day)) {
            let start = if lead { dates.created } else { dates.started };
            durations.extend(start.and_then(|start| analysis.calendar().span(start, end)));
        }
    }
    let (_, people) = analysis.load_of(&items);
    let key = people_key(analysis, what, &name);
    let said = key.and_then(|key| analysis.counting().people.get(&key).copied());
    let counted = u32::try_from(people).ok().filter(|people| *people > 0);
    let durations: Distribution = durations.into_iter().collect();
    let percentile = durations
        .percentile(analysis.counting().sle_percent)
        .filter(|_| durations.n() >= Distribution::ENOUGH);
    let of_part: Vec<Trip> = items.iter().filter_map(|&i| ways.get(i).copied()).collect();
    let from = recent.from.map_or(0.0, |from| f64::from(day_number(from)));
    let to = f64::from(day_number(analysis.as_of)) + 1.0;
    let sum = |counts: &[u32]| counts.iter().sum::<u32>();
    let chance_of_growth =
        (knows_arrivals && sum(&came) + sum(&went) > 0).then(|| metrics::chance_of_growth(&came, &went));
    Part {
        what,
        name,
        open_items,
        weeks: came.len(),
        came: metrics::rate(&came).filter(|_| knows_arrivals),
        went: metrics::rate(&went),
        came_in: sum(&came),
        left: sum(&went),
        came_weekly: came,
        went_weekly: went,
        chance_of_growth,
        grows: false,
        shrinks: false,
        in_progress,
        not_started,
        late,
        unclear,
        people: said.or(counted),
        people_said: said.is_some(),
        percentile,
        blocked: knows_blocked
            .then(|| metrics::blocked_share(&of_part, analysis.workflow(), analysis.calendar(), from, to))
            .flatten(),
        advice: Advice::CannotTell,
        items,
    }
}

/// "5.2 items a week (4.0 to 6.7)".
pub fn rate_in_words(rate: &Rate) -> String {
    format!(
        "{} items a week ({} to {})",
        say::decimal(rate.per_week),
        say::decimal(rate.between.low),
        say::decimal(rate.between.high)
    )
}

/// A range of people: "2 to 5", "3", "at least 2".
pub fn people_in_words((low, high): (u32, Option<u32>)) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low} to {high}"),
        None => format!("at least {low}"),
    }
}

/// The reason for the advice, with its numbers, as a sentence to read aloud.
pub fn reason(analysis: &Analysis, part: &Part) -> String {
    let late = || {
        format!(
            "{} of {} in progress {} {} old or older",
            say::number(part.late),
            say::number(part.in_progress),
            if part.late == 1 { "is" } else { "are" },
            analysis.age_limit().map(|limit| analysis.days(limit)).unwrap_or_default()
        )
    };
    let balance = || match (&part.came, &part.went) {
        (Some(came), Some(went)) => {
            format!("{} come in and {} leave", rate_in_words(came), rate_in_words(went))
        }
        (None, Some(went)) => format!("{} leave; what comes in is not known", rate_in_words(went)),
        _ => "no whole week has passed".to_owned(),
    };
    let growth = match part.chance_of_growth {
        Some(chance) => format!(", so the open work grows with a chance of {}", say::percent(chance)),
        None => String::new(),
    };
    match part.advice {
        Advice::Unblock => format!(
            "work in progress was blocked for {} of its time: clearing that comes before adding people or work.",
            part.blocked.map(say::percent).unwrap_or_default()
        ),
        Advice::LessAtOnce => {
            let each = match part.at_once() {
                Some(at_once) => format!(
                    "{} for each of {}",
                    say::decimal(at_once),
                    say::counted(part.people.unwrap_or_default() as usize, "person", "people")
                ),
                None => format!("{} in all", say::number(part.in_progress)),
            };
            let age = if part.is_old() { format!(", and {}", late()) } else { String::new() };
            format!(
                "{each} are in progress at once{age}. More people would begin still more: finish some of it first."
            )
        }
        Advice::MorePeople => {
            let each = match part.at_once() {
                Some(at_once) => format!(
                    "With {} in progress for each person too much at once is not the reason. ",
                    say::decimal(at_once)
                ),
                None => String::new(),
            };
            format!(
                "{}{growth}, beyond noise. {each}Either less is asked for, or more people do it.",
                balance()
            )
        }
        Advice::NoEvidence if part.shrinks => {
            format!("{}: open work shrinks, beyond noise.", balance())
        }
        Advice::NoEvidence => format!("{}{growth}: the difference is within noise.", balance()),
        Advice::CannotTell if part.is_unclear() => format!(
            "{} of {} in progress are so only because nobody has said what their status means.",
            say::number(part.unclear),
            say::number(part.in_progress)
        ),
        Advice::CannotTell if part.came.is_none() && !part.is_too_little() => {
            format!("{}, so nobody can say whether it is too little.", balance())
        }
        Advice::CannotTell => format!(
            "{} in {}: too little to tell what is missing.",
            say::counted((part.came_in + part.left) as usize, "item came or left", "items came or left"),
            say::counted(part.weeks, "whole week", "whole weeks")
        ),
    }
}

/// What would make the advice another.
pub fn would_change(analysis: &Analysis, part: &Part) -> String {
    match part.advice {
        Advice::Unblock => {
            format!("If it were blocked for less than {} of its time.", say::percent(BLOCKED_SHARE))
        }
        Advice::LessAtOnce => match part.at_once() {
            Some(at_once) if at_once >= FAR_TOO_MUCH => {
                format!("If fewer than {} were in progress for each person.", say::decimal(FAR_TOO_MUCH))
            }
            _ => format!(
                "If less than half of it were as old as {}.",
                analysis.age_limit().map(|limit| analysis.days(limit)).unwrap_or_default()
            ),
        },
        Advice::MorePeople => match &part.came {
            Some(came) => format!(
                "If about {} a week left, or came in no faster than they leave.",
                say::decimal(came.per_week)
            ),
            None => "If no more came in than leave.".to_owned(),
        },
        Advice::NoEvidence => {
            let blocked = match part.blocked {
                Some(_) => ", or blocked for a quarter of the time",
                None => "",
            };
            format!(
                "If more came in than leaves, beyond noise; or if too much were in progress at once{blocked}."
            )
        }
        Advice::CannotTell if part.is_unclear() => "Saying under Data what these statuses mean.".to_owned(),
        Advice::CannotTell if part.came.is_none() && !part.is_too_little() => {
            "An export with the days on which items were created.".to_owned()
        }
        Advice::CannotTell => "More weeks, in which more comes and goes.".to_owned(),
    }
}

/// How many people would be needed, as a sentence, where more comes in than leaves; `None` where the number of people,
/// or what comes in, is not known.
pub fn needed_in_words(part: &Part) -> Option<String> {
    let [hold, clear] = part.people_needed().filter(|_| part.grows)?;
    let people = part.people?;
    let sure = |(low, high): (u32, Option<u32>)| high.is_some_and(|high| high - low <= 2 * people.max(2));
    let weeks = CLEAR_IN_WEEKS;
    if !sure(hold) {
        return Some(format!(
            "It would take at least {} more to hold the open work; the weeks vary too much to say how many.",
            say::counted(hold.0 as usize, "person", "people")
        ));
    }
    let clear = match sure(clear) {
        true => format!("{} to clear it in {weeks} weeks", people_in_words(clear)),
        false => format!("at least {} to clear it in {weeks} weeks", clear.0),
    };
    Some(format!(
        "To hold the open work {} more would be needed, {clear}: reckoned from {} now, as if everybody did as much and new people \
         needed no time.",
        people_in_words(hold),
        say::counted(people as usize, "person", "people")
    ))
}

/// What a part is called: "Everything", "Team Blue".
pub fn name_of(part: &Part) -> String {
    match part.what {
        "All" => "Everything".to_owned(),
        what => format!("{what} “{}”", part.name),
    }
}

/// The answers of the Capacity page.
pub fn capacity_answers(analysis: &Analysis) -> Vec<Answer> {
    let capacity = analysis.capacity();
    let Some(whole) = capacity.parts.first() else { return Vec::new() };
    vec![
        who_must_grow(analysis, capacity, whole),
        balance(analysis, whole),
        at_once(analysis, whole),
        limit(analysis),
    ]
}

/// The parts beside the whole for which the advice is the same.
pub fn advised(capacity: &Capacity, advice: Advice) -> Vec<&Part> {
    capacity.parts.iter().skip(1).filter(|part| part.advice == advice).collect()
}

fn who_must_grow(analysis: &Analysis, capacity: &Capacity, whole: &Part) -> Answer {
    let mut named: Vec<String> = Vec::new();
    for advice in [Advice::MorePeople, Advice::LessAtOnce, Advice::Unblock] {
        let parts = advised(capacity, advice);
        if !parts.is_empty() {
            let names: Vec<String> = parts.iter().take(4).map(|part| name_of(part)).collect();
            let more = match parts.len().saturating_sub(4) {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            named.push(format!("{}: {}{more}", advice.name(), say::and(&names)));
        }
    }
    let asked = capacity.parts.len() - 1;
    let parts = match (named.as_slice(), asked) {
        (_, 0) => String::new(),
        ([], n) => {
            format!(" None of its {} gives a reason to do anything else.", say::counted(n, "part", "parts"))
        }
        (named, _) => format!(" {}.", named.join(". ")),
    };
    Answer {
        id: "advice",
        question: "Which part must grow, and why?",
        number: None,
        unit: String::new(),
        sentence: format!("{}: {}{parts}", whole.advice.says(), reason(analysis, whole)),
        would_change: Some(would_change(analysis, whole)),
        explanation: Explanation {
            definition: format!(
                "“More people” only where more comes in than leaves beyond noise and too much at once is not the reason; \
                 “less at once” from {} in progress for each person on, or from {} where half of it is as old as the service \
                 level\u{2019}s days; “unblock” where a quarter of the time is blocked, which goes before both. Each part beside the \
                 whole needs more evidence, for many are asked (Benjamini–Hochberg at 10\u{a0}%).",
                say::decimal(FAR_TOO_MUCH),
                say::decimal(AT_ONCE)
            ),
            window: weeks_in_words(analysis, whole),
            items: format!("{}, {} open.", say::items(whole.items.len()), say::number(whole.open())),
            selection: Some(Selection::All),
            left_out: Vec::new(),
        },
    }
}

fn weeks_in_words(analysis: &Analysis, part: &Part) -> String {
    format!(
        "The last {} by {}.",
        say::counted(part.weeks, "whole week", "whole weeks"),
        say::date(analysis.as_of)
    )
}

fn balance(analysis: &Analysis, whole: &Part) -> Answer {
    let open = match whole.open() {
        1 => "One item is open".to_owned(),
        n => format!("{} items are open", say::number(n)),
    };
    let clear = match whole.weeks_to_clear().filter(|_| !whole.is_unclear() && whole.open() > 0) {
        Some(weeks) if weeks <= 104.0 => format!(
            " {open}; at this pace {} would clear that, if nothing came in.",
            say::counted(weeks.ceil() as usize, "week", "weeks")
        ),
        Some(weeks) => format!(
            " {open}; at this pace {} would clear that, if nothing came in.",
            say::counted((weeks / 52.0).ceil().min(1e6) as usize, "year", "years")
        ),
        None => String::new(),
    };
    let sentence = match (&whole.came, &whole.went) {
        (Some(came), Some(went)) => {
            let verdict = match () {
                () if whole.is_too_little() => "Too little comes and leaves to tell",
                () if whole.grows => "Open work grows, beyond noise",
                () if whole.shrinks => "Open work shrinks, beyond noise",
                () => "Open work holds, as far as noise lets one say",
            };
            format!("{verdict}: {} come in, {} leave.{clear}", rate_in_words(came), rate_in_words(went))
        }
        (None, Some(went)) => format!(
            "The data has no creation dates, so it can\u{2019}t tell what comes in; {} leave.{clear}",
            rate_in_words(went)
        ),
        _ => "No whole week has passed.".to_owned(),
    };
    Answer {
        id: "growth",
        question: "Does the open work grow?",
        number: whole.chance_of_growth.filter(|_| !whole.is_too_little()).map(say::percent),
        unit: "is the chance that more comes in than leaves".to_owned(),
        sentence,
        would_change: whole.came.map(|_| match () {
            () if whole.is_too_little() => "More weeks, in which more comes and goes.".to_owned(),
            () if whole.grows || whole.shrinks => "As many that leave as come in, within noise.".to_owned(),
            () => "A difference of the weekly means that is more than noise.".to_owned(),
        }),
        explanation: Explanation {
            definition: "Items created, and items finished or given up, a week; the intervals are those of Poisson counts at \
                         95\u{a0}%, wider where the weeks vary more than that. The chance is that of the rates behind them, told \
                         by Jeffreys\u{2019} prior. Beyond noise is by Welch\u{2019}s test of the weekly counts, as on the Cadence page."
                .to_owned(),
            window: weeks_in_words(analysis, whole),
            items: format!(
                "{} came, {} left, {} open.",
                say::items(whole.came_in as usize),
                say::number(whole.left as usize),
                say::number(whole.open())
            ),
            selection: Some(Selection::All),
            left_out: Vec::new(),
        },
    }
}

fn at_once(analysis: &Analysis, whole: &Part) -> Answer {
    let people = match (whole.people, whole.people_said) {
        (None, _) => {
            "Nobody is named in the data, so it is not known how many people there are; say it below."
                .to_owned()
        }
        (Some(people), true) => format!("You said that there are {people}."),
        (Some(people), false) => format!(
            "{} to whom work was assigned lately.",
            if people == 1 { "It is one person".to_owned() } else { format!("There are {people} people") }
        ),
    };
    let blocked = match whole.blocked {
        Some(share) => format!(" Work was blocked for {} of its time.", say::percent(share)),
        None => " Nothing says for how long work is blocked.".to_owned(),
    };
    let late = match (whole.in_progress, analysis.age_limit()) {
        (0, _) | (_, None) => String::new(),
        _ if whole.is_unclear() => {
            " Nobody has said what the status of most of them means, so it can\u{2019}t be told whether that is too much."
                .to_owned()
        }
        (n, Some(limit)) => format!(
            " {} of {} {} {} old or older.",
            say::number(whole.late),
            say::number(n),
            if whole.late == 1 { "is" } else { "are" },
            analysis.days(limit)
        ),
    };
    Answer {
        id: "at-once",
        question: "Is too much begun at once?",
        number: whole.at_once().map(say::decimal),
        unit: "in progress for each person".to_owned(),
        sentence: format!(
            "{} in progress. {people}{late}{blocked}",
            if whole.in_progress == 1 { "One item is".to_owned() } else { format!("{} items are", say::number(whole.in_progress)) }
        ),
        would_change: None,
        explanation: Explanation {
            definition: "Items in progress ÷ people: as many as work in progress, or finished in these weeks, is assigned to, or \
                         as many as you said. Only their number is looked at. Blocked is the share of the days in progress."
                .to_owned(),
            window: format!("In progress at the end of {}.", say::date(analysis.as_of)),
            items: format!("{} in progress.", say::items(whole.in_progress)),
            selection: Some(Selection::InProgress(analysis.as_of)),
            left_out: Vec::new(),
        },
    }
}

/// The stage that limits the flow, if one is told: it would bring half a day at least, a gain beyond doubt, and more than any other in nine
/// of ten resampled histories.
pub fn limiting(reliefs: &Reliefs) -> Option<&Relief> {
    reliefs
        .stages
        .first()
        .filter(|first| first.gain >= 0.5 && first.between.low > 0.0 && first.chance_to_be_first >= 0.9)
}

/// "In Review", with what waits before it: "In Review, with the wait before it".
pub fn stage_name(analysis: &Analysis, relief: &Relief) -> String {
    let name =
        |place: usize| analysis.workflow().columns.get(place).map_or("", |column| column.name.as_str());
    match relief.queue.len() {
        0 => format!("“{}”", name(relief.column)),
        _ => format!("“{}” with the wait before it", name(relief.column)),
    }
}

/// A gain in elapsed days: "2.6 days (2.2 to 3.1 is likely)".
pub fn gain_in_words(relief: &Relief) -> String {
    let days = |x: f64| say::decimal(x.max(0.0));
    format!(
        "{}\u{a0}days ({} to {} is likely)",
        days(relief.gain),
        days(relief.between.low),
        days(relief.between.high)
    )
}

/// Which stage limits the flow and what relief would bring; `None` without histories.
pub fn limit_in_words(analysis: &Analysis) -> Option<String> {
    let reliefs = analysis.reliefs();
    let first = reliefs.stages.first()?;
    let percent = say::ordinal(analysis.counting().sle_percent);
    let from = format!("{}\u{a0}elapsed days", say::decimal(reliefs.now.max(0.0)));
    Some(match limiting(reliefs) {
        Some(stage) => format!(
            "{} limits the flow: {} of the time is spent there. If stays were half as long, the {percent} percentile of {from} \
             would come down by {}",
            stage_name(analysis, stage),
            say::percent(stage.share),
            gain_in_words(stage)
        ),
        None => {
            let close: Vec<String> = reliefs
                .stages
                .iter()
                .filter(|stage| stage.chance_to_be_first >= 0.1)
                .take(3)
                .map(|stage| stage_name(analysis, stage))
                .collect();
            match first.gain > 0.0 && close.len() > 1 {
                true => format!(
                    "No single stage limits the flow: {} may each be first. Halving stays in {} would bring the most, {} off \
                     the {percent} percentile of {from}",
                    say::and(&close),
                    stage_name(analysis, first),
                    gain_in_words(first)
                ),
                false => format!(
                    "No stage is told to limit the flow: relief of none is sure to shorten the {percent} percentile of {from}"
                ),
            }
        }
    })
}

fn limit(analysis: &Analysis) -> Answer {
    let reliefs = analysis.reliefs();
    let limiting = limiting(reliefs);
    let sentence = match (limit_in_words(analysis), analysis.no_reliefs()) {
        (Some(said), _) => format!("{said}."),
        (None, why) => why.unwrap_or_default(),
    };
    Answer {
        id: "limit",
        question: "Which stage limits the flow?",
        number: limiting.map(|stage| say::decimal(stage.gain)),
        unit: format!(
            "days less at the {} percentile, if stays in that stage were half as long",
            say::ordinal(analysis.counting().sle_percent)
        ),
        sentence,
        would_change: (!reliefs.stages.is_empty()).then(|| match limiting {
            Some(_) => "Another stage whose relief brings as much.".to_owned(),
            None => "One stage whose relief brings more than any other in nine of ten resampled histories.".to_owned(),
        }),
        explanation: Explanation {
            definition: "What happened is replayed with stays in one stage, and in the waiting statuses before it, half as long: \
                         each item goes on as much earlier, but no stage holds more at once than it ever did, so that work may \
                         wait at the next instead. Gains are in elapsed days, resampled 400 times by items; likely is nine in \
                         ten. People who help out are taken from nowhere, so it says where relief helps, not what it costs."
                .to_owned(),
            window: analysis.window_in_words(),
            items: format!("{} finished with a history.", say::items(reliefs.items)),
            selection: None,
            left_out: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Settings, day_from_number};
    use crate::report::testing::{analysis, analysis_with, staged};

    /// So many created and finished each week for twenty weeks, in two teams; of what is left over all stays open, in
    /// progress with `people` or not begun.
    fn team(came: usize, went: usize, begun: bool, people: usize) -> String {
        let day = |n: usize| day_from_number(19_723 + n as i32);
        let mut rows = String::new();
        for week in 0..20 {
            for n in 0..came {
                let created = day(week * 7 + n % 5);
                let is_done = n < went;
                let start = if is_done || begun { created.to_string() } else { String::new() };
                let done = if is_done { day(week * 7 + n % 5 + 1).to_string() } else { String::new() };
                let status = match (is_done, begun) {
                    (true, _) => "done",
                    (_, true) => "in progress",
                    _ => "to do",
                };
                let team = ["Blue", "Green"][n % 2];
                rows += &format!(
                    "{week}-{n},{created},{start},{done},{status},{team},P{}\n",
                    (week + n) % people
                );
            }
        }
        format!("id,created,started,finished,status,team,owner\n{rows}end,{},,,to do,Blue,\n", day(139))
    }

    fn advice(csv: &str) -> Advice {
        analysis(csv).capacity().parts[0].advice
    }

    #[test]
    fn advice_follows_the_reason() {
        assert_eq!(advice(&team(6, 6, false, 4)), Advice::NoEvidence);
        assert_eq!(advice(&team(9, 5, false, 4)), Advice::MorePeople);
        assert_eq!(advice(&team(9, 5, true, 4)), Advice::LessAtOnce, "eighty begun among four");
        assert_eq!(advice("id,created,finished\n1,2024-01-02,2024-01-03\n"), Advice::CannotTell);
    }

    #[test]
    fn teams_are_told_beside_the_whole_and_people_can_be_said() {
        let mut settings = Settings::default();
        settings.counting.people.insert("Team “Blue”".to_owned(), 10);
        let analysis = analysis_with(&team(9, 5, false, 4), &settings);
        let parts = &analysis.capacity().parts;
        let names: Vec<String> = parts.iter().map(name_of).collect();
        assert_eq!(names, ["Everything", "Team “Blue”", "Team “Green”"]);
        assert_eq!((parts[1].people, parts[1].people_said, parts[0].people), (Some(10), true, Some(4)));
        assert_eq!(parts[0].came_in, parts[1].came_in + parts[2].came_in);
        let [hold, clear] = parts[0].people_needed().unwrap();
        assert!(hold.0 >= 1 && clear.0 > hold.0 && hold.1 > Some(hold.0), "{hold:?} {clear:?}");
        for part in parts {
            assert!(!reason(&analysis, part).is_empty() && !would_change(&analysis, part).is_empty());
        }
        assert_eq!(capacity_answers(&analysis).len(), 4);
    }

    #[test]
    fn blocked_time_goes_first_and_histories_tell_the_stage() {
        let staged = staged();
        assert!(staged.no_reliefs().is_some(), "24 are too few");
        assert!(limit_in_words(&staged).is_none());
        assert_eq!(people_in_words((2, None)), "at least 2");
    }
}
