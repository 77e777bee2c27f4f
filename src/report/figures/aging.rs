//! Around the aging chart.

use super::{Column, Figure, FigureText, Table, history_helps};
use crate::metrics::Distribution;
use crate::report::{Analysis, open_item, say};

pub static AGING: Figure = Figure { id: "aging", name: "Age of the work in progress", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    if let Some(why) = analysis.no_age() {
        let help = match analysis.counts.in_progress {
            0 => "",
            _ => t!(" An export with start dates or a status history would tell ages."),
        };
        return Err(format!("{why}{help}"));
    }
    let ages = &analysis.ages.distribution;
    let finding = match analysis.age_limit() {
        Some(limit) => {
            let late = analysis.late(limit);
            match late {
                0 => say!("Nothing in progress is as old as {}", analysis.limit_in_words(limit)),
                n => say!(
                    "{} of {} in progress {} as old as {}, or older",
                    say::number(n),
                    say::number(ages.n()),
                    if n == 1 { t!("is") } else { t!("are") },
                    analysis.limit_in_words(limit)
                ),
            }
        }
        None => say!("{} in progress, too little finished to say what is old", say::items(ages.n())),
    };
    let bands = analysis.cycle.distribution.n() >= Distribution::ENOUGH;
    let staged = analysis.open().iter().any(|open| open.column.is_some());
    let what = match (staged, bands) {
        (true, true) => {
            t!("Each dot is an item in progress: the status it is in, and how old it is. The bands are how old finished \
             items were when they left that status: half within the first, then 70, 85 and 95\u{a0}%.")
                .to_owned()
        }
        (false, true) => say!(
            "Each dot is an item in progress and its age. The bands are the cycle times of what is finished: half \
             within the first, then 70, 85 and 95\u{a0}%. The file keeps no status history, so all stand in one column. \
             {}",
 history_helps()
        ),
        _ => t!("Each dot is an item in progress and its age.").to_owned(),
    };
    let key = if ages.n() > 400 { "" } else { t!(" Red is late or blocked, a ring is blocked.") };
    let unaged = match analysis.ages.left_out.no_start {
        0 => String::new(),
        n => say!(" {} without a start date left out.", say::items(n)),
    };
    let crowd =
        if ages.n() > 400 { t!(" There are so many that bars stand for what is close in age.") } else { "" };
    Ok(FigureText { finding, caption: format!("{what}{crowd}{key}{unaged}") })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let rows = analysis.open().iter().map(|open| {
        let item = open_item(analysis, open);
        vec![item.key, item.title, item.status, item.age, item.chance, item.advice]
    });
    vec![Table {
        title: t!("In progress, those in need first").to_owned(),
        columns: vec![
            Column::text(t!("Item")),
            Column::text(t!("Title")),
            Column::text(t!("Status")),
            Column::number(t!("Age")),
            Column::number(t!("Chance")),
            Column::text(t!("What to do first")),
        ],
        rows: rows.collect(),
    }]
}
