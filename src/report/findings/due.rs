//! Dates, and the record of how they were kept.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::metrics::{Distribution, due_record};
use crate::model::{Date, Role};
use crate::report::{Explanation, Selection, say};

pub static DUE: Source = Source { id: "due", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let zone = analysis.zone();
    let dues: Vec<Option<Date>> =
        analysis.data.items.iter().map(|item| item.due.map(|due| due.date(zone))).collect();
    let record = due_record(&analysis.dates, &dues, analysis.window);
    if record.kept.n < Distribution::ENOUGH && record.overdue.is_empty() {
        return None;
    }
    let over = |days: u32| record.late.iter().filter(|(_, late)| *late >= days).count();
    let (weeks, months) = (over(7), over(30));
    let kept = match record.kept.share() {
        Some(share) if record.kept.n >= Distribution::ENOUGH => say!(
            "{} of {} with a due date were finished by it{}.",
            say::percent(share),
            say::items(record.kept.n),
            if weeks > 0 {
                say!(
                    "; {} were a week late or more, {} a month or more",
                    say::number(weeks),
                    say::number(months)
                )
            } else {
                String::new()
            }
        ),
        _ => t!("Too few items with a due date are finished to tell how they are kept.").to_owned(),
    };
    let longest = record.overdue.first();
    let overdue = match longest {
        None => String::new(),
        Some((item, days)) => say!(
            " {} open past {}; the longest, {}, by {}.",
            match record.overdue.len() {
                1 => t!("1 item is").to_owned(),
                n => say!("{} are", say::items(n)),
            },
            if record.overdue.len() == 1 { t!("its day") } else { t!("their day") },
            analysis.name_of(*item),
            say::counted(*days as usize, "day", "days")
        ),
    };
    let enough = record.kept.n >= Distribution::ENOUGH;
    let bad = enough && record.kept.interval().is_some_and(|between| between.high < 0.8);
    let few = match record.kept.n {
        n if enough && n < Distribution::PLENTY => t!(" Few data."),
        _ => "",
    };
    let meaning = match (role, bad) {
        (Role::ProjectManager, true) => {
            t!("A due date here is a wish. Give ranges, and move dates when you know, not when they pass.")
        }
        (Role::ProjectManager, false) if !enough => {
            t!("A date that has passed in silence is the first one to talk about.")
        }
        (Role::ProjectManager, false) => {
            t!(
                "Dates here are worth something: clear those that have passed, and say how often they were kept."
            )
        }
        (Role::Stakeholder, true) => t!("Ask for the range behind a date."),
        _ => t!("Dates that pass in silence teach everybody not to believe the next one."),
    };
    Some(Finding {
        id: "due",
        topic: t!("due dates"),
        weight: match (bad, record.overdue.is_empty()) {
            (true, _) => Weight::Act,
            (_, false) => Weight::Watch,
            _ => Weight::Calm,
        },
        number: record.kept.share().filter(|_| record.kept.n >= Distribution::ENOUGH).map(say::percent),
        unit: t!("finished by their due date").to_owned(),
        fact: format!("{kept}{few}{overdue}"),
        meaning: meaning.to_owned(),
        picture: (record.kept.n >= Distribution::ENOUGH).then(|| {
            Picture::parts([
                (t!("in time"), record.kept.within),
                (t!("days late"), record.late.len() - weeks),
                (t!("weeks late"), weeks - months),
                (t!("months late"), months),
            ])
        }),
        place: Some(Place::Items),
        question: match record.overdue.is_empty() {
            true => t!("Which of the dates that are still to come are at risk?").to_owned(),
            false => t!("Which of the dates that have passed are still wanted, and by whom?").to_owned(),
        },
        explanation: Some(Explanation {
            definition: t!("Kept is what was finished on its due date or before. Exports hold the date as it was last set, so \
                         dates that were moved look kept. Late is told in calendar days.")
                .to_owned(),
            window: crate::report::home::window(analysis),
            items: say!(
                "{} finished with a due date, {} open past theirs, {} open with theirs to come.",
                say::items(record.kept.n),
                say::number(record.overdue.len()),
                say::number(record.ahead)
            ),
            selection: Some(Selection::Listed(
                record.overdue.iter().chain(&record.late).map(|(item, _)| *item).collect(),
            )),
            left_out: Vec::new(),
        }),
        ..Finding::default()
    })
}
