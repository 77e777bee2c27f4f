//! What stands around a chart: its finding as a title, its caveats, and its numbers as a table.

use super::{Analysis, say};
use crate::metrics::Distribution;
use crate::model::{Days, Workspace, day_from_number, day_number};

/// The words and numbers of one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureText {
    /// What the chart shows, as a sentence.
    pub finding: String,
    /// What is drawn, over which window, and what to be careful about.
    pub caption: String,
    pub tables: Vec<Table>,
}

/// A table of a chart's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// A column's name, and whether it holds numbers, which line up on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Text(&'static str),
    Number(&'static str),
}

/// The percentiles that durations are shown with.
pub const PERCENTILES: [u8; 4] = [50, 70, 85, 95];

/// Around the scatter of durations. Says why instead when there are none.
pub fn durations_figure(workspace: &Workspace, analysis: &Analysis) -> Result<FigureText, &'static str> {
    let Some((measure, durations)) = analysis.durations() else {
        return Err(analysis.no_lead_time().unwrap_or("No item has two dates."));
    };
    let d = &durations.distribution;
    let name = capital(measure.name());
    let finding = match (d.percentile(50), d.percentile(85)) {
        (Some(p50), Some(p85)) if d.n() >= Distribution::ENOUGH => {
            format!("{name}: half within {}, 85\u{a0}% within {}", say::days(p50), say::days(p85))
        }
        _ => format!("{name} of the {} with both dates", say::items(d.n())),
    };
    let few = match d.n() {
        n if n < Distribution::ENOUGH => " Too few for percentile lines.",
        n if n < Distribution::PLENTY => " Few data: the lines may move a lot.",
        _ => "",
    };
    let caption = format!(
        "Each dot is a finished item: when it finished, and how many days it took {}. A stronger dot stands for \
         several items.{few}",
        measure.span()
    );
    let percentiles = Table {
        title: format!("{name} by percentile"),
        columns: vec![
            Column::Text("Share of items"),
            Column::Number("Days or less"),
            Column::Number("Items within"),
        ],
        rows: PERCENTILES
            .iter()
            .filter(|_| d.n() >= Distribution::ENOUGH)
            .filter_map(|&p| d.percentile(p).map(|days| (p, days)))
            .map(|(p, days)| {
                vec![format!("{p}\u{a0}%"), say::number(days.0 as usize), say::number(d.within(days))]
            })
            .collect(),
    };
    const LONGEST: usize = 20;
    let mut longest: Vec<_> = durations.timed.iter().collect();
    longest.sort_by_key(|timed| std::cmp::Reverse((timed.days, timed.end)));
    let rows = longest.iter().take(LONGEST).filter_map(|timed| {
        let item = workspace.items.get(timed.item)?;
        Some(vec![
            item.key.clone(),
            item.title.clone(),
            say::date(timed.start),
            say::date(timed.end),
            say::number(timed.days.0 as usize),
        ])
    });
    let title = if d.n() > LONGEST { format!("The {LONGEST} longest") } else { "All items".to_owned() };
    let longest = Table {
        title,
        columns: vec![
            Column::Text("Item"),
            Column::Text("Title"),
            Column::Text("From"),
            Column::Text("To"),
            Column::Number("Days"),
        ],
        rows: rows.collect(),
    };
    let tables = [percentiles, longest].into_iter().filter(|table| !table.rows.is_empty()).collect();
    Ok(FigureText { finding, caption, tables })
}

/// Around the weekly run chart. Says why instead when there is none.
pub fn throughput_figure(analysis: &Analysis) -> Result<FigureText, &'static str> {
    let Some(weekly) = &analysis.throughput else {
        return Err(analysis.no_throughput().unwrap_or("No throughput."));
    };
    let weeks = weekly.counts.len();
    let finding = format!(
        "Throughput: {} items a week on average over {}",
        say::decimal(weekly.mean()),
        say::counted(weeks, "whole week", "whole weeks")
    );
    let cut = match weekly.unfinished_week {
        Some(n) => format!(" The open dot is the week not over yet ({} so far), left out of the average.", n),
        None => String::new(),
    };
    let caption = format!(
        "Items finished in each week, Monday to Sunday, weeks without any included, from {} to {}.{cut}",
        say::date(weekly.first_week),
        say::date(day_from_number(day_number(weekly.first_week) + 7 * weeks as i32 - 1)),
    );
    let rows = weekly.counts.iter().enumerate().rev().map(|(i, count)| {
        let monday = day_from_number(day_number(weekly.first_week) + 7 * i as i32);
        vec![say::date(monday), count.to_string()]
    });
    let table = Table {
        title: "Items finished by week, newest first".to_owned(),
        columns: vec![Column::Text("Week from"), Column::Number("Items")],
        rows: rows.collect(),
    };
    Ok(FigureText { finding, caption, tables: vec![table] })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The durations as a sentence's list: "3 and 7 days".
pub fn listed(days: &[Days]) -> String {
    let numbers: Vec<String> = days.iter().map(|days| say::number(days.0 as usize)).collect();
    let unit = if days == [Days(1)] { "day" } else { "days" };
    format!("{} {unit}", say::and(&numbers))
}
