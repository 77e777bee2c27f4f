//! What stands on some pages only, as entries of names and texts.

use crate::model::notebook::{DECISION, Decision, Project, RISK, Risk, Sort};
use crate::order::InOrder;
use crate::report::findings::{Desk, hours};
use crate::report::say;

/// A part of a page.
pub struct Part {
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    /// What to say where there is nothing.
    pub empty: &'static str,
    /// Whether it stands behind everything else.
    pub is_last: bool,
    pub entries: fn(&Desk) -> Vec<Entry>,
    /// The notebook's form that it is written by.
    pub form: Option<&'static str>,
}

/// Something with a name, and what there is to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub title: String,
    /// What each text is called, and the text.
    pub lines: Vec<(String, String)>,
    /// Items that show it.
    pub items: Vec<usize>,
}

/// At most so many projects on a page that is to be read.
const PROJECTS: usize = 12;

/// Each project's risks, with what the data shows.
pub static RISKS_BY_PROJECT: Part = Part {
    id: "risks-by-project",
    title: "Risks of each project, and what the data shows",
    about: "Written down by people, beside what sets a project apart from the rest of the work by more than noise.",
    empty: "No risk is written down yet, and no project stands out from the rest.",
    is_last: false,
    entries: risks_by_project,
    form: Some("risk"),
};

/// What to know about each project.
pub static CONTEXT: Part = Part {
    id: "context",
    title: "What the projects are for",
    about: "Goals, technical limits, organisational constraints, and what was decided and why: so that you can decide too.",
    empty: "Nobody has written down yet what the projects are for.",
    is_last: false,
    entries: context,
    form: Some("project"),
};

/// What a CTO does all day.
pub static CTO_DAY: Part = Part {
    id: "cto-day",
    title: "What a CTO does all day, and why it matters to you",
    about: "",
    empty: "",
    is_last: true,
    entries: cto_day,
    form: None,
};

fn risks_by_project(desk: &Desk) -> Vec<Entry> {
    let (found, _) = desk.evidence();
    let risks: Vec<Risk> = desk.notebook.of(&RISK).map(Risk).filter(|risk| risk.is_open()).collect();
    let mut projects: Vec<String> = Vec::new();
    let named = risks.iter().map(|risk| risk.project()).chain(found.iter().map(|e| e.project.as_str()));
    for project in named {
        if !projects.iter().any(|known| known == project) {
            projects.push(project.to_owned());
        }
    }
    // The heaviest first; what belongs to no project last.
    let weight = |project: &str| {
        let risks = risks.iter().filter(|risk| risk.project() == project);
        risks.map(|risk| u32::from(risk.weight())).max().unwrap_or_default()
    };
    projects.order_by_key(|project| (project.is_empty(), std::cmp::Reverse(weight(project))));
    projects.truncate(PROJECTS);
    let entry = |project: String| {
        let mut own: Vec<&Risk> = risks.iter().filter(|risk| risk.project() == project).collect();
        own.order_by_key(|risk| std::cmp::Reverse(risk.weight()));
        let mut lines: Vec<(String, String)> = own
            .iter()
            .map(|risk| {
                let level =
                    |level: Option<u8>| level.map_or(t!("not said").to_owned(), |level| say!("{level} of 5"));
                let mut text = say!(
                    "{} Chance {}, effect {}.",
                    sentence(risk.what()),
                    level(risk.chance()),
                    level(risk.effect())
                );
                if !risk.mitigation().is_empty() {
                    text.push_str(&format!(" {}", sentence(risk.mitigation())));
                }
                if !risk.owner().is_empty() {
                    text.push_str(&say!(" {} sees to it.", risk.owner()));
                }
                if risk.is_due(desk.today, desk.changed_on(risk.0)) {
                    text.push_str(t!(" It is time to look at it again."));
                }
                (t!("Risk").to_owned(), text)
            })
            .collect();
        let of = found.iter().filter(|evidence| evidence.project == project);
        let mut items = Vec::new();
        for evidence in of {
            lines.push((t!("The data").to_owned(), format!("{}.", evidence.says)));
            items.extend(&evidence.items);
        }
        items.order();
        items.dedup();
        let title = if project.is_empty() { t!("No project in particular").to_owned() } else { project };
        Entry { title, lines, items }
    };
    projects.into_iter().map(entry).collect()
}

/// With a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

fn context(desk: &Desk) -> Vec<Entry> {
    let cards: Vec<Project> = desk.notebook.projects().collect();
    let decisions: Vec<Decision> = desk.notebook.of(&DECISION).map(Decision).collect();
    let mut entries: Vec<Entry> = cards
        .iter()
        .map(|card| {
            let lines = card.context().into_iter().map(|(label, text)| (label.to_owned(), text.to_owned()));
            let own = decisions.iter().filter(|decision| decision.project() == card.name());
            Entry {
                title: card.name().to_owned(),
                lines: lines.chain(own.map(decided)).collect(),
                items: desk
                    .analysis
                    .open()
                    .iter()
                    .filter(|open| {
                        desk.analysis.data.items.get(open.item).is_some_and(|item| card.holds(item))
                    })
                    .map(|open| open.item)
                    .collect(),
            }
        })
        .collect();
    let rest: Vec<(String, String)> = decisions
        .iter()
        .filter(|decision| cards.iter().all(|card| card.name() != decision.project()))
        .map(|decision| {
            let (label, text) = decided(decision);
            let project = if decision.project().is_empty() {
                String::new()
            } else {
                format!("{}: ", decision.project())
            };
            (label, format!("{project}{text}"))
        })
        .collect();
    if !rest.is_empty() {
        entries.push(Entry { title: t!("Other decisions").to_owned(), lines: rest, items: Vec::new() });
    }
    entries
}

fn decided(decision: &Decision) -> (String, String) {
    let day = decision.date().map(|day| format!(", {}", say::date(day))).unwrap_or_default();
    let who = match (decision.who(), day.trim_start_matches(", ")) {
        ("", "") => String::new(),
        ("", day) => format!(" ({day})"),
        (who, _) => format!(" ({who}{day})"),
    };
    let trade = if decision.trade_off().is_empty() {
        String::new()
    } else {
        format!(" {}", sentence(decision.trade_off()))
    };
    match decision.is_open() {
        true => (t!("Still open").to_owned(), format!("{}{who}", decision.question())),
        false => (
            t!("Decided").to_owned(),
            format!("{} {}{who}{trade}", decision.question(), sentence(decision.choice())),
        ),
    }
}

fn cto_day(desk: &Desk) -> Vec<Entry> {
    let hours = hours(desk.notebook, desk.today, 4, 0);
    // A few hours are no picture of a week.
    let share = |sort: Sort| hours.share(sort).filter(|_| hours.all() >= 10.0);
    let about = [
        (
            Sort::Strategy,
            t!(
                "What to build and what not, for whom, and what it may cost. When it is done well you know why your ticket \
             exists, and nobody throws away your work in spring."
            ),
        ),
        (
            Sort::Numbers,
            t!(
                "Reading how the work goes, budgets, reports to those who pay. It is how an overload becomes visible to people \
             who don\u{2019}t see it, and how a hire is argued for."
            ),
        ),
        (
            Sort::People,
            t!(
                "Hiring, one-to-ones, conflicts, who grows into what. You notice it by whom you work with, and by being asked \
             what you need."
            ),
        ),
        (
            Sort::Outside,
            t!(
                "Customers, partners, other companies\u{2019} engineers, the press. It brings you the reason behind a date, and \
             colleagues who have heard of you."
            ),
        ),
        (
            Sort::Code,
            t!(
                "A little, to know what the work feels like. If it grows, a hand is missing somewhere: say so."
            ),
        ),
    ];
    let line = |(sort, text): (Sort, &str)| {
        let name = match share(sort) {
            Some(share) => format!("{}, {}", say::capital(sort.name()), say::percent(share)),
            None => say::capital(sort.name()),
        };
        (name, text.to_owned())
    };
    let title = match hours.all() >= 10.0 {
        true => t!("The last four weeks with entries"),
        false => t!("A week, more or less"),
    };
    vec![Entry { title: title.to_owned(), lines: about.map(line).to_vec(), items: Vec::new() }]
}
