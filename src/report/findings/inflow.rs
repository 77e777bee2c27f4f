//! Does more come in than leaves?

use super::{Desk, Finding, Picture, Place, Source, Weight, over};
use crate::metrics::change;
use crate::model::Role;
use crate::report::figures::FLOW;
use crate::report::{Analysis, Explanation, RECENT_WEEKS, Selection, say};

pub static INFLOW: Source = Source { id: "inflow", find };

const DRAWN: usize = 26;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let fact = over(&FLOW, analysis)?;
    let flow = analysis.flow()?;
    let weeks = flow.weeks().min(RECENT_WEEKS);
    if weeks < 4 {
        return None;
    }
    let last = |counts: &[u32]| counts[counts.len() - weeks..].to_vec();
    let (came, went) = (last(&flow.arrived), last(&flow.departed));
    let sum = |counts: &[u32]| counts.iter().map(|&count| f64::from(count)).sum::<f64>();
    let change = change::of_means(&went, &came);
    let differ = change.is_some_and(|change| change.is_more_than_noise());
    let net = sum(&came) - sum(&went);
    let grows = differ && net > 0.0;
    let tells = weeks >= 8 && change.is_some_and(|change| change.difference.is_some());
    let meaning = match (role, grows) {
        _ if !tells && !differ => "Too few weeks to tell whether it grows: look again in a month.",
        (Role::Cto, true) => {
            "The pile grows at this pace: less must be asked for, or more must be finished. It is a \
                              choice, and yours to put before the others."
        }
        (Role::Cto, false) => {
            "What is asked for and what is done hold each other: no evidence here that more people are needed."
        }
        (Role::ProductManager, true) => {
            "The scope grows faster than it is built: what is asked for last comes ever later."
        }
        (Role::ProductManager, false) => "The backlog holds its size: what goes in finds its place.",
        (Role::VpEngineering, true) => "Before asking for people, see which kind of work grows.",
        (Role::ProjectManager, true) => "Open work grows, so an end date that ignores it is too early.",
        (_, true) => "New work arrives faster than old work leaves.",
        _ => "Open work is not growing beyond noise.",
    };
    let growth = flow.growth();
    let from = growth.len().saturating_sub(DRAWN);
    let least = growth.iter().skip(from).copied().min().unwrap_or_default();
    Some(Finding {
        id: "inflow",
        weight: if grows { Weight::Act } else { Weight::Calm },
        number: Some(say::signed(net).trim_end_matches(".0").to_owned()),
        unit: format!("items of open work, net, over {weeks} whole weeks"),
        fact,
        meaning: meaning.to_owned(),
        picture: Some(Picture::Line {
            values: growth.iter().skip(from).map(|&n| (n - least) as f64).collect(),
            middle: None,
            limits: None,
            top: None,
            ends: (
                say::date(flow.week(from)),
                say::date(Analysis::week_end(flow.week(flow.weeks().saturating_sub(1)))),
            ),
        }),
        place: Place::Cadence(FLOW.id),
        question: "What do we say no to, or whom do we need, so that it stops growing?".to_owned(),
        explanation: Some(Explanation {
            definition: "Items created, and items finished or cancelled, in whole weeks. They differ beyond noise where \
                         the 95\u{a0}% interval of the difference of their weekly means leaves out 0 (Welch). The picture \
                         is what came minus what left, added up, from its lowest."
                .to_owned(),
            window: format!("{weeks} whole weeks to {}.", say::date(analysis.as_of)),
            items: format!("{} came in, {} left.", say::number(sum(&came) as usize), say::number(sum(&went) as usize)),
            selection: Some(Selection::Created {
                from: flow.week(flow.weeks() - weeks),
                to: Analysis::week_end(flow.week(flow.weeks().saturating_sub(1))),
            }),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
