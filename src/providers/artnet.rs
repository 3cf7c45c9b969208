//! Artnet: customer number and key as fields of each form; `success: false` says no, with any status
//! (`x-envelope` in specs/artnet.yaml).

use super::{Fields, Provider, told};
use crate::failure::ErrorKind;
use crate::platform::Scalar;
use crate::rules::{ProviderRules, has_words};

/// Artnet.
pub struct Artnet;

/// Parts of its codes, which are words, and the kind of error that they tell of. Which code wrong
/// credentials have is not documented.
const KINDS: [(&str, ErrorKind); 6] = [
    ("auth", ErrorKind::AuthenticationError),
    ("not-found", ErrorKind::NotFoundError),
    ("unknown-command", ErrorKind::NotFoundError),
    ("internal", ErrorKind::ServerError),
    ("invalid", ErrorKind::ValidationError),
    ("incorrect", ErrorKind::ValidationError),
];

impl Provider for Artnet {
    fn failed(
        &self,
        rules: &ProviderRules,
        _operation: &str,
        body: &dyn Fields,
    ) -> Option<ErrorKind> {
        if body.value_at("/success") != Some(Scalar::Bool(false)) {
            return None;
        }
        let code = told(&rules.error.code, body).unwrap_or_default();
        let kind = |(part, kind): &(&str, ErrorKind)| has_words(&code, part).then_some(*kind);
        Some(KINDS.iter().find_map(kind).unwrap_or(ErrorKind::ApiError))
    }
}
