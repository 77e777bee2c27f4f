//! The words trackers use, and what they mean.

use crate::model::{Kind, Stage};

use super::table::plain;

/// The stage that a whole status name stands for, in any case and spelling; `None` for names of a
/// team's own.
pub fn stage(status: &str) -> Option<Stage> {
    use Stage::{Cancelled, Done, InProgress, NotStarted};
    const NAMES: &[(Stage, &[&str])] = &[
        (
            Cancelled,
            &[
                "cancelled",
                "canceled",
                "wontdo",
                "wontfix",
                "rejected",
                "removed",
                "abandoned",
                "duplicate",
                "obsolete",
                "declined",
                "invalid",
                "withdrawn",
                "discarded",
                "notplanned",
                "cannotreproduce",
                "abgebrochen",
                "verworfen",
            ],
        ),
        (
            Done,
            &[
                "done",
                "closed",
                "resolved",
                "complete",
                "completed",
                "finished",
                "released",
                "deployed",
                "shipped",
                "delivered",
                "accepted",
                "merged",
                "live",
                "fixed",
                "verified",
                "erledigt",
                "fertig",
                "geschlossen",
                "abgeschlossen",
                "terminé",
                "hecho",
                "gereed",
            ],
        ),
        (
            NotStarted,
            &[
                "todo",
                "backlog",
                "new",
                "open",
                "planned",
                "proposed",
                "ready",
                "unstarted",
                "unscheduled",
                "triage",
                "reopened",
                "selectedfordevelopment",
                "readyfordevelopment",
                "readyfordev",
                "icebox",
                "nextup",
                "next",
                "estimated",
                "draft",
                "offen",
                "neu",
                "geplant",
                "zuerledigen",
                "àfaire",
                "tedoen",
                "inbox",
                "later",
                "someday",
            ],
        ),
        (
            InProgress,
            &[
                "inprogress",
                "started",
                "doing",
                "active",
                "wip",
                "indevelopment",
                "development",
                "indev",
                "inreview",
                "review",
                "codereview",
                "readyforreview",
                "intesting",
                "testing",
                "intest",
                "test",
                "qa",
                "inqa",
                "readyfortest",
                "readyfortesting",
                "readyforqa",
                "readyfordeploy",
                "readyforrelease",
                "readytodeploy",
                "blocked",
                "onhold",
                "waiting",
                "design",
                "indesign",
                "analysis",
                "inanalysis",
                "implementing",
                "committed",
                "inarbeit",
                "inbearbeitung",
                "encours",
                "inuitvoering",
                "bezig",
                "uat",
                "staging",
            ],
        ),
    ];
    let name = plain(status);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|&(stage, _)| stage)
}

/// The stage a longer name is likely to stand for, by the words in it: "Done (prod)", "In Progress 🚧",
/// "Waiting for deploy". `None` where no word tells or two tell different things. A guess: dates that
/// say otherwise go before it.
pub fn likely_stage(status: &str) -> Option<Stage> {
    use Stage::{Cancelled, Done, InProgress, NotStarted};
    const WORDS: &[(Stage, &[&str])] = &[
        (Cancelled, &["cancelled", "canceled", "abandoned", "duplicate", "rejected", "declined", "obsolete"]),
        (NotStarted, &["backlog", "todo", "unstarted", "unscheduled", "icebox"]),
        (
            InProgress,
            &["progress", "review", "testing", "doing", "blocked", "hold", "waiting", "development"],
        ),
        (
            Done,
            &[
                "done",
                "complete",
                "completed",
                "closed",
                "released",
                "deployed",
                "finished",
                "resolved",
                "shipped",
            ],
        ),
    ];
    let lower = status.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    if words.contains(&"wont") {
        return Some(Cancelled);
    }
    if ["not", "never", "no"].iter().any(|no| words.contains(no)) {
        return words.contains(&"started").then_some(NotStarted);
    }
    let mut told = WORDS.iter().filter(|(_, tell)| tell.iter().any(|word| words.contains(word)));
    match (told.next(), told.next()) {
        (Some(&(stage, _)), None) => Some(stage),
        _ => None,
    }
}

/// What sort of work a tracker's type name stands for.
pub fn kind(type_name: &str) -> Kind {
    let name = plain(type_name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["bug", "defect", "fehler", "incident", "regression", "problem"]) {
        Kind::Bug
    } else if has(&["feature", "story", "enhancement", "improvement", "epic", "initiative", "requirement"]) {
        Kind::Feature
    } else if has(&[
        "chore",
        "task",
        "debt",
        "spike",
        "maintenance",
        "refactor",
        "upgrade",
        "document",
        "test",
    ]) {
        Kind::Chore
    } else {
        Kind::Other
    }
}

/// The kind that one of the labels names, for trackers without a type. A bug in a feature is a bug.
pub fn kind_of_labels(labels: &[String]) -> Kind {
    let kinds: Vec<Kind> = labels.iter().map(|label| kind(label)).collect();
    let wins = [Kind::Bug, Kind::Feature, Kind::Chore];
    wins.into_iter().find(|kind| kinds.contains(kind)).unwrap_or_default()
}

/// Whether the cell says that there is nothing: trackers and statistics programs have many words
/// for it.
pub fn is_nothing(cell: &str) -> bool {
    matches!(
        cell,
        "" | "NA"
            | "N/A"
            | "n/a"
            | "\\N"
            | "?"
            | "NULL"
            | "null"
            | "None"
            | "none"
            | "NaN"
            | "nan"
            | "-"
            | "[]"
            | "{}"
    )
}

/// Whether the cell says yes, in any case: Shortcut has written `TRUE` and `true`.
pub fn is_yes(cell: &str) -> bool {
    ["true", "yes", "1", "x"].iter().any(|yes| cell.eq_ignore_ascii_case(yes))
}

/// A number with that decimal mark; the other one, and blanks, group its thousands. `None` where the cell
/// holds none.
pub fn number(cell: &str, decimal: char) -> Option<f64> {
    if is_nothing(cell) {
        return None;
    }
    let plain = |cell: &str| cell.parse().ok().filter(|number: &f64| number.is_finite());
    if cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return plain(cell);
    }
    let grouping = if decimal == ',' { '.' } else { ',' };
    let cell: String = cell
        .chars()
        .filter(|&c| c != grouping && !c.is_whitespace() && c != '\'')
        .map(|c| if c == decimal { '.' } else { c })
        .collect();
    plain(&cell)
}

/// Whether numbers have a decimal comma or a point, as cells show: behind the mark that comes last in
/// `1.234,5`; behind one with other than three digits, as in `2,5`.
#[derive(Clone, Copy, Debug, Default)]
pub struct DecimalMarks {
    points: u32,
    commas: u32,
}

impl DecimalMarks {
    /// Takes one more cell into account.
    pub fn see(&mut self, cell: &str) {
        if !cell.contains(['.', ',']) {
            return;
        }
        let is_number = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' '));
        let Some(last) = cell.rfind(['.', ',']).filter(|_| is_number) else { return };
        let both = cell.contains('.') && cell.contains(',');
        let once = cell.matches(['.', ',']).count() == 1;
        let behind = cell.len() - last - 1;
        if both || (once && behind != 3) {
            let mark = if cell[last..].starts_with(',') { &mut self.commas } else { &mut self.points };
            *mark += 1;
        }
    }

    /// What the cells show; `None` where none of them tells.
    pub fn told(self) -> Option<char> {
        match (self.points, self.commas) {
            (0, 0) => None,
            (points, commas) => Some(if commas > points { ',' } else { '.' }),
        }
    }
}

/// The hours of a period like `1w 2d 3h 30m`, in working weeks of five days and days of eight hours, as
/// Jira and YouTrack count by default. `None` where the cell is no period.
pub fn period_hours(cell: &str) -> Option<f64> {
    let mut hours = 0.0;
    let mut number = String::new();
    let mut units = 0;
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        if c.is_whitespace() || c == ',' {
            continue;
        }
        let mut unit = c.to_lowercase().to_string();
        while let Some(next) = chars.peek().filter(|next| next.is_alphabetic()) {
            unit.extend(next.to_lowercase());
            chars.next();
        }
        let of_unit = match unit.as_str() {
            "w" | "week" | "weeks" => 40.0,
            "d" | "day" | "days" => 8.0,
            "h" | "hour" | "hours" | "hr" | "hrs" => 1.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 1.0 / 60.0,
            _ => return None,
        };
        hours += number.parse::<f64>().ok()? * of_unit;
        number.clear();
        units += 1;
    }
    (units > 0 && number.is_empty()).then_some(hours)
}

/// The size that a word names, as shirts have them. `None` where it names none.
pub fn size(cell: &str) -> Option<&'static str> {
    let word = cell.trim().to_lowercase();
    Some(match word.as_str() {
        "xs" | "extra small" | "x-small" | "tiny" => "XS",
        "s" | "small" | "klein" => "S",
        "m" | "medium" | "mittel" => "M",
        "l" | "large" | "gross" | "groß" => "L",
        "xl" | "extra large" | "x-large" | "huge" => "XL",
        "xxl" | "2xl" | "xx-large" => "XXL",
        _ => return None,
    })
}

/// The size in a label like `size/M` or `Size: L`.
pub fn size_of_labels(labels: &[String]) -> Option<&'static str> {
    labels.iter().find_map(|label| {
        let start = label.get(..4).filter(|start| start.eq_ignore_ascii_case("size"))?;
        let rest = label.get(start.len()..)?;
        let word = rest.trim_start_matches(['/', ':', '-', '=', ' ', '_']);
        // "Sizes" is no size.
        size(word).filter(|_| word.len() < rest.len())
    })
}

/// What a cell's list is joined by.
pub fn separator(cell: &str) -> char {
    [';', '|'].into_iter().find(|&separator| cell.contains(separator)).unwrap_or(',')
}

/// The parts of a cell that lists values, trimmed, empty ones left out.
pub fn list(cell: &str, separator: char) -> Vec<String> {
    let parts = cell.split(separator).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_mean_what_teams_mean() {
        use Stage::*;
        for (status, want) in [
            ("Done", Some(Done)),
            ("COMPLETED", Some(Done)),
            ("To Do", Some(NotStarted)),
            ("Ready for Development", Some(NotStarted)),
            ("Ready for Review", Some(InProgress)),
            ("Won't Do", Some(Cancelled)),
            ("Canceled", Some(Cancelled)),
            ("CHRONICLE", None),
            ("Done (prod)", None),
            ("", None),
        ] {
            assert_eq!(stage(status), want, "{status}");
        }
        for (status, want) in [
            ("Done (prod)", Some(Done)),
            ("Moved to Done", Some(Done)),
            ("Auto done", Some(Done)),
            ("In Progress 🚧", Some(InProgress)),
            ("Waiting for deploy", Some(InProgress)),
            ("Won’t be done", Some(Cancelled)),
            ("Not started yet", Some(NotStarted)),
            ("Not Doing", None),
            ("Not done", None),
            ("Incomplete", None),
            ("Reviewed", None),
            ("Ready to document", None),
            ("Done, waiting for review", None),
            ("", None),
        ] {
            assert_eq!(likely_stage(status), want, "{status}");
        }
    }

    #[test]
    fn types_are_told_apart() {
        for (name, want) in [
            ("User Story", Kind::Feature),
            ("Bug", Kind::Bug),
            ("Sub-task", Kind::Chore),
            ("chore", Kind::Chore),
            ("Improvement", Kind::Feature),
            ("", Kind::Other),
            ("Fluxkompensator", Kind::Other),
        ] {
            assert_eq!(kind(name), want, "{name}");
        }
        assert_eq!(kind_of_labels(&["backend".into(), "type::bug".into()]), Kind::Bug);
    }

    #[test]
    fn numbers_and_lists_are_forgiving() {
        for (cell, decimal, want) in [
            ("2,5", ',', Some(2.5)),
            ("1.234,5", ',', Some(1234.5)),
            ("1,234.5", '.', Some(1234.5)),
            ("1 234", '.', Some(1234.0)),
            ("-1", '.', Some(-1.0)),
            ("0", '.', Some(0.0)),
            ("NA", '.', None),
            ("inf", '.', None),
            ("3%", '.', None),
        ] {
            assert_eq!(number(cell, decimal), want, "{cell}");
        }
        for (cells, want) in [
            (&["1,50", "3"][..], Some(',')),
            (&["1.5", "1,234"], Some('.')),
            (&["1.234,00"], Some(',')),
            (&["1,234", "1.234"], None),
            (&["v1.2,x"], None),
        ] {
            let mut marks = DecimalMarks::default();
            cells.iter().for_each(|cell| marks.see(cell));
            assert_eq!(marks.told(), want, "{cells:?}");
        }
        for (cell, want) in [
            ("1w 2d 3h", Some(59.0)),
            ("30m", Some(0.5)),
            ("2 days", Some(16.0)),
            ("3", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(period_hours(cell), want, "{cell}");
        }
        assert_eq!(list(" a ;; b;", ';'), ["a", "b"]);
    }
}
