//! The core as JavaScript meets it, in a real WebAssembly instance: what crosses the boundary, and that
//! nothing that crosses it can bring the instance down.

#![cfg(target_arch = "wasm32")]

use hostwire::{Client, Descriptor, Table};
use wasm_bindgen_test::wasm_bindgen_test;

const SECONDS: &str = "1700000000";
const NONCE: &str = "0123456789abcdef";

fn client() -> Client {
    let options = r#"{"credentials":{"apiKey":"my-key","apiSecret":"my-secret"},"rules":
        {"title":"Combell","secrets":["apiSecret"],"code":["/error_code"],"message":["/error_text"]}}"#;
    Client::new("combell", options.into(), "https://api.combell.com".into())
}

fn operation(line: &str) -> Descriptor {
    let head = r##"{"types":{"Name":{"t":"s","re":"^(?=.*[0-9])[a-z0-9]+$"}},"jobs":{"job":{"id":"job_id"}}}"##;
    Table::new(head).operation(line)
}

fn request(line: &str, params: &str) -> String {
    client().request(&operation(line), params, "", SECONDS, NONCE, 0)
}

#[wasm_bindgen_test]
fn a_request_is_signed_as_the_spec_says() {
    let line = r#"["domains.list","GET /v2/domains","r",{"skip":"k","take":"k"}]"#;
    let text = request(line, r#"{"skip":0,"take":25}"#);
    assert_eq!(
        text,
        "0GET\nhttps://api.combell.com/v2/domains?skip=0&take=25\n\naccept: application/json\n\
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
    assert!(text.contains("/a/b%C3%BCcher\n") && text.ends_with("{\"text\":\"😀 😀\"}"), "{text}");
}

#[wasm_bindgen_test]
fn ways_are_told_and_preferred() {
    let client = client();
    let descriptor = operation(r#"["a.list","GET /a","r",{"type":"s"}]"#);
    let signed = |way| client.request(&descriptor, r#"{"type":"TXT"}"#, "", SECONDS, NONCE, way);
    let (first, second) = (signed(0), signed(2));
    assert!(first.starts_with('1') && second.starts_with('2'));
    assert_eq!(first, signed(1));
    client.prefer(2);
    assert_eq!(signed(0), second);
}

#[wasm_bindgen_test]
fn answers_are_judged() {
    let client = client();
    let start = operation(r#"["a.start","POST /a","p",{},0,{"a":{"202":"l"},"j":"job"}]"#);
    let place = client.judge(&start, 202, "/v2/jobs/7", 0, "");
    assert_eq!(place.as_deref(), Some(r#"{"location":"/v2/jobs/7","job_id":"7"}"#));
    let refused =
        client.judge(&start, 404, "", 1, r#"{"error_code":"x","error_text":"No."}"#).unwrap();
    assert!(
        refused.starts_with("!{\"kind\":\"NotFoundError\",\"status\":404,\"code\":\"x\""),
        "{refused}"
    );
    assert!(client.judge(&start, 400, "", 1, "{").is_some());
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
