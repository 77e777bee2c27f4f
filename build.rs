//! Lets the linker of the browser's program keep what `cargo xtask` needs to cut it in two.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bin=ballpark=--emit-relocs");
    }
}
