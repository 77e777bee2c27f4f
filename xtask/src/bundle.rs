//! Cargo, then wasm-bindgen, then the files of the page: a folder for any static host.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::page::{self, Page};
use crate::{Outcome, cargo, done, root, setup, target};

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

/// `cargo xtask release`: writes the folder that `Trunk.toml` names.
pub fn release() -> Outcome {
    let dist = root().join(page::dist_folder(&read(&root().join("Trunk.toml"))?)?);
    bundle(Profile::Release, &dist)?;
    let wasm = dist.join("ballpark_bg.wasm");
    let bytes = fs::read(&wasm).map_err(|error| format!("{}: {error}", wasm.display()))?;
    let gzipped = miniz_oxide::deflate::compress_to_vec(&bytes, 9).len() + 18;
    println!("{} is ready for any static host, under any path.", dist.display());
    println!("The program is {} kB, {} kB gzipped.", bytes.len() / 1000, gzipped / 1000);
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
    page::dist_folder(&read(&root().join("Trunk.toml"))?)?;

    let mut build = cargo(&["build", "--package", "ballpark", "--bin", &page.bin]);
    build.args(["--target", "wasm32-unknown-unknown"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    done(&mut build)?;

    // Into a new folder first: what is there stays whole until the new one is.
    let fresh = into.with_extension("new");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh).map_err(|error| format!("{}: {error}", fresh.display()))?;
    let wasm =
        target().join("wasm32-unknown-unknown").join(profile.folder()).join(format!("{}.wasm", page.bin));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&wasm).out_name(&page.bin).typescript(false);
    bindgen.remove_name_section(profile == Profile::Release).remove_producers_section(true);
    let generated = bindgen.web(true).and_then(|bindgen| bindgen.generate(&fresh));
    generated.map_err(|error| format!("wasm-bindgen on {}: {error:#}", wasm.display()))?;
    for file in page.styles.iter().chain(&page.copied) {
        let (from, to) = (root().join(file), fresh.join(page::file_name(file)));
        fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    let version = match profile {
        Profile::Dev => String::new(),
        Profile::Release => format!("?v={:016x}", hash_of(&fresh)?),
    };
    let html = fresh.join("index.html");
    fs::write(&html, page.bundled(&version)).map_err(|error| format!("{}: {error}", html.display()))?;

    let _ = fs::remove_dir_all(into);
    fs::rename(&fresh, into).map_err(|error| format!("{}: {error}", into.display()))
}

/// Of everything in the folder, so that it changes with each release that differs.
fn hash_of(folder: &Path) -> Outcome<u64> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
