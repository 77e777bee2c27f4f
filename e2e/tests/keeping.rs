//! What is kept: several workspaces, every change to be taken back, and nothing lost whatever happens to the
//! browser's storage.

use e2e::{Browser, Engine, real};
use serde_json::json;

e2e::in_every_browser![
    workspaces_know_nothing_of_one_another,
    everything_can_be_taken_back_and_done_again,
    a_whole_workspace_goes_into_a_file_and_comes_back,
    fifty_thousand_items_are_kept,
    damage_of_any_kind_is_told_and_left_alone,
    storage_that_is_cleared_while_open_is_said,
    what_fails_while_saving_leaves_what_was_saved,
];

const HEADER: &str = "id,title,status,created,started,finished\n";

fn rows(count: usize) -> String {
    let row = |n: usize| {
        format!("{n},Work {n},Done,2024-01-0{},2024-01-0{},2024-02-1{}\n", n % 9 + 1, n % 9 + 1, n % 9)
    };
    HEADER.to_owned() + &(1..=count).map(row).collect::<String>()
}

fn wait_until_saved(browser: &Browser) {
    std::thread::sleep(std::time::Duration::from_millis(300));
    browser.goto("#/data");
    browser.wait_for_text("main", "It is saved in this browser");
}

fn stored(browser: &Browser, key: &str) -> String {
    let item = browser.script("return localStorage.getItem(arguments[0])", vec![json!(key)]);
    item.as_str().unwrap_or_default().to_owned()
}

fn press(browser: &Browser, key: &str, shift: bool) {
    let script = "
        document.activeElement?.blur();
        dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], ctrlKey: true, shiftKey: arguments[1], bubbles: true, cancelable: true }))";
    browser.script(script, vec![json!(key), json!(shift)]);
}

fn workspaces_know_nothing_of_one_another(engine: Engine) {
    let browser = Browser::open(engine);
    browser.paste(&rows(3));
    browser.wait_for_text(".nav__count", "3");
    wait_until_saved(&browser);
    browser.fill("workspace-name", "Blue team");
    browser.wait_for_text(".workspace__name", "Blue team");
    browser.click("New workspace");
    browser.wait_for_text("h1", "How predictable");
    browser.paste(&rows(5));
    browser.wait_for_text(".nav__count", "5");
    wait_until_saved(&browser);
    browser.fill("workspace-name", "Red team");
    browser.wait_for_text("#workspaces", "Blue team, 3");
    browser.reload();
    browser.wait_for_text(".workspace__name", "Red team");
    browser.wait_for_text(".nav__count", "5");
    browser.click("Open Blue team");
    browser.wait_for_text(".nav__count", "3");
    // Another tab opens the one that was opened last, and may have the other.
    let (here, there) = browser.open_another_tab();
    browser.wait_for_text(".workspace__name", "Blue team");
    browser.goto("#/data");
    browser.click("Open Red team");
    browser.wait_for_text(".nav__count", "5");
    browser.goto("#/data");
    browser.fill("as-of", "2024-02-11");
    browser.switch_to(&here);
    browser.goto("#/data");
    browser.wait_for_text(".workspace__name", "Blue team");
    browser.wait_for_text("#workspaces", "Red team, 5");
    assert!(!browser.has(".notice--trouble"));
    browser.reload();
    browser.wait_for_text(".workspace__name", "Blue team");
    browser.goto("#/data");
    // Deleting the open one leaves the other.
    browser.click("Delete it from this browser");
    browser.click("Yes, delete all of it");
    browser.wait_for_text("#workspaces", "Red team, 5");
    browser.switch_to(&there);
    browser.reload();
    browser.wait_for_text(".workspace__name", "Red team");
}

fn everything_can_be_taken_back_and_done_again(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.paste(&rows(4));
    browser.wait_for_text(".nav__count", "4");
    browser.paste(&rows(6));
    browser.click("Add and update");
    browser.wait_for_text(".nav__count", "6");
    browser.goto("#/data");
    browser.fill("as-of", "2024-02-11");
    browser.wait_for_text(".workspace__about", "as you set it");
    browser.goto("#/notebook");
    browser.click("Write down a risk");
    browser.fill("risk-what", "It rains");
    browser.click("Save");
    browser.wait_for_text("#part-risk", "It rains");
    browser.goto("#/cadence");
    press(&browser, "z", false);
    browser.wait_for_text("#taken-back", "Taken back: wrote “It rains”.");
    press(&browser, "z", false);
    browser.wait_for_text(".workspace__about", "Numbers as of");
    assert!(!browser.text(".workspace__about").contains("as you set it"));
    press(&browser, "z", false);
    browser.wait_for_text(".nav__count", "4");
    press(&browser, "z", false);
    browser.wait_for_text(".notice", "Sample data, made up");
    for _ in 0..4 {
        press(&browser, "z", true);
    }
    browser.wait_for_text(".nav__count", "6");
    browser.wait_for_text(".workspace__about", "as you set it");
    browser.goto("#/notebook");
    browser.wait_for_text("#part-risk", "It rains");
    // By buttons, which say what they do.
    assert_eq!(browser.script("return document.getElementById('redo-all').disabled", Vec::new()), true);
    browser.wait_for_text("#undo-notebook", "Undo: wrote “It rains”");
    // It was saved as it stands.
    wait_until_saved(&browser);
    browser.reload();
    browser.wait_for_text(".nav__count", "6");
    browser.wait_for_text(".workspace__about", "as you set it");
}

fn a_whole_workspace_goes_into_a_file_and_comes_back(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/data");
    browser.fill("workspace-name", "Made up");
    browser.wait_for_text(".workspace__name", "Made up");
    browser.catch_files();
    browser.click("Save this one as a file");
    let text = browser.caught_file();
    assert!(text.contains("\"format\":\"ballpark-document\"") && text.contains("Made up"), "{text:.200}");
    let items = browser.text(".nav__count");
    // Beside other data it is another workspace.
    browser.click("New workspace");
    browser.paste(&rows(3));
    browser.wait_for_text(".nav__count", "3");
    browser.paste(&text);
    browser.wait_for_text(".workspace__name", "Made up");
    browser.wait_for_text(".nav__count", &items);
    browser.goto("#/notebook");
    browser.wait_for_text("#part-risk", "Remove");
    browser.goto("#/data");
    browser.wait_for_text("#workspaces", "3\u{a0}items");
    // One of a newer Ballpark, and half of one, change nothing.
    let newer = text.replacen("\"version\":", "\"version\":9", 1);
    for (other, said) in [(newer.as_str(), "newer Ballpark"), (&text[..text.len() / 2], "can't be read")] {
        browser.paste(other);
        browser.wait_for_text("#troubles", said);
        browser.wait_for_text(".nav__count", &items);
        browser.click("Close");
    }
}

fn fifty_thousand_items_are_kept(engine: Engine) {
    let browser = Browser::open(engine);
    // Titles as long as real ones, of words that differ, so that packing them is as hard.
    let make = "
        let seed = 7;
        const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
        const words = Array.from({ length: 3000 }, () => Array.from({ length: 3 + random(8) }, () => 'abcdefghijklmnoprstuvwy'[random(23)]).join(''));
        const day = n => new Date(Date.UTC(2018, 0, 1) + n * 1000).toISOString();
        const items = Array.from({ length: 50000 }, (_, n) => {
            const at = n * 4000 + random(4000), start = at + random(4e6), end = start + random(4e6);
            const title = Array.from({ length: 8 }, () => words[random(3000)]).join(' ');
            return ['APP-' + (50000 - n), title, 'Done', ['Bug', 'Story', 'Task'][random(3)], 'Person ' + random(40), day(at), day(start), day(end)].join(',');
        });
        const transfer = new DataTransfer();
        transfer.items.add(new File(['id,title,status,type,assignee,created,started,finished\\n' + items.join('\\n')], 'large.csv'));
        document.querySelector('main').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));";
    browser.script(make, Vec::new());
    browser.wait_for_text(".nav__count", "50,000");
    browser.goto("#/data");
    browser.wait_for_text("main", "It is saved in this browser");
    let units = stored(&browser, "ballpark:workspace").encode_utf16().count();
    println!("{engine:?}: 50,000 items in {units} units, {:.1} each", units as f64 / 50_000.0);
    assert!(units < 2_500_000, "{units}");
    browser.reload();
    browser.wait_for_text(".nav__count", "50,000");
}

fn damage_of_any_kind_is_told_and_left_alone(engine: Engine) {
    let browser = Browser::open(engine);
    browser.paste(&rows(3));
    browser.wait_for_text(".nav__count", "3");
    wait_until_saved(&browser);
    let whole = stored(&browser, "ballpark:workspace");
    let cut: String = whole.chars().take(whole.chars().count() * 2 / 3).collect();
    let middle = whole.chars().count() - 40;
    let flipped: String =
        whole.chars().enumerate().map(|(n, c)| if n == middle { '㐁' } else { c }).collect();
    let empty = String::new();
    for (damaged, what) in [(cut, "truncated"), (flipped, "one sign off"), (empty, "emptied")] {
        browser.script("localStorage.setItem('ballpark:workspace', arguments[0])", vec![json!(damaged)]);
        browser.reload();
        browser.wait_for_text(".notice--trouble", "can't be read");
        browser.goto("#/");
        browser.paste(&rows(2));
        browser.wait_for_text(".nav__count", "2");
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(stored(&browser, "ballpark:workspace"), damaged, "{engine:?}: {what}");
    }
    // Mended from outside, it is all there.
    browser.script("localStorage.setItem('ballpark:workspace', arguments[0])", vec![json!(whole)]);
    browser.reload();
    browser.wait_for_text(".nav__count", "3");
}

fn storage_that_is_cleared_while_open_is_said(engine: Engine) {
    let browser = Browser::open(engine);
    browser.paste(&rows(3));
    browser.wait_for_text(".nav__count", "3");
    wait_until_saved(&browser);
    browser.script("localStorage.clear()", Vec::new());
    // The next change finds it.
    browser.fill("as-of", "2024-02-12");
    browser.wait_for_text(".notice--trouble", "deleted the saved data");
    browser.wait_for_text(".nav__count", "3");
    browser.click("Keep this one and save it");
    wait_until_saved(&browser);
    browser.reload();
    browser.wait_for_text(".nav__count", "3");
    browser.wait_for_text(".workspace__about", "as you set it");
}

fn what_fails_while_saving_leaves_what_was_saved(engine: Engine) {
    let Some(file) = real("jira-csv/planeso.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&file]);
    browser.wait_for_text("h1", "of finished work took 23");
    wait_until_saved(&browser);
    let before = stored(&browser, "ballpark:workspace");
    // The browser gives up in the middle of a writing, for no reason it names.
    let fail =
        "Storage.prototype.setItem = () => { throw new DOMException('the disk is gone', 'UnknownError') }";
    browser.script(fail, Vec::new());
    browser.fill("as-of", "2025-09-01");
    browser.wait_for_text(".notice--trouble", "refused to store");
    browser.find(".notice--trouble button");
    assert_eq!(stored(&browser, "ballpark:workspace"), before);
    browser.reload();
    browser.goto("#/");
    browser.wait_for_text("h1", "of finished work took 23");
    if engine == Engine::Chromium {
        // And the tab crashes while it saves: nothing of the page runs any more.
        browser.goto("#/data");
        browser.fill("as-of", "2025-09-02");
        browser.crash_and_open_another_tab();
        browser.wait_for_text(".nav__count", "22");
        assert!(!browser.has(".notice--trouble"));
    }
}
