//! Around time by story points, and by size.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::{Distribution, took_longer};
use crate::report::points::{Class, Classes, Scale, hundredths, neighbours_in_words, points_answer};
use crate::report::{Analysis, say};

pub static POINTS: Figure =
    Figure { id: "points", name: "Time by story points", text: points_text, tables: points_tables };
pub static SIZES: Figure =
    Figure { id: "sizes", name: "Time by size", text: sizes_text, tables: sizes_tables };

fn points_text(analysis: &Analysis) -> Result<FigureText, String> {
    text(analysis, Scale::Points)
}

fn sizes_text(analysis: &Analysis) -> Result<FigureText, String> {
    text(analysis, Scale::Sizes)
}

fn text(analysis: &Analysis, scale: Scale) -> Result<FigureText, String> {
    let classes = analysis.classes(scale).ok_or_else(|| analysis.no_classes(scale))?;
    let finding = neighbours_in_words(analysis, scale).or_else(|| {
        let answer = points_answer(analysis, scale)?;
        answer.sentence.split(". ").next().map(|first| first.trim_end_matches('.').to_owned())
    });
    let tau = classes.concordance.and_then(|found| {
        let between = found.between?;
        Some(say!(
            " Kendall\u{2019}s τ-b is {} ({} to {} is likely): 1 where a larger one always took longer, 0 where it says \
             nothing.",
            hundredths(found.tau),
            hundredths(between.low),
            hundredths(between.high)
        ))
    });
    Ok(FigureText {
        finding: finding.unwrap_or_else(|| {
            say!("{} finished: too few to tell whether larger ones take longer", say::items(classes.n()))
        }),
        caption: say!(
            "{} for each value: the dot is the median, the thick bar ends with the {} percentile, the thin line with the \
             95th. The number of items is in brackets; under 20 the percentiles may move a lot, and values of \
             fewer than {} items are in the table only.{}",
            say::capital(classes.measure.name()),
            say::ordinal(analysis.counting().sle_percent),
            Distribution::ENOUGH,
            tau.unwrap_or_default()
        ),
    })
}

fn points_tables(analysis: &Analysis) -> Vec<Table> {
    tables(analysis.classes(Scale::Points), t!("Points"))
}

fn sizes_tables(analysis: &Analysis) -> Vec<Table> {
    tables(analysis.classes(Scale::Sizes), t!("Size"))
}

fn tables(classes: Option<&Classes>, name: &'static str) -> Vec<Table> {
    let Some(classes) = classes else { return Vec::new() };
    let days = |class: &Class| class.distribution.values().iter().map(|d| d.0).collect::<Vec<u32>>();
    let mut before: Option<Vec<u32>> = None;
    let rows = classes.classes.iter().map(|class| {
        let d = &class.distribution;
        let own = days(class);
        let longer = before.as_ref().and_then(|before| took_longer(before, &own));
        let longer = longer
            .map(|(longer, as_long)| say!("{} (as long {})", say::percent(longer), say::percent(as_long)));
        before = Some(own);
        let mut row = vec![class.name.clone(), say::number(d.n())];
        row.extend([50, 85, 95].map(|p| {
            let days = d.percentile(p).filter(|_| d.n() >= Distribution::ENOUGH);
            days.map(|days| say::number(days.0 as usize)).unwrap_or_default()
        }));
        row.push(longer.unwrap_or_default());
        row
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let percent = |p: u8| Column::number(say!("{p}\u{a0}% within days"));
    vec![Table {
        title: say!("Days by {}", say::within(name)),
        columns: vec![
            Column::text(name),
            Column::number(t!("Items")),
            percent(50),
            percent(85),
            percent(95),
            Column::number(t!("Took longer than one of the value before")),
        ],
        rows,
    }]
}
