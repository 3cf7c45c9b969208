//! The core as JavaScript meets it, in a real WebAssembly instance: what crosses the boundary, and that
//! nothing that crosses it can bring the instance down.

#![cfg(target_arch = "wasm32")]

use hostwire::{Client, Descriptor, Table};
use wasm_bindgen_test::wasm_bindgen_test;

const MOMENT: &str = "0123456789abcdef:1700000000";

fn client() -> Client {
    let credentials = r#"{"apiKey":"my-key","apiSecret":"my-secret"}"#;
    Client::new("combell", credentials.into(), String::new())
}

fn table() -> Table {
    let head = r#"{"types":{"Name":{"t":"s","re":"^(?=.*[0-9])[a-z0-9]+$"}},
        "rules":{"code":["/error_code"],"message":["/error_text"]}}"#;
    Table::new(head.into())
}

fn operation(line: &str) -> Descriptor {
    table().operation(line.into())
}

fn request(line: &str, params: &str) -> String {
    client().request(&operation(line), params.as_bytes(), "", MOMENT, 0)
}

#[wasm_bindgen_test]
fn a_request_is_signed_as_the_spec_says() {
    let line = r#"["domains.list","GET /v2/domains","r",{"skip":"k","take":"k"}]"#;
    let text = request(line, r#"{"skip":0,"take":25}"#);
    assert_eq!(
        text,
        "0GET\n/v2/domains?skip=0&take=25\n\naccept: application/json\n\
         authorization: hmac my-key:PgC07kLbLbz3coTUKOCEw1K+p5tuTxCptTGu1CaDHEc=:0123456789abcdef:1700000000"
    );
}

#[wasm_bindgen_test]
fn patterns_run_in_javascripts_own_dialect() {
    let line = r##"["users.create","POST /users","w",{},{"o":{"name!":"#Name"}}]"##;
    assert!(request(line, r#"{"name":"shop1"}"#).starts_with('0'));
    assert!(request(line, r#"{"name":"shop"}"#).starts_with("!{\"issues\":[{\"path\":\"name\""));
}

#[wasm_bindgen_test]
fn text_beyond_ascii_crosses_both_ways() {
    let line = r#"["a.create","POST /a/{id}","w",{},{"o":{"text":"s"}}]"#;
    let text = request(line, r#"{"id":"bücher","text":"😀 \ud83d\ude00"}"#);
    assert!(
        text.contains("/a/b%C3%BCcher\n") && text.ends_with(r#"{"text":"😀 \ud83d\ude00"}"#),
        "{text}"
    );
}

#[wasm_bindgen_test]
fn ways_are_told_and_preferred() {
    let client = client();
    let descriptor = operation(r#"["a.list","GET /a","r",{"type":"s"}]"#);
    let signed = |way| client.request(&descriptor, br#"{"type":"TXT"}"#, "", MOMENT, way);
    let (first, second) = (signed(0), signed(2));
    assert!(first.starts_with('1') && second.starts_with('2'));
    assert_eq!(first, signed(1));
    client.prefer(2);
    assert_eq!(signed(0), second);
}

#[wasm_bindgen_test]
fn answers_are_judged() {
    let client = client();
    let start = operation(r#"["a.start","POST /a","p",{},0,{"a":{"202":"l"}}]"#);
    assert_eq!(client.judge(&start, 202, true, 0, None, ""), "@");
    let refused =
        client.judge(&start, 404, false, 1, None, r#"{"error_code":"x","error_text":"No \"a\"."}"#);
    assert_eq!(refused, r#"!{"kind":"NotFoundError","code":"x","told":"No \"a\".","issues":[]}"#);
    assert!(client.judge(&start, 400, false, 1, None, "{").starts_with('!'));
    let done = operation(r#"["a.put","PUT /a","W",{},0,{"a":{"204":""}}]"#);
    assert_eq!(client.judge(&done, 204, false, 0, None, ""), "-");
}

#[wasm_bindgen_test]
fn an_operation_that_passes_is_as_good_as_one_that_stays() {
    let line = r#"["request","POST /a","p",{"q":"k"},"*",{"a":{},"b":"body"}]"#;
    let params = r#"{"q":1,"body":{"x":[1]}}"#;
    let passing = table().passing_operation(line.into());
    let written = client().request(&passing, params.as_bytes(), "", MOMENT, 0);
    assert_eq!(written, request(line, params));
    assert!(written.ends_with("\n\n{\"x\":[1]}"));
}

#[wasm_bindgen_test]
fn what_is_signed_by_itself_is_signed_as_in_a_request() {
    let line = r#"["a.create","POST /v2/a","w",{},{"o":{"text":"s"}}]"#;
    let written = request(line, r#"{"text":"é"}"#);
    let head = ["POST\n/v2/a\n", MOMENT].concat();
    let value = client().sign(&head, r#"{"text":"é"}"#.into(), 1);
    assert!(written.contains(&["\nauthorization: ", &value, "\n"].concat()), "{written}");
}

#[wasm_bindgen_test]
fn secrets_are_told() {
    let descriptor =
        operation(r#"["a.get","GET /a","r",{"password":{"t":"s","x":true},"name":"s"}]"#);
    let told = client().secrets(&descriptor, r#"{"password":"correct \"horse","name":"open"}"#);
    assert_eq!(told, r#"["correct \"horse"]"#);
}

#[wasm_bindgen_test]
fn no_params_bring_it_down() {
    let line = r#"["a.create","POST /a/{id}","w",{"q":"k"},{"o":{"list":{"a":"s"}}}]"#;
    let deep = "[".repeat(100_000);
    let long = ["{\"id\":\"", &"x".repeat(2 << 20), "\"}"].concat();
    for params in ["", "null", "[", "{\"id\":", deep.as_str(), long.as_str(), "{\"__proto__\":{}}"]
    {
        assert!(request(line, params).starts_with("!{\"issues\":["));
    }
}
