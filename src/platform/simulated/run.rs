//! Runs several futures in turn. Where none can go on, the clock does.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use super::World;

/// No test needs more.
const MOST_ROUNDS: usize = 100_000;

/// A future on its way. To drop it is to abort it, wherever it is.
pub struct Running<'w, T> {
    future: Option<Pin<Box<dyn Future<Output = T> + 'w>>>,
    flag: Arc<Flag>,
    result: Option<T>,
}

/// Whether somebody has woken it.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<'w, T> Running<'w, T> {
    /// One that nobody has polled yet.
    pub fn new(future: impl Future<Output = T> + 'w) -> Running<'w, T> {
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        Running { future: Some(Box::pin(future)), flag, result: None }
    }

    /// Polls it if it was woken. False where it was not, or has ended.
    pub fn step(&mut self) -> bool {
        let Some(future) = &mut self.future else { return false };
        if !self.flag.0.swap(false, Ordering::Relaxed) {
            return false;
        }
        let waker = Waker::from(self.flag.clone());
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            self.future = None;
            self.result = Some(result);
        }
        true
    }

    /// Whether it has ended.
    pub fn is_done(&self) -> bool {
        self.future.is_none()
    }

    /// What came of it, if it has ended.
    pub fn into_result(self) -> Option<T> {
        self.result
    }
}

impl World {
    /// Goes on until all of them have ended.
    ///
    /// Panics where they wait for what never comes.
    pub fn finish<T>(&self, all: &mut [Running<'_, T>]) {
        for _ in 0..MOST_ROUNDS {
            if all.iter().all(Running::is_done) {
                return;
            }
            let mut went_on = false;
            for running in all.iter_mut() {
                went_on |= running.step();
            }
            assert!(went_on || self.clock.advance(), "what is waited for never comes");
        }
        panic!("it goes round in circles");
    }

    /// Runs one to its end.
    pub fn run<'w, T>(&self, future: impl Future<Output = T> + 'w) -> T {
        self.run_all([future]).pop().expect("one result")
    }

    /// Runs several at once, and gives their results in the order in which they were given.
    pub fn run_all<'w, T, F: Future<Output = T> + 'w>(
        &self,
        futures: impl IntoIterator<Item = F>,
    ) -> Vec<T> {
        let mut all: Vec<_> = futures.into_iter().map(Running::new).collect();
        self.finish(&mut all);
        all.into_iter().filter_map(Running::into_result).collect()
    }

    /// Polls one so many times, and the others in turn with it.
    pub fn go_on<T>(&self, one: &mut Running<'_, T>, others: &mut [Running<'_, T>], polls: usize) {
        let mut polled = 0;
        while polled < polls && !one.is_done() {
            let went_on = one.step();
            polled += usize::from(went_on);
            let others_went_on =
                others.iter_mut().filter_map(|other| other.step().then_some(())).count();
            assert!(
                went_on || others_went_on > 0 || self.clock.advance(),
                "what is waited for never comes"
            );
        }
    }

    /// Polls a future so many times and drops it. False where it had ended before.
    pub fn abort_after<'w, T>(&self, polls: usize, future: impl Future<Output = T> + 'w) -> bool {
        let mut running = Running::new(future);
        self.go_on(&mut running, &mut [], polls);
        !running.is_done()
    }
}
