//! Findings -> pictures, by plotters: one chart a file. Text in, SVG out, the same natively and in a
//! browser.
//!
//! What plotters would measure it does through the DOM, one reflow a label, with inline styles that
//! our Content-Security-Policy forbids. So axes and labels are placed here (see [`frame`]), and
//! plotters draws what it is given.

mod frame;
mod palette;
mod scatter;
mod throughput;
mod ticks;

pub use frame::{ChartError, Size};
pub use scatter::scatter;
pub use throughput::throughput;
