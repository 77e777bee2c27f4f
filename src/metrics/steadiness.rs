//! Steadiness of delivery: do weekly counts vary more than chance alone makes them?

/// How even some weeks are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steadiness {
    /// Weeks looked at.
    pub weeks: usize,
    /// Of these, weeks in which nothing was finished.
    pub empty_weeks: usize,
    /// Items per week.
    pub mean: f64,
    pub least: u32,
    pub most: u32,
    /// Variance ÷ mean of the weekly counts: 1 when items finish independently of one another
    /// (Poisson), more when they come in bursts. 0 when nothing was finished.
    pub dispersion: f64,
    pub against_chance: Chance,
}

/// What independent finishes at the same mean would have looked like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// Fewer than 6 weeks or 5 items: nothing can be said.
    TooLittle,
    /// Steadier than chance alone.
    Steadier,
    /// As chance alone would have it.
    Alike,
    /// In bursts and gaps that chance alone would rarely make.
    Burstier,
}

/// How even these weekly counts are, with the sample variance (n − 1). `None` of no week. A trend makes
/// weeks uneven too, so ask it of a short time.
///
/// Against chance: (n − 1) × dispersion follows χ² with n − 1 degrees of freedom when the counts are
/// Poisson; outside its central 95 % is "not chance alone", by the Wilson–Hilferty approximation.
/// Nothing is said under 6 weeks or 5 items.
/// Source: Fisher, *Statistical Methods for Research Workers* (1925), index of dispersion.
pub fn steadiness(counts: &[u32]) -> Option<Steadiness> {
    let n = counts.len();
    let (least, most) = (*counts.iter().min()?, *counts.iter().max()?);
    let mean = counts.iter().map(|&count| f64::from(count)).sum::<f64>() / n as f64;
    let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    let freedom = (n - 1) as f64;
    let squares: f64 = counts.iter().map(|&count| (f64::from(count) - mean).powi(2)).sum();
    let dispersion = if freedom > 0.0 && mean > 0.0 { squares / freedom / mean } else { 0.0 };
    let limit = |z: f64| {
        let spread = 2.0 / (9.0 * freedom);
        (1.0 - spread + z * spread.sqrt()).powi(3)
    };
    let against_chance = match dispersion {
        _ if n < 6 || total < 5 => Chance::TooLittle,
        d if d > limit(1.959_964) => Chance::Burstier,
        d if d < limit(-1.959_964) => Chance::Steadier,
        _ => Chance::Alike,
    };
    let empty_weeks = counts.iter().filter(|&&count| count == 0).count();
    Some(Steadiness { weeks: n, empty_weeks, mean, least, most, dispersion, against_chance })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[u32]) -> Option<Steadiness> {
        steadiness(counts)
    }

    #[test]
    fn bursts_are_told_from_chance() {
        for (counts, want) in [
            (&[5, 5, 5, 5, 5, 5, 5, 5, 5, 5][..], Chance::Steadier),
            (&[5, 3, 6, 4, 7, 5, 2, 8, 5, 4], Chance::Alike),
            (&[0, 0, 20, 0, 0, 15, 0, 0, 0, 15], Chance::Burstier),
            (&[0, 0, 20, 0, 0], Chance::TooLittle),
        ] {
            assert_eq!(of(counts).map(|s| s.against_chance), Some(want), "{counts:?}");
        }
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[5]).map(|s| (s.dispersion, s.against_chance)), Some((0.0, Chance::TooLittle)));
        assert_eq!(of(&[0; 12]).map(|s| (s.empty_weeks, s.against_chance)), Some((12, Chance::TooLittle)));
    }

    #[test]
    fn poisson_weeks_are_called_bursty_or_steady_about_one_time_in_twenty() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut poisson = |mean: f64| {
            let (mut left, mut count) = ((-mean).exp(), 0u32);
            loop {
                left /= random.f64();
                if left > 1.0 {
                    return count;
                }
                count += 1;
            }
        };
        let trials = 2000;
        let not_chance = (0..trials).filter(|_| {
            let counts: Vec<u32> = (0..30).map(|_| poisson(4.0)).collect();
            of(&counts).is_some_and(|s| s.against_chance != Chance::Alike)
        });
        let rate = not_chance.count() as f64 / f64::from(trials);
        assert!((0.03..0.07).contains(&rate), "{rate}");
    }
}
