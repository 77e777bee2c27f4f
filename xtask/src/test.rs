//! `cargo xtask test`: every test, native and in real browsers.

use crate::host::Site;
use crate::{Options, Outcome, bundle, cargo, done, setup, target};

/// A path like those of project pages, to prove that the bundle works below any.
const BELOW: &str = "/some/team/ballpark/";

pub fn test(options: &Options) -> Outcome {
    let filter: Vec<&str> = options.filter.as_deref().into_iter().collect();
    if options.native || filter.is_empty() {
        let mut tests = cargo(&["test", "--package", "ballpark", "--package", "xtask", "--"]);
        done(tests.args(&filter))?;
        if filter.is_empty() {
            setup::dependencies()?;
        }
    }
    if options.native {
        return Ok(());
    }
    let browsers = setup::browsers()?;
    done(&mut cargo(&["build", "--package", "ballpark", "--example", "report"]))?;
    let site = bundle::for_development(options.profile)?;
    let entries = std::fs::read_dir(&site).map_err(|error| format!("{}: {error}", site.display()))?;
    let files: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let releases = bundle::two_releases(&site)?;
    let alone = site.join("ballpark.html");
    let Site { url, requests, .. } = Site::serve(site, BELOW)?;
    let mut tests = cargo(&["test", "--package", "e2e", "--no-fail-fast", "--"]);
    tests.arg("--test-threads=1").args(&filter);
    tests.env("BALLPARK_URL", &url).env("BALLPARK_ALONE", alone);
    tests.env("BALLPARK_RELEASE_1", &releases[0]).env("BALLPARK_RELEASE_2", &releases[1]);
    tests.env(
        "BALLPARK_REPORT",
        target().join("debug/examples").join(format!("report{}", std::env::consts::EXE_SUFFIX)),
    );
    if options.profile == bundle::Profile::Release {
        tests.env("BALLPARK_RELEASE", "1");
    }
    tests.env("BALLPARK_CHROMEDRIVER", &browsers.chromedriver);
    tests.env("BALLPARK_GECKODRIVER", &browsers.geckodriver);
    tests.env("BALLPARK_WEBKIT_DRIVER", &browsers.webkit_driver);
    done(&mut tests)?;
    let requests = requests.lock().map_err(|_| "the test server stopped")?;
    let strange: Vec<&String> = requests.iter().filter(|url| !is_ours(url, &files)).collect();
    match strange.as_slice() {
        [] => Ok(()),
        strange => Err(format!("The app asked for what is not in its bundle: {strange:?}")),
    }
}

/// Whether a request is for a file of the bundle.
fn is_ours(url: &str, files: &[String]) -> bool {
    let path = url.split('?').next().unwrap_or_default();
    path.strip_prefix(BELOW).is_some_and(|file| file.is_empty() || files.iter().any(|ours| ours == file))
}
