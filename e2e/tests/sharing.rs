//! What is given to others: as a link, as a file beside the page, as a page of its own; and what comes from others,
//! whatever it holds. Kept for use without a network, one release after the other.

use std::path::{Path, PathBuf};

use e2e::host::Site;
use e2e::{Browser, Engine, PAGES, real, url, workbook};
use serde_json::{Value, json};

e2e::in_every_browser![
    a_link_carries_the_workspace_and_nothing_of_it_is_kept,
    a_large_workspace_makes_no_link_and_says_so,
    links_that_are_damaged_change_nothing,
    a_file_beside_the_page_is_shown_and_can_be_copied,
    the_page_alone_opens_from_a_disk_and_carries_data,
    what_leaves_has_no_names_where_it_should_not,
    hostile_text_stays_text,
    a_release_goes_on_without_a_network_and_gives_way_to_the_next,
    the_rest_of_the_program_may_come_late_or_be_anothers,
];

fn stored(browser: &Browser) -> String {
    let keys =
        "return JSON.stringify(Object.entries(localStorage).filter(([key]) => key !== 'ballpark:theme'))";
    browser.script(keys, Vec::new()).as_str().unwrap_or_default().to_owned()
}

fn link_of(browser: &Browser) -> String {
    browser.click("Share");
    browser.click("Make a link");
    browser.find("#link");
    let link = browser.script("return document.getElementById('link').value", Vec::new());
    link.as_str().unwrap_or_default().to_owned()
}

const ROWS: &str = "id,title,status,created,started,finished\n1,One,Done,2024-01-01,2024-01-02,2024-01-05\n";

fn a_link_carries_the_workspace_and_nothing_of_it_is_kept(engine: Engine) {
    let sender = Browser::with_sample(engine);
    let wip = sender.text("[data-number=wip]");
    let link = link_of(&sender);
    assert!(link.starts_with(&url()) && link.len() < 64_000, "{} characters", link.len());
    drop(sender);

    let browser = Browser::open(engine);
    browser.paste(ROWS);
    browser.wait_for_text(".nav__count", "1");
    std::thread::sleep(std::time::Duration::from_millis(300));
    browser.goto("#/data");
    browser.wait_for_text("main", "It is saved in this browser");
    let own = stored(&browser);
    browser.go_to(&link);
    browser.wait_for_text("#visiting", "Shared with you");
    browser.wait_for_text("[data-number=wip]", &wip);
    assert!(!browser.address().contains("w="), "the address is a short one again");
    // What is tried out stays in the tab, and reloading shows it anew.
    browser.goto("#/data");
    browser.fill("workspace-name", "Mine?");
    browser.wait_for_text(".workspace__name", "Mine?");
    browser.reload();
    browser.wait_for_text("#visiting", "Shared with you");
    assert_eq!(stored(&browser), own, "nothing was written");
    browser.click("Back to my own");
    browser.wait_for_text(".nav__count", "1");
    assert!(!browser.has("#visiting"));
    // Copied it is a workspace beside one's own.
    browser.go_to(&link);
    browser.click("Keep a copy in this browser");
    browser.goto("#/data");
    browser.wait_for_text("main", "It is saved in this browser");
    browser.wait_for_text("#workspaces", "1\u{a0}item");
    browser.reload();
    assert!(!browser.has("#visiting"));
    browser.goto("#/");
    browser.wait_for_text("[data-number=wip]", &wip);
}

fn a_large_workspace_makes_no_link_and_says_so(engine: Engine) {
    let Some(tasks) = real("sip/Sip-task-info.csv") else { return };
    let browser = Browser::open(engine);
    browser.choose(&[&tasks]);
    browser.wait_for_text(".nav__count", "10,");
    browser.click("Share");
    browser.click("Make a link");
    browser.wait_for_text("#ways", "some browsers cut links off at 64,000");
    assert!(!browser.has("#link"));
}

fn links_that_are_damaged_change_nothing(engine: Engine) {
    let browser = Browser::open(engine);
    browser.paste(ROWS);
    browser.wait_for_text(".nav__count", "1");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let own = stored(&browser);
    let link = link_of(&browser);
    let cut = &link[..link.len() * 2 / 3];
    let newer = link.replace("w=v", "w=v9");
    let noise = format!("{}#/?w=%00%FF<script>alert(1)</script>", url());
    for (bad, said) in
        [(cut, "it is damaged"), (newer.as_str(), "newer Ballpark"), (noise.as_str(), "can't be read")]
    {
        browser.go_to(bad);
        browser.wait_for_text("#troubles", said);
        browser.wait_for_text("#troubles", "Nothing that was here has changed");
        browser.wait_for_text(".nav__count", "1");
        assert_eq!(stored(&browser), own);
        browser.click("Close");
    }
}

/// A place for a host's files that ends with the test.
struct Folder(PathBuf);

impl Folder {
    fn with(files: &[(&str, &[u8])], engine: Engine, name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("ballpark-{name}-{engine:?}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).expect("a file");
        }
        Folder(folder)
    }

    /// With a release's files in it too.
    fn and_all_of(self, release: &str) -> Folder {
        let from = std::env::var_os(release).expect("run these tests by `cargo xtask test`");
        self.and_all_in(Path::new(&from))
    }

    fn and_all_in(self, from: &Path) -> Folder {
        for entry in std::fs::read_dir(from).expect("a release").flatten() {
            std::fs::copy(entry.path(), self.0.join(entry.file_name())).expect("a copy");
        }
        self
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn a_file_beside_the_page_is_shown_and_can_be_copied(engine: Engine) {
    let sender = Browser::with_sample(engine);
    let wip = sender.text("[data-number=wip]");
    sender.goto("#/share");
    sender.catch_files();
    sender.click("Save team.json");
    let team = sender.caught_file();
    drop(sender);
    let Some(export) = real("jira-csv/planeso.csv") else { return };
    let export = std::fs::read(export).expect("an export");
    let files: &[(&str, &[u8])] = &[
        ("team.json", team.as_bytes()),
        ("nightly.csv", &export),
        ("broken.json", b"{\"format\":\"ballpark-document\",\"version\":6"),
    ];
    let folder = Folder::with(files, engine, "beside").and_all_of("BALLPARK_RELEASE_1");
    let site = Site::serve(folder.0.clone(), "/some/team/").expect("a site");
    let browser = Browser::open_at(engine, &format!("{}#/?data=team.json", site.url));
    browser.wait_for_text("#visiting", "It is the file team.json beside this page");
    browser.wait_for_text("[data-number=wip]", &wip);
    // The address keeps it, from page to page and over a reload; nothing is stored.
    browser.click("Cadence");
    browser.wait_for_text("h1", "");
    assert!(browser.address().contains("data=team.json"), "{}", browser.address());
    browser.reload();
    browser.wait_for_text("#visiting", "team.json");
    assert_eq!(stored(&browser), "[]");
    // Any export does as well.
    browser.go_to(&format!("{}#/?data=nightly.csv", site.url));
    browser.wait_for_text("h1", "of finished work took 23");
    browser.click("Keep a copy in this browser");
    browser.wait_for_text("h1", "of finished work took 23");
    assert!(!browser.address().contains("data="), "{}", browser.address());
    // What is given while the file is on its way is for what it shows.
    browser.go_and_paste("#/?data=nightly.csv", "id,started,finished\nX,2024-03-02,2024-03-05\n");
    browser.wait_for_text("#visiting", "nightly.csv");
    browser.wait_for_text("#asking", "1\u{a0}item, of which 0 are here already");
    browser.click("Cancel");
    browser.click("Back to my own");
    // And the made-up team, also where Ballpark is open.
    browser.go_to(&format!("{}#/?sample=1", site.url));
    browser.wait_for_text("#visiting", "It is the made-up team");
    browser.click("Back to my own");
    browser.wait_for_text("h1", "of finished work took 23");
    let own = stored(&browser);
    for (name, said) in [
        ("none.json", "the site answers 404"),
        ("https://example.org/team.json", "only files of the same site"),
        ("//example.org/team.json", "only files of the same site"),
        ("broken.json", "can't be read"),
    ] {
        browser.go_to(&format!("{}#/?data={}", site.url, name.replace('/', "%2F").replace(':', "%3A")));
        browser.wait_for_text("#troubles", said);
        browser.wait_for_text("h1", "of finished work took 23");
        assert_eq!(stored(&browser), own, "{name}");
        browser.click("Close");
    }
}

fn the_page_alone_opens_from_a_disk_and_carries_data(engine: Engine) {
    let sender = Browser::with_sample(engine);
    let wip = sender.text("[data-number=wip]");
    sender.goto("#/share");
    sender.catch_files();
    sender.click("Save ballpark.html");
    let page = sender.caught_file();
    drop(sender);
    assert!(!page.contains("script-src 'self'") && page.contains("connect-src") == false, "its own policy");
    let folder = Folder::with(&[("team.html", page.as_bytes())], engine, "alone");
    let address = format!("file://{}", folder.0.join("team.html").display());
    let browser = Browser::open_at(engine, &address);
    browser.wait_for_text("#visiting", "It lies in this page");
    browser.wait_for_text("[data-number=wip]", &wip);
    browser.picture("alone");
    for page in ["#/cadence", "#/forecast", "#/cto", "#/data", "#/share"] {
        browser.go_to(&format!("{address}{page}"));
        browser.find("main h1");
    }
    // From there it can be handed on again, without names.
    browser.script("document.getElementById('unnamed').click()", Vec::new());
    browser.catch_files();
    browser.click("Save ballpark.html");
    let again = browser.caught_file();
    let data = |page: &str| {
        let rest = page.split("id=\"ballpark-data\">").nth(1).expect("a place for data");
        rest.split("</script>").next().expect("an end").to_owned()
    };
    assert!(data(&again).contains("Person 1") && !data(&again).contains("Ada"), "{:.300}", data(&again));
    let around = |page: &str| page.len() - data(page).len();
    // Browsers write out a page with other spaces than were read.
    assert!(around(&again).abs_diff(around(&page)) < 200, "{} and {}", around(&again), around(&page));
    let second = Folder::with(&[("again.html", again.as_bytes())], engine, "alone-again");
    browser.go_to(&format!("file://{}", second.0.join("again.html").display()));
    browser.wait_for_text("#visiting", "It lies in this page");
    browser.wait_for_text("[data-number=wip]", &wip);
    assert!(browser.loaded().iter().all(|name| name.starts_with("blob:")), "{:?}", browser.loaded());
    // The bare page works as the app does.
    let bare = std::env::var("BALLPARK_ALONE").expect("run these tests by `cargo xtask test`");
    browser.go_to(&format!("file://{bare}"));
    browser.click("Try it with sample data");
    browser.find("[data-number=wip]");
    // What opens workbooks is in it too, and other languages.
    browser.choose(&[&workbook()]);
    browser.wait_for_text(".nav__count", "2");
    assert!(browser.has("#ballpark-de"));
    let tries = "
        const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
        fetch('http://127.0.0.1:9/').catch(() => {});
        setTimeout(() => done('nothing stopped it'), 5000);";
    assert_eq!(browser.script_later(tries, Vec::new()), "connect-src");
}

fn what_leaves_has_no_names_where_it_should_not(engine: Engine) {
    let browser = Browser::with_sample(engine);
    browser.goto("#/share");
    browser.wait_for_text("#leaves", "with a title");
    browser.wait_for_text("#leaves", "Ada");
    browser.script("document.getElementById('unnamed').click()", Vec::new());
    browser.wait_for_text("#leaves", "0 with a title");
    let said = browser.text("#leaves");
    assert!(!said.contains("Ada") && said.contains("Person 1"), "{said}");
    browser.script("document.getElementById('with-notebook').click()", Vec::new());
    browser.wait_for_text("#leaves", "Nothing of the notebook");
    browser.picture("share");
}

fn hostile_text_stays_text(engine: Engine) {
    let browser = Browser::open(engine);
    let markup = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";
    let rows = format!(
        "id,title,status,url,assignee,project,created,started,finished\n\
         \"{0}\",\"{0}\",\"{0}\",\"javascript:window.hit=1\",\"{0}\",\"{0}\",2024-01-01,2024-01-02,\n\
         2,\"=HYPERLINK(\"\"http://x\"\")\",Done,https://tracker.example/2,\"@SUM(1)\",Shop,2024-01-01,2024-01-02,2024-01-05\n",
        markup.replace('"', "\"\"")
    );
    browser.paste(&rows);
    browser.wait_for_text(".nav__count", "2");
    for page in PAGES {
        browser.goto(page);
        browser.find("main h1");
        std::thread::sleep(std::time::Duration::from_millis(200));
        let hit = browser.script(
            "return [window.hit ?? null, document.querySelector('img[src=x], main script') !== null]",
            Vec::new(),
        );
        assert_eq!(hit, json!([null, false]), "{engine:?} {page}");
    }
    browser.goto(&format!(
        "#/in-progress?item={}",
        "%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D1%22%3E%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E"
    ));
    browser.wait_for_text("dialog", "onerror");
    let links = "return [...document.querySelectorAll('a[href]')].map(a => a.protocol).filter(p => !['http:', 'https:'].includes(p))";
    assert_eq!(browser.script(links, Vec::new()), json!([]), "{engine:?}");
}

fn a_release_goes_on_without_a_network_and_gives_way_to_the_next(engine: Engine) {
    let folder =
        |release| PathBuf::from(std::env::var_os(release).expect("run these tests by `cargo xtask test`"));
    let (one, two) = (folder("BALLPARK_RELEASE_1"), folder("BALLPARK_RELEASE_2"));
    let site = Site::serve(one, "/team/ballpark/").expect("a site");
    let serve = |folder: Option<PathBuf>| *site.folder.lock().expect("the site") = folder;
    let browser = Browser::open_at(engine, &site.url);
    let controlled = "
        const done = arguments[arguments.length - 1];
        const look = () => navigator.serviceWorker.controller ? done(true) : setTimeout(look, 100);
        setTimeout(() => done(false), 60000);
        look();";
    assert_eq!(browser.script_later(controlled, Vec::new()), true, "{engine:?}: kept");
    browser.click("Try it with sample data");
    browser.find("[data-number=wip]");
    std::thread::sleep(std::time::Duration::from_millis(500));

    // Without a network: every page, from the start.
    serve(None);
    browser.open_anew(&format!("{}#/cadence", site.url));
    browser.wait_for_text("h1", "steady");
    browser.open_anew(&site.url);
    browser.find("[data-number=wip]");

    // The next release: the page that is open goes on and says so; the next time it is the new one, whole.
    serve(Some(two));
    browser.open_anew(&site.url);
    browser.find("[data-number=wip]");
    browser.wait_for_text("#update", "A new version");
    browser.click("Reload");
    let versions = "return [...new Set([...document.querySelectorAll('link[rel=stylesheet], script[src]')].map(e => new URL(e.href || e.src).search)
        .concat(performance.getEntriesByType('resource').map(e => new URL(e.name).search).filter(s => s)))]";
    let mut seen = Value::Null;
    for _ in 0..100 {
        browser.find("[data-number=wip]");
        seen = browser.script(versions, Vec::new());
        if seen == json!(["?v=2"]) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(seen, json!(["?v=2"]), "{engine:?}: one release and no other");
    serve(None);
    browser.open_anew(&site.url);
    browser.find("[data-number=wip]");
    assert_eq!(browser.script(versions, Vec::new()), json!(["?v=2"]), "{engine:?}");
}

fn the_rest_of_the_program_may_come_late_or_be_anothers(engine: Engine) {
    let alone =
        PathBuf::from(std::env::var_os("BALLPARK_ALONE").expect("run these tests by `cargo xtask test`"));
    let bundle = alone.parent().expect("a folder");
    let folder = Folder::with(&[], engine, "halves").and_all_in(bundle);
    let site = Site::serve(folder.0.clone(), "/team/").expect("a site");
    let (rest, whole) = (folder.0.join("ballpark_apart.wasm"), bundle.join("ballpark_apart.wasm"));
    std::fs::remove_file(&rest).expect("the rest");

    // Without it: the first screens are there, all else says what is missing, and nothing is lost.
    let browser = Browser::open_at(engine, &site.url);
    browser.click("Try it with sample data");
    let wip = browser.text("[data-number=wip]");
    browser.paste(ROWS);
    browser.wait_for_text("#troubles", "The rest of Ballpark could not be fetched");
    browser.click("Close");
    browser.click("Cadence");
    browser.wait_for_text("#missing", "The rest of Ballpark could not be fetched");

    // What a host has of another release in its place is refused.
    let mut others = std::fs::read(&whole).expect("the rest");
    others.extend_from_slice(&[0, 2, 1, b'x']);
    std::fs::write(&rest, others).expect("another's");
    browser.click("Try again");
    std::thread::sleep(std::time::Duration::from_millis(500));
    browser.wait_for_text("#missing", "The rest of Ballpark could not be fetched");

    std::fs::copy(&whole, &rest).expect("the rest");
    browser.click("Try again");
    browser.wait_for_text("h1", "steady");
    // The sample was not kept so far.
    browser.reload();
    browser.wait_for_text("h1", "steady");
    browser.click("Home");
    browser.wait_for_text("[data-number=wip]", &wip);

    // What an earlier visit left can't be opened without it, and stays.
    let before = stored(&browser);
    assert!(before.contains("ballpark:workspace"), "{engine:?}: {before}");
    std::fs::remove_file(&rest).expect("the rest");
    browser.try_anew(&site.url);
    browser.wait_for_text("#boot-says", "Ballpark could not be loaded");
    assert_eq!(stored(&browser), before, "{engine:?}");
    std::fs::copy(&whole, &rest).expect("the rest");
    browser.open_anew(&site.url);
    browser.wait_for_text("[data-number=wip]", &wip);

    // A link waits for another time.
    let link = link_of(&browser);
    drop(browser);
    std::fs::remove_file(&rest).expect("the rest");
    let browser = Browser::open_at(engine, &link);
    browser.wait_for_text("#troubles", "The rest of Ballpark could not be fetched");
    std::fs::copy(&whole, &rest).expect("the rest");
    browser.reload();
    browser.wait_for_text("[data-number=wip]", &wip);
    browser.wait_for_text("#visiting", "It came with a link");
}
