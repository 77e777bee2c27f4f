//! Random numbers for tests that simulate.

/// A Poisson count, by Knuth's product of uniforms in logarithms.
pub fn poisson(mean: f64, random: &mut fastrand::Rng) -> u32 {
    let (mut sum, mut count) = (0.0, 0);
    loop {
        sum -= random.f64().max(f64::MIN_POSITIVE).ln();
        if sum > mean {
            return count;
        }
        count += 1;
    }
}
