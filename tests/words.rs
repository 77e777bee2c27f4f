//! The sentences are true: each case is data that would make a careless one false.

use ballpark::import::{self, File};
use ballpark::model::{Settings, Workspace, Zone};
use ballpark::report::{Analysis, Home, home};

fn page(csv: &str, as_of: Option<&str>) -> (Workspace, Home) {
    let file = File { name: "team.csv", bytes: csv.as_bytes() };
    let workspace = import::read(&[file]).unwrap_or_else(|error| panic!("{error}"));
    let settings =
        Settings { as_of: as_of.map(|day| day.parse().expect("a day")), zone: None, ..Settings::default() };
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::of(&workspace, &settings, &Zone::UTC, now);
    let page = home(&workspace, &analysis);
    (workspace, page)
}

fn home_of(csv: &str) -> Home {
    page(csv, None).1
}

/// An answer's number and sentence, with plain spaces.
fn answer(home: &Home, id: &str) -> (Option<String>, String) {
    let answer = home.answers.iter().find(|answer| answer.id == id).expect("an answer");
    (answer.number.clone(), plain(&answer.sentence))
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn caveat(home: &Home) -> String {
    plain(home.caveat.as_deref().unwrap_or_default())
}

/// `n` items finished one a day from 1 January 2024, each in as many days as `took` says.
fn finished(n: i32, took: impl Fn(i32) -> i32) -> String {
    let day = |n: i32| {
        ballpark::model::day_from_number(ballpark::model::day_number("2024-01-01".parse().unwrap()) + n)
    };
    let rows = (0..n).map(|i| format!("{i},{},{}\n", day(i + 1 - took(i)), day(i)));
    format!("id,started,finished\n{}", rows.collect::<String>())
}

#[test]
fn a_few_starts_do_not_speak_for_the_rest() {
    let row = |i: i32| {
        let start = if i % 20 == 0 { "2024-05-01" } else { "" };
        format!("{i},2024-03-01,{start},2024-05-02\n")
    };
    let csv = format!("id,created,started,finished\n{}", (0..500).map(row).collect::<String>());
    let home = home_of(&csv);
    assert!(plain(&home.headline).contains("took 63 days or less"), "{}", home.headline);
    assert!(
        caveat(&home).starts_with("Only 25 finished items have a start date, so this is lead time"),
        "{}",
        caveat(&home)
    );
}

#[test]
fn what_is_left_out_is_said_where_it_matters() {
    let csv = "id,created,started,finished\n1,,2024-01-01,2024-01-02\n2,,2024-01-01,2024-01-03\n3,,2024-01-01,2024-01-04\n\
               4,,2024-01-01,2024-01-05\n5,,2024-01-09,2024-01-06\n6,,,2024-01-06\n7,,2024-01-01,2024-01-06\n";
    let said = caveat(&home_of(csv));
    assert!(said.contains("1 item without a start date is left out."), "{said}");
    assert!(said.contains("1 item whose finish is dated before they were started is left out."), "{said}");
    let unclear = "id,created,closed\n1,3/4/2026,3/5/2026\n";
    assert!(caveat(&home_of(unclear)).contains("The dates of 1 row fit day first and month first alike"));
}

#[test]
fn equal_percentiles_are_not_most_of_it() {
    let home = home_of(&finished(20, |i| if i < 8 { 1 } else { 5 }));
    assert_eq!(
        plain(&home.headline),
        "85 % of finished work took 5 days or less, and the middle item took as long."
    );
}

#[test]
fn a_tail_is_spoken_of_only_where_there_is_one_in_fifty() {
    let with = |n: i32| answer(&home_of(&finished(n, |i| if i == 3 { 60 } else { 2 })), "duration").1;
    assert!(!with(20).contains("tail"), "{}", with(20));
    assert!(!with(49).contains("tail"), "{}", with(49));
    let long = |i: i32| if i % 25 == 0 { 60 } else { 2 };
    let said = answer(&home_of(&finished(100, long)), "duration").1;
    assert!(said.contains("1 in 50 takes at least 30.0 times as long as the middle one"), "{said}");
}

#[test]
fn a_team_that_stopped_is_not_steady() {
    let mut csv = finished(200, |_| 1);
    csv += "x,2024-11-01,\n";
    let (number, said) = answer(&home_of(&csv), "throughput");
    assert_eq!(number.as_deref(), Some("0.0"));
    assert!(said.starts_with("Nothing was finished in the last 12 whole weeks. Over all"), "{said}");
}

#[test]
fn steady_uneven_and_too_early_are_told_apart() {
    let (_, steady) = answer(&home_of(&finished(140, |_| 1)), "throughput");
    assert!(steady.starts_with("Yes, steadier than luck alone: 7 every week."), "{steady}");
    let (_, early) = answer(&home_of(&finished(7, |_| 1)), "throughput");
    assert!(early.starts_with("Too early to tell: 7 every week in 1 whole week."), "{early}");
    let bursts: String = (0..12)
        .map(|week| {
            let day = 1 + 7 * week;
            let day = ballpark::model::day_from_number(
                ballpark::model::day_number("2024-01-01".parse().unwrap()) + day,
            );
            let items = if week % 4 == 0 { 15 } else { 0 };
            (0..items).map(|i| format!("{week}-{i},{day},{day}\n")).collect::<String>()
        })
        .collect();
    let (_, uneven) =
        answer(&home_of(&format!("id,started,finished\n{bursts}last,2024-03-24,\n")), "throughput");
    assert!(uneven.starts_with("No: 0 to 15 a week"), "{uneven}");
    assert!(uneven.contains("In 9 of these 12 whole weeks nothing was finished."), "{uneven}");
}

#[test]
fn a_file_that_says_when_is_not_told_it_does_not() {
    let home = home_of("id,finished\n1,2024-01-02\n2,2024-01-03\n");
    assert_eq!(plain(&home.headline), "2 items are finished. That is too short a time to predict from.");
    let undated = home_of("id,name,status\n1,a,Done\n2,b,To Do\n");
    assert_eq!(plain(&undated.headline), "1 item is finished, but the file does not say when.");
}

#[test]
fn what_is_in_progress_is_not_guessed() {
    let (number, said) =
        answer(&home_of("id,created,finished\n1,2024-01-01,2024-01-20\n2,2024-01-01,\n"), "wip");
    assert_eq!(number, None);
    assert!(said.contains("can’t tell what is in progress"), "{said}");
    let open = home_of("id,status,created,finished\n1,Closed,2024-01-01,2024-01-20\n2,Open,2024-01-01,\n");
    assert_eq!(answer(&open, "wip").1, "Nothing is in progress on that day. 1 item is not started.");
}

#[test]
fn ages_are_told_of_those_that_have_one() {
    let done = (1..=20).map(|day| format!("{day},Done,2024-01-{day:02},2024-01-{:02}\n", day + 2));
    let mut csv = format!("id,status,started,finished\n{}", done.collect::<String>());
    csv += "a,In Progress,2024-01-21,\nb,In Progress,,\n";
    let (number, said) = answer(&home_of(&csv), "wip");
    assert_eq!(number.as_deref(), Some("2"));
    assert!(said.starts_with("None of the 1 with a start date is as old as the 3 days"), "{said}");
}

#[test]
fn a_finish_in_the_future_is_a_slip_and_not_open_work() {
    let csv = "id,status,started,finished\n1,Done,2024-01-01,2062-10-05\n2,Done,2024-01-01,2024-01-05\n";
    let (_, home) = page(csv, None);
    assert_eq!(answer(&home, "wip").0.as_deref(), Some("0"));
}

#[test]
fn old_open_work_takes_the_shine_off_what_is_finished() {
    let mut csv = finished(20, |_| 3);
    csv += "x,2023-06-01,\ny,2023-06-01,\nz,2024-01-19,\n";
    let said = caveat(&home_of(&csv));
    assert!(
        said.starts_with(
            "2 items in progress are already as old as 3 days, or older: what is finished looks quicker"
        ),
        "{said}"
    );
}

#[test]
fn dates_that_cannot_be_used_are_not_called_absent() {
    let future = home_of("id,created,started,finished\n1,2027-01-01,2027-01-02,2027-01-03\n");
    assert!(future.answers[0].sentence.contains("later than today"), "{}", future.answers[0].sentence);
    let reversed = home_of("id,created,finished\n1,2024-01-09,2024-01-02\n2,2024-01-20,2024-01-19\n");
    assert!(reversed.headline.contains("dated as finished before they began"), "{}", reversed.headline);
}

#[test]
fn a_number_is_explained_by_its_own_window() {
    // One a day from Monday 1 January 2024 for 20 whole weeks.
    let home = home_of(&finished(140, |_| 1));
    let throughput = &home.answers[1].explanation;
    assert_eq!(
        plain(&throughput.window),
        "12 whole weeks from 26 Feb 2024 to 19 May 2024. Over all: 20 whole weeks from the week of the first \
         finish, 1 Jan 2024."
    );
    assert_eq!(plain(&throughput.items), "84 items finished in the last of these weeks, 140 items over all.");
}

#[test]
fn a_missing_creation_is_no_missing_start() {
    let said = caveat(&home_of("id,created,finished\n1,2024-01-01,2024-01-02\n2,,2024-01-03\n"));
    assert!(said.contains("1 item without a creation date is left out."), "{said}");
}

#[test]
fn two_finishes_are_no_pattern() {
    let home = home_of("id,started,finished\n1,2024-01-01,2024-01-02\n2,2024-02-01,2024-02-14\n");
    assert!(
        answer(&home, "throughput").1.starts_with("Too early to tell"),
        "{}",
        answer(&home, "throughput").1
    );
}

#[test]
fn a_day_before_everything_speaks_of_nothing() {
    let (_, home) = page(&finished(20, |_| 2), Some("2023-01-01"));
    assert_eq!(home.headline, "Nothing is finished yet, so there is nothing to predict from.");
    assert_eq!(plain(&home.answers[0].explanation.window), "Up to 1 Jan 2023.");
}

#[test]
fn days_before_the_data_begins_are_no_days_without_work() {
    use ballpark::model::Filter;
    let csv = finished(60, |_| 3);
    let workspace = import::read(&[File { name: "team.csv", bytes: csv.as_bytes() }]).expect("a table");
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let compared = |from: &str| {
        let filter = Filter { from: from.parse().ok(), compare: true, ..Filter::default() };
        let analysis = Analysis::filtered(&workspace, &Settings::default(), &filter, &Zone::UTC, now);
        ballpark::report::comparison(&analysis)
    };
    let too_long = compared("2024-01-10");
    assert!(plain(&too_long.finding).starts_with("Nothing to compare with"), "{}", too_long.finding);
    assert!(too_long.rows.is_empty());
    let half = compared("2024-02-01");
    assert_eq!(half.rows[0].what, "Items finished a week");
    assert_eq!((half.rows[0].before.as_str(), half.rows[0].now.as_str()), ("7.0", "7.0"));
    assert_eq!(half.finding, "Nothing changed by more than noise");
}

#[test]
fn little_is_not_called_balanced() {
    let csv = "id,created,started,finished\n1,2024-01-01,2024-01-02,2024-01-03\n2,2024-01-08,2024-01-09,2024-01-14\n";
    let workspace = import::read(&[File { name: "team.csv", bytes: csv.as_bytes() }]).expect("a table");
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::of(&workspace, &Settings::default(), &Zone::UTC, now);
    let text = (ballpark::report::figures::FLOW.text)(&analysis).expect("a chart");
    assert!(plain(&text.finding).ends_with("too little to say whether they balance"), "{}", text.finding);
}

#[test]
fn dates_that_contradict_a_history_bring_nothing_down() {
    let log = "case,activity,timestamp\nA,To Do,2024-01-01\nA,In Progress,2024-01-02\nA,Done,2024-01-05\n\
               B,In Progress,2024-01-03\nB,Done,2024-01-04\n";
    let dates = "id,status,started,finished\nA,Done,2024-01-10,2024-01-04\n";
    let files = [
        File { name: "log.csv", bytes: log.as_bytes() },
        File { name: "dates.csv", bytes: dates.as_bytes() },
    ];
    let workspace = import::read(&files).expect("two tables");
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::of(&workspace, &Settings::default(), &Zone::UTC, now);
    let report = ballpark::report::to_json(&workspace, &analysis);
    assert_eq!(report["cycle_time_days"]["left_out"]["reversed"], 1, "{report:#}");
}

#[test]
fn what_was_in_progress_long_ago_says_nothing_of_today() {
    let csv = "id,status,started,finished\nA,Done,2024-01-01,2024-03-02\nB,Done,2024-01-01,2024-02-02\n";
    let workspace = import::read(&[File { name: "team.csv", bytes: csv.as_bytes() }]).expect("a table");
    let settings = Settings { as_of: "2024-01-10".parse().ok(), ..Settings::default() };
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::of(&workspace, &settings, &Zone::UTC, now);
    let open = ballpark::report::open_item(&analysis, &analysis.open()[0]);
    assert_eq!((open.key.as_str(), open.status.as_str()), ("A", ""));
}
