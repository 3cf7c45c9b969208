use super::*;
use crate::json::parse;
use crate::providers::{Credentials, provider};

fn combell() -> Box<dyn Provider> {
    let credentials = parse(r#"{"apiKey":"key","apiSecret":"secret"}"#).unwrap();
    provider("combell", &Credentials::read(&credentials)).unwrap()
}

fn rules() -> Rules {
    let rules =
        r#"{"code":["/error_code"],"message":["/error_text"],"issues":["/validation_errors"]}"#;
    Rules(Box::leak(Box::new(parse(rules).unwrap())))
}

fn run(line: &str, status: u16, location: Option<&str>, body: Option<&str>) -> Verdict {
    let operation = Operation::parse(line).unwrap();
    let content = if body.is_some() { Content::Json } else { Content::Empty };
    let (body, has_location) = (body.unwrap_or(""), location.is_some());
    judge(&operation, &*combell(), &rules(), &Answer { status, has_location, content, body })
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
fn a_place_is_told_by_its_header() {
    for (line, status) in [(CREATE, 201), (START, 202), (REPLACED, 303), (PUT, 201)] {
        assert!(matches!(run(line, status, Some("/v2/a/7"), None), Verdict::Place));
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
        let answer = Answer { status: 200, has_location: false, content, body: "" };
        let verdict = judge(&operation, &*combell(), &rules(), &answer);
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
fn the_providers_words_come_as_they_are() {
    let failure =
        failure(run(GET, 404, None, Some(r#"{"error_code":"no","error_text":"\"é\" \u00e9"}"#)));
    assert_eq!((failure.code.as_deref(), failure.told.as_str()), (Some("no"), r#"\"é\" \u00e9"#));
    let mut written = String::new();
    failure.write(&mut written);
    let told = parse(&written).unwrap().get("told").and_then(Value::plain).unwrap().plain();
    assert_eq!(told, "\"é\" é");
}

#[test]
fn every_validation_error_is_an_issue() {
    let body =
        r#"{"validation_errors":[{"error_code":"a","error_text":"A."},{"error_text":"B"},7]}"#;
    let failure = failure(run(GET, 400, None, Some(body)));
    let told: Vec<_> = failure.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert_eq!(told, ["A.", "B", ""]);
    assert_eq!(failure.issues[0].code.as_deref(), Some("a"));
    assert_eq!(failure.told, "A.");
}
