//! What was noticed while reading, collected by kind.

use std::collections::BTreeMap;

use crate::model::{Place, Warning, WarningKind};

/// Warnings of one file, counted, with the first places of each kind.
#[derive(Clone, Debug)]
pub struct Log {
    file: String,
    warnings: BTreeMap<WarningKind, Warning>,
}

impl Log {
    pub fn new(file: &str) -> Log {
        Log { file: file.to_owned(), warnings: BTreeMap::new() }
    }

    /// Counts one row. `what` is the key or the value at fault.
    pub fn note(&mut self, kind: WarningKind, line: u64, what: &str) {
        let empty = || Warning { kind, count: 0, places: Vec::new() };
        let warning = self.warnings.entry(kind).or_insert_with(empty);
        warning.count += 1;
        if warning.places.len() < Warning::PLACES {
            let what = what.chars().take(80).collect();
            warning.places.push(Place { file: self.file.clone(), line, what });
        }
    }

    /// In the order of the kinds.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warnings.into_values().collect()
    }
}
