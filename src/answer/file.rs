//! Files: what they are, what they are called, and those that come as Base64 in JSON.

use base64ct::{Base64, Encoding};

use crate::encode::url::decode;
use crate::platform::{Data, Scalar};

/// A file.
#[derive(Clone)]
pub struct File {
    /// Its bytes where they came in JSON; else they are the answer's.
    pub bytes: Option<Vec<u8>>,
    /// Media type.
    pub content_type: String,
    /// A bare name, safe to write under.
    pub filename: Option<String>,
}

/// How files begin in Base64, and what they are.
const BASE64_FILES: [(&str, &str); 2] =
    [("JVBERi0", "application/pdf"), ("iVBORw0KGgo", "image/png")];

/// Files are not looked for deeper in JSON.
const DEEPEST: usize = 3;

/// The first text in JSON that is a file.
pub fn find(data: &impl Data) -> Option<File> {
    find_below(data, 0)
}

fn find_below<D: Data>(data: &D, depth: usize) -> Option<File> {
    match data.scalar() {
        Scalar::Text(text) => read_base64(&text),
        _ if depth >= DEEPEST => None,
        Scalar::Array => {
            let mut items = (0..data.length()?).filter_map(|index| data.item(index));
            items.find_map(|item| find_below(&item, depth + 1))
        }
        Scalar::Object => {
            let names = data.names();
            names.iter().find_map(|name| find_below(&data.field(name)?, depth + 1))
        }
        _ => None,
    }
}

fn read_base64(text: &str) -> Option<File> {
    let (_, content_type) = BASE64_FILES.into_iter().find(|(start, _)| text.starts_with(start))?;
    let mut plain: String = text.split_ascii_whitespace().collect();
    while !plain.len().is_multiple_of(4) {
        plain.push('=');
    }
    let bytes = Base64::decode_vec(&plain).ok()?;
    Some(File { bytes: Some(bytes), content_type: content_type.to_owned(), filename: None })
}

/// The name in a `Content-Disposition`: `filename*` (RFC 8187) before `filename`.
pub fn filename(disposition: &str) -> Option<String> {
    let mut plain = None;
    for (name, value) in Parameters(disposition.split_once(';')?.1) {
        if name.eq_ignore_ascii_case("filename") {
            plain.get_or_insert(value);
        } else if name.eq_ignore_ascii_case("filename*")
            && let Some((charset, rest)) = value.split_once('\'')
            && let Some((_, encoded)) = rest.split_once('\'')
            && charset.eq_ignore_ascii_case("utf-8")
            && let Some(name) = decode(encoded).as_deref().and_then(bare)
        {
            return Some(name);
        }
    }
    bare(&plain?)
}

/// A name without a way to anywhere else, and without what cannot be seen.
fn bare(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let visible: String = last.chars().filter(|character| !is_invisible(*character)).collect();
    let visible = visible.trim();
    (!matches!(visible, "" | "." | "..")).then(|| visible.to_owned())
}

/// Control characters, and those that turn the direction of what is read.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

/// The parameters of a header, one after the other.
struct Parameters<'a>(&'a str);

impl Iterator for Parameters<'_> {
    type Item = (String, String);

    fn next(&mut self) -> Option<(String, String)> {
        let (name, rest) = self.0.split_once('=')?;
        let rest = rest.trim_start();
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut characters = quoted.chars();
            loop {
                match characters.next() {
                    Some('\\') => value.extend(characters.next()),
                    None | Some('"') => break,
                    Some(character) => value.push(character),
                }
            }
            let rest = characters.as_str();
            self.0 = rest.split_once(';').map_or("", |(_, rest)| rest);
        } else {
            let (token, rest) = rest.split_once(';').unwrap_or((rest, ""));
            value.push_str(token.trim());
            self.0 = rest;
        }
        Some((name.trim().to_owned(), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::simulated::Json;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn names_of_files() {
        let name = |disposition: &str| filename(disposition).unwrap_or_default();
        assert_eq!(name("attachment; filename=\"invoice 12.pdf\""), "invoice 12.pdf");
        assert_eq!(name("attachment; filename=a.pdf; size=3"), "a.pdf");
        assert_eq!(name("attachment; size=3; FileName = \"a \\\"b\\\";c.pdf\""), "a \"b\";c.pdf");
        assert_eq!(name("attachment; filename=x; filename*=UTF-8''caf%C3%A9.pdf"), "café.pdf");
        assert_eq!(name("attachment; filename*=UTF-8''100%; filename=y"), "y");
        for nothing in ["", "attachment", "inline; filename=\"\"", "attachment; filename=.."] {
            assert_eq!(filename(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn names_lead_nowhere_else() {
        let name = |disposition: &str| filename(disposition).unwrap_or_default();
        assert_eq!(name("attachment; filename=\"../../etc/passwd\""), "passwd");
        assert_eq!(name("attachment; filename=\"C:\\\\windows\\\\system.ini\""), "system.ini");
        assert_eq!(name("attachment; filename*=UTF-8''..%2F..%2Fpasswd%00"), "passwd");
        assert_eq!(name("attachment; filename*=UTF-8''a%E2%80%AEfdp.exe"), "afdp.exe");
    }

    const PDF: &[u8] = b"%PDF-1.4\nxyz\n%%EOF";

    fn find_in(value: serde_json::Value) -> Option<File> {
        find(&Json::of(value))
    }

    #[test]
    fn a_file_in_json_is_found_by_how_it_begins() {
        let text = Base64::encode_string(PDF);
        for data in [
            json!(text),
            json!({ "data": text }),
            json!({ "a": 1, "b": { "c": ["x", text] } }),
            json!([[text]]),
            json!(["no file", 7, text, "JVBERi0xLjQK"]),
        ] {
            let file = find_in(data).unwrap();
            assert_eq!(file.bytes.as_deref(), Some(PDF));
            assert_eq!(file.content_type, "application/pdf");
        }
        assert!(find_in(json!([[[[text]]]])).is_none(), "not looked for so deep");
        let png = Base64::encode_string(b"\x89PNG\r\n\x1a\n\x01");
        assert_eq!(find_in(json!({ "png": png })).unwrap().content_type, "image/png");
    }

    #[test]
    fn it_may_be_broken_into_lines_and_lack_its_padding() {
        let text = Base64::encode_string(PDF);
        let lines: String = text
            .as_bytes()
            .chunks(8)
            .map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n")
            .collect();
        for text in [&*lines, text.trim_end_matches('=')] {
            assert_eq!(find_in(json!({ "data": text })).unwrap().bytes.as_deref(), Some(PDF));
        }
    }

    #[test]
    fn other_texts_are_no_files() {
        let others = [
            json!(null),
            json!(7),
            json!(""),
            json!("text"),
            json!("%PDF-1.4"),
            json!("JVBERi0 is how one begins."),
            json!({ "a": [] }),
            json!({}),
            json!("JVBERi0=x"),
            json!("JVBERi0===="),
            json!("JVBERi0xL"),
        ];
        for data in others {
            assert!(find_in(data.clone()).is_none(), "{data}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_out_as_they_went_in(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [b"%PDF-1", &bytes[..]].concat();
            let file = find_in(json!({ "data": Base64::encode_string(&bytes) })).unwrap();
            prop_assert_eq!(file.bytes.unwrap(), bytes);
        }

        #[test]
        fn a_name_is_bare_whatever_is_said(disposition in any::<String>(), name in any::<String>()) {
            for text in [disposition, format!("attachment; filename=\"{name}\""), format!("attachment; filename*=UTF-8''{name}")] {
                if let Some(name) = filename(&text) {
                    prop_assert!(!name.contains(['/', '\\', '\0', '\n', '\r']), "{}", name);
                    prop_assert!(!matches!(name.as_str(), "" | "." | ".."));
                }
            }
        }
    }
}
