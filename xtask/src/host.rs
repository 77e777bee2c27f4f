//! A static server on localhost, as dumb as any host: GET, files, nothing else. One thread and one
//! request a connection, on the standard library alone: tiny_http's pool counts a thread as idle until
//! it has woken, so that of two connections at once one can wait behind a browser's idle one for
//! minutes. The browser tests have it too.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A folder that is served in the background.
pub struct Site {
    pub url: String,
    /// Every request.
    pub requests: Arc<Mutex<Vec<String>>>,
    /// What is served; none while the host can't be reached. Only the browser tests change it.
    #[allow(dead_code)]
    pub folder: Arc<Mutex<Option<PathBuf>>>,
}

impl Site {
    /// Serves a folder below that path.
    ///
    /// # Errors
    /// Where there is no port to be had.
    pub fn serve(folder: PathBuf, below: &'static str) -> Result<Site, String> {
        let listener =
            TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no server on localhost: {error}"))?;
        let url = address(&listener, below)?;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let folder = Arc::new(Mutex::new(Some(folder)));
        let (noted, served) = (Arc::clone(&requests), Arc::clone(&folder));
        thread::spawn(move || {
            each_request(&listener, move |path| {
                let Ok(Some(folder)) = served.lock().map(|folder| folder.clone()) else { return Ok(None) };
                if let Ok(mut noted) = noted.lock() {
                    noted.push(path.to_owned());
                }
                Ok(Some(file(path, &folder, below)))
            });
        });
        Ok(Site { url, requests, folder })
    }
}

/// Where a listener is.
pub fn address(listener: &TcpListener, below: &str) -> Result<String, String> {
    let address = listener.local_addr().map_err(|error| format!("no server on localhost: {error}"))?;
    Ok(format!("http://{address}{below}"))
}

/// A file's name and bytes, if the path is one of the bundle's.
pub fn file(path: &str, folder: &Path, below: &str) -> Option<(String, Vec<u8>)> {
    let name = file_of(path.strip_prefix(below)?);
    // A bundle is flat: whatever has a folder in its name is not in it.
    let bytes = (!name.contains(['/', '\\'])).then(|| fs::read(folder.join(&name)).ok()).flatten()?;
    Some((name, bytes))
}

/// No answer at all; or a file by name and bytes, or none of that name. Or what went wrong.
type Found = Result<Option<Option<(String, Vec<u8>)>>, String>;

/// Answers every request for ever, each connection in a thread of its own. `find` gives the file for a
/// path, or what went wrong.
pub fn each_request<F>(listener: &TcpListener, find: F)
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
        Ok(None) => return Ok(()),
        Ok(Some(Some((name, bytes)))) => ("200 OK", name, bytes),
        Ok(Some(None)) => ("404 Not Found", String::from("none.txt"), b"not found".to_vec()),
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

/// The file that an address names.
pub fn file_of(url: &str) -> String {
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
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
