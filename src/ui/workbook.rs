//! Excel workbooks. What opens them is a program of its own, which the page fetches when the first one comes (`boot.js`).

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::intake::Trouble;
use crate::import::{FileError, ImportError, is_workbook};

/// A file's bytes as they are read: of a workbook the text of its sheets.
///
/// # Errors
/// What is wrong with the workbook, or that what opens it can't be had.
pub async fn opened(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Trouble> {
    if !is_workbook(&bytes) {
        return Ok(bytes);
    }
    match sheets(&bytes).await {
        Ok(text) => Ok(text.into_bytes()),
        // What it throws is a sentence; anything else is the browser's own, for it could not be loaded.
        Err(why) => Err(match why.as_string() {
            Some(why) => {
                let error = ImportError::DamagedWorkbook { why: t!(why.as_str()).to_owned() };
                Trouble::Import(FileError { file: name.to_owned(), error })
            }
            None => Trouble::NoReader { file: name.to_owned() },
        }),
    }
}

async fn sheets(bytes: &[u8]) -> Result<String, JsValue> {
    let read: Function = Reflect::get(&js_sys::global(), &"ballparkSheets".into())?.dyn_into()?;
    let reading: Promise = read.call1(&JsValue::NULL, &Uint8Array::from(bytes))?.dyn_into()?;
    let text = JsFuture::from(reading).await?;
    text.as_string().ok_or(JsValue::NULL)
}
