//! When is all that is open done, and how often has such a forecast come true?

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::Role;
use crate::report::forecast::{
    MOVED_OVER, Said, Scenario, TOLD, chosen_in_words, record_in_words, told, told_of, window,
};
use crate::report::{Analysis, Explanation, Selection, say};

pub static FORECAST: Source = Source { id: "forecast", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    // Told with its record or not at all.
    let forecaster = analysis.forecaster()?;
    let open = open(analysis);
    if open == 0 {
        return None;
    }
    let record = record_in_words(&forecaster.records[0])?;
    // What the Forecast page tells of all that is open was counted with the record.
    let tell = |scenario: Scenario| match analysis.filter.items {
        None => told(analysis, forecaster, &scenario),
        Some(_) => told_of(analysis, forecaster, &scenario, open),
    };
    let plain = tell(Scenario::as_it_is());
    let knows_arrivals = forecaster.history.weeks.iter().any(|week| week.came > 0);
    let growing = if knows_arrivals { tell(Scenario::growing()) } else { plain };
    let items = if open == 1 { t!("The one open item is") } else { t!("All open items are") };
    let (number, fact) = match plain.done[TOLD] {
        Some(day) => (
            Some(say::date(day)),
            say!("{items} likely to be done by {} with 85\u{a0}%, if nothing is added", say::date(day)),
        ),
        None => (
            None,
            say!(
                "There is no day within ten years by which all {} open items are done with 85\u{a0}%",
                say::number(open as usize)
            ),
        ),
    };
    let grows = match (knows_arrivals, growing.done[TOLD]) {
        (false, _) => String::new(),
        (true, Some(day)) => say!("; by {} if new work comes in as it did", say::date(day)),
        (true, None) => t!("; with new work coming in as it did there is no such day").to_owned(),
    };
    let never = knows_arrivals && growing.done[TOLD].is_none();
    let meaning = match (role, never) {
        (Role::Cto, true) => {
            t!("At this pace the list is never done: decide what will not be done, and say so.")
        }
        (Role::Cto, false) => t!("Plan with the day and its chance; the record says how far to trust it."),
        (Role::ProductManager, true) => {
            t!("The list is no plan: what is not chosen now will not be reached.")
        }
        (Role::ProductManager, false) => {
            t!("What is last in the list comes about then: order it by what you would miss most.")
        }
        (Role::Stakeholder, true) => t!("Not all that is asked for will be done: ask what comes first."),
        (Role::Stakeholder, false) => t!("The day with its chance is what you can pass on."),
        (_, true) => t!("Ask for a number of items or a project, not for everything: that has a day."),
        _ => t!("Give others the day together with its chance and its record."),
    };
    Some(Finding {
        id: "forecast",
        topic: t!("when all of it is done"),
        weight: weight(analysis, never),
        number,
        unit: say!("all {} open items, 85\u{a0}% sure", say::number(open as usize)),
        fact: format!("{fact}{grows}. {record}."),
        meaning: meaning.to_owned(),
        picture: lines(analysis),
        place: Some(Place::Forecast("ahead")),
        question: t!("Which of our open work would we still begin today?").to_owned(),
        explanation: Some(Explanation {
            definition: say!(
                "The first day by whose end as many items are finished as are open, with that chance. {}",
                chosen_in_words(forecaster)
            ),
            window: window(analysis, forecaster),
            items: say!("{} open.", say::items(open as usize)),
            selection: Some(Selection::Listed(analysis.open_items())),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}

/// Where there is no day any more, and was one some weeks ago, somebody should act.
fn weight(analysis: &Analysis, never: bool) -> Weight {
    let last = &analysis.said()[analysis.said().len().saturating_sub(MOVED_OVER)..];
    let has_day = |said: &Said| said.done[TOLD].is_some();
    match last {
        [.., now] if analysis.filter.items.is_none() && !has_day(now) && last.iter().any(has_day) => {
            Weight::Act
        }
        _ if never => Weight::Watch,
        _ => Weight::Calm,
    }
}

/// Items open, whatever a forecast was asked of.
fn open(analysis: &Analysis) -> u32 {
    u32::try_from(analysis.counts.in_progress + analysis.counts.not_started).unwrap_or(u32::MAX)
}

/// How many were open at the end of each past week.
fn lines(analysis: &Analysis) -> Option<Picture> {
    // Of a goal that was asked for on another page it says nothing of what is open.
    let said = if analysis.filter.items.is_none() { analysis.said() } else { &[] };
    let (first, last) = (said.first()?, said.last()?);
    let values: Vec<f64> = said.iter().map(|said| f64::from(said.open)).collect();
    (values.len() > 2).then(|| Picture::Line {
        values,
        middle: None,
        limits: None,
        top: None,
        ends: (say::date(first.on), say!("now {} open", say::number(last.open as usize))),
    })
}
