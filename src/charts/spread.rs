//! Durations by kind of work and by project, side by side.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::report::figures::{SPREAD as WORDS, spreads};
use crate::report::{Analysis, say};

pub static SPREAD: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let (kinds, projects) = spreads(analysis);
    if kinds.len() + projects.len() < 2 {
        return None;
    }
    let percent = analysis.counting().sle_percent;
    let rows = kinds.into_iter().chain(projects).map(|spread| {
        let d = &spread.distribution;
        let at = |p: u8| f64::from(d.percentile(p).map_or(0, |days| days.0));
        let (mid, high, highest) = (at(50), at(percent.max(50)), at(95.max(percent)));
        let value = format!("{percent}\u{a0}%: {}\u{a0}d", say::number(at(percent) as usize));
        Row {
            says: say!(
                "{}: {}; half within {}, {} within {}, 95\u{a0}% within {} {}",
                spread.name,
                say::items(d.n()),
                say::number(mid as usize),
                analysis.percent(),
                say::number(at(percent) as usize),
                say::number(at(95) as usize),
                analysis.calendar().unit()
            ),
            name: format!("{} ({})", spread.name, say::number(d.n())),
            value,
            bar: Bar::Spread([mid, high, highest]),
            opens: Some(spread.selection),
            set_off: false,
            is_less: false,
        }
    });
    Some(rows::draw(rows.collect(), analysis.calendar().unit(), size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, staged};

    #[test]
    fn bugs_stand_beside_features() {
        let chart = draw(&super::SPREAD, &staged());
        assert!(
            chart.svg.contains("\nFeatures (12)\n") && chart.svg.contains("\nBugs (12)\n"),
            "{}",
            chart.svg
        );
        assert_eq!(chart.marks.len(), 2);
    }
}
