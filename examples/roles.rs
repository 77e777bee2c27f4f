//! The role pages as text, for reading them without a browser: what a page would say of some exports.
//!
//!     cargo run --example roles -- FILE... [--role cto]

use ballpark::import::{self, File};
use ballpark::model::{Notebook, Role, Settings, Zone};
use ballpark::report::roles::{ROLES, agenda};
use ballpark::report::{Analysis, Desk};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (mut role, mut files) = (None, Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--role" => role = args.next().and_then(|name| Role::named(&name)),
            path => files.push((path.to_owned(), std::fs::read(path)?)),
        }
    }
    let now = jiff::Timestamp::now();
    let today = Zone::UTC.day_at(now);
    let mut notebook = Notebook::default();
    let workspace = if files.is_empty() {
        notebook.add_sample(ballpark::sample::notebook(today));
        ballpark::sample::workspace(today)
    } else {
        let files: Vec<File> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
        import::read(&files)?
    };
    let analysis = Analysis::of(&workspace, &Settings::default(), &Zone::UTC, now);
    analysis.forecast_now();
    let desk = Desk::new(&analysis, &notebook, today);
    for page in ROLES.iter().filter(|page| role.is_none_or(|role| page.role == role)) {
        let findings = page.matters(&desk);
        println!("\n===== {}: {}", page.role.title(), page.headline(&findings));
        for finding in &findings {
            println!(
                "\n  [{:?}] {}: {} {}",
                finding.weight,
                finding.id,
                finding.number.as_deref().unwrap_or("–"),
                finding.unit
            );
            println!("    {}\n    → {}", finding.fact, finding.meaning);
            if let Some(change) = &finding.change {
                println!("    Δ {change}");
            }
        }
        for part in page.parts {
            println!("\n  -- {}", part.title);
            for entry in (part.entries)(&desk) {
                println!("    {}", entry.title);
                entry.lines.iter().for_each(|(what, text)| println!("      {what}: {text}"));
            }
        }
        println!("\n{}", agenda(&desk, page.role, page.talks_to).text());
    }
    Ok(())
}
