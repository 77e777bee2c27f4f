//! What users do, in every browser.

use std::path::Path;

use e2e::{Browser, Engine, PAGES, file_name, read, real, report, url, workbook};
use serde_json::{Value, json};

e2e::in_every_browser![
    a_chosen_file_is_read_and_found_again,
    a_dropped_and_a_pasted_file_are_read_too,
    several_files_are_one_team,
    what_is_given_meanwhile_is_read_next,
    one_bad_file_does_not_keep_the_good_one_out,
    deleting_leaves_nothing_behind,
    the_sample_says_that_it_is_made_up,
    what_cannot_be_read_is_said_and_nothing_is_lost,
    settings_change_the_numbers_everywhere,
    an_address_that_leads_nowhere_is_said,
    every_page_is_accessible_in_light_and_dark,
    nothing_is_asked_of_any_other_host,
    damaged_and_newer_data_are_left_alone,
    full_storage_is_said_and_survived,
    two_tabs_do_not_overwrite_each_other,
    every_real_file_is_read_as_the_report_reads_it,
    unknown_columns_are_asked_for_once,
    an_update_is_shown_before_and_can_be_undone,
    teams_are_chosen_between,
    dates_that_fit_both_orders_are_asked_about,
    words_mean_what_the_user_says,
    a_workbook_is_opened_by_a_part_that_is_loaded_for_it,
];

#[test]
fn blocked_storage_is_said_and_survived() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let Some(file) = real("jira-csv/planeso.csv") else { return };
        let browser = Browser::open_without_storage(engine);
        browser.choose(&[&file]);
        browser.wait_for_text(".notice--trouble", "allows the page no storage");
        assert_eq!(browser.text("[data-number=duration]"), "23");
    }
}

/// The numbers on the first page and in its tables, as the headless report has them.
fn assert_numbers_are_those_of(browser: &Browser, files: &[&Path]) {
    let zone = browser.script("return Intl.DateTimeFormat().resolvedOptions().timeZone", Vec::new());
    let report = report(files, zone.as_str().unwrap_or("UTC"));
    let (cycle, lead) = (&report["cycle_time_days"], &report["lead_time_days"]);
    let n = |d: &Value| d["n"].as_u64().unwrap_or(0);
    // Lead time also where cycle time would speak for less than half of it.
    let durations = if n(lead) >= 2 * n(cycle) { lead } else { cycle };
    let weekly = &report["throughput_weekly"];

    assert_eq!(browser.text("[data-number=duration]"), durations["p85"].to_string());
    let mean = weekly["recent"]["mean"].as_f64().unwrap_or(f64::NAN);
    let shown: f64 = browser.text("[data-number=throughput]").parse().unwrap_or(f64::NAN);
    assert!((mean - shown).abs() <= 0.05 + 1e-9, "{mean} is shown as {shown}");
    assert_eq!(plain(&browser.text("[data-number=wip]")), report["wip"]["today"].to_string());

    open_numbers(browser, "#durations");
    open_numbers(browser, "#throughput");
    let percentiles: Vec<String> = cells(browser, "#durations .buttons + .table tbody td:nth-child(2)");
    let want = ["p50", "p70", "p85", "p95"].map(|p| durations[p].to_string());
    assert_eq!(percentiles, want);
    let mut weeks = cells(browser, "#throughput tbody td:nth-child(2)");
    weeks.reverse();
    let counts: Vec<String> =
        weekly["counts"].as_array().into_iter().flatten().map(Value::to_string).collect();
    assert_eq!(weeks, counts);
    for figure in ["#durations svg circle", "#throughput svg polyline"] {
        browser.find(figure);
    }
}

/// Opens a figure's tables: they are built when they are asked for.
fn open_numbers(browser: &Browser, figure: &str) {
    let open = "document.querySelector(arguments[0] + ' details').open = true";
    browser.find(&format!("{figure} details"));
    browser.script(open, vec![json!(figure)]);
    browser.find(&format!("{figure} details tbody td"));
}

fn cells(browser: &Browser, css: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(cell => cell.textContent)";
    let cells = browser.script(script, vec![json!(css)]);
    cells.as_array().into_iter().flatten().filter_map(Value::as_str).map(plain).collect()
}

/// Without thousands separators.
fn plain(number: &str) -> String {
    number.replace(',', "")
}

fn wait_until_saved(browser: &Browser) {
    // Saving begins a moment after the change.
    std::thread::sleep(std::time::Duration::from_millis(300));
    browser.goto("#/data");
    browser.wait_for_text("main", "It is saved in this browser");
    browser.goto("#/");
}

fn a_chosen_file_is_read_and_found_again(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&file]);
    browser.wait_for_text("h1", "of finished work took 23");
    assert_numbers_are_those_of(&browser, &[&file]);
    wait_until_saved(&browser);
    browser.reload();
    browser.wait_for_text("h1", "of finished work took 23");
    assert_numbers_are_those_of(&browser, &[&file]);
    browser.picture("home");

    browser.goto("#/data");
    browser.wait_for_text("main", "Jira CSV");
    assert_eq!(counts(&browser), ["22", "10", "3", "9"]);
    browser.click("Delete it from this browser");
    browser.click("Yes, delete all of it");
    browser.wait_for_text("main", "There is no data yet");
    browser.reload();
    browser.wait_for_text("main", "There is no data yet");
}

fn a_dropped_and_a_pasted_file_are_read_too(engine: Engine) {
    let Some(azure) = real("azure-devops-csv/adodata.csv") else { return };
    let Some(linear) = real("linear-csv/Linear-tasks-backlog-backup.csv") else { return };
    let Some(jira) = real("jira-csv/werkplaats2.csv") else { return };
    let browser = Browser::open(engine);
    browser.drop_file(&azure);
    browser.wait_for_text(".workspace__name", &file_name(&azure));
    assert_numbers_are_those_of(&browser, &[&azure]);

    browser.paste(&read(&jira));
    browser.wait_for_text(".notice", "put it in its place?");
    browser.click("Replace what is here");
    browser.wait_for_text(".workspace__name", "Pasted text");
    assert_numbers_are_those_of(&browser, &[&jira]);

    // Added, not put in its place: both teams' items are there.
    browser.drop_file(&linear);
    browser.click("Add and update");
    browser.wait_for_text(".nav__count", "54");
}

fn one_bad_file_does_not_keep_the_good_one_out(engine: Engine) {
    let Some(good) = real("jira-csv/planeso.csv") else { return };
    let Some(bad) = real("project-22/review-info.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&bad, &good]);
    browser.wait_for_text("h1", "of finished work took 23");
    browser
        .wait_for_text("#reading", "Which column is what in review-info.csv? None of the columns says when");
    browser.click("Cancel");

    // A question that is open survives a bad file, and a good one joins it.
    let Some(other) = real("jira-csv/werkplaats2.csv") else { return };
    let Some(third) = real("azure-devops-csv/adodata.csv") else { return };
    browser.choose(&[&other]);
    browser.wait_for_text("#asking", "with 26\u{a0}items");
    browser.choose(&[&bad]);
    browser.wait_for_text("#reading", "review-info.csv");
    browser.wait_for_text("#asking", "with 26\u{a0}items");
    browser.choose(&[&third]);
    browser.wait_for_text("#asking", "with 143\u{a0}items");
    browser.click("Add and update");
    browser.wait_for_text(".nav__count", "165");
}

fn several_files_are_one_team(engine: Engine) {
    let Some(tasks) = real("sip/Sip-task-info.csv") else { return };
    let Some(dates) = real("sip/est-act-dates.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&tasks, &dates]);
    browser.wait_for_text(".nav__count", "10,266");
    assert_numbers_are_those_of(&browser, &[&tasks, &dates]);
    wait_until_saved(&browser);
    browser.reload();
    assert_numbers_are_those_of(&browser, &[&tasks, &dates]);
}

fn what_is_given_meanwhile_is_read_next(engine: Engine) {
    let browser = Browser::open(engine);
    browser.find(".shell[data-whole=true]");
    let header = "id,started,finished\n";
    let rows: String = (0..5000).map(|n| format!("{n},2024-03-01,2024-03-04\n")).collect();
    let next = format!("{header}4999,2024-03-01,2024-03-04\nX,2024-03-02,2024-03-05\n");
    // What went wrong with the first is said beside the second.
    browser.paste_both("{\"issues\":", &next);
    browser.wait_for_text("h1", "known for 2");
    browser.wait_for_text("#troubles", "Pasted text");
    browser.wait_for_text("#troubles", "What else was given has been read");
    browser.click("Close");
    browser.click("Undo");
    browser.wait_for_text("h1", "How predictable");
    let said = browser.paste_both(&format!("{header}{rows}"), &next);
    assert_eq!(said, "Reading the pasted text… Then: the pasted text.");
    browser.wait_for_text("#asking", "2\u{a0}items, of which 1 are here already");
    // Until the numbers are here, the page moves.
    browser.wait_for_text("h1", "took 4");
    browser.click("Add and update");
    browser.wait_for_text(".nav__count", "5,001");
}

fn the_sample_says_that_it_is_made_up(engine: Engine) {
    let browser = Browser::open(engine);
    browser.click("Try it with sample data");
    browser.wait_for_text(".notice", "Sample data, made up");
    browser.wait_for_text("h1", "of finished work took");
    browser.goto("#/data");
    browser.wait_for_text(".notice", "Sample data, made up");
    wait_until_saved(&browser);
    browser.reload();
    browser.wait_for_text(".notice", "Sample data, made up");
}

fn what_cannot_be_read_is_said_and_nothing_is_lost(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&file]);
    browser.wait_for_text("h1", "of finished work took 23");
    for (text, said) in [
        ("<!doctype html><title>Log in</title>", "a web page"),
        ("Dear team, this is no table", "not a table"),
        ("{\"issues\": []}", "JSON"),
    ] {
        browser.paste(text);
        browser.wait_for_text(".notice--trouble", said);
        // The message has the focus.
        browser.find("#troubles:focus");
        browser.click("Close");
    }
    assert_numbers_are_those_of(&browser, &[&file]);
    assert!(!browser.has(".notice--trouble"));
}

fn settings_change_the_numbers_everywhere(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&file]);
    browser.wait_for_text(".workspace__about", "29\u{a0}Aug\u{a0}2025");
    browser.goto("#/data");
    let set = "
        const field = document.getElementById(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(set, vec![json!("as-of"), json!("2025-07-31")]);
    browser.wait_for_text(".workspace__about", "31\u{a0}Jul\u{a0}2025, as you set it");
    browser.script(set, vec![json!("as-of"), json!("2999-01-01")]);
    browser.wait_for_text("#as-of-trouble", "Choose a day from");
    browser.wait_for_text(".workspace__about", "31\u{a0}Jul\u{a0}2025, as you set it");
    browser.script(set, vec![json!("zone"), json!("Europe/Atlantis")]);
    browser.wait_for_text("#zone-trouble", "no time zone");
    browser.script(set, vec![json!("zone"), json!("Pacific/Auckland")]);
    wait_until_saved(&browser);
    browser.goto("#/data");
    browser.reload();
    browser.wait_for_text(".workspace__about", "31\u{a0}Jul\u{a0}2025, as you set it");
    let zone = browser.script("return document.getElementById('zone').value", Vec::new());
    assert_eq!(zone, "Pacific/Auckland");
    browser.click("Back to the last day");
    browser.wait_for_text(".workspace__about", "29\u{a0}Aug\u{a0}2025");
}

fn an_address_that_leads_nowhere_is_said(engine: Engine) {
    let browser = Browser::open(engine);
    browser.goto("#/nowhere");
    browser.wait_for_text(".notice--trouble", "There is no page \"nowhere\"");
    browser.goto("#/data");
    browser.wait_for_text("h1", "Data");
    assert!(!browser.has(".notice--trouble"));
}

fn every_page_is_accessible_in_light_and_dark(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = Browser::open(engine);
    let pages_in_both = |state: &str, pages: &[&str]| {
        for theme in ["Light", "Dark"] {
            // The button names the theme it leads to.
            if browser.text("#theme").contains(theme) {
                browser.click(&format!("{theme} theme"));
            }
            let scheme = browser
                .script("return getComputedStyle(document.documentElement).backgroundColor", Vec::new());
            let paper = if theme == "Light" { "rgb(252, 251, 248)" } else { "rgb(20, 24, 29)" };
            assert_eq!(scheme, paper, "{engine:?} {state} {theme}");
            for page in pages {
                browser.goto(page);
                browser.script(
                    "document.querySelectorAll('details').forEach(details => details.open = true)",
                    Vec::new(),
                );
                let violations = browser.violations();
                assert!(
                    violations.is_empty(),
                    "{engine:?} {state} {page} {theme}:\n{}",
                    violations.join("\n")
                );
                for (width, name) in [(1440, "wide"), (390, "narrow")] {
                    browser.resize(width, 900);
                    browser.picture(&format!("{state}-{}-{theme}-{name}", page.trim_matches(['#', '/'])));
                    let overflow =
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                    let overflow = browser.script(overflow, Vec::new());
                    assert_eq!(overflow, 0, "{engine:?} {state} {page} {name}: the page scrolls sideways");
                }
            }
        }
    };
    pages_in_both("empty", &["#/", "#/data", "#/notebook"]);
    browser.choose(&[&file]);
    browser.wait_for_text(".workspace__name", "adodata.csv");
    pages_in_both("azure", &["#/", "#/data"]);
    browser.paste("<html>");
    browser.wait_for_text(".notice--trouble", "web page");
    pages_in_both("trouble", &["#/"]);
    browser.goto("#/data");
    browser.click("Delete it from this browser");
    browser.click("Yes, delete all of it");
    browser.goto("#/");
    browser.click("Try it with sample data");
    browser.wait_for_text("h1", "of finished work took");
    pages_in_both("sample", PAGES);
}

fn a_workbook_is_opened_by_a_part_that_is_loaded_for_it(engine: Engine) {
    let browser = Browser::open(engine);
    let is_loaded = || browser.loaded().iter().any(|name| name.contains("excel"));
    browser.find("main h1");
    assert!(!is_loaded(), "{:?}", browser.loaded());
    browser.choose(&[&workbook()]);
    browser.wait_for_text(".nav__count", "2");
    assert!(is_loaded(), "{:?}", browser.loaded());
    // What only looks like one changes nothing.
    let damaged =
        std::env::temp_dir().join(format!("ballpark-damaged-{}-{engine:?}.xlsx", std::process::id()));
    std::fs::write(&damaged, b"PK\x03\x04 and nothing that follows").expect("a file");
    browser.choose(&[&damaged]);
    browser.wait_for_text(".notice--trouble", "can't be opened");
    browser.wait_for_text(".nav__count", "2");
    let _ = std::fs::remove_file(damaged);
}

fn nothing_is_asked_of_any_other_host(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&file]);
    browser.wait_for_text("h1", "of finished work took 23");
    for page in PAGES {
        browser.goto(page);
        browser.find("main h1");
        // What a page does by itself it does at once.
        std::thread::sleep(std::time::Duration::from_millis(150));
    }
    let loaded = browser.loaded();
    assert!(loaded.iter().any(|name| name.contains("_bg.wasm")), "{loaded:?}");
    assert!(loaded.iter().all(|name| name.starts_with(&url())), "{loaded:?}");
    if engine == Engine::Chromium {
        let (requests, errors) = browser.chromiums_record();
        // Chromium draws the controls of its own date field from `data:`, without a request.
        let ours = |name: &&String| name.starts_with(&url()) || name.starts_with("data:");
        assert!(requests.len() >= loaded.len(), "{requests:?}");
        assert_eq!(requests.iter().filter(|name| !ours(name)).collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(errors, Vec::<String>::new());
    }
    // And it could not if it tried.
    let tries = "
        const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
        fetch('http://127.0.0.1:9/').catch(() => {});
        setTimeout(() => done('nothing stopped it'), 5000);";
    assert_eq!(browser.script_later(tries, Vec::new()), "connect-src");
}

fn damaged_and_newer_data_are_left_alone(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    let newer =
        json!({ "format": "ballpark-workspace", "version": 99, "stamp": "s", "payload": "?" }).to_string();
    for (there, said) in [(newer.as_str(), "newer Ballpark"), ("{]", "can't be read"), ("7", "can't be read")]
    {
        browser.script(
            "localStorage.clear(); localStorage.setItem('ballpark:workspace', arguments[0])",
            vec![json!(there)],
        );
        browser.reload();
        browser.wait_for_text(".notice--trouble", said);
        browser.choose(&[&file]);
        browser.wait_for_text("h1", "of finished work took 23");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let item = |key: &str| browser.script("return localStorage.getItem(arguments[0])", vec![json!(key)]);
        assert_eq!(item("ballpark:workspace"), there, "left alone");
        browser.click("Set the old data aside and save this");
        wait_until_saved(&browser);
        assert_eq!(item("ballpark:set-aside:1"), there, "still there");
        browser.reload();
        browser.wait_for_text("h1", "of finished work took 23");
    }
}

fn deleting_leaves_nothing_behind(engine: Engine) {
    let browser = Browser::open(engine);
    let newer =
        json!({ "format": "ballpark-workspace", "version": 99, "stamp": "s", "payload": "?" }).to_string();
    let put = "localStorage.setItem('ballpark:workspace', arguments[0]); localStorage.setItem('ballpark:set-aside:1', 'x')";
    browser.script(put, vec![json!(newer)]);
    browser.goto("#/data");
    browser.reload();
    browser.wait_for_text("main", "Set aside, from before");
    browser.click("Delete it from this browser");
    browser.click("Yes, delete all of it");
    let ours = "return Object.keys(localStorage).filter(key => key.startsWith('ballpark:') && !key.endsWith(':theme')).join()";
    for _ in 0..2 {
        assert_eq!(browser.script(ours, Vec::new()), "");
        browser.reload();
        browser.wait_for_text("main", "There is no data yet");
    }
}

fn full_storage_is_said_and_survived(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    let fill = "
        for (let size = 1 << 22, n = 0; size > 8; n++)
            try { localStorage.setItem('other:' + n, 'x'.repeat(size)); } catch { size >>= 1; }";
    browser.script(fill, Vec::new());
    browser.choose(&[&file]);
    browser.wait_for_text(".notice--trouble", "has no room for this data");
    assert_numbers_are_those_of(&browser, &[&file]);
}

fn two_tabs_do_not_overwrite_each_other(engine: Engine) {
    let Some(first) = real("jira-csv/planeso.csv") else { return };
    let Some(second) = real("jira-csv/werkplaats2.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&first]);
    wait_until_saved(&browser);
    let (here, there) = browser.open_another_tab();
    browser.wait_for_text("h1", "of finished work took 23");
    browser.choose(&[&second]);
    browser.click("Replace what is here");
    browser.wait_for_text("h1", "of finished work took 22");
    wait_until_saved(&browser);

    browser.switch_to(&here);
    browser.wait_for_text(".notice--trouble", "Another tab has changed the saved data");
    browser.wait_for_text("h1", "of finished work took 23");
    browser.click("Show what the other tab saved");
    browser.wait_for_text("h1", "of finished work took 22");
    assert!(!browser.has(".notice--trouble"));

    // A tab without data shows what the other saves, and can't delete it by keeping its nothing.
    browser.switch_to(&there);
    browser.goto("#/data");
    browser.click("Delete it from this browser");
    browser.click("Yes, delete all of it");
    browser.switch_to(&here);
    browser.wait_for_text(".notice--trouble", "Another tab has deleted the saved data");
    browser.click("Keep this one and save it");
    browser.switch_to(&there);
    browser.goto("#/");
    browser.wait_for_text("h1", "of finished work took 22");
    browser.switch_to(&here);

    // Taking over is no change: the other tab is left in peace.
    browser.switch_to(&there);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!browser.has(".notice--trouble"));
}

/// The numbers of the items' states, without the words for screen readers.
fn counts(browser: &Browser) -> Vec<String> {
    let said = cells(browser, "#files .table tbody td:nth-child(2)");
    said.iter().map(|cell| cell.chars().take_while(|c| c.is_ascii_digit()).collect()).collect()
}

fn states(browser: &Browser) -> Vec<(String, String)> {
    let names = cells(browser, "#files .table tbody td:nth-child(1)");
    names.into_iter().zip(counts(browser)).collect()
}

fn every_real_file_is_read_as_the_report_reads_it(engine: Engine) {
    let browser = Browser::open(engine);
    let zone = browser.script("return Intl.DateTimeFormat().resolvedOptions().timeZone", Vec::new());
    let sets: &[&[&str]] = &[
        &["agile-project/jira.csv"],
        &["azure-devops-csv/adodata.csv"],
        &["github-json/cfrg-vdaf-archive.json"],
        &["gitlab-csv/issues.csv"],
        &["jira-csv/planeso.csv"],
        &["jira-csv/werkplaats2.csv"],
        &["jira-json/tidev-search.json"],
        &["jira-json/jirametrics-sample/SP-1.json", "jira-json/jirametrics-sample/SP-5.json"],
        &["linear-csv/Linear-tasks-backlog-backup.csv"],
        &["project-22/sprint-info.csv"],
        &["public-jira-estimates/clean_data_v2.csv"],
        &["sip/Sip-task-info.csv", "sip/est-act-dates.csv"],
        &["trello-json/trello-project100.json"],
    ];
    browser.goto("#/data");
    for names in sets {
        let Some(files) = names.iter().map(|name| real(name)).collect::<Option<Vec<_>>>() else { return };
        let files: Vec<&Path> = files.iter().map(|file| file.as_path()).collect();
        let want = report(&files, zone.as_str().unwrap_or("UTC"));
        browser.choose(&files);
        browser.wait_for_text("#files", &file_name(files[0]));
        let shown = states(&browser);
        let items = &want["items"];
        for (name, key) in [
            ("Read", "read"),
            ("Finished", "finished"),
            ("In progress", "in_progress"),
            ("Not started", "not_started"),
        ] {
            let of_state = shown.iter().find(|(state, _)| state == name).map(|(_, count)| count.clone());
            assert_eq!(of_state, Some(items[key].to_string()), "{engine:?} {names:?}: {name}");
        }
        browser.click("Delete it from this browser");
        browser.click("Yes, delete all of it");
        browser.wait_for_text("main", "There is no data yet");
    }
}

/// Chooses an option of the select that the script's function finds.
fn choose_option(browser: &Browser, select: &str, value: &str) {
    let script = "
        const select = document.querySelector(arguments[0]);
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.find(select);
    browser.script(script, vec![json!(select), json!(value)]);
}

fn unknown_columns_are_asked_for_once(engine: Engine) {
    let browser = Browser::open(engine);
    let rows = "Ding,Von,Bis\nA,2024-01-02,2024-01-05\nB,2024-01-03,2024-01-10\n";
    browser.paste(rows);
    browser.wait_for_text("#reading", "Which column is what");
    choose_option(&browser, "#reading th:nth-child(1) select", "Key");
    choose_option(&browser, "#reading th:nth-child(2) select", "Started");
    choose_option(&browser, "#reading th:nth-child(3) select", "Finished");
    browser.picture("reading");
    browser.click("Read it like this");
    browser.wait_for_text(".nav__count", "2");
    wait_until_saved(&browser);
    browser.reload();
    // The next of that shape needs nothing.
    browser.paste(&format!("{rows}C,2024-01-04,\n"));
    browser.wait_for_text("#asking", "of which 2 are here already");
    browser.wait_for_text("#asking", "1 new");
}

fn an_update_is_shown_before_and_can_be_undone(engine: Engine) {
    let browser = Browser::open(engine);
    let header = "id,title,status,created,started,finished\n";
    browser.paste(&format!(
        "{header}1,a,Done,2024-01-01,2024-01-02,2024-01-05\n2,b,To Do,2024-01-01,,\n3,c,To Do,2024-01-01,,\n"
    ));
    browser.wait_for_text(".nav__count", "3");
    browser.paste(&format!("{header}1,a,Done,2024-01-01,2024-01-02,2024-01-05\n2,b,Done,2024-01-01,2024-01-03,2024-01-09\n4,d,To Do,2024-01-02,,\n"));
    for said in ["1 new", "1 changed", "1 unchanged", "1 no longer in the export", "2: status: To Do → Done"]
    {
        browser.wait_for_text("#asking", said);
    }
    browser.picture("asking");
    let tick = "document.querySelector('#asking input[type=checkbox]').click()";
    browser.script(tick, Vec::new());
    browser.click("Add and update");
    browser.wait_for_text("#undo", "You added");
    browser.wait_for_text(".nav__count", "3");
    browser.goto("#/data");
    browser.wait_for_text("#files", "Finished");
    assert_eq!(states(&browser)[1], ("Finished".to_owned(), "2".to_owned()));
    browser.click("Undo");
    browser.wait_for_text("#files", "Finished");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(states(&browser)[1], ("Finished".to_owned(), "1".to_owned()));
}

fn teams_are_chosen_between(engine: Engine) {
    let browser = Browser::open(engine);
    let mut rows = String::from("id,title,team,created,started,finished\n");
    for n in 0..12 {
        let (team, end) = if n % 2 == 0 { ("Red", "05") } else { ("R&D", "20") };
        rows += &format!("{n},a,{team},2024-01-01,2024-01-02,2024-01-{end}\n");
    }
    browser.paste(&rows);
    browser.wait_for_text(".nav__count", "12");
    choose_option(&browser, "#team", "=R&D");
    browser.wait_for_text(".workspace__about", "R&D, numbers as of");
    assert_eq!(browser.text("[data-number=duration]"), "19");
    browser.reload();
    browser.wait_for_text(".workspace__about", "R&D, numbers as of");
    assert_eq!(browser.text("[data-number=duration]"), "19");
    choose_option(&browser, "#team", "");
    browser.wait_for_text(".workspace__about", "Numbers as of");
}

fn dates_that_fit_both_orders_are_asked_about(engine: Engine) {
    let browser = Browser::open(engine);
    let mut rows = String::from("id,created,started,closed\n");
    for n in 0..12 {
        rows += &format!("{n},1/3/2024,2/3/2024,7/4/2024\n");
    }
    browser.paste(&rows);
    browser.wait_for_text("#order", "Day or month first?");
    assert_eq!(browser.text("[data-number=duration]"), "37");
    browser.click("The month comes first");
    browser.wait_for_text("#undo", "anew");
    browser.wait_for_text("h1", "153");
    assert!(!browser.has("#order"));
}

fn words_mean_what_the_user_says(engine: Engine) {
    let browser = Browser::open(engine);
    browser.paste("id,status,created\n1,Zebra,2024-01-01\n2,Zebra,2024-01-02\n3,To Do,2024-01-03\n");
    browser.wait_for_text(".nav__count", "3");
    browser.goto("#/data");
    browser.wait_for_text("main", "in a status whose meaning isn't known");
    choose_option(&browser, "#statuses-0", "In progress");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(states(&browser)[2], ("In progress".to_owned(), "2".to_owned()));
    assert!(!browser.text("main").contains("in a status whose meaning"));
}
