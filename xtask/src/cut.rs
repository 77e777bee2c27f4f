//! Cuts the program in two: a file that starts, and another with the rest, which begins where `src/ui/apart.rs` has
//! `#[wasm_split]`. What only the rest reaches, code and data, goes there.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_split_cli_support::{Options, transform};

use crate::Outcome;

/// As the attribute names it.
pub const REST: &str = "apart";

/// What `src/main.rs` asks for the rest with, in the script that wasm-bindgen writes.
const LINK: &str = "./__wasm_split.js";

/// How the cutter would fetch the rest. The page has a way of its own: by release, or out of itself.
const FETCHED: &str = "fetch(new URL(\"./split_apart.wasm\", import.meta.url))";
const HANDED: &str = "globalThis.ballparkApart()";

/// A program in two.
pub struct Halves {
    /// The file that starts, for wasm-bindgen.
    pub first: PathBuf,
    /// The rest.
    pub rest: Vec<u8>,
    /// What joins them, in JavaScript.
    link: String,
}

/// Cuts a program that was linked with `--emit-relocs`. `scratch` is an empty folder.
pub fn cut(program: &Path, scratch: &Path) -> Outcome<Halves> {
    let said = |what: &Path, error: std::io::Error| format!("{}: {error}", what.display());
    let bytes = fs::read(program).map_err(|error| said(program, error))?;
    let first = scratch.join("first.wasm");
    let mut options = Options::new(&bytes);
    (options.output_dir, options.main_out_path, options.link_name) = (scratch, &first, LINK);
    let cut = transform(options).map_err(|error| format!("{}: {error:#}", program.display()))?;
    let rest = match cut.split_modules.as_slice() {
        [rest] if rest.file_stem().is_some_and(|stem| stem == "split_apart") => rest,
        other => {
            return Err(format!("xtask knows one part, {REST:?}, and not {other:?}; teach xtask/src/cut.rs"));
        }
    };
    let rest = fs::read(rest).map_err(|error| said(rest, error))?;
    let link = scratch.join(LINK);
    let link = fs::read_to_string(&link).map_err(|error| said(&link, error))?;
    Ok(Halves { first, rest: without_names(&rest)?, link })
}

impl Halves {
    /// wasm-bindgen's script for the first half, with what joins both in it.
    pub fn joined(&self, script: &str) -> Outcome<String> {
        let imported = |line: &str| {
            let name = line.strip_prefix("import * as ")?.split_once(" from ")?;
            let from = name.1.trim_end_matches(';').trim_matches(['"', '\'']);
            (from == LINK).then(|| name.0.to_owned())
        };
        let names: Vec<String> = script.lines().filter_map(imported).collect();
        let mut joined: String =
            script.lines().filter(|line| imported(line).is_none()).flat_map(|line| [line, "\n"]).collect();
        let mut loaders = Vec::new();
        let mut fetches = 0;
        for line in self.link.lines().filter(|line| !line.starts_with("import ")) {
            fetches += line.matches(FETCHED).count();
            let own = line.strip_prefix("export ").unwrap_or(line);
            if own != line {
                loaders.extend(own.split_whitespace().nth(1));
            }
            joined += &own.replace(FETCHED, HANDED);
            joined.push('\n');
        }
        if names.is_empty() || loaders.len() != 1 || fetches != 1 {
            return Err(format!(
                "what joins the halves is not as xtask knows it ({names:?}, {loaders:?}, {fetches}); teach xtask/src/cut.rs"
            ));
        }
        for name in names {
            joined += &format!("const {name} = {{ {} }};\n", loaders.join(", "));
        }
        Ok(joined)
    }
}

/// A WebAssembly file without its custom sections: what they hold no browser needs.
fn without_names(wasm: &[u8]) -> Outcome<Vec<u8>> {
    const HEAD: usize = 8;
    let broken = || "a half of the program ends too early".to_owned();
    let mut kept = wasm.get(..HEAD).ok_or_else(broken)?.to_vec();
    let mut at = HEAD;
    while let Some(&section) = wasm.get(at) {
        // Its length, seven bits a byte.
        let (mut length, mut shift, mut from) = (0usize, 0, at + 1);
        loop {
            let byte = *wasm.get(from).ok_or_else(broken)?;
            length |= usize::from(byte & 0x7f) << shift;
            (shift, from) = (shift + 7, from + 1);
            if byte < 0x80 {
                break;
            }
            if shift > 28 {
                return Err(broken());
            }
        }
        let whole = wasm.get(at..from + length).ok_or_else(broken)?;
        if section != 0 {
            kept.extend_from_slice(whole);
        }
        at = from + length;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_nothing_else() {
        let head = *b"\0asm\x01\0\0\0";
        let wasm = [&head[..], &[1, 1, 0], &[0, 3, 1, b'n', 9], &[3, 0x81, 0, 7]].concat();
        assert_eq!(without_names(&wasm), Ok([&head[..], &[1, 1, 0], &[3, 0x81, 0, 7]].concat()));
        assert!(without_names(&wasm[..10]).is_err() && without_names(b"\0asm").is_err());
    }

    #[test]
    fn the_halves_are_joined_in_one_script() {
        let link = format!(
            "import {{ initSync }} from \"./main.js\";\nfunction makeLoad() {{}}\nexport const load_apart = wrap(() => {FETCHED});\n"
        );
        let halves = Halves { first: PathBuf::new(), rest: Vec::new(), link };
        let script =
            "import * as import1 from \"./__wasm_split.js\"\nfunction initSync() {}\nexport { initSync };\n";
        let joined = halves.joined(script).unwrap();
        assert_eq!(
            joined,
            "function initSync() {}\nexport { initSync };\nfunction makeLoad() {}\nconst load_apart = wrap(() => globalThis.ballparkApart());\nconst import1 = { load_apart };\n"
        );
        assert!(halves.joined("function initSync() {}").is_err(), "nothing asks for the rest");
    }
}
