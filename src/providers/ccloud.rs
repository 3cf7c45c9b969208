//! ccloud: an OAuth bearer token as a header; failures told by the status, in three shapes
//! (`x-envelope` in specs/ccloud.yaml).

use super::{Credentials, Moment, Provider, first_text, issues_by_field};
use crate::answer::Refusal;
use crate::json::Value;
use crate::prelude::*;
use crate::request::Request;
use crate::secret::Secret;

/// ccloud with an OAuth client, or with an access token that was fetched elsewhere.
pub struct Ccloud {
    credentials: Credentials,
}

impl Ccloud {
    /// Takes `clientId` and `clientSecret`, or `accessToken`.
    pub fn new(credentials: Credentials) -> Ccloud {
        Ccloud { credentials }
    }
}

impl Provider for Ccloud {
    fn title(&self) -> &'static str {
        "ccloud"
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn secret_names(&self) -> &'static [&'static str] {
        &["clientSecret", "accessToken"]
    }

    fn fields(&self, operation: &str, _token: Option<&Secret>) -> Vec<(&'static str, String)> {
        match operation {
            "oauth.token" => vec![
                ("client_id", self.credentials.get("clientId").to_owned()),
                (
                    "client_secret",
                    self.credentials.get("clientSecret").to_owned(),
                ),
            ],
            _ => Vec::new(),
        }
    }

    fn authenticate(
        &self,
        request: &mut Request,
        _moment: &Moment,
        token: Option<&Secret>,
        _second: bool,
    ) -> bool {
        if let Some(token) = token {
            request
                .headers
                .push(("authorization", ["Bearer ", token.expose()].concat()));
        }
        false
    }

    fn refusal(&self, body: &Value) -> Refusal {
        let mut issues = issues_by_field(body.get("errors"));
        issues.extend(issues_by_field(body.at("/error/errors")));
        Refusal {
            code: first_text(body, &["/error", "/error/code"]),
            message: first_text(body, &["/error_description", "/message", "/error/msg"]),
            issues,
        }
    }

    fn hint(&self, class: &str) -> Option<&'static str> {
        match class {
            "AuthenticationError" => Some("Check the client id and secret, or the access token"),
            _ => None,
        }
    }
}
