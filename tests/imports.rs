//! Exports small enough to see through, each for one peculiarity of its tracker.

use ballpark::import::{self, File, ImportError};
use ballpark::model::{Item, Kind, Stage, Workspace};
use ballpark::pace::{Pace, straight};

fn read(text: &str) -> Workspace {
    import::read(&[File { name: "export.csv", bytes: text.as_bytes() }])
        .unwrap_or_else(|error| panic!("{error}"))
}

fn join(workspace: &mut Workspace, newer: Workspace) {
    straight(workspace.join(newer, &Pace::STRAIGHT)).expect("no pause");
}

/// key, stage, created, started, finished, as short text.
fn facts(workspace: &Workspace) -> Vec<String> {
    let moment = |moment: Option<ballpark::model::Moment>| moment.map_or("-".to_owned(), |m| m.to_string());
    let fact = |item: &Item| {
        let stage = item.stage.map_or("-".to_owned(), |stage| format!("{stage:?}"));
        let moments = [item.created, item.started, item.finished].map(moment);
        format!("{} {stage} {}", item.key, moments.join(" "))
    };
    workspace.items.iter().map(|item| fact(item)).collect()
}

fn warned(workspace: &Workspace) -> Vec<(&str, u32, u64)> {
    let first = |w: &ballpark::model::Warning| w.places.first().map_or(0, |place| place.line);
    workspace.read_from.iter().flat_map(|f| &f.warnings).map(|w| (w.kind.id(), w.count, first(w))).collect()
}

#[test]
fn shortcut_times_are_local_to_their_rows_offset() {
    let workspace = read(
        "id,name,type,owners,is_completed,created_at,started_at,moved_at,completed_at,estimate,external_ticket_count,\
         is_blocked,labels,epic_labels,state,epic,utc_offset,is_archived,team\n\
         85463,\"Paid Ads, again\",feature,a@x.io;b@x.io,true,2025/03/13 02:27:02,2025/03/17 13:49:40,,\
         2025/03/26 23:35:41,3,0,false,frontend;ads,,Completed,Ads,+05:00,false,Dev Team\n\
         85464,Late,bug,,TRUE,2025/03/13 20:00:00,,,2025/03/26 20:00:00,0,0,TRUE,,,Done,,-08:00,FALSE,\n",
    );
    assert_eq!(workspace.read_from[0].importer, "shortcut-csv");
    assert_eq!(
        facts(&workspace),
        [
            "85463 Done 2025-03-12T21:27:02Z 2025-03-17T08:49:40Z 2025-03-26T18:35:41Z",
            "85464 Done 2025-03-14T04:00:00Z - 2025-03-27T04:00:00Z",
        ]
    );
    let [first, second] = workspace.items.as_slice() else { panic!("two items") };
    assert_eq!(first.owners, ["a@x.io", "b@x.io"]);
    assert_eq!(first.labels, ["frontend", "ads"]);
    assert_eq!((first.kind, first.points, first.blocked), (Kind::Feature, Some(3.0), false));
    assert_eq!((second.kind, second.points, second.blocked), (Kind::Bug, Some(0.0), true));
}

#[test]
fn shortcut_states_are_free_text_and_completed_is_not() {
    let workspace = read(
        "id,name,is_completed,moved_at,state,started_at,completed_at,is_archived,utc_offset\n\
         1,a,true,,Whatever,,2025/03/26 10:00:00,false,+00:00\n\
         2,b,false,,Closed for now,2025/03/20 10:00:00,,false,+00:00\n\
         3,c,false,2025/03/21 10:00:00,In Development,2025/03/20 10:00:00,,true,+00:00\n\
         4,d,false,,Ready for Development,,,false,+00:00\n",
    );
    let stages: Vec<Option<Stage>> = workspace.items.iter().map(|item| item.stage).collect();
    assert_eq!(stages, [Some(Stage::Done), None, Some(Stage::Cancelled), Some(Stage::NotStarted)]);
}

#[test]
fn clubhouse_exports_of_old_are_read_too() {
    let workspace = read(
        "id,name,type,requester,owners,description,is_completed,created_at,started_at,updated_at,moved_at,completed_at,\
         estimate,external_ticket_count,external_tickets,is_blocked,is_a_blocker,due_date,labels,epic_labels,tasks,\
         state,epic_id,epic,project_id,project,iteration_id,iteration,utc_offset,is_archived\n\
         7,Old,chore,x,,,false,2020/01/02 03:04:05,,,,,,,,,,,,,,Backlog,,,,Web,,,+01:00,false\n",
    );
    assert_eq!(facts(&workspace), ["7 NotStarted 2020-01-02T02:04:05Z - -"]);
    assert_eq!(workspace.items[0].project, "Web");
}

#[test]
fn jira_repeats_columns_and_knows_its_categories() {
    let workspace = read(
        "\u{feff}Summary,Issue key,Issue id,Issue Type,Status,Resolution,Created,Resolved,Labels,Labels,Sprint,Sprint,\
         Custom field (Story Points),Custom field (Story point estimate),Original estimate,Status Category,\
         Status Category Changed\r\n\
         \"Two\r\nlines\",P-1,1,Bug,Done,Done,22/Sep/25 9:26 AM,23/Sep/25 12:00 AM,ui,api,S1,S2,,2.0,7200,Done,\r\n\
         Undated,P-2,2,Story,Shipped,,01/Sep/25 1:00 PM,,,,,,5,,,Done,02/Sep/25 3:00 PM\r\n\
         Dropped,P-3,3,Task,Done,Won't Do,01/Sep/25 1:00 PM,03/Sep/25 1:00 PM,,,,,,,,Done,\r\n\
         Open,P-4,4,Sub-task,Backlog,,01/Sep/25 1:00 PM,,,,,,,,,In Progress,\r\n",
    );
    assert_eq!(workspace.read_from[0].importer, "jira-csv");
    assert_eq!(
        facts(&workspace),
        [
            "P-1 Done 2025-09-22T09:26:00 - 2025-09-23T00:00:00",
            "P-2 Done 2025-09-01T13:00:00 - 2025-09-02T15:00:00",
            "P-3 Cancelled 2025-09-01T13:00:00 - 2025-09-03T13:00:00",
            "P-4 InProgress 2025-09-01T13:00:00 - -",
        ]
    );
    assert_eq!(warned(&workspace), [("finish_date_from_status_change", 1, 4)]);
    let first = &workspace.items[0];
    assert_eq!((first.labels.len(), first.points, first.estimate_hours), (2, Some(2.0), Some(2.0)));
}

#[test]
fn jira_server_in_german_excel_dress_is_still_jira() {
    let workspace = read(
        "Summary;Issue key;Issue id;Parent id;Issue Type;Status;Created;Resolved;Affects Version/s\n\
         Eins;P-1;1;;Fehler;Erledigt;05.06.2024 10:00;07.06.2024 12:30;\n",
    );
    assert_eq!(facts(&workspace), ["P-1 Done 2024-06-05T10:00:00 - 2024-06-07T12:30:00"]);
    assert_eq!(workspace.items[0].kind, Kind::Bug);
    assert_eq!(
        workspace.read_from[0].understood,
        "UTF-8, semicolon, day before month, times without a zone, taken as they stand"
    );
}

#[test]
fn dates_that_fit_both_orders_are_said() {
    let month_first = read("id,created,closed\n1,3/4/2026,3/14/2026\n");
    assert_eq!(facts(&month_first), ["1 - 2026-03-04 - 2026-03-14"]);
    let unclear = read("id,created,closed\n1,3/4/2026,3/5/2026\n2,3/3/2026,\n");
    assert_eq!(facts(&unclear)[0], "1 - 2026-04-03 - 2026-05-03");
    assert_eq!(warned(&unclear), [("ambiguous_date_order", 1, 2)]);
}

#[test]
fn bad_rows_never_lose_the_good_ones() {
    let workspace = read(
        "Key,Title,Created,Started,Finished\n\
         A,one,2024-01-01,2024-01-02,2024-01-03\n\
         ,no key,2024-01-01,,\n\
         B,two,soon,2024-13-01,\n\
         \n\
         C,three,0016-01-01,2024-01-02,2024-01-03,too,wide\n\
         A,again,2024-01-02,,\n\
         D,short\n\
         E,\"never closed,2024-01-01,,\n",
    );
    let keys: Vec<&str> = workspace.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, ["A", "B", "C", "D", "E"]);
    assert_eq!(workspace.skipped(), 1);
    assert_eq!(workspace.items[0].title, "one", "the first row counts");
    assert_eq!(
        warned(&workspace),
        [
            ("row_without_key", 1, 3),
            ("long_row", 1, 6),
            ("unclosed_quote", 1, 9),
            ("duplicate_key", 1, 7),
            ("unreadable_date", 1, 4),
            ("implausible_date", 1, 6),
        ]
    );
}

#[test]
fn later_files_fill_in_and_update() {
    let files = [
        "id,name,status\n1,First,To Do\n2,Second,Done\n",
        "id,started,finished\n2,2024-01-02,2024-01-05\n1,2024-01-03,\n",
        "id,name,status\n1,First renamed,In Progress\n3,Third,To Do\n",
    ];
    let files = files.map(|text| File { name: "part.csv", bytes: text.as_bytes() });
    let workspace = import::read(&files).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        facts(&workspace),
        ["1 InProgress - 2024-01-03 -", "2 Done - 2024-01-02 2024-01-05", "3 NotStarted - - -",]
    );
    assert_eq!(workspace.items[0].title, "First renamed");
}

/// One workspace, then a newer export of the same team on top.
fn updated(old: &str, new: &str) -> Workspace {
    let mut workspace = read(old);
    join(&mut workspace, read(new));
    workspace
}

#[test]
fn an_update_can_reopen_and_restore() {
    let header = "id,name,is_completed,state,created_at,started_at,moved_at,completed_at,is_archived,is_blocked,utc_offset\n";
    let made = "2024/01/01 10:00:00,2024/01/02 10:00:00,2024/01/03 10:00:00";
    let shortcut = updated(
        &format!(
            "{header}1,a,true,Done,{made},2024/01/03 10:00:00,false,true,+00:00\n2,b,false,To Do,{made},,true,false,+00:00\n"
        ),
        &format!(
            "{header}1,a,false,Rework,{made},,false,false,+00:00\n2,b,false,In Development,{made},,false,false,+00:00\n"
        ),
    );
    assert_eq!(
        facts(&shortcut),
        [
            "1 - 2024-01-01T10:00:00Z 2024-01-02T10:00:00Z -",
            "2 InProgress 2024-01-01T10:00:00Z 2024-01-02T10:00:00Z -",
        ]
    );
    assert!(!shortcut.items[0].blocked);
    assert_eq!(shortcut.items[1].cancelled, None);

    let linear = updated(
        "ID,Title,Status,Created,Completed,Canceled,Labels\nIN-1,a,Canceled,2024-01-01,,2024-01-03,\"x,y\"\n",
        "ID,Title,Status,Created,Completed,Canceled,Labels\nIN-1,a,Todo,2024-01-01,,,\n",
    );
    assert_eq!(facts(&linear), ["IN-1 NotStarted 2024-01-01 - -"]);
    assert_eq!((linear.items[0].cancelled, linear.items[0].labels.len()), (None, 0));
    assert_eq!(linear.read_from.len(), 1, "a file of the same name takes the older one's place");
}

#[test]
fn what_a_file_has_no_column_for_it_does_not_empty() {
    let files = [
        ("all.csv", "id,title,status,created,started,closed\nA,a,Done,2024-01-01,2024-01-02,2024-01-03\n"),
        ("short.csv", "id,title,status\nA,renamed,Done\n"),
        ("other.csv", "id,title,status,created,started,closed\nB,b,Done,2024-01-01,2024-01-02,2024-01-05\n"),
    ];
    let files = files.map(|(name, text)| File { name, bytes: text.as_bytes() });
    let workspace = import::read(&files).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        facts(&workspace),
        ["A Done 2024-01-01 2024-01-02 2024-01-03", "B Done 2024-01-01 2024-01-02 2024-01-05"]
    );
    assert_eq!(workspace.items[0].title, "renamed");
}

#[test]
fn a_newer_export_takes_the_older_ones_notes_with_it() {
    let named = |name: &'static str, text: &'static str| File { name, bytes: text.as_bytes() };
    let january = named("jan.csv", "id,created,started,closed\nA,2024-01-01,soon,\n,x,,\n");
    let february = named("feb.csv", "id,created,started,closed\nA,2024-01-01,2024-01-05,\nB,2024-02-01,,\n");
    let workspace = import::read(&[january, february]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((warned(&workspace), workspace.skipped()), (vec![], 0));

    // Of two files alike, only the one whose items are all spoken of anew goes.
    let a = named("a.csv", "id,created,started,closed\nA,2024-01-01,soon,\n");
    let b = named("b.csv", "id,created,started,closed\nB,2024-01-01,soon,\nC,2024-01-01,,\n");
    let newer_b = named("b2.csv", "id,created,started,closed\nB,2024-01-01,2024-01-02,\nC,2024-01-01,,\n");
    let workspace = import::read(&[a, b, newer_b]).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = workspace.read_from.iter().map(|file| file.file.as_str()).collect();
    assert_eq!(names, ["a.csv", "b2.csv"]);
    assert_eq!(warned(&workspace), [("unreadable_date", 1, 2)]);

    // Another file of the same name, with other items, is another file.
    let one = named("export.csv", "id,created,started,closed\nA,2024-01-01,soon,\n");
    let two = named("export.csv", "id,created,started,closed\nB,2024-01-01,2024-01-05,\n");
    let workspace = import::read(&[one, two]).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = workspace.read_from.iter().map(|file| file.file.as_str()).collect();
    assert_eq!(names, ["export.csv", "export.csv (2)"]);
    assert_eq!(warned(&workspace), [("unreadable_date", 1, 2)]);
}

#[test]
fn one_key_in_two_projects_is_two_items() {
    let header = "Title,Issue ID,State,Created At (UTC),Closed At (UTC)\n";
    let mut workspace = read(&format!("{header}a,1,Closed,2024-01-01 10:00:00,2024-01-05 10:00:00\n"));
    let other = format!("{header}b,1,Open,2024-03-01 10:00:00,\n");
    let other = || {
        let file = File { name: "other.csv", bytes: other.as_bytes() };
        import::read(&[file]).unwrap_or_else(|error| panic!("{error}"))
    };
    join(&mut workspace, other());
    assert_eq!(warned(&workspace), [("key_of_two_items", 1, 2)]);
    // The next export of that project finds its items again.
    join(&mut workspace, other());
    assert_eq!(
        facts(&workspace),
        ["1 Done 2024-01-01T10:00:00Z - 2024-01-05T10:00:00Z", "1 · 2 NotStarted 2024-03-01T10:00:00Z - -",]
    );
}

#[test]
fn rows_without_keys_of_two_files_stay_apart() {
    let text = "Title,Created,Finished\na,2024-01-01,2024-01-02\nb,2024-01-01,2024-01-02\n";
    let files = ["sheet (1).csv", "sheet (2).csv"].map(|name| File { name, bytes: text.as_bytes() });
    let workspace = import::read(&files).unwrap_or_else(|error| panic!("{error}"));
    let keys: Vec<&str> = workspace.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(
        keys,
        ["sheet (1).csv row 2", "sheet (1).csv row 3", "sheet (2).csv row 2", "sheet (2).csv row 3"]
    );
}

#[test]
fn a_plan_is_no_start_and_a_yes_is_no_date() {
    let asana = read(
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Start Date,Due Date\n\
         1,2024-01-01,2024-01-10,2024-01-10,a,Done,2024-01-09,2024-01-10\n",
    );
    assert_eq!(facts(&asana), ["1 Done 2024-01-01 - 2024-01-10"]);
    let sheet = read("Item,Name,Start date,End date\n1,a,2024-01-09,2024-01-10\n");
    assert_eq!(facts(&sheet)[0], "export.csv row 2 - - 2024-01-09 2024-01-10");
    let gh =
        read("number,title,closed,closedAt,createdAt\n1,a,true,2024-01-05T10:00:00Z,2024-01-01T10:00:00Z\n");
    assert_eq!(facts(&gh), ["1 - 2024-01-01T10:00:00Z - 2024-01-05T10:00:00Z"]);
}

#[test]
fn a_finish_date_goes_before_a_guess_and_shortcuts_word_before_a_date() {
    let sheet = read(
        "id,status,created,finished\n1,In review (closed),2024-01-01,2024-01-05\n2,Waiting for QA team,2024-01-01,\n",
    );
    let stages: Vec<Option<Stage>> = sheet.items.iter().map(|item| item.stage).collect();
    assert_eq!(stages, [None, Some(Stage::InProgress)]);
    let shortcut = read(
        "id,name,is_completed,state,created_at,started_at,completed_at,utc_offset\n\
         1,a,false,In Development,2024/01/01 10:00:00,2024/01/02 10:00:00,2024/01/03 10:00:00,+00:00\n",
    );
    assert_eq!(shortcut.items[0].stage, Some(Stage::InProgress));
}

#[test]
fn what_is_no_export_is_named() {
    type Check = fn(&ImportError) -> bool;
    let cases: &[(&[u8], Check)] = &[
        (b"", |e| *e == ImportError::Empty),
        (b"\xef\xbb\xbf\n", |e| *e == ImportError::Empty),
        (b"PK\x03\x04......", |e| matches!(e, ImportError::DamagedWorkbook { .. })),
        (b"\x89PNG\r\n\x1a\n", |e| matches!(e, ImportError::NotText { .. })),
        (b"<!DOCTYPE html><html><body>Please log in", |e| *e == ImportError::WebPage),
        (b"{\"a\": []}", |e| matches!(e, ImportError::UnknownJson { .. })),
        (b"[x", |e| matches!(e, ImportError::DamagedJson { line: 1 } | ImportError::UnknownJson { .. })),
        (b"one column\n1\n2", |e| matches!(e, ImportError::NotATable { .. })),
        (b"Name,Phone\nAda,1815", |e| matches!(e, ImportError::UnknownColumns { .. })),
        (b"Issue key,Issue id,Created\n", |e| matches!(e, ImportError::NoItems { .. })),
        (b"Issue key,Issue id,Created\n,,\n,1,2024-01-01", |e| matches!(e, ImportError::NoItems { .. })),
    ];
    for (bytes, is_right) in cases {
        let error = import::read(&[File { name: "x", bytes }]).err();
        let error = error.unwrap_or_else(|| panic!("{:?} was read", String::from_utf8_lossy(bytes)));
        assert!(is_right(&error.error), "{:?}: {error}", String::from_utf8_lossy(bytes));
        assert!(!error.error.remedy().is_empty());
    }
}
