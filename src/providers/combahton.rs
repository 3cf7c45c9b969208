//! combahton: e-mail address and key as fields of each JSON body; some values of `status` say no,
//! with HTTP 200 (`x-envelope` in specs/combahton.yaml).

use super::{Credentials, Provider, has_words};
use crate::answer::Refusal;
use crate::json::Value;
use crate::prelude::*;
use crate::secret::Secret;

/// combahton with a customer's key.
pub struct Combahton {
    credentials: Credentials,
    rules: Value,
}

impl Combahton {
    /// Takes `email` and `secret`.
    pub fn new(credentials: Credentials, rules: Value) -> Combahton {
        Combahton { credentials, rules }
    }

    /// What a status means, where it says no.
    fn meaning(&self, body: &Value) -> Option<&str> {
        let status = body.get("status")?.text()?;
        self.rules.at("/envelope/failures")?.get(status)?.text()
    }
}

impl Provider for Combahton {
    fn title(&self) -> &'static str {
        "combahton"
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn secret_names(&self) -> &'static [&'static str] {
        &["secret"]
    }

    fn fields(&self, _operation: &str, _token: Option<&Secret>) -> Vec<(&'static str, String)> {
        vec![
            ("email", self.credentials.get("email").to_owned()),
            ("secret", self.credentials.get("secret").to_owned()),
        ]
    }

    fn failed(&self, operation: &str, body: &Value) -> Option<&'static str> {
        if self.meaning(body).is_some() {
            return Some(match body.get("status").and_then(Value::text) {
                Some("auth_failed" | "auth_params_undefined") => "AuthenticationError",
                Some("id_unauthenticated") => "PermissionError",
                Some("exists" | "id_reinstalling") => "ConflictError",
                Some("ssl_chain_invalid") => "ValidationError",
                _ => "ApiError",
            });
        }
        let flagged = self
            .rules
            .at("/envelope/flag/operations")
            .map_or(&[][..], Value::items);
        let refused = body.get("success") == Some(&Value::Bool(false));
        let flagged = refused && flagged.iter().any(|known| known.text() == Some(operation));
        flagged.then_some("ApiError")
    }

    fn refusal(&self, body: &Value) -> Refusal {
        let code = body.get("status").and_then(Value::text).map(str::to_owned);
        Refusal {
            code,
            message: self.meaning(body).map(str::to_owned),
            issues: Vec::new(),
        }
    }

    fn about_page(&self, page: &str) -> Option<&'static str> {
        let is_challenge = has_words(page, "layer7-validate");
        is_challenge.then_some(
            "the page of its layer 7 filter, which wants a cookie that only a browser gets",
        )
    }

    fn hint(&self, class: &str) -> Option<&'static str> {
        match class {
            "AuthenticationError" => Some("Check the e-mail address and the API key"),
            _ => None,
        }
    }
}
