//! The npm package's platform: JavaScript sends, waits and observes; what it answers stays there, and only
//! the fields that a rule names are looked at.

mod client;
mod data;
mod host;
mod task;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::call::job::Progress;
use crate::failure::{Body, Cause};
use crate::operation::Method;
use crate::platform::{
    Attempt, Event, EventKind, Interrupted, Milliseconds, Platform, SendError, Unanswered,
};
use data::{JsData, result_value};
use host::{CallScope, HostAnswer, HostCause, HostFailure, HostMethod, HostTimer, Observer};

pub use client::{Client, CombellSigner, Provider};
pub use task::Task;

/// The platform of one call.
pub struct JsPlatform {
    scope: CallScope,
    program: Rc<Program>,
}

/// What the program has given its client.
pub struct Program {
    has_store: bool,
    has_clock: bool,
    observers: Vec<EventKind>,
    pool: RefCell<Pool>,
}

impl Platform for JsPlatform {
    type Answer = HostAnswer;

    async fn send(&self, attempt: Attempt<'_>) -> Result<HostAnswer, SendError> {
        let promise = self.scope.send(
            attempt.method.into(),
            attempt.url,
            attempt.redacted_url,
            &headers_object(attempt.headers),
            attempt.body,
            attempt.timeout.0,
            attempt.non_repeatable,
            attempt.wants_file,
        );
        match JsFuture::from(promise).await {
            Ok(answer) => Ok(answer.unchecked_into()),
            Err(failure) => Err(failure.unchecked_into::<HostFailure>().into()),
        }
    }

    async fn sleep(&self, time: Milliseconds) {
        let timer = Timer(self.scope.sleep(time.0));
        let _ = JsFuture::from(timer.0.over()).await;
    }

    fn now(&self) -> f64 {
        if self.program.has_clock { self.scope.now() } else { js_sys::Date::now() }
    }

    fn random(&self, bytes: &mut [u8]) {
        // Nobody else can have it: nothing is called while it is lent.
        if let Ok(mut pool) = self.program.pool.try_borrow_mut() {
            pool.take(bytes, &self.scope);
        }
    }

    fn chance(&self) -> f64 {
        js_sys::Math::random()
    }

    fn has_store(&self) -> bool {
        self.program.has_store
    }

    async fn load_token(&self, key: &str) -> Result<Option<String>, String> {
        Ok(settled(self.scope.load_token(key)).await?.as_string())
    }

    async fn store_token(&self, key: &str, token: &str, lives: Milliseconds) -> Result<(), String> {
        settled(self.scope.store_token(key, token, lives.0 / 1000.0)).await?;
        Ok(())
    }

    async fn delete_token(&self, key: &str) -> Result<(), String> {
        settled(self.scope.delete_token(key)).await?;
        Ok(())
    }

    fn observes(&self, kind: EventKind) -> bool {
        self.program.observers.contains(&kind)
    }

    fn notify(&self, event: Event<'_>) {
        self.scope.notify(event.kind.into(), to_value(&event));
    }

    async fn progress(
        &self,
        answer: Progress<'_, HostAnswer>,
        polls: u32,
        elapsed_ms: f64,
    ) -> Result<(), Interrupted> {
        let answer = match answer {
            Progress::Outcome(outcome) => result_value(&outcome.result),
            Progress::Refusal(Some(Body::Json(text))) => {
                js_sys::JSON::parse(text).unwrap_or(JsValue::UNDEFINED)
            }
            Progress::Refusal(Some(Body::Text(text))) => text.into(),
            Progress::Refusal(None) => JsValue::UNDEFINED,
        };
        self.scope.progress(answer, polls, elapsed_ms).then_some(()).ok_or(Interrupted)
    }

    fn keep_credential(&self, name: &str, value: &str) {
        self.scope.keep_credential(name, value);
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        self.scope.matches(pattern, text)
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        Some(js_sys::Date::parse(text)).filter(|date| !date.is_nan())
    }

    fn parse(&self, text: &str) -> Option<JsData> {
        js_sys::JSON::parse(text).ok().map(JsData)
    }

    fn explain(&self, unanswered: Unanswered<'_>) -> Option<String> {
        match unanswered {
            Unanswered::Failed { url } => self.scope.explain_failure(url),
            Unanswered::HiddenRedirect => self.scope.explain_redirect(),
        }
    }
}

/// A wait that ends with whoever waits: a promise that never settles would stay in memory.
struct Timer(HostTimer);

impl Drop for Timer {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// What a promise gives, or the text that it fails with.
async fn settled(promise: Promise) -> Result<JsValue, String> {
    JsFuture::from(promise).await.map_err(|fault| fault.as_string().unwrap_or_default())
}

/// Random bytes are drawn in bulk: each draw costs as much as a signature.
struct Pool {
    bytes: [u8; 2048],
    used: usize,
}

impl Pool {
    fn new() -> Pool {
        Pool { bytes: [0; 2048], used: 2048 }
    }

    /// `bytes` are few.
    fn take(&mut self, bytes: &mut [u8], scope: &CallScope) {
        if self.used + bytes.len() > self.bytes.len() {
            scope.fill_random(&mut self.bytes);
            self.used = 0;
        }
        let drawn = self.bytes.iter_mut().skip(self.used);
        for (byte, drawn) in bytes.iter_mut().zip(drawn) {
            *byte = std::mem::take(drawn);
        }
        self.used += bytes.len();
    }
}

/// A failure, an event or the like as a plain object.
fn to_value(value: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}

fn headers_object(headers: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in headers {
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

impl From<HostFailure> for SendError {
    fn from(failure: HostFailure) -> SendError {
        if failure.is_timeout() {
            return SendError::Timeout;
        }
        let causes = failure.causes();
        let causes = causes.iter().map(|cause| {
            let cause: HostCause = cause.unchecked_into();
            Cause {
                name: cause.name(),
                message: cause.message(),
                stack: cause.stack(),
                code: cause.code(),
            }
        });
        SendError::Transport(causes.collect())
    }
}

impl From<Method> for HostMethod {
    fn from(method: Method) -> HostMethod {
        match method {
            Method::Get => HostMethod::Get,
            Method::Head => HostMethod::Head,
            Method::Post => HostMethod::Post,
            Method::Put => HostMethod::Put,
            Method::Patch => HostMethod::Patch,
            Method::Delete => HostMethod::Delete,
        }
    }
}

impl From<EventKind> for Observer {
    fn from(kind: EventKind) -> Observer {
        match kind {
            EventKind::Request => Observer::Request,
            EventKind::Response => Observer::Response,
            EventKind::Retry => Observer::Retry,
        }
    }
}
