//! How far off each method was on the earlier half of the past.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::order::InOrder;
use crate::report::figures;
use crate::report::forecast::TOLD;
use crate::report::{Analysis, say};

pub static METHODS: Plate = Plate { figure: &figures::METHODS, draw, is_forecast: true };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let choice = &analysis.forecaster()?.choice;
    let mut judged: Vec<_> = choice.judged.iter().collect();
    judged.order_by(|a, b| a.loss().total_cmp(&b.loss()));
    let rows: Vec<Row> = judged
        .into_iter()
        .map(|of| {
            let trials: usize = of.scores.iter().map(|score| score.trials).sum();
            let covered: usize = of.scores.iter().map(|score| score.covered[TOLD]).sum();
            let came = say::percent(covered as f64 / trials.max(1) as f64);
            let is_chosen = of.method == choice.method;
            Row {
                name: t!(of.method.name).to_owned(),
                value: say!("{came} came true{}", if is_chosen { t!(", chosen") } else { "" }),
                bar: Bar::Total(of.loss()),
                says: say!(
                    "{}: its 85\u{a0}% came true in {came} of {} forecasts; it {}",
                    t!(of.method.name),
                    say::number(trials),
                    t!(of.method.says)
                ),
                opens: None,
                set_off: is_chosen,
                is_less: false,
            }
        })
        .collect();
    (!rows.is_empty()).then(|| rows::draw(rows, t!("loss, as a share of what came"), size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, finished_weekly};

    #[test]
    fn every_method_has_a_row_where_there_was_a_choice() {
        let weeks: Vec<u32> = (0..90).map(|n| 2 + n % 4).collect();
        let analysis = finished_weekly(&weeks, false);
        analysis.forecast_now();
        let chart = draw(&super::METHODS, &analysis);
        assert_eq!(chart.marks.len(), crate::forecast::METHODS.len());
        assert!(chart.svg.contains("chosen"));
        let few = finished_weekly(&weeks[..20], false);
        few.forecast_now();
        assert!((super::METHODS.draw)(&few, crate::charts::testing::SIZE).is_none());
    }
}
