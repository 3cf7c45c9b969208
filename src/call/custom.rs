//! A request of the caller's own, to an endpoint that the spec lacks: an operation made up for it.

use super::{Call, CallOptions};
use crate::answer::Outcome;
use crate::client::Client;
use crate::failure::Failure;
use crate::issue::Issue;
use crate::json::{self, Encoded, Entries, Value};
use crate::operation::{Body, Effect, Encoding, Method, Operation, Piece};
use crate::platform::Platform;
use crate::schema::{Field, Kinds, Limits, Scalar, Schema};

/// The name that errors and events have for it.
pub const NAME: &str = "request";

/// The param that the body is given under, as JSON has it: no query parameter is called so.
const BODY: &str = "\\u0001body";

/// Makes the request that a JSON object describes: `method`, `path`, `query`, `form` or `json`, `effect`.
pub async fn run<P: Platform>(
    platform: &P,
    client: &Client<P::Answer>,
    description: &str,
    options: &CallOptions,
) -> Result<Outcome<P::Answer>, Box<Failure>> {
    let refuse = |issues| Failure::input(client.table.name, NAME, issues);
    if client.settings.proxy.is_some() {
        return Err(refuse(vec![Issue::new("proxy", "takes named operations only")]));
    }
    let Some(Value::Map(entries)) = json::parse(description) else {
        return Err(refuse(vec![Issue::new("", "request must be JSON")]));
    };
    let description =
        Description::read(entries, client.table.rules.body, options).map_err(refuse)?;
    let operation = description.operation();
    let body_name = description.body_name();
    let params = description.params();
    let secrets = Vec::new();
    let call = Call { platform, client, operation: &operation, params: &params, options, secrets };
    call.run().await.map_err(|mut failure| {
        for issue in &mut failure.issues {
            issue.path = name_of(&issue.path, body_name);
        }
        failure
    })
}

/// Where a fault is, in the description's own names.
fn name_of(path: &str, body_name: &str) -> String {
    match path.strip_prefix("\u{1}body") {
        Some(below) => [body_name, below].concat(),
        None if path.is_empty() => String::new(),
        None => ["query.", path].concat(),
    }
}

struct Description<'d> {
    method: Method,
    path: &'d str,
    effect: Effect,
    query: Entries<'d>,
    body: Option<(Encoding, Value<'d>)>,
}

impl<'d> Description<'d> {
    /// Reads a description; the error is everything that is wrong with it. `needed` is the encoding of the
    /// body that credentials go out in.
    fn read(
        mut entries: Entries<'d>,
        needed: Option<Encoding>,
        options: &CallOptions,
    ) -> Result<Description<'d>, Vec<Issue>> {
        let mut take = |name: &str| {
            let at = entries.iter().position(|(known, _)| known.0 == name)?;
            Some(entries.swap_remove(at).1)
        };
        let (method, path, query) = (take("method"), take("path"), take("query"));
        let (form, json, effect) = (take("form"), take("json"), take("effect"));
        let mut issues: Vec<Issue> =
            entries.iter().map(|(name, _)| Issue::new(name.plain(), "is not known")).collect();
        let mut say = |path: &str, message: &str| issues.push(Issue::new(path, message));

        let method = method.as_ref().and_then(Value::text).and_then(Method::from_name);
        if method.is_none() {
            let names: Vec<&str> = Method::ALL.iter().map(|(_, name)| *name).collect();
            say("method", &["must be one of ", &names.join(", ")].concat());
        }
        let path = path.as_ref().and_then(Value::text);
        if let Some(fault) = path_fault(path) {
            say("path", fault);
        }
        let query = match query {
            None => Vec::new(),
            Some(Value::Map(entries)) => entries,
            Some(_) => {
                say("query", "must be an object");
                Vec::new()
            }
        };
        if form.is_some() && json.is_some() {
            say("form", "must not be given together with json");
        }
        let reads = matches!(method, Some(Method::Get | Method::Head));
        let body = match (form, json) {
            (Some(form), _) => Some((Encoding::Form, form)),
            (None, Some(json)) => Some((Encoding::Json, json)),
            // Where credentials go out in the body there is one, if it holds nothing else.
            (None, None) => {
                needed.filter(|_| !reads).map(|encoding| (encoding, Value::Map(Vec::new())))
            }
        };
        if reads && body.is_some() {
            say("method", "must not be GET or HEAD where there is a body");
        }
        let named = effect.as_ref().map(|effect| effect.text().and_then(Effect::from_name));
        let effect = named.unwrap_or(reads.then_some(Effect::Read));
        if effect.is_none() {
            let names = Effect::ALL.map(Effect::name);
            say("effect", &["must be one of ", &names.join(", ")].concat());
        }
        if !options.extra.is_empty() {
            say("options.extra", "is not for requests of your own");
        }
        match (method, path, effect) {
            (Some(method), Some(path), Some(effect)) if issues.is_empty() => {
                Ok(Description { method, path, effect, query, body })
            }
            _ => Err(issues),
        }
    }

    /// The operation that it is.
    fn operation(&self) -> Operation<'d> {
        let field = |(name, value): &(Encoded<'d>, Value<'d>)| Field {
            name: name.0,
            required: false,
            schema: match value {
                Value::List(_) => {
                    Schema::List { item: Box::new(redacted()), count: Limits::default() }
                }
                _ => redacted(),
            },
        };
        Operation {
            name: NAME,
            method: self.method,
            path: vec![Piece::Literal(self.path)],
            effect: self.effect,
            idempotent: self.effect == Effect::Read,
            parameters: self.query.iter().map(field).collect(),
            body: self.body.as_ref().map(|(encoding, _)| Body {
                schema: Schema::Anything,
                encoding: *encoding,
                param: Some(BODY),
            }),
            answers: Vec::new(),
            paging: None,
            job: None,
            credentials: Vec::new(),
            anonymous: false,
        }
    }

    /// What callers call the body.
    fn body_name(&self) -> &'static str {
        match self.body {
            Some((Encoding::Form, _)) => "form",
            _ => "json",
        }
    }

    /// The params of that operation, as JSON.
    fn params(self) -> String {
        let mut entries = self.query;
        entries.extend(self.body.map(|(_, body)| (Encoded(BODY), body)));
        json::write(&Value::Map(entries))
    }
}

/// For all that is known any part of the query is secret, so none is shown.
fn redacted<'a>() -> Schema<'a> {
    Schema::Scalar(Scalar {
        kinds: Kinds { text: true, integer: true, number: true, boolean: true, ..Kinds::default() },
        limits: Limits::default(),
        pattern: None,
        secret: true,
    })
}

/// A path stays where it is under the base URL, and is sent as it is written.
fn path_fault(path: Option<&str>) -> Option<&'static str> {
    let path = path.filter(|path| path.starts_with('/') && !path.starts_with("//"));
    let Some(path) = path else {
        return Some("must start with one /");
    };
    if path.contains(['?', '#', '\\', '{', '}']) {
        return Some("must have no ?, #, \\, { or }; pass the query as query");
    }
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`');
    if !path.bytes().all(is_plain) {
        return Some("must be percent-encoded where it has other characters");
    }
    let is_hex = |digits: &str| digits.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !path.split('%').skip(1).all(is_hex) {
        return Some("has a % that is not followed by two hex digits");
    }
    let dots = |part: &str| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        matches!(part.as_str(), "." | "..")
    };
    path.split('/').any(dots).then_some("must have no . or .. segments")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_where_they_are() {
        for good in ["/", "/v2/accounts", "/a/%C3%A9/b~!$&'()*+,;=:@", "/a..b/.c/..."] {
            assert_eq!(path_fault(Some(good)), None, "{good}");
        }
        for bad in [
            "",
            "a",
            "//x",
            "/a?b",
            "/a#b",
            "/a\\b",
            "/{id}",
            "/é",
            "/a b",
            "/100%",
            "/%zz",
            "/a/../b",
            "/.",
            "/%2e%2E/x",
            "/.%2e",
            "/a\"b",
            "/<a>",
            "/`",
        ] {
            assert!(path_fault(Some(bad)).is_some(), "{bad}");
        }
        assert!(path_fault(None).is_some());
    }
}
