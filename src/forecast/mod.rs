//! Throughput history -> when so many items are done and how many are done by then, as distributions; and how often
//! what each method would have said came true.
//!
//! A [`History`] is what a team finished week by week. A [`Method`] makes an [`Outlook`] of what was known at the end of
//! a week. Where a sum of periods has an exact distribution it is computed ([`exact`]); what has none is simulated
//! ([`simulate`]). [`replay`] asks every method the same question in every past week, and [`choose`] takes the one that
//! did best.

mod ahead;
mod choose;
mod exact;
mod history;
mod method;
mod outlook;
mod replay;
mod roadmap;
mod simulate;

pub use ahead::Ahead;
pub use choose::{Choice, HORIZONS, Judged, LEAST_TO_CHOOSE, MARGIN, Why, choose};
pub use history::{History, Past, Period, Unit};
pub use method::{Assumed, METHODS, Method, PLAIN, SEVERAL_WINDOWS};
pub use outlook::{FARTHEST_WEEKS, Outlook};
pub use replay::{
    LEAST_KNOWN, Question, Score, Trial, apart, ask, ask_in_steps, is_over, replay, score, velocity,
    weeks_to_ask,
};
pub use roadmap::{Joint, Leg, Plan, joint};
pub use simulate::{Draws, Scope, TRIALS, rank, simulate, simulated_lines, simulated_when};

/// The percentages that are told of every forecast.
pub const LEVELS: [u8; 4] = [50, 70, 85, 95];

/// The shares of [`LEVELS`].
pub fn shares() -> [f64; 4] {
    LEVELS.map(|level| f64::from(level) / 100.0)
}
