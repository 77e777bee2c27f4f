//! Story points and sizes: they have no unit, so nothing is divided by them. What they can tell is whether larger
//! ones took longer.

use super::estimates::Said;
use super::selection::Selection;
use super::{Analysis, Answer, Explanation, Measure, say};
use crate::metrics::{self, Concordance, Distribution, FEWEST, ReferenceClass, took_longer};
use crate::model::Days;
use crate::order::InOrder;

/// An estimate without a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Points,
    Sizes,
}

/// Finished items of one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// "5", "XL".
    pub name: String,
    rank: f64,
    pub distribution: Distribution,
    pub selection: Selection,
}

impl Class {
    /// "5 points", "size XL".
    pub fn in_words(&self, scale: Scale) -> String {
        match (scale, self.name.as_str()) {
            (Scale::Points, "1") => t!("1\u{a0}point").to_owned(),
            (Scale::Points, name) => say!("{name}\u{a0}points"),
            (Scale::Sizes, name) => say!("size\u{a0}{name}"),
        }
    }
}

/// Time by estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    pub measure: Measure,
    /// From the smallest estimate to the largest; each with at least one finished item.
    pub classes: Vec<Class>,
    /// `None` where there are no two values, or too few items.
    pub concordance: Option<Concordance>,
}

impl Classes {
    pub fn n(&self) -> usize {
        self.classes.iter().map(|class| class.distribution.n()).sum()
    }

    /// The two neighbouring values of which most is known, how often the larger took longer, and how often as long;
    /// `None` where no two have [`FEWEST`] items.
    pub fn neighbours(&self) -> Option<(&Class, &Class, (f64, f64))> {
        let least = |a: &Class, b: &Class| a.distribution.n().min(b.distribution.n());
        let pairs = self.classes.windows(2).filter_map(|pair| match pair {
            [a, b] if least(a, b) >= FEWEST => Some((a, b)),
            _ => None,
        });
        // Among alike, larger ones are what one plans by.
        let (a, b) = pairs.max_by_key(|(a, b)| least(a, b))?;
        let days =
            |class: &Class| -> Vec<u32> { class.distribution.values().iter().map(|days| days.0).collect() };
        Some((a, b, took_longer(&days(a), &days(b))?))
    }
}

const SIZES: [&str; 6] = ["XS", "S", "M", "L", "XL", "XXL"];

/// Finer steps are no scale that anybody estimates by.
const MOST_CLASSES: usize = 40;

impl Analysis {
    /// Time by story points, or by size, by the duration that speaks for the team; `None` where nothing that is
    /// finished has both.
    pub fn classes(&self, scale: Scale) -> Option<&Classes> {
        let [points, sizes] = self
            .later
            .classes
            .get_or_init(|| [Scale::Points, Scale::Sizes].map(|scale| classes(self, scale)));
        match scale {
            Scale::Points => points.as_ref(),
            Scale::Sizes => sizes.as_ref(),
        }
    }

    /// Why there is no time by points, and what would help; likewise of sizes.
    pub fn no_classes(&self, scale: Scale) -> String {
        let (what, column) = match scale {
            Scale::Points => (t!("story points"), t!("Story points")),
            Scale::Sizes => (t!("sizes like S, M and L"), t!("Size")),
        };
        let has_any = match scale {
            Scale::Points => self.basis.tells.points,
            Scale::Sizes => self.basis.tells.sizes,
        };
        match has_any {
            false => say!("The data has no {what}. An export with a column like “{column}” would."),
            true => match self.durations() {
                None => say!("There are {what}, but no durations. {}", self.no_durations()),
                Some(_) => say!("Nothing that has {what} is finished with a duration."),
            },
        }
    }
}

fn classes(analysis: &Analysis, scale: Scale) -> Option<Classes> {
    let tells = analysis.basis.tells;
    if !(match scale {
        Scale::Points => tells.points,
        Scale::Sizes => tells.sizes,
    }) {
        return None;
    }
    let (measure, durations) = analysis.durations()?;
    let mut by_rank: Vec<(f64, usize, Days)> = Vec::new();
    for timed in &durations.timed {
        let Some(item) = analysis.data.items.get(timed.item) else { continue };
        let rank = match scale {
            // None at all is no estimate, where others have some.
            Scale::Points => item.points.filter(|points| *points > 0.0 && points.is_finite()),
            Scale::Sizes => SIZES.iter().position(|size| *size == item.size).map(|at| at as f64),
        };
        by_rank.extend(rank.map(|rank| (rank, timed.item, timed.days)));
    }
    by_rank.order_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2)));
    let name = |rank: f64| match scale {
        Scale::Points => bare(rank),
        Scale::Sizes => SIZES.get(rank as usize).map_or(String::new(), |size| (*size).to_owned()),
    };
    let class = |of: &[(f64, usize, Days)]| Class {
        name: of.first().map(|(rank, ..)| name(*rank)).unwrap_or_default(),
        rank: of.first().map_or(0.0, |(rank, ..)| *rank),
        distribution: of.iter().map(|&(.., days)| days).collect(),
        selection: Selection::Listed(of.iter().map(|&(_, item, _)| item).collect()),
    };
    let classes: Vec<Class> = by_rank.chunk_by(|a, b| a.0 == b.0).map(class).collect();
    if classes.is_empty() || classes.len() > MOST_CLASSES {
        return None;
    }
    let items: Vec<(f64, u32)> = by_rank.iter().map(|&(rank, _, days)| (rank, days.0)).collect();
    let concordance = (items.len() >= Distribution::PLENTY).then(|| metrics::concordance(&items)).flatten();
    Some(Classes { measure, classes, concordance })
}

/// "An 8 took longer than a 5 only 58 % of the time."
pub fn neighbours_in_words(analysis: &Analysis, scale: Scale) -> Option<String> {
    let (small, large, (longer, as_long)) = analysis.classes(scale)?.neighbours()?;
    let a = |name: &str| {
        let an = match name.chars().next() {
            Some('8') => true,
            _ => matches!(name, "11" | "18" | "XS" | "S" | "M" | "L" | "XL" | "XXL") && name != "XXXL",
        };
        if an { say!("an\u{a0}{name}") } else { say!("a\u{a0}{name}") }
    };
    let only = if longer < 0.7 { t!("only ") } else { "" };
    let as_long = match as_long {
        share if share < 0.005 => String::new(),
        share => say!(", and as long {}", say::percent(share)),
    };
    Some(say!(
        "{} took longer than {} {only}{} of the time{as_long}",
        say::capital(&a(&large.name)),
        a(&small.name),
        say::percent(longer)
    ))
}

/// "You say 5 points: work of 5 points took 2 to 19 days from start to finish (80 %)." Of points the nearest values
/// too, where there are few of one; of sizes only the same.
///
/// # Errors
/// A sentence that says why there is no answer.
pub fn say_of_points(analysis: &Analysis, scale: Scale, value: &str) -> Result<Said, String> {
    let classes = analysis.classes(scale).ok_or_else(|| analysis.no_classes(scale))?;
    let own = classes.classes.iter().find(|class| class.name == value);
    let days = |class: &Class| -> Vec<f64> {
        class.distribution.values().iter().map(|days| f64::from(days.0)).collect()
    };
    let (called, class) = match scale {
        Scale::Points => {
            let points: f64 = value.parse().unwrap_or(f64::NAN);
            let past: Vec<(f64, f64)> = classes
                .classes
                .iter()
                .flat_map(|class| days(class).into_iter().map(|days| (class.rank, days)))
                .collect();
            let class = metrics::reference_class(&past, points).ok_or_else(|| {
                say!(
                    "Fewer than {} finished items had about as many points: too few to hold yours against.",
                    ReferenceClass::LEAST
                )
            })?;
            let called = match class.estimates {
                (low, high) if low == high => points_in_words(low),
                (low, high) => say!("{} to {}", bare(low), points_in_words(high)),
            };
            (called, class)
        }
        Scale::Sizes => {
            let own =
                own.filter(|class| class.distribution.n() >= Distribution::ENOUGH).ok_or_else(|| {
                    say!(
                        "Fewer than {} items of that size are finished: too few to tell.",
                        Distribution::ENOUGH
                    )
                })?;
            let class = ReferenceClass { estimates: (own.rank, own.rank), actuals: days(own) };
            (own.in_words(scale), class)
        }
    };
    let n = class.actuals.len();
    let at = |p: u8| Days(class.percentile(p) as u32);
    let few = if n < ReferenceClass::LEAST { t!(" Few data.") } else { "" };
    let asked = match scale {
        Scale::Points => points_in_words(value.parse().unwrap_or_default()),
        Scale::Sizes => called.clone(),
    };
    Ok(Said {
        sentence: say!(
            "You say {asked}: work of {called} took {} to {} {} (80\u{a0}%). Half took {} or less, 85\u{a0}% {} or less.{few}",
            say::number(at(10).0 as usize),
            analysis.days(at(90)),
            classes.measure.span(),
            analysis.days(at(50)),
            analysis.days(at(85))
        ),
        basis: format!("n\u{a0}=\u{a0}{}", say::number(n)),
    })
}

fn bare(points: f64) -> String {
    if points.fract() == 0.0 {
        say::number(points.max(0.0) as usize)
    } else {
        crate::language::formats::pointed(points.to_string())
    }
}

fn points_in_words(points: f64) -> String {
    format!("{}\u{a0}{}", bare(points), if points == 1.0 { t!("point") } else { t!("points") })
}

/// The answers about points, or sizes; none where there are none.
pub fn points_answer(analysis: &Analysis, scale: Scale) -> Option<Answer> {
    let classes = analysis.classes(scale)?;
    let (what, values) = match scale {
        Scale::Points => (t!("points"), t!("Story points")),
        Scale::Sizes => (t!("sizes"), t!("Sizes")),
    };
    let concordance = classes.concordance?;
    let between = concordance.between?;
    let (verdict, would_change) = match () {
        () if between.low > 0.3 => (
            say!("{values} say something: larger ones take longer more often than not"),
            t!("If a larger one took longer about as often as not."),
        ),
        () if between.low > 0.0 => (
            say!("{values} say a little: larger ones tend to take longer"),
            t!("If larger ones took longer nearly always, or no more often than not."),
        ),
        () if between.high < 0.0 => (
            say!("{values} say the opposite: larger ones took less long"),
            t!("If larger ones took longer at least as often as not."),
        ),
        () => (
            say!("{values} do not tell how long work takes, as far as can be seen"),
            t!("If a larger one took longer clearly more often than not."),
        ),
    };
    let neighbours = neighbours_in_words(analysis, scale).map(|said| format!(" {said}.")).unwrap_or_default();
    let all: Vec<usize> =
        classes.classes.iter().flat_map(|class| analysis.select(&class.selection)).collect();
    Some(Answer {
        id: if scale == Scale::Points { "points" } else { "sizes" },
        question: match scale {
            Scale::Points => t!("Do story points tell how long work takes?"),
            Scale::Sizes => t!("Do sizes tell how long work takes?"),
        },
        number: Some(say::percent(concordance.longer)),
        unit: say!("of pairs of different {what}: the larger took longer (as long counts half)"),
        sentence: format!("{verdict}.{neighbours}"),
        would_change: Some(would_change.to_owned()),
        explanation: Explanation {
            definition: say!(
                "Of every two finished items of different {what}, how often the larger took longer in {}; as long \
                 counts half, so a coin would have 50\u{a0}%. Kendall\u{2019}s τ-b is {} ({} to {} at 95\u{a0}%): 1 where larger always \
                 took longer, 0 where it says nothing. They have no unit, so nothing is divided by them.",
                classes.measure.name(),
                hundredths(concordance.tau),
                hundredths(between.low),
                hundredths(between.high)
            ),
            window: analysis.window_in_words(),
            items: say!("{} finished with {what} and a duration.", say::items(classes.n())),
            selection: Some(Selection::Listed(all)),
            left_out: Vec::new(),
        },
    })
}

/// With two decimals and a true minus.
pub fn hundredths(x: f64) -> String {
    let text = say::decimals(x.abs(), 2);
    if x < 0.0 && text.trim_matches(['0', '.', ',']) != "" { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::analysis;

    #[test]
    fn larger_points_take_longer_or_do_not() {
        let team = |days: fn(usize) -> usize| {
            let row = |i: usize| {
                let points = [1, 2, 3, 5, 8][i % 5];
                let end = crate::model::day_from_number(19_723 + (i + days(points)) as i32);
                format!("{i},{},{end},{points}\n", crate::model::day_from_number(19_723 + i as i32))
            };
            let rows: String = (0..60).map(row).collect();
            analysis(&format!("id,started,finished,story points\n{rows}"))
        };
        let apt = team(|points| 2 * points);
        let answer = points_answer(&apt, Scale::Points).unwrap();
        assert_eq!(answer.number.as_deref(), Some("100\u{a0}%"));
        assert!(answer.sentence.starts_with("Story points say something"), "{}", answer.sentence);
        let said = neighbours_in_words(&apt, Scale::Points).unwrap();
        assert_eq!(said, "An\u{a0}8 took longer than a\u{a0}5 100\u{a0}% of the time");
        let none = points_answer(&team(|points| [4, 9, 2, 7, 5][points % 5]), Scale::Points).unwrap();
        assert!(none.sentence.starts_with("Story points do not tell"), "{}", none.sentence);
        assert!(apt.classes(Scale::Sizes).is_none());
        assert!(apt.no_classes(Scale::Sizes).contains("no sizes"));
    }

    #[test]
    fn sizes_are_read_where_points_would_be_and_from_labels() {
        let sized = analysis(
            "id,started,finished,size,labels\n1,2024-01-01,2024-01-02,S,\n2,2024-01-01,2024-01-09,XL,\n\
             3,2024-01-01,2024-01-04,,size/M\n",
        );
        let names: Vec<&str> =
            sized.classes(Scale::Sizes).unwrap().classes.iter().map(|class| class.name.as_str()).collect();
        assert_eq!(names, ["S", "M", "XL"]);
    }
}
