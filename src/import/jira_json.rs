//! Jira's REST API: a search's result, with `expand=changelog` or without, and single issues; Cloud and
//! Server / Data Center.
//!
//! Format: developer.atlassian.com, "Issue search" and "Changelog". Times are instants. Work is in seconds.
//!
//! With the changelog the whole way of an issue is known: its first status is the one that the first change
//! left, at the moment it was created; *started* and *finished* follow from the statuses' categories.
//! Without it *finished* is the resolution's date, and when work began is not known. A resolution like
//! "Won't Do" makes a done issue a given-up one. A status that only histories name means what its name says.

use serde_json::Value;

use crate::model::{Blocked, Item, Knows, Stage, StatusChange, WarningKind};
use crate::order::InOrder;

use super::items::Items;
use super::jira_csv;
use super::json::{Json, at, moment, name, names, number, text};
use super::{Confidence, Elements, ImportError, Importer, Reads, words};

pub static JIRA_JSON: Importer = Importer {
    id: "jira-json",
    label: "Jira JSON",
    reads: Reads::Json {
        sniff,
        knows: Knows {
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
            history: false,
        },
        members: &[
            "created: fields.created",
            "started: changelog",
            "finished: changelog, or fields.resolutiondate",
            "status: fields.status",
            "type: fields.issuetype",
        ],
        begin,
    },
};

fn list_of(json: &Json) -> &'static str {
    ["issues", "values"].into_iter().find(|name| json.has_list(name)).unwrap_or_default()
}

fn sniff(json: &Json) -> Confidence {
    let first = json.first(list_of(json));
    let is_issue = first.get("key").is_some() && first.get("fields").is_some_and(Value::is_object);
    if is_issue { Confidence::Sure } else { Confidence::No }
}

fn begin(json: &Json, _: &mut Items) -> Result<Elements, ImportError> {
    let labels = json.others.iter().find(|(name, _)| name == "names");
    let labels: Value = labels.and_then(|(_, text)| serde_json::from_str(text).ok()).unwrap_or_default();
    let called = |wanted: &[&str]| -> Vec<String> {
        let fields = labels.as_object().into_iter().flatten();
        let is_wanted = |label: &Value| {
            wanted.iter().any(|name| label.as_str().is_some_and(|l| l.eq_ignore_ascii_case(name)))
        };
        fields.filter(|(_, label)| is_wanted(label)).map(|(id, _)| id.clone()).collect()
    };
    let mut points = called(&["Story Points", "Story point estimate"]);
    if points.is_empty() {
        // Where most sites have it.
        points = ["customfield_10016", "customfield_10002", "customfield_10004", "customfield_10026"]
            .map(str::to_owned)
            .to_vec();
    }
    let flags = called(&["Flagged"]);
    let take = move |items: &mut Items, line: u64, issue: &Value| {
        let fields = at(issue, &["fields"]);
        let status = text(fields, &["status", "name"]);
        let category = text(fields, &["status", "statusCategory", "key"]);
        let meaning = jira_csv::stage(&status, &category, "", false);
        if let Some(stage) = meaning.filter(|_| !category.is_empty()) {
            items.means(&status, stage);
        }
        let resolution = text(fields, &["resolution", "name"]);
        let resolved = moment(fields, &["resolutiondate"]);
        let stage = jira_csv::stage(&status, &category, &resolution, resolved.is_some());
        let created = moment(fields, &["created"]);
        let links = at(fields, &["issuelinks"]).as_array().into_iter().flatten();
        let waits =
            links.filter(|link| text(link, &["type", "inward"]).to_lowercase().contains("blocked by"));
        let labels = names(fields, &["labels"]);
        let type_name = text(fields, &["issuetype", "name"]);
        let kind = match words::kind(&type_name) {
            crate::model::Kind::Other => words::kind_of_labels(&labels),
            kind => kind,
        };
        let hours =
            |member: &str| number(fields, &[member]).map(|seconds| seconds / 3600.0).filter(|h| *h >= 0.0);
        let key = text(issue, &["key"]);
        let mut item = Item {
            line,
            title: text(fields, &["summary"]),
            kind,
            type_name,
            status: status.clone(),
            stage,
            created,
            finished: resolved,
            points: points.iter().find_map(|field| fields[field].as_f64()).filter(|points| *points >= 0.0),
            estimate_hours: hours("timeoriginalestimate"),
            actual_hours: hours("timespent"),
            size: words::size_of_labels(&labels).unwrap_or_default().to_owned(),
            areas: names(fields, &["components"]),
            project: text(fields, &["project", "name"]),
            epic: text(fields, &["parent", "fields", "summary"]),
            parent: text(fields, &["parent", "key"]),
            waits_for: waits
                .map(|link| text(link, &["inwardIssue", "key"]))
                .filter(|key| !key.is_empty())
                .collect(),
            owners: Some(name(at(fields, &["assignee"])))
                .filter(|name| !name.is_empty())
                .into_iter()
                .collect(),
            labels,
            blocked: flags.iter().any(|flag| !names(fields, &[flag]).is_empty()),
            due: moment(fields, &["duedate"]),
            iterations: sprints(fields),
            url: url(&text(issue, &["self"]), &key),
            key,
            ..Item::default()
        };
        if item.project.is_empty() {
            item.project = text(fields, &["project", "key"]);
        }
        past(items, issue, &mut item);
        items.push(item);
    };
    Ok((list_of(json), Box::new(take)))
}

/// The names of the sprints an issue was in, in the order of their beginnings. The Agile API has them as
/// `closedSprints` and `sprint`, the platform's in a field of its own, which old servers fill with text like
/// `…Sprint@1f[id=1,…,name=Sprint 7,startDate=…]`.
fn sprints(fields: &Value) -> Vec<String> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |sprint: &Value| {
        let part = |name: &str| match sprint {
            Value::String(text) if text.contains("Sprint@") || text.contains("[id=") => {
                let value = text.split_once(&format!("{name}=")).map_or("", |(_, rest)| rest);
                // A name may hold commas: it ends where another field begins.
                let ends = ["startDate=", "endDate=", "goal=", "sequence=", "state=", "completeDate=", "]"];
                let end = ends.iter().filter_map(|end| value.find(end)).min().unwrap_or(value.len());
                let value = value.get(..end).map(|value| value.trim_end_matches(','));
                value.unwrap_or_default().to_owned()
            }
            Value::Object(_) if sprint.get("state").is_some() => text(sprint, &[name]),
            _ => String::new(),
        };
        let (name, start) = (part("name"), part("startDate"));
        if !name.is_empty() && !found.iter().any(|(_, known)| *known == name) {
            found.push((start, name));
        }
    };
    for (field, value) in fields.as_object().into_iter().flatten() {
        if field == "closedSprints" || field == "sprint" || field.starts_with("customfield_") {
            match value {
                Value::Array(list) => list.iter().for_each(&mut add),
                one @ Value::Object(_) if field == "sprint" => add(one),
                _ => {}
            }
        }
    }
    // One without a beginning is still to come.
    found.order_by(|(a, _), (b, _)| (a.is_empty(), a).cmp(&(b.is_empty(), b)));
    found.into_iter().map(|(_, name)| name).collect()
}

/// Reads the changelog: statuses, and when the issue was flagged.
fn past(items: &mut Items, issue: &Value, item: &mut Item) {
    let changelog = at(issue, &["changelog"]);
    let Some(histories) = changelog["histories"].as_array().or_else(|| changelog["values"].as_array()) else {
        return;
    };
    if changelog["total"].as_u64().is_some_and(|total| total > histories.len() as u64) {
        items.log.note(WarningKind::HistoryIncomplete, item.line, &item.key);
    }
    let mut first: Option<(crate::model::Moment, String)> = None;
    let mut flags: Vec<StatusChange> = Vec::new();
    for history in histories {
        let Some(when) = moment(history, &["created"]) else { continue };
        for change in history["items"].as_array().into_iter().flatten() {
            let to = text(change, &["toString"]);
            match text(change, &["field"]).to_lowercase().as_str() {
                "status" => {
                    // The newest may come first or last.
                    if first.as_ref().is_none_or(|(at, _)| is_before(when, *at)) {
                        first = Some((when, text(change, &["fromString"])));
                    }
                    item.history.push(StatusChange { at: when, to });
                }
                "flagged" => flags.push(StatusChange { at: when, to }),
                _ => {}
            }
        }
    }
    let began = first.map_or_else(|| item.status.clone(), |(_, from)| from);
    if let Some(at) = item.created.filter(|_| !began.is_empty()) {
        item.history.push(StatusChange { at, to: began });
        // At one moment, what was there first comes first.
        item.history.rotate_right(1);
    }
    crate::model::sort(&mut flags);
    for flag in flags {
        let open = item.blocked_times.last_mut().filter(|last| last.until.is_none());
        match (flag.to.is_empty(), open) {
            (true, Some(open)) => open.until = Some(flag.at),
            (false, None) => item.blocked_times.push(Blocked { from: flag.at, until: None }),
            _ => {}
        }
    }
    item.blocked |= item.blocked_times.last().is_some_and(|last| last.until.is_none());
    if item.stage == Some(Stage::Cancelled) && item.history.is_empty() {
        item.cancelled = item.finished.take();
    }
}

fn is_before(one: crate::model::Moment, other: crate::model::Moment) -> bool {
    match (one, other) {
        (crate::model::Moment::Instant(one), crate::model::Moment::Instant(other)) => one < other,
        _ => false,
    }
}

/// The issue's page, from its address in the API.
fn url(api: &str, key: &str) -> String {
    match api.split_once("/rest/") {
        Some((site, _)) if !key.is_empty() => format!("{site}/browse/{key}"),
        _ => String::new(),
    }
}
