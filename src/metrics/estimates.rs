//! Whether estimates are in the right ballpark: what was estimated, against what it became.
//!
//! The mean relative error is not told: it favours underestimating (Foss et al. 2003, "A Simulation Study of the
//! Model Evaluation Criterion MMRE").

use super::interval::{median, median_between};
use super::{Attainment, Interval};
use crate::model::{Date, HOURS_A_DAY};
use crate::order::InOrder;

/// What estimates are of. The two are different units, and one is never divided by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EstimateUnit {
    /// Hours of work.
    Work,
    /// Working days from start to finish, both counted.
    WorkingDays,
}

impl EstimateUnit {
    /// A week in this unit.
    pub fn week(self) -> f64 {
        match self {
            EstimateUnit::Work => 5.0 * HOURS_A_DAY,
            EstimateUnit::WorkingDays => 5.0,
        }
    }

    /// A month in this unit.
    pub fn month(self) -> f64 {
        match self {
            EstimateUnit::Work => 21.0 * HOURS_A_DAY,
            EstimateUnit::WorkingDays => 21.0,
        }
    }
}

/// An estimate and what became of it, both above 0 and in one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Its place in the dataset.
    pub item: usize,
    pub estimate: f64,
    pub actual: f64,
    /// When it was finished, where that is known.
    pub end: Option<Date>,
}

impl Judged {
    /// Actual ÷ estimate: 2 took twice as much.
    pub fn ratio(&self) -> f64 {
        self.actual / self.estimate
    }

    /// Whether it is at most `factor` times off, either way.
    pub fn is_in_ballpark(&self, factor: f64) -> bool {
        // 14 hours for 7 is twice as much, whatever the last digit of the division.
        let ratio = self.ratio();
        ratio <= factor * (1.0 + 1e-9) && ratio >= (1.0 - 1e-9) / factor
    }

    /// Whether it took more than the estimate by at least so much.
    pub fn is_over_by(&self, much: f64) -> bool {
        self.actual - self.estimate >= much - 1e-9
    }
}

/// How good some estimates were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// How many were at most the factor off, either way.
    pub in_ballpark: Attainment,
    /// The middle ratio of actual to estimate: 1.4 is "typically 40 % more than estimated".
    pub bias: f64,
    /// Its 95 % interval; `None` under 6.
    pub bias_between: Option<Interval>,
    /// The typical factor either way of that: 1 is none.
    pub spread: f64,
    pub spread_between: Option<Interval>,
    /// How many took a week more than estimated, or longer.
    pub over_weeks: Attainment,
    /// The same by a month.
    pub over_months: Attainment,
}

/// How good those estimates were; `None` of none. Ratios are compared in logarithms, in which twice as much and
/// half as much are as far off: bias is exp(median ln r), spread exp(1.4826 × the median distance from that),
/// which for log-normal ratios is one standard deviation. The intervals are of medians (see
/// [`median_between`]); that of the spread takes the middle as known.
pub fn accuracy<'a>(
    judged: impl IntoIterator<Item = &'a Judged>,
    factor: f64,
    unit: EstimateUnit,
) -> Option<Accuracy> {
    const TO_SIGMA: f64 = 1.4826;
    let mut logs = Vec::new();
    let (mut within, mut weeks, mut months) = (0, 0, 0);
    for one in judged {
        logs.push(one.ratio().ln());
        within += usize::from(one.is_in_ballpark(factor));
        weeks += usize::from(one.is_over_by(unit.week()));
        months += usize::from(one.is_over_by(unit.month()));
    }
    let n = logs.len();
    logs.order_by(f64::total_cmp);
    let middle = median(&logs)?;
    let bias_between = median_between(&logs);
    let mut distances: Vec<f64> = logs.iter().map(|log| (log - middle).abs()).collect();
    distances.order_by(f64::total_cmp);
    let exp = |interval: Interval, by: f64| Interval {
        low: (by * interval.low).exp(),
        high: (by * interval.high).exp(),
    };
    Some(Accuracy {
        in_ballpark: Attainment { within, n },
        bias: middle.exp(),
        bias_between: bias_between.map(|between| exp(between, 1.0)),
        spread: (TO_SIGMA * median(&distances)?).exp(),
        spread_between: median_between(&distances).map(|between| exp(between, TO_SIGMA)),
        over_weeks: Attainment { within: weeks, n },
        over_months: Attainment { within: months, n },
    })
}

/// Whether work overshoots again and again, which is a sign of an underlying problem rather than of bad luck.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overshoot {
    /// Over the last periods together.
    pub all: Attainment,
    /// In how many of these it happened.
    pub happened_in: usize,
    pub periods: usize,
}

impl Overshoot {
    /// So many periods are looked at.
    pub const PERIODS: usize = 6;
    /// It is regular if it happened in so many of them,
    pub const OFTEN: usize = 4;
    /// or if at least this share overshoots, beyond doubt.
    pub const RATE: f64 = 0.1;

    /// Of the last periods of a series, oldest first.
    pub fn of(periods: &[Attainment]) -> Overshoot {
        let last = periods.get(periods.len().saturating_sub(Overshoot::PERIODS)..).unwrap_or_default();
        let mut found = Overshoot { periods: last.len(), ..Overshoot::default() };
        for period in last {
            found.all.n += period.n;
            found.all.within += period.within;
            found.happened_in += usize::from(period.within > 0);
        }
        found
    }

    /// Whether the share exceeds a tenth beyond doubt (Wilson's lower bound).
    pub fn is_frequent(&self) -> bool {
        self.all.interval().is_some_and(|interval| interval.low > Overshoot::RATE)
    }

    /// Whether it happened in at least four of the last six.
    pub fn keeps_happening(&self) -> bool {
        self.happened_in >= Overshoot::OFTEN
    }

    pub fn is_regular(&self) -> bool {
        self.is_frequent() || self.keeps_happening()
    }
}

/// Past work of about the same estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceClass {
    /// The smallest and the largest estimate among it.
    pub estimates: (f64, f64),
    /// What it became, ascending.
    pub actuals: Vec<f64>,
}

impl ReferenceClass {
    /// A class is of at least so many.
    pub const LEAST: usize = 20;

    /// By nearest rank.
    pub fn percentile(&self, p: u8) -> f64 {
        let rank = (self.actuals.len() * usize::from(p.min(100))).div_ceil(100).saturating_sub(1);
        self.actuals.get(rank).copied().unwrap_or_default()
    }
}

/// The past work whose estimates are nearest to this one on a logarithmic scale: the nearest 20, and what is as
/// near as the last of these. `past` holds estimates and what they became. `None` under 20, for an estimate that is
/// not above 0, and for one that is more than twice the largest of these or less than half the smallest: the past
/// says nothing of it.
///
/// Source: Flyvbjerg (2006), "From Nobel Prize to Project Management"; Jørgensen & Sjøberg (2003).
pub fn reference_class(past: &[(f64, f64)], estimate: f64) -> Option<ReferenceClass> {
    if !(estimate > 0.0 && estimate.is_finite()) || past.len() < ReferenceClass::LEAST {
        return None;
    }
    let mut near: Vec<(f64, f64, f64)> =
        past.iter().map(|&(e, actual)| ((e / estimate).ln().abs(), e, actual)).collect();
    near.order_by(|a, b| a.0.total_cmp(&b.0));
    let reach = near.get(ReferenceClass::LEAST - 1)?.0 + 1e-9;
    near.truncate(near.partition_point(|(distance, ..)| *distance <= reach));
    let estimates = near
        .iter()
        .fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), &(_, e, _)| (low.min(e), high.max(e)));
    if estimate > 2.0 * estimates.1 || estimate < estimates.0 / 2.0 {
        return None;
    }
    let mut actuals: Vec<f64> = near.iter().map(|&(.., actual)| actual).collect();
    actuals.order_by(f64::total_cmp);
    Some(ReferenceClass { estimates, actuals })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(estimate: f64, actual: f64) -> Judged {
        Judged { item: 0, estimate, actual, end: None }
    }

    #[test]
    fn half_as_much_and_twice_as_much_are_as_far_off() {
        let all = [(4.0, 2.0), (4.0, 4.0), (4.0, 8.0), (7.0, 14.0), (10.0, 100.0)].map(|(e, a)| judged(e, a));
        let found = accuracy(&all, 2.0, EstimateUnit::Work).unwrap();
        assert_eq!(found.in_ballpark, Attainment { within: 4, n: 5 });
        assert!((found.bias - 2.0).abs() < 1e-12);
        // Distances from ln 2: ln 4, ln 2, 0, 0, ln 5.
        assert!((found.spread - (1.4826 * 2f64.ln()).exp()).abs() < 1e-12);
        assert_eq!((found.over_weeks.within, found.over_months.within), (1, 0));
        assert_eq!(found.bias_between, None, "of five no two are sure");
        assert_eq!(accuracy(&[], 2.0, EstimateUnit::Work), None);
    }

    #[test]
    fn weeks_and_months_are_of_the_unit() {
        for (unit, week, month) in [(EstimateUnit::Work, 40.0, 168.0), (EstimateUnit::WorkingDays, 5.0, 21.0)]
        {
            let all = [judged(1.0, 1.0 + week), judged(1.0, 0.9 + week), judged(1.0, 1.0 + month)];
            let found = accuracy(&all, 2.0, unit).unwrap();
            assert_eq!((found.over_weeks.within, found.over_months.within), (2, 1), "{unit:?}");
        }
    }

    #[test]
    fn overshoot_is_regular_if_it_is_frequent_or_keeps_happening() {
        let of = |periods: &[(usize, usize)]| {
            Overshoot::of(&periods.iter().map(|&(within, n)| Attainment { within, n }).collect::<Vec<_>>())
        };
        assert!(of(&[(1, 50), (0, 50), (1, 50), (1, 50), (0, 50), (1, 50)]).is_regular(), "in four of six");
        let frequent = of(&[(0, 4), (9, 20)]);
        assert!(frequent.is_frequent() && !frequent.keeps_happening() && frequent.is_regular());
        assert!(!of(&[(1, 9)]).is_regular(), "one of nine may be luck");
        let old = of(&[(9, 9), (9, 9), (0, 9), (0, 9), (0, 9), (0, 9), (0, 9), (0, 9)]);
        assert_eq!((old.all.n, old.is_regular()), (54, false), "the last six only");
        assert!(!of(&[]).is_regular());
    }

    #[test]
    fn an_estimate_is_held_against_the_nearest() {
        let mut past: Vec<(f64, f64)> = (1..=30).map(|i| (3.0, f64::from(i))).collect();
        past.extend((0..40).map(|_| (40.0, 100.0)));
        let class = reference_class(&past, 3.0).unwrap();
        assert_eq!((class.estimates, class.actuals.len()), ((3.0, 3.0), 30), "all of the same estimate");
        assert_eq!([10, 50, 90].map(|p| class.percentile(p)), [3.0, 15.0, 27.0]);
        let class = reference_class(&past, 30.0).unwrap();
        assert_eq!((class.estimates.0, class.actuals.len()), (40.0, 40));
        assert_eq!(reference_class(&past, 999.0).or(reference_class(&past, 0.1)), None, "nothing is like it");
        assert_eq!(reference_class(&past[..19], 3.0), None);
        assert_eq!(reference_class(&past, 0.0).or(reference_class(&past, f64::NAN)), None);
    }
}
