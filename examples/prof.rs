use ballpark::{
    import::{self, File},
    model::Workspace,
    pace::{Pace, straight},
};
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for _ in 0..3 {
        let t = Instant::now();
        let seen = std::cell::RefCell::new(Vec::<(f64, f64)>::new());
        let f = |d: f64| -> Option<ballpark::pace::Pause> {
            seen.borrow_mut().push((d, t.elapsed().as_secs_f64() * 1e3));
            None
        };
        let w = straight(import::read_file(
            &File { name: "x", bytes: &bytes },
            &Default::default(),
            &Pace::by(&f),
        ))
        .unwrap()
        .unwrap();
        let a = t.elapsed();
        let mut j = Workspace::default();
        let n = w.items.len();
        straight(j.join(w, &Pace::STRAIGHT));
        let at = |x: f64| seen.borrow().iter().filter(|(d, _)| *d < x).map(|(_, t)| *t).fold(0.0, f64::max);
        println!(
            "{n} read {:?} join {:?}; decode..{:.0} parse..{:.0} evidence..{:.0} rows..{:.0} finish..{:.0}",
            a,
            t.elapsed() - a,
            at(0.1),
            at(0.5),
            at(0.6),
            at(0.95),
            at(1.1)
        );
    }
}
