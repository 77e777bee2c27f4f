//! Around flow efficiency.

use super::{Column, Figure, FigureText, Table, history_helps};
use crate::report::{Analysis, say};

pub static EFFICIENCY: Figure = Figure { id: "efficiency", name: "Flow efficiency", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    if analysis.no_time_in_stage().is_some() {
        return Err(say!(
            "Without a status history or blocked times nothing tells work from waiting, so there is no flow \
             efficiency. {}",
            history_helps()
        ));
    }
    let efficiency = &analysis.stages().efficiency;
    let waiting: Vec<String> = analysis
        .workflow()
        .in_progress()
        .filter(|(_, column)| column.waits)
        .map(|(_, column)| say::quoted(&column.name))
        .collect();
    let flagged = analysis.blocked().iter().any(|blocked| blocked.days > 0.0);
    if waiting.is_empty() && !flagged {
        return Err(t!(
            "No status is one in which work waits, and nothing was flagged as blocked, so everything would \
                    count as work. Say under Data which statuses wait."
        )
        .to_owned());
    }
    let Some(share) = efficiency.share() else {
        return Err(
            t!("No finished item with a history took any time, so there is no flow efficiency.").to_owned()
        );
    };
    let finding = say!(
        "Flow efficiency {}: of the time between start and finish, {} was waiting",
        say::percent(share),
        say::percent(1.0 - share)
    );
    let waits = if waiting.is_empty() { String::new() } else { say!("waiting in {}", say::and(&waiting)) };
    let or = if flagged && !waiting.is_empty() { t!(" or ") } else { "" };
    let flags = if flagged { say!("{or}flagged as blocked") } else { String::new() };
    let caption = say!(
        "How many of {} spent which share of their time in work rather than {waits}{flags}. Which statuses \
         wait can be said under Data. What finished in no time is left out.",
        say::items(efficiency.items)
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let shares = &analysis.stages().efficiency.shares;
    let rows = (0..10u32).map(|tenth| {
        let within = |share: &&f64| {
            let at = ((**share * 10.0).floor() as u32).min(9);
            at == tenth
        };
        vec![
            say!("{} to {}\u{a0}%", tenth * 10, tenth * 10 + 10),
            say::number(shares.iter().filter(within).count()),
        ]
    });
    vec![Table {
        title: t!("Items by their share of active time").to_owned(),
        columns: vec![Column::text(t!("Active time")), Column::number(t!("Items"))],
        rows: rows.collect(),
    }]
}
