//! What users do with the Estimates, Quality and Capacity pages, in every browser.

use std::path::Path;

use e2e::{Browser, Engine, file_name, real, report};
use serde_json::Value;

e2e::in_every_browser![
    the_ballpark_is_the_headless_reports,
    a_new_estimate_is_held_against_the_past,
    what_estimates_mean_can_be_said,
    bugs_are_held_against_features,
    a_team_says_how_many_it_is,
];

fn open(engine: Engine, files: &[&Path]) -> Browser {
    let browser = Browser::open(engine);
    browser.choose(files);
    browser.find("[data-number=throughput]");
    browser
}

fn percent(share: &Value) -> String {
    format!("{}\u{a0}%", (100.0 * share.as_f64().unwrap_or(f64::NAN)).round())
}

fn the_ballpark_is_the_headless_reports(engine: Engine) {
    let (Some(tasks), Some(dates)) = (real("sip/Sip-task-info.csv"), real("sip/est-act-dates.csv")) else {
        return;
    };
    let files = [tasks.as_path(), dates.as_path()];
    let report = report(&files, "UTC");
    let finished = &report["estimates"]["finished"];
    let browser = open(engine, &files);
    browser.goto("#/estimates");
    browser.wait_for_text("h1", "right ballpark");
    assert_eq!(browser.text("[data-number=in-the-ballpark]"), percent(&finished["in_ballpark"]["share"]));
    assert_eq!(browser.text("[data-number=over-weeks]"), percent(&finished["over_by_weeks"]["share"]));
    browser
        .wait_for_text("#estimates h2", "77\u{a0}% of the work with both numbers (10,025\u{a0}items) took");
    for chart in ["estimates", "ballpark", "bias", "overshoot", "goes-with"] {
        browser.find(&format!("#{chart} .figure__picture svg"));
    }
    // The number opens its items: every one that was counted.
    browser.script("document.querySelector('.answer details').open = true", Vec::new());
    browser.script("document.querySelector('.answer details dd button').click()", Vec::new());
    browser.wait_for_text("dialog", "10,025");
    // A role hears of it in the same number, and is led here.
    browser.goto("#/cto");
    assert_eq!(
        browser.text("[data-finding=ballpark] [data-number]"),
        percent(&finished["in_ballpark"]["share"])
    );
    browser.script("document.querySelector('[data-finding=ballpark] a').click()", Vec::new());
    browser.find("#estimates .figure__picture svg");
}

fn a_new_estimate_is_held_against_the_past(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/estimates");
    browser.wait_for_text("#estimate-said", "You say 3\u{a0}days: work called 3\u{a0}days took ");
    browser.wait_for_text("#estimate-said", "n\u{a0}=\u{a0}");
    browser.fill("estimate-value", "nothing");
    browser.wait_for_text("#estimate-said", "Say a number above 0");
    browser.fill("estimate-value", "0,5");
    browser.wait_for_text("#estimate-said", "You say 0.5\u{a0}days");
    browser.fill("estimate-unit", "points");
    browser.fill("estimate-value", "3");
    browser.wait_for_text("#estimate-said", "You say 3\u{a0}points: work of ");
    browser.find("#points .figure__picture svg");
}

fn what_estimates_mean_can_be_said(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/estimates");
    browser.find("#estimates .figure__picture svg");
    let before = browser.text("[data-number=in-the-ballpark]");
    browser.fill("ballpark-factor", "3");
    browser.wait_for_text("#estimates h2", "between 0.33 and 3.0\u{a0}times the estimate");
    assert_ne!(browser.text("[data-number=in-the-ballpark]"), before);
    browser.fill("estimates-mean", "elapsed");
    browser.wait_for_text("#estimates figcaption", "days from start to finish");
    // It is kept.
    browser.reload();
    browser.wait_for_text("#estimates figcaption", "days from start to finish");
}

fn bugs_are_held_against_features(engine: Engine) {
    let Some(file) = real("jira-json/tidev-search.json") else { return };
    let report = report(&[&file], "UTC");
    let browser = open(engine, &[&file]);
    browser.wait_for_text(".workspace__name", &file_name(&file));
    browser.goto("#/quality");
    browser.wait_for_text("h1", "bugs or features");
    let open = report["quality"]["open_bugs"].as_u64().unwrap_or_default().to_string();
    assert_eq!(browser.text("[data-number=open-bugs]"), open);
    let median = report["quality"]["days_to_fix"]["median"].as_f64().unwrap_or_default();
    assert_eq!(browser.text("[data-number=time-to-fix]"), median.to_string());
    for chart in ["bug-ratio", "bug-places", "open-bugs", "time-to-fix"] {
        browser.find(&format!("#{chart} .figure__picture svg"));
    }
    browser.wait_for_text("#bug-places h2", "for each feature than elsewhere, beyond noise");
    // One part of the product alone.
    browser.goto("#/quality?area=Models");
    browser.wait_for_text("#area", "Models");
    assert_ne!(browser.text("[data-number=open-bugs]"), open);
}

fn a_team_says_how_many_it_is(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/capacity");
    browser.find("#parts .figure__picture svg");
    browser.find("#relief .figure__picture svg");
    let before = browser.text("[data-number=at-once]");
    browser.fill("people-0", "40");
    browser.wait_for_text(".answers", "You said that there are 40");
    assert_ne!(browser.text("[data-number=at-once]"), before);
    browser.fill("people-0", "-3");
    browser.wait_for_text("#advice", "Say a whole number");
}
