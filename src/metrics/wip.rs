//! Work in progress: how much is started and not finished.

use super::Dates;
use crate::model::{Date, Stage, day_number};

/// Items in progress at the end of each day from `first` to `last`; empty when `last` is earlier.
/// Items in progress without a start date count on each day since they were created, or on every day
/// where that is unknown too; [`Dates::state_on`] counts one day the same way. One pass over the items,
/// whatever the number of days.
pub fn over_time(dates: &[Dates], first: Date, last: Date) -> Vec<usize> {
    let length = usize::try_from(day_number(last) - day_number(first) + 1).unwrap_or_default();
    let mut change = vec![0i64; length + 1];
    let place =
        |day: Date| usize::try_from(day_number(day) - day_number(first)).unwrap_or_default().min(length);
    for item in dates {
        let open_ended = item.stage == Some(Stage::InProgress);
        let undated = || item.created.unwrap_or(first);
        let start = item.started.or_else(|| open_ended.then(undated));
        let end = item.finished.or(item.cancelled);
        if let Some(start) = start
            && (open_ended || end.is_some_and(|end| end > start))
        {
            change[place(start)] += 1;
            if let Some(end) = end {
                change[place(end)] -= 1;
            }
        }
    }
    let running = change.iter().take(length).scan(0, |sum, change| {
        *sum += change;
        Some(usize::try_from(*sum).unwrap_or_default())
    });
    running.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::State;
    use jiff::civil::date;

    #[test]
    fn the_series_agrees_with_each_single_day() {
        let day = |n: i8| (n > 0).then(|| date(2024, 1, n));
        let item = |stage, created, started, finished| Dates {
            created: day(created),
            started: day(started),
            finished: day(finished),
            cancelled: None,
            stage: Some(stage),
        };
        let mut dates = vec![
            item(Stage::Done, 1, 2, 5),
            item(Stage::Done, 1, 5, 5),
            item(Stage::Done, 1, 9, 4),
            item(Stage::Done, 1, 3, 0),
            item(Stage::InProgress, 1, 4, 0),
            item(Stage::InProgress, 6, 0, 0),
            item(Stage::NotStarted, 1, 0, 0),
        ];
        dates.push(Dates { stage: Some(Stage::InProgress), ..Dates::default() });
        dates.push(Dates { cancelled: day(8), ..item(Stage::Cancelled, 1, 2, 0) });
        let series = over_time(&dates, date(2024, 1, 1), date(2024, 1, 10));
        let on = |n| dates.iter().filter(|d| d.state_on(date(2024, 1, n)) == State::InProgress).count();
        let single: Vec<usize> = (1..=10).map(on).collect();
        assert_eq!(series, single);
        assert_eq!(series, [1, 3, 3, 4, 3, 4, 4, 3, 3, 3]);
        assert!(over_time(&dates, date(2024, 1, 2), date(2024, 1, 1)).is_empty());
    }
}
