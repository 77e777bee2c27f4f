//! What changed since the period before.

use super::{Desk, Finding, MORE_THAN_NOISE, Place, Source, Weight};
use crate::model::Role;

pub static CHANGED: Source = Source { id: "changed", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    desk.analysis.throughput.as_ref()?;
    let compared = desk.compared();
    let told =
        compared.rows.iter().filter(|row| row.verdict == MORE_THAN_NOISE || row.verdict == "within noise");
    // Where nothing can be told from noise, there is nothing to say.
    if told.count() == 0 {
        return None;
    }
    let is_news = compared.rows.iter().any(|row| row.verdict == MORE_THAN_NOISE);
    let meaning = match (role, is_news) {
        (Role::Stakeholder, true) => "That is more than luck: ask what was done differently.",
        (Role::Stakeholder, false) => "No news is good news: what was said last time still holds.",
        (_, true) => "That is more than luck explains.",
        _ => "What you decided by the numbers of last time still stands on them.",
    };
    Some(Finding {
        id: "changed",
        weight: if is_news { Weight::Watch } else { Weight::Calm },
        fact: format!("{}. {}", compared.finding, compared.periods),
        meaning: meaning.to_owned(),
        place: Place::Compared,
        question: "Did we mean to change that, and do we want to keep it?".to_owned(),
        ..Finding::default()
    })
}
