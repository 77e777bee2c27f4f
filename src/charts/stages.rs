//! Time in stage: how long work is in each status.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::metrics::Distribution;
use crate::report::figures::STAGES as WORDS;
use crate::report::{Analysis, say};

pub static STAGES: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if analysis.no_time_in_stage().is_some() || analysis.stages().trips == 0 {
        return None;
    }
    let stages = &analysis.stages().time_in_stages;
    let total: f64 = stages.iter().map(|stage| stage.total()).sum();
    let rows = stages.iter().filter_map(|stage| {
        let column = analysis.workflow().columns.get(stage.column)?;
        let share = if total > 0.0 { stage.total() / total } else { 0.0 };
        let enough = stage.days.len() >= Distribution::ENOUGH;
        let at = |p: u8| stage.percentile(p).filter(|_| enough);
        let waits = if column.waits { t!(" (waits)") } else { "" };
        let bar = match (at(50), at(85), at(95)) {
            (Some(mid), Some(high), Some(highest)) => Bar::Spread([mid, high, highest]),
            _ => Bar::None,
        };
        let took = match (at(50), at(85)) {
            (Some(mid), Some(high)) => say!(
                "; half within {}, 85\u{a0}% within {} {}",
                say::decimal(mid),
                say::decimal(high),
                analysis.calendar().unit()
            ),
            _ => String::new(),
        };
        Some(Row {
            name: format!("{}{waits}", column.name),
            value: say!("{} of the time", say::percent(share)),
            bar,
            says: format!("{}: {}{took}", column.name, say::items(stage.days.len())),
            opens: None,
            set_off: column.waits,
            is_less: false,
        })
    });
    Some(rows::draw(rows.collect(), &say!("{} in the status", analysis.calendar().unit()), size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, staged};

    #[test]
    fn each_status_in_progress_has_a_row() {
        let chart = draw(&super::STAGES, &staged());
        for name in ["Doing", "Ready for test (waits)", "Test"] {
            assert!(chart.svg.contains(&format!("\n{name}\n")), "{name}");
        }
    }
}
