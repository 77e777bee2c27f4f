//! Time by story points, and by size.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::metrics::Distribution;
use crate::report::figures::{POINTS as POINT_WORDS, SIZES as SIZE_WORDS};
use crate::report::points::Scale;
use crate::report::{Analysis, say};

pub static POINTS: Plate = Plate { figure: &POINT_WORDS, draw: points, is_forecast: false };
pub static SIZES: Plate = Plate { figure: &SIZE_WORDS, draw: sizes, is_forecast: false };

fn points(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    draw(analysis, Scale::Points, size)
}

fn sizes(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    draw(analysis, Scale::Sizes, size)
}

fn draw(analysis: &Analysis, scale: Scale, size: Size) -> Option<Result<Chart, ChartError>> {
    let classes = analysis.classes(scale)?;
    let percent = analysis.counting().sle_percent;
    let enough = classes.classes.iter().filter(|class| class.distribution.n() >= Distribution::ENOUGH);
    let rows: Vec<Row> = enough
        .map(|class| {
            let d = &class.distribution;
            let at = |p: u8| f64::from(d.percentile(p).map_or(0, |days| days.0));
            Row {
                says: say!(
                    "{}: {}; half within {}, {} within {}, 95\u{a0}% within {} {}",
                    class.in_words(scale),
                    say::items(d.n()),
                    say::number(at(50) as usize),
                    analysis.percent(),
                    say::number(at(percent) as usize),
                    say::number(at(95) as usize),
                    analysis.calendar().unit()
                ),
                name: format!("{} ({})", say::capital(&class.in_words(scale)), say::number(d.n())),
                value: say!("half: {}\u{a0}d", say::number(at(50) as usize)),
                bar: Bar::Spread([at(50), at(percent.max(50)), at(95.max(percent))]),
                opens: Some(class.selection.clone()),
                set_off: false,
                is_less: false,
            }
        })
        .collect();
    (!rows.is_empty()).then(|| rows::draw(rows, analysis.calendar().unit(), size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw};

    #[test]
    fn each_value_has_its_row() {
        let rows: String = (0..30)
            .map(|i| format!("{i},2024-01-03,2024-01-{:02},{}\n", 4 + i % 20, [1, 2, 3][i % 3]))
            .collect();
        let chart = draw(&super::POINTS, &analysis(&format!("id,started,finished,story points\n{rows}")));
        assert_eq!(chart.marks.len(), 3);
        assert!(chart.svg.contains("\n1\u{a0}point (10)\n"), "{}", chart.svg);
    }
}
