//! Quality in the headless report.

use serde_json::{Value, json};

use super::interval;
use crate::metrics::{Attainment, Balance, Middle};
use crate::report::Analysis;
use crate::report::quality::balance_changed;

/// Bugs against features; `None` where the data can't tell.
pub fn quality(analysis: &Analysis) -> Option<Value> {
    if analysis.no_quality().is_some() {
        return None;
    }
    let found = analysis.quality();
    let (now, before) = analysis.compared_windows();
    let periods = found.periods.iter().map(|(first, of)| {
        let mut value = balance(of);
        value["from"] = json!(first);
        value
    });
    let places = found.places.iter().map(|place| {
        let mut value = balance(&place.balance);
        value["place"] = json!(place.what);
        value["name"] = json!(place.name);
        value["finished"] = json!(place.size);
        value["since"] = json!(place.since);
        value["open_bugs"] = json!(place.open_bugs);
        value["in_progress"] = json!(place.in_progress);
        value["people"] = json!(place.people);
        value["differs"] = json!(place.differs);
        value
    });
    let fixes = found.fixes_by_period.iter().filter_map(|(first, of)| {
        let mut value = middle(of.as_ref()?);
        value["from"] = json!(first);
        Some(value)
    });
    let reopened = found.reopened.map(|[bugs, all]| json!({ "bugs": share(bugs), "items": share(all) }));
    Some(json!({
        "bugs_counted": analysis.bugs_were(),
        "from": now.from,
        "to": now.to,
        "now": balance(&found.now),
        "before_from": before.from,
        "before": found.has_before.then(|| balance(&found.before)),
        "changed": balance_changed(analysis),
        "whole": balance(&found.whole),
        "period": found.period.map(|period| period.id()),
        "periods": periods.collect::<Vec<_>>(),
        "places": places.collect::<Vec<_>>(),
        "open_bugs": found.open_items.len(),
        "open_bugs_weekly": found.open.open,
        "days_to_fix": found.fixes.as_ref().map(middle),
        "days_to_fix_by_period": fixes.collect::<Vec<_>>(),
        "reopened": reopened,
    }))
}

/// An upper bound that is infinite has no number in JSON, so it is null.
fn balance(of: &Balance) -> Value {
    json!({
        "bugs_created": of.bugs_created,
        "bugs_finished": of.bugs_finished,
        "features_finished": of.features_finished,
        "bugs_per_feature": of.produced(),
        "interval": of.produced_between().map(interval),
        "bugs_fixed_per_feature": of.fixed(),
    })
}

fn middle(of: &Middle) -> Value {
    json!({ "n": of.n, "median": of.days, "interval": of.between.map(interval) })
}

fn share(of: Attainment) -> Value {
    json!({ "n": of.n, "reopened": of.within, "share": of.share(), "interval": of.interval().map(interval) })
}
