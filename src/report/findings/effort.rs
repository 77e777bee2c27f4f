//! Where effort goes: to initiatives, to bugs, to what was begun as it came.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::{Distribution, Effort, effort, efforts};
use crate::model::notebook::{INITIATIVE, Initiative};
use crate::model::{Date, Kind, Role, days_between, unplanned_word};
use crate::report::{Explanation, Selection, say};

pub static EFFORT: Source = Source { id: "effort", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let window = desk.period();
    let initiatives: Vec<Initiative> = desk.notebook.of(&INITIATIVE).map(Initiative).collect();
    let projects = desk.notebook.belonging(initiatives.iter().flat_map(|initiative| initiative.projects()));
    let items = &analysis.data.items;
    // Where most work is begun as it is written down, that is how the team works and no sign of surprise.
    let sudden =
        |i: usize| analysis.dates.get(i).is_some_and(|dates| is_sudden(dates.created, dates.started));
    let begun_at_once = effort(&analysis.dates, window, analysis.calendar(), sudden).finished;
    let finished = effort(&analysis.dates, window, analysis.calendar(), |_| true).finished;
    let tells_sudden = begun_at_once * 2 <= finished;
    let class = |i: usize| {
        let item = items.get(i)?;
        Some(match () {
            () if item.kind == Kind::Bug => 1,
            () if is_marked(&item.labels) || tells_sudden && sudden(i) => 2,
            () if projects.holds(item) => 0,
            () => 3,
        })
    };
    let efforts = efforts(&analysis.dates, window, analysis.calendar(), 4, class);
    let of = |at: usize| efforts.get(at).copied().unwrap_or_default();
    let parts = [
        (t!("planned for initiatives"), of(0)),
        (t!("bugs"), of(1)),
        (t!("begun at once"), of(2)),
        (t!("the rest"), of(3)),
    ];
    // Days in progress can be compared where nearly all have a start.
    let tells_days = parts.iter().all(|(_, effort)| effort.with_start * 10 >= effort.finished * 9);
    let all: usize = parts.iter().map(|(_, effort)| effort.finished).sum();
    let days: u64 = parts.iter().map(|(_, effort)| effort.item_days).sum();
    if all < Distribution::PLENTY {
        return None;
    }
    let told = parts.iter().filter(|(_, effort)| effort.finished > 0).count();
    // One part only is no division, and bugs against the rest is what `bugs` says.
    if told < 2 || of(0).finished + of(2).finished == 0 {
        return None;
    }
    let percent = |effort: &Effort| say::percent(effort.finished as f64 / all as f64);
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, effort)| effort.finished > 0)
        .map(|(name, effort)| format!("{} {name}", percent(effort)))
        .collect();
    // Items are of all sizes, so the days they were open stand beside their number where they differ much.
    let by_days: Vec<String> = parts
        .iter()
        .filter(|_| days > 0 && tells_days)
        .filter_map(|(name, effort)| {
            let (items, open) = (effort.finished as f64 / all as f64, effort.item_days as f64 / days as f64);
            let differ = (items - open).abs() >= 0.1;
            differ.then(|| format!("{name} {}", say::percent(open)))
        })
        .collect();
    let by_days = match by_days.as_slice() {
        [] => String::new(),
        parts => say!(" By the days they were in progress it is another picture: {}.", say::and(parts)),
    };
    let planned = parts[0].1.finished as f64 / all as f64;
    let meaning = match (role, initiatives.is_empty()) {
        (Role::Cto, true) => {
            t!(
                "Which of it serves the business the tracker can\u{2019}t tell: write the initiatives down in the \
                              notebook, and it will stand here."
            )
        }
        (Role::Cto, false) => t!("This is what the strategy is in practice: it is where the work went."),
        (Role::VpEngineering, _) => t!("What is begun at once is capacity that no plan can count on."),
        (Role::ProductManager, _) => {
            t!("What is left beside repairs and surprises is what a roadmap can be made of.")
        }
        (Role::Stakeholder, _) => t!("A team does more than what was last asked for; this is the rest."),
        _ => t!("It says what the weeks were spent on."),
    };
    Some(Finding {
        id: "effort",
        topic: t!("where effort goes"),
        weight: if !initiatives.is_empty() && planned < 0.25 { Weight::Watch } else { Weight::Calm },
        number: None,
        unit: String::new(),
        fact: say!("Of what was finished {}: {}.{by_days}", desk.period_in_words(), say::and(&said)),
        meaning: meaning.to_owned(),
        picture: Some(Picture::parts(parts.map(|(name, effort)| (name, effort.finished)))),
        place: Some(Place::Notebook("initiative")),
        question: t!("Is this the division we would choose?").to_owned(),
        explanation: Some(Explanation {
            definition: t!("Each finished item counts once, by the first that fits: bugs; begun at once, which is what carries a \
                         label like “unplanned”, “interrupt” or “expedite”, or was begun on the day it was written down \
                         or the next (where less than half of all is); what belongs to a project that an initiative of the notebook names; the rest. \
                         Days in progress are counted within the window.")
                .to_owned(),
            window: say!("Finished {}.", desk.period_in_words()),
            items: say!("{} finished.", say::items(all)),
            selection: window.from.map(|from| Selection::Finished { from, to: window.to }),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}

/// Labels that say that nobody had planned it.
fn is_marked(labels: &[String]) -> bool {
    labels.iter().any(|label| unplanned_word(label).is_some())
}

/// Begun on the day it was written down, or the next.
fn is_sudden(created: Option<Date>, started: Option<Date>) -> bool {
    created.zip(started).is_some_and(|(created, started)| (0..=1).contains(&days_between(created, started)))
}
