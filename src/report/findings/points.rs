//! Do story points, or sizes, tell how long work takes?

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight, over};
use crate::metrics::Distribution;
use crate::model::Role;
use crate::report::figures::{POINTS as POINTS_CHART, SIZES as SIZES_CHART};
use crate::report::points::{Scale, points_answer};
use crate::report::say;

pub static POINTS: Source = Source { id: "points", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let (scale, figure) =
        [(Scale::Points, &POINTS_CHART), (Scale::Sizes, &SIZES_CHART)].into_iter().find(|(scale, _)| {
            let classes = analysis.classes(*scale);
            classes.is_some_and(|c| c.n() >= 2 * Distribution::PLENTY && c.concordance.is_some())
        })?;
    let classes = analysis.classes(scale)?;
    let between = classes.concordance?.between?;
    let (what, tells) = match scale {
        Scale::Points => (t!("Points"), between.low > 0.3),
        Scale::Sizes => (t!("Sizes"), between.low > 0.3),
    };
    let answer = points_answer(analysis, scale)?;
    let meaning = match (role, tells) {
        (Role::ProjectManager, true) => say!("{what} may be used to weigh work, never to make a date of."),
        (Role::ProjectManager, false) => {
            say!(
                "{what} don\u{2019}t tell you how long it takes: plan by the number of items and their age instead."
            )
        }
        (Role::VpEngineering, true) => {
            say!("{what} order the work well enough; no more can be asked of them.")
        }
        (Role::VpEngineering, false) => {
            say!(
                "If the hour of estimating is for the conversation, keep it; if it is for {}, it may be spent better.",
                say::within(what)
            )
        }
        (Role::ProductManager, true) => {
            say!("A larger one usually takes longer: {} help to choose.", say::within(what))
        }
        (Role::ProductManager, false) => t!("A small number is no promise that it will be quick.").to_owned(),
        (Role::Engineer, true) => t!("What you say of size is borne out.").to_owned(),
        (Role::Engineer, false) => t!(
            "How large something looks and how long it takes are two things here: waiting may be most of it."
        )
        .to_owned(),
        (Role::Cto | Role::Stakeholder, _) => {
            t!("A sum of such numbers says little about a date.").to_owned()
        }
    };
    let bars = classes.classes.iter().filter(|class| class.distribution.n() >= Distribution::ENOUGH).take(6);
    let bars = bars.filter_map(|class| {
        let days = class.distribution.percentile(50)?;
        Some(Bar { name: class.in_words(scale), value: f64::from(days.0), says: analysis.days(days) })
    });
    Some(Finding {
        id: "points",
        topic: if scale == Scale::Points { t!("story points") } else { t!("sizes") },
        weight: if tells { Weight::Calm } else { Weight::Watch },
        number: answer.number.clone(),
        unit: answer.unit.clone(),
        fact: over(figure, analysis)?,
        meaning,
        picture: Some(Picture::Bars(bars.collect())),
        place: Some(Place::Estimates(figure.id)),
        question: say!("What do we use {} for, and would counting items do as well?", say::within(what)),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
