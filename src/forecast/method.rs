//! The ways to forecast: what each takes of the past, and how it draws the future from it. A new one is a line in
//! [`METHODS`].

use super::history::{Past, Period, Unit, last};

/// A way to forecast.
#[derive(Debug)]
pub struct Method {
    /// Stable name.
    pub id: &'static str,
    pub name: &'static str,
    /// How it draws, as a sentence about it.
    pub says: &'static str,
    pub unit: Unit,
    /// What it assumes of the periods to come, each as likely as the other.
    pub assumes: for<'a> fn(Past<'a>) -> Vec<Assumed<'a>>,
}

impl PartialEq for Method {
    fn eq(&self, other: &Method) -> bool {
        self.id == other.id
    }
}

/// How periods to come are drawn from those that were.
#[derive(Clone, Debug)]
pub enum Assumed<'a> {
    /// Each by itself, all as likely.
    Alike(&'a [Period]),
    /// Each by itself, of two that lie so many periods apart the later one twice as likely.
    Recent(&'a [Period], usize),
    /// In stretches of so many that followed one another, each as likely as the other: the moving-block bootstrap
    /// (Künsch 1989).
    Stretches(&'a [Period], usize),
    /// Each among the same days of the week; `next` is the first that comes.
    Weekdays(&'a [Period], usize),
    /// Each by itself, by shares that are themselves uncertain (Rubin 1981).
    Uncertain(&'a [Period]),
}

/// Plain Monte Carlo over all history, as every tool does it: a baseline.
pub static PLAIN: &Method = &METHODS[0];

/// What is taken where there is too little past to choose by: of all methods it did best on public teams.
pub static SEVERAL_WINDOWS: &Method = &METHODS[METHODS.len() - 1];

/// Half-life of the recency-weighted method, in weeks.
const HALF_LIFE: usize = 8;

/// How long stretches are, in weeks.
const STRETCH: usize = 4;

/// Every method. The first is a baseline, the last the one that others must beat.
pub static METHODS: &[Method] = &[
    Method {
        id: "independent-weeks",
        name: "Independent weeks",
        says: "draws each week from all weeks so far, all alike: plain Monte Carlo",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Alike(past.weeks)],
    },
    Method {
        id: "independent-days",
        name: "Independent days",
        says: "draws each day from all days so far, all alike",
        unit: Unit::Day,
        assumes: |past| vec![Assumed::Alike(past.days)],
    },
    Method {
        id: "weekdays",
        name: "Weekdays apart",
        says: "draws each day from the same days of the week in the last 26 weeks",
        unit: Unit::Day,
        assumes: |past| vec![Assumed::Weekdays(last(past.days, 26 * 7), past.next_day)],
    },
    Method {
        id: "weeks-12",
        name: "The last 12 weeks",
        says: "draws each week from the last 12, all alike",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Alike(last(past.weeks, 12))],
    },
    Method {
        id: "weeks-26",
        name: "The last 26 weeks",
        says: "draws each week from the last 26, all alike",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Alike(last(past.weeks, 26))],
    },
    Method {
        id: "weeks-52",
        name: "The last 52 weeks",
        says: "draws each week from the last 52, all alike",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Alike(last(past.weeks, 52))],
    },
    Method {
        id: "stretches",
        name: "Stretches of four weeks",
        says: "draws four weeks that followed one another at a time, from the last 52, so that good and bad times last",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Stretches(last(past.weeks, 52), STRETCH)],
    },
    Method {
        id: "recent",
        name: "The later, the likelier",
        says: "draws each week from all so far, a week twice as likely as one eight weeks before it",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Recent(past.weeks, HALF_LIFE)],
    },
    Method {
        id: "uncertain-12",
        name: "The last 12 weeks, as a sample",
        says: "draws each week from the last 12, allowing for how little twelve weeks tell of the true pace",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Uncertain(last(past.weeks, 12))],
    },
    Method {
        id: "uncertain-26",
        name: "The last 26 weeks, as a sample",
        says: "draws each week from the last 26, allowing for how little they tell of the true pace",
        unit: Unit::Week,
        assumes: |past| vec![Assumed::Uncertain(last(past.weeks, 26))],
    },
    Method {
        id: "several-windows",
        name: "Several windows",
        says: "takes the last 6, 12, 26 and 52 weeks for equally likely to tell what comes, each reaching back to the last week with a \
               finish at least, and allows for how little each tells of the true pace",
        unit: Unit::Week,
        assumes: |past| [6, 12, 26, 52].map(|weeks| Assumed::Uncertain(last_alive(past.weeks, weeks))).into(),
    },
];

impl Method {
    /// The method of that name.
    pub fn named(id: &str) -> Option<&'static Method> {
        METHODS.iter().find(|method| method.id == id)
    }
}

/// The last so many weeks, or as many more as it takes to find one in which something was finished: still weeks say how
/// slow it is, and not that it stands still for ever.
fn last_alive(weeks: &[Period], n: usize) -> &[Period] {
    let still = weeks.iter().rev().take_while(|week| week.finished == 0).count();
    last(weeks, n.max(still + 1))
}
