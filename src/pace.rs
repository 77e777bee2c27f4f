//! Long work in short steps. What may take longer than a moment is `async` and asks its [`Pace`] now
//! and then whether to pause; a browser pauses to paint and to hear a click, a test never does.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// A pause, until the work may go on.
pub type Pause = Pin<Box<dyn Future<Output = ()>>>;

/// Who may ask for pauses. Told how much of the work is done, from 0 to 1.
pub struct Pace<'a> {
    ask: Option<&'a dyn Fn(f64) -> Option<Pause>>,
    from: f64,
    to: f64,
}

impl<'a> Pace<'a> {
    /// Never pauses.
    pub const STRAIGHT: Pace<'static> = Pace { ask: None, from: 0.0, to: 1.0 };

    /// Pauses whenever `pause` gives one.
    pub fn by(pause: &'a dyn Fn(f64) -> Option<Pause>) -> Pace<'a> {
        Pace { ask: Some(pause), from: 0.0, to: 1.0 }
    }

    /// For a part of the work, from one fraction of the whole to another.
    pub fn part(&self, from: f64, to: f64) -> Pace<'a> {
        let of_whole = |fraction: f64| self.from + (self.to - self.from) * fraction;
        Pace { ask: self.ask, from: of_whole(from), to: of_whole(to) }
    }

    /// Says that `done` of `total` is done, and pauses if it is time to. Cheap, but not free: to be
    /// asked every some hundred steps.
    pub async fn at(&self, done: usize, total: usize) {
        let done = self.from + (self.to - self.from) * (done as f64 / total.max(1) as f64);
        if let Some(pause) = self.ask.and_then(|ask| ask(done)) {
            pause.await;
        }
    }
}

/// Runs work that never pauses; `None` if it wanted to.
pub fn straight<T>(work: impl Future<Output = T>) -> Option<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn progress_is_told_and_straight_work_runs_through() {
        let told = RefCell::new(Vec::new());
        let listen = |done: f64| -> Option<Pause> {
            told.borrow_mut().push(done);
            None
        };
        let pace = Pace::by(&listen);
        let sum = straight(async {
            let mut sum = 0;
            for n in 0..4 {
                pace.at(n, 4).await;
                sum += n;
            }
            sum
        });
        assert_eq!(sum, Some(6));
        assert_eq!(*told.borrow(), [0.0, 0.25, 0.5, 0.75]);
        assert_eq!(straight(pace.part(0.5, 1.0).part(0.0, 0.5).at(1, 2)), Some(()));
        assert_eq!(told.borrow().last(), Some(&0.625));
        assert_eq!(straight(std::future::pending::<()>()), None);
    }
}
