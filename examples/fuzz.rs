//! A fuzzer of detection and of every importer: `cargo run --profile fuzz --example fuzz -- [SECONDS] [SEED]
//! [FILE…]`. It changes small exports of every tracker, and the files it is given, and reads what comes
//! out. A finding is a panic, a key that two items have, or a file that takes more than a second; its input
//! is written to `fuzz-finding` and the exit status is 1.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ballpark::import::{self, File, Readings};
use ballpark::model::{Encoding, Fact, Hints, Order, Settings, Zone, seen};
use ballpark::pace::{Pace, straight};
use ballpark::report::{Analysis, to_json};

/// A header and two rows of each tracker, so that every importer is reached at once.
const SEEDS: &[&str] = &[
    "id,name,type,is_completed,created_at,started_at,moved_at,completed_at,estimate,is_blocked,labels,state,utc_offset,is_archived,team\n1,a,bug,true,2025/03/13 02:27:02,2025/03/17 13:49:40,,2025/03/26 23:35:41,3,false,x;y,Done,+05:00,false,T\n",
    "Summary,Issue key,Issue id,Issue Type,Status,Resolution,Created,Resolved,Labels,Labels,Status Category,Status Category Changed\na,P-1,1,Bug,Done,Done,22/Sep/25 9:26 AM,23/Sep/25 12:00 AM,ui,api,Done,\n",
    "\"ID\",\"Title\",\"Status\",\"Created\",\"Started\",\"Triaged\",\"Completed\",\"Canceled\",\"Cycle Number\"\n\"I-1\",\"a\",\"Done\",\"Tue May 14 2024 08:53:33 GMT+0000 (GMT)\",,,2024-05-16T08:00:00.000Z,,\n",
    "Title,Issue ID,URL,State,Created At (UTC),Closed At (UTC),Labels,Time Estimate\na,2,https://gitlab.com/u/r/-/issues/2,Open,2023-01-28 14:25:46,,workflow::doing,7200\n",
    "\u{feff}ID,Work Item Type,Title 1,Assigned To,State,Tags,Created Date,Closed Date,State Change Date\n\"1\",\"Bug\",\"x\",\"A, B <a@b>\",\"Closed\",\"a; b\",\"7.6.2025 14:59:28\",,\"8.6.2025 1:00:00\"\n",
    "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Projects\n12,2024-01-01,2024-01-10,2024-01-10,a,Doing,Shop\n",
    "Id,Title,Type,Estimate,Current State,Created at,Accepted at,Owned By,Blocker,Blocker Status\n1,a,feature,-1,accepted,\"May 6, 2014\",\"May 9, 2014\",x,y,z\n",
    "Issue Id,Summary,Created,Resolved,State,Estimation\nA-1,a,2024-05-01 10:00,2024-05-03 12:00,Fixed,1w 2d 3h\n",
    "#;Tracker;Status;Thema;Angelegt;Geschlossen;Geschätzter Aufwand\n7;Fehler;Neu;a;01.05.2024 10:22;;1,50\n",
    "Task ID,Task Name,Task Content,Status,Date created,Date done,Assignees,Space Name\n86a,a,,complete,1715676813000,1715763213000,\"[A,B]\",S\n",
    "Card ID,Card Name,List Name,Archived,Labels\n5e7f0000aaaaaaaaaaaaaaaa,a,Done,true,x (red)\n",
    "{\"lists\":[{\"id\":\"l\",\"name\":\"Done\",\"pos\":1}],\"cards\":[{\"id\":\"5e7f0000aaaaaaaaaaaaaaaa\",\"idShort\":1,\"name\":\"(3) a\",\"idList\":\"l\",\"closed\":true}],\"actions\":[{\"type\":\"updateCard\",\"date\":\"2020-04-01T10:00:00.000Z\",\"data\":{\"card\":{\"id\":\"5e7f0000aaaaaaaaaaaaaaaa\"},\"listBefore\":{\"id\":\"l\"},\"listAfter\":{\"id\":\"l\"}}}]}",
    "[{\"number\":1,\"title\":\"a\",\"state\":\"closed\",\"state_reason\":\"not_planned\",\"created_at\":\"2024-05-14T08:00:00Z\",\"closed_at\":\"2024-05-16T08:00:00Z\",\"labels\":[{\"name\":\"bug\"}]}]",
    "{\"issues\":[{\"key\":\"P-1\",\"fields\":{\"status\":{\"name\":\"Doing\",\"statusCategory\":{\"key\":\"indeterminate\"}},\"created\":\"2024-05-01T10:00:00.000+0200\"},\"changelog\":{\"histories\":[{\"created\":\"2024-05-02T10:00:00.000+0200\",\"items\":[{\"field\":\"status\",\"fromString\":\"To Do\",\"toString\":\"Doing\"}]}]}}]}",
    "ID,Link,Name,Backlog,Doing,Done,Type\nA,u,a,2024-01-01,2024-01-03,2024-01-09,bug,\n",
    "2024-01-01,3\n2024-01-08,2\n2024-W05,1\n",
    "case:concept:name,concept:name,time:timestamp\nc,Register,2024-01-01T10:00:00Z\nc,Done,2024-01-02T10:00:00Z\n",
    "key,title,created,started,finished,points\nA,a,3/4/2026,3/5/2026,13/5/2026,\"1,5\"\n",
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| args.get(at).and_then(|arg| arg.parse().ok());
    let seconds = number(0).unwrap_or(60);
    let mut random = fastrand::Rng::with_seed(number(1).unwrap_or(1));
    let mut pool: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    for path in args.iter().skip(2) {
        match std::fs::read(path) {
            // Long files would be changed in one place in a million.
            Ok(bytes) => pool.push(bytes.into_iter().take(20_000).collect()),
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
    let kept = pool.len();
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut tried, mut read) = (0_u64, 0_u64);
    let mut importers = std::collections::BTreeMap::<String, u64>::new();
    while Instant::now() < end {
        let from = if random.bool() { SEEDS.len() } else { pool.len() };
        let mut input = pool[random.usize(..from)].clone();
        for _ in 0..random.usize(1..8) {
            change(&mut input, &pool, &mut random);
        }
        input.truncate(40_000);
        let started = Instant::now();
        let hints = hints(&mut random);
        let result = catch_unwind(AssertUnwindSafe(|| through(&input, &hints)));
        tried += 1;
        let slow = started.elapsed() > Duration::from_secs(1);
        match result {
            Ok(Ok(Some(importer))) if !slow => {
                read += 1;
                *importers.entry(importer).or_default() += 1;
                // What was read leads further than what was not.
                if pool.len() < kept + 300 {
                    pool.push(input);
                } else if random.u8(..) < 8 {
                    let at = random.usize(kept..pool.len());
                    pool[at] = input;
                }
            }
            Ok(Ok(_)) if !slow => {}
            found => {
                let why = match found {
                    Err(_) => "a panic".to_owned(),
                    Ok(Err(why)) => why,
                    Ok(Ok(_)) => format!("{:?} for {} bytes", started.elapsed(), input.len()),
                };
                let _ = std::fs::write("fuzz-finding", &input);
                eprintln!("after {tried} inputs: {why}; hints {hints:?}; the input is in fuzz-finding");
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{tried} inputs in {seconds} s, {read} of them read, no finding");
    println!("{importers:?}");
    ExitCode::SUCCESS
}

/// Reads, previews and counts; the importer's id where the input could be read.
fn through(input: &[u8], hints: &Hints) -> Result<Option<String>, String> {
    let file = File { name: "fuzz", bytes: input };
    let plain = straight(import::read_file(&file, &Readings::new(), &Pace::STRAIGHT)).ok_or("a pause")?;
    let preview = straight(import::preview(&file, &Readings::new(), &Pace::STRAIGHT)).ok_or("a pause")?;
    if let Ok(Some(preview)) = preview {
        let readings = Readings::from([(preview.shape, hints.clone())]);
        let _ = straight(import::read_file(&file, &readings, &Pace::STRAIGHT)).ok_or("a pause")?;
    }
    let Ok(workspace) = plain else { return Ok(None) };
    let mut keys: Vec<&str> = workspace.items.iter().map(|item| item.key.as_str()).collect();
    keys.sort_unstable();
    if let Some(twice) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("two items have the key {:?}", twice[0]));
    }
    let settings = Settings::default();
    let now = jiff::Timestamp::constant(1_800_000_000, 0);
    let data = seen(&workspace, &settings);
    let _ = to_json(&data, &Analysis::of(&data, &settings, &Zone::UTC, now));
    Ok(workspace.read_from.first().map(|file| file.importer.clone()))
}

fn change(input: &mut Vec<u8>, pool: &[Vec<u8>], random: &mut fastrand::Rng) {
    const PIECES: [&[u8]; 22] = [
        b",",
        b";",
        b"\t",
        b"\"",
        b"\"\"",
        b"\n",
        b"\r\n",
        b"\xFF",
        b"\0",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"2024-02-30",
        b"31/12/9999 25:61",
        b"-1",
        b"9999999999999999",
        b"Done",
        b"id",
        b"\xC3",
        b"1e308",
    ];
    let at = random.usize(..=input.len());
    let end = (at + random.usize(..64)).min(input.len());
    match random.u8(..7) {
        0 => drop(input.splice(at..at, PIECES[random.usize(..PIECES.len())].iter().copied())),
        1 => drop(input.drain(at..end)),
        2 => {
            let copy = input[at..end].to_vec();
            let to = random.usize(..=input.len());
            drop(input.splice(to..to, copy));
        }
        3 if at < input.len() => input[at] = random.u8(..),
        4 if at < input.len() => input[at] ^= 1 << random.u8(..8),
        // A line of another file.
        5 => {
            let other = &pool[random.usize(..pool.len())];
            let lines: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
            if !lines.is_empty() {
                drop(input.splice(at..at, lines[random.usize(..lines.len())].iter().copied()));
            }
        }
        _ => input.truncate(at),
    }
}

fn hints(random: &mut fastrand::Rng) -> Hints {
    let importers: Vec<&str> = import::table_importers().map(|importer| importer.id).collect();
    let mut columns = std::collections::BTreeMap::new();
    for _ in 0..random.usize(..4) {
        let fact = Fact::ALL[random.usize(..Fact::ALL.len())];
        columns.insert(fact, vec!["id".to_owned(), "Created".to_owned()]);
    }
    let importer = importers[random.usize(..importers.len())].to_owned();
    let encoding = Encoding::ALL[random.usize(..Encoding::ALL.len())];
    let delimiter = [',', ';', '\t', '|', 'x', '"', 'é'][random.usize(..7)];
    let order = Order::ALL[random.usize(..Order::ALL.len())];
    Hints {
        importer: random.bool().then_some(importer),
        encoding: random.bool().then_some(encoding),
        delimiter: random.bool().then_some(delimiter),
        order: random.bool().then_some(order),
        decimal: random.bool().then_some(','),
        columns,
    }
}
