//! `application/x-www-form-urlencoded`, nested values in PHP's brackets: `records[0][name]=www`.

use super::url;
use crate::json::{Encoded, Value, decimal};

/// Writes the fields of an object as a form. `null` and what is empty sends nothing.
pub fn write<'v>(entries: impl Iterator<Item = &'v (Encoded<'v>, Value<'v>)>) -> String {
    let mut out = String::new();
    for (name, value) in entries {
        append(&encoded(*name), value, &mut out);
    }
    out
}

fn append(name: &str, value: &Value, out: &mut String) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                append(&[name, "[", &decimal(index as u64), "]"].concat(), item, out);
            }
        }
        Value::Map(entries) => {
            for (key, item) in entries {
                append(&[name, "[", &encoded(*key), "]"].concat(), item, out);
            }
        }
        plain => {
            let Some(text) = plain.plain() else { return };
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            url::FORM.encode(&text.plain(), out);
        }
    }
}

fn encoded(text: Encoded) -> String {
    let mut out = String::new();
    url::FORM.encode(&text.plain(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn nested_values_go_into_brackets() {
        let value = r#"{"a":"x y&z","n":12,"on":true,"none":null,"records":[{"name":"www","d":[1,2]},{}],"rules":{"in":{"3":{"ip":"192.0.2.1"}}}}"#;
        assert_eq!(
            write(parse(value).unwrap().entries().iter()),
            "a=x+y%26z&n=12&on=true&records[0][name]=www&records[0][d][0]=1&records[0][d][1]=2\
             &rules[in][3][ip]=192.0.2.1"
        );
    }

    #[test]
    fn names_cannot_break_out() {
        let value = parse(r#"{"a]=1&b":{"c[":"%20"}}"#).unwrap();
        assert_eq!(write(value.entries().iter()), "a%5D%3D1%26b[c%5B]=%2520");
    }
}
