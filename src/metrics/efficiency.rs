//! Flow efficiency, and what blocked the work.

use std::collections::BTreeMap;

use super::State;
use super::stages::{Trip, Visit, Workflow};
use crate::model::{Calendar, Stage, day_from_number, day_number};
use crate::order::InOrder;

/// How much of the time between start and finish was work, of items finished.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Efficiency {
    /// Items that took any time at all.
    pub items: usize,
    /// Elapsed days that count, over all items.
    pub total: f64,
    /// Of these, days in a status that waits or is not in progress, or flagged as blocked.
    pub waited: f64,
    /// Each item's own share of active time, from 0 to 1.
    pub shares: Vec<f64>,
}

impl Efficiency {
    /// Active time ÷ all time, over all items together; `None` without any.
    pub fn share(&self) -> Option<f64> {
        (self.total > 0.0).then(|| (1.0 - self.waited / self.total).clamp(0.0, 1.0))
    }
}

/// Active time ÷ cycle time, in elapsed days. What was finished in no time has no efficiency and is left out.
///
/// Source: METRICS.md, flow efficiency; Modig & Åhlström, *This Is Lean* (2012).
pub fn efficiency(trips: &[Trip], workflow: &Workflow, calendar: &Calendar) -> Efficiency {
    let mut all = Efficiency::default();
    for trip in trips {
        let Some((start, end)) = trip.span(workflow) else { continue };
        let total = calendar.counted_at(end) - calendar.counted_at(start);
        if total <= 0.0 {
            continue;
        }
        let waiting = |visit: &&Visit| {
            workflow
                .columns
                .get(visit.column)
                .is_some_and(|column| column.waits || column.stage != Stage::InProgress)
        };
        let spans = trip.visits.iter().filter(waiting).map(|visit| (visit.from, visit.until));
        let waited = covered(spans.chain(trip.flags.iter().copied()), start, end, calendar);
        all.items += 1;
        all.total += total;
        all.waited += waited;
        all.shares.push((1.0 - waited / total).clamp(0.0, 1.0));
    }
    all
}

/// Days that any of the spans covers between `start` and `end`; what two cover counts once.
pub(super) fn covered(
    spans: impl Iterator<Item = (f64, f64)>,
    start: f64,
    end: f64,
    calendar: &Calendar,
) -> f64 {
    let within = spans.map(|(from, until)| (from.max(start), until.min(end)));
    let mut within: Vec<(f64, f64)> = within.filter(|(from, until)| until > from).collect();
    within.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0.0;
    let mut reached = start;
    for (from, until) in within {
        let from = from.max(reached);
        if until > from {
            sum += calendar.counted_at(until) - calendar.counted_at(from);
            reached = until;
        }
    }
    sum
}

/// Whether anything says what was blocked: flags, or a status whose name does.
pub fn knows_blocked(ways: &[Trip], workflow: &Workflow) -> bool {
    let is_blocking = |visit: &Visit| workflow.columns.get(visit.column).is_some_and(|column| column.blocks);
    ways.iter().any(|way| !way.flags.is_empty() || way.visits.iter().any(is_blocking))
}

/// How much of the time that work was in progress it was blocked, from `from` to `to` (moments): the days in a
/// status whose name says so or flagged, of those between start and finish or still now. `None` where nothing was
/// in progress; see [`knows_blocked`].
pub fn blocked_share(
    ways: &[Trip],
    workflow: &Workflow,
    calendar: &Calendar,
    from: f64,
    to: f64,
) -> Option<f64> {
    let is_blocking = |visit: &&Visit| workflow.columns.get(visit.column).is_some_and(|column| column.blocks);
    let (mut blocked, mut all) = (0.0, 0.0);
    for way in ways {
        let Some(started) = way.dates.started else { continue };
        let end = match way.dates.state_on(day_from_number((to - 1.0).floor() as i32)) {
            State::InProgress => to,
            State::Finished | State::Cancelled => {
                let day = way.dates.finished.or(way.dates.cancelled);
                day.map_or(from, |day| f64::from(day_number(day)) + 1.0)
            }
            State::NotStarted | State::NotYetKnown => continue,
        };
        let (start, end) = (f64::from(day_number(started)).max(from), end.min(to));
        if end <= start {
            continue;
        }
        all += calendar.counted_at(end) - calendar.counted_at(start);
        let spans = way.visits.iter().filter(is_blocking).map(|visit| (visit.from, visit.until));
        blocked += covered(spans.chain(way.flags.iter().copied()), start, end, calendar);
    }
    (all > 0.0).then(|| (blocked / all).clamp(0.0, 1.0))
}

/// Time that work was blocked, for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockedBy {
    /// A status' name, or [`FLAG`].
    pub reason: String,
    pub items: usize,
    /// Elapsed days that count.
    pub days: f64,
    /// Items that are blocked for it now.
    pub now: usize,
}

/// The reason of what was only flagged.
pub const FLAG: &str = "Flagged as blocked";

/// Blocked time by reason, the most first: days flagged, and days in a status whose name says that work
/// is blocked, from `from` to `to` (moments), of finished and open items alike. Flags give no reason; the
/// statuses are theirs.
pub fn blocked(
    ways: &[Trip],
    workflow: &Workflow,
    calendar: &Calendar,
    from: f64,
    to: f64,
) -> Vec<BlockedBy> {
    let mut reasons: BTreeMap<&str, BlockedBy> = BTreeMap::new();
    let mut of_item: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for way in ways {
        let is_blocked = |visit: &Visit| workflow.columns.get(visit.column).is_some_and(|c| c.blocks);
        if way.flags.is_empty() && !way.visits.iter().any(is_blocked) {
            continue;
        }
        of_item.clear();
        let blocking = way.visits.iter().filter_map(|visit| {
            let column = workflow.columns.get(visit.column)?;
            column.blocks.then_some((column.name.as_str(), (visit.from, visit.until)))
        });
        for (reason, span) in blocking.chain(way.flags.iter().map(|&span| (t!(FLAG), span))) {
            of_item.entry(reason).or_default().push(span);
        }
        // Nothing is blocked that is over, though nobody took its flag away.
        let over = way.dates.finished.or(way.dates.cancelled).map(|day| f64::from(day_number(day)) + 1.0);
        let over = match (way.span(workflow), over) {
            (Some((_, end)), Some(_)) => end,
            (_, Some(over)) => over,
            // Over, but not said when: as long as its flags say.
            (_, None) if matches!(way.dates.stage, Some(Stage::Done | Stage::Cancelled)) => {
                way.flags.iter().map(|flag| flag.1).filter(|end| end.is_finite()).fold(from, f64::max)
            }
            (_, None) => f64::INFINITY,
        };
        let last_day = day_from_number((to - 1.0).floor() as i32);
        let is_open = matches!(way.dates.state_on(last_day), State::InProgress | State::NotStarted);
        for (&reason, spans) in &of_item {
            let days = covered(spans.iter().copied(), from, to.min(over), calendar);
            let now = is_open && spans.iter().any(|&(since, until)| since < to && until >= to);
            if days > 0.0 || now {
                let empty = || BlockedBy { reason: reason.to_owned(), items: 0, days: 0.0, now: 0 };
                let all = reasons.entry(reason).or_insert_with(empty);
                all.items += 1;
                all.days += days;
                all.now += usize::from(now);
            }
        }
    }
    let mut reasons: Vec<BlockedBy> = reasons.into_values().collect();
    reasons.order_by(|a, b| b.days.total_cmp(&a.days));
    reasons
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::Ways;
    use super::*;
    use crate::model::day_number;
    use jiff::civil::date;

    #[test]
    fn waiting_is_no_work_and_counts_once() {
        let ways = Ways::of(&[
            // Eight days, of which two wait and one more is flagged outside of them.
            "doing 2, ready for test 4, test 6, done 10, flag 5-7",
            "doing 2, done 2",
            "doing 2, done 4",
        ]);
        let found = efficiency(&ways.trips(), &ways.workflow, &Calendar::default());
        assert_eq!((found.items, found.total, found.waited), (2, 10.0, 3.0));
        assert_eq!(found.share(), Some(0.7));
        assert_eq!(found.shares, [0.625, 1.0]);
        assert_eq!(Efficiency::default().share(), None);
    }

    #[test]
    fn back_in_the_backlog_and_done_before_a_reopening_are_no_work() {
        for (history, want) in
            [("doing 2, todo 4, doing 10, done 12", 0.4), ("doing 2, done 4, doing 20, done 21", 3.0 / 19.0)]
        {
            let ways = Ways::of(&[history]);
            let share = efficiency(&ways.trips(), &ways.workflow, &Calendar::default()).share().unwrap();
            assert!((share - want).abs() < 1e-12, "{history}: {share}");
        }
    }

    #[test]
    fn a_flag_that_nobody_took_away_ends_with_the_item() {
        let ways = Ways::of(&["doing 2, flag 3-, done 4"]);
        let day = |day| f64::from(day_number(date(2024, 1, day)));
        let found = blocked(&ways.trips(), &ways.workflow, &Calendar::default(), day(1), day(21));
        assert_eq!((found[0].days, found[0].now), (1.0, 0));
    }

    #[test]
    fn a_share_of_time_blocked_is_of_the_time_in_progress() {
        let ways = Ways::of(&["doing 2, flag 3-5, done 9", "doing 4"]);
        let day = |day| f64::from(day_number(date(2024, 1, day)));
        let share = blocked_share(&ways.trips(), &ways.workflow, &Calendar::default(), day(1), day(11));
        // Two of the eight days to the end of the 9th, none of the seven to the end of the 10th.
        assert!((share.unwrap() - 2.0 / 15.0).abs() < 1e-12, "{share:?}");
        let ways = Ways::of(&["doing 2, done 9"]);
        let share = blocked_share(&ways.trips(), &ways.workflow, &Calendar::default(), day(1), day(11));
        assert_eq!(share, Some(0.0));
        assert!(!knows_blocked(&ways.trips(), &ways.workflow), "nothing says what was blocked");
    }

    #[test]
    fn blocked_time_is_told_within_the_window() {
        let ways = Ways::of(&["doing 2, flag 3-5, flag 8-", "doing 2, done 9, flag 4-6"]);
        let day = |day| f64::from(day_number(date(2024, 1, day)));
        let found = blocked(&ways.trips(), &ways.workflow, &Calendar::default(), day(4), day(11));
        let want = BlockedBy { reason: FLAG.into(), items: 2, days: 1.0 + 3.0 + 2.0, now: 1 };
        assert_eq!(found, [want]);
        assert_eq!(blocked(&ways.trips(), &ways.workflow, &Calendar::default(), day(1), day(2)), []);
    }
}
