//! Time, which passes only when everybody waits.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// A clock.
pub struct Clock {
    now: Cell<f64>,
    timers: RefCell<Vec<Timer>>,
    next_id: Cell<u64>,
}

struct Timer {
    id: u64,
    due: f64,
    over: bool,
    waker: Option<Waker>,
}

impl Clock {
    pub fn at(now: f64) -> Clock {
        Clock { now: Cell::new(now), timers: RefCell::default(), next_id: Cell::new(0) }
    }

    pub fn now(&self) -> f64 {
        self.now.get()
    }

    pub fn set(&self, now: f64) {
        self.now.set(now);
    }

    /// Waits, at least until the executor has gone round once. To drop this is to wait no longer.
    pub async fn wait(&self, milliseconds: f64) {
        let id = self.next_id.get();
        self.next_id.set(id + 1);
        let due = self.now.get() + milliseconds.max(0.0);
        self.timers.borrow_mut().push(Timer { id, due, over: false, waker: None });
        let _removed = Removed { clock: self, id };
        poll_fn(|context| {
            let mut timers = self.timers.borrow_mut();
            match timers.iter_mut().find(|timer| timer.id == id) {
                Some(timer) if !timer.over => {
                    timer.waker = Some(context.waker().clone());
                    Poll::Pending
                }
                _ => Poll::Ready(()),
            }
        })
        .await;
    }

    /// Goes on to the end of the wait that ends first, of those the one that began first. False where
    /// nobody waits.
    pub fn advance(&self) -> bool {
        let mut timers = self.timers.borrow_mut();
        let waiting = timers.iter_mut().filter(|timer| !timer.over && timer.due.is_finite());
        let Some(timer) = waiting.min_by(|one, other| one.due.total_cmp(&other.due)) else {
            return false;
        };
        timer.over = true;
        self.now.set(self.now.get().max(timer.due));
        if let Some(waker) = timer.waker.take() {
            waker.wake();
        }
        true
    }

    pub fn waits(&self) -> usize {
        self.timers.borrow().len()
    }
}

struct Removed<'c> {
    clock: &'c Clock,
    id: u64,
}

impl Drop for Removed<'_> {
    fn drop(&mut self) {
        self.clock.timers.borrow_mut().retain(|timer| timer.id != self.id);
    }
}

/// `Thu, 01 Jan 2026 00:00:09 GMT`, and no other form.
pub fn parse_date(text: &str) -> Option<f64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let [_, day, month, year, time, "GMT"] = text.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let (day, year) = (day.parse::<i64>().ok()?, year.parse::<i64>().ok()?);
    let month = MONTHS.find(month)? as i64 / 3 + 1;
    let clock = time.split(':').map(|part| part.parse().ok()).collect::<Option<Vec<i64>>>()?;
    let [hours, minutes, seconds] = clock[..] else { return None };
    // Days since 1970, years beginning in March so that leap days come last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    Some(((((days * 24) + hours) * 60 + minutes) * 60 + seconds) as f64 * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::parse_date;
    use crate::platform::simulated::BEGINNING;

    #[test]
    fn dates_of_http() {
        assert_eq!(parse_date("Thu, 01 Jan 1970 00:00:01 GMT"), Some(1000.0));
        assert_eq!(parse_date("Thu, 01 Jan 2026 00:00:00 GMT"), Some(BEGINNING));
        assert_eq!(parse_date("Thu, 29 Feb 2024 12:30:00 GMT"), Some(1_709_209_800_000.0));
        assert_eq!(parse_date("soon"), None);
    }
}
