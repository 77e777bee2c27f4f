//! Are estimates in the right ballpark?

use super::{Desk, Finding, Picture, Place, Share, Source, Weight, over};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::estimates::{
    DEPENDABLE, Dependable, bias_in_words, dependable, estimate_answers, worst_in_words,
};
use crate::report::figures::{ESTIMATES, Lately, ballpark_change};
use crate::report::say;

pub static BALLPARK: Source = Source { id: "ballpark", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let whole = analysis.estimates().whole?;
    // A few say nothing of how a team estimates.
    if whole.in_ballpark.n < Distribution::PLENTY {
        return None;
    }
    let verdict = dependable(analysis)?;
    let leans = whole.bias_between.filter(|i| !i.holds(1.0)).map(|i| i.low > 1.0);
    let fact = over(&ESTIMATES, analysis)?;
    let worst = worst_in_words(analysis).map(|said| format!(" {said}"));
    let lately = ballpark_change(analysis).filter(|(_, lately)| *lately != Lately::Same);
    let is_worse = lately.as_ref().is_some_and(|(_, lately)| *lately == Lately::Worse);
    let lately = lately.map(|(said, _)| format!(" {said}.")).unwrap_or_default();
    let has_worst = worst.is_some();
    let bias =
        say!(" The middle item took {}.{lately}{}", bias_in_words(whole.bias), worst.unwrap_or_default());
    let meaning = match (role, verdict) {
        (Role::Cto, Dependable::Yes) => {
            t!("What people say a piece of work takes can be planned with, as a range.")
        }
        (Role::Cto, Dependable::Unsure) => {
            t!("Too few to say yet whether what people say can be planned with.")
        }
        (Role::Cto, _) => {
            t!(
                "A plan made of such numbers is a wish. Ask what it goes with before asking for better estimates."
            )
        }
        (Role::VpEngineering, Dependable::Yes) => {
            t!("The teams know their work; hold them to ranges, not to hours.")
        }
        (Role::VpEngineering, _) => {
            t!(
                "See which work is far off: unclear goals, old code and waiting show here before they show in dates."
            )
        }
        (Role::ProjectManager, Dependable::Yes) => {
            t!(
                "A sum of estimates is of use, with room for the spread; a single one may still be twice as much."
            )
        }
        (Role::ProjectManager, _) => {
            t!(
                "Don\u{2019}t add these up to a date: use what such work took in the past, and say it as a range."
            )
        }
        (Role::ProductManager, Dependable::Yes) => {
            t!("Sizes can be weighed against each other before you choose.")
        }
        (Role::ProductManager, _) => {
            t!("The cheap thing may not be the cheap one: ask for the smallest part that is worth having.")
        }
        (Role::Engineer, _) => {
            t!(
                "An estimate is a question to the past: the Estimates page says what work you called the same took."
            )
        }
        (Role::Stakeholder, _) => t!("How far such numbers are to be trusted, before you pass one on."),
    };
    let answer = estimate_answers(analysis).into_iter().find(|answer| answer.id == "in-the-ballpark")?;
    Some(Finding {
        id: "ballpark",
        topic: "estimates",
        weight: match verdict {
            Dependable::No => Weight::Watch,
            _ if has_worst || is_worse => Weight::Watch,
            _ if leans.is_some() && !(0.67..1.5).contains(&whole.bias) => Weight::Watch,
            _ => Weight::Calm,
        },
        number: answer.number.clone(),
        unit: answer.unit.clone(),
        fact: format!("{fact}{bias}"),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Shares(vec![Share {
            name: say!("in the ballpark, of {}", say::number(whole.in_ballpark.n)),
            real: whole.in_ballpark.share()?,
            between: whole.in_ballpark.interval(),
            wanted: Some(DEPENDABLE),
        }])),
        place: Some(Place::Estimates(ESTIMATES.id)),
        question: t!("What makes some of our work so much larger than we thought?").to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
