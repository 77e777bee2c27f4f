//! Data to draw, for tests.

use super::{Chart, Plate, Size};
use crate::report::Analysis;
pub use crate::report::testing::*;

pub const SIZE: Size = Size { width: 640, height: 300 };

pub fn draw(plate: &Plate, analysis: &Analysis) -> Chart {
    draw_at(plate, analysis, SIZE)
}

pub fn draw_at(plate: &Plate, analysis: &Analysis, size: Size) -> Chart {
    (plate.draw)(analysis, size).expect("the data supports it").expect("plotters draws")
}
