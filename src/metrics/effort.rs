//! How much of the work some items were: by what was finished of them, and by the days they were in progress.

use super::{Dates, State, Window};
use crate::model::{Calendar, day_number};

/// How much work went into some items within a window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Items finished in it.
    pub finished: usize,
    /// Days within it on which an item was in progress, added up over the items: both ends counted, in the
    /// days that count. Items without a start have none.
    pub item_days: u64,
}

/// The effort that went into the items that `holds` lets through. Zero of none.
pub fn effort(dates: &[Dates], window: Window, calendar: &Calendar, holds: impl Fn(usize) -> bool) -> Effort {
    let mut effort = Effort::default();
    for (_, item) in dates.iter().enumerate().filter(|(i, _)| holds(*i)) {
        let state = item.state_on(window.to);
        let is_finished = state == State::Finished && item.finished.is_some_and(|day| window.holds(day));
        effort.finished += usize::from(is_finished);
        let end = match state {
            State::InProgress => Some(window.to),
            State::Finished => item.finished,
            State::Cancelled => item.cancelled,
            State::NotStarted | State::NotYetKnown => None,
        };
        let Some((start, end)) = item.started.zip(end) else { continue };
        let (start, end) = (window.from.map_or(start, |from| from.max(start)), end.min(window.to));
        if day_number(start) <= day_number(end) {
            effort.item_days += calendar.span(start, end).map_or(0, |days| u64::from(days.0));
        }
    }
    effort
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Counting, Stage};
    use jiff::civil::date;

    #[test]
    fn days_are_cut_to_the_window_and_the_finished_are_counted_in_it() {
        let item = |start: i8, end: Option<i8>| Dates {
            started: Some(date(2024, 3, start)),
            finished: end.map(|day| date(2024, 3, day)),
            stage: Some(if end.is_some() { Stage::Done } else { Stage::InProgress }),
            ..Dates::default()
        };
        let dates = [item(1, Some(5)), item(4, Some(12)), item(9, None), item(1, Some(2)), item(20, None)];
        let window = Window { from: Some(date(2024, 3, 4)), to: date(2024, 3, 10) };
        let all = effort(&dates, window, &Counting::default().calendar(), |_| true);
        // 4 and 5; 4 to 10; 9 and 10; none; none.
        assert_eq!(all, Effort { finished: 1, item_days: 2 + 7 + 2 });
        let none = effort(&dates, window, &Counting::default().calendar(), |_| false);
        assert_eq!(none, Effort::default());
    }
}
