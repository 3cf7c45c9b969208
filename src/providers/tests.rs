use super::*;
use crate::json::parse;

const HOSTKEY: &str = r#"{"expired":["invalid token","unauthorized"],"message":["/error","/message"],
    "kinds":{"PermissionError":["access denied"],"NotFoundError":["not found","no such"]},"numberCode":["/result"],
    "envelope":{"success":{"values":["OK","success"],"numbers":[0,1]},
    "pending":{"values":["Not ready","Stage"],"operations":["eqCallback.check"]}}}"#;
const COMBAHTON: &str = r#"{"envelope":{"failures":{"auth_failed":"They do not belong together.","error":"Something.",
    "exists":"There already."},"flag":{"operations":["kvm.server.start"]}}}"#;

fn class(name: &str, rules: &'static str, operation: &str, body: &str) -> Option<&'static str> {
    let provider = provider(name, &Credentials(Vec::new())).unwrap();
    provider.failed(&read_rules(rules), operation, &parse(body).unwrap())
}

fn read_rules(rules: &'static str) -> Rules {
    Rules(Box::leak(Box::new(parse(rules).unwrap())))
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
    ] {
        assert_eq!(reboot(bad), Some("ApiError"), "{bad}");
    }
    for (bad, kind) in [
        (r#"{"code":-1,"message":"AsyncKey not found"}"#, "NotFoundError"),
        (r#"{"result":-1,"error":"EQ: No such server"}"#, "NotFoundError"),
        (r#"{"result":-1,"error":"Access denied"}"#, "PermissionError"),
    ] {
        assert_eq!(reboot(bad), Some(kind), "{bad}");
    }
    let refused =
        class("hostkey", HOSTKEY, "auth.login", r#"{"result":-1,"error":"API key not found"}"#);
    assert_eq!(refused, Some("AuthenticationError"));
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
    let body = parse(body).unwrap();
    let issues = rules.issues(&body);
    let told: Vec<_> =
        issues.iter().map(|issue| (issue.path.as_str(), issue.message.as_str())).collect();
    assert_eq!(told, [("name", "too short"), ("name", "taken"), ("cpu", "too many")]);
    let general = parse(r#"{"error":{"code":7,"msg":"Busy"}}"#).unwrap();
    let words = (rules.told("code", &general), rules.told("message", &general));
    assert_eq!(words, (Some("7"), Some("Busy")));
}

#[test]
fn a_number_in_place_of_a_word_is_the_code() {
    let rules = read_rules(HOSTKEY);
    let code = |body| rules.number("numberCode", &parse(body).unwrap()).map(str::to_owned);
    assert_eq!(code(r#"{"result":-2,"error":"no"}"#).as_deref(), Some("-2"));
    assert_eq!(code(r#"{"result":"Error"}"#), None);
}

#[test]
fn combahton_knows_the_page_of_its_filter() {
    let provider = provider("combahton", &Credentials(Vec::new())).unwrap();
    for page in ["<script>document.cookie='layer7-validate=ab'", "Authentication Required"] {
        assert!(provider.about_page(page).is_some(), "{page}");
    }
    assert!(provider.about_page("<html>502 Bad Gateway</html>").is_none());
}
