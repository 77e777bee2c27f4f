//! How much of the work some items were: by what was finished of them, and by the days they were in progress.

use super::{Dates, State, Window};
use crate::model::{Calendar, day_number};

/// How much work went into some items within a window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Items finished in it.
    pub finished: usize,
    /// Of these, with the day they were started.
    pub with_start: usize,
    /// Days within it on which an item was in progress, added up over the items, in the days
    /// that count. Items without a start have none.
    pub item_days: u64,
}

/// The effort that went into each of so many classes of items within a window; `class` is asked only of items
/// that were worked on in it. Zero of none.
pub fn efforts(
    dates: &[Dates],
    window: Window,
    calendar: &Calendar,
    classes: usize,
    class: impl Fn(usize) -> Option<usize>,
) -> Vec<Effort> {
    let mut efforts = vec![Effort::default(); classes];
    for (i, item) in dates.iter().enumerate() {
        let state = item.state_on(window.to);
        let is_finished = state == State::Finished && item.finished.is_some_and(|day| window.holds(day));
        let end = match state {
            State::InProgress => Some(window.to),
            State::Finished => item.finished,
            State::Cancelled => item.cancelled,
            State::NotStarted | State::NotYetKnown => None,
        };
        let within = item.started.zip(end).and_then(|(start, end)| {
            let (start, end) = (window.from.map_or(start, |from| from.max(start)), end.min(window.to));
            (day_number(start) <= day_number(end)).then_some((start, end))
        });
        if !is_finished && within.is_none() {
            continue;
        }
        let Some(effort) = class(i).and_then(|class| efforts.get_mut(class)) else { continue };
        effort.finished += usize::from(is_finished);
        effort.with_start += usize::from(is_finished && item.started.is_some());
        let days = within.and_then(|(start, end)| calendar.span(start, end));
        effort.item_days += days.map_or(0, |days| u64::from(days.0));
    }
    efforts
}

/// The effort that went into the items that `holds` lets through.
pub fn effort(dates: &[Dates], window: Window, calendar: &Calendar, holds: impl Fn(usize) -> bool) -> Effort {
    let all = efforts(dates, window, calendar, 1, |i| holds(i).then_some(0));
    all.first().copied().unwrap_or_default()
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
        assert_eq!(all, Effort { finished: 1, with_start: 1, item_days: 2 + 7 + 2 });
        let none = effort(&dates, window, &Counting::default().calendar(), |_| false);
        assert_eq!(none, Effort::default());
    }
}
