//! Does work overshoot by weeks or months again and again? Then there is a cause to find.

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::model::Role;
use crate::report::estimates::estimate_answers;
use crate::report::figures::{GOES_WITH, OVERSHOOT as CHART};
use crate::report::{Analysis, say};

pub static OVERSHOOT: Source = Source { id: "overshoot", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let estimates = analysis.estimates();
    let (by_weeks, by_months) = (estimates.weeks.is_regular(), estimates.months.is_regular());
    if !by_weeks && !by_months {
        return None;
    }
    let drawn: Vec<_> =
        estimates.periods.iter().filter_map(|(first, f)| Some((*first, f.as_ref()?))).collect();
    let drawn = &drawn[drawn.len().saturating_sub(24)..];
    let fact = over(&CHART, analysis)?;
    let goes_with = goes_with(analysis);
    let frequent = estimates.weeks.is_frequent() || estimates.months.is_frequent();
    let meaning = match role {
        Role::Cto => {
            t!(
                "Again and again is no bad luck: there is a problem under it. Look for what these have in common, not for who did \
             them."
            )
        }
        Role::VpEngineering => {
            t!(
                "Take the last three of them and ask what was found out late. It is the same thing more often than not."
            )
        }
        Role::ProjectManager => {
            t!(
                "Some of what you promise will be weeks late. Say so with the date, and look early at what has the signs."
            )
        }
        Role::ProductManager => {
            t!("Before you choose one of these, ask for its smallest part: that is what comes in time.")
        }
        Role::Engineer => {
            t!("If yours turns out to be one, say it on the day you know: it is expected, and it helps.")
        }
        Role::Stakeholder => t!("Some of what is told takes weeks longer; it is being looked into."),
    };
    let id = if by_months { "over-months" } else { "over-weeks" };
    let answer = estimate_answers(analysis).into_iter().find(|answer| answer.id == id)?;
    let series = drawn.iter().map(|(_, found)| {
        let share = if by_months { found.over_months } else { found.over_weeks };
        share.share().unwrap_or_default()
    });
    let first = drawn.first().map(|(first, _)| say::month(*first));
    let last = drawn.last().map(|(first, _)| say::month(*first));
    Some(Finding {
        id: "overshoot",
        topic: if by_months { t!("overshooting by months") } else { t!("overshooting by weeks") },
        weight: if frequent || by_months { Weight::Act } else { Weight::Watch },
        number: answer.number.clone(),
        unit: answer.unit.clone(),
        fact: format!("{fact}{goes_with}"),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Line {
            values: series.collect(),
            middle: Some(crate::metrics::Overshoot::RATE),
            limits: None,
            top: None,
            ends: (first.unwrap_or_default(), last.unwrap_or_default()),
        }),
        place: Some(Place::Estimates(CHART.id)),
        question: t!("What did we find out late in the last three of these, and could we have known?")
            .to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}

/// " Overshooting goes with …", where anything is told.
fn goes_with(analysis: &Analysis) -> String {
    match analysis.goes_with().told().count() {
        0 => String::new(),
        _ => over(&GOES_WITH, analysis).map(|said| format!(" {said}")).unwrap_or_default(),
    }
}
