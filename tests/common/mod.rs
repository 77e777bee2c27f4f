//! Where the real exports are that tests read.

use std::path::PathBuf;

/// The folder of real exports beside the repository, or `None`, said loudly, where there is none.
/// With `CI=true` its absence is a failure: a test that silently reads nothing proves nothing.
pub fn real_data() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the real exports in ../shared/data are missing");
    eprintln!("\n*** SKIPPED: no real exports in ../shared/data; this test has tested nothing ***\n");
    None
}
