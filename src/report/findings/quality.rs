//! Do we produce bugs or features?

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::figures::{BUG_PLACES, BUG_RATIO};
use crate::report::quality::{balance_changed, produced, quality_answers};
use crate::report::say;

pub static QUALITY: Source = Source { id: "quality", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    if analysis.no_quality().is_some() {
        return None;
    }
    let quality = analysis.quality();
    let n = quality.now.bugs_created + quality.now.features_finished;
    if n < Distribution::PLENTY {
        return None;
    }
    let between = quality.now.produced_between()?;
    let changed = balance_changed(analysis) == Some(true);
    let ratio = quality.now.produced().unwrap_or(f64::INFINITY);
    let worse = changed && ratio > quality.before.produced().unwrap_or(f64::INFINITY);
    let more = between.low > 1.0;
    let places = match quality.places.iter().any(|place| place.differs) {
        true => over(&BUG_PLACES, analysis).map(|said| format!(" {said}")).unwrap_or_default(),
        false => String::new(),
    };
    let meaning = match (role, worse, more) {
        (Role::Cto, true, _) => {
            t!(
                "Quality is going down beyond noise: ask what changed in how work is begun, tested or released."
            )
        }
        (Role::Cto, _, true) => {
            t!(
                "What is built makes more repair than it makes product. Slower now may be faster: see which part it comes from."
            )
        }
        (Role::Cto, ..) => t!("A number to watch over quarters, not weeks: what counts is whether it grows."),
        (Role::VpEngineering, true, _) => {
            t!("Before adding people, see whether a part is worn out or too much is begun at once.")
        }
        (Role::VpEngineering, _, true) => {
            t!(
                "Each feature brings more than one bug to somebody\u{2019}s desk: plan for it, or stop and mend."
            )
        }
        (Role::VpEngineering, ..) => t!("Reported bugs of each feature are within what you plan with."),
        (Role::ProductManager, true, _) => {
            t!("Each feature now costs more in repair than it did: fewer at once may bring more.")
        }
        (Role::ProductManager, _, true) => {
            t!("Count on more than one bug for each feature you ask for, and leave room for them.")
        }
        (Role::ProductManager, ..) => t!("What each feature brings with it, to be weighed when you choose."),
        (Role::Engineer, ..) => {
            t!("It says something of the code and of how it is asked for, and nothing of anybody.")
        }
        _ => t!("What comes back of what was built."),
    };
    let answer = quality_answers(analysis).into_iter().find(|answer| answer.id == "bugs-per-feature")?;
    // Periods without a feature have no ratio.
    let drawn: Vec<_> =
        quality.periods.iter().filter_map(|(first, balance)| Some((*first, balance.produced()?))).collect();
    let drawn = &drawn[drawn.len().saturating_sub(24)..];
    let name =
        |at: Option<&(crate::model::Date, f64)>| at.map(|(first, _)| say::month(*first)).unwrap_or_default();
    Some(Finding {
        id: "quality",
        topic: t!("bugs for each feature"),
        weight: if worse || more { Weight::Watch } else { Weight::Calm },
        number: produced(&quality.now),
        unit: say!("bugs were {} for each feature that was finished", analysis.bugs_were()),
        fact: format!("{}{places}", over(&BUG_RATIO, analysis)?),
        meaning: meaning.to_owned(),
        picture: (drawn.len() > 2).then(|| Picture::Line {
            values: drawn.iter().map(|(_, ratio)| *ratio).collect(),
            middle: Some(1.0),
            limits: None,
            top: None,
            ends: (name(drawn.first()), name(drawn.last())),
        }),
        place: Some(Place::Quality(BUG_RATIO.id)),
        question: t!("Which part of the product do the bugs come from, and what would it need?").to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
