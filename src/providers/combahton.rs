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
        let is_challenge = has_words(page, "layer7-validate");
        is_challenge.then_some(
            "the page of its layer 7 filter, which wants a cookie that only a browser gets",
        )
    }
}
