//! Whether what could be said of work at its beginning came true: told by what was known then, held against
//! what came of it.

use super::{Attainment, Distribution, Survival};
use crate::model::{Calendar, Date, Days, day_from_number, day_number};

/// A piece of work that was begun, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub start: Date,
    pub end: Option<Date>,
    /// Given up on that day, instead of finished.
    pub given_up: Option<Date>,
}

/// A month, what would have been told at its beginning, and how it went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// Its first day.
    pub month: Date,
    /// The days that the share would have been told to take.
    pub limit: Days,
    /// Of the items begun in the month whose days have passed: those finished within them.
    pub attained: Attainment,
}

/// How long work takes as far as it is known at the end of a day: what is finished by then, with what is
/// still open counted as taking longer than it has, and what was given up as taking longer than it had.
pub fn known_by(outcomes: &[Outcome], day: Date, calendar: &Calendar) -> Survival {
    let span = |start: Date, end: Date| calendar.span(start, end).unwrap_or(Days(0));
    let (mut finished, mut ages) = (Vec::new(), Vec::new());
    for outcome in outcomes.iter().filter(|outcome| outcome.start <= day) {
        match (outcome.end, outcome.given_up) {
            (Some(end), _) if end <= day => finished.push(span(outcome.start, end)),
            (_, Some(given_up)) => ages.push(span(outcome.start, given_up.min(day))),
            _ => ages.push(span(outcome.start, day)),
        }
    }
    let sorted = |days: Vec<Days>| days.into_iter().collect::<Distribution>();
    Survival::of(sorted(finished).values(), sorted(ages).values())
}

/// For each of the last `months` months up to that of `as_of`, oldest first: the days that `percent` of the work
/// would have been told to take, and the share of the work begun in the month that made them. What is open or
/// finished after its days is a miss; what was given up, and what has not had its days yet, is not counted.
/// Months before which fewer than [`Distribution::PLENTY`] items were finished or too much was open to tell, and
/// months without anything to count, are left out.
pub fn walk_forward(
    outcomes: &[Outcome],
    percent: u8,
    as_of: Date,
    months: usize,
    calendar: &Calendar,
) -> Vec<Kept> {
    let mut found = Vec::new();
    let this = as_of.first_of_month();
    for back in (0..i32::try_from(months).unwrap_or_default()).rev() {
        let first = |back: i32| this.checked_sub(jiff::Span::new().try_months(back).ok()?).ok();
        let (Some(month), Some(next)) = (first(back), first(back - 1)) else { continue };
        let known = known_by(outcomes, day_from_number(day_number(month) - 1), calendar);
        let Some(limit) = known.percentile(percent).filter(|_| known.finished >= Distribution::PLENTY) else {
            continue;
        };
        let mut attained = Attainment::default();
        let begun = outcomes.iter().filter(|outcome| (month..next).contains(&outcome.start));
        for outcome in begun.filter(|outcome| outcome.given_up.is_none()) {
            // Only work that has had its days: what is quick would be counted first otherwise.
            if calendar.span(outcome.start, as_of).is_some_and(|days| days > limit) {
                attained.n += 1;
                let took = outcome.end.and_then(|end| calendar.span(outcome.start, end));
                attained.within += usize::from(took.is_some_and(|days| days <= limit));
            }
        }
        if attained.n > 0 {
            found.push(Kept { month, limit, attained });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Counting;
    use jiff::civil::date;

    #[test]
    fn each_month_is_told_by_what_came_before_it_and_the_open_are_missed() {
        let mut outcomes = Vec::new();
        let mut add = |start: Date, days: Option<i32>, given_up: Option<Date>, n: usize| {
            let end = days.map(|days| day_from_number(day_number(start) + days - 1));
            outcomes.extend(std::iter::repeat_n(Outcome { start, end, given_up }, n));
        };
        add(date(2024, 1, 10), Some(5), None, 30);
        add(date(2024, 3, 1), Some(5), None, 6);
        add(date(2024, 3, 20), Some(9), None, 3);
        add(date(2024, 3, 25), None, None, 1);
        add(date(2024, 3, 26), None, Some(date(2024, 3, 27)), 7);
        // Not five days old yet, however quick some of it was.
        add(date(2024, 4, 18), Some(1), None, 4);
        let calendar = Counting::default().calendar();
        let record = walk_forward(&outcomes, 85, date(2024, 4, 20), 6, &calendar);
        let march =
            Kept { month: date(2024, 3, 1), limit: Days(5), attained: Attainment { within: 6, n: 10 } };
        assert_eq!(
            record,
            [march],
            "January has nothing before it, February no beginning, April no time yet"
        );
    }

    #[test]
    fn a_constant_team_keeps_what_is_said_of_it() {
        let mut random = fastrand::Rng::with_seed(11);
        let calendar = Counting::default().calendar();
        let (first, last) = (date(2023, 1, 1), date(2025, 6, 30));
        let mut all = Attainment::default();
        for _ in 0..60 {
            let mut outcomes = Vec::new();
            for day in day_number(first)..=day_number(last) {
                if random.f64() < 0.7 {
                    let took = (-random.f64().max(1e-12).ln() * 12.0).ceil() as i32;
                    let end = Some(day + took - 1).filter(|end| *end <= day_number(last));
                    outcomes.push(Outcome {
                        start: day_from_number(day),
                        end: end.map(day_from_number),
                        given_up: None,
                    });
                }
            }
            for kept in walk_forward(&outcomes, 85, last, 12, &calendar) {
                all.n += kept.attained.n;
                all.within += kept.attained.within;
            }
        }
        let share = all.share().unwrap_or_default();
        println!("said with 85 %, came true for {share:.4} of {}", all.n);
        assert!((share - 0.85).abs() < 0.01, "{share}");
    }
}
