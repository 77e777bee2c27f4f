//! The answers of the Estimates page, and the words that others share.

use std::collections::HashSet;

use super::worst_in_words;
use crate::metrics::{Attainment, Distribution, EstimateUnit, Judged, Overshoot};
use crate::order::InOrder;
use crate::report::figures::{Lately, ballpark_change};
use crate::report::{Analysis, Answer, Explanation, LeftOutItems, Selection, say};

/// The share that must be in the ballpark for estimates to be dependable: two in three, which is what a forecaster
/// would call likely.
pub const DEPENDABLE: f64 = 2.0 / 3.0;

/// The answers of the Estimates page.
pub fn estimate_answers(analysis: &Analysis) -> Vec<Answer> {
    if analysis.no_estimates().is_some() {
        return Vec::new();
    }
    vec![
        in_the_ballpark(analysis),
        which_way(analysis),
        overshoot(analysis, true),
        overshoot(analysis, false),
    ]
}

/// How sure the verdict on the share in the ballpark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependable {
    Yes,
    No,
    Unsure,
}

/// Whether at least two in three are in the ballpark, beyond doubt either way. `None` where there is too little.
pub fn dependable(analysis: &Analysis) -> Option<Dependable> {
    let share = analysis.estimates().whole?.in_ballpark;
    let interval = share.interval().filter(|_| share.n >= Distribution::ENOUGH)?;
    Some(match () {
        () if interval.low >= DEPENDABLE => Dependable::Yes,
        () if interval.high < DEPENDABLE => Dependable::No,
        () => Dependable::Unsure,
    })
}

/// "between half and twice the estimate", "between 0.33 and 3 times the estimate".
pub fn ballpark_in_words(factor: f64) -> String {
    if factor == 2.0 {
        return t!("between half and twice the estimate").to_owned();
    }
    say!("between {} and {} the estimate", say::factor_of(1.0 / factor), say::times(factor))
}

/// "77 % of finished work (412 items) took between half and twice the estimate."
pub fn share_in_words(analysis: &Analysis) -> Option<String> {
    let estimates = analysis.estimates();
    let share = estimates.whole?.in_ballpark;
    let took = ballpark_in_words(analysis.counting().ballpark);
    let days = match estimates.unit {
        EstimateUnit::Work => "",
        EstimateUnit::WorkingDays => t!(", in working days from start to finish"),
    };
    // Of what nobody has explained, nobody knows whether it is finished.
    let what =
        if estimates.unclear.is_empty() { t!("finished work") } else { t!("the work with both numbers") };
    Some(match share.n {
        n if n < Distribution::ENOUGH => {
            say!("{} of {} took {took}{days}", say::number(share.within), say::items(n))
        }
        n => say!("{} of {what} ({}) took {took}{days}", say::percent(share.share()?), say::items(n)),
    })
}

fn in_the_ballpark(analysis: &Analysis) -> Answer {
    let estimates = analysis.estimates();
    let share = estimates.whole.map(|whole| whole.in_ballpark).unwrap_or_default();
    let said = share_in_words(analysis).unwrap_or_default();
    let between = share.interval().map(|i| say!("{} to {}", say::percent(i.low), say::percent(i.high)));
    let sure = between.filter(|_| share.n >= Distribution::ENOUGH).map(|b| say!(" ({b} is likely)"));
    let sure = sure.unwrap_or_default();
    let (verdict, would_change) = match dependable(analysis) {
        Some(Dependable::Yes) => (
            t!("Estimates are in the right ballpark"),
            Some(t!("If it were fewer than two in three, beyond doubt.").to_owned()),
        ),
        Some(Dependable::No) => (
            t!("Estimates are not in the right ballpark yet"),
            Some(
                t!("If it were at least two in three, beyond doubt. What it goes with, below, is where to look.")
                    .to_owned(),
            ),
        ),
        Some(Dependable::Unsure) => (
            t!("Nobody can say yet whether estimates are in the right ballpark"),
            Some(t!("More finished work with both numbers: two in three is within what is likely.").to_owned()),
        ),
        None => (t!("Too little to say"), None),
    };
    let few = match share.n {
        n if n < Distribution::PLENTY => t!(" Few data."),
        _ => "",
    };
    let worst = worst_in_words(analysis).map(|said| format!(" {said}")).unwrap_or_default();
    let lately = ballpark_change(analysis).filter(|(_, lately)| *lately != Lately::Same);
    let lately = lately.map(|(said, _)| format!(" {said}.")).unwrap_or_default();
    let unclear = unclear_in_words(analysis).unwrap_or_default();
    let waiting = match estimates.unit {
        EstimateUnit::Work => "",
        EstimateUnit::WorkingDays => {
            t!(" Days from start to finish hold all waiting too, so it is no verdict on the estimates alone.")
        }
    };
    let open = match estimates.open_beyond.len() {
        0 => String::new(),
        n => say!(
            " {} still in progress {} already beyond it.",
            say::items(n),
            if n == 1 { t!("is") } else { t!("are") }
        ),
    };
    Answer {
        id: "in-the-ballpark",
        question: t!("Are we in the right ballpark?"),
        number: share.share().filter(|_| share.n >= Distribution::ENOUGH).map(say::percent),
        unit: say!("took {}", ballpark_in_words(analysis.counting().ballpark)),
        sentence: format!("{verdict}: {said}{sure}.{few}{worst}{lately}{unclear}{open}{waiting}"),
        would_change,
        explanation: explained(
            analysis,
            say!(
                "Actual ÷ estimate, in {}: in the ballpark if at most {} off, either way. The interval is Wilson\u{2019}s, at \
                 95\u{a0}%. Dependable is two in three or more.",
                unit_in_words(estimates.unit),
                say::times(analysis.counting().ballpark)
            ),
        ),
    }
}

/// What is in a status that nobody explained, apart from the rest: " 1,848 of them are …: 65 % of these, 80 % of the
/// rest."
fn unclear_in_words(analysis: &Analysis) -> Option<String> {
    let estimates = analysis.estimates();
    let unclear: HashSet<usize> = estimates.unclear.iter().copied().collect();
    let mut sides = [Attainment::default(); 2];
    for one in &estimates.judged {
        let side = &mut sides[usize::from(unclear.contains(&one.item))];
        side.n += 1;
        side.within += usize::from(one.is_in_ballpark(analysis.counting().ballpark));
    }
    let [rest, of_unclear] = sides.map(|side| side.share().map(say::percent));
    Some(say!(
        " {} in a status of which nobody has said what it means: {} of these, {} of the rest.",
        is_are(unclear.len()),
        of_unclear?,
        rest?
    ))
}

/// "One is", "12 are".
fn is_are(n: usize) -> String {
    if n == 1 { t!("One is").to_owned() } else { say!("{} are", say::number(n)) }
}

/// "hours of work", "days from start to finish".
pub fn unit_in_words(unit: EstimateUnit) -> &'static str {
    match unit {
        EstimateUnit::Work => t!("hours of work"),
        EstimateUnit::WorkingDays => t!("working days from start to finish"),
    }
}

/// "as estimated", "40 % more than estimated", "half of what was estimated".
pub fn bias_in_words(bias: f64) -> String {
    match bias {
        b if (0.95..1.05).contains(&b) => t!("as much as estimated").to_owned(),
        b if b >= 2.95 => say!("{} the estimate", say::times(b)),
        b if b >= 1.0 => say!("{} more than estimated", say::percent(b - 1.0)),
        b => say!("{} less than estimated", say::percent(1.0 - b)),
    }
}

fn which_way(analysis: &Analysis) -> Answer {
    let estimates = analysis.estimates();
    let few = estimates.whole.is_none_or(|whole| whole.in_ballpark.n < Distribution::ENOUGH);
    let sentence = match estimates.whole.filter(|_| !few) {
        None => t!("Too little is finished to tell.").to_owned(),
        Some(whole) => {
            let typically = say!("The middle item took {}", bias_in_words(whole.bias));
            let sure = match whole.bias_between {
                Some(i) if i.low > 1.0 => t!("Estimates lean to too little, beyond doubt."),
                Some(i) if i.high < 1.0 => t!("Estimates lean to too much, beyond doubt."),
                Some(_) => t!("Estimates lean neither way that can be told."),
                None => t!("Too few to say that it is more than luck."),
            };
            let spread = match whole.spread {
                s if s < 1.05 => t!("most by next to nothing").to_owned(),
                s => say!("typically by {} either way", say::times(s)),
            };
            say!("{typically}; others differ from that, {spread}. {sure}")
        }
    };
    Answer {
        id: "bias",
        question: t!("Which way are we off, and how far?"),
        number: estimates.whole.filter(|_| !few).map(|whole| say::factor_of(whole.bias)),
        unit: t!("times the estimate, in the middle").to_owned(),
        sentence,
        would_change: estimates.whole.filter(|_| !few).and_then(|whole| whole.bias_between).map(|i| {
            match i.holds(1.0) {
                true => t!("A middle that is off by more than its interval.").to_owned(),
                false => t!("A middle whose interval holds 1: as often over as under.").to_owned(),
            }
        }),
        explanation: explained(
            analysis,
            t!("Bias is exp(median of ln(actual ÷ estimate)), with the interval of a median at 95\u{a0}%. Spread is \
             exp(1.4826 × the median distance from that), the typical factor either way: 1 would be none. An average of \
             relative errors is not told, for it would reward estimating too little.")
                .to_owned(),
        ),
    }
}

/// A week or a month in the unit: "a week (40 hours)".
pub fn much_in_words(analysis: &Analysis, by_weeks: bool) -> String {
    let unit = analysis.estimates().unit;
    match by_weeks {
        true => say!("a week ({})", analysis.amount(unit.week())),
        false => say!("a month ({})", analysis.amount(unit.month())),
    }
}

/// The evidence of an overshoot by weeks, or by months: "in 5 of the last 6 months it happened, to 7 of 412 items".
pub fn overshoot_in_words(analysis: &Analysis, by_weeks: bool) -> String {
    let estimates = analysis.estimates();
    let of = if by_weeks { &estimates.weeks } else { &estimates.months };
    let period = estimates.verdict_period.name();
    let rate = match of.all.share().zip(of.all.interval()) {
        Some((share, interval)) => say!(
            ", to {} of {} ({}; {} to {} is likely)",
            say::number(of.all.within),
            say::items(of.all.n),
            say::percent(share),
            say::percent(interval.low),
            say::percent(interval.high)
        ),
        None => String::new(),
    };
    let periods = say::counted(of.periods, period, &say!("{period}s"));
    match of.happened_in {
        0 => say!("in none of the last {periods} it happened{rate}"),
        n => say!("in {} of the last {periods} it happened{rate}", say::number(n)),
    }
}

/// What can be said of overshooting again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overshoots {
    Regularly,
    No,
    /// Most of what went over has no day of finish, so no period holds it.
    Undated,
    TooLittle,
}

/// The verdict on overshooting by weeks, or by months.
pub fn overshoots(analysis: &Analysis, by_weeks: bool) -> Overshoots {
    let estimates = analysis.estimates();
    let of = if by_weeks { &estimates.weeks } else { &estimates.months };
    let (over, undated) = over_undated(analysis, by_weeks);
    match () {
        () if of.is_regular() => Overshoots::Regularly,
        () if undated * 2 > over => Overshoots::Undated,
        () if of.all.n < Distribution::PLENTY => Overshoots::TooLittle,
        () => Overshoots::No,
    }
}

/// How many went over, and how many of these have no day of finish.
fn over_undated(analysis: &Analysis, by_weeks: bool) -> (usize, usize) {
    let estimates = analysis.estimates();
    let much = if by_weeks { estimates.unit.week() } else { estimates.unit.month() };
    let over = || estimates.judged.iter().filter(|one| one.is_over_by(much));
    (over().count(), over().filter(|one| one.end.is_none()).count())
}

fn overshoot(analysis: &Analysis, by_weeks: bool) -> Answer {
    let estimates = analysis.estimates();
    let (of, share) = match by_weeks {
        true => (&estimates.weeks, estimates.whole.map(|w| w.over_weeks)),
        false => (&estimates.months, estimates.whole.map(|w| w.over_months)),
    };
    let share = share.unwrap_or_default();
    let much = much_in_words(analysis, by_weeks);
    let period = estimates.verdict_period.name();
    let evidence = overshoot_in_words(analysis, by_weeks);
    let (sentence, would_change) = match overshoots(analysis, by_weeks) {
        Overshoots::Regularly => (
            say!("Work overshoots regularly, which is the sign of an underlying problem: {evidence}."),
            match of.keeps_happening() {
                true => say!(
                    "If it happened in at most {} of six {period}s, and to no more than a tenth.",
                    Overshoot::OFTEN - 1
                ),
                false => t!("If no more than a tenth overshot, as far as can be told.").to_owned(),
            },
        ),
        Overshoots::No => (
            say!("Work does not overshoot regularly: {evidence}."),
            say!(
                "If it happened in {} of six {period}s, or to more than a tenth beyond doubt.",
                Overshoot::OFTEN
            ),
        ),
        Overshoots::Undated => {
            let (over, undated) = over_undated(analysis, by_weeks);
            (
                say!(
                    "Nobody can say whether it is regular: {} of the {} that went over have no day of finish. Of the work \
                     with one, {evidence}.",
                    say::number(undated),
                    say::number(over)
                ),
                t!("Days of finish, or saying under Data what their statuses mean.").to_owned(),
            )
        }
        Overshoots::TooLittle => (
            say!("Too little to say whether it is regular: {evidence}."),
            say!("More finished work: {} items in six {period}s at least.", Distribution::PLENTY),
        ),
    };
    Answer {
        id: if by_weeks { "over-weeks" } else { "over-months" },
        question: if by_weeks {
            t!("Does work overshoot by weeks?")
        } else {
            t!("Does work overshoot by months?")
        },
        number: share.share().filter(|_| share.n >= Distribution::ENOUGH).map(say::percent),
        unit: say!("over all the time shown took {much} more than estimated, or longer"),
        sentence,
        would_change: Some(would_change),
        explanation: Explanation {
            selection: Some(Selection::Listed(over_by(analysis, by_weeks))),
            items: say!("{} of {}.", say::number(share.within), say::items(share.n)),
            ..explained(
                analysis,
                say!(
                    "Actual − estimate of {much} or more. Regular if it happened in at least {} of the last {} {period}s that \
                     are over, or if Wilson\u{2019}s lower bound of its share in these is over a tenth.",
                    Overshoot::OFTEN,
                    Overshoot::PERIODS
                ),
            )
        },
    }
}

/// The items that took a week more than estimated, or a month, the furthest first.
pub fn over_by(analysis: &Analysis, by_weeks: bool) -> Vec<usize> {
    let estimates = analysis.estimates();
    let much = if by_weeks { estimates.unit.week() } else { estimates.unit.month() };
    let mut over: Vec<&Judged> = estimates.judged.iter().filter(|one| one.is_over_by(much)).collect();
    over.order_by(|a, b| (b.actual - b.estimate).total_cmp(&(a.actual - a.estimate)));
    over.into_iter().map(|one| one.item).collect()
}

fn explained(analysis: &Analysis, definition: String) -> Explanation {
    let estimates = analysis.estimates();
    let judged = Selection::Listed(estimates.judged.iter().map(|one| one.item).collect());
    let mut left_out = Vec::new();
    let mut out = |items: &[usize], said: &str| {
        if !items.is_empty() {
            let n = say::items(items.len());
            left_out.push(LeftOutItems {
                said: format!("{n} {said}"),
                selection: Selection::Listed(items.to_vec()),
            });
        }
    };
    out(&estimates.no_estimate, t!("finished without an estimate"));
    out(&estimates.no_actual, t!("estimated and finished, but nothing says what they took"));
    let open: Vec<usize> = estimates.open.iter().map(|one| one.item).collect();
    out(&open, t!("still in progress: what they took is the least they will take"));
    out(&estimates.given_up, t!("given up"));
    out(&estimates.not_begun, t!("neither finished nor in progress, though work was written down for them"));
    let unclear = match estimates.unclear.len() {
        0 => String::new(),
        n => say!(
            " Of these {} in a status of which nobody has said what it means (under Data): counted as they are.",
            if n == 1 { t!("one is").to_owned() } else { say!("{} are", say::number(n)) }
        ),
    };
    Explanation {
        definition,
        window: analysis.window_in_words(),
        items: say!("{} with both numbers.{unclear}", say::items(estimates.judged.len())),
        selection: Some(judged),
        left_out,
    }
}
