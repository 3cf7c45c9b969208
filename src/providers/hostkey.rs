//! Hostkey: a session token as a field of each form; failures inside HTTP 200, told by `result`,
//! `error` and `code` (`x-envelope` in specs/hostkey.yaml).

use super::{Fields, Provider, told};
use crate::failure::ErrorKind;
use crate::platform::Scalar;
use crate::rules::{ProviderRules, has_words, lists};

/// Hostkey.
pub struct Hostkey;

impl Provider for Hostkey {
    fn failed(
        &self,
        rules: &ProviderRules,
        operation: &str,
        body: &dyn Fields,
    ) -> Option<ErrorKind> {
        let envelope = &rules.envelope;
        // Some answers have an object as their result, some have none.
        let is_good = match body.value_at("/result") {
            Some(Scalar::Text(text)) => {
                let pending = lists(&envelope.pending_operations, operation)
                    && lists(&envelope.pending, &text);
                pending || lists(&envelope.success, &text)
            }
            Some(Scalar::Number(number)) => lists(&envelope.success_numbers, &number),
            _ => true,
        };
        let says = |pointer: &str| {
            let text = body.value_at(pointer).and_then(Scalar::plain);
            !matches!(text.as_deref(), None | Some("" | "0" | "false"))
        };
        if is_good && !says("/error") && !says("/code") {
            return None;
        }
        let words = told(&rules.error.message, body).unwrap_or_default();
        match operation == "auth.login" || rules.expired.iter().any(|text| has_words(&words, text))
        {
            true => Some(ErrorKind::AuthenticationError),
            false => Some(ErrorKind::ApiError),
        }
    }
}
