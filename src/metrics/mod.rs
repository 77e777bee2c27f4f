//! Items in, numbers out: one metric a file. Pure; the day the numbers speak for is a parameter.

mod aging;
mod cadence;
mod capacity;
pub mod change;
mod concordance;
mod contrast;
mod cumulative;
mod dates;
mod distribution;
mod due;
mod durations;
mod efficiency;
mod effort;
mod estimates;
mod flow;
mod goes_with;
mod health;
mod interval;
mod iterations;
mod period;
mod process_behaviour;
mod quality;
mod record;
mod relief;
mod rolling;
mod service_level;
mod stability;
mod stages;
mod steadiness;
mod survival;
#[cfg(test)]
mod testing;
mod throughput;
mod window;
mod wip;

pub use aging::{Need, Open, Yardstick, open_items};
pub use cadence::{Cadence, Gap, cadence};
pub use capacity::{Rate, chance_of_growth, people_needed, rate};
pub use concordance::{Concordance, concordance, took_longer};
pub use contrast::{Fourfold, discoveries};
pub use cumulative::{CumulativeFlow, cumulative};
pub use dates::{Dates, State, as_of, resolve};
pub use distribution::Distribution;
pub use due::{DueRecord, due_record};
pub use durations::{Durations, LeftOut, Timed, ages, cycle_times, lead_times};
pub use efficiency::{BlockedBy, Efficiency, blocked, blocked_share, efficiency, knows_blocked};
pub use effort::{Effort, effort, efforts};
pub use estimates::{Accuracy, EstimateUnit, Judged, Overshoot, ReferenceClass, accuracy, reference_class};
pub use flow::{Flow, flow};
pub use goes_with::{FALSE_SHARE, FEWEST, Side, Tested, goes_with};
pub use health::check;
pub use interval::{
    Interval, clopper_pearson, median, median_between, poisson_mean, ratio_of_counts, wilson,
};
pub use iterations::{Iteration, iterations};
pub use period::Period;
pub use process_behaviour::{ENOUGH, Limits, Rule, Segment, Signal, process_behaviour, signals_by_point};
pub use quality::{Balance, Middle, OpenBugs, count_in, open_bugs, was_reopened};
pub use record::{Kept, Outcome, known_by, walk_forward};
pub use relief::{ENOUGH_TRIPS, Relief, Reliefs, reliefs};
pub use rolling::{Rolling, rolling_percentiles};
pub use service_level::{Attainment, ServiceLevel, service_level};
pub use stability::{LittlesLaw, littles_law};
pub use stages::{
    Column, TimeInStage, Trip, Visit, Workflow, ages_at_leaving, flags, path, time_in_stages, waits,
};
pub use steadiness::{Chance, Steadiness, steadiness};
pub use survival::Survival;
pub use throughput::{Daily, Throughput, daily, weekly};
pub use window::Window;
pub use wip::{Load, load};
