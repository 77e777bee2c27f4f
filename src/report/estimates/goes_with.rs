//! What overshooting goes with: every factor that the data knows of, tested against the rest.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::much_in_words;
use crate::metrics::{self, Attainment, FEWEST, Judged, Tested};
use crate::model::{Item, Kind};
use crate::order::InOrder;
use crate::report::{Analysis, say};

impl Analysis {
    /// What overshooting goes with.
    pub fn goes_with(&self) -> &GoesWith {
        self.later.goes_with.get_or_init(|| goes_with(self))
    }
}

/// A group of work that is held against the rest, by something that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What is known: "Project", "Type".
    pub what: &'static str,
    pub level: String,
    /// Places among the judged.
    pub members: Vec<u32>,
    /// `None` where the group, or the rest, is too small.
    pub tested: Option<Tested>,
}

/// What is told of a group, in the order in which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// It overshoots more often than the rest.
    MoreOften,
    /// It takes more of its estimates than the rest, in the middle.
    Longer,
    /// It overshoots less often, or takes less.
    Less,
    /// Not told apart from noise.
    Noise,
    TooSmall,
}

/// How the team, project or area does that overshoots most, if one is told: "In Project “Shop”, …, it is 49 %."
pub fn worst_in_words(analysis: &Analysis) -> Option<String> {
    let (factor, share) = worst_place(analysis)?;
    let (part, between) = share.share().zip(share.interval())?;
    Some(say!(
        "In {}, which goes over more than the rest, it is {} ({} to {}).",
        crate::report::figures::factor_name(factor),
        say::percent(part),
        say::percent(between.low),
        say::percent(between.high)
    ))
}

/// The team, project or area that overshoots most, beyond noise, with the share of it in the ballpark.
fn worst_place(analysis: &Analysis) -> Option<(&Factor, Attainment)> {
    let is_place = |factor: &Factor| matches!(factor.what, "Team" | "Project" | "Area");
    let found = analysis.goes_with().told().find(|(factor, tested)| {
        is_place(factor) && matches!(Told::of(tested), Told::MoreOften | Told::Longer)
    });
    let (factor, _) = found?;
    let judged = &analysis.estimates().judged;
    let members = factor.members.iter().filter_map(|&at| judged.get(at as usize));
    let mut share = Attainment::default();
    for one in members {
        share.n += 1;
        share.within += usize::from(one.is_in_ballpark(analysis.counting().ballpark));
    }
    Some((factor, share))
}

impl Told {
    pub fn of(tested: &Tested) -> Told {
        let more_often = tested.gap() > 0.0;
        let longer = tested.inside.bias > tested.outside.bias;
        match (tested.rate_holds, tested.bias_holds) {
            (true, _) if more_often => Told::MoreOften,
            (false, true) if longer => Told::Longer,
            (false, false) => Told::Noise,
            _ => Told::Less,
        }
    }
}

/// What overshooting goes with.
#[derive(Debug, Default)]
pub struct GoesWith {
    /// Every factor that was looked at: those that are told first, then the least likely first.
    pub factors: Vec<Factor>,
    /// What an overshoot is here, as words after "took".
    pub overshoot: String,
    /// The same in as few as say it.
    pub overshoot_briefly: String,
}

impl GoesWith {
    /// Those that are told.
    pub fn told(&self) -> impl Iterator<Item = (&Factor, &Tested)> {
        let tested = self.factors.iter().filter_map(|factor| Some((factor, factor.tested.as_ref()?)));
        tested.filter(|(_, tested)| tested.holds())
    }

    /// How many tests were made: two of each factor that is large enough.
    pub fn tests(&self) -> usize {
        2 * self.factors.iter().filter(|factor| factor.tested.is_some()).count()
    }
}

/// At most so many levels of one factor, those with the most items.
const LEVELS: usize = 30;

/// Under so many overshoots by weeks nothing can go with them; then it is overshooting by the factor.
const OVERSHOOTS: usize = 20;

fn goes_with(analysis: &Analysis) -> GoesWith {
    let estimates = analysis.estimates();
    let judged = &estimates.judged;
    let factor = analysis.counting().ballpark;
    let Some(whole) = estimates.whole.filter(|whole| whole.in_ballpark.n >= 2 * FEWEST) else {
        return GoesWith::default();
    };
    let by_weeks = whole.over_weeks.within >= OVERSHOOTS;
    let week = estimates.unit.week();
    let overshoots = |one: &Judged| match by_weeks {
        true => one.is_over_by(week),
        false => one.ratio() > factor && !one.is_in_ballpark(factor),
    };
    let overshoot = match by_weeks {
        true => say!("{} more than estimated, or longer", much_in_words(analysis, true)),
        false => say!("more than {} the estimate", say::times(factor)),
    };
    let overshoot_briefly = match by_weeks {
        true => t!("a week too long").to_owned(),
        false if factor == 2.0 => t!("more than twice the estimate").to_owned(),
        false => overshoot.clone(),
    };
    let mut factors = factors(analysis, judged);
    let groups: Vec<Vec<u32>> = factors.iter().map(|factor| factor.members.clone()).collect();
    for (factor, tested) in factors.iter_mut().zip(metrics::goes_with(judged, &groups, overshoots)) {
        factor.tested = tested;
    }
    let place = |factor: &Factor| match factor.tested {
        None => (Told::TooSmall, 2.0),
        // What is told by how much it differs, the rest by how little it is noise.
        Some(tested) => match Told::of(&tested) {
            told @ (Told::MoreOften | Told::Less) => (told, -tested.gap().abs()),
            Told::Longer => (Told::Longer, -tested.inside.bias / tested.outside.bias),
            told => (told, tested.chance_of_rate.min(tested.chance_of_bias)),
        },
    };
    factors.order_by(|a, b| {
        let ((told_a, a), (told_b, b)) = (place(a), place(b));
        told_a.cmp(&told_b).then(a.total_cmp(&b))
    });
    GoesWith { factors, overshoot, overshoot_briefly }
}

/// Every factor that the data knows of, with the items that it holds for. Names of people are none: nobody is
/// ranked.
fn factors<'a>(analysis: &'a Analysis, judged: &[Judged]) -> Vec<Factor> {
    let mut found: Vec<Factor> = Vec::new();
    let item = |one: &Judged| analysis.data.items.get(one.item).map(|item| item.as_ref());
    let mut named = |what: &'static str, levels: &dyn Fn(&'a Item, &mut dyn FnMut(&'a str))| {
        let mut members: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (at, one) in (0u32..).zip(judged) {
            let Some(item) = item(one) else { continue };
            levels(item, &mut |level| {
                let of_level = members.entry(level).or_default();
                if of_level.last() != Some(&at) {
                    of_level.push(at);
                }
            });
        }
        members.remove("");
        let mut levels: Vec<(&str, Vec<u32>)> = members.into_iter().collect();
        levels.order_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        // Of one level only, or of as good as none, nothing can be told.
        levels.retain(|(_, members)| members.len() > 1 && members.len() < judged.len());
        levels.truncate(LEVELS);
        let factor = |(level, members): (&str, Vec<u32>)| Factor {
            what,
            level: level.to_owned(),
            members,
            tested: None,
        };
        found.extend(levels.into_iter().map(factor));
    };
    named(t!("Kind"), &|item, level| {
        level(match item.kind {
            Kind::Feature => t!("features"),
            Kind::Bug => t!("bugs"),
            Kind::Chore => t!("chores"),
            Kind::Other => t!("other work"),
        });
    });
    named("Type", &|item, level| level(&item.type_name));
    named("Team", &|item, level| level(&item.team));
    named("Project", &|item, level| level(&item.project));
    named("Epic", &|item, level| level(&item.epic));
    named("Area", &|item, level| item.areas.iter().for_each(|area| level(area)));
    named("Label", &|item, level| item.labels.iter().for_each(|label| level(label)));
    named(t!("Assigned to"), &|item, level| {
        level(match item.owners.len() {
            0 => t!("nobody"),
            1 => t!("one person"),
            _ => t!("several people"),
        });
    });
    // An empty name is none.
    let flag = |says: &'static str, holds: bool| if holds { says } else { "" };
    named(t!("Planning"), &|item, level| level(flag(t!("has a due date"), item.due.is_some())));
    let carried = t!("was in more than one iteration");
    named(t!("Planning"), &|item, level| level(flag(carried, item.iterations.len() > 1)));
    named(t!("Dependence"), &|item, level| {
        level(flag(t!("waits for other items"), !item.waits_for.is_empty()))
    });
    named(t!("Dependence"), &|item, level| {
        level(flag(t!("is part of another item"), !item.parent.is_empty()))
    });
    let mut by_place = |what: &'static str, level: String, holds: &dyn Fn(&Judged) -> Option<bool>| {
        let members = (0u32..).zip(judged).filter(|(_, one)| holds(one) == Some(true)).map(|(at, _)| at);
        let members: Vec<u32> = members.collect();
        if members.len() > 1 && members.len() < judged.len() {
            found.push(Factor { what, level, members, tested: None });
        }
    };
    let mut sizes: Vec<f64> = judged.iter().map(|one| one.estimate).collect();
    sizes.order_by(f64::total_cmp);
    let third = |n: usize| sizes.get(sizes.len() * n / 3).copied().unwrap_or_default();
    let (low, high) = (third(1), third(2));
    by_place(t!("Estimate"), say!("up to {}", analysis.amount(low)), &|one| Some(one.estimate <= low));
    if high > low {
        let between = say!("over {} to {}", analysis.amount(low), analysis.amount(high));
        by_place(t!("Estimate"), between, &|one| Some(one.estimate > low && one.estimate <= high));
        by_place(t!("Estimate"), say!("over {}", analysis.amount(high)), &|one| Some(one.estimate > high));
    }
    let ways = analysis.ways();
    let workflow = analysis.workflow();
    by_place(t!("Blocked"), t!("was blocked").to_owned(), &|one| {
        let way = ways.get(one.item)?;
        let in_status = way.visits.iter().any(|v| workflow.columns.get(v.column).is_some_and(|c| c.blocks));
        Some(in_status || !way.flags.is_empty() || item(one).is_some_and(|item| item.blocked))
    });
    by_place(t!("Reopened"), t!("was done, and then not any more").to_owned(), &|one| {
        ways.get(one.item).and_then(|way| metrics::was_reopened(way.visits, workflow))
    });
    let dates = |one: &Judged| analysis.dates.get(one.item);
    by_place(t!("Begun"), t!("within a day of being written down").to_owned(), &|one| {
        let dates = dates(one)?;
        let waited = crate::model::days_between(dates.created?, dates.started?);
        Some((0..=1).contains(&waited))
    });
    let load = analysis.load();
    let mut usual: Vec<u32> = load.wip.clone();
    usual.order();
    if let Some((&middle, first)) = usual.get(usual.len() / 2).zip(load.first) {
        by_place(t!("Begun"), t!("while more than usual was in progress").to_owned(), &|one| {
            let day = crate::model::days_between(first, dates(one)?.started?);
            load.wip.get(usize::try_from(day).ok()?).map(|&wip| wip > middle)
        });
    }
    // Two names for the same items are one factor, and so are a group and all the rest: asking twice would be no second
    // look.
    let mut seen: HashSet<Vec<u32>> = HashSet::new();
    found.retain(|factor| seen.insert(factor.members.clone()));
    let rest_of = |members: &[u32]| -> Vec<u32> {
        let mut inside = vec![false; judged.len()];
        members.iter().for_each(|&at| inside[at as usize] = true);
        (0u32..).zip(&inside).filter(|(_, inside)| !**inside).map(|(at, _)| at).collect()
    };
    // Of the two the smaller one says more.
    found.retain(|factor| {
        let is_larger = factor.members.len() * 2 > judged.len();
        !(is_larger && seen.contains(&rest_of(&factor.members)))
    });
    found
}
