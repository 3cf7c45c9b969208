//! Which calls are made again, and when.

use serde_json::{Value, json};

use super::support::{Session, combell};
use crate::failure::ErrorKind;
use crate::platform::Milliseconds;
use crate::platform::simulated::{Reply, World};

/// Reads, repeatable and other writes, repeatable and other deletions, a purchase.
fn operations() -> [(&'static str, Value, bool, bool); 6] {
    let record = json!({ "domain_name": "example.com", "record_id": "7", "type": "a" });
    let new = json!({ "domain_name": "example.com", "type": "a" });
    let named = json!({ "domain_name": "example.com", "record_id": "7" });
    // Name, params, whether it is sent again after anything, whether after a 429.
    [
        ("accounts.get", json!({ "id": 7 }), true, true),
        ("dnsRecords.edit", record, true, true),
        ("dnsRecords.create", new, false, true),
        ("dnsRecords.delete", named, true, true),
        ("accounts.wipe", json!({ "id": 7 }), false, true),
        ("accounts.create", json!({ "identifier": "example.com" }), false, false),
    ]
}

fn always(reply: Reply) -> Session {
    combell(World::new().then(move |_| reply.clone()))
}

#[test]
fn each_operation_is_sent_again_only_where_that_is_safe() {
    for (operation, params, repeatable, after_429) in operations() {
        let attempts = |reply: Reply| {
            let session = always(reply);
            let failure = session.bad(operation, params.clone());
            assert_eq!(failure.attempts as usize, session.world.sent().len(), "{operation}");
            failure.attempts
        };
        let up_to = |again: bool| if again { 3 } else { 1 };
        for status in [408, 500, 502, 503, 504, 599] {
            assert_eq!(attempts(Reply::status(status)), up_to(repeatable), "{operation} {status}");
        }
        assert_eq!(attempts(Reply::failure(&["reset"])), up_to(repeatable), "{operation}");
        assert_eq!(attempts(Reply::silence()), up_to(repeatable), "{operation}");
        assert_eq!(attempts(Reply::status(429)), up_to(after_429), "{operation}");
        for status in [302, 400, 401, 402, 403, 404, 405, 409, 410, 422, 428] {
            assert_eq!(attempts(Reply::status(status)), 1, "{operation} {status}");
        }
        // What cannot be read was carried out, perhaps.
        assert_eq!(attempts(Reply::text(200, "text/html", "<html>")), 1, "{operation}");
    }
}

#[test]
fn runtimes_are_told_what_they_must_not_send_again_by_themselves() {
    for (operation, params, repeatable, _) in operations() {
        let session = always(Reply::status(400));
        session.bad(operation, params);
        assert_eq!(session.world.requests.borrow()[0].non_repeatable, !repeatable, "{operation}");
    }
}

#[test]
fn a_purchase_is_never_sent_twice() {
    let replies = [
        Reply::failure(&["connection reset"]),
        Reply::silence(),
        Reply::status(408),
        Reply::status(429).with("retry-after", "0"),
        Reply::status(500),
        Reply::status(503).with("retry-after", "1"),
        Reply::text(202, "text/html", "<p>Try again"),
    ];
    for reply in replies {
        let session = always(reply).with(|settings| settings.max_retries = 50);
        assert!(session.call("accounts.create", json!({ "identifier": "example.com" })).is_err());
        assert_eq!(session.world.sent(), ["POST /v2/accounts"]);
        assert!(session.world.retries().is_empty());
    }
}

#[test]
fn the_first_success_ends_it() {
    let world = World::new().fails("reset").times_out().answers(200, json!({ "id": 7 }));
    let session = combell(world.random_bytes(255));
    let outcome = session.good("accounts.get", json!({ "id": 7 }));
    assert_eq!(outcome.attempts, 3);
    let retries = [("ConnectionError".to_owned(), 500.0), ("TimeoutError".to_owned(), 1000.0)];
    assert_eq!(session.world.retries(), retries);
    assert_eq!(session.world.elapsed(), 500.0 + 30_000.0 + 1000.0);
}

#[test]
fn waits_double_and_lie_between_nothing_and_their_limit() {
    let waits = |byte: u8| {
        let session = combell(World::new().random_bytes(byte).then(|_| Reply::status(503)))
            .with(|settings| settings.max_retries = 7);
        session.bad("accounts.get", json!({ "id": 7 }));
        session.world.retries().into_iter().map(|(_, wait)| wait).collect::<Vec<_>>()
    };
    assert_eq!(waits(255), [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0]);
    assert_eq!(waits(0), [0.0; 7]);
    for (wait, limit) in waits(100).into_iter().zip(waits(255)) {
        assert!(wait > limit * 0.39 && wait < limit * 0.4, "{wait} of {limit}");
    }
}

#[test]
fn waits_differ_from_one_another() {
    let session = combell(World::new().then(|_| Reply::status(503)))
        .with(|settings| settings.max_retries = 7);
    session.bad("accounts.get", json!({ "id": 7 }));
    let mut shares: Vec<_> =
        session.world.retries().iter().map(|(_, wait)| wait.to_bits()).collect();
    shares.sort_unstable();
    shares.dedup();
    assert_eq!(shares.len(), 7);
}

#[test]
fn the_provider_says_how_long_to_wait() {
    type Headers = &'static [(&'static str, &'static str)];
    // The headers of a 429, and the wait; nothing where the call ends.
    let cases: [(Headers, Option<f64>); 12] = [
        (&[("retry-after", "2")], Some(2000.0)),
        (&[("retry-after", "1.5")], Some(1500.0)),
        (&[("retry-after", "0")], Some(0.0)),
        (&[("retry-after", "60")], Some(60_000.0)),
        (&[("retry-after", "61")], None),
        (&[("retry-after", "Thu, 01 Jan 2026 00:00:09 GMT")], Some(9000.0)),
        (&[("retry-after", "Wed, 31 Dec 2025 00:00:00 GMT")], Some(0.0)),
        (&[("retry-after", "soon")], Some(500.0)),
        (&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "9")], Some(9000.0)),
        (&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "3600")], None),
        (&[("x-ratelimit-remaining", "5"), ("x-ratelimit-reset", "9")], Some(500.0)),
        (&[("retry-after", "3"), ("x-ratelimit-reset", "9")], Some(3000.0)),
    ];
    for (headers, expected) in cases {
        let mut world = World::new().random_bytes(255).status(429);
        for (name, value) in headers {
            world = world.header(name, value);
        }
        if expected.is_some() {
            world = world.answers(200, json!({}));
        }
        let session = combell(world);
        let called = session.call("accounts.get", json!({ "id": 7 }));
        assert_eq!(called.is_ok(), expected.is_some(), "{headers:?}");
        assert_eq!(session.world.elapsed(), expected.unwrap_or(0.0), "{headers:?}");
    }
}

#[test]
fn the_last_failure_tells_how_long_to_wait() {
    let session = always(Reply::status(429).with("retry-after", "61"));
    let failure = session.bad("accounts.get", json!({ "id": 7 }));
    assert_eq!((failure.kind, failure.retry_after_ms), (ErrorKind::RateLimitError, Some(61_000.0)));
    assert_eq!(failure.attempts, 1);
}

#[test]
fn callers_say_how_often() {
    for (of_client, of_call, expected) in
        [(0, None, 1), (5, None, 6), (5, Some(0), 1), (0, Some(1), 2)]
    {
        let session = always(Reply::status(503))
            .with(|settings| settings.max_retries = of_client)
            .calling_with(|options| options.max_retries = of_call);
        assert_eq!(session.bad("accounts.get", json!({ "id": 7 })).attempts, expected);
    }
}

#[test]
fn each_attempt_is_signed_afresh_and_told() {
    let session = always(Reply::status(503));
    session.bad("accounts.get", json!({ "id": 7 }));
    let requests = session.world.requests.borrow();
    let mut proofs: Vec<_> =
        requests.iter().map(|request| request.header("authorization")).collect();
    proofs.sort_unstable();
    proofs.dedup();
    assert_eq!(proofs.len(), 3);
    let events = session.world.events.borrow();
    let told: Vec<_> = events
        .iter()
        .map(|event| (format!("{:?}", event.kind), event.attempt, event.status))
        .collect();
    let of = |attempt| {
        [("Request", None), ("Response", Some(503)), ("Retry", Some(503))]
            .map(|(kind, status): (&str, Option<u16>)| (kind.to_owned(), attempt, status))
    };
    let mut expected: Vec<_> = (1..=3).flat_map(of).collect();
    expected.pop();
    assert_eq!(told, expected);
    assert!(events.iter().all(|event| event.operation == "accounts.get" && event.method == "GET"));
}

#[test]
fn nobody_is_told_where_nobody_observes() {
    let session = combell(World::new().unobserved().status(503).answers(200, json!({})));
    session.good("accounts.get", json!({ "id": 7 }));
    assert!(session.world.events.borrow().is_empty());
}

#[test]
fn the_time_of_an_attempt_is_told() {
    let session = combell(World::new().answers(200, json!({})).after(120.0));
    session.good("accounts.get", json!({ "id": 7 }));
    let events = session.world.events.borrow();
    assert_eq!(events.last().and_then(|event| event.duration_ms), Some(120.0));
}

#[test]
fn an_attempt_has_its_own_time() {
    let session = always(Reply::json(200, json!({})).after(5000.0))
        .calling_with(|options| options.timeout = Some(Milliseconds(100.0)));
    let failure = session.bad("accounts.get", json!({ "id": 7 }));
    assert_eq!((failure.kind, failure.timeout_ms), (ErrorKind::TimeoutError, Some(100.0)));
    assert!(session.world.requests.borrow().iter().all(|request| request.timeout_ms == 100.0));
}
