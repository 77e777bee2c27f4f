//! The answers of the Quality page, and the words that others share.

use super::done_in_window;
use crate::metrics::{Attainment, Balance, Distribution, FEWEST, Middle};
use crate::model::{Date, Days, Kind, day_from_number, day_number, days_between};
use crate::order::InOrder;
use crate::report::{Analysis, Answer, Explanation, Selection, say};

/// The answers of the Quality page.
pub fn quality_answers(analysis: &Analysis) -> Vec<Answer> {
    if analysis.no_quality().is_some() {
        return Vec::new();
    }
    match analysis.knows_reports() {
        true => {
            vec![bugs_or_features(analysis), open_bugs(analysis), time_to_fix(analysis), comes_back(analysis)]
        }
        false => vec![bugs_or_features(analysis), comes_back(analysis)],
    }
}

/// "0.8", or "no feature" where nothing can be divided by.
pub fn produced(balance: &Balance) -> Option<String> {
    balance.produced().map(say::factor_of)
}

/// "0.6 to 1.1", or "over 2.1".
pub fn produced_between(balance: &Balance) -> Option<String> {
    let between = balance.produced_between()?;
    let low = say::factor_of(between.low);
    Some(match between.high.is_finite() {
        true => say!("{low} to {}", say::factor_of(between.high)),
        false => say!("over {low}"),
    })
}

/// Whether bugs produced per feature changed from the period before by more than noise; `None` where there is
/// nothing to compare.
pub fn balance_changed(analysis: &Analysis) -> Option<bool> {
    let quality = analysis.quality();
    let comparable = |balance: &Balance| balance.bugs_created + balance.features_finished >= FEWEST;
    let can = quality.has_before && comparable(&quality.now) && comparable(&quality.before);
    can.then(|| quality.now.chance_against(&quality.before) < 0.05)
}

/// "62 bugs were reported and 78 features were finished from 3 Mar to 25 May".
pub fn balance_in_words(analysis: &Analysis) -> String {
    let (balance, when) = headline(analysis);
    say!(
        "{} {} and {} finished from {when}",
        say::counted(balance.bugs_created, t!("bug was"), t!("bugs were")),
        analysis.bugs_were(),
        say::counted(balance.features_finished, t!("feature was"), t!("features were")),
    )
}

fn bugs_or_features(analysis: &Analysis) -> Answer {
    let quality = analysis.quality();
    let (balance, when) = headline(analysis);
    let between = balance.produced_between();
    let (verdict, would_change) = match between {
        None => (t!("Neither bugs nor features"), None),
        Some(i) if i.low > 1.0 && !analysis.knows_reports() => (
            t!("More bugs are fixed than features finished, beyond doubt"),
            Some(t!("Fewer bugs than features, or as many as chance could explain.")),
        ),
        Some(i) if i.high < 1.0 && !analysis.knows_reports() => (
            t!("More features are finished than bugs fixed, beyond doubt"),
            Some(t!("As many bugs as features, as far as chance could explain.")),
        ),
        Some(i) if i.low > 1.0 => (
            t!("More bugs come than features are finished, beyond doubt"),
            Some(t!("Fewer bugs than features, or as many as chance could explain.")),
        ),
        Some(i) if i.high < 1.0 => (
            t!("More features are finished than bugs come, beyond doubt"),
            Some(t!("As many bugs as features, as far as chance could explain.")),
        ),
        Some(_) => (
            t!("Nobody can tell whether bugs or features are more: the difference is within noise"),
            Some(t!("A ratio whose interval leaves out 1, either way.")),
        ),
    };
    let fixed = match balance.bugs_finished {
        _ if !analysis.knows_reports() => {
            t!(" When bugs were reported is not in the data, so what waits is not in it.").to_owned()
        }
        0 => String::new(),
        n => say!(" {} fixed.", say::counted(n, t!("bug was"), t!("bugs were"))),
    };
    let lately = match speaks_for_all(analysis) {
        true => say!(
            " From {} there were only {} and {}: too few to tell of lately.",
            window_of(analysis),
            say::counted(quality.now.bugs_created, "bug", "bugs"),
            say::counted(quality.now.features_finished, "feature", "features")
        ),
        false => String::new(),
    };
    let change = match balance_changed(analysis).filter(|_| !speaks_for_all(analysis)) {
        Some(true) => produced(&quality.before)
            .map(|then| say!(" It was {then} in as many days before: more than noise.")),
        Some(false) => produced(&quality.before)
            .map(|then| say!(" It was {then} in as many days before, which is within noise.")),
        None => None,
    };
    let few = match balance.bugs_created + balance.features_finished {
        n if n < Distribution::PLENTY => t!(" Few data."),
        _ => "",
    };
    let interval = produced_between(&balance).map(|said| say!(" ({said} is likely)")).unwrap_or_default();
    Answer {
        id: "bugs-per-feature",
        question: t!("Do we produce bugs or features?"),
        number: produced(&balance),
        unit: say!("bugs were {} for each feature that was finished{interval}", analysis.bugs_were()),
        sentence: format!(
            "{verdict}. {}.{fixed}{few}{lately}{}",
            say::capital(&balance_in_words(analysis)),
            change.unwrap_or_default()
        ),
        would_change: would_change.map(str::to_owned),
        explanation: Explanation {
            definition: t!("Bugs created (or fixed, where their creation is not known) ÷ features finished in these days, what was given up \
                         left out. Both are counts of what \
                         happens by chance too, so the interval is exact (Clopper–Pearson, 95\u{a0}%). A bug and a feature \
                         count one each, whatever their size; a bug counts when it is reported, whenever it was made. The \
                         change is told where an exact test of both periods gives less than 5\u{a0}%.")
                .to_owned(),
            window: match speaks_for_all(analysis) {
                true => say!("{when}: the last twelve weeks alone hold too little."),
                false => say!("{when}, and as many days before."),
            },
            items: say!(
                "{} {}, {} finished.",
                say::counted(balance.bugs_created, "bug", "bugs"),
                analysis.bugs_were(),
                say::counted(balance.features_finished, "feature", "features")
            ),
            selection: Some(Selection::Listed(match speaks_for_all(analysis) {
                true => quality.counted_in(Date::MIN, Date::MAX),
                false => {
                    let (window, _) = analysis.compared_windows();
                    quality.counted_in(window.from.unwrap_or(Date::MIN), window.to)
                }
            })),
            left_out: Vec::new(),
        },
    }
}

fn window_of(analysis: &Analysis) -> String {
    let (window, _) = analysis.compared_windows();
    let from = window.from.map(say::date).unwrap_or_default();
    say!("{from} to {}", say::date(window.to))
}

/// Whether the compared days hold too little to say anything: then all the time shown speaks.
fn speaks_for_all(analysis: &Analysis) -> bool {
    let quality = analysis.quality();
    let n = |balance: &Balance| balance.bugs_created + balance.features_finished;
    n(&quality.now) < Distribution::PLENTY && n(&quality.whole) > n(&quality.now)
}

/// The bugs and features that the page's ratio is of: of the compared days, or where these hold too little, of all the
/// time shown; and those days in words.
pub fn headline(analysis: &Analysis) -> (Balance, String) {
    let quality = analysis.quality();
    match speaks_for_all(analysis) {
        true => {
            let first = quality.events.first().map_or(analysis.as_of, |(day, _)| *day);
            (quality.whole, say!("{} to {}", say::date(first), say::date(analysis.as_of)))
        }
        false => (quality.now, window_of(analysis)),
    }
}

fn open_bugs(analysis: &Analysis) -> Answer {
    let quality = analysis.quality();
    let n = quality.open_items.len();
    let age = |i: &usize| {
        let created = analysis.dates.get(*i)?.created?;
        analysis.calendar().span(created, analysis.as_of)
    };
    let mut ages: Vec<Days> = quality.open_items.iter().filter_map(age).collect();
    ages.order();
    let middle = ages.get(ages.len().saturating_sub(1) / 2).copied();
    let oldest = ages.last().copied();
    // Counted alike on both days: those whose creation is known.
    let on = |day: Date| analysis.select(&Selection::OpenBugs(day)).len();
    let then = day_from_number(day_number(analysis.as_of) - 84);
    let first = analysis.dates.iter().filter_map(|dates| dates.created).min();
    let trend = match first {
        Some(first) if first <= then => {
            let (before, now) = (on(then), on(analysis.as_of));
            let were = match before {
                _ if before == now => t!("as many were").to_owned(),
                0 => t!("none was").to_owned(),
                1 => t!("one was").to_owned(),
                n => say!("{} were", say::number(n)),
            };
            say!(" Twelve weeks ago {were}.")
        }
        _ => String::new(),
    };
    let ages_said = match (middle, oldest, ages.len()) {
        (Some(only), _, 1) => say!("It is {} old.", analysis.days(only)),
        (Some(middle), Some(oldest), _) => say!(
            "Half of them are {} old or older, the oldest {}.",
            analysis.days(middle),
            analysis.days(oldest)
        ),
        _ => t!("Nothing says since when.").to_owned(),
    };
    let undated = n - ages.len();
    let undated = match undated {
        0 => String::new(),
        n => say!(" Of {} nobody knows since when.", say::number(n)),
    };
    let ages = format!("{ages_said}{undated}");
    Answer {
        id: "open-bugs",
        question: t!("How many bugs are open, and how old?"),
        number: Some(say::number(n)),
        unit: if n == 1 { t!("bug is open").to_owned() } else { t!("bugs are open").to_owned() },
        sentence: match n {
            0 => say!("No bug is open.{trend}"),
            _ => format!("{ages}{trend}"),
        },
        would_change: None,
        explanation: Explanation {
            definition: t!(
                "Bugs that are neither finished nor given up, with the days since they were created."
            )
            .to_owned(),
            window: say!("At the end of {}.", say::date(analysis.as_of)),
            items: format!("{}.", say::counted(n, t!("open bug"), t!("open bugs"))),
            selection: (n > 0).then(|| Selection::Listed(quality.open_items.clone())),
            left_out: Vec::new(),
        },
    }
}

/// A middle with its interval: "9 days (7 to 12 is likely)".
pub fn middle_in_words(analysis: &Analysis, middle: &Middle) -> String {
    let days = |days: f64| analysis.days(Days(days.round().max(0.0) as u32));
    match middle.between {
        Some(i) => say!(
            "{} ({} to {} is likely)",
            days(middle.days),
            say::number(i.low.round().max(0.0) as usize),
            say::number(i.high.round().max(0.0) as usize)
        ),
        None => days(middle.days),
    }
}

fn time_to_fix(analysis: &Analysis) -> Answer {
    let quality = analysis.quality();
    let open = quality.open_items.len();
    let bugs = |i: &usize| analysis.data.items.get(*i).is_some_and(|item| item.kind == Kind::Bug);
    let fixed: Vec<usize> = analysis.lead.timed.iter().map(|timed| timed.item).filter(bugs).collect();
    let sentence = match &quality.fixes {
        None => say!("{} fixed: too few to tell.", say::counted(fixed.len(), t!("bug was"), t!("bugs were"))),
        Some(fixes) => {
            let days = |days: f64| analysis.days(Days(days.round().max(0.0) as u32));
            let change = match quality.fixes_change.filter(|change| change.difference.is_some()) {
                None => String::new(),
                Some(change) => say!(
                    " Half of those fixed {} took {} or less, in as many days before {}: {}.",
                    window_of(analysis),
                    days(change.now),
                    days(change.before),
                    if change.is_more_than_noise() { t!("more than noise") } else { t!("within noise") }
                ),
            };
            let waiting = match open {
                0 => String::new(),
                n => say!(
                    " It is of those that were fixed; {} still open.",
                    if n == 1 { t!("one is").to_owned() } else { say!("{} are", say::number(n)) }
                ),
            };
            say!(
                "Half of the {} that were fixed took {} or less from report to fix.{change}{waiting}",
                say::counted(fixes.n, "bug", "bugs"),
                middle_in_words(analysis, fixes)
            )
        }
    };
    Answer {
        id: "time-to-fix",
        question: t!("How long does a fix take?"),
        number: quality.fixes.map(|fixes| say::number(fixes.days.round().max(0.0) as usize)),
        unit: say!("{} in the middle, from report to fix", analysis.calendar().unit()),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: t!("The median lead time of bugs, from creation to finish, with the interval of a median at 95\u{a0}%. A \
                         change between two periods is told by the bootstrap. What is still open is not \
                         in it, so a pile of old bugs does not lengthen it.")
                .to_owned(),
            window: analysis.window_in_words(),
            items: say!("{} with both days.", say::counted(fixed.len(), t!("fixed bug"), t!("fixed bugs"))),
            selection: Some(Selection::Listed(fixed)),
            left_out: Vec::new(),
        },
    }
}

fn comes_back(analysis: &Analysis) -> Answer {
    let reopened = analysis.quality().reopened;
    let [bugs, all] = reopened.unwrap_or_default();
    let said = |share: Attainment, what: &str| {
        let (part, interval) = share.share().zip(share.interval())?;
        (share.n >= Distribution::ENOUGH).then(|| {
            say!(
                "{} of {} {what} ({}, {} to {} is likely)",
                say::number(share.within),
                say::number(share.n),
                say::percent(part),
                say::percent(interval.low),
                say::percent(interval.high)
            )
        })
    };
    let sentence = match (said(bugs, t!("bugs")), said(all, t!("items in all"))) {
        (Some(bugs), Some(all)) => say!("Of what was done, {bugs} came back, and {all}."),
        (None, Some(all)) => say!("Of what was done, {all} came back."),
        _ if reopened.is_none() => {
            t!("The data keeps no status history, so it can\u{2019}t tell what came back. Jira\u{2019}s REST JSON with changelog, \
             Trello\u{2019}s JSON, a table of stage dates or an event log would.")
                .to_owned()
        }
        _ => t!("Too few histories to tell.").to_owned(),
    };
    Answer {
        id: "reopened",
        question: t!("How much comes back?"),
        number: bugs.share().filter(|_| bugs.n >= Distribution::ENOUGH).map(say::percent),
        unit: t!("of bugs that were done were taken up again").to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: t!("Items whose history has a done status and after it one that is not, other than being given up. The \
                         interval is Wilson\u{2019}s, at 95\u{a0}%.")
                .to_owned(),
            window: say!("First done in the time shown; taken up again by {}.", say::date(analysis.as_of)),
            items: say!("{} whose history says that they were done.", say::items(all.n)),
            selection: Some(Selection::Listed(came_back(analysis))),
            left_out: Vec::new(),
        },
    }
}

fn came_back(analysis: &Analysis) -> Vec<usize> {
    done_in_window(analysis).into_iter().filter(|(_, again)| *again).map(|(i, _)| i).collect()
}

/// Since when there is work in a place: "3 years", "5 months".
pub fn age_in_words(since: Date, as_of: Date) -> String {
    match days_between(since, as_of).max(0) {
        days if days < 60 => say::counted(days as usize, "day", "days"),
        days if days < 730 => say::counted((days / 30) as usize, "month", "months"),
        days => say::counted((days / 365) as usize, "year", "years"),
    }
}
