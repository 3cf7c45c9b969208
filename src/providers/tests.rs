use super::*;
use crate::answer::message::ProviderMessage;
use crate::platform::simulated::Json;
use crate::table::Table;

const HOSTKEY: &str = r#"{"expired":["invalid token","unauthorized"],"message":["/error","/message"],
    "envelope":{"success":{"values":["OK","success"],"numbers":[0,1]},
    "pending":{"values":["Not ready","Stage"],"operations":["eqCallback.check"]}}}"#;
const COMBAHTON: &str = r#"{"envelope":{"failures":{"auth_failed":"They do not belong together.","error":"Something.",
    "exists":"There already."},"flag":{"operations":["kvm.server.start"]}}}"#;

fn class(name: &str, rules: &str, operation: &str, body: &str) -> Option<&'static str> {
    let provider = provider(name, &Credentials(Vec::new())).unwrap();
    let failed = provider.failed(&read_rules(rules), operation, &Json::parse(body).unwrap());
    failed.map(ErrorKind::name)
}

fn read_rules(rules: &str) -> ProviderRules<'static> {
    let head = rules.replacen('{', r#"{"title":"x","types":{},"jobs":{},"#, 1);
    Table::read("x".to_owned(), head, String::new()).unwrap().rules
}

#[test]
fn hostkey_tells_failures_inside_a_success() {
    let reboot = |body| class("hostkey", HOSTKEY, "eq.reboot", body);
    for good in [
        r#"{"result":"OK"}"#,
        r#"{"result":"ok"}"#,
        r#"{"result":"success"}"#,
        r#"{"result":{}}"#,
        r#"{"result":[]}"#,
        r#"{"result":0}"#,
        r#"{"result":1}"#,
        "{}",
        r#"{"code":0}"#,
        r#"{"error":""}"#,
        r#"{"result":null}"#,
    ] {
        assert_eq!(reboot(good), None, "{good}");
    }
    for bad in [
        r#"{"result":-1,"error":"no"}"#,
        r#"{"result":-2}"#,
        r#"{"result":"Error"}"#,
        r#"{"result":"Not ready"}"#,
        r#"{"result":"OK","error":"no"}"#,
        r#"{"code":-1,"message":"AsyncKey not found"}"#,
    ] {
        assert_eq!(reboot(bad), Some("ApiError"), "{bad}");
    }
    let expired = reboot(r#"{"result":-1,"error":"Auth: INVALID TOKEN given"}"#);
    assert_eq!(expired, Some("AuthenticationError"));
    let pending = class("hostkey", HOSTKEY, "eqCallback.check", r#"{"result":"Not ready"}"#);
    assert_eq!(pending, None);
    let login =
        class("hostkey", HOSTKEY, "auth.login", r#"{"result":-1,"error":"API key not found"}"#);
    assert_eq!(login, Some("AuthenticationError"));
}

#[test]
fn combahton_tells_failures_by_status() {
    let told = |operation, body| class("combahton", COMBAHTON, operation, body);
    assert_eq!(told("a.b", r#"{"status":"auth_failed"}"#), Some("AuthenticationError"));
    assert_eq!(told("a.b", r#"{"status":"exists"}"#), Some("ConflictError"));
    assert_eq!(told("a.b", r#"{"status":"error"}"#), Some("ApiError"));
    for good in [r#"{"status":"running"}"#, r#"{"status":"OK"}"#, "{}", "[]", r#"{"status":7}"#] {
        assert_eq!(told("kvm.server.view", good), None, "{good}");
    }
    assert_eq!(told("kvm.server.start", r#"{"success":false}"#), Some("ApiError"));
    assert_eq!(told("a.b", r#"{"success":false}"#), None);
    let provider = provider("combahton", &Credentials(Vec::new())).unwrap();
    assert!(provider.about_page("<script>document.cookie='LAYER7-validate=x'").is_some());
    assert!(provider.about_page("<html>").is_none());
}

#[test]
fn artnet_tells_failures_by_success() {
    let told = |body: &str| class("artnet", r#"{"code":["/error/code"]}"#, "vps.powerOn", body);
    assert_eq!(told(r#"{"success":true,"error":{"code":"x"}}"#), None);
    for (code, expected) in [
        ("authorization-failed", "AuthenticationError"),
        ("unknown-command", "NotFoundError"),
        ("internal-operation-error", "ServerError"),
        ("invalid-service-type", "ValidationError"),
        ("unconfirmed", "ApiError"),
    ] {
        let body = [r#"{"success":false,"error":{"code":""#, code, r#""}}"#].concat();
        assert_eq!(told(&body), Some(expected), "{code}");
    }
    assert_eq!(told(r#"{"success":false}"#), Some("ApiError"));
}

#[test]
fn faults_are_told_by_field() {
    let rules = r#"{"issues":["/errors"],"message":["/message","/error/msg"],"code":["/error","/error/code"]}"#;
    let rules = read_rules(rules);
    let body = r#"{"message":"Invalid.","errors":{"name":["too short","taken"],"cpu":"too many"}}"#;
    let read = |body: &str| ProviderMessage::read(&rules, &Json::parse(body).unwrap());
    let said = read(body);
    let told: Vec<_> =
        said.issues.iter().map(|issue| (issue.path.as_str(), issue.message.as_str())).collect();
    assert_eq!(told, [("name", "too short"), ("name", "taken"), ("cpu", "too many")]);
    assert_eq!(said.words, "Invalid.");
    let general = read(r#"{"error":{"code":7,"msg":"Busy"}}"#);
    assert_eq!((general.code.as_deref(), general.words.as_str()), (Some("7"), "Busy"));
}
