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
    let (grows, shrinks) = (differ && net > 0.0, differ && net < 0.0);
    let open = analysis.counts.in_progress + analysis.counts.not_started;
    // Under one a week either way, nothing flows.
    let is_still = sum(&came) + sum(&went) < weeks as f64 && open > 0;
    let meaning = match role {
        _ if is_still => t!("Hardly anything comes in or leaves: whatever is open, stands."),
        Role::Cto if grows => {
            t!(
                "The pile grows at this pace: less must be asked for, or more must be finished. It is a choice, and yours to \
             put before the others."
            )
        }
        Role::ProductManager if grows => {
            t!("The scope grows faster than it is built: what is asked for last comes ever later.")
        }
        Role::VpEngineering if grows => t!("Before asking for people, see which kind of work grows."),
        Role::ProjectManager if grows => t!("Open work grows, so an end date that ignores it is too early."),
        _ if grows => t!("New work arrives faster than old work leaves."),
        _ if shrinks => t!("More leaves than comes in: the open work gets less."),
        Role::Cto => {
            t!(
                "Whether the pile grows can\u{2019}t be told from luck: no evidence here that more people are needed."
            )
        }
        _ => t!("Whether open work grows or falls can\u{2019}t be told from luck."),
    };
    let growth = flow.growth();
    let from = growth.len().saturating_sub(DRAWN);
    let least = growth.iter().skip(from).copied().min().unwrap_or_default();
    Some(Finding {
        id: "inflow",
        topic: t!("more coming in than leaving"),
        weight: match () {
            () if grows => Weight::Act,
            () if is_still => Weight::Watch,
            () => Weight::Calm,
        },
        number: Some(say::signed_whole(net)),
        unit: say!("items of open work, net, over {weeks} whole weeks"),
        fact: say!("{fact} {} open.", are_open(open)),
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
        place: Some(Place::Cadence(FLOW.id)),
        question: match () {
            () if is_still => t!("What keeps work from being finished at all?").to_owned(),
            () if grows => t!("What do we say no to, or whom do we need, so that it stops growing?").to_owned(),
            () => t!("Is what comes in what we want to work on next?").to_owned(),
        },
        explanation: Some(Explanation {
            definition: t!("Items created, and items finished or cancelled, in whole weeks. They differ beyond noise where \
                         the 95\u{a0}% interval of the difference of their weekly means leaves out 0 (Welch). The picture \
                         is what came minus what left, added up, from its lowest.")
                .to_owned(),
            window: say!(
                "{weeks} whole weeks to {}.",
                say::date(Analysis::week_end(flow.week(flow.weeks().saturating_sub(1))))
            ),
            items: say!("{} came in, {} left.", say::number(sum(&came) as usize), say::number(sum(&went) as usize)),
            selection: Some(Selection::Created {
                from: flow.week(flow.weeks() - weeks),
                to: Analysis::week_end(flow.week(flow.weeks().saturating_sub(1))),
            }),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}

fn are_open(n: usize) -> String {
    format!("{} {}", say::items(n), if n == 1 { t!("is") } else { t!("are") })
}
