//! What stands around a chart: its finding as a title, its caveats, and its numbers as tables. One figure a
//! file; where the data can't support it, it says why and which export would.

mod aging;
mod behaviour;
mod blocked;
mod capacity;
mod cumulative;
mod durations;
mod efficiency;
mod estimates;
mod flow;
mod forecast;
mod goes_with;
mod histogram;
mod points;
mod quality;
mod service_level;
mod spread;
mod stages;
mod throughput;
mod wip;

use std::borrow::Cow;

use super::Analysis;

pub use aging::AGING;
pub use behaviour::{BEHAVIOUR, DAILY_BEHAVIOUR, signals_in_words};
pub use blocked::BLOCKED;
pub use capacity::{PARTS, RELIEF};
pub use cumulative::CUMULATIVE;
pub use durations::{DURATIONS, rolling_window};
pub use efficiency::EFFICIENCY;
pub use estimates::{BALLPARK, BIAS, ESTIMATES, Lately, OVERSHOOT, ballpark_change};
pub use flow::FLOW;
pub use forecast::{AHEAD, DRAWN_TRIALS, FAN, Fan, KEPT, METHODS, MOVED, fan, said_until};
pub use goes_with::{GOES_WITH, factor_name, told_in_words};
pub use histogram::{Bins, HISTOGRAM, bins};
pub use points::{POINTS, SIZES};
pub use quality::{BUG_PLACES, BUG_RATIO, OPEN_BUGS, TIME_TO_FIX};
pub use service_level::SERVICE_LEVEL;
pub use spread::{SPREAD, Spread, spreads};
pub use stages::STAGES;
pub use throughput::THROUGHPUT;
pub use wip::{TOTAL_AGE, WIP, usual_wip};

/// A figure's words and numbers.
pub struct Figure {
    /// Stable name, for tests, links and saved files.
    pub id: &'static str,
    /// What it is called where it has nothing to show.
    pub name: &'static str,
    /// What stands around the picture, or why there is none and what would help.
    pub text: fn(&Analysis) -> Result<FigureText, String>,
    /// The picture's numbers.
    pub tables: fn(&Analysis) -> Vec<Table>,
}

/// The words of one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureText {
    /// What the chart shows, as a sentence.
    pub finding: String,
    /// What is drawn, over which window, and what to be careful about.
    pub caption: String,
}

/// A table of a chart's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// A column's name, and whether it holds numbers, which line up on the right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    Text(Cow<'static, str>),
    Number(Cow<'static, str>),
}

impl Column {
    pub fn text(name: impl Into<Cow<'static, str>>) -> Column {
        Column::Text(name.into())
    }

    pub fn number(name: impl Into<Cow<'static, str>>) -> Column {
        Column::Number(name.into())
    }

    pub fn name(&self) -> &str {
        match self {
            Column::Text(name) | Column::Number(name) => name,
        }
    }
}

/// What would bring a status history.
fn history_helps() -> &'static str {
    t!(
        "Jira\u{2019}s REST JSON with changelog, Trello\u{2019}s JSON, a table of stage dates or an event log has one."
    )
}

/// Why there is no throughput, and what export would bring it.
fn no_throughput(analysis: &Analysis) -> String {
    let why = analysis.no_throughput().unwrap_or(t!("No throughput."));
    let has_dates = analysis.dates.iter().any(|dates| dates.finished.is_some());
    match analysis.counts.finished {
        n if n == 0 || has_dates => why.to_owned(),
        _ => say!("{why} An export with the days on which items were finished would tell."),
    }
}
