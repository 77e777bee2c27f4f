//! The roadmap: when each project is likely to be done, what it waits for, and how its date has moved.

use super::{Forecaster, Scenario};
use crate::forecast::{self, Ahead, Joint, Outlook, Past, Plan, joint};
use crate::metrics::State;
use crate::model::notebook::{self, PLAN, ROADMAP, WorkedOn};
use crate::model::{Date, Notebook, day_from_number, day_number};
use crate::order::InOrder;
use crate::report::{Analysis, Column, Table, say};

/// How many weeks back a date is asked for again, to tell how it has moved.
pub const MONTH: usize = 4;

/// What the roadmap tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Roadmap {
    /// In the order in which they are worked on.
    pub legs: Vec<Leg>,
    /// How many at once.
    pub parallel: usize,
    /// The share of the team\u{2019}s work that goes to them, from 0 to 1: as it was said, else as it was lately.
    pub share: f64,
    /// Whether somebody said it.
    pub share_said: bool,
    /// The share that did, in the recent period; `None` where nothing was finished in it.
    pub measured_share: Option<f64>,
    /// The chance that every target date is kept, where two or more have one.
    pub all_targets: Option<f64>,
    /// The chances of these target dates multiplied: what one must not do, for comparison.
    pub product: Option<f64>,
}

/// A project of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// Its record in the notebook.
    pub id: u32,
    pub name: String,
    /// Items still to do, at least and at most.
    pub items: (u32, u32),
    /// Whether somebody said how many; else they are those open in the tracker.
    pub items_said: bool,
    /// The open items of that name, as places.
    pub open: Vec<usize>,
    pub target: Option<Date>,
    /// What it waits for now, as a sentence.
    pub waits: String,
    /// The day it begins by with 50 %; `None` where that is more than ten years ahead.
    pub begins: Option<Date>,
    /// The days it is done by with 50, 85 and 95 %.
    pub done: [Option<Date>; 3],
    /// The chance to be done by the target date.
    pub chance: Option<f64>,
    /// What that chance was four weeks before; `None` where it can\u{2019}t be told.
    pub chance_before: Option<f64>,
    /// Days by which the day of 85 % has moved since four weeks before; later is more. `None` where it can\u{2019}t be told.
    pub moved: Option<i32>,
}

/// A project as it was written, with what is known of it.
struct Written<'a> {
    of: notebook::Ahead<'a>,
    open: Vec<usize>,
    /// Which of the legs must be done first.
    after: Vec<usize>,
    /// A project of the same name comes before.
    is_twice: bool,
    /// Names it waits for that are no project of the roadmap.
    unknown: Vec<&'a str>,
}

/// The roadmap of the notebook under a scenario; `None` where nothing is on it.
pub fn roadmap(analysis: &Analysis, notebook: &Notebook, scenario: &Scenario) -> Option<Roadmap> {
    let written = written(analysis, notebook);
    if written.is_empty() {
        return None;
    }
    let plan = notebook.of(&PLAN).last().map(WorkedOn);
    let parallel = plan.map_or(1, WorkedOn::parallel);
    let parallel = parallel.saturating_sub(scenario.fewer).max(1);
    let measured_share = measured_share(analysis, notebook, &written);
    let said = plan.and_then(WorkedOn::share);
    // Where hardly anything of it was finished yet, it has not begun, and the past share says nothing.
    let share = said.or(measured_share.filter(|share| *share >= 0.05)).unwrap_or(1.0);
    let forecaster = analysis.forecaster();
    let told = forecaster.map(|forecaster| {
        let past = forecaster.history.known();
        Drawn::of(
            &written,
            forecaster,
            past,
            analysis.as_of,
            scenario,
            |n| now(&written[n]),
            (parallel, share),
        )
    });
    let before = forecaster.filter(|_| *scenario == Scenario::as_it_is()).and_then(|forecaster| {
        let weeks =
            forecaster.history.weeks.len().checked_sub(MONTH).filter(|weeks| *weeks >= super::LEAST_WEEKS)?;
        let on = day_from_number(day_number(analysis.as_of) - 7 * MONTH as i32);
        let then = |n: usize| {
            written[n].of.items().unwrap_or_else(|| open_on(analysis, &names(notebook, &written[n]), on))
        };
        let past = Past { next_day: forecaster.history.known().next_day, ..forecaster.history.after(weeks) };
        Some(Drawn::of(&written, forecaster, past, on, scenario, then, (parallel, share)))
    });
    let legs: Vec<Leg> = (0..written.len())
        .map(|n| {
            let of = &written[n];
            // What has nothing to do, as far as is known, has no day.
            let has_work = now(of).1 > 0;
            let done = told.as_ref().filter(|_| has_work).map_or([None; 3], |told| told.done(n));
            let was = before.as_ref().map_or([None; 3], |before| before.done(n));
            let is_known =
                of.of.items().is_none() && analysis.dates.iter().any(|dates| dates.created.is_some());
            Leg {
                id: of.of.0.id,
                name: of.of.name().to_owned(),
                items: split(now(of), scenario),
                items_said: of.of.items().is_some(),
                open: of.open.clone(),
                target: of.of.target(),
                waits: waits(&written, n, parallel, analysis.filter.chooses_items()),
                begins: told.as_ref().filter(|_| has_work).and_then(|told| told.begins(n)),
                done,
                chance: told.as_ref().and_then(|told| told.chance(n)),
                chance_before: before.as_ref().filter(|_| is_known).and_then(|before| before.chance(n)),
                moved: done[1]
                    .zip(was[1])
                    .filter(|_| is_known)
                    .map(|(now, was)| day_number(now) - day_number(was)),
            }
        })
        .collect();
    let chances: Vec<f64> = legs.iter().filter_map(|leg| leg.chance).collect();
    let several = chances.len() > 1;
    Some(Roadmap {
        legs,
        parallel,
        share,
        share_said: said.is_some(),
        measured_share,
        all_targets: told.as_ref().filter(|_| several).and_then(Drawn::all_targets),
        product: several.then(|| chances.iter().product()),
    })
}

/// What the roadmap says first: whether all its target dates can be kept.
pub fn roadmap_in_words(map: &Roadmap) -> String {
    let with: Vec<&Leg> = map.legs.iter().filter(|leg| leg.chance.is_some()).collect();
    let at_risk = with.iter().filter(|leg| leg.chance.is_some_and(|chance| chance < 0.5)).count();
    match (with.as_slice(), map.all_targets.zip(map.product)) {
        ([one], _) => say!(
            "“{}” has {} to be done by its target date",
            one.name,
            one.chance.map(say::chance).unwrap_or_default()
        ),
        (_, Some((all, product))) => {
            let apart = match (all - product).abs() >= 0.02 {
                true => say!(
                    ": counted together, for one team does them all; multiplied it would seem {}",
                    say::chance(product)
                ),
                false => String::new(),
            };
            let at_risk = match at_risk {
                0 => String::new(),
                n => {
                    say!(
                        "; {} more likely missed than kept",
                        say::counted(n, t!("of them is"), t!("of them are"))
                    )
                }
            };
            say!("All {} target dates are kept with {}{apart}{at_risk}", with.len(), say::chance(all))
        }
        _ => {
            let last = map.legs.iter().filter_map(|leg| leg.done[1]).max();
            let never = map.legs.iter().any(|leg| leg.done[1].is_none() && leg.items.1 > 0);
            match last.filter(|_| !never) {
                Some(day) => say!("The whole roadmap is done by {} with 85\u{a0}%", say::date(day)),
                None => t!("Not all of it is done within ten years with 85\u{a0}%").to_owned(),
            }
        }
    }
}

/// "12 days later than four weeks ago".
pub fn moved_in_words(moved: i32) -> String {
    let days = say::counted(moved.unsigned_abs() as usize, "day", "days");
    match moved {
        0 => t!("where it was four weeks ago").to_owned(),
        1.. => say!("{days} later than four weeks ago"),
        _ => say!("{days} sooner than four weeks ago"),
    }
}

/// The roadmap\u{2019}s numbers.
pub fn roadmap_table(map: &Roadmap) -> Table {
    let columns = [
        Column::text(t!("Project")),
        Column::number(t!("Items, least")),
        Column::number(t!("Items, most")),
        Column::text(t!("Begins, 50\u{a0}%")),
        Column::text(t!("Done with 50\u{a0}%")),
        Column::text(t!("Done with 85\u{a0}%")),
        Column::text(t!("Done with 95\u{a0}%")),
        Column::text(t!("Target")),
        Column::number(t!("Chance to make it")),
        Column::number(t!("Four weeks ago")),
        Column::number(t!("Days moved in four weeks")),
        Column::text(t!("Waits")),
    ];
    let rows = map.legs.iter().map(|leg| {
        let number = |n: u32| say::number(n as usize);
        let day = |day| if leg.items.1 > 0 { super::day_or_never(day) } else { String::new() };
        let [half, high, highest] = leg.done.map(day);
        vec![
            leg.name.clone(),
            number(leg.items.0),
            number(leg.items.1),
            day(leg.begins),
            half,
            high,
            highest,
            leg.target.map(say::date).unwrap_or_default(),
            leg.chance.map(say::chance).unwrap_or_default(),
            leg.chance_before.map(say::chance).unwrap_or_default(),
            leg.moved.map(|moved| moved.to_string()).unwrap_or_default(),
            leg.waits.clone(),
        ]
    });
    Table { title: t!("The roadmap").to_owned(), columns: columns.into(), rows: rows.collect() }
}

/// The projects of the notebook in order, with their open items and what they wait for.
fn written<'a>(analysis: &Analysis, notebook: &'a Notebook) -> Vec<Written<'a>> {
    let mut ahead: Vec<notebook::Ahead> = notebook.of(&ROADMAP).map(notebook::Ahead).collect();
    ahead.order_by(|a, b| a.order().total_cmp(&b.order()).then(a.0.id.cmp(&b.0.id)));
    let place = |name: &str| ahead.iter().position(|of| notebook::same_name(of.name(), name));
    // An item that belongs to several is done with the first of them.
    let mut left = analysis.open_items();
    ahead
        .iter()
        .enumerate()
        .map(|(n, &of)| {
            let one = notebook.belonging([of.name()].into_iter());
            let is_of_it = |&i: &usize| analysis.data.items.get(i).is_some_and(|item| one.holds(item));
            let (open, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|i| is_of_it(i));
            left = rest;
            let (known, unknown): (Vec<&str>, Vec<&str>) = of.after().partition(|name| place(name).is_some());
            Written {
                of,
                open,
                is_twice: place(of.name()).is_some_and(|first| first < n),
                after: known.into_iter().filter_map(place).filter(|other| *other != n).collect(),
                unknown,
            }
        })
        .collect()
}

/// Items still to do, at least and at most.
fn now(of: &Written) -> (u32, u32) {
    let open = u32::try_from(of.open.len()).unwrap_or(u32::MAX);
    of.of.items().unwrap_or((open, open))
}

fn split((low, high): (u32, u32), scenario: &Scenario) -> (u32, u32) {
    (low, (f64::from(high) * scenario.split.max(1.0)).round() as u32)
}

/// Whether each item belongs to the project.
fn names<'a>(notebook: &'a Notebook, of: &Written<'a>) -> impl Fn(&crate::model::Item) -> bool + use<'a> {
    let one = notebook.belonging([of.of.name()].into_iter());
    move |item| one.holds(item)
}

/// Items of the project that were open at the end of that day.
fn open_on(analysis: &Analysis, belongs: &impl Fn(&crate::model::Item) -> bool, on: Date) -> (u32, u32) {
    let items = analysis.data.items.iter().zip(analysis.dates.iter());
    let open = items.filter(|(item, dates)| {
        matches!(dates.state_on(on), State::NotStarted | State::InProgress) && belongs(item)
    });
    let n = u32::try_from(open.count()).unwrap_or(u32::MAX);
    (n, n)
}

/// The share of what was finished in the recent period that belongs to the roadmap.
fn measured_share(analysis: &Analysis, notebook: &Notebook, written: &[Written]) -> Option<f64> {
    let of = notebook.belonging(written.iter().map(|of| of.of.name()));
    let (window, _) = analysis.compared_windows();
    let (mut all, mut on_it) = (0, 0);
    for (item, dates) in analysis.data.items.iter().zip(analysis.dates.iter()) {
        if dates.finished.is_some_and(|day| window.holds(day)) {
            all += 1;
            on_it += usize::from(of.holds(item));
        }
    }
    (all > 0).then(|| f64::from(on_it as u32) / f64::from(all))
}

/// What the project waits for now.
fn waits(written: &[Written], n: usize, parallel: usize, is_filtered: bool) -> String {
    let of = &written[n];
    let named = |places: &[usize]| {
        say::and(&places.iter().map(|&place| say::quoted(written[place].of.name())).collect::<Vec<_>>())
    };
    let is_open = |place: usize| now(&written[place]).1 > 0;
    let first: Vec<usize> = of.after.iter().copied().filter(|&place| is_open(place)).collect();
    let unknown = match of.unknown.as_slice() {
        [] => String::new(),
        names => say!(
            " {} not on the roadmap, so it does not wait for {}.",
            say::and(&names.iter().map(|name| say::quoted(name)).collect::<Vec<_>>())
                + if names.len() == 1 { t!(" is") } else { t!(" are") },
            if names.len() == 1 { t!("it") } else { t!("them") }
        ),
    };
    if in_a_circle(written, n) {
        return say!(
            "It waits for itself, by way of {}: change what waits for what.{unknown}",
            named(&of.after)
        );
    }
    if now(of).1 == 0 {
        let why = match of.of.items() {
            Some(_) => t!("Nothing is left to do."),
            None if of.is_twice => t!("It is on the roadmap twice: its items are done with the first."),
            None if is_filtered => t!("No open item that the filter lets through is called so."),
            None => t!("No open item is called so: say how many items it takes."),
        };
        return format!("{why}{unknown}");
    }
    if !first.is_empty() {
        return say!("Waits for {} to be done.{unknown}", named(&first));
    }
    let is_free =
        |place: &usize| is_open(*place) && written[*place].after.iter().all(|&other| !is_open(other));
    let before: Vec<usize> = (0..n).filter(is_free).collect();
    match before.len() < parallel {
        true => say!("Is worked on now.{unknown}"),
        false if before.len() == 1 => {
            say!("Waits until the team is free: {} comes first.{unknown}", named(&before))
        }
        false => say!("Waits until the team is free: {} come first.{unknown}", named(&before)),
    }
}

fn in_a_circle(written: &[Written], n: usize) -> bool {
    let mut seen = vec![false; written.len()];
    let mut next = written[n].after.clone();
    while let Some(place) = next.pop() {
        if place == n {
            return true;
        }
        if !std::mem::replace(&mut seen[place], true) {
            next.extend(&written[place].after);
        }
    }
    false
}

/// The plan, drawn.
struct Drawn {
    joint: Joint,
    plan: Plan,
    ahead: Ahead,
    unit: forecast::Unit,
}

impl Drawn {
    fn of(
        written: &[Written],
        forecaster: &Forecaster,
        past: Past,
        on: Date,
        scenario: &Scenario,
        items: impl Fn(usize) -> (u32, u32),
        (parallel, share): (usize, f64),
    ) -> Drawn {
        let choice = &forecaster.choice;
        let outlook = Outlook::of(choice.method, past, choice.sigma).at_pace(scenario.pace);
        let ahead = scenario.ahead(on);
        let leg = |(n, of): (usize, &Written)| forecast::Leg {
            items: split(items(n), scenario),
            after: of.after.clone(),
            target: of
                .of
                .target()
                .map(|target| u32::try_from(ahead.periods_until(target, outlook.unit)).unwrap_or(u32::MAX)),
        };
        let legs = written.iter().enumerate().map(leg).collect();
        let plan = Plan { legs, parallel, share };
        Drawn { joint: joint(&outlook, &plan), plan, ahead, unit: outlook.unit }
    }

    fn day(&self, periods: Option<u32>) -> Option<Date> {
        Some(self.ahead.day(periods?, self.unit))
    }

    fn done(&self, leg: usize) -> [Option<Date>; 3] {
        self.joint.done(leg, [0.5, 0.85, 0.95]).map(|periods| self.day(periods))
    }

    fn begins(&self, leg: usize) -> Option<Date> {
        let [begins] = self.joint.begun(leg, [0.5]);
        self.day(begins)
    }

    /// A project without anything to do has no date to keep.
    fn targets(&self) -> Vec<(usize, u32)> {
        let legs = self.plan.legs.iter().enumerate();
        legs.filter(|(_, leg)| leg.items.1 > 0).filter_map(|(n, leg)| Some((n, leg.target?))).collect()
    }

    fn chance(&self, leg: usize) -> Option<f64> {
        let target = self.targets().into_iter().find(|(n, _)| *n == leg)?;
        self.joint.chance(&[target])
    }

    fn all_targets(&self) -> Option<f64> {
        self.joint.chance(&self.targets())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::notebook::Values;
    use crate::report::testing::analysis;

    fn write(notebook: &mut Notebook, form: &'static notebook::Form, values: &[(&str, &str)]) {
        let values: Values = values.iter().map(|(f, v)| ((*f).to_owned(), (*v).to_owned())).collect();
        notebook.write(form, None, &values, jiff::Timestamp::UNIX_EPOCH).unwrap();
    }

    /// A team that finishes three a week in two projects, with so many open in each.
    fn team(open: &[(&str, usize)]) -> Analysis {
        let day = |n: usize| day_from_number(19_723 + n as i32).to_string();
        let mut rows = "id,created,finished,project\n".to_owned();
        for (name, n) in open {
            rows += &(0..*n).map(|i| format!("{name}{i},{},,{name}\n", day(0))).collect::<String>();
        }
        for week in 0..40 {
            for n in 0..3 {
                let project = ["Shop", "Other"][(week + n) % 2];
                rows += &format!("{week}-{n},{},{},{project}\n", day(week * 7 + n), day(week * 7 + n + 1));
            }
        }
        // The last week is whole.
        rows += &format!("end,{},,Other\n", day(39 * 7 + 6));
        let analysis = analysis(&rows);
        analysis.forecast_now();
        analysis
    }

    #[test]
    fn projects_are_drawn_in_order_and_say_what_they_wait_for() {
        let analysis = team(&[("Shop", 12), ("Accounts", 6)]);
        let mut notebook = Notebook::default();
        assert_eq!(roadmap(&analysis, &notebook, &Scenario::as_it_is()), None);
        write(&mut notebook, &ROADMAP, &[("name", "Accounts"), ("target", "2024-11-01"), ("order", "2")]);
        write(&mut notebook, &ROADMAP, &[("name", "Shop"), ("target", "2024-11-30"), ("order", "1")]);
        write(
            &mut notebook,
            &ROADMAP,
            &[("name", "New"), ("items", "3"), ("most", "9"), ("after", "Shop\nNobody")],
        );
        let map = roadmap(&analysis, &notebook, &Scenario::as_it_is()).unwrap();
        let names: Vec<&str> = map.legs.iter().map(|leg| leg.name.as_str()).collect();
        assert_eq!(names, ["Shop", "Accounts", "New"]);
        let weeks =
            |leg: &Leg| leg.done.map(|day| (day_number(day.unwrap()) - day_number(analysis.as_of)) / 7);
        // Half of what is finished belongs to them: half of three a week.
        assert_eq!(weeks(&map.legs[0]), [8; 3]);
        assert_eq!(weeks(&map.legs[1]), [12; 3]);
        assert_eq!(map.legs[2].items, (3, 9));
        assert!(map.legs[0].waits.contains("now"), "{}", map.legs[0].waits);
        assert!(map.legs[1].waits.contains("“Shop” comes first"), "{}", map.legs[1].waits);
        let waits = &map.legs[2].waits;
        assert!(
            waits.contains("Waits for “Shop”") && waits.contains("“Nobody” is not on the roadmap"),
            "{waits}"
        );
        // Nothing was added and nothing was done of it: the date is as far ahead as ever.
        assert_eq!((map.legs[0].moved, map.legs[2].moved), (Some(28), None));
        assert!(!map.share_said && map.share == map.measured_share.unwrap());
        assert!(
            map.all_targets.is_some() && map.measured_share.is_some_and(|share| (0.4..0.6).contains(&share))
        );
        write(&mut notebook, &PLAN, &[("parallel", "2"), ("share", "50")]);
        let map = roadmap(&analysis, &notebook, &Scenario::as_it_is()).unwrap();
        assert!(map.legs[1].waits.contains("worked on now"));
        assert_eq!(weeks(&map.legs[1]), [8; 3], "half of three a week, shared by two");
        let one = Scenario { fewer: 1, ..Scenario::as_it_is() };
        assert_eq!(weeks(&roadmap(&analysis, &notebook, &one).unwrap().legs[0]), [8; 3]);
    }

    #[test]
    fn a_circle_and_nothing_to_do_are_said() {
        let analysis = team(&[("Shop", 3)]);
        let mut notebook = Notebook::default();
        write(&mut notebook, &ROADMAP, &[("name", "A"), ("items", "2"), ("after", "B")]);
        write(&mut notebook, &ROADMAP, &[("name", "B"), ("items", "2"), ("after", "A")]);
        write(&mut notebook, &ROADMAP, &[("name", "Ghost")]);
        let map = roadmap(&analysis, &notebook, &Scenario::as_it_is()).unwrap();
        assert!(map.legs[0].waits.contains("waits for itself") && map.legs[0].done[0].is_none());
        assert!(map.legs[2].waits.contains("say how many"), "{}", map.legs[2].waits);
    }
}
