//! Estimates in the headless report.

use serde_json::{Value, json};

use super::interval;
use crate::metrics::{self, Accuracy, Attainment, EstimateUnit, Judged, Overshoot, State, Tested};
use crate::report::Analysis;
use crate::report::points::Scale;

/// What became of the estimates; `None` where there are none of any sort.
pub fn estimates(analysis: &Analysis) -> Option<Value> {
    let (points, sizes) = (classes(analysis, Scale::Points), classes(analysis, Scale::Sizes));
    let found = analysis.estimates();
    if found.judged.is_empty() && points.is_none() && sizes.is_none() {
        return None;
    }
    let periods = found.periods.iter().filter_map(|(first, found)| {
        let mut value = accuracy(found.as_ref()?);
        value["from"] = json!(first);
        Some(value)
    });
    let mut value = json!({
        "unit": match found.unit {
            EstimateUnit::Work => "work_hours",
            EstimateUnit::WorkingDays => "working_days",
        },
        "factor": analysis.counting().ballpark,
        "finished": found.whole.as_ref().map(accuracy),
        "unclear_status": found.unclear.len(),
        "left_out": {
            "no_estimate": found.no_estimate.len(),
            "no_actual": found.no_actual.len(),
            "in_progress": found.open.len(),
            "not_begun": found.not_begun.len(),
            "given_up": found.given_up.len(),
        },
        "in_progress_beyond_ballpark": found.open_beyond.len(),
        "period": found.period.id(),
        "periods": periods.collect::<Vec<_>>(),
        "overshoot": { "by_weeks": overshoot(&found.weeks), "by_months": overshoot(&found.months) },
        "goes_with": goes_with(analysis),
        "points": points,
        "sizes": sizes,
    });
    if found.unit == EstimateUnit::Work {
        value["all_with_both"] = json!(all_with_both(analysis).as_ref().map(accuracy));
    }
    Some(value)
}

/// Of every item that was not given up and has both numbers, wherever it stands: for comparing with counts of the
/// file's rows.
fn all_with_both(analysis: &Analysis) -> Option<Accuracy> {
    let each = analysis.data.items.iter().zip(analysis.dates.iter()).enumerate();
    let judged: Vec<Judged> = each
        .filter_map(|(item, (of, dates))| {
            let is_given_up = dates.state_on(analysis.as_of) == State::Cancelled;
            let (estimate, actual) = (of.estimate_hours?, of.actual_hours?);
            let both = estimate > 0.0 && actual > 0.0 && !is_given_up;
            both.then_some(Judged { item, estimate, actual, end: None })
        })
        .collect();
    metrics::accuracy(&judged, analysis.counting().ballpark, EstimateUnit::Work)
}

fn accuracy(found: &Accuracy) -> Value {
    json!({
        "n": found.in_ballpark.n,
        "few_data": found.in_ballpark.n < crate::metrics::Distribution::PLENTY,
        "in_ballpark": share(found.in_ballpark),
        "bias": found.bias,
        "bias_interval": found.bias_between.map(interval),
        "spread": found.spread,
        "spread_interval": found.spread_between.map(interval),
        "over_by_weeks": share(found.over_weeks),
        "over_by_months": share(found.over_months),
    })
}

fn share(of: Attainment) -> Value {
    json!({ "n": of.within, "share": of.share(), "interval": of.interval().map(interval) })
}

fn overshoot(of: &Overshoot) -> Value {
    json!({
        "regular": of.is_regular(),
        "periods": of.periods,
        "happened_in": of.happened_in,
        "n": of.all.within,
        "of": of.all.n,
        "share": of.all.share(),
        "interval": of.all.interval().map(interval),
    })
}

fn goes_with(analysis: &Analysis) -> Value {
    let found = analysis.goes_with();
    let side = |side: &metrics::Side| json!({ "n": side.overshot.n, "overshot": side.overshot.within, "share": side.overshot.share(), "bias": side.bias });
    let tested = |tested: &Tested| {
        json!({
            "inside": side(&tested.inside),
            "outside": side(&tested.outside),
            "p_rate": tested.chance_of_rate,
            "p_bias": tested.chance_of_bias,
            "rate_holds": tested.rate_holds,
            "bias_holds": tested.bias_holds,
        })
    };
    let factors = found.factors.iter().map(|factor| {
        json!({
            "factor": factor.what,
            "level": factor.level,
            "n": factor.members.len(),
            "tested": factor.tested.as_ref().map(tested),
        })
    });
    json!({
        "overshoot": found.overshoot,
        "tests": found.tests(),
        "false_share": metrics::FALSE_SHARE,
        "factors": factors.collect::<Vec<_>>(),
    })
}

fn classes(analysis: &Analysis, scale: Scale) -> Option<Value> {
    let found = analysis.classes(scale)?;
    let classes = found.classes.iter().map(|class| {
        let percentile = |p| class.distribution.percentile(p).map(|days| days.0);
        json!({
            "value": class.name,
            "n": class.distribution.n(),
            "p50": percentile(50),
            "p85": percentile(85),
            "p95": percentile(95),
        })
    });
    Some(json!({
        "of": found.measure.name().replace(' ', "_"),
        "n": found.n(),
        "classes": classes.collect::<Vec<_>>(),
        "kendall_tau_b": found.concordance.map(|c| c.tau),
        "kendall_tau_b_interval": found.concordance.and_then(|c| c.between).map(interval),
        "larger_took_longer": found.concordance.map(|c| c.longer),
    }))
}
