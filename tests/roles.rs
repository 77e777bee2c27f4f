//! What role pages say is true, the same for everybody, and for nobody's eyes but whom it is meant for.

mod common;

use ballpark::import::{self, File};
use ballpark::model::notebook::{INITIATIVE, PROJECT, RISK, Values};
use ballpark::model::{Filter, Notebook, Role, Settings, Workspace, Zone, day_from_number, day_number};
use ballpark::report::roles::{MOST, ROLES, agenda, page_of};
use ballpark::report::{Analysis, Desk, Finding, Weight};

fn read(csv: &str) -> Workspace {
    let file = File { name: "team.csv", bytes: csv.as_bytes() };
    import::read(&[file]).unwrap_or_else(|error| panic!("{error}"))
}

fn analysis(csv: &str, filter: &Filter) -> Analysis {
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    Analysis::filtered(&read(csv), &Settings::default(), filter, &Zone::UTC, now)
}

fn sample() -> (Analysis, Notebook) {
    let now: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().expect("a time");
    let today = Zone::UTC.day_at(now);
    let workspace = ballpark::sample::workspace(today);
    let mut settings = Settings::default();
    settings.counting.me.insert("Ada".into());
    let mut notebook = Notebook::default();
    notebook.add_sample(ballpark::sample::notebook(today));
    let analysis = Analysis::of(&workspace, &settings, &Zone::UTC, now);
    analysis.forecast_now();
    (analysis, notebook)
}

fn note(notebook: &mut Notebook, form: &'static ballpark::model::notebook::Form, pairs: &[(&str, &str)]) {
    let values: Values = pairs.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect();
    notebook.write(form, None, &values, jiff::Timestamp::UNIX_EPOCH).expect("a record");
}

fn all(desk: &Desk, role: Role) -> Vec<Finding> {
    page_of(role).all(desk)
}

fn find(desk: &Desk, role: Role, id: &str) -> Option<Finding> {
    all(desk, role).into_iter().find(|finding| finding.id == id)
}

/// A team that finishes `weekly` items in each week from 1 January 2024, each begun five days before.
fn team(weekly: &[u32]) -> String {
    let first = day_number("2024-01-01".parse().expect("a day"));
    let mut csv = "id,created,started,finished,project\n".to_owned();
    for (week, &count) in weekly.iter().enumerate() {
        for n in 0..count {
            let end = first + 7 * week as i32 + (n % 5) as i32;
            let day = |day: i32| day_from_number(day);
            csv.push_str(&format!("{week}-{n},{},{},{},Shop\n", day(end - 9), day(end - 5), day(end)));
        }
    }
    csv
}

#[test]
fn every_role_hears_the_same_facts_and_six_at_most() {
    let (analysis, notebook) = sample();
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    let mut seen: Vec<Finding> = Vec::new();
    for page in ROLES {
        let matters = page.matters(&desk);
        let public = matters.iter().filter(|finding| !finding.is_private).count();
        assert!((3..=MOST).contains(&public), "{:?}: {public}", page.role);
        for finding in all(&desk, page.role) {
            match seen.iter().find(|before| before.id == finding.id) {
                Some(before) => {
                    assert_eq!(
                        (&before.fact, &before.number),
                        (&finding.fact, &finding.number),
                        "{}",
                        finding.id
                    )
                }
                None => seen.push(finding),
            }
        }
        assert!(!page.headline(&matters).is_empty() && !page.words.is_empty());
    }
    assert!(seen.len() >= 18, "the sample shows most findings, only {}", seen.len());
}

#[test]
fn what_is_private_is_in_no_agenda_and_no_headline() {
    let (analysis, notebook) = sample();
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    let private: Vec<Finding> = Role::ALL
        .into_iter()
        .flat_map(|role| all(&desk, role))
        .filter(|finding| finding.is_private)
        .collect();
    let mut ids: Vec<&str> = private.iter().map(|finding| finding.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids, ["mine", "week"]);
    for one in Role::ALL {
        for other in Role::ALL {
            let agenda = agenda(&desk, one, other);
            assert!(agenda.points.iter().all(|point| !ids.contains(&point.id)));
            let text = agenda.text();
            assert!(private.iter().all(|finding| !text.contains(&finding.fact)), "{text}");
        }
        let page = page_of(one);
        let matters = page.matters(&desk);
        let without: Vec<Finding> = matters.iter().filter(|finding| !finding.is_private).cloned().collect();
        assert_eq!(page.headline(&matters), page.headline(&without));
    }
}

#[test]
fn both_have_their_say_in_an_agenda() {
    let (analysis, notebook) = sample();
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    for one in Role::ALL {
        for other in Role::ALL.into_iter().filter(|other| *other != one) {
            let agenda = agenda(&desk, one, other);
            assert!(agenda.points.len() <= 5, "{one:?} {other:?}");
            for role in [one, other] {
                let own = all(&desk, role);
                let n = agenda.points.iter().filter(|point| own.iter().any(|own| own.id == point.id)).count();
                assert!(n >= 2, "{one:?} and {other:?}: {n} points of {role:?}");
            }
        }
    }
}

#[test]
fn a_few_items_alarm_nobody() {
    for csv in [
        "id,started,finished\n1,2024-01-01,2024-01-05\n2,2024-01-02,2024-01-03\n",
        "id,status,created\n1,To do,2024-01-01\n",
        "id,created,finished\n1,2024-01-05,2024-01-01\n",
    ] {
        let analysis = analysis(csv, &Filter::default());
        let notebook = Notebook::default();
        let desk = Desk::new(&analysis, &notebook, analysis.today());
        for role in Role::ALL {
            let loud: Vec<Finding> =
                all(&desk, role).into_iter().filter(|finding| finding.weight == Weight::Act).collect();
            assert!(loud.is_empty(), "{role:?}: {loud:?}");
        }
    }
}

#[test]
fn no_day_is_told_while_the_pace_is_slower_than_usual() {
    let steady = analysis(&team(&[8; 40]), &Filter::default());
    let notebook = Notebook::default();
    let desk = Desk::new(&steady, &notebook, steady.today());
    assert!(find(&desk, Role::Stakeholder, "when").expect("a day").number.is_some());
    let held = find(&desk, Role::Stakeholder, "record").expect("a record");
    assert_eq!(held.number.as_deref(), Some("100\u{a0}%"));

    let weeks: Vec<u32> =
        [8, 9, 7, 8, 8, 9, 7, 8].repeat(4).into_iter().chain([1, 0, 1, 0, 1, 0, 1, 1]).collect();
    let slow = analysis(&team(&weeks), &Filter::default());
    let desk = Desk::new(&slow, &notebook, slow.today());
    let when = find(&desk, Role::Stakeholder, "when").expect("a reason");
    assert!(when.number.is_none() && when.fact.starts_with("No day can be told just now"), "{}", when.fact);
    let page = page_of(Role::Stakeholder);
    let headline = page.headline(&page.matters(&desk));
    assert_eq!(headline, "The pace has slowed, so what was told may come later.");
    let cadence = find(&desk, Role::Cto, "cadence").expect("a finding");
    assert_eq!(cadence.weight, Weight::Act);
}

#[test]
fn what_nobody_has_explained_is_asked_about_before_it_is_called_late() {
    let mut csv = "id,status,started,finished\n".to_owned();
    for n in 0..40 {
        csv.push_str(&format!("d{n},Done,2024-01-{:02},2024-01-{:02}\n", n % 20 + 1, n % 20 + 4));
        csv.push_str(&format!("z{n},Zebra,2023-01-{:02},\n", n % 20 + 1));
    }
    let analysis = analysis(&csv, &Filter::default());
    let notebook = Notebook::default();
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    for role in [Role::Cto, Role::VpEngineering, Role::Engineer] {
        let found = all(&desk, role);
        assert_eq!(found.first().map(|finding| finding.id), Some("meanings"), "{role:?}");
        assert!(found.iter().all(|finding| !["late", "stuck", "load"].contains(&finding.id)), "{role:?}");
    }
}

#[test]
fn initiatives_are_told_of_what_the_tracker_knows() {
    let csv = team(&[4; 20]);
    let whole = analysis(&csv, &Filter::default());
    let mut notebook = Notebook::default();
    note(&mut notebook, &INITIATIVE, &[("name", "A"), ("projects", "shop "), ("share", "40")]);
    note(&mut notebook, &INITIATIVE, &[("name", "B"), ("projects", "Shpo"), ("share", "90")]);
    let desk = Desk::new(&whole, &notebook, whole.today());
    let finding = find(&desk, Role::Cto, "initiatives").expect("a finding");
    assert!(finding.fact.contains("“A” 100\u{a0}% of the work, 40\u{a0}% wanted"), "{}", finding.fact);
    assert!(!finding.fact.contains("“B”"), "a share of nothing known is no share: {}", finding.fact);
    assert!(finding.fact.contains("Nothing in the data is called “Shpo”"), "{}", finding.fact);
    // Of chosen items the share says nothing.
    let chosen = analysis(&csv, &Filter { project: Some("Shop".into()), ..Filter::default() });
    let desk = Desk::new(&chosen, &notebook, chosen.today());
    assert_eq!(find(&desk, Role::Cto, "initiatives"), None);
    // A card may say what the tracker calls a project.
    note(&mut notebook, &PROJECT, &[("name", "Shpo"), ("items", "Shop")]);
    let desk = Desk::new(&whole, &notebook, whole.today());
    let finding = find(&desk, Role::Cto, "initiatives").expect("a finding");
    assert!(finding.fact.contains("“B” 100\u{a0}%"), "{}", finding.fact);
}

#[test]
fn risks_come_up_when_their_day_is_there_or_nobody_looks() {
    let analysis = analysis(&team(&[4; 20]), &Filter::default());
    let of = |pairs: &[(&str, &str)]| {
        let mut notebook = Notebook::default();
        note(&mut notebook, &RISK, pairs);
        let desk = Desk::new(&analysis, &notebook, "2026-11-23".parse().expect("a day"));
        find(&desk, Role::Cto, "risks").map(|finding| finding.weight)
    };
    assert_eq!(of(&[("what", "A"), ("review", "2026-11-23")]), Some(Weight::Act));
    assert_eq!(of(&[("what", "A"), ("review", "2026-11-24"), ("chance", "1")]), Some(Weight::Calm));
    assert_eq!(
        of(&[("what", "A"), ("review", "2026-12-24"), ("chance", "4"), ("effect", "3")]),
        Some(Weight::Watch)
    );
    // Written long ago, and no day for it.
    assert_eq!(of(&[("what", "A")]), Some(Weight::Act));
    assert_eq!(of(&[("what", "A"), ("state", "gone")]), None);
}

/// A real team whose work has nearly stopped: no page offers what another refuses.
#[test]
fn a_real_team_that_slowed_down_is_told_one_thing() {
    let Some(folder) = common::real_data() else { return };
    let bytes = std::fs::read(folder.join("jira-json/tidev-search.json")).expect("a real export");
    let workspace = import::read(&[File { name: "tidev-search.json", bytes: &bytes }]).expect("read");
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::of(&workspace, &Settings::default(), &Zone::UTC, now);
    analysis.forecast_now();
    let notebook = Notebook::default();
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    for role in Role::ALL {
        for finding in all(&desk, role) {
            let offers = ["Give dates", "Give the day", "can be built on", "others can plan with"];
            assert!(
                offers.iter().all(|offer| !finding.meaning.contains(offer)),
                "{role:?}: {}",
                finding.meaning
            );
            // A comparison within noise does not stand beside a pace that has changed.
            assert!(finding.id != "cadence" || finding.change.is_none());
        }
    }
    let changed = find(&desk, Role::Stakeholder, "changed").expect("a finding");
    assert_eq!(changed.place, Some(ballpark::report::Place::Cadence("behaviour")));
    let when = find(&desk, Role::ProjectManager, "when").expect("a reason");
    let explained = when.explanation.expect("an explanation");
    let five = explained
        .left_out
        .iter()
        .any(|out| out.said.starts_with("5\u{a0}items without the day of being finished"));
    assert!(five, "{:?}", explained.left_out);
    let caveat = ballpark::report::caveat(&analysis).expect("a caveat");
    assert!(caveat.contains("fewer items are finished than is usual"), "{caveat}");
}

#[test]
fn the_items_behind_a_number_are_as_many() {
    let (analysis, notebook) = sample();
    let desk = Desk::new(&analysis, &notebook, analysis.today());
    let count = |role, id| {
        let finding = find(&desk, role, id).expect("a finding");
        let selection = finding.explanation.and_then(|explanation| explanation.selection).expect("items");
        (finding.number.unwrap_or_default(), finding.fact, analysis.select(&selection).len())
    };
    for (role, id) in [(Role::Cto, "late"), (Role::Cto, "stuck"), (Role::Engineer, "mine")] {
        let (number, _, items) = count(role, id);
        assert_eq!(number, items.to_string(), "{id}");
    }
    // Of iterations: every item that was in any of them, which is fewer than the times they were planned.
    let (_, fact, items) = count(Role::ProjectManager, "iterations");
    let planned: usize = fact
        .split(" of ")
        .nth(1)
        .and_then(|rest| rest.split(',').next())
        .and_then(|n| n.parse().ok())
        .expect("how many were planned");
    assert!(items > planned / 2 && items <= planned, "{items} items, {fact}");
}
