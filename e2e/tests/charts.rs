//! What users do with charts, filters and settings, in every browser.

use std::path::Path;

use e2e::{Browser, Engine, file_name, real, report};
use serde_json::{Value, json};

e2e::in_every_browser![
    every_page_shows_what_the_report_says,
    marks_are_walked_through_and_open_their_items,
    dragging_across_days_filters_by_them,
    pictures_and_tables_are_saved,
    filters_live_in_the_address,
    what_is_counted_follows_the_settings,
    an_event_starts_the_limits_anew,
];

fn open(engine: Engine, file: &Path) -> Browser {
    let browser = Browser::open(engine);
    browser.choose(&[file]);
    browser.wait_for_text(".workspace__name", &file_name(file));
    browser.find("[data-number=wip]");
    browser
}

fn zone(browser: &Browser) -> String {
    let zone = browser.script("return Intl.DateTimeFormat().resolvedOptions().timeZone", Vec::new());
    zone.as_str().unwrap_or("UTC").to_owned()
}

/// The cells of a figure's tables, a row each, once they are built.
fn rows(browser: &Browser, figure: &str, table: usize) -> Vec<Vec<String>> {
    browser.find(&format!("{figure} details.more"));
    let open = "document.querySelectorAll(arguments[0] + ' details.more').forEach(d => d.open = true)";
    browser.script(open, vec![json!(figure)]);
    browser.find(&format!("{figure} tbody td"));
    let script = "
        const table = document.querySelectorAll(arguments[0] + ' table')[arguments[1]];
        return [...table.querySelectorAll('tbody tr')].map(row =>
            [...row.cells].map(cell => cell.textContent.replaceAll(',', '').replaceAll('\\u00a0', ' ')));";
    let found = browser.script(script, vec![json!(figure), json!(table)]);
    serde_json::from_value(found).expect("rows of texts")
}

/// A number as it is shown with one decimal.
fn decimal(value: &Value) -> String {
    let value = value.as_f64().expect("a number");
    format!("{:.1}", (value * 10.0).round() / 10.0)
}

fn every_page_shows_what_the_report_says(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = open(engine, &file);
    let report = report(&[&file], &zone(&browser));

    browser.goto("#/cadence");
    let behaviour = &report["process_behaviour"];
    let limits = rows(&browser, "#behaviour", 0);
    assert_eq!(limits[0][2..], [&behaviour["centre"], &behaviour["lower"], &behaviour["upper"]].map(decimal));
    let cadence = &report["cadence"];
    assert_eq!(browser.text("[data-number=gap]"), cadence["longest_gap_days"].to_string());
    assert_eq!(browser.text("[data-number=dispersion]"), decimal(&cadence["index_of_dispersion"]));
    let wip = rows(&browser, "#wip", 0);
    assert_eq!(wip.len() as u64, behaviour["wip"]["points"].as_u64().unwrap_or(0));
    let law = &report["stability"]["littles_law"];
    let ratio = law["expected_cycle_time_days"].as_f64().unwrap_or(0.0)
        / law["mean_cycle_time_days"].as_f64().unwrap_or(1.0);
    assert_eq!(browser.text("[data-number=littles-law]"), format!("{:.2}", (ratio * 100.0).round() / 100.0));

    browser.goto("#/cycle-time");
    let months = rows(&browser, "#service-level", 0);
    let sle = &report["sle"];
    let counts: Vec<String> = sle["months"]
        .as_array()
        .into_iter()
        .flatten()
        .rev()
        .map(|month| format!("{}/{}", month["within"], month["n"]))
        .collect();
    assert_eq!(months.iter().map(|row| format!("{}/{}", row[2], row[1])).collect::<Vec<_>>(), counts);
    let histogram: u64 =
        rows(&browser, "#histogram", 0).iter().map(|row| row[1].parse::<u64>().unwrap_or(0)).sum();
    assert_eq!(histogram, report["cycle_time_days"]["n"].as_u64().unwrap_or(0));

    browser.goto("#/in-progress");
    browser.find(".open__item, main h1");
    let items = browser.script("return document.querySelectorAll('.open__item').length", Vec::new());
    let open = report["aging"]["items"].as_array().map_or(0, Vec::len);
    assert_eq!(items.as_u64(), Some(open.min(50) as u64));
}

/// The tooltip of a figure, once it says something.
fn tip(browser: &Browser, figure: &str) -> String {
    browser.text(&format!("{figure} .figure__tip:not([hidden])")).replace('\u{a0}', " ")
}

fn press(browser: &Browser, css: &str, key: &str) {
    let script = "
        const target = document.querySelector(arguments[0]);
        target.focus();
        target.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[1], bubbles: true, cancelable: true }));";
    browser.find(css);
    browser.script(script, vec![json!(css), json!(key)]);
}

fn marks_are_walked_through_and_open_their_items(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = open(engine, &file);
    let reach = "#throughput .figure__reach";
    press(&browser, reach, "Home");
    assert!(
        tip(&browser, "#throughput").starts_with("Week from 2 Jun 2025: "),
        "{}",
        tip(&browser, "#throughput")
    );
    press(&browser, reach, "ArrowRight");
    assert!(
        tip(&browser, "#throughput").starts_with("Week from 9 Jun 2025: "),
        "{}",
        tip(&browser, "#throughput")
    );
    press(&browser, reach, "Enter");
    browser.wait_for_text("dialog[open] h2", "Week from 9");
    // From the list to an item, which has an address; and back out.
    browser.script("document.querySelector('dialog[open] tbody button').click()", Vec::new());
    browser.wait_for_text("dialog[open] dl", "Finished");
    let key = browser.text("dialog[open] p");
    let address = browser.script("return location.hash", Vec::new());
    assert_eq!(address, format!("#/?item={key}"));
    browser.picture("item");
    browser.click("Close");
    assert_eq!(browser.script("return location.hash", Vec::new()), "#/");
    assert!(!browser.has("dialog[open]"));
    // The item of an address is open at once.
    browser.goto(&format!("#/cycle-time?item={key}"));
    browser.wait_for_text("dialog[open] dl", "Finished");
    // What a number is made of can be seen.
    browser.click("Close");
    browser.goto("#/");
    browser.find("[data-number=wip]");
    browser.script("document.querySelectorAll('.answer details').forEach(d => d.open = true)", Vec::new());
    browser.script("document.querySelector('.answer details .link').click()", Vec::new());
    browser.wait_for_text("dialog[open]", "88\u{a0}items");
}

fn dragging_across_days_filters_by_them(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = open(engine, &file);
    browser.find("#durations .figure__reach");
    let drag = "
        const reach = document.querySelector('#durations .figure__reach');
        reach.scrollIntoView();
        const box = reach.getBoundingClientRect();
        const fire = (kind, share) => reach.dispatchEvent(new PointerEvent(kind, {
            bubbles: true, cancelable: true, button: 0, pointerType: 'mouse',
            clientX: box.left + box.width * share, clientY: box.top + 60,
        }));
        fire('pointerdown', 0.3);
        for (const share of [0.4, 0.5, 0.6]) fire('pointermove', share);
        fire('pointerup', 0.6);";
    browser.script(drag, Vec::new());
    browser.wait_for_text("#in-force", " to ");
    let hash = browser.script("return location.hash", Vec::new());
    let hash = hash.as_str().unwrap_or_default();
    assert!(hash.starts_with("#/?from=2025-0") && hash.contains("&to=2025-0"), "{hash}");
    browser.click("Show everything");
    browser.wait_for_text("#in-force", "As of 29");
    assert_eq!(browser.script("return location.hash", Vec::new()), "#/");
}

fn pictures_and_tables_are_saved(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = open(engine, &file);
    browser.goto("#/cadence");
    rows(&browser, "#behaviour", 0);
    // What would be saved is kept instead.
    let keep = "
        window.saved = [];
        HTMLAnchorElement.prototype.click = function () {
            if (!this.download) return;
            const name = this.download;
            window.saved.push({ name });
        };
        const create = URL.createObjectURL;
        URL.createObjectURL = blob => {
            blob.arrayBuffer().then(bytes => window.saved.push({
                type: blob.type, size: bytes.byteLength,
                text: blob.type === 'image/png' ? '' : new TextDecoder().decode(bytes),
            }));
            return create(blob);
        };";
    browser.script(keep, Vec::new());
    let saved = |wanted: &str| -> String {
        let script = "
            const found = (window.saved || []).find(file => file.type === arguments[0]);
            return found ? found.text || String(found.size) : null;";
        let mut found = Value::Null;
        for _ in 0..100 {
            found = browser.script(script, vec![json!(wanted)]);
            if !found.is_null() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        found.as_str().unwrap_or_default().to_owned()
    };
    for label in ["Save as CSV", "Save as SVG", "Save as PNG"] {
        let click = "[...document.querySelectorAll('#behaviour button')].find(b => b.textContent === arguments[0]).click()";
        browser.script(click, vec![json!(label)]);
    }
    let csv = saved("text/csv");
    assert!(csv.contains("Week from,Items,Signal\r\n"), "{csv}");
    let svg = saved("image/svg+xml");
    assert!(svg.starts_with("<svg") && svg.contains("rgb(") && !svg.contains("#010204"), "{svg}");
    let png: usize = saved("image/png").parse().unwrap_or(0);
    assert!(png > 5000, "a picture of {png} bytes");
    let names =
        browser.script("return window.saved.map(file => file.name).filter(Boolean).sort()", Vec::new());
    assert_eq!(names, json!(["ballpark-behaviour.csv", "ballpark-behaviour.png", "ballpark-behaviour.svg"]));
}

/// Sets a field as a user does.
fn set(browser: &Browser, css: &str, value: &str) {
    let script = "
        const field = document.querySelector(arguments[0]);
        if (field.type === 'checkbox') { field.click(); return; }
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.find(css);
    browser.script(script, vec![json!(css), json!(value)]);
}

fn filters_live_in_the_address(engine: Engine) {
    let browser = Browser::open(engine);
    browser.click("Try it with sample data");
    browser.find("[data-number=wip]");
    let all = browser.text(".nav__count");
    set(&browser, "#type", "kBug");
    let hash = || browser.script("return location.hash", Vec::new()).as_str().unwrap_or_default().to_owned();
    assert_eq!(hash(), "#/?kind=bug");
    let bugs = browser.text(".nav__count");
    assert_ne!(bugs, all);
    set(&browser, "#days", "1");
    set(&browser, "#project", "=Shop");
    set(&browser, "#compare", "");
    browser.find("#compared tbody tr");
    let there = hash();
    assert!(
        there.contains("&kind=bug") && there.contains("&project=Shop") && there.contains("&compare=1"),
        "{there}"
    );
    let shown = browser.text(".nav__count");
    let numbers = browser.text("#compared");
    // The pages share it, a reload keeps it, and going back undoes it.
    browser.click("Cadence");
    assert_eq!(hash(), there.replacen("#/", "#/cadence", 1));
    browser.reload();
    browser.find("#compared tbody tr");
    assert_eq!(browser.text(".nav__count"), shown);
    assert_eq!(browser.text("#compared"), numbers);
    browser.script("history.back()", Vec::new());
    browser.find("#durations");
    assert_eq!(hash(), there);
    browser.click("Show everything");
    browser.wait_for_text(".nav__count", &all);
    // An address of names that this data has not.
    browser.goto("#/?team=Nobody&kind=zebra&from=soon");
    browser.wait_for_text(".nav__count", &all);
}

fn what_is_counted_follows_the_settings(engine: Engine) {
    // From a Friday to a Monday, and on a day.
    let browser = Browser::open(engine);
    let rows: String = (0..10).map(|n| format!("{n},2024-03-01,2024-03-04\n")).collect();
    browser.paste(&format!("id,started,finished\n{rows}"));
    browser.wait_for_text("h1", "took 4");
    browser.goto("#/data");
    set(&browser, "#working-days", "");
    browser.wait_for_text("#in-force", "working days, both ends included");
    browser.goto("#/");
    browser.wait_for_text("h1", "took 2\u{a0}working\u{a0}days or less");
    browser.goto("#/data");
    set(&browser, "#elapsed", "");
    set(&browser, "#sle-percent", "90");
    set(&browser, "#sle-days", "3");
    set(&browser, "#week-start", "Sunday");
    browser.wait_for_text("#in-force", "elapsed");
    browser.wait_for_text("#in-force", "weeks from Sunday");
    browser.wait_for_text("#in-force", "service level 90\u{a0}% within 3\u{a0}working\u{a0}days");
    browser.goto("#/cycle-time");
    browser.wait_for_text("#service-level h2", "finished within the 3\u{a0}working\u{a0}days promised");
    assert_eq!(browser.text("[data-number=duration]"), "1");
    set_holidays(&browser);
    browser.wait_for_text("#in-force", "1\u{a0}holiday");
    browser.reload();
    browser.wait_for_text("#in-force", "1\u{a0}holiday");
    browser.click("Count as usual again");
    browser.wait_for_text("#in-force", "calendar days, both ends included");
}

fn set_holidays(browser: &Browser) {
    browser.goto("#/data");
    set(browser, "#holidays", "2024-03-04 Easter");
    browser.wait_for_text("#holidays-trouble", "\"Easter\" is no day");
    set(browser, "#holidays", "2024-03-04");
}

fn an_event_starts_the_limits_anew(engine: Engine) {
    let browser = Browser::open(engine);
    let day = |week: i32| format!("2024-{:02}-{:02}", 1 + week / 4, 2 + 7 * (week % 4));
    let rows: String = (0..24)
        .flat_map(|week| (0..if week < 12 { 3 + week % 2 } else { 9 + week % 2 }).map(move |n| (week, n)))
        .map(|(week, n)| format!("{week}-{n},{0},{0}\n", day(week)))
        .collect();
    browser.paste(&format!("id,started,finished\n{rows}"));
    browser.find("[data-number=throughput]");
    browser.goto("#/cadence");
    browser.find("#events");
    browser.script("document.querySelector('#events').open = true", Vec::new());
    browser.click("Note it");
    browser.wait_for_text("#events", "Choose the day");
    set(&browser, "#event-day", "2024-04-01");
    set(&browser, "#event-what", "Two people joined");
    browser.click("Note it");
    browser.wait_for_text("#events", "Two people joined (limits start anew)");
    browser.wait_for_text("#behaviour figcaption", "Limits start anew 1\u{a0}time");
    browser.reload();
    browser.wait_for_text("#behaviour figcaption", "Limits start anew 1\u{a0}time");
    browser.script("document.querySelector('#events').open = true", Vec::new());
    browser.script("document.querySelector('#events li .link').click()", Vec::new());
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!browser.text("#behaviour figcaption").contains("start anew"));
}
