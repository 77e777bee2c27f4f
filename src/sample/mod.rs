//! A made-up team, for trying the app: written by a seeded generator as Jira would know it, so that it supports
//! every chart. It is here at once, without an importer: a test writes it as a search of Jira's and reads that.

mod notebook;

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{
    Blocked, Date, Item, Kind, Knows, Moment, ReadFrom, Stage, Status, StatusChange, Workspace, Zone,
    day_from_number, day_number, outline, retell,
};

pub use notebook::notebook;

/// What the sample is called wherever it is shown.
pub const NAME: &str = "Sample data (made up)";

/// The sample team's workspace, its last delivery shortly before `today`. The same day gives the
/// same team.
pub fn workspace(today: Date) -> Workspace {
    let items: Vec<Arc<Item>> = issues(today).into_iter().map(Arc::new).collect();
    let read_from = ReadFrom {
        id: ReadFrom::FIRST,
        file: NAME.to_owned(),
        importer: "jira-json".to_owned(),
        understood: "JSON, UTF-8".to_owned(),
        columns: COLUMNS.map(str::to_owned).to_vec(),
        shape: SHAPE.to_owned(),
        items: u32::try_from(items.len()).unwrap_or(u32::MAX),
        skipped: 0,
        warnings: Vec::new(),
    };
    let workflow = [TO_DO, DEVELOPMENT, READY, REVIEW, DONE];
    Workspace {
        items,
        read_from: vec![read_from],
        knows: KNOWS,
        workflow: workflow.map(|name| Status { name: name.to_owned(), stage: Some(stage_of(name)) }).to_vec(),
        sample: true,
    }
}

/// A year of a team of six: a steady flow of small work, some of it stuck for long, bugs beside
/// features, quieter weeks around the new year.
fn issues(today: Date) -> Vec<Item> {
    let mut random = fastrand::Rng::with_seed(20_240_229);
    let end = day_number(today) - 1;
    let start = end - 365;
    let mut issues = Vec::new();
    for day in start..=end {
        for _ in begun_on(day, &mut random) {
            let id = issues.len() + 1;
            issues.push(begin(id, day, end, &mut random));
        }
    }
    for _ in 0..24 {
        let (epic, project, things) = pick(EPICS, &mut random);
        let work = Work {
            id: issues.len() + 1,
            summary: format!("Improve {}", pick(things, &mut random)),
            kind: "Story",
            epic,
            project,
        };
        issues.push(work.issue(moment(end - random.i32(0..120), 9), Vec::new(), Vec::new()));
    }
    issues
}

/// What does not change about an issue.
struct Work<'a> {
    id: usize,
    summary: String,
    kind: &'a str,
    epic: &'a str,
    project: &'a str,
}

const TO_DO: &str = "To Do";
const DEVELOPMENT: &str = "In Development";
const READY: &str = "Ready for Review";
const REVIEW: &str = "In Review";
const DONE: &str = "Done";

fn stage_of(status: &str) -> Stage {
    match status {
        TO_DO => Stage::NotStarted,
        DONE => Stage::Done,
        _ => Stage::InProgress,
    }
}

impl Work<'_> {
    /// The item, from its steps behind the beginning.
    fn issue(&self, created: Moment, mut steps: Vec<StatusChange>, blocked_times: Vec<Blocked>) -> Item {
        crate::model::sort(&mut steps);
        steps.dedup_by(|next, before| next.to == before.to);
        let day = |step: &StatusChange| day_number(step.at.date(&Zone::UTC));
        // From the day it was begun to the day it was done, or still now: the first change is the beginning.
        let begun = steps.first().map(day);
        let flagged = blocked_times.iter().flat_map(|blocked| [Some(blocked.from), blocked.until]).flatten();
        let flagged = flagged.map(|at| day_number(at.date(&Zone::UTC)));
        let status = steps.last().map_or(TO_DO, |step| &step.to).to_owned();
        let ended = match status == DONE {
            true => steps.last().map(day),
            false => steps.iter().map(day).chain(flagged).max(),
        };
        let effort = self.effort(begun.zip(ended).map(|(begun, ended)| ended - begun));
        let iterations = match begun.zip(ended) {
            Some((begun, ended)) => (begun.div_euclid(14)..=ended.div_euclid(14)).map(sprint).collect(),
            None => Vec::new(),
        };
        // A promise of one or two weeks on every fourth.
        let due =
            begun.filter(|_| self.id.is_multiple_of(4)).map(|day| day + 7 + 7 * (self.id % 8 / 4) as i32);
        let is_begun = status != TO_DO;
        let mut item = Item {
            key: format!("SHOP-{}", self.id),
            line: 1,
            source: ReadFrom::FIRST,
            title: self.summary.clone(),
            kind: match self.kind {
                "Story" => Kind::Feature,
                "Bug" => Kind::Bug,
                _ => Kind::Chore,
            },
            type_name: self.kind.to_owned(),
            status,
            created: Some(created),
            points: Some(f64::from(effort.points)),
            estimate_hours: Some(f64::from(effort.estimate)),
            actual_hours: effort.spent.map(|hours| (hours * 4.0).round() / 4.0),
            project: self.project.to_owned(),
            areas: vec![self.component().to_owned()],
            labels: vec![self.epic.to_lowercase()],
            owners: is_begun.then(|| PEOPLE[self.id % PEOPLE.len()].to_owned()).into_iter().collect(),
            due: due.map(|day| Moment::Day(day_from_number(day))),
            iterations,
            blocked: blocked_times.last().is_some_and(|blocked| blocked.until.is_none()),
            blocked_times,
            history: [StatusChange { at: created, to: TO_DO.to_owned() }].into_iter().chain(steps).collect(),
            ..Item::default()
        };
        let told = outline(&item.history, |status| Some(stage_of(status)));
        retell(&mut item, &told);
        item
    }
}

/// How much work was expected, and how much it was.
struct Effort {
    /// In hours.
    estimate: u32,
    spent: Option<f64>,
    points: u32,
}

impl Work<'_> {
    /// Made up from the days it took, if it was begun: people estimate in round numbers, mostly within twice as much
    /// either way, and too little for what concerns accounts.
    fn effort(&self, took: Option<i32>) -> Effort {
        // Numbers of its own, so that the rest of the team stays as it is.
        let mut random = fastrand::Rng::with_seed(7_000 + self.id as u64);
        let mut factor = |spread: f64| (((0..12).map(|_| random.f64()).sum::<f64>() - 6.0) * spread).exp();
        let work = (3.0 + 2.2 * f64::from(took.unwrap_or(4))) * factor(0.4);
        let expected = work / factor(0.5) / if self.project == "Accounts" { 1.9 } else { 1.1 };
        let nearest = |of: &[u32], value: f64| {
            let far = |of: u32| (f64::from(of) / value).ln().abs();
            of.iter().copied().min_by(|a, b| far(*a).total_cmp(&far(*b))).unwrap_or(1)
        };
        Effort {
            estimate: nearest(&[2, 4, 8, 16, 24, 40, 80], expected),
            spent: took.map(|_| work),
            points: nearest(&[1, 2, 3, 5, 8, 13], expected * factor(0.5) / 4.0),
        }
    }

    /// The part of the product.
    fn component(&self) -> &'static str {
        match (self.epic, self.id % 3) {
            ("Platform", _) => "Infrastructure",
            (_, 0) => "API",
            _ => "Web",
        }
    }
}

/// The sprint of that fortnight.
fn sprint(number: i32) -> String {
    format!("Sprint {}", number.rem_euclid(100))
}

/// An issue that was begun on a day: done by `end`, or still open.
fn begin(id: usize, begun: i32, end: i32, random: &mut fastrand::Rng) -> Item {
    let kind = *pick(&["Story", "Story", "Story", "Bug", "Bug", "Task"], random);
    let (epic, project, things) = pick(EPICS, random);
    let thing = pick(things, random);
    let doing = match kind {
        "Story" => pick(&["Add", "Show", "Let users change", "Speed up"], random),
        "Bug" => pick(&["Fix", "Correct", "Stop losing"], random),
        _ => pick(&["Tidy up", "Document", "Upgrade"], random),
    };
    // Most work is short, some is long: about log-normal, as real teams' is.
    let mut normal = || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
    let took = (1.2 + 0.95 * normal()).exp().round().clamp(0.0, 120.0) as i32;
    let waited = (2.0 + 1.5 * normal().abs()).exp().round().min(90.0) as i32;
    // Development, the wait for a reviewer, the review; one in eight comes back once.
    let (to_ready, to_review) = (took * 4 / 10, took * 8 / 10);
    let comes_back = took > 3 && random.u8(..) < 32;
    let mut steps =
        vec![(begun, 10, DEVELOPMENT), (begun + to_ready, 12, READY), (begun + to_review, 14, REVIEW)];
    if comes_back {
        steps.push((begun + to_review, 16, DEVELOPMENT));
        steps.push((begun + took - 1, 12, REVIEW));
    }
    steps.push((begun + took, 17, DONE));
    steps.retain(|(day, ..)| *day <= end);
    let step = |&(day, hour, to): &(i32, u8, &str)| StatusChange { at: moment(day, hour), to: to.to_owned() };
    let is_done = steps.last().is_some_and(|(.., to)| *to == DONE);
    let mut blocked = Vec::new();
    if took > 2 && random.u8(..) < 36 {
        let ends = begun + took / 2 < end && (is_done || random.bool());
        let until = ends.then(|| moment(begun + took / 2 + 1, 11));
        blocked.push(Blocked { from: moment(begun + 1, 11), until });
    }
    let work = Work { id, summary: format!("{doing} {thing}"), kind, epic, project };
    work.issue(moment(begun - waited, 9), steps.iter().map(step).collect(), blocked)
}

fn moment(day: i32, hour: u8) -> Moment {
    let seconds = i64::from(day) * 86_400 + i64::from(hour) * 3600 + i64::from(day.rem_euclid(60)) * 60;
    Timestamp::from_second(seconds).map_or(Moment::Day(day_from_number(day)), Moment::Instant)
}

/// What a search of Jira's has a member for, and which is taken for what.
const KNOWS: Knows = Knows {
    status: true,
    created: true,
    started: false,
    finished: true,
    cancelled: true,
    blocked: true,
    owners: true,
    labels: true,
    due: true,
    iterations: true,
    history: true,
};
const SHAPE: &str = "2882a6d9135e1784";
const COLUMNS: [&str; 5] = [
    "created: fields.created",
    "started: changelog",
    "finished: changelog, or fields.resolutiondate",
    "status: fields.status",
    "type: fields.issuetype",
];

/// Each with the project it belongs to.
const EPICS: &[(&str, &str, &[&str])] = &[
    ("Checkout", "Shop", &["the payment form", "the discount field", "the order summary", "saved cards"]),
    ("Search", "Shop", &["result ranking", "the filter panel", "typo tolerance", "recent searches"]),
    ("Accounts", "Accounts", &["password reset", "the profile page", "sign-in by link", "team invitations"]),
    ("Platform", "Platform", &["the build", "error reports", "the job queue", "database indexes"]),
];

const PEOPLE: &[&str] = &["Ada", "Barbara", "Edsger", "Linus", "Margaret", "Radia"];

/// Numbers of the items begun on a day: none at weekends, fewer around the new year.
fn begun_on(day: i32, random: &mut fastrand::Rng) -> std::ops::Range<usize> {
    let date = day_from_number(day);
    let weekend = date.weekday().to_monday_zero_offset() >= 5;
    let quiet = (date.month() == 12 && date.day() > 21) || (date.month() == 1 && date.day() < 5);
    match (weekend, quiet) {
        (true, _) => 0..0,
        (_, true) => 0..usize::from(random.u8(..) < 40),
        _ => 0..random.usize(0..4),
    }
}

fn pick<'a, T>(from: &'a [T], random: &mut fastrand::Rng) -> &'a T {
    &from[random.usize(..from.len())]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::import::{self, File};
    use crate::model::Settings;
    use crate::report::Analysis;

    /// As Jira's API gives it.
    fn in_jira(item: &Item) -> Value {
        let instant = |at: Moment| at.to_string().replace('Z', ".000+0000");
        let category = |status: &str| match stage_of(status) {
            Stage::NotStarted => "new",
            Stage::Done => "done",
            _ => "indeterminate",
        };
        let changed = |at: Moment, field: &str, from: &str, to: &str| json!({ "created": instant(at), "items": [{ "field": field, "fromString": from, "toString": to }] });
        let steps = item.history.windows(2).map(|two| changed(two[1].at, "status", &two[0].to, &two[1].to));
        let flags = item.blocked_times.iter().flat_map(|blocked| {
            let until = blocked.until.map(|until| changed(until, "Flagged", "Impediment", ""));
            [Some(changed(blocked.from, "Flagged", "", "Impediment")), until]
        });
        let sprint = |name: &String| json!({ "name": name, "state": "closed" });
        json!({
            "key": item.key,
            "fields": {
                "summary": item.title,
                "issuetype": { "name": item.type_name },
                "status": { "name": item.status, "statusCategory": { "key": category(&item.status) } },
                "created": item.created.map(instant),
                "resolutiondate": item.finished.map(instant),
                "project": { "key": "SHOP", "name": item.project },
                "labels": item.labels,
                "assignee": item.owners.first().map(|name| json!({ "displayName": name })),
                "components": item.areas.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
                "timeoriginalestimate": item.estimate_hours.map(|hours| hours * 3600.0),
                "timespent": item.actual_hours.map(|hours| hours * 3600.0),
                "customfield_10016": item.points,
                "customfield_10020": item.iterations.iter().map(sprint).collect::<Vec<_>>(),
                "duedate": item.due.map(|due| due.to_string()),
            },
            "changelog": { "histories": steps.chain(flags.flatten()).collect::<Vec<_>>() },
        })
    }

    #[test]
    fn the_sample_is_what_an_export_of_it_would_be_read_as() {
        for day in 0..12 {
            is_read_as_it_is(workspace(day_from_number(day_number(Date::constant(2026, 11, 23)) + 29 * day)));
        }
    }

    fn is_read_as_it_is(sample: Workspace) {
        let issues: Vec<Value> = sample.items.iter().map(|item| in_jira(item)).collect();
        let search = json!({ "issues": issues }).to_string();
        let read = import::read(&[File { name: NAME, bytes: search.as_bytes() }]).unwrap();
        for (made, read) in sample.items.iter().zip(&read.items) {
            assert_eq!(made, read);
        }
        assert_eq!(read.read_from, sample.read_from);
        assert_eq!(Workspace { sample: true, ..read }, sample);
    }

    #[test]
    fn the_sample_is_a_team_like_any_other() {
        for today in [Date::constant(2026, 11, 23), Date::constant(2024, 2, 29)] {
            let sample = workspace(today);
            assert!(sample.sample);
            assert_eq!(sample, workspace(today), "the same day gives the same team");
            let now = format!("{today}T12:00:00Z").parse().unwrap();
            let analysis = Analysis::of(&sample, &Settings::default(), &Zone::UTC, now);
            assert!(analysis.cycle.distribution.n() > 200);
            assert!(analysis.counts.in_progress > 0 && analysis.counts.not_started > 0);
            // What was planted is found: accounts are estimated too low, and work waits for its review.
            let told: Vec<&str> =
                analysis.goes_with().told().map(|(factor, _)| factor.level.as_str()).collect();
            assert!(told.contains(&"Accounts"), "{told:?}");
            let limit = crate::report::capacity::limit_in_words(&analysis).unwrap_or_default();
            assert!(limit.starts_with("“In Review” with the wait before it limits the flow"), "{limit}");
            assert_eq!(analysis.warnings(), []);
        }
    }
}
