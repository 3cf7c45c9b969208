//! Every kind of failure, with its words.

use serde_json::{Value, json};

use super::support::{Session, artnet, ccloud_with_token, combahton, combell, hostkey, text_of};
use crate::failure::{Body, ErrorKind, Failure};
use crate::operation::Effect;
use crate::platform::simulated::{Reply, World};

fn get(world: World) -> Box<Failure> {
    combell(world).with(|settings| settings.max_retries = 0).bad("accounts.get", json!({ "id": 7 }))
}

#[test]
fn each_status_has_its_kind_and_words() {
    use ErrorKind::*;
    let cases = [
        (400, ValidationError, "Combell answered 400 to accounts.get: No (no)"),
        (
            401,
            AuthenticationError,
            "Combell answered 401 to accounts.get: No (no). Check the API key",
        ),
        (402, ApiError, "Combell answered 402 to accounts.get: No (no)"),
        (
            403,
            PermissionError,
            "Combell answered 403 to accounts.get: No (no). This operation is closed to the API key",
        ),
        (404, NotFoundError, "Combell answered 404 to accounts.get: No (no)"),
        (405, ApiError, "Combell answered 405 to accounts.get: No (no)"),
        (408, ApiError, "Combell answered 408 to accounts.get: No (no)"),
        (409, ConflictError, "Combell answered 409 to accounts.get: No (no)"),
        (410, GoneError, "Combell answered 410 to accounts.get: No (no)"),
        (422, ValidationError, "Combell answered 422 to accounts.get: No (no)"),
        (429, RateLimitError, "Combell answered 429 to accounts.get: No (no)"),
        (500, ServerError, "Combell answered 500 to accounts.get: No (no)"),
        (599, ServerError, "Combell answered 599 to accounts.get: No (no)"),
    ];
    for (status, kind, message) in cases {
        let body = json!({ "error_code": "no", "error_text": "No." });
        let failure = get(World::new().answers(status, body.clone()).header("x-id", "1"));
        assert_eq!((failure.kind, &*failure.message), (kind, message));
        assert_eq!((failure.status, failure.code.as_deref()), (Some(status), Some("no")));
        assert_eq!(failure.body, Some(Body::Json(body.to_string())));
        assert_eq!((failure.provider, &*failure.operation), ("combell", "accounts.get"));
        assert!(failure.headers.contains(&("x-id".to_owned(), "1".to_owned())));
        assert_eq!(failure.attempts, 1);
    }
}

#[test]
fn a_refusal_may_say_nothing() {
    let failure = get(World::new().status(404));
    assert_eq!(failure.message, "Combell answered 404 to accounts.get");
    assert_eq!((failure.code, failure.body), (None, None));
    let failure = get(World::new().answers_text(503, "text/html", "<h1>Busy</h1>"));
    assert_eq!(failure.message, "Combell answered 503 to accounts.get");
    assert_eq!(failure.body, Some(Body::Text("<h1>Busy</h1>".to_owned())));
}

#[test]
fn long_words_are_cut() {
    let words = "é".repeat(3000);
    let failure = get(World::new().answers(400, json!({ "error_text": words })));
    let message = ["Combell answered 400 to accounts.get: ", &"é".repeat(500)].concat();
    assert_eq!(failure.message, message);
    let failure = get(World::new().answers_text(500, "text/plain", &words));
    assert_eq!(failure.body, Some(Body::Text("é".repeat(2000))));
}

#[test]
fn cookies_of_an_answer_are_left_out() {
    let failure =
        get(World::new().status(404).header("set-cookie", "session=1").header("via", "x"));
    assert_eq!(failure.headers, [("via".to_owned(), "x".to_owned())]);
}

#[test]
fn faults_that_the_provider_finds_are_issues() {
    let body = json!({ "validation_errors": [{ "error_code": "a", "error_text": "Too short." }, { "error_text": "B" }] });
    let failure = get(World::new().answers(400, body));
    assert_eq!(failure.message, "Combell answered 400 to accounts.get: Too short");
    let issues: Vec<_> = failure
        .issues
        .iter()
        .map(|issue| (&*issue.path, &*issue.message, issue.code.as_deref()))
        .collect();
    assert_eq!(issues, [("", "Too short.", Some("a")), ("", "B", None)]);

    let body = json!({ "message": "The given data was invalid.", "errors": { "hostname": ["taken", "too long"] } });
    let session = ccloud_with_token("t", World::new().answers(422, body));
    let failure = session.bad("tasks.get", json!({ "id": 1 }));
    let issues: Vec<_> =
        failure.issues.iter().map(|issue| (&*issue.path, &*issue.message)).collect();
    assert_eq!(issues, [("hostname", "taken"), ("hostname", "too long")]);
}

fn in_a_success(
    session: Session,
    operation: &str,
    params: Value,
) -> (ErrorKind, String, Option<u16>) {
    let failure = session.bad(operation, params);
    (failure.kind, failure.message, failure.status)
}

#[test]
fn failures_may_come_with_200() {
    use ErrorKind::*;
    let kvm = |body| {
        in_a_success(
            combahton(World::new().answers(200, body)),
            "kvm.server.start",
            json!({ "id": "1" }),
        )
    };
    assert_eq!(
        kvm(json!({ "status": "auth_failed" })),
        (AuthenticationError, "combahton answered 200 to kvm.server.start: The e-mail address and API key do not belong together (auth_failed)".to_owned(), Some(200))
    );
    assert_eq!(kvm(json!({ "status": "id_reinstalling" })).0, ConflictError);
    assert_eq!(
        kvm(json!({ "success": false })),
        (ApiError, "combahton answered 200 to kvm.server.start".to_owned(), Some(200))
    );

    let vps = |status, body| {
        in_a_success(
            artnet(World::new().answers(status, body)),
            "vps.powerOn",
            json!({ "service_id": 12 }),
        )
    };
    let body = json!({ "success": false, "error": { "code": "service-not-found", "description": { "pl": "Nie", "en": "No service." } } });
    assert_eq!(
        vps(200, body.clone()),
        (
            NotFoundError,
            "Artnet answered 200 to vps.powerOn: No service (service-not-found)".to_owned(),
            Some(200)
        )
    );
    // A status that says little gives way to a body that says more.
    assert_eq!(vps(406, body.clone()).0, NotFoundError);
    assert_eq!(vps(403, body).0, PermissionError);

    let world =
        World::new().answers(200, json!({ "result": -1, "code": -1, "message": "No such preset" }));
    assert_eq!(
        in_a_success(hostkey(world), "presets.list", json!({})),
        (
            ApiError,
            "Hostkey answered 200 to presets.list: No such preset (-1)".to_owned(),
            Some(200)
        )
    );
}

#[test]
fn an_answer_that_is_not_what_was_promised_is_a_response_error() {
    let location = json!({ "domain_name": "a", "type": "a" });
    let id = json!({ "id": 7 });
    let none = json!({});
    let cases: [(&str, &Value, Reply, &str); 11] = [
        (
            "accounts.get",
            &id,
            Reply::text(200, "text/html", "hello"),
            "200 to accounts.get with a web page in place of data",
        ),
        (
            "accounts.get",
            &id,
            Reply::text(200, "application/json", " <html>"),
            "200 to accounts.get with a web page in place of data",
        ),
        (
            "accounts.get",
            &id,
            Reply::text(200, "application/json", "{\"a\":"),
            "200 to accounts.get with JSON that is broken or cut off",
        ),
        (
            "accounts.get",
            &id,
            Reply::text(200, "text/plain", "[1,2"),
            "200 to accounts.get with JSON that is broken or cut off",
        ),
        (
            "accounts.get",
            &id,
            Reply::text(200, "text/plain", "hello"),
            "200 to accounts.get with text in place of JSON",
        ),
        (
            "accounts.get",
            &id,
            Reply::status(200),
            "200 to accounts.get with an empty body in place of data",
        ),
        (
            "accounts.get",
            &id,
            Reply::status(302).with("location", "https://evil.example"),
            "302 to accounts.get with a redirect, which is not followed: credentials would go along",
        ),
        (
            "accounts.list",
            &none,
            Reply::json(200, json!({ "data": [] })),
            "200 to accounts.list with a list expected, but an object there",
        ),
        (
            "accounts.list",
            &none,
            Reply::json(200, json!(null)),
            "200 to accounts.list with a list expected, but null there",
        ),
        (
            "dnsRecords.create",
            &location,
            Reply::status(201),
            "201 to dnsRecords.create with no Location to tell what came of it. It was accepted: do not send it again without looking",
        ),
        (
            "sslCertificates.download",
            &json!({ "sha1": "ab", "password": "pw" }),
            Reply::json(200, json!({})),
            "200 to sslCertificates.download with JSON in place of a file",
        ),
    ];
    for (operation, params, reply, message) in cases {
        let session = combell(World::new().replies(reply));
        let failure = session.bad(operation, params.clone());
        assert_eq!(failure.kind, ErrorKind::ResponseError, "{message}");
        assert_eq!(failure.message, ["Combell answered ", message].concat());
        assert_eq!(failure.attempts, 1);
    }
}

#[test]
fn a_list_that_is_missing_is_told() {
    let session = ccloud_with_token("t", World::new().answers(200, json!({ "servers": [] })));
    let failure = session.bad("servers.list", json!({}));
    assert_eq!(
        failure.message,
        "ccloud answered 200 to servers.list with a list expected, but nothing there"
    );
}

#[test]
fn a_redirect_that_the_runtime_hides_is_told_as_far_as_it_can() {
    let failure = get(World::new().status(0));
    assert_eq!(
        (failure.kind, &*failure.message),
        (ErrorKind::ResponseError, "the answer is a redirect")
    );
    let failure = get(World::new().status(0).explains("a redirect, which browsers hide"));
    assert_eq!(failure.message, "a redirect, which browsers hide");
}

#[test]
fn no_answer_is_a_connection_error_or_a_timeout() {
    let failure =
        get(World::new().replies(Reply::failure(&["fetch failed", "connect ECONNREFUSED"])));
    assert_eq!(failure.kind, ErrorKind::ConnectionError);
    assert_eq!(
        failure.message,
        "combell could not be reached for accounts.get: connect ECONNREFUSED"
    );
    let causes: Vec<_> =
        failure.causes.iter().map(|cause| (&*cause.name, &*cause.message)).collect();
    assert_eq!(causes, [("TypeError", "fetch failed"), ("TypeError", "connect ECONNREFUSED")]);
    assert_eq!((failure.status, failure.attempts), (None, 1));
    for causes in [&[][..], &[""]] {
        let failure = get(World::new().replies(Reply::failure(causes)));
        assert_eq!(
            failure.message,
            "combell could not be reached for accounts.get: the connection failed"
        );
    }
    let failure =
        get(World::new().fails("Failed to fetch").explains(". In a web page, CORS may be why"));
    let message = "combell could not be reached for accounts.get: Failed to fetch. In a web page, CORS may be why";
    assert_eq!(failure.message, message);

    let failure = get(World::new().times_out());
    assert_eq!((failure.kind, failure.timeout_ms), (ErrorKind::TimeoutError, Some(30_000.0)));
    assert_eq!(failure.message, "combell gave no whole answer to accounts.get within 30000 ms");
}

#[test]
fn wrong_input_is_told_whole_and_nothing_is_sent() {
    let session = combell(World::new());
    let failure = session.bad("dnsRecords.create", json!({ "domain_name": "..", "typ": "A" }));
    assert_eq!((failure.kind, failure.attempts, failure.status), (ErrorKind::InputError, 0, None));
    let paths: Vec<_> = failure.issues.iter().map(|issue| &*issue.path).collect();
    assert_eq!(paths, ["domain_name", "type", "typ"]);
    assert!(session.world.events.borrow().is_empty());
}

#[test]
fn an_effect_that_is_not_allowed_sends_nothing() {
    let calls = [
        ("accounts.get", json!({ "id": 7 }), Effect::Read),
        ("dnsRecords.create", json!({ "domain_name": "a", "type": "a" }), Effect::Write),
        ("accounts.wipe", json!({ "id": 7 }), Effect::Destroy),
        ("accounts.create", json!({ "identifier": "a" }), Effect::Purchase),
    ];
    for allowed in Effect::ALL {
        for (operation, params, effect) in &calls {
            let session = combell(World::new().then(|_| Reply::json(200, json!({}))))
                .with(|settings| settings.allow = vec![allowed]);
            let called = session.call(operation, params.clone()).err().map(|failure| failure.kind);
            let prepared =
                session.prepare(operation, params.clone()).err().map(|failure| failure.kind);
            let expected = (allowed != *effect).then_some(ErrorKind::NotAllowedError);
            assert_eq!((called, prepared), (expected, expected), "{operation}");
            assert_eq!(session.world.sent().len(), usize::from(allowed == *effect));
        }
    }
    let session = combell(World::new()).with(|settings| settings.allow = vec![Effect::Read]);
    // Wrong input does not hide it.
    let failure = session.bad("accounts.wipe", json!({ "id": "x" }));
    assert_eq!(
        failure.message,
        "accounts.wipe has the effect destroy, which this client does not allow"
    );
}

#[test]
fn json_counts_whatever_it_is_said_to_be() {
    for content_type in [
        "text/html; charset=utf-8",
        "text/plain",
        "application/octet-stream",
        "application/problem+json",
    ] {
        let session = combell(World::new().answers_text(200, content_type, "{\"id\":7}"));
        assert_eq!(text_of(&session.good("accounts.get", json!({ "id": 7 }))), "{\"id\":7}");
    }
    // A word is JSON only where it is said to be.
    let session = combell(World::new().answers_text(200, "application/json", "\"ok\""));
    assert_eq!(text_of(&session.good("accounts.get", json!({ "id": 7 }))), "\"ok\"");
    let failure = get(World::new().answers_text(200, "text/plain", "12"));
    assert_eq!(failure.kind, ErrorKind::ResponseError);
}

#[test]
fn commas_that_a_provider_forgets_are_put_in() {
    let text = r#"{"success":true,"services_list":[{"id":1}{"id":2}]}"#;
    let session = artnet(World::new().answers_text(200, "application/json", text));
    let page = text_of(&session.good("vps.list", json!({})));
    assert!(page.starts_with(r#"{"items":[{"id":1},{"id":2}]"#), "{page}");
    // Only of the provider that does so.
    let failure = get(World::new().answers_text(200, "application/json", r#"[{"id":1}{"id":2}]"#));
    assert_eq!(failure.kind, ErrorKind::ResponseError);
}

#[test]
fn a_known_page_says_what_it_is() {
    let page = "<script>document.cookie='layer7-validate=1'</script>";
    let world = World::new().answers_text(200, "text/html", page);
    let failure = combahton(world).bad("kvm.server.view", json!({ "id": "1" }));
    assert!(failure.message.ends_with(
        "the page of its layer 7 filter, which wants a cookie that only a browser gets"
    ));
    let world = World::new().answers_text(403, "text/html", page);
    let failure = combahton(world).bad("kvm.server.view", json!({ "id": "1" }));
    assert_eq!(failure.kind, ErrorKind::PermissionError);
    assert!(failure.message.contains("layer 7 filter"), "{}", failure.message);
}
