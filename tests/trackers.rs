//! One small export of every tracker, with what is peculiar to it.

use ballpark::import::{self, File};
use ballpark::model::{Item, Kind, Moment, Workspace};

fn read(text: &str) -> Workspace {
    import::read(&[File { name: "export", bytes: text.as_bytes() }]).unwrap_or_else(|error| panic!("{error}"))
}

/// The importer, then of each item: key, stage, created, started, finished or cancelled.
fn told(workspace: &Workspace) -> Vec<String> {
    let moment = |moment: Option<Moment>| moment.map_or("-".to_owned(), |m| m.to_string());
    let fact = |item: &Item| {
        let stage = item.stage.map_or("-".to_owned(), |stage| format!("{stage:?}"));
        let ended = item.finished.or(item.cancelled);
        format!("{} {stage} {} {} {}", item.key, moment(item.created), moment(item.started), moment(ended))
    };
    let importer = workspace.read_from[0].importer.clone();
    std::iter::once(importer).chain(workspace.items.iter().map(|item| fact(item))).collect()
}

fn noticed(workspace: &Workspace) -> Vec<(&str, u32)> {
    workspace.read_from[0].warnings.iter().map(|w| (w.kind.id(), w.count)).collect()
}

#[test]
fn linear() {
    let header = "\"ID\",\"Team\",\"Title\",\"Status\",\"Estimate\",\"Labels\",\"Cycle Number\",\"Created\",\"Started\",\
        \"Triaged\",\"Completed\",\"Canceled\",\"Parent issue\",\"Roadmaps\"";
    let workspace = read(&format!(
        "{header}\n\
         \"IN-1\",\"App\",\"'=cmd\",\"Done\",2,\"Bug, ui\",,\"Tue May 14 2024 08:53:33 GMT+0000 (GMT)\",,,\"Thu May 23 2024 16:06:19 GMT+0000 (GMT)\",,\n\
         \"IN-2\",\"App\",\"b\",\"Canceled\",,,,2024-05-14T08:00:00.000Z,,,2024-05-15T08:00:00.000Z,2024-05-16T08:00:00.000Z,\"IN-1\"\n\
         \"IN-3\",\"App\",\"c\",\"Building\",,,,2024-05-14T08:00:00.000Z,2024-05-15T08:00:00.000Z,,,,\n"
    ));
    assert_eq!(
        told(&workspace),
        [
            "linear-csv",
            "IN-1 Done 2024-05-14T08:53:33Z - 2024-05-23T16:06:19Z",
            "IN-2 Cancelled 2024-05-14T08:00:00Z - 2024-05-16T08:00:00Z",
            "IN-3 InProgress 2024-05-14T08:00:00Z 2024-05-15T08:00:00Z -",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!((first.title.as_str(), first.kind, first.labels.len()), ("=cmd", Kind::Bug, 2));
    assert_eq!(workspace.items[1].parent, "IN-1");
}

#[test]
fn gitlab() {
    let workspace = read(
        "Title,Issue ID,URL,State,Assignee,Created At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate\n\
         a,2,https://gitlab.com/user/repo/-/issues/2,Closed,Ann,2023-01-28 14:25:46,2023-03-15 09:35:32,v2,3,\"type::bug,ui\",7200\n\
         b,3,https://gitlab.com/user/repo/-/issues/3,Open,,2023-01-28 14:25:46,,,,workflow::In review,0\n\
         c,4,https://gitlab.com/user/repo/-/issues/4,Open,,2023-01-28 14:25:46,,,,,0\n",
    );
    assert_eq!(
        told(&workspace),
        [
            "gitlab-csv",
            "2 Done 2023-01-28T14:25:46Z - 2023-03-15T09:35:32Z",
            "3 InProgress 2023-01-28T14:25:46Z - -",
            "4 NotStarted 2023-01-28T14:25:46Z - -",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!(
        (first.project.as_str(), first.estimate_hours, first.kind),
        ("user/repo", Some(2.0), Kind::Bug)
    );
    assert_eq!(first.epic, "v2");
}

#[test]
fn azure_devops() {
    let workspace = read(
        "\u{feff}ID,Work Item Type,Title 1,Title 2,Assigned To,State,Tags,Created Date,Activated Date,Closed Date,\
         State Change Date,Area Path\r\n\
         \"1\",\"Epic\",\"Big\",,\"Nguyen, Vincent - Contractor <v@x.io>\",\"Active\",\"a; Blocked\",\"1.6.2025 10:00:00\",\"7.6.2025 14:59:28\",,\"7.6.2025 14:59:28\",\"Shop\\Blue\"\r\n\
         \"2\",\"Bug\",,\"Small\",,\"Resolved\",,\"1.6.2025 10:00:00\",,,\"8.6.2025 10:00:00\",\r\n\
         \"3\",\"Task\",,\"Old\",,\"Closed\",,\"1.6.2025 10:00:00\",,,\"20.6.2025 10:00:00\",\r\n\
         \"4\",\"Task\",,\"Gone\",,\"Removed\",,\"1.6.2025 10:00:00\",,,\"9.6.2025 10:00:00\",\r\n",
    );
    assert_eq!(
        told(&workspace),
        [
            "azure-devops-csv",
            "1 InProgress 2025-06-01T10:00:00 2025-06-07T14:59:28 -",
            "2 InProgress 2025-06-01T10:00:00 - -",
            "3 Done 2025-06-01T10:00:00 - 2025-06-20T10:00:00",
            "4 Cancelled 2025-06-01T10:00:00 - 2025-06-09T10:00:00",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!(
        (first.owners.join("|"), first.team.as_str()),
        ("Nguyen, Vincent - Contractor".into(), "Blue")
    );
    assert!(first.blocked && !workspace.items[1].blocked);
    assert_eq!(workspace.items[1].title, "Small");
    assert_eq!(noticed(&workspace), [("finish_date_from_status_change", 1)]);
}

#[test]
fn asana() {
    let workspace = read(
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Start Date,Due Date,Tags,Projects,Parent task\n\
         1200000000000001,2024-01-01,2024-01-10,2024-01-10,a,Doing,Ann,2024-01-09,2024-01-10,\"bug,ui\",\"Shop,All\",Big one\n\
         1200000000000002,2024-01-01,,2024-01-10,b,Done,,,,,Shop,\n\
         1200000000000003,2024-01-01,,2024-01-10,c,To do,,,,,Shop,\n",
    );
    assert_eq!(
        told(&workspace),
        [
            "asana-csv",
            "1200000000000001 Done 2024-01-01 - 2024-01-10",
            "1200000000000002 InProgress 2024-01-01 - -",
            "1200000000000003 NotStarted 2024-01-01 - -",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!((first.project.as_str(), first.epic.as_str(), first.kind), ("Shop", "Big one", Kind::Bug));
}

#[test]
fn pivotal_tracker() {
    let workspace = read(
        "Id,Title,Labels,Iteration,Type,Estimate,Current State,Created at,Accepted at,URL,Owned By,Owned By,Blocker,Blocker Status\n\
         1,a,\"x, y\",3,feature,2,accepted,\"May 6, 2014\",\"May 9, 2014\",u,Ann,Bo,,\n\
         2,b,,,bug,-1,finished,\"May 6, 2014\",,u,,,#9,unresolved\n\
         3,Release 1,,,release,,accepted,\"May 6, 2014\",\"May 9, 2014\",u\n",
    );
    assert_eq!(
        told(&workspace),
        ["pivotal-csv", "1 Done 2014-05-06 - 2014-05-09", "2 InProgress 2014-05-06 - -"]
    );
    assert_eq!((workspace.items[0].owners.len(), workspace.items[1].points), (2, None));
    assert!(workspace.items[1].blocked && !workspace.items[0].blocked);
    assert_eq!(noticed(&workspace), [("not_work", 1)]);
}

#[test]
fn youtrack() {
    let workspace = read(
        "Issue Id,Project,Tags,Summary,Created,Resolved,Type,State,Assignee,Estimation,Spent time\n\
         A-1,Shop,\"x, y\",a,2024-05-01 10:00,2024-05-03 12:00,Bug,Fixed,Ann,1w 2d 3h,90\n\
         A-2,Shop,,b,2024-05-01 10:00,2024-05-04 12:00,Feature,Won't fix,,,\n\
         A-3,Shop,,c,2024-05-01 10:00,,Task,Submitted,,,\n",
    );
    assert_eq!(
        told(&workspace),
        [
            "youtrack-csv",
            "A-1 Done 2024-05-01T10:00:00 - 2024-05-03T12:00:00",
            "A-2 Cancelled 2024-05-01T10:00:00 - 2024-05-04T12:00:00",
            "A-3 NotStarted 2024-05-01T10:00:00 - -",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!((first.estimate_hours, first.actual_hours), (Some(59.0), Some(1.5)));
}

#[test]
fn redmine_in_german_and_english() {
    let german = "#;Projekt;Tracker;Status;Thema;Zugewiesen an;Beginn;Geschätzter Aufwand;Angelegt;Geschlossen\n\
        7;Shop;Fehler;Gelöst;a;Ann;02.05.2024;1,50;01.05.2024 10:22;\n\
        8;Shop;Feature;Erledigt;b;;;2,00;01.05.2024 10:22;05.05.2024 09:00\n";
    // As Redmine writes it by default in German: ISO-8859-1.
    let bytes: Vec<u8> = german.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let workspace = import::read(&[File { name: "x", bytes: &bytes }]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(
        told(&workspace),
        [
            "redmine-csv",
            "7 InProgress 2024-05-01T10:22:00 - -",
            "8 Done 2024-05-01T10:22:00 - 2024-05-05T09:00:00",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!((first.estimate_hours, first.kind), (Some(1.5), Kind::Bug));
    let understood = &workspace.read_from[0].understood;
    assert!(
        understood.starts_with("Windows-1252, semicolon, day before month, decimal comma"),
        "{understood}"
    );

    let english = read(
        "#,Project,Tracker,Status,Subject,Assignee,Start date,Estimated time,Created,Closed\n\
         9,Shop,Support,Rejected,c,,05/02/2024,1.5,05/01/2024 10:22 am,05/14/2024 02:00 pm\n",
    );
    assert_eq!(told(&english), ["redmine-csv", "9 Cancelled 2024-05-01T10:22:00 - 2024-05-14T14:00:00"]);
}

#[test]
fn clickup() {
    let workspace = read(
        "Task ID,Task Type,Task Custom ID,Task Name,Task Content,Status,Date Created,Date Created Text,Date done,Assignees,Tags,List Name,Space Name,Time Estimated\n\
         86a,Task,DEV-1,a,,complete,1715676813000,\"5/14/2024, 8:53 AM\",1715763213000,\"[Ann,Bo]\",[bug],Sprint,Shop,3600000\n\
         86b,Task,,b,,in progress,1715676813000,\"5/14/2024, 8:53 AM\",,[],[],Sprint,Shop,\n",
    );
    assert_eq!(
        told(&workspace),
        [
            "clickup-csv",
            "DEV-1 Done 2024-05-14T08:53:33Z - 2024-05-15T08:53:33Z",
            "86b InProgress 2024-05-14T08:53:33Z - -",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!((first.owners.join("|"), first.estimate_hours), ("Ann|Bo".to_owned(), Some(1.0)));
    assert!(workspace.items[1].owners.is_empty());
}

#[test]
fn trello_board_and_csv() {
    let board = r#"{"name":"Board","lists":[{"id":"l1","name":"To Do","pos":1},{"id":"l2","name":"Doing","pos":2},
        {"id":"l3","name":"Done","pos":3}],"members":[{"id":"m","fullName":"Ann"}],
        "cards":[{"id":"5e7f0000aaaaaaaaaaaaaaaa","idShort":1,"name":"(3) a","idList":"l3","closed":false,"idMembers":["m"],
        "labels":[{"name":"","color":"red"},{"name":"bug","color":"blue"}]},
        {"id":"5e7f0000aaaaaaaaaaaaaaab","idShort":2,"name":"b","idList":"l1","closed":true,"idMembers":[],"labels":[]}],
        "actions":[
        {"type":"updateCard","date":"2020-04-03T10:00:00.000Z","data":{"card":{"id":"5e7f0000aaaaaaaaaaaaaaab","closed":true},"old":{"closed":false}}},
        {"type":"updateCard","date":"2020-04-02T10:00:00.000Z","data":{"card":{"id":"5e7f0000aaaaaaaaaaaaaaaa"},"listBefore":{"id":"l2","name":"Doing"},"listAfter":{"id":"l3","name":"Finished"}}},
        {"type":"updateCard","date":"2020-04-01T10:00:00.000Z","data":{"card":{"id":"5e7f0000aaaaaaaaaaaaaaaa"},"listBefore":{"id":"l1","name":"To Do"},"listAfter":{"id":"l2","name":"Doing"}}}]}"#;
    let workspace = read(board);
    assert_eq!(
        told(&workspace),
        [
            "trello-json",
            "1 Done 2020-03-28T07:42:56Z 2020-04-01T10:00:00Z 2020-04-02T10:00:00Z",
            "2 Cancelled 2020-03-28T07:42:56Z - 2020-04-03T10:00:00Z",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!((first.title.as_str(), first.points, first.history.len()), ("a", Some(3.0), 3));
    let flow: Vec<&str> = workspace.workflow.iter().map(|status| status.name.as_str()).collect();
    assert_eq!(flow[..3], ["To Do", "Doing", "Done"]);

    let table = read(
        "Card ID,Card Name,Labels,Members,List Name,Board Name,Archived\n\
         5e7f0000aaaaaaaaaaaaaaaa,a,\"Urgent (red), Shop (green)\",Ann,Doing,Board,false\n",
    );
    assert_eq!(told(&table), ["trello-csv", "5e7f0000aaaaaaaaaaaaaaaa InProgress 2020-03-28T07:42:56Z - -"]);
    assert_eq!(table.items[0].labels, ["Urgent", "Shop"]);
}

#[test]
fn github_by_rest_and_by_gh() {
    let rest = r#"[{"number":1,"title":"a","state":"closed","state_reason":"completed","html_url":"https://github.com/o/r/issues/1",
        "created_at":"2024-05-14T08:00:00Z","closed_at":"2024-05-16T08:00:00Z","labels":[{"name":"bug"}],"assignees":[{"login":"ann"}],
        "milestone":{"title":"v1"}},
        {"number":2,"title":"pr","state":"open","created_at":"2024-05-14T08:00:00Z","pull_request":{"url":"u"}},
        {"number":3,"title":"c","state":"closed","state_reason":"not_planned","created_at":"2024-05-14T08:00:00Z","closed_at":"2024-05-15T08:00:00Z","labels":["x"]}]"#;
    let workspace = read(rest);
    assert_eq!(
        told(&workspace),
        [
            "github-json",
            "1 Done 2024-05-14T08:00:00Z - 2024-05-16T08:00:00Z",
            "3 Cancelled 2024-05-14T08:00:00Z - 2024-05-15T08:00:00Z",
        ]
    );
    let first = &workspace.items[0];
    assert_eq!(
        (first.project.as_str(), first.epic.as_str(), first.owners.join("")),
        ("o/r", "v1", "ann".into())
    );
    assert_eq!(noticed(&workspace), [("not_work", 1)]);

    let gh = r#"[{"closedAt":null,"createdAt":"2024-05-14T08:00:00Z","labels":[{"name":"enhancement"}],"number":4,"state":"OPEN","stateReason":"","title":"d"}]"#;
    assert_eq!(told(&read(gh)), ["github-json", "4 NotStarted 2024-05-14T08:00:00Z - -"]);
    assert_eq!(read(gh).items[0].kind, Kind::Feature);
}

#[test]
fn jira_with_its_changelog() {
    let json = r#"{"issues":[{"key":"P-1","self":"https://x.atlassian.net/rest/api/2/issue/1","fields":{"summary":"a",
        "issuetype":{"name":"Story"},"status":{"name":"Shipped","statusCategory":{"key":"done"}},"created":"2024-05-01T10:00:00.000+0200",
        "resolutiondate":null,"project":{"name":"Pay","key":"P"},"assignee":{"displayName":"Ann"},"timeoriginalestimate":7200,
        "customfield_1":5,"issuelinks":[{"type":{"inward":"is blocked by"},"inwardIssue":{"key":"P-9"}}]},
        "changelog":{"total":3,"histories":[
        {"created":"2024-05-04T10:00:00.000+0200","items":[{"field":"status","fromString":"Doing","toString":"Shipped"}]},
        {"created":"2024-05-03T10:00:00.000+0200","items":[{"field":"Flagged","fromString":"","toString":"Impediment"}]},
        {"created":"2024-05-02T10:00:00.000+0200","items":[{"field":"status","fromString":"To Do","toString":"Doing"}]}]}},
        {"key":"P-2","fields":{"summary":"b","status":{"name":"Doing","statusCategory":{"key":"indeterminate"}},
        "created":"2024-05-01T10:00:00.000+0200"}}],
        "names":{"customfield_1":"Story Points"}}"#;
    let workspace = read(json);
    assert_eq!(
        told(&workspace),
        [
            "jira-json",
            "P-1 Done 2024-05-01T08:00:00Z 2024-05-02T08:00:00Z 2024-05-04T08:00:00Z",
            "P-2 InProgress 2024-05-01T08:00:00Z - -",
        ]
    );
    let first = &workspace.items[0];
    let history: Vec<&str> = first.history.iter().map(|change| change.to.as_str()).collect();
    assert_eq!(history, ["To Do", "Doing", "Shipped"]);
    assert_eq!(
        (first.points, first.estimate_hours, first.url.as_str()),
        (Some(5.0), Some(2.0), "https://x.atlassian.net/browse/P-1")
    );
    assert_eq!((first.waits_for.join(""), first.blocked_times.len()), ("P-9".to_owned(), 1));
    assert!(workspace.knows.history);
}

#[test]
fn a_table_of_stage_dates() {
    let workspace = read(
        "ID,Link,Name,Backlog,Analysis,In Test,DONE,Type,Team\n\
         A-1,u,a,2024-01-01,2024-01-03,,2024-01-09,bug,Red,\n\
         A-2,u,b,2024-01-01,2024-01-08,2024-01-05,,story,Red,\n\
         A-3,u,c,,,,,story,Red,\n",
    );
    assert_eq!(
        told(&workspace),
        [
            "stage-dates",
            "A-1 Done 2024-01-01 2024-01-03 2024-01-09",
            "A-2 InProgress 2024-01-01 2024-01-05 -",
            "A-3 NotStarted - - -",
        ]
    );
    let flow: Vec<&str> = workspace.workflow.iter().map(|status| status.name.as_str()).collect();
    assert_eq!(flow, ["Backlog", "Analysis", "In Test", "DONE"]);
    assert_eq!(workspace.items[0].team, "Red");
}

#[test]
fn a_series_of_counts() {
    let weekly = read("Week,Throughput\n2024-01-01,2\n2024-01-08,0\n2024-01-15,1\n");
    assert_eq!(
        told(&weekly),
        [
            "throughput-series",
            "2024-01-01 #1 Done - - 2024-01-07",
            "2024-01-01 #2 Done - - 2024-01-07",
            "2024-01-15 #1 Done - - 2024-01-21",
        ]
    );
    let headless = read("2024-01-02;1\n2024-01-03;1\n2024-01-03;1\n2024-01-05;x\n");
    assert_eq!(headless.items.len(), 3);
    assert_eq!(noticed(&headless), [("unreadable_row", 1)]);
    let iso = read("week,done\n2024-W05,1\n2024-W06,1\n2024-W07,1\n");
    assert_eq!(told(&iso)[1], "2024-01-29 #1 Done - - 2024-02-04");
    let monthly = read("Month,Count\n2024-01,1\n2024-02,1\n2024-03,1\n");
    assert_eq!(told(&monthly)[2], "2024-02-01 #1 Done - - 2024-02-29");
    assert_eq!(noticed(&monthly), [("coarse_series", 3)]);
}

#[test]
fn an_event_log() {
    let mut text = String::from("case:concept:name,concept:name,time:timestamp\n");
    for case in 1..=6 {
        // Steps in no order.
        text += &format!("c{case},Approve,2024-01-0{case}T12:00:00Z\n");
        text += &format!("c{case},Register,2024-01-0{case}T10:00:00Z\n");
    }
    text += "c9,Register,2024-01-09T10:00:00Z\nc9,,2024-01-09T10:00:00Z\n";
    let workspace = read(&text);
    assert_eq!(workspace.items.len(), 7);
    assert_eq!(told(&workspace)[..2], ["event-log", "c1 Done - 2024-01-01T10:00:00Z 2024-01-01T12:00:00Z"]);
    assert_eq!(told(&workspace)[7], "c9 InProgress - 2024-01-09T10:00:00Z -");
    assert_eq!(noticed(&workspace), [("row_without_key", 1)]);

    let changes = read(
        "key,status,changed at\nA,To Do,2024-01-01\nA,In Progress,2024-01-02\nA,Done,2024-01-09\n\
         B,To Do,2024-01-01\nB,In Progress,2024-01-05\n",
    );
    assert_eq!(
        told(&changes),
        ["event-log", "A Done 2024-01-01 2024-01-02 2024-01-09", "B InProgress 2024-01-01 2024-01-05 -"]
    );
}

#[test]
fn json_of_no_tracker_is_a_table() {
    let workspace = read(
        r#"{"data":[{"id":1,"title":"a","created":"2024-01-01","closed":"2024-01-03","labels":["bug","x"]},
            {"id":2,"title":"b","created":"2024-01-02","assignee":{"name":"Ann"}}]}"#,
    );
    assert_eq!(told(&workspace), ["generic", "1 - 2024-01-01 - 2024-01-03", "2 - 2024-01-02 - -"]);
    assert_eq!((workspace.items[0].labels.len(), workspace.items[1].owners.join("")), (2, "Ann".to_owned()));
}

#[test]
fn a_download_that_broke_off_keeps_what_came_before() {
    let json =
        r#"[{"number":1,"title":"a","state":"open","created_at":"2024-05-14T08:00:00Z"},{"number":2,"ti"#;
    let workspace = read(json);
    assert_eq!((workspace.items.len(), noticed(&workspace)), (1, vec![("broken_off", 1)]));
    let table = read("id,created,closed\n1,2024-01-01,2024-01-02\n2,2024-0");
    assert_eq!(table.items.len(), 2);
    assert_eq!(noticed(&table), [("broken_off", 1), ("unreadable_date", 1)]);
}

#[test]
fn a_count_that_no_team_has_is_no_million_items() {
    for text in ["2024-01-01,999999\n2024-01-08,3\n", "date,count\n2024-01-01,999999\n2024-01-08,3\n"] {
        let file = File { name: "series.csv", bytes: text.as_bytes() };
        let workspace = import::read(&[file]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((workspace.items.len(), workspace.skipped()), (3, 1), "{text}");
    }
}
