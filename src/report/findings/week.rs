//! Where the week of whoever leads goes; and a question where ever more of it is code.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::notebook::{Sort, TIME};
use crate::model::{Date, Notebook, Role, day_number};
use crate::report::say;

pub static WEEK: Source = Source { id: "week", find };

/// Weeks that are told of, and as many before them.
const WEEKS: i32 = 4;

/// Hours by sort, and those that no rule sorts, over some weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hours {
    pub by_sort: [f64; Sort::ALL.len()],
    pub unsorted: f64,
    /// In how many weeks there was anything.
    pub weeks: usize,
}

impl Hours {
    pub fn all(&self) -> f64 {
        self.by_sort.iter().sum::<f64>() + self.unsorted
    }

    pub fn a_week(&self) -> f64 {
        self.all() / self.weeks.max(1) as f64
    }

    /// Of all hours, from 0 to 1; `None` of none.
    pub fn share(&self, sort: Sort) -> Option<f64> {
        let at = Sort::ALL.iter().position(|of| *of == sort)?;
        (self.all() > 0.0).then(|| self.by_sort[at] / self.all())
    }

    /// Each sort with its hours, where there are any; what no rule sorts last.
    pub fn parts(&self) -> Vec<(String, f64)> {
        let sorted = Sort::ALL.iter().zip(self.by_sort).map(|(sort, hours)| (sort.name().to_owned(), hours));
        let parts = sorted.chain([(t!("not sorted").to_owned(), self.unsorted)]);
        parts.filter(|(_, hours)| *hours > 0.0).collect()
    }
}

/// The hours of so many weeks that end `back` weeks before the last day with an entry by today.
pub fn hours(notebook: &Notebook, today: Date, weeks: i32, back: i32) -> Hours {
    let all = notebook.hours();
    let days = || all.iter().filter_map(|(time, _)| time.date()).filter(|day| *day <= today);
    let Some(last) = days().max() else { return Hours::default() };
    let to = day_number(last) - 7 * back;
    let mut hours = Hours::default();
    let mut seen = std::collections::BTreeSet::new();
    for (time, sort) in &all {
        let ago = time.date().map(|day| to - day_number(day)).filter(|ago| (0..7 * weeks).contains(ago));
        let Some(ago) = ago else { continue };
        seen.insert(ago / 7);
        let place = sort.and_then(|sort| Sort::ALL.iter().position(|of| *of == sort));
        match place.and_then(|place| hours.by_sort.get_mut(place)) {
            Some(sum) => *sum += time.hours(),
            None => hours.unsorted += time.hours(),
        }
    }
    hours.weeks = seen.len();
    hours
}

/// Fewer hours are no picture of a week.
const ENOUGH: f64 = 10.0;

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let now = hours(desk.notebook, desk.today, WEEKS, 0);
    let before = hours(desk.notebook, desk.today, WEEKS, WEEKS);
    if now.all() <= 0.0 {
        return None;
    }
    let code = now.share(Sort::Code).filter(|_| now.all() >= ENOUGH);
    let code_before = before.share(Sort::Code).filter(|_| before.all() >= ENOUGH);
    // A tenth of the time more than before is no single afternoon.
    let grown = code.zip(code_before).filter(|(now, before)| now - before >= 0.1);
    let grows = grown.is_some();
    let said: Vec<String> = now
        .parts()
        .into_iter()
        .map(|(name, hours)| format!("{name} {}", say::percent(hours / now.all())))
        .collect();
    let code_grew = match grown {
        Some((now, before)) => say!(" Code grew from {} to {}.", say::percent(before), say::percent(now)),
        None => String::new(),
    };
    let meaning = match (role, grows) {
        (Role::Cto, true) => {
            t!(
                "When a CTO writes more code, something else is not done, or somebody is missing. Which is it?"
            )
        }
        (Role::Cto, false) => t!("Is this what only you can do?"),
        (_, true) => {
            t!("More of the week goes into code than before: it may be a sign that a hand is missing.")
        }
        _ => t!("Nobody sees from outside what these hours are for; ask."),
    };
    Some(Finding {
        id: "week",
        topic: t!("your week"),
        weight: if grows { Weight::Act } else { Weight::Calm },
        number: Some(say::decimal(now.a_week())),
        unit: say!(
            "hours a week, over the last {}",
            say::counted(now.weeks, t!("week with entries"), t!("weeks with entries"))
        ),
        fact: format!("{}.{code_grew}", say::capital(&said.join(", "))),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Parts(now.parts())),
        place: Some(Place::Notebook(TIME.id)),
        question: t!("Which of these hours could somebody else take over, and would like to?").to_owned(),
        // It is about one person: for their own eyes.
        is_private: true,
        ..Finding::default()
    })
}
