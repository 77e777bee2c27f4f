//! Which stage limits the flow, and what its relief would bring.

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight, over};
use crate::model::Role;
use crate::report::capacity::{capacity_answers, limiting, stage_name};
use crate::report::figures::RELIEF;
use crate::report::say;

pub static LIMIT: Source = Source { id: "limit", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let reliefs = analysis.reliefs();
    let limiting = limiting(reliefs)?;
    let meaning = match role {
        Role::Cto => t!("A person added anywhere else would add to the queue before it."),
        Role::VpEngineering => {
            t!(
                "Help here first: pairing, a second pair of eyes, smaller pieces. Elsewhere it only feels faster."
            )
        }
        Role::ProjectManager => {
            t!("Work that has passed it is nearly done; work before it has its longest wait to come.")
        }
        Role::ProductManager => t!("What you ask for waits here longest; smaller pieces pass sooner."),
        Role::Engineer => {
            t!("Before you begin something new, see whether something waits here that you could finish.")
        }
        Role::Stakeholder => t!("This is where most of the time goes."),
    };
    let answer = capacity_answers(analysis).into_iter().find(|answer| answer.id == "limit")?;
    let bars = reliefs.stages.iter().take(4).map(|stage| Bar {
        name: stage_name(analysis, stage),
        value: stage.gain.max(0.0),
        says: say!("{} days less", say::decimal(stage.gain.max(0.0))),
    });
    Some(Finding {
        id: "limit",
        topic: t!("the stage that limits the flow"),
        weight: if limiting.share >= 0.4 { Weight::Watch } else { Weight::Calm },
        number: answer.number.clone(),
        unit: answer.unit.clone(),
        fact: over(&RELIEF, analysis)?,
        meaning: meaning.to_owned(),
        picture: Some(Picture::Bars(bars.collect())),
        place: Some(Place::Capacity(RELIEF.id)),
        question: t!("What would it take for work to pass this stage twice as fast?").to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
