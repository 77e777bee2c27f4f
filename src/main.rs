//! The app's entry: everything is in the library.

#[cfg(target_arch = "wasm32")]
fn main() {
    ballpark::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Ballpark runs in a browser: `cargo xtask serve` builds and opens it.");
    std::process::exit(2);
}
