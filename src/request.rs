//! An HTTP request, made of checked input. Authentication adds to it.

use crate::answer::redact::REDACTED;
use crate::encode::{form, url};
use crate::input::Input;
use crate::json::{self, Encoded, Entries, Value};
use crate::operation::{Encoding, Method, Operation};

/// A request in the making.
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// Path and query as they are sent, from the provider's root on.
    pub path_and_query: String,
    /// The same with secret values redacted, where it has any. No path variable is secret: the generator
    /// refuses such a spec.
    pub redacted: Option<String>,
    /// Headers, names in lower case; no value can hold a line break.
    pub headers: Vec<(&'static str, String)>,
    /// The body; its text is exactly what is sent.
    pub body: Option<String>,
}

impl Request {
    /// Puts a request together; `credentials` go into its body.
    pub fn new(operation: &Operation, input: &Input, credentials: &Entries) -> Request {
        let hides = input.query.iter().any(|pair| pair.secret);
        let mut redacted = hides.then(|| input.path.clone());
        let mut path_and_query = input.path.clone();
        for (index, pair) in input.query.iter().enumerate() {
            let start = path_and_query.len();
            path_and_query.push(if index == 0 { '?' } else { '&' });
            url::QUERY.encode(&pair.name.plain(), &mut path_and_query);
            path_and_query.push('=');
            let value = path_and_query.len();
            url::QUERY.encode(&pair.value.plain(), &mut path_and_query);
            if let Some(redacted) = &mut redacted {
                let end = if pair.secret { value } else { path_and_query.len() };
                redacted.push_str(path_and_query.get(start..end).unwrap_or(""));
                redacted.push_str(if pair.secret { REDACTED } else { "" });
            }
        }
        let mut headers = Vec::new();
        if !operation.is_file() {
            headers.push(("accept", "application/json".to_owned()));
        }
        let encoding = operation.body.as_ref().map_or(Encoding::Json, |body| body.encoding);
        let body = input.body.as_ref().map(|body| write_body(body, credentials, encoding));
        if body.is_some() {
            headers.push(("content-type", encoding.media_type().to_owned()));
        }
        Request { method: operation.method, path_and_query, redacted, headers, body }
    }
}

fn write_body(body: &Value, credentials: &Entries, encoding: Encoding) -> String {
    let Value::Map(entries) = body else {
        return json::write(body);
    };
    let all = entries.iter().chain(credentials);
    match encoding {
        Encoding::Form => form::write(all),
        Encoding::Json => {
            let mut out = String::new();
            json::append_object(all, &mut out);
            out
        }
    }
}

/// A credential as a field of a body.
pub fn field<'a>(name: &'a str, encoded: &'a str) -> (Encoded<'a>, Value<'a>) {
    (Encoded(name), Value::Text(Encoded(encoded)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Pair;
    use crate::table::read_operation;

    fn pair(name: &'static str, value: &'static str, secret: bool) -> Pair<'static> {
        Pair { name: Encoded(name), value: Encoded(value), secret }
    }

    #[test]
    fn a_body_goes_out_as_it_is_written() {
        let operation = read_operation(r#"["a.b","POST /v2/a","w",{},"*"]"#).unwrap();
        let body = json::parse(r#"{"a":"x\n\ny"}"#);
        let input = Input { path: "/v2/a".into(), query: vec![], body, secrets: vec![] };
        let request = Request::new(&operation, &input, &vec![field("key", "k\\\"1")]);
        assert_eq!((request.method, request.path_and_query.as_str()), (Method::Post, "/v2/a"));
        assert_eq!(request.redacted, None);
        assert_eq!(request.body.as_deref(), Some(r#"{"a":"x\n\ny","key":"k\"1"}"#));
        let headers = [("accept", "application/json"), ("content-type", "application/json")];
        assert_eq!(request.headers, headers.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn a_form_takes_credentials_too() {
        let line = r#"["a.b","POST /a.php","w",{},{"o":{"id":"i"}},{"f":"form"}]"#;
        let operation = read_operation(line).unwrap();
        let body = json::parse(r#"{"id":1}"#);
        let input = Input { path: "/a.php".into(), query: vec![], body, secrets: vec![] };
        let request = Request::new(&operation, &input, &vec![field("token", "a b")]);
        assert_eq!(request.body.as_deref(), Some("id=1&token=a+b"));
    }

    #[test]
    fn a_secret_is_redacted_in_the_url_that_is_shown() {
        let query = vec![
            pair("format", "pfx", false),
            pair("password", "p w", true),
            pair("a", "b", false),
        ];
        let line = r#"["a.b","GET /d","r",{},0,{"a":{"200":"application/pdf"}}]"#;
        let operation = read_operation(line).unwrap();
        let secrets = vec![Encoded("p w")];
        let input = Input { path: "/d".into(), query, body: None, secrets };
        let request = Request::new(&operation, &input, &Vec::new());
        assert_eq!(request.path_and_query, "/d?format=pfx&password=p%20w&a=b");
        assert_eq!(request.redacted.as_deref(), Some("/d?format=pfx&password=***&a=b"));
        assert!(request.headers.is_empty());
    }
}
