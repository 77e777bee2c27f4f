//! The first page: how predictable is this team, in words and three numbers.

use super::findings::pace;
use super::selection::{Selection, Why};
use super::{Analysis, Measure, RECENT_WEEKS, say};
use crate::metrics::{Chance, Distribution, Durations};
use crate::model::{Clock, Days, WarningKind, Workspace, day_from_number, day_number};

/// What the first page says.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// The finding, as one sentence.
    pub headline: String,
    /// What to keep in mind while reading it.
    pub caveat: Option<String>,
    pub answers: Vec<Answer>,
}

/// A question, its answer as a number and in a sentence, and how it was counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Stable name, for tests and links.
    pub id: &'static str,
    pub question: &'static str,
    /// `None` when the data can't answer; then the sentence says why.
    pub number: Option<String>,
    pub unit: String,
    pub sentence: String,
    /// Where the sentence is a verdict: what would make it another.
    pub would_change: Option<String>,
    pub explanation: Explanation,
}

/// How a number came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    pub definition: String,
    pub window: String,
    pub items: String,
    /// Which these are, for showing them.
    pub selection: Option<Selection>,
    pub left_out: Vec<LeftOutItems>,
}

/// Items that a number leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOutItems {
    /// How many, and why, as a sentence.
    pub said: String,
    pub selection: Selection,
}

/// Composes the first page.
pub fn home(workspace: &Workspace, analysis: &Analysis) -> Home {
    Home {
        headline: headline(analysis),
        caveat: caveat(analysis),
        answers: vec![how_long(analysis), how_steady(analysis), how_open(workspace, analysis)],
    }
}

fn headline(analysis: &Analysis) -> String {
    if analysis.counts.read == 0 && analysis.filter.chooses_items() {
        return t!("No item matches the filter.").to_owned();
    }
    let Some((measure, durations)) = analysis.durations() else {
        return match (&analysis.throughput, analysis.counts.finished) {
            (Some(weekly), _) => say!(
                "{} items are finished in an average week. How long each took {}",
                say::decimal(weekly.mean()),
                if analysis.cycle.left_out.reversed + analysis.lead.left_out.reversed > 0 {
                    t!("can\u{2019}t be told: they are dated as finished before they began.")
                } else {
                    t!("is not in this file.")
                }
            ),
            (None, 0) => t!("Nothing is finished yet, so there is nothing to predict from.").to_owned(),
            (None, n) if analysis.dates.iter().all(|dates| dates.finished.is_none()) => {
                match analysis.knows.finished {
                    true => say!("{} finished, but no finish date can be used.", is_are(n)),
                    false => say!("{} finished, but the file does not say when.", is_are(n)),
                }
            }
            (None, n) => say!("{} finished. That is too short a time to predict from.", is_are(n)),
        };
    };
    let d = &durations.distribution;
    match (d.percentile(50), d.percentile(analysis.counting().sle_percent)) {
        (Some(p50), Some(high)) if d.n() >= Distribution::ENOUGH => {
            let half = if p50 >= high {
                t!("and the middle item took as long").to_owned()
            } else {
                say!("half of it {} or less", analysis.days(p50))
            };
            say!("{} of finished work took {} or less, {half}.", analysis.percent(), analysis.days(high))
        }
        _ => say!(
            "{} known for {} only: {}. Too few to promise anything.",
            if measure == Measure::Cycle { t!("Cycle time is") } else { t!("Lead time is") },
            say::items(d.n()),
            analysis.listed(d.values())
        ),
    }
}

/// What would make a reader trust the headline too much.
pub fn caveat(analysis: &Analysis) -> Option<String> {
    let mut said = Vec::new();
    if let Some((since, false)) = pace(analysis) {
        said.push(say!(
            "Since the week of {} fewer items are finished than is usual: what work took before says little of now.",
            say::date(since)
        ));
    }
    if let Some((measure, durations)) = analysis.durations() {
        let (n, out) = (durations.distribution.n(), durations.left_out);
        if measure == Measure::Lead {
            let starts = analysis.cycle.distribution.n();
            let why = match starts {
                _ if analysis.counting().clock == Clock::Created => t!("You chose it").to_owned(),
                0 => t!("This data has no usable start dates").to_owned(),
                _ => say!(
                    "Only {} a start date",
                    if starts == 1 {
                        t!("1 finished item has").to_owned()
                    } else {
                        say!("{} finished items have", say::number(starts))
                    }
                ),
            };
            said.push(say!("{why}, so this is lead time: it includes the wait before work began."));
        }
        if (Distribution::ENOUGH..Distribution::PLENTY).contains(&n) {
            said.push(say!("Few data: {} behind these numbers.", say::items(n)));
        }
        if material(out.no_start, n) {
            let start = if measure == Measure::Cycle { t!("start") } else { t!("creation") };
            said.push(say!(
                "{} without a {start} date {} left out.",
                say::items(out.no_start),
                are(out.no_start)
            ));
        }
        if material(out.reversed, n) {
            let before = if measure == Measure::Cycle { t!("started") } else { t!("created") };
            said.push(say!(
                "{} whose finish is dated before they were {before} {} left out.",
                say::items(out.reversed),
                are(out.reversed)
            ));
        }
    }
    if let Some((limit, late)) = open_and_late(analysis)
        && analysis.durations().is_some_and(|(measure, _)| measure == Measure::Cycle)
        && material(late, analysis.cycle.distribution.n())
    {
        said.push(say!(
            "{} in progress {} already as old as {}, or older: what is finished looks quicker than the work is.",
            say::items(late),
            are(late),
            analysis.days(limit)
        ));
    }
    let unclear = analysis.warned(WarningKind::AmbiguousDateOrder);
    if unclear > 0 {
        said.push(say!(
            "The dates of {} fit day first and month first alike; they were read day first.",
            say::counted(unclear, "row", "rows")
        ));
    }
    let unknown = analysis.counts.unknown_status;
    if material(unknown, analysis.counts.read) {
        said.push(say!(
            "The meaning of the status is not known for {}: their dates decide.",
            say::items(unknown)
        ));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// The days by which work should finish, where there are any, and how many items in progress are older.
fn open_and_late(analysis: &Analysis) -> Option<(Days, usize)> {
    let limit = analysis.age_limit()?;
    Some((limit, analysis.late(limit)))
}

/// Whether leaving out so many may change the picture: at least one for ten that are in it.
pub(super) fn material(left_out: usize, of: usize) -> bool {
    left_out > 0 && left_out * 10 >= of
}

pub(super) fn are(n: usize) -> &'static str {
    if n == 1 { t!("is") } else { t!("are") }
}

pub(super) fn how_long(analysis: &Analysis) -> Answer {
    let question = t!("How long does work take?");
    let Some((measure, durations)) = analysis.durations() else {
        let mut why: Vec<&str> =
            [analysis.no_cycle_time(), analysis.no_lead_time()].into_iter().flatten().collect();
        why.dedup();
        return Answer {
            id: "duration",
            question,
            number: None,
            unit: String::new(),
            sentence: why.join(" "),
            would_change: None,
            explanation: explain_durations(analysis, Measure::Cycle, &analysis.cycle),
        };
    };
    let d = &durations.distribution;
    let explanation = explain_durations(analysis, measure, durations);
    let few = d.n() < Distribution::ENOUGH;
    let Some(high) = d.percentile(analysis.counting().sle_percent).filter(|_| !few) else {
        let sentence = say!(
            "The {} with both dates took {} {}. Five are needed for a percentile.",
            say::items(d.n()),
            analysis.listed(d.values()),
            measure.span()
        );
        return Answer {
            id: "duration",
            question,
            number: None,
            unit: String::new(),
            sentence,
            would_change: None,
            explanation,
        };
    };
    let tail = match d.tail_ratio() {
        Some(ratio) if ratio > Distribution::FAT_TAIL => say!(
            " The tail is long: 1 in 50 takes at least {} times as long as the middle one, so averages mislead.",
            say::decimal(ratio)
        ),
        Some(ratio) => say!(
            " The tail is moderate: 1 in 50 takes {} times as long as the middle one or longer.",
            say::decimal(ratio)
        ),
        None => String::new(),
    };
    let recent = analysis.recent_durations(durations);
    let recent = match recent.percentile(analysis.counting().sle_percent) {
        Some(days) if recent.n() >= Distribution::ENOUGH && recent.n() < d.n() => say!(
            " Of the {} finished in the last {RECENT_WEEKS} weeks, {} took {} or less.",
            say::number(recent.n()),
            analysis.percent(),
            analysis.days(days)
        ),
        _ => String::new(),
    };
    Answer {
        id: "duration",
        question,
        number: Some(say::number(high.0 as usize)),
        unit: say!("{} or less, {} of the time", analysis.day_unit(high), analysis.percent()),
        sentence: say!(
            "That is the {} of {}, {}.{recent}{tail}",
            measure.name(),
            say::items(d.n()),
            measure.span()
        ),
        would_change: None,
        explanation,
    }
}

pub(super) fn explain_durations(analysis: &Analysis, measure: Measure, durations: &Durations) -> Explanation {
    let begin = match measure {
        Measure::Cycle => t!("started"),
        Measure::Lead => t!("created"),
    };
    let out = durations.left_out;
    let why = |why| Selection::LeftOut(measure, why);
    let left_out = [
        (out.no_start, say!("without the day of being {begin}"), why(Why::NoStart)),
        (out.no_end, t!("without the day of being finished").to_owned(), why(Why::NoEnd)),
        (out.reversed, say!("dated as finished before being {begin}"), why(Why::Reversed)),
    ];
    let percent = analysis.counting().sle_percent;
    Explanation {
        definition: say!(
            "{} {} The {} percentile is the smallest number of days that at least {} of the items did not exceed \
             (nearest rank).",
            if measure == Measure::Cycle { t!("Cycle time") } else { t!("Lead time") },
            analysis.how_days_count(begin, t!("finished")),
            say::ordinal(percent),
            analysis.percent(),
        ),
        window: window(analysis),
        items: say!("{} finished, with both dates in order.", say::items(durations.distribution.n())),
        selection: Some(Selection::Durations(measure)),
        left_out: said(left_out),
    }
}

pub(super) fn how_steady(analysis: &Analysis) -> Answer {
    let question = t!("Is delivery steady?");
    let explanation = Explanation {
        definition: say!(
            "Throughput counts the items finished in each week, {}, weeks without any included. Steady is asked \
             of the last {RECENT_WEEKS} whole weeks, against luck: were items finished independently of one \
             another, the variance of the weekly counts would be about their mean (index of dispersion, χ² test at \
             95\u{a0}%).",
            analysis.week_span()
        ),
        window: match (&analysis.throughput, analysis.recent) {
            (Some(weekly), Some(recent)) => {
                let first = day_number(weekly.first_week);
                let week = |n: usize| day_from_number(first + 7 * i32::try_from(n).unwrap_or_default());
                let all = weekly.counts.len();
                say!(
                    "{} from {} to {}. Over all: {} from the week of the first finish, {}.",
                    weeks(recent.weeks),
                    say::date(week(all - recent.weeks)),
                    say::date(day_from_number(day_number(week(all)) - 1)),
                    weeks(all),
                    say::date(weekly.first_week)
                )
            }
            _ => window(analysis),
        },
        items: match &analysis.throughput {
            Some(weekly) => {
                let finished = |counts: &[u32]| say::items(counts.iter().map(|&count| count as usize).sum());
                let (recent, all) = (finished(weekly.last(RECENT_WEEKS)), finished(&weekly.counts));
                say!("{recent} finished in the last of these weeks, {all} over all.")
            }
            None => t!("None.").to_owned(),
        },
        selection: analysis.throughput.as_ref().map(|weekly| Selection::Finished {
            from: weekly.first_week,
            to: day_from_number(day_number(weekly.week(weekly.counts.len())) - 1),
        }),
        left_out: said([
            (
                analysis.throughput.as_ref().and_then(|w| w.unfinished_week).unwrap_or(0) as usize,
                t!("finished in the week that is not over yet").to_owned(),
                Selection::Finished {
                    from: analysis.throughput.as_ref().map_or(analysis.as_of, |w| w.week(w.counts.len())),
                    to: analysis.as_of,
                },
            ),
            (
                analysis.counts.finished_undated,
                t!("finished without a date").to_owned(),
                Selection::FinishedUndated,
            ),
            (analysis.counts.cancelled, t!("cancelled").to_owned(), Selection::Cancelled),
        ]),
    };
    let (Some(weekly), Some(recent)) = (&analysis.throughput, analysis.recent) else {
        return Answer {
            id: "throughput",
            question,
            number: None,
            unit: String::new(),
            sentence: analysis.no_throughput().unwrap_or_default().to_owned(),
            would_change: None,
            explanation,
        };
    };
    let range = match (recent.least, recent.most) {
        (least, most) if least == most => say!("{least} every week"),
        (least, most) => say!("{least} to {most} a week"),
    };
    let verdict = match recent.against_chance {
        _ if recent.most == 0 => say!("Nothing was finished in the last {}.", weeks(recent.weeks)),
        Chance::TooLittle => say!("Too early to tell: {range} in {}.", weeks(recent.weeks)),
        Chance::Steadier => say!("Yes, steadier than luck alone: {range}."),
        Chance::Alike => say!(
            "Nothing out of the ordinary: taken together, the weeks ({range}) vary no more than luck alone makes them."
        ),
        Chance::Burstier => {
            say!("No: {range} is more than chance explains. Bursts and gaps, or the pace changed.")
        }
    };
    let empty = match recent.empty_weeks {
        0 => String::new(),
        n if n == recent.weeks => String::new(),
        n => say!(" In {} of these {} nothing was finished.", say::number(n), weeks(recent.weeks)),
    };
    let whole = match weekly.counts.len() {
        n if n > recent.weeks => say!(" Over all {}: {} a week.", weeks(n), say::decimal(weekly.mean())),
        _ => String::new(),
    };
    Answer {
        id: "throughput",
        question,
        number: Some(say::decimal(recent.mean)),
        unit: match recent.weeks {
            1 => t!("items finished in the only whole week").to_owned(),
            n => say!("items finished a week, over the last {n} whole weeks"),
        },
        sentence: format!("{verdict}{empty}{whole}"),
        would_change: None,
        explanation,
    }
}

pub(super) fn weeks(n: usize) -> String {
    say::counted(n, t!("whole week"), t!("whole weeks"))
}

pub(super) fn how_open(workspace: &Workspace, analysis: &Analysis) -> Answer {
    let ages = &analysis.ages;
    let open = analysis.counts.in_progress;
    let oldest = ages.timed.iter().max_by_key(|timed| timed.days);
    let waiting = match analysis.counts.not_started {
        0 => String::new(),
        n => say!(" {} not started.", is_are(n)),
    };
    let sentence = match (open, oldest) {
        _ if !analysis.tells_progress => {
            t!("The file has neither a status nor start dates, so it can\u{2019}t tell what is in progress.")
                .to_owned()
        }
        (0, _) => say!("Nothing is in progress on that day.{waiting}"),
        (_, None) => format!("{}{waiting}", analysis.no_age().unwrap_or_default()),
        (_, Some(oldest)) => {
            let name = workspace.items.get(oldest.item).map(|item| match item.title.as_str() {
                "" => item.key.clone(),
                title => format!("{} ({title})", item.key),
            });
            let name = name.unwrap_or_default();
            let oldest = say!("The oldest, {name}, has been in progress for {}.", analysis.days(oldest.days));
            let aged = ages.distribution.n();
            let late = open_and_late(analysis);
            let of = if aged < open {
                say!(" of the {} with a start date", say::number(aged))
            } else {
                String::new()
            };
            match late {
                None => format!("{oldest}{waiting}"),
                Some((limit, 0)) => {
                    say!("None{of} is as old as {}. {oldest}{waiting}", analysis.limit_in_words(limit))
                }
                Some((limit, late)) => say!(
                    "{}{of} {} as old as {}, or older. {oldest}{waiting}",
                    say::number(late),
                    are(late),
                    analysis.limit_in_words(limit)
                ),
            }
        }
    };
    Answer {
        id: "wip",
        question: t!("How much is in progress?"),
        number: analysis.tells_progress.then(|| say::number(open)),
        unit: say!(
            "{} in progress on {}",
            if open == 1 { t!("item") } else { t!("items") },
            say::date(analysis.as_of)
        ),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "In progress is what was started by that day and neither finished nor cancelled. Age {}",
                analysis.how_days_count(t!("started"), t!("told for"))
            ),
            window: say!("At the end of {}.", say::date(analysis.as_of)),
            items: say!(
                "{} in progress, {} not started yet.",
                say::items(open),
                say::number(analysis.counts.not_started)
            ),
            selection: Some(Selection::InProgress(analysis.as_of)),
            left_out: said([
                (
                    ages.left_out.no_start,
                    t!("without the day it was started: counted, but without an age").to_owned(),
                    Selection::Unaged,
                ),
                (
                    analysis.counts.started_but_back,
                    t!("started once, but back before the start").to_owned(),
                    Selection::StartedButBack,
                ),
            ]),
        },
    }
}

pub(super) fn window(analysis: &Analysis) -> String {
    let finished = analysis.dates.iter().filter_map(|dates| dates.finished);
    let first = finished.filter(|&day| analysis.window.holds(day)).min();
    let to = say::date(analysis.as_of);
    match analysis.window.from.or(first) {
        Some(first) => say!("Everything finished from {} to {to}.", say::date(first)),
        None => say!("Up to {to}."),
    }
}

/// What is left out, where it is anything.
pub(super) fn said<const N: usize>(left_out: [(usize, String, Selection); N]) -> Vec<LeftOutItems> {
    let some = left_out.into_iter().filter(|(n, ..)| *n > 0);
    some.map(|(n, what, selection)| LeftOutItems { said: format!("{} {what}.", say::items(n)), selection })
        .collect()
}

fn is_are(n: usize) -> String {
    format!("{} {}", say::items(n), if n == 1 { t!("is") } else { t!("are") })
}
