//! Blocked time by reason.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::report::figures::BLOCKED as WORDS;
use crate::report::{Analysis, say};

pub static BLOCKED: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let reasons = analysis.blocked();
    if reasons.is_empty() {
        return None;
    }
    let unit = analysis.calendar().unit();
    let rows = reasons.iter().map(|reason| Row {
        name: reason.reason.clone(),
        value: format!("{} {unit}", say::decimal(reason.days)),
        bar: Bar::Total(reason.days),
        says: say!(
            "{}: {} {unit}, {}; {} now",
            reason.reason,
            say::decimal(reason.days),
            say::items(reason.items),
            say::number(reason.now)
        ),
        opens: None,
        set_off: true,
        is_less: false,
    });
    Some(rows::draw(rows.collect(), unit, size))
}
