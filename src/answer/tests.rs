use super::*;
use crate::json::parse;
use crate::providers::{Credentials, provider};

const JOB: &str = r#"{"id":"job_id","states":[]}"#;

fn combell() -> alloc::boxed::Box<dyn Provider> {
    let credentials = parse(r#"{"apiKey":"key","apiSecret":"secret"}"#).unwrap();
    provider("combell", &Credentials::read(&credentials)).unwrap()
}

fn rules() -> Rules {
    let rules = r#"{"title":"Combell","code":["/error_code"],"message":["/error_text"],"issues":["/validation_errors"]}"#;
    Rules(parse(rules).unwrap())
}

fn run(line: &str, status: u16, location: Option<&str>, body: Option<&str>) -> Verdict {
    let operation = Operation::parse(line).unwrap();
    let content = if body.is_some() { Content::Json } else { Content::Empty };
    let body = body.unwrap_or("");
    let job = Job::read("provisioning-job", &parse(JOB).unwrap()).unwrap();
    let job = operation.job().is_some().then_some(&job);
    judge(&operation, job, &*combell(), &rules(), &Answer { status, location, content, body })
}

fn failure(verdict: Verdict) -> Failure {
    match verdict {
        Verdict::Failure(failure) => failure,
        other => panic!("{other:?}"),
    }
}

const GET: &str = r#"["a.get","GET /a/{id}","r"]"#;
const LIST: &str = r#"["a.list","GET /a","r",{},0,{"p":["skip-take",""]}]"#;
const CREATE: &str = r#"["a.create","POST /a","w",{},{"o":{}},{"a":{"201":"l"}}]"#;
const START: &str =
    r#"["a.start","POST /a","p",{},{"o":{}},{"a":{"202":"l"},"j":"provisioning-job"}]"#;
const PUT: &str = r#"["a.put","PUT /a","W",{},{"o":{}},{"a":{"204":""}}]"#;
const REPLACED: &str = r#"["a.get","GET /a/{id}","r",{},0,{"a":{"200":"j","303":"l"}}]"#;
const FILE: &str = r#"["a.download","GET /a","r",{},0,{"a":{"200":"application/pdf"}}]"#;

#[test]
fn data_and_nothing_are_handed_on() {
    assert!(matches!(run(GET, 200, None, Some("{}")), Verdict::Body));
    assert!(matches!(run(GET, 206, None, Some("{}")), Verdict::Body));
    assert!(matches!(run(PUT, 204, None, None), Verdict::Nothing));
    assert!(matches!(run(PUT, 204, None, Some("{}")), Verdict::Nothing));
    assert!(matches!(run(PUT, 200, None, None), Verdict::Nothing));
    assert!(matches!(run(LIST, 200, None, Some("[]")), Verdict::Body));
}

#[test]
fn places_have_an_id() {
    for (line, status, location, expected) in [
        (CREATE, 201, "/v2/a/ID-7", ("id", "ID-7")),
        (CREATE, 201, "https://x.example/v2/a/ID%2F7?x=/y#/z", ("id", "ID%2F7")),
        (CREATE, 201, "/v2/a/7/", ("id", "7")),
        (CREATE, 201, "%zz", ("id", "%zz")),
        (START, 202, "/v2/jobs/abc", ("job_id", "abc")),
        (REPLACED, 303, "/v2/certificates/AB", ("id", "AB")),
        (PUT, 201, "/v2/a/9", ("id", "9")),
    ] {
        match run(line, status, Some(location), None) {
            Verdict::Place { name, location: given, id } => {
                assert_eq!((name.as_str(), id.as_str()), expected);
                assert_eq!(given, location);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_was_not_promised_is_an_error() {
    for verdict in [
        run(GET, 200, None, None),
        run(CREATE, 201, None, None),
        run(START, 202, None, None),
        run(GET, 302, Some("https://evil.example/"), None),
        run(FILE, 200, None, None),
        run(REPLACED, 303, None, None),
    ] {
        assert_eq!(failure(verdict).kind, "ResponseError");
    }
    let operation = Operation::parse(PUT).unwrap();
    for content in [Content::Page, Content::BrokenJson, Content::NoList] {
        let answer = Answer { status: 200, location: None, content, body: "" };
        let verdict = judge(&operation, None, &*combell(), &rules(), &answer);
        assert_eq!(failure(verdict).kind, "ResponseError");
    }
}

#[test]
fn every_status_has_its_class() {
    for (status, kind) in [
        (400, "ValidationError"),
        (401, "AuthenticationError"),
        (403, "PermissionError"),
        (404, "NotFoundError"),
        (405, "ApiError"),
        (408, "ApiError"),
        (409, "ConflictError"),
        (410, "GoneError"),
        (422, "ValidationError"),
        (429, "RateLimitError"),
        (503, "ServerError"),
    ] {
        assert_eq!(failure(run(GET, status, None, None)).kind, kind);
    }
}

#[test]
fn the_providers_words_are_quoted_up_to_a_length() {
    let body = [r#"{"error_code":"no","error_text":""#, &"é".repeat(5000), "\"}"].concat();
    let failure = failure(run(GET, 404, None, Some(&body)));
    assert_eq!(failure.code.as_deref(), Some("no"));
    assert!(failure.message.starts_with("Combell answered 404 to a.get: éé"));
    assert!(failure.message.chars().count() < 600);
    assert!(parse(&failure.write()).is_ok());
}

#[test]
fn every_validation_error_is_an_issue() {
    let body =
        r#"{"validation_errors":[{"error_code":"a","error_text":"A."},{"error_text":"B"},7]}"#;
    let failure = failure(run(GET, 400, None, Some(body)));
    let told: Vec<_> = failure.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert_eq!(told, ["A.", "B", ""]);
    assert_eq!(failure.issues[0].code.as_deref(), Some("a"));
    assert_eq!(failure.message, "Combell answered 400 to a.get: A");
}
