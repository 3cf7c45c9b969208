//! Combell: signs each request (see `sign`) and says no with a status.

use std::cell::Cell;

use super::{Credentials, Provider, Way};
use crate::request::Request;
use crate::secret::Secret;
use crate::sign::{Message, Moment, Reading, Signer};

/// Combell with a reseller's key.
pub struct Combell {
    signer: Signer,
    /// Which reading of the signature is tried first.
    preferred: Cell<Way>,
}

impl Combell {
    /// Takes `apiKey` and `apiSecret`.
    pub fn new(credentials: &Credentials) -> Option<Combell> {
        let (key, secret) = (credentials.find("apiKey")?, credentials.find("apiSecret")?);
        Some(Combell {
            signer: Signer::new(&key.expose().plain(), &secret.expose().plain())?,
            preferred: Cell::new(Way::First),
        })
    }
}

impl Provider for Combell {
    fn authenticate(
        &self,
        request: &mut Request,
        moment: Moment,
        _token: Option<&Secret>,
        way: Option<Way>,
    ) -> Option<Way> {
        let way = way.unwrap_or(self.preferred.get());
        let message = Message {
            method: request.method,
            path_and_query: &request.path_and_query,
            body: request.body.as_deref().unwrap_or(""),
            moment,
        };
        request.headers.push(("authorization", self.sign(&message, way)));
        // The readings agree unless the URL has one of these.
        let mut url = request.path_and_query.bytes();
        url.any(|byte| byte == b'%' || byte.is_ascii_uppercase()).then_some(way)
    }

    fn sign(&self, message: &Message, way: Way) -> String {
        let reading = match way {
            // Clients that are known to work sign this one.
            Way::First => Reading::Client,
            Way::Second => Reading::Document,
        };
        self.signer.authorization(reading, message)
    }

    fn prefer(&self, way: Way) {
        self.preferred.set(way);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn signed(provider: &Combell, url: &str, way: Option<Way>) -> (String, Option<Way>) {
        let mut request = Request {
            method: "GET",
            path_and_query: url.into(),
            shown: String::new(),
            headers: Vec::new(),
            body: None,
        };
        let moment = Moment { nonce: "n", seconds: "1700000000" };
        let taken = provider.authenticate(&mut request, moment, None, way);
        (request.headers.pop().unwrap().1, taken)
    }

    #[test]
    fn the_reading_that_worked_comes_first() {
        let credentials = parse(r#"{"apiKey":"key","apiSecret":"secret"}"#).unwrap();
        let provider = Combell::new(&Credentials::read(&credentials)).unwrap();
        let differs = "/v2/a?type=TXT";
        let (documented, way) = signed(&provider, differs, None);
        let (client, other) = signed(&provider, differs, Some(Way::Second));
        assert_eq!((way, other), (Some(Way::First), Some(Way::Second)));
        assert_ne!(documented, client);
        // Said twice, as calls at the same time do, it is the same.
        provider.prefer(Way::Second);
        provider.prefer(Way::Second);
        assert_eq!(signed(&provider, differs, None), (client, Some(Way::Second)));
        let same = "/v2/a?type=txt";
        assert_eq!(signed(&provider, same, None), signed(&provider, same, Some(Way::First)));
        assert_eq!(signed(&provider, same, None).1, None);
    }
}
