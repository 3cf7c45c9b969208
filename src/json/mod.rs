//! JSON as callers give it: parsed without loss, written back compactly.
//!
//! Not serde_json: it brings the parsing and formatting of floats along, tens of kilobytes, and turns
//! numbers into them. Here a number stays the text it was written as, which is also the text that goes
//! into a URL, a form or a body. Strings stay as they are written too, escapes and all: in most calls
//! none is ever copied but into the request.

use std::borrow::Cow;

mod parse;
mod write;

pub use parse::parse;
pub use write::{append_object, encode, write};

/// One JSON value; its texts are pieces of the JSON that it was read from.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(&'a str),
    /// A string.
    Text(Encoded<'a>),
    /// An array.
    List(Vec<Value<'a>>),
    /// An object, in the order it was written in; names may repeat until the input check.
    Map(Entries<'a>),
    /// What JSON has no form for (a function, a lone surrogate): its description, for the message.
    Foreign(Encoded<'a>),
}

/// Names and values, in the order they came in.
pub type Entries<'a> = Vec<(Encoded<'a>, Value<'a>)>;

/// What a JSON string has between its quotes, escapes and all. Two are equal where they are written in
/// the same way, as `JSON.stringify` does with the same text.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Encoded<'a>(pub &'a str);

impl<'a> Encoded<'a> {
    /// What it says.
    pub fn plain(self) -> Cow<'a, str> {
        parse::unescape(self.0)
    }
}

/// Values nested deeper than this are refused: no provider has any, and it keeps the stack safe.
pub const MAX_DEPTH: usize = 64;

/// The name under which JavaScript hands over what JSON has no form for: `{"\u0000": "a function"}`.
pub const FOREIGN: &str = "\\u0000";

impl<'a> Value<'a> {
    /// The value under a name of an object.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.entries().iter().find(|(key, _)| key.0 == name).map(|(_, value)| value)
    }

    /// A string, as it is written.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text.0),
            _ => None,
        }
    }

    /// The values of an array; none for anything else.
    pub fn items(&self) -> &[Value<'a>] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The names and values of an object; none for anything else.
    pub fn entries(&self) -> &[(Encoded<'a>, Value<'a>)] {
        match self {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value at a JSON pointer (RFC 6901) to a field, without `~`, which no spec uses.
    pub fn at(&self, pointer: &str) -> Option<&Value<'a>> {
        let mut value = self;
        let mut rest = pointer.strip_prefix('/');
        while let Some(steps) = rest {
            let (step, after) = match steps.split_once('/') {
                Some((step, after)) => (step, Some(after)),
                None => (steps, None),
            };
            value = value.get(step)?;
            rest = after;
        }
        Some(value)
    }

    /// A copy of what is no array and no object.
    pub fn single(&self) -> Option<Value<'a>> {
        Some(match self {
            Value::Null => Value::Null,
            Value::Bool(is_true) => Value::Bool(*is_true),
            Value::Number(token) => Value::Number(token),
            Value::Text(text) => Value::Text(*text),
            _ => return None,
        })
    }

    /// The size of a number, of its whole part.
    pub fn size(&self) -> Option<f64> {
        match self {
            Value::Number(token) => Some(size(token)),
            _ => None,
        }
    }

    /// The one text that a number, text or boolean has in a URL or a form.
    pub fn plain(&self) -> Option<Encoded<'a>> {
        match self {
            Value::Text(text) => Some(*text),
            Value::Number(token) => Some(Encoded(token)),
            Value::Bool(true) => Some(Encoded("true")),
            Value::Bool(false) => Some(Encoded("false")),
            _ => None,
        }
    }
}

/// A whole number as text. `to_string` would bring core's formatting along, twenty kilobytes.
pub fn decimal(number: u64) -> String {
    let mut text = if number < 10 { String::new() } else { decimal(number / 10) };
    text.extend(char::from_digit((number % 10) as u32, 10));
    text
}

/// The size of a number as it is written, of its whole part: exact as far as a float is, which is more
/// than enough to hold it against a limit. The standard parsers cost a kilobyte and more.
pub fn size(token: &str) -> f64 {
    let digits = token.bytes().skip_while(|byte| *byte == b'-').take_while(u8::is_ascii_digit);
    let size = digits.fold(0.0, |size, digit| size * 10.0 + f64::from(digit - b'0'));
    if token.starts_with('-') { -size } else { size }
}

/// Whether a text is a whole number as JSON writes it: `-12`, not `012`, `1.0` or `1e3`.
pub fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain && (digits == "0" || !digits.starts_with('0')) && text != "-0"
}

/// Whether a text is a number as JSON writes it.
pub fn is_number(text: &str) -> bool {
    matches!(parse(text), Some(Value::Number(token)) if token == text)
}

/// A text as a JSON string.
#[cfg(test)]
pub fn quoted(text: &str) -> String {
    ["\"", &encode(text), "\""].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::string::ToString;

    #[test]
    fn numbers_keep_their_text() {
        let text = r#"[1,-0.5,1e+21,123456789012345678901234567890]"#;
        assert_eq!(write(&parse(text).unwrap()), text);
    }

    #[test]
    fn integers_are_told_from_look_alikes() {
        for yes in ["0", "-1", "603123", "99999999999999999999"] {
            assert!(is_integer(yes), "{yes}");
        }
        for no in ["", "-", "-0", "01", "1.0", "1e3", " 1", "+1", "0x10", "１"] {
            assert!(!is_integer(no), "{no}");
        }
    }

    #[test]
    fn sizes_are_those_of_the_whole_part() {
        for (token, expected) in
            [("0", 0.0), ("86400", 86400.0), ("-12.9", -12.0), ("2147483648", 2147483648.0)]
        {
            assert!((size(token) - expected).abs() < 0.5, "{token}");
        }
        assert!(size(&"9".repeat(400)).is_infinite());
    }

    /// Any value as compact JSON.
    fn any_json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|is_true| is_true.to_string()),
            any::<i64>().prop_map(|number| number.to_string()),
            any::<String>().prop_map(|text| quoted(&text)),
        ];
        let joined =
            |parts: Vec<String>, ends: [&str; 2]| [ends[0], &parts.join(","), ends[1]].concat();
        leaf.prop_recursive(4, 40, 6, move |inner| {
            let entry = ("[a-z_\"\\\\é]{1,8}", inner.clone())
                .prop_map(|(name, value)| [quoted(&name), value].join(":"));
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(move |all| joined(all, ["[", "]"])),
                prop::collection::vec(entry, 0..6).prop_map(move |all| joined(all, ["{", "}"])),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_the_same(text in any_json()) {
            prop_assert_eq!(write(&parse(&text).unwrap()), text);
        }

        #[test]
        fn a_string_says_what_was_put_in(text in any::<String>()) {
            let written = quoted(&text);
            prop_assert_eq!(parse(&written).unwrap().plain().unwrap().plain(), text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = parse(&text);
        }

        #[test]
        fn near_json_is_read_or_refused(text in "[\\[\\]{}\",:0-9eE+.truefalsn\\\\ud-]{0,60}") {
            let _ = parse(&text);
        }
    }
}
