//! Around cumulative flow.

use super::{Column, Figure, FigureText, Table, history_helps};
use crate::report::{Analysis, say};

pub static CUMULATIVE: Figure = Figure { id: "cumulative", name: "Cumulative flow", text, tables };

fn text(analysis: &Analysis) -> Result<FigureText, String> {
    let flow = analysis.cumulative();
    if flow.first.is_none() {
        return Err(t!("No item has a date, so nothing can be drawn over time.").to_owned());
    }
    let last = |band: &[u32]| band.last().copied().unwrap_or_default();
    let now: Vec<u32> = flow.bands.iter().map(|(_, band)| last(band)).collect();
    let names: Vec<&str> = flow.bands.iter().map(|(name, _)| name.as_str()).collect();
    let four_weeks_ago: Vec<u32> = flow
        .bands
        .iter()
        .map(|(_, band)| band.len().checked_sub(29).and_then(|at| band.get(at)).copied().unwrap_or_default())
        .collect();
    let long_enough = flow.bands.iter().all(|(_, band)| band.len() >= 29);
    // Between two lines lies what has reached the one and not the next.
    let between = |counts: &[u32]| -> Vec<u32> { counts.windows(2).map(|pair| pair[0] - pair[1]).collect() };
    let (here, before) = (between(&now), between(&four_weeks_ago));
    let widest = here
        .iter()
        .zip(&before)
        .enumerate()
        .skip(1)
        .max_by_key(|(_, (now, then))| **now as i64 - **then as i64);
    let finding = match widest {
        Some((at, (&now, &then))) if long_enough && now > then && now >= 5 && now > then + then / 4 => {
            say!(
                "“{}” is where work piles up: {} there, {} four weeks ago",
                names.get(at).copied().unwrap_or_default(),
                say::items(now as usize),
                say::number(then as usize)
            )
        }
        _ => say!(
            "{} have come and {} have left",
            say::items(now.first().copied().unwrap_or_default() as usize),
            say::number(now.last().copied().unwrap_or_default() as usize)
        ),
    };
    let history = match (analysis.knows.history, flow.bands.len()) {
        (true, _) => String::new(),
        (false, 2) => say!(
            " The file tells neither starts nor a status history, so all open work is one band. {}",
            history_helps()
        ),
        (false, _) => {
            say!(
                " The file keeps no status history, so all work in progress is one band. {}",
                history_helps()
            )
        }
    };
    let undated = match flow.undated {
        0 => String::new(),
        n => say!(" {} done or cancelled without a date left out.", say::items(n)),
    };
    let caption = say!(
        "How many items have reached each stage by the end of each day. A band\u{2019}s height is what lies in that \
         stage; its width, how long things stay. Parallel bands are a steady flow.{history}{undated}"
    );
    Ok(FigureText { finding, caption })
}

fn tables(analysis: &Analysis) -> Vec<Table> {
    let flow = analysis.cumulative();
    let length = flow.bands.first().map_or(0, |(_, band)| band.len());
    let mut columns = vec![Column::text(t!("End of"))];
    columns.extend(flow.bands.iter().map(|(name, _)| Column::number(name.clone())));
    let rows = (0..length).rev().step_by(7).filter_map(|at| {
        let mut row = vec![say::date(flow.day(at)?)];
        row.extend(flow.bands.iter().filter_map(|(_, band)| Some(say::number(*band.get(at)? as usize))));
        Some(row)
    });
    let rows: Vec<Vec<String>> = rows.collect();
    vec![Table {
        title: t!("Items that have reached each stage, a week a row, newest first").to_owned(),
        columns,
        rows,
    }]
}
