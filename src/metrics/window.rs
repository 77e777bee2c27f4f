//! The days that are looked at.

use crate::model::{Date, Days, day_number};

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// `None`: from the beginning.
    pub from: Option<Date>,
    /// The day the numbers speak for.
    pub to: Date,
}

impl Window {
    /// Everything by that day.
    pub fn until(to: Date) -> Window {
        Window { from: None, to }
    }

    pub fn holds(&self, day: Date) -> bool {
        day <= self.to && self.from.is_none_or(|from| from <= day)
    }

    /// How many days it has, if it has a beginning.
    pub fn days(&self) -> Option<Days> {
        let from = self.from?;
        u32::try_from(day_number(self.to) - day_number(from) + 1).ok().map(Days)
    }
}
