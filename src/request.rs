//! An HTTP request, from checked input to the text that JavaScript sends.

use crate::encode::{form, url};
use crate::input::Input;
use crate::json;
use crate::operation::{Encoding, Operation};

/// What stands in place of a secret value in a URL that is shown. No path variable is secret: the
/// generator refuses such a spec.
const MASK: &str = "***";

/// A request in the making; authentication adds to it.
pub struct Request<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// Path and query as they are sent, from the provider's root on.
    pub path_and_query: String,
    /// The same with secret values masked; empty where it has none.
    pub shown: String,
    /// Headers, names in lower case; no value can hold a line break.
    pub headers: Vec<(&'static str, String)>,
    /// The body; its text is exactly what is sent.
    pub body: Option<String>,
}

impl<'a> Request<'a> {
    /// Puts a request together.
    pub fn new(operation: &'a Operation<'a>, input: Input) -> Request<'a> {
        let hides = input.query.iter().any(|pair| pair.secret);
        let mut shown = if hides { input.path.clone() } else { String::new() };
        let mut path_and_query = input.path;
        let mut mark = "?";
        for pair in &input.query {
            let start = path_and_query.len();
            path_and_query.push_str(mark);
            mark = "&";
            url::QUERY.encode(&pair.name.plain(), &mut path_and_query);
            path_and_query.push('=');
            let value = path_and_query.len();
            url::QUERY.encode(&pair.value.plain(), &mut path_and_query);
            if hides {
                let end = if pair.secret { value } else { path_and_query.len() };
                shown.push_str(path_and_query.get(start..end).unwrap_or(""));
                shown.push_str(if pair.secret { MASK } else { "" });
            }
        }
        let mut headers = Vec::new();
        if !operation.is_file() {
            headers.push(("accept", "application/json".to_owned()));
        }
        let body = input.body.as_ref().map(|body| {
            let (kind, text) = match operation.encoding() {
                Encoding::Json => ("application/json", json::write(body)),
                Encoding::Form => ("application/x-www-form-urlencoded", form::write(body)),
            };
            headers.push(("content-type", kind.to_owned()));
            text
        });
        Request { method: operation.method, path_and_query, shown, headers, body }
    }

    /// The request as one text, so that it crosses to JavaScript at once: method, path and query, the
    /// same to be shown (empty where it is no other), then a header a line; after an empty line the body.
    pub fn write(&self, out: &mut String) {
        let body = self.body.as_deref().unwrap_or("");
        out.reserve(300 + self.path_and_query.len() + body.len());
        for part in [self.method, "\n", &self.path_and_query, "\n", &self.shown] {
            out.push_str(part);
        }
        for (name, value) in &self.headers {
            for part in ["\n", name, ": ", value] {
                out.push_str(part);
            }
        }
        if self.body.is_some() {
            out.push_str("\n\n");
            out.push_str(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Pair;
    use crate::json::Written;

    fn written(line: &str, input: Input) -> String {
        let operation = Operation::parse(line).unwrap();
        let mut out = String::new();
        Request::new(&operation, input).write(&mut out);
        out
    }

    fn pair(name: &'static str, value: &'static str, secret: bool) -> Pair<'static> {
        Pair { name: Written(name), value: Written(value), secret }
    }

    #[test]
    fn a_request_is_one_text() {
        let body = json::parse(r#"{"a":"x\n\ny"}"#);
        let input = Input { path: "/v2/a".into(), query: vec![], body, secrets: vec![] };
        assert_eq!(
            written(r#"["a.b","POST /v2/a","w"]"#, input),
            "POST\n/v2/a\n\naccept: application/json\n\
             content-type: application/json\n\n{\"a\":\"x\\n\\ny\"}"
        );
    }

    #[test]
    fn a_secret_is_masked_in_the_shown_url() {
        let query = vec![
            pair("format", "pfx", false),
            pair("password", "p w", true),
            pair("a", "b", false),
        ];
        let secrets = vec![Written("p w")];
        let input = Input { path: "/d".into(), query, body: None, secrets };
        assert_eq!(
            written(r#"["a.b","GET /d","r",{},0,{"a":{"200":"application/pdf"}}]"#, input),
            "GET\n/d?format=pfx&password=p%20w&a=b\n/d?format=pfx&password=***&a=b"
        );
    }
}
