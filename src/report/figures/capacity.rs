//! Around what comes in and leaves by team and area, and what relief of each stage would bring.

use super::{Column, Figure, FigureText, Table};
use crate::report::capacity::{
    Advice, Part, advised, gain_in_words, limit_in_words, name_of, people_in_words, stage_name,
};
use crate::report::{Analysis, say};

pub static PARTS: Figure =
    Figure { id: "parts", name: "What comes in and what leaves, by team and area", text: parts_text, tables };
pub static RELIEF: Figure = Figure {
    id: "relief",
    name: "What relief of each stage would bring",
    text: relief_text,
    tables: reliefs,
};

fn parts_text(analysis: &Analysis) -> Result<FigureText, String> {
    if let Some(why) = analysis.no_capacity() {
        return Err(why);
    }
    let capacity = analysis.capacity();
    let whole = capacity.parts.first().filter(|whole| whole.weeks > 0);
    let Some(whole) = whole else { return Err(t!("No whole week has passed.").to_owned()) };
    if whole.came.is_none() {
        return Err(t!("The data has no creation dates, so it can\u{2019}t tell what comes in. An export with a created column \
                    would.")
            .to_owned());
    }
    let growing: Vec<String> =
        capacity.parts.iter().skip(1).filter(|part| part.grows).take(3).map(name_of).collect();
    let more = advised(capacity, Advice::MorePeople).len();
    let tells = capacity.parts.iter().any(|part| part.advice != Advice::CannotTell);
    let finding = match (growing.as_slice(), whole.grows) {
        _ if !tells => t!("Too little comes and leaves to tell where open work grows").to_owned(),
        ([], true) => t!("More comes in than leaves in all, beyond noise, but no part stands out").to_owned(),
        ([], false) => t!("Nowhere does more come in than leaves, beyond noise").to_owned(),
        (growing, _) => say!("More comes in than leaves, beyond noise: {}", say::and(growing)),
    };
    let people = match more {
        0 => String::new(),
        n => say!(" In {} of them more people are the advice.", say::number(n)),
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "Items a week over the last {}: what comes in (ring) above what leaves (dot), each with its 95\u{a0}% interval. An item in \
             several areas counts in each.{people}",
            say::counted(whole.weeks, t!("whole week"), t!("whole weeks"))
        ),
    })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    if analysis.no_capacity().is_some() {
        return Vec::new();
    }
    let rate = |rate: &Option<crate::metrics::Rate>| {
        let said = |rate: &crate::metrics::Rate| {
            say!(
                "{} ({} to {})",
                say::decimal(rate.per_week),
                say::decimal(rate.between.low),
                say::decimal(rate.between.high)
            )
        };
        rate.as_ref().map(said).unwrap_or_default()
    };
    let row = |part: &Part| {
        let growth = part.came.zip(part.went).map(|(came, went)| say::signed(came.per_week - went.per_week));
        let [hold, clear] = match part.people_needed() {
            Some(needed) => needed.map(people_in_words),
            None => [String::new(), String::new()],
        };
        vec![
            name_of(part),
            rate(&part.came),
            rate(&part.went),
            growth.unwrap_or_default(),
            part.chance_of_growth.map(say::percent).unwrap_or_default(),
            say::number(part.open()),
            part.weeks_to_clear().map(say::decimal).unwrap_or_default(),
            say::number(part.in_progress),
            part.people.map(|people| people.to_string()).unwrap_or_default(),
            part.at_once().map(say::decimal).unwrap_or_default(),
            part.percentile.map(|days| say::number(days.0 as usize)).unwrap_or_default(),
            part.blocked.map(say::percent).unwrap_or_default(),
            hold,
            clear,
            part.advice.name().to_owned(),
        ]
    };
    let measure = analysis.durations().map_or(t!("cycle time"), |(measure, _)| measure.name());
    vec![Table {
        title: t!("What comes in and leaves by team and area").to_owned(),
        columns: vec![
            Column::text(t!("Part")),
            Column::number(t!("Come in a week")),
            Column::number(t!("Leave a week")),
            Column::number(t!("Growth a week")),
            Column::number(t!("Chance of growth")),
            Column::number(t!("Open items")),
            Column::number(t!("Weeks to clear")),
            Column::number(t!("In progress")),
            Column::number(t!("People")),
            Column::number(t!("In progress per person")),
            Column::number(say!("{}\u{a0}% of {measure}, days", analysis.counting().sle_percent)),
            Column::number(t!("Time blocked")),
            Column::number(t!("More people to hold")),
            Column::number(t!("to clear in 12 weeks")),
            Column::text(t!("Advice")),
        ],
        rows: analysis.capacity().parts.iter().map(row).collect(),
    }]
}

fn relief_text(analysis: &Analysis) -> Result<FigureText, String> {
    let finding = match (limit_in_words(analysis), analysis.no_reliefs()) {
        (Some(finding), None) => finding,
        (_, why) => return Err(why.unwrap_or_default()),
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "By how many days the {} percentile of the cycle time would come down if stays in a stage, and in the waiting \
             statuses before it, were half as long; the line is where nine in ten of the resampled gains lie. What happened \
             is replayed: work goes on sooner, but no stage holds more at once than it ever did. It says where relief \
             helps, not what it costs.",
            say::ordinal(analysis.counting().sle_percent)
        ),
    })
}

fn reliefs(analysis: &Analysis) -> Vec<Table> {
    let reliefs = analysis.reliefs();
    let rows = reliefs.stages.iter().map(|stage| {
        vec![
            stage_name(analysis, stage),
            say::percent(stage.share),
            gain_in_words(stage),
            say::percent(stage.chance_to_be_first),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Table {
        title: t!("What relief would bring, the most first").to_owned(),
        columns: vec![
            Column::text(t!("Stage")),
            Column::number(t!("Share of the time")),
            Column::number(t!("Gain")),
            Column::number(t!("Brings the most in")),
        ],
        rows,
    }]
}
