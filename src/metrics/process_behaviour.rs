//! Process behaviour chart (XmR): which of a series' ups and downs are more than its usual noise.
//!
//! Source: Wheeler, *Understanding Variation* (2000). For counts a week and work in progress, whose values
//! stand beside one another in time; not for single cycle times, which are skewed.

use crate::order::InOrder;
use std::ops::Range;

/// What is usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The mean of the baseline.
    pub centre: f64,
    pub mean_moving_range: f64,
    /// Natural process limits; for counts the lower one may be below 0, where no count can be.
    pub upper: f64,
    pub lower: f64,
}

/// 3 ÷ d₂ for ranges of two, Wheeler's scaling factor.
const SCALE: f64 = 2.660;

impl Limits {
    /// Limits of a baseline: mean ± 2.660 × mean moving range. `None` under two values.
    pub fn of(values: &[f64]) -> Option<Limits> {
        let n = values.len();
        if n < 2 {
            return None;
        }
        let centre = values.iter().sum::<f64>() / n as f64;
        let ranges: f64 = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
        let mean_moving_range = ranges / (n - 1) as f64;
        let reach = SCALE * mean_moving_range;
        Some(Limits { centre, mean_moving_range, upper: centre + reach, lower: centre - reach })
    }

    /// The lower limit as it is drawn: no count is below 0.
    pub fn lower_for_counts(&self) -> f64 {
        self.lower.max(0.0)
    }
}

/// Why a point is a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Outside the limits.
    Outside,
    /// At least 3 of 4 successive points nearer to a limit than to the centre, on one side.
    NearLimit,
    /// 8 successive points on one side of the centre.
    OneSide,
}

impl Rule {
    /// The name in reports.
    pub fn id(self) -> &'static str {
        match self {
            Rule::Outside => "outside_limits",
            Rule::NearLimit => "three_of_four_near_limit",
            Rule::OneSide => "eight_on_one_side",
        }
    }
}

/// Something that the usual noise rarely does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The first point it is seen in; with [`Rule::Outside`] the same as `at`.
    pub from: usize,
    /// The point that completes it.
    pub at: usize,
    pub rule: Rule,
    /// Above the centre, rather than below.
    pub high: bool,
}

/// A stretch of the series with limits of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub points: Range<usize>,
    /// `None` where the stretch is shorter than [`ENOUGH`].
    pub limits: Option<Limits>,
    /// One a rule and run: while a run goes on, its signal grows.
    pub signals: Vec<Signal>,
}

/// Under so many points there are no limits.
pub const ENOUGH: usize = 6;

/// The stretches of a series between `restarts` (places of their first points), each with its limits and
/// what is more than noise by them. `baseline` names points to measure by: in the stretches that they
/// reach into, only these count. A stretch, or a baseline in it, of fewer than [`ENOUGH`] points has no
/// limits and no signals.
pub fn process_behaviour(values: &[f64], restarts: &[usize], baseline: Option<Range<usize>>) -> Vec<Segment> {
    let mut cuts: Vec<usize> = restarts.iter().copied().filter(|&at| at > 0 && at < values.len()).collect();
    cuts.extend([0, values.len()]);
    cuts.order();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| {
            let points = pair[0]..pair[1];
            let shared = baseline.clone().map(|b| b.start.max(points.start)..b.end.min(points.end));
            let measured = shared.filter(|shared| !shared.is_empty()).unwrap_or(points.clone());
            let limits = values.get(measured).filter(|values| values.len() >= ENOUGH).and_then(Limits::of);
            let signals = match &limits {
                Some(limits) => signals(values.get(points.clone()).unwrap_or_default(), limits, points.start),
                None => Vec::new(),
            };
            Segment { points, limits, signals }
        })
        .collect()
}

/// The signals that each of `points` belongs to.
pub fn signals_by_point(segments: &[Segment], points: usize) -> Vec<Vec<Signal>> {
    let mut by_point = vec![Vec::new(); points];
    for signal in segments.iter().flat_map(|segment| &segment.signals) {
        for of_point in by_point.get_mut(signal.from..=signal.at).unwrap_or_default() {
            of_point.push(*signal);
        }
    }
    by_point
}

/// What is more than noise in a stretch that begins at `offset`.
fn signals(values: &[f64], limits: &Limits, offset: usize) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    for new in completed(values, limits) {
        let alike = |old: &&mut Signal| old.rule == new.rule && old.high == new.high;
        // A run that goes on is one signal that grows.
        match signals.iter_mut().rev().find(alike) {
            Some(old) if new.rule != Rule::Outside && new.from <= old.at => old.at = new.at,
            _ => signals.push(new),
        }
    }
    signals.order_by_key(|signal| (signal.at, signal.rule));
    signals.into_iter().map(|s| Signal { from: s.from + offset, at: s.at + offset, ..s }).collect()
}

/// Each point that completes a rule. A point on the centre is on neither side and ends a run. The second
/// rule measures by the limit as computed, also where it is below 0: drawn at 0, every quiet week of a
/// small team would be "near" it.
fn completed(values: &[f64], limits: &Limits) -> Vec<Signal> {
    let mut signals = Vec::new();
    for high in [true, false] {
        let reach = limits.upper - limits.centre;
        let away = |value: f64| if high { value - limits.centre } else { limits.centre - value };
        let is_near = |value: f64| reach > 0.0 && away(value) > reach / 2.0;
        let mut run = 0;
        for (at, &value) in values.iter().enumerate() {
            let mut add = |rule: Rule, from: usize| signals.push(Signal { from, at, rule, high });
            if away(value) > reach {
                add(Rule::Outside, at);
            }
            let first = at.saturating_sub(3);
            let last_four = values.get(first..=at).unwrap_or_default();
            if is_near(value) && last_four.iter().filter(|&&value| is_near(value)).count() >= 3 {
                add(Rule::NearLimit, first + last_four.iter().position(|&v| is_near(v)).unwrap_or_default());
            }
            run = if away(value) > 0.0 { run + 1 } else { 0 };
            if run >= 8 {
                add(Rule::OneSide, at + 1 - run);
            }
        }
    }
    signals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::poisson;

    #[test]
    fn limits_are_wheelers() {
        // ORACLE.md.
        let limits = Limits::of(&[10.0, 20.0, 30.0, 40.0]).unwrap();
        assert_eq!((limits.centre, limits.mean_moving_range), (25.0, 10.0));
        assert!((limits.upper - 51.6).abs() < 1e-9 && (limits.lower + 1.6).abs() < 1e-9);
        assert_eq!(limits.lower_for_counts(), 0.0);
        let limits = Limits::of(&[100.0, 110.0, 100.0, 110.0]).unwrap();
        assert!((limits.upper - 131.6).abs() < 1e-9 && (limits.lower - 78.4).abs() < 1e-9);
        assert_eq!(Limits::of(&[1.0]), None);
    }

    fn rules(values: &[f64], baseline: Range<usize>) -> Vec<(Rule, usize, usize, bool)> {
        let segments = process_behaviour(values, &[], Some(baseline));
        segments.iter().flat_map(|s| &s.signals).map(|s| (s.rule, s.from, s.at, s.high)).collect()
    }

    #[test]
    fn each_rule_finds_what_it_is_for() {
        // Baseline: centre 10, moving range 2, limits 4.68 and 15.32, halfway 7.34 and 12.66.
        let usual = [9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0];
        let with = |more: &[f64]| [&usual[..], more].concat();
        for (more, want) in [
            (&[15.0, 10.0][..], vec![]),
            (&[15.5, 10.0], vec![(Rule::Outside, 8, 8, true)]),
            (&[4.0, 10.0], vec![(Rule::Outside, 8, 8, false)]),
            (&[13.0, 10.0, 13.0, 13.0, 10.0], vec![(Rule::NearLimit, 8, 11, true)]),
            (&[13.0, 10.0, 10.0, 13.0, 13.0], vec![]),
            (&[7.0, 7.0, 7.0, 7.0, 10.0], vec![(Rule::NearLimit, 8, 11, false)]),
            (&[10.5; 8], vec![(Rule::OneSide, 7, 15, true)]),
            (&[10.0, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5], vec![]),
        ] {
            assert_eq!(rules(&with(more), 0..8), want, "{more:?}");
        }
    }

    #[test]
    fn under_six_points_there_are_no_limits_and_a_restart_begins_anew() {
        let segments = process_behaviour(&[1.0, 2.0, 3.0, 4.0, 5.0], &[], None);
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].limits, None);
        let values: Vec<f64> = (0..20).map(|i| if i < 10 { 5.0 } else { 9.0 } + f64::from(i % 2)).collect();
        let segments = process_behaviour(&values, &[10, 0, 99], None);
        let centres: Vec<f64> = segments.iter().filter_map(|s| Some(s.limits?.centre)).collect();
        assert_eq!(centres, [5.5, 9.5]);
        assert!(segments.iter().all(|s| s.signals.is_empty()));
        assert_eq!(process_behaviour(&[], &[], None), []);
        let even = process_behaviour(&[4.0; 12], &[], None);
        assert_eq!(even[0].signals, [], "no noise and no signal");
    }

    /// How often, of 1,000 teams, there is a signal in the `after` weeks that follow a baseline of
    /// `before` weeks.
    fn share_of_teams_with_a_signal(mean: f64, then: f64, before: usize, after: usize) -> f64 {
        let mut random = fastrand::Rng::with_seed(11);
        let teams = 1000;
        let noticed = (0..teams).filter(|_| {
            let mut values: Vec<f64> = (0..before).map(|_| f64::from(poisson(mean, &mut random))).collect();
            values.extend((0..after).map(|_| f64::from(poisson(then, &mut random))));
            let segments = process_behaviour(&values, &[], Some(0..before));
            segments.iter().flat_map(|s| &s.signals).any(|signal| signal.at >= before)
        });
        noticed.count() as f64 / f64::from(teams)
    }

    #[test]
    fn a_five_day_team_that_gains_a_third_gives_a_signal() {
        // Three items a working day, fifteen a week; then four, and twenty.
        let by_week = share_of_teams_with_a_signal(15.0, 20.0, 26, 26);
        let by_day = share_of_teams_with_a_signal(3.0, 4.0, 130, 130);
        println!("a third more within half a year: noticed by week {by_week:.3}, by working day {by_day:.3}");
        assert!(by_week > 0.95, "by week {by_week}");
        assert!(by_day > 0.95, "by working day {by_day}");
    }

    /// What the rules see of a point: outside, near which limit, on which side.
    type Seen = (bool, i8, i8);

    fn seen(value: f64, limits: &Limits) -> Seen {
        let (away, reach) = (value - limits.centre, limits.upper - limits.centre);
        let sign = if away > 0.0 {
            1
        } else if away < 0.0 {
            -1
        } else {
            0
        };
        (away.abs() > reach, if away.abs() > reach / 2.0 { sign } else { 0 }, sign)
    }

    /// The chance that one more point of independent Poisson counts completes a signal by those limits:
    /// what theory says. Computed exactly, by following every state that the rules remember (the last three
    /// points' nearness and the run on one side) from point to point until it no longer changes.
    fn theory(mean: f64, limits: &Limits) -> f64 {
        use std::collections::BTreeMap;
        let mut kinds = BTreeMap::<Seen, f64>::new();
        let mut p = (-mean).exp();
        for k in 0..150 {
            *kinds.entry(seen(f64::from(k), limits)).or_default() += p;
            p *= mean / f64::from(k + 1);
        }
        let mut states = BTreeMap::from([(([0i8; 3], 0i8, 0u8), 1.0)]);
        let mut rate = 0.0;
        for _ in 0..40 {
            let mut next = BTreeMap::new();
            rate = 0.0;
            for (&(last, side, run), &weight) in &states {
                for (&(out, near, now), &p) in &kinds {
                    let new_run = match now {
                        0 => 0,
                        now if now == side => (run + 1).min(8),
                        _ => 1,
                    };
                    let alike = last.iter().filter(|&&before| before == near).count() + 1;
                    if out || (near != 0 && alike >= 3) || new_run >= 8 {
                        rate += weight * p;
                    }
                    *next.entry(([last[1], last[2], near], now, new_run)).or_default() += weight * p;
                }
            }
            states = next;
        }
        rate
    }

    #[test]
    fn a_constant_team_gives_no_more_false_signals_than_theory_says() {
        const POINTS: usize = 500;
        for mean in [0.8, 3.0, 5.0, 12.0, 30.0] {
            let mut random = fastrand::Rng::with_seed(5);
            let (mut simulated, mut theoretical) = (0.0, 0.0);
            let teams = 200;
            // Limits that see every count alike give the same rate.
            let mut known = std::collections::HashMap::<Vec<Seen>, f64>::new();
            for _ in 0..teams {
                let values: Vec<f64> = (0..POINTS).map(|_| f64::from(poisson(mean, &mut random))).collect();
                let segment = process_behaviour(&values, &[], None).remove(0);
                let limits = segment.limits.unwrap();
                let key = (0..100).map(|k| seen(f64::from(k), &limits)).collect();
                theoretical += *known.entry(key).or_insert_with(|| theory(mean, &limits));
                let points: std::collections::BTreeSet<usize> =
                    completed(&values, &limits).iter().map(|signal| signal.at).collect();
                simulated += points.len() as f64 / POINTS as f64;
            }
            let (simulated, theoretical) = (simulated / f64::from(teams), theoretical / f64::from(teams));
            println!("mean {mean}: false signals in {simulated:.4} of the points, theory {theoretical:.4}");
            assert!(simulated <= theoretical * 1.05, "mean {mean}: {simulated} against {theoretical}");
        }
    }
}
