//! Whether the numbers can be trusted to predict: gaps, tail, evenness, service level, Little's law.

use super::home::{how_long, how_steady, said, window};
use super::selection::Selection;
use super::{Analysis, Answer, Explanation, Measure, say};
use crate::metrics::{self, Chance, Distribution};
use crate::model::Days;

/// The answers of the Cadence page.
pub fn cadence_answers(analysis: &Analysis) -> Vec<Answer> {
    vec![how_steady(analysis), longest_gap(analysis), evenness(analysis), littles_law(analysis)]
}

/// The answers of the Cycle time page.
pub fn cycle_answers(analysis: &Analysis) -> Vec<Answer> {
    vec![how_long(analysis), attainment(analysis), tail(analysis)]
}

fn longest_gap(analysis: &Analysis) -> Answer {
    let cadence = analysis.cadence();
    let gap = cadence.as_ref().and_then(|cadence| cadence.longest_gap);
    let since = cadence.as_ref().and_then(|cadence| cadence.since_last);
    let sentence = match (&cadence, gap) {
        (None, _) => analysis.no_throughput().unwrap_or_default().to_owned(),
        (Some(_), None) if since.is_none() => t!("Nothing was finished in this time.").to_owned(),
        (Some(_), None) => t!("Everything was finished on one day.").to_owned(),
        (Some(cadence), Some(gap)) => {
            let now = match since {
                Some(days) if days > gap.days() => {
                    say!(" Nothing has been finished for {}, longer still.", plain_days(days))
                }
                _ => String::new(),
            };
            say!(
                "From {} to {}. {} of {} had a delivery.{now}",
                say::date(gap.from),
                say::date(gap.to),
                say::number(cadence.weeks_with_delivery),
                super::home::weeks(cadence.weeks)
            )
        }
    };
    Answer {
        id: "gap",
        question: t!("How long does nothing come?"),
        number: gap.map(|gap| say::number(gap.days().0 as usize)),
        unit: t!("calendar days at the longest between two deliveries").to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: t!("The longest time from a day on which something was finished to the next such day, in calendar \
                         days: 1 from one day to the next.")
                .to_owned(),
            window: window(analysis),
            items: t!("Every finished item with a date.").to_owned(),
            selection: gap.map(|gap| Selection::Finished { from: gap.from, to: gap.to }),
            left_out: said([(
                analysis.counts.finished_undated,
                t!("finished without a date").to_owned(),
                Selection::FinishedUndated,
            )]),
        },
    }
}

fn plain_days(days: Days) -> String {
    say::days(days)
}

fn evenness(analysis: &Analysis) -> Answer {
    let cadence = analysis.cadence();
    let dispersion = cadence.as_ref().and_then(|cadence| cadence.dispersion);
    let sentence = match (&cadence, dispersion) {
        (None, _) => analysis.no_throughput().unwrap_or_default().to_owned(),
        (Some(_), None) => t!("One week, or none with a delivery: nothing to compare.").to_owned(),
        (Some(cadence), Some(dispersion)) => {
            let counts = analysis.throughput.as_ref().map_or(&[][..], |weekly| &weekly.counts);
            let verdict = match metrics::steadiness(counts).map(|all| all.against_chance) {
                None | Some(Chance::TooLittle) => t!("Too few weeks or items to tell from luck."),
                Some(Chance::Steadier) => {
                    t!("Over all this time weeks are more even than luck would make them.")
                }
                Some(Chance::Alike) => t!("Over all this time weeks vary as luck would make them."),
                Some(Chance::Burstier) if dispersion > 4.0 => {
                    t!(
                        "Over all this time deliveries came in great bursts, or the pace changed much: an average week says \
                     little."
                    )
                }
                Some(Chance::Burstier) => {
                    t!("Over all this time deliveries came in bursts, or the pace changed: plan with ranges.")
                }
            };
            say!(
                "{verdict} The middle week has {}, the average week {} (variation {}).",
                say::items(cadence.median as usize),
                say::decimal(cadence.mean),
                cadence.variation.map(say::percent).unwrap_or_default()
            )
        }
    };
    Answer {
        id: "dispersion",
        question: t!("How even are the weeks?"),
        number: dispersion.map(say::decimal),
        unit: t!("times the variance of independent finishes").to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: t!("Index of dispersion: the variance of the weekly counts divided by their mean, 1 for items that \
                         finish independently of one another (Poisson). The variation is the standard deviation \
                         divided by the mean. Over a long time a change of pace raises both.")
                .to_owned(),
            window: match &cadence {
                Some(cadence) => say!("{} from {}.", super::home::weeks(cadence.weeks), {
                    analysis.throughput.as_ref().map(|w| say::date(w.first_week)).unwrap_or_default()
                }),
                None => window(analysis),
            },
            items: t!("Every item finished in these weeks.").to_owned(),
            selection: analysis.throughput.as_ref().map(|weekly| Selection::Finished {
                from: weekly.first_week,
                to: Analysis::week_end(weekly.week(weekly.counts.len().saturating_sub(1))),
            }),
            left_out: Vec::new(),
        },
    }
}

fn littles_law(analysis: &Analysis) -> Answer {
    let law = analysis.littles_law();
    let sentence = match &law {
        None if analysis.cycle.distribution.n() == 0 => {
            analysis.no_cycle_time().unwrap_or(t!("There is no cycle time.")).to_owned()
        }
        None => t!("Nothing was in progress on any day.").to_owned(),
        Some(law) => {
            let verdict = if law.holds() {
                t!("The two agree within a quarter: these averages fit together.")
            } else if law.expected > law.observed {
                t!(
                    "More is in progress than what gets finished accounts for: work is started that does not finish, and \
                 averages look better than the work is."
                )
            } else {
                t!(
                    "Finished work took longer than the work in progress accounts for: the time shown begins or ends in \
                 the middle of something, so averages mislead."
                )
            };
            let both = if analysis.calendar().elapsed { "" } else { t!(", both ends counted") };
            let drift = match law.drift {
                d if d.abs() < 0.05 => t!("The work\u{2019}s total age holds.").to_owned(),
                d if d > 0.0 => {
                    say!("The work\u{2019}s total age grows by {} days a day.", say::decimal(d))
                }
                d => say!("The work\u{2019}s total age falls by {} days a day.", say::decimal(-d)),
            };
            say!(
                "{} in progress and {} finished on an average day would make a mean of {} days{both}; the mean cycle \
                 time is {}. {verdict} {drift}",
                say::decimal(law.mean_wip),
                hundredths(law.throughput),
                say::decimal(law.expected),
                say::decimal(law.observed)
            )
        }
    };
    Answer {
        id: "littles-law",
        question: t!("Is the flow balanced?"),
        number: law.filter(|law| law.observed > 0.0).map(|law| hundredths(law.expected / law.observed)),
        unit: t!("times the mean cycle time is what Little\u{2019}s law expects").to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "Little\u{2019}s law: mean work in progress ÷ mean throughput, beside the mean cycle time of the same \
                 days. {}Where they are more than a quarter apart, the flow is not stable.",
                if analysis.calendar().elapsed {
                    ""
                } else {
                    t!(
                        "Counted with both ends included, a day is added, for what begins and ends on one day is in \
                     progress at the end of none. "
                    )
                }
            ),
            window: match analysis.load().first {
                Some(first) => say!("{} to {}.", say::date(first), say::date(analysis.as_of)),
                None => window(analysis),
            },
            items: say!(
                "{} finished with a cycle time; {} in progress at the end.",
                say::items(analysis.cycle.distribution.n()),
                say::number(analysis.counts.in_progress)
            ),
            selection: Some(Selection::Durations(Measure::Cycle)),
            left_out: said([(
                analysis.cycle.left_out.no_start,
                t!("finished without a start").to_owned(),
                Selection::LeftOut(Measure::Cycle, super::selection::Why::NoStart),
            )]),
        },
    }
}

fn hundredths(x: f64) -> String {
    say::decimals((x * 100.0).round() / 100.0, 2)
}

pub(super) fn attainment(analysis: &Analysis) -> Answer {
    let level = analysis.service_level();
    let measure = analysis.durations().map_or(Measure::Cycle, |(measure, _)| measure);
    let share = level.as_ref().and_then(|level| level.whole.share());
    let sentence = match &level {
        None => t!("Five items with both dates are needed for a service level.").to_owned(),
        Some(level) => {
            let recent: crate::metrics::Attainment = {
                let durations = if measure == Measure::Cycle { &analysis.cycle } else { &analysis.lead };
                let recent = analysis.recent_durations(durations);
                crate::metrics::Attainment { within: recent.within(level.limit), n: recent.n() }
            };
            let lately = match (recent.share(), recent.interval()) {
                (Some(share), Some(interval)) if recent.n < level.whole.n => say!(
                    " In the last 12 weeks it was {} of {} ({} to {}).",
                    say::percent(share),
                    say::items(recent.n),
                    say::percent(interval.low),
                    say::percent(interval.high)
                ),
                _ => String::new(),
            };
            let source = match level.promised {
                true => t!("That is what you promised."),
                false => t!("That is what this share of the work took; a promise can be set under Data."),
            };
            format!("{source}{lately}")
        }
    };
    let limit = level.as_ref().map(|level| analysis.days(level.limit)).unwrap_or_default();
    Answer {
        id: "sle",
        question: t!("Is the service level kept?"),
        number: share.map(say::percent),
        unit: say!("finished within {limit}; {} expected", analysis.percent()),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "Service level expectation: {} of items finish within {}. Attained is the share that did; intervals are \
                 Wilson\u{2019}s at 95\u{a0}%.",
                analysis.percent(),
                if limit.is_empty() { t!("so many days").to_owned() } else { limit }
            ),
            window: window(analysis),
            items: level
                .map(|level| {
                    say!("{} of {} within.", say::number(level.whole.within), say::items(level.whole.n))
                })
                .unwrap_or_else(|| t!("None.").to_owned()),
            selection: Some(Selection::Durations(measure)),
            left_out: Vec::new(),
        },
    }
}

pub(super) fn tail(analysis: &Analysis) -> Answer {
    let (measure, ratio, n) = match analysis.durations() {
        Some((measure, d)) => (measure, d.distribution.tail_ratio(), d.distribution.n()),
        None => (Measure::Cycle, None, 0),
    };
    let sentence = match ratio {
        None => say!("Fifty items are needed to tell a tail; there are {}.", say::number(n)),
        Some(ratio) if ratio > Distribution::FAT_TAIL => t!("The tail is fat: now and then something takes so long that \
                                                          averages mislead. Look at what those items have in common.")
            .to_owned(),
        Some(_) => t!("The tail is moderate: even slow work ends within a few times the usual.").to_owned(),
    };
    Answer {
        id: "tail",
        question: t!("How long is the tail?"),
        number: ratio.map(say::decimal),
        unit: t!("times the middle item\u{2019}s time, or longer, for 1 in 50").to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "Tail ratio: the 98th percentile of {} divided by the median. Above {} the tail is fat (Zheglov\u{2019}s \
                 rule of thumb).",
                measure.name(),
                say::decimal(Distribution::FAT_TAIL)
            ),
            window: window(analysis),
            items: say!("{} finished, with both dates in order.", say::items(n)),
            selection: Some(Selection::Durations(measure)),
            left_out: Vec::new(),
        },
    }
}
