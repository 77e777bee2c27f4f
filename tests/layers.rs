//! The layering of ARCHITECTURE.md holds: imports go one way, and only `ui` knows a browser.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use of this crate, beside `language` and `order`. `ui` and `main` may use everything.
const MAY_USE: &[(&str, &[&str])] = &[
    ("language", &[]),
    ("order", &[]),
    ("pace", &[]),
    ("model", &["pace"]),
    ("import", &["model", "pace"]),
    ("metrics", &["model", "pace"]),
    ("forecast", &["model", "metrics", "pace"]),
    ("storage", &["model", "pace"]),
    ("route", &["model"]),
    ("sample", &["model", "import"]),
    ("report", &["model", "metrics", "forecast", "pace"]),
    ("charts", &["model", "metrics", "forecast", "report"]),
];

const OF_THE_BROWSER: &[&str] = &["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_"];

fn sources(of: &Path) -> Vec<PathBuf> {
    if of.is_file() {
        return vec![of.to_owned()];
    }
    let entries = fs::read_dir(of).unwrap_or_else(|e| panic!("{}: {e}", of.display())).flatten();
    entries
        .flat_map(|entry| sources(&entry.path()))
        // What only tests use may use everything.
        .filter(|p| {
            p.extension().is_some_and(|e| e == "rs") && p.file_name().is_none_or(|n| n != "testing.rs")
        })
        .collect()
}

/// The code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_go_one_way_and_the_core_knows_no_browser() {
    let src = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo runs this")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (module, may_use) in MAY_USE {
        let folder = src.join(module);
        let place = if folder.is_dir() { folder } else { src.join(format!("{module}.rs")) };
        for path in sources(&place) {
            seen += 1;
            let code = code(&path);
            for used in code.split("crate::").skip(1) {
                let used: Vec<&str> = match used.strip_prefix('{') {
                    // `use crate::{a::B, c};`
                    Some(group) => {
                        let group = group.split(';').next().unwrap_or_default();
                        group.split(',').map(str::trim).collect()
                    }
                    None => vec![used],
                };
                for used in used {
                    let name: String =
                        used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let known = MAY_USE.iter().any(|(m, _)| *m == name) || name == "ui";
                    if known
                        && name != *module
                        && name != "language"
                        && name != "order"
                        && !may_use.contains(&name.as_str())
                    {
                        wrong.push(format!("{}: {module} must not use {name}", path.display()));
                    }
                }
            }
            for browser in OF_THE_BROWSER.iter().filter(|browser| code.contains(**browser)) {
                wrong.push(format!("{}: {browser} belongs in src/ui", path.display()));
            }
        }
    }
    assert!(seen > 20, "only {seen} files were looked at");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_layer() {
    let lib = include_str!("../src/lib.rs");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules.filter(|module| *module != "ui") {
        assert!(MAY_USE.iter().any(|(known, _)| *known == module), "{module} has no layer");
    }
}
