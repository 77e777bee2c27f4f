//! What can be said of work that is begun now: by when it will be done, and how sure that is.

use super::cadence::pace;
use super::{Desk, Finding, Place, Source, Weight};
use crate::metrics::{Distribution, known_by};
use crate::model::{Date, Days, Role, day_from_number, day_number};
use crate::report::home::explain_durations;
use crate::report::{Analysis, Explanation, Measure, Selection, say};

pub static WHEN: Source = Source { id: "when", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let (measure, durations) = analysis.durations()?;
    let percent = analysis.counting().sle_percent;
    let outcomes = analysis.outcomes(measure);
    // What is open counts: it takes longer than it has. What is finished only would promise too much.
    let known = known_by(outcomes, analysis.as_of, analysis.calendar());
    if durations.distribution.n() < Distribution::PLENTY {
        return None;
    }
    let begun = if measure == Measure::Cycle { t!("begun") } else { t!("asked for") };
    let day = say::date(analysis.as_of);
    let explanation = |percent: u8| Explanation {
        definition: say!(
            "The {} percentile of the {}, counted on from the day the numbers speak for; what is open counts as taking longer \
             than it has, what was given up as longer than it had (Kaplan–Meier).",
            say::ordinal(percent),
            measure.name()
        ),
        window: say!("Everything begun by {}.", day),
        items: say!("{} finished, {} open or given up.", say::items(known.finished), say::number(known.open)),
        selection: analysis.window.from.is_none().then_some(Selection::Durations(measure)),
        left_out: explain_durations(analysis, measure, durations).left_out,
    };
    if let Some((since, false)) = pace(analysis) {
        return Some(Finding {
            id: "when",
            topic: t!("dates can\u{2019}t be told"),
            weight: Weight::Watch,
            fact: say!(
                "No day can be told just now: since the week of {} fewer items are finished than is usual, so what work took \
                 before says little.",
                say::date(since)
            ),
            meaning: t!("Ask for a range, and ask again in a month.").to_owned(),
            place: Some(Place::Cadence("behaviour")),
            question: t!("Which dates have we told others, and do they still hold at this pace?").to_owned(),
            explanation: Some(explanation(percent)),
            ..Finding::default()
        });
    }
    // The share that was asked for, or a lower one that can be told.
    let shares = [percent, 70, 50].into_iter().filter(|share| *share <= percent);
    let (told, limit) = shares.into_iter().find_map(|share| Some((share, known.percentile(share)?)))?;
    let half = known.percentile(50).filter(|half| *half < limit);
    let by = day_after(analysis, analysis.as_of, limit)?;
    let half_by = half.and_then(|half| day_after(analysis, analysis.as_of, half));
    let half_by = half_by.map(|day| say!(", and half of it by {}", say::date(day))).unwrap_or_default();
    let share = format!("{told}\u{a0}%");
    let weak = match told < percent {
        true => say!(" More than {share} can\u{2019}t be told: too much was never finished."),
        false => String::new(),
    };
    let meaning = match role {
        Role::Stakeholder => t!("This is for one piece of work, not for a project of many."),
        Role::ProductManager => t!("Tell others the day together with its chance."),
        _ => t!("Give the day with its chance to whoever plans with it."),
    };
    Some(Finding {
        id: "when",
        topic: t!("when it is done"),
        weight: if told < percent { Weight::Watch } else { Weight::Calm },
        number: Some(say::date(by)),
        unit: say!("or sooner for work {begun} on {day}, {share} sure"),
        fact: say!(
            "Of work {begun} on {day}, {share} is likely to be done by {}{half_by}: {share} of such work has taken {} or less, \
             what is still open counted.{weak}",
            say::date(by),
            analysis.days(limit)
        ),
        meaning: meaning.to_owned(),
        change: desk.change("percentile").map(|change| change.says),
        // The chart of what is finished would show fewer days.
        place: None,
        question: t!("Which dates have we told others, and on what do they rest?").to_owned(),
        explanation: Some(explanation(told)),
        ..Finding::default()
    })
}

/// The first day on which something begun on `start` has lasted so long.
fn day_after(analysis: &Analysis, start: Date, length: Days) -> Option<Date> {
    let first = day_number(start);
    // A century: nothing that is known took longer.
    let (mut low, mut high) = (first, first + 40_000);
    while low < high {
        let middle = low + (high - low) / 2;
        match analysis.calendar().span_of(first, middle) {
            Some(days) if days >= length => high = middle,
            _ => low = middle + 1,
        }
    }
    Some(day_from_number(low)).filter(|day| day.year() < 2200)
}
