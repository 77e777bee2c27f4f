//! The answers of the Capacity page: advice with its reason, and the stage that limits the flow, in words.

use super::{AT_ONCE, Advice, BLOCKED_SHARE, CLEAR_IN_WEEKS, Capacity, FAR_TOO_MUCH, Part};
use crate::metrics::{Rate, Relief, Reliefs};
use crate::report::{Analysis, Answer, Explanation, Selection, say};

/// "5.2 items a week (4.0 to 6.7)".
pub fn rate_in_words(rate: &Rate) -> String {
    say!(
        "{} items a week ({} to {})",
        say::decimal(rate.per_week),
        say::decimal(rate.between.low),
        say::decimal(rate.between.high)
    )
}

/// A range of people: "2 to 5", "3", "at least 2".
pub fn people_in_words((low, high): (u32, Option<u32>)) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => say!("{low} to {high}"),
        None => say!("at least {low}"),
    }
}

/// The reason for the advice, with its numbers, as a sentence to read aloud.
pub fn reason(analysis: &Analysis, part: &Part) -> String {
    let late = || {
        say!(
            "{} of {} in progress {} {} old or older",
            say::number(part.late),
            say::number(part.in_progress),
            if part.late == 1 { t!("is") } else { t!("are") },
            analysis.age_limit().map(|limit| analysis.days(limit)).unwrap_or_default()
        )
    };
    let balance = || match (&part.came, &part.went) {
        (Some(came), Some(went)) => {
            say!("{} come in and {} leave", rate_in_words(came), rate_in_words(went))
        }
        (None, Some(went)) => say!("{} leave; what comes in is not known", rate_in_words(went)),
        _ => t!("no whole week has passed").to_owned(),
    };
    let growth = match part.chance_of_growth {
        Some(chance) => say!(", so the open work grows with a chance of {}", say::percent(chance)),
        None => String::new(),
    };
    match part.advice {
        Advice::Unblock => say!(
            "work in progress was blocked for {} of its time: clearing that comes before adding people or work.",
            part.blocked.map(say::percent).unwrap_or_default()
        ),
        Advice::LessAtOnce => {
            let each = match part.at_once() {
                Some(at_once) => say!(
                    "{} for each of {}",
                    say::decimal(at_once),
                    say::counted(part.people.unwrap_or_default() as usize, "person", "people")
                ),
                None => say!("{} in all", say::number(part.in_progress)),
            };
            let age = if part.is_old() { say!(", and {}", late()) } else { String::new() };
            say!(
                "{each} are in progress at once{age}. More people would begin still more: finish some of it first."
            )
        }
        Advice::MorePeople => {
            let each = match part.at_once() {
                Some(at_once) => say!(
                    "With {} in progress for each person too much at once is not the reason. ",
                    say::decimal(at_once)
                ),
                None => String::new(),
            };
            say!("{}{growth}, beyond noise. {each}Either less is asked for, or more people do it.", balance())
        }
        Advice::NoEvidence if part.shrinks => {
            say!("{}: open work shrinks, beyond noise.", balance())
        }
        Advice::NoEvidence => say!("{}{growth}: the difference is within noise.", balance()),
        Advice::CannotTell if part.is_unclear() => say!(
            "{} of {} in progress only because nobody has said what the status means.",
            say::number(part.unclear),
            say::number(part.in_progress)
        ),
        Advice::CannotTell if part.came.is_none() && !part.is_too_little() => {
            say!("{}, so nobody can say whether it is too little.", balance())
        }
        Advice::CannotTell => say!(
            "{} in {}: too little to tell what is missing.",
            say::counted(
                (part.came_in + part.left) as usize,
                t!("item came or left"),
                t!("items came or left")
            ),
            say::counted(part.weeks, t!("whole week"), t!("whole weeks"))
        ),
    }
}

/// What would make the advice another.
pub fn would_change(analysis: &Analysis, part: &Part) -> String {
    match part.advice {
        Advice::Unblock => {
            say!("If it were blocked for less than {} of its time.", say::percent(BLOCKED_SHARE))
        }
        Advice::LessAtOnce => match part.at_once() {
            Some(at_once) if at_once >= FAR_TOO_MUCH => {
                say!("If fewer than {} were in progress for each person.", say::decimal(FAR_TOO_MUCH))
            }
            _ => say!(
                "If less than half of it were as old as {}.",
                analysis.age_limit().map(|limit| analysis.days(limit)).unwrap_or_default()
            ),
        },
        Advice::MorePeople => match &part.came {
            Some(came) => say!(
                "If about {} a week left, or came in no faster than they leave.",
                say::decimal(came.per_week)
            ),
            None => t!("If no more came in than leave.").to_owned(),
        },
        Advice::NoEvidence => {
            let blocked = match part.blocked {
                Some(_) => t!(", or blocked for a quarter of the time"),
                None => "",
            };
            say!(
                "If more came in than leaves, beyond noise; or if too much were in progress at once{blocked}."
            )
        }
        Advice::CannotTell if part.is_unclear() => {
            t!("Saying under Data what these statuses mean.").to_owned()
        }
        Advice::CannotTell if part.came.is_none() && !part.is_too_little() => {
            t!("An export with the days on which items were created.").to_owned()
        }
        Advice::CannotTell => t!("More weeks, in which more comes and goes.").to_owned(),
    }
}

/// How many people would be needed, as a sentence, where more comes in than leaves; `None` where the number of people,
/// or what comes in, is not known.
pub fn needed_in_words(part: &Part) -> Option<String> {
    let [hold, clear] = part.people_needed().filter(|_| part.grows)?;
    let people = part.people?;
    let sure = |(low, high): (u32, Option<u32>)| {
        high.is_some_and(|high| high.saturating_sub(low) <= 2 * people.max(2))
    };
    let weeks = CLEAR_IN_WEEKS;
    if !sure(hold) {
        let least = match hold.0 {
            0 => t!("More comes in than leaves").to_owned(),
            n => say!(
                "It would take at least {} more to hold the open work",
                say::counted(n as usize, "person", "people")
            ),
        };
        return Some(say!("{least}; the weeks vary too much to say how many people that is."));
    }
    let clear = match sure(clear) {
        true => say!("{} to clear it in {weeks} weeks", people_in_words(clear)),
        false => say!("at least {} to clear it in {weeks} weeks", clear.0),
    };
    Some(say!(
        "To hold the open work {} more would be needed, {clear}: reckoned from {} now, as if everybody did as much and new people \
         needed no time.",
        people_in_words(hold),
        say::counted(people as usize, "person", "people")
    ))
}

/// What a part is called: "Everything", "Team Blue".
pub fn name_of(part: &Part) -> String {
    match part.what {
        "All" => t!("Everything").to_owned(),
        what => say!("{} “{}”", t!(what), part.name),
    }
}

/// The answers of the Capacity page.
pub fn capacity_answers(analysis: &Analysis) -> Vec<Answer> {
    let capacity = analysis.capacity();
    let Some(whole) = capacity.parts.first() else { return Vec::new() };
    vec![
        who_must_grow(analysis, capacity, whole),
        balance(analysis, whole),
        at_once(analysis, whole),
        limit(analysis),
    ]
}

/// The parts beside the whole for which the advice is the same.
pub fn advised(capacity: &Capacity, advice: Advice) -> Vec<&Part> {
    capacity.parts.iter().skip(1).filter(|part| part.advice == advice).collect()
}

fn who_must_grow(analysis: &Analysis, capacity: &Capacity, whole: &Part) -> Answer {
    let mut named: Vec<String> = Vec::new();
    for advice in [Advice::MorePeople, Advice::LessAtOnce, Advice::Unblock] {
        let parts = advised(capacity, advice);
        if !parts.is_empty() {
            let names: Vec<String> = parts.iter().take(4).map(|part| name_of(part)).collect();
            let more = match parts.len().saturating_sub(4) {
                0 => String::new(),
                n => say!(" and {n} more"),
            };
            named.push(format!("{}: {}{more}", advice.name(), say::and(&names)));
        }
    }
    let asked = capacity.parts.len() - 1;
    let parts = match (named.as_slice(), asked) {
        (_, 0) => String::new(),
        ([], n) => {
            say!(" None of its {} gives a reason to do anything else.", say::counted(n, "part", "parts"))
        }
        (named, _) => format!(" {}.", named.join(". ")),
    };
    Answer {
        id: "advice",
        question: t!("Which part must grow, and why?"),
        number: None,
        unit: String::new(),
        sentence: format!("{}: {}{parts}", whole.advice.says(), reason(analysis, whole)),
        would_change: Some(would_change(analysis, whole)),
        explanation: Explanation {
            definition: say!(
                "“More people” only where more comes in than leaves beyond noise and too much at once is not the reason; \
                 “less at once” from {} in progress for each person on, or from {} where half of it is as old as the service \
                 level\u{2019}s days; “unblock” where a quarter of the time is blocked, which goes before both. Each part beside the \
                 whole needs more evidence, for many are asked (Benjamini–Hochberg at 10\u{a0}%).",
                say::decimal(FAR_TOO_MUCH),
                say::decimal(AT_ONCE)
            ),
            window: weeks_in_words(analysis, whole),
            items: say!("{}, {} open.", say::items(whole.items.len()), say::number(whole.open())),
            selection: Some(Selection::All),
            left_out: Vec::new(),
        },
    }
}

fn weeks_in_words(analysis: &Analysis, part: &Part) -> String {
    say!(
        "The last {} by {}.",
        say::counted(part.weeks, t!("whole week"), t!("whole weeks")),
        say::date(analysis.as_of)
    )
}

fn balance(analysis: &Analysis, whole: &Part) -> Answer {
    let open = match whole.open() {
        1 => t!("One item is open").to_owned(),
        n => say!("{} items are open", say::number(n)),
    };
    let clear = match whole.weeks_to_clear().filter(|_| !whole.is_unclear() && whole.open() > 0) {
        Some(weeks) if weeks <= 104.0 => say!(
            " {open}; at this pace {} would clear that, if nothing came in.",
            say::counted(weeks.ceil() as usize, "week", "weeks")
        ),
        Some(weeks) => say!(
            " {open}; at this pace {} would clear that, if nothing came in.",
            say::counted((weeks / 52.0).ceil().min(1e6) as usize, "year", "years")
        ),
        None => String::new(),
    };
    let sentence = match (&whole.came, &whole.went) {
        (Some(came), Some(went)) => {
            let verdict = match () {
                () if whole.is_too_little() => t!("Too little comes and leaves to tell"),
                () if whole.grows => t!("Open work grows, beyond noise"),
                () if whole.shrinks => t!("Open work shrinks, beyond noise"),
                () => t!("Open work holds, as far as noise lets one say"),
            };
            say!("{verdict}: {} come in, {} leave.{clear}", rate_in_words(came), rate_in_words(went))
        }
        (None, Some(went)) => say!(
            "The data has no creation dates, so it can\u{2019}t tell what comes in; {} leave.{clear}",
            rate_in_words(went)
        ),
        _ => t!("No whole week has passed.").to_owned(),
    };
    Answer {
        id: "growth",
        question: t!("Does the open work grow?"),
        number: whole.chance_of_growth.filter(|_| !whole.is_too_little()).map(say::percent),
        unit: t!("is the chance that more comes in than leaves").to_owned(),
        sentence,
        would_change: whole.came.map(|_| match () {
            () if whole.is_too_little() => t!("More weeks, in which more comes and goes.").to_owned(),
            () if whole.grows || whole.shrinks => t!("As many that leave as come in, within noise.").to_owned(),
            () => t!("A difference of the weekly means that is more than noise.").to_owned(),
        }),
        explanation: Explanation {
            definition: t!("Items created, and items finished or given up, a week; the intervals are those of Poisson counts at \
                         95\u{a0}%, wider where the weeks vary more than that. The chance is that of the rates behind them, told \
                         by Jeffreys\u{2019} prior. Beyond noise is by Welch\u{2019}s test of the weekly counts, as on the Cadence page.")
                .to_owned(),
            window: weeks_in_words(analysis, whole),
            items: say!(
                "{} came, {} left, {} open.",
                say::items(whole.came_in as usize),
                say::number(whole.left as usize),
                say::number(whole.open())
            ),
            selection: Some(Selection::All),
            left_out: Vec::new(),
        },
    }
}

fn at_once(analysis: &Analysis, whole: &Part) -> Answer {
    let people = match (whole.people, whole.people_said) {
        (None, _) => {
            t!("Nobody is named in the data, so it is not known how many people there are; say it below.")
                .to_owned()
        }
        (Some(people), true) => say!("You said that there are {people}."),
        (Some(people), false) => say!(
            "{} to whom work was assigned lately.",
            if people == 1 { t!("It is one person").to_owned() } else { say!("There are {people} people") }
        ),
    };
    let blocked = match whole.blocked {
        Some(share) => say!(" Work was blocked for {} of its time.", say::percent(share)),
        None => t!(" Nothing says for how long work is blocked.").to_owned(),
    };
    let late = match (whole.in_progress, analysis.age_limit()) {
        (0, _) | (_, None) => String::new(),
        _ if whole.is_unclear() => {
            t!(" Nobody has said what the status of most of them means, so it can\u{2019}t be told whether that is too much.")
                .to_owned()
        }
        (n, Some(limit)) => say!(
            " {} of {} {} {} old or older.",
            say::number(whole.late),
            say::number(n),
            if whole.late == 1 { t!("is") } else { t!("are") },
            analysis.days(limit)
        ),
    };
    Answer {
        id: "at-once",
        question: t!("Is too much begun at once?"),
        number: whole.at_once().map(say::decimal),
        unit: t!("in progress for each person").to_owned(),
        sentence: say!(
            "{} in progress. {people}{late}{blocked}",
            if whole.in_progress == 1 { t!("One item is").to_owned() } else { say!("{} items are", say::number(whole.in_progress)) }
        ),
        would_change: None,
        explanation: Explanation {
            definition: t!("Items in progress ÷ people: as many as work in progress, or finished in these weeks, is assigned to, or \
                         as many as you said. Only their number is looked at. Blocked is the share of the days in progress.")
                .to_owned(),
            window: say!("In progress at the end of {}.", say::date(analysis.as_of)),
            items: say!("{} in progress.", say::items(whole.in_progress)),
            selection: Some(Selection::InProgress(analysis.as_of)),
            left_out: Vec::new(),
        },
    }
}

/// The stage that limits the flow, if one is told: it would bring half a day at least, a gain beyond doubt, and more
/// than any other in nine of ten resampled histories.
pub fn limiting(reliefs: &Reliefs) -> Option<&Relief> {
    reliefs
        .stages
        .first()
        .filter(|first| first.gain >= 0.5 && first.between.low > 0.0 && first.chance_to_be_first >= 0.9)
}

/// "In Review", with what waits before it: "In Review, with the wait before it".
pub fn stage_name(analysis: &Analysis, relief: &Relief) -> String {
    let name =
        |place: usize| analysis.workflow().columns.get(place).map_or("", |column| column.name.as_str());
    match relief.queue.len() {
        0 => say::quoted(name(relief.column)),
        _ => say!("“{}” with the wait before it", name(relief.column)),
    }
}

/// A gain in elapsed days: "2.6 days (2.2 to 3.1 is likely)".
pub fn gain_in_words(relief: &Relief) -> String {
    let days = |x: f64| say::decimal(x.max(0.0));
    say!(
        "{}\u{a0}days ({} to {} is likely)",
        days(relief.gain),
        days(relief.between.low),
        days(relief.between.high)
    )
}

/// Which stage limits the flow and what relief would bring; `None` without histories.
pub fn limit_in_words(analysis: &Analysis) -> Option<String> {
    let reliefs = analysis.reliefs();
    let first = reliefs.stages.first()?;
    let percent = say::ordinal(analysis.counting().sle_percent);
    let from = say!("{}\u{a0}elapsed days", say::decimal(reliefs.now.max(0.0)));
    Some(match limiting(reliefs) {
        Some(stage) => say!(
            "{} limits the flow: {} of the time is spent there. If stays were half as long, the {percent} percentile of {from} \
             would come down by {}",
            stage_name(analysis, stage),
            say::percent(stage.share),
            gain_in_words(stage)
        ),
        None => {
            let close: Vec<String> = reliefs
                .stages
                .iter()
                .filter(|stage| stage.chance_to_be_first >= 0.1)
                .take(3)
                .map(|stage| stage_name(analysis, stage))
                .collect();
            match first.gain > 0.0 && close.len() > 1 {
                true => say!(
                    "No single stage limits the flow: {} may each be first. Halving stays in {} would bring the most, {} off \
                     the {percent} percentile of {from}",
                    say::and(&close),
                    stage_name(analysis, first),
                    gain_in_words(first)
                ),
                false => say!(
                    "No stage is told to limit the flow: relief of none is sure to shorten the {percent} percentile of {from}"
                ),
            }
        }
    })
}

fn limit(analysis: &Analysis) -> Answer {
    let reliefs = analysis.reliefs();
    let limiting = limiting(reliefs);
    let sentence = match (limit_in_words(analysis), analysis.no_reliefs()) {
        (Some(said), _) => format!("{said}."),
        (None, why) => why.unwrap_or_default(),
    };
    Answer {
        id: "limit",
        question: t!("Which stage limits the flow?"),
        number: limiting.map(|stage| say::decimal(stage.gain)),
        unit: say!(
            "days less at the {} percentile, if stays in that stage were half as long",
            say::ordinal(analysis.counting().sle_percent)
        ),
        sentence,
        would_change: (!reliefs.stages.is_empty()).then(|| match limiting {
            Some(_) => t!("Another stage whose relief brings as much.").to_owned(),
            None => t!("One stage whose relief brings more than any other in nine of ten resampled histories.").to_owned(),
        }),
        explanation: Explanation {
            definition: t!("What happened is replayed with stays in one stage, and in the waiting statuses before it, half as long: \
                         each item goes on as much earlier, but no stage holds more at once than it ever did, so that work may \
                         wait at the next instead. Gains are in elapsed days, resampled 400 times by items; likely is nine in \
                         ten. People who help out are taken from nowhere, so it says where relief helps, not what it costs.")
                .to_owned(),
            window: analysis.window_in_words(),
            items: say!("{} finished with a history.", say::items(reliefs.items)),
            selection: None,
            left_out: Vec::new(),
        },
    }
}
