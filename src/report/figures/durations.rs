//! Around the scatter of durations.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::{Distribution, Durations};
use crate::order::InOrder;
use crate::report::{Analysis, Measure, say};

pub static DURATIONS: Figure = Figure { id: "durations", name: "How long each item took", text, tables };

/// How many items a rolling percentile looks back on: a fifteenth of all, 30 to 400. Fewer would jump,
/// more would lag.
pub fn rolling_window(items: usize) -> usize {
    (items / 15).clamp(30, 400)
}

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let Some((measure, durations)) = analysis.durations() else {
        return Err(analysis.no_durations());
    };
    let d = &durations.distribution;
    let name = say::capital(measure.name());
    let high = d.percentile(analysis.counting().sle_percent);
    let finding = match (d.percentile(50), high) {
        (Some(p50), Some(high)) if d.n() >= Distribution::ENOUGH => say!(
            "{name}: half within {}, {} within {}",
            analysis.days(p50),
            analysis.percent(),
            analysis.days(high)
        ),
        _ => say!("{name} of the {} with both dates", say::items(d.n())),
    };
    let few = match d.n() {
        n if n < Distribution::ENOUGH => t!(" Too few for percentile lines.").to_owned(),
        n if n < Distribution::PLENTY => t!(" Few data: the lines may move a lot.").to_owned(),
        n if n > rolling_window(n) => say!(
            " The curves are the median and {} of the last {} by each day.",
            analysis.percent(),
            say::items(rolling_window(n))
        ),
        _ => String::new(),
    };
    let censored = censored(analysis, measure).map(|said| format!(" {said}")).unwrap_or_default();
    let caption = say!(
        "Each dot is a finished item: when it finished, and how many {} it took {}. A stronger dot stands for \
         several items.{few}{censored}",
        analysis.calendar().unit(),
        measure.span()
    );
    Ok(FigureText { finding, caption })
}

/// Where the finished alone look more than 10 % quicker than the work is: what the open work says of it.
fn censored(analysis: &Analysis, measure: Measure) -> Option<String> {
    let differing = differing(analysis, measure);
    let (p, finished, with_open) = differing.last()?;
    let longer = match with_open {
        Some(days) => analysis.days(*days),
        None => say!("longer than {}", analysis.days(analysis.survival().longest().unwrap_or(*finished))),
    };
    Some(say!(
        "With the {} still in progress counted at their ages (Kaplan–Meier), {p}\u{a0}% is {longer} instead of {}: \
         what takes long is not finished yet, so the finished alone look quicker than the work is.",
        say::items(analysis.ages.distribution.n()),
        analysis.days(*finished)
    ))
}

type Differing = (u8, crate::model::Days, Option<crate::model::Days>);

/// The percentiles that the open work moves by more than 10 %.
fn differing(analysis: &Analysis, measure: Measure) -> Vec<Differing> {
    let d = &analysis.cycle.distribution;
    if measure != Measure::Cycle || d.n() < Distribution::ENOUGH {
        return Vec::new();
    }
    let survival = analysis.survival();
    let each = analysis
        .percentiles()
        .into_iter()
        .filter_map(|p| Some((p, d.percentile(p)?, survival.percentile(p))));
    each.filter(|(_, finished, with_open)| {
        with_open.is_none_or(|open| f64::from(open.0) > 1.1 * f64::from(finished.0))
    })
    .collect()
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let Some((measure, durations)) = analysis.durations() else { return Vec::new() };
    let tables = [percentiles(analysis, measure, durations), longest(analysis, durations)];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn percentiles(analysis: &Analysis, measure: Measure, durations: &Durations) -> Table {
    let d = &durations.distribution;
    let differ = !differing(analysis, measure).is_empty();
    let unit = say::capital(analysis.calendar().unit());
    let mut columns = vec![
        Column::text(t!("Share of items")),
        Column::number(say!("{unit} or less")),
        Column::number(t!("Items within")),
    ];
    if differ {
        columns.push(Column::number(t!("With the open counted")));
    }
    let percentiles = analysis.percentiles();
    let rows = percentiles.iter().filter(|_| d.n() >= Distribution::ENOUGH).filter_map(|&p| {
        let days = d.percentile(p)?;
        let mut row = vec![format!("{p}\u{a0}%"), say::number(days.0 as usize), say::number(d.within(days))];
        if differ {
            let survival = analysis.survival();
            row.push(match (survival.percentile(p), survival.longest()) {
                (Some(days), _) => say::number(days.0 as usize),
                (None, Some(longest)) => say!("over {}", say::number(longest.0 as usize)),
                (None, None) => String::new(),
            });
        }
        Some(row)
    });
    let rows = rows.collect();
    Table { title: say!("{} by percentile", say::capital(measure.name())), columns, rows }
}

fn longest(analysis: &Analysis, durations: &Durations) -> Table {
    const LONGEST: usize = 20;
    let mut longest: Vec<_> = durations.timed.iter().collect();
    longest.order_by_key(|timed| std::cmp::Reverse((timed.days, timed.end)));
    let rows = longest.iter().take(LONGEST).filter_map(|timed| {
        let item = analysis.data.items.get(timed.item)?;
        Some(vec![
            item.key.clone(),
            item.title.clone(),
            say::date(timed.start),
            say::date(timed.end),
            say::number(timed.days.0 as usize),
        ])
    });
    let n = durations.timed.len();
    Table {
        title: if n > LONGEST { say!("The {LONGEST} longest") } else { t!("All items").to_owned() },
        columns: vec![
            Column::text(t!("Item")),
            Column::text(t!("Title")),
            Column::text(t!("From")),
            Column::text(t!("To")),
            Column::number(t!("Days")),
        ],
        rows: rows.collect(),
    }
}
