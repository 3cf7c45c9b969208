//! Hostkey: a session token as a field of each form; failures inside HTTP 200, told by `result`,
//! `error` and `code` (`x-envelope` in specs/hostkey.yaml).

use super::{Credentials, Provider, first_text, has_words};
use crate::answer::Refusal;
use crate::json::Value;
use crate::prelude::*;
use crate::secret::Secret;

/// Hostkey with an API key, or with a token that was opened elsewhere.
pub struct Hostkey {
    credentials: Credentials,
    rules: Value,
}

impl Hostkey {
    /// Takes `apiKey` or `token`; logging in is an operation that JavaScript calls.
    pub fn new(credentials: Credentials, rules: Value) -> Hostkey {
        Hostkey { credentials, rules }
    }

    /// Whether a rule of the spec lists a value.
    fn lists(&self, pointer: &str, value: &str) -> bool {
        let listed = self.rules.at(pointer).map_or(&[][..], Value::items);
        listed
            .iter()
            .filter_map(Value::plain)
            .any(|listed| listed.eq_ignore_ascii_case(value))
    }

    /// Whether `result` speaks of success. Some answers have an object there, some nothing.
    fn is_good(&self, operation: &str, result: Option<&Value>) -> bool {
        match result {
            Some(Value::Text(text)) => {
                let pending = self.lists("/envelope/pending/operations", operation)
                    && self.lists("/envelope/pending/values", text);
                pending || self.lists("/envelope/success/values", text)
            }
            Some(Value::Number(number)) => self.lists("/envelope/success/numbers", number),
            _ => true,
        }
    }
}

impl Provider for Hostkey {
    fn title(&self) -> &'static str {
        "Hostkey"
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn secret_names(&self) -> &'static [&'static str] {
        &["apiKey", "token"]
    }

    fn fields(&self, _operation: &str, token: Option<&Secret>) -> Vec<(&'static str, String)> {
        token
            .map(|token| ("token", token.expose().to_owned()))
            .into_iter()
            .collect()
    }

    fn failed(&self, operation: &str, body: &Value) -> Option<&'static str> {
        let says = |name: &str| {
            let text = body.get(name).and_then(Value::plain).unwrap_or("");
            !matches!(text, "" | "0" | "false")
        };
        if self.is_good(operation, body.get("result")) && !says("error") && !says("code") {
            return None;
        }
        if operation == "auth.login" {
            return Some("AuthenticationError");
        }
        let words = first_text(body, &["/error", "/message"]).unwrap_or_default();
        let expired = self.rules.get("expired").map_or(&[][..], Value::items);
        match expired
            .iter()
            .filter_map(Value::text)
            .any(|text| has_words(&words, text))
        {
            true => Some("AuthenticationError"),
            false => Some("ApiError"),
        }
    }

    fn refusal(&self, body: &Value) -> Refusal {
        Refusal {
            code: first_text(body, &["/code"]),
            message: first_text(body, &["/error", "/message"]),
            issues: Vec::new(),
        }
    }

    fn hint(&self, class: &str) -> Option<&'static str> {
        match class {
            "AuthenticationError" => Some(
                "Check the API key; a token may also have expired, or be bound to another IP address",
            ),
            _ => None,
        }
    }
}
