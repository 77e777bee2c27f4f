//! Sentinel colours. A chart names what a colour means; `style/charts.css` says what it looks like
//! in light and dark, by attribute selectors on these very values. A test holds the two together.

use plotters::style::RGBColor;

/// A sentinel and the custom property that `style/tokens.css` defines it by, for saving a picture with its
/// real colours.
pub struct Meaning {
    pub color: RGBColor,
    pub property: &'static str,
}

macro_rules! colors {
    ($($(#[$doc:meta])* $name:ident = $blue:literal, $property:literal;)*) => {
        $($(#[$doc])* pub const $name: RGBColor = RGBColor(1, 2, $blue);)*

        /// Every colour that charts draw with.
        pub const ALL: &[Meaning] = &[$(Meaning { color: $name, property: $property },)*];
    };
}

colors! {
    INK = 1, "--ink";
    FAINT = 2, "--ink-soft";
    GRID = 3, "--chart-grid";
    SERIES = 4, "--chart-series";
    REFERENCE = 5, "--chart-reference";
    PAPER = 6, "--paper";
    /// A second series, told apart by its dashes or its place too.
    SECOND = 7, "--chart-second";
    /// More than noise.
    SIGNAL = 8, "--chart-signal";
    BAND_1 = 9, "--chart-band-1";
    BAND_2 = 10, "--chart-band-2";
    BAND_3 = 11, "--chart-band-3";
    BAND_4 = 12, "--chart-band-4";
    BAND_5 = 13, "--chart-band-5";
    /// Around the plot.
    EDGE = 14, "--edge";
}

/// Bands from the one that matters least to the one that matters most.
pub const BANDS: [RGBColor; 5] = [BAND_1, BAND_2, BAND_3, BAND_4, BAND_5];

/// A sentinel as plotters writes it.
pub fn written(RGBColor(r, g, b): RGBColor) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentinel_has_its_colour_in_the_stylesheet() {
        let css = include_str!("../../style/charts.css");
        let tokens = include_str!("../../style/tokens.css");
        for Meaning { color, property } in ALL {
            let sentinel = written(*color).to_uppercase();
            for kind in ["fill", "stroke"] {
                let rule = format!("[{kind}=\"{sentinel}\"] {{\n  {kind}: var({property});");
                assert!(css.contains(&rule), "{rule}");
            }
            assert!(tokens.contains(&format!("{property}: light-dark(")), "{property}");
        }
    }
}
