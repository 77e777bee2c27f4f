//! For everybody: in German, at twice the size and on a small phone, in the system's own colours, without motion.

use e2e::{Browser, Engine, PAGES};
use serde_json::{Value, json};

e2e::in_every_browser![
    german_is_spoken_on_every_page,
    nothing_is_cut_off_at_twice_the_size_or_on_a_small_phone,
    in_the_systems_colors_everything_is_seen_and_nothing_moves,
];

/// A team whose names and titles have no words in them.
fn wordless_team() -> String {
    let mut csv =
        "id,title,status,type,project,created,started,finished,estimate hours,actual hours\n".to_owned();
    for n in 0..160_i64 {
        let day = |n: i64| {
            let (month, day) = (n / 28 % 12 + 1, n % 28 + 1);
            format!("2025-{month:02}-{day:02}")
        };
        let (begun, took) = (n * 2, 1 + n * 7 % 11);
        let kind = if n % 3 == 0 { "Bug" } else { "Story" };
        let project = if n % 2 == 0 { "XQ" } else { "ZW" };
        let (status, done) =
            if n < 145 { ("Done", day(begun + took)) } else { ("In Progress", String::new()) };
        csv += &format!(
            "Q-{n},Xq {n},{status},{kind},{project},{},{},{done},{},{}\n",
            day(begun - begun.min(3)),
            day(begun),
            4 + n % 5 * 4,
            3 + n % 7 * 4
        );
    }
    csv
}

fn german_is_spoken_on_every_page(engine: Engine) {
    let browser = Browser::open(engine);
    browser.wait_for_text("h1", "How predictable");
    let choose = "
        const field = document.getElementById('language');
        field.value = 'de';
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(choose, Vec::new());
    browser.wait_for_text("h1", "Wie vorhersagbar");
    assert_eq!(browser.script("return document.documentElement.lang", Vec::new()), "de");
    browser.paste(&wordless_team());
    browser.wait_for_text(".nav__count", "160");
    // A word of English wherever something is read, also what only a screen reader says.
    let english = r"
        document.querySelectorAll('details').forEach(details => details.open = true);
        const words = /\b(the|of|and|is|are|with|than|items?|days|by|to|no|each|from|this|that|what|how|which|weeks?|not|more|less)\b/i;
        const skip = 'script, style, code, pre, [lang=en], textarea';
        const found = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const text = walk.currentNode.textContent.trim();
            const parent = walk.currentNode.parentElement;
            // What is cut off may end in the beginning of another word.
            if (words.test(text) && !text.endsWith('…') && !parent.closest(skip)) found.push(text);
        }
        for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
            for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
                const text = element.getAttribute(name) ?? '';
                if (words.test(text)) found.push(`${name}: ${text}`);
            }
        }
        return found;";
    let mut left = Vec::new();
    for page in PAGES {
        browser.goto(page);
        browser.find("main h1");
        std::thread::sleep(std::time::Duration::from_millis(if page.contains("forecast") {
            3000
        } else {
            400
        }));
        let found = browser.script(english, Vec::new());
        for text in found.as_array().into_iter().flatten().filter_map(Value::as_str) {
            // Names of statuses and types are the data's.
            if !["In Progress", "Done"].contains(&text) {
                left.push(format!("{page}: {text}"));
            }
        }
    }
    assert!(left.is_empty(), "{engine:?}:\n{}", left.join("\n"));
    // And it stays German, with numbers as they are written there.
    browser.goto("#/");
    browser.reload();
    browser.wait_for_text("h1", "der fertigen Arbeit");
    browser.goto("#/cadence");
    browser.wait_for_text("[data-number=throughput]", ",");
}

fn nothing_is_cut_off_at_twice_the_size_or_on_a_small_phone(engine: Engine) {
    let browser = Browser::with_sample(engine);
    // What reaches beyond the window, though nothing around it can be scrolled.
    let cut = "
        document.querySelectorAll('details').forEach(details => details.open = true);
        const width = document.documentElement.clientWidth;
        const scrolls = element => {
            for (let at = element; at && at !== document.body; at = at.parentElement) {
                if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
                // What only screen readers read, and what is drawn, is as wide as it likes.
                if (at.matches('.visually-hidden, svg, datalist, dialog:not([open])')) return true;
            }
            return false;
        };
        return [document.documentElement.scrollWidth - width, [...document.body.querySelectorAll('*')]
            .filter(element => element.checkVisibility?.() ?? true)
            .filter(element => element.getBoundingClientRect().width > 0)
            .filter(element => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1)
            .filter(element => !scrolls(element))
            .slice(0, 5)
            .map(element => element.outerHTML.slice(0, 160))]";
    // A window of 1280 at 200 %, and 360.
    for width in [640, 360] {
        browser.resize(width, 800);
        for page in PAGES {
            browser.goto(page);
            browser.find("main h1");
            std::thread::sleep(std::time::Duration::from_millis(200));
            assert_eq!(browser.script(cut, Vec::new()), json!([0, []]), "{engine:?} {page} at {width}");
        }
        for page in ["#/", "#/cto", "#/forecast", "#/data"] {
            browser.goto(page);
            browser.find("main h1");
            assert_eq!(browser.violations(), Vec::<String>::new(), "{engine:?} {page} at {width}");
        }
    }
}

fn in_the_systems_colors_everything_is_seen_and_nothing_moves(engine: Engine) {
    if engine == Engine::WebKit {
        return;
    }
    let browser = Browser::open_in_own_colors_without_motion(engine);
    browser.click("Try it with sample data");
    browser.find("[data-number=wip]");
    let asked = "return ['(forced-colors: active)', '(prefers-reduced-motion: reduce)'].map(query => matchMedia(query).matches)";
    assert_eq!(browser.script(asked, Vec::new()), json!([true, true]), "{engine:?}");
    let unseen = "
        const paper = getComputedStyle(document.body).backgroundColor;
        const seen = color => color !== 'none' && color !== paper && !/^rgba\\(.*, 0\\)$/.test(color) && color !== 'transparent';
        const wrong = [];
        const current = document.querySelector('.nav__link[aria-current=page], #share[aria-current=page]');
        if (!current) wrong.push('no page is current');
        else if (getComputedStyle(current).outlineStyle === 'none') wrong.push('the current page has no frame');
        for (const svg of document.querySelectorAll('main svg')) {
            const shapes = [...svg.querySelectorAll('path, rect, circle, polyline, polygon, line')];
            const visible = shapes.filter(shape => seen(getComputedStyle(shape).fill) || seen(getComputedStyle(shape).stroke));
            if (shapes.length > 0 && visible.length === 0) wrong.push('a picture without anything to see');
        }
        for (const button of document.querySelectorAll('main button:not(.link), main select, main input')) {
            const style = getComputedStyle(button);
            const hidden = button.getBoundingClientRect().width === 0 || style.appearance === 'auto' || button.closest('.visually-hidden');
            if (!hidden && (style.borderTopStyle === 'none' || !seen(style.borderTopColor))) wrong.push('no edge: ' + button.outerHTML.slice(0, 120));
        }
        for (const element of document.querySelectorAll('*')) {
            const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
            const lasts = durations => durations.split(',').some(duration => parseFloat(duration) > 0);
            if (lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration))) wrong.push('moves: ' + element.outerHTML.slice(0, 120));
        }
        return [...new Set(wrong)].slice(0, 8)";
    for page in PAGES {
        browser.goto(page);
        browser.find("main h1");
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(browser.script(unseen, Vec::new()), json!([]), "{engine:?} {page}");
    }
}
