//! A made-up team, for trying the app: a Jira search with changelog written by a seeded generator, so that
//! it goes through the same door as a real one and supports every chart.

mod notebook;

use serde_json::{Value, json};

use crate::import::{self, File, FileError};
use crate::model::{Date, Workspace, day_from_number, day_number};

pub use notebook::notebook;

/// What the sample is called wherever it is shown.
pub const NAME: &str = "Sample data (made up)";

/// The sample team's workspace, its last delivery shortly before `today`. The same day gives the
/// same team.
///
/// # Errors
/// Only if the generator and the importer disagree, which a test rules out.
pub fn workspace(today: Date) -> Result<Workspace, FileError> {
    let issues = json!({ "issues": issues(today) }).to_string();
    let file = File { name: NAME, bytes: issues.as_bytes() };
    Ok(Workspace { sample: true, ..import::read(&[file])? })
}

/// A year of a team of six: a steady flow of small work, some of it stuck for long, bugs beside
/// features, quieter weeks around the new year.
fn issues(today: Date) -> Vec<Value> {
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
        issues.push(work.issue(moment(end - random.i32(0..120), 9), None, TO_DO, Vec::new()));
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

/// A status with its category.
type Status = (&'static str, &'static str);

const TO_DO: Status = ("To Do", "new");
const DEVELOPMENT: Status = ("In Development", "indeterminate");
const READY: Status = ("Ready for Review", "indeterminate");
const REVIEW: Status = ("In Review", "indeterminate");
const DONE: Status = ("Done", "done");

impl Work<'_> {
    /// Jira's form of it.
    fn issue(&self, created: String, done: Option<String>, status: Status, histories: Vec<Value>) -> Value {
        let day = |text: &str| text.get(..10).and_then(|day| day.parse::<Date>().ok()).map(day_number);
        // From the day it was begun to the day it was done, or still now: the first change is the beginning.
        let begun = histories.first().and_then(|change| day(change["created"].as_str()?));
        let last = histories.iter().filter_map(|change| day(change["created"].as_str()?)).max();
        let ended = done.as_deref().and_then(day).or(last);
        let effort = self.effort(begun.zip(ended).map(|(begun, ended)| ended - begun));
        let sprints: Vec<Value> = match begun.zip(ended) {
            Some((begun, ended)) => (begun.div_euclid(14)..=ended.div_euclid(14)).map(sprint).collect(),
            None => Vec::new(),
        };
        // A promise of one or two weeks on every fourth.
        let due =
            begun.filter(|_| self.id.is_multiple_of(4)).map(|day| day + 7 + 7 * (self.id % 8 / 4) as i32);
        json!({
            "key": format!("SHOP-{}", self.id),
            "fields": {
                "summary": self.summary,
                "issuetype": { "name": self.kind },
                "status": { "name": status.0, "statusCategory": { "key": status.1 } },
                "created": created,
                "resolutiondate": done,
                "project": { "key": "SHOP", "name": self.project },
                "labels": [self.epic.to_lowercase()],
                "assignee": (status != TO_DO).then(|| json!({ "displayName": PEOPLE[self.id % PEOPLE.len()] })),
                "components": [{ "name": self.component() }],
                "timeoriginalestimate": effort.estimate * 3600,
                "timespent": effort.spent.map(|hours| (hours * 4.0).round() * 900.0),
                "customfield_10016": effort.points,
                "customfield_10020": sprints,
                "duedate": due.map(|day| day_from_number(day).to_string()),
            },
            "changelog": { "histories": histories },
        })
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
fn sprint(number: i32) -> Value {
    let start = day_from_number(14 * number);
    json!({ "name": format!("Sprint {}", number.rem_euclid(100)), "state": "closed", "startDate": start.to_string() })
}

/// An issue that was begun on a day: done by `end`, or still open.
fn begin(id: usize, begun: i32, end: i32, random: &mut fastrand::Rng) -> Value {
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
    let mut histories = Vec::new();
    let mut status = TO_DO;
    for (day, hour, to) in steps {
        let change = json!({ "field": "status", "fromString": status.0, "toString": to.0 });
        histories.push(json!({ "created": moment(day, hour), "items": [change] }));
        status = to;
    }
    if took > 2 && random.u8(..) < 36 {
        let flag = |day: i32, to: &str| {
            let change = json!({ "field": "Flagged", "fromString": "", "toString": to });
            json!({ "created": moment(day, 11), "items": [change] })
        };
        histories.push(flag(begun + 1, "Impediment"));
        if begun + took / 2 < end && (status == DONE || random.bool()) {
            histories.push(flag(begun + took / 2 + 1, ""));
        }
    }
    let work = Work { id, summary: format!("{doing} {thing}"), kind, epic, project };
    let done = (status == DONE).then(|| moment(begun + took, 17));
    work.issue(moment(begun - waited, 9), done, status, histories)
}

fn moment(day: i32, hour: u8) -> String {
    format!("{}T{hour:02}:{:02}:00.000+0000", day_from_number(day), day.rem_euclid(60))
}

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
    use super::*;
    use crate::model::{Settings, Zone};
    use crate::report::Analysis;

    #[test]
    fn the_sample_is_a_team_like_any_other() {
        for today in [Date::constant(2026, 11, 23), Date::constant(2024, 2, 29)] {
            let sample = workspace(today).unwrap();
            assert!(sample.sample);
            assert_eq!(sample, workspace(today).unwrap(), "the same day gives the same team");
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
