//! Combell's two variants of a signature.

use serde_json::{Value, json};

use super::support::{Session, combell};
use crate::failure::ErrorKind;
use crate::platform::simulated::{Reply, SentRequest, World};
use crate::sign::SignatureVariant::{self, Client, Document};
use crate::sign::{Message, Signer};

/// Which variant is used for a signature of a request without a body.
fn variant_of(method: &str, url: &str, header: &str) -> SignatureVariant {
    let parts: Vec<_> = header.rsplitn(3, ':').collect();
    let [timestamp, nonce, _] = parts[..] else { panic!("{header}") };
    let path_and_query = url.strip_prefix("https://api.combell.example").unwrap();
    let timestamp = timestamp.parse().unwrap();
    let message = Message { method, path_and_query, body: "", nonce, timestamp };
    let signer = Signer::new("combell-key", "combell-secret").unwrap();
    let is_by = |variant: &SignatureVariant| signer.authorization(*variant, &message) == header;
    [Client, Document].into_iter().find(is_by).unwrap()
}

fn variant(request: &SentRequest) -> SignatureVariant {
    variant_of(request.method, &request.url, request.header("authorization").unwrap())
}

/// Takes one variant only.
fn server(good: SignatureVariant) -> World {
    World::new().then(move |request| match variant(request) == good {
        true => Reply::json(200, json!([])),
        false => Reply::json(401, json!({ "error_text": "Wrong signature" })),
    })
}

fn variants(session: &Session) -> Vec<SignatureVariant> {
    session.world.requests.borrow().iter().map(variant).collect()
}

/// The variants differ for a query with capitals.
fn differs() -> Value {
    json!({ "asset_type": "DOMAIN" })
}

#[test]
fn the_clients_reading_comes_first() {
    let session = combell(server(Client));
    assert_eq!(session.good("accounts.list", differs()).attempts, 1);
    assert_eq!(variants(&session), [Client]);
}

#[test]
fn the_other_one_is_tried_after_a_401_and_kept() {
    let session = combell(server(Document));
    assert_eq!(session.good("accounts.list", differs()).attempts, 2);
    assert_eq!(session.good("accounts.list", differs()).attempts, 1);
    assert_eq!(variants(&session), [Client, Document, Document]);
    assert!(session.world.retries().is_empty());
}

#[test]
fn both_refused_are_one_error_and_two_requests() {
    let session = combell(World::new().then(|_| Reply::json(401, json!({ "error_text": "No" }))));
    let failure = session.bad("accounts.list", differs());
    assert_eq!((failure.kind, failure.attempts), (ErrorKind::AuthenticationError, 2));
    assert_eq!(variants(&session), [Client, Document]);
    // Nothing was learned.
    session.bad("accounts.list", differs());
    assert_eq!(variants(&session)[2], Client);
}

#[test]
fn where_they_agree_there_is_one_request() {
    let session = combell(World::new().then(|_| Reply::status(401)));
    assert_eq!(session.bad("accounts.list", json!({ "asset_type": "domain" })).attempts, 1);
}

#[test]
fn for_every_effect_since_nothing_was_done_on_a_401() {
    let named = json!({ "domain_name": "EXAMPLE.com", "record_id": "7" });
    let session = combell(World::new().status(401).status(204));
    session.good("dnsRecords.delete", named);
    assert_eq!(variants(&session), [Client, Document]);
    let record = json!({ "domain_name": "EXAMPLE.com", "type": "a" });
    let location = "/v2/dns/example.com/records/9";
    let session = combell(World::new().status(401).status(201).header("location", location));
    assert_eq!(session.good("dnsRecords.create", record.clone()).attempts, 2);
    // But what happens to the second one is no proof of anything.
    let session = combell(World::new().status(401).fails("reset"));
    assert_eq!(session.bad("dnsRecords.create", record).attempts, 2);
}

#[test]
fn a_preference_may_change_back() {
    let world = World::new().status(401).answers(200, json!([]));
    let session = combell(world.status(401).answers(200, json!([])));
    session.good("accounts.list", differs());
    session.good("accounts.list", differs());
    assert_eq!(variants(&session), [Client, Document, Document, Client]);
}

#[test]
fn one_call_switches_once_however_often_it_is_repeated() {
    let session = combell(World::new().status(401).status(503).status(401));
    let failure = session.bad("accounts.list", differs());
    assert_eq!((failure.kind, failure.attempts), (ErrorKind::AuthenticationError, 3));
    assert_eq!(variants(&session)[..2], [Client, Document]);
}

#[test]
fn a_variant_that_was_refused_is_not_asked_for_again() {
    // The second one got no answer, which says nothing of its signature.
    let session = combell(World::new().status(401).fails("reset").answers(200, json!([])));
    assert_eq!(session.good("accounts.list", differs()).attempts, 3);
    assert_eq!(variants(&session), [Client, Document, Document]);
}

#[test]
fn calls_at_the_same_time_each_find_out() {
    let session = combell(server(Document));
    let calls = (0..5).map(|_| session.calling("accounts.list", differs()));
    assert!(session.world.run_all(calls).iter().all(Result::is_ok));
    assert_eq!(session.world.sent().len(), 10);
    session.good("accounts.list", differs());
    assert_eq!(session.world.sent().len(), 11);
}

#[test]
fn a_prepared_request_is_signed_by_the_preferred_variant() {
    let session = combell(server(Document));
    let prepared = || {
        let request = session.prepare("accounts.list", differs()).ok().unwrap();
        assert_eq!(request.url, "https://api.combell.example/v2/accounts?asset_type=DOMAIN");
        let header = request.headers.iter().find(|(name, _)| name == "authorization").unwrap();
        variant_of(request.method.name(), &request.url, &header.1)
    };
    assert_eq!(prepared(), Client);
    session.good("accounts.list", differs());
    assert_eq!(prepared(), Document);
    assert_eq!(session.world.sent().len(), 2);
}

#[test]
fn the_time_of_a_signature_is_that_of_the_clock() {
    for (now, expected) in [(1_700_000_000_999.0, "1700000000"), (0.0, "0"), (-1500.0, "-2")] {
        let session = combell(World::new().answers(200, json!([])));
        session.world.set_clock(now);
        session.good("accounts.list", json!({}));
        let requests = session.world.requests.borrow();
        let header = requests[0].header("authorization").unwrap();
        assert_eq!(header.rsplit(':').next(), Some(expected));
    }
}
