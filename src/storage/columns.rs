//! Items as columns: each fact of all items together, with what repeats said once and every moment as its
//! distance from the one before. Written as JSON and deflated, real exports take a quarter of what they take item
//! by item.

use std::cell::Cell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::moments::{Clock, Moments};
use super::words::{Book, Budget, Lists, Words, WordsRead, full};
use crate::model::{Blocked, Item, Kind, Stage, StatusChange};
use crate::pace::Pace;

/// What is wrong with columns: which one.
pub(super) type Damage = String;

/// The items. A column is empty where every item has the usual value.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Columns {
    keys: Keys,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<i64>,
    #[serde(skip_serializing_if = "Words::is_empty")]
    sources: Words,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    titles: Vec<String>,
    /// A letter for each item.
    kinds: String,
    #[serde(skip_serializing_if = "Words::is_empty")]
    types: Words,
    #[serde(skip_serializing_if = "Words::is_empty")]
    statuses: Words,
    /// A letter for each item.
    stages: String,
    created: Moments,
    started: Moments,
    finished: Moments,
    cancelled: Moments,
    due: Moments,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    points: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    estimates: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    actuals: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Words::is_empty")]
    sizes: Words,
    #[serde(skip_serializing_if = "Words::is_empty")]
    teams: Words,
    #[serde(skip_serializing_if = "Words::is_empty")]
    projects: Words,
    #[serde(skip_serializing_if = "Words::is_empty")]
    epics: Words,
    #[serde(skip_serializing_if = "Words::is_empty")]
    parents: Words,
    #[serde(skip_serializing_if = "Words::is_empty")]
    urls: Words,
    #[serde(skip_serializing_if = "Lists::is_empty")]
    areas: Lists,
    #[serde(skip_serializing_if = "Lists::is_empty")]
    waits_for: Lists,
    #[serde(skip_serializing_if = "Lists::is_empty")]
    owners: Lists,
    #[serde(skip_serializing_if = "Lists::is_empty")]
    labels: Lists,
    #[serde(skip_serializing_if = "Lists::is_empty")]
    iterations: Lists,
    /// Which items are blocked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocked: Vec<usize>,
    #[serde(skip_serializing_if = "Lists::is_empty")]
    history: Lists,
    entered: Moments,
    /// How many times each item was blocked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    times_blocked: Vec<usize>,
    blocked_from: Moments,
    blocked_until: Moments,
}

impl Columns {
    pub async fn of(items: &[Arc<Item>], pace: &Pace<'_>) -> Columns {
        let mut columns = Columns::default();
        let mut books = Books::default();
        let mut line = 0;
        let mut last = Clock::default();
        for (n, item) in items.iter().enumerate() {
            columns.keys.push(&item.key, &mut books);
            columns.lines.push(item.line as i64 - line);
            line = item.line as i64;
            columns.sources.push(&number_word(item.source), &mut books.sources);
            columns.titles.push(item.title.clone());
            columns.kinds.push(kind_letter(item.kind));
            columns.types.push(&item.type_name, &mut books.types);
            columns.statuses.push(&item.status, &mut books.statuses);
            columns.stages.push(stage_letter(item.stage));
            columns.created.push(item.created, &mut last);
            // What happens to an item is told from its creation on, and another item's creation from this one's.
            let mut clock = last;
            columns.history.push(item.history.iter().map(|change| &*change.to), &mut books.history);
            for change in &item.history {
                columns.entered.push(Some(change.at), &mut clock);
            }
            for (column, moment) in [
                (&mut columns.started, item.started),
                (&mut columns.finished, item.finished),
                (&mut columns.cancelled, item.cancelled),
            ] {
                match item.history.iter().position(|change| Some(change.at) == moment) {
                    Some(at) => column.push_entry(at),
                    None => column.push(moment, &mut last.clone()),
                }
            }
            columns.due.push(item.due, &mut last.clone());
            columns.points.push(item.points);
            columns.estimates.push(item.estimate_hours);
            columns.actuals.push(item.actual_hours);
            columns.sizes.push(&item.size, &mut books.sizes);
            columns.teams.push(&item.team, &mut books.teams);
            columns.projects.push(&item.project, &mut books.projects);
            columns.epics.push(&item.epic, &mut books.epics);
            columns.parents.push(&item.parent, &mut books.parents);
            columns.urls.push(&without_key(&item.url, &item.key), &mut books.urls);
            columns.areas.push(item.areas.iter().map(|word| &**word), &mut books.areas);
            columns.waits_for.push(item.waits_for.iter().map(|word| &**word), &mut books.waits_for);
            columns.owners.push(item.owners.iter().map(|word| &**word), &mut books.owners);
            columns.labels.push(item.labels.iter().map(|word| &**word), &mut books.labels);
            columns.iterations.push(item.iterations.iter().map(|word| &**word), &mut books.iterations);
            if item.blocked {
                columns.blocked.push(n);
            }
            columns.times_blocked.push(item.blocked_times.len());
            for time in &item.blocked_times {
                columns.blocked_from.push(Some(time.from), &mut clock);
                columns.blocked_until.push(time.until, &mut clock);
            }
            if n % 500 == 0 {
                pace.at(n, items.len()).await;
            }
        }
        columns.leave_out_what_is_usual();
        columns
    }

    fn leave_out_what_is_usual(&mut self) {
        fn clear<T: Default + PartialEq>(column: &mut Vec<T>) {
            if column.iter().all(|value| *value == T::default()) {
                column.clear();
            }
        }
        clear(&mut self.lines);
        clear(&mut self.titles);
        clear(&mut self.points);
        clear(&mut self.estimates);
        clear(&mut self.actuals);
        clear(&mut self.times_blocked);
        let words = [
            &mut self.sources,
            &mut self.types,
            &mut self.statuses,
            &mut self.sizes,
            &mut self.teams,
            &mut self.projects,
            &mut self.epics,
            &mut self.parents,
            &mut self.urls,
        ];
        words.into_iter().for_each(|column| clear(&mut column.at));
        let lists = [
            &mut self.areas,
            &mut self.waits_for,
            &mut self.owners,
            &mut self.labels,
            &mut self.iterations,
            &mut self.history,
        ];
        lists.into_iter().for_each(|column| clear(&mut column.counts));
    }

    /// The items again; no more than `most` bytes of them, for a word that is said once may stand in many.
    ///
    /// # Errors
    /// Where the columns don't fit together.
    pub async fn items(self, most: usize, pace: &Pace<'_>) -> Result<Vec<Arc<Item>>, Damage> {
        let n = self.keys.prefixes.at.len();
        let budget = Budget(Cell::new(most));
        budget.spend(n.saturating_mul(size_of::<Item>()))?;
        let budget = &budget;
        let mut keys = self.keys.read(n)?;
        let mut titles = full(self.titles, n, "titles")?.into_iter();
        let mut lines = full(self.lines, n, "lines")?.into_iter();
        let mut points = full(self.points, n, "points")?.into_iter();
        let mut estimates = full(self.estimates, n, "estimates")?.into_iter();
        let mut actuals = full(self.actuals, n, "actuals")?.into_iter();
        let mut times_blocked = full(self.times_blocked, n, "times_blocked")?.into_iter();
        let mut kinds = self.kinds.chars();
        let mut stages = self.stages.chars();
        let mut sources = self.sources.read(n, "sources")?;
        let mut types = self.types.read(n, "types")?;
        let mut statuses = self.statuses.read(n, "statuses")?;
        let mut sizes = self.sizes.read(n, "sizes")?;
        let mut teams = self.teams.read(n, "teams")?;
        let mut projects = self.projects.read(n, "projects")?;
        let mut epics = self.epics.read(n, "epics")?;
        let mut parents = self.parents.read(n, "parents")?;
        let mut urls = self.urls.read(n, "urls")?;
        let mut areas = self.areas.read(n, "areas")?;
        let mut waits_for = self.waits_for.read(n, "waits_for")?;
        let mut owners = self.owners.read(n, "owners")?;
        let mut labels = self.labels.read(n, "labels")?;
        let mut iterations = self.iterations.read(n, "iterations")?;
        let mut history = self.history.read(n, "history")?;
        let (mut created, mut entered) = (self.created.read("created"), self.entered.read("entered"));
        let (mut started, mut finished) = (self.started.read("started"), self.finished.read("finished"));
        let (mut cancelled, mut due) = (self.cancelled.read("cancelled"), self.due.read("due"));
        let mut blocked_from = self.blocked_from.read("blocked_from");
        let mut blocked_until = self.blocked_until.read("blocked_until");

        let mut items = Vec::with_capacity(n);
        let (mut line, mut last) = (0_i64, Clock::default());
        for at in 0..n {
            let key = keys.next(budget)?;
            line = line.saturating_add(lines.next().unwrap_or_default());
            let made = created.next(&mut last, &[])?;
            let mut clock = last;
            let mut changes = Vec::new();
            for to in history.next(budget)? {
                let at = entered.next(&mut clock, &[])?.ok_or("entered: a change has no moment")?;
                changes.push(StatusChange { at, to });
            }
            let times = times_blocked.next().unwrap_or_default();
            let mut blocked_times = Vec::new();
            let item = Item {
                line: u64::try_from(line).map_err(|_| "lines: a line before the first")?,
                source: sources.next(budget)?.parse().unwrap_or_default(),
                title: titles.next().unwrap_or_default(),
                kind: kind_of(kinds.next())?,
                type_name: types.next(budget)?,
                status: statuses.next(budget)?,
                stage: stage_of(stages.next())?,
                created: made,
                started: started.next(&mut last.clone(), &changes)?,
                finished: finished.next(&mut last.clone(), &changes)?,
                cancelled: cancelled.next(&mut last.clone(), &changes)?,
                due: due.next(&mut last.clone(), &[])?,
                points: points.next().flatten(),
                estimate_hours: estimates.next().flatten(),
                actual_hours: actuals.next().flatten(),
                size: sizes.next(budget)?,
                team: teams.next(budget)?,
                project: projects.next(budget)?,
                epic: epics.next(budget)?,
                parent: parents.next(budget)?,
                url: {
                    let url = urls.next(budget)?;
                    budget.spend(url.matches(KEY).count().saturating_mul(key.len()))?;
                    with_key(&url, &key)
                },
                areas: areas.next(budget)?,
                waits_for: waits_for.next(budget)?,
                owners: owners.next(budget)?,
                labels: labels.next(budget)?,
                iterations: iterations.next(budget)?,
                blocked: self.blocked.binary_search(&at).is_ok(),
                history: changes,
                blocked_times: {
                    for _ in 0..times {
                        let from = blocked_from.next(&mut clock, &[])?;
                        let from = from.ok_or("blocked_from: a time has no beginning")?;
                        let until = blocked_until.next(&mut clock, &[])?;
                        blocked_times.push(Blocked { from, until });
                    }
                    blocked_times
                },
                key,
            };
            items.push(Arc::new(item));
            if at % 500 == 0 {
                pace.at(at, n).await;
            }
        }
        Ok(items)
    }
}

fn number_word(number: u32) -> String {
    match number {
        0 => String::new(),
        number => number.to_string(),
    }
}

#[derive(Default)]
struct Books {
    prefixes: Book,
    last_number: i64,
    sources: Book,
    types: Book,
    statuses: Book,
    sizes: Book,
    teams: Book,
    projects: Book,
    epics: Book,
    parents: Book,
    urls: Book,
    areas: Book,
    waits_for: Book,
    owners: Book,
    labels: Book,
    iterations: Book,
    history: Book,
}

/// Keys: what stands before their number, and the distance from the number before.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Keys {
    #[serde(skip_serializing_if = "Words::is_empty")]
    prefixes: Words,
    numbers: Vec<Option<i64>>,
}

impl Keys {
    fn push(&mut self, key: &str, books: &mut Books) {
        let (prefix, number) = split(key);
        self.prefixes.push(prefix, &mut books.prefixes);
        self.numbers.push(number.map(|number| number - books.last_number));
        books.last_number = number.unwrap_or(books.last_number);
    }

    fn read(self, n: usize) -> Result<KeysRead, Damage> {
        let numbers = full(self.numbers, n, "keys")?.into_iter();
        Ok(KeysRead { prefixes: self.prefixes.read(n, "keys")?, numbers, last: 0 })
    }
}

struct KeysRead {
    prefixes: WordsRead,
    numbers: std::vec::IntoIter<Option<i64>>,
    last: i64,
}

impl KeysRead {
    fn next(&mut self, budget: &Budget) -> Result<String, Damage> {
        let prefix = self.prefixes.next(budget)?;
        Ok(match self.numbers.next().flatten() {
            None => prefix,
            Some(step) => {
                self.last = self.last.saturating_add(step);
                format!("{prefix}{}", self.last)
            }
        })
    }
}

/// A key's beginning, and the number it ends with where writing it again gives the same digits.
fn split(key: &str) -> (&str, Option<i64>) {
    let prefix = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = key.get(prefix.len()..).unwrap_or_default();
    match digits.parse() {
        Ok(number) if digits.len() <= 15 && (digits == "0" || !digits.starts_with('0')) => {
            (prefix, Some(number))
        }
        _ => (key, None),
    }
}

/// Stands for an item's key, and for its number, in its address.
const KEY: char = '\u{1}';
const NUMBER: char = '\u{2}';
/// Stands before an address that has one of these signs itself.
const AS_IT_IS: char = '\u{3}';

fn without_key(url: &str, key: &str) -> String {
    if url.contains([KEY, NUMBER, AS_IT_IS]) {
        return format!("{AS_IT_IS}{url}");
    }
    if key.is_empty() {
        return url.to_owned();
    }
    if url.contains(key) {
        return url.replace(key, &KEY.to_string());
    }
    let (_, number) = split(key);
    let digits = number.map(|number| number.to_string());
    match digits.as_deref().and_then(|digits| url.strip_suffix(digits)) {
        Some(rest) if !rest.ends_with(|c: char| c.is_ascii_digit()) => format!("{rest}{NUMBER}"),
        _ => url.to_owned(),
    }
}

fn with_key(url: &str, key: &str) -> String {
    if let Some(url) = url.strip_prefix(AS_IT_IS) {
        return url.to_owned();
    }
    let number = split(key).1.unwrap_or_default().to_string();
    url.replace(KEY, key).replace(NUMBER, &number)
}

fn kind_letter(kind: Kind) -> char {
    match kind {
        Kind::Feature => 'f',
        Kind::Bug => 'b',
        Kind::Chore => 'c',
        Kind::Other => 'o',
    }
}

fn kind_of(letter: Option<char>) -> Result<Kind, Damage> {
    match letter {
        Some('f') => Ok(Kind::Feature),
        Some('b') => Ok(Kind::Bug),
        Some('c') => Ok(Kind::Chore),
        Some('o') => Ok(Kind::Other),
        other => Err(format!("kinds: {other:?}")),
    }
}

fn stage_letter(stage: Option<Stage>) -> char {
    match stage {
        None => '-',
        Some(Stage::NotStarted) => 'n',
        Some(Stage::InProgress) => 'p',
        Some(Stage::Done) => 'd',
        Some(Stage::Cancelled) => 'x',
    }
}

fn stage_of(letter: Option<char>) -> Result<Option<Stage>, Damage> {
    match letter {
        Some('-') => Ok(None),
        Some('n') => Ok(Some(Stage::NotStarted)),
        Some('p') => Ok(Some(Stage::InProgress)),
        Some('d') => Ok(Some(Stage::Done)),
        Some('x') => Ok(Some(Stage::Cancelled)),
        other => Err(format!("stages: {other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::straight;

    fn again(items: &[Arc<Item>]) -> Result<Vec<Arc<Item>>, Damage> {
        let columns = straight(Columns::of(items, &Pace::STRAIGHT)).unwrap();
        let json = serde_json::to_string(&columns).unwrap();
        let columns: Columns = serde_json::from_str(&json).unwrap();
        straight(columns.items(1 << 20, &Pace::STRAIGHT)).unwrap()
    }

    #[test]
    fn no_items_and_bare_items_come_back() {
        assert_eq!(again(&[]), Ok(Vec::new()));
        let bare = vec![Arc::new(Item::default()), Arc::new(Item { key: "A".into(), ..Item::default() })];
        assert_eq!(again(&bare), Ok(bare));
    }

    #[test]
    fn odd_items_come_back() {
        let moment = |text: &str| text.parse().ok();
        let mut items = Vec::new();
        for (key, url) in [
            ("A-7", "https://x/browse/A-7"),
            ("#12", "https://x/issues/12"),
            ("12", "https://x/112"),
            ("007", "https://x/007?a=007"),
            ("18446744073709551616", ""),
            ("Ü · 3", "\u{1}\u{2}"),
            ("0", "0"),
        ] {
            items.push(Arc::new(Item {
                key: key.into(),
                url: url.into(),
                line: 3,
                source: 2,
                created: moment("1969-12-31T23:59:59.999999999Z"),
                started: moment("2024-02-29"),
                finished: moment("9999-12-30T23:59:59.5"),
                cancelled: moment("-000043-01-01"),
                due: moment("2024-03-01T00:00:00Z"),
                blocked: key.len() == 2,
                owners: vec!["".into(), "Ada".into()],
                history: vec![
                    StatusChange { at: moment("2024-02-29").unwrap(), to: "".into() },
                    StatusChange { at: moment("2024-01-01T10:00:00.001Z").unwrap(), to: "Done".into() },
                ],
                blocked_times: vec![
                    Blocked { from: moment("2024-01-01").unwrap(), until: None },
                    Blocked { from: moment("2024-01-03").unwrap(), until: moment("2024-01-02T01:00:00") },
                ],
                points: Some(0.1 + 0.2),
                ..Item::default()
            }));
        }
        assert_eq!(again(&items), Ok(items));
    }

    #[test]
    fn one_long_word_in_many_items_is_damage() {
        let owners = vec!["A".repeat(1000)];
        let item = Arc::new(Item { key: "K".into(), owners, ..Item::default() });
        assert!(again(&vec![item.clone(); 100]).is_ok());
        assert!(again(&vec![item; 1500]).is_err());
        let item = Arc::new(Item { key: "K".repeat(1000), url: "K".repeat(2_000_000), ..Item::default() });
        assert!(again(&[item]).is_err());
    }

    #[test]
    fn columns_that_do_not_fit_are_damage() {
        for json in [
            r#"{"keys":{"prefixes":{"at":[1]},"numbers":[null]},"kinds":"o","stages":"-"}"#,
            r#"{"keys":{"prefixes":{"words":["A"],"at":[1]},"numbers":[1,2]}}"#,
            r#"{"keys":{"prefixes":{"words":["A"],"at":[1]},"numbers":[1]},"kinds":"z"}"#,
            r#"{"keys":{"prefixes":{"words":["A"],"at":[1]},"numbers":[1]},"kinds":"o","stages":"-"}"#,
            r#"{"keys":{"prefixes":{"words":["A"],"at":[1]},"numbers":[9223372036854775807]},"kinds":"o","stages":"-",
                "lines":[-5],"created":{"as_":"i","steps":[9223372036854775807]}}"#,
        ] {
            let columns: Columns = serde_json::from_str(json).unwrap();
            assert!(straight(columns.items(1 << 20, &Pace::STRAIGHT)).unwrap().is_err(), "{json}");
        }
    }
}
