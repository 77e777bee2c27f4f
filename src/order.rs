//! Sorting by one copy of the code for all types. The standard library's is compiled anew for every type and every way of
//! comparing, which was an eighth of the program. Here places are sorted, through one pointer, and then things are put there.
//! What sorts many numbers again and again (distributions, forecasts) uses the standard library.

use std::cmp::Ordering;

/// Puts a slice in order; what is alike stays as it was.
pub trait InOrder<T> {
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

impl<T> InOrder<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut from = sorted(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        // Each thing goes to its place along the circles in which they have changed places.
        for start in 0..from.len() {
            let mut to = start;
            loop {
                let next = std::mem::replace(&mut from[to], to);
                if next == start {
                    break;
                }
                self.swap(to, next);
                to = next;
            }
        }
    }
}

/// Which of so many places comes first, second and so on.
#[inline(never)]
fn sorted(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    places.sort_by(|&a, &b| compare(a, b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        arbtest::arbtest(|u| {
            let things: Vec<(u8, u16)> = u.arbitrary()?;
            let (mut ours, mut theirs) = (things.clone(), things);
            ours.order_by_key(|(key, _)| std::cmp::Reverse(*key));
            theirs.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            assert_eq!(ours, theirs);
            ours.order();
            theirs.sort();
            assert_eq!(ours, theirs);
            Ok(())
        });
    }
}
