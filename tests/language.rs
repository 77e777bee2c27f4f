//! The other language says everything, with the same numbers.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ballpark::forecast::METHODS;
use ballpark::import::{self, File};
use ballpark::language::{Catalogue, Language, speak};
use ballpark::model::notebook::{FORMS, Input};
use ballpark::model::{Date, Notebook, Role, Settings, WarningKind, Workspace, Zone, anonymous};
use ballpark::report::capacity::capacity_answers;
use ballpark::report::estimates::estimate_answers;
use ballpark::report::forecast::forecast_answers;
use ballpark::report::quality::quality_answers;
use ballpark::report::roles::{ROLES, agenda};
use ballpark::report::{Analysis, Answer, Desk, cadence_answers, cycle_answers, home};
use ballpark::{charts, sample};

const GERMAN: &str = include_str!("../languages/de.json");

fn german() -> Catalogue {
    Catalogue::read(Language::German, GERMAN).unwrap_or_else(|why| panic!("languages/de.json: {why}"))
}

/// The files of a folder of the project, each with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push((path.clone(), fs::read_to_string(&path).unwrap())),
            }
        }
    }
    found
}

/// Every English text of the code, with the file it stands in.
fn texts() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for (path, source) in
        sources("src").into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "rs"))
    {
        let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        for macro_call in ["t!(", "say!("] {
            for (at, _) in code.match_indices(macro_call) {
                let before = code[..at].chars().next_back();
                let literal = code[at + macro_call.len()..].trim_start();
                if before.is_none_or(|c| !c.is_alphanumeric() && c != '_') && literal.starts_with('"') {
                    found.push((path.clone(), unescaped(&literal[1..])));
                }
            }
        }
    }
    found
}

/// A string literal as the compiler reads it, from behind its first quotation mark.
fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut chars = literal.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('u') => {
                    let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                other => text.extend(other),
            },
            c => text.push(c),
        }
    }
    text
}

/// Without its values there are words in it.
fn has_words(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0 && c.is_alphabetic()
    })
}

#[test]
fn the_catalogue_has_every_text_of_the_code() {
    let german = german();
    let texts = texts();
    assert!(texts.len() > 2000, "only {} texts were found", texts.len());
    let missing: BTreeSet<String> = texts
        .iter()
        .filter(|(_, text)| has_words(text) && !german.knows(text))
        .map(|(path, text)| format!("{}: {text:?}", path.display()))
        .collect();
    assert!(
        missing.is_empty(),
        "languages/de.json lacks {}:\n{}",
        missing.len(),
        Vec::from_iter(missing).join("\n")
    );
}

/// Texts that lie in tables and are said elsewhere.
#[test]
fn the_catalogue_has_every_text_of_tables() {
    let mut texts: Vec<&str> = Vec::new();
    for form in FORMS {
        texts.extend([form.title, form.one, form.purpose]);
        texts.extend(form.example.iter().map(|(_, text)| *text).filter(|text| text.contains(' ')));
        for field in form.fields {
            texts.extend([field.label, field.hint]);
            match field.input {
                Input::Level(low, high) => texts.extend([low, high]),
                Input::Number(_, _, unit) => texts.push(unit),
                Input::Choice(choices) => texts.extend(choices.iter().map(|(_, label)| *label)),
                _ => {}
            }
        }
    }
    for page in ROLES {
        texts.push(page.asks);
        texts.extend(page.words);
        texts.extend(page.parts.iter().flat_map(|part| [part.title, part.about, part.empty]));
    }
    texts.extend(METHODS.iter().flat_map(|method| [method.name, method.says]));
    texts.extend(charts::ALL.iter().map(|plate| plate.figure.name));
    texts.extend(WarningKind::ALL.iter().flat_map(|kind| [kind.what(), kind.done()]));
    texts.extend(ballpark::model::Fact::ALL.iter().map(|fact| fact.label()));
    let german = german();
    let missing: BTreeSet<&str> =
        texts.into_iter().filter(|text| has_words(text) && !german.knows(text)).collect();
    assert!(missing.is_empty(), "languages/de.json lacks {}: {missing:#?}", missing.len());
}

#[test]
fn the_catalogue_has_nothing_that_nobody_says() {
    // What lies in tables stands somewhere in the code as a literal too.
    let mut known: BTreeSet<String> = texts().into_iter().map(|(_, text)| text).collect();
    for (_, source) in sources("src").into_iter().chain(sources("excel/src")) {
        known.extend(source.match_indices('"').map(|(at, _)| unescaped(&source[at + 1..])));
    }
    let boot = include_str!("../boot.js");
    known.extend(boot.match_indices('"').map(|(at, _)| unescaped(&boot[at + 1..])));
    let groups: serde_json::Value = serde_json::from_str(GERMAN).unwrap();
    let groups = groups.as_object().unwrap();
    let unsaid: Vec<&String> = groups
        .iter()
        .filter(|(group, _)| *group != "index.html")
        .flat_map(|(_, texts)| texts.as_object().unwrap().keys())
        .filter(|text| !known.contains(*text))
        .collect();
    assert!(unsaid.is_empty(), "{unsaid:#?}");
}

/// All that is said of a team, each with where.
fn everything_said(workspace: &Workspace, notebook: &Notebook) -> Vec<(String, String)> {
    let mut settings = Settings::default();
    settings.counting.me.insert("Ada".into());
    // Names and titles are as people wrote them: without, what is left is ours.
    let (workspace, settings, notebook) = &anonymous(workspace, &settings, notebook);
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let analysis = Analysis::of(workspace, settings, &Zone::UTC, now);
    analysis.forecast_now();
    let desk = Desk::new(&analysis, notebook, analysis.today());
    let mut said = Vec::new();
    let mut put = |place: String, text: &str| said.push((place, text.to_owned()));
    let page = home(workspace, &analysis);
    put("headline".into(), &page.headline);
    put("caveat".into(), page.caveat.as_deref().unwrap_or_default());
    let answers: [Vec<Answer>; 7] = [
        page.answers,
        cadence_answers(&analysis),
        cycle_answers(&analysis),
        estimate_answers(&analysis),
        quality_answers(&analysis),
        capacity_answers(&analysis),
        forecast_answers(&analysis),
    ];
    for answer in answers.into_iter().flatten() {
        let name = |part: &str| format!("answer {} {part}", answer.id);
        put(name("question"), answer.question);
        put(name("number"), &format!("{} {}", answer.number.clone().unwrap_or_default(), answer.unit));
        put(name("sentence"), &answer.sentence);
        put(name("would change"), answer.would_change.as_deref().unwrap_or_default());
        let explained = &answer.explanation;
        put(name("definition"), &explained.definition);
        put(name("window"), &explained.window);
        put(name("items"), &explained.items);
        explained.left_out.iter().for_each(|left| put(name("left out"), &left.said));
    }
    for plate in charts::ALL {
        let name = |part: &str| format!("figure {} {part}", plate.figure.id);
        match (plate.figure.text)(&analysis) {
            Ok(text) => {
                put(name("finding"), &text.finding);
                put(name("caption"), &text.caption);
            }
            Err(why) => put(name("why none"), &why),
        }
        for table in (plate.figure.tables)(&analysis) {
            put(name("table"), &table.title);
            table.columns.iter().for_each(|column| put(name("column"), column.name()));
        }
        if let Some(Ok(chart)) = (plate.draw)(&analysis, charts::Size { width: 900, height: 320 }) {
            // Items' own titles say nothing in another language.
            if !["scatter", "aging", "estimates"].contains(&plate.figure.id) {
                chart.marks.iter().take(60).for_each(|mark| put(name("mark"), &mark.says));
            }
        }
    }
    for page in ROLES {
        let all = page.all(&desk);
        put(format!("{} headline", page.role.id()), &page.headline(&all));
        for finding in all {
            let name = |part: &str| format!("{} {} {part}", page.role.id(), finding.id);
            put(name("number"), &format!("{} {}", finding.number.clone().unwrap_or_default(), finding.unit));
            put(name("fact"), &finding.fact);
            put(name("meaning"), &finding.meaning);
            put(name("question"), &finding.question);
            put(name("change"), finding.change.as_deref().unwrap_or_default());
            if let Some(explained) = &finding.explanation {
                put(name("definition"), &explained.definition);
                put(name("window"), &explained.window);
                put(name("items"), &explained.items);
                explained.left_out.iter().for_each(|left| put(name("left out"), &left.said));
            }
        }
        put(format!("{} agenda", page.role.id()), &agenda(&desk, page.role, page.talks_to).text());
    }
    analysis.in_force().iter().for_each(|line| put("in force".into(), line));
    said
}

/// Every digit, in order of size.
fn digits(text: &str) -> String {
    let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits.into_iter().collect()
}

fn teams() -> Vec<(&'static str, Workspace, Notebook)> {
    let mut notebook = Notebook::default();
    let today = Date::constant(2026, 11, 23);
    notebook.add_sample(sample::notebook(today));
    let mut teams = vec![("the sample", sample::workspace(today), notebook)];
    if let Some(folder) = common::real_data() {
        for name in [
            "sip/Sip-task-info.csv",
            "jira-json/tidev-search.json",
            "azure-devops-csv/adodata.csv",
            "linear-csv/Linear-tasks-backlog-backup.csv",
            "gitlab-csv/issues.csv",
            "trello-json/trello-project100.json",
            "public-jira-estimates/clean_data_v2.csv",
        ] {
            let bytes = fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            let workspace = import::read(&[File { name, bytes: &bytes }])
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            teams.push((name, workspace, Notebook::default()));
        }
    }
    teams
}

#[test]
fn german_says_the_same_with_the_same_numbers() {
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for (name, workspace, notebook) in teams() {
        speak(None);
        let english = everything_said(&workspace, &notebook);
        speak(Some(german()));
        let german = everything_said(&workspace, &notebook);
        assert_eq!(english.len(), german.len(), "{name}");
        for ((place, english), (_, german)) in english.iter().zip(&german) {
            seen += 1;
            let words: Vec<&str> = german.split(|c: char| !c.is_alphanumeric()).collect();
            let stray = [
                "the", "of", "and", "is", "are", "with", "than", "items", "days", "by", "to", "no", "each",
                "from",
            ];
            if let Some(word) = words.iter().find(|word| stray.contains(word)) {
                wrong.insert(format!("{place}: {word:?} in {german:?}"));
            }
            if digits(english) != digits(german) {
                wrong.insert(format!("{place}: numbers of {english:?} in {german:?}"));
            }
        }
    }
    speak(None);
    assert!(seen > 2000, "only {seen} texts");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), Vec::from_iter(wrong).join("\n"));
}

/// What is chosen or kept is the same in every language, so that what was written in one can be read in the other.
#[test]
fn what_is_kept_is_said_in_one_language() {
    let csv = "Created;Started;Finished;Points\n2024-01-01;2024-01-02;2024-01-05;1,5\n";
    let read = || import::read(&[File { name: "team.csv", bytes: csv.as_bytes() }]).expect("a workspace");
    speak(None);
    let english = read();
    speak(Some(german()));
    assert_eq!(read(), english);
    for form in FORMS {
        let example = form.example_values();
        assert_eq!(form.read(&example), Ok(example.clone()), "{}", form.id);
    }
    let table = ballpark::report::Table {
        title: String::new(),
        columns: vec![ballpark::report::Column::number("Tage")],
        rows: [1204.0, 2.5].map(|days| vec![ballpark::report::say::decimal(days)]).to_vec(),
    };
    assert_eq!(ballpark::report::csv(&[table]), "Tage\r\n1204\r\n2.5\r\n");
    speak(None);
}

#[test]
fn roles_and_pages_have_names() {
    speak(Some(german()));
    assert_eq!(Role::Engineer.title(), "Entwicklung");
    assert_eq!(ballpark::report::say::items(1204), "1.204\u{a0}Tickets");
    assert_eq!(ballpark::report::say::decimal(2.5), "2,5");
    assert_eq!(ballpark::report::say::date(Date::constant(2024, 5, 4)), "4.\u{a0}Mai\u{a0}2024");
    assert_eq!(ballpark::report::say::date(Date::constant(2024, 12, 24)), "24.\u{a0}Dez.\u{a0}2024");
    assert_eq!(ballpark::report::say::ordinal(85), "85.");
    speak(None);
}
