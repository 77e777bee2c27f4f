//! The project's commands: `cargo xtask serve`, `test`, `release`. Each sets up what is missing first.

mod bundle;
mod cut;
mod host;
mod page;
mod serve;
mod setup;
mod test;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use bundle::Profile;

/// What went wrong, for the one who typed the command.
type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "\
usage: cargo xtask serve [--port N] [--release] [--no-open]   build, serve on localhost, open the app
       cargo xtask test [--native] [--release] [FILTER]       every test; --native: without browsers;
                                                              FILTER: only browser tests of that name, or
                                                              with --native only native ones
       cargo xtask release                                    write dist/ for any static host";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\n{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Vec<String>) -> Outcome {
    let mut args = args.into_iter();
    let command = args.next().ok_or(USAGE)?;
    let mut options = Options::default();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--release" => options.profile = Profile::Release,
            "--native" => options.native = true,
            "--no-open" => options.no_open = true,
            "--port" => {
                let port = args.next().and_then(|port| port.parse().ok());
                options.port = Some(port.ok_or("--port needs a number up to 65535")?);
            }
            option if option.starts_with('-') => return Err(format!("unknown option {option}\n{USAGE}")),
            filter => options.filter = Some(filter.to_owned()),
        }
    }
    match command.as_str() {
        "serve" => serve::serve(&options),
        "test" => test::test(&options),
        "release" => bundle::release(),
        _ => Err(USAGE.to_owned()),
    }
}

/// What the command line said.
struct Options {
    port: Option<u16>,
    profile: Profile,
    native: bool,
    no_open: bool,
    filter: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options { port: None, profile: Profile::Dev, native: false, no_open: false, filter: None }
    }
}

/// The repository's root. Asked when running: where clones share a target folder, what was built in one
/// runs in another.
fn root() -> PathBuf {
    let built_in = || env!("CARGO_MANIFEST_DIR").into();
    let xtask = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(built_in));
    xtask.parent().map(PathBuf::from).unwrap_or(xtask)
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// This toolchain's cargo, in the repository's root.
fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Runs a command and waits for it.
fn done(command: &mut Command) -> Outcome {
    let named = || {
        let args = command.get_args().map(|arg| arg.to_string_lossy().into_owned());
        let words = [command.get_program().to_string_lossy().into_owned()].into_iter().chain(args);
        words.collect::<Vec<_>>().join(" ")
    };
    let name = named();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{name}` failed ({status})")),
        Err(error) => Err(format!("`{name}` could not be run: {error}")),
    }
}
