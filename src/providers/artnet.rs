//! Artnet: customer number and key as fields of each form; `success: false` says no, with any status
//! (`x-envelope` in specs/artnet.yaml).

use super::{Credentials, Provider, first_text, has_words, issues_by_field};
use crate::answer::Refusal;
use crate::json::Value;
use crate::prelude::*;
use crate::secret::Secret;

/// Artnet with a customer's key.
pub struct Artnet {
    credentials: Credentials,
}

impl Artnet {
    /// Takes `customerId` and `apiKey`.
    pub fn new(credentials: Credentials) -> Artnet {
        Artnet { credentials }
    }
}

impl Provider for Artnet {
    fn title(&self) -> &'static str {
        "Artnet"
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn secret_names(&self) -> &'static [&'static str] {
        &["apiKey"]
    }

    fn fields(&self, _operation: &str, _token: Option<&Secret>) -> Vec<(&'static str, String)> {
        vec![
            ("id", self.credentials.get("customerId").to_owned()),
            ("api_key", self.credentials.get("apiKey").to_owned()),
        ]
    }

    fn failed(&self, _operation: &str, body: &Value) -> Option<&'static str> {
        if body.get("success") != Some(&Value::Bool(false)) {
            return None;
        }
        // Its codes are words; which of them wrong credentials have is not documented.
        let code = body.plain_at("/error/code").unwrap_or_default();
        let class = |(part, class): &(&str, &'static str)| has_words(&code, part).then_some(*class);
        Some(CLASSES.iter().find_map(class).unwrap_or("ApiError"))
    }

    fn refusal(&self, body: &Value) -> Refusal {
        Refusal {
            code: first_text(body, &["/error/code"]),
            message: first_text(body, &["/error/description/en", "/error/description/pl"]),
            issues: issues_by_field(body.at("/error/errors_details")),
        }
    }

    fn hint(&self, class: &str) -> Option<&'static str> {
        match class {
            "AuthenticationError" => Some(
                "Check the customer number and the API key, that API access is on in the Customers \
                 Panel, and that the id is of something of yours",
            ),
            _ => None,
        }
    }
}

/// Parts of codes, and the class of error that they tell of.
const CLASSES: [(&str, &str); 5] = [
    ("auth", "AuthenticationError"),
    ("not-found", "NotFoundError"),
    ("unknown-command", "NotFoundError"),
    ("internal", "ServerError"),
    ("invalid", "ValidationError"),
];
