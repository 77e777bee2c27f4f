//! The headless door: `cargo run --release --example report -- FILE... [--as-of YYYY-MM-DD]
//! [--zone Europe/Berlin]` prints every number as one JSON object. Several files are merged by key,
//! later ones filling in and updating. What can't be read is said on stderr, with exit status 2.
//!
//! `--when N`, `--how-many PERIODS` and `--method NAME` ask for a forecast: when N items are done, how many in so many
//! periods of the method's unit, by that method instead of the one that did best.

use std::process::ExitCode;

use ballpark::forecast::{METHODS, Method};
use ballpark::import::{self, File};
use ballpark::model::{Date, Filter, Settings, Zone};
use ballpark::report::{Analysis, Asks, to_json, to_json_with};

const USAGE: &str = "usage: report FILE... [--as-of YYYY-MM-DD] [--zone Europe/Berlin] [--when N] [--how-many PERIODS] \
                     [--method NAME]";

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
    let mut filter = Filter::default();
    let mut asks = Asks::default();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value\n{USAGE}"));
        match arg.as_str() {
            "--as-of" => {
                let day = value()?;
                let read: Result<Date, _> = day.parse();
                settings.as_of = Some(read.map_err(|_| format!("{day:?} is no day like 2024-05-14"))?);
            }
            "--zone" => zone = Zone::named(&value()?).map_err(|error| error.to_string())?,
            "--when" => {
                filter.items = Some(whole(&value()?)?);
                asks.when = true;
            }
            "--how-many" => asks.how_many = Some(whole(&value()?)?),
            "--method" => {
                let name = value()?;
                let names: Vec<&str> = METHODS.iter().map(|method| method.id).collect();
                Method::named(&name)
                    .ok_or_else(|| format!("there is no method {name:?}; there are {}", names.join(", ")))?;
                filter.method = Some(name);
            }
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
    let is_asked = filter != Filter::default() || asks != Asks::default();
    let analysis = Analysis::filtered(&workspace, &settings, &filter, &zone, jiff::Timestamp::now());
    let json = match is_asked {
        true => to_json_with(&workspace, &analysis, asks),
        false => to_json(&workspace, &analysis),
    };
    serde_json::to_string_pretty(&json).map_err(|error| error.to_string())
}

/// A whole number that a forecast can be asked for.
fn whole(text: &str) -> Result<u32, String> {
    const MOST: u32 = 100_000;
    text.parse()
        .ok()
        .filter(|n| (1..=MOST).contains(n))
        .ok_or_else(|| format!("{text:?} is no whole number from 1 to {MOST}"))
}
