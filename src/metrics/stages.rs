//! Where items were, status by status: the workflow in its order, each item's way through it, the time in
//! each stage, and how old items were when they left it.

use std::collections::{BTreeMap, HashMap};

use super::Dates;
use crate::model::{Calendar, Days, Item, Stage, Workspace, Zone, day_from_number};

/// The statuses of a team's histories in the order of its workflow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workflow {
    pub columns: Vec<Column>,
    places: HashMap<String, usize>,
}

/// A status of the workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    /// A status without a meaning stands among those in progress: an item stays in the stage it was in.
    pub stage: Stage,
    /// Whether its meaning is known: without one it begins no work.
    pub known: bool,
    /// Work in it waits for somebody.
    pub waits: bool,
    /// Its name says that work in it is blocked.
    pub blocks: bool,
}

impl Workflow {
    /// What comes before the start first, then what is in progress, done and cancelled, each in the order
    /// of the files. Whether a status waits is what the user said, or what its name says (see [`waits`]).
    pub fn of(workspace: &Workspace, waiting: &BTreeMap<String, bool>) -> Workflow {
        let mut columns: Vec<Column> = workspace
            .workflow
            .iter()
            .map(|status| {
                let stage = status.stage.unwrap_or(Stage::InProgress);
                let by_name = || stage == Stage::InProgress && waits(&status.name);
                let waits = waiting.get(&status.name).copied().unwrap_or_else(by_name);
                let blocks = stage == Stage::InProgress && blocks(&status.name);
                Column { name: status.name.clone(), stage, known: status.stage.is_some(), waits, blocks }
            })
            .collect();
        columns.sort_by_key(|column| column.stage);
        let places = columns.iter().enumerate().map(|(i, column)| (column.name.clone(), i)).collect();
        Workflow { columns, places }
    }

    pub fn place(&self, status: &str) -> Option<usize> {
        self.places.get(status).copied()
    }

    /// The statuses of work in progress, in order, with their places.
    pub fn in_progress(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.stage == Stage::InProgress)
    }
}

/// Whether a status is one in which work waits, by the words in its name: "Ready for test", "On hold",
/// "Waiting for customer". A guess that the user can change.
pub fn waits(status: &str) -> bool {
    let lower = status.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    [
        "ready",
        "waiting",
        "wait",
        "awaiting",
        "hold",
        "paused",
        "pending",
        "queue",
        "queued",
        "parked",
        "stalled",
        "impeded",
        "wartet",
        "warten",
        "bereit",
        "blockiert",
    ]
    .into_iter()
    .any(has)
        || blocks(status)
        || (has("to") && words.first() == Some(&"to"))
}

/// Whether a status says that work is blocked.
pub fn blocks(status: &str) -> bool {
    let lower = status.to_lowercase();
    ["blocked", "on hold", "impeded", "stalled", "waiting for", "blockiert"]
        .into_iter()
        .any(|word| lower.contains(word))
}

/// A stay in a status. Times are days since 1970-01-01 with the time of day as a fraction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// Its place in the workflow.
    pub column: usize,
    pub from: f64,
    /// Infinite while it lasts.
    pub until: f64,
}

/// An item's way through the workflow, in the order of time; empty without a history.
pub fn path(item: &Item, workflow: &Workflow, zone: &Zone) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::with_capacity(item.history.len());
    for change in &item.history {
        let Some(column) = workflow.place(&change.to) else { continue };
        let at = change.at.day_and_time(zone);
        if let Some(last) = visits.last_mut() {
            if last.column == column {
                continue;
            }
            last.until = at.max(last.from);
        }
        visits.push(Visit { column, from: at, until: f64::INFINITY });
    }
    visits
}

/// When an item was flagged as blocked, by the same clock.
pub fn flags(item: &Item, zone: &Zone) -> Vec<(f64, f64)> {
    let end = |blocked: &crate::model::Blocked| blocked.until.map_or(f64::INFINITY, |m| m.day_and_time(zone));
    item.blocked_times.iter().map(|blocked| (blocked.from.day_and_time(zone), end(blocked))).collect()
}

/// A finished item with its way.
#[derive(Clone, Copy, Debug)]
pub struct Trip<'a> {
    pub dates: &'a Dates,
    pub visits: &'a [Visit],
    pub flags: &'a [(f64, f64)],
}

impl Trip<'_> {
    /// When work on it began and ended, exactly: the first entry into a status in progress, and the last
    /// into a done one. `None` where the history does not have both.
    pub fn span(&self, workflow: &Workflow) -> Option<(f64, f64)> {
        let stage = |visit: &Visit| workflow.columns.get(visit.column).map(|column| column.stage);
        let begins = |visit: &&Visit| {
            let column = column_of(workflow, visit);
            column.is_some_and(|column| column.known && column.stage == Stage::InProgress)
        };
        let start = self.visits.iter().find(begins)?.from;
        // What has no meaning leaves the item where it was.
        let known = |visit: &&Visit| column_of(workflow, visit).is_some_and(|column| column.known);
        let known = self.visits.iter().rev().filter(known);
        let done = known.take_while(|visit| stage(visit) == Some(Stage::Done)).last()?;
        Some((start, done.from))
    }
}

fn column_of<'a>(workflow: &'a Workflow, visit: &Visit) -> Option<&'a Column> {
    workflow.columns.get(visit.column)
}

/// How long finished items were in a status.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeInStage {
    /// Its place in the workflow.
    pub column: usize,
    /// One value an item that was there, in elapsed days that count, in no order; re-entries added up.
    pub days: Vec<f64>,
}

impl TimeInStage {
    pub fn total(&self) -> f64 {
        self.days.iter().sum()
    }

    /// By nearest rank; `None` of none.
    pub fn percentile(&self, p: u8) -> Option<f64> {
        let rank = (self.days.len() * usize::from(p.min(100))).div_ceil(100).saturating_sub(1);
        let mut days = self.days.clone();
        // Found without sorting all: these are many, and only a few percentiles are asked for.
        (rank < days.len()).then(|| *days.select_nth_unstable_by(rank, f64::total_cmp).1)
    }
}

/// Time in each status in progress, of finished items, between start and finish. Statuses in which nothing
/// was are there, without values.
///
/// Source: METRICS.md, time in stage.
pub fn time_in_stages(trips: &[Trip], workflow: &Workflow, calendar: &Calendar) -> Vec<TimeInStage> {
    let mut all: Vec<TimeInStage> =
        workflow.in_progress().map(|(column, _)| TimeInStage { column, days: Vec::new() }).collect();
    let mut of_item = vec![None; workflow.columns.len()];
    for trip in trips {
        let Some((start, end)) = trip.span(workflow) else { continue };
        of_item.fill(None);
        for visit in trip.visits {
            let (from, until) = (visit.from.max(start), visit.until.min(end));
            if until >= from {
                let took = calendar.counted_at(until) - calendar.counted_at(from);
                if let Some(sum) = of_item.get_mut(visit.column) {
                    *sum = Some(sum.unwrap_or(0.0) + took);
                }
            }
        }
        for stage in &mut all {
            stage.days.extend(of_item.get(stage.column).copied().flatten());
        }
    }
    all
}

/// How old finished items were when they left each status in progress for good, ascending, in the team's
/// days. An item that skipped a status left it when it left the one before; so ages only grow from one
/// status to the next, and those of the last are the cycle times.
///
/// Source: Vacanti (2015), pace percentiles of an aging chart.
pub fn ages_at_leaving(trips: &[Trip], workflow: &Workflow, calendar: &Calendar) -> Vec<(usize, Vec<Days>)> {
    let mut all: Vec<(usize, Vec<Days>)> =
        workflow.in_progress().map(|(column, _)| (column, Vec::new())).collect();
    for trip in trips {
        let (Some(started), Some(finished)) = (trip.dates.started, trip.dates.finished) else { continue };
        // Dates of another file may contradict the history.
        if finished < started {
            continue;
        }
        let Some((start, end)) = trip.span(workflow) else { continue };
        for (column, ages) in &mut all {
            // The last moment at or before this status, while work went on.
            let before =
                trip.visits.iter().filter(|v| v.column <= *column && v.until > start && v.from < end);
            let left = before.map(|visit| visit.until.min(end)).fold(start, f64::max);
            let day = day_from_number(left.floor() as i32).clamp(started, finished);
            ages.extend(calendar.span(started, day));
        }
    }
    for (_, ages) in &mut all {
        super::distribution::sort(ages);
    }
    all
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::metrics::resolve;
    use crate::model::{Blocked, Status, StatusChange, outline};
    use std::sync::Arc;

    /// A workspace of items with those histories: "doing 2, done 5" enters doing on 2 January 2024.
    pub fn workspace(histories: &[&str]) -> Workspace {
        let stages = [
            ("todo", Stage::NotStarted),
            ("doing", Stage::InProgress),
            ("ready for test", Stage::InProgress),
            ("test", Stage::InProgress),
            ("done", Stage::Done),
        ];
        let moment = |day: &str| match day.split_once('.') {
            Some((day, hour)) => format!("2024-01-{:0>2}T{hour:0>2}:00:00", day).parse().unwrap(),
            None => format!("2024-01-{day:0>2}").parse().unwrap(),
        };
        let item = |(n, text): (usize, &&str)| {
            let mut item = Item { key: n.to_string(), ..Item::default() };
            for step in text.split(',').map(str::trim) {
                let (to, day) = step.rsplit_once(' ').unwrap();
                match to {
                    "flag" => {
                        let (from, until) = day.split_once('-').unwrap();
                        let until = (!until.is_empty()).then(|| moment(until));
                        item.blocked_times.push(Blocked { from: moment(from), until });
                    }
                    _ => item.history.push(StatusChange { at: moment(day), to: to.into() }),
                }
            }
            let told =
                outline(&item.history, |status| stages.iter().find(|(n, _)| *n == status).map(|s| s.1));
            item.created = item.history.first().map(|change| change.at);
            item.status = item.history.last().map(|change| change.to.clone()).unwrap_or_default();
            crate::model::retell(&mut item, &told);
            Arc::new(item)
        };
        let status = |(name, stage): (&str, Stage)| Status { name: name.into(), stage: Some(stage) };
        Workspace {
            items: histories.iter().enumerate().map(item).collect(),
            workflow: stages.into_iter().map(status).collect(),
            ..Workspace::default()
        }
    }

    /// Everything a trip borrows.
    pub struct Ways {
        pub workflow: Workflow,
        pub dates: Vec<Dates>,
        pub visits: Vec<Vec<Visit>>,
        pub flags: Vec<Vec<(f64, f64)>>,
    }

    impl Ways {
        pub fn of(histories: &[&str]) -> Ways {
            let workspace = workspace(histories);
            let workflow = Workflow::of(&workspace, &BTreeMap::new());
            let zone = Zone::UTC;
            Ways {
                dates: workspace.items.iter().map(|item| resolve(item, &zone)).collect(),
                visits: workspace.items.iter().map(|item| path(item, &workflow, &zone)).collect(),
                flags: workspace.items.iter().map(|item| flags(item, &zone)).collect(),
                workflow,
            }
        }

        pub fn trips(&self) -> Vec<Trip<'_>> {
            (0..self.dates.len())
                .map(|i| Trip { dates: &self.dates[i], visits: &self.visits[i], flags: &self.flags[i] })
                .collect()
        }
    }

    #[test]
    fn re_entries_add_up_and_the_stages_make_the_whole() {
        let ways = Ways::of(&[
            "todo 1, doing 2, test 5, doing 7, test 8.12, done 9",
            "todo 1, doing 3, done 3",
            "todo 1, doing 3, test 9",
        ]);
        let stages = time_in_stages(&ways.trips(), &ways.workflow, &Calendar::default());
        let names: Vec<(&str, &[f64])> = stages
            .iter()
            .map(|s| (ways.workflow.columns[s.column].name.as_str(), s.days.as_slice()))
            .collect();
        // What is still open takes no part.
        assert_eq!(names, [("doing", &[4.5, 0.0][..]), ("ready for test", &[]), ("test", &[2.5])]);
        assert_eq!(stages[0].percentile(50), Some(0.0));
        assert_eq!(stages[1].percentile(50), None);
        assert_eq!(stages[0].total() + stages[2].total(), 7.0, "from the 2nd to the 9th");
    }

    #[test]
    fn ages_at_leaving_grow_and_end_with_the_cycle_time() {
        let ways = Ways::of(&["doing 2, test 5, doing 7, test 8, done 9", "doing 3, done 4"]);
        let ages = ages_at_leaving(&ways.trips(), &ways.workflow, &Calendar::default());
        let ages: Vec<Vec<u32>> = ages.iter().map(|(_, ages)| ages.iter().map(|d| d.0).collect()).collect();
        assert_eq!(ages, [[2, 7], [2, 7], [2, 8]]);
    }

    #[test]
    fn names_say_what_waits() {
        for (name, want) in [
            ("Ready for test", true),
            ("On hold", true),
            ("Waiting for customer", true),
            ("Blocked", true),
            ("To Deploy", true),
            ("In Progress", false),
            ("Code Review", false),
            ("Already tested", false),
        ] {
            assert_eq!(waits(name), want, "{name}");
        }
    }
}
