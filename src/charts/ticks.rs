//! Where an axis has its marks, and what they say.

use crate::language::formats;
use crate::model::{Date, day_from_number, day_number};

/// Whole-number marks from 0 to at least `top`, at most `most` of them after 0, in steps of 1, 2 or
/// 5 times a power of ten.
pub fn counts(top: u32, most: usize) -> Vec<u32> {
    let steps = (0..9).flat_map(|power| [1, 2, 5].map(|n| n * 10u32.pow(power)));
    let fits = |step: &u32| top.div_ceil(*step) as usize <= most.max(1);
    let step = steps.into_iter().find(fits).unwrap_or(1_000_000_000);
    (0..=top.div_ceil(step).max(1)).map(|i| i.saturating_mul(step)).collect()
}

/// Marks of a logarithmic axis from 1 to at least `top`: 1, 2, 5, 10 … or, where those are too many,
/// powers of ten.
pub fn powers(top: u32, most: usize) -> Vec<u32> {
    let up_to = |factors: &[u32]| {
        let all = (0..9).flat_map(|power| factors.iter().map(move |n| n * 10u32.pow(power)));
        let all: Vec<u32> = all.collect();
        let enough = all.iter().position(|&mark| mark >= top.max(2)).unwrap_or(all.len() - 1);
        all[..=enough].to_vec()
    };
    [&[1, 2, 5][..], &[1, 3], &[1]]
        .into_iter()
        .map(up_to)
        .find(|m| m.len() <= most)
        .unwrap_or_else(|| up_to(&[1]))
}

/// Marks from 0 to at least `top`, at most `most` of them after 0, in steps of 1, 2 or 5 times a power of ten, below
/// 1 too.
pub fn linear(top: f64, most: usize) -> Vec<f64> {
    let steps = (-4..9).flat_map(|power| [1.0, 2.0, 5.0].map(|n| n * 10f64.powi(power)));
    let reach = |step: f64| (top.max(0.0) / step - 1e-9).ceil().max(1.0);
    let step = steps.into_iter().find(|&step| reach(step) <= most.max(1) as f64).unwrap_or(1e9);
    // By division, so that 3 × 0.1 is 0.3.
    let at = |i: usize| if step < 1.0 { i as f64 / (1.0 / step).round() } else { i as f64 * step };
    (0..=(reach(step) as usize).min(most.max(1))).map(at).collect()
}

/// Marks of a logarithmic axis that lie between two values above 0 or just around them: 1, 2, 5, 10 … or, where those
/// are too many, powers of ten.
pub fn log(low: f64, high: f64, most: usize) -> Vec<f64> {
    let around = |factors: &[f64]| -> Vec<f64> {
        let all = (-6..10).flat_map(|power| factors.iter().map(move |n| n * 10f64.powi(power)));
        let all: Vec<f64> = all.collect();
        let from = all.partition_point(|&mark| mark <= low * (1.0 + 1e-9)).saturating_sub(1);
        let to = all.partition_point(|&mark| mark < high * (1.0 - 1e-9));
        all.get(from..=to.min(all.len() - 1)).unwrap_or_default().to_vec()
    };
    let each = [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]].into_iter().map(around);
    let fits = |marks: &Vec<f64>| marks.len() <= most.max(2);
    // Every second, third … power of ten, with both ends.
    let thinned = || {
        let all = around(&[1.0]);
        let step = (all.len().saturating_sub(1)).div_ceil(most.max(2) - 1).max(1);
        let low = all.first().copied().unwrap_or(0.1);
        (0..=all.len().saturating_sub(1).div_ceil(step))
            .map(|n| low * 10f64.powi((n * step) as i32))
            .collect()
    };
    each.into_iter().find(fits).unwrap_or_else(thinned)
}

/// Days to mark between two days, at most `most` of them, each with its label: weeks, months or
/// years, whatever fits.
pub fn dates(first: Date, last: Date, most: usize) -> Vec<(Date, String)> {
    let most = most.max(2);
    let days = day_number(last) - day_number(first);
    for step in [1, 2, 7, 14, 28] {
        if days / step < most as i32 && days < 90 {
            let marks = (0..=days / step).map(|i| day_from_number(day_number(first) + i * step));
            return marks.map(|day| (day, formats::day_and_month(day))).collect();
        }
    }
    let month_index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let months = month_index(last) - month_index(first) + 1;
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
    let step = steps.into_iter().find(|step| months / step < most as i32).unwrap_or(12_000);
    let marks = (month_index(first)..=month_index(last) + 1).filter(|month| month % step == 0);
    let marks = marks.filter_map(|month| {
        let year = i16::try_from(month.div_euclid(12)).ok()?;
        let day = Date::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()?;
        let label = match (step, day.month()) {
            (12.., _) => day.year().to_string(),
            (_, 1) => day.year().to_string(),
            _ => formats::short_month(day),
        };
        Some((day, label))
    });
    let within = marks.filter(|(day, _)| (first..=last).contains(day));
    let mut marks: Vec<_> = within.collect();
    // Months alone don't say of which year.
    if let Some((day, label)) = marks.first_mut()
        && step < 12
        && day.month() != 1
    {
        *label = formats::month(*day);
    }
    // One mark alone gives no scale.
    let end = |day: Date| (day, formats::date_of_short_year(day));
    if marks.len() < 2 { vec![end(first), end(last)] } else { marks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SOME_DAY: Date = date(2024, 1, 1);

    #[test]
    fn count_marks_are_round_and_reach_the_top() {
        for (top, most, want) in [
            (0, 5, vec![0, 1]),
            (1, 5, vec![0, 1]),
            (4, 5, vec![0, 1, 2, 3, 4]),
            (7, 5, vec![0, 2, 4, 6, 8]),
            (95, 5, vec![0, 20, 40, 60, 80, 100]),
            (1234, 4, vec![0, 500, 1000, 1500]),
        ] {
            assert_eq!(counts(top, most), want, "{top}");
        }
        assert!(counts(u32::MAX, 5).len() <= 6);
    }

    #[test]
    fn marks_below_one_are_round_too() {
        assert_eq!(linear(0.75, 5), [0.0, 0.2, 0.4, 0.6, 0.8]);
        assert_eq!(linear(0.3, 3), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(linear(7.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(linear(0.0, 5), [0.0, 0.0001]);
        assert_eq!(log(0.4, 30.0, 9), [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);
        assert_eq!(log(1.0, 10.0, 9), [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(log(0.02, 4000.0, 8), [0.01, 0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0]);
        assert_eq!(log(0.01, 9000.0, 4), [0.01, 1.0, 100.0, 10000.0]);
        assert!(log(f64::NAN, f64::INFINITY, 8).len() < 20);
    }

    #[test]
    fn power_marks_reach_the_top_and_thin_out() {
        assert_eq!(powers(1, 8), [1, 2]);
        assert_eq!(powers(40, 8), [1, 2, 5, 10, 20, 50]);
        assert_eq!(powers(1500, 6), [1, 10, 100, 1000, 10000]);
        assert_eq!(powers(1500, 8), [1, 3, 10, 30, 100, 300, 1000, 3000]);
        assert!(powers(u32::MAX, 3).len() < 12);
    }

    #[test]
    fn date_marks_fit_their_span() {
        let labels = |first, last, most| {
            dates(first, last, most).into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels(SOME_DAY, date(2024, 1, 3), 5), ["1\u{a0}Jan", "2\u{a0}Jan", "3\u{a0}Jan"]);
        assert_eq!(labels(SOME_DAY, date(2024, 2, 10), 7)[1], "8\u{a0}Jan");
        assert_eq!(
            labels(date(2023, 10, 5), date(2024, 3, 10), 8),
            ["Nov\u{a0}2023", "Dec", "2024", "Feb", "Mar"]
        );
        assert_eq!(labels(date(2012, 7, 16), date(2021, 10, 27), 6), ["2014", "2016", "2018", "2020"]);
        assert_eq!(labels(SOME_DAY, SOME_DAY, 5), ["1\u{a0}Jan"]);
        let short = labels(date(2024, 2, 5), date(2024, 4, 28), 2);
        assert_eq!(short, ["5\u{a0}Feb\u{a0}24", "28\u{a0}Apr\u{a0}24"]);
    }
}
