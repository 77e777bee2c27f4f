//! `cargo xtask serve`: the app on localhost, built anew when it changed.

use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::sync::Mutex;
use std::time::SystemTime;

use crate::bundle::{self, Profile};
use crate::host::{address, each_request, file, file_of};
use crate::{Options, Outcome, root};

/// `cargo xtask serve`: builds, serves, opens. Reloading the page after a change builds again.
pub fn serve(options: &Options) -> Outcome {
    let folder = bundle::for_development(options.profile)?;
    let listener = match options.port {
        Some(port) => TcpListener::bind(("127.0.0.1", port)),
        None => TcpListener::bind("127.0.0.1:8080").or_else(|_| TcpListener::bind("127.0.0.1:0")),
    };
    let listener = listener.map_err(|error| format!("no server on localhost: {error}"))?;
    let url = address(&listener, "/")?;
    println!("\nBallpark is at {url}\nAfter a change, reload the page. Ctrl-C ends it.");
    if !options.no_open {
        open(&url);
    }
    let profile = options.profile;
    let built = Mutex::new(SystemTime::now());
    each_request(&listener, move |path| {
        if file_of(path) == "index.html"
            && let Ok(mut built) = built.lock()
            && newest_source() > *built
        {
            *built = SystemTime::now();
            rebuild(profile)?;
        }
        Ok(Some(file(path, &folder, "/")))
    });
    Ok(())
}

fn rebuild(profile: Profile) -> Outcome {
    let built = bundle::for_development(profile);
    built.map(drop).map_err(|why| format!("{why}\n\nThe terminal has the details. Reload after mending it."))
}

/// When a file that the bundle is made of changed last.
fn newest_source() -> SystemTime {
    let mut places = [
        "src",
        "style",
        "languages",
        "excel",
        "build.rs",
        "index.html",
        "boot.js",
        "boot-one.js",
        "sw.js",
        "Cargo.toml",
    ]
    .map(|p| root().join(p))
    .to_vec();
    let mut newest = SystemTime::UNIX_EPOCH;
    while let Some(place) = places.pop() {
        if let Ok(entries) = fs::read_dir(&place) {
            places.extend(entries.flatten().map(|entry| entry.path()));
        } else if let Ok(changed) = fs::metadata(&place).and_then(|about| about.modified()) {
            newest = newest.max(changed);
        }
    }
    newest
}

fn open(url: &str) {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let quiet = std::process::Stdio::null;
    let opened = Command::new(program).args(before).arg(url).stdout(quiet()).stderr(quiet()).spawn();
    if opened.is_err() {
        println!("Open that address in a browser.");
    }
}
