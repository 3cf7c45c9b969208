//! Values to compact JSON text.

use super::Value;

/// Writes a value. What JSON has no form for is written as `null`; the input check lets none pass.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    append(value, &mut out);
    out
}

/// The same, at the end of a text.
pub fn append(value: &Value, out: &mut String) {
    match value {
        Value::Null | Value::Foreign(_) => out.push_str("null"),
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
        Value::Map(entries) => {
            let mut before = "{";
            for (name, item) in entries {
                out.push_str(before);
                append_text(name.0, out);
                out.push(':');
                append(item, out);
                before = ",";
            }
            out.push_str(if entries.is_empty() { "{}" } else { "}" });
        }
    }
}

/// A text as it stands between the quotes of a JSON string.
pub fn append_escaped(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(if character < '\u{10}' { '0' } else { '1' });
                out.extend(char::from_digit(character as u32 & 15, 16));
            }
            _ => out.push(character),
        }
    }
}

/// A string, from how it is written.
pub fn append_text(written: &str, out: &mut String) {
    out.push('"');
    out.push_str(written);
    out.push('"');
}
