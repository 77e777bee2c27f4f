//! What comes in against what goes out, week by week.

use super::throughput::{count_weeks, first_whole_week};
use super::{Dates, Window};
use crate::model::{Calendar, Date, day_from_number, day_number};

/// Items that came and went in each whole week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    pub first_week: Date,
    /// Created.
    pub arrived: Vec<u32>,
    /// Entered a stage in progress for the first time.
    pub started: Vec<u32>,
    pub finished: Vec<u32>,
    /// Finished or given up: what leaves the work still to be done.
    pub departed: Vec<u32>,
}

/// Arrivals and departures per week, from the week of the first creation or departure to the last whole
/// week of the window. `None` while there is no whole week or nothing happened.
pub fn flow(dates: &[Dates], window: Window, calendar: &Calendar) -> Option<Flow> {
    fn created(d: &Dates) -> Option<Date> {
        d.created
    }
    fn departed(d: &Dates) -> Option<Date> {
        d.finished.or(d.cancelled)
    }
    let days =
        |of: fn(&Dates) -> Option<Date>| dates.iter().filter_map(of).filter(move |&day| day <= window.to);
    let first = days(created).chain(days(departed)).min()?;
    let first_week = first_whole_week(first, window, calendar);
    let count = |of| count_weeks(days(of), first_week, window.to).map(|weeks| weeks.whole);
    Some(Flow {
        first_week,
        arrived: count(created)?,
        started: count(|d| d.started)?,
        finished: count(|d| d.finished)?,
        departed: count(departed)?,
    })
}

impl Flow {
    pub fn weeks(&self) -> usize {
        self.arrived.len()
    }

    /// The first day of that week.
    pub fn week(&self, n: usize) -> Date {
        day_from_number(day_number(self.first_week) + 7 * i32::try_from(n).unwrap_or_default())
    }

    /// Arrivals − departures, added up week by week: how much the open work has grown since the first.
    pub fn growth(&self) -> Vec<i64> {
        let net = self.arrived.iter().zip(&self.departed).map(|(&a, &d)| i64::from(a) - i64::from(d));
        net.scan(0, |sum, net| {
            *sum += net;
            Some(*sum)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_given_up_departs_too() {
        let day = |n: i8| (n > 0).then(|| date(2024, 1, n));
        let item = |created, started, finished, cancelled| Dates {
            created: day(created),
            started: day(started),
            finished: day(finished),
            cancelled: day(cancelled),
            stage: None,
        };
        let dates = [item(1, 2, 9, 0), item(2, 0, 0, 10), item(3, 4, 0, 0), item(15, 16, 17, 0)];
        let flow = flow(&dates, Window::until(date(2024, 1, 23)), &Calendar::default()).unwrap();
        assert_eq!(flow.arrived, [3, 0, 1]);
        assert_eq!(flow.started, [2, 0, 1]);
        assert_eq!(flow.finished, [0, 1, 1]);
        assert_eq!(flow.departed, [0, 2, 1]);
        assert_eq!(flow.growth(), [3, 1, 1]);
        assert_eq!(super::flow(&[], Window::until(date(2024, 1, 23)), &Calendar::default()), None);
    }
}
