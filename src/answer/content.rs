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

    #[test]
    fn commas_come_between_objects_and_nowhere_else() {
        assert_eq!(repair(r#"[{"a":1}{"b":2} {"c":3},{"d":4}]"#), r#"[{"a":1},{"b":2} ,{"c":3},{"d":4}]"#);
        for whole in [r#"{"a":"}{","b":"\"}{"}"#, r#"{"a":"\\"}"#, r#"[{},{}]"#, r#"{"a":{}}"#] {
            assert_eq!(repair(whole), whole);
        }
    }
}
