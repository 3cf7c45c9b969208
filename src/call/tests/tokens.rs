//! Session tokens: got once, renewed after a refusal, kept in a store.

use std::cell::Cell;

use serde_json::{Value, json};

use super::support::{Session, ccloud, ccloud_at, ccloud_with_token, combell, hostkey, text_of};
use crate::failure::ErrorKind;
use crate::operation::Effect;
use crate::platform::EventKind;
use crate::platform::simulated::{BEGINNING, Fault, Reply, Running, SentRequest, World};

/// The answer to ccloud's login.
fn token(text: &str) -> Value {
    json!({ "access_token": text, "expires_in": 3600 })
}

/// The answer to Hostkey's.
fn hostkey_token(text: &str) -> Value {
    json!({ "result": { "token": text, "token_expire": BEGINNING / 1000.0 + 7200.0 } })
}

/// Logs anybody in with `t1`, `t2`, and so on, and takes the tokens that are good.
fn ccloud_server(world: World, is_good: fn(&str) -> bool) -> World {
    let logins = Cell::new(0);
    world.then(move |request| {
        if request.url.ends_with("/oauth/token") {
            logins.set(logins.get() + 1);
            return Reply::json(200, token(&format!("t{}", logins.get()))).after(50.0);
        }
        let reply = match is_good(bearer(request)) {
            true => Reply::json(200, json!({ "id": 7, "status": "done" })),
            false => Reply::json(401, json!({ "message": "Unauthenticated." })),
        };
        reply.after(100.0)
    })
}

fn bearer(request: &SentRequest) -> &str {
    let header = request.header("authorization").unwrap_or("");
    header.strip_prefix("Bearer ").unwrap_or("")
}

fn bearers(session: &Session) -> Vec<String> {
    let requests = session.world.requests.borrow();
    let own = requests.iter().filter(|request| request.method == "GET");
    own.map(|request| bearer(request).to_owned()).collect()
}

fn logins(session: &Session) -> usize {
    session.world.sent().iter().filter(|line| *line == "POST /oauth/token").count()
}

const TASK: &str = "tasks.get";

fn id() -> Value {
    json!({ "id": 7 })
}

#[test]
fn a_token_is_got_once_and_used_again() {
    let session = ccloud(ccloud_server(World::new(), |token| token == "t1"));
    session.good(TASK, id());
    session.good(TASK, id());
    let path = "GET /ccloud/tasks/7";
    assert_eq!(session.world.sent(), ["POST /oauth/token", path, path]);
    assert_eq!(bearers(&session), ["t1", "t1"]);
    let body: Value = serde_json::from_str(&session.world.bodies()[0]).unwrap();
    let expected = json!({
        "scope": "*",
        "grant_type": "client_credentials",
        "client_id": "my-client",
        "client_secret": "ccloud-secret",
    });
    assert_eq!(body, expected);
}

#[test]
fn hostkeys_token_goes_into_the_form() {
    let world = World::new().answers(200, hostkey_token("abc"));
    let session = hostkey(world.answers(200, json!({ "result": "OK" })));
    session.good("eq.list", json!({}));
    let [login, list] = &session.world.bodies()[..] else { panic!() };
    let mut fields: Vec<_> = login.split('&').collect();
    fields.sort_unstable();
    assert_eq!(fields, ["action=login", "fix_ip=0", "key=hostkey-key"]);
    assert_eq!(list, "action=list&token=abc");
}

#[test]
fn what_needs_no_credentials_needs_no_token() {
    let session = hostkey(World::new().answers(200, json!({ "result": "OK" })));
    session.good("presets.list", json!({}));
    assert_eq!(session.world.bodies(), ["action=list"]);
}

#[test]
fn a_token_that_was_given_needs_no_login() {
    let session = ccloud_with_token("given", World::new().answers(200, json!({ "id": 7 })));
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["given"]);
    let refused = ccloud_with_token("given", World::new().answers(401, json!({})));
    assert_eq!(refused.bad(TASK, id()).attempts, 1);
}

#[test]
fn wrong_input_is_told_before_a_login() {
    let session = ccloud(World::new());
    assert_eq!(session.bad(TASK, json!({ "id": "x" })).kind, ErrorKind::InputError);
    assert!(session.world.sent().is_empty());
}

#[test]
fn a_clock_that_tells_no_time_is_wrong_input_too() {
    for now in [f64::NAN, f64::INFINITY, 1e300] {
        let session = ccloud(World::new().then(|_| Reply::json(200, token("t1"))));
        session.world.set_clock(now);
        let failure = session.bad(TASK, id());
        assert_eq!(failure.kind, ErrorKind::InputError, "{now}");
        let issue = &failure.issues[0];
        assert_eq!((&*issue.path, &*issue.message), ("now", "must give milliseconds"));
        assert!(session.world.sent().is_empty(), "{now}");
    }
}

#[test]
fn a_token_is_renewed_a_minute_before_its_end() {
    let session = ccloud(ccloud_server(World::new(), |_| true));
    session.good(TASK, id());
    let got_at = BEGINNING + 50.0;
    session.world.set_clock(got_at + 3_539_000.0);
    session.good(TASK, id());
    session.world.set_clock(got_at + 3_541_000.0);
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["t1", "t1", "t2"]);
}

#[test]
fn a_short_life_keeps_nine_tenths() {
    let world = World::new().answers(200, json!({ "access_token": "short", "expires_in": "10" }));
    let session = ccloud(ccloud_server(world, |_| true));
    session.good(TASK, id());
    session.world.set_clock(BEGINNING + 8_900.0);
    session.good(TASK, id());
    session.world.set_clock(BEGINNING + 9_100.0);
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["short", "short", "t1"]);
}

#[test]
fn a_life_that_is_not_told_is_that_of_the_rules() {
    for expires in [json!(null), json!(0), json!(-5), json!("soon"), json!({})] {
        let login = json!({ "result": { "token": "abc", "token_expire": expires } });
        let world = World::new().answers(200, login);
        let session = hostkey(world.then(|_| Reply::json(200, json!({ "result": "OK" }))));
        session.good("eq.list", json!({}));
        session.world.set_clock(BEGINNING + 7_139_000.0);
        session.good("eq.list", json!({}));
        assert_eq!(session.world.sent().len(), 3, "{expires}");
    }
}

#[test]
fn a_refused_token_is_renewed_once() {
    let session = ccloud(ccloud_server(World::new(), |token| token == "t2"));
    assert_eq!(session.good(TASK, id()).attempts, 2);
    assert_eq!(bearers(&session), ["t1", "t2"]);
    assert_eq!(session.world.retries(), [("AuthenticationError".to_owned(), 0.0)]);

    let session = ccloud(ccloud_server(World::new(), |_| false));
    let failure = session.bad(TASK, id());
    assert_eq!((failure.kind, failure.attempts), (ErrorKind::AuthenticationError, 2));
    assert_eq!(bearers(&session), ["t1", "t2"]);
}

#[test]
fn a_renewal_is_no_retry_and_uses_none_up() {
    let session = ccloud(ccloud_server(World::new(), |token| token == "t2"))
        .with(|settings| settings.max_retries = 0);
    session.good(TASK, id());
    let world = World::new().answers(200, token("t1")).status(503).status(401);
    let world = world.answers(200, token("t2")).status(503).answers(200, json!({}));
    assert_eq!(ccloud(world).good(TASK, id()).attempts, 4);
}

#[test]
fn a_401_proves_that_a_purchase_was_not_made() {
    let new = json!({ "hostname": "a.example.com" });
    let refused = || World::new().answers(200, token("t1")).status(401).answers(200, token("t2"));
    let session = ccloud(refused().answers(200, json!({ "id": 9 })));
    assert_eq!(session.good("servers.create", new.clone()).attempts, 2);
    let session = ccloud(refused().status(503));
    assert_eq!(session.bad("servers.create", new.clone()).kind, ErrorKind::ServerError);
    let session = ccloud(refused().fails("reset"));
    assert_eq!(session.bad("servers.create", new).kind, ErrorKind::ConnectionError);
}

#[test]
fn words_renew_a_token_but_prove_nothing_of_a_purchase() {
    let refused = || {
        let world = World::new().answers(200, hostkey_token("t1"));
        world.answers(200, json!({ "result": -1, "error": "Auth: INVALID token" }))
    };
    let world = refused().answers(200, hostkey_token("t2"));
    let session = hostkey(world.answers(200, json!({ "result": "OK", "callback": "k" })));
    session.good("eq.reboot", json!({ "id": 1, "pin": 1907 }));
    assert!(session.world.bodies()[3].ends_with("token=t2"));

    let world = refused().answers(200, hostkey_token("t2"));
    let session = hostkey(world.answers(200, json!({ "result": "OK" })));
    let failure = session.bad("eq.order", json!({ "preset": "bm.v1" }));
    assert_eq!((failure.kind, failure.status), (ErrorKind::AuthenticationError, Some(200)));
    assert_eq!((failure.attempts, session.world.sent().len()), (1, 2));
    // The next call has a new token for all that.
    session.good("eq.list", json!({}));
    assert!(session.world.bodies()[3].ends_with("token=t2"));
}

#[test]
fn calls_at_the_same_time_log_in_once() {
    let session = ccloud(ccloud_server(World::new(), |_| true));
    let calls = (0..20).map(|_| session.calling(TASK, id()));
    assert!(session.world.run_all(calls).iter().all(Result::is_ok));
    assert_eq!((logins(&session), session.world.sent().len()), (1, 21));
    assert_eq!((session.world.elapsed(), session.world.waits()), (150.0, 0));
}

#[test]
fn calls_at_the_same_time_renew_once() {
    let session = ccloud(ccloud_server(World::new(), |token| token != "t1"));
    let calls = (0..20).map(|_| session.calling(TASK, id()));
    assert!(session.world.run_all(calls).iter().all(Result::is_ok));
    assert_eq!((logins(&session), session.world.sent().len()), (2, 42));
}

#[test]
fn a_late_refusal_of_the_old_token_takes_nothing_from_the_new_one() {
    let world = World::new().answers(200, token("old"));
    let world = world.status(401).after(10.0).status(401).after(500.0);
    let session = ccloud(ccloud_server(world, |token| token == "t1"));
    let called = session.world.run_all((0..2).map(|_| session.calling(TASK, id())));
    assert!(called.iter().all(Result::is_ok));
    // The second one uses what the first has got.
    assert_eq!(logins(&session), 2);
}

#[test]
fn a_failed_login_is_everybodys_who_waited_and_nobody_elses() {
    let world = World::new().answers(400, json!({ "error": "invalid_client" })).after(10.0);
    let session = ccloud(ccloud_server(world, |_| true));
    let called = session.world.run_all((0..5).map(|_| session.calling(TASK, id())));
    for failure in called.into_iter().map(|called| called.err().unwrap()) {
        assert_eq!(failure.kind, ErrorKind::ValidationError);
        assert_eq!(failure.operation, "oauth.token");
        assert_eq!(failure.code.as_deref(), Some("invalid_client"));
    }
    assert_eq!(session.world.sent(), ["POST /oauth/token"]);
    session.good(TASK, id());
}

#[test]
fn a_login_is_repeated_as_its_rules_allow() {
    let world = World::new().fails("reset").status(503).answers(200, token("t1"));
    let session = ccloud(world.answers(200, json!({})));
    assert_eq!(session.good(TASK, id()).attempts, 1);
    assert_eq!(logins(&session), 3);
}

#[test]
fn a_login_needs_nobodys_leave() {
    let session = ccloud(ccloud_server(World::new(), |_| true))
        .with(|settings| settings.allow = vec![Effect::Read]);
    session.good(TASK, id());
    assert_eq!(session.bad("oauth.token", json!({})).kind, ErrorKind::NotAllowedError);
}

#[test]
fn an_answer_without_a_token_is_a_response_error() {
    let bad = ["", "a\nb", "a b", "é"].map(|text| json!({ "access_token": text }));
    for login in [json!({}), json!([])].into_iter().chain(bad) {
        let session = ccloud(World::new().answers(200, login.clone()));
        let failure = session.bad(TASK, id());
        assert_eq!(
            (failure.kind, failure.status),
            (ErrorKind::ResponseError, Some(200)),
            "{login}"
        );
        assert_eq!((&*failure.operation, failure.attempts), ("oauth.token", 1));
        assert_eq!(failure.message, "the answer to the login has no token");
    }
}

#[test]
fn the_next_one_logs_in_where_the_first_gave_up() {
    let session = ccloud(ccloud_server(World::new(), |_| true));
    let mut first = Running::new(session.calling(TASK, id()));
    let mut others: Vec<_> = (0..3).map(|_| Running::new(session.calling(TASK, id()))).collect();
    first.step();
    others.iter_mut().for_each(|other| assert!(other.step()));
    assert_eq!(logins(&session), 1);
    drop(first);
    session.world.finish(&mut others);
    assert!(others.into_iter().all(|other| other.into_result().unwrap().is_ok()));
    assert_eq!(logins(&session), 2);
    assert_eq!(bearers(&session), ["t2", "t2", "t2"]);
}

#[test]
fn one_that_waited_and_gave_up_takes_nothing_from_the_others() {
    let session = ccloud(ccloud_server(World::new(), |_| true));
    let mut all: Vec<_> = (0..3).map(|_| Running::new(session.calling(TASK, id()))).collect();
    all.iter_mut().for_each(|running| assert!(running.step()));
    drop(all.remove(1));
    session.world.finish(&mut all);
    assert_eq!((logins(&session), bearers(&session).len()), (1, 2));
}

#[test]
fn a_login_that_nobody_goes_on_with_holds_others_up_no_longer_than_an_attempt() {
    let session = ccloud(ccloud_server(World::new(), |_| true));
    // In Workers a cancelled request's futures are neither polled again nor dropped.
    let mut stuck = Running::new(session.calling(TASK, id()));
    stuck.step();
    let mut others: Vec<_> = (0..5).map(|_| Running::new(session.calling(TASK, id()))).collect();
    session.world.finish(&mut others);
    assert!(others.into_iter().all(|other| other.into_result().unwrap().is_ok()));
    assert_eq!(session.world.elapsed(), 30_150.0);
    assert_eq!(logins(&session), 2);
    assert!(!stuck.is_done());
    session.good(TASK, id());
    assert_eq!(logins(&session), 2);
}

fn stored(token: &str, ends_in_ms: f64) -> String {
    json!({ "token": token, "expires": (BEGINNING + ends_in_ms) as u64 }).to_string()
}

#[test]
fn a_stored_token_saves_the_login() {
    let world = World::new().stored(Some(&stored("kept", 100_000.0)));
    let session = ccloud(ccloud_server(world, |_| true));
    session.good(TASK, id());
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["kept", "kept"]);
    assert_eq!(session.world.store_log(), ["get"]);
    session.world.set_clock(BEGINNING + 101_000.0);
    session.good(TASK, id());
    assert_eq!(bearers(&session)[2], "t1");
}

#[test]
fn a_new_token_is_stored_for_as_long_as_it_is_used() {
    let session = ccloud(ccloud_server(World::new().stored(None), |_| true));
    session.good(TASK, id());
    assert_eq!(session.world.store_log(), ["get", "set for 3540 s"]);
    let content = session.world.store_content().unwrap();
    assert_eq!(content, stored("t1", 3_540_050.0));
    let next = ccloud(World::new().stored(Some(&content)).answers(200, json!({})));
    next.good(TASK, id());
    assert_eq!(bearers(&next), ["t1"]);
}

#[test]
fn the_name_in_the_store_is_that_of_the_credentials() {
    let key = |session: Session| {
        session.good(TASK, id());
        session.world.store_keys()[0].clone()
    };
    let world = || ccloud_server(World::new().stored(None), |_| true);
    let one = key(ccloud(world()));
    assert_eq!(one, key(ccloud(world())));
    assert!(one.starts_with("hostwire:ccloud:") && one.len() == 48, "{one}");
    assert_ne!(one, key(ccloud_at("https://other.example", world())));
}

#[test]
fn a_refused_token_is_taken_out_of_the_store() {
    for fault in [Fault::Nothing, Fault::KeepsAll] {
        let world = World::new().stored(Some(&stored("old", 100_000.0))).store_fault(fault);
        let session = ccloud(ccloud_server(world, |token| token == "t1"));
        session.good(TASK, id());
        assert_eq!(bearers(&session), ["old", "t1"]);
        assert_eq!(session.world.store_log(), ["get", "get", "delete", "set for 3540 s"]);
    }
}

#[test]
fn what_is_in_a_store_is_not_trusted() {
    let rubbish = [
        "",
        "null",
        "7",
        "[]",
        "{",
        "{}",
        "t1",
        r#"{"token":"x"}"#,
        r#"{"token":7,"expires":9000000000000}"#,
        r#"{"token":"","expires":9000000000000}"#,
        r#"{"token":"a b","expires":9000000000000}"#,
        r#"{"token":"a\r\nx-evil: 1","expires":9000000000000}"#,
        r#"{"token":"a\nb","expires":9000000000000}"#,
        r#"{"token":"\u00e9","expires":9000000000000}"#,
        r#"{"token":"x","expires":"9000000000000"}"#,
    ];
    let long = format!(r#"{{"token":"{}","expires":9000000000000}}"#, "x".repeat(8193));
    for content in rubbish.into_iter().chain([&*long]) {
        let session = ccloud(ccloud_server(World::new().stored(Some(content)), |_| true));
        session.good(TASK, id());
        assert_eq!(bearers(&session), ["t1"], "{content}");
        let (reason, _) = &session.world.retries()[0];
        assert_eq!(reason, "TokenStoreError: what the token store gave is no token", "{content}");
    }
}

#[test]
fn a_stored_token_that_has_ended_is_not_used() {
    let world = World::new().stored(Some(&stored("old", -1000.0)));
    let session = ccloud(ccloud_server(world, |_| true));
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["t1"]);
    assert!(session.world.retries().is_empty());
}

#[test]
fn a_store_that_fails_costs_a_login_and_not_the_call() {
    let world = World::new().stored(Some(&stored("kept", 100_000.0))).store_fault(Fault::Fails);
    let session = ccloud(ccloud_server(world, |_| true));
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["t1"]);
    let reason = "TokenStoreError: the token store failed: the disk is full".to_owned();
    assert_eq!(session.world.retries(), [(reason.clone(), 0.0), (reason, 0.0)]);
    let events = session.world.events.borrow();
    let told = events.iter().find(|event| event.kind == EventKind::Retry).unwrap();
    assert_eq!((&*told.operation, &*told.method, &*told.url), ("oauth.token", "", ""));
}

#[test]
fn a_store_that_hangs_costs_the_time_of_an_attempt() {
    let world = World::new().stored(Some(&stored("kept", 100_000.0))).store_fault(Fault::Hangs);
    let session = ccloud(ccloud_server(world, |_| true));
    session.good(TASK, id());
    assert_eq!(bearers(&session), ["t1"]);
    assert_eq!(session.world.elapsed(), 2.0 * 30_000.0 + 150.0);
    let reason = "TokenStoreError: the token store failed: no answer within 30000 ms";
    assert_eq!(session.world.retries()[0].0, reason);
    assert_eq!(session.world.waits(), 0);
}

#[test]
fn a_slow_store_is_waited_for() {
    let fault = Fault::Lags(2000.0);
    let world = World::new().stored(Some(&stored("kept", 100_000.0))).store_fault(fault);
    let session = ccloud(ccloud_server(world, |_| true));
    let calls = (0..5).map(|_| session.calling(TASK, id()));
    assert!(session.world.run_all(calls).iter().all(Result::is_ok));
    assert_eq!(session.world.store_log(), ["get"]);
    assert_eq!(session.world.elapsed(), 2100.0);
}

#[test]
fn what_has_no_token_has_no_use_for_a_store() {
    let session = combell(World::new().stored(None).answers(200, json!({ "id": 7 })));
    assert_eq!(text_of(&session.good("accounts.get", id())), r#"{"id":7}"#);
    assert!(session.world.store_log().is_empty());
}
