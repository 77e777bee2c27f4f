//! The headless door: `cargo run --release --example report -- FILE... [--as-of YYYY-MM-DD]
//! [--zone Europe/Berlin]` prints every number as one JSON object. Several files are merged by key,
//! later ones filling in and updating. What can't be read is said on stderr, with exit status 2.

use std::process::ExitCode;

use ballpark::import::{self, File};
use ballpark::model::{Date, Settings, Zone};
use ballpark::report::{Analysis, to_json};

const USAGE: &str = "usage: report FILE... [--as-of YYYY-MM-DD] [--zone Europe/Berlin]";

fn main() -> ExitCode {
    match report(std::env::args().skip(1)) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn report(mut args: impl Iterator<Item = String>) -> Result<String, String> {
    let mut files = Vec::new();
    let mut settings = Settings::default();
    let mut zone = Zone::UTC;
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value\n{USAGE}"));
        match arg.as_str() {
            "--as-of" => {
                let day = value()?;
                let read: Result<Date, _> = day.parse();
                settings.as_of = Some(read.map_err(|_| format!("{day:?} is no day like 2024-05-14"))?);
            }
            "--zone" => zone = Zone::named(&value()?).map_err(|error| error.to_string())?,
            option if option.starts_with("--") => return Err(format!("unknown option {option}\n{USAGE}")),
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        return Err(USAGE.to_owned());
    }
    let read = files.iter().map(|path| {
        std::fs::read(path).map(|bytes| (path, bytes)).map_err(|error| format!("{path}: {error}"))
    });
    let read = read.collect::<Result<Vec<_>, _>>()?;
    let files: Vec<File> = read.iter().map(|(path, bytes)| File { name: path, bytes }).collect();
    let workspace = import::read(&files).map_err(|error| error.to_string())?;
    let analysis = Analysis::of(&workspace, &settings, &zone, jiff::Timestamp::now());
    serde_json::to_string_pretty(&to_json(&workspace, &analysis)).map_err(|error| error.to_string())
}
