//! Artnet: customer number and key as fields of each form; `success: false` says no, with any status
//! (`x-envelope` in specs/artnet.yaml).

use super::{Provider, Rules};
use crate::json::Value;
use crate::text::has_words;

/// Artnet.
pub struct Artnet;

/// Parts of its codes, which are words, and the class of error that they tell of. Which code wrong
/// credentials have is not documented.
const CLASSES: [(&str, &str); 6] = [
    ("auth", "AuthenticationError"),
    ("not-found", "NotFoundError"),
    ("unknown-command", "NotFoundError"),
    ("internal", "ServerError"),
    ("invalid", "ValidationError"),
    ("incorrect", "ValidationError"),
];

impl Provider for Artnet {
    fn failed(&self, rules: &Rules, _operation: &str, body: &Value) -> Option<&'static str> {
        if !matches!(body.get("success"), Some(Value::Bool(false))) {
            return None;
        }
        let code = rules.told("code", body).unwrap_or_default();
        let class = |(part, class): &(&str, &'static str)| has_words(code, part).then_some(*class);
        Some(CLASSES.iter().find_map(class).unwrap_or("ApiError"))
    }
}
