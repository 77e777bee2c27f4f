//! What the user said: how files are to be read, and what the numbers are counted by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counting, Date, Kind, Stage};

/// What the user set for the numbers. Everything else is derived from this and the [`Dataset`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What the user calls the workspace; empty it is called by its files.
    pub name: String,
    /// The day the numbers speak for; by default the last day on which anything happened.
    pub as_of: Option<Date>,
    /// IANA name of the zone whose days are counted; by default the browser's.
    pub zone: Option<String>,
    /// What a status means, where the user knows better, by its name.
    pub stages: BTreeMap<String, Stage>,
    /// What a type, or for items without one a label, means, by its name.
    pub kinds: BTreeMap<String, Kind>,
    /// How files are to be read, by their shape (see [`crate::model::ReadFrom::shape`]).
    pub readings: BTreeMap<String, Hints>,
    /// How work is counted.
    pub counting: Counting,
}

impl Settings {
    /// What holds for other data too: the meanings of words and the ways of reading.
    pub fn for_other_data(&self) -> Settings {
        Settings { as_of: None, zone: None, counting: self.counting.for_other_data(), ..self.clone() }
    }
}

/// How a file is to be read, where the user said it; everything else is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// An importer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub importer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// `.` or `,` between a number's whole part and its fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    /// The columns of each fact, by their names as the file has them; none says that no column has it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Fact, Vec<String>>,
}

/// How characters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    pub const ALL: [Encoding; 4] =
        [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252];

    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Windows1252 => "Windows-1252",
        }
    }
}

/// What the numbers of a date stand for, where all three are numbers and no year of four digits begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    #[default]
    DayFirst,
    MonthFirst,
    /// A year of two digits first.
    YearFirst,
}

impl Order {
    pub const ALL: [Order; 3] = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];

    /// In words: "day before month".
    pub fn name(self) -> &'static str {
        t!(self.english())
    }

    /// The same in English, for what is kept.
    pub fn english(self) -> &'static str {
        match self {
            Order::DayFirst => "day before month",
            Order::MonthFirst => "month before day",
            Order::YearFirst => "year before month",
        }
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $fact:ident = $label:literal;)*) => {
        /// What a column can say about an item.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Fact { $($(#[$doc])* $fact,)* }

        impl Fact {
            /// In the order in which they are offered.
            pub const ALL: &[Fact] = &[$(Fact::$fact,)*];

            /// As people call it.
            pub fn label(self) -> &'static str {
                t!(self.english())
            }

            /// The same in English, for what is kept.
            pub fn english(self) -> &'static str {
                match self { $(Fact::$fact => $label,)* }
            }

            /// The fact of that name in code and in stored data.
            pub fn named(name: &str) -> Option<Fact> {
                Fact::ALL.iter().copied().find(|fact| format!("{fact:?}") == name)
            }
        }
    };
}

facts! {
    /// What the tracker calls the item.
    Key = "Key";
    Title = "Title";
    Created = "Created";
    /// Work began.
    Started = "Started";
    Finished = "Finished";
    /// Given up.
    Cancelled = "Cancelled";
    Status = "Status";
    Type = "Type";
    Team = "Team";
    Project = "Project";
    /// The part of the product it concerns.
    Area = "Area or component";
    Epic = "Epic";
    /// The key of the item it is a part of.
    Parent = "Parent";
    /// Keys of the items it waits for.
    WaitsFor = "Waits for";
    Points = "Story points";
    /// Like a shirt's: XS to XXL.
    Size = "Size (S, M, L)";
    /// Estimated work, in the unit that the importer or the column names.
    Estimate = "Estimated work";
    /// Work done.
    Actual = "Actual work";
    Owners = "Assigned to";
    Labels = "Labels";
    Blocked = "Blocked";
    /// The day by which it was to be finished.
    Due = "Due";
    /// The sprint, cycle or iteration it was planned for, each in its column.
    Iteration = "Sprint or iteration";
    Url = "Link";
}
