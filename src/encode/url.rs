//! Percent-encoding, and what may stand in a path.
//!
//! As little as possible is percent-encoded: what may stand as it is in a URL does, because
//! a signature over the URL can be read in two ways where it has percent signs (see `sign`).

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// What a place in a request takes as it is.
#[derive(Clone, Copy)]
pub struct Place {
    /// A bit for each character of ASCII that stands as it is.
    kept: (u64, u64),
    /// Whether a space becomes `+`.
    plus: bool,
}

/// A path segment. `;` and `=` do not stand as they are: some servers cut a segment at them, and
/// `..;x` would become `..`.
pub const SEGMENT: Place = Place::of(b"-_.~!'()*@:", false);
/// A query. No `'`: URL parsers encode it there by themselves.
pub const QUERY: Place = Place::of(b"-_.~!()*@:/?,", false);
/// A form.
pub const FORM: Place = Place::of(b"-_.*", true);
/// What PHP's urlencode leaves, which Combell's signature asks for.
pub const PHP: Place = Place::of(b"-_.", true);

const LETTERS_AND_DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Place {
    /// A place that keeps these marks, and letters and digits.
    const fn of(marks: &[u8], plus: bool) -> Place {
        Place { kept: with_bits(with_bits((0, 0), marks), LETTERS_AND_DIGITS), plus }
    }

    fn keeps(self, byte: u8) -> bool {
        let bits = if byte < 64 { self.kept.0 } else { self.kept.1 };
        byte < 128 && bits >> (byte & 63) & 1 == 1
    }

    /// Percent-encodes a text as UTF-8.
    pub fn encode(self, text: &str, out: &mut String) {
        let mut start = 0;
        for (at, byte) in text.bytes().enumerate() {
            if !self.keeps(byte) {
                // What is kept is ASCII, so this is always a whole piece of the text.
                out.push_str(text.get(start..at).unwrap_or(""));
                self.encode_byte(byte, out);
                start = at + 1;
            }
        }
        out.push_str(text.get(start..).unwrap_or(""));
    }

    /// The same for one byte.
    pub fn encode_byte(self, byte: u8, out: &mut String) {
        if self.keeps(byte) {
            return out.push(char::from(byte));
        }
        if self.plus && byte == b' ' {
            return out.push('+');
        }
        out.push('%');
        for digit in [byte >> 4, byte & 15] {
            out.push(HEX.get(usize::from(digit)).copied().map_or('0', char::from));
        }
    }
}

const fn with_bits((mut low, mut high): (u64, u64), mut characters: &[u8]) -> (u64, u64) {
    while let [first, rest @ ..] = characters {
        match *first {
            0..64 => low |= 1 << *first,
            _ => high |= 1 << (*first & 63),
        }
        characters = rest;
    }
    (low, high)
}

/// Undoes percent-encoding; nothing where it is broken, or no UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push((digit()? * 16 + digit()?) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
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

    fn encoded(text: &str, place: Place) -> String {
        let mut out = String::new();
        place.encode(text, &mut out);
        let mut by_byte = String::new();
        for byte in text.bytes() {
            place.encode_byte(byte, &mut by_byte);
        }
        assert_eq!(out, by_byte);
        out
    }

    fn decoded(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'+' {
                bytes.push(b' ');
            } else if byte == b'%' {
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
            for place in [SEGMENT, QUERY, FORM, PHP] {
                let encoded = encoded(&text, place);
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
