//! Trello, a board exported as JSON.
//!
//! Format: developer.atlassian.com, "The Trello REST API", board, card and action objects.
//!
//! *Created* is in the card's id, whose first eight digits are seconds since 1970. Lists are statuses;
//! moves are among the actions, of which Trello exports the newest 1,000 only: what was moved before has an
//! incomplete history, and that is said. An archived card was given up, unless it lies in a list that means
//! done. Not recorded: types and estimates, but for labels and for points in brackets before a title, as
//! Scrum for Trello writes them. The due date is kept as what was planned.

use std::collections::HashMap;

use serde_json::Value;

use crate::model::{Item, Knows, Moment, Stage, StatusChange, WarningKind};
use crate::order::InOrder;

use super::items::Items;
use super::json::{Json, at, moment, names, text};
use super::trello_csv::created;
use super::{Confidence, Elements, ImportError, Importer, Reads, words};

pub static TRELLO_JSON: Importer = Importer {
    id: "trello-json",
    label: "Trello board",
    reads: Reads::Json {
        sniff,
        knows: Knows {
            status: true,
            created: true,
            started: true,
            finished: true,
            cancelled: true,
            blocked: false,
            owners: true,
            labels: true,
            due: true,
            iterations: false,
            history: true,
        },
        members: &["created: the card's id", "status: list", "history: actions", "title: name"],
        begin,
    },
};

/// So many actions are in an export at the most.
const MOST_ACTIONS: usize = 1000;

fn sniff(json: &Json) -> Confidence {
    if json.has_list("cards") && json.has_list("lists") { Confidence::Sure } else { Confidence::No }
}

/// What the actions say about a card.
#[derive(Default)]
struct Past {
    entered: Vec<StatusChange>,
    /// The list it was in before its first known move.
    before: Option<(Moment, String)>,
    made: bool,
    archived: Option<Moment>,
}

fn begin(json: &Json, items: &mut Items) -> Result<Elements, ImportError> {
    let objects = |name: &str| {
        json.list(name)
            .iter()
            .filter_map(|element| serde_json::from_str::<Value>(element.text).ok())
            .collect::<Vec<_>>()
    };
    let mut board = objects("lists");
    board.order_by(|a, b| {
        let place = |list: &Value| list["pos"].as_f64().unwrap_or(f64::MAX);
        place(a).total_cmp(&place(b))
    });
    items.in_order(board.iter().map(|list| text(list, &["name"])).collect());
    let lists: HashMap<String, String> =
        board.iter().map(|list| (text(list, &["id"]), text(list, &["name"]))).collect();
    let members: HashMap<String, String> = objects("members")
        .iter()
        .map(|member| (text(member, &["id"]), text(member, &["fullName"])))
        .collect();
    let actions = objects("actions");
    if actions.len() >= MOST_ACTIONS {
        let oldest = actions.last().map(|action| text(action, &["date"])).unwrap_or_default();
        items.log.note(
            WarningKind::HistoryIncomplete,
            0,
            &format!("moves before {oldest} are not in the file"),
        );
    }
    let mut pasts: HashMap<String, Past> = HashMap::new();
    // The newest is first.
    for action in actions.iter().rev() {
        let Some(when) = moment(action, &["date"]) else { continue };
        let data = at(action, &["data"]);
        let past = pasts.entry(text(data, &["card", "id"])).or_default();
        // A list may have another name by now.
        let named = |list: &str| {
            let now = lists.get(&text(data, &[list, "id"])).cloned();
            now.unwrap_or_else(|| text(data, &[list, "name"]))
        };
        match text(action, &["type"]).as_str() {
            "createCard" | "copyCard" | "convertToCardFromCheckItem" | "emailCard" | "moveCardToBoard" => {
                past.made = true;
                past.entered.push(StatusChange { at: when, to: named("list") });
            }
            "updateCard" if !at(data, &["listAfter"]).is_null() => {
                if past.entered.is_empty() {
                    past.before = Some((when, named("listBefore")));
                }
                past.entered.push(StatusChange { at: when, to: named("listAfter") });
            }
            "updateCard" if at(data, &["old", "closed"]).as_bool() == Some(false) => {
                past.archived = Some(when)
            }
            _ => {}
        }
    }
    let name: String = json
        .others
        .iter()
        .find(|(name, _)| name == "name")
        .and_then(|(_, text)| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let take = move |items: &mut Items, line: u64, card: &Value| {
        let id = text(card, &["id"]);
        let made = created(&id);
        let past = pasts.remove(&id).unwrap_or_default();
        let status = lists.get(&text(card, &["idList"])).cloned().unwrap_or_default();
        let mut history = past.entered;
        if !past.made
            && let Some((at, (_, list))) = made.zip(past.before)
        {
            history.insert(0, StatusChange { at, to: list });
        }
        history.retain(|change| !change.to.is_empty());
        let meaning = items.meaning_of(&status);
        let is_archived = at(card, &["closed"]).as_bool() == Some(true) && meaning != Some(Stage::Done);
        let ended = past.archived.or_else(|| moment(card, &["dateLastActivity"]));
        let owners = at(card, &["idMembers"]).as_array().into_iter().flatten();
        let owners = owners.filter_map(|id| members.get(id.as_str()?)).cloned().collect();
        let mut labels = names(card, &["labels"]);
        for label in at(card, &["labels"]).as_array().into_iter().flatten() {
            let (name, colour) = (text(label, &["name"]), text(label, &["color"]));
            labels.extend(Some(colour).filter(|colour| name.is_empty() && !colour.is_empty()));
        }
        let (points, title) = points(text(card, &["name"]));
        let key = Some(text(card, &["idShort"])).filter(|key| !key.is_empty()).unwrap_or(id);
        let url = Some(text(card, &["shortUrl"])).filter(|url| !url.is_empty());
        let mut item = Item {
            key,
            line,
            title,
            kind: words::kind_of_labels(&labels),
            status,
            stage: meaning,
            created: made,
            due: moment(card, &["due"]),
            points,
            project: name.clone(),
            owners,
            labels,
            url: url.unwrap_or_else(|| text(card, &["url"])),
            history,
            ..Item::default()
        };
        if is_archived {
            // Its history goes on where it lay; that it was given up is said beside it.
            item.stage = Some(Stage::Cancelled);
            item.cancelled = ended;
            item.history.extend(ended.map(|at| StatusChange { at, to: ARCHIVED.to_owned() }));
            item.status = ARCHIVED.to_owned();
            items.means(ARCHIVED, Stage::Cancelled);
        }
        items.push(item);
    };
    Ok(("cards", Box::new(take)))
}

/// What an archived card's status is called.
const ARCHIVED: &str = "Archived";

/// `(3) Title`: its points, and the title without them.
fn points(title: String) -> (Option<f64>, String) {
    let split = title.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let points = split.and_then(|(number, rest)| Some((number.trim().parse().ok()?, rest.trim().to_owned())));
    match points.filter(|(number, _): &(f64, String)| number.is_finite() && *number >= 0.0) {
        Some((points, rest)) => (Some(points), rest),
        None => (None, title),
    }
}
