//! A static server on localhost, as dumb as any host: files, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use tiny_http::{Header, Request, Response, Server};

use crate::bundle::{self, Profile};
use crate::{Options, Outcome, root};

/// `cargo xtask serve`: builds, serves, opens. Reloading the page after a change builds again.
pub fn serve(options: &Options) -> Outcome {
    let folder = bundle::for_development(options.profile)?;
    let server = match options.port {
        Some(port) => Server::http(("127.0.0.1", port)),
        None => Server::http("127.0.0.1:8080").or_else(|_| Server::http("127.0.0.1:0")),
    };
    let server = server.map_err(|error| format!("no server on localhost: {error}"))?;
    let url = format!("http://{}/", server.server_addr());
    println!("\nBallpark is at {url}\nAfter a change, reload the page. Ctrl-C ends it.");
    if !options.no_open {
        open(&url);
    }
    let mut built = SystemTime::now();
    for request in server.incoming_requests() {
        if file_of(request.url()) == "index.html" && newest_source() > built {
            built = SystemTime::now();
            if let Err(why) = rebuild(options.profile) {
                answer(request, Response::from_string(why).with_status_code(500));
                continue;
            }
        }
        respond(request, &folder, "/");
    }
    Ok(())
}

fn rebuild(profile: Profile) -> Outcome {
    let built = bundle::for_development(profile);
    built.map(drop).map_err(|why| format!("{why}\n\nThe terminal has the details. Reload after mending it."))
}

/// Serves a folder below `path` in the background, for tests. Every request is noted.
pub fn in_background(folder: PathBuf, path: &'static str) -> Outcome<(String, Arc<Mutex<Vec<String>>>)> {
    let server = Server::http("127.0.0.1:0").map_err(|error| format!("no server on localhost: {error}"))?;
    let url = format!("http://{}{path}", server.server_addr());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&requests);
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            if let Ok(mut noted) = noted.lock() {
                noted.push(request.url().to_owned());
            }
            respond(request, &folder, path);
        }
    });
    Ok((url, requests))
}

fn respond(request: Request, folder: &Path, below: &str) {
    let Some(path) = request.url().strip_prefix(below) else {
        return answer(request, Response::from_string("not found").with_status_code(404));
    };
    let name = file_of(path);
    // A bundle is flat: whatever has a folder in its name is not in it.
    let bytes = (!name.contains(['/', '\\'])).then(|| fs::read(folder.join(&name)).ok()).flatten();
    match bytes {
        None => answer(request, Response::from_string("not found").with_status_code(404)),
        Some(bytes) => {
            let response = Response::from_data(bytes);
            let headers = [("Content-Type", content_type(&name)), ("Cache-Control", "no-cache")];
            let headers = headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok());
            answer(request, headers.fold(response, Response::with_header));
        }
    }
}

fn answer<R: std::io::Read>(request: Request, response: Response<R>) {
    // A browser that went away needs no answer.
    let _ = request.respond(response);
}

fn file_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    if path.is_empty() { "index.html".to_owned() } else { path.to_owned() }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// When a file that the bundle is made of changed last.
fn newest_source() -> SystemTime {
    let mut places = ["src", "style", "index.html", "boot.js", "Cargo.toml", "Trunk.toml"]
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
