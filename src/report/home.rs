//! The first page: how predictable is this team, in words and three numbers.

use super::figures::listed;
use super::{Analysis, Measure, say};
use crate::metrics::{Chance, Distribution, Durations};
use crate::model::{WarningKind, Workspace};

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
    pub explanation: Explanation,
}

/// How a number came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    pub definition: String,
    pub window: String,
    pub items: String,
    pub left_out: Vec<String>,
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
    let Some((_, durations)) = analysis.durations() else {
        return match (&analysis.throughput, analysis.counts.finished) {
            (Some(weekly), _) => format!(
                "{} items are finished in an average week. How long each took is not in this file.",
                say::decimal(weekly.mean())
            ),
            (None, 0) => "Nothing is finished yet, so there is nothing to predict from.".to_owned(),
            (None, n) => format!("{} finished, but the file does not say when.", is_are(n)),
        };
    };
    let d = &durations.distribution;
    match (d.percentile(50), d.percentile(85)) {
        (Some(p50), Some(p85)) if d.n() >= Distribution::ENOUGH => {
            let half = if p50 == p85 {
                "and most of it just as long".to_owned()
            } else {
                format!("half of it {} or less", say::days(p50))
            };
            format!("85\u{a0}% of finished work took {} or less, {half}.", say::days(p85))
        }
        _ => format!(
            "Only {} finished with both dates: {}. Too few to promise anything.",
            say::items(d.n()),
            listed(d.values())
        ),
    }
}

fn caveat(analysis: &Analysis) -> Option<String> {
    let (measure, durations) = analysis.durations()?;
    let n = durations.distribution.n();
    let mut said = Vec::new();
    if measure == Measure::Lead {
        said.push(
            "This file has no usable start dates, so this is lead time: it includes the wait before work began."
                .to_owned(),
        );
    }
    if (Distribution::ENOUGH..Distribution::PLENTY).contains(&n) {
        said.push(format!("Few data: only {} behind these numbers.", say::items(n)));
    }
    if durations.left_out.reversed * 10 > n {
        said.push(format!(
            "{} finished before they began and are left out: see Data.",
            say::items(durations.left_out.reversed)
        ));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn how_long(analysis: &Analysis) -> Answer {
    let question = "How long does work take?";
    let Some((measure, durations)) = analysis.durations() else {
        let why = [analysis.no_cycle_time(), analysis.no_lead_time()];
        let why: Vec<&str> = why.into_iter().flatten().collect();
        return Answer {
            id: "duration",
            question,
            number: None,
            unit: String::new(),
            sentence: if why.first() == why.last() {
                why.first().map_or(String::new(), |w| (*w).to_owned())
            } else {
                why.join(" ")
            },
            explanation: explain_durations(analysis, Measure::Cycle, &analysis.cycle),
        };
    };
    let d = &durations.distribution;
    let explanation = explain_durations(analysis, measure, durations);
    if d.n() < Distribution::ENOUGH {
        let sentence = format!(
            "The {} finished took {} {}. Five are needed for a percentile.",
            say::items(d.n()),
            listed(d.values()),
            measure.span()
        );
        return Answer { id: "duration", question, number: None, unit: String::new(), sentence, explanation };
    }
    let p85 = d.percentile(85).unwrap_or(crate::model::Days(1));
    let tail = match d.tail_ratio() {
        Some(ratio) if ratio > Distribution::FAT_TAIL => format!(
            " The tail is long: 2\u{a0}% take {} times as long as the middle one or longer, so averages mislead.",
            say::decimal(ratio)
        ),
        Some(_) => " The tail is short: few items take far longer than the rest.".to_owned(),
        None => String::new(),
    };
    Answer {
        id: "duration",
        question,
        number: Some(say::number(p85.0 as usize)),
        unit: format!("{} or less, 85\u{a0}% of the time", if p85.0 == 1 { "day" } else { "days" }),
        sentence: format!(
            "That is the {} of {}, {}.{tail}",
            measure.name(),
            say::items(d.n()),
            measure.span()
        ),
        explanation,
    }
}

fn explain_durations(analysis: &Analysis, measure: Measure, durations: &Durations) -> Explanation {
    let begin = match measure {
        Measure::Cycle => "started",
        Measure::Lead => "created",
    };
    let out = durations.left_out;
    let left_out = [
        (out.no_start, format!("without the day it was {begin}")),
        (out.no_end, "without the day it was finished".to_owned()),
        (out.reversed, format!("finished before it was {begin}")),
    ];
    Explanation {
        definition: format!(
            "{} counts calendar days from the day an item was {begin} to the day it was finished, both \
             included: begun and finished on one day is 1 day. The 85th percentile is the smallest number of \
             days that at least 85\u{a0}% of the items did not exceed (nearest rank).",
            if measure == Measure::Cycle { "Cycle time" } else { "Lead time" }
        ),
        window: window(analysis),
        items: format!("{} finished with both dates.", say::items(durations.distribution.n())),
        left_out: said(&left_out),
    }
}

fn how_steady(analysis: &Analysis) -> Answer {
    let question = "Is delivery steady?";
    let explanation = Explanation {
        definition: "Throughput counts the items finished in each week, Monday to Sunday, weeks without any \
                     included. Against chance: were items finished independently of one another, the \
                     variance of the weekly counts would be about their mean (index of dispersion, \
                     χ² test at 95\u{a0}%)."
            .to_owned(),
        window: match &analysis.throughput {
            Some(weekly) => format!(
                "{} from the week of the first finish, {}, to the last whole week by {}.",
                say::counted(weekly.counts.len(), "week", "weeks"),
                say::date(weekly.first_week),
                say::date(analysis.as_of)
            ),
            None => window(analysis),
        },
        items: match &analysis.throughput {
            Some(weekly) => format!(
                "{} finished in these weeks.",
                say::items(weekly.counts.iter().map(|&count| count as usize).sum())
            ),
            None => "None.".to_owned(),
        },
        left_out: said(&[
            (
                analysis.throughput.as_ref().and_then(|w| w.unfinished_week).unwrap_or(0) as usize,
                "finished in the week that is not over yet".to_owned(),
            ),
            (warned(analysis, WarningKind::FinishedWithoutDate), "finished without a date".to_owned()),
            (analysis.counts.cancelled, "given up".to_owned()),
        ]),
    };
    let Some(weekly) = &analysis.throughput else {
        let sentence = analysis.no_throughput().unwrap_or_default().to_owned();
        return Answer {
            id: "throughput",
            question,
            number: None,
            unit: String::new(),
            sentence,
            explanation,
        };
    };
    const RECENT: usize = 12;
    let recent = weekly.last(RECENT);
    let mean = recent.iter().map(|&count| f64::from(count)).sum::<f64>() / recent.len().max(1) as f64;
    let mean = match weekly.counts.len() > RECENT {
        true => format!(", {} on average", say::decimal(mean)),
        false => String::new(),
    };
    let (least, most) = (recent.iter().min().unwrap_or(&0), recent.iter().max().unwrap_or(&0));
    let range = if least == most {
        format!("{least} in each of the last {} whole weeks.", recent.len())
    } else {
        format!("Between {least} and {most} in the last {} whole weeks{mean}.", recent.len())
    };
    let chance = analysis.steadiness.map_or("", |s| match s.against_chance {
        Chance::TooFewWeeks => " Too few weeks to tell a pattern from chance.",
        Chance::Steadier => " That is steadier than chance alone: a cadence to rely on.",
        Chance::Alike => " Weeks differ about as much as chance alone makes them.",
        Chance::Burstier => {
            " Over the whole time weeks differ far more than chance alone makes them: bursts and gaps."
        }
    });
    let silent = analysis.steadiness.filter(|s| s.weeks_with_delivery < 0.8).map_or(String::new(), |s| {
        format!(" In {} of weeks nothing was finished.", say::percent(1.0 - s.weeks_with_delivery))
    });
    Answer {
        id: "throughput",
        question,
        number: Some(say::decimal(weekly.mean())),
        unit: "items finished a week, on average".to_owned(),
        sentence: format!("{range}{chance}{silent}"),
        explanation,
    }
}

fn how_open(workspace: &Workspace, analysis: &Analysis) -> Answer {
    let ages = &analysis.ages;
    let open = analysis.counts.in_progress;
    let oldest = ages.timed.iter().max_by_key(|timed| timed.days);
    let sentence = match (open, oldest) {
        (0, _) => "Nothing is in progress on that day.".to_owned(),
        (_, None) => analysis.no_age().unwrap_or_default().to_owned(),
        (_, Some(oldest)) => {
            let name = workspace.items.get(oldest.item).map(|item| item.key.as_str()).unwrap_or_default();
            let oldest = format!("The oldest, {name}, has been in progress for {}.", say::days(oldest.days));
            let limit = analysis.cycle.distribution.percentile(85);
            let limit = limit.filter(|_| analysis.cycle.distribution.n() >= Distribution::ENOUGH);
            let late = limit.map(|limit| (limit, ages.distribution.n() - ages.distribution.within(limit)));
            match late {
                None => oldest,
                Some((limit, 0)) => format!(
                    "None is older than the {} that 85\u{a0}% of work takes. {oldest}",
                    say::days(limit)
                ),
                Some((limit, late)) => format!(
                    "{} older than the {} that 85\u{a0}% of work takes. {oldest}",
                    is_are(late),
                    say::days(limit)
                ),
            }
        }
    };
    Answer {
        id: "wip",
        question: "How much is open now?",
        number: Some(say::number(open)),
        unit: format!(
            "{} in progress on {}",
            if open == 1 { "item" } else { "items" },
            say::date(analysis.as_of)
        ),
        sentence,
        explanation: Explanation {
            definition: "In progress is what was started by that day and neither finished nor given up. Age \
                         counts calendar days since it was started, both days included."
                .to_owned(),
            window: format!("At the end of {}.", say::date(analysis.as_of)),
            items: format!(
                "{} in progress, {} not started yet.",
                say::items(open),
                say::number(analysis.counts.not_started)
            ),
            left_out: said(&[
                (
                    ages.left_out.no_start,
                    "without the day it was started: counted, but without an age".to_owned(),
                ),
                (
                    warned(analysis, WarningKind::StartedButBack),
                    "started once, but back before the start".to_owned(),
                ),
            ]),
        },
    }
}

fn window(analysis: &Analysis) -> String {
    let first = analysis.dates.iter().filter_map(|dates| dates.finished).min();
    let to = say::date(analysis.as_of);
    match first {
        Some(first) => format!("Everything finished from {} to {to}.", say::date(first)),
        None => format!("Up to {to}."),
    }
}

fn warned(analysis: &Analysis, kind: WarningKind) -> usize {
    let found = analysis.warnings.iter().find(|warning| warning.kind == kind);
    found.map_or(0, |warning| warning.count as usize)
}

fn said(left_out: &[(usize, String)]) -> Vec<String> {
    let some = left_out.iter().filter(|(n, _)| *n > 0);
    some.map(|(n, what)| format!("{} {what}.", say::items(*n))).collect()
}

fn is_are(n: usize) -> String {
    format!("{} {}", say::items(n), if n == 1 { "is" } else { "are" })
}
