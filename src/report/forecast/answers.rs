//! The answers of the Forecast page, and the words that others share.

use super::{Forecaster, MOVED_OVER, Record, Said, Scenario, Told, told};
use crate::forecast::{LEVELS, PLAIN, Question, Unit, Why};
use crate::model::{Date, day_from_number, day_number, days_between};
use crate::report::{Analysis, Answer, Explanation, Selection, say};

/// Where the line that is told first stands among [`LEVELS`].
pub const TOLD: usize = 2;

/// What stands where the past is still being asked.
pub const WAITING: &str = "What this would have said in every past week is being looked for.";

/// What stands for a day beyond ten years.
const NEVER: &str = "no day within ten years";

/// The answers of the Forecast page; none where nothing can be told or the past is still being replayed.
pub fn forecast_answers(analysis: &Analysis) -> Vec<Answer> {
    let Some(forecaster) = analysis.forecaster() else { return Vec::new() };
    let plain = told(analysis, forecaster, &Scenario::as_it_is());
    vec![
        when(analysis, forecaster, &plain),
        how_many(analysis, forecaster, &plain),
        record(forecaster),
        slips(analysis),
    ]
}

/// "50 %: 3 May; 70 %: 10 May …" of the other levels than the told one.
fn others(says: impl Fn(usize) -> String) -> String {
    let rest = (0..LEVELS.len()).filter(|level| *level != TOLD);
    let said: Vec<String> = rest.map(|level| say!("{} with {}\u{a0}%", says(level), LEVELS[level])).collect();
    say::and(&said)
}

/// The day, or that there is none.
pub fn day_or_never(day: Option<Date>) -> String {
    day.map_or(t!(NEVER).to_owned(), say::date)
}

/// "the 20 items", "all 34 open items".
pub fn asked_in_words(analysis: &Analysis) -> String {
    let n = analysis.asked_items() as usize;
    match analysis.filter.items {
        Some(_) => say::counted(n, "item", "items"),
        None => match n {
            1 => t!("the one open item").to_owned(),
            _ => say!("all {} open items", say::number(n)),
        },
    }
}

fn few(forecaster: &Forecaster) -> String {
    match forecaster.has_few_data() {
        true => say!(
            " Few data: only {} so far.",
            say::counted(forecaster.history.weeks.len(), t!("whole week"), t!("whole weeks"))
        ),
        false => String::new(),
    }
}

fn when(analysis: &Analysis, forecaster: &Forecaster, plain: &Told) -> Answer {
    let n = analysis.asked_items();
    let what = asked_in_words(analysis);
    let knows_arrivals = forecaster.history.weeks.iter().any(|week| week.came > 0);
    let growing = || told(analysis, forecaster, &Scenario::growing());
    let grows = match (n, knows_arrivals) {
        // Of some items that are asked for it matters not what comes in behind them.
        _ if analysis.filter.items.is_some() => String::new(),
        (0, _) => String::new(),
        (_, false) => t!(" When items came up is not in the data, so new work can\u{2019}t be counted in.").to_owned(),
        (_, true) => match growing().done[TOLD] {
            Some(day) => say!(
                " If new work comes in as it did, and is done as well, it is all done by {} with 85\u{a0}%.",
                say::date(day)
            ),
            None => t!(" But new work comes in as fast as work is done: counted in, there is no day by which all is done with 85\u{a0}%.")
                .to_owned(),
        },
    };
    let (number, sentence) = match (n, plain.done[TOLD]) {
        (0, _) => (None, t!("Nothing is open. Ask for a number of items.").to_owned()),
        (_, Some(day)) => (
            Some(say::date(day)),
            say!(
                "If nothing is added: {}.{grows}{}",
                others(|level| day_or_never(plain.done[level])),
                few(forecaster)
            ),
        ),
        (_, None) => (
            None,
            say!(
                "There is no day within ten years by which {what} are done with 85\u{a0}%{}.{}",
                match plain.done.iter().any(Option::is_some) {
                    true => format!(": {}", others(|level| day_or_never(plain.done[level]))),
                    false => t!(", nor with 50\u{a0}%").to_owned(),
                },
                few(forecaster)
            ),
        ),
    };
    Answer {
        id: "when",
        question: t!("When is it done?"),
        number,
        unit: say!("{what}, 85\u{a0}% sure"),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "The first day by whose end {what} are finished with that chance, counted in whole {} from {}. {}",
                units(forecaster.choice.method.unit),
                say::date(analysis.as_of),
                chosen_in_words(forecaster)
            ),
            window: window(analysis, forecaster),
            items: match analysis.filter.items {
                Some(n) => say!("Asked for {}.", say::items(n as usize)),
                None => say!("{} open.", say::items(n as usize)),
            },
            selection: analysis.filter.items.is_none().then(|| Selection::Listed(analysis.open_items())),
            left_out: Vec::new(),
        },
    }
}

/// "weeks" or "days".
pub fn units(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => t!("days"),
        Unit::Week => t!("weeks"),
    }
}

/// The weeks that a forecast may use.
pub fn window(analysis: &Analysis, forecaster: &Forecaster) -> String {
    let history = &forecaster.history;
    let last = history.day_before(history.weeks.len());
    let cut = match days_between(last, analysis.as_of) {
        0 => String::new(),
        _ => t!(" The week that is not over is left out.").to_owned(),
    };
    say!(
        "{} from {} to {}, which the method may use.{cut}",
        say::capital(&say::counted(history.weeks.len(), t!("whole week"), t!("whole weeks"))),
        say::date(history.first),
        say::date(last)
    )
}

fn finished_in(forecaster: &Forecaster) -> (String, Selection) {
    let history = &forecaster.history;
    let weeks = history.weeks.len();
    let (from, to) = (history.first, history.day_before(weeks));
    let n = history.finished(0..weeks) as usize;
    (say!("{} finished in these weeks.", say::items(n)), Selection::Finished { from, to })
}

fn how_many(analysis: &Analysis, forecaster: &Forecaster, plain: &Told) -> Answer {
    let by = analysis.asked_by();
    let (items, selection) = finished_in(forecaster);
    let unit = forecaster.choice.method.unit;
    let periods = crate::forecast::Ahead::of(analysis.as_of).periods_until(by, unit);
    let rest = match (unit, days_between(analysis.as_of, by) % 7) {
        (Unit::Week, rest @ 1..) => {
            say!(
                " Of the week after, its first {} count for their part.",
                say::counted(rest as usize, "day", "days")
            )
        }
        _ => String::new(),
    };
    Answer {
        id: "how-many",
        question: t!("How many by then?"),
        number: Some(say::number(plain.how_many[TOLD] as usize)),
        unit: say!("items or more by {}, 85\u{a0}% sure", say::date(by)),
        sentence: say!(
            "In {}: {}.{rest}{}",
            match unit {
                Unit::Day => say::counted(periods, "day", "days"),
                Unit::Week => say::counted(periods, "week", "weeks"),
            },
            others(|level| say!("{} or more", say::number(plain.how_many[level] as usize))),
            few(forecaster)
        ),
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "The largest number of items that is reached or passed by that day with that chance. {}",
                chosen_in_words(forecaster)
            ),
            window: window(analysis, forecaster),
            items,
            selection: Some(selection),
            left_out: Vec::new(),
        },
    }
}

/// Which method speaks, why, and whether it is widened.
pub fn chosen_in_words(forecaster: &Forecaster) -> String {
    let choice = &forecaster.choice;
    let method = choice.method;
    let why = match choice.why {
        Why::TooLittle => {
            t!(
                "There is too little past to choose a method by, so it is the one that did best on public teams"
            )
        }
        Why::NoneBetter => t!("On the earlier half of the past no other method was clearly better"),
        Why::Better => t!("On the earlier half of the past it did best"),
        Why::Asked => t!("It was asked for"),
    };
    let widened = match choice.sigma {
        sigma if sigma > 0.0 => say!(
            " There its 85\u{a0}% came true less often than luck explains, so it is widened: as if the pace itself could well be {} too fast or too slow.",
            say::times(sigma.exp())
        ),
        _ => String::new(),
    };
    format!("{} {}. {why}.{widened}", say::quoted(t!(method.name)), t!(method.says))
}

/// "Of 187 forecasts of how many in 4 weeks, 86 % came true at 85 % (72 to 93 % is likely, 47 do not overlap)"; `None`
/// without any.
pub fn record_in_words(record: &Record) -> Option<String> {
    let score = &record.chosen;
    let (share, between) = (score.share(TOLD)?, score.between(TOLD)?);
    let asked = match record.question {
        Question::HowMany { weeks } => say!("how many in {weeks}\u{a0}weeks"),
        Question::When { items } => say!("when {} are done", say::items(items as usize)),
    };
    Some(say!(
        "Of {} forecasts of {asked}, {} came true at 85\u{a0}% ({} to {} is likely, for only {} do not overlap)",
        say::number(score.trials),
        say::percent(share),
        say::percent(between.low),
        say::percent(between.high),
        say::number(score.apart)
    ))
}

/// Whether the interval of what came true leaves out what was said.
fn verdict(record: &Record) -> Option<&'static str> {
    let between = record.chosen.between(TOLD)?;
    Some(match () {
        () if between.low > 0.85 => t!("It is more careful than it says"),
        () if between.high < 0.85 => t!("It came true less often than it said: trust it less"),
        () => t!("As often as it said, as far as can be told"),
    })
}

fn record(forecaster: &Forecaster) -> Answer {
    let record = &forecaster.records[0];
    let share = record.chosen.share(TOLD);
    let (number, sentence) = match (share, verdict(record), record_in_words(record)) {
        (Some(share), Some(verdict), Some(said)) => (
            Some(say::percent(share)),
            format!("{verdict}. {said}. {}", against(record, forecaster.choice.method == PLAIN)),
        ),
        _ => (
            None,
            say!(
                "There is no past to hold it against yet: {} whole weeks and four more are the least.",
                crate::forecast::LEAST_KNOWN
            ),
        ),
    };
    let since = record.trials.first().map(|trial| forecaster.history.day_before(trial.known));
    let last = record.trials.last().map(|trial| forecaster.history.day_before(trial.known));
    let (items, selection) = finished_in(forecaster);
    Answer {
        id: "record",
        question: t!("How often did this come true?"),
        number,
        unit: t!("of what was said with 85\u{a0}% came true, in 4\u{a0}weeks").to_owned(),
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "At the end of each past week, what this method would have said by what was finished until then, held against \
                 what came. {} Weeks that \
                 overlap share most of their answer: the interval (Wilson, 95\u{a0}%) counts only as many as do not. How far off it is is the \
                 mean pinball loss, over 50, 70, 85 and 95\u{a0}%.",
                match forecaster.choice.why {
                    Why::Better | Why::NoneBetter => {
                        t!(
                            "The method was chosen on the earlier half of the past; this is the later half, which it was not chosen by."
                        )
                    }
                    Why::TooLittle | Why::Asked => t!("The method was chosen by none of these weeks."),
                }
            ),
            window: match since.zip(last) {
                Some((since, last)) => {
                    say!("Asked at the end of each week from {} to {}.", say::date(since), say::date(last))
                }
                None => t!("No week can be asked yet.").to_owned(),
            },
            items,
            selection: Some(selection),
            left_out: Vec::new(),
        },
    }
}

/// How the usual ways would have done.
fn against(record: &Record, is_plain: bool) -> String {
    let (ours, plain, velocity) =
        (record.chosen.mean_pinball(), record.plain.mean_pinball(), record.velocity.mean_pinball());
    let off = |other: f64| match other {
        other if ours <= 0.0 && other > 0.0 => t!("by more").to_owned(),
        other if other <= 0.0 || (other / ours - 1.0).abs() < 0.005 => t!("by as much").to_owned(),
        other if ours < other => say!("by {} more", say::percent(other / ours - 1.0)),
        other => say!("by {} less", say::percent(1.0 - other / ours)),
    };
    match is_plain {
        true => say!("The average velocity would have been off {}.", off(velocity)),
        false => say!(
            "Drawing from all history alike, as most tools do, would have been off {}, the average velocity {}.",
            off(plain),
            off(velocity)
        ),
    }
}

/// "3 days a week", with its direction.
pub fn moves_in_words(moves: f64) -> String {
    let tenths = (moves.abs() * 10.0).round();
    match tenths {
        _ if moves.abs() < 0.95 => t!("less than a day").to_owned(),
        10.0 => t!("1\u{a0}day").to_owned(),
        _ if tenths % 10.0 == 0.0 => say!("{}\u{a0}days", say::number((tenths / 10.0) as usize)),
        _ => say!("{}\u{a0}days", say::decimal(moves.abs())),
    }
}

fn slips(analysis: &Analysis) -> Answer {
    let (number, unit, sentence) = match (analysis.moves(), analysis.moved()) {
        (Some(moves), Some((then, now))) => {
            let how = t!(direction(moves));
            let meaning = match moves {
                m if m >= 7.5 => t!("It moves away faster than time goes by.").to_owned(),
                m if m >= 6.5 => {
                    t!("It is as far ahead as ever: it moves away as fast as time goes by.").to_owned()
                }
                m if m >= 0.5 => {
                    say!("It comes nearer by {} a week instead of seven.", moves_in_words(7.0 - m))
                }
                m if m <= -0.5 => t!("It gets done faster than was to be expected.").to_owned(),
                _ => t!("It stays where it was.").to_owned(),
            };
            let said = |said: &Said| {
                let day = said.done[TOLD].unwrap_or(said.on);
                say!(
                    "{} with {} to do it was {}, {} ahead",
                    say::date(said.on),
                    say::number(said.open as usize),
                    say::date(day),
                    say::counted(
                        usize::try_from(days_between(said.on, day)).unwrap_or_default(),
                        "day",
                        "days"
                    )
                )
            };
            let from = say!(" On {}; on {}.", said(&then), said(&now));
            let number = match how {
                "" => t!("0\u{a0}days").to_owned(),
                _ => moves_in_words(moves),
            };
            (Some(number), say!("a week {how}").trim_end().to_owned(), format!("{meaning}{from}"))
        }
        _ => (None, String::new(), no_slip(analysis)),
    };
    Answer {
        id: "slips",
        question: t!("Is the day moving?"),
        number,
        unit,
        sentence,
        would_change: None,
        explanation: Explanation {
            definition: say!(
                "What this forecast would have said at the end of each past week of {}, from \
                 the items\u{2019} dates alone: the day of now less that of {MOVED_OVER}\u{a0}weeks before, for each week between. A day that \
                 stays as far ahead as ever moves by 7 days a week.",
                said_of(analysis)
            ),
            window: match analysis.said().first().zip(analysis.said().last()) {
                Some((first, last)) => {
                    say!("Each week from {} to {}.", say::date(first.on), say::date(last.on))
                }
                None => t!("No week can be asked.").to_owned(),
            },
            items: t!("The items that were open at the end of each week.").to_owned(),
            selection: Some(Selection::Listed(analysis.open_items())),
            left_out: Vec::new(),
        },
    }
}

/// What each past week is asked of.
pub fn said_of(analysis: &Analysis) -> &'static str {
    match analysis.filter.items {
        Some(_) => t!("the same goal (what is to do now and what was finished since)"),
        None => t!("the items that were open then"),
    }
}

/// "later", "sooner", or nothing where it stays.
pub fn direction(moves: f64) -> &'static str {
    match moves {
        m if m >= 0.5 => "later",
        m if m <= -0.5 => "sooner",
        _ => "",
    }
}

/// Why it can\u{2019}t be told how the day moves.
pub fn no_slip(analysis: &Analysis) -> String {
    if !analysis.is_said_known() {
        return t!(WAITING).to_owned();
    }
    let knows_arrivals = analysis.dates.iter().any(|dates| dates.created.is_some());
    if analysis.filter.items.is_none() && !knows_arrivals {
        return t!("The file does not say when items were created, so what was open in the past is not known. Ask for a number of \
                items: a goal needs no such days.")
            .to_owned();
    }
    if analysis.said().len() <= MOVED_OVER / 2 {
        return say!("There are too few weeks to tell: {} are the least.", MOVED_OVER / 2 + 5);
    }
    match analysis.said().last() {
        Some(said) if said.open > 0 && said.done[TOLD].is_none() => {
            t!("There is no day within ten years any more by which all that is open is done with 85\u{a0}%.").to_owned()
        }
        _ => t!("For most of the last weeks there was nothing open or no day within ten years, so there is nothing that could move.").to_owned(),
    }
}

/// The last day a picture of what is ahead shows: that of the widest line, or of the day that is asked for.
pub fn horizon(analysis: &Analysis, told: &Told) -> Date {
    // Where it is never done, a year shows the pace.
    let year = day_from_number(day_number(analysis.as_of) + 364);
    let latest = told.done.iter().flatten().max().copied().unwrap_or(year);
    let most = day_from_number(day_number(analysis.as_of) + 3 * 366);
    // A little further, so that the last line does not end at the edge.
    let beyond = day_number(latest.max(analysis.asked_by())) + 7;
    day_from_number(beyond + (beyond - day_number(analysis.as_of)) / 16).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Filter;
    use crate::report::testing::finished_weekly;

    #[test]
    fn answers_come_with_what_they_rest_on() {
        let weeks: Vec<u32> = (0..120).map(|n| 2 + n % 5).collect();
        let whole = finished_weekly(&weeks, false);
        let analysis = Analysis::looking_at(&whole.basis, &Filter { items: Some(20), ..Filter::default() });
        assert!(forecast_answers(&analysis).is_empty(), "the past is not replayed yet");
        analysis.forecast_now();
        let answers = forecast_answers(&analysis);
        let [when, many, record, slips] = answers.as_slice() else { panic!("{}", answers.len()) };
        assert!(when.number.is_some() && when.sentence.contains("50\u{a0}%"), "{}", when.sentence);
        assert!(!when.sentence.contains("100\u{a0}%") && many.number.is_some(), "{}", many.sentence);
        assert!(record.sentence.contains("do not overlap"), "{}", record.sentence);
        assert!(slips.number.is_some() && slips.sentence.contains("to do"), "a goal needs no creation dates");
        whole.forecast_now();
        let of_all = forecast_answers(&whole);
        assert!(of_all[3].number.is_none() && of_all[3].sentence.contains("not say when items were created"));
        let other = Analysis::looking_at(&whole.basis, &Filter { items: Some(30), ..Filter::default() });
        other.forecast_like(&analysis);
        assert!(other.forecaster().is_some() && other.asked_record().is_none());
        let method = Filter { method: Some("weeks-12".into()), ..Filter::default() };
        let other = Analysis::looking_at(&whole.basis, &method);
        other.forecast_like(&analysis);
        assert!(other.forecaster().is_none());
        assert_eq!(other.forecast_now().unwrap().choice.method.id, "weeks-12");
    }

    #[test]
    fn days_a_week_read_well() {
        assert_eq!(moves_in_words(1.0), "1\u{a0}day");
        assert_eq!(moves_in_words(-2.5), "2.5\u{a0}days");
        assert_eq!(moves_in_words(0.3), "less than a day");
        assert_eq!(moves_in_words(11.0), "11\u{a0}days");
    }
}
