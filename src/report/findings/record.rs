//! How often what could be said at the beginning of a month came true in it.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::{Attainment, walk_forward};
use crate::model::Role;
use crate::report::{Explanation, Selection, say};

pub static RECORD: Source = Source { id: "record", find };

const MONTHS: usize = 12;

/// Fewer months are no record.
const ENOUGH: usize = 3;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let (measure, durations) = analysis.durations()?;
    let percent = analysis.counting().sle_percent;
    let record = walk_forward(durations, percent, analysis.as_of, MONTHS);
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
        () if between.high < wanted => ("less often than said", true),
        () if between.low > wanted => ("more often than said", false),
        () => ("as often as said, within luck", false),
    };
    let shares: Vec<f64> = record.iter().filter_map(|kept| kept.attained.share()).collect();
    let least = shares.iter().copied().fold(1.0, f64::min);
    let most = shares.iter().copied().fold(0.0, f64::max);
    let meaning = match (role, is_weak) {
        (Role::Stakeholder, true) => "Take the day with a margin, and ask why it has not held.",
        (Role::Stakeholder, false) => "What is said here can be built on, as far as its past tells.",
        (_, true) => "Add a margin until the record is better.",
        _ => "A promise with a record: say both.",
    };
    let days = say::counted(record.len(), "month", "months");
    Some(Finding {
        id: "record",
        weight: if is_weak { Weight::Act } else { Weight::Calm },
        number: Some(say::percent(real)),
        unit: format!("of what was {share} sure came true, over {days}"),
        fact: format!(
            "Said at the beginning of each of the last {days} with what was known then, “{share} sure” came true for {} of {}: \
             {verdict}. By month it was {} to {}.",
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
        place: Place::CycleTime("service-level"),
        question: "Where did it not come true, and did anybody hear of it in time?".to_owned(),
        explanation: Some(Explanation {
            definition: format!(
                "For each month: the {} percentile of the {} of everything finished before it, and the share of the \
                 month\u{2019}s finished items that took no longer. “Less” and “more often” are where {share} lies outside the \
                 95\u{a0}% interval of the share (Wilson). Months with fewer than 20 items before them are left out.",
                say::ordinal(percent),
                measure.name()
            ),
            window: format!("{} to {}.", say::month(first.month), say::month(last.month)),
            items: format!("{} finished in these months.", say::items(all.n)),
            selection: Some(Selection::Durations(measure)),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
