//! JSON text -> the objects in it. Only cut into pieces here, each read by itself: one that is damaged,
//! or a download that broke off, does not lose the others.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::Moment;
use crate::pace::Pace;

use super::ImportError;
use super::dates;
use super::table::Table;
use crate::model::Order;

/// A JSON document, cut into the elements of its lists.
#[derive(Debug, Default)]
pub struct Json<'t> {
    /// The document's own elements, under the empty name, and the lists that are members of its objects.
    pub lists: Vec<List<'t>>,
    /// Members that are no list.
    pub others: Vec<(String, &'t str)>,
    /// The line of what begins and never ends.
    pub broken_off: Option<u64>,
}

#[derive(Debug)]
pub struct List<'t> {
    pub name: String,
    pub elements: Vec<Element<'t>>,
}

/// One value of a list, as text.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    /// The line it begins on, counted from 1.
    pub line: u64,
    pub text: &'t str,
}

impl<'t> Json<'t> {
    /// Cuts a document: one value, or several behind each other, as `gh api --paginate` and JSON Lines
    /// have them. Lists of one name become one.
    ///
    /// # Errors
    /// [`ImportError::DamagedJson`] where what begins the document is no JSON.
    pub async fn parse(text: &'t str, pace: &Pace<'_>) -> Result<Json<'t>, ImportError> {
        let mut json = Json::default();
        let mut cut = Cutter { text, at: 0, counted: 0, line: 1 };
        while let Some(byte) = cut.next_byte() {
            match byte {
                b'[' => cut.list(&mut json, String::new(), pace).await,
                b'{' => cut.object(&mut json, pace).await,
                // Between values, as some tools write them.
                b',' => cut.at += 1,
                _ => {
                    if json.lists.is_empty() && json.others.is_empty() {
                        return Err(ImportError::DamagedJson { line: cut.line() });
                    }
                    json.broken_off = Some(cut.line());
                    break;
                }
            }
            if json.broken_off.is_some() {
                break;
            }
        }
        Ok(json)
    }

    /// The elements of the list of that name.
    pub fn list(&self, name: &str) -> &[Element<'t>] {
        self.lists.iter().find(|list| list.name == name).map_or(&[], |list| &list.elements)
    }

    /// The first value of that list, read; `Null` where there is none.
    pub fn first(&self, name: &str) -> Value {
        let first = self.list(name).first().and_then(|element| serde_json::from_str(element.text).ok());
        first.unwrap_or_default()
    }

    pub fn has_list(&self, name: &str) -> bool {
        self.lists.iter().any(|list| list.name == name)
    }

    /// Names of what the document holds.
    pub fn members(&self) -> Vec<String> {
        let lists = self.lists.iter().map(|list| &list.name);
        let names = lists.chain(self.others.iter().map(|(name, _)| name));
        names.filter(|name| !name.is_empty()).cloned().collect()
    }

    /// The longest list of objects as a table: a column for each member, with the texts of what is nested
    /// in it.
    ///
    /// # Errors
    /// [`ImportError::UnknownJson`] where no list holds objects with two members.
    pub async fn to_table(&self, pace: &Pace<'_>) -> Result<Table, ImportError> {
        let unknown = || ImportError::UnknownJson { members: self.members() };
        let of_objects = |list: &&List| list.elements.iter().all(|element| element.text.starts_with('{'));
        let lists = self.lists.iter().filter(of_objects);
        let list = lists.max_by_key(|list| list.elements.len()).ok_or_else(unknown)?;
        let mut names: Vec<String> = Vec::new();
        let mut rows: Vec<(u64, Vec<Cow<str>>)> = Vec::new();
        for (n, element) in list.elements.iter().enumerate() {
            let Ok(Value::Object(members)) = serde_json::from_str::<Value>(element.text) else { continue };
            let mut row = vec![Cow::Borrowed(""); names.len()];
            for (name, value) in &members {
                let column = names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.push(name.clone());
                    row.push(Cow::Borrowed(""));
                    names.len() - 1
                });
                if let Some(cell) = row.get_mut(column) {
                    *cell = Cow::Owned(cell_text(value));
                }
            }
            rows.push((element.line, row));
            if n % 16 == 0 {
                pace.at(n, list.elements.len()).await;
            }
        }
        let header = names.into_iter().map(Cow::Owned).collect();
        Table::of_cells(std::iter::once((1, header)).chain(rows)).map_err(|_| unknown())
    }

    fn add(&mut self, name: &str, element: Element<'t>) {
        match self.lists.iter_mut().find(|list| list.name == name) {
            Some(list) => list.elements.push(element),
            None => self.lists.push(List { name: name.to_owned(), elements: vec![element] }),
        }
    }
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    /// Up to where `line` counts.
    counted: usize,
    line: u64,
}

impl<'t> Cutter<'t> {
    /// The next byte that is no white space.
    fn next_byte(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'\x1e').count();
        self.at += blank;
        rest.get(blank).copied()
    }

    fn line(&mut self) -> u64 {
        let passed = self.text.as_bytes().get(self.counted..self.at).unwrap_or_default();
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.counted = self.at;
        self.line
    }

    /// Goes past the value that begins here; `None` where it never ends.
    fn value(&mut self) -> Option<&'t str> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let (mut depth, mut quoted) = (0_usize, false);
        loop {
            match (quoted, *bytes.get(self.at)?) {
                (true, b'\\') => self.at += 1,
                (true, b'"') => quoted = false,
                (true, _) => {}
                (false, b'"') => quoted = true,
                (false, b'[' | b'{') => depth += 1,
                (false, b']' | b'}') if depth == 0 => break,
                (false, b']' | b'}') => depth -= 1,
                (false, b',' | b':') if depth == 0 => break,
                (false, byte) if depth == 0 && byte.is_ascii_whitespace() => break,
                (false, _) => {}
            }
            self.at += 1;
            if depth == 0 && !quoted && matches!(bytes.get(self.at - 1), Some(b'"' | b']' | b'}')) {
                break;
            }
        }
        self.text.get(start..self.at)
    }

    /// A list's elements. At its `[`.
    async fn list(&mut self, json: &mut Json<'t>, name: String, pace: &Pace<'_>) {
        if !json.has_list(&name) {
            json.lists.push(List { name: name.clone(), elements: Vec::new() });
        }
        self.at += 1;
        let mut paused_at = self.at;
        loop {
            match self.next_byte() {
                Some(b']') => {
                    self.at += 1;
                    return;
                }
                Some(b',') => self.at += 1,
                Some(_) => {
                    let line = self.line();
                    match self.value() {
                        Some("") | None => {
                            json.broken_off = Some(line);
                            return;
                        }
                        Some(text) => json.add(&name, Element { line, text }),
                    }
                }
                None => {
                    json.broken_off = Some(self.line());
                    return;
                }
            }
            if self.at - paused_at > 1 << 15 {
                paused_at = self.at;
                pace.at(self.at, self.text.len()).await;
            }
        }
    }

    /// An object's members. At its `{`.
    async fn object(&mut self, json: &mut Json<'t>, pace: &Pace<'_>) {
        let (start, line) = (self.at, self.line());
        self.at += 1;
        loop {
            match self.next_byte() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b',') => self.at += 1,
                Some(b'"') => {
                    let name =
                        self.value().and_then(|name| serde_json::from_str(name).ok()).unwrap_or_default();
                    if self.next_byte() != Some(b':') {
                        json.broken_off = Some(self.line());
                        return;
                    }
                    self.at += 1;
                    match self.next_byte() {
                        Some(b'[') => self.list(json, name, pace).await,
                        Some(_) => match self.value() {
                            Some("") | None => json.broken_off = Some(self.line()),
                            Some(text) => json.others.push((name, text)),
                        },
                        None => json.broken_off = Some(self.line()),
                    }
                    if json.broken_off.is_some() {
                        return;
                    }
                }
                _ => {
                    json.broken_off = Some(self.line());
                    return;
                }
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        json.add("", Element { line, text });
    }
}

/// The value at a path of members; `Null` where there is none.
pub fn at<'v>(value: &'v Value, path: &[&str]) -> &'v Value {
    path.iter().fold(value, |value, name| &value[*name])
}

/// The text or number at a path; empty where there is none.
pub fn text(value: &Value, path: &[&str]) -> String {
    match at(value, path) {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The number at a path.
pub fn number(value: &Value, path: &[&str]) -> Option<f64> {
    match at(value, path) {
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        number => number.as_f64(),
    }
}

/// The moment at a path, if there is a plausible one.
pub fn moment(value: &Value, path: &[&str]) -> Option<Moment> {
    dates::read(&text(value, path), Order::DayFirst).ok().flatten()
}

/// What a cell of a table would say.
fn cell_text(value: &Value) -> String {
    match value {
        Value::Array(_) => names(value, &[]).join(";"),
        Value::Bool(yes) => yes.to_string(),
        value => name(value),
    }
}

/// The names in a list of texts, or of objects that have a `name`, `login` or `displayName`.
pub fn names(value: &Value, path: &[&str]) -> Vec<String> {
    let list = at(value, path).as_array().into_iter().flatten();
    list.map(name).filter(|name| !name.is_empty()).collect()
}

/// A text, or what an object calls itself.
pub fn name(value: &Value) -> String {
    let called = ["displayName", "name", "login", "value", "title"];
    let own = text(value, &[]);
    if !own.is_empty() {
        return own;
    }
    called.iter().map(|member| text(value, &[member])).find(|name| !name.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::straight;

    fn cut(text: &str) -> Json<'_> {
        straight(Json::parse(text, &Pace::STRAIGHT)).expect("no pause").expect("JSON")
    }

    fn texts<'t>(json: &Json<'t>, name: &str) -> Vec<(u64, &'t str)> {
        json.list(name).iter().map(|element| (element.line, element.text)).collect()
    }

    #[test]
    fn documents_are_cut_into_elements() {
        let json = cut("{\"a\": [1, \"x]\\\"\",\n {\"b\": [2, {}]}, null], \"n\": {\"m\": 1}, \"e\": []}");
        assert_eq!(texts(&json, "a"), [(1, "1"), (1, "\"x]\\\"\""), (2, "{\"b\": [2, {}]}"), (2, "null")]);
        assert_eq!(json.others, [("n".to_owned(), "{\"m\": 1}")]);
        assert!(json.has_list("e") && json.broken_off.is_none());
        assert_eq!(json.list("").len(), 1, "the object itself");
    }

    #[test]
    fn pages_behind_each_other_are_one() {
        assert_eq!(texts(&cut("[1,2]\n[3]"), ""), [(1, "1"), (1, "2"), (2, "3")]);
        assert_eq!(texts(&cut("{\"k\":1}\n{\"k\":2}\n"), "").len(), 2);
        assert_eq!(texts(&cut("{\"i\":[1]}{\"i\":[2]}"), "i").len(), 2);
    }

    #[test]
    fn what_broke_off_keeps_what_came_before() {
        for text in ["[1, 2, {\"a\": ", "[1, 2,", "[1, 2, \"x", "{\"\":[1, 2,", "[1, 2}"] {
            let json = cut(text);
            assert_eq!(texts(&json, "").len(), 2, "{text}");
            assert_eq!(json.broken_off, Some(1), "{text}");
        }
        let nothing = straight(Json::parse("hello", &Pace::STRAIGHT)).expect("no pause");
        assert!(matches!(nothing, Err(ImportError::DamagedJson { line: 1 })));
    }
}
