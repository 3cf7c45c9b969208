//! What a body is, whatever it says that it is.

use crate::platform::{Answer, Data, Platform, Scalar};
use crate::rules::{ProviderRules, has_words};

/// What a body is.
pub enum Content<D> {
    /// There is none.
    Empty,
    /// JSON.
    Json(D),
    /// Said to be JSON, or like it, but broken or cut off.
    BrokenJson,
    /// A web page.
    Page,
    /// Other text.
    Text,
    /// A file.
    File,
}

/// Finds out what a body is.
pub fn read<P: Platform>(
    platform: &P,
    rules: &ProviderRules,
    answer: &P::Answer,
) -> Content<<P::Answer as Answer>::Data> {
    if answer.is_empty() {
        return Content::Empty;
    }
    let media_type = answer.header("content-type");
    let says = |words| media_type.as_deref().is_some_and(|media_type| has_words(media_type, words));
    let (says_json, says_html) = (says("/json") || says("+json"), says("html"));
    if answer.is_file() && !says_json && !says_html {
        return Content::File;
    }
    let data = if answer.is_file() { platform.parse(&answer.text()) } else { answer.data() };
    if let Some(data) = data {
        let is_structure = matches!(data.scalar(), Scalar::Array | Scalar::Object);
        // A single word or number is a text as well; only what says nothing else is JSON.
        if is_structure || says_json || media_type.is_none() {
            return Content::Json(data);
        }
    }
    let text = answer.text();
    let start = text.trim_start();
    if start.starts_with('<') || says_html {
        return Content::Page;
    }
    if start.starts_with(['{', '[']) || says_json {
        let repaired = rules.malformed_json.then(|| repair(&text));
        return match repaired.and_then(|text| platform.parse(&text)) {
            Some(data) => Content::Json(data),
            None if answer.is_file() => Content::File,
            None => Content::BrokenJson,
        };
    }
    Content::Text
}

/// JSON in which objects of a list may have no commas between them, with the commas.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut in_string, mut escaped, mut after_object) = (false, false, false);
    for character in text.chars() {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else {
            if after_object && character == '{' {
                out.push(',');
            }
            after_object = character == '}' || after_object && character.is_ascii_whitespace();
            in_string = character == '"';
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::simulated::{Json, Reply, World};
    use crate::table::Table;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// What there is in an answer of a provider whose JSON may lack commas.
    fn read_repaired(text: &str) -> Content<Json> {
        let head = r#"{"title":"x","types":{},"jobs":{},"malformedJson":true}"#;
        let table = Table::read("x".to_owned(), head.to_owned(), String::new()).unwrap();
        let answer = Reply::text(200, "application/json", text).answer().unwrap();
        read(&World::new(), &table.rules, &answer)
    }

    /// Any JSON, with texts that look like more of it.
    fn any_json() -> impl Strategy<Value = Value> {
        let text = prop_oneof![any::<String>(), Just("}{".to_owned()), Just("\"}\n{\\".to_owned())];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 20, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(text.clone(), inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_without_commas_is_read_like_that_with_them(
            list in prop::collection::vec(prop::collection::btree_map(any::<String>(), any_json(), 0..3), 0..5),
            between in prop::sample::select(&["", " ", "\n"][..]),
        ) {
            let items: Vec<String> = list.iter().map(|item| json!(item).to_string()).collect();
            let text = ["[", &items.join(between), "]"].concat();
            match read_repaired(&text) {
                Content::Json(data) => prop_assert_eq!(&*data.0, &json!(list)),
                _ => prop_assert!(false, "{}", text),
            }
        }

        #[test]
        fn whole_json_is_left_alone(value in any_json()) {
            let text = value.to_string();
            prop_assert_eq!(repair(&text), text);
        }

        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            let _ = read_repaired(&text);
        }
    }

    #[test]
    fn what_is_broken_in_another_way_stays_broken() {
        for text in ["[", r#"{"a":1}{"b":2}"#, r#"[{"a":"}{]"#, "nonsense"] {
            assert!(matches!(read_repaired(text), Content::BrokenJson), "{text}");
        }
        assert!(matches!(read_repaired(""), Content::Empty));
    }

    #[test]
    fn it_may_be_long() {
        let long = "}{".repeat(500_000);
        let text = format!("[{}{{}}]", json!({ "long": long }));
        assert!(matches!(read_repaired(&text), Content::Json(_)));
        assert!(matches!(read_repaired(&format!("[{{}}{{\"{long}")), Content::BrokenJson));
    }

    #[test]
    fn commas_come_between_objects_and_nowhere_else() {
        assert_eq!(
            repair(r#"[{"a":1}{"b":2} {"c":3},{"d":4}]"#),
            r#"[{"a":1},{"b":2} ,{"c":3},{"d":4}]"#
        );
        for whole in [r#"{"a":"}{","b":"\"}{"}"#, r#"{"a":"\\"}"#, r#"[{},{}]"#, r#"{"a":{}}"#] {
            assert_eq!(repair(whole), whole);
        }
    }
}
