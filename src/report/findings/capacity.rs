//! Is there evidence that the whole must grow, or does something else come first?

use super::{Bar, Desk, Finding, Picture, Place, Source, Weight};
use crate::model::Role;
use crate::report::capacity::{Advice, capacity_answers, needed_in_words, reason};
use crate::report::say;

pub static CAPACITY: Source = Source { id: "capacity", find };

fn find(desk: &Desk, role: Role) -> Option<Finding> {
    let analysis = desk.analysis;
    let whole = analysis.capacity().parts.first()?;
    if whole.advice == Advice::CannotTell {
        return None;
    }
    let meaning = match (role, whole.advice) {
        (Role::Cto, Advice::MorePeople) => {
            t!("This is what growing the team would answer. Asking for less answers it too, and sooner.")
        }
        (Role::Cto, Advice::LessAtOnce) => {
            t!(
                "More people would not help yet: what is begun has to be finished first. It costs a no, which may be yours to say."
            )
        }
        (Role::Cto, Advice::Unblock) => {
            t!("The way is blocked, not the team too small: somebody with your reach may clear it.")
        }
        (Role::Cto, _) => {
            t!(
                "Nothing here speaks for growing the team. Other reasons may: what comes next year is not in it."
            )
        }
        (Role::VpEngineering, Advice::MorePeople) => {
            t!("It is a case for more people that you can show, with its range.")
        }
        (Role::VpEngineering, Advice::LessAtOnce) => {
            t!("Let nothing new begin until some of it is done; then look at this again.")
        }
        (Role::VpEngineering, Advice::Unblock) => {
            t!("See who waits for whom before you ask for anybody new.")
        }
        (Role::VpEngineering, _) => t!("You have no case for more people in these numbers, nor need one."),
        (Role::ProductManager, Advice::MorePeople) => {
            t!("More is asked for than is done: whatever you add now waits.")
        }
        (Role::ProductManager, Advice::LessAtOnce) => {
            t!("What you ask for next will come sooner if less is begun now.")
        }
        _ => t!("What the team can carry, and what limits it."),
    };
    let answer = capacity_answers(analysis).into_iter().find(|answer| answer.id == "advice")?;
    let needed = match whole.advice {
        Advice::MorePeople => needed_in_words(whole).map(|said| format!(" {said}")).unwrap_or_default(),
        _ => String::new(),
    };
    let bar = |name: &str, rate: Option<crate::metrics::Rate>| {
        rate.map(|rate| Bar {
            name: name.to_owned(),
            value: rate.per_week,
            says: say!("{} a week", say::decimal(rate.per_week)),
        })
    };
    let bars: Vec<Bar> =
        [bar(t!("come in"), whole.came), bar(t!("leave"), whole.went)].into_iter().flatten().collect();
    Some(Finding {
        id: "capacity",
        topic: "capacity",
        weight: match whole.advice {
            Advice::NoEvidence | Advice::CannotTell => Weight::Calm,
            _ => Weight::Watch,
        },
        number: None,
        unit: String::new(),
        fact: format!("{}: {}{needed}", whole.advice.says(), reason(analysis, whole)),
        meaning: meaning.to_owned(),
        picture: (bars.len() == 2).then_some(Picture::Bars(bars)),
        place: Some(Place::Capacity("advice")),
        question: t!("If we had one more person tomorrow, where would work flow faster?").to_owned(),
        explanation: Some(answer.explanation),
        ..Finding::default()
    })
}
