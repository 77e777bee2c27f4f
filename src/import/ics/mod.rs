//! Calendar files (.ics) -> hours for the notebook: RFC 5545, as Google, Outlook and Apple export them.
//!
//! What counts is when something was and how long it took: all-day entries, what is cancelled and what is
//! marked as free are left out. Times of a named zone stand as they are, for a meeting at nine is a morning's
//! meeting wherever it was; those in UTC are brought into the workspace's zone. Entries that repeat are
//! repeated (days, weeks, months, years with intervals, ends, weekdays and exceptions); one that repeats in
//! another way counts once, and the result says so.

mod repeats;

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::{Date, DateTime};

use crate::model::notebook::Values;
use crate::model::{Moment, Zone, day_from_number};
use crate::order::InOrder;
use repeats::Rule;

/// What a calendar file holds for the days asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    pub entries: Vec<Entry>,
    /// All day, cancelled, or marked as free.
    pub left_out: usize,
    /// Their dates can't be read, or they take longer than a day.
    pub unreadable: usize,
    /// They repeat in a way that is not known here, and count once.
    pub repeats_unknown: usize,
}

/// Something that took hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The same in every export of the calendar; of what repeats with the day behind a `|`.
    pub uid: String,
    pub title: String,
    pub day: Date,
    pub hours: f64,
}

impl Entry {
    /// As a time entry of the notebook; its sort is left to the rules.
    pub fn values(&self) -> Values {
        let pairs = [
            ("what", self.title.clone()),
            ("date", self.day.to_string()),
            ("hours", ((self.hours * 100.0).round() / 100.0).to_string()),
            ("uid", self.uid.clone()),
        ];
        pairs.into_iter().map(|(field, text)| (field.to_owned(), text)).collect()
    }
}

/// The text is no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcsError {
    NoCalendar,
    Empty,
}

impl fmt::Display for IcsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            IcsError::NoCalendar => {
                t!("This is no calendar file: it has no BEGIN:VCALENDAR. Export your calendar as .ics.")
            }
            IcsError::Empty => t!("The calendar has no entries. Export one that has, as .ics."),
        })
    }
}

impl std::error::Error for IcsError {}

/// The entries from one day to another, both included.
///
/// # Errors
/// [`IcsError`] where the text is no calendar, or one without entries.
pub fn read(text: &str, zone: &Zone, (from, to): (Date, Date)) -> Result<Calendar, IcsError> {
    let lines = unfolded(text);
    if !lines.iter().any(|line| line.trim_end().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(IcsError::NoCalendar);
    }
    let events = events(&lines, zone);
    if events.is_empty() {
        return Err(IcsError::Empty);
    }
    // A repeat that was moved or changed stands on its own, and its series leaves it out.
    let moved: BTreeSet<(&str, Date)> =
        events.iter().filter_map(|event| Some((event.uid.as_str(), event.instead_of?))).collect();
    let mut calendar = Calendar::default();
    for event in &events {
        if event.is_left_out {
            calendar.left_out += 1;
            continue;
        }
        let (Some(start), Some(hours)) = (event.start, event.hours()) else {
            calendar.unreadable += 1;
            continue;
        };
        let (days, is_known) = match &event.repeats {
            None => (vec![start.date()], true),
            Some(_) if event.instead_of.is_some() => (vec![start.date()], true),
            Some(rule) => match Rule::read(rule, zone) {
                Some(rule) => (rule.days(start, to), true),
                None => (vec![start.date()], false),
            },
        };
        calendar.repeats_unknown += usize::from(!is_known);
        let mut days: BTreeSet<Date> = days.into_iter().chain(event.also.iter().copied()).collect();
        days.retain(|day| {
            (from..=to).contains(day)
                && !event.not_on.contains(day)
                && (event.instead_of.is_some() || !moved.contains(&(event.uid.as_str(), *day)))
        });
        // What does not repeat may be moved to another day and is the same all the same.
        let repeats = event.repeats.is_some() || event.instead_of.is_some() || !event.also.is_empty();
        let title = if event.title.is_empty() { "Without a title".to_owned() } else { event.title.clone() };
        // Without a name of its own an entry is told by what it is.
        let own = if event.uid.is_empty() { format!("{title} {start}") } else { event.uid.clone() };
        calendar.entries.extend(days.into_iter().map(|day| Entry {
            uid: if repeats { format!("{own}|{}", event.instead_of.unwrap_or(day)) } else { own.clone() },
            title: title.clone(),
            day,
            hours,
        }));
    }
    calendar.entries.order_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    calendar.entries.dedup_by(|a, b| a.uid == b.uid);
    Ok(calendar)
}

/// The lines, those that were folded made whole.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

#[derive(Debug, Default)]
struct Event {
    uid: String,
    title: String,
    start: Option<DateTime>,
    end: Option<DateTime>,
    /// Hours, where the end is not given.
    lasts: Option<f64>,
    repeats: Option<String>,
    not_on: BTreeSet<Date>,
    also: BTreeSet<Date>,
    instead_of: Option<Date>,
    is_left_out: bool,
}

impl Event {
    /// Within a day, more than none.
    fn hours(&self) -> Option<f64> {
        let hours = match (self.start, self.end) {
            (Some(start), Some(end)) => (day_and_time(end) - day_and_time(start)) * 24.0,
            _ => self.lasts?,
        };
        // To the minute.
        let hours = (hours * 60.0).round() / 60.0;
        (hours > 0.0 && hours <= 24.0).then_some(hours)
    }
}

fn day_and_time(at: DateTime) -> f64 {
    Moment::Local(at).day_and_time(&Zone::UTC)
}

fn events(lines: &[String], zone: &Zone) -> Vec<Event> {
    let mut events = Vec::new();
    let mut event: Option<Event> = None;
    // Alarms within an entry have fields of the same names.
    let mut inside = 0;
    for line in lines {
        let Some((name, params, value)) = property(line) else { continue };
        match (name.as_str(), &mut event) {
            ("BEGIN", None) if value.eq_ignore_ascii_case("VEVENT") => event = Some(Event::default()),
            ("BEGIN", Some(_)) => inside += 1,
            ("END", Some(_)) if inside > 0 => inside -= 1,
            ("END", Some(_)) => events.extend(event.take()),
            (_, Some(event)) if inside == 0 => take(event, &name, &params, value, zone),
            _ => {}
        }
    }
    events
}

fn take(event: &mut Event, name: &str, params: &str, value: &str, zone: &Zone) {
    let all_day = params.contains("VALUE=DATE") && !params.contains("VALUE=DATE-TIME") || value.len() == 8;
    let days = || value.split(',').filter_map(|value| moment(value, zone)).map(DateTime::date);
    match name {
        "UID" => event.uid = value.to_owned(),
        "SUMMARY" => event.title = unescaped(value),
        "DTSTART" if all_day => event.is_left_out = true,
        "DTSTART" => event.start = moment(value, zone),
        "DTEND" => event.end = moment(value, zone),
        "DURATION" => event.lasts = duration(value),
        "RRULE" => event.repeats = Some(value.to_ascii_uppercase()),
        "EXDATE" => event.not_on.extend(days()),
        "RDATE" => event.also.extend(days()),
        "RECURRENCE-ID" => event.instead_of = moment(value, zone).map(DateTime::date),
        "STATUS" => event.is_left_out |= value.eq_ignore_ascii_case("CANCELLED"),
        "TRANSP" => event.is_left_out |= value.eq_ignore_ascii_case("TRANSPARENT"),
        _ => {}
    }
}

/// Name, parameters and value; both names in capitals. A colon within quotation marks ends nothing.
fn property(line: &str) -> Option<(String, String, &str)> {
    let mut quoted = false;
    let end = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    });
    let (head, value) = line.split_at_checked(end?.0)?;
    let (name, params) = head.split_once(';').unwrap_or((head, ""));
    Some((name.to_ascii_uppercase(), params.to_ascii_uppercase(), value.get(1..)?))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",");
    text.replace("\\;", ";").replace("\\\\", "\\").trim().to_owned()
}

/// `20260105`, `20260105T090000`, `20260105T090000Z`.
fn moment(text: &str, zone: &Zone) -> Option<DateTime> {
    let text = text.trim();
    match text.strip_suffix('Z') {
        None => text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|day| day.at(0, 0, 0, 0))).ok(),
        Some(utc) => {
            let at = utc.parse::<DateTime>().ok()?;
            let instant = jiff::tz::TimeZone::UTC.to_timestamp(at).ok()?;
            let day = Moment::Instant(instant).day_and_time(zone);
            let date = day_from_number(day.floor() as i32);
            let seconds = ((day - day.floor()) * 86_400.0).round() as i64;
            date.at(0, 0, 0, 0).checked_add(jiff::Span::new().try_seconds(seconds).ok()?).ok()
        }
    }
}

/// `PT1H30M`, `P1D`, `P1W`, in hours.
fn duration(text: &str) -> Option<f64> {
    let span: jiff::Span = text.trim_start_matches('+').parse().ok()?;
    let days = f64::from(span.get_days()) + 7.0 * f64::from(span.get_weeks());
    let minutes = span.get_minutes() as f64 + span.get_seconds() as f64 / 60.0;
    Some(days * 24.0 + f64::from(span.get_hours()) + minutes / 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar(event: &str) -> Calendar {
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Talk\\, with Ada\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            event.replace('\n', "\r\n")
        );
        let zone = Zone::named("Europe/Berlin").unwrap();
        read(&text, &zone, (date(2026, 1, 1), date(2026, 12, 31))).unwrap()
    }

    fn days(event: &str) -> Vec<String> {
        calendar(event).entries.iter().map(|entry| entry.day.strftime("%m-%d").to_string()).collect()
    }

    #[test]
    fn an_entry_takes_its_hours_on_its_day() {
        for (event, day, hours) in [
            ("DTSTART;TZID=Europe/Paris:20260105T090000\nDTEND;TZID=Europe/Paris:20260105T103000", 5, 1.5),
            ("DTSTART:20260105T233000Z\nDTEND:20260106T003000Z", 6, 1.0),
            ("DTSTART;TZID=\"A:B\":20260105T090000\nDURATION:PT45M", 5, 0.75),
            ("DTSTART:20260105T090000\nDTEND:202601\n 05T110000", 5, 2.0),
        ] {
            let found = calendar(event).entries;
            let seen: Vec<_> = found.iter().map(|e| (e.title.as_str(), e.day, e.hours)).collect();
            assert_eq!(seen, [("Talk, with Ada", date(2026, 1, day), hours)], "{event}");
        }
    }

    #[test]
    fn what_takes_no_hours_is_left_out_and_counted() {
        let hour = "DTSTART:20260105T090000\nDTEND:20260105T100000\n";
        for (event, want) in [
            ("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260106".to_owned(), (0, 1, 0)),
            (format!("{hour}STATUS:CANCELLED"), (0, 1, 0)),
            (format!("{hour}TRANSP:TRANSPARENT"), (0, 1, 0)),
            ("DTSTART:20260105T090000\nDTEND:20260109T100000".to_owned(), (0, 0, 1)),
            ("DTSTART:soon\nDTEND:later".to_owned(), (0, 0, 1)),
            (format!("{hour}BEGIN:VALARM\nSTATUS:CANCELLED\nEND:VALARM"), (1, 0, 0)),
        ] {
            let found = calendar(&event);
            assert_eq!((found.entries.len(), found.left_out, found.unreadable), want, "{event}");
        }
    }

    #[test]
    fn repeats_fall_on_their_days() {
        let start = |day: &str, rule: &str| format!("DTSTART:{day}T090000\nDURATION:PT1H\nRRULE:{rule}");
        for (day, rule, want) in [
            ("20260105", "FREQ=DAILY;COUNT=3", vec!["01-05", "01-06", "01-07"]),
            ("20260105", "FREQ=DAILY;INTERVAL=2;UNTIL=20260109T235959Z", vec!["01-05", "01-07", "01-09"]),
            ("20260105", "FREQ=WEEKLY;UNTIL=20260119", vec!["01-05", "01-12", "01-19"]),
            ("20260105", "FREQ=WEEKLY;UNTIL=20260119T085959", vec!["01-05", "01-12"]),
            ("20260105", "FREQ=WEEKLY;COUNT=3", vec!["01-05", "01-12", "01-19"]),
            ("20260106", "FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4", vec!["01-06", "01-12", "01-13", "01-19"]),
            // RFC 5545, 3.3.10: the start of the week matters.
            ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", vec![]),
            ("20260131", "FREQ=MONTHLY;COUNT=3", vec!["01-31", "03-31", "05-31"]),
            ("20260101", "FREQ=MONTHLY;BYDAY=2TU;COUNT=2", vec!["01-13", "02-10"]),
            ("20260101", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", vec!["01-30", "02-27"]),
            ("20260101", "FREQ=DAILY;BYMONTHDAY=13", vec!["01-01"]),
            ("20260101", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-2147483648", vec![]),
            ("20260101", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", vec!["01-31", "02-28"]),
            ("20260101", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", vec!["01-30", "02-27"]),
            ("20240229", "FREQ=YEARLY;COUNT=3", vec![]),
            ("20200301", "FREQ=YEARLY", vec!["03-01"]),
        ] {
            assert_eq!(days(&start(day, rule)), want, "{rule}");
        }
        let unknown = calendar(&start("20260105", "FREQ=HOURLY"));
        assert_eq!((unknown.entries.len(), unknown.repeats_unknown), (1, 1));
    }

    #[test]
    fn exceptions_and_moved_repeats_are_taken_into_account() {
        let series =
            "DTSTART:20260105T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260112T090000";
        assert_eq!(days(series), ["01-05", "01-19"]);
        let moved = format!(
            "{series}\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSUMMARY:Moved\nRECURRENCE-ID:20260119T090000\n\
             DTSTART:20260121T090000\nDURATION:PT2H"
        );
        assert_eq!(days(&moved), ["01-05", "01-21"]);
    }

    #[test]
    fn what_is_no_calendar_says_so_and_nothing_panics() {
        let days = (date(2026, 1, 1), date(2026, 12, 31));
        assert_eq!(read("Key,Summary", &Zone::UTC, days), Err(IcsError::NoCalendar));
        assert_eq!(read("BEGIN:VCALENDAR\nEND:VCALENDAR", &Zone::UTC, days), Err(IcsError::Empty));
        arbtest::arbtest(|u| {
            let parts = [
                "DTSTART:",
                "RRULE:FREQ=MONTHLY;",
                "BYDAY=",
                "-5MO",
                "BYMONTHDAY=99",
                "20260230",
                "T",
                "Z",
                ";",
                "BYSETPOS=-9",
                "INTERVAL=1000",
                "COUNT=0",
                "DURATION:P",
                "1W",
                "\n",
                ",",
                "é",
                "99999999T999999",
                "FREQ=YEARLY;",
                "UNTIL=",
                "BYMONTH=13",
                "EXDATE:",
                "99991231T235959Z",
                "DTSTART:20260105T090000\n",
            ];
            let mut text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDURATION:PT1H\n".to_owned();
            for _ in 0..u.int_in_range(0..=12)? {
                text.push_str(u.choose(&parts)?);
            }
            let _ = read(&format!("{text}\nEND:VEVENT"), &Zone::UTC, days);
            Ok(())
        })
        .budget_ms(300);
    }
}
