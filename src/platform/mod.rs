//! What a call needs of the world: one attempt of a request, time, chance, a store for tokens, observers.

use serde::Serialize;

use crate::call::job::Progress;
use crate::failure::Cause;
use crate::json::decimal;
use crate::operation::Method;

#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(test)]
pub(crate) mod simulated;

/// What a call needs of the world. To drop a future of its is to give up what it waits for; so is an
/// abort: whoever runs a call drops it.
#[allow(
    async_fn_in_trait,
    reason = "each platform is used by itself, and says what its futures can do"
)]
pub trait Platform {
    /// An answer.
    type Answer: Answer;

    /// Sends a request once and reads the answer to its end.
    async fn send(&self, attempt: Attempt<'_>) -> Result<Self::Answer, SendError>;

    /// Waits.
    async fn sleep(&self, time: Milliseconds);

    /// The clock, in milliseconds since 1970: what the program's own says, which may be anything.
    fn now(&self) -> f64;

    /// Fills in bytes that nobody can guess.
    fn random(&self, bytes: &mut [u8]);

    /// A number from 0 to 1, by chance, for how long to wait: nobody need be kept from guessing it.
    fn chance(&self) -> f64 {
        let mut bytes = [0; 4];
        self.random(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
    }

    /// Whether there is a store for tokens.
    fn has_store(&self) -> bool;

    /// What a store has under a key. The error says what is wrong with the store.
    async fn load_token(&self, key: &str) -> Result<Option<String>, String>;

    /// Puts a token into the store.
    async fn store_token(&self, key: &str, token: &str, lives: Milliseconds) -> Result<(), String>;

    /// Takes a token out of the store.
    async fn delete_token(&self, key: &str) -> Result<(), String>;

    /// Whether somebody is told of events.
    fn observes(&self, kind: EventKind) -> bool;

    /// Tells the observers.
    fn notify(&self, event: Event<'_>);

    /// Tells the caller how far the job is that it waits for. What the caller throws ends the waiting.
    async fn progress(
        &self,
        answer: Progress<'_, Self::Answer>,
        polls: u32,
        elapsed_ms: f64,
    ) -> Result<(), Interrupted>;

    /// The provider has put a credential in place of another.
    fn keep_credential(&self, name: &str, value: &str);

    /// Whether a text matches a pattern in JavaScript's dialect, which some patterns of the specs need.
    fn matches(&self, pattern: &str, text: &str) -> bool;

    /// A date as HTTP has it, in milliseconds since 1970; nothing where it is none.
    fn parse_date(&self, text: &str) -> Option<f64>;

    /// Reads JSON; nothing where it is none.
    fn parse(&self, text: &str) -> Option<<Self::Answer as Answer>::Data>;

    /// What the runtime does not say of a failure to connect, and of a redirect that it hides.
    fn explain(&self, unanswered: Unanswered<'_>) -> Option<String>;
}

/// A time that passes.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Milliseconds(pub f64);

impl Milliseconds {
    /// So many seconds.
    pub fn seconds(seconds: u32) -> Milliseconds {
        Milliseconds(f64::from(seconds) * 1000.0)
    }

    /// As whole number, for messages.
    pub fn text(self) -> String {
        decimal(self.0 as u64)
    }
}

/// What there may be more to say of.
pub enum Unanswered<'a> {
    /// No answer came from this address; why is known to whoever sent the request.
    Failed {
        /// The address, with nothing secret in it.
        url: &'a str,
    },
    /// The answer is a redirect of which the runtime tells nothing.
    HiddenRedirect,
}

/// A request, to be sent once.
pub struct Attempt<'a> {
    /// HTTP method.
    pub method: Method,
    /// Address.
    pub url: &'a str,
    /// Address with secret values redacted, where it has any.
    pub redacted_url: Option<&'a str>,
    /// Headers, names in lower case; no value can hold a line break.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body; its text is exactly what is sent.
    pub body: Option<&'a str>,
    /// How long it may take.
    pub timeout: Milliseconds,
    /// Whether sending it twice is not the same as sending it once: some runtimes send a request again by
    /// themselves.
    pub non_repeatable: bool,
    /// Whether a success is a file.
    pub wants_file: bool,
}

/// Why there is no answer.
pub enum SendError {
    /// It did not come in time.
    Timeout,
    /// It never began, or broke off: what was thrown, then why that was thrown.
    Transport(Vec<Cause>),
}

/// The caller has thrown something, which it gets back.
pub struct Interrupted;

/// An answer, read to its end.
pub trait Answer: Clone {
    /// Its JSON.
    type Data: Data;

    /// HTTP status; 0 for a redirect that the runtime hides.
    fn status(&self) -> u16;

    /// A header, by its name in lower case.
    fn header(&self, name: &str) -> Option<String>;

    /// All headers.
    fn headers(&self) -> Vec<(String, String)>;

    /// The body where it is JSON.
    fn data(&self) -> Option<Self::Data>;

    /// Whether there is any body.
    fn is_empty(&self) -> bool;

    /// The body as text; of bytes, what they are in UTF-8.
    fn text(&self) -> String;

    /// Whether the body is there as bytes.
    fn is_file(&self) -> bool;
}

/// A JSON value that somebody else has read.
pub trait Data: Clone {
    /// What it is, and what it says where it is a single value.
    fn scalar(&self) -> Scalar;

    /// A field of an object.
    fn field(&self, name: &str) -> Option<Self>;

    /// The number of items, where it is an array.
    fn length(&self) -> Option<usize>;

    /// An item of an array.
    fn item(&self, index: usize) -> Option<Self>;

    /// The names of an object's fields.
    fn names(&self) -> Vec<String>;

    /// As JSON text.
    fn to_json(&self) -> String;

    /// The value at a JSON pointer (RFC 6901), without `~`, which no spec uses.
    fn at(&self, pointer: &str) -> Option<Self> {
        let Some(steps) = pointer.strip_prefix('/') else {
            return Some(self.clone());
        };
        let mut steps = steps.split('/');
        let first = self.field(steps.next()?)?;
        steps.try_fold(first, |value, step| value.field(step))
    }

    /// The text, number or boolean at a pointer, as text.
    fn plain_at(&self, pointer: &str) -> Option<String> {
        self.at(pointer)?.scalar().plain()
    }
}

/// What a JSON value is.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Scalar {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array,
    Object,
}

impl Scalar {
    /// The one text that a number, text or boolean has.
    pub fn plain(self) -> Option<String> {
        match self {
            Scalar::Bool(is_true) => Some(if is_true { "true" } else { "false" }.to_owned()),
            Scalar::Number(text) | Scalar::Text(text) => Some(text),
            Scalar::Null | Scalar::Array | Scalar::Object => None,
        }
    }

    /// What it is, for messages.
    pub fn name(&self) -> &'static str {
        match self {
            Scalar::Null => "null",
            Scalar::Bool(_) => "a boolean",
            Scalar::Number(_) => "a number",
            Scalar::Text(_) => "a text",
            Scalar::Array => "a list",
            Scalar::Object => "an object",
        }
    }
}

/// What observers are told of.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
#[allow(missing_docs)]
pub enum EventKind {
    Request,
    Response,
    Retry,
}

/// What an observer is told; nothing in it is secret.
#[derive(Serialize)]
#[cfg_attr(test, derive(Debug))]
#[serde(rename_all = "camelCase")]
pub struct Event<'a> {
    /// What has happened.
    #[serde(skip)]
    pub kind: EventKind,
    /// The provider.
    pub provider: &'a str,
    /// The operation.
    pub operation: &'a str,
    /// HTTP method; empty where no request is meant.
    pub method: &'a str,
    /// Address.
    pub url: &'a str,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// HTTP status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Milliseconds from sending to the end of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// Milliseconds until the next attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<f64>,
    /// Why there is a next attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
