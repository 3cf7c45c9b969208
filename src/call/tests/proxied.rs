//! Calls by way of a proxy: what goes out, what comes back, and what a proxy may lie about.

use serde_json::{Value, json};

use super::support::{Session, ended, finished, proxied_combell, text_of};
use crate::failure::{Body, ErrorKind, Failure};
use crate::operation::Effect;
use crate::platform::simulated::{Reply, World};

/// An answer that a proxy gives.
fn given(status: u16, body: Value, meta: Value) -> Reply {
    Reply::json(status, body).with("hostwire-response", &meta.to_string())
}

fn problem(status: u16, kind: &str, more: Value) -> Reply {
    let mut body = json!({ "type": format!("urn:hostwire:{kind}"), "title": kind, "status": status, "detail": "No." });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    given(status, body, json!({ "status": status, "attempts": 1 }))
}

fn id() -> Value {
    json!({ "id": 7 })
}

fn once(reply: Reply) -> Session {
    proxied_combell(World::new().replies(reply))
}

fn get_failure(reply: Reply) -> Box<Failure> {
    once(reply).with(|settings| settings.max_retries = 0).bad("accounts.get", id())
}

#[test]
fn the_params_go_out_as_json_and_nothing_of_the_providers() {
    let session = once(given(200, json!({ "id": 7 }), json!({ "status": 200, "attempts": 1 })));
    let outcome = session.good("accounts.get", id());
    assert_eq!(text_of(&outcome), r#"{"id":7}"#);
    let requests = session.world.requests.borrow();
    let request = &requests[0];
    assert_eq!(
        (request.method, &*request.url),
        ("POST", "https://edge.example.com/api/combell/accounts.get")
    );
    assert_eq!(request.body.as_deref(), Some(r#"{"id":7}"#));
    assert_eq!(request.header("authorization"), Some("Bearer visitor"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("hostwire-retries"), Some("0"));
    assert_eq!(request.header("hostwire-request-id").map(str::len), Some(32));
}

#[test]
fn each_request_has_an_id_of_its_own() {
    let session = proxied_combell(World::new().then(|_| Reply::failure(&["reset"])));
    session.bad("accounts.get", id());
    let requests = session.world.requests.borrow();
    let mut ids: Vec<_> =
        requests.iter().map(|request| request.header("hostwire-request-id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn what_the_provider_answered_is_told() {
    let limits = json!({ "limit": 100, "usage": 1, "remaining": 99, "resetMs": 9000 });
    let meta = json!({ "status": 206, "attempts": 2, "rateLimit": limits });
    let outcome = once(given(200, json!({}), meta)).good("accounts.get", id());
    assert_eq!((outcome.status, outcome.attempts), (206, 2));
    let told = outcome.told.unwrap().rate_limit.unwrap();
    assert_eq!(
        (told.limit, told.remaining, told.reset_ms),
        (Some(100.0), Some(99.0), Some(9000.0))
    );
}

#[test]
fn pages_jobs_and_files_come_through() {
    let page = given(200, json!([1, 2]), json!({ "total": 5 }));
    let text = text_of(&once(page).good("accounts.list", json!({})));
    assert_eq!(text, r#"{"items":[1,2],"total":5,"next":"{\"skip\":2}"}"#);

    let started = given(
        200,
        json!({ "location": "/v2/provisioningjobs/j", "job_id": "j" }),
        json!({ "status": 202 }),
    );
    let world = World::new().replies(started).replies(given(
        200,
        json!({ "status": "ongoing" }),
        json!({ "status": 200 }),
    ));
    let done =
        given(200, json!({ "location": "/v2/accounts/1", "id": "1" }), json!({ "status": 201 }));
    let session = proxied_combell(world.replies(done));
    let result = finished(session.call_and_wait("accounts.create", json!({ "identifier": "a" })));
    assert_eq!(result, r#"{"location":"/v2/accounts/1","id":"1"}"#);
    assert_eq!(session.world.sent()[1], "POST /api/combell/provisioningJobs.get");
    assert_eq!(session.world.bodies()[1], r#"{"job_id":"j"}"#);

    let file = Reply::bytes(200, "application/x-pkcs12", b"\xff\x00")
        .with("content-disposition", "attachment; filename=\"../a.pfx\"")
        .with("hostwire-response", "{}");
    let text = text_of(
        &once(file).good("sslCertificates.download", json!({ "sha1": "ab", "password": "pw" })),
    );
    assert_eq!(text, r#"{"bytes":null,"content_type":"application/x-pkcs12","filename":"a.pfx"}"#);

    let nothing = Reply::status(204).with("hostwire-response", "{\"status\":204}");
    let text = text_of(
        &once(nothing).good("dnsRecords.delete", json!({ "domain_name": "a", "record_id": "1" })),
    );
    assert_eq!(text, "null");
}

#[test]
fn failures_are_what_they_were() {
    use ErrorKind::*;
    let kinds = [
        ApiError,
        AuthenticationError,
        PermissionError,
        NotFoundError,
        ConflictError,
        GoneError,
        ValidationError,
        RateLimitError,
        ServerError,
        ConnectionError,
        TimeoutError,
        ResponseError,
        InputError,
        NotAllowedError,
        JobError,
        HostwireError,
    ];
    for kind in kinds {
        let failure = get_failure(problem(502, kind.name(), json!({})));
        assert_eq!((failure.kind, &*failure.message), (kind, "No."));
        assert_eq!((failure.provider, &*failure.operation), ("combell", "accounts.get"));
    }
    assert_eq!(get_failure(problem(418, "TeapotError", json!({}))).kind, ApiError);

    let more = json!({
        "code": "no",
        "issues": [{ "path": "a.b", "message": "too short", "code": "x" }],
        "retryAfterMs": 1500,
        "timeoutMs": 30,
        "body": { "error_text": "No." },
    });
    let failure = get_failure(problem(400, "ValidationError", more));
    assert_eq!((failure.code.as_deref(), failure.status), (Some("no"), Some(400)));
    assert_eq!((failure.retry_after_ms, failure.timeout_ms), (Some(1500.0), Some(30.0)));
    let issue = &failure.issues[0];
    assert_eq!(
        (&*issue.path, &*issue.message, issue.code.as_deref()),
        ("a.b", "too short", Some("x"))
    );
    assert_eq!(failure.body, Some(Body::Json(r#"{"error_text":"No."}"#.to_owned())));
}

#[test]
fn the_providers_status_decides_what_is_sent_again() {
    let meta = json!({ "status": 503, "attempts": 1 });
    let body = json!({ "type": "urn:hostwire:ServerError", "detail": "Busy" });
    let session =
        proxied_combell(World::new().then(move |_| given(502, body.clone(), meta.clone())));
    assert_eq!(session.bad("accounts.get", id()).attempts, 3);
    let before = session.world.sent().len();
    assert_eq!(session.bad("accounts.create", json!({ "identifier": "a" })).attempts, 1);
    assert_eq!(
        session.bad("dnsRecords.create", json!({ "domain_name": "a", "type": "a" })).attempts,
        1
    );
    assert_eq!(session.world.sent().len(), before + 2);
    // A refusal of credentials is the proxy's trouble, and final.
    let body = json!({ "type": "urn:hostwire:AuthenticationError", "detail": "No" });
    let session = once(given(502, body, json!({ "status": 401 })));
    let failure = session.bad("accounts.get", id());
    assert_eq!(
        (failure.kind, failure.status, failure.attempts),
        (ErrorKind::AuthenticationError, Some(401), 1)
    );
}

#[test]
fn the_proxy_says_how_long_to_wait() {
    let busy = problem(429, "RateLimitError", json!({})).with("retry-after", "2");
    let session =
        proxied_combell(World::new().replies(busy).replies(given(200, json!({}), json!({}))));
    assert_eq!(session.good("accounts.get", id()).attempts, 2);
    assert_eq!(session.world.elapsed(), 2000.0);
}

#[test]
fn wrong_input_and_forbidden_effects_are_told_here() {
    let session =
        proxied_combell(World::new()).with(|settings| settings.allow = vec![Effect::Read]);
    assert_eq!(session.bad("accounts.get", json!({ "id": "x" })).kind, ErrorKind::InputError);
    assert_eq!(session.bad("accounts.wipe", id()).kind, ErrorKind::NotAllowedError);
    let prepared = session.prepare("accounts.get", id()).err().unwrap();
    assert_eq!((prepared.kind, &*prepared.issues[0].path), (ErrorKind::InputError, "proxy"));
    let own = session.request(json!({ "method": "GET", "path": "/v2" })).err().unwrap();
    assert_eq!(
        (own.kind, &*own.issues[0].message),
        (ErrorKind::InputError, "takes named operations only")
    );
    assert!(session.world.sent().is_empty());
}

#[test]
fn what_no_proxy_would_answer_is_a_response_error() {
    let strange = [
        Reply::json(200, json!({ "id": 7 })),
        Reply::json(200, json!({})).with("hostwire-response", "yes"),
        Reply::json(200, json!({})).with("hostwire-response", "[]"),
        Reply::json(200, json!({})).with("hostwire-response", "7"),
        Reply::text(502, "text/html", "<h1>Bad gateway"),
        Reply::text(502, "text/html", "<h1>Bad gateway").with("hostwire-response", "{}"),
        given(400, json!({}), json!({})),
        given(400, json!([]), json!({})),
        given(400, json!({ "type": "urn:hostwire:ApiError" }), json!({})),
        given(400, json!({ "type": "about:blank", "detail": "No" }), json!({})),
        given(400, json!({ "type": 7, "detail": "No" }), json!({})),
        problem(400, "ApiError", json!({ "detail": { "a": 1 } })),
        problem(400, "ApiError", json!({ "issues": "none" })),
        problem(400, "ApiError", json!({ "issues": [7] })),
        problem(400, "ApiError", json!({ "issues": [{ "path": 7, "message": "x" }] })),
        problem(400, "ApiError", json!({ "issues": [{ "path": "x" }] })),
    ];
    for reply in strange {
        let failure = get_failure(reply);
        assert_eq!(failure.kind, ErrorKind::ResponseError);
        assert_eq!(failure.message, "no hostwire proxy is at proxy.url");
    }
    let failure =
        once(given(200, json!({ "no": "list" }), json!({}))).bad("accounts.list", json!({}));
    assert_eq!(failure.kind, ErrorKind::ResponseError);
}

#[test]
fn numbers_that_are_none_do_no_harm() {
    let numbers = [
        json!({ "status": 99999999, "attempts": 99999999999999u64, "total": -5 }),
        json!({ "status": -1, "attempts": -1, "total": 1e300 }),
        json!({ "status": "x", "attempts": {}, "total": [] }),
        json!({ "status": null, "attempts": null, "rateLimit": 7 }),
        json!({ "attempts": 4294967295u32, "rateLimit": { "limit": "a" } }),
    ];
    for meta in numbers {
        let page = given(200, json!([1]), meta.clone());
        once(page).good("accounts.list", json!({}));
        // The second attempt adds to what the proxy claims.
        let world = World::new().fails("reset").replies(given(200, json!({}), meta.clone()));
        assert!(proxied_combell(world).good("accounts.get", id()).attempts >= 1, "{meta}");
        let body = json!({ "type": "urn:hostwire:ApiError", "detail": "No", "retryAfterMs": "x", "timeoutMs": {} });
        let world =
            World::new().fails("reset").then(move |_| given(400, body.clone(), meta.clone()));
        proxied_combell(world).bad("accounts.get", id());
    }
}

#[test]
fn a_purchase_is_sent_once_whatever_the_proxy_says() {
    let lies = [
        problem(429, "RateLimitError", json!({ "retryAfterMs": 0 })),
        problem(502, "AuthenticationError", json!({})),
        given(
            401,
            json!({ "type": "urn:hostwire:AuthenticationError", "detail": "No" }),
            json!({ "status": 401 }),
        ),
        problem(503, "ServerError", json!({})),
        problem(408, "TimeoutError", json!({})),
        problem(502, "ConnectionError", json!({})),
        problem(403, "NotAllowedError", json!({})),
    ];
    for lie in lies {
        let session = proxied_combell(World::new().then(move |_| lie.clone()));
        session.bad("accounts.create", json!({ "identifier": "a" }));
        assert_eq!(session.world.sent().len(), 1);
    }
}

#[test]
fn secrets_of_the_call_do_not_come_back() {
    let params = json!({ "identifier": "a", "password": "hunter2hunter2" });
    let echo = json!({
        "detail": "hunter2hunter2",
        "code": "hunter2hunter2",
        "issues": [{ "path": "hunter2hunter2", "message": "hunter2hunter2", "code": "hunter2hunter2" }],
        "body": { "a": "hunter2hunter2" },
    });
    for kind in ["ValidationError", "ConnectionError", "ResponseError", "InputError", "JobError"] {
        let reply = problem(400, kind, echo.clone())
            .with("x-echo", "hunter2hunter2")
            .with("set-cookie", "a=b");
        let failure = once(reply).bad("accounts.create", params.clone());
        assert_eq!(failure.message, "***");
        assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
        assert!(!failure.headers.iter().any(|(name, _)| name == "set-cookie"));
    }
    let session = once(Reply::failure(&["hunter2hunter2"]));
    let failure = session.bad("accounts.create", params);
    assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
}

#[test]
fn a_job_that_fails_behind_a_proxy_is_told_with_its_name() {
    let started = given(
        200,
        json!({ "location": "/v2/provisioningjobs/j", "job_id": "j" }),
        json!({ "status": 202 }),
    );
    let world = World::new().replies(started);
    let session = proxied_combell(world.replies(given(
        200,
        json!({ "status": "failed" }),
        json!({ "status": 200 }),
    )));
    let failure = ended(session.call_and_wait("accounts.create", json!({ "identifier": "a" })));
    assert_eq!((failure.kind, &*failure.message), (ErrorKind::JobError, "job j failed: failed"));
    assert_eq!(failure.job.as_deref(), Some(r#"{"job_id":"j"}"#));
}
