//! Requests of the caller's own.

use serde_json::{Value, json};

use super::support::{Session, artnet, ccloud_with_token, combahton, combell, hostkey, text_of};
use crate::answer::CallResult;
use crate::failure::ErrorKind;
use crate::operation::Effect;
use crate::platform::simulated::{Reply, World};

fn answering() -> Session {
    combell(World::new().then(|_| Reply::json(200, json!({}))))
}

#[test]
fn it_goes_out_as_it_is_described() {
    let cases = [
        (json!({ "method": "GET", "path": "/v2/new" }), "GET /v2/new", None, None),
        (json!({ "method": "GET", "path": "/v2/a%20b/" }), "GET /v2/a%20b/", None, None),
        (
            json!({ "method": "GET", "path": "/v2/new", "query": { "a": "x y&z", "n": 7, "f": false, "l": ["1", 2] } }),
            "GET /v2/new?a=x%20y%26z&n=7&f=false&l=1&l=2",
            None,
            None,
        ),
        (json!({ "method": "HEAD", "path": "/v2/new" }), "HEAD /v2/new", None, None),
        (
            json!({ "method": "DELETE", "path": "/v2/new/1", "effect": "destroy" }),
            "DELETE /v2/new/1",
            None,
            None,
        ),
        (
            json!({ "method": "POST", "path": "/v2/new", "json": { "a": [1, { "b": null }] }, "effect": "write" }),
            "POST /v2/new",
            Some("application/json"),
            Some(r#"{"a":[1,{"b":null}]}"#),
        ),
        (
            json!({ "method": "PUT", "path": "/v2/new", "json": [], "effect": "write" }),
            "PUT /v2/new",
            Some("application/json"),
            Some("[]"),
        ),
        (
            json!({ "method": "PATCH", "path": "/v2/new", "json": null, "effect": "write" }),
            "PATCH /v2/new",
            Some("application/json"),
            Some("null"),
        ),
        (
            json!({ "method": "PUT", "path": "/v2/new", "json": "a", "effect": "write" }),
            "PUT /v2/new",
            Some("application/json"),
            Some("\"a\""),
        ),
        (
            json!({ "method": "POST", "path": "/v2/new", "form": { "a": "x y", "b": { "c": [1, 2] } }, "effect": "write" }),
            "POST /v2/new",
            Some("application/x-www-form-urlencoded"),
            Some("a=x+y&b[c][0]=1&b[c][1]=2"),
        ),
        (
            json!({ "method": "POST", "path": "/v2/new", "query": { "a": 1 }, "json": { "a": 2 }, "effect": "read" }),
            "POST /v2/new?a=1",
            Some("application/json"),
            Some(r#"{"a":2}"#),
        ),
    ];
    for (description, line, content_type, body) in cases {
        let session = answering();
        let called = session.request(description.clone());
        assert!(called.is_ok(), "{description}: {:?}", called.err());
        let requests = session.world.requests.borrow();
        assert_eq!(requests[0].line(), line);
        assert_eq!(requests[0].header("content-type"), content_type, "{description}");
        assert_eq!(requests[0].body.as_deref(), body, "{description}");
        assert!(
            requests[0].header("authorization").is_some_and(|value| value.starts_with("hmac "))
        );
    }
}

#[test]
fn it_gives_what_comes() {
    let cases = [
        (Reply::json(200, json!({ "a": 1 })), r#"{"a":1}"#),
        (Reply::status(201).with("location", "/v2/new/9"), r#"{"location":"/v2/new/9","id":"9"}"#),
        (Reply::status(204), "null"),
        (
            Reply::text(200, "text/plain", "hello"),
            r#"{"bytes":null,"content_type":"text/plain","filename":null}"#,
        ),
    ];
    for (reply, expected) in cases {
        let session = combell(World::new().replies(reply));
        let outcome = session.request(json!({ "method": "GET", "path": "/v2/new" })).ok().unwrap();
        assert_eq!(text_of(&outcome), expected);
    }
    let session = combell(World::new().answers_text(200, "text/html", "<html>"));
    let failure = session.request(json!({ "method": "GET", "path": "/v2/new" })).err().unwrap();
    assert_eq!((failure.kind, &*failure.operation), (ErrorKind::ResponseError, "request"));
    let session = combell(World::new().status(200));
    let outcome = session.request(json!({ "method": "HEAD", "path": "/v2" })).ok().unwrap();
    assert!(matches!(outcome.result, CallResult::Nothing));
}

#[test]
fn its_effect_decides_about_repetitions_and_leave() {
    for (effect, attempts) in [("read", 3), ("write", 1), ("destroy", 1), ("purchase", 1)] {
        let session = combell(World::new().then(|_| Reply::status(503)));
        let description =
            json!({ "method": "POST", "path": "/v2/new", "json": {}, "effect": effect });
        let failure = session.request(description.clone()).err().unwrap();
        assert_eq!(failure.attempts, attempts, "{effect}");
        let effect = Effect::from_name(effect).unwrap();
        let others = Effect::ALL.into_iter().filter(|known| *known != effect).collect();
        let session = answering().with(|settings| settings.allow = others);
        let failure = session.request(description).err().unwrap();
        assert_eq!(failure.kind, ErrorKind::NotAllowedError);
        assert!(session.world.sent().is_empty());
    }
}

#[test]
fn what_is_of_no_use_is_refused() {
    let faults: [(Value, &str); 36] = [
        (json!(null), ""),
        (json!([]), ""),
        (json!("GET /v2"), ""),
        (json!({ "path": "/v2" }), "method"),
        (json!({ "method": "get", "path": "/v2" }), "method"),
        (json!({ "method": "TRACE", "path": "/v2" }), "method"),
        (json!({ "method": 7, "path": "/v2" }), "method"),
        (json!({ "method": "GET" }), "path"),
        (json!({ "method": "GET", "path": 7 }), "path"),
        (json!({ "method": "GET", "path": "v2" }), "path"),
        (json!({ "method": "GET", "path": "" }), "path"),
        (json!({ "method": "GET", "path": "//example.com/v2" }), "path"),
        (json!({ "method": "GET", "path": "https://example.com/v2" }), "path"),
        (json!({ "method": "GET", "path": "/v2?a=b" }), "path"),
        (json!({ "method": "GET", "path": "/v2#a" }), "path"),
        (json!({ "method": "GET", "path": "/v2\\a" }), "path"),
        (json!({ "method": "GET", "path": "/v2/../a" }), "path"),
        (json!({ "method": "GET", "path": "/v2/%2E%2e/a" }), "path"),
        (json!({ "method": "GET", "path": "/v2/." }), "path"),
        (json!({ "method": "GET", "path": "/v2/%zz" }), "path"),
        (json!({ "method": "GET", "path": "/v2/{id}" }), "path"),
        (json!({ "method": "GET", "path": "/v2/a b" }), "path"),
        (json!({ "method": "GET", "path": "/v2/\n" }), "path"),
        (json!({ "method": "GET", "path": "/v2/\"" }), "path"),
        (json!({ "method": "GET", "path": "/v2", "query": "a=b" }), "query"),
        (json!({ "method": "GET", "path": "/v2", "query": [] }), "query"),
        (json!({ "method": "GET", "path": "/v2", "json": {} }), "method"),
        (json!({ "method": "POST", "path": "/v2", "json": {} }), "effect"),
        (json!({ "method": "POST", "path": "/v2", "json": {}, "effect": "wipe" }), "effect"),
        (json!({ "method": "POST", "path": "/v2", "json": {}, "effect": "constructor" }), "effect"),
        (
            json!({ "method": "POST", "path": "/v2", "json": {}, "form": {}, "effect": "write" }),
            "form",
        ),
        (json!({ "method": "GET", "path": "/v2", "body": "a" }), "body"),
        (json!({ "method": "GET", "path": "/v2", "query": { "a": { "b": 1 } } }), "query.a"),
        (
            json!({ "method": "GET", "path": "/v2", "query": { "a": { "\u{0}": "NaN" } } }),
            "query.a",
        ),
        (
            json!({ "method": "POST", "path": "/v2", "json": { "a": [{ "\u{0}": "a function" }] }, "effect": "write" }),
            "json.a[0]",
        ),
        (
            json!({ "method": "POST", "path": "/v2", "form": { "a": { "\u{0}": "a symbol" } }, "effect": "write" }),
            "form.a",
        ),
    ];
    for (description, path) in faults {
        let session = answering();
        let called = session.request(description.clone());
        let failure = called.err().unwrap_or_else(|| panic!("{description} was sent"));
        assert_eq!((failure.kind, &*failure.operation), (ErrorKind::InputError, "request"));
        assert_eq!(failure.issues[0].path, path, "{description}");
        assert!(session.world.sent().is_empty());
    }
    // All at once.
    let description = json!({ "method": "get", "path": "x", "query": 1, "body": 2 });
    let failure = answering().request(description).err().unwrap();
    let mut paths: Vec<_> = failure.issues.iter().map(|issue| &*issue.path).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["body", "effect", "method", "path", "query"]);
    let session = answering().calling_with(|options| options.extra = r#"{"a":1}"#.to_owned());
    let failure = session.request(json!({ "method": "GET", "path": "/v2" })).err().unwrap();
    assert_eq!(failure.issues[0].path, "options.extra");
}

#[test]
fn names_of_a_query_that_look_like_a_body_are_refused_or_sent_as_they_are() {
    let session = answering();
    let description =
        json!({ "method": "GET", "path": "/v2", "query": { "\u{1}body": "x", "q": "y" } });
    session.request(description).ok().unwrap();
    assert_eq!(session.world.sent(), ["GET /v2?%01body=x&q=y"]);
    // With a body beside it, which of the two is meant cannot be told.
    let description = json!({ "method": "POST", "path": "/v2", "query": { "\u{1}body": "x" }, "json": {}, "effect": "write" });
    let failure = session.request(description).err().unwrap();
    assert_eq!(failure.kind, ErrorKind::InputError);
}

#[test]
fn credentials_go_where_they_always_go() {
    let session = artnet(World::new().answers(200, json!({ "success": true })));
    session
        .request(json!({ "method": "POST", "path": "/new", "effect": "write", "form": { "a": 1 } }))
        .ok()
        .unwrap();
    assert_eq!(session.world.bodies(), ["a=1&id=4711&api_key=artnet-key"]);
    // Without a body of the caller's there is one all the same, for them alone.
    let session = artnet(World::new().answers(200, json!({ "success": true })));
    session.request(json!({ "method": "POST", "path": "/new", "effect": "read" })).ok().unwrap();
    assert_eq!(session.world.bodies(), ["id=4711&api_key=artnet-key"]);
    let session = combahton(World::new().answers(200, json!({ "status": "ok" })));
    session.request(json!({ "method": "POST", "path": "/v2", "effect": "read" })).ok().unwrap();
    assert_eq!(
        session.world.bodies(),
        [r#"{"email":"me@example.com","secret":"combahton-secret"}"#]
    );
    let login = json!({ "result": { "token": "abc" } });
    let session = hostkey(World::new().answers(200, login).answers(200, json!({ "result": "OK" })));
    session
        .request(json!({ "method": "POST", "path": "/new.php", "effect": "read" }))
        .ok()
        .unwrap();
    assert_eq!(session.world.bodies()[1], "token=abc");
    let session = ccloud_with_token("t", World::new().answers(200, json!({})));
    session.request(json!({ "method": "GET", "path": "/new" })).ok().unwrap();
    assert_eq!(session.world.requests.borrow()[0].header("authorization"), Some("Bearer t"));
}

#[test]
fn nothing_of_its_query_is_shown() {
    let session =
        combell(World::new().answers(400, json!({ "error_text": "bad key very-secret" })));
    let failure = session
        .request(json!({ "method": "GET", "path": "/v2/new", "query": { "key": "very-secret", "l": ["also-secret"] } }))
        .err()
        .unwrap();
    let shown = "https://api.combell.example/v2/new?key=***&l=***";
    assert_eq!(session.world.requests.borrow()[0].redacted_url.as_deref(), Some(shown));
    assert!(session.world.events.borrow().iter().all(|event| event.url == shown));
    assert_eq!(failure.message, "Combell answered 400 to request: bad key ***");
}
