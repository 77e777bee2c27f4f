//! When something happened, as exactly as the tracker said it and no more exactly.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A point in time at the precision the source gave. A plain date stays a plain date: inventing a
/// midnight for it would move it to another day in another zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Moment {
    /// An exact instant: the source named its offset.
    Instant(jiff::Timestamp),
    /// A wall-clock time without a zone, as Jira's CSV writes it. Taken as it stands.
    Local(DateTime),
    /// A day.
    Day(Date),
}

impl Moment {
    /// The civil day this fell on: an instant's in `zone`, any other's own.
    pub fn date(self, zone: &Zone) -> Date {
        match self {
            Moment::Instant(at) => zone.0.to_datetime(at).date(),
            Moment::Local(at) => at.date(),
            Moment::Day(day) => day,
        }
    }

    /// Days since 1970-01-01 with the time of day as a fraction, in `zone`: for how long something took
    /// where hours are known. A plain day stands at its beginning.
    pub fn day_and_time(self, zone: &Zone) -> f64 {
        let of = |at: DateTime| {
            let time = at.time();
            let seconds =
                i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
            f64::from(super::day_number(at.date())) + f64::from(seconds) / 86_400.0
        };
        match self {
            Moment::Instant(at) => of(zone.0.to_datetime(at)),
            Moment::Local(at) => of(at),
            Moment::Day(day) => f64::from(super::day_number(day)),
        }
    }
}

/// The text was no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentError(String);

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("not a date, a date with a time, or an instant: {:?}", self.0))
    }
}

impl std::error::Error for MomentError {}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Instant(at) => at.fmt(f),
            Moment::Local(at) => at.fmt(f),
            Moment::Day(day) => day.fmt(f),
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Moment, MomentError> {
        let parsed = if text.ends_with('Z') {
            text.parse().map(Moment::Instant)
        } else if text.contains('T') {
            text.parse().map(Moment::Local)
        } else {
            text.parse().map(Moment::Day)
        };
        parsed.map_err(|_| MomentError(text.to_owned()))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Moment, MomentError> {
        text.parse()
    }
}

/// The time zone whose calendar days are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

/// No such zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError(String);

impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("There is no time zone {:?}; write it like Europe/Berlin or UTC", self.0))
    }
}

impl std::error::Error for ZoneError {}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(TimeZone::UTC);

    /// The zone of that IANA name, from the database built into the program, so that every machine
    /// counts the same days.
    ///
    /// # Errors
    /// [`ZoneError`] when the database has no such name.
    pub fn named(name: &str) -> Result<Zone, ZoneError> {
        let name = name.trim();
        TimeZone::get(name).map(Zone).map_err(|_| ZoneError(name.to_owned()))
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The day that `at` falls on in this zone.
    pub fn day_at(&self, at: jiff::Timestamp) -> Date {
        self.0.to_datetime(at).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_an_instant_depends_on_the_zone() {
        let auckland = Zone::named("Pacific/Auckland").unwrap();
        let late: Moment = "2024-05-14T23:30:00Z".parse().unwrap();
        assert_eq!(late.date(&Zone::UTC), date(2024, 5, 14));
        assert_eq!(late.date(&auckland), date(2024, 5, 15));
        for text in ["2024-05-14", "2024-05-14T23:30:00"] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.date(&auckland), date(2024, 5, 14), "{text}");
        }
    }

    #[test]
    fn hours_are_parts_of_a_day() {
        let at = |text: &str| text.parse::<Moment>().unwrap().day_and_time(&Zone::UTC);
        assert_eq!(at("1970-01-02"), 1.0);
        assert_eq!(at("1970-01-02T06:00:00"), 1.25);
        assert_eq!(at("1970-01-02T18:00:00Z"), 1.75);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["2024-05-14", "2024-05-14T23:30:00", "2024-05-14T23:30:00Z"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        for text in ["", "T", "Z", "2024-13-01", "yesterday"] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_zone_that_does_not_exist_is_an_error() {
        assert!(Zone::named("Europe/Atlantis").is_err());
        assert_eq!(Zone::named(" Europe/Berlin ").unwrap().name(), "Europe/Berlin");
        assert_eq!(Zone::UTC.name(), "UTC");
    }
}
