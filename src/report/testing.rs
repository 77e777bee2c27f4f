//! Data to tell of, for tests.

use super::Analysis;
use crate::import::{self, File};
use crate::model::{Settings, Zone, day_from_number, day_number};

/// A file's analysis in UTC.
pub fn analysis(csv: &str) -> Analysis {
    analysis_with(csv, &Settings::default())
}

pub fn analysis_with(csv: &str, settings: &Settings) -> Analysis {
    let file = File { name: "team.csv", bytes: csv.as_bytes() };
    // A file without rows is an error to the importer, and no data to a chart.
    let workspace = import::read(&[file]).unwrap_or_default();
    Analysis::of(&workspace, settings, &Zone::UTC, "2026-11-25T12:00:00Z".parse().unwrap())
}

/// A team that finished so many items on the Tuesdays of successive weeks from 2 January 2024, and told
/// by the Sunday after; with `cut` by that last Tuesday.
pub fn finished_weekly(counts: &[u32], cut: bool) -> Analysis {
    let tuesday = |week: usize| day_from_number(day_number("2024-01-02".parse().unwrap()) + 7 * week as i32);
    let row = |week: usize, n: u32| format!("{week}-{n},{},{}\n", tuesday(week), tuesday(week));
    let mut rows: String =
        counts.iter().enumerate().flat_map(|(week, &n)| (0..n).map(move |n| row(week, n))).collect();
    if !cut {
        let sunday = day_from_number(day_number(tuesday(counts.len() - 1)) + 5);
        rows.push_str(&format!("open,{sunday},\n"));
    }
    analysis(&format!("id,started,finished\n{rows}"))
}

/// Items with a history of four statuses, some of them open, as a table of stage dates.
pub fn staged() -> Analysis {
    let day = |n: i32| day_from_number(19_723 + n).to_string();
    let mut csv = "ID,Link,Name,To Do,Doing,Ready for test,Test,Done,Type\n".to_owned();
    for i in 0..30 {
        let (start, took) = (i * 2, 1 + i % 5);
        let done = if i < 24 { day(start + 2 * took + 1) } else { String::new() };
        let test = if i < 27 { day(start + 2 * took) } else { String::new() };
        let kind = ["story", "bug"][i as usize % 2];
        csv += &format!(
            "{i},,Item {i},{},{},{},{test},{done},{kind}\n",
            day(start),
            day(start),
            day(start + took)
        );
    }
    analysis(&csv)
}
