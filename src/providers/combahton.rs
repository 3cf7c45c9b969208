//! combahton: e-mail address and key as fields of each JSON body; some values of `status` say no,
//! with HTTP 200 (`x-envelope` in specs/combahton.yaml).

use super::{Fields, Provider};
use crate::failure::ErrorKind;
use crate::platform::Scalar;
use crate::rules::{ProviderRules, has_words, lists};

/// combahton.
pub struct Combahton;

impl Provider for Combahton {
    fn failed(
        &self,
        rules: &ProviderRules,
        operation: &str,
        body: &dyn Fields,
    ) -> Option<ErrorKind> {
        let envelope = &rules.envelope;
        if let Some(Scalar::Text(status)) = body.value_at("/status")
            && envelope.failures.iter().any(|(failure, _)| *failure == status)
        {
            return Some(match status.as_str() {
                "auth_failed" | "auth_params_undefined" => ErrorKind::AuthenticationError,
                "id_unauthenticated" => ErrorKind::PermissionError,
                "exists" | "id_reinstalling" => ErrorKind::ConflictError,
                "ssl_chain_invalid" => ErrorKind::ValidationError,
                _ => ErrorKind::ApiError,
            });
        }
        let refused = body.value_at("/success") == Some(Scalar::Bool(false));
        (refused && lists(&envelope.flag_operations, operation)).then_some(ErrorKind::ApiError)
    }

    fn about_page(&self, page: &str) -> Option<&'static str> {
        let is_challenge = has_words(page, "layer7-validate");
        is_challenge.then_some(
            "the page of its layer 7 filter, which wants a cookie that only a browser gets",
        )
    }
}
