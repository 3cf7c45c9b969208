//! ccloud: an OAuth bearer token as a header; failures are told by the status alone.

use super::{Provider, Way};
use crate::request::Request;
use crate::secret::Secret;
use crate::sign::Moment;

/// ccloud.
pub struct Ccloud;

impl Provider for Ccloud {
    fn authenticate(
        &self,
        request: &mut Request,
        _moment: Moment,
        token: Option<&Secret>,
        _way: Option<Way>,
    ) -> Option<Way> {
        if let Some(token) = token {
            request.headers.push(("authorization", ["Bearer ", &token.expose().plain()].concat()));
        }
        None
    }
}
