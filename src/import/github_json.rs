//! GitHub issues as JSON: the REST API's list (`gh api --paginate repos/OWNER/NAME/issues?state=all`), `gh
//! issue list --state all --limit 5000 --json number,title,state,stateReason,labels,assignees,milestone,createdAt,closedAt,url`,
//! and the IETF's archives of repositories.
//!
//! Format: docs.github.com, "List repository issues"; cli.github.com, `gh issue list`.
//!
//! Not recorded: when work began. Pull requests, which the API lists too, are left out. Closed as "not
//! planned" or "duplicate" is given up. The type is the issue's type, or else its labels; a label
//! "blocked" says that it is.

use serde_json::Value;

use crate::model::{Item, Kind, Knows, Stage, WarningKind};

use super::items::Items;
use super::json::{Json, at, moment, names, text};
use super::{Confidence, Elements, ImportError, Importer, Reads, words};

pub static GITHUB_JSON: Importer = Importer {
    id: "github-json",
    label: "GitHub issues",
    reads: Reads::Json {
        sniff,
        knows: Knows {
            status: true,
            created: true,
            started: false,
            finished: true,
            cancelled: true,
            blocked: false,
            owners: true,
            labels: true,
            due: true,
            iterations: false,
            history: false,
        },
        members: &["created: created_at", "finished: closed_at", "type: type or labels", "epic: milestone"],
        begin,
    },
};

fn list_of(json: &Json) -> &'static str {
    if json.has_list("issues") { "issues" } else { "" }
}

fn sniff(json: &Json) -> Confidence {
    let first = json.first(list_of(json));
    let has = |names: [&str; 2]| names.iter().any(|name| first.get(name).is_some());
    let about = first.get("number").is_some() && first.get("title").is_some();
    match about && (has(["created_at", "createdAt"]) || has(["state", "closedAt"])) {
        true => Confidence::Sure,
        false => Confidence::No,
    }
}

fn begin(json: &Json, items: &mut Items) -> Result<Elements, ImportError> {
    for element in json.list("pulls") {
        items.skip(WarningKind::NotWork, element.line, "");
    }
    let repository: String = json
        .others
        .iter()
        .find(|(name, _)| name == "repo")
        .and_then(|(_, text)| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let take = move |items: &mut Items, line: u64, issue: &Value| {
        let either =
            |one: &str, other: &str| if issue.get(one).is_some() { one.to_owned() } else { other.to_owned() };
        if issue.get("pull_request").is_some_and(|pull| !pull.is_null()) {
            return items.skip(WarningKind::NotWork, line, &text(issue, &["number"]));
        }
        let url = text(issue, &[&either("html_url", "url")]);
        let state = text(issue, &["state"]).to_lowercase();
        let reason = text(issue, &[&either("state_reason", "stateReason")]).to_lowercase();
        let closed = moment(issue, &[&either("closed_at", "closedAt")]);
        let given_up = state == "closed" && ["not_planned", "duplicate"].contains(&reason.as_str());
        let stage = match state.as_str() {
            _ if given_up => Some(Stage::Cancelled),
            "closed" => Some(Stage::Done),
            "open" => Some(Stage::NotStarted),
            _ => None,
        };
        let labels = names(issue, &["labels"]);
        let type_name = text(issue, &["type", "name"]);
        let kind = match words::kind(&type_name) {
            Kind::Other => words::kind_of_labels(&labels),
            kind => kind,
        };
        let mut project = repository_of(&url).to_owned();
        if project.is_empty() {
            project.clone_from(&repository);
        }
        let mut owners = names(issue, &["assignees"]);
        owners.extend(
            Some(text(issue, &["assignee", "login"])).filter(|one| !one.is_empty() && owners.is_empty()),
        );
        let status = if given_up { reason.replace('_', " ") } else { state };
        items.push(Item {
            key: text(issue, &["number"]),
            line,
            title: text(issue, &["title"]),
            kind,
            type_name,
            status,
            stage,
            created: moment(issue, &[&either("created_at", "createdAt")]),
            finished: closed.filter(|_| !given_up),
            cancelled: closed.filter(|_| given_up),
            project,
            epic: text(at(issue, &["milestone"]), &["title"]),
            due: moment(at(issue, &["milestone"]), &[&either_due(issue)]),
            blocked: labels.iter().any(|label| label.eq_ignore_ascii_case("blocked")),
            owners,
            labels,
            url,
            ..Item::default()
        });
    };
    Ok((list_of(json), Box::new(take)))
}

/// A milestone's due date: REST's name for it, or the command line's.
fn either_due(issue: &Value) -> String {
    let rest = at(issue, &["milestone"]).get("due_on").is_some();
    if rest { "due_on".to_owned() } else { "dueOn".to_owned() }
}

/// `owner/name` of an issue's address.
fn repository_of(url: &str) -> &str {
    let path = url.split_once("github.com/").map_or("", |(_, path)| path);
    let path = path.strip_prefix("repos/").unwrap_or(path);
    path.split("/issues").next().filter(|name| *name != path).unwrap_or_default()
}
