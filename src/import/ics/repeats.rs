//! How calendar entries repeat: RFC 5545, 3.3.10, days to years with intervals, ends, weekdays and places.

use jiff::civil::{Date, DateTime, Weekday};

use super::moment;
use crate::model::{Zone, day_from_number, day_number, week_of};
use crate::order::InOrder;

/// No series is followed for longer than so many repeats.
const LONGEST_SERIES: usize = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// How an entry repeats.
#[derive(Debug)]
pub(super) struct Rule {
    every: Every,
    interval: i32,
    count: Option<usize>,
    /// The last moment, or the last day where no time is given.
    until: Option<(Date, Option<jiff::civil::Time>)>,
    /// Weekdays, each with which of the month's it is: 0 is every one.
    weekdays: Vec<(i32, Weekday)>,
    days_of_month: Vec<i32>,
    places: Vec<i32>,
    months: Vec<i8>,
    week_start: Weekday,
}

impl Rule {
    /// `None` where it has parts that are not known here.
    pub(super) fn read(text: &str, zone: &Zone) -> Option<Rule> {
        let mut rule = Rule {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            weekdays: Vec::new(),
            days_of_month: Vec::new(),
            places: Vec::new(),
            months: Vec::new(),
            week_start: Weekday::Monday,
        };
        let mut every = None;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            let numbers = || value.split(',').map(|n| n.parse::<i32>().ok()).collect::<Option<Vec<i32>>>();
            match name {
                "FREQ" => {
                    every = Some(match value {
                        "DAILY" => Every::Day,
                        "WEEKLY" => Every::Week,
                        "MONTHLY" => Every::Month,
                        "YEARLY" => Every::Year,
                        _ => return None,
                    });
                }
                "INTERVAL" => rule.interval = value.parse().ok().filter(|n| (1..=1000).contains(n))?,
                "COUNT" => rule.count = Some(value.parse().ok()?),
                "UNTIL" => {
                    let until = moment(value, zone)?;
                    rule.until = Some((
                        until.date(),
                        (value.len() > 8 && !value.ends_with('Z')).then_some(until.time()),
                    ));
                }
                "WKST" => rule.week_start = weekday(value)?,
                "BYDAY" => {
                    let each = value.split(',').map(|day| {
                        let (nth, name) = day.split_at_checked(day.len().checked_sub(2)?)?;
                        let nth = if nth.is_empty() { 0 } else { nth.parse().ok()? };
                        Some((nth, weekday(name)?))
                    });
                    rule.weekdays = each.collect::<Option<_>>()?;
                }
                "BYMONTHDAY" => rule.days_of_month = numbers()?,
                "BYSETPOS" => rule.places = numbers()?,
                "BYMONTH" => rule.months = numbers()?.iter().filter_map(|&m| i8::try_from(m).ok()).collect(),
                _ => return None,
            }
        }
        rule.every = every?;
        // Parts that are known one by one but not together.
        let by_day = !rule.weekdays.is_empty();
        let by_date = !rule.days_of_month.is_empty();
        let nth = rule.weekdays.iter().any(|(nth, _)| *nth != 0);
        let unknown = match rule.every {
            Every::Day | Every::Week => by_date || nth || !rule.places.is_empty(),
            Every::Month => by_day && by_date,
            // Of a year, the twentieth Monday is not that of a month.
            Every::Year => by_day && (by_date || rule.months.is_empty()),
        };
        (!unknown).then_some(rule)
    }

    /// The days from the first one on, up to the last asked for.
    pub(super) fn days(&self, start: DateTime, to: Date) -> Vec<Date> {
        let last = self.until.map_or(to, |(day, time)| {
            // A series that was cut just before its next repeat does not have it any more.
            let is_cut = time.is_some_and(|time| start.time() > time);
            day_from_number(day_number(day) - i32::from(is_cut)).min(to)
        });
        let start = start.date();
        let mut found = Vec::new();
        for n in 0..LONGEST_SERIES as i32 {
            let Some(period) = self.period(start, n) else { break };
            let mut days = self.days_of(period, start);
            days.order();
            days.dedup();
            if !self.places.is_empty() {
                let at = |place: i32| match usize::try_from(place) {
                    Ok(place) => days.get(place.checked_sub(1)?).copied(),
                    Err(_) => days
                        .iter()
                        .rev()
                        .nth(usize::try_from(place.unsigned_abs()).ok()?.checked_sub(1)?)
                        .copied(),
                };
                days = self.places.iter().filter_map(|&place| at(place)).collect();
            }
            if period > last {
                break;
            }
            for day in days.into_iter().filter(|&day| day >= start) {
                if day > last || self.count.is_some_and(|count| found.len() >= count) {
                    return found;
                }
                found.push(day);
            }
        }
        found
    }

    /// The first day of the `n`th day, week, month or year.
    fn period(&self, start: Date, n: i32) -> Option<Date> {
        let n = n.checked_mul(self.interval)?;
        match self.every {
            Every::Day => Some(day_from_number(day_number(start).checked_add(n)?)),
            Every::Week => Some(day_from_number(
                day_number(week_of(start, self.week_start)).checked_add(n.checked_mul(7)?)?,
            )),
            Every::Month => {
                let month = i32::from(start.year()) * 12 + i32::from(start.month()) - 1 + n;
                let year = i16::try_from(month.div_euclid(12)).ok()?;
                Date::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()
            }
            Every::Year => Date::new(i16::try_from(i32::from(start.year()) + n).ok()?, 1, 1).ok(),
        }
    }

    fn days_of(&self, period: Date, start: Date) -> Vec<Date> {
        let in_months = |day: &Date| self.months.is_empty() || self.months.contains(&day.month());
        match self.every {
            Every::Day => {
                let fits = self.weekdays.is_empty()
                    || self.weekdays.iter().any(|(_, weekday)| *weekday == period.weekday());
                Some(period).filter(|day| fits && in_months(day)).into_iter().collect()
            }
            Every::Week => {
                let week = (0..7).map(|n| day_from_number(day_number(period) + n));
                let fits = |day: &Date| match self.weekdays.is_empty() {
                    true => day.weekday() == start.weekday(),
                    false => self.weekdays.iter().any(|(_, weekday)| *weekday == day.weekday()),
                };
                week.filter(|day| fits(day) && in_months(day)).collect()
            }
            Every::Month => self.in_month(period, start).into_iter().filter(in_months).collect(),
            Every::Year => {
                let months = if self.months.is_empty() { vec![start.month()] } else { self.months.clone() };
                let firsts = months.into_iter().filter_map(|month| Date::new(period.year(), month, 1).ok());
                firsts.flat_map(|first| self.in_month(first, start)).collect()
            }
        }
    }

    fn in_month(&self, first: Date, start: Date) -> Vec<Date> {
        let length = i32::from(first.days_in_month());
        let day = |n: i32| i8::try_from(n).ok().and_then(|n| Date::new(first.year(), first.month(), n).ok());
        if !self.weekdays.is_empty() {
            let all: Vec<Date> = (1..=length).filter_map(day).collect();
            let of = |(nth, weekday): &(i32, Weekday)| -> Vec<Date> {
                let such: Vec<Date> = all.iter().copied().filter(|day| day.weekday() == *weekday).collect();
                let at = match *nth {
                    0 => return such,
                    nth if nth > 0 => usize::try_from(nth - 1).ok(),
                    nth => i32::try_from(such.len()).ok().and_then(|n| usize::try_from(n + nth).ok()),
                };
                at.and_then(|at| such.get(at).copied()).into_iter().collect()
            };
            return self.weekdays.iter().flat_map(of).collect();
        }
        if self.days_of_month.is_empty() {
            return day(i32::from(start.day())).into_iter().collect();
        }
        let of = |&n: &i32| if n > 0 { day(n) } else { day(length + 1 + n) };
        self.days_of_month.iter().filter_map(of).collect()
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_start_of_the_week_decides_every_other_week() {
        // RFC 5545's own example: with weeks from Monday 5, 10, 19, 24 August, from Sunday 5, 17, 19, 31.
        let zone = Zone::UTC;
        for (start, want) in [("MO", [5, 10, 19, 24]), ("SU", [5, 17, 19, 31])] {
            let rule = format!("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={start}");
            let days =
                Rule::read(&rule, &zone).unwrap().days(date(1997, 8, 5).at(9, 0, 0, 0), date(1997, 12, 31));
            let days: Vec<i8> = days.into_iter().map(Date::day).collect();
            assert_eq!(days, want, "{start}");
        }
    }
}
