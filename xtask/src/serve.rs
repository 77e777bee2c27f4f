//! A static server on localhost, as dumb as any host: GET, files, nothing else. One thread and one
//! request a connection, on the standard library alone: tiny_http's pool counts a thread as idle until
//! it has woken, so that of two connections at once one can wait behind a browser's idle one for
//! minutes.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::bundle::{self, Profile};
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
        Ok(file(path, &folder, "/"))
    });
    Ok(())
}

fn rebuild(profile: Profile) -> Outcome {
    let built = bundle::for_development(profile);
    built.map(drop).map_err(|why| format!("{why}\n\nThe terminal has the details. Reload after mending it."))
}

/// Serves a folder below that path in the background, for tests. Every request is noted.
pub fn in_background(folder: PathBuf, below: &'static str) -> Outcome<(String, Arc<Mutex<Vec<String>>>)> {
    let listener =
        TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no server on localhost: {error}"))?;
    let url = address(&listener, below)?;
    let requests = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&requests);
    thread::spawn(move || {
        each_request(&listener, move |path| {
            if let Ok(mut noted) = noted.lock() {
                noted.push(path.to_owned());
            }
            Ok(file(path, &folder, below))
        });
    });
    Ok((url, requests))
}

fn address(listener: &TcpListener, below: &str) -> Outcome<String> {
    let address = listener.local_addr().map_err(|error| format!("no server on localhost: {error}"))?;
    Ok(format!("http://{address}{below}"))
}

/// A file's name and bytes, if the path is one of the bundle's.
fn file(path: &str, folder: &Path, below: &str) -> Option<(String, Vec<u8>)> {
    let name = file_of(path.strip_prefix(below)?);
    // A bundle is flat: whatever has a folder in its name is not in it.
    let bytes = (!name.contains(['/', '\\'])).then(|| fs::read(folder.join(&name)).ok()).flatten()?;
    Some((name, bytes))
}

/// A file of the bundle by name and bytes, none, or what went wrong.
type Found = Outcome<Option<(String, Vec<u8>)>>;

/// Answers every request for ever, each connection in a thread of its own. `find` gives the file for a
/// path, or what went wrong.
fn each_request<F>(listener: &TcpListener, find: F)
where
    F: Fn(&str) -> Found + Send + Sync + 'static,
{
    let find = Arc::new(find);
    for stream in listener.incoming().flatten() {
        let find = Arc::clone(&find);
        // A browser that went away needs no answer.
        thread::spawn(move || drop(answer(stream, &*find)));
    }
}

fn answer(mut stream: TcpStream, find: &dyn Fn(&str) -> Found) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(600)))?;
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part)? {
            0 => return Ok(()),
            n => head.extend_from_slice(&part[..n]),
        }
        if head.len() > 1 << 16 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.split_whitespace();
    let found = match (words.next(), words.next()) {
        (Some("GET"), Some(path)) => find(path),
        _ => Err("only GET is answered here".to_owned()),
    };
    let (status, name, body) = match found {
        Ok(Some((name, bytes))) => ("200 OK", name, bytes),
        Ok(None) => ("404 Not Found", String::from("none.txt"), b"not found".to_vec()),
        Err(why) => ("500 Internal Server Error", String::from("why.txt"), why.into_bytes()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
        content_type(&name),
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
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
        Some("txt") => "text/plain; charset=utf-8",
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
