//! What overshooting goes with: each group's share against that of the rest.

use super::Plate;
use super::frame::{Chart, ChartError, Size};
use super::rows::{self, Bar, Row};
use crate::report::estimates::Told;
use crate::report::figures::{GOES_WITH as WORDS, factor_name, told_in_words};
use crate::report::{Analysis, Selection, say};

pub static GOES_WITH: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

/// So many groups are drawn; all are in the table.
const MOST: usize = 14;

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    if analysis.no_estimates().is_some() {
        return None;
    }
    let judged = &analysis.estimates().judged;
    let tested =
        analysis.goes_with().factors.iter().filter_map(|factor| Some((factor, factor.tested.as_ref()?)));
    let percent = |share: f64| 100.0 * share;
    let rows: Vec<Row> = tested
        .take(MOST)
        .filter_map(|(factor, tested)| {
            let (inside, outside) = (tested.inside.overshot, tested.outside.overshot);
            let (share, rest, interval) = (inside.share()?, outside.share()?, inside.interval()?);
            let told = told_in_words(tested);
            let kind = Told::of(tested);
            // Told by the middle ratio only: a picture of its share would say something else.
            let by_middle = kind != Told::Noise && !tested.rate_holds;
            let members = factor.members.iter().filter_map(|&at| judged.get(at as usize));
            Some(Row {
                says: say!(
                    "{}: {} of {} overshot, {} of the rest; middle ratio {} against {}; {told}",
                    factor_name(factor),
                    say::number(inside.within),
                    say::items(inside.n),
                    say::percent(rest),
                    say::factor_of(tested.inside.bias),
                    say::factor_of(tested.outside.bias)
                ),
                name: format!("{} ({})", factor_name(factor), say::number(inside.n)),
                value: match by_middle {
                    true => say!(
                        "middle {} against {}",
                        say::factor_of(tested.inside.bias),
                        say::factor_of(tested.outside.bias)
                    ),
                    false => say!("{} against {}", say::percent(share), say::percent(rest)),
                },
                bar: match by_middle {
                    true => Bar::None,
                    false => Bar::Against {
                        value: percent(share),
                        between: Some((percent(interval.low), percent(interval.high))),
                        other: Some(percent(rest)),
                    },
                },
                opens: Some(Selection::Listed(members.map(|one| one.item).collect())),
                set_off: kind == Told::MoreOften,
                is_less: kind == Told::Less,
            })
        })
        .collect();
    (!rows.is_empty()).then(|| rows::draw(rows, t!("% that overshot"), size))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{analysis, draw};

    #[test]
    fn a_group_that_overshoots_stands_first() {
        let rows: String = (0..80)
            .map(|i| {
                let (project, actual) = if i % 4 == 0 { ("Old", 30) } else { ("New", 8) };
                format!("{i},2024-01-03,2024-01-{:02},8,{actual},{project}\n", 4 + i % 9)
            })
            .collect();
        let analysis = analysis(&format!("id,started,finished,hours estimate,hours actual,project\n{rows}"));
        let chart = draw(&super::GOES_WITH, &analysis);
        assert!(chart.marks[0].says.contains("Project “"), "{}", chart.marks[0].says);
        assert!(chart.marks[0].says.ends_with("overshoots more often"), "{}", chart.marks[0].says);
        // Old and New are the same question, so it is asked once.
        assert_eq!(chart.marks.iter().filter(|mark| mark.says.contains("Project")).count(), 1);
    }
}
