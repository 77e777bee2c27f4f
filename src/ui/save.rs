//! Files to save: pictures and tables.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlElement,
    HtmlImageElement, Url,
};

use crate::charts::{Chart, palette};
use crate::report::{Table, csv};

/// Saves a table as CSV, safe to open in a spreadsheet.
pub fn save_csv(name: &str, tables: &[Table]) {
    save_text(&format!("{name}.csv"), "text/csv", &csv(tables));
}

/// Saves a picture as SVG with the colours it is shown in.
pub fn save_svg(name: &str, chart: &Chart) {
    save_text(&format!("{name}.svg"), "image/svg+xml", &colored(chart));
}

/// Saves a picture as PNG, twice as fine as it is shown.
pub fn save_png(name: &str, chart: &Chart) {
    // Where a browser can't do a step, there is nothing to save; the SVG is there all the same.
    let _ = try_save_png(name, chart);
}

fn try_save_png(name: &str, chart: &Chart) -> Result<(), JsValue> {
    const FINER: u32 = 2;
    let address = address_of("image/svg+xml", &colored(chart).into())?;
    let image = HtmlImageElement::new()?;
    let (width, height) = (chart.size.width * FINER, chart.size.height * FINER);
    let (drawn, name) = (image.clone(), format!("{name}.png"));
    let loaded = Closure::once_into_js(move || -> Result<(), JsValue> {
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
        canvas.set_width(width);
        canvas.set_height(height);
        let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.draw_image_with_html_image_element_and_dw_and_dh(
            &drawn,
            0.0,
            0.0,
            width.into(),
            height.into(),
        )?;
        let ready = Closure::once_into_js(move |blob: Option<Blob>| {
            if let Some(address) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) {
                save(&name, &address);
            }
        });
        canvas.to_blob(ready.unchecked_ref())
    });
    image.set_onload(Some(loaded.unchecked_ref()));
    image.set_src(&address);
    Ok(())
}

/// The picture on its paper, with real colours in the place of the sentinels.
fn colored(chart: &Chart) -> String {
    let mut svg = chart.svg.clone();
    if let Some(probe) = Probe::new() {
        for meaning in palette::ALL {
            if let Some(color) = probe.color(meaning.property) {
                svg = svg.replace(&palette::written(meaning.color), &color);
            }
        }
        let paper = probe.color("--paper").unwrap_or_else(|| "white".to_owned());
        let paper = format!("<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>");
        if let Some(end) = svg.find('>') {
            svg.insert_str(end + 1, &paper);
        }
    }
    svg.replace("font-family=\"sans-serif\"", "font-family=\"system-ui, sans-serif\"")
}

/// An element that tells what a custom property looks like here and now.
struct Probe(HtmlElement);

impl Probe {
    fn new() -> Option<Probe> {
        let element: HtmlElement = document().create_element("span").ok()?.unchecked_into();
        document().body()?.append_child(&element).ok()?;
        Some(Probe(element))
    }

    fn color(&self, property: &str) -> Option<String> {
        self.0.style().set_property("color", &format!("var({property})")).ok()?;
        let style = window().get_computed_style(&self.0).ok()??;
        style.get_property_value("color").ok().filter(|color| !color.is_empty())
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.0.remove();
    }
}

pub fn save_text(name: &str, kind: &str, text: &str) {
    if let Ok(address) = address_of(kind, &text.into()) {
        save(name, &address);
    }
}

fn address_of(kind: &str, content: &JsValue) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(content), &options)?;
    Url::create_object_url_with_blob(&blob)
}

fn save(name: &str, address: &str) {
    let Ok(link) = document().create_element("a") else { return };
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(address);
    link.set_download(name);
    link.click();
    // The browser needs the address until it has taken the file.
    let address = address.to_owned();
    set_timeout(move || drop(Url::revoke_object_url(&address)), std::time::Duration::from_secs(60));
}
