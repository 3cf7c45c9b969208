//! Hostkey: a session token as a field of each form; failures inside HTTP 200, told by `result`,
//! `error` and `code` (`x-envelope` in specs/hostkey.yaml).

use super::{Provider, Rules};
use crate::json::{Value, Written};
use crate::text::has_words;

/// Hostkey.
pub struct Hostkey;

impl Provider for Hostkey {
    fn failed(&self, rules: &Rules, operation: &str, body: &Value) -> Option<&'static str> {
        // Some answers have an object as their result, some have none.
        let is_good = match body.get("result") {
            Some(Value::Text(Written(text))) => {
                let pending = rules.lists("/envelope/pending/operations", operation)
                    && rules.lists("/envelope/pending/values", text);
                pending || rules.lists("/envelope/success/values", text)
            }
            Some(Value::Number(number)) => rules.lists("/envelope/success/numbers", number),
            _ => true,
        };
        let says = |name: &str| {
            let text = body.get(name).and_then(Value::plain);
            !matches!(text, None | Some(Written("" | "0" | "false")))
        };
        if is_good && !says("error") && !says("code") {
            return None;
        }
        let words = rules.told("message", body).unwrap_or_default();
        let mut expired = rules.list("/expired").iter().filter_map(Value::text);
        match operation == "auth.login" || expired.any(|text| has_words(words, text)) {
            true => Some("AuthenticationError"),
            false => rules.kind(words).or(Some("ApiError")),
        }
    }
}
