//! Ballpark: how predictable is your team's delivery?
//!
//! The core takes a tracker's export and gives numbers, findings in words and charts; it knows
//! nothing of a browser. `ui` is the app around it. ARCHITECTURE.md has the map.

#[macro_use]
pub mod language;

pub mod charts;
pub mod forecast;
pub mod import;
pub mod metrics;
pub mod model;
pub mod order;
pub mod pace;
pub mod report;
pub mod route;
pub mod sample;
pub mod storage;
#[cfg(target_arch = "wasm32")]
pub mod ui;
