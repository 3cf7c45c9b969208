//! Combell: signs each request (see `sign`) and says no with a status.

use std::cell::Cell;

use super::{Proof, Provider};
use crate::request::Request;
use crate::secret::Credentials;
use crate::sign::{Message, SignatureVariant, Signer};

/// Combell with a reseller's key.
pub struct Combell {
    signer: Signer,
    /// Which variant of the signature is tried first.
    preferred: Cell<SignatureVariant>,
}

impl Combell {
    /// Takes `apiKey` and `apiSecret`.
    pub fn new(credentials: &Credentials) -> Option<Combell> {
        let (key, secret) = (credentials.find("apiKey")?, credentials.find("apiSecret")?);
        Some(Combell {
            signer: Signer::new(key.expose(), secret.expose())?,
            preferred: Cell::new(SignatureVariant::Client),
        })
    }
}

impl Provider for Combell {
    fn authenticate(&self, request: &mut Request, proof: Proof<'_>) -> Option<SignatureVariant> {
        let variant = proof.variant.unwrap_or(self.preferred.get());
        let message = Message {
            method: request.method.name(),
            path_and_query: &request.path_and_query,
            body: request.body.as_deref().unwrap_or(""),
            nonce: proof.nonce,
            timestamp: proof.timestamp,
        };
        let authorization = self.signer.authorization(variant, &message);
        request.headers.push(("authorization", authorization));
        // The variants agree unless the URL has one of these.
        let mut url = request.path_and_query.bytes();
        url.any(|byte| byte == b'%' || byte.is_ascii_uppercase()).then_some(variant)
    }

    fn prefer(&self, variant: SignatureVariant) {
        self.preferred.set(variant);
    }
}
