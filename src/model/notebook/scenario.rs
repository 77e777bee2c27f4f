//! What-if scenarios: what would change, to be held against what is.

use super::{Field, Form, Input, Record};
use crate::model::Date;

pub static SCENARIO: Form = Form {
    id: "scenario",
    title: "What-if scenarios",
    one: "a scenario",
    purpose: "What would become of a date if something changed: the team away, less to do, a quicker pace, work that grows. \
              The Forecast and Roadmap pages show each beside what is.",
    fields: &[
        Field { id: "name", label: "Scenario", hint: "", input: Input::Line, needed: true },
        Field {
            id: "away_from",
            label: "Team away from",
            hint: "The first day on which nothing is done",
            input: Input::Date,
            needed: false,
        },
        Field {
            id: "away_days",
            label: "For",
            hint: "Calendar days; two weeks are 14",
            input: Input::Number(1.0, 730.0, "days away"),
            needed: false,
        },
        Field {
            id: "less",
            label: "Scope cut by",
            hint: "",
            input: Input::Number(0.0, 100_000.0, "items fewer"),
            needed: false,
        },
        Field {
            id: "faster",
            label: "Throughput up by",
            hint: "Below 0 it is down",
            input: Input::Number(-90.0, 300.0, "% more throughput"),
            needed: false,
        },
        Field {
            id: "fewer",
            label: "Projects in parallel, fewer by",
            hint: "Counts on the Roadmap page",
            input: Input::Number(0.0, 49.0, "fewer in parallel"),
            needed: false,
        },
        Field {
            id: "split",
            label: "Each item falls into as many as",
            hint: "1.5 says that half of them turn out to be two, at the most",
            input: Input::Number(1.0, 5.0, "pieces an item at the most"),
            needed: false,
        },
        Field {
            id: "grows",
            label: "New work",
            hint: "",
            input: Input::Choice(&[("", "is not counted"), ("yes", "comes in as it did so far")]),
            needed: false,
        },
    ],
    called_by: &["name"],
    example: &[("name", "Two weeks of holidays"), ("away_from", "2026-12-21"), ("away_days", "14")],
};

/// A scenario, as what it means.
#[derive(Clone, Copy, Debug)]
pub struct Scenario<'a>(pub &'a Record);

impl<'a> Scenario<'a> {
    pub fn name(self) -> &'a str {
        self.0.text("name")
    }

    /// The first day away, and how many there are.
    pub fn away(self) -> Option<(Date, u32)> {
        Some((self.0.date("away_from")?, self.whole("away_days").filter(|days| *days > 0)?))
    }

    /// What it lacks to mean something, to be said behind its name.
    pub fn lacks(self) -> &'static str {
        match (self.0.date("away_from"), self.whole("away_days").filter(|days| *days > 0)) {
            (Some(_), None) => t!(" (for how many days is not said)"),
            (None, Some(_)) => t!(" (from which day is not said)"),
            _ => "",
        }
    }

    /// Items fewer to do.
    pub fn less(self) -> u32 {
        self.whole("less").unwrap_or_default()
    }

    /// The factor of the pace: 1.1 finishes a tenth more.
    pub fn pace(self) -> f64 {
        1.0 + self.0.number("faster").unwrap_or_default() / 100.0
    }

    /// Projects in parallel fewer.
    pub fn fewer(self) -> usize {
        self.whole("fewer").unwrap_or_default() as usize
    }

    /// Into how many pieces an item falls at the most.
    pub fn split(self) -> f64 {
        self.0.number("split").unwrap_or(1.0).max(1.0)
    }

    pub fn grows(self) -> bool {
        self.0.text("grows") == "yes"
    }

    fn whole(self, field: &str) -> Option<u32> {
        self.0.number(field).map(|n| n.round().clamp(0.0, 1e6) as u32)
    }
}
