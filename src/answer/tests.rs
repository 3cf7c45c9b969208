use super::*;
use crate::failure::ErrorKind;
use crate::platform::simulated::{Json, SimulatedAnswer, World};
use crate::providers::{Provider, provider};
use crate::secret::{Credentials, Secret};
use crate::table::{Table, read_operation};
use message::ProviderMessage;

fn combell() -> Box<dyn Provider> {
    let secret = |(name, text): (&str, &str)| (name.to_owned(), Secret::new(text.to_owned()));
    let credentials = [("apiKey", "key"), ("apiSecret", "secret")].map(secret);
    provider("combell", &Credentials(credentials.into())).unwrap()
}

fn rules() -> crate::rules::ProviderRules<'static> {
    let head = r#"{"title":"Combell","types":{},"jobs":{},"code":["/error_code"],"message":["/error_text"],"issues":["/validation_errors"]}"#;
    Table::read("combell".to_owned(), head.to_owned(), String::new()).unwrap().rules
}

fn run(line: &str, status: u16, location: Option<&str>, body: Option<&str>) -> Judged<Json> {
    let operation = read_operation(line).unwrap();
    let mut headers = Vec::new();
    headers.extend(location.map(|location| ("location".to_owned(), location.to_owned())));
    headers.extend(body.map(|_| ("content-type".to_owned(), "application/json".to_owned())));
    let body = body.unwrap_or("").as_bytes().to_vec();
    let answer = SimulatedAnswer { status, headers, body, is_file: false };
    judge(&World::new(), &rules(), &*combell(), &operation, &answer.read_as(operation.is_file()))
}

fn refused(judged: Judged<Json>) -> (ErrorKind, ProviderMessage) {
    match judged {
        Judged::Refused(kind, said) => (kind, said),
        _ => panic!("not refused"),
    }
}

fn result(judged: Judged<Json>) -> CallResult<Json> {
    match judged {
        Judged::Success(result, _) => result,
        _ => panic!("no success"),
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
    assert!(matches!(result(run(GET, 200, None, Some("{}"))), CallResult::Data(_)));
    assert!(matches!(result(run(GET, 206, None, Some("{}"))), CallResult::Data(_)));
    assert!(matches!(result(run(PUT, 204, None, None)), CallResult::Nothing));
    assert!(matches!(result(run(PUT, 204, None, Some("{}"))), CallResult::Nothing));
    assert!(matches!(result(run(PUT, 200, None, None)), CallResult::Nothing));
    assert!(matches!(result(run(LIST, 200, None, Some("[]"))), CallResult::Data(_)));
}

#[test]
fn a_location_is_told_by_its_header() {
    for (line, status) in [(CREATE, 201), (START, 202), (REPLACED, 303), (PUT, 201)] {
        assert!(matches!(
            result(run(line, status, Some("/v2/a/7"), None)),
            CallResult::Location(_)
        ));
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
        assert!(matches!(verdict, Judged::Unusable(_)));
    }
    let answer = |content_type: &str, body: &str| SimulatedAnswer {
        status: 200,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: body.as_bytes().to_vec(),
        is_file: false,
    };
    for (line, answer) in [
        (PUT, answer("text/html", "<html>")),
        (PUT, answer("application/json", "{\"a\":")),
        (LIST, answer("application/json", "{}")),
    ] {
        let operation = read_operation(line).unwrap();
        let judged = judge(&World::new(), &rules(), &*combell(), &operation, &answer);
        assert!(matches!(judged, Judged::Unusable(_)));
    }
}

#[test]
fn every_status_has_its_class() {
    for (status, kind) in [
        (400, ErrorKind::ValidationError),
        (401, ErrorKind::AuthenticationError),
        (403, ErrorKind::PermissionError),
        (404, ErrorKind::NotFoundError),
        (405, ErrorKind::ApiError),
        (408, ErrorKind::ApiError),
        (409, ErrorKind::ConflictError),
        (410, ErrorKind::GoneError),
        (422, ErrorKind::ValidationError),
        (429, ErrorKind::RateLimitError),
        (503, ErrorKind::ServerError),
    ] {
        assert_eq!(refused(run(GET, status, None, None)).0, kind);
    }
}

#[test]
fn the_providers_words_come_as_they_are() {
    let body = r#"{"error_code":"no","error_text":"\"é\" \u00e9"}"#;
    let (_, said) = refused(run(GET, 404, None, Some(body)));
    assert_eq!((said.code.as_deref(), said.words.as_str()), (Some("no"), "\"é\" é"));
}

#[test]
fn every_validation_error_is_an_issue() {
    let body =
        r#"{"validation_errors":[{"error_code":"a","error_text":"A."},{"error_text":"B"},7]}"#;
    let (_, said) = refused(run(GET, 400, None, Some(body)));
    let told: Vec<_> = said.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert_eq!(told, ["A.", "B", ""]);
    assert_eq!(said.issues[0].code.as_deref(), Some("a"));
    assert_eq!(said.words, "A.");
}
