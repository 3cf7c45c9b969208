//! Programs that call a client from within what the engine calls: no borrow is held across a call out.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::{Value, json};

use super::support::{Session, artnet, ccloud, combell, hostkey};
use crate::platform::simulated::{Fault, Reply, Running, World};

/// Makes a call while, at each crossing, another one is begun and given up. Gives how many these were.
fn disturb(session: Session, operation: &'static str, params: Value) -> usize {
    let session = Rc::new(session);
    let disturbed = Rc::new(Cell::new(0));
    let (inner, count) = (Rc::downgrade(&session), disturbed.clone());
    let inner_params = params.clone();
    session.world.at_each_crossing(move || {
        let Some(session) = inner.upgrade() else { return };
        count.set(count.get() + 1);
        Running::new(session.calling(operation, inner_params.clone())).step();
        Running::new(session.following("task", json!({ "id": 7 }))).step();
        assert!(session.client.secrets().iter().all(|secret| !secret.expose().is_empty()));
    });
    let params = params.to_string();
    let called = session
        .world
        .run(async { session.calling(operation, serde_json::from_str(&params).unwrap()).await });
    assert!(called.is_ok(), "{:?}", called.err());
    disturbed.get()
}

#[test]
fn a_signed_call_with_retries() {
    let world = World::new().then(|request| match request.at as u64 % 7 {
        0..5 => Reply::status(503).after(1.0),
        _ => Reply::json(200, json!([])).after(1.0),
    });
    let session = combell(world).with(|settings| settings.max_retries = 50);
    assert!(disturb(session, "accounts.list", json!({ "asset_type": "DOMAIN" })) > 10);
}

#[test]
fn logins_renewals_and_stores() {
    for fault in [Fault::Nothing, Fault::Fails, Fault::Lags(10.0)] {
        let refusals = Cell::new(0);
        let world = World::new().stored(Some("rubbish")).store_fault(fault);
        let session = ccloud(world.then(move |request| {
            if request.url.ends_with("/oauth/token") {
                return Reply::json(200, json!({ "access_token": format!("t{}", request.at) }))
                    .after(5.0);
            }
            refusals.set(refusals.get() + 1);
            let reply = if refusals.get() < 2 {
                Reply::status(401)
            } else {
                Reply::json(200, json!({ "status": "done" }))
            };
            reply.after(5.0)
        }));
        assert!(disturb(session, "tasks.get", json!({ "id": 7 })) > 10);
    }
}

#[test]
fn credentials_that_are_replaced() {
    let session = artnet(
        World::new()
            .then(|_| Reply::json(200, json!({ "success": true, "api_key": "brand-new-key" }))),
    );
    assert!(disturb(session, "customer.regenerateApiKey", json!({})) > 5);
}

#[test]
fn jobs() {
    let session = Rc::new(hostkey(World::new().then(|request| {
        let answer = if request.at % 2.0 == 0.0 { "Not ready" } else { "OK" };
        Reply::json(200, json!({ "result": answer })).after(1.0)
    })));
    let inner = Rc::downgrade(&session);
    session.world.at_each_crossing(move || {
        let Some(session) = inner.upgrade() else { return };
        Running::new(session.following("callback", json!({ "key": "a-job" }))).step();
    });
    let key = || json!({ "key": "a-job" });
    let both = session.world.run_all((0..2).map(|_| session.following("callback", key())));
    assert!(both.iter().all(Result::is_ok));
    assert!(!session.world.progress.borrow().is_empty());
}
