//! Around durations by kind of work and by project.

use std::collections::BTreeMap;

use super::{Column, Figure, FigureText, Table};
use crate::metrics::Distribution;
use crate::model::{Days, Kind};
use crate::order::InOrder;
use crate::report::{Analysis, Selection, say};

pub static SPREAD: Figure =
    Figure { id: "spread", name: "Kinds of work and projects side by side", text, tables };

/// How long work of one sort took.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    pub name: String,
    pub distribution: Distribution,
    pub selection: Selection,
}

/// At most so many projects, those with the most finished items.
const PROJECTS: usize = 8;

/// The durations by kind of work, then by project where there is more than one; sorts of fewer than
/// [`Distribution::ENOUGH`] items are left out.
pub fn spreads(analysis: &Analysis) -> (Vec<Spread>, Vec<Spread>) {
    let Some((_, durations)) = analysis.durations() else { return (Vec::new(), Vec::new()) };
    let mut kinds: BTreeMap<Kind, Vec<(usize, Days)>> = BTreeMap::new();
    let mut projects: BTreeMap<&str, Vec<(usize, Days)>> = BTreeMap::new();
    for timed in &durations.timed {
        let Some(item) = analysis.data.items.get(timed.item) else { continue };
        kinds.entry(item.kind).or_default().push((timed.item, timed.days));
        if !item.project.is_empty() {
            projects.entry(&item.project).or_default().push((timed.item, timed.days));
        }
    }
    let spread = |name: String, items: Vec<(usize, Days)>| Spread {
        name,
        distribution: items.iter().map(|&(_, days)| days).collect(),
        selection: Selection::Listed(items.into_iter().map(|(item, _)| item).collect()),
    };
    let enough = |spread: &Spread| spread.distribution.n() >= Distribution::ENOUGH;
    let kinds = kinds.into_iter().map(|(kind, items)| spread(kind_name(kind).to_owned(), items));
    let mut projects: Vec<Spread> =
        projects.into_iter().map(|(name, items)| spread(name.to_owned(), items)).filter(enough).collect();
    projects.order_by_key(|spread| std::cmp::Reverse(spread.distribution.n()));
    projects.truncate(PROJECTS);
    if projects.len() < 2 {
        projects.clear();
    }
    (kinds.filter(enough).collect(), projects)
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Feature => t!("Features"),
        Kind::Bug => t!("Bugs"),
        Kind::Chore => t!("Chores"),
        Kind::Other => t!("Other work"),
    }
}

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let (kinds, projects) = spreads(analysis);
    if kinds.len() + projects.len() < 2 {
        return Err(t!(
            "There is one sort of work only, or too little of each, so there is nothing to set side by side. \
                    An export with types or projects would show whether bugs take longer than features."
        )
        .to_owned());
    }
    let name = analysis.durations().map_or(t!("cycle time"), |(measure, _)| measure.name());
    let percent = analysis.counting().sle_percent;
    let high = |spread: &Spread| spread.distribution.percentile(percent).map_or(0, |days| days.0);
    let of = |name: &str| kinds.iter().find(|spread| spread.name == name);
    let finding = match (of(t!("Bugs")), of(t!("Features"))) {
        (Some(bugs), Some(features)) => say!(
            "{} of bugs took {} or less, of features {}",
            analysis.percent(),
            analysis.days(Days(high(bugs))),
            analysis.days(Days(high(features)))
        ),
        _ => {
            let all = || kinds.iter().chain(&projects);
            match (all().max_by_key(|s| high(s)), all().min_by_key(|s| high(s))) {
                (Some(most), Some(least)) if high(most) == high(least) => say!(
                    "No difference: {} of each sort took {} or less",
                    analysis.percent(),
                    analysis.days(Days(high(most)))
                ),
                (Some(most), Some(least)) => say!(
                    "“{}” took longest: {} within {}, “{}” {}",
                    most.name,
                    analysis.percent(),
                    analysis.days(Days(high(most))),
                    least.name,
                    analysis.days(Days(high(least)))
                ),
                _ => say::capital(name),
            }
        }
    };
    let caption = say!(
        "{} by sort of work: the dot is the median, the thick bar ends with the {}, the thin line with the 95th \
         percentile. The number of items is in brackets; under 20 the \
         percentiles may move a lot, under {} a sort is left out.",
        say::capital(name),
        if percent == 85 {
            t!("85th percentile").to_owned()
        } else {
            say!("{} percentile", say::ordinal(percent))
        },
        Distribution::ENOUGH
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let (kinds, projects) = spreads(analysis);
    let percentiles = analysis.percentiles();
    let table = |title: &str, spreads: Vec<Spread>| {
        let mut columns = vec![Column::text(t!("Sort")), Column::number(t!("Items"))];
        columns.extend(percentiles.iter().map(|p| Column::number(format!("{p}\u{a0}%"))));
        let rows = spreads.iter().map(|spread| {
            let mut row = vec![spread.name.clone(), say::number(spread.distribution.n())];
            row.extend(percentiles.iter().map(|&p| {
                spread.distribution.percentile(p).map(|d| say::number(d.0 as usize)).unwrap_or_default()
            }));
            row
        });
        Table { title: title.to_owned(), columns, rows: rows.collect() }
    };
    let tables = [table(t!("Days by kind of work"), kinds), table(t!("Days by project"), projects)];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}
