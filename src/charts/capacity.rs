//! What comes in and leaves by team and area, and what relief of each stage would bring.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::report::capacity::{gain_in_words, limiting, name_of, rate_in_words, stage_name};
use crate::report::figures::{PARTS as PARTS_WORDS, RELIEF as RELIEF_WORDS};
use crate::report::{Analysis, Selection, say};

pub static PARTS: Plate = Plate { figure: &PARTS_WORDS, draw: parts, is_forecast: false };
pub static RELIEF: Plate = Plate { figure: &RELIEF_WORDS, draw: relief, is_forecast: false };

fn parts(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let parts = analysis.capacity().parts.iter();
    let rows: Vec<Row> = parts
        .filter_map(|part| {
            let (came, went) = (part.came?, part.went?);
            let ends = |rate: crate::metrics::Rate| (rate.per_week, (rate.between.low, rate.between.high));
            let growth = say::signed(came.per_week - went.per_week);
            Some(Row {
                says: say!(
                    "{}: {} come in, {} leave; {} open; the chance that it grows is {}",
                    name_of(part),
                    rate_in_words(&came),
                    rate_in_words(&went),
                    say::number(part.open()),
                    part.chance_of_growth.map(say::percent).unwrap_or_default()
                ),
                name: say!("{} ({} open)", name_of(part), say::number(part.open())),
                value: say!("{growth} a week"),
                bar: Bar::Pair([ends(came), ends(went)]),
                opens: Some(Selection::Listed(part.open_items.clone())),
                set_off: part.grows,
                is_less: false,
            })
        })
        .collect();
    (!rows.is_empty()).then(|| rows::draw(rows, t!("items a week"), size))
}

fn relief(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let reliefs = analysis.reliefs();
    let limiting = limiting(reliefs).map(|stage| stage.column);
    let rows: Vec<Row> = reliefs
        .stages
        .iter()
        .map(|stage| Row {
            says: say!(
                "{}: {} of the time; {} less at the {} percentile if stays were half as long",
                stage_name(analysis, stage),
                say::percent(stage.share),
                gain_in_words(stage),
                say::ordinal(analysis.counting().sle_percent)
            ),
            name: say!("{} ({} of the time)", stage_name(analysis, stage), say::percent(stage.share)),
            value: format!("{}\u{a0}d", say::decimal(stage.gain.max(0.0))),
            bar: Bar::Against {
                value: stage.gain.max(0.0),
                between: Some((stage.between.low.max(0.0), stage.between.high.max(0.0))),
                other: None,
            },
            opens: None,
            set_off: limiting == Some(stage.column),
            is_less: false,
        })
        .collect();
    (!rows.is_empty()).then(|| rows::draw(rows, t!("days less"), size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw, staged};

    #[test]
    fn each_team_has_a_row_and_stages_need_histories() {
        let rows: String = (0..60)
            .map(|i| {
                let day = |n: i32| crate::model::day_from_number(19_723 + n);
                format!("{i},{},{},{}\n", day(2 * i), day(2 * i + 3), ["Blue", "Green"][i as usize % 2])
            })
            .collect();
        let chart = draw(&super::PARTS, &analysis(&format!("id,created,finished,team\n{rows}")));
        assert_eq!(chart.marks.len(), 3);
        assert!((super::RELIEF.draw)(&staged(), crate::charts::testing::SIZE).is_none());
    }
}
