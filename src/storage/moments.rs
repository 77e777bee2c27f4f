//! Moments as letters and distances: what sort each is, and how far it is from the one before.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::columns::Damage;
use crate::model::{Moment, StatusChange, day_from_number, day_number};

/// What moments are told from: seconds since 1970, of the civil clock for what has no zone.
#[derive(Clone, Copy, Default)]
pub(super) struct Clock(pub(super) i64);

/// A moment, or none, for each item or each change.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Moments {
    /// A letter each: `-` none, `d` a day, `l` local time, `i` an instant, `h` as an entry of the history.
    as_: String,
    /// For each that is there seconds from the one before, days of days, or which entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<i64>,
    /// Nanoseconds beyond the second, for each; none at all where no moment has any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nanos: Vec<i32>,
}

impl Moments {
    pub(super) fn push(&mut self, moment: Option<Moment>, clock: &mut Clock) {
        let Some(moment) = moment else { return self.as_.push('-') };
        let (letter, step, nanos) = match moment {
            Moment::Day(day) => {
                let number = i64::from(day_number(day));
                let step = number - clock.0.div_euclid(DAY);
                clock.0 = number * DAY;
                ('d', step, 0)
            }
            Moment::Local(at) => {
                let time = at.time();
                let seconds = i64::from(day_number(at.date())) * DAY
                    + i64::from(time.hour()) * 3600
                    + i64::from(time.minute()) * 60
                    + i64::from(time.second());
                ('l', clock.go_to(seconds), time.subsec_nanosecond())
            }
            // Whole seconds before, as the nanoseconds of a moment before 1970 count backwards.
            Moment::Instant(at) => ('i', clock.go_to(at.as_second()), at.subsec_nanosecond()),
        };
        self.as_.push(letter);
        self.steps.push(step);
        if nanos != 0 && self.nanos.is_empty() {
            self.nanos = vec![0; self.steps.len() - 1];
        }
        if nanos != 0 || !self.nanos.is_empty() {
            self.nanos.push(nanos);
        }
    }

    pub(super) fn push_entry(&mut self, at: usize) {
        self.as_.push('h');
        self.steps.push(at as i64);
        if !self.nanos.is_empty() {
            self.nanos.push(0);
        }
    }

    pub(super) fn read(self, name: &'static str) -> MomentsRead {
        MomentsRead {
            letters: self.as_.into_bytes().into_iter(),
            steps: self.steps.into_iter(),
            nanos: self.nanos.into_iter(),
            name,
        }
    }
}

/// Seconds of a civil day.
pub(super) const DAY: i64 = 86_400;

impl Clock {
    /// How far that is from here, which is then here.
    pub(super) fn go_to(&mut self, seconds: i64) -> i64 {
        let step = seconds - self.0;
        self.0 = seconds;
        step
    }
}

pub(super) struct MomentsRead {
    letters: std::vec::IntoIter<u8>,
    steps: std::vec::IntoIter<i64>,
    nanos: std::vec::IntoIter<i32>,
    name: &'static str,
}

impl MomentsRead {
    pub(super) fn next(
        &mut self,
        clock: &mut Clock,
        history: &[StatusChange],
    ) -> Result<Option<Moment>, Damage> {
        let letter = self.letters.next().ok_or_else(|| format!("{}: too few moments", self.name))?;
        if letter == b'-' {
            return Ok(None);
        }
        let step = self.steps.next().ok_or_else(|| format!("{}: too few steps", self.name))?;
        let nanos = self.nanos.next().unwrap_or_default();
        let moment = match letter {
            b'h' => usize::try_from(step).ok().and_then(|at| history.get(at)).map(|change| change.at),
            b'd' => clock.0.div_euclid(DAY).checked_add(step).and_then(|number| {
                clock.0 = number.checked_mul(DAY)?;
                civil_day(number).map(Moment::Day)
            }),
            b'l' => clock.step(step).and_then(|seconds| {
                let of_day = i32::try_from(seconds.rem_euclid(DAY)).ok()?;
                let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
                let time = Time::new(hour as i8, minute as i8, second as i8, nanos).ok()?;
                Some(Moment::Local(DateTime::from_parts(civil_day(seconds.div_euclid(DAY))?, time)))
            }),
            b'i' => {
                clock.step(step).and_then(|seconds| Timestamp::new(seconds, nanos).ok()).map(Moment::Instant)
            }
            _ => None,
        };
        moment.map(Some).ok_or_else(|| format!("{}: no moment", self.name))
    }
}

impl Clock {
    pub(super) fn step(&mut self, step: i64) -> Option<i64> {
        self.0 = self.0.checked_add(step)?;
        Some(self.0)
    }
}

pub(super) fn civil_day(number: i64) -> Option<Date> {
    let number = i32::try_from(number).ok()?;
    let day = day_from_number(number);
    // Beyond the calendar the nearest day would come back.
    (day_number(day) == number).then_some(day)
}
