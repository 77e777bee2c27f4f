//! The settings in force, in words.

use super::{Analysis, Measure, say};
use crate::model::{Clock, DayOfWeek, Days, day_from_number};
use crate::order::InOrder;

impl Analysis {
    /// "23 days", or "23 working days".
    pub fn days(&self, days: Days) -> String {
        format!("{}\u{a0}{}", say::number(days.0 as usize), self.day_unit(days))
    }

    /// The unit of a duration of so many.
    pub fn day_unit(&self, days: Days) -> &'static str {
        match (self.calendar().working_days_only, days.0) {
            (false, 1) => t!("day"),
            (false, _) => t!("days"),
            (true, 1) => t!("working\u{a0}day"),
            (true, _) => t!("working\u{a0}days"),
        }
    }

    /// The durations as a sentence's list: "3 and 7 days".
    pub fn listed(&self, days: &[Days]) -> String {
        let numbers: Vec<String> = days.iter().map(|days| say::number(days.0 as usize)).collect();
        let of = if let [one] = days { *one } else { Days(0) };
        format!("{} {}", say::and(&numbers), self.day_unit(of))
    }

    /// The share that the service level speaks for: "85 %".
    pub fn percent(&self) -> String {
        format!("{}\u{a0}%", self.counting().sle_percent)
    }

    /// The percentiles that durations are shown with: the usual ones, and the service level's.
    pub fn percentiles(&self) -> Vec<u8> {
        let mut all = vec![50, 70, 85, 95, self.counting().sle_percent];
        all.order();
        all.dedup();
        all
    }

    /// "Monday to Sunday".
    pub fn week_span(&self) -> String {
        let start = self.counting().week_start;
        let at = DayOfWeek::ALL.iter().position(|&day| day == start).unwrap_or_default();
        let last = DayOfWeek::ALL[(at + 6) % 7];
        say!("{} to {}", start.name(), last.name())
    }

    /// How a duration is counted, as the rest of a sentence.
    pub fn how_days_count(&self, began: &str, ended: &str) -> String {
        let calendar = self.calendar();
        let days = if calendar.working_days_only { t!("working days") } else { t!("calendar days") };
        match calendar.elapsed {
            false => say!(
                "counts {days} from the day an item was {began} to the day it was {ended}, both included: begun and \
                 ended on one day is 1 day."
            ),
            true => say!(
                "counts the {days} that passed from the day an item was {began} to the day it was {ended}: begun and \
                 ended on one day is 0 days."
            ),
        }
    }

    /// The days by which work should finish, and why these: "the 23 days that 85 % of work takes".
    pub fn limit_in_words(&self, limit: Days) -> String {
        match self.counting().sle_days {
            Some(_) if !self.speaks_by_lead_time() => say!("the {} promised", self.days(limit)),
            _ if self.speaks_by_lead_time() => {
                say!("the {} that {} of work with a start takes from it", self.days(limit), self.percent())
            }
            _ => say!("the {} that {} of work takes", self.days(limit), self.percent()),
        }
    }

    /// "Finished 3 Mar to 25 May 2024.", or all of the time.
    pub(super) fn window_in_words(&self) -> String {
        match self.window.from {
            Some(from) => say!("Finished {} to {}.", say::date(from), say::date(self.as_of)),
            None => say!("All finished by {}.", say::date(self.as_of)),
        }
    }

    /// What the numbers of every page are counted by, a phrase each.
    pub fn in_force(&self) -> Vec<String> {
        let counting = self.counting();
        let mut said = Vec::new();
        said.push(match self.window.from {
            Some(from) => say!("{} to {}", say::date(from), say::date(self.as_of)),
            None => say!(
                "as of {}{}",
                say::date(self.as_of),
                if self.basis.as_of_chosen { t!(", as you set it") } else { "" }
            ),
        });
        let clock = match (self.durations(), counting.clock) {
            (Some((Measure::Cycle, _)), _) => t!("from start to finish"),
            (Some((Measure::Lead, _)), _) => t!("from creation to finish"),
            (None, Clock::Created) => t!("from creation to finish"),
            (None, _) => t!("from start to finish"),
        };
        let ends: Vec<String> = [
            counting.starts_with.as_ref().map(|status| say!("begun with “{status}”")),
            counting.ends_with.as_ref().map(|status| say!("finished with “{status}”")),
        ]
        .into_iter()
        .flatten()
        .collect();
        said.push(if ends.is_empty() { clock.to_owned() } else { format!("{clock}, {}", ends.join(", ")) });
        let days = if counting.working_days_only { t!("working days") } else { t!("calendar days") };
        said.push(format!(
            "{days}, {}",
            if counting.elapsed { t!("elapsed") } else { t!("both ends included") }
        ));
        if counting.working_days_only && !counting.holidays.is_empty() {
            said.push(say::counted(counting.holidays.len(), "holiday", "holidays"));
        }
        said.push(say!("weeks from {}", counting.week_start.name()));
        said.push(match counting.sle_days {
            Some(days) => say!("service level {} within {}", self.percent(), self.days(Days(days))),
            None => say!("service level {}", self.percent()),
        });
        if counting.estimates == crate::model::Estimates::Elapsed {
            said.push(t!("estimates of working days").to_owned());
        }
        if counting.ballpark != 2.0 {
            said.push(say!("ballpark {}", say::times(counting.ballpark)));
        }
        if let Some((from, to)) = counting.baseline {
            said.push(say!("baseline {} to {}", say::date(from), say::date(to)));
        }
        said.push(self.zone().name().to_owned());
        said
    }

    /// The last day of a week by its first.
    pub fn week_end(first: crate::model::Date) -> crate::model::Date {
        day_from_number(crate::model::day_number(first) + 6)
    }
}
