//! How often what could be said at the beginning of a month came true in it.

use super::cadence::is_slower_pace;
use super::{Desk, Finding, Picture, Source, Weight};
use crate::metrics::Attainment;
use crate::model::Role;
use crate::report::{Explanation, Measure, RECORD_MONTHS, say};

pub static RECORD: Source = Source { id: "record", find };

/// Fewer months are no record.
const ENOUGH: usize = 3;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let (measure, _) = analysis.durations()?;
    let percent = analysis.counting().sle_percent;
    let record = analysis.record();
    let (first, last) = (record.first()?, record.last()?);
    if record.len() < ENOUGH {
        return None;
    }
    let all = record.iter().fold(Attainment::default(), |sum, kept| Attainment {
        within: sum.within + kept.attained.within,
        n: sum.n + kept.attained.n,
    });
    let (real, between) = all.share().zip(all.interval())?;
    let wanted = f64::from(percent) / 100.0;
    let share = analysis.percent();
    let (verdict, is_weak) = match () {
        () if between.high < wanted => (t!("less often than said"), true),
        () if between.low > wanted => (t!("more often than said"), false),
        () => (t!("luck alone explains the difference"), false),
    };
    let shares: Vec<f64> = record.iter().filter_map(|kept| kept.attained.share()).collect();
    let least = shares.iter().copied().fold(1.0, f64::min);
    let most = shares.iter().copied().fold(0.0, f64::max);
    let meaning = match (role, is_weak) {
        _ if is_slower_pace(analysis) => {
            t!("It is of the time before the pace slowed: ask what it is worth now.")
        }
        (Role::Stakeholder, true) => t!("Take the day with a margin, and ask why it has not held."),
        (Role::Stakeholder, false) => t!("What is told here can be built on, as far as its past goes."),
        (Role::Cto, true) => {
            t!(
                "What is said at the beginning does not hold: find out what comes in between before asking for more speed."
            )
        }
        (Role::Cto, false) => {
            t!("This is dependability: what others can be told, and how often it came true.")
        }
        (_, true) => t!("Add a margin until the record is better."),
        _ => t!("Say the day together with this record."),
    };
    let begun = if measure == Measure::Cycle { t!("begun") } else { t!("asked for") };
    let months = match record.len() {
        RECORD_MONTHS => say!("the last {RECORD_MONTHS} months"),
        n => say!("{n} of the last {RECORD_MONTHS} months"),
    };
    Some(Finding {
        id: "record",
        topic: t!("how well it holds"),
        weight: if is_weak { Weight::Act } else { Weight::Calm },
        number: Some(say::percent(real)),
        unit: say!("was done by the day told as {share} sure, of work {begun} in {months}"),
        fact: say!(
            "Told at the beginning of each month with what was known then, “{share} sure” came true for {} of {} {begun} in \
             {months}: {verdict}. By month it was {} to {}. What is still open after its day counts as a miss.",
            say::percent(real),
            say::items(all.n),
            say::percent(least),
            say::percent(most)
        ),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Line {
            values: shares,
            middle: Some(wanted),
            limits: None,
            top: Some(1.0),
            ends: (say::month(first.month), say::month(last.month)),
        }),
        place: None,
        question: t!("Where did it not come true, and did anybody hear of it in time?").to_owned(),
        explanation: Some(Explanation {
            definition: say!(
                "For each month: the days that {share} of the {} was told to take by everything known before it (Kaplan–Meier), and \
                 the share of the work {begun} in the month that made them. Counted is what has had its days; what was given \
                 up is not. “Less” and “more often” are where {share} lies outside the 95\u{a0}% interval (Wilson). Months \
                 with fewer than 20 finished items before them are left out.",
                measure.name()
            ),
            window: say!("{} to {}.", say::month(first.month), say::month(last.month)),
            items: say!("{} {begun} in these months that have had their days.", say::items(all.n)),
            selection: None,
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
