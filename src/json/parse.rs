//! JSON text to values: RFC 8259, nothing more lenient.

use std::borrow::Cow;

use super::{Encoded, FOREIGN, MAX_DEPTH, Value};

/// Reads one JSON text; nothing where it is none, or nested too deeply.
pub fn parse(text: &str) -> Option<Value<'_>> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.space().value(0)?;
    match parser.space().peek() {
        None => Some(value),
        Some(_) => None,
    }
}

/// What a string says that is written so.
pub fn unescape(written: &str) -> Cow<'_, str> {
    if !written.bytes().any(|byte| byte == b'\\') {
        return Cow::Borrowed(written);
    }
    let mut parser = Parser { text: written, at: 0 };
    let mut plain = String::with_capacity(written.len());
    loop {
        let start = parser.at;
        let escaped = parser.skip_to(|byte| byte == b'\\');
        plain.push_str(written.get(start..parser.at).unwrap_or(""));
        // What is broken has been refused when it was parsed.
        match escaped.and_then(|()| parser.escape()) {
            Some(character) => plain.extend(character),
            None => return Cow::Owned(plain),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
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

    /// Goes to the next byte that is looked for; to the end, where there is none.
    fn skip_to(&mut self, wanted: impl Fn(u8) -> bool) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let found = rest.iter().position(|byte| wanted(*byte));
        self.at += found.unwrap_or(rest.len());
        found.map(|_| ())
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            b'{' => self.map(depth),
            b'[' => self.list(depth),
            b'"' => Some(match self.text()? {
                Some(text) => Value::Text(text),
                None => Value::Foreign(Encoded("text that is not valid Unicode")),
            }),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => None,
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Option<Value<'a>> {
        let end = self.at + word.len();
        let found = self.text.get(self.at..end) == Some(word);
        self.at = end;
        found.then_some(value)
    }

    fn map(&mut self, depth: usize) -> Option<Value<'a>> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.space().take(b'}') {
            return Some(Value::Map(entries));
        }
        loop {
            if self.space().peek() != Some(b'"') {
                return None;
            }
            let name = self.text()??;
            if !self.space().take(b':') {
                return None;
            }
            let value = self.space().value(depth + 1)?;
            if let (FOREIGN, Value::Text(what)) = (name.0, &value) {
                let foreign = Value::Foreign(*what);
                return self.take(b'}').then_some(foreign);
            }
            entries.push((name, value));
            if self.space().take(b'}') {
                return Some(Value::Map(entries));
            }
            if !self.take(b',') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value<'a>> {
        self.at += 1;
        let mut items = Vec::new();
        if self.space().take(b']') {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.space().value(depth + 1)?);
            if self.space().take(b']') {
                return Some(Value::List(items));
            }
            if !self.take(b',') {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<Value<'a>> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        self.text.get(start..self.at).map(Value::Number)
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        let _ = self.skip_to(|byte| !byte.is_ascii_digit());
        (self.at > start).then_some(())
    }

    /// A string; nothing inside where it has half a surrogate pair, which is no text.
    fn text(&mut self) -> Option<Option<Encoded<'a>>> {
        self.at += 1;
        let start = self.at;
        let mut is_text = true;
        loop {
            self.skip_to(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
            match self.peek()? {
                b'"' => {
                    let text = self.text.get(start..self.at)?;
                    self.at += 1;
                    return Some(is_text.then_some(Encoded(text)));
                }
                b'\\' => is_text &= self.escape()?.is_some(),
                _ => return None,
            }
        }
    }

    /// One escape; nothing inside for half a surrogate pair.
    fn escape(&mut self) -> Option<Option<char>> {
        self.at += 1;
        let byte = self.peek()?;
        self.at += 1;
        Some(Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return None,
        }))
    }

    fn unicode(&mut self) -> Option<Option<char>> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first));
        }
        let before = self.at;
        if self.take(b'\\') && self.take(b'u') {
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                return Some(char::from_u32(
                    0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                ));
            }
        }
        self.at = before;
        Some(None)
    }

    fn hex(&mut self) -> Option<u32> {
        let mut value = 0;
        for _ in 0..4 {
            value = value * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(value)
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
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn surrogates_make_one_character_or_none() {
        let both = parse(r#""\ud83d\ude00""#).unwrap();
        assert_eq!(both.plain().unwrap().plain(), "😀");
        for lone in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#, r#""\ud83d\n""#] {
            assert!(matches!(parse(lone).unwrap(), Value::Foreign(_)), "{lone}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(MAX_DEPTH)).is_some());
        assert!(parse(&nested(MAX_DEPTH + 2)).is_none());
        assert!(parse(&"[".repeat(1_000_000)).is_none());
    }

    #[test]
    fn what_json_has_no_form_for_is_marked() {
        let value = parse("{\"a\":{\"\\u0000\":\"a function\"}}").unwrap();
        assert_eq!(value.get("a"), Some(&Value::Foreign(Encoded("a function"))));
    }

    #[test]
    fn escapes_are_undone() {
        let written = r#"a\"b\\c\/\b\f\n\r\t\u00e9\u0000é\ud83d\ude00"#;
        let text = ["\"", written, "\""].concat();
        assert_eq!(parse(&text), Some(Value::Text(Encoded(written))));
        assert_eq!(unescape(written), "a\"b\\c/\u{8}\u{c}\n\r\t\u{e9}\0é😀");
        assert!(matches!(unescape("plain é"), Cow::Borrowed("plain é")));
    }
}
