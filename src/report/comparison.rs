//! What changed from the period before, and whether that is more than noise.

use super::{Analysis, Measure, say};
use crate::language::{Language, spoken};
use crate::metrics::{Attainment, State, change};
use crate::model::{day_from_number, day_number};

/// The comparison of two periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What changed, as a sentence.
    pub finding: String,
    /// "3 Mar to 25 May 2024, against …".
    pub periods: String,
    pub rows: Vec<Row>,
}

/// A number before and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Stable name.
    pub id: &'static str,
    pub what: String,
    pub before: String,
    pub now: String,
    pub change: String,
    /// Its 95 % interval.
    pub between: String,
    /// What to make of it.
    pub verdict: &'static str,
}

/// How a number is written.
#[derive(Clone, Copy)]
enum Written {
    Decimal,
    Whole,
    Share,
}

/// The period of the filter, or the last twelve weeks, against as many days before. Durations are measured
/// by the one that speaks for the team over all time, and the service level by the same days in both.
pub fn comparison(analysis: &Analysis) -> Comparison {
    let (window, before) = analysis.compared_windows();
    let span = |window: crate::metrics::Window| match window.from {
        Some(from) => say!("{} to {}", say::date(from), say::date(window.to)),
        None => say::date(window.to),
    };
    let periods = say!("{}, against {}.", span(window), span(before));
    // Days before the data begins are no days without work.
    let first = analysis.dates.iter().flat_map(|dates| dates.days()).min();
    if let Some(first) = first.filter(|&first| before.from.is_some_and(|from| from < first)) {
        let finding = say!(
            "Nothing to compare with: the period before begins on {}, the data only on {}. Choose a shorter time",
            before.from.map(say::date).unwrap_or_default(),
            say::date(first)
        );
        return Comparison { finding, periods, rows: Vec::new() };
    }
    let (now, then) = (analysis.in_window(window), analysis.in_window(before));
    let mut rows = Vec::new();
    let mut add = |id: &'static str, what: String, change: Option<change::Change>, written: Written| {
        if let Some(change) = change {
            rows.push(row(id, what, change, written));
        }
    };
    let weeks = |a: &Analysis| a.throughput_in_window();
    add(
        "throughput",
        t!("Items finished a week").to_owned(),
        change::of_means(&weeks(&then), &weeks(&now)),
        Written::Decimal,
    );
    let measure = analysis.durations().map(|(measure, _)| measure);
    let durations = |a: &Analysis| match measure {
        Some(Measure::Lead) => a.lead.distribution.clone(),
        _ => a.cycle.distribution.clone(),
    };
    let name = measure.map_or(t!("cycle time"), Measure::name);
    let percent = analysis.counting().sle_percent;
    let mut percentiles = vec![50, percent];
    percentiles.dedup();
    for p in percentiles {
        let what = match p {
            50 => say!("Median {name}, days"),
            p => say!("{} percentile of {name}, days", say::ordinal(p)),
        };
        let id = if p == 50 { "median" } else { "percentile" };
        add(id, what, change::of_percentiles(&durations(&then), &durations(&now), p), Written::Whole);
    }
    if let Some(level) = analysis.service_level() {
        let attained = |a: &Analysis| {
            let d = durations(a);
            Attainment { within: d.within(level.limit), n: d.n() }
        };
        let what = say!("Finished within {}", analysis.days(level.limit));
        add("service-level", what, change::of_shares(attained(&then), attained(&now)), Written::Share);
    }
    let bugs = |a: &Analysis| {
        let finished = a.data.items.iter().zip(a.dates.iter()).filter(|(_, dates)| {
            dates.finished.is_some_and(|day| a.window.holds(day))
                && dates.state_on(a.as_of) == State::Finished
        });
        let mut share = Attainment::default();
        for (item, _) in finished {
            share.n += 1;
            share.within += usize::from(item.kind == crate::model::Kind::Bug);
        }
        share
    };
    let (bugs_then, bugs_now) = (bugs(&then), bugs(&now));
    // With one sort of work chosen, its share among itself says nothing.
    let is_chosen = analysis.filter.kind.is_some() || analysis.filter.type_name.is_some();
    if bugs_then.within + bugs_now.within > 0 && !is_chosen {
        add(
            "bugs",
            t!("Bugs among what was finished").to_owned(),
            change::of_shares(bugs_then, bugs_now),
            Written::Share,
        );
    }
    if analysis.has_estimates() {
        let judged = |a: &Analysis, of: fn(&crate::metrics::Accuracy) -> Attainment| {
            a.estimates().whole.as_ref().map(of).unwrap_or_default()
        };
        let rows: [(&'static str, &str, fn(&crate::metrics::Accuracy) -> Attainment); 2] = [
            ("ballpark", t!("Estimates in the ballpark"), |found| found.in_ballpark),
            ("over-weeks", t!("Over its estimate by a week or longer"), |found| found.over_weeks),
        ];
        for (id, what, of) in rows {
            let change = change::of_shares(judged(&then, of), judged(&now, of));
            add(id, what.to_owned(), change, Written::Share);
        }
    }
    for (id, what, value) in [
        ("wip", t!("In progress at the end"), (then.counts.in_progress, now.counts.in_progress)),
        ("not-started", t!("Not started at the end"), (then.counts.not_started, now.counts.not_started)),
    ] {
        // Without starts nobody can tell what was in progress on a past day.
        if analysis.dates.iter().any(|dates| dates.started.is_some()) {
            let change = change::Change::counted(value.0 as f64, value.1 as f64);
            rows.push(Row {
                verdict: "counted, not estimated",
                ..row(id, what.to_owned(), change, Written::Whole)
            });
        }
    }
    let changed: Vec<String> = rows
        .iter()
        .filter(|row| row.verdict == MORE_THAN_NOISE)
        .map(|row| say!("{} went from {} to {}", lower(&row.what), row.before, row.now))
        .collect();
    let finding = match changed.as_slice() {
        [] => t!("Nothing changed by more than noise").to_owned(),
        changed => say::capital(&say::and(changed)),
    };
    Comparison { finding, periods, rows }
}

pub(super) const MORE_THAN_NOISE: &str = "more than noise";

fn lower(text: &str) -> String {
    if spoken() != Language::English {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn row(id: &'static str, what: String, change: change::Change, written: Written) -> Row {
    let value = |x: f64| match written {
        Written::Decimal => say::decimal(x),
        Written::Whole => say::number(x.round().max(0.0) as usize),
        Written::Share => say::percent(x),
    };
    let difference = |x: f64| match written {
        Written::Decimal => say::signed(x),
        Written::Whole if x.fract() == 0.0 => say::signed_whole(x),
        Written::Whole => say::signed(x),
        Written::Share => say!("{} points", say::signed(100.0 * x)),
    };
    Row {
        id,
        what,
        before: value(change.before),
        now: value(change.now),
        change: difference(change.now - change.before),
        between: change
            .difference
            .map(|i| say!("{} to {}", difference(i.low), difference(i.high)))
            .unwrap_or_default(),
        verdict: match change.difference {
            None => t!("too little to tell"),
            Some(_) if change.is_more_than_noise() => MORE_THAN_NOISE,
            Some(_) => "within noise",
        },
    }
}

impl Analysis {
    /// Counts of all whole weeks within the window, also before the first finish.
    fn throughput_in_window(&self) -> Vec<u32> {
        let Some(from) = self.window.from else { return Vec::new() };
        let calendar = self.calendar();
        let week = |day| day_number(calendar.week_of(day));
        let first = match week(from) {
            week if week == day_number(from) => week,
            week => week + 7,
        };
        let end = week(day_from_number(day_number(self.window.to) + 1));
        let mut counts = vec![0; usize::try_from((end - first) / 7).unwrap_or_default()];
        for day in self.dates.iter().filter_map(|d| d.finished).filter(|&day| self.window.holds(day)) {
            let week = usize::try_from((day_number(day) - first).div_euclid(7));
            if let Some(count) = week.ok().and_then(|week| counts.get_mut(week)) {
                *count += 1;
            }
        }
        counts
    }
}
