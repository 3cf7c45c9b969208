//! combahton: e-mail address and key as fields of each JSON body; some values of `status` say no,
//! with HTTP 200 (`x-envelope` in specs/combahton.yaml).

use super::{Provider, Rules};
use crate::json::Value;
use crate::text::has_words;

/// combahton.
pub struct Combahton;

impl Provider for Combahton {
    fn failed(&self, rules: &Rules, operation: &str, body: &Value) -> Option<&'static str> {
        let status = body.get("status").and_then(Value::text).unwrap_or("");
        if rules.0.at("/envelope/failures").is_some_and(|failures| failures.get(status).is_some()) {
            return Some(match status {
                "auth_failed" | "auth_params_undefined" => "AuthenticationError",
                "id_unauthenticated" => "PermissionError",
                "exists" | "id_reinstalling" => "ConflictError",
                "ssl_chain_invalid" => "ValidationError",
                _ => "ApiError",
            });
        }
        let refused = matches!(body.get("success"), Some(Value::Bool(false)));
        (refused && rules.lists("/envelope/flag/operations", operation)).then_some("ApiError")
    }

    fn about_page(&self, page: &str) -> Option<&'static str> {
        let is_challenge = ["layer7-validate", "authentication required"];
        is_challenge.iter().any(|words| has_words(page, words)).then_some(
            "the answer is the page of the layer 7 filter in front of the API, which wants the cookie \
             layer7-validate with the value that is in the page. Send it as a header, or call from another address",
        )
    }
}
