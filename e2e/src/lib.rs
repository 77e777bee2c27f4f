//! The app as its users have it: in stock Chromium, Firefox and WebKit, by WebDriver.
//!
//! `cargo xtask test` builds and serves the app, finds the drivers, and runs the tests beside this.
//! Everything here panics with what it wanted and what it found; it is only for tests.

mod driver;
#[path = "../../xtask/src/host.rs"]
pub mod host;

use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::wd::{TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

pub use driver::Engine;
use driver::{Driver, Profile};

/// How long the app has for anything. Generous, for slow machines: a test that waits fails loudly.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with the app in it. It ends with the value.
pub struct Browser {
    pub engine: Engine,
    runtime: Runtime,
    client: Client,
    driver: RefCell<Driver>,
}

impl Browser {
    /// Starts a browser with a profile of its own and opens the app.
    pub fn open(engine: Engine) -> Browser {
        Browser::open_with(engine, Profile::default())
    }

    /// The same, in a browser that allows pages no storage.
    pub fn open_without_storage(engine: Engine) -> Browser {
        Browser::open_with(engine, Profile { no_storage: true, ..Profile::default() })
    }

    /// The same, for a reader whose system has colours of its own and wants nothing to move. WebKit's browser has no
    /// way to say either.
    pub fn open_in_own_colors_without_motion(engine: Engine) -> Browser {
        Browser::open_with(engine, Profile { own_colors: true, ..Profile::default() })
    }

    fn open_with(engine: Engine, profile: Profile) -> Browser {
        let browser = Browser::start(engine, profile);
        if profile.own_colors && engine == Engine::Chromium {
            let features = json!([
                { "name": "forced-colors", "value": "active" },
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ]);
            let emulate = OfChromium("Emulation.setEmulatedMedia", json!({ "features": features }));
            browser.wait_on("have colours of its own", browser.client.issue_cmd(emulate));
        }
        browser.goto("");
        browser
    }

    fn start(engine: Engine, profile: Profile) -> Browser {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = Driver::start(engine);
        let client = runtime.block_on(driver.connect(profile));
        let browser = Browser { engine, runtime, client, driver: RefCell::new(driver) };
        browser.resize(1280, 900);
        browser
    }

    /// Starts a browser and opens that address instead of the app's.
    pub fn open_at(engine: Engine, address: &str) -> Browser {
        let browser = Browser::start(engine, Profile::default());
        browser.go_to(address);
        browser
    }

    /// Opens any address in which the app is.
    pub fn go_to(&self, address: &str) {
        self.wait_on("open a page", self.client.goto(address));
        self.find(".shell");
    }

    /// Leaves the app and comes back, as somebody does who types the address. Reloading by a driver may ask the network
    /// whatever is kept.
    pub fn open_anew(&self, address: &str) {
        self.try_anew(address);
        self.find(".shell");
    }

    /// As [`Browser::open_anew`], whether or not the app starts.
    pub fn try_anew(&self, address: &str) {
        self.wait_on("leave the page", self.client.goto("about:blank"));
        self.wait_on("open a page", self.client.goto(address));
    }

    /// The address of what is shown.
    pub fn address(&self) -> String {
        self.wait_on("tell the address", self.client.current_url()).to_string()
    }

    /// A browser with the sample team.
    pub fn with_sample(engine: Engine) -> Browser {
        let browser = Browser::open(engine);
        browser.click("Try it with sample data");
        browser.find("[data-number=wip]");
        browser
    }

    /// Gives a field a value as a user of assistive technology may: by its value and its events.
    pub fn fill(&self, id: &str, value: &str) {
        let script = "
            const field = document.getElementById(arguments[0]);
            field.value = arguments[1];
            for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }))";
        self.find(&format!("#{id}"));
        self.script(script, vec![Value::from(id), Value::from(value)]);
    }

    /// Opens a place below the app's address, like `#/data`.
    pub fn goto(&self, place: &str) {
        self.wait_on("open a page", self.client.goto(&format!("{}{place}", url())));
        // Some drivers load the page anew, and nothing is kept before all of the program is here.
        self.find(".shell[data-whole=true]");
    }

    pub fn reload(&self) {
        self.wait_on("reload", self.client.refresh());
        self.find(".shell");
    }

    pub fn resize(&self, width: u32, height: u32) {
        self.wait_on("resize", self.client.set_window_size(width, height));
    }

    fn wait_on<T, E: std::fmt::Debug>(&self, what: &str, doing: impl Future<Output = Result<T, E>>) -> T {
        self.runtime.block_on(doing).unwrap_or_else(|error| {
            let last_words = self.driver.borrow_mut().last_words();
            panic!("{:?}: could not {what}: {error:?}; {last_words}", self.engine)
        })
    }

    /// The first element of that selector, once there is one.
    pub fn find(&self, css: &str) -> Element {
        self.until(&format!("find {css}"), || self.runtime.block_on(self.client.find(Locator::Css(css))).ok())
    }

    /// Whether there is an element of that selector now.
    pub fn has(&self, css: &str) -> bool {
        self.runtime.block_on(self.client.find(Locator::Css(css))).is_ok()
    }

    /// The text of the first element of that selector, once there is one.
    pub fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent";
        self.until(&format!("read {css}"), || {
            self.script(script, vec![json!(css)]).as_str().map(str::to_owned)
        })
    }

    /// Waits until the element of that selector says `part`.
    pub fn wait_for_text(&self, css: &str, part: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join(' ')";
        self.until(&format!("see {part:?} in {css}"), || {
            let text = self.script(script, vec![json!(css)]);
            text.as_str().is_some_and(|text| text.contains(part)).then_some(())
        });
    }

    /// Clicks the button or link that says exactly that.
    pub fn click(&self, label: &str) {
        let path =
            format!("//*[self::button or self::a or self::summary][normalize-space(.)={}]", quoted(label));
        self.until(&format!("click {label:?}"), || {
            let found = self.runtime.block_on(self.client.find(Locator::XPath(&path))).ok()?;
            self.runtime.block_on(found.click()).ok()
        });
    }

    /// Polls until there is something, or says what the page said instead.
    fn until<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            if start.elapsed() > PATIENCE {
                let page = self.script("return document.body.innerText", Vec::new());
                panic!(
                    "{:?}: could not {what}; the page says:\n{}",
                    self.engine,
                    page.as_str().unwrap_or_default()
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs JavaScript in the page.
    pub fn script(&self, script: &str, args: Vec<Value>) -> Value {
        self.wait_on("run a script", self.client.execute(script, args))
    }

    /// Runs JavaScript that calls its last argument when it is done. It may measure for minutes.
    pub fn script_later(&self, script: &str, args: Vec<Value>) -> Value {
        let long = TimeoutConfiguration::new(Some(Duration::from_secs(600)), None, None);
        self.wait_on("allow for a long script", self.client.update_timeouts(long));
        self.wait_on("run a script", self.client.execute_async(script, args))
    }

    /// Gives the page files, as a file dialog does.
    pub fn choose(&self, files: &[&Path]) {
        let paths: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
        let input = self.find("#file");
        self.wait_on("choose files", input.send_keys(&paths.join("\n")));
    }

    /// Drops a file on the page, as a mouse does.
    pub fn drop_file(&self, path: &Path) {
        let (name, text) = (file_name(path), read(path));
        let script = "
            const transfer = new DataTransfer();
            transfer.items.add(new File([arguments[1]], arguments[0]));
            for (const kind of ['dragenter', 'dragover', 'drop'])
                document.querySelector('main').dispatchEvent(
                    new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));";
        self.script(script, vec![json!(name), json!(text)]);
    }

    /// Pastes text into the page.
    pub fn paste(&self, text: &str) {
        self.script(&format!("{PASTE} paste(arguments[0])"), vec![json!(text)]);
    }

    /// Pastes two texts, one right after the other, and tells what the page is doing then.
    pub fn paste_both(&self, first: &str, second: &str) -> String {
        let script = "
            const [first, second, done] = arguments;
            paste(first);
            paste(second);
            const says = () => document.querySelector('main [role=status]')?.textContent ?? '';
            setTimeout(() => done(says()), 0)";
        let said = self.script_later(&format!("{PASTE} {script}"), vec![json!(first), json!(second)]);
        said.as_str().unwrap_or_default().to_owned()
    }

    /// Goes to a place in the page and pastes text as soon as the page has begun to.
    pub fn go_and_paste(&self, hash: &str, text: &str) {
        let script = "
            const [hash, text] = arguments;
            addEventListener('hashchange', () => paste(text), { once: true });
            location.hash = hash";
        self.script(&format!("{PASTE} {script}"), vec![json!(hash), json!(text)]);
    }

    /// Opens the app in another tab of this browser and goes there; back with [`Browser::switch_to`].
    pub fn open_another_tab(&self) -> (Tab, Tab) {
        let here = self.wait_on("tell the tab", self.client.window());
        let there = self.wait_on("open a tab", self.client.new_window(true)).handle;
        self.wait_on("switch tabs", self.client.switch_to_window(there.clone()));
        self.goto("");
        (Tab(here), Tab(there))
    }

    /// Lets Chromium's tab crash, and opens the app in another one.
    pub fn crash_and_open_another_tab(&self) {
        let here = self.wait_on("tell the tab", self.client.window());
        let there = self.wait_on("open a tab", self.client.new_window(true)).handle;
        self.wait_on("switch tabs", self.client.switch_to_window(here));
        // There is no answer from a tab that is gone.
        let _ = self.runtime.block_on(async {
            tokio::time::timeout(Duration::from_secs(5), self.client.goto("chrome://crash")).await
        });
        self.wait_on("switch tabs", self.client.switch_to_window(there));
        self.goto("");
    }

    pub fn switch_to(&self, tab: &Tab) {
        self.wait_on("switch tabs", self.client.switch_to_window(tab.0.clone()));
    }

    /// Addresses of everything the page has loaded.
    pub fn loaded(&self) -> Vec<String> {
        let script = "return performance.getEntriesByType('resource').map(entry => entry.name)";
        let names = self.script(script, Vec::new());
        names.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Chromium's own record: addresses it was about to request for the page, and errors it reported.
    pub fn chromiums_record(&self) -> (Vec<String>, Vec<String>) {
        let log = |kind| self.wait_on("read the log", self.client.issue_cmd(ReadLog(kind)));
        let messages = |log: Value| -> Vec<Value> {
            let entries = log.as_array().cloned().unwrap_or_default();
            entries.into_iter().collect()
        };
        let requests = messages(log("performance")).into_iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            let sent = event["method"] == "Network.requestWillBeSent";
            sent.then(|| event["params"]["request"]["url"].as_str().map(str::to_owned)).flatten()
        });
        let requests = requests.collect();
        let errors = messages(log("browser")).into_iter().filter(|entry| entry["level"] == "SEVERE");
        (requests, errors.map(|entry| entry["message"].to_string()).collect())
    }

    /// Accessibility violations of the page as it is now, by axe-core, each with its elements.
    pub fn violations(&self) -> Vec<String> {
        self.script(include_str!("../axe-core/axe.min.js"), Vec::new());
        // Colours on their way from one theme to the other are nobody's design.
        let script = "
            const done = arguments[arguments.length - 1];
            document.getAnimations().forEach(animation => animation.finish());
            axe.run(document, { resultTypes: ['violations'] })
                .then(result => done(result.violations.map(v =>
                    `${v.id}: ${v.help}: ` + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))))
                .catch(error => done([String(error)]));";
        let found = self.script_later(script, Vec::new());
        found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Lets the page hand the files that it saves to the test: see [`Browser::caught_file`].
    pub fn catch_files(&self) {
        let catch = "
            window.saved = [];
            HTMLAnchorElement.prototype.click = function () {
                if (this.download) window.saved.push({ name: this.download });
            };
            const create = URL.createObjectURL;
            URL.createObjectURL = blob => {
                blob.text().then(text => window.saved.push({ text }));
                return create(blob);
            };";
        self.script(catch, Vec::new());
    }

    /// The text of the file that the page saved, once it has.
    pub fn caught_file(&self) -> String {
        self.until("catch a saved file", || {
            let text = self.script("return window.saved.find(file => file.text)?.text ?? null", Vec::new());
            text.as_str().map(str::to_owned)
        })
    }

    /// Saves a picture of the window where `BALLPARK_SHOTS` names a folder.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("BALLPARK_SHOTS") else { return };
        let png = self.wait_on("take a picture", self.client.screenshot());
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let file = PathBuf::from(folder).join(format!("{:?}-{name}.png", self.engine));
        std::fs::write(file, png).expect("a picture");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver is ended right after, so a session that can't be closed is gone too.
        let _ = self.runtime.block_on(async {
            tokio::time::timeout(Duration::from_secs(10), self.client.clone().close()).await
        });
    }
}

/// JavaScript that pastes, as the keys do.
const PASTE: &str = "
    const paste = text => {
        const transfer = new DataTransfer();
        transfer.setData('text/plain', text);
        document.body.dispatchEvent(
            new ClipboardEvent('paste', {
                bubbles: true, cancelable: true, clipboardData: transfer,
                // Firefox's own words for it.
                dataType: 'text/plain', data: text,
            }));
    };";

/// Every page there is with data.
pub const PAGES: &[&str] = &[
    "#/",
    "#/cadence?compare=1",
    "#/cycle-time",
    "#/in-progress",
    "#/estimates",
    "#/quality",
    "#/capacity",
    "#/forecast",
    "#/roadmap",
    "#/notebook",
    "#/data",
    "#/share",
    "#/cto",
    "#/vp-engineering",
    "#/engineer",
    "#/project-manager",
    "#/product-manager",
    "#/stakeholder",
];

/// An Excel workbook with two items.
pub fn workbook() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests").join("fixtures/stories.xlsx")
}

/// A tab of a browser.
pub struct Tab(fantoccini::wd::WindowHandle);

/// A command of Chromium's own protocol, through chromedriver.
#[derive(Debug)]
struct OfChromium(&'static str, Value);

impl WebDriverCompatibleCommand for OfChromium {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// chromedriver's command for reading a log.
#[derive(Debug)]
struct ReadLog(&'static str);

impl WebDriverCompatibleCommand for ReadLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": self.0 }).to_string()))
    }
}

/// The app's address.
pub fn url() -> String {
    std::env::var("BALLPARK_URL").expect("run these tests by `cargo xtask test`")
}

/// The headless report on files, with days counted in the zone of that name.
pub fn report(files: &[&Path], zone: &str) -> Value {
    report_with(files, zone, &[])
}

/// The same, with more to ask.
pub fn report_with(files: &[&Path], zone: &str, asks: &[&str]) -> Value {
    let program = std::env::var_os("BALLPARK_REPORT").expect("run these tests by `cargo xtask test`");
    let out = Command::new(program)
        .args(files)
        .args(["--zone", zone])
        .args(asks)
        .output()
        .expect("the report runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("the report is JSON")
}

/// A real export, or `None`, said loudly, where there are none. With `CI=true` that is a failure.
pub fn real(name: &str) -> Option<PathBuf> {
    let file = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo runs this"))
        .join("../../shared/data")
        .join(name);
    if file.is_file() {
        return file.canonicalize().ok();
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", file.display());
    say_past_the_harness("*** SKIPPED: no real exports in ../shared/data; this test has tested nothing ***");
    None
}

/// The harness keeps what passing tests print to itself.
fn say_past_the_harness(what: &str) {
    let _ = std::io::stderr().write_all(format!("\n{what}\n").as_bytes());
}

/// A file's text.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A path's last part.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// An XPath literal.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', ""))
}

/// Makes a test of each function for each browser: one module a browser, so that a failure names it.
#[macro_export]
macro_rules! in_every_browser {
    ($($test:ident),* $(,)?) => {
        mod chromium { $(#[test] fn $test() { super::$test($crate::Engine::Chromium) })* }
        mod firefox { $(#[test] fn $test() { super::$test($crate::Engine::Firefox) })* }
        mod webkit { $(#[test] fn $test() { $crate::in_webkit(super::$test) })* }
    };
}

/// A test in WebKit, which gets a second try, and says so loudly. In one run of some two hundred WebKitGTK 2.50 loses
/// where a function's locals lie while it interprets WebAssembly: its page process ends by a segmentation fault, always
/// in the interpreter's `local.get` of one byte, or the program reads something else and fails where it can't.
/// rust-lang/hashbrown#194 and tauri-apps/tauri#7154 tell the same of other programs. What is wrong with the app fails
/// twice.
pub fn in_webkit(test: fn(Engine)) {
    let Err(first) = std::panic::catch_unwind(|| test(Engine::WebKit)) else { return };
    let why = first.downcast_ref::<String>().cloned().unwrap_or_default();
    say_past_the_harness(&format!("*** WebKit failed once, and is tried again: {why} ***"));
    test(Engine::WebKit);
}
