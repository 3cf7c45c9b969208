//! JSON text to values: RFC 8259, nothing more lenient.

use crate::prelude::*;

use super::{FOREIGN, MAX_DEPTH, Value, decimal};

/// Reads one JSON text. The error says what is wrong and at which byte.
pub fn parse(text: &str) -> Result<Value, String> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.space().value(0)?;
    match parser.space().peek() {
        None => Ok(value),
        Some(_) => Err(parser.fault("more text after the value")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn space(&mut self) -> &mut Self {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self
    }

    fn fault(&self, what: &str) -> String {
        [what, " at byte ", &decimal(self.at as u32)].concat()
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth > MAX_DEPTH {
            return Err(self.fault("nested too deeply"));
        }
        match self.peek() {
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.text(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) => Err(self.fault("no JSON value")),
            None => Err(self.fault("the text ends early")),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, String> {
        if self.text.get(self.at..self.at + word.len()) != Some(word) {
            return Err(self.fault("no JSON value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn map(&mut self, depth: usize) -> Result<Value, String> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.space().take(b'}') {
            return Ok(Value::Map(entries));
        }
        loop {
            if self.space().peek() != Some(b'"') {
                return Err(self.fault("a name in quotes is missing"));
            }
            let name = match self.text()? {
                Value::Text(name) => name,
                _ => return Err(self.fault("a name that is not valid Unicode")),
            };
            if !self.space().take(b':') {
                return Err(self.fault("a colon is missing"));
            }
            let value = self.space().value(depth + 1)?;
            if let (FOREIGN, Value::Text(text)) = (name.as_str(), &value) {
                let foreign = Value::Foreign(text.clone());
                return if self.take(b'}') {
                    Ok(foreign)
                } else {
                    Err(self.fault("no JSON value"))
                };
            }
            entries.push((name, value));
            if self.space().take(b'}') {
                return Ok(Value::Map(entries));
            }
            if !self.take(b',') {
                return Err(self.fault("a comma or } is missing"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, String> {
        self.at += 1;
        let mut items = Vec::new();
        if self.space().take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.space().value(depth + 1)?);
            if self.space().take(b']') {
                return Ok(Value::List(items));
            }
            if !self.take(b',') {
                return Err(self.fault("a comma or ] is missing"));
            }
        }
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') && !self.digits() {
            return Err(self.fault("a digit is missing"));
        }
        if self.take(b'.') && !self.digits() {
            return Err(self.fault("a digit is missing"));
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            if !self.digits() {
                return Err(self.fault("a digit is missing"));
            }
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or("").to_owned()))
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn text(&mut self) -> Result<Value, String> {
        self.at += 1;
        let mut text = String::new();
        let mut lone_surrogate = false;
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            // Both ends are at ASCII bytes, so this is always a whole piece of the text.
            text.push_str(self.text.get(start..self.at).unwrap_or(""));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(match lone_surrogate {
                        true => Value::Foreign("text that is not valid Unicode".to_owned()),
                        false => Value::Text(text),
                    });
                }
                Some(b'\\') => match self.escape()? {
                    Some(character) => text.push(character),
                    None => lone_surrogate = true,
                },
                Some(_) => return Err(self.fault("a control character in a text")),
                None => return Err(self.fault("the text ends early")),
            }
        }
    }

    /// One escape; nothing for half a surrogate pair.
    fn escape(&mut self) -> Result<Option<char>, String> {
        self.at += 1;
        let byte = self.peek().ok_or_else(|| self.fault("the text ends early"))?;
        self.at += 1;
        Ok(Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(self.fault("an unknown escape")),
        }))
    }

    fn unicode(&mut self) -> Result<Option<char>, String> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first));
        }
        let before = self.at;
        if self.take(b'\\') && self.take(b'u') {
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                return Ok(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)));
            }
        }
        self.at = before;
        Ok(None)
    }

    fn hex(&mut self) -> Result<u32, String> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or("");
        let mut value = 0;
        for digit in digits.chars() {
            value = value * 16 + digit.to_digit(16).ok_or_else(|| self.fault("no hex digit"))?;
        }
        if digits.is_empty() {
            return Err(self.fault("no hex digit"));
        }
        self.at += 4;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\":}",
            "{a:1}",
            "01",
            "1.",
            "-",
            "1e",
            "tru",
            "\"\t\"",
            "\"\\x\"",
            "[1] 2",
            "\"\\u12\"",
            "\"\\u12é4\"",
            "nul",
            "{\"a\" 1}",
            "'a'",
            "\u{feff}1",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn surrogates_make_one_character_or_none() {
        assert_eq!(parse(r#""\ud83d\ude00""#).unwrap(), Value::Text("😀".into()));
        for lone in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#, r#""\ud83d\n""#] {
            assert!(matches!(parse(lone).unwrap(), Value::Foreign(_)), "{lone}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert!(parse(&nested(MAX_DEPTH + 2)).is_err());
        assert!(parse(&"[".repeat(1_000_000)).is_err());
    }

    #[test]
    fn what_json_has_no_form_for_is_marked() {
        let value = parse("{\"a\":{\"\\u0000\":\"a function\"}}").unwrap();
        assert_eq!(value.get("a"), Some(&Value::Foreign("a function".into())));
    }
}
