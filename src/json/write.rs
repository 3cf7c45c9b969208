//! Values to compact JSON text.

use super::{Encoded, FOREIGN, Value};

/// Writes a value. What JSON has no form for is written as it was read, so that the input check finds it
/// in what is read again; it lets none pass.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    append(value, &mut out);
    out
}

/// The same, at the end of a text.
pub fn append(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Foreign(what) => append_object([(Encoded(FOREIGN), Value::Text(*what))].iter(), out),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(token) => out.push_str(token),
        Value::Text(text) => append_text(text.0, out),
        Value::List(items) => {
            let mut before = "[";
            for item in items {
                out.push_str(before);
                append(item, out);
                before = ",";
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Map(entries) => append_object(entries.iter(), out),
    }
}

/// Writes an object.
pub fn append_object<'v>(
    entries: impl Iterator<Item = &'v (Encoded<'v>, Value<'v>)>,
    out: &mut String,
) {
    out.push('{');
    for (index, (name, item)) in entries.enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        append_text(name.0, out);
        out.push(':');
        append(item, out);
    }
    out.push('}');
}

/// A string, from how it is written.
fn append_text(encoded: &str, out: &mut String) {
    out.push('"');
    out.push_str(encoded);
    out.push('"');
}

/// A text as it stands between the quotes of a JSON string.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                for digit in [character as usize >> 4, character as usize & 15] {
                    out.extend(HEX.get(digit).copied().map(char::from));
                }
            }
            _ => out.push(character),
        }
    }
    out
}
