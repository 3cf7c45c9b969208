//! What is each provider's own: how it authenticates and how it says no.

use crate::prelude::*;

mod combell;

use crate::answer::Refusal;
use crate::json::Value;
use crate::request::Request;
use crate::secret::Secret;

/// What makes one request different from the next.
pub struct Moment<'a> {
    /// Unix time in whole seconds.
    pub seconds: i64,
    /// Random text.
    pub nonce: &'a str,
}

/// A provider, with a caller's credentials.
pub trait Provider {
    /// The name that people know it by.
    fn title(&self) -> &'static str;

    /// Adds to a request what proves who is calling. Where there is a second way to do so that
    /// may be right when the first is refused, says so; `second` takes that way.
    fn authenticate(&self, request: &mut Request, moment: &Moment, second: bool) -> bool;

    /// The second way worked where the first was refused: it comes first from now on.
    fn prefer_second(&self);

    /// Reads the body of an error answer.
    fn refusal(&self, body: &Value) -> Refusal;

    /// What to do about a status, where the provider's documentation says it.
    fn hint(&self, status: u16) -> Option<&'static str>;

    /// Credentials, to be masked wherever they turn up.
    fn secrets(&self) -> &[Secret];
}

/// Makes a provider from its name and credentials; nothing where they do not fit, which the
/// constructor in JavaScript has checked.
pub fn provider(name: &str, credentials: &Value) -> Option<Box<dyn Provider>> {
    match name {
        "combell" => Some(Box::new(combell::Combell::new(credentials)?)),
        _ => None,
    }
}

#[cfg(test)]
pub fn test_provider() -> Box<dyn Provider> {
    let credentials = crate::json::parse(r#"{"apiKey":"key","apiSecret":"secret"}"#).unwrap();
    provider("combell", &credentials).unwrap()
}
