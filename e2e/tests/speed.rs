//! Reading 100,000 rows against merely parsing them: `RUST_TEST_NOCAPTURE=1
//! cargo xtask test --release reading_is_faster`.
//!
//! The rows are a real export's, repeated with new keys. In one page of Chromium PapaParse parses the text,
//! and Ballpark reads it as a dropped file: bytes, encoding, table, items, joined and ready to be counted.
//! Medians of nine. While Ballpark reads and counts, no task may keep the page from answering.

use e2e::{Browser, Engine, real};
use serde_json::json;

const MEASURE: &str = r"
    const [text, key, done] = arguments;
    const rest = ms => new Promise(resolve => setTimeout(resolve, ms));
    const table = Papa.parse(text.trim()).data;
    const [header, ...rows] = table;
    const column = header.indexOf(key);
    const many = [];
    for (let n = 0; n < 100000; n++) {
        const row = rows[n % rows.length].slice();
        row[column] += '-' + Math.floor(n / rows.length);
        many.push(row);
    }
    const big = Papa.unparse([header, ...many], { newline: '\n' });
    const file = new File([big], 'many.csv');
    const main = document.querySelector('main');
    const read = () => new Promise(resolve => {
        let busy = false;
        const watch = new MutationObserver(() => {
            const now = main.getAttribute('aria-busy') === 'true';
            if (busy && !now) { watch.disconnect(); resolve(performance.now()); }
            busy = now;
        });
        watch.observe(main, { attributes: true });
        const transfer = new DataTransfer();
        transfer.items.add(file);
        main.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    });
    (async () => {
        const ours = [], theirs = [], tasks = [];
        for (let n = 0; n < 9; n++) {
            await rest(300);
            let start = performance.now();
            const parsed = Papa.parse(big).data.length;
            theirs.push(performance.now() - start);
            await rest(300);
            const observer = new PerformanceObserver(list =>
                tasks.push(...list.getEntries().map(entry => entry.duration)));
            observer.observe({ type: 'longtask' });
            start = performance.now();
            ours.push(await read() - start);
            await rest(2500);
            observer.disconnect();
            location.hash = '#/data';
            await rest(200);
            document.querySelector('#delete').click();
            await rest(50);
            document.querySelector('#sure').click();
            await rest(50);
            location.hash = '#/';
            if (parsed < 100000) throw new Error('only ' + parsed + ' rows');
        }
        const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
        return { ours: median(ours), theirs: median(theirs), longest: Math.max(0, ...tasks), bytes: big.length };
    })().then(done, error => done(String(error)));
";

#[test]
fn reading_is_faster_than_parsing() {
    if std::env::var_os("BALLPARK_RELEASE").is_none() {
        eprintln!("*** SKIPPED: an unoptimised build says nothing about speed; use --release ***");
        return;
    }
    // The second has no quotation mark at all, and PapaParse merely splits it. Machines waver by a quarter.
    let cases = [("jira-csv/werkplaats2.csv", "Issue key", 1.25), ("agile-project/jira.csv", "id", 2.0)];
    for (name, key, most) in cases {
        let Some(file) = real(name) else { return };
        let text = std::fs::read_to_string(&file).expect("a real export");
        let browser = Browser::open(Engine::Chromium);
        browser.script(include_str!("../papaparse/papaparse.min.js"), Vec::new());
        let told = browser.script_later(MEASURE, vec![json!(text), json!(key)]);
        let number = |name: &str| told[name].as_f64().unwrap_or_else(|| panic!("{told}"));
        let (ours, theirs, longest) = (number("ours"), number("theirs"), number("longest"));
        let megabytes = number("bytes") / 1e6;
        println!(
            "{name}, 100,000 rows, {megabytes:.1} MB: read in {ours:.0} ms, parsed by PapaParse in {theirs:.0} ms: \
             {:.2}; longest task {longest:.0} ms",
            ours / theirs
        );
        assert!(ours / theirs < most, "reading has become slow: {told}");
        assert!(longest <= 50.0, "the page did not answer for a while: {told}");
    }
}
