//! Around the weekly run chart.

use super::{Column, Figure, FigureText, Table, no_throughput};
use crate::model::{day_from_number, day_number};
use crate::report::{Analysis, say};

pub static THROUGHPUT: Figure = Figure { id: "throughput", name: "Throughput", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let Some(weekly) = &analysis.throughput else {
        return Err(no_throughput(analysis));
    };
    let weeks = weekly.counts.len();
    let finding = say!(
        "Throughput: {} items a week on average over {}",
        say::decimal(weekly.mean()),
        say::counted(weeks, t!("whole week"), t!("whole weeks"))
    );
    let cut = match weekly.unfinished_week {
        Some(n) => say!(" The open dot is the week not over yet ({n} so far), left out of the average."),
        None => String::new(),
    };
    let caption = say!(
        "Items finished in each week, {}, weeks without any included, from {} to {}.{cut}",
        analysis.week_span(),
        say::date(weekly.first_week),
        say::date(day_from_number(day_number(weekly.week(weeks)) - 1)),
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let Some(weekly) = &analysis.throughput else { return Vec::new() };
    let rows = weekly.counts.iter().enumerate().rev();
    let rows = rows.map(|(i, count)| vec![say::date(weekly.week(i)), count.to_string()]);
    vec![Table {
        title: t!("Items finished by week, newest first").to_owned(),
        columns: vec![Column::text(t!("Week from")), Column::number(t!("Items"))],
        rows: rows.collect(),
    }]
}
