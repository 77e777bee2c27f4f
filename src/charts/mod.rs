//! Findings -> pictures, by plotters: one chart a file. Text in, SVG out, the same natively and in a
//! browser.
//!
//! What plotters would measure it does through the DOM, one reflow a label, with inline styles that
//! our Content-Security-Policy forbids. So axes and labels are placed here (see [`frame`]), and
//! plotters draws what it is given.

mod accuracy;
mod aging;
mod ahead;
mod behaviour;
mod blocked;
mod capacity;
mod cumulative;
mod efficiency;
mod estimates;
mod flow;
mod frame;
mod goes_with;
mod histogram;
mod kept;
mod methods;
mod moved;
pub mod palette;
mod periods;
mod points;
mod quality;
mod roadmap;
mod rows;
mod scatter;
mod series;
mod service_level;
mod small;
mod spread;
mod stages;
#[cfg(test)]
mod testing;
mod throughput;
mod ticks;
mod total_age;
mod wip;

use crate::report::{Analysis, Figure};

pub use accuracy::{BALLPARK, BIAS, OVERSHOOT};
pub use aging::AGING;
pub use ahead::AHEAD;
pub use behaviour::{BEHAVIOUR, DAILY_BEHAVIOUR};
pub use blocked::BLOCKED;
pub use capacity::{PARTS, RELIEF};
pub use cumulative::CUMULATIVE;
pub use efficiency::EFFICIENCY;
pub use estimates::ESTIMATES;
pub use flow::FLOW;
pub use frame::{Chart, ChartError, Mark, Size, TimeAxis};
pub use goes_with::GOES_WITH;
pub use histogram::HISTOGRAM;
pub use kept::KEPT;
pub use methods::METHODS;
pub use moved::MOVED;
pub use points::{POINTS, SIZES};
pub use quality::{BUG_PLACES, BUG_RATIO, OPEN_BUGS, TIME_TO_FIX};
pub use roadmap::roadmap;
pub use scatter::{SCATTER, spot_says};
pub use service_level::SERVICE_LEVEL;
pub use small::{small, small_says};
pub use spread::SPREAD;
pub use stages::STAGES;
pub use throughput::RUN;
pub use total_age::TOTAL_AGE;
pub use wip::WIP;

/// A picture with the words around it.
pub struct Plate {
    pub figure: &'static Figure,
    /// Draws it; `None` where the data can't support it. Fails only if plotters can't draw.
    pub draw: fn(&Analysis, Size) -> Option<Result<Chart, ChartError>>,
    /// It waits until the past was replayed.
    pub is_forecast: bool,
}

/// Every chart.
pub static ALL: &[&Plate] = &[
    &RUN,
    &BEHAVIOUR,
    &DAILY_BEHAVIOUR,
    &FLOW,
    &WIP,
    &TOTAL_AGE,
    &CUMULATIVE,
    &SCATTER,
    &HISTOGRAM,
    &SERVICE_LEVEL,
    &SPREAD,
    &STAGES,
    &EFFICIENCY,
    &BLOCKED,
    &AGING,
    &ESTIMATES,
    &BALLPARK,
    &BIAS,
    &OVERSHOOT,
    &GOES_WITH,
    &POINTS,
    &SIZES,
    &BUG_RATIO,
    &BUG_PLACES,
    &OPEN_BUGS,
    &TIME_TO_FIX,
    &PARTS,
    &RELIEF,
    &AHEAD,
    &KEPT,
    &METHODS,
    &MOVED,
];
