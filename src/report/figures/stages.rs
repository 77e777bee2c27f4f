//! Around time in stage.

use super::{Column, Figure, FigureText, Table, history_helps};
use crate::metrics::Distribution;
use crate::report::{Analysis, say};

pub static STAGES: Figure = Figure { id: "stages", name: "Time in stage", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    if let Some(why) = analysis.no_time_in_stage() {
        return Err(format!("{why} {}", history_helps()));
    }
    let stages = analysis.stages();
    if stages.trips == 0 {
        return Err(t!("No item finished in this time has a history from its start to its finish, so there is no time in \
                    stage.")
            .to_owned());
    }
    let total: f64 = stages.time_in_stages.iter().map(|stage| stage.total()).sum();
    let name = |column: usize| analysis.workflow().columns.get(column).map_or("", |c| c.name.as_str());
    let most = stages.time_in_stages.iter().max_by(|a, b| a.total().total_cmp(&b.total()));
    let finding = match most.filter(|_| total > 0.0) {
        Some(most) => say!(
            "“{}” takes the largest share of the time: {}",
            name(most.column),
            say::percent(most.total() / total)
        ),
        None => t!("Everything finished on the day it was started").to_owned(),
    };
    let caption = say!(
        "How long the {} with a history were in each status in progress, in elapsed {}; times of coming back are added \
         up. The dot is the median, the thick bar ends with the 85th percentile, the thin line with the 95th; the \
         share is that of all time in these statuses.",
        say::items(stages.trips),
        analysis.calendar().unit()
    );
    let few = match stages.trips {
        n if n < Distribution::ENOUGH => t!(" Too few for percentiles."),
        n if n < Distribution::PLENTY => t!(" Few data: they may move a lot."),
        _ => "",
    };
    let caption = format!("{caption}{few}");
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let stages = analysis.stages();
    let total: f64 = stages.time_in_stages.iter().map(|stage| stage.total()).sum();
    let rows = stages.time_in_stages.iter().filter_map(|stage| {
        let column = analysis.workflow().columns.get(stage.column)?;
        let enough = stage.days.len() >= Distribution::ENOUGH;
        let percentile = |p| stage.percentile(p).filter(|_| enough).map(say::decimal).unwrap_or_default();
        Some(vec![
            column.name.clone(),
            if column.waits { t!("waits").to_owned() } else { t!("works").to_owned() },
            say::number(stage.days.len()),
            percentile(50),
            percentile(85),
            percentile(95),
            if total > 0.0 { say::percent(stage.total() / total) } else { String::new() },
        ])
    });
    vec![Table {
        title: t!("Days in each status").to_owned(),
        columns: vec![
            Column::text(t!("Status")),
            Column::text(t!("Work")),
            Column::number(t!("Items")),
            Column::number("50\u{a0}%"),
            Column::number("85\u{a0}%"),
            Column::number("95\u{a0}%"),
            Column::number(t!("Share of all time")),
        ],
        rows: rows.collect(),
    }]
}
