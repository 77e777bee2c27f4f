//! Drivers: started, connected to, ended.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// Whose browser it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// How a browser is set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Profile {
    /// Pages may store nothing.
    pub no_storage: bool,
    /// The reader's system has colours of its own, and nothing is to move.
    pub own_colors: bool,
}

/// A running driver, and the display it draws on where it needs one. Both end with the value.
pub struct Driver {
    engine: Engine,
    driver: Child,
    display: Option<Child>,
    port: u16,
    said: PathBuf,
}

impl Driver {
    pub fn start(engine: Engine) -> Driver {
        let port = free_port();
        let (variable, port_option) = match engine {
            Engine::Chromium => ("BALLPARK_CHROMEDRIVER", format!("--port={port}")),
            Engine::Firefox => ("BALLPARK_GECKODRIVER", format!("--port={port}")),
            Engine::WebKit => ("BALLPARK_WEBKIT_DRIVER", format!("--port={port}")),
        };
        let program = std::env::var_os(variable).expect("run these tests by `cargo xtask test`");
        let mut command = Command::new(program);
        let said = std::env::temp_dir().join(format!("ballpark-{engine:?}-{port}.log"));
        let log = File::create(&said).expect("a file for what the browser says");
        command.arg(port_option).stdout(Stdio::null()).stderr(log);
        let mut display = None;
        if engine == Engine::Firefox {
            // The browser's own port; one that is free now, so that drivers don't meet.
            command.arg(format!("--websocket-port={}", free_port()));
        }
        if engine == Engine::WebKit {
            let (server, name) = virtual_display();
            display = Some(server);
            command.env("DISPLAY", name).env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1");
            command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env("NO_AT_BRIDGE", "1");
        }
        let driver = command.spawn().unwrap_or_else(|error| panic!("{engine:?}'s driver: {error}"));
        Driver { engine, driver, display, port, said }
    }

    /// The end of what the driver and its browser had to say: where one of them is gone, that is all there is.
    pub fn last_words(&mut self) -> String {
        const LINES: usize = 30;
        let ended = match self.driver.try_wait() {
            Ok(Some(status)) => format!("the driver has ended: {status}"),
            _ => "the driver is running".to_owned(),
        };
        let said = std::fs::read(&self.said).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = said.lines().collect();
        format!("{ended}; it said:\n{}", lines[lines.len().saturating_sub(LINES)..].join("\n"))
    }

    /// A session in a fresh browser.
    pub async fn connect(&self, profile: Profile) -> Client {
        let capabilities = capabilities(self.engine, profile);
        let start = Instant::now();
        loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{}", self.port)).await {
                Ok(client) => return client,
                Err(error) if start.elapsed() > Duration::from_secs(90) => {
                    panic!("{:?}: no session: {error}", self.engine)
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for child in [Some(&mut self.driver), self.display.as_mut()].into_iter().flatten() {
            // Already ended is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
        // What was of interest has been told.
        let _ = std::fs::remove_file(&self.said);
    }
}

fn capabilities(engine: Engine, profile: Profile) -> Capabilities {
    let Profile { no_storage, own_colors } = profile;
    let value = match engine {
        Engine::Chromium => {
            let mut args = vec![
                "--headless",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ];
            if is_root() {
                args.push("--no-sandbox");
            }
            const BLOCK: u8 = 2;
            let cookies = if no_storage {
                json!({ "profile.default_content_setting_values.cookies": BLOCK })
            } else {
                json!({})
            };
            json!({
                "goog:chromeOptions": { "args": args, "prefs": cookies },
                "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            })
        }
        Engine::Firefox => json!({
            "moz:firefoxOptions": {
                "args": ["-headless"],
                "prefs": {
                    "dom.storage.enabled": !no_storage,
                    "browser.display.document_color_use": if own_colors { 2 } else { 0 },
                    "ui.useAccessibilityTheme": i32::from(own_colors),
                    "ui.prefersReducedMotion": i32::from(own_colors),
                    "app.update.disabledForTesting": true,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                },
            },
        }),
        Engine::WebKit => {
            assert!(!no_storage && !own_colors, "WebKit has no setting for that");
            json!({})
        }
    };
    value.as_object().cloned().unwrap_or_default()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// WebKit's browser has no headless mode: a screen in memory.
fn virtual_display() -> (Child, String) {
    use std::io::{BufRead, BufReader};
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb");
    let mut number = String::new();
    let out = server.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut number).expect("the display's number");
    (server, format!(":{}", number.trim()))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}
