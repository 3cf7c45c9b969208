//! JSON as callers give it: parsed without loss, written back compactly.
//!
//! Not serde_json: it brings the parsing and formatting of floats along, tens of kilobytes, and turns
//! numbers into them. Here a number stays the text it was written as, which is also the text that goes
//! into a URL, a form or a body.

use crate::prelude::*;

mod parse;
mod write;

pub use parse::parse;
pub use write::{write, write_text};

/// One JSON value.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order it was written in; names may repeat until the input check.
    Map(Vec<(String, Value)>),
    /// What JSON has no form for (a function, a lone surrogate): its description, for the message.
    Foreign(String),
}

/// Values nested deeper than this are refused: no provider has any, and it keeps the stack safe.
pub const MAX_DEPTH: usize = 64;

/// The name under which JavaScript hands over what JSON has no form for: `{"\u0000": "a function"}`.
pub const FOREIGN: &str = "\0";

impl Value {
    /// The value under a name of an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The values of an array; none for anything else.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The names and values of an object; none for anything else.
    pub fn entries(&self) -> &[(String, Value)] {
        match self {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value at a JSON pointer (RFC 6901) without `~`, which no spec uses.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        let mut value = self;
        for step in pointer.split('/').skip(1) {
            value = match value {
                Value::List(items) => items.get(step.parse::<usize>().ok()?)?,
                value => value.get(step)?,
            };
        }
        Some(value)
    }

    /// The text of what is at a JSON pointer.
    pub fn plain_at(&self, pointer: &str) -> Option<String> {
        self.at(pointer)?.plain().map(str::to_owned)
    }

    /// Reads each name and value of an object; nothing where one cannot be read.
    pub fn read_each<T>(&self, read: impl Fn(&str, &Value) -> Option<T>) -> Option<Vec<T>> {
        // Not collect(): it brings its own machinery for each type, a kilobyte every time.
        let mut all = Vec::with_capacity(self.entries().len());
        for (name, value) in self.entries() {
            all.push(read(name, value)?);
        }
        Some(all)
    }

    /// Whether this is `true`.
    pub fn is_true(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// The size of a number, of its whole part.
    pub fn size(&self) -> Option<f64> {
        match self {
            Value::Number(token) => Some(size(token)),
            _ => None,
        }
    }

    /// The one text that a number, text or boolean has in a URL or a form.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        }
    }
}

/// A whole number as text. One function for all: each type's own costs half a kilobyte.
pub fn decimal(number: u32) -> String {
    itoa::Buffer::new().format(number).to_owned()
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
    matches!(parse(text), Ok(Value::Number(token)) if token == text)
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

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(|number| Value::Number(number.to_string())),
            any::<String>().prop_map(Value::Text),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
                prop::collection::vec(("[a-z_\"\\\\é]{1,8}", inner), 0..6).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in any_value()) {
            prop_assert_eq!(parse(&write(&value)).unwrap(), value);
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
