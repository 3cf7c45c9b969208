//! Percent-encoding, and what may stand in a path.
//!
//! As little as possible is percent-encoded: what may stand as it is in a URL does, because
//! a signature over the URL can be read in two ways where it has percent signs (see `sign`).

use crate::prelude::*;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// What stands as it is in a path segment, beside letters and digits. `;` and `=` do not: some
/// servers cut a segment at them, and `..;x` would become `..`.
pub const SEGMENT: &[u8] = b"-_.~!'()*@:";
/// What stands as it is in a query. No `'`: URL parsers encode it there by themselves.
pub const QUERY: &[u8] = b"-_.~!()*@:/?,";
/// What stands as it is in a form.
pub const FORM: &[u8] = b"-_.*";
/// What PHP's urlencode leaves, which Combell's signature asks for.
pub const PHP: &[u8] = b"-_.";

/// Percent-encodes a text as UTF-8, but for letters, digits and `kept`.
pub fn encode(text: &str, kept: &[u8], out: &mut String) {
    encode_bytes(text.bytes(), kept, out);
}

/// The same for bytes.
pub fn encode_bytes(bytes: impl Iterator<Item = u8>, kept: &[u8], out: &mut String) {
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(HEX.get(usize::from(digit)).copied().map_or('0', char::from));
            }
        }
    }
}

/// Adds `name=value` to a query.
pub fn add_query(name: &str, value: &str, query: &mut String) {
    query.push(if query.is_empty() { '?' } else { '&' });
    encode(name, QUERY, query);
    query.push('=');
    encode(value, QUERY, query);
}

/// Why a value cannot stand as a whole path segment, if it cannot: URL parsers take such segments
/// out, percent-encoded or not, and the request would go somewhere else.
pub fn segment_fault(value: &str) -> Option<&'static str> {
    match value {
        "" => Some("must not be empty"),
        "." | ".." => Some("must not be . or .."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str, kept: &[u8]) -> String {
        let mut out = String::new();
        encode(text, kept, &mut out);
        out
    }

    fn decoded(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let mut digit = || char::from(rest.next().unwrap()).to_digit(16).unwrap();
                bytes.push((digit() * 16 + digit()) as u8);
            } else {
                bytes.push(byte);
            }
        }
        bytes
    }

    #[test]
    fn what_would_leave_its_place_is_encoded() {
        assert_eq!(
            encoded("a/b?c#d%e;f=g&h+i j\\k", SEGMENT),
            "a%2Fb%3Fc%23d%25e%3Bf%3Dg%26h%2Bi%20j%5Ck"
        );
        assert_eq!(encoded("a&b=c#d+e'f", QUERY), "a%26b%3Dc%23d%2Be%27f");
        assert_eq!(encoded("é@x\r\n", SEGMENT), "%C3%A9@x%0D%0A");
    }

    #[test]
    fn segments_that_parsers_drop_are_refused() {
        assert!(["", ".", ".."].into_iter().all(|value| segment_fault(value).is_some()));
        assert!(
            ["...", "a.", "%2e%2e", " "].into_iter().all(|value| segment_fault(value).is_none())
        );
    }

    proptest! {
        #[test]
        fn encoding_is_undone_by_decoding(text in any::<String>()) {
            for kept in [SEGMENT, QUERY, FORM, PHP] {
                let encoded = encoded(&text, kept);
                prop_assert!(encoded.is_ascii());
                prop_assert_eq!(decoded(&encoded), text.as_bytes());
            }
        }

        #[test]
        fn nothing_leaves_its_place(text in any::<String>()) {
            let reserved = |text: String| text.contains(['/', '?', '#', '\\', '&', '=', ';', '+', ' ']);
            prop_assert!(!reserved(encoded(&text, SEGMENT)));
            prop_assert!(!encoded(&text, QUERY).contains(['#', '\\', '&', '=', ';', '+', ' ', '\'']));
        }
    }
}
