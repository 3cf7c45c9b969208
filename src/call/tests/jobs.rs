//! Jobs, followed to their end.

use serde_json::{Value, json};

use super::support::{ccloud_with_token, combahton, combell, ended, finished, hostkey};
use crate::call::job::Ended;
use crate::failure::{Body, ErrorKind};
use crate::operation::Effect;
use crate::platform::simulated::{Reply, World};

fn accepted() -> World {
    World::new().status(202).header("location", "/v2/provisioningjobs/job-1")
}

fn new_account() -> Value {
    json!({ "identifier": "example.com", "password": "hunter2hunter2" })
}

#[test]
fn a_job_is_asked_for_until_it_has_ended() {
    let world = accepted()
        .answers(200, json!({ "status": "ongoing" }))
        .answers(200, json!({ "status": "ongoing" }));
    let world = world.status(201).header("location", "/v2/accounts/12");
    let session = combell(world);
    let result = finished(session.call_and_wait("accounts.create", new_account()));
    assert_eq!(result, r#"{"location":"/v2/accounts/12","id":"12"}"#);
    let job = "GET /v2/provisioningjobs/job-1";
    assert_eq!(session.world.sent(), ["POST /v2/accounts", job, job, job]);
    assert_eq!(session.world.elapsed(), 10_000.0);
    let progress = session.world.progress.borrow();
    let told: Vec<_> =
        progress.iter().map(|told| (told.answer.as_str(), told.polls, told.elapsed_ms)).collect();
    let ongoing = r#"{"status":"ongoing"}"#;
    assert_eq!(told, [(ongoing, 1, 0.0), (ongoing, 2, 5_000.0)]);
}

#[test]
fn it_is_asked_for_as_often_as_the_caller_says_or_else_the_provider() {
    let running = || World::new().answers(200, json!({ "result": "Not ready" }));
    let done = |world: World| world.answers(200, json!({ "result": "OK" }));
    let session = hostkey(done(running()));
    finished(session.follow("callback", json!({ "key": "secret-key" })));
    assert_eq!(session.world.elapsed(), 15_000.0);
    let session = hostkey(done(running())).waiting_with(200.0, 60_000.0);
    finished(session.follow("callback", json!({ "key": "secret-key" })));
    assert_eq!(session.world.elapsed(), 200.0);
}

#[test]
fn a_job_is_taken_up_again_by_its_id() {
    let session =
        ccloud_with_token("t", World::new().answers(200, json!({ "id": 7, "status": "done" })));
    assert_eq!(finished(session.follow("task", json!({ "id": 7 }))), r#"{"id":7,"status":"done"}"#);
}

#[test]
fn its_id_is_where_the_operation_says() {
    let world =
        World::new().answers(200, json!({ "id": 9 })).answers(200, json!({ "status": "done" }));
    let session = ccloud_with_token("t", world);
    finished(session.call_and_wait("servers.delete", json!({ "hostname": "a.example.com" })));
    assert_eq!(session.world.sent()[1], "GET /ccloud/tasks/9");
    // Or in the params of the call.
    let world = World::new()
        .answers(200, json!({ "status": "ok" }))
        .answers(200, json!({ "status": "running" }));
    let session = combahton(world);
    finished(session.call_and_wait(
        "kvm.server.reinstall",
        json!({ "id": "4711", "password": "hunter2hunter2" }),
    ));
    let body: Value = serde_json::from_str(&session.world.bodies()[1]).unwrap();
    assert_eq!((&body["action"], &body["id"]), (&json!("view"), &json!("4711")));
}

#[test]
fn an_answer_that_names_no_job_cannot_be_followed() {
    for answer in [json!({}), json!({ "id": null }), json!([])] {
        let session = ccloud_with_token("t", World::new().answers(200, answer.clone()));
        let failure = ended(session.call_and_wait("servers.delete", json!({ "hostname": "a" })));
        assert_eq!(failure.kind, ErrorKind::HostwireError, "{answer}");
        assert_eq!(failure.message, "the answer does not say which job to follow");
        assert_eq!(failure.operation, "servers.delete");
    }
    let session = combell(World::new());
    let failure = ended(session.follow("no-such-kind", json!({})));
    assert_eq!(
        (failure.kind, &*failure.message),
        (ErrorKind::HostwireError, "this job cannot be followed")
    );
}

#[test]
fn a_failed_job_says_why_and_what_it_was() {
    let answer = json!({ "id": 7, "status": "failed", "error_message": "no space left" });
    let session = ccloud_with_token("t", World::new().answers(200, answer.clone()));
    let failure = ended(session.follow("task", json!({ "id": 7 })));
    assert_eq!(failure.kind, ErrorKind::JobError);
    assert_eq!(failure.message, "job 7 failed: no space left");
    assert_eq!(failure.state.as_deref(), Some("no space left"));
    assert_eq!(failure.body, Some(Body::Json(answer.to_string())));
    assert_eq!(failure.job.as_deref(), Some(r#"{"id":7}"#));
    assert_eq!(failure.operation, "tasks.get");

    let session = combell(World::new().answers(200, json!({ "status": "cancelled" })));
    let failure = ended(session.follow("provisioning-job", json!({ "job_id": "job-1" })));
    assert_eq!(failure.message, "job job-1 failed: cancelled");
}

#[test]
fn an_unknown_state_is_no_end_that_could_be_told() {
    let cases = [
        (
            json!({ "status": "paused" }),
            "job 7 is in a state that is not known, paused: whether it will end cannot be told",
        ),
        (json!({}), "job 7 is in a state that is not known: whether it will end cannot be told"),
    ];
    for (answer, message) in cases {
        let session = ccloud_with_token("t", World::new().answers(200, answer));
        let failure = ended(session.follow("task", json!({ "id": 7 })));
        assert_eq!((failure.kind, &*failure.message), (ErrorKind::JobError, message));
        assert_eq!(failure.job.as_deref(), Some(r#"{"id":7}"#));
    }
}

#[test]
fn states_may_be_told_by_a_status_and_by_an_error() {
    let follow = |world| combell(world).follow("certificate-request", json!({ "id": 7 }));
    let moved = World::new()
        .answers(200, json!({}))
        .status(303)
        .header("location", "/v2/sslcertificates/ab");
    assert_eq!(finished(follow(moved)), r#"{"location":"/v2/sslcertificates/ab","id":"ab"}"#);
    let gone = World::new()
        .answers(200, json!({}))
        .answers(410, json!({ "error_text": "Refused by the issuer" }));
    let failure = ended(follow(gone));
    assert_eq!(failure.kind, ErrorKind::JobError);
    let message =
        "job 7 failed: Combell answered 410 to sslCertificateRequests.get: Refused by the issuer";
    assert_eq!(failure.message, message);
    // An error that tells no state is its own.
    let failure = ended(follow(World::new().status(404)));
    assert_eq!((failure.kind, failure.status), (ErrorKind::NotFoundError, Some(404)));
    assert_eq!(failure.job.as_deref(), Some(r#"{"id":7}"#));

    let world = World::new().answers(200, json!({ "status": "id_reinstalling" }));
    let session = combahton(world.answers(200, json!({ "status": "running", "cpu": 4 })));
    let result = finished(session.follow("task", json!({ "id": "4711" })));
    assert_eq!(result, r#"{"status":"running","cpu":4}"#);
    assert_eq!(session.world.progress.borrow()[0].answer, r#"{"status":"id_reinstalling"}"#);
}

#[test]
fn a_rule_for_all_that_is_left_takes_no_errors() {
    let failure =
        ended(hostkey(World::new().status(400)).follow("callback", json!({ "key": "secret-key" })));
    assert_eq!(failure.kind, ErrorKind::ValidationError);
    // A success that says nothing known is a failure of the job, by that rule.
    let session = hostkey(World::new().answers(200, json!({ "scope": "nothing known" })));
    let failure = ended(session.follow("callback", json!({ "key": "secret-key" })));
    assert_eq!(
        (failure.kind, &*failure.message),
        (ErrorKind::JobError, "the job failed: nothing known")
    );
}

#[test]
fn questions_are_repeated_like_any_read() {
    let world = World::new()
        .random_bytes(0)
        .status(503)
        .fails("reset")
        .answers(200, json!({ "status": "done" }));
    finished(ccloud_with_token("t", world).follow("task", json!({ "id": 7 })));
    let session =
        ccloud_with_token("t", World::new().random_bytes(0).then(|_| Reply::failure(&["reset"])));
    let failure = ended(session.follow("task", json!({ "id": 7 })));
    assert_eq!((failure.kind, failure.attempts), (ErrorKind::ConnectionError, 3));
    assert_eq!(failure.job.as_deref(), Some(r#"{"id":7}"#));
}

#[test]
fn waiting_has_an_end_and_the_job_goes_on() {
    let world = World::new().then(|_| Reply::json(200, json!({ "status": "processing" })));
    let session = ccloud_with_token("t", world).waiting_with(1000.0, 3500.0);
    let failure = ended(session.follow("task", json!({ "id": 7 })));
    assert_eq!(failure.kind, ErrorKind::TimeoutError);
    assert_eq!(
        failure.message,
        "job 7 has not ended within 3500 ms; it goes on, and can be waited for again"
    );
    assert_eq!((failure.timeout_ms, failure.job.as_deref()), (Some(3500.0), Some(r#"{"id":7}"#)));
    assert_eq!((session.world.sent().len(), session.world.elapsed()), (4, 3000.0));
}

#[test]
fn an_hour_is_waited_where_nothing_else_is_said() {
    let world = World::new().then(|_| Reply::json(200, json!({ "status": "processing" })));
    let session = ccloud_with_token("t", world);
    assert_eq!(ended(session.follow("task", json!({ "id": 7 }))).timeout_ms, Some(3_600_000.0));
    assert_eq!(session.world.elapsed(), 3_600_000.0);
}

#[test]
fn what_the_caller_throws_ends_the_waiting() {
    let world =
        World::new().then(|_| Reply::json(200, json!({ "status": "processing" }))).interrupts_at(2);
    let session = ccloud_with_token("t", world);
    assert!(matches!(session.follow("task", json!({ "id": 7 })), Err(Ended::Interrupted)));
    assert_eq!(session.world.sent().len(), 2);
}

#[test]
fn an_answer_that_is_given_once_is_kept() {
    let key = || json!({ "key": "secret-key" });
    let session = hostkey(World::new().answers(200, json!({ "result": "OK", "scope": "reboot" })));
    let first = finished(session.follow("callback", key()));
    assert_eq!(finished(session.follow("callback", key())), first);
    assert_eq!(session.world.sent().len(), 1);
    // Of two that wait at once, one gets it: the other finds it kept.
    let world = World::new().answers(200, json!({ "result": "OK" })).after(10.0);
    let world =
        world.answers(200, json!({ "code": -1, "message": "AsyncKey not found" })).after(20.0);
    let session = hostkey(world);
    let both = session.world.run_all((0..2).map(|_| session.following("callback", key())));
    assert_eq!(both.into_iter().map(finished).collect::<Vec<_>>(), [r#"{"result":"OK"}"#; 2]);
    // A failure is not.
    let world = World::new()
        .answers(200, json!({ "result": "Error" }))
        .answers(200, json!({ "result": "OK" }));
    let session = hostkey(world);
    ended(session.follow("callback", key()));
    finished(session.follow("callback", key()));
}

#[test]
fn no_more_than_a_hundred_answers_are_kept() {
    let session = hostkey(World::new().then(|_| Reply::json(200, json!({ "result": "OK" }))));
    let follow = |number: u32| {
        finished(session.follow("callback", json!({ "key": format!("key-{number}") })))
    };
    (0..101).for_each(|number| drop(follow(number)));
    follow(100);
    follow(1);
    assert_eq!(session.world.sent().len(), 101);
    follow(0);
    assert_eq!(session.world.sent().len(), 102);
}

#[test]
fn secrets_of_the_call_that_started_it_stay_secret() {
    let started = || World::new().answers(200, json!({ "id": 9 }));
    let server = json!({ "hostname": "a.example.com", "password": "hunter2hunter2" });
    let answer = json!({ "status": "failed", "error_message": "bad password hunter2hunter2", "cfg": "pw=hunter2hunter2" });
    let session = ccloud_with_token("t", started().answers(200, answer));
    let failure = ended(session.call_and_wait("servers.create", server.clone()));
    assert_eq!(failure.message, "job 9 failed: bad password ***");
    assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
    // In an error about it too, and in what comes instead of an answer.
    let replies = [
        Reply::json(404, json!({ "message": "no hunter2hunter2" })),
        Reply::text(200, "text/html", "<p>hunter2hunter2"),
        Reply::failure(&["hunter2hunter2"]),
    ];
    for reply in replies {
        let session = ccloud_with_token("t", started().then(move |_| reply.clone()));
        let failure = ended(session.call_and_wait("servers.create", server.clone()));
        assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
        assert_eq!(failure.job.as_deref(), Some(r#"{"id":9}"#));
    }
}

#[test]
fn an_id_that_is_as_good_as_a_key_stays_out_of_messages() {
    let key = json!({ "key": "as-good-as-a-key" });
    let answers = [
        json!({ "result": "Error", "scope": "as-good-as-a-key" }),
        json!({ "result": "as-good-as-a-key" }),
        json!({ "scope": "Invalid pin code", "key": "as-good-as-a-key" }),
    ];
    for answer in answers {
        let session = hostkey(World::new().answers(200, answer));
        let mut failure = ended(session.follow("callback", key.clone()));
        // There to be read, by whoever asks for it.
        assert_eq!(failure.job.take(), Some(key.to_string()));
        assert!(
            failure.message.starts_with("the job failed") || failure.kind == ErrorKind::ApiError
        );
        assert!(!format!("{failure:?}").contains("as-good-as-a-key"), "{failure:?}");
        assert!(!session.world.told_text().contains("as-good-as-a-key"));
    }
}

#[test]
fn a_job_that_needs_a_forbidden_effect_is_not_started() {
    let session = combell(World::new()).with(|settings| settings.allow = vec![Effect::Read]);
    let failure = ended(session.call_and_wait("accounts.create", new_account()));
    assert_eq!(failure.kind, ErrorKind::NotAllowedError);
    assert!(session.world.sent().is_empty());
}
