//! No secret comes back in what is shown: failures with all their texts, and events.

use serde_json::{Value, json};

use super::support::{Session, artnet, ccloud, ccloud_with_token, combahton, combell, hostkey};
use crate::failure::{Body, Failure};
use crate::platform::simulated::{Fault, Reply, World};

/// Everything that a caller or an observer may see of a failure.
fn shown(session: &Session, failure: &Failure) -> String {
    format!("{failure:?} {}", session.world.told_text())
}

/// Ways in which a provider repeats what it was sent, or a runtime tells of it.
fn echoes(secret: &str) -> Vec<Reply> {
    let mut replies = Vec::new();
    let encoded: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let escaped: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    for text in [
        secret.to_owned(),
        encoded,
        escaped,
        secret.to_ascii_uppercase(),
        format!("a{secret}{secret}b"),
    ] {
        for status in [200, 302, 400, 401, 403, 404, 429, 500] {
            let body = json!({
                "error_code": text, "error_text": text, "message": text, "status": text,
                "validation_errors": [{ "error_code": text, "error_text": text }],
                "errors": { (text.as_str()): [text] },
                "success": false, "result": -1, "code": text,
                "error": { "code": text, "description": { "en": text }, "msg": text, "errors_details": { "a": text } },
            });
            replies.push(Reply::json(status, body).with("x-echo", &text).with("location", &text));
            replies.push(Reply::text(status, "text/html", &format!("<p>{text}")));
            replies.push(Reply::text(status, "text/plain", &text));
            replies.push(Reply::text(status, "application/json", &format!("{{\"a\": \"{text}")));
        }
        replies.push(Reply::failure(&["fetch failed", &text]));
        replies.push(Reply::failure(&[&text]));
    }
    replies
}

/// Makes the call for each of these replies, and looks for the secrets in what fails.
fn never_shows(
    make: fn(World) -> Session,
    login: Option<Value>,
    operation: &str,
    params: &Value,
    secrets: &[&str],
) {
    let mut failures = 0;
    for secret in secrets {
        for reply in echoes(secret) {
            let login = login.clone();
            let is_login = |line: &str| line == "POST /auth.php" || line == "POST /oauth/token";
            let session = make(World::new().random_bytes(0).then(move |request| match &login {
                Some(login) if is_login(&request.line()) => Reply::json(200, login.clone()),
                _ => reply.clone(),
            }));
            let Err(failure) = session.call(operation, params.clone()) else { continue };
            failures += 1;
            let shown = shown(&session, &failure).to_lowercase();
            for secret in secrets {
                assert!(!shown.contains(&secret.to_lowercase()), "{secret} in {shown}");
            }
        }
    }
    assert!(failures > 50, "{failures}");
}

#[test]
fn combells() {
    let params = json!({ "identifier": "a", "password": "correct-horse" });
    let secrets = ["combell-key", "combell-secret", "correct-horse"];
    never_shows(combell, None, "accounts.create", &params, &secrets);
    let params = json!({ "sha1": "ab", "password": "correct-horse" });
    never_shows(combell, None, "sslCertificates.download", &params, &secrets);
}

#[test]
fn hostkeys() {
    let login = json!({ "result": { "token": "session-token" } });
    let secrets = ["hostkey-key", "session-token", "19077091"];
    let params = json!({ "id": 1, "pin": 19077091 });
    never_shows(hostkey, Some(login), "eq.reboot", &params, &secrets);
    // The login itself too.
    never_shows(hostkey, None, "eq.list", &json!({}), &["hostkey-key"]);
}

#[test]
fn cclouds() {
    let login = json!({ "access_token": "bearer-token", "expires_in": 3600 });
    never_shows(
        ccloud,
        Some(login),
        "tasks.get",
        &json!({ "id": 7 }),
        &["ccloud-secret", "bearer-token"],
    );
    never_shows(ccloud, None, "tasks.get", &json!({ "id": 7 }), &["ccloud-secret"]);
    let given = |world| ccloud_with_token("bearer-token", world);
    never_shows(given, None, "tasks.get", &json!({ "id": 7 }), &["bearer-token"]);
}

#[test]
fn artnets_and_combahtons() {
    never_shows(artnet, None, "vps.powerOn", &json!({ "service_id": 1 }), &["artnet-key"]);
    let params = json!({ "id": "1", "password": "correct-horse" });
    never_shows(
        combahton,
        None,
        "kvm.server.reinstall",
        &params,
        &["combahton-secret", "correct-horse"],
    );
}

#[test]
fn what_is_no_secret_is_shown() {
    let world = World::new().answers(400, json!({ "error_text": "no domain example.com" }));
    let failure = combell(world).bad("accounts.create", json!({ "identifier": "example.com" }));
    assert_eq!(failure.message, "Combell answered 400 to accounts.create: no domain example.com");
    // Nor is a secret that is so short that it would turn up everywhere.
    let login = json!({ "result": { "token": "session-token" } });
    let world = World::new().answers(200, login).answers(400, json!({ "message": "19 servers" }));
    let failure = hostkey(world).bad("eq.reboot", json!({ "id": 1, "pin": 19 }));
    assert!(failure.message.contains("19 servers"));
}

#[test]
fn a_secret_is_taken_out_before_a_text_is_cut() {
    let text = format!("{}combell-secret", "x".repeat(495));
    let failure = combell(World::new().answers(404, json!({ "error_text": text })))
        .bad("accounts.get", json!({ "id": 7 }));
    assert!(failure.message.ends_with("xxx***"), "{}", failure.message);
    let text = format!("{}combell-secret", "x".repeat(1995));
    let failure = combell(World::new().answers_text(404, "text/plain", &text))
        .bad("accounts.get", json!({ "id": 7 }));
    assert_eq!(failure.body, Some(Body::Text(["x".repeat(1995).as_str(), "***"].concat())));
}

#[test]
fn urls_are_told_without_secrets() {
    let session = combell(World::new().status(503).answers_text(200, "application/x-pkcs12", "x"));
    session.good("sslCertificates.download", json!({ "sha1": "ab", "password": "p w&x" }));
    let url = "https://api.combell.example/v2/sslcertificates/ab/download?password=***";
    assert!(session.world.events.borrow().iter().all(|event| event.url == url));
    let requests = session.world.requests.borrow();
    assert_eq!(requests[0].redacted_url.as_deref(), Some(url));
    assert_eq!(requests[0].line(), "GET /v2/sslcertificates/ab/download?password=p%20w%26x");
}

#[test]
fn what_the_client_fills_in_is_as_secret() {
    let login = json!({ "result": { "token": "session-token" } });
    let world = World::new().answers(200, login).answers(400, json!({ "message": "PIN 19077091" }));
    let session = hostkey(world).with(|settings| settings.fills = r#"{"pin":19077091}"#.to_owned());
    let failure = session.bad("eq.reboot", json!({ "id": 1 }));
    assert!(session.world.bodies()[1].contains("pin=19077091"));
    assert_eq!(failure.message, "Hostkey answered 400 to eq.reboot: PIN ***");
}

#[test]
fn an_old_token_is_still_a_secret() {
    let token = |text: &str| json!({ "access_token": text, "expires_in": 3600 });
    let world = World::new()
        .answers(200, token("first-token"))
        .status(401)
        .answers(200, token("second-token"));
    let world = world.answers(400, json!({ "message": "first-token second-token" }));
    let failure = ccloud(world).bad("tasks.get", json!({ "id": 7 }));
    assert_eq!(failure.message, "ccloud answered 400 to tasks.get: *** ***");
}

#[test]
fn a_store_tells_no_token() {
    let stored = json!({ "token": "kept-token", "expires": 9_000_000_000_000u64 }).to_string();
    let world = World::new().stored(Some(&stored)).answers(400, json!({ "message": "kept-token" }));
    let session = ccloud(world);
    let failure = session.bad("tasks.get", json!({ "id": 7 }));
    assert!(!shown(&session, &failure).contains("kept-token"));
    let world = World::new().stored(Some("ccloud-secret")).store_fault(Fault::Fails);
    let session = ccloud(world.answers(400, json!({})));
    let failure = session.bad("tasks.get", json!({ "id": 7 }));
    assert!(!shown(&session, &failure).contains("ccloud-secret"));
}
