//! The work in progress as a list to act on: for each item where it stands, how likely it is to make the
//! service level, and what to do first.

use super::{Analysis, say};
use crate::metrics::{Need, Open};
use crate::model::Days;

/// An open item in words.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenItem {
    /// Its place in the data.
    pub item: usize,
    pub key: String,
    pub title: String,
    /// Its page in the tracker; empty where none is known.
    pub url: String,
    pub status: String,
    /// "12 days", or empty.
    pub age: String,
    /// "64 %", or empty.
    pub chance: String,
    /// Blocked, late, stale and so on, as words to stand beside it.
    pub marks: Vec<&'static str>,
    /// One plain sentence of what to do first.
    pub advice: String,
    pub need: Need,
}

/// An open item in words.
pub fn open_item(analysis: &Analysis, open: &Open) -> OpenItem {
    let item = analysis.data.items.get(open.item).map(|item| item.as_ref().clone()).unwrap_or_default();
    let column = open.column.and_then(|column| analysis.workflow().columns.get(column));
    // Without a history only today's status is known.
    let known = if analysis.as_of < analysis.basis.last_day { String::new() } else { item.status.clone() };
    let status = column.map_or(known, |column| column.name.clone());
    let late = matches!(open.need, Need::Late | Need::BlockedAndLate);
    let mut marks = Vec::new();
    if open.blocked {
        marks.push("blocked");
    }
    if late {
        marks.push("late");
    }
    if open.stale {
        marks.push("stale");
    }
    OpenItem {
        advice: advice(analysis, open, &status),
        item: open.item,
        key: item.key,
        title: item.title,
        url: item.url,
        age: open.age.map(|age| analysis.days(age)).unwrap_or_default(),
        chance: open.chance.map(say::percent).unwrap_or_default(),
        marks,
        status,
        need: open.need,
    }
}

/// What to do first about an item, as one sentence.
fn advice(analysis: &Analysis, open: &Open, status: &str) -> String {
    let since = |days: f64| match days.floor() as usize {
        0 => t!("since today").to_owned(),
        n => {
            say!("for {}", analysis.days(Days(u32::try_from(n).unwrap_or(u32::MAX))))
        }
    };
    let here = if status.is_empty() { t!("here").to_owned() } else { say!("in “{status}”") };
    let blocked = open.blocked_for.map_or(String::new(), |days| format!(" {}", since(days)));
    let longer = longer_than(analysis, open);
    match open.need {
        Need::BlockedAndLate => {
            say!("Blocked{blocked} and {longer}: find who can clear it today, or stop it for good.")
        }
        Need::Blocked => say!("Blocked{blocked}: ask what it waits for before starting anything else."),
        Need::Late if open.stale => say!(
            "{}, and it has not moved {}: decide whether to finish, split or stop it.",
            say::capital(&longer),
            open.unmoved.map(since).unwrap_or_default()
        ),
        Need::Late => {
            say!("{}: finish it together before starting anything new, or split it.", say::capital(&longer))
        }
        Need::Stale => say!(
            "It has not moved {}, longer than 85\u{a0}% stay {here}: ask what it needs to go on.",
            open.unmoved.map(since).unwrap_or_default()
        ),
        Need::AtRisk if open.chance.is_none() => {
            say!("It takes longer than anything {}: see what keeps it.", finished_ever(analysis))
        }
        Need::AtRisk => say!(
            "More likely than not to miss {}: see what can be left out of it.",
            analysis.age_limit().map(|limit| analysis.limit_in_words(limit)).unwrap_or_default()
        ),
        Need::Slow => say!(
            "{} of finished items had left this stage when they were as old: offer help {here}.",
            open.overtaken_by.map(say::percent).unwrap_or_default()
        ),
        Need::Unknown => {
            t!("Nobody can tell since when it is in progress: give it a start date, or put it back.")
                .to_owned()
        }
        Need::OnCourse => match open.chance {
            Some(_) => t!("On course: let it flow.").to_owned(),
            None => t!("Too little is finished to say how it does: keep an eye on its age.").to_owned(),
        },
    }
}

/// What durations are compared with: all there are, or those of the window.
fn finished_ever(analysis: &Analysis) -> &'static str {
    if analysis.window.from.is_some() { t!("finished in this time") } else { t!("that was ever finished") }
}

/// "older than 95 % of finished work took", or than what was promised.
fn longer_than(analysis: &Analysis, open: &Open) -> String {
    let d = &analysis.cycle.distribution;
    let Some(age) = open.age else { return t!("late").to_owned() };
    // It finishes tomorrow at the earliest, so what took as long was quicker.
    let older = d.values().partition_point(|&days| days <= age);
    match (analysis.counting().sle_days, d.n()) {
        (Some(_), _) | (_, 0) => match analysis.age_limit() {
            Some(limit) => say!("as old as {}, or older", analysis.limit_in_words(limit)),
            None => t!("late").to_owned(),
        },
        (None, n) if older == n => say!("longer in progress than anything {}", finished_ever(analysis)),
        (None, n) => {
            say!("longer in progress than {} of finished work took", say::percent(older as f64 / n as f64))
        }
    }
}

/// What the page says above the list.
pub fn headline(analysis: &Analysis) -> String {
    let open = analysis.open();
    let of = |needs: &[Need]| open.iter().filter(|open| needs.contains(&open.need)).count();
    let blocked = of(&[Need::BlockedAndLate, Need::Blocked]);
    let late = of(&[Need::BlockedAndLate, Need::Late]);
    let slow = of(&[Need::Stale, Need::AtRisk, Need::Slow]);
    if open.is_empty() {
        return match analysis.tells_progress {
            true => t!("Nothing is in progress on that day.").to_owned(),
            false => t!("The file can\u{2019}t tell what is in progress.").to_owned(),
        };
    }
    if of(&[Need::Unknown]) == open.len() {
        return say!("{} in progress, but the data does not say since when.", say::items(open.len()));
    }
    let parts: Vec<String> = [(blocked, t!("blocked")), (late, t!("late")), (slow, t!("slow or at risk"))]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", say::number(n)))
        .collect();
    match parts.as_slice() {
        [] => say!("{} in progress, and none needs help that the data can see.", say::items(open.len())),
        parts => say!("Of {} in progress, {}.", say::number(open.len()), say::and(parts)),
    }
}
