use super::*;
use crate::json::parse;

const HOSTKEY: &str = r#"{"expired":["invalid token","unauthorized"],"envelope":{"success":{"values":["OK","success"],"numbers":[0,1]},
    "pending":{"values":["Not ready","Stage"],"operations":["eqCallback.check"]}}}"#;
const COMBAHTON: &str = r#"{"envelope":{"failures":{"auth_failed":"They do not belong together.","error":"Something.","exists":"There already."},
    "flag":{"operations":["kvm.server.start"]}}}"#;

fn class(provider: &str, rules: &str, operation: &str, body: &str) -> Option<&'static str> {
    test_provider(provider, rules).failed(operation, &parse(body).unwrap())
}

#[test]
fn hostkey_tells_failures_inside_a_success() {
    let class = |body| class("hostkey", HOSTKEY, "eq.reboot", body);
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
        assert_eq!(class(good), None, "{good}");
    }
    for bad in [
        r#"{"result":-1,"error":"no"}"#,
        r#"{"result":-2}"#,
        r#"{"result":"Error"}"#,
        r#"{"result":"Not ready"}"#,
        r#"{"result":"OK","error":"no"}"#,
        r#"{"code":-1,"message":"AsyncKey not found"}"#,
    ] {
        assert_eq!(class(bad), Some("ApiError"), "{bad}");
    }
    assert_eq!(
        class(r#"{"result":-1,"error":"Auth: INVALID TOKEN given"}"#),
        Some("AuthenticationError")
    );
    assert_eq!(
        super::tests::class(
            "hostkey",
            HOSTKEY,
            "eqCallback.check",
            r#"{"result":"Not ready"}"#
        ),
        None
    );
}

#[test]
fn hostkeys_words_are_handed_on() {
    let refusal = test_provider("hostkey", HOSTKEY)
        .refusal(&parse(r#"{"code":-1,"message":"gone"}"#).unwrap());
    assert_eq!(
        (refusal.code.as_deref(), refusal.message.as_deref()),
        (Some("-1"), Some("gone"))
    );
}

#[test]
fn combahton_tells_failures_by_status() {
    let class = |operation, body| class("combahton", COMBAHTON, operation, body);
    assert_eq!(
        class("a.b", r#"{"status":"auth_failed"}"#),
        Some("AuthenticationError")
    );
    assert_eq!(
        class("a.b", r#"{"status":"exists"}"#),
        Some("ConflictError")
    );
    assert_eq!(class("a.b", r#"{"status":"error"}"#), Some("ApiError"));
    for good in [
        r#"{"status":"running"}"#,
        r#"{"status":"OK"}"#,
        "{}",
        "[]",
        r#"{"status":7}"#,
    ] {
        assert_eq!(class("kvm.server.view", good), None, "{good}");
    }
    assert_eq!(
        class("kvm.server.start", r#"{"success":false}"#),
        Some("ApiError")
    );
    assert_eq!(class("a.b", r#"{"success":false}"#), None);
    let provider = test_provider("combahton", COMBAHTON);
    assert!(
        provider
            .about_page("<script>document.cookie='LAYER7-validate=x'")
            .is_some()
    );
    assert!(provider.about_page("<html>").is_none());
}

#[test]
fn artnet_tells_failures_by_success() {
    let class = |body: &str| class("artnet", "{}", "vps.powerOn", body);
    assert_eq!(class(r#"{"success":true,"error":{"code":"x"}}"#), None);
    for (code, expected) in [
        ("authorization-failed", "AuthenticationError"),
        ("unknown-command", "NotFoundError"),
        ("internal-operation-error", "ServerError"),
        ("invalid-service-type", "ValidationError"),
        ("unconfirmed", "ApiError"),
    ] {
        let body = [r#"{"success":false,"error":{"code":""#, code, r#""}}"#].concat();
        assert_eq!(class(&body), Some(expected), "{code}");
    }
    assert_eq!(class(r#"{"success":false}"#), Some("ApiError"));
    let body = parse(r#"{"error":{"code":"a","description":{"pl":"Nie","en":"No"}}}"#).unwrap();
    assert_eq!(
        test_provider("artnet", "{}")
            .refusal(&body)
            .message
            .as_deref(),
        Some("No")
    );
}

#[test]
fn ccloud_tells_what_is_wrong_with_each_field() {
    let provider = test_provider("ccloud", "{}");
    let body = r#"{"message":"Invalid.","errors":{"name":["too short","taken"],"cpu":"too many"}}"#;
    let refusal = provider.refusal(&parse(body).unwrap());
    let told: Vec<_> = refusal
        .issues
        .iter()
        .map(|issue| (issue.path.as_str(), issue.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("name", "too short"),
            ("name", "taken"),
            ("cpu", "too many")
        ]
    );
    let oauth = provider.refusal(&parse(r#"{"error":"invalid_client","message":"No."}"#).unwrap());
    assert_eq!(
        (oauth.code.as_deref(), oauth.message.as_deref()),
        (Some("invalid_client"), Some("No."))
    );
    let general = provider.refusal(&parse(r#"{"error":{"code":7,"msg":"Busy"}}"#).unwrap());
    assert_eq!(
        (general.code.as_deref(), general.message.as_deref()),
        (Some("7"), Some("Busy"))
    );
}

#[test]
fn credentials_go_out_where_the_provider_wants_them() {
    let token = Secret::new("t0ken".into());
    let fields =
        |name: &str, operation: &str| test_provider(name, "{}").fields(operation, Some(&token));
    assert_eq!(
        fields("hostkey", "eq.list"),
        [("token", "t0ken".to_owned())]
    );
    assert_eq!(
        fields("artnet", "vps.list"),
        [
            ("id", "7".to_owned()),
            ("api_key", "key-of-mine".to_owned())
        ]
    );
    assert_eq!(
        fields("combahton", "a.b"),
        [
            ("email", "a@example.com".to_owned()),
            ("secret", "s3cret".to_owned())
        ]
    );
    assert!(fields("ccloud", "servers.list").is_empty());
    assert_eq!(fields("ccloud", "oauth.token").len(), 2);
}
