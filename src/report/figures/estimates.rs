//! Around estimates: each against what it became, and over time how many were in the ballpark, which way they leaned,
//! and how many overshot by weeks and by months.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::{Accuracy, Attainment, Judged};
use crate::order::InOrder;
use crate::report::estimates::{
    Overshoots, ballpark_in_words, bias_in_words, much_in_words, overshoot_in_words, overshoots,
    share_in_words, unit_in_words,
};
use crate::report::{Analysis, say};

pub static ESTIMATES: Figure =
    Figure { id: "estimates", name: "Estimates against what they became", text, tables };
pub static BALLPARK: Figure =
    Figure { id: "ballpark", name: "In the ballpark, over time", text: share_text, tables: share_tables };
pub static BIAS: Figure =
    Figure { id: "bias", name: "Bias and spread, over time", text: bias_text, tables: bias_tables };
pub static OVERSHOOT: Figure = Figure {
    id: "overshoot",
    name: "Overshooting, over time",
    text: overshoot_text,
    tables: overshoot_tables,
};

fn supported(analysis: &Analysis) -> Result<Accuracy, String> {
    match (analysis.no_estimates(), analysis.estimates().whole) {
        (None, Some(whole)) => Ok(whole),
        (why, _) => Err(why.unwrap_or_default()),
    }
}

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    supported(analysis)?;
    let estimates = analysis.estimates();
    let open = match estimates.open.len() {
        0 => String::new(),
        n => say!(
            " The {} in progress that have both numbers are rings with a line upwards: what they took so far is the \
             least they will take.",
            say::number(n)
        ),
    };
    let unclear = match estimates.unclear.len() {
        0 => String::new(),
        n => say!(
            " {} in a status of which nobody has said what it means: say it under Data.",
            if n == 1 { t!("One item is").to_owned() } else { say!("{} items are", say::number(n)) }
        ),
    };
    Ok(FigureText {
        finding: share_in_words(analysis).unwrap_or_default(),
        caption: say!(
            "Each dot is an item: across what was estimated, upwards what it became, both in {} and on \
             logarithmic axes, on which twice as much and half as much are as far away. On the line it took what was \
             estimated; within the band it took {}. A stronger dot stands for several items.{open}{unclear}",
            unit_in_words(estimates.unit),
            ballpark_in_words(analysis.counting().ballpark)
        ),
    })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let estimates = analysis.estimates();
    const MOST: usize = 20;
    let mut furthest: Vec<&Judged> = estimates.judged.iter().collect();
    furthest.order_by(|a, b| (b.actual - b.estimate).total_cmp(&(a.actual - a.estimate)));
    let rows = furthest.iter().take(MOST).filter(|one| one.actual > one.estimate).filter_map(|one| {
        let item = analysis.data.items.get(one.item)?;
        Some(vec![
            item.key.clone(),
            item.title.clone(),
            analysis.amount(one.estimate),
            analysis.amount(one.actual),
            say::times(one.ratio()),
            one.end.map(say::date).unwrap_or_default(),
        ])
    });
    let columns = vec![
        Column::text(t!("Item")),
        Column::text(t!("Title")),
        Column::number(t!("Estimated")),
        Column::number(t!("Took")),
        Column::number(t!("Ratio")),
        Column::text(t!("Finished")),
    ];
    let rows: Vec<Vec<String>> = rows.collect();
    let longest = Table { title: say!("The {} furthest over", say::number(rows.len())), columns, rows };
    [by_size(analysis), longest].into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// By what was estimated: the ten estimates that are most often given.
fn by_size(analysis: &Analysis) -> Table {
    let estimates = analysis.estimates();
    let mut sorted: Vec<Judged> = estimates.judged.clone();
    sorted.order_by(|a, b| a.estimate.total_cmp(&b.estimate));
    let mut chunks: Vec<&[Judged]> = sorted.chunk_by(|a, b| a.estimate == b.estimate).collect();
    chunks.order_by_key(|chunk| std::cmp::Reverse(chunk.len()));
    chunks.truncate(10);
    chunks.order_by(|a, b| a[0].estimate.total_cmp(&b[0].estimate));
    let factor = analysis.counting().ballpark;
    let rows = chunks.iter().filter(|chunk| chunk.len() >= 5).filter_map(|chunk| {
        let found = crate::metrics::accuracy(*chunk, factor, estimates.unit)?;
        let mut actuals: Vec<f64> = chunk.iter().map(|one| one.actual).collect();
        actuals.order_by(f64::total_cmp);
        let at = |p: usize| actuals.get((actuals.len() * p).div_ceil(100).saturating_sub(1)).copied();
        Some(vec![
            analysis.amount(chunk[0].estimate),
            say::number(chunk.len()),
            analysis.amount(at(50)?),
            analysis.amount(at(85)?),
            found.in_ballpark.share().map(say::percent)?,
        ])
    });
    Table {
        title: t!("What the most frequent estimates became").to_owned(),
        columns: vec![
            Column::text(t!("Estimated")),
            Column::number(t!("Items")),
            Column::number(t!("Half took at most")),
            Column::number(t!("85\u{a0}% took at most")),
            Column::number(t!("In the ballpark")),
        ],
        rows: rows.collect(),
    }
}

fn by_time(analysis: &Analysis) -> Result<Accuracy, String> {
    let whole = supported(analysis)?;
    let some = analysis.estimates().periods.iter().filter(|(_, found)| found.is_some()).count();
    match some {
        0 => {
            Err(t!("No finish date is known of what was estimated, so there is nothing over time.")
                .to_owned())
        }
        _ => Ok(whole),
    }
}

fn when(analysis: &Analysis) -> String {
    let period = analysis.estimates().period.name();
    say!(
        "by the {period} in which items were finished; the lines are 95\u{a0}% intervals, longer where there are few, and an arrow \
         says that one goes on beyond the picture"
    )
}

fn share_text(analysis: &Analysis) -> Result<FigureText, String> {
    by_time(analysis)?;
    let estimates = analysis.estimates();
    let period = estimates.period.name();
    let last = estimates.periods.iter().rev().find_map(|(first, found)| Some((first, found.as_ref()?)));
    let changed = ballpark_change(analysis).map(|(said, _)| said);
    let latest = last.and_then(|(first, found)| {
        Some(say!(
            "{} of {} in the ballpark in the last {period} with any, from {}",
            say::number(found.in_ballpark.within),
            say::items(found.in_ballpark.n),
            say::date(*first)
        ))
    });
    Ok(FigureText {
        finding: changed.unwrap_or_else(|| latest.unwrap_or_default()),
        caption: say!(
            "The share that took {}, {}. Diamonds are less than two in three beyond doubt.",
            ballpark_in_words(analysis.counting().ballpark),
            when(analysis)
        ),
    })
}

/// Whether the share in the ballpark of the last six periods differs from that of those before, in words, and whether
/// that is more than noise.
pub fn ballpark_change(analysis: &Analysis) -> Option<(String, Lately)> {
    let estimates = analysis.estimates();
    let each: Vec<Attainment> =
        estimates.periods.iter().filter_map(|(_, found)| Some(found.as_ref()?.in_ballpark)).collect();
    let sum = |part: &[Attainment]| {
        part.iter().fold(Attainment::default(), |sum, one| Attainment {
            within: sum.within + one.within,
            n: sum.n + one.n,
        })
    };
    let recent = each.len().checked_sub(6).filter(|earlier| *earlier > 0)?;
    let (before, now) = (sum(&each[..recent]), sum(&each[recent..]));
    let change = crate::metrics::change::of_shares(before, now)?;
    let said = |share: f64| say::percent(share);
    let period = estimates.period.name();
    let is_news = change.is_more_than_noise();
    let said = match is_news {
        true if change.now > change.before => {
            say!(
                "Better lately: {} in the last six {period}s with any, {} before",
                said(change.now),
                said(change.before)
            )
        }
        true => say!(
            "Worse lately: {} in the last six {period}s with any, {} before",
            said(change.now),
            said(change.before)
        ),
        false => say!(
            "No change beyond noise: {} in the last six {period}s with any, {} before",
            said(change.now),
            said(change.before)
        ),
    };
    let lately = match is_news {
        true if change.now > change.before => Lately::Better,
        true => Lately::Worse,
        false => Lately::Same,
    };
    Some((said, lately))
}

/// Whether estimates have become another, by more than noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lately {
    Better,
    Worse,
    Same,
}

fn bias_text(analysis: &Analysis) -> Result<FigureText, String> {
    let whole = by_time(analysis)?;
    let lean = |found: &Accuracy| match found.bias_between {
        Some(i) if i.low > 1.0 => Some(true),
        Some(i) if i.high < 1.0 => Some(false),
        _ => None,
    };
    let estimates = analysis.estimates();
    let leaning: Vec<bool> =
        estimates.periods.iter().filter_map(|(_, found)| found.as_ref().and_then(lean)).collect();
    let over = leaning.iter().filter(|over| **over).count();
    let (period, n) =
        (estimates.period.name(), estimates.periods.iter().filter(|(_, f)| f.is_some()).count());
    let often = match (over, leaning.len() - over) {
        (0, 0) => say!("in none of {} beyond doubt", say::counted(n, period, &say!("{period}s"))),
        (over, under) => say!(
            "too little in {} of {}, too much in {}, beyond doubt",
            say::number(over),
            say::counted(n, period, &say!("{period}s")),
            say::number(under)
        ),
    };
    Ok(FigureText {
        finding: say!("The middle item took {}; estimates leaned {often}", bias_in_words(whole.bias)),
        caption: say!(
            "The middle ratio of what it took to what was estimated, {}. Diamonds are off 1 beyond doubt. The pale band around it is the spread: about two in \
             three lie within it. At 1 work took what was estimated.",
            when(analysis)
        ),
    })
}

fn overshoot_text(analysis: &Analysis) -> Result<FigureText, String> {
    by_time(analysis)?;
    let estimates = analysis.estimates();
    let weeks = || overshoot_in_words(analysis, true);
    let finding = match (overshoots(analysis, true), overshoots(analysis, false)) {
        (_, Overshoots::Regularly) => {
            say!("Regular overshoot by months: {}", overshoot_in_words(analysis, false))
        }
        (Overshoots::Regularly, _) => say!("Regular overshoot by weeks: {}", weeks()),
        (Overshoots::No, _) => say!("No regular overshoot by weeks: {}", weeks()),
        (Overshoots::Undated, _) => {
            say!(
                "Most of what went over by weeks has no day of finish and is not drawn; of the rest, {}",
                weeks()
            )
        }
        (Overshoots::TooLittle, _) => say!("Too little to say whether overshoot is regular: {}", weeks()),
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "The share that took {} more than estimated or longer (dots), and {} (rings), {}. Diamonds are over a tenth beyond \
             doubt. Regular is in four of the last \
             six {}s, or more than a tenth of these beyond doubt (dashed).",
            much_in_words(analysis, true),
            much_in_words(analysis, false),
            when(analysis),
            estimates.verdict_period.name()
        ),
    })
}

fn share_tables(analysis: &Analysis) -> Vec<Table> {
    period_table(analysis, t!("In the ballpark"), &[t!("In the ballpark")], |found| {
        vec![share(found.in_ballpark)]
    })
}

fn bias_tables(analysis: &Analysis) -> Vec<Table> {
    let factor = |value: f64, between: Option<crate::metrics::Interval>| {
        let between = between.map(|i| say!(" ({} to {})", say::factor_of(i.low), say::factor_of(i.high)));
        format!("{}{}", say::factor_of(value), between.unwrap_or_default())
    };
    period_table(analysis, t!("Bias and spread"), &[t!("Bias"), t!("Spread")], |found| {
        vec![factor(found.bias, found.bias_between), factor(found.spread, found.spread_between)]
    })
}

fn overshoot_tables(analysis: &Analysis) -> Vec<Table> {
    period_table(analysis, t!("Overshooting"), &[t!("Over by weeks"), t!("Over by months")], |found| {
        vec![share(found.over_weeks), share(found.over_months)]
    })
}

/// "5 % (2 % to 9 %)".
fn share(share: Attainment) -> String {
    let interval = share.interval();
    let between = interval.map(|i| say!(" ({} to {})", say::percent(i.low), say::percent(i.high)));
    format!("{}{}", share.share().map(say::percent).unwrap_or_default(), between.unwrap_or_default())
}

fn period_table(
    analysis: &Analysis,
    what: &str,
    names: &[&'static str],
    cells: impl Fn(&Accuracy) -> Vec<String>,
) -> Vec<Table> {
    let estimates = analysis.estimates();
    let rows = estimates.periods.iter().rev().filter_map(|(first, found)| {
        let found = found.as_ref()?;
        let mut row = vec![say::date(*first), say::number(found.in_ballpark.n)];
        row.extend(cells(found));
        Some(row)
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![Column::text(t!("From")), Column::number(t!("Items"))];
    columns.extend(names.iter().map(|name| Column::number(*name)));
    let title = say!("{what} by {}, newest first, with 95\u{a0}% intervals", estimates.period.name());
    vec![Table { title, columns, rows }]
}
