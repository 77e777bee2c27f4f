//! Around what overshooting goes with.

use super::{Column, Figure, FigureText, Table};
use crate::metrics::FEWEST;
use crate::report::estimates::{Factor, Told};
use crate::report::{Analysis, say};

pub static GOES_WITH: Figure = Figure { id: "goes-with", name: "What overshooting goes with", text, tables };

/// "Project “Shop”", "Kind: bugs".
pub fn factor_name(factor: &Factor) -> String {
    match factor.what {
        "Type" | "Team" | "Project" | "Epic" | "Area" | "Label" => {
            say!("{} “{}”", t!(factor.what), factor.level)
        }
        what => format!("{}: {}", t!(what), factor.level),
    }
}

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    if let Some(why) = analysis.no_estimates() {
        return Err(why);
    }
    let found = analysis.goes_with();
    if found.tests() == 0 {
        return Err(say!(
            "Too little is finished with both numbers, or nothing is known of it: a group of at least {FEWEST} items \
             and as many outside of it are needed."
        ));
    }
    let named = |told: Told| -> Vec<String> {
        let of = found.told().filter(|(_, tested)| Told::of(tested) == told);
        of.take(3).map(|(factor, _)| factor_name(factor)).collect()
    };
    let finding = match (named(Told::MoreOften).as_slice(), named(Told::Longer).as_slice()) {
        ([], []) if found.told().count() == 0 => {
            t!("Overshooting goes with nothing that the data knows of, as far as can be told").to_owned()
        }
        ([], []) => {
            t!("Some work overshoots less than the rest, beyond noise; none overshoots more").to_owned()
        }
        ([], longer) => say!("Taking more than estimated goes with {}", say::and(longer)),
        (more, _) => say!("Taking {} goes with {}", found.overshoot_briefly, say::and(more)),
    };
    Ok(FigureText {
        finding,
        caption: say!(
            "The share that took {} inside each group (dot, with its 95\u{a0}% interval) and outside of it (ring), those told \
             first: diamonds overshoot more often, squares less often. Where only the middle ratio of actual to estimate \
             differs, it stands there without a picture. {} were looked at, with {} tests; told is what holds when a tenth of what is told may be false \
             (exact permutation tests, Benjamini–Hochberg). “Goes with” says nothing of what caused what. People \
             are not among what is looked at.",
            found.overshoot,
            say::counted(found.factors.len(), "group", "groups"),
            say::number(found.tests())
        ),
    })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let found = analysis.goes_with();
    let share = |share: crate::metrics::Attainment| {
        say!(
            "{} of {}{}",
            say::number(share.within),
            say::number(share.n),
            share.share().map(|share| format!(" ({})", say::percent(share))).unwrap_or_default()
        )
    };
    let rows = found.factors.iter().map(|factor| {
        let name = factor_name(factor);
        match &factor.tested {
            None => {
                let mut row = vec![name, say::number(factor.members.len())];
                row.extend(["", "", "", "", "", ""].map(str::to_owned));
                row.push(t!("too small to test").to_owned());
                row
            }
            Some(t) => vec![
                name,
                say::number(factor.members.len()),
                share(t.inside.overshot),
                share(t.outside.overshot),
                chance(t.chance_of_rate),
                say::factor_of(t.inside.bias),
                say::factor_of(t.outside.bias),
                chance(t.chance_of_bias),
                told_in_words(t).to_owned(),
            ],
        }
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Table {
        title: t!("Every group that was looked at").to_owned(),
        columns: vec![
            Column::text(t!("Group")),
            Column::number(t!("Items")),
            Column::number(t!("Overshot inside")),
            Column::number(t!("Outside")),
            Column::number(t!("Chance")),
            Column::number(t!("Middle ratio inside")),
            Column::number(t!("Outside")),
            Column::number(t!("Chance")),
            Column::text(t!("Told")),
        ],
        rows,
    }]
}

/// What is told of a group.
pub fn told_in_words(tested: &crate::metrics::Tested) -> &'static str {
    match Told::of(tested) {
        Told::MoreOften => t!("overshoots more often"),
        Told::Longer => t!("takes more of its estimates in the middle"),
        Told::Less => t!("overshoots less often, or takes less"),
        Told::Noise | Told::TooSmall => t!("not told apart from noise"),
    }
}

/// A chance with two digits that mean something.
fn chance(chance: f64) -> String {
    match chance {
        c if c < 0.0001 => t!("under 0.0001").to_owned(),
        c if c < 0.01 => say::decimals(c, 4),
        c => say::decimals(c, 2),
    }
}
