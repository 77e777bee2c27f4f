//! Around blocked time by reason.

use super::{Column, Figure, FigureText, Table};
use crate::report::{Analysis, say};

pub static BLOCKED: Figure = Figure { id: "blocked", name: "Blocked time", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let reasons = analysis.blocked();
    let marked = analysis.open().iter().filter(|open| open.blocked).count();
    if reasons.is_empty() {
        return Err(match (analysis.knows.history, marked) {
            (true, 0) => t!("Nothing was flagged as blocked or in a status that says so.").to_owned(),
            (_, 0) => t!("The file does not say when work was blocked. Jira\u{2019}s REST JSON with changelog has flags with \
                       their times; a status like “Blocked” in any export with a history works too.")
                .to_owned(),
            (_, n) => say!(
                "{} blocked now, but the file does not say since when. Jira\u{2019}s REST JSON with changelog would.",
                if n == 1 { t!("1 item is").to_owned() } else { say!("{n} items are") }
            ),
        });
    }
    let days: f64 = reasons.iter().map(|reason| reason.days).sum();
    let now: usize = reasons.iter().map(|reason| reason.now).sum();
    let most = reasons.first().map_or("", |reason| reason.reason.as_str());
    let finding = match (reasons.len(), now) {
        (1, 0) => say!("{} {} blocked; nothing is now", say::decimal(days), analysis.calendar().unit()),
        (1, now) => say!("{} {} blocked; {} now", say::decimal(days), analysis.calendar().unit(), now),
        (_, now) => say!(
            "{} {} blocked, most of it “{most}”; {now} now",
            say::decimal(days),
            analysis.calendar().unit()
        ),
    };
    let caption = say!(
        "Elapsed {} in which work was flagged as blocked, or in a status whose name says so, all items added up. A \
         flag gives no reason; statuses are theirs. What was blocked twice over counts under both.",
        analysis.calendar().unit()
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let rows = analysis.blocked().iter().map(|reason| {
        vec![
            reason.reason.clone(),
            say::number(reason.items),
            say::decimal(reason.days),
            say::decimal(reason.days / reason.items.max(1) as f64),
            say::number(reason.now),
        ]
    });
    vec![Table {
        title: t!("Blocked time by reason").to_owned(),
        columns: vec![
            Column::text(t!("Reason")),
            Column::number(t!("Items")),
            Column::number(t!("Days")),
            Column::number(t!("Days an item")),
            Column::number(t!("Blocked now")),
        ],
        rows: rows.collect(),
    }]
}
