//! Service level by month: the share within the limit with its interval.

use super::frame::{Chart, ChartError, Frame, Size, margin};
use super::{Plate, palette};
use crate::model::Days;
use crate::report::figures::SERVICE_LEVEL as WORDS;
use crate::report::{Analysis, Selection, say};

pub static SERVICE_LEVEL: Plate = Plate { figure: &WORDS, draw, is_forecast: false };

fn draw(analysis: &Analysis, size: Size) -> Option<Result<Chart, ChartError>> {
    let level = analysis.service_level()?;
    let (measure, _) = analysis.durations()?;
    let wanted = f64::from(level.percent) / 100.0;
    let label = format!("{}\u{a0}%", level.percent);
    let margin = margin(Some(100_000), &label);
    let first = level.months.first().map_or(analysis.as_of, |month| month.0);
    let last = level.months.last().map_or(first, |month| month.0).last_of_month();
    let mut svg = String::new();
    let mut frame = Frame::of_days(&mut svg, size, margin, (first, last), (0.0, 1.0));
    let drawn = (|| {
        frame.axis_name(t!("share within the limit"))?;
        let marks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, format!("{}\u{a0}%", share * 100.0)));
        frame.horizontal_grid(marks.into_iter())?;
        frame.days_axis()?;
        let y = frame.y(wanted);
        frame.dashes(y, palette::REFERENCE)?;
        frame.side_labels(vec![(y, label.clone(), palette::INK)])?;
        let wide = (frame.right() - frame.left()) / level.months.len().max(1) as i32;
        let radius = (wide / 3).clamp(2, 4);
        for (month, attained) in &level.months {
            let (Some(share), Some(interval)) = (attained.share(), attained.interval()) else { continue };
            let x = (frame.day(*month) + frame.day(month.last_of_month())) / 2;
            let missed = attained.misses(wanted);
            let color = if missed { palette::SIGNAL } else { palette::SERIES };
            frame.line(
                &[(x, frame.y(interval.low)), (x, frame.y(interval.high))],
                color,
                if wide > 8 { 2 } else { 1 },
            )?;
            let at = (x, frame.y(share));
            if missed {
                frame.open_dot(at, radius + 1, color)?
            } else {
                frame.dot(at, radius, color, 1.0)?
            };
            let says = say!(
                "{}: {} of {} within, {} ({} to {}){}",
                say::month(*month),
                say::number(attained.within),
                say::number(attained.n),
                say::percent(share),
                say::percent(interval.low),
                say::percent(interval.high),
                if missed { t!("; missed beyond noise") } else { "" }
            );
            let ends = (*month, month.last_of_month());
            let days = (Days(0), Days(u32::MAX));
            frame.mark(at, says, Some(Selection::Took { measure, ends, days }));
        }
        Ok(())
    })();
    Some(drawn.and_then(|()| frame.finish()).map(|finished| finished.with(svg)))
}

#[cfg(test)]
mod tests {
    use crate::charts::testing::{draw, staged};

    #[test]
    fn a_month_says_its_share_and_how_sure_it_is() {
        let analysis = staged();
        let chart = draw(&super::SERVICE_LEVEL, &analysis);
        assert!(chart.marks.len() >= 2);
        assert!(chart.marks[0].says.starts_with("Jan\u{a0}2024: "), "{}", chart.marks[0].says);
        let opened = |mark: &crate::charts::Mark| analysis.select(mark.opens.as_ref().unwrap()).len();
        assert_eq!(chart.marks.iter().map(opened).sum::<usize>(), analysis.cycle.distribution.n());
    }
}
