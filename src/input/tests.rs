use super::*;
use crate::table::{Table, read_operation};
use proptest::prelude::*;

const TYPES: &str = r#"{"Record":{"o":{"type!":{"e":["A","AAAA","MX"]},"content":"s","ttl":{"t":"k","min":60,"max":86400},"priority":"kz"}},"Password":{"t":"s","min":8,"max":20,"re":"digit","x":true}}"#;

/// The types, as a provider's table has them.
fn read_named_types() -> Types<'static> {
    let head = [r#"{"title":"x","types":"#, TYPES, r#","jobs":{}}"#].concat();
    Table::read("x".to_owned(), head, String::new()).unwrap().rules.types
}

/// What a call sends, or where it is wrong and why.
struct Sent {
    url: String,
    body: String,
    pairs: usize,
    secrets: usize,
}

fn run(line: &str, params: &str, extra: &str) -> Result<Sent, Vec<(String, String)>> {
    let types = read_named_types();
    let operation = read_operation(line).unwrap();
    let matches = |_: &str, text: &str| text.contains(|c: char| c.is_ascii_digit());
    let call = Unchecked { params, extra, fills: r#"{"password":"fillmein1"}"# };
    let input = check(&operation, &types, &matches, call).map_err(|issues| {
        issues.into_iter().map(|issue| (issue.path, issue.message)).collect::<Vec<_>>()
    })?;
    let query: Vec<String> =
        input.query.iter().map(|pair| [pair.name.0, "=", pair.value.0].concat()).collect();
    Ok(Sent {
        url: [input.path, query.join("&")].join("?"),
        body: input.body.map(|body| json::write(&body)).unwrap_or_default(),
        pairs: query.len(),
        secrets: input.secrets.len(),
    })
}

fn faults(line: &str, params: &str) -> Vec<(String, String)> {
    run(line, params, "").err().unwrap_or_default()
}

fn sent(line: &str, params: &str) -> (String, String) {
    let sent = run(line, params, "").unwrap_or_else(|faults| panic!("{faults:?}"));
    (sent.url, sent.body)
}

/// Params with this domain.
fn with_domain(text: &str) -> String {
    ["{\"domain\":", &json::quoted(text), ",\"type\":\"A\"}"].concat()
}

const CREATE: &str = r##"["dns.create","POST /dns/{domain}/records","w",{},"#Record"]"##;
const BATCH: &str = r##"["dns.batch","POST /batch","w",{},{"o":{"records!":{"a":"#Record","min":1,"max":3},"password":"#Password","note":"*"}}]"##;
const LIST: &str =
    r#"["a.list","GET /a/{id}","r",{"id":"k","type":"s","take":"k","deep":"b","ratio":"n"}]"#;
const COPY: &str = r#"["ns.edit","PUT /domains/{domain}/ns","W",{},{"o":{"action":{"c":"edit"},"domain":{"=":"domain"},"list!":{"a":"s"}}}]"#;

#[test]
fn values_land_in_their_places_and_types() {
    let params =
        r#"{"content":"192.0.2.1","domain":"example.com","type":"A","ttl":"300","priority":null}"#;
    let (url, body) = sent(CREATE, params);
    assert_eq!(url, "/dns/example.com/records?");
    assert_eq!(body, r#"{"content":"192.0.2.1","type":"A","ttl":300,"priority":null}"#);
    let (url, _) =
        sent(LIST, r#"{"id":"603123","type":7,"take":"25","deep":"true","ratio":"0.50"}"#);
    assert_eq!(url, "/a/603123?type=7&take=25&deep=true&ratio=0.50");
}

#[test]
fn constants_and_copies_are_filled_in() {
    let (url, body) = sent(COPY, r#"{"domain":"example.com","list":["ns1"]}"#);
    assert_eq!(url, "/domains/example.com/ns?");
    assert_eq!(body, r#"{"list":["ns1"],"action":"edit","domain":"example.com"}"#);
    assert_eq!(faults(COPY, r#"{"domain":"a","list":[],"action":"x"}"#)[0].1, "is not known");
}

#[test]
fn all_faults_are_told_at_once() {
    let params = r#"{"records":[{"type":"a"},{"typ":"A","ttl":5},{"type":"A","content":[]},{"type":"MX","ttl":1.5}],"pasword":"x"}"#;
    let paths: Vec<(String, String)> = faults(BATCH, params);
    let expected = [
        ("records", "must have at most 3 items"),
        ("records[0].type", "must be one of A, AAAA, MX"),
        ("records[1].ttl", "must be at least 60"),
        ("records[1].type", "is required"),
        ("records[1].typ", "is not known"),
        ("records[2].content", "must be text"),
        ("records[3].ttl", "must be an integer of at most 32 bits"),
        ("pasword", "is not known"),
    ];
    let expected: Vec<_> = expected.map(|(path, message)| (path.into(), message.into())).into();
    assert_eq!(paths, expected);
}

#[test]
fn nothing_is_converted_that_would_lose_something() {
    for params in [
        r#"{"id":1.5}"#,
        r#"{"id":"1.0"}"#,
        r#"{"id":" 1"}"#,
        r#"{"id":true}"#,
        r#"{"id":1e3}"#,
        r#"{"id":4294967296}"#,
        r#"{"id":""}"#,
        r#"{"id":null}"#,
        r#"{"id":[1]}"#,
        r#"{"id":{}}"#,
        r#"{"id":1,"deep":1}"#,
        r#"{"id":1,"deep":"yes"}"#,
        r#"{"id":1,"type":true}"#,
        r#"{"id":1,"type":1e21}"#,
        r#"{"id":1,"ratio":"1,5"}"#,
        r#"{"id":1,"take":null}"#,
    ] {
        assert_eq!(faults(LIST, params).len(), 1, "{params}");
    }
}

#[test]
fn a_path_value_stays_in_its_place() {
    for bad in ["", ".", ".."] {
        let params = with_domain(bad);
        assert_eq!(faults(CREATE, &params)[0].0, "domain");
    }
    let (url, _) = sent(CREATE, r#"{"domain":"../x?y#z%2e","type":"A"}"#);
    assert_eq!(url, "/dns/..%2Fx%3Fy%23z%252e/records?");
}

#[test]
fn secrets_are_gathered_and_never_quoted() {
    let params = r#"{"records":[{"type":"A"}],"password":"correct4horse"}"#;
    assert_eq!(run(BATCH, params, "").ok().unwrap().secrets, 1);
    let bad = faults(BATCH, r#"{"records":[{"type":"A"}],"password":"hunter"}"#);
    assert_eq!(bad.len(), 2, "{bad:?}");
    assert!(bad.iter().all(|(_, message)| !message.contains("hunter")));
}

#[test]
fn odd_input_is_refused_whole() {
    for params in ["", "null", "[]", "1", "\"x\"", "{", "{\"\\u0000\":\"a function\"}"] {
        assert_eq!(faults(LIST, params).len(), 1, "{params}");
    }
    let long = ["{\"type\":\"", &"x".repeat(MAX_LENGTH), "\"}"].concat();
    assert_eq!(faults(LIST, &long)[0].1, "params must be at most 1 MiB of JSON");
    let names = faults(LIST, r#"{"id":1,"__proto__":{},"constructor":1,"id":2}"#);
    let names: Vec<&str> = names.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["id", "__proto__", "constructor"]);
    let foreign = faults(LIST, r#"{"id":{"\u0000":"a function"}}"#);
    assert_eq!(foreign[0], ("id".into(), "must not be a function".into()));
    let deep = faults(BATCH, r#"{"records":[{"type":"A"}],"note":{"a":[{"\u0000":"a symbol"}]}}"#);
    assert_eq!(deep[0].0, "note.a[0]");
}

#[test]
fn the_client_fills_in_what_the_call_leaves_out() {
    let (_, body) = sent(BATCH, r#"{"records":[{"type":"A"}]}"#);
    assert_eq!(body, r#"{"records":[{"type":"A"}],"password":"fillmein1"}"#);
    let (_, body) = sent(BATCH, r#"{"records":[{"type":"A"}],"password":"ofthecall1"}"#);
    assert!(body.contains("ofthecall1") && !body.contains("fillmein1"));
}

#[test]
fn what_may_have_been_meant_is_told() {
    let types = read_named_types();
    let operation = read_operation(CREATE).unwrap();
    let params = r#"{"domain":"a","type":"AAA","contnet":"x"}"#;
    let call = Unchecked { params, extra: "", fills: "" };
    let issues = check(&operation, &types, &|_, _| true, call).err().unwrap();
    let mistaken: Vec<_> = issues
        .into_iter()
        .filter_map(|issue| issue.mistaken)
        .map(|mistaken| (mistaken.given, mistaken.known))
        .collect();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(mistaken[0], ("AAA".to_owned(), names(&["A", "AAAA", "MX"])));
    assert_eq!(
        mistaken[1],
        ("contnet".to_owned(), names(&["domain", "type", "content", "ttl", "priority"]))
    );
}

#[test]
fn extra_goes_along_unchecked_but_not_instead() {
    let body = run(CREATE, r#"{"domain":"a","type":"A"}"#, r#"{"new":{"x":1}}"#).ok().unwrap();
    assert_eq!(body.body, r#"{"type":"A","new":{"x":1}}"#);
    let query = run(LIST, r#"{"id":1}"#, r#"{"new":[1,"b"]}"#).ok().unwrap();
    assert_eq!(query.pairs, 2);
    let twice = run(LIST, r#"{"id":1,"take":2}"#, r#"{"take":1}"#).err().unwrap();
    assert_eq!(twice[0].0, "extra.take");
}

proptest! {
    #[test]
    fn no_params_make_it_panic(params in "[\\[\\]{}\",:0-9.etyphmaincords_\\\\u-]{0,80}") {
        for line in [CREATE, BATCH, LIST, COPY] {
            let _ = run(line, &params, &params);
        }
    }

    #[test]
    fn any_text_is_one_segment(text in any::<String>()) {
        if let Ok(sent) = run(CREATE, &with_domain(&text), "") {
            let path = sent.url.strip_suffix('?').unwrap();
            prop_assert_eq!(path.split('/').count(), 4);
            prop_assert!(!path.contains(['?', '#', '\\']));
        }
    }
}
