//! Is delivery steady, and has the pace changed?

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::Chance;
use crate::model::{Date, Role, WarningKind};
use crate::report::home::how_steady;
use crate::report::{Analysis, figures, say};

pub static CADENCE: Source = Source { id: "cadence", find };

/// A signal is news for so many weeks.
const NEWS: usize = 4;

/// So many weeks are drawn.
const DRAWN: usize = 26;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let weekly = analysis.throughput.as_ref()?;
    let recent = analysis.recent?;
    let answer = how_steady(analysis);
    let weeks = weekly.counts.len();
    let segments = analysis.weekly_behaviour();
    let pace = pace(analysis);
    let change = desk.change("throughput").filter(|_| analysis.window.from.is_none());
    let is_news = change.as_ref().is_some_and(|change| change.is_news);
    // A signal of the pace goes before the comparison, so that only one of them speaks.
    let slower = match pace {
        Some((_, faster)) => !faster,
        None => change.as_ref().is_some_and(|change| change.is_news && !change.is_up),
    };
    let is_uneven = recent.against_chance == Chance::Burstier;
    let weight = match (slower, recent.against_chance) {
        (true, _) => Weight::Act,
        _ if pace.is_some() || is_news || is_uneven || recent.most == 0 => Weight::Watch,
        _ => Weight::Calm,
    };
    let (least, most) = (recent.least, recent.most);
    let fact = match pace {
        // A change goes before the question whether the weeks are alike.
        Some((since, faster)) => say!(
            "The pace has changed: {} items are finished than is usual, beyond noise, since the week of {}. The last {} \
             had {least} to {most} a week.{}",
            if faster { t!("more") } else { t!("fewer") },
            say::date(since),
            weeks_in_words(recent.weeks),
            clean_up(analysis)
        ),
        None if is_news => say!(
            "{} items get finished than in the 12 weeks before, beyond noise: the last {} had {least} to {most} a week.",
            if slower { t!("Fewer") } else { t!("More") },
            weeks_in_words(recent.weeks)
        ),
        None => say!("Is delivery steady? {}", answer.sentence),
    };
    let faster = !slower && (pace.is_some() || is_news);
    let meaning = match role {
        _ if recent.against_chance == Chance::TooLittle && weight == Weight::Calm => {
            t!("Too little is finished to tell a change of pace from luck.")
        }
        Role::Cto if slower => t!("Ask what happened to the team before asking the team to make up for it."),
        Role::Cto if faster => t!("More gets done than did: find out what helped, so that it can stay."),
        Role::Cto if is_uneven => {
            t!("The weeks differ by more than luck: find what makes the work come in bursts.")
        }
        Role::Cto => t!("A steady cadence is what makes dates possible: protect it."),
        Role::VpEngineering if slower || faster || is_uneven => {
            t!("Something acts on all of the work at once: people away, a release, a queue, a new project.")
        }
        Role::VpEngineering => {
            t!("Nothing to steer of late: the last weeks differ no more than luck makes them.")
        }
        Role::ProjectManager if slower || faster => {
            t!("Plans made with the older weeks are off: make them anew from the recent ones.")
        }
        Role::ProjectManager => t!("Plan with the whole range of weeks, not with the mean."),
        _ if slower => t!("What was planned at the old pace will come later."),
        _ if is_uneven => t!("It comes in bursts: a single week says little about the next."),
        _ => t!("It is the pace that plans can be made of."),
    };
    let limits = segments.last().and_then(|segment| segment.limits);
    let from = weeks.saturating_sub(DRAWN);
    Some(Finding {
        id: "cadence",
        topic: t!("the pace"),
        weight,
        number: answer.number,
        unit: answer.unit,
        fact,
        meaning: meaning.to_owned(),
        // Where a signal speaks, both periods of the comparison may lie behind it.
        change: change.filter(|_| pace.is_none()).map(|change| change.says),
        picture: Some(Picture::Line {
            values: weekly.counts.iter().skip(from).map(|&count| f64::from(count)).collect(),
            middle: limits.map(|limits| limits.centre),
            limits: limits.map(|limits| (limits.lower_for_counts(), limits.upper)),
            top: None,
            ends: (
                say::date(weekly.week(from)),
                say::date(Analysis::week_end(weekly.week(weeks.saturating_sub(1)))),
            ),
        }),
        place: Some(Place::Cadence(figures::BEHAVIOUR.id)),
        question: match weight {
            Weight::Calm => {
                t!("What keeps the pace steady, and what planned change could break it?").to_owned()
            }
            _ if slower || faster => t!("What happened when the pace changed, and is it over?").to_owned(),
            _ => t!("What makes the work come in bursts, and could it come more evenly?").to_owned(),
        },
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}

/// The first week of a signal in the last weeks, and whether it is to more; `None` without one.
pub fn pace(analysis: &Analysis) -> Option<(Date, bool)> {
    let weekly = analysis.throughput.as_ref()?;
    let segments = analysis.weekly_behaviour();
    let signals = segments.iter().flat_map(|segment| &segment.signals);
    let last =
        signals.filter(|signal| signal.at + NEWS >= weekly.counts.len()).max_by_key(|signal| signal.at)?;
    Some((weekly.week(last.from), last.high))
}

/// Whether the last weeks signal a slower pace: then what work took before says little of now.
pub fn is_slower_pace(analysis: &Analysis) -> bool {
    matches!(pace(analysis), Some((_, false)))
}

fn weeks_in_words(n: usize) -> String {
    say::counted(n, t!("whole week"), t!("whole weeks"))
}

/// Days of cleaning up make what is usual look higher than it is.
fn clean_up(analysis: &Analysis) -> String {
    match analysis.warned(WarningKind::BulkClosed) {
        0 => String::new(),
        n => say!(
            " What is usual counts {} closed on days of far more finishes than any other, which may be no work of that day.",
            say::items(n)
        ),
    }
}
