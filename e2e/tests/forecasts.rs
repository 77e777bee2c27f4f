//! What users do with the Forecast and Roadmap pages, in every browser.

use std::path::Path;

use e2e::{Browser, Engine, file_name, real, report_with};
use serde_json::{Value, json};

e2e::in_every_browser![
    answers_are_the_headless_reports_and_asked_by_address,
    from_too_little_nothing_is_told,
    what_if_is_kept_and_stands_beside_what_is,
    a_roadmap_is_put_in_order_by_keys_and_by_dragging,
    a_roadmap_begins_with_what_is_open,
];

fn open(engine: Engine, file: &Path) -> Browser {
    let browser = Browser::open(engine);
    browser.choose(&[file]);
    browser.wait_for_text(".workspace__name", &file_name(file));
    browser.find("[data-number=throughput]");
    browser
}

/// A day like `2025-09-08` as the pages write it: `8 Sep 2025`.
fn written(day: &Value) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day = day.as_str().expect("a day");
    let parts: Vec<usize> = day.split('-').map(|part| part.parse().expect("a number")).collect();
    format!("{}\u{a0}{}\u{a0}{}", parts[2], MONTHS[parts[1] - 1], parts[0])
}

fn answers_are_the_headless_reports_and_asked_by_address(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let report = report_with(&[&file], "UTC", &["--when", "40", "--how-many", "4"]);
    let forecast = &report["forecast"];
    let browser = open(engine, &file);
    browser.goto("#/forecast?items=40");
    browser.wait_for_text("h1", "When is it done");
    assert_eq!(browser.text("[data-number=when]"), written(&forecast["when"]["days"]["p85"]));
    assert_eq!(browser.text("[data-number=how-many]"), forecast["how_many"]["p85"].to_string());
    browser.find("#ahead .figure__picture svg");
    // Another question is another address, and leads to another answer.
    browser.fill("asked-items", "80");
    let more = report_with(&[&file], "UTC", &["--when", "80", "--method", "weeks-12"]);
    browser.fill("asked-method", "weeks-12");
    browser.wait_for_text(".answers", "80\u{a0}items");
    browser.wait_for_text("main", "It was asked for");
    browser.wait_for_text("[data-number=when]", &written(&more["forecast"]["when"]["days"]["p85"]));
    let hash = browser.script("return location.hash", Vec::new());
    let hash = hash.as_str().unwrap_or_default();
    assert!(hash.contains("items=80") && hash.contains("method=weeks-12"), "{hash}");
    browser.fill("asked-items", "many");
    browser.wait_for_text("#asked-trouble", "whole number");
}

fn from_too_little_nothing_is_told(engine: Engine) {
    let Some(file) = real("jira-csv/werkplaats2.csv") else { return };
    let browser = open(engine, &file);
    browser.goto("#/forecast");
    browser.wait_for_text("main", "too few to tell a date from");
    assert!(!browser.has("[data-number=when]"));
    browser.goto("#/roadmap");
    browser.wait_for_text("main", "too few to tell a date from");
}

fn what_if_is_kept_and_stands_beside_what_is(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/forecast");
    browser.find("[data-number=record]");
    for chart in ["ahead", "moved", "kept"] {
        browser.find(&format!("#{chart} .figure__picture svg"));
    }
    browser.wait_for_text("#part-scenario table", "Two weeks of holidays");
    browser.click("Write down a scenario");
    browser.fill("scenario-name", "Half of it");
    browser.fill("scenario-less", "15");
    browser.click("Save");
    browser.wait_for_text("#part-scenario table", "Half of it");
    let day = "
        const row = [...document.querySelectorAll('#part-scenario table tr')]
            .find(row => row.textContent.includes(arguments[0]));
        return row.children[3].textContent";
    let told = |name: &str| browser.script(day, vec![json!(name)]).as_str().unwrap_or_default().to_owned();
    assert_ne!(told("Half of it"), told("As it is"));
    // The same number is the same on the card and in the table.
    assert_eq!(told("As it is"), browser.text("[data-number=when]"));
    browser.reload();
    browser.wait_for_text("#part-scenario table", "Half of it");
    // The number opens its items.
    browser.script("document.querySelector('.answer details').open = true", Vec::new());
    browser.script("document.querySelector('.answer details dd button').click()", Vec::new());
    browser.wait_for_text("dialog", "open");
}

/// The projects' names in their order.
fn order(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.leg__name')].map(e => e.textContent)";
    serde_json::from_value(browser.script(script, Vec::new())).expect("names")
}

fn wait_for_order(browser: &Browser, first: &str) {
    browser.wait_for_text(".legs .leg:first-child .leg__name", first);
}

fn a_roadmap_is_put_in_order_by_keys_and_by_dragging(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/roadmap");
    browser.find("#roadmap-chart .figure__picture svg");
    assert_eq!(order(&browser), ["1. Accounts", "2. Shop", "3. Platform"]);
    browser.wait_for_text(".legs", "Waits for “Accounts” to be done.");
    browser.wait_for_text("#roadmap-chart h3", "target dates are kept with");
    let key = "
        const grip = document.querySelector('.leg:first-child .grip');
        grip.focus();
        grip.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }))";
    browser.script(key, vec![json!("ArrowDown")]);
    wait_for_order(&browser, "1. Shop");
    browser.wait_for_text("[role=status]", "Accounts is now number 2 of 3.");
    // The focus stays on what was moved.
    let focused = "return document.activeElement.getAttribute('aria-label')";
    for _ in 0..40 {
        if browser.script(focused, Vec::new()) == json!("Move Accounts") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(browser.script(focused, Vec::new()), json!("Move Accounts"));
    let drag = "
        const grip = document.querySelector('.leg:last-child .grip');
        const first = document.querySelector('.leg:first-child').getBoundingClientRect();
        const send = (type, y) => grip.dispatchEvent(new PointerEvent(type,
            { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: 10, clientY: y }));
        send('pointerdown', grip.getBoundingClientRect().top + 5);
        send('pointermove', first.top + 5);
        send('pointerup', first.top + 5)";
    browser.script(drag, Vec::new());
    wait_for_order(&browser, "1. Platform");
    browser.reload();
    browser.find(".leg");
    assert_eq!(order(&browser), ["1. Platform", "2. Shop", "3. Accounts"]);
    let undo =
        "[...document.querySelectorAll('button')].find(b => b.textContent.startsWith('Undo: ')).click()";
    browser.script(undo, Vec::new());
    wait_for_order(&browser, "1. Shop");
    // Another way of working on it is another roadmap.
    browser.fill("plan-parallel", "3");
    browser.fill("plan-share", "0");
    browser.wait_for_text("#plan-trouble", "from 1 to 100");
    browser.fill("roadmap-scenario", "One project fewer at once");
    browser.wait_for_text(".legs", "Waits");
    // And the roles hear of it.
    browser.goto("#/cto");
    browser.find("[data-finding=roadmap]");
}

fn a_roadmap_begins_with_what_is_open(engine: Engine) {
    let Some(file) = real("jira-json/tidev-search.json") else { return };
    let browser = open(engine, &file);
    browser.goto("#/roadmap");
    browser.wait_for_text("main", "The data has open items of");
    browser.click("Begin with these");
    browser.find(".leg");
    browser.wait_for_text(".legs", "open in the tracker");
    assert!(order(&browser).len() > 1);
}
