//! Around arrivals against departures.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::change;
use crate::report::{Analysis, RECENT_WEEKS, say};

pub static FLOW: Figure = Figure { id: "flow", name: "Arrivals and departures", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    if analysis.dates.iter().all(|dates| dates.created.is_none()) {
        return Err(t!(
            "The file has no creation dates, so it can\u{2019}t tell what came in. An export with a \
                    created column would."
        )
        .to_owned());
    }
    let flow = analysis.flow().ok_or(match analysis.window.from {
        Some(_) => t!("There is no whole week in this time."),
        None => t!("No whole week has passed since the first item came."),
    })?;
    let weeks = flow.weeks().min(RECENT_WEEKS);
    let last = |counts: &[u32]| counts[counts.len() - weeks..].to_vec();
    let (arrived, departed) = (last(&flow.arrived), last(&flow.departed));
    let sum = |counts: &[u32]| counts.iter().map(|&count| u64::from(count)).sum::<u64>() as usize;
    let (came, went) = (sum(&arrived), sum(&departed));
    // Arrivals against departures of the same weeks are two series like any.
    let change = change::of_means(&departed, &arrived);
    let tells = change.is_some_and(|change| change.difference.is_some());
    let differ = change.is_some_and(|change| change.is_more_than_noise());
    let numbers = say!(
        "{} came in and {} left in the last {}",
        say::number(came),
        say::number(went),
        say::counted(weeks, t!("whole week"), t!("whole weeks"))
    );
    let finding = match () {
        () if came + went == 0 => say!(
            "Nothing came in and nothing left in the last {}",
            say::counted(weeks, t!("whole week"), t!("whole weeks"))
        ),
        () if !tells => say::capital(&say!("{numbers}: too little to say whether they balance")),
        () if differ && came > went => say!("More comes in than leaves: {numbers}"),
        () if differ => say!("More leaves than comes in: {numbers}"),
        () => say!("What comes in and what leaves do not differ beyond noise: {numbers}"),
    };
    let caption = say!(
        "Items created, and items finished or cancelled, in each week, {}. Below, what came in minus what left, \
         added up from {}: where it rises, open work piles up.",
        analysis.week_span(),
        say::date(flow.first_week)
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let Some(flow) = analysis.flow() else { return Vec::new() };
    let growth = flow.growth();
    let rows = (0..flow.weeks()).rev().map(|n| {
        let at = |counts: &[u32]| counts.get(n).copied().unwrap_or_default();
        let signed = |n: i64| if n < 0 { format!("−{}", n.unsigned_abs()) } else { n.to_string() };
        vec![
            say::date(flow.week(n)),
            at(&flow.arrived).to_string(),
            at(&flow.started).to_string(),
            at(&flow.finished).to_string(),
            at(&flow.departed).to_string(),
            signed(i64::from(at(&flow.started)) - i64::from(at(&flow.finished))),
            signed(growth.get(n).copied().unwrap_or_default()),
        ]
    });
    vec![Table {
        title: t!("What came and went by week, newest first").to_owned(),
        columns: vec![
            Column::text(t!("Week from")),
            Column::number(t!("Created")),
            Column::number(t!("Started")),
            Column::number(t!("Finished")),
            Column::number(t!("Finished or cancelled")),
            Column::number(t!("Started − finished")),
            Column::number(t!("Growth so far")),
        ],
        rows: rows.collect(),
    }]
}
