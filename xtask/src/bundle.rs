//! Cargo, then wasm-bindgen, then the files of the page: a folder for any static host.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use wasm_bindgen_cli_support::Bindgen;

use crate::page::{self, Inside, Page};
use crate::{Outcome, cargo, cut, done, root, setup, target};

/// How the program is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Quickly.
    Dev,
    /// Small and fast.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Release => "release",
        }
    }
}

/// How much a newcomer may have to fetch before there is a finding, in bytes.
const BUDGET: usize = 700_000;

/// Where a release lies.
const DIST: &str = "dist";

/// `cargo xtask release`: writes a folder for any static host.
pub fn release() -> Outcome {
    let dist = root().join(DIST);
    bundle(Profile::Release, &dist)?;
    let bin = Page::parse(&read(&root().join("index.html"))?)?.bin;
    println!("{} is ready for any static host, under any path. Gzipped:", dist.display());
    let mut first_screen = 0;
    for file in files_of(&dist)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !["css", "html", "js", "json", "svg", "wasm"].iter().any(|kind| name.ends_with(kind))
            || name == ALONE
        {
            continue;
        }
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let gzipped = miniz_oxide::deflate::compress_to_vec(&bytes, 9).len() + 18;
        println!("{:>7.1} kB {name}, {:.1} kB as it is", gzipped as f64 / 1e3, bytes.len() as f64 / 1e3);
        let is_later =
            name == apart(&bin) || name == WORKER || name.ends_with(".json") || name.starts_with("excel");
        first_screen += if is_later { 0 } else { gzipped };
    }
    println!("{:>7.1} kB for the first screen, all of its files together", first_screen as f64 / 1e3);
    if first_screen > BUDGET {
        println!(
            "*** More than the {} kB that it may have: what does it reach past ui::apart? ***",
            BUDGET / 1000
        );
    }
    Ok(())
}

/// Builds for development and says where it is.
pub fn for_development(profile: Profile) -> Outcome<PathBuf> {
    let folder = target().join("web").join(profile.folder());
    bundle(profile, &folder)?;
    Ok(folder)
}

fn bundle(profile: Profile, into: &Path) -> Outcome {
    setup::wasm_target()?;
    let page = Page::parse(&read(&root().join("index.html"))?)?;

    let mut build = cargo(&["build", "--package", "ballpark", "--bin", &page.bin]);
    for (manifest, bin) in &page.parts {
        build.args(["--package", &package_of(manifest)?, "--bin", bin]);
    }
    build.args(["--target", "wasm32-unknown-unknown"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    done(&mut build)?;

    // Into a new folder first: what is there stays whole until the new one is.
    let fresh = into.with_extension("new");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh).map_err(|error| format!("{}: {error}", fresh.display()))?;
    bind_halves(&page.bin, profile, &fresh)?;
    for (_, bin) in &page.parts {
        bind(bin, profile, &fresh, true)?;
    }
    for file in page.styles.iter().chain(&page.copied) {
        let (from, to) = (root().join(file), fresh.join(page::file_name(file)));
        fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    seal(&page, &fresh)?;
    let version = match profile {
        Profile::Dev => String::new(),
        Profile::Release => {
            // The page is a part of the release too.
            write(&fresh.join("index.html"), page.bundled("").as_bytes())?;
            format!("?v={:016x}", hash_of(&fresh)?)
        }
    };
    assemble(&page, &fresh, &version)?;
    write(&fresh.join(ALONE), alone(&page, &fresh, profile)?.as_bytes())?;

    let _ = fs::remove_dir_all(into);
    fs::rename(&fresh, into).map_err(|error| format!("{}: {error}", into.display()))
}

/// Makes of what cargo built what a page loads: a module, or a script that is part of one.
fn bind(bin: &str, profile: Profile, into: &Path, as_module: bool) -> Outcome {
    bind_file(&compiled(bin, profile), bin, profile, into, as_module)
}

/// What cargo built.
fn compiled(bin: &str, profile: Profile) -> PathBuf {
    target().join("wasm32-unknown-unknown").join(profile.folder()).join(format!("{bin}.wasm"))
}

/// Tells what starts the program the checksums of both halves, and its module to which first half it belongs: a host may
/// give out files of two releases while one takes the other's place.
fn seal(page: &Page, folder: &Path) -> Outcome {
    let of = |name: String| -> Outcome<String> {
        let path = folder.join(name);
        Ok(page::checksum(&fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?))
    };
    let (program, apart) = (of(format!("{}_bg.wasm", page.bin))?, of(apart(&page.bin))?);
    let (boot, module) = (folder.join("boot.js"), folder.join(format!("{}.js", page.bin)));
    let started = read(&boot)?;
    let empty = "{ program: \"\", apart: \"\" }";
    if !started.contains(empty) {
        return Err("boot.js has no place for the checksums of the program".to_owned());
    }
    write(
        &boot,
        started.replace(empty, &format!("{{ program: {program:?}, apart: {apart:?} }}")).as_bytes(),
    )?;
    write(&module, format!("{}export const madeFor = {program:?};\n", read(&module)?).as_bytes())
}

/// The file with the rest of a program that is cut in two.
fn apart(bin: &str) -> String {
    format!("{bin}_{}.wasm", cut::REST)
}

/// Makes a module of the first half of a program, and lays the rest beside it.
fn bind_halves(bin: &str, profile: Profile, into: &Path) -> Outcome {
    let scratch = target().join(format!("cut-{}", std::process::id()));
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let bound = (|| {
        let halves = cut::cut(&compiled(bin, profile), &scratch)?;
        bind_file(&halves.first, bin, profile, into, true)?;
        let script = into.join(format!("{bin}.js"));
        write(&script, halves.joined(&read(&script)?)?.as_bytes())?;
        write(&into.join(apart(bin)), &halves.rest)
    })();
    let _ = fs::remove_dir_all(&scratch);
    bound
}

fn bind_file(wasm: &Path, bin: &str, profile: Profile, into: &Path, as_module: bool) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(bin).typescript(false);
    bindgen.remove_name_section(profile == Profile::Release).remove_producers_section(true);
    // The other half of a program shares its table of functions, which goes otherwise.
    bindgen.keep_lld_exports(true);
    let bindgen = if as_module { bindgen.web(true) } else { bindgen.no_modules(true) };
    let generated = bindgen.and_then(|bindgen| bindgen.generate(into));
    generated.map_err(|error| format!("wasm-bindgen on {}: {error:#}", wasm.display()))
}

/// The package of a manifest, which is in this workspace.
fn package_of(manifest: &str) -> Outcome<String> {
    let text = read(&root().join(manifest))?;
    let name = text.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    name.map(str::to_owned).ok_or_else(|| format!("{manifest} names no package"))
}

/// The page that holds everything itself.
const ALONE: &str = "ballpark.html";

/// The service worker: what keeps a release for use without a network.
const WORKER: &str = "sw.js";

/// Writes the page into a folder that has its files, and tells the service worker which they are.
fn assemble(page: &Page, folder: &Path, version: &str) -> Outcome {
    write(&folder.join("index.html"), page.bundled(version).as_bytes())?;
    let worker = read(&root().join(WORKER))?;
    if version.is_empty() {
        return Ok(());
    }
    let mut files = serde_json::Map::new();
    files.insert("./".to_owned(), serde_json::Value::Null);
    for file in files_of(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let asked_for = match name.rsplit_once('.') {
            _ if ["index.html", ALONE, WORKER].contains(&name.as_str()) => continue,
            Some((_, "css" | "js" | "wasm" | "json")) => format!("{name}{version}"),
            _ => name,
        };
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        files.insert(asked_for, page::checksum(&bytes).into());
    }
    let filled = worker
        .replace("const VERSION = \"\";", &format!("const VERSION = {version:?};"))
        .replace("const FILES = {};", &format!("const FILES = {};", serde_json::Value::Object(files)));
    if filled.len() < worker.len() + version.len() + 100 {
        return Err(format!("{WORKER} has no place for its version and files"));
    }
    write(&folder.join(WORKER), filled.as_bytes())
}

/// The same program as two releases, for testing what happens when one follows the other.
pub fn two_releases(of: &Path) -> Outcome<[PathBuf; 2]> {
    let page = Page::parse(&read(&root().join("index.html"))?)?;
    let make = |number: u32| -> Outcome<PathBuf> {
        let folder = of.with_extension(format!("release-{number}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for file in files_of(of)? {
            let to = folder.join(file.file_name().unwrap_or_default());
            fs::copy(&file, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
        assemble(&page, &folder, &format!("?v={number}"))?;
        Ok(folder)
    };
    Ok([make(1)?, make(2)?])
}

/// The page with all files of the folder in it.
fn alone(page: &Page, folder: &Path, profile: Profile) -> Outcome<String> {
    let text = |name: &str| read(&folder.join(name));
    let mut styles = String::new();
    for file in &page.styles {
        styles += &text(page::file_name(file))?;
    }
    // The lines that fetch the program give way to those that unpack it.
    let (boot, unpack) = (text("boot.js")?, read(&root().join("boot-one.js"))?);
    let parts = boot.split_once("// load: from here").and_then(|(before, rest)| {
        let (_, after) = rest.split_once("// load: its end.")?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or("boot.js: the lines that load the program are not marked")?;
    let mut script = text(&format!("{}.js", page.bin))?;
    let packed = |wasm: PathBuf| -> Outcome<String> {
        let wasm = fs::read(&wasm).map_err(|error| format!("{}: {error}", wasm.display()))?;
        let level = if profile == Profile::Release { 9 } else { 1 };
        Ok(STANDARD.encode(miniz_oxide::deflate::compress_to_vec_zlib(&wasm, level)))
    };
    let program = packed(folder.join(format!("{}_bg.wasm", page.bin)))?;
    // A part's script is one statement, whose names are its own.
    let mut parts = vec![(cut::REST, packed(folder.join(apart(&page.bin)))?)];
    let scratch = folder.with_extension("parts");
    for (_, bin) in &page.parts {
        fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
        bind(bin, profile, &scratch, false)?;
        script += &read(&scratch.join(format!("{bin}.js")))?;
        parts.push((bin.as_str(), packed(scratch.join(format!("{bin}_bg.wasm")))?));
    }
    let _ = fs::remove_dir_all(&scratch);
    let script = format!("{script}\n{before}{unpack}{after}");
    let icon = format!("data:image/svg+xml;base64,{}", STANDARD.encode(text("favicon.svg")?));
    let mut texts = Vec::new();
    for file in page.copied.iter().filter(|file| file.ends_with(".json")) {
        let name = page::file_name(file);
        texts.push((name.trim_end_matches(".json"), text(name)?));
    }
    page.alone(&Inside {
        styles: &styles,
        script: &script,
        program: &program,
        parts: &parts,
        icon: &icon,
        texts: &texts,
    })
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// In the order of their names.
fn files_of(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

/// Of everything in the folder, so that it changes with each release that differs.
fn hash_of(folder: &Path) -> Outcome<u64> {
    let mut hasher = DefaultHasher::new();
    for file in files_of(folder)? {
        fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
