//! Around the service level by month.

use super::{Column, Figure, FigureText, Table};
use crate::report::{Analysis, say};

pub static SERVICE_LEVEL: Figure =
    Figure { id: "service-level", name: "Service level by month", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let Some(level) = analysis.service_level() else {
        return Err(match analysis.durations() {
            Some((measure, d)) => say!(
                "{} of {} known: five are needed for a service level.",
                say::items(d.distribution.n()),
                measure.name()
            ),
            None => analysis.no_durations(),
        });
    };
    let wanted = f64::from(level.percent) / 100.0;
    let percent = analysis.percent();
    let limit = analysis.days(level.limit);
    let told: Vec<_> = level.months.iter().filter(|(_, a)| a.n > 0).collect();
    let below: Vec<_> = told.iter().filter(|(_, attained)| attained.misses(wanted)).collect();
    let finding = match (below.last(), level.whole.share()) {
        (Some((month, _)), _) => say!(
            "{percent} within {limit} was missed beyond noise in {} of {}, last in {}",
            say::number(below.len()),
            say::counted(told.len(), "month", "months"),
            say::month(*month)
        ),
        (None, Some(share)) if level.promised => say!(
            "{} finished within the {limit} promised, and no month was below {percent} beyond noise",
            say::percent(share)
        ),
        _ => say!("{percent} within {limit}: no month was below it beyond noise"),
    };
    let source = match level.promised {
        true => t!("The days are those you promised."),
        false => {
            t!(
                "The days are what that share of all the work shown took; set a promise under Data to be measured by it."
            )
        }
    };
    let caption = say!(
        "The share of each month\u{2019}s finished items that took {limit} or less, with its 95\u{a0}% interval (Wilson): \
         the fewer items, the longer the bar. Missed is a month in which luck alone would leave so few in fewer than 1 of \
         40. {source}"
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let Some(level) = analysis.service_level() else { return Vec::new() };
    let rows = level.months.iter().rev().map(|(month, attainment)| {
        let (low, high) = attainment.interval().map_or((String::new(), String::new()), |interval| {
            (say::percent(interval.low), say::percent(interval.high))
        });
        vec![
            say::month(*month),
            say::number(attainment.n),
            say::number(attainment.within),
            attainment.share().map(say::percent).unwrap_or_default(),
            low,
            high,
        ]
    });
    vec![Table {
        title: t!("Service level by month, newest first").to_owned(),
        columns: vec![
            Column::text(t!("Month")),
            Column::number(t!("Finished")),
            Column::number(t!("Within")),
            Column::number(t!("Share within")),
            Column::number(t!("At least")),
            Column::number(t!("At most")),
        ],
        rows: rows.collect(),
    }]
}
