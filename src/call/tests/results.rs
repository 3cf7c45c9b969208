//! What a good call gives: data, nothing, a location, a file.

use serde_json::json;

use super::support::{artnet, combahton, combell, hostkey, text_of};
use crate::answer::CallResult;
use crate::failure::ErrorKind;
use crate::platform::simulated::{Reply, World};

#[test]
fn data_is_given_as_it_came() {
    let text = r#"{"id":12345678901234567890,"name":"é","list":[1.50,null,true]}"#;
    let session = combell(World::new().answers_text(200, "application/json", text));
    let outcome = session.good("accounts.get", json!({ "id": 7 }));
    assert_eq!(text_of(&outcome), text);
    assert_eq!((outcome.status, outcome.attempts), (200, 1));
    let status = World::new().answers(206, json!([]));
    assert_eq!(combell(status).good("accounts.get", json!({ "id": 7 })).status, 206);
}

#[test]
fn nothing_is_nothing() {
    let named = || json!({ "domain_name": "a", "record_id": "7" });
    for reply in [Reply::status(204), Reply::status(200), Reply::json(204, json!({}))] {
        let outcome = combell(World::new().replies(reply)).good("dnsRecords.delete", named());
        assert!(matches!(outcome.result, CallResult::Nothing));
    }
}

#[test]
fn a_location_names_what_is_new() {
    let record = json!({ "domain_name": "a", "type": "a" });
    let cases = [
        ("/v2/dns/a/records/9?x=1", "9"),
        ("https://api.combell.com/v2/dns/a/records/caf%C3%A9/", "café"),
        ("/v2/dns/a/records/..%2f..%2fetc", "../../etc"),
        ("", ""),
    ];
    for (location, id) in cases {
        let session = combell(World::new().status(201).header("Location", location));
        let text = text_of(&session.good("dnsRecords.create", record.clone()));
        assert_eq!(text, json!({ "location": location, "id": id }).to_string());
    }
    // Of a job that was started, the name is that of the job's id.
    let session = combell(World::new().status(202).header("location", "/v2/provisioningjobs/j1"));
    let text = text_of(&session.good("accounts.create", json!({ "identifier": "a" })));
    assert_eq!(text, r#"{"location":"/v2/provisioningjobs/j1","job_id":"j1"}"#);
    // Where a body comes along, too.
    let reply = Reply::json(201, json!({ "id": 4 })).with("location", "/v2/dns/a/records/9");
    let outcome = combell(World::new().replies(reply)).good("dnsRecords.create", record);
    assert!(matches!(&outcome.result, CallResult::Location(place) if place.id == "9"));
}

fn download() -> serde_json::Value {
    json!({ "sha1": "ab", "password": "correct-horse" })
}

#[test]
fn a_file_has_its_type_and_a_safe_name() {
    let names = [
        ("attachment; filename=\"invoice 12.pdf\"", json!("invoice 12.pdf")),
        ("attachment; filename=\"../../etc/passwd\"", json!("passwd")),
        ("attachment; filename*=UTF-8''..%5C..%5Cboot.ini", json!("boot.ini")),
        ("attachment; filename=..", json!(null)),
        ("inline", json!(null)),
    ];
    for (disposition, name) in names {
        let reply = Reply::bytes(200, "application/x-pkcs12", b"\x30\x82\xff")
            .with("content-disposition", disposition);
        let session = combell(World::new().replies(reply));
        let outcome = session.good("sslCertificates.download", download());
        let CallResult::File(file) = &outcome.result else { panic!("no file") };
        assert_eq!(file.content_type, "application/x-pkcs12");
        assert_eq!(json!(file.filename), name, "{disposition}");
        // Its bytes are the answer's.
        assert_eq!((file.bytes.as_deref(), &*outcome.answer.body), (None, &b"\x30\x82\xff"[..]));
        assert!(session.world.requests.borrow()[0].wants_file);
        assert_eq!(session.world.requests.borrow()[0].header("accept"), None);
    }
}

#[test]
fn a_file_without_a_type_is_bytes() {
    let reply = Reply::bytes(200, "application/x-pkcs12", b"abc").without("content-type");
    let outcome = combell(World::new().replies(reply)).good("sslCertificates.download", download());
    let CallResult::File(file) = &outcome.result else { panic!("no file") };
    assert_eq!(file.content_type, "application/octet-stream");
}

#[test]
fn a_failure_in_place_of_a_file_is_read_all_the_same() {
    let world = World::new().answers(404, json!({ "error_text": "No such certificate." }));
    let failure = combell(world).bad("sslCertificates.download", download());
    let message = "Combell answered 404 to sslCertificates.download: No such certificate";
    assert_eq!(failure.message, message);
    let world = World::new().answers(200, json!({ "result": { "token": "abc" } }));
    let world = world.answers(200, json!({ "result": -1, "error": "No such invoice" }));
    let failure = hostkey(world).bad("invoices.pdf", json!({ "id": 1 }));
    assert_eq!((failure.kind, failure.status), (ErrorKind::ApiError, Some(200)));
    assert_eq!(failure.message, "Hostkey answered 200 to invoices.pdf: No such invoice");
    let world = World::new().answers_text(200, "text/html", "<p>Log in");
    let failure = combell(world).bad("sslCertificates.download", download());
    assert_eq!(failure.kind, ErrorKind::ResponseError);
}

#[test]
fn a_file_may_come_as_base64_in_json() {
    let login = || World::new().answers(200, json!({ "result": { "token": "abc" } }));
    let world = login().answers(200, json!({ "result": "OK", "data": ["x", "JVBERi0xLjQK"] }));
    let outcome = hostkey(world).good("invoices.pdf", json!({ "id": 1 }));
    let CallResult::File(file) = &outcome.result else { panic!("no file") };
    assert_eq!(
        (file.bytes.as_deref(), &*file.content_type),
        (Some(&b"%PDF-1.4\n"[..]), "application/pdf")
    );
    // Only where the provider does so.
    let world = World::new().answers(200, json!({ "data": "JVBERi0xLjQK" }));
    let failure = combell(world).bad("sslCertificates.download", download());
    assert_eq!(failure.kind, ErrorKind::ResponseError);
}

#[test]
fn credentials_that_the_provider_replaces_are_used_from_then_on() {
    let world = World::new().answers(200, json!({ "success": true, "api_key": "brand-new-key" }));
    let world = world.answers(403, json!({ "success": false, "error": { "description": { "en": "artnet-key, brand-new-key" } } }));
    let session = artnet(world);
    let outcome = session.good("customer.regenerateApiKey", json!({}));
    assert!(text_of(&outcome).contains("brand-new-key"));
    assert_eq!(*session.world.kept.borrow(), [("apiKey".to_owned(), "brand-new-key".to_owned())]);
    let failure = session.bad("vps.powerOn", json!({ "service_id": 1 }));
    let bodies = session.world.bodies();
    assert!(
        bodies[0].contains("api_key=artnet-key") && bodies[1].contains("api_key=brand-new-key")
    );
    // The old one is still a secret.
    assert_eq!(failure.message, "Artnet answered 403 to vps.powerOn: ***, ***");
}

#[test]
fn a_call_in_flight_is_told_of_with_both_keys_redacted() {
    let slow = Reply::json(
        400,
        json!({ "success": false, "error": { "description": { "en": "artnet-key" } } }),
    );
    let world = World::new().replies(slow.after(100.0));
    let session =
        artnet(world.answers(200, json!({ "success": true, "api_key": "brand-new-key" })));
    let calls =
        [("vps.powerOn", json!({ "service_id": 1 })), ("customer.regenerateApiKey", json!({}))];
    let called =
        session.world.run_all(calls.map(|(operation, params)| session.calling(operation, params)));
    let failure = called.into_iter().next().unwrap().err().unwrap();
    assert_eq!(failure.message, "Artnet answered 400 to vps.powerOn: ***");
}

#[test]
fn a_new_key_that_does_not_come_changes_nothing() {
    let world = World::new().answers(200, json!({ "success": true, "api_key": null }));
    let session = artnet(world.answers(200, json!({ "success": true })));
    session.good("customer.regenerateApiKey", json!({}));
    session.good("vps.powerOn", json!({ "service_id": 1 }));
    assert!(session.world.bodies()[1].contains("api_key=artnet-key"));
    assert!(session.world.kept.borrow().is_empty());
}

#[test]
fn credentials_go_where_each_provider_wants_them() {
    let session = artnet(World::new().answers(200, json!({ "success": true })));
    session.good("vps.powerOn", json!({ "service_id": 12 }));
    assert_eq!(
        session.world.bodies(),
        ["service_id=12&confirm=confirm&id=4711&api_key=artnet-key"]
    );
    let session = combahton(World::new().answers(200, json!({ "status": "running" })));
    session.good("kvm.server.view", json!({ "id": "4711" }));
    let body: serde_json::Value = serde_json::from_str(&session.world.bodies()[0]).unwrap();
    let expected = json!({ "component": "kvm", "action": "view", "id": "4711", "email": "me@example.com", "secret": "combahton-secret" });
    assert_eq!(body, expected);
}

#[test]
fn headers_of_the_call_win_over_the_clients_but_not_over_its_own() {
    let session = combell(World::new().answers(200, json!({})))
        .with(|settings| {
            settings.headers =
                vec![("X-A".into(), "client".into()), ("x-b".into(), "client".into())]
        })
        .calling_with(|options| {
            options.headers =
                vec![("x-a".into(), "call".into()), ("Authorization".into(), "mine".into())];
        });
    session.good("accounts.get", json!({ "id": 7 }));
    let requests = session.world.requests.borrow();
    let header = |name| requests[0].header(name);
    assert_eq!((header("x-a"), header("x-b")), (Some("call"), Some("client")));
    assert!(header("authorization").unwrap().starts_with("hmac combell-key:"));
    assert_eq!(requests[0].headers.len(), 4);
}

#[test]
fn extra_parameters_go_along() {
    let session = combell(World::new().answers(200, json!({})))
        .calling_with(|options| options.extra = r#"{"new":"a b"}"#.to_owned());
    session.good("accounts.get", json!({ "id": 7 }));
    let requests = session.world.requests.borrow();
    assert_eq!(requests[0].line(), "GET /v2/accounts/7?new=a%20b");
    // What they mean is not known, so they are not shown.
    assert_eq!(
        requests[0].redacted_url.as_deref(),
        Some("https://api.combell.example/v2/accounts/7?new=***")
    );
}
