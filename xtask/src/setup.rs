//! What is missing is set up, or said exactly.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::{Outcome, cargo, done};

/// Firefox is driven through geckodriver, which Debian does not package: this version, from
/// crates.io.
const GECKODRIVER: &str = "0.37.1";

/// The target the app is compiled for.
pub fn wasm_target() -> Outcome {
    const TARGET: &str = "wasm32-unknown-unknown";
    let libraries = output("rustc", &["--print", "target-libdir", "--target", TARGET])?;
    if Path::new(String::from_utf8_lossy(&libraries.stdout).trim()).is_dir() {
        return Ok(());
    }
    println!("Adding the target {TARGET} …");
    done(Command::new("rustup").args(["target", "add", TARGET])).map_err(|why| {
        format!(
            "{why}\nInstall the target {TARGET} for this toolchain; with rustup: rustup target add {TARGET}"
        )
    })
}

/// Where tools are kept between runs and between clones.
pub fn cache() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    from("BALLPARK_CACHE")
        .or_else(|| from("XDG_CACHE_HOME").map(|cache| cache.join("ballpark")))
        .or_else(|| from("HOME").map(|home| home.join(".cache/ballpark")))
        .or_else(|| from("LOCALAPPDATA").map(|local| local.join("ballpark")))
        .unwrap_or_else(|| std::env::temp_dir().join("ballpark"))
}

/// Holds the dependencies against `deny.toml`, where cargo-deny is installed: building it would take longer than all
/// tests together.
pub fn dependencies() -> Outcome {
    if find("cargo-deny").is_none() {
        println!(
            "\n*** SKIPPED: the dependencies were not held against deny.toml; `cargo install cargo-deny` helps ***\n"
        );
        return Ok(());
    }
    // Whether a hole has become known since is asked of the network, and by `cargo deny check` alone.
    done(&mut cargo(&["deny", "check", "bans", "licenses", "sources"]))
}

/// The programs that browser tests need.
pub struct Browsers {
    pub chromedriver: PathBuf,
    pub geckodriver: PathBuf,
    pub webkit_driver: PathBuf,
}

/// A program, and where Debian has it.
const NEEDED: &[(&[&str], &str)] = &[
    (&["chromium", "google-chrome", "chrome"], "chromium"),
    (&["chromedriver"], "chromium-driver"),
    (&["firefox", "firefox-esr"], "firefox-esr"),
    (&["WebKitWebDriver"], "webkit2gtk-driver"),
    (&["Xvfb"], "xvfb"),
];

/// Finds browsers and drivers. On Debian as root it installs what is missing; elsewhere it says what
/// to install.
pub fn browsers() -> Outcome<Browsers> {
    let missing = || -> Vec<&str> {
        let needed = NEEDED.iter().filter(|(names, _)| names.iter().all(|name| find(name).is_none()));
        needed.map(|(_, package)| *package).collect()
    };
    let packages = missing();
    if !packages.is_empty() {
        if !(Path::new("/etc/debian_version").exists() && is_root()) {
            return Err(what_to_install(&packages));
        }
        println!("Installing {} …", packages.join(", "));
        let apt =
            |args: &[&str]| done(Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"));
        apt(&["update", "--quiet=2"])?;
        let mut install =
            vec!["install", "--quiet=2", "--yes", "--no-install-recommends", "fonts-liberation"];
        install.extend(&packages);
        apt(&install)?;
        if let [_, ..] = missing().as_slice() {
            return Err(what_to_install(&missing()));
        }
    }
    let found = |name: &str| find(name).ok_or_else(|| what_to_install(&[name]));
    Ok(Browsers {
        chromedriver: found("chromedriver")?,
        geckodriver: geckodriver()?,
        webkit_driver: found("WebKitWebDriver")?,
    })
}

fn what_to_install(packages: &[&str]) -> String {
    format!(
        "The browser tests run in stock Chromium, Firefox and WebKit. Missing here: {}.\n\
         On Debian or Ubuntu, as root:  apt-get install {}\n\
         Elsewhere, put on the PATH:  chromium and chromedriver of the same version; firefox; \
         WebKitWebDriver (WebKitGTK, so Linux only) and Xvfb.\n\
         Without browsers:  cargo xtask test --native",
        packages.join(", "),
        packages.join(" ")
    )
}

fn geckodriver() -> Outcome<PathBuf> {
    let tools = cache().join("tools");
    let ours = tools.join("bin").join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX));
    let right = |path: &Path| {
        let version = output(path, &["--version"]).ok();
        version.is_some_and(|out| String::from_utf8_lossy(&out.stdout).contains(GECKODRIVER))
    };
    if right(&ours) {
        return Ok(ours);
    }
    if let Some(theirs) = find("geckodriver") {
        return Ok(theirs);
    }
    println!("Building geckodriver {GECKODRIVER} into {} …", tools.display());
    let mut install = cargo(&["install", "geckodriver", "--locked", "--quiet", "--version", GECKODRIVER]);
    install.arg("--root").arg(&tools).arg("--target-dir").arg(cache().join("tools-target"));
    done(&mut install)?;
    Ok(ours)
}

fn is_root() -> bool {
    output("id", &["-u"]).is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}

fn output(program: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Outcome<Output> {
    let program = program.as_ref();
    let output = Command::new(program).args(args).stderr(Stdio::null()).output();
    output.map_err(|error| format!("`{}` could not be run: {error}", program.to_string_lossy()))
}

/// A program on the PATH.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|program| program.is_file())
}
