//! Around the forecast: what is ahead, what became of what was said, the methods, and how the day has moved.

use super::{Column, Figure, FigureText, Table};
use crate::forecast::{Ahead, HORIZONS, LEAST_KNOWN, LEAST_TO_CHOOSE, LEVELS, MARGIN, Why};
use crate::model::{Date, day_number};
use crate::report::forecast::{
    Forecaster, MOVED_OVER, Scenario, TOLD, Told, WAITING, asked_in_words, day_or_never, direction, horizon,
    moves_in_words, no_slip, record_in_words, said_of, told,
};
use crate::report::{Analysis, say};

pub static AHEAD: Figure =
    Figure { id: "ahead", name: "What is ahead", text: ahead_text, tables: ahead_tables };
pub static KEPT: Figure =
    Figure { id: "kept", name: "What was said, and what came", text: kept_text, tables: kept_tables };
pub static METHODS: Figure =
    Figure { id: "methods", name: "The methods", text: methods_text, tables: methods_tables };
pub static MOVED: Figure =
    Figure { id: "moved", name: "How the day has moved", text: moved_text, tables: moved_tables };

/// The chances of the lines of the fan, from the most likely reached to the least.
pub const FAN: [f64; 7] = [0.95, 0.85, 0.7, 0.5, 0.3, 0.15, 0.05];

/// More points than these a line does not need.
const POINTS: usize = 40;

/// So many of the newest trials are drawn.
pub const DRAWN_TRIALS: usize = 156;

/// How many items are likely to be done by each of some days.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// From the day the numbers speak for on.
    pub days: Vec<Date>,
    /// For each day, one number for each of [`FAN`]; those that reach the top are cut there.
    pub lines: Vec<[u32; 7]>,
    /// The highest number that is told.
    pub top: u32,
    pub told: Told,
}

fn forecaster(analysis: &Analysis) -> Result<&Forecaster, String> {
    if let Some(why) = analysis.no_forecast() {
        return Err(why);
    }
    analysis.forecaster().map(AsRef::as_ref).ok_or_else(|| t!(WAITING).to_owned())
}

/// The fan of what is ahead; `None` where nothing can be told.
pub fn fan(analysis: &Analysis) -> Option<&Fan> {
    let forecaster = forecaster(analysis).ok()?;
    Some(analysis.later.fan.get_or_init(|| draw_fan(analysis, forecaster)))
}

fn draw_fan(analysis: &Analysis, forecaster: &Forecaster) -> Fan {
    let told = told(analysis, forecaster, &Scenario::as_it_is());
    let outlook = forecaster.outlook();
    let ahead = Ahead::of(analysis.as_of);
    let periods = ahead.periods_until(horizon(analysis, &told), outlook.unit).max(1);
    let [high] = outlook.how_many(periods, [0.15]);
    let reached = high.max(told.how_many[0]).max(1);
    // Far more than can be reached must not make the rest flat.
    let top = analysis.asked_items().clamp(reached, reached.saturating_mul(2));
    let top = top.saturating_add(top.div_ceil(8));
    let step = periods.div_ceil(POINTS);
    let mut points: Vec<usize> = (0..=periods).step_by(step).collect();
    if points.last() != Some(&periods) {
        points.push(periods);
    }
    let day = |&n: &usize| ahead.day(u32::try_from(n).unwrap_or(u32::MAX), outlook.unit);
    Fan { days: points.iter().map(day).collect(), lines: outlook.lines(&points, top, FAN), top, told }
}

fn ahead_text(analysis: &Analysis) -> Result<FigureText, String> {
    let forecaster = forecaster(analysis)?;
    let told = told(analysis, forecaster, &Scenario::as_it_is());
    let what = say::capital(&asked_in_words(analysis));
    let finding = match (analysis.asked_items(), told.done[0], told.done[TOLD]) {
        (0, ..) => say!(
            "By {} at least {} are done, with 85\u{a0}%",
            say::date(analysis.asked_by()),
            say::items(told.how_many[TOLD] as usize)
        ),
        (_, Some(half), Some(day)) => say!(
            "{what}: done by {} with 85\u{a0}%, by {} with 50\u{a0}%, if nothing is added",
            say::date(day),
            say::date(half)
        ),
        (_, half, day) => {
            say!("{what}: {} with 50\u{a0}%, {} with 85\u{a0}%", day_or_never(half), day_or_never(day))
        }
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "Items finished from {} on. The line is as likely to be passed as not; the inner band holds what comes true in seven of ten futures, the outer one in nine of ten. {}",
            say::date(analysis.as_of),
            match analysis.asked_items() {
                0 => "",
                _ => t!(
                    "The dashed line is what is to be done: where the bands cross it, it is done; the dots are 50, 70, 85 and 95\u{a0}%."
                ),
            }
        ),
    })
}

fn ahead_tables(analysis: &Analysis) -> Vec<Table> {
    let Some(Fan { days, lines, told, top }) = fan(analysis) else { return Vec::new() };
    let levels = || LEVELS.map(|level| Column::number(format!("{level}\u{a0}%")));
    let done = Table {
        title: say!("The day by which {} are done", asked_in_words(analysis)),
        columns: levels().into(),
        rows: vec![told.done.map(day_or_never).into()],
    };
    let chances = FAN.map(|chance| Column::number(format!("{:.0}\u{a0}%", chance * 100.0)));
    let rows = days.iter().zip(lines).map(|(day, line)| {
        // What goes on beyond the picture was not counted further.
        let number = |n: &u32| {
            if n < top { say::number(*n as usize) } else { say!("{} or more", say::number(*n as usize)) }
        };
        let numbers = line.iter().map(number);
        std::iter::once(say::date(*day)).chain(numbers).collect()
    });
    let many = Table {
        title: t!("At least so many items are finished by the day, with that chance").to_owned(),
        columns: std::iter::once(Column::text(t!("By"))).chain(chances).collect(),
        rows: rows.collect(),
    };
    vec![done, many]
}

fn kept_text(analysis: &Analysis) -> Result<FigureText, String> {
    let forecaster = forecaster(analysis)?;
    let record = &forecaster.records[0];
    let Some(said) = record_in_words(record) else {
        return Err(say!(
            "There is no past to hold a forecast against yet: {} whole weeks are the least, and {} now.",
            LEAST_KNOWN + HORIZONS[0],
            say::counted(forecaster.history.weeks.len(), t!("is there"), t!("are there"))
        ));
    };
    let missed = record.trials.iter().filter(|trial| trial.came < trial.said[TOLD]).count();
    let shown = record.trials.len().min(DRAWN_TRIALS);
    let newest = match shown < record.trials.len() {
        true => say!("The newest {} of {}. ", say::number(shown), say::number(record.trials.len())),
        false => String::new(),
    };
    let judged = match forecaster.choice.why {
        Why::Better | Why::NoneBetter => {
            t!("the method was chosen by the weeks before these, and not by these")
        }
        Why::TooLittle | Why::Asked => t!("the method was not chosen by any of these weeks"),
    };
    let empty = record.trials.iter().filter(|trial| trial.said[TOLD] <= 0.0).count();
    let empty = match empty {
        0 => String::new(),
        n => say!(
            " {} said 0 or more with 85\u{a0}%, which can\u{2019}t fail.",
            say::counted(n, "week", "weeks")
        ),
    };
    let others: Vec<String> = forecaster.records[1..]
        .iter()
        .chain(analysis.asked_record())
        .filter_map(record_in_words)
        .map(|said| format!(" {said}."))
        .collect();
    Ok(FigureText {
        finding: said,
        caption: say!(
            "{newest}At the end of each week, what was said of the next {}\u{a0}weeks: the band reaches from what was to be passed with 95\u{a0}% to what was to be \
             passed with 50\u{a0}%. The dot is what came; {} below what was said with 85\u{a0}% {} a diamond. Above the band more came than was as likely as not. Only what was known then counts, and {judged}.{}",
            HORIZONS[0],
            say::counted(missed, "week", "weeks"),
            if missed == 1 { t!("is") } else { t!("are") },
            empty + &others.concat()
        ),
    })
}

fn kept_tables(analysis: &Analysis) -> Vec<Table> {
    let Ok(forecaster) = forecaster(analysis) else { return Vec::new() };
    let history = &forecaster.history;
    let scores = Table {
        title: t!("How often it came true, and how far off it was").to_owned(),
        columns: [t!("Asked"), t!("Told by")]
            .map(Column::text)
            .into_iter()
            .chain(LEVELS.map(|level| Column::number(say!("{level}\u{a0}% came true"))))
            .chain([t!("Forecasts"), t!("That do not overlap"), t!("Mean pinball loss")].map(Column::number))
            .collect(),
        rows: forecaster
            .records
            .iter()
            .chain(analysis.asked_record())
            .flat_map(|record| {
                let asked = match record.question {
                    crate::forecast::Question::HowMany { weeks } => say!("How many in {weeks} weeks"),
                    crate::forecast::Question::When { items } => {
                        say!("When {} are done", say::items(items as usize))
                    }
                };
                let by = [
                    (t!(forecaster.choice.method.name), &record.chosen),
                    (t!("Plain Monte Carlo, all history"), &record.plain),
                    (t!("Average velocity"), &record.velocity),
                ];
                by.map(|(name, score)| {
                    let shares =
                        (0..LEVELS.len()).map(|at| score.share(at).map(say::percent).unwrap_or_default());
                    let loss =
                        if score.trials > 0 { say::decimals(score.mean_pinball(), 2) } else { String::new() };
                    [asked.clone(), name.to_owned()]
                        .into_iter()
                        .chain(shares)
                        .chain([say::number(score.trials), say::number(score.apart), loss])
                        .collect::<Vec<_>>()
                })
            })
            .collect(),
    };
    let rows = forecaster.records[0].trials.iter().map(|trial| {
        let numbers = trial.said.iter().chain([&trial.came]).map(|n| say::number(*n as usize));
        std::iter::once(say::date(history.day_before(trial.known))).chain(numbers).collect()
    });
    let weeks = Table {
        title: say!("What was said of the next {} weeks, and what came", HORIZONS[0]),
        columns: std::iter::once(Column::text(t!("At the end of")))
            .chain(LEVELS.map(|level| Column::number(format!("{level}\u{a0}%"))))
            .chain([Column::number(t!("Came"))])
            .collect(),
        rows: rows.collect(),
    };
    vec![scores, weeks]
}

fn methods_text(analysis: &Analysis) -> Result<FigureText, String> {
    let forecaster = forecaster(analysis)?;
    let choice = &forecaster.choice;
    if choice.judged.is_empty() {
        return Err(match choice.why {
            Why::Asked => say!("“{}” was asked for, so no other was tried.", choice.method.name),
            _ => say!(
                "There is too little past to choose a method by: {LEAST_TO_CHOOSE} whole weeks are the least. Until then several windows speak, \
                 which did best on public teams, and nothing is widened."
            ),
        });
    }
    let finding = match choice.why {
        Why::Better => say!(
            "“{}” did best on the earlier half of the past, so it speaks for this team",
            choice.method.name
        ),
        _ => {
            say!("No method did clearly better than “{}” on the earlier half of the past", choice.method.name)
        }
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "How far off each method was, by the mean pinball loss of what it said of the next {} and {}\u{a0}weeks, as a share of what came: \
             shorter is better. Beside it how often its 85\u{a0}% came true. Another than several windows is taken only if it is better by {}: among many one is always a little better.",
            HORIZONS[0],
            HORIZONS[1],
            say::percent(MARGIN)
        ),
    })
}

fn methods_tables(analysis: &Analysis) -> Vec<Table> {
    let Ok(forecaster) = forecaster(analysis) else { return Vec::new() };
    let judged = &forecaster.choice.judged;
    if judged.is_empty() {
        return Vec::new();
    }
    let rows = judged.iter().map(|of| {
        let share = |at: usize| of.scores[at].share(TOLD).map(say::percent).unwrap_or_default();
        let loss = |at: usize| say::decimals(of.scores[at].mean_pinball(), 2);
        vec![
            of.method.name.to_owned(),
            share(0),
            loss(0),
            share(1),
            loss(1),
            say::decimals(of.loss(), 3),
            say!("It {}.", of.method.says),
        ]
    });
    let columns = vec![
        Column::text(t!("Method")),
        Column::number(t!("4 weeks: 85\u{a0}% came true")),
        Column::number(t!("Pinball loss, items")),
        Column::number(t!("12 weeks: 85\u{a0}% came true")),
        Column::number(t!("Pinball loss, items")),
        Column::number(t!("Both, as a share of what came")),
        Column::text(t!("What it does")),
    ];
    vec![Table {
        title: t!("The methods on the earlier half of the past").to_owned(),
        columns,
        rows: rows.collect(),
    }]
}

fn moved_text(analysis: &Analysis) -> Result<FigureText, String> {
    forecaster(analysis)?;
    let Some(moves) = analysis.moves() else { return Err(no_slip(analysis)) };
    let finding = match direction(moves) {
        "later" => say!("The day by which all is done moves later by {} a week", moves_in_words(moves)),
        "sooner" => say!("The day by which all is done comes sooner by {} a week", moves_in_words(moves)),
        _ => t!("The day by which all is done stays where it was").to_owned(),
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "What would have been said at the end of each week of {}, from the items\u{2019} dates alone, by the method that speaks now: the line is the day with 85\u{a0}%, the band \
             reaches from 50 to 95\u{a0}%.{} The faint line is the day itself. Told is the move over the last {MOVED_OVER}\u{a0}weeks.",
            said_of(analysis),
            if analysis.filter.items.is_none() { t!(" What is added later moves it too.") } else { "" }
        ),
    })
}

fn moved_tables(analysis: &Analysis) -> Vec<Table> {
    if forecaster(analysis).is_err() {
        return Vec::new();
    }
    let rows = analysis.said().iter().map(|said| {
        let days = said.done.map(day_or_never);
        [say::date(said.on), say::number(said.open as usize)].into_iter().chain(days).collect()
    });
    let columns = [Column::text(t!("At the end of")), Column::number(t!("To do"))]
        .into_iter()
        .chain(LEVELS.map(|level| Column::number(say!("Done with {level}\u{a0}%"))));
    vec![Table {
        title: t!("What would have been said each week").to_owned(),
        columns: columns.collect(),
        rows: rows.collect(),
    }]
}

/// The last day that a picture of days which were said can show: not further than three years from the last week.
pub fn said_until(analysis: &Analysis) -> Option<Date> {
    let last = analysis.said().last()?.on;
    let most = day_number(last) + 3 * 366;
    let days = analysis.said().iter().flat_map(|said| said.done[1..].iter().flatten());
    days.map(|day| day_number(*day).min(most)).max().map(crate::model::day_from_number)
}
