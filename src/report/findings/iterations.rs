//! What was planned for an iteration against what was done in it.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::{Attainment, iterations};
use crate::model::{Role, days_between};
use crate::order::InOrder;
use crate::report::{Explanation, Selection, say};

pub static ITERATIONS: Source = Source { id: "iterations", find };

/// So many are told of.
const LAST: usize = 12;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let each = analysis.data.items.iter().map(AsRef::as_ref);
    let all = iterations(each, &analysis.dates, analysis.window)?;
    let last = &all[all.len().saturating_sub(LAST)..];
    let stale = |iteration: &crate::metrics::Iteration| days_between(iteration.middle, analysis.as_of) > 84;
    // What was planned months ago tells nothing of the next plan.
    if last.len() < 3 || last.last().is_none_or(stale) {
        return None;
    }
    let sum = last.iter().fold(Attainment::default(), |sum, iteration| Attainment {
        within: sum.within + iteration.done.within,
        n: sum.n + iteration.done.n,
    });
    let share = sum.share()?;
    let shares: Vec<f64> = last.iter().filter_map(|iteration| iteration.done.share()).collect();
    let range = |pick: fn(f64, f64) -> f64| shares.iter().copied().reduce(pick).unwrap_or_default();
    let (least, most) = (range(f64::min), range(f64::max));
    let low = sum.interval().is_some_and(|between| between.high < 0.8);
    let (first, end) = (last.first()?, last.last()?);
    let mut items: Vec<usize> = last.iter().flat_map(|iteration| iteration.items.iter().copied()).collect();
    items.order();
    items.dedup();
    let meaning = match (role, low) {
        (Role::ProjectManager, true) => {
            t!("Plan less: an iteration that is never done teaches nobody anything.")
        }
        (Role::ProjectManager, false) => t!("Plan the next one by this share, not by what fits in."),
        (Role::ProductManager, true) => {
            t!("What you are promised for an iteration is more than will come: order it by need.")
        }
        (Role::VpEngineering, true) => {
            t!("More is taken in than comes out, again and again: capacity or interruptions.")
        }
        _ => t!("It says how much an iteration\u{2019}s plan is worth here."),
    };
    Some(Finding {
        id: "iterations",
        topic: t!("the iterations"),
        weight: if low { Weight::Watch } else { Weight::Calm },
        number: Some(say::percent(share)),
        unit: say!("of what was in an iteration was done in it, over the last {}", last.len()),
        fact: say!(
            "From “{}” to “{}”: {} of {}, {} to {} in one of them. What was carried over counts in each it was in.",
            first.name,
            end.name,
            say::number(sum.within),
            say::number(sum.n),
            say::percent(least),
            say::percent(most)
        ),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Line {
            values: shares,
            middle: None,
            limits: None,
            top: Some(1.0),
            ends: (say::date(first.middle), say::date(end.middle)),
        }),
        place: Some(Place::Items),
        question: t!("What would we leave out so that the next iteration holds?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("An item belongs to every iteration it names and is done in the last of them, if it is finished. What \
                         was added while an iteration ran is not told from what was planned. An iteration is over when \
                         nothing in it is open, or nothing was finished in it for 28 days; the order is that of the middle \
                         finish in each, for the export names no days.")
                .to_owned(),
            window: say!("The last {} iterations that are over.", last.len()),
            items: say!(
                "{} in them, counted {} times: each in every iteration it was in.",
                say::items(items.len()),
                say::number(sum.n)
            ),
            selection: Some(Selection::Listed(items)),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
