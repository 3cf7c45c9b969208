//! An HTTP request, from checked input to the text that JavaScript sends.

use crate::prelude::*;

use crate::encode::{form, url};
use crate::input::Input;
use crate::json;
use crate::operation::Encoding;

/// What stands in place of a secret value in a URL that is shown. No path variable is secret: the
/// generator refuses such a spec.
const MASK: &str = "***";

/// A request in the making; authentication adds to it.
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Path and query as they are sent, from the provider's root on.
    pub path_and_query: String,
    /// The same with secret values masked, where it has any.
    pub shown: Option<String>,
    /// Headers, names in lower case; no value can hold a line break.
    pub headers: Vec<(&'static str, String)>,
    /// The body; its text is exactly what is sent.
    pub body: Option<String>,
}

impl Request {
    /// Puts a request together.
    pub fn new(method: &str, input: Input, encoding: Encoding, accept: Option<&str>) -> Request {
        let write = |masked: bool| {
            let mut query = String::new();
            for pair in &input.query {
                let hidden = masked && pair.secret;
                url::add_query(&pair.name, if hidden { "" } else { &pair.value }, &mut query);
                query.push_str(if hidden { MASK } else { "" });
            }
            [input.path.as_str(), &query].concat()
        };
        let path_and_query = write(false);
        let hides = input.query.iter().any(|pair| pair.secret);
        let shown = hides.then(|| write(true));
        let mut headers = Vec::new();
        headers.extend(accept.map(|accept| ("accept", accept.to_owned())));
        let body = input.body.as_ref().map(|body| match encoding {
            Encoding::Json => json::write(body),
            Encoding::Form => form::write(body),
            Encoding::Text => body.text().unwrap_or("").to_owned(),
        });
        if body.is_some() {
            let kind = match encoding {
                Encoding::Json => "application/json",
                Encoding::Form => "application/x-www-form-urlencoded",
                Encoding::Text => "text/plain",
            };
            headers.push(("content-type", kind.to_owned()));
        }
        Request { method: method.to_owned(), path_and_query, shown, headers, body }
    }

    /// The request as one text, so that it crosses to JavaScript at once: method, URL, URL to be
    /// shown (empty where it is the same), then a header a line; after an empty line the body.
    pub fn write(&self, base_url: &str) -> String {
        let body = self.body.as_deref().unwrap_or("");
        let mut text = String::with_capacity(300 + self.path_and_query.len() + body.len());
        for part in [&self.method, "\n", base_url, &self.path_and_query, "\n"] {
            text.push_str(part);
        }
        if let Some(shown) = &self.shown {
            text.push_str(base_url);
            text.push_str(shown);
        }
        for (name, value) in &self.headers {
            for part in ["\n", name, ": ", value] {
                text.push_str(part);
            }
        }
        if self.body.is_some() {
            text.push_str("\n\n");
            text.push_str(body);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Pair;
    use crate::json::Value;
    use crate::secret::Secret;

    fn pair(name: &str, value: &str, secret: bool) -> Pair {
        Pair { name: name.into(), value: value.into(), secret }
    }

    #[test]
    fn a_request_is_one_text() {
        let body = Some(Value::Map(vec![("a".into(), Value::Text("x\n\ny".into()))]));
        let input = Input { path: "/v2/a".into(), query: vec![], body, secrets: vec![] };
        let request = Request::new("POST", input, Encoding::Json, Some("application/json"));
        assert_eq!(
            request.write("https://api.example.com"),
            "POST\nhttps://api.example.com/v2/a\n\naccept: application/json\n\
             content-type: application/json\n\n{\"a\":\"x\\n\\ny\"}"
        );
    }

    #[test]
    fn a_secret_is_masked_in_the_shown_url() {
        let query = vec![pair("format", "pfx", false), pair("password", "p w", true)];
        let secrets = vec![Secret::new("p w".into())];
        let input = Input { path: "/d".into(), query, body: None, secrets };
        let request = Request::new("GET", input, Encoding::Json, None);
        assert_eq!(
            request.write("https://x"),
            "GET\nhttps://x/d?format=pfx&password=p%20w\nhttps://x/d?format=pfx&password=***"
        );
    }
}
