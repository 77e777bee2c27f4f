//! Words of many items, each said once: a dictionary, and the number of each item's word in it.

use std::cell::Cell;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::columns::Damage;

/// A column with a value for each item, or none at all where each is the usual one.
pub(super) fn full<T: Default + Clone>(column: Vec<T>, n: usize, name: &str) -> Result<Vec<T>, Damage> {
    match column.len() {
        0 => Ok(vec![T::default(); n]),
        length if length == n => Ok(column),
        length => Err(format!("{name}: {length} values for {n} items")),
    }
}

/// Where each word of a column stands in its dictionary, while it is written.
#[derive(Default)]
pub(super) struct Book(pub(super) HashMap<String, usize>);

impl Book {
    /// The word's number, from 1 on; 0 for no word.
    pub(super) fn number(&mut self, word: &str, words: &mut Vec<String>) -> usize {
        if word.is_empty() {
            return 0;
        }
        if let Some(number) = self.0.get(word) {
            return *number;
        }
        words.push(word.to_owned());
        self.0.insert(word.to_owned(), words.len());
        words.len()
    }
}

/// A word for each item; few words, many items.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<String>,
    /// The number of each item's word, from 1 on; 0 for none.
    pub(super) at: Vec<usize>,
}

impl Words {
    pub(super) fn push(&mut self, word: &str, book: &mut Book) {
        self.at.push(book.number(word, &mut self.words));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    pub(super) fn read(self, n: usize, name: &'static str) -> Result<WordsRead, Damage> {
        Ok(WordsRead { at: full(self.at, n, name)?.into_iter(), words: self.words, name })
    }
}

pub(super) struct WordsRead {
    pub(super) words: Vec<String>,
    pub(super) at: std::vec::IntoIter<usize>,
    name: &'static str,
}

impl WordsRead {
    pub(super) fn next(&mut self, budget: &Budget) -> Result<String, Damage> {
        word(&self.words, self.at.next().unwrap_or_default(), self.name, budget)
    }
}

pub(super) fn word(words: &[String], number: usize, name: &str, budget: &Budget) -> Result<String, Damage> {
    match number.checked_sub(1) {
        None => Ok(String::new()),
        Some(at) => {
            let word = words.get(at).ok_or_else(|| format!("{name}: there is no word {number}"))?;
            budget.spend(word.len())?;
            Ok(word.clone())
        }
    }
}

/// How many bytes may still be unpacked.
pub(super) struct Budget(pub(super) Cell<usize>);

impl Budget {
    pub(super) fn spend(&self, bytes: usize) -> Result<(), Damage> {
        let left = self.0.get().checked_sub(bytes).ok_or("it unpacks to more than it may")?;
        self.0.set(left);
        Ok(())
    }
}

/// Some words for each item.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Lists {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<String>,
    pub(super) counts: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) at: Vec<usize>,
}

impl Lists {
    pub(super) fn push<'a>(&mut self, list: impl Iterator<Item = &'a str>, book: &mut Book) {
        let before = self.at.len();
        for word in list {
            self.at.push(book.number(word, &mut self.words));
        }
        self.counts.push(self.at.len() - before);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    pub(super) fn read(self, n: usize, name: &'static str) -> Result<ListsRead, Damage> {
        let counts = full(self.counts, n, name)?.into_iter();
        Ok(ListsRead { counts, at: self.at.into_iter(), words: self.words, name })
    }
}

pub(super) struct ListsRead {
    pub(super) words: Vec<String>,
    pub(super) counts: std::vec::IntoIter<usize>,
    pub(super) at: std::vec::IntoIter<usize>,
    name: &'static str,
}

impl ListsRead {
    pub(super) fn next(&mut self, budget: &Budget) -> Result<Vec<String>, Damage> {
        let count = self.counts.next().unwrap_or_default();
        let mut list = Vec::new();
        for _ in 0..count {
            let number = self.at.next().ok_or_else(|| format!("{}: a list ends too early", self.name))?;
            list.push(word(&self.words, number, self.name, budget)?);
        }
        Ok(list)
    }
}
