//! Whether a service level would have come true: told by what was known then, held against what came.

use super::{Attainment, Distribution, Durations};
use crate::model::{Date, Days};

/// A month, what would have been told at its beginning, and how it went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// Its first day.
    pub month: Date,
    /// What the share had taken of all that was finished before.
    pub limit: Days,
    /// Of the items finished in the month: those within it.
    pub attained: Attainment,
}

/// For each of the last `months` months before that of `as_of`, oldest first: the percentile of everything
/// finished before the month, and the share of the month's items that made it. Months before which fewer than
/// [`Distribution::PLENTY`] items were finished, and months without a finish, are left out.
pub fn walk_forward(durations: &Durations, percent: u8, as_of: Date, months: usize) -> Vec<Kept> {
    let mut found = Vec::new();
    let this = as_of.first_of_month();
    for back in (1..=i32::try_from(months).unwrap_or_default()).rev() {
        let first = |back: i32| this.checked_sub(jiff::Span::new().try_months(back).ok()?).ok();
        let (Some(month), Some(next)) = (first(back), first(back - 1)) else { continue };
        let before: Distribution =
            durations.timed.iter().filter(|timed| timed.end < month).map(|timed| timed.days).collect();
        let Some(limit) = before.percentile(percent).filter(|_| before.n() >= Distribution::PLENTY) else {
            continue;
        };
        let mut attained = Attainment::default();
        for timed in durations.timed.iter().filter(|timed| (month..next).contains(&timed.end)) {
            attained.n += 1;
            attained.within += usize::from(timed.days <= limit);
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
    use crate::metrics::Timed;
    use jiff::civil::date;

    #[test]
    fn each_month_is_told_by_what_came_before_it() {
        let mut durations = Durations::default();
        let mut add = |end: Date, days: u32, n: usize| {
            for _ in 0..n {
                durations.timed.push(Timed { item: 0, start: end, end, days: Days(days) });
            }
        };
        add(date(2024, 1, 10), 5, 30);
        add(date(2024, 3, 1), 5, 6);
        add(date(2024, 3, 31), 9, 4);
        add(date(2024, 4, 2), 99, 5);
        let record = walk_forward(&durations, 85, date(2024, 4, 20), 6);
        let march =
            Kept { month: date(2024, 3, 1), limit: Days(5), attained: Attainment { within: 6, n: 10 } };
        assert_eq!(record, [march], "January has nothing before it, February no finish, April is not over");
    }
}
