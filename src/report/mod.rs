//! Numbers -> findings in words: what the numbers mean for the reader, with how they were counted.

mod analysis;
mod figures;
mod home;
mod json;
pub mod say;

pub use analysis::{Analysis, Counts, Measure, RECENT_WEEKS};
pub use figures::{Column, FigureText, PERCENTILES, Table, durations_figure, throughput_figure};
pub use home::{Answer, Explanation, Home, home};
pub use json::to_json;
