//! Wire forms: one encoder each.

pub mod form;
pub mod url;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.extend(DIGITS.get(usize::from(digit)).copied().map(char::from));
        }
    }
    out
}
