//! Cutting texts. What core brings for it is made for any pattern, and takes a kilobyte and more.

/// The text before the first such byte, which is ASCII, and the text after it.
pub fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|found| found == byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Whether a text has another in it, whatever the case.
pub fn has_words(text: &str, words: &str) -> bool {
    let text = text.as_bytes();
    text.windows(words.len().max(1)).any(|part| part.eq_ignore_ascii_case(words.as_bytes()))
}
