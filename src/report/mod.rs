//! Numbers -> findings in words: what the numbers mean for the reader, with how they were counted.

mod analysis;
mod basis;
pub mod capacity;
mod comparison;
mod csv;
pub mod estimates;
pub mod figures;
pub mod findings;
pub mod forecast;
mod home;
mod in_force;
mod in_progress;
mod json;
pub mod points;
mod predictability;
pub mod quality;
pub mod roles;
pub mod say;
mod selection;
#[cfg(test)]
pub mod testing;

pub use analysis::{Analysis, Counts, Measure, RECENT_WEEKS, RECORD_MONTHS, Stages};
pub use basis::{Basis, Tells};
pub use comparison::{Comparison, Row, comparison};
pub use csv::csv;
pub use figures::{Column, Figure, FigureText, Table};
pub use findings::{Desk, Finding, Picture, Place, Weight};
pub use home::{Answer, Explanation, Home, LeftOutItems, caveat, home};
pub use in_progress::{OpenItem, headline, open_item};
pub use json::{Asks, to_json, to_json_with};
pub use predictability::{cadence_answers, cycle_answers};
pub use selection::{Selection, Why};
