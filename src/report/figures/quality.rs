//! Around bugs: against features over time and by place, those that are open, and how long fixes take.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::Balance;
use crate::model::Days;
use crate::report::quality::{
    age_in_words, balance_changed, balance_in_words, headline, middle_in_words, produced, produced_between,
};
use crate::report::{Analysis, say};

pub static BUG_RATIO: Figure = Figure {
    id: "bug-ratio",
    name: "Bugs for each feature, over time",
    text: ratio_text,
    tables: ratio_tables,
};
pub static BUG_PLACES: Figure = Figure {
    id: "bug-places",
    name: "Bugs for each feature, by project and area",
    text: places_text,
    tables: places_tables,
};
pub static OPEN_BUGS: Figure =
    Figure { id: "open-bugs", name: "Open bugs and their age", text: open_text, tables: open_tables };
pub static TIME_TO_FIX: Figure =
    Figure { id: "time-to-fix", name: "Days to fix a bug", text: fix_text, tables: fix_tables };

fn supported(analysis: &Analysis) -> Result<(), String> {
    analysis.no_quality().map_or(Ok(()), Err)
}

fn ratio_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let quality = analysis.quality();
    let period = quality.period.map_or(t!("month"), |period| period.name());
    if quality.periods.is_empty() {
        return Err(say!("No bug was {} and no feature finished in this time.", analysis.bugs_were()));
    }
    let (balance, _) = headline(analysis);
    let change = match balance_changed(analysis).filter(|_| balance == quality.now) {
        Some(true) => produced(&quality.before).map(|then| say!("; it was {then} before, beyond noise")),
        Some(false) => Some(t!("; against the period before nothing changed beyond noise").to_owned()),
        None => None,
    };
    let each = match produced(&balance) {
        Some(ratio) => say!("{ratio} bugs for each feature"),
        None => t!("no feature to hold them against").to_owned(),
    };
    Ok(FigureText {
        finding: format!("{}: {each}{}", balance_in_words(analysis), change.unwrap_or_default()),
        caption: say!(
            "Bugs {bugs_were} ÷ features finished in each {period}; the lines are exact 95\u{a0}% intervals, with an arrow \
             where they go on beyond the picture. Over 1 (dashed) they were more bugs than features; diamonds are so \
             beyond doubt. {period_s} without a \
             feature have no ratio.",
            bugs_were = analysis.bugs_were(),
            period_s = say::capital(&say!("{period}s"))
        ),
    })
}

fn balance_cells(balance: &Balance) -> Vec<String> {
    vec![
        say::number(balance.bugs_created),
        say::number(balance.bugs_finished),
        say::number(balance.features_finished),
        produced(balance).unwrap_or_default(),
        produced_between(balance).unwrap_or_default(),
        balance.fixed().map(say::factor_of).unwrap_or_default(),
    ]
}

fn balance_columns(reports: bool) -> Vec<Column> {
    vec![
        Column::number(if reports { t!("Bugs reported") } else { t!("Bugs") }),
        Column::number(t!("Bugs fixed")),
        Column::number(t!("Features finished")),
        Column::number(if reports { t!("Bugs reported per feature") } else { t!("Bugs fixed per feature") }),
        Column::number(t!("95\u{a0}% interval")),
        Column::number(t!("Bugs fixed per feature")),
    ]
}

fn ratio_tables(analysis: &Analysis) -> Vec<Table> {
    let quality = analysis.quality();
    let rows = quality.periods.iter().rev().map(|(first, balance)| {
        let mut row = vec![say::date(*first)];
        row.extend(balance_cells(balance));
        row
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![Column::text(t!("From"))];
    columns.extend(balance_columns(analysis.knows_reports()));
    let period = quality.period.map_or(t!("month"), |period| period.name());
    vec![Table { title: say!("Bugs and features by {period}, newest first"), columns, rows }]
}

fn places_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let quality = analysis.quality();
    if quality.places.is_empty() {
        return Err(t!(
            "There is one project or none, and no areas or components, or too little of each: nothing to set \
                    beside the whole."
        )
        .to_owned());
    }
    let whole = quality.whole.produced().unwrap_or_default();
    let differing = |more: bool| -> Vec<String> {
        let places = quality.places.iter().filter(|place| place.differs);
        let ratio =
            |place: &&crate::report::quality::Place| place.balance.produced().unwrap_or(f64::INFINITY);
        let of = places.filter(|place| (ratio(place) > whole) == more);
        of.take(3).map(|place| say!("{} “{}”", t!(place.what), place.name)).collect()
    };
    let finding = match (differing(true).as_slice(), differing(false).as_slice()) {
        ([], []) => {
            t!("No project or area has more bugs for each feature than the rest, beyond noise").to_owned()
        }
        ([], fewer) => {
            say!("Fewer bugs for each feature than elsewhere, beyond noise: {}", say::and(fewer))
        }
        (more, _) => say!("More bugs for each feature than elsewhere, beyond noise: {}", say::and(more)),
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "Bugs {} ÷ features finished in each (dot, with its exact 95\u{a0}% interval) and in all together (ring, {}); \
             in brackets as many bugs and features. Diamonds are more than elsewhere beyond noise, squares fewer. \
             A place differs where a tenth of what is told may be false, all places considered. Beside it in the table: its \
             size, how old the work there is, and how much is in progress for each person; an old or busy part of a \
             product has more bugs than a new one, whoever works there.",
            analysis.bugs_were(),
            say::factor_of(whole)
        ),
    })
}

fn places_tables(analysis: &Analysis) -> Vec<Table> {
    let quality = analysis.quality();
    let rows = quality.places.iter().map(|place| {
        let mut row = vec![say!("{} “{}”", say::capital(t!(place.what)), place.name)];
        row.extend(balance_cells(&place.balance));
        row.extend([
            say::number(place.size),
            place.since.map(|since| age_in_words(since, analysis.as_of)).unwrap_or_default(),
            say::number(place.open_bugs),
            say::number(place.in_progress),
            match place.people {
                0 => String::new(),
                people => say::decimal(place.in_progress as f64 / people as f64),
            },
            if place.differs { t!("differs from the rest") } else { t!("within noise") }.to_owned(),
        ]);
        row
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![Column::text(t!("Where"))];
    columns.extend(balance_columns(analysis.knows_reports()));
    columns.extend([
        Column::number(t!("Items finished")),
        Column::number(t!("Work there since")),
        Column::number(t!("Open bugs")),
        Column::number(t!("In progress")),
        Column::number(t!("In progress per person")),
        Column::text(t!("Against the rest")),
    ]);
    vec![Table { title: t!("Bugs and features by project and area").to_owned(), columns, rows }]
}

fn open_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    analysis.no_reports().map_or(Ok(()), Err)?;
    let open = &analysis.quality().open;
    let (Some(now), Some(age)) = (open.open.last(), open.age.last()) else {
        return Err(t!("No whole week has passed since the first bug.").to_owned());
    };
    let age = age.map(|age| say!(", half of them {} old or older", analysis.days(age))).unwrap_or_default();
    Ok(FigureText {
        finding: say!(
            "{} at the end of the last whole week{age}",
            say::counted(*now as usize, t!("bug was open"), t!("bugs were open"))
        ),
        caption: t!("Above, the bugs that were open at the end of each week. Below, the age of the middle one, in the days \
                  since it was reported: it grows where old ones are left while new ones are fixed.")
            .to_owned(),
    })
}

fn open_tables(analysis: &Analysis) -> Vec<Table> {
    let open = &analysis.quality().open;
    let rows = (0..open.weeks.len()).rev().filter_map(|n| {
        let age = open.age.get(n).copied().flatten();
        Some(vec![
            say::date(*open.weeks.get(n)?),
            say::number(*open.open.get(n)? as usize),
            age.map(|age| say::number(age.0 as usize)).unwrap_or_default(),
        ])
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Table {
        title: t!("Open bugs by week, newest first").to_owned(),
        columns: vec![
            Column::text(t!("End of week")),
            Column::number(t!("Open bugs")),
            Column::number(say!("Age of the middle one, {}", analysis.calendar().unit())),
        ],
        rows,
    }]
}

fn fix_text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    analysis.no_reports().map_or(Ok(()), Err)?;
    let quality = analysis.quality();
    let Some(fixes) = quality.fixes else {
        return Err(t!(
            "Fewer than five bugs were fixed with both days known: too few to tell how long it takes."
        )
        .to_owned());
    };
    let period = quality.period.map_or(t!("month"), |period| period.name());
    if quality.fixes_by_period.iter().all(|(_, middle)| middle.is_none()) {
        return Err(say!(
            "Half of the bugs that were fixed took {} or less; in no {period} were there five, so there is nothing over time.",
            middle_in_words(analysis, &fixes)
        ));
    }
    Ok(FigureText {
        finding: say!("Half of the bugs that were fixed took {} or less", middle_in_words(analysis, &fixes)),
        caption: say!(
            "The median {} from report to fix of the bugs that were fixed in each {period}, {period}s with fewer than five left \
             out; the lines are its 95\u{a0}% intervals. What is still open is not in it. Where fixes of old bugs come \
             together, it rises without anybody being slower.",
            analysis.calendar().unit()
        ),
    })
}

fn fix_tables(analysis: &Analysis) -> Vec<Table> {
    let quality = analysis.quality();
    let rows = quality.fixes_by_period.iter().rev().filter_map(|(first, middle)| {
        let middle = middle.as_ref()?;
        let days = |days: f64| say::number(Days(days.round().max(0.0) as u32).0 as usize);
        Some(vec![
            say::date(*first),
            say::number(middle.n),
            days(middle.days),
            middle.between.map(|i| say!("{} to {}", days(i.low), days(i.high))).unwrap_or_default(),
        ])
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let period = quality.period.map_or(t!("month"), |period| period.name());
    vec![Table {
        title: say!("Days to fix by {period} of the fix, newest first"),
        columns: vec![
            Column::text(t!("From")),
            Column::number(t!("Fixed")),
            Column::number(say!("Median {}", analysis.calendar().unit())),
            Column::number(t!("95\u{a0}% interval")),
        ],
        rows,
    }]
}
