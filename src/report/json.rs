//! The headless report: every number as JSON, so that anyone can check it without a browser.
//! Keys are added, never renamed.

use serde_json::{Map, Value, json};

use super::Analysis;
use crate::metrics::{Distribution, Durations};
use crate::model::{Warning, Workspace};

/// The numbers of a workspace as one JSON object. What the data can't support is absent and has its
/// reason under `unsupported`.
pub fn to_json(workspace: &Workspace, analysis: &Analysis) -> Value {
    let counts = analysis.counts;
    let mut report = json!({
        "importer": importers(workspace),
        "as_of": analysis.as_of,
        "zone": analysis.zone.name(),
        "items": {
            "read": counts.read,
            "skipped": counts.skipped,
            "finished": counts.finished,
            "in_progress": counts.in_progress,
            "not_started": counts.not_started,
            "cancelled": counts.cancelled,
            "not_yet_known": counts.not_yet_known,
        },
        "warnings": analysis.warnings.iter().map(|w| warning(w, workspace.read_from.len())).collect::<Vec<_>>(),
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
    if let Some(why) = analysis.no_time_in_stage() {
        unsupported.insert("time_in_stage".to_owned(), json!(why));
    }
    report["wip"] = wip;
    report["unsupported"] = Value::Object(unsupported);
    report
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
