//! A world in memory for tests: a network that answers from a list, a clock that moves only when everybody
//! waits, a store for tokens that may fail. Whatever is asked of it is written down.

mod answer;
mod clock;
mod run;
mod script;
mod store;

pub use answer::{Json, SimulatedAnswer};
pub use run::Running;
pub use script::{Reply, SentRequest};
pub use store::Fault;

use std::cell::{Cell, RefCell};

use super::{
    Attempt, Data, Event, EventKind, Interrupted, Milliseconds, Platform, SendError, Unanswered,
};
use crate::answer::CallResult;
use crate::call::job::Progress;
use crate::failure::{Body, Cause};
use clock::Clock;
use script::{Outcome, Script};
use store::Store;

/// When it begins, in milliseconds since 1970: the first second of 2026.
pub const BEGINNING: f64 = 1_767_225_600_000.0;

/// The world. What is built before a call runs is what happens to it.
pub struct World {
    clock: Clock,
    script: RefCell<Script>,
    store: RefCell<Option<Store>>,
    /// What random bytes are, where a test says so; else a row that looks like chance.
    random_byte: Cell<Option<u8>>,
    random_state: Cell<u32>,
    explanation: RefCell<Option<String>>,
    observed: Cell<bool>,
    interrupts: Cell<Option<u32>>,
    crossing: RefCell<Option<Box<dyn Fn()>>>,
    /// Every request, in the order of sending.
    pub requests: RefCell<Vec<SentRequest>>,
    /// What observers were told.
    pub events: RefCell<Vec<Told>>,
    /// The waits that calls began.
    pub sleeps: RefCell<Vec<f64>>,
    /// What callers were told of a job.
    pub progress: RefCell<Vec<Reported>>,
    /// Credentials that the provider has put in place of others.
    pub kept: RefCell<Vec<(String, String)>>,
}

/// An event, kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub kind: EventKind,
    pub operation: String,
    pub method: String,
    pub url: String,
    pub attempt: u32,
    pub status: Option<u16>,
    pub duration_ms: Option<f64>,
    pub delay_ms: Option<f64>,
    pub reason: Option<String>,
}

/// What a caller was told of its job.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// The latest answer, as JSON.
    pub answer: String,
    pub polls: u32,
    pub elapsed_ms: f64,
}

impl World {
    /// One in which nothing answers yet.
    pub fn new() -> World {
        World {
            clock: Clock::at(BEGINNING),
            script: RefCell::default(),
            store: RefCell::default(),
            random_byte: Cell::new(None),
            random_state: Cell::new(1),
            explanation: RefCell::default(),
            observed: Cell::new(true),
            interrupts: Cell::new(None),
            crossing: RefCell::default(),
            requests: RefCell::default(),
            events: RefCell::default(),
            sleeps: RefCell::default(),
            progress: RefCell::default(),
            kept: RefCell::default(),
        }
    }

    /// Random bytes are all this one: 255 makes the longest wait of a backoff, 0 none.
    pub fn random_bytes(self, byte: u8) -> World {
        self.random_byte.set(Some(byte));
        self
    }

    /// Nobody observes.
    pub fn unobserved(self) -> World {
        self.observed.set(false);
        self
    }

    /// The runtime has more to say of what goes wrong.
    pub fn explains(self, text: &str) -> World {
        self.explanation.replace(Some(text.to_owned()));
        self
    }

    /// The caller throws when it is told of its job for the n-th time.
    pub fn interrupts_at(self, poll: u32) -> World {
        self.interrupts.set(Some(poll));
        self
    }

    /// There is a store for tokens, and this is in it, whatever the key.
    pub fn stored(self, token: Option<&str>) -> World {
        self.store.replace(Some(Store::holding(token)));
        self
    }

    /// The store for tokens has a fault.
    pub fn store_fault(self, fault: Fault) -> World {
        if let Some(store) = &mut *self.store.borrow_mut() {
            store.fault = fault;
        }
        self
    }

    /// Whenever the engine asks something of the world, this is done first: programs may call a client
    /// again from within their clock, their observers and their stores.
    pub fn at_each_crossing(&self, does: impl Fn() + 'static) {
        self.crossing.replace(Some(Box::new(does)));
    }

    fn cross(&self) {
        // Taken out meanwhile: what it does crosses, too.
        let crossing = self.crossing.take();
        if let Some(does) = crossing {
            does();
            self.crossing.replace(Some(does));
        }
    }

    /// What was done with the store: `get`, `set token 3600`, `delete`.
    pub fn store_log(&self) -> Vec<String> {
        self.store.borrow().as_ref().map_or_else(Vec::new, |store| store.log.clone())
    }

    /// The keys that the store was asked for.
    pub fn store_keys(&self) -> Vec<String> {
        self.store.borrow().as_ref().map_or_else(Vec::new, |store| store.keys.clone())
    }

    /// What is in the store now.
    pub fn store_content(&self) -> Option<String> {
        self.store.borrow().as_ref().and_then(|store| store.content.clone())
    }

    /// Lets time pass, or turns the clock to what is no time.
    pub fn set_clock(&self, now: f64) {
        self.clock.set(now);
    }

    /// How many milliseconds have passed.
    pub fn elapsed(&self) -> f64 {
        self.clock.now() - BEGINNING
    }

    /// How many answers nobody has asked for.
    pub fn answers_left(&self) -> usize {
        self.script.borrow().left()
    }

    /// How many waits are going on: none where nobody waits any more.
    pub fn waits(&self) -> usize {
        self.clock.waits()
    }

    /// `POST /oauth/token`, for each request.
    pub fn sent(&self) -> Vec<String> {
        self.requests.borrow().iter().map(SentRequest::line).collect()
    }

    /// The bodies of the requests; nothing where there is none.
    pub fn bodies(&self) -> Vec<String> {
        self.requests
            .borrow()
            .iter()
            .map(|request| request.body.clone().unwrap_or_default())
            .collect()
    }

    /// What observers were told of attempts that come again: their reason, and the wait.
    pub fn retries(&self) -> Vec<(String, f64)> {
        let events = self.events.borrow();
        let retries = events.iter().filter(|event| event.kind == EventKind::Retry);
        retries
            .map(|event| (event.reason.clone().unwrap_or_default(), event.delay_ms.unwrap_or(-1.0)))
            .collect()
    }

    /// Everything that an observer was told, as text: to look for what must not be there.
    pub fn told_text(&self) -> String {
        format!("{:?}", self.events.borrow())
    }

    async fn use_store<T>(
        &self,
        does: impl FnOnce(&mut Store) -> Result<T, String>,
    ) -> Result<T, String> {
        self.cross();
        let (result, delay) = match &mut *self.store.borrow_mut() {
            Some(store) => (does(store), store.fault.delay()),
            None => (Err("there is no store".to_owned()), 0.0),
        };
        self.clock.wait(delay).await;
        result
    }
}

impl Platform for World {
    type Answer = SimulatedAnswer;

    async fn send(&self, attempt: Attempt<'_>) -> Result<SimulatedAnswer, SendError> {
        self.cross();
        let timeout = attempt.timeout.0;
        let request = SentRequest::of(&attempt, self.clock.now());
        let reply = self.script.borrow_mut().next(&request);
        self.requests.borrow_mut().push(request);
        self.clock.wait(reply.latency_ms.min(timeout)).await;
        if reply.latency_ms > timeout {
            return Err(SendError::Timeout);
        }
        match reply.outcome {
            Outcome::Answer(answer) => Ok(answer.read_as(attempt.wants_file)),
            Outcome::Failure(messages) => Err(SendError::Transport(
                messages
                    .into_iter()
                    .map(|message| Cause {
                        name: "TypeError".to_owned(),
                        message,
                        ..Cause::default()
                    })
                    .collect(),
            )),
        }
    }

    async fn sleep(&self, time: Milliseconds) {
        self.cross();
        self.sleeps.borrow_mut().push(time.0);
        self.clock.wait(time.0).await;
    }

    fn now(&self) -> f64 {
        self.cross();
        self.clock.now()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.cross();
        for byte in bytes {
            // Xorshift: the same row in every run.
            let mut state = self.random_state.get();
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            self.random_state.set(state);
            *byte = self.random_byte.get().unwrap_or(state as u8);
        }
    }

    fn has_store(&self) -> bool {
        self.cross();
        self.store.borrow().is_some()
    }

    async fn load_token(&self, key: &str) -> Result<Option<String>, String> {
        self.use_store(|store| store.get(key)).await
    }

    async fn store_token(&self, key: &str, token: &str, lives: Milliseconds) -> Result<(), String> {
        self.use_store(|store| store.set(key, token, lives)).await
    }

    async fn delete_token(&self, key: &str) -> Result<(), String> {
        self.use_store(|store| store.delete(key)).await
    }

    fn observes(&self, _kind: EventKind) -> bool {
        self.cross();
        self.observed.get()
    }

    fn notify(&self, event: Event<'_>) {
        self.cross();
        assert!(!event.provider.is_empty(), "an event names its provider");
        self.events.borrow_mut().push(Told {
            kind: event.kind,
            operation: event.operation.to_owned(),
            method: event.method.to_owned(),
            url: event.url.to_owned(),
            attempt: event.attempt,
            status: event.status,
            duration_ms: event.duration_ms,
            delay_ms: event.delay_ms,
            reason: event.reason,
        });
    }

    async fn progress(
        &self,
        answer: Progress<'_, SimulatedAnswer>,
        polls: u32,
        elapsed_ms: f64,
    ) -> Result<(), Interrupted> {
        self.cross();
        let answer = match answer {
            Progress::Outcome(outcome) => match &outcome.result {
                CallResult::Data(data) => data.to_json(),
                _ => String::new(),
            },
            Progress::Refusal(Some(Body::Json(text) | Body::Text(text))) => text.clone(),
            Progress::Refusal(None) => String::new(),
        };
        self.progress.borrow_mut().push(Reported { answer, polls, elapsed_ms });
        if self.interrupts.get() == Some(polls) { Err(Interrupted) } else { Ok(()) }
    }

    fn keep_credential(&self, name: &str, value: &str) {
        self.cross();
        self.kept.borrow_mut().push((name.to_owned(), value.to_owned()));
    }

    /// A pattern is a text that must be there: what a real one says is JavaScript's business.
    fn matches(&self, pattern: &str, text: &str) -> bool {
        self.cross();
        text.contains(pattern)
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        self.cross();
        clock::parse_date(text)
    }

    fn parse(&self, text: &str) -> Option<Json> {
        self.cross();
        Json::parse(text)
    }

    fn explain(&self, unanswered: Unanswered<'_>) -> Option<String> {
        self.cross();
        if let Unanswered::Failed { url } = unanswered {
            assert!(url.starts_with("http"), "{url}");
        }
        self.explanation.borrow().clone()
    }
}
