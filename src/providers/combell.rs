//! Combell: signs each request (see `sign`) and says no with a status.

use core::cell::Cell;

use super::{Credentials, Moment, Provider};
use crate::request::Request;
use crate::secret::Secret;
use crate::sign::{Message, Reading, Signer};

/// Combell with a reseller's key.
pub struct Combell {
    signer: Signer,
    /// The reading of the signature that is tried first.
    reading: Cell<Reading>,
}

impl Combell {
    /// Takes `apiKey` and `apiSecret`.
    pub fn new(credentials: &Credentials) -> Option<Combell> {
        let (key, secret) = (credentials.find("apiKey")?, credentials.find("apiSecret")?);
        Some(Combell {
            signer: Signer::new(key.expose(), secret.expose())?,
            reading: Cell::new(Reading::Document),
        })
    }
}

impl Provider for Combell {
    fn authenticate(
        &self,
        request: &mut Request,
        moment: &Moment,
        _token: Option<&Secret>,
        second: bool,
    ) -> bool {
        let first = self.reading.get();
        let reading = if second { first.other() } else { first };
        let message = Message {
            method: &request.method,
            path_and_query: &request.path_and_query,
            body: request.body.as_deref().unwrap_or(""),
            timestamp: moment.seconds,
            nonce: moment.nonce,
        };
        let authorization = self.signer.authorization(reading, &message);
        request.headers.push(("authorization", authorization));
        // The readings agree unless the URL has one of these.
        request.path_and_query.bytes().any(|byte| byte == b'%' || byte.is_ascii_uppercase())
    }

    fn prefer_second(&self) {
        self.reading.set(self.reading.get().other());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::prelude::*;

    fn provider() -> Combell {
        let credentials = parse(r#"{"apiKey":"key","apiSecret":"secret"}"#).unwrap();
        Combell::new(&Credentials::read(&credentials)).unwrap()
    }

    fn signed(provider: &Combell, url: &str, second: bool) -> (String, bool) {
        let mut request = Request {
            method: "GET".into(),
            path_and_query: url.into(),
            shown: None,
            headers: Vec::new(),
            body: None,
        };
        let moment = Moment { seconds: "1700000000", nonce: "n" };
        let differs = provider.authenticate(&mut request, &moment, None, second);
        (request.headers.pop().unwrap().1, differs)
    }

    #[test]
    fn the_reading_that_worked_comes_first() {
        let provider = provider();
        let (documented, differs) = signed(&provider, "/v2/a?type=TXT", false);
        let (client, _) = signed(&provider, "/v2/a?type=TXT", true);
        assert!(differs && documented != client);
        provider.prefer_second();
        assert_eq!(signed(&provider, "/v2/a?type=TXT", false).0, client);
        assert_eq!(
            signed(&provider, "/v2/a?type=txt", false),
            signed(&provider, "/v2/a?type=txt", true)
        );
        assert!(!signed(&provider, "/v2/a?type=txt", false).1);
    }
}
