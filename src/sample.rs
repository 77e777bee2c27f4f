//! A made-up team, for trying the app: a Shortcut export written by a seeded generator, so that it
//! goes through the same door as a real one.

use std::fmt::Write;

use crate::import::{self, File, FileError};
use crate::model::{Date, Workspace, day_from_number, day_number};

/// What the sample is called wherever it is shown.
pub const NAME: &str = "Sample data (made up)";

/// The sample team's workspace, its last delivery shortly before `today`. The same day gives the
/// same team.
///
/// # Errors
/// Only if the generator and the importer disagree, which a test rules out.
pub fn workspace(today: Date) -> Result<Workspace, FileError> {
    let csv = csv(today);
    let file = File { name: NAME, bytes: csv.as_bytes() };
    Ok(Workspace { sample: true, ..import::read(&[file])? })
}

/// A year of a team of six: a steady flow of small work, some of it stuck for long, bugs beside
/// features, quieter weeks around the new year.
fn csv(today: Date) -> String {
    let mut random = fastrand::Rng::with_seed(20_240_229);
    let end = day_number(today) - 1;
    let start = end - 365;
    let mut csv = String::from(
        "id,name,type,owners,is_completed,created_at,started_at,moved_at,completed_at,estimate,\
         is_blocked,labels,state,epic,utc_offset,is_archived,team,workflow\n",
    );
    for day in start..=end {
        for n in begun_on(day, &mut random) {
            let id = 10 * usize::try_from(day - start).unwrap_or_default() + n;
            begin(&mut csv, id, day, end, &mut random);
        }
    }
    for n in 0..24 {
        let (epic, things) = pick(EPICS, &mut random);
        let thing = pick(things, &mut random);
        let asked = day_from_number(end - random.i32(0..120)).strftime("%Y/%m/%d");
        let _ = writeln!(
            csv,
            "{},Improve {thing},feature,,false,{asked} 09:00:00,,,,,false,,Ready for Development,{epic},\
             +00:00,false,Sample team,Standard",
            9000 + n
        );
    }
    csv
}

/// Writes one story that was begun on a day: done by `end`, or still open.
fn begin(csv: &mut String, id: usize, begun: i32, end: i32, random: &mut fastrand::Rng) {
    let kind = *pick(&["feature", "feature", "feature", "bug", "bug", "chore"], random);
    let (epic, things) = pick(EPICS, random);
    let thing = pick(things, random);
    let doing = match kind {
        "feature" => pick(&["Add", "Show", "Let users change", "Speed up"], random),
        "bug" => pick(&["Fix", "Correct", "Stop losing"], random),
        _ => pick(&["Tidy up", "Document", "Upgrade"], random),
    };
    // Most work is short, some is long: about log-normal, as real teams' is.
    let mut normal = || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
    let took = (1.2 + 0.95 * normal()).exp().round().clamp(0.0, 120.0) as i32;
    let waited = (2.0 + 1.5 * normal().abs()).exp().round().min(90.0) as i32;
    let done = begun + took <= end;
    let moment = |day: i32, hour: u8| {
        format!("{} {hour:02}:{:02}:00", day_from_number(day).strftime("%Y/%m/%d"), id % 60)
    };
    let completed = if done { moment(begun + took, 16) } else { String::new() };
    let state = match done {
        true => "Done",
        false => pick(&["In Development", "In Development", "In Review"], random),
    };
    let blocked = !done && random.u8(..) < 40;
    let points = pick(&[1, 2, 3, 5, 8], random);
    // Writing to a string can't fail.
    let _ = writeln!(
        csv,
        "{id},{doing} {thing},{kind},,{done},{},{},{},{completed},{points},{blocked},,{state},{epic},\
         +00:00,false,Sample team,Standard",
        moment(begun - waited, 9),
        moment(begun, 10),
        moment(if done { begun + took } else { begun }, 16),
    );
}

const EPICS: &[(&str, &[&str])] = &[
    ("Checkout", &["the payment form", "the discount field", "the order summary", "saved cards"]),
    ("Search", &["result ranking", "the filter panel", "typo tolerance", "recent searches"]),
    ("Accounts", &["password reset", "the profile page", "sign-in by link", "team invitations"]),
    ("Platform", &["the build", "error reports", "the job queue", "database indexes"]),
];

/// Numbers of the items begun on a day: none at weekends, fewer around the new year.
fn begun_on(day: i32, random: &mut fastrand::Rng) -> std::ops::Range<usize> {
    let date = day_from_number(day);
    let weekend = date.weekday().to_monday_zero_offset() >= 5;
    let quiet = (date.month() == 12 && date.day() > 21) || (date.month() == 1 && date.day() < 5);
    match (weekend, quiet) {
        (true, _) => 0..0,
        (_, true) => 0..usize::from(random.u8(..) < 40),
        _ => 0..random.usize(0..4),
    }
}

fn pick<'a, T>(from: &'a [T], random: &mut fastrand::Rng) -> &'a T {
    &from[random.usize(..from.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Settings, Zone};
    use crate::report::Analysis;

    #[test]
    fn the_sample_is_a_team_like_any_other() {
        for today in [Date::constant(2026, 11, 23), Date::constant(2024, 2, 29)] {
            let sample = workspace(today).unwrap();
            assert!(sample.sample);
            assert_eq!(sample, workspace(today).unwrap(), "the same day gives the same team");
            let now = format!("{today}T12:00:00Z").parse().unwrap();
            let analysis = Analysis::of(&sample, &Settings::default(), &Zone::UTC, now);
            assert!(analysis.cycle.distribution.n() > 200);
            assert!(analysis.counts.in_progress > 0 && analysis.counts.not_started > 0);
            assert_eq!(analysis.warnings, []);
        }
    }
}
