//! Sentinel colours. A chart names what a colour means; `style/charts.css` says what it looks like
//! in light and dark, by attribute selectors on these very values. A test holds the two together.

use plotters::style::RGBColor;

pub const INK: RGBColor = RGBColor(1, 2, 1);
pub const FAINT: RGBColor = RGBColor(1, 2, 2);
pub const GRID: RGBColor = RGBColor(1, 2, 3);
pub const SERIES: RGBColor = RGBColor(1, 2, 4);
pub const REFERENCE: RGBColor = RGBColor(1, 2, 5);
pub const PAPER: RGBColor = RGBColor(1, 2, 6);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentinel_has_its_colour_in_the_stylesheet() {
        let css = include_str!("../../style/charts.css");
        for RGBColor(r, g, b) in [INK, FAINT, GRID, SERIES, REFERENCE, PAPER] {
            let sentinel = format!("#{r:02X}{g:02X}{b:02X}");
            assert!(css.contains(&sentinel), "{sentinel}");
        }
    }
}
