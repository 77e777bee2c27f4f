//! The headless report: every number as JSON, so that anyone can check it without a browser.
//! Keys are added, never renamed.

mod capacity;
mod estimates;
mod forecast;
mod quality;

use serde_json::{Map, Value, json};

use super::{Analysis, Measure};
use crate::metrics::{Distribution, Durations, Interval, Segment};
use crate::model::{Warning, Workspace};

pub use forecast::Asks;

/// [`to_json`] with the answers to what is asked of the forecast.
pub fn to_json_with(workspace: &Workspace, analysis: &Analysis, asks: Asks) -> Value {
    let mut report = to_json(workspace, analysis);
    match forecast::forecast(analysis, asks) {
        Ok(value) => report["forecast"] = value,
        Err(why) => report["unsupported"]["forecast"] = json!(why),
    }
    report
}

/// The numbers of a workspace as one JSON object. What the data can't support is absent and has its
/// reason under `unsupported`.
pub fn to_json(workspace: &Workspace, analysis: &Analysis) -> Value {
    let counts = analysis.counts;
    let mut report = json!({
        "importer": importers(workspace),
        "as_of": analysis.as_of,
        "zone": analysis.zone().name(),
        "items": {
            "read": counts.read,
            "skipped": counts.skipped,
            "finished": counts.finished,
            "in_progress": counts.in_progress,
            "not_started": counts.not_started,
            "cancelled": counts.cancelled,
            "not_yet_known": counts.not_yet_known,
        },
        "warnings": analysis.warnings().iter().map(|w| warning(w, workspace.read_from.len())).collect::<Vec<_>>(),
    });
    let mut unsupported = Map::new();
    let mut put = |key: &str, value: Option<Value>, why: Option<&str>| match (value, why) {
        (Some(value), _) => report[key] = value,
        (None, why) => {
            unsupported.insert(key.to_owned(), json!(why));
        }
    };
    put("cycle_time_days", durations(&analysis.cycle), analysis.no_cycle_time());
    put("lead_time_days", durations(&analysis.lead), analysis.no_lead_time());
    let weekly = analysis.throughput.as_ref().map(|weekly| {
        let recent = analysis.recent.map(|recent| json!({ "weeks": recent.weeks, "mean": recent.mean }));
        json!({
            "first_week": weekly.first_week,
            "counts": weekly.counts,
            "mean": weekly.mean(),
            "unfinished_week": weekly.unfinished_week,
            "recent": recent,
        })
    });
    put("throughput_weekly", weekly, analysis.no_throughput());
    let mut wip = json!({ "today": counts.in_progress });
    match durations(&analysis.ages) {
        Some(ages) => wip["age_days"] = ages,
        None => {
            unsupported.insert("wip.age_days".to_owned(), json!(analysis.no_age()));
        }
    }
    put_flow(&mut report, &mut unsupported, analysis);
    report["wip"] = wip;
    report["unsupported"] = Value::Object(unsupported);
    report
}

/// Cadence, process behaviour, service level, aging, stability, and what histories tell.
fn put_flow(report: &mut Value, unsupported: &mut Map<String, Value>, analysis: &Analysis) {
    let mut put = |key: &str, value: Option<Value>, why: &str| match value {
        Some(value) => report[key] = value,
        None => {
            unsupported.insert(key.to_owned(), json!(why));
        }
    };
    let no_throughput = analysis.no_throughput().unwrap_or_default();
    let cadence = analysis.cadence().map(|cadence| {
        let gap = cadence.longest_gap;
        json!({
            "weeks": cadence.weeks,
            "mean": cadence.mean,
            "median": cadence.median,
            "coefficient_of_variation": cadence.variation,
            "index_of_dispersion": cadence.dispersion,
            "weeks_with_delivery": cadence.weeks_with_delivery,
            "share_of_weeks_with_delivery": cadence.weeks_with_delivery as f64 / cadence.weeks.max(1) as f64,
            "longest_gap_days": gap.map(|gap| gap.days().0),
            "longest_gap": gap.map(|gap| json!({ "from": gap.from, "to": gap.to })),
            "days_since_last_delivery": cadence.since_last.map(|days| days.0),
        })
    });
    put("cadence", cadence, no_throughput);
    let weekly = analysis.throughput.as_ref().map(|weekly| {
        let first: Vec<crate::model::Date> = (0..weekly.counts.len()).map(|n| weekly.week(n)).collect();
        let mut value = behaviour(&analysis.weekly_behaviour(), &first);
        value["unit"] = json!("week");
        if let Some(daily) = analysis.daily() {
            value["by_working_day"] = behaviour(&analysis.daily_behaviour(), &daily.days);
        }
        let (weeks, _) = analysis.wip_behaviour();
        let segments = super::figures::usual_wip(analysis);
        if !weeks.is_empty() {
            let first: Vec<crate::model::Date> = weeks.iter().map(|&(week, _)| week).collect();
            value["wip"] = behaviour(&segments, &first);
        }
        value
    });
    put("process_behaviour", weekly, no_throughput);
    let level = analysis.service_level().map(|level| {
        let months = level.months.iter().map(|(month, attained)| {
            json!({
                "month": month.strftime("%Y-%m").to_string(),
                "n": attained.n,
                "within": attained.within,
                "share": attained.share(),
                "interval": attained.interval().map(interval),
            })
        });
        let measure = match analysis.durations() {
            Some((Measure::Lead, _)) => "lead_time",
            _ => "cycle_time",
        };
        json!({
            "percent": level.percent,
            "days": level.limit.0,
            "promised": level.promised,
            "of": measure,
            "n": level.whole.n,
            "within": level.whole.within,
            "attainment": level.whole.share(),
            "interval": level.whole.interval().map(interval),
            "months": months.collect::<Vec<_>>(),
        })
    });
    put("sle", level, "Fewer than five finished items have a duration.");
    let aging = analysis.open();
    let aging = (!aging.is_empty()).then(|| {
        let items = aging.iter().map(|open| {
            let column = open.column.and_then(|column| analysis.workflow().columns.get(column));
            json!({
                "key": analysis.data.items.get(open.item).map(|item| item.key.as_str()),
                "age_days": open.age.map(|age| age.0),
                "stage": column.map(|column| column.name.as_str()),
                "days_in_stage": open.unmoved,
                "chance": open.chance,
                "blocked": open.blocked,
                "blocked_days": open.blocked_for,
                "stale": open.stale,
                "need": open.need.id(),
            })
        });
        json!({
            "sle_days": analysis.age_limit().map(|limit| limit.0),
            "total_age_days": analysis.load().total_age.last(),
            "items": items.collect::<Vec<_>>(),
        })
    });
    let no_age = if analysis.tells_progress {
        "Nothing is in progress."
    } else {
        "The file has neither a status nor start dates."
    };
    put("aging", aging, no_age);
    let durations = analysis.durations().map(|(_, d)| &d.distribution);
    let law = analysis.littles_law().map(|law| {
        json!({
            "days": law.days,
            "mean_wip": law.mean_wip,
            "throughput_per_day": law.throughput,
            "wip_over_throughput_days": law.mean_wip / law.throughput,
            "expected_cycle_time_days": law.expected,
            "mean_cycle_time_days": law.observed,
            "holds": law.holds(),
            "total_age_at_start": law.age_at_start,
            "total_age_at_end": law.age_at_end,
            "total_age_drift_per_day": law.drift,
        })
    });
    let censored = (analysis.cycle.distribution.n() >= Distribution::ENOUGH).then(|| {
        let survival = analysis.survival();
        let percentile = |p| survival.percentile(p).map(|days| days.0);
        json!({
            "finished": survival.finished,
            "open": survival.open,
            "p50": percentile(50),
            "p70": percentile(70),
            "p85": percentile(85),
            "p95": percentile(95),
            "longest": survival.longest().map(|days| days.0),
        })
    });
    let stability = durations.map(|d| {
        json!({
            "tail_ratio": d.tail_ratio(),
            "index_of_dispersion": analysis.cadence().and_then(|cadence| cadence.dispersion),
            "sle_attainment": analysis.service_level().and_then(|level| level.whole.share()),
            "littles_law": law,
            "censored_cycle_time_days": censored,
        })
    });
    put("stability", stability, "No finished item has a duration.");
    let no_history = analysis.no_time_in_stage().unwrap_or("No item finished in this time has a history.");
    let stages = (analysis.knows.history && analysis.stages().trips > 0).then(|| {
        let stages = analysis.stages();
        let each = stages.time_in_stages.iter().filter_map(|stage| {
            let column = analysis.workflow().columns.get(stage.column)?;
            Some(json!({
                "stage": column.name,
                "waits": column.waits,
                "n": stage.days.len(),
                "p50": stage.percentile(50),
                "p85": stage.percentile(85),
                "p95": stage.percentile(95),
                "total_days": stage.total(),
            }))
        });
        json!({ "n": stages.trips, "stages": each.collect::<Vec<_>>() })
    });
    put("time_in_stage", stages, no_history);
    let efficiency = analysis.knows.history.then(|| &analysis.stages().efficiency).filter(|e| e.items > 0);
    let efficiency = efficiency.map(|efficiency| {
        json!({ "n": efficiency.items, "share": efficiency.share(), "waited_days": efficiency.waited })
    });
    put("flow_efficiency", efficiency, no_history);
    put("estimates", estimates::estimates(analysis), &analysis.no_estimates().unwrap_or_default());
    put("quality", quality::quality(analysis), &analysis.no_quality().unwrap_or_default());
    put("capacity", capacity::capacity(analysis), &analysis.no_capacity().unwrap_or_default());
}

fn interval(interval: Interval) -> Value {
    json!([interval.low, interval.high])
}

/// The newest limits, and the signals of all stretches. `days` are the periods' first days.
fn behaviour(segments: &[Segment], days: &[crate::model::Date]) -> Value {
    let limits = segments.last().and_then(|segment| segment.limits);
    let signals = segments.iter().flat_map(|segment| &segment.signals).map(|signal| {
        json!({
            "from": days.get(signal.from),
            "at": days.get(signal.at),
            "rule": signal.rule.id(),
            "side": if signal.high { "above" } else { "below" },
        })
    });
    json!({
        "points": days.len(),
        "centre": limits.map(|limits| limits.centre),
        "mean_moving_range": limits.map(|limits| limits.mean_moving_range),
        "upper": limits.map(|limits| limits.upper),
        "lower": limits.map(|limits| limits.lower_for_counts()),
        "natural_lower": limits.map(|limits| limits.lower),
        "segments": segments.len(),
        "signals": signals.collect::<Vec<_>>(),
    })
}

fn importers(workspace: &Workspace) -> String {
    let mut ids: Vec<&str> = workspace.read_from.iter().map(|file| file.importer.as_str()).collect();
    ids.dedup();
    ids.join("+")
}

fn durations(durations: &Durations) -> Option<Value> {
    let (distribution, left_out) = (&durations.distribution, durations.left_out);
    let percentile = |p| distribution.percentile(p).map(|days| days.0);
    distribution.mean().map(|mean| {
        json!({
            "n": distribution.n(),
            "p50": percentile(50),
            "p70": percentile(70),
            "p85": percentile(85),
            "p95": percentile(95),
            "mean": mean,
            "few_data": distribution.n() < Distribution::PLENTY,
            "left_out": {
                "no_start": left_out.no_start,
                "no_end": left_out.no_end,
                "reversed": left_out.reversed,
            },
        })
    })
}

fn warning(warning: &Warning, files: usize) -> Value {
    // Among several files an item's line says nothing without its file.
    let first = warning.places.first().filter(|place| files == 1 || !place.file.is_empty());
    json!({
        "kind": warning.kind.id(),
        "count": warning.count,
        "first_line": first.map(|place| place.line).filter(|&line| line > 0),
    })
}
