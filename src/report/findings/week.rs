//! Where the week of whoever leads goes; and a question where ever more of it is code.

use super::{Desk, Finding, Picture, Place, Source, Weight};
use crate::model::notebook::{Sort, TIME};
use crate::model::{Role, day_from_number, day_number};
use crate::report::say;

pub static WEEK: Source = Source { id: "week", find };

/// Weeks that are told of, and as many before them.
const WEEKS: i32 = 4;

/// Hours by sort, and those that no rule sorts, over some days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hours {
    pub by_sort: [f64; Sort::ALL.len()],
    pub unsorted: f64,
}

impl Hours {
    pub fn sorted(&self) -> f64 {
        self.by_sort.iter().sum()
    }

    pub fn all(&self) -> f64 {
        self.sorted() + self.unsorted
    }

    /// Of what is sorted, from 0 to 1; `None` of nothing.
    pub fn share(&self, sort: Sort) -> Option<f64> {
        let at = Sort::ALL.iter().position(|of| *of == sort)?;
        (self.sorted() > 0.0).then(|| self.by_sort[at] / self.sorted())
    }
}

impl Desk<'_> {
    /// The hours of so many weeks that end `back` weeks before the last day with an entry by today.
    pub fn hours(&self, weeks: i32, back: i32) -> Hours {
        let all = self.notebook.hours();
        let days = || all.iter().filter_map(|(time, _)| time.date()).filter(|day| *day <= self.today);
        let Some(last) = days().max() else { return Hours::default() };
        let to = day_from_number(day_number(last) - 7 * back);
        let from = day_from_number(day_number(to) - 7 * weeks + 1);
        let mut hours = Hours::default();
        for (time, sort) in
            all.iter().filter(|(time, _)| time.date().is_some_and(|d| (from..=to).contains(&d)))
        {
            let place = sort.and_then(|sort| Sort::ALL.iter().position(|of| *of == sort));
            match place.and_then(|place| hours.by_sort.get_mut(place)) {
                Some(sum) => *sum += time.hours(),
                None => hours.unsorted += time.hours(),
            }
        }
        hours
    }
}

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let now = desk.hours(WEEKS, 0);
    let before = desk.hours(WEEKS, WEEKS);
    if now.sorted() <= 0.0 {
        return None;
    }
    let code = now.share(Sort::Code).unwrap_or_default();
    let code_before = before.share(Sort::Code).filter(|_| before.sorted() >= 10.0);
    // A tenth of the time more than before is no single afternoon.
    let grows = code_before.is_some_and(|before| code - before >= 0.1);
    let said: Vec<String> = Sort::ALL
        .iter()
        .filter_map(|&sort| Some((sort, now.share(sort).filter(|share| *share > 0.0)?)))
        .map(|(sort, share)| format!("{} {}", sort.name(), say::percent(share)))
        .collect();
    let unsorted = match now.unsorted {
        hours if hours >= 0.5 => format!(" {} hours are not sorted by any rule.", say::decimal(hours)),
        _ => String::new(),
    };
    let code_grew = match code_before.filter(|_| grows) {
        Some(before) => format!(" Code grew from {} to {}.", say::percent(before), say::percent(code)),
        None => String::new(),
    };
    let meaning = match (role, grows) {
        (Role::Cto, true) => {
            "When a CTO writes more code, something else is not done, or somebody is missing. Which is it?"
        }
        (Role::Cto, false) => "Is this what only you can do?",
        (_, true) => "More of the week goes into code than before: it may be a sign that a hand is missing.",
        _ => "Nobody sees from outside what these hours are for; ask.",
    };
    Some(Finding {
        id: "week",
        weight: if grows { Weight::Act } else { Weight::Calm },
        number: Some(say::decimal(now.all() / f64::from(WEEKS))),
        unit: format!("hours a week, over the last {WEEKS} weeks with entries"),
        fact: format!("{}.{code_grew}{unsorted}", say::capital(&said.join(", "))),
        meaning: meaning.to_owned(),
        picture: Some(Picture::Parts(
            Sort::ALL
                .iter()
                .zip(now.by_sort)
                .filter(|(_, hours)| *hours > 0.0)
                .map(|(sort, hours)| (sort.name().to_owned(), hours))
                .collect(),
        )),
        place: Place::Notebook(TIME.id),
        question: "Which of these hours could somebody else take over, and would like to?".to_owned(),
        ..Finding::default()
    })
}
