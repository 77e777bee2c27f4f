//! Capacity in the headless report.

use serde_json::{Value, json};

use super::interval;
use crate::metrics::Rate;
use crate::report::Analysis;
use crate::report::capacity::{CLEAR_IN_WEEKS, Part, RELIEF, limiting};

/// What comes in and leaves, with the advice; `None` where there is nothing to tell of.
pub fn capacity(analysis: &Analysis) -> Option<Value> {
    let parts = &analysis.capacity().parts;
    if parts.is_empty() {
        return None;
    }
    let reliefs = analysis.reliefs();
    let name = |place: usize| analysis.workflow().columns.get(place).map(|column| column.name.as_str());
    let stages = reliefs.stages.iter().map(|stage| {
        json!({
            "stage": name(stage.column),
            "queue": stage.queue.iter().filter_map(|&place| name(place)).collect::<Vec<_>>(),
            "share_of_time": stage.share,
            "gain_days": stage.gain,
            "gain_interval": interval(stage.between),
            "brings_the_most": stage.chance_to_be_first,
        })
    });
    let limit = (!reliefs.stages.is_empty()).then(|| {
        json!({
            "items": reliefs.items,
            "percent": analysis.counting().sle_percent,
            "days": reliefs.now,
            "relief": RELIEF,
            "limiting": limiting(reliefs).and_then(|stage| name(stage.column)),
            "stages": stages.collect::<Vec<_>>(),
        })
    });
    Some(json!({ "parts": parts.iter().map(part).collect::<Vec<_>>(), "limit": limit }))
}

fn part(of: &Part) -> Value {
    let rate = |of: Rate| json!({ "per_week": of.per_week, "interval": interval(of.between) });
    let needed = of.people_needed();
    let people = |(low, high): (u32, Option<u32>)| json!([low, high]);
    json!({
        "part": of.what.to_lowercase(),
        "name": of.name,
        "weeks": of.weeks,
        "arrivals": of.came.map(rate),
        "departures": of.went.map(rate),
        "growth_per_week": of.came.zip(of.went).map(|(came, went)| came.per_week - went.per_week),
        "chance_of_growth": of.chance_of_growth,
        "grows": of.grows,
        "shrinks": of.shrinks,
        "open": of.open(),
        "in_progress": of.in_progress,
        "late": of.late,
        "weeks_to_clear": of.weeks_to_clear(),
        "people": of.people,
        "wip_per_person": of.at_once(),
        "percentile_days": of.percentile.map(|days| days.0),
        "blocked_share": of.blocked,
        "advice": of.advice.id(),
        "people_to_hold": needed.map(|[hold, _]| people(hold)),
        "people_to_clear": needed.map(|[_, clear]| people(clear)),
        "clear_in_weeks": CLEAR_IN_WEEKS,
    })
}
