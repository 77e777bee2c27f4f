//! Bugs against features, with what each of them takes.

use super::{Desk, Finding, Picture, Place, QUALITY, Source, Weight};
use crate::metrics::{Distribution, efforts};
use crate::model::{Kind, Role};
use crate::report::figures::{SPREAD, spreads};
use crate::report::{Explanation, Selection, say};

pub static BUGS: Source = Source { id: "bugs", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    if analysis.filter.kind.is_some() || analysis.filter.type_name.is_some() {
        return None;
    }
    // What quality takes of each week is the product manager's question; to others bugs against features say more.
    if role != Role::ProductManager && desk.find(&QUALITY, role).is_some() {
        return None;
    }
    let window = desk.period();
    let kinds = [Kind::Feature, Kind::Bug, Kind::Chore, Kind::Other];
    let class = |i: usize| {
        let kind = analysis.data.items.get(i)?.kind;
        kinds.iter().position(|of| *of == kind)
    };
    let counts = efforts(&analysis.dates, window, analysis.calendar(), kinds.len(), class);
    let [features, bugs, chores, other] = [0, 1, 2, 3].map(|at| counts.get(at).map_or(0, |of| of.finished));
    let all = features + bugs + chores + other;
    // Without both sorts there is no balance of them.
    if features == 0 || bugs == 0 || all < Distribution::PLENTY {
        return None;
    }
    let share = bugs as f64 / all as f64;
    let (kinds, _) = spreads(analysis);
    let high = |name: &str| {
        let spread = kinds.iter().find(|spread| spread.name == name)?;
        spread.distribution.percentile(analysis.counting().sle_percent)
    };
    let context = match (high(t!("Bugs")), high(t!("Features"))) {
        (Some(bugs), Some(features)) => say!(
            " Over all the time shown, {} of bugs took {} or less, of features {}.",
            analysis.percent(),
            analysis.days(bugs),
            analysis.days(features)
        ),
        _ => String::new(),
    };
    let change = desk.change("bugs");
    let grew = change.as_ref().is_some_and(|change| change.is_news && change.is_up);
    let meaning = match (role, grew) {
        (Role::Cto, true) => {
            t!(
                "More of what gets finished is repair than before: see which part of the product it comes from."
            )
        }
        (Role::Cto, false) => {
            t!("A share of repair is the price of anything in use; what counts is whether it grows.")
        }
        (Role::ProductManager, true) => {
            t!("Quality is asking for its share: some of the next weeks are spoken for.")
        }
        (Role::ProductManager, false) => t!("This is what upkeep takes of each week that you plan with."),
        (Role::VpEngineering, _) => {
            t!("These are bugs that were fixed; what is reported and waits is not in it.")
        }
        (Role::Engineer, _) => t!("Bugs are counted beside features here, not against anybody."),
        _ => t!("Counts of tasks say little without knowing which of them were repairs."),
    };
    let parts =
        [(t!("features"), features), (t!("bugs"), bugs), (t!("chores"), chores), (t!("other"), other)];
    Some(Finding {
        id: "bugs",
        topic: "bugs",
        weight: if grew { Weight::Watch } else { Weight::Calm },
        number: Some(say::percent(share)),
        unit: t!("of what was finished were bugs").to_owned(),
        fact: say!(
            "{} and {} finished {}.{context}",
            say::counted(bugs, "bug", "bugs"),
            say::counted(features, "feature", "features"),
            desk.period_in_words()
        ),
        meaning: meaning.to_owned(),
        change: change.map(|change| change.says),
        picture: Some(Picture::parts(parts)),
        place: Some(Place::CycleTime(SPREAD.id)),
        question: t!("Where do the bugs come from, and would less begun at once make fewer?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("Items finished, by what the tracker\u{2019}s types mean (set under Data). A bug and a feature count \
                         one each, whatever their size.")
                .to_owned(),
            window: say!("Finished {}.", desk.period_in_words()),
            items: say!("{} finished.", say::items(all)),
            selection: window.from.map(|from| Selection::Finished { from, to: window.to }),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
