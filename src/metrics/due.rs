//! Due dates and how they were kept.

use super::{Attainment, Dates, State, Window};
use crate::model::{Date, days_between};
use crate::order::InOrder;

/// How due dates were kept in a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DueRecord {
    /// Of the items finished in the window that had a due date: those finished on it or before.
    pub kept: Attainment,
    /// The items finished later, with the calendar days between, the latest first.
    pub late: Vec<(usize, u32)>,
    /// Items still open whose day has passed at the window's end, with the days since, the longest first.
    pub overdue: Vec<(usize, u32)>,
    /// Items still open whose day is to come.
    pub ahead: usize,
}

/// The record of the due dates, which are in the order of the dates. An item's due date is the last one that
/// was set; earlier ones are not known, so dates that were moved look kept.
pub fn due_record(dates: &[Dates], dues: &[Option<Date>], window: Window) -> DueRecord {
    let mut record = DueRecord::default();
    for (i, (item, due)) in dates.iter().zip(dues).enumerate() {
        let Some(due) = *due else { continue };
        let after = |day: Date| u32::try_from(days_between(due, day)).ok().filter(|days| *days > 0);
        match item.state_on(window.to) {
            State::Finished => {
                let Some(day) = item.finished.filter(|&day| window.holds(day)) else { continue };
                record.kept.n += 1;
                match after(day) {
                    None => record.kept.within += 1,
                    Some(days) => record.late.push((i, days)),
                }
            }
            State::NotStarted | State::InProgress => match after(window.to) {
                None => record.ahead += 1,
                Some(days) => record.overdue.push((i, days)),
            },
            State::Cancelled | State::NotYetKnown => {}
        }
    }
    for list in [&mut record.late, &mut record.overdue] {
        list.order_by_key(|&(item, days)| (std::cmp::Reverse(days), item));
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stage;
    use jiff::civil::date;

    #[test]
    fn on_the_day_is_in_time_and_what_was_given_up_counts_not() {
        let done = |day: i8| Dates {
            finished: Some(date(2024, 3, day)),
            stage: Some(Stage::Done),
            ..Dates::default()
        };
        let open = Dates { stage: Some(Stage::InProgress), ..Dates::default() };
        let gone = Dates { stage: Some(Stage::Cancelled), ..Dates::default() };
        let dates = [done(5), done(6), done(15), open, open, gone, done(20)];
        let due = |day: i8| Some(date(2024, 3, day));
        let dues = [due(5), due(5), due(5), due(1), due(30), due(1), None];
        let window = Window { from: Some(date(2024, 3, 1)), to: date(2024, 3, 21) };
        let record = due_record(&dates, &dues, window);
        assert_eq!(record.kept, Attainment { within: 1, n: 3 });
        assert_eq!((record.late, record.overdue, record.ahead), (vec![(2, 10), (1, 1)], vec![(3, 20)], 1));
    }
}
