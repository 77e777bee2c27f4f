//! What matters, a sentence each: one finding a file, which says the same number to everybody and what it
//! means to each role. A role's page lists the findings it asks for (`report::roles`).

mod ballpark;
mod bugs;
mod cadence;
mod capacity;
mod changed;
mod decisions;
mod dependability;
mod due;
mod duration;
mod effort;
mod evidence;
mod forecast;
mod inflow;
mod initiatives;
mod iterations;
mod late;
mod limit;
mod load;
mod meanings;
mod mine;
mod outreach;
mod overshoot;
mod points;
mod practices;
mod quality;
mod record;
mod risks;
mod roadmap;
mod slips;
mod stuck;
mod tail;
mod teams;
mod waiting;
mod week;
mod when;

use std::cell::RefCell;
use std::sync::OnceLock;

pub use ballpark::BALLPARK;
pub use bugs::BUGS;
pub use cadence::{CADENCE, pace};
pub use capacity::CAPACITY;
pub use changed::CHANGED;
pub use decisions::DECISIONS;
pub use dependability::DEPENDABILITY;
pub use due::DUE;
pub use duration::{DURATION, REQUEST};
pub use effort::EFFORT;
use evidence::evidence;
pub use evidence::{EVIDENCE, Evidence};
pub use forecast::FORECAST;
pub use inflow::INFLOW;
pub use initiatives::INITIATIVES;
pub use iterations::ITERATIONS;
pub use late::LATE;
pub use limit::LIMIT;
pub use load::LOAD;
pub use meanings::MEANINGS;
pub use mine::MINE;
pub use outreach::{OUTREACH, outreach_year};
pub use overshoot::OVERSHOOT;
pub use points::POINTS;
pub use practices::{PRACTICES, System, systems};
pub use quality::QUALITY;
pub use record::RECORD;
pub use risks::RISKS;
pub use roadmap::ROADMAP;
pub use slips::SLIPS;
pub use stuck::STUCK;
pub use tail::TAIL;
pub use teams::TEAMS;
pub use waiting::WAITING;
pub use week::{Hours, WEEK, hours};
pub use when::WHEN;

use super::comparison::{Comparison, MORE_THAN_NOISE};
use super::forecast::{Roadmap, Scenario, roadmap as roadmap_of};
use super::{Analysis, Explanation, Figure, say};
use crate::metrics::{Interval, Window};
use crate::model::notebook::Record;
use crate::model::{Date, Notebook, Role};

/// All that findings are made of.
pub struct Desk<'a> {
    pub analysis: &'a Analysis,
    pub notebook: &'a Notebook,
    /// The real day: dates in the notebook are held against it, not against the data's last day.
    pub today: Date,
    /// Counted once for all that ask.
    evidence: OnceLock<(Vec<Evidence>, usize)>,
    roadmap: OnceLock<Option<Roadmap>>,
    found: RefCell<Vec<(&'static str, Role, Option<Finding>)>>,
}

impl<'a> Desk<'a> {
    pub fn new(analysis: &'a Analysis, notebook: &'a Notebook, today: Date) -> Desk<'a> {
        Desk {
            analysis,
            notebook,
            today,
            evidence: OnceLock::new(),
            roadmap: OnceLock::new(),
            found: RefCell::default(),
        }
    }

    /// What a source has to say to a role, looked for once.
    pub fn find(&self, source: &Source, role: Role) -> Option<Finding> {
        let known = self.found.borrow().iter().find(|(id, of, _)| (*id, *of) == (source.id, role)).cloned();
        if let Some((.., found)) = known {
            return found;
        }
        let found = (source.find)(self, role);
        self.found.borrow_mut().push((source.id, role, found.clone()));
        found
    }

    /// The roadmap as it is, drawn once for all that ask.
    fn roadmap(&self) -> Option<&Roadmap> {
        let draw = || roadmap_of(self.analysis, self.notebook, &Scenario::as_it_is());
        self.roadmap.get_or_init(draw).as_ref()
    }

    /// See [`Analysis::compared`].
    fn compared(&self) -> &Comparison {
        self.analysis.compared()
    }

    /// What sets projects apart, and how many questions were asked.
    pub fn evidence(&self) -> &(Vec<Evidence>, usize) {
        self.evidence.get_or_init(|| evidence(self))
    }

    /// A number of the period before, and whether the change is more than noise.
    fn change(&self, id: &str) -> Option<Changed> {
        let row = self.compared().rows.iter().find(|row| row.id == id)?;
        let (now, before) = match self.analysis.window.from {
            Some(_) => (t!("now"), t!("in the period before")),
            None => (t!("in the last 12 weeks"), t!("in the 12 before")),
        };
        let said = |how: &str| format!("{}: {} {now}, {} {before}, {how}.", row.what, row.now, row.before);
        match row.verdict {
            MORE_THAN_NOISE => Some(Changed {
                says: said(t!(MORE_THAN_NOISE)),
                is_news: true,
                is_up: !row.change.starts_with('\u{2212}'),
            }),
            "within noise" => Some(Changed { says: said(t!("within noise")), is_news: false, is_up: false }),
            _ => None,
        }
    }

    /// Whether most of what is in progress is in a status whose meaning nobody has said: then what is told of
    /// it is a guess.
    fn open_is_unclear(&self) -> bool {
        let open = self.analysis.open();
        let unclear = open.iter().filter(|open| {
            let item = self.analysis.data.items.get(open.item);
            item.is_some_and(|item| item.stage.is_none() && !item.status.is_empty())
        });
        !open.is_empty() && unclear.count() * 2 > open.len()
    }

    /// The days that recent effort is told of.
    fn period(&self) -> Window {
        self.analysis.compared_windows().0
    }

    /// What these days are called.
    pub fn period_in_words(&self) -> String {
        let window = self.period();
        match window.from {
            Some(from) => say!("from {} to {}", say::date(from), say::date(window.to)),
            None => say!("by {}", say::date(window.to)),
        }
    }

    /// The day a record last changed; `None` where it came with the sample.
    pub fn changed_on(&self, record: &Record) -> Option<Date> {
        record.changed.map(|at| self.analysis.zone().day_at(at))
    }
}

/// A number against that of the period before.
struct Changed {
    says: String,
    /// By more than noise.
    is_news: bool,
    /// And to more.
    is_up: bool,
}

/// How much a finding wants to be seen, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Somebody should do something.
    Act,
    /// Worth knowing before it grows.
    Watch,
    /// As it should be, or simply so.
    Calm,
}

/// Something that matters to a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its source's name.
    pub id: &'static str,
    /// What it is about, within a list.
    pub topic: &'static str,
    pub weight: Weight,
    /// The number, where there is one, and what it counts.
    pub number: Option<String>,
    pub unit: String,
    /// What is so: the same words for everybody.
    pub fact: String,
    /// What it means to the role that reads it.
    pub meaning: String,
    /// Against the period before.
    pub change: Option<String>,
    pub picture: Option<Picture>,
    /// `None` where there is no more to see than the finding itself.
    pub place: Option<Place>,
    /// What to ask one another about it.
    pub question: String,
    /// How it was counted; `None` where the record itself says it.
    pub explanation: Option<Explanation>,
    /// Only for whoever reads it: neither printed nor put before others.
    pub is_private: bool,
}

/// Where the whole picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a page, the part of that name.
    Cadence(&'static str),
    CycleTime(&'static str),
    InProgress(&'static str),
    Estimates(&'static str),
    Quality(&'static str),
    Capacity(&'static str),
    Forecast(&'static str),
    Roadmap,
    /// The items behind the number, which the explanation selects.
    Items,
    /// The notebook's part of that form.
    Notebook(&'static str),
    /// The comparison with the period before.
    Compared,
    Data(&'static str),
}

/// A picture beside a finding, small enough to be read at a glance.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Values over time, from 0, with the line that is usual or wanted and the limits around it; the last
    /// value is named.
    Line {
        values: Vec<f64>,
        middle: Option<f64>,
        limits: Option<(f64, f64)>,
        top: Option<f64>,
        ends: (String, String),
    },
    /// A whole and its parts, which are named in this order.
    Parts(Vec<(String, f64)>),
    /// Ages against the one by which work should be finished.
    Ages {
        ages: Vec<f64>,
        limit: Option<f64>,
        /// "days" or "working days".
        unit: &'static str,
    },
    /// Shares, each beside what was wanted, with its 95 % interval.
    Shares(Vec<Share>),
    /// Numbers side by side, from 0.
    Bars(Vec<Bar>),
}

/// A number beside others, and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    pub value: f64,
    pub says: String,
}

impl Picture {
    /// A whole of counted parts; those of none are left out.
    fn parts<'a>(parts: impl IntoIterator<Item = (&'a str, usize)>) -> Picture {
        let some = parts.into_iter().filter(|(_, n)| *n > 0);
        Picture::Parts(some.map(|(name, n)| (name.to_owned(), n as f64)).collect())
    }
}

/// A real share and what was wanted of it, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    pub name: String,
    pub real: f64,
    pub between: Option<Interval>,
    pub wanted: Option<f64>,
}

/// Where a finding comes from.
pub struct Source {
    /// Stable name.
    pub id: &'static str,
    /// What there is to say to a role; `None` where there is nothing.
    pub find: fn(&Desk, Role) -> Option<Finding>,
}

/// The sentence over a chart, so that both say the same.
fn over(figure: &Figure, analysis: &Analysis) -> Option<String> {
    (figure.text)(analysis).ok().map(|text| format!("{}.", text.finding.trim_end_matches('.')))
}

/// A finding's parts that are often alike.
impl Default for Finding {
    fn default() -> Finding {
        Finding {
            id: "",
            topic: "",
            weight: Weight::Calm,
            number: None,
            unit: String::new(),
            fact: String::new(),
            meaning: String::new(),
            change: None,
            picture: None,
            place: None,
            question: String::new(),
            explanation: None,
            is_private: false,
        }
    }
}
