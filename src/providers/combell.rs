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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;
    use crate::secret::Secret;

    fn signed(
        provider: &Combell,
        url: &str,
        variant: Option<SignatureVariant>,
    ) -> (String, Option<SignatureVariant>) {
        let mut request = Request {
            method: Method::Get,
            path_and_query: url.into(),
            redacted: None,
            headers: Vec::new(),
            body: None,
        };
        let proof = Proof { nonce: "n", timestamp: 1_700_000_000, token: None, variant };
        let taken = provider.authenticate(&mut request, proof);
        (request.headers.pop().unwrap().1, taken)
    }

    #[test]
    fn the_variant_that_worked_comes_first() {
        let secret = |(name, text): (&str, &str)| (name.to_owned(), Secret::new(text.to_owned()));
        let credentials = [("apiKey", "key"), ("apiSecret", "secret")].map(secret);
        let provider = Combell::new(&Credentials(credentials.into())).unwrap();
        let (first, second) = (SignatureVariant::Client, SignatureVariant::Document);
        let differs = "/v2/a?type=TXT";
        let (by_client, variant) = signed(&provider, differs, None);
        let (by_document, other) = signed(&provider, differs, Some(second));
        assert_eq!((variant, other), (Some(first), Some(second)));
        assert_ne!(by_client, by_document);
        // Said twice, as calls at the same time do, it is the same.
        provider.prefer(second);
        provider.prefer(second);
        assert_eq!(signed(&provider, differs, None), (by_document, Some(second)));
        let same = "/v2/a?type=txt";
        assert_eq!(signed(&provider, same, None), signed(&provider, same, Some(first)));
        assert_eq!(signed(&provider, same, None).1, None);
    }
}
