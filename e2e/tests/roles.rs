//! What users do with role pages and the notebook, in every browser.

use std::path::Path;

use e2e::{Browser, Engine, file_name, real};
use serde_json::{Value, json};

e2e::in_every_browser![
    every_role_sees_the_same_numbers,
    a_finding_leads_to_its_chart,
    an_agenda_is_made_of_what_matters_to_both,
    notes_are_written_changed_and_taken_back_by_keyboard,
    a_notebook_needs_no_data_and_outlives_the_samples,
    a_calendar_file_fills_the_week,
    a_nudge_is_for_nobody_else,
    tabs_share_one_notebook_and_damage_is_left_alone,
];

const ROLES: [&str; 6] =
    ["cto", "vp-engineering", "engineer", "project-manager", "product-manager", "stakeholder"];

fn open(engine: Engine, file: &Path) -> Browser {
    let browser = Browser::open(engine);
    browser.choose(&[file]);
    browser.wait_for_text(".workspace__name", &file_name(file));
    browser.find("[data-number=wip]");
    browser
}

/// What a script says, as text.
fn told(browser: &Browser, script: &str) -> String {
    browser.script(script, Vec::new()).as_str().unwrap_or_default().to_owned()
}

fn every_role_sees_the_same_numbers(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = open(engine, &file);
    let home: Vec<(&str, String)> = [("throughput", "cadence"), ("duration", "duration"), ("wip", "load")]
        .map(|(of_home, finding)| (finding, browser.text(&format!("[data-number={of_home}]"))))
        .to_vec();
    let mut seen = 0;
    let mut facts: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for role in ROLES {
        browser.goto(&format!("#/{role}"));
        browser.wait_for_text(".document__role", "");
        browser.find("h1");
        browser.find("#talk");
        let script =
            "return [...document.querySelectorAll('.finding')].map(finding => [finding.dataset.finding,
            finding.querySelector('.finding__fact').textContent,
            finding.querySelector('[data-number]')?.textContent ?? ''])";
        let found: Vec<[String; 3]> =
            serde_json::from_value(browser.script(script, Vec::new())).expect("findings");
        assert!((1..=8).contains(&found.len()), "{role}: {found:?}");
        for [id, fact, number] in found {
            if let Some((_, of_home)) = home.iter().find(|(finding, _)| *finding == id) {
                assert_eq!(&number, of_home, "{role}: {id}");
                seen += 1;
            }
            let before = facts.entry(id.clone()).or_insert_with(|| fact.clone());
            assert_eq!(*before, fact, "{role}: {id} is the same for everybody");
        }
    }
    assert!(seen >= 3, "only {seen} numbers were seen twice");
}

fn a_finding_leads_to_its_chart(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/cto");
    browser.find("[data-finding=cadence]");
    browser.script("document.querySelector('[data-finding=cadence] a').click()", Vec::new());
    browser.find("#behaviour .figure__picture svg");
    let seen = "
        const { top, bottom } = document.getElementById('behaviour').getBoundingClientRect();
        return String(top < innerHeight && bottom > 0 && document.activeElement.id === 'behaviour')";
    for _ in 0..40 {
        if told(&browser, seen) == "true" {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the chart is not in view, or does not have the focus");
}

fn an_agenda_is_made_of_what_matters_to_both(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/stakeholder");
    browser.wait_for_text("#talk", "Stakeholder");
    let text = "return document.getElementById('agenda-text').value";
    let agenda = told(&browser, text);
    assert!(agenda.starts_with("Let\u{2019}s talk about: Stakeholder and Project manager"), "{agenda}");
    assert!(agenda.contains("\n1. ") && agenda.contains("Stakeholder: "), "{agenda}");
    let choose = "
        const select = document.getElementById('talk-other');
        select.value = 'cto';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(choose, Vec::new());
    browser.wait_for_text("#talk", "CTO");
    assert!(told(&browser, text).contains("Stakeholder and CTO"));
    browser.click("Copy as text");
    // Copied, or selected for copying where the browser refuses.
    browser.wait_for_text("#talk [role=status]", "opied");
}

fn press_enter_in(browser: &Browser, id: &str) {
    let script = "document.getElementById(arguments[0]).form.requestSubmit()";
    browser.script(script, vec![json!(id)]);
}

fn key(browser: &Browser, key: &str, control: bool) {
    let script = "
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
            { key: arguments[0], ctrlKey: arguments[1], bubbles: true, cancelable: true }))";
    browser.script(script, vec![json!(key), json!(control)]);
}

fn focused(browser: &Browser) -> String {
    std::thread::sleep(std::time::Duration::from_millis(80));
    told(browser, "return document.activeElement.id")
}

fn notes_are_written_changed_and_taken_back_by_keyboard(engine: Engine) {
    let Some(file) = real("azure-devops-csv/adodata.csv") else { return };
    let browser = open(engine, &file);
    browser.goto("#/notebook");
    browser.click("Write down a risk");
    browser.find("#risk-what");
    assert_eq!(focused(&browser), "risk-what");
    // What is missing is said where it is missing, and nothing is lost.
    browser.fill("risk-owner", "Ada");
    press_enter_in(&browser, "risk-what");
    browser.wait_for_text(".writing", "“What may happen” is empty");
    assert_eq!(focused(&browser), "risk-what");
    assert_eq!(told(&browser, "return document.getElementById('risk-owner').value"), "Ada");
    browser.fill("risk-what", "<b>The provider</b> turns it off");
    browser.fill("risk-chance", "5");
    browser.fill("risk-effect", "4");
    press_enter_in(&browser, "risk-what");
    browser.wait_for_text("#part-risk .record", "<b>The provider</b> turns it off");
    browser.wait_for_text("#part-risk .record", "chance: 5 of 5");
    let id = focused(&browser);
    assert!(id.starts_with("record-"), "{id}");

    // Changed, with its history.
    browser.script("document.querySelector('#part-risk .record__tools button').click()", Vec::new());
    browser.fill("risk-chance", "2");
    press_enter_in(&browser, "risk-what");
    browser.wait_for_text("#part-risk .record", "chance: 2 of 5");
    browser.wait_for_text("#part-risk .record .lines", "chance from “5 of 5” to “2 of 5”");

    // Taken back by the keyboard, and made again.
    key(&browser, "z", true);
    browser.wait_for_text("#part-risk .record", "chance: 5 of 5");
    browser.click("Redo: changed “<b>The provider</b> turns it off”");
    browser.wait_for_text("#part-risk .record", "chance: 2 of 5");

    // Escape leaves the form as if nothing had been typed.
    browser.click("Write down a decision");
    browser.fill("decision-question", "Which?");
    key(&browser, "Escape", false);
    assert_eq!(focused(&browser), "add-decision");
    browser.click("Write down a decision");
    browser.fill("decision-question", "Ours or theirs?");
    press_enter_in(&browser, "decision-question");
    browser.wait_for_text("#part-decision .record", "Ours or theirs?");

    // Both matter to the CTO, and are there on the next visit.
    std::thread::sleep(std::time::Duration::from_millis(400));
    browser.goto("#/cto");
    browser.wait_for_text("[data-finding=risks]", "<b>The provider</b> turns it off");
    browser.wait_for_text("#risks-by-project", "Chance 2 of 5, effect 4 of 5. Ada sees to it.");
    browser.reload();
    browser.wait_for_text("[data-finding=risks]", "<b>The provider</b> turns it off");

    // Removed, and put back.
    browser.goto("#/notebook");
    browser.find("#part-risk .record");
    browser.script("document.querySelectorAll('#part-risk .record__tools button')[1].click()", Vec::new());
    browser.wait_for_text("#part-risk", "Removed (1)");
    browser.script("document.querySelector('#part-risk .more .lines button').click()", Vec::new());
    browser.wait_for_text("#part-risk .record", "chance: 2 of 5");
}

fn a_notebook_needs_no_data_and_outlives_the_samples(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    browser.goto("#/notebook");
    browser.wait_for_text("#part-risk", "example");
    browser.script("[...document.querySelectorAll('#part-risk button')].find(b => b.textContent === 'Remove the example').click()", Vec::new());
    browser.click("Write down an initiative");
    browser.fill("initiative-name", "Sellers come back");
    browser.fill("initiative-share", "12,5");
    press_enter_in(&browser, "initiative-name");
    browser.wait_for_text("#part-initiative .record", "12.5");
    std::thread::sleep(std::time::Duration::from_millis(400));
    browser.reload();
    browser.wait_for_text("#part-initiative .record", "Sellers come back");
    let examples = "return String(document.querySelectorAll('#part-risk .record--example').length)";
    assert_eq!(told(&browser, examples), "0", "the example was removed for good");

    // The sample brings its own notes and takes them away again.
    browser.goto("#/");
    browser.click("Try it with sample data");
    browser.find("[data-number=wip]");
    browser.goto("#/notebook");
    browser.wait_for_text("#part-risk", "payment provider");
    browser.choose(&[&file]);
    browser.wait_for_text(".workspace__name", "planeso.csv");
    browser.wait_for_text("#part-initiative .record", "Sellers come back");
    let text = told(&browser, "return document.querySelector('main').textContent");
    assert!(
        !text.contains("payment provider turns off its old interface in spring"),
        "the sample's notes are left"
    );

    // The exports go, the notebook stays.
    browser.goto("#/data");
    browser.click("Delete it from this browser");
    browser.click("Delete the exports, keep the notebook");
    browser.wait_for_text("main", "There is no data yet");
    std::thread::sleep(std::time::Duration::from_millis(400));
    browser.reload();
    browser.goto("#/notebook");
    browser.wait_for_text("#part-initiative .record", "Sellers come back");
}

fn a_calendar_file_fills_the_week(engine: Engine) {
    let browser = Browser::open(engine);
    browser.goto("#/notebook");
    browser.find("#calendar-file");
    let give = "
        const day = new Date(Date.now() - 21 * 864e5).toISOString().slice(0, 10).replaceAll('-', '');
        const event = (title, rest) => `BEGIN:VEVENT\\r\\nUID:${title}\\r\\nSUMMARY:${title}\\r\\n${rest}\\r\\nEND:VEVENT\\r\\n`;
        const text = arguments[0] || 'BEGIN:VCALENDAR\\r\\n'
            + event('1:1 with Ada', `DTSTART:${day}T090000\\r\\nDURATION:PT1H\\r\\nRRULE:FREQ=WEEKLY;COUNT=3`)
            + event('Holiday', `DTSTART;VALUE=DATE:${day}`)
            + 'END:VCALENDAR';
        const files = new DataTransfer();
        files.items.add(new File([text], 'week.ics', { type: 'text/calendar' }));
        const input = document.getElementById('calendar-file');
        input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(give, vec![Value::Null]);
    browser.wait_for_text("#calendar-said", "3\u{a0}entries of the last twelve months, 3 of them new");
    browser.wait_for_text("#calendar-said", "1 left out: all day");
    browser.wait_for_text("#part-time .record", "1:1 with Ada");
    // Again it is the same week, not another one.
    browser.script(give, vec![Value::Null]);
    browser.wait_for_text("#calendar-said", "3\u{a0}entries of the last twelve months, 0 of them new");
    browser.script(give, vec![json!("Key,Summary")]);
    browser.wait_for_text("#calendar-said", "This is no calendar file");
    // One step back takes all of it away.
    browser.click("Undo: took over 3\u{a0}entries");
    browser.wait_for_text("#part-time", "example");
}

fn a_nudge_is_for_nobody_else(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/engineer");
    browser.find("#who-i-am");
    let choose = "
        const select = document.getElementById('who-i-am');
        select.value = select.options[1].value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return select.value";
    let me = told(&browser, choose);
    browser.wait_for_text("[data-finding=mine]", "yours");
    let agenda = told(&browser, "return document.getElementById('agenda-text').value");
    assert!(!agenda.contains("yours"), "{agenda}");
    assert!(!told(&browser, "return location.href").contains(&me), "nobody is named in an address");
    // On paper it is not there.
    let rules = "
        const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]);
        const print = rules.filter(rule => rule.media?.mediaText === 'print').flatMap(rule => [...rule.cssRules]);
        return String(print.some(rule => rule.selectorText?.includes('.finding--private') && rule.style.display === 'none'))";
    assert_eq!(told(&browser, rules), "true");
    assert!(browser.has("[data-finding=mine].finding--private"));
}

fn tabs_share_one_notebook_and_damage_is_left_alone(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = open(engine, &file);
    std::thread::sleep(std::time::Duration::from_millis(400));
    let (here, there) = browser.open_another_tab();
    // Looking at a role's page changes nothing for the other tab.
    browser.goto("#/cto");
    browser.find("#talk");
    browser.goto("#/notebook");
    browser.click("Write down a risk");
    browser.fill("risk-what", "Written in one tab");
    press_enter_in(&browser, "risk-what");
    browser.wait_for_text("#part-risk .record", "Written in one tab");

    browser.switch_to(&here);
    assert!(!browser.has(".notice--trouble"));
    browser.goto("#/notebook");
    browser.wait_for_text("#part-risk .record", "Written in one tab");
    // What is being written here stays while the other tab writes.
    browser.click("Write down a decision");
    browser.fill("decision-question", "Half typed");
    browser.switch_to(&there);
    browser.script("document.querySelectorAll('#part-risk .record__tools button')[1].click()", Vec::new());
    browser.wait_for_text("#part-risk", "Removed (1)");
    browser.switch_to(&here);
    browser.wait_for_text("#part-risk", "Removed (1)");
    assert_eq!(told(&browser, "return document.getElementById('decision-question').value"), "Half typed");

    // A damaged notebook is not written over unasked, and not lost.
    browser.script(
        "localStorage.setItem('ballpark:notebook', '{\"format\":\"ballpark-notebook\",\"version\":1')",
        Vec::new(),
    );
    browser.reload();
    browser.wait_for_text(".notice--trouble", "The notebook saved in this browser can't be read");
    browser.click("Write down a risk");
    browser.fill("risk-what", "After the damage");
    press_enter_in(&browser, "risk-what");
    browser.wait_for_text("#part-risk .record", "After the damage");
    let damaged = "return localStorage.getItem('ballpark:notebook')";
    assert!(told(&browser, damaged).ends_with("\"version\":1"));
    browser.click("Set it aside and save what is here");
    browser.wait_for_text("#part-risk .record", "After the damage");
    assert!(told(&browser, damaged).contains("After the damage"));
    let aside = "return Object.keys(localStorage).filter(key => key.startsWith('ballpark:set-aside-notebook:')).join()";
    assert!(!told(&browser, aside).is_empty(), "what was damaged is kept");
    browser.reload();
    browser.wait_for_text("#part-risk .record", "After the damage");
    assert!(!browser.has(".notice--trouble"));
}
