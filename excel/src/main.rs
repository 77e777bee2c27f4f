//! The reader of workbooks in a page: it leaves a function there, `ballparkWorkbook(bytes)`, that gives the text or throws
//! why there is none.

#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::{Reflect, Uint8Array};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::closure::Closure;

    let read = Closure::<dyn Fn(Uint8Array) -> Result<JsValue, JsValue>>::new(|workbook: Uint8Array| {
        ballpark_excel::sheets(&workbook.to_vec()).map(JsValue::from).map_err(JsValue::from)
    });
    // A global object takes new names; if not, whoever asks for this one finds none and says so.
    let _ = Reflect::set(&js_sys::global(), &"ballparkWorkbook".into(), &read.into_js_value());
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This is a part of Ballpark for browsers: `cargo xtask serve` builds and opens it.");
    std::process::exit(2);
}
