//! Items in, numbers out: one metric a file. Pure; the day the numbers speak for is a parameter.

mod dates;
mod distribution;
mod durations;
mod health;
mod steadiness;
mod throughput;
mod wip;

pub use dates::{Dates, State, as_of, resolve};
pub use distribution::Distribution;
pub use durations::{Durations, LeftOut, Timed, ages, cycle_times, lead_times};
pub use health::check;
pub use steadiness::{Chance, Steadiness, steadiness};
pub use throughput::{Throughput, weekly};
pub use wip::over_time;
