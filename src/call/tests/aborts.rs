//! A call that is given up, by dropping its future, at each place where it waits.

use serde_json::{Value, json};

use super::support::{Session, ccloud, combahton, combell, hostkey};
use crate::platform::simulated::{BEGINNING, Fault, Reply, Running, World};

/// Gives a call up at each of its waits, in a world of its own each time. Nothing goes on after it, and
/// the client works as before. Gives how many waits there were.
fn give_up_everywhere(make: impl Fn() -> Session, operation: &str, params: &Value) -> usize {
    for polls in 1.. {
        let session = make();
        if !session.world.abort_after(polls, session.calling(operation, params.clone())) {
            return polls - 1;
        }
        still_works(&session, operation, params, polls);
    }
    0
}

fn still_works(session: &Session, operation: &str, params: &Value, polls: usize) {
    let context = format!("{operation}, given up at wait {polls}");
    assert_eq!(session.world.waits(), 0, "{context}: something waits still");
    let before = session.world.sent().len();
    // A purchase goes out once for each call, and never by itself.
    let again = session.call(operation, params.clone());
    let failure = again.err().map(|failure| failure.message);
    assert_eq!(failure, None, "{context}");
    assert!(session.world.sent().len() > before, "{context}");
    assert_eq!(session.world.waits(), 0, "{context}");
}

#[test]
fn a_call_with_retries() {
    let make = || {
        let world = World::new().random_bytes(255).fails("reset").status(503).times_out();
        combell(world.then(|_| Reply::json(200, json!({ "id": 7 }))))
            .with(|settings| settings.max_retries = 5)
    };
    // Four attempts, and three waits between them.
    assert_eq!(give_up_everywhere(make, "accounts.get", &json!({ "id": 7 })), 7);
}

#[test]
fn a_login_its_store_and_a_renewal() {
    for fault in [Fault::Nothing, Fault::Hangs, Fault::Fails] {
        let make = || {
            let world = World::new().stored(None).store_fault(fault);
            ccloud(world.then(|request| {
                match request.line().as_str() {
                    "POST /oauth/token" => {
                        Reply::json(200, json!({ "access_token": format!("t{}", request.at) }))
                            .after(5.0)
                    }
                    // The first of the tokens is refused, whoever got it.
                    _ if request.at < BEGINNING + 8.0 => Reply::status(401),
                    _ => Reply::json(200, json!({ "status": "done" })).after(5.0),
                }
            }))
        };
        let waits = give_up_everywhere(make, "tasks.get", &json!({ "id": 7 }));
        assert!(waits >= 4, "{waits}");
    }
}

#[test]
fn a_purchase_is_sent_once_for_each_call_that_gets_so_far() {
    let params = json!({ "preset": "bm.v1" });
    let make = || {
        hostkey(World::new().then(|request| match request.line().as_str() {
            "POST /auth.php" => Reply::json(200, json!({ "result": { "token": "abc" } })),
            _ => Reply::json(200, json!({ "result": "OK", "callback": "k" })),
        }))
    };
    for polls in 1.. {
        let session = make();
        let given_up =
            session.world.abort_after(polls, session.calling("eq.order", params.clone()));
        let orders = session.world.sent().iter().filter(|line| *line == "POST /eq.php").count();
        assert!(orders <= 1);
        if !given_up {
            assert_eq!((orders, polls), (1, 3));
            break;
        }
    }
}

#[test]
fn the_other_variant_of_a_signature() {
    let make = || combell(World::new().status(401).then(|_| Reply::json(200, json!([]))));
    assert_eq!(give_up_everywhere(make, "accounts.list", &json!({ "asset_type": "DOMAIN" })), 2);
}

#[test]
fn a_job_that_is_waited_for() {
    let make = || {
        let world = World::new().answers(200, json!({ "status": "id_reinstalling" }));
        combahton(world.then(|_| Reply::json(200, json!({ "status": "running" }))))
    };
    let job = || json!({ "id": "4711" });
    let mut waits = 0;
    for polls in 1.. {
        let session = make();
        if !session.world.abort_after(polls, session.following("task", job())) {
            waits = polls - 1;
            break;
        }
        assert_eq!(session.world.waits(), 0);
        assert!(session.follow("task", job()).is_ok());
    }
    // A question, the time until the next, and that.
    assert_eq!(waits, 3);
}

#[test]
fn whoever_else_waits_for_a_token_gets_one_wherever_the_first_gives_up() {
    let make = || {
        let world = World::new().stored(None);
        ccloud(world.then(|request| match request.line().as_str() {
            "POST /oauth/token" => Reply::json(200, json!({ "access_token": "abc" })).after(5.0),
            _ => Reply::json(200, json!({ "status": "done" })).after(5.0),
        }))
    };
    let id = || json!({ "id": 7 });
    for polls in 1..=5 {
        let session = make();
        let mut first = Running::new(session.calling("tasks.get", id()));
        let mut others: Vec<_> =
            (0..3).map(|_| Running::new(session.calling("tasks.get", id()))).collect();
        session.world.go_on(&mut first, &mut others, polls);
        drop(first);
        session.world.finish(&mut others);
        assert!(others.into_iter().all(|other| other.into_result().unwrap().is_ok()), "{polls}");
        let logins = session.world.sent().iter().filter(|line| line.contains("oauth")).count();
        assert!((1..=2).contains(&logins), "{logins}");
        assert_eq!(session.world.waits(), 0);
    }
}
