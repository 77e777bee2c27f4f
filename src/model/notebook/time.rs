//! Where a week goes: hours, typed or from a calendar, and the rules that sort them.

use super::{Field, Form, Input, Notebook, Record};
use crate::model::Date;

pub static TIME: Form = Form {
    id: "time",
    title: "Where my week goes",
    one: "a time entry",
    purpose: "Strategy, numbers, people, outside, code: where the hours of whoever leads go. Type them, or take them from a \
              calendar file (.ics). Titles stay here; the shares stand on the Engineer\u{2019}s page, where it says what a CTO does all day. A CTO whose hours \
              go into code more and more has a question to ask.",
    fields: &[
        Field { id: "what", label: "What", hint: "", input: Input::Line, needed: true },
        Field { id: "date", label: "Day", hint: "", input: Input::Date, needed: true },
        Field {
            id: "hours",
            label: "Hours",
            hint: "",
            input: Input::Number(0.05, 24.0, "hours"),
            needed: true,
        },
        Field {
            id: "sort",
            label: "Sort",
            hint: "Left open, the rules decide",
            input: Input::Choice(SORTS),
            needed: false,
        },
        Field { id: "uid", label: "", hint: "", input: Input::Hidden, needed: false },
    ],
    called_by: &["what", "date"],
    example: &[
        ("what", "Roadmap with the founders"),
        ("date", "2026-11-17"),
        ("hours", "2"),
        ("sort", "strategy"),
    ],
};

pub static RULE: Form = Form {
    id: "rule",
    title: "Rules for sorting time",
    one: "a rule",
    purpose: "Which words in a calendar entry\u{2019}s title say what sort of time it was. Where several fit, the longest \
              word counts; while there is no rule, the usual ones do.",
    fields: &[
        Field {
            id: "words",
            label: "If the title holds one of",
            hint: "Words, with commas between",
            input: Input::Line,
            needed: true,
        },
        Field { id: "sort", label: "it is", hint: "", input: Input::Choice(SORTS), needed: true },
    ],
    called_by: &["sort", "words"],
    example: &[("words", "board, budget, roadmap"), ("sort", "strategy")],
};

const SORTS: &[(&str, &str)] = &[
    ("strategy", "strategy"),
    ("numbers", "numbers"),
    ("people", "people"),
    ("outside", "outside"),
    ("code", "code"),
    ("none", "not work"),
];

/// What time was spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Strategy,
    Numbers,
    People,
    Outside,
    Code,
}

impl Sort {
    pub const ALL: [Sort; 5] = [Sort::Strategy, Sort::Numbers, Sort::People, Sort::Outside, Sort::Code];

    /// As kept.
    pub fn id(self) -> &'static str {
        match self {
            Sort::Strategy => "strategy",
            Sort::Numbers => "numbers",
            Sort::People => "people",
            Sort::Outside => "outside",
            Sort::Code => "code",
        }
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        t!(self.id())
    }

    fn named(name: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.id() == name)
    }
}

/// An entry, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Time<'a>(pub &'a Record);

impl<'a> Time<'a> {
    pub fn what(self) -> &'a str {
        self.0.text("what")
    }

    pub fn date(self) -> Option<Date> {
        self.0.date("date")
    }

    pub fn hours(self) -> f64 {
        self.0.number("hours").filter(|hours| *hours > 0.0).unwrap_or_default()
    }
}

/// A rule, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a>(pub &'a Record);

/// The rules that count while the notebook has none: words, and the sort they tell.
pub static USUAL_RULES: &[(&str, &str)] = &[
    ("lunch, holiday, vacation, out of office, dentist, focus time, blocker", "none"),
    (
        "1:1, one on one, one-on-one, interview, hiring, feedback, coaching, team lunch, retro, offsite",
        "people",
    ),
    (
        "customer, client, partner, vendor, investor, press, conference, meetup, talk, podcast, sales",
        "outside",
    ),
    (
        "strategy, roadmap, board, vision, okr, planning, budget, founders, leadership, architecture",
        "strategy",
    ),
    ("metrics, numbers, report, review of, forecast, finance, kpi, dashboard", "numbers"),
    ("code, coding, pull request, debugging, incident, deploy, programming, pairing", "code"),
];

impl Notebook {
    /// The rules in force: words in small letters, and the sort as kept.
    pub fn rules(&self) -> Vec<(Vec<String>, &str)> {
        let words = |text: &str| -> Vec<String> {
            text.split(',').map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect()
        };
        let own: Vec<_> =
            self.of(&RULE).map(|record| (words(record.text("words")), record.text("sort"))).collect();
        match own.is_empty() {
            false => own,
            true => USUAL_RULES.iter().map(|(text, sort)| (words(text), *sort)).collect(),
        }
    }

    /// The hours there are, each with its sort: as it was said, or by the rule that fits best; `None` where
    /// no rule does. What is no work is left out.
    pub fn hours(&self) -> Vec<(Time<'_>, Option<Sort>)> {
        let sorts = self.of(&TIME).map(Time).zip(self.sorts_of_hours());
        let work = sorts.filter(|(_, (_, sort))| *sort != "none");
        work.map(|(time, (_, sort))| (time, Sort::named(sort))).collect()
    }

    /// What each entry was spent on as it is kept, by its id; empty where neither it nor a rule says so.
    pub fn sorts_of_hours(&self) -> impl Iterator<Item = (u32, &str)> {
        let rules = self.rules();
        self.of(&TIME).map(move |record| {
            let said = record.text("sort");
            let title = Time(record).what().to_lowercase();
            // The longest word that fits says most: "team lunch" goes before "lunch".
            let by_rule = || {
                let fits = rules.iter().flat_map(|(words, sort)| {
                    let own = words.iter().filter(|word| begins(&title, word));
                    own.map(move |word| (word.chars().count(), *sort))
                });
                fits.max_by_key(|(length, _)| *length).map_or("", |(_, sort)| sort)
            };
            (record.id, if said.is_empty() { by_rule() } else { said })
        })
    }
}

/// Whether a word of the text begins like that.
fn begins(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn rules_sort_by_title_and_what_was_said_goes_first() {
        let mut notebook = Notebook::default();
        let mut write = |form: &'static Form, pairs: &[(&str, &str)]| {
            let values = pairs.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect();
            notebook.write(form, None, &values, Timestamp::UNIX_EPOCH).unwrap();
        };
        for (what, sort) in [
            ("1:1 with Ada", ""),
            ("Lunch", ""),
            ("Roadmap", "people"),
            ("Zebra", ""),
            ("Board", ""),
            ("Barcodes", "none"),
        ] {
            write(&TIME, &[("what", what), ("date", "2026-01-05"), ("hours", "1"), ("sort", sort)]);
        }
        let sorts = |notebook: &Notebook| -> Vec<Option<Sort>> {
            notebook.hours().into_iter().map(|(_, sort)| sort).collect()
        };
        let usual = [Some(Sort::People), Some(Sort::People), None, Some(Sort::Strategy)];
        assert_eq!(sorts(&notebook), usual);
        let values = [("words", "zebra, board"), ("sort", "outside")];
        let values = values.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect();
        notebook.write(&RULE, None, &values, Timestamp::UNIX_EPOCH).unwrap();
        // Own rules go instead of the usual ones, so lunch is time like any.
        let own = [None, None, Some(Sort::People), Some(Sort::Outside), Some(Sort::Outside)];
        assert_eq!(sorts(&notebook), own);
    }
}
