//! Which part of the team is the limit, why, and what relief would bring: what comes in and leaves of each team and
//! area, how much is begun at once, and an advice with its reason.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Analysis, RECENT_WEEKS};
use crate::metrics::{
    self, Dates, Distribution, FALSE_SHARE, Rate, Reliefs, State, Trip, Window, change, discoveries, flow,
};
use crate::model::{Days, day_number, part_called};

mod answers;

pub use answers::{
    advised, capacity_answers, gain_in_words, limit_in_words, limiting, name_of, needed_in_words,
    people_in_words, rate_in_words, reason, stage_name, would_change,
};

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
            Some(part_called(analysis.basis.groups.by.name(), team))
        }
        // Of some of the work nobody has said how many people it has.
        ("All", _) if filter.chooses_items() => None,
        ("All", _) => Some(t!("Everything").to_owned()),
        (what, _) if !filter.chooses_items() => Some(part_called(what, name)),
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
            Advice::MorePeople => t!("More people, or less asked for"),
            Advice::LessAtOnce => t!("Less at once"),
            Advice::Unblock => t!("Unblock"),
            Advice::NoEvidence => t!("No evidence that it must grow"),
            Advice::CannotTell => t!("Cannot tell"),
        }
    }

    /// The beginning of a sentence that ends with the reason.
    pub fn says(self) -> &'static str {
        match self {
            Advice::MorePeople => t!("There is a case for more people, or for less work"),
            Advice::LessAtOnce => t!("Too much is begun at once to tell whether people are missing"),
            Advice::Unblock => t!("Being blocked is what limits it, before any number of people"),
            Advice::NoEvidence => t!("Nothing says that it must grow"),
            Advice::CannotTell => t!("Nobody can tell whether it must grow"),
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
            t!("Nothing is in progress and nothing is finished, so there is no capacity to tell of.")
                .to_owned()
        })
    }

    /// Why no stage is told to limit the flow, if so, and what would help.
    pub fn no_reliefs(&self) -> Option<String> {
        if !self.reliefs().stages.is_empty() {
            return None;
        }
        Some(match self.no_time_in_stage() {
            Some(why) => say!(
                "{why} Jira\u{2019}s REST JSON with changelog, Trello\u{2019}s JSON, a table of stage dates or an event log \
                 would tell which stage limits the flow."
            ),
            None => say!(
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
