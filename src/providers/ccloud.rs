//! ccloud: an OAuth bearer token as a header; failures are told by the status alone.

use super::{Proof, Provider};
use crate::request::Request;
use crate::sign::SignatureVariant;

/// ccloud.
pub struct Ccloud;

impl Provider for Ccloud {
    fn authenticate(&self, request: &mut Request, proof: Proof<'_>) -> Option<SignatureVariant> {
        if let Some(token) = proof.token {
            request.headers.push(("authorization", ["Bearer ", token.expose()].concat()));
        }
        None
    }
}
