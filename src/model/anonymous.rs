//! A team's data without its names, titles, links and descriptions, with every number as it was. What is one
//! name stays one name, and names keep their order among their likes, so that whatever counts, groups or sorts
//! by them comes out the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::notebook::{Field, Form, Input, RULE, Record, TIME, Values};
use super::{Event, Item, Notebook, ReadFrom, Settings, Workspace};

/// Stands where something was written.
const REMOVED: &str = "(removed)";

/// The same without whatever tells whose data it is. Left as they are: dates, numbers, and the words for statuses,
/// types and sizes, which are a workflow's and not anybody's.
pub fn anonymous(
    workspace: &Workspace,
    settings: &Settings,
    notebook: &Notebook,
) -> (Workspace, Settings, Notebook) {
    let names = Names::of(workspace, notebook);
    let items = workspace.items.iter().map(|item| Arc::new(names.item(item))).collect();
    let read_from = workspace.read_from.iter().enumerate().map(|(n, file)| names.file(n, file)).collect();
    let workspace = Workspace { items, read_from, ..workspace.clone() };
    (workspace, names.settings(settings), names.notebook(notebook))
}

/// What each name becomes.
struct Names {
    /// Words for types and statuses, which stay.
    types: BTreeSet<String>,
    statuses: BTreeSet<String>,
    files: BTreeMap<String, String>,
    keys: BTreeMap<String, String>,
    people: BTreeMap<String, String>,
    /// Teams, projects, epics, labels and what the notebook calls by name: these are compared with one another.
    topics: BTreeMap<String, String>,
    areas: BTreeMap<String, String>,
    iterations: BTreeMap<String, String>,
    /// What is written in the notebook and called by it.
    entries: BTreeMap<String, String>,
}

/// Numbers names in their order, with digits enough to keep it.
fn numbered(names: BTreeSet<&str>, called: &str) -> BTreeMap<String, String> {
    let digits = names.len().to_string().len();
    let names = names.into_iter().filter(|name| !name.is_empty()).enumerate();
    names.map(|(n, name)| (name.to_owned(), format!("{called} {:0digits$}", n + 1))).collect()
}

impl Names {
    fn of(workspace: &Workspace, notebook: &Notebook) -> Names {
        let items = || workspace.items.iter().map(|item| &**item);
        let all = |of: fn(&Item) -> &[String]| items().flat_map(of).map(String::as_str).collect();
        let mut keys: BTreeSet<&str> = items().map(|item| item.key.as_str()).collect();
        keys.extend(items().map(|item| item.parent.as_str()));
        keys.extend(items().flat_map(|item| &item.waits_for).map(String::as_str));
        let fields = || {
            notebook.records.iter().flat_map(|record| {
                let form = form_of(record);
                record.values.iter().filter_map(move |(id, text)| Some((form?.field(id)?, text.as_str())))
            })
        };
        let named = fields().filter(|(field, _)| names_topics(field));
        let statuses = items().flat_map(|item| {
            let history = item.history.iter().map(|change| change.to.clone());
            history.chain([item.status.clone()])
        });
        let statuses = statuses.chain(workspace.workflow.iter().map(|status| status.name.clone()));
        // A group may be a file, called by its name without what stands behind the last point.
        let files = workspace.read_from.iter().enumerate().map(|(n, file)| {
            let stem = file.file.rsplit_once('.').map_or(file.file.as_str(), |(stem, _)| stem);
            (stem.to_owned(), format!("Export {}", n + 1))
        });
        Names {
            types: items().map(|item| item.type_name.clone()).collect(),
            statuses: statuses.collect(),
            files: files.collect(),
            keys: numbered(keys, "Item"),
            people: numbered(all(|item| &item.owners), "Person"),
            topics: topics(&[
                ("Team", items().map(|item| item.team.as_str()).collect()),
                ("Project", items().map(|item| item.project.as_str()).collect()),
                ("Epic", items().map(|item| item.epic.as_str()).collect()),
                ("Label", all(|item| &item.labels)),
                ("Topic", named.flat_map(|(_, text)| text.lines().map(str::trim)).collect()),
            ]),
            areas: numbered(all(|item| &item.areas), "Area"),
            iterations: numbered(all(|item| &item.iterations), "Iteration"),
            entries: numbered(
                fields().filter(|(field, _)| is_text(field) && field.needed).map(|(_, text)| text).collect(),
                "Entry",
            ),
        }
    }

    fn item(&self, item: &Item) -> Item {
        let list = |names: &[String], book| names.iter().map(|name| found(book, name)).collect();
        Item {
            key: found(&self.keys, &item.key),
            title: String::new(),
            url: String::new(),
            team: found(&self.topics, &item.team),
            project: found(&self.topics, &item.project),
            epic: found(&self.topics, &item.epic),
            parent: found(&self.keys, &item.parent),
            waits_for: list(&item.waits_for, &self.keys),
            owners: list(&item.owners, &self.people),
            labels: list(&item.labels, &self.topics),
            areas: list(&item.areas, &self.areas),
            iterations: list(&item.iterations, &self.iterations),
            ..item.clone()
        }
    }

    fn file(&self, n: usize, file: &ReadFrom) -> ReadFrom {
        let mut warnings = file.warnings.clone();
        let name = format!("Export {}", n + 1);
        for place in warnings.iter_mut().flat_map(|warning| &mut warning.places) {
            (place.file, place.what) = (name.clone(), REMOVED.to_owned());
        }
        ReadFrom {
            file: name,
            columns: Vec::new(),
            understood: String::new(),
            shape: String::new(),
            warnings,
            ..file.clone()
        }
    }

    fn settings(&self, settings: &Settings) -> Settings {
        let mut settings = Settings { name: String::new(), readings: BTreeMap::new(), ..settings.clone() };
        // What was said of other data's words goes; a label may stand for a type.
        let labels: Vec<_> = settings
            .kinds
            .iter()
            .filter_map(|(word, kind)| Some((self.topics.get(word)?.clone(), *kind)))
            .collect();
        settings.kinds.retain(|word, _| self.types.contains(word));
        settings.kinds.extend(labels);
        settings.stages.retain(|word, _| self.statuses.contains(word));
        let counting = &mut settings.counting;
        counting.me.clear();
        counting.waiting.retain(|word, _| self.statuses.contains(word));
        counting.starts_with = counting.starts_with.take().filter(|word| self.statuses.contains(word));
        counting.ends_with = counting.ends_with.take().filter(|word| self.statuses.contains(word));
        counting.people =
            counting.people.iter().filter_map(|(part, n)| Some((self.part(part)?, *n))).collect();
        for event in counting.events.values_mut() {
            *event = Event { what: REMOVED.to_owned(), ..event.clone() };
        }
        settings
    }

    /// How a part of the work is called where people are counted (see [`super::part_called`]); none that the data
    /// no longer have.
    fn part(&self, part: &str) -> Option<String> {
        let Some((what, name)) = part.split_once(" “") else { return Some(part.to_owned()) };
        let name = name.strip_suffix('”')?;
        let names = match what {
            "Area" => &self.areas,
            "File" => &self.files,
            _ => &self.topics,
        };
        names.get(name).map(|name| super::part_called(what, name))
    }

    fn notebook(&self, notebook: &Notebook) -> Notebook {
        // What time was spent on is told by its title, which goes: what it told is written down.
        let sorts: BTreeMap<u32, &str> = notebook.sorts_of_hours().collect();
        let records = notebook.records.iter().filter(|record| record.form != RULE.id).filter_map(|record| {
            let form = form_of(record)?;
            let mut values: Values = record
                .values
                .iter()
                .filter_map(|(id, text)| Some((id.clone(), self.value(form.field(id)?, text)?)))
                .collect();
            if let Some(sort) = sorts.get(&record.id).filter(|_| record.form == TIME.id) {
                values.insert("sort".to_owned(), (*sort).to_owned());
            }
            Some(Record { values, ..record.clone() })
        });
        Notebook {
            records: records.collect(),
            last_id: notebook.last_id,
            history: Vec::new(),
            without_example: notebook.without_example.clone(),
        }
    }

    fn value(&self, field: &Field, text: &str) -> Option<String> {
        if names_topics(field) {
            let lines = text.lines().map(|line| found(&self.topics, line.trim()));
            return Some(lines.collect::<Vec<_>>().join("\n"));
        }
        match (is_text(field), field.needed) {
            (true, true) => Some(found(&self.entries, text)),
            // That something was chosen is what makes a decision one.
            (true, false) => (field.id == "choice").then(|| REMOVED.to_owned()),
            (false, _) => Some(text.to_owned()),
        }
    }
}

fn form_of(record: &Record) -> Option<&'static Form> {
    super::notebook::FORMS.iter().copied().find(|form| form.id == record.form)
}

/// Whether it holds names that are compared with those of the data or of other entries.
fn names_topics(field: &Field) -> bool {
    let by_name = matches!(field.id, "name" | "system") && field.input == Input::Line;
    by_name || matches!(field.input, Input::Project | Input::Projects | Input::TrackerNames)
}

fn is_text(field: &Field) -> bool {
    matches!(field.input, Input::Line | Input::Text) && !names_topics(field)
}

/// What a name becomes; none that was not found is let through.
fn found(names: &BTreeMap<String, String>, name: &str) -> String {
    match name.is_empty() {
        true => String::new(),
        false => names.get(name).cloned().unwrap_or_else(|| REMOVED.to_owned()),
    }
}

/// Names of several sorts, each called by the first sort it is found in. What readers take for one name (see
/// [`super::notebook::same_name`]) stays that: the like ones differ by spaces at their end.
fn topics(sorts: &[(&str, BTreeSet<&str>)]) -> BTreeMap<String, String> {
    let alike = |name: &str| name.trim().to_lowercase();
    let mut known: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut topics = BTreeMap::new();
    for (called, names) in sorts {
        let new: BTreeSet<String> = names.iter().map(|name| alike(name)).collect();
        let new = new.iter().map(String::as_str).filter(|name| !known.contains_key(*name)).collect();
        for (name, becomes) in numbered(new, called) {
            known.insert(name, (becomes, 0));
        }
        for name in names.iter().filter(|name| !name.is_empty()) {
            if let Some((becomes, times)) = known.get_mut(&alike(name))
                && !topics.contains_key(*name)
            {
                // That nobody had planned something is told by its label.
                let mark = match called == &"Label" {
                    true => super::unplanned_word(name).map(|word| format!(" ({word})")).unwrap_or_default(),
                    false => String::new(),
                };
                topics.insert((*name).to_owned(), format!("{becomes}{mark}{}", " ".repeat(*times)));
                *times += 1;
            }
        }
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::notebook::{PROJECT, RISK};

    #[test]
    fn nothing_that_was_written_is_left() {
        let item = Item {
            key: "PAY-12".into(),
            title: "Refunds".into(),
            url: "https://tracker.example/PAY-12".into(),
            team: "Blue".into(),
            project: "Payments".into(),
            epic: "payments ".into(),
            owners: vec!["Ada".into()],
            labels: vec!["payments".into(), "vip".into()],
            waits_for: vec!["PAY-11".into(), "OPS-1".into()],
            ..Item::default()
        };
        let workspace = Workspace { items: vec![Arc::new(item)], ..Workspace::default() };
        let mut notebook = Notebook::default();
        let values = |pairs: &[(&str, &str)]| -> Values {
            pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
        };
        let at = jiff::Timestamp::UNIX_EPOCH;
        let card = values(&[("name", "PAYMENTS"), ("goal", "Sell"), ("items", "vip\nnowhere")]);
        notebook.write(&PROJECT, None, &card, at).unwrap();
        let risk =
            values(&[("what", "It breaks"), ("owner", "Ada"), ("chance", "4"), ("project", "Payments")]);
        notebook.write(&RISK, None, &risk, at).unwrap();
        let mut settings = Settings { name: "Acme".into(), ..Settings::default() };
        settings.counting.people.insert(super::super::part_called("Team", "Blue"), 5);
        settings.stages.insert("acme-status".into(), super::super::Stage::Done);
        settings.kinds.insert("vip".into(), super::super::Kind::Bug);

        let (data, said, notes) = anonymous(&workspace, &settings, &notebook);
        let all = format!("{data:?}{said:?}{notes:?}");
        for word in [
            "acme", "PAY", "Refund", "tracker", "Blue", "ayments", "Ada", "vip", "OPS", "Sell", "breaks",
            "Acme", "nowhere",
        ] {
            assert!(!all.contains(word), "{word} in {all}");
        }
        let item = &data.items[0];
        assert_eq!((item.team.as_str(), item.epic.as_str()), ("Team 1", "Project 1 "));
        assert_eq!(item.labels, ["Project 1  ", "Label 1"]);
        assert_eq!(item.waits_for.len(), 2);
        assert_eq!((said.counting.people.get("Team “Team 1”"), said.kinds.len()), (Some(&5), 1));
        let card = notes.projects().next().unwrap();
        assert!(card.holds(item) && card.name().trim_end() == "Project 1");
        let risk = notes.of(&RISK).next().unwrap();
        assert_eq!((risk.text("what"), risk.text("owner"), risk.text("chance")), ("Entry 1", "", "4"));
    }
}
