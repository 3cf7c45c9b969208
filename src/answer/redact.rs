//! Texts without the secrets that somebody has put into them.
//!
//! A provider may repeat a key in an error message, and on its way the key may have been escaped for
//! JSON, a URL, a form or a web page, more than once and only in part. So a secret is looked for
//! character by character, each in any of its [forms](each_end); and once more as a whole in base64
//! and in hexadecimal, as such texts are escaped on their way too.
//!
//! Texts may be hostile. The search reads the secret's characters one after the other, at all places
//! of the text at once, and keeps one [`Reading`] for each place: nothing is tried twice, and the time
//! is at most that of a few steps for each character of the text and each of the secret.

use std::borrow::Cow;
use std::mem;

/// What stands in place of a secret.
pub const REDACTED: &str = "***";

/// Shorter secrets are left: they would turn up everywhere by chance. In UTF-16, as JavaScript counts.
const SHORTEST: usize = 4;

/// A backslash doubles each time that a text becomes JSON: these are for JSON within JSON in JSON.
const MOST_BACKSLASHES: usize = 4;

/// How often the mark that begins an escape may be escaped itself: `%2525E9`, `&amp;amp;lt;`.
const MOST_ESCAPED: usize = 2;

/// Digits of a numeric reference, leading zeros included. No more of them fit into 32 bits.
const MOST_DIGITS: usize = 8;

/// Replaces every appearance of the secrets in a text, also as they look in JSON, in a URL, in a form
/// or in HTML, whatever is escaped there and however often, and in base64 and hexadecimal. The secrets
/// are taken out in their order. Appearances of a secret that overlap become one. The text is borrowed
/// where there is nothing to replace.
pub fn redact<'t>(text: &'t str, secrets: &[&str]) -> Cow<'t, str> {
    let mut safe = Cow::Borrowed(text);
    for secret in secrets {
        if secret.encode_utf16().count() < SHORTEST {
            continue;
        }
        let bytes = secret.as_bytes();
        let base64 = base64(bytes, ['+', '/']);
        let base64url = self::base64(bytes, ['-', '_']);
        let hex = hex(bytes);
        let padding = (3 - bytes.len() % 3) % 3;
        take_out(&mut safe, Spelling { characters: secret, padding: 0 });
        take_out(&mut safe, Spelling { characters: &base64, padding });
        if base64url != base64 {
            take_out(&mut safe, Spelling { characters: &base64url, padding });
        }
        take_out(&mut safe, Spelling { characters: &hex, padding: 0 });
    }
    safe
}

fn take_out(text: &mut Cow<str>, spelling: Spelling) {
    if let Some(safe) = spelling.replaced(text) {
        *text = Cow::Owned(safe);
    }
}

/// A secret as it was before anything was escaped: itself, or encoded as a whole.
#[derive(Clone, Copy)]
struct Spelling<'s> {
    characters: &'s str,
    /// How many `=` may follow.
    padding: usize,
}

impl Spelling<'_> {
    /// The text without it, if it is there.
    fn replaced(self, text: &str) -> Option<String> {
        let found = self.find(Text(text)).without_overlaps();
        if found.is_empty() {
            return None;
        }
        let mut safe = String::with_capacity(text.len());
        let mut kept_from = 0;
        for Reading { start, end } in found {
            safe.push_str(text.get(kept_from..start).unwrap_or(""));
            safe.push_str(REDACTED);
            kept_from = end;
        }
        safe.push_str(text.get(kept_from..).unwrap_or(""));
        Some(safe)
    }

    fn find(self, text: Text) -> Readings {
        let mut readings = self.beginnings(text);
        let mut longer = Readings::default();
        for character in self.characters.chars() {
            for &Reading { start, end } in &readings.by_end {
                each_end(text, end, character, |end| longer.add(Reading { start, end }));
            }
            readings.become_and_clear(&mut longer);
        }
        for _ in 0..self.padding {
            for &Reading { start, mut end } in &readings.by_end {
                each_end(text, end, '=', |padded| end = padded);
                longer.add(Reading { start, end });
            }
            readings.become_and_clear(&mut longer);
        }
        readings
    }

    /// The places where it could begin, by the first byte alone. In most texts these are few, and
    /// fewer still are left after the first character.
    fn beginnings(self, text: Text) -> Readings {
        let first = self.characters.chars().next().unwrap_or_default();
        let may_begin = |byte: u8| match byte {
            b'\\' | b'%' | b'&' => true,
            b'+' if first == ' ' => true,
            0..0x80 => first.eq_ignore_ascii_case(&char::from(byte)),
            // The bytes of a character after its first are from 0x80 to 0xBF.
            _ => byte >= 0xC0 && !first.is_ascii(),
        };
        let mut readings = Readings::default();
        for (at, byte) in text.0.bytes().enumerate() {
            if may_begin(byte) {
                readings.by_end.push(Reading { start: at, end: at });
            }
        }
        readings
    }
}

/// A part of the text that can be read as the first characters of a spelling.
#[derive(Clone, Copy)]
struct Reading {
    start: usize,
    end: usize,
}

/// All readings of the same characters.
#[derive(Default)]
struct Readings {
    /// Ascending, and one for each end: how a reading goes on does not depend on its start, so of
    /// those that end together the longest says all.
    by_end: Vec<Reading>,
    /// Empty except while one is added.
    aside: Vec<Reading>,
}

impl Readings {
    /// Takes one more. It belongs near the last one, no more than the length of a form before it.
    fn add(&mut self, reading: Reading) {
        while let Some(later) = self.by_end.pop_if(|last| last.end > reading.end) {
            self.aside.push(later);
        }
        match self.by_end.last_mut() {
            Some(last) if last.end == reading.end => last.start = last.start.min(reading.start),
            _ => self.by_end.push(reading),
        }
        while let Some(later) = self.aside.pop() {
            self.by_end.push(later);
        }
    }

    /// Goes over to the readings that are one character longer.
    fn become_and_clear(&mut self, longer: &mut Readings) {
        mem::swap(self, longer);
        longer.by_end.clear();
    }

    /// What all of them cover.
    fn without_overlaps(self) -> Vec<Reading> {
        let mut apart: Vec<Reading> = Vec::new();
        for mut reading in self.by_end {
            while let Some(before) = apart.pop_if(|before| before.end > reading.start) {
                reading.start = reading.start.min(before.start);
            }
            apart.push(reading);
        }
        apart
    }
}

/// Tells every place where a character may end that begins here, in whatever form: as it is or as an
/// HTML reference, both with backslashes before it; as an escape of JSON; percent-encoded; a space
/// also as `+`. Nearly always there is one at most. Only a character that begins escapes has more:
/// `%2525` may be a `%` that was escaped twice, or one that was escaped once and has `25` after it.
fn each_end(text: Text, at: usize, character: char, mut end: impl FnMut(usize)) {
    let backslashes = text.backslashes(at);
    if character == '\\' {
        (1..=backslashes).for_each(|count| end(at + count));
    }
    if backslashes > MOST_BACKSLASHES {
        return;
    }
    let bare = at + backslashes;
    text.after_character(bare, character).into_iter().for_each(&mut end);
    text.after_reference(bare, character).for_each(&mut end);
    if backslashes > 0 {
        text.after_short_escape(bare, character).into_iter().for_each(&mut end);
        text.after_unicode_escapes(at, character).into_iter().for_each(&mut end);
        return;
    }
    if character == ' ' {
        text.after(at, "+").into_iter().for_each(&mut end);
    }
    let utf8 = &mut [0; 4];
    text.after_percent(at, character.encode_utf8(utf8).as_bytes()).for_each(&mut end);
    if let Ok(latin1 @ 0x80..) = u8::try_from(character) {
        text.after_percent(at, &[latin1]).for_each(&mut end);
    }
}

/// The text that is searched. Its questions are all of the kind "is this here, and where does it end?".
#[derive(Clone, Copy)]
struct Text<'t>(&'t str);

impl<'t> Text<'t> {
    fn byte(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied()
    }

    /// How many backslashes are here, as far as it matters: the last one may be a character itself.
    fn backslashes(self, at: usize) -> usize {
        (0..=MOST_BACKSLASHES).take_while(|count| self.byte(at + count) == Some(b'\\')).count()
    }

    /// After these characters of ASCII, whatever their case.
    fn after(self, at: usize, ascii: &str) -> Option<usize> {
        let end = at + ascii.len();
        self.0.as_bytes().get(at..end)?.eq_ignore_ascii_case(ascii.as_bytes()).then_some(end)
    }

    /// After the character as it is, whatever its case.
    fn after_character(self, at: usize, character: char) -> Option<usize> {
        if character.is_ascii() {
            let here = char::from(self.byte(at)?);
            return here.eq_ignore_ascii_case(&character).then_some(at + 1);
        }
        let here = self.0.get(at..)?.chars().next()?;
        let is_same = here == character || !here.is_ascii() && upper(here) == upper(character);
        is_same.then_some(at + here.len_utf8())
    }

    /// After the character's `\n` and the like, from behind the backslashes.
    fn after_short_escape(self, at: usize, character: char) -> Option<usize> {
        self.after(at, short_escape(character)?)
    }

    /// After `\uXXXX`, which a character outside of the basic plane takes two of.
    fn after_unicode_escapes(self, at: usize, character: char) -> Option<usize> {
        character.encode_utf16(&mut [0; 2]).iter().try_fold(at, |at, &unit| {
            let backslashes = self.backslashes(at);
            if !(1..=MOST_BACKSLASHES).contains(&backslashes) {
                return None;
            }
            let digits = self.after(at + backslashes, "u")?;
            (self.hex(digits, 4)? == u32::from(unit)).then_some(digits + 4)
        })
    }

    /// After the bytes, each percent-encoded.
    fn after_percent(self, at: usize, bytes: &[u8]) -> impl Iterator<Item = usize> {
        let after_byte = move |at, byte| {
            self.after_mark(at, "%", "25").filter_map(move |digits| {
                (self.hex(digits, 2)? == u32::from(byte)).then_some(digits + 2)
            })
        };
        // Only the byte of `%` itself has several ends, and it is the only one of its character.
        let last = bytes.split_last().and_then(|(&last, before)| {
            let at = before.iter().try_fold(at, |at, &byte| after_byte(at, byte).next())?;
            Some(after_byte(at, last))
        });
        last.into_iter().flatten()
    }

    /// After an HTML reference to the character, by its number or one of the five names.
    fn after_reference(self, at: usize, character: char) -> impl Iterator<Item = usize> {
        let named = move |at| self.after(at, entity(character)?);
        self.after_mark(at, "&", "amp;")
            .filter_map(move |at| named(at).or_else(|| self.after_number(at, character)))
    }

    /// After the `#246;` or `#xF6;` of a reference.
    fn after_number(self, at: usize, character: char) -> Option<usize> {
        let (mut at, radix) = match self.after(at, "#x") {
            Some(at) => (at, 16),
            None => (self.after(at, "#")?, 10),
        };
        let mut number = 0;
        for _ in 0..MOST_DIGITS {
            let Some(digit) = self.digit(at, radix) else { break };
            number = number * radix + digit;
            at += 1;
        }
        (number == u32::from(character)).then_some(self.after(at, ";")?)
    }

    /// After the mark that begins an escape, and after each time that it was escaped itself.
    fn after_mark(
        self,
        at: usize,
        mark: &str,
        escaped: &'static str,
    ) -> impl Iterator<Item = usize> + use<'t> {
        let again = move |&at: &usize| self.after(at, escaped);
        std::iter::successors(self.after(at, mark), again).take(1 + MOST_ESCAPED)
    }

    fn hex(self, at: usize, digits: usize) -> Option<u32> {
        (at..at + digits).try_fold(0, |number, at| Some(number << 4 | self.digit(at, 16)?))
    }

    fn digit(self, at: usize, radix: u32) -> Option<u32> {
        char::from(self.byte(at)?).to_digit(radix)
    }
}

/// The letter of a control character's short escape in JSON.
fn short_escape(character: char) -> Option<&'static str> {
    Some(match character {
        '\n' => "n",
        '\r' => "r",
        '\t' => "t",
        '\u{8}' => "b",
        '\u{c}' => "f",
        _ => return None,
    })
}

/// A character's name in HTML, of those that are always escaped there.
fn entity(character: char) -> Option<&'static str> {
    Some(match character {
        '&' => "amp;",
        '<' => "lt;",
        '>' => "gt;",
        '"' => "quot;",
        '\'' => "apos;",
        _ => return None,
    })
}

/// The character in upper case, where that is one character: JavaScript's way of ignoring case.
fn upper(character: char) -> char {
    let mut upper = character.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(character)
}

/// In base64 without padding, with the two marks of its variant.
fn base64(bytes: &[u8], marks: [char; 2]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - group.len()));
        for digit in 0..=group.len() {
            text.push(match (bits >> (18 - 6 * digit)) as u8 & 63 {
                letter @ 0..26 => char::from(b'A' + letter),
                letter @ 26..52 => char::from(b'a' + letter - 26),
                number @ 52..62 => char::from(b'0' + number - 52),
                62 => marks[0],
                _ => marks[1],
            });
        }
    }
    text
}

/// In hexadecimal.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The secret is recognized in this form, and nothing around it is taken.
    #[track_caller]
    fn assert_hides(secret: &str, form: &str) {
        let told = format!("key <{form}> is wrong");
        assert_eq!(redact(&told, &[secret]), "key <***> is wrong", "{form:?}");
    }

    #[track_caller]
    fn assert_stays(secret: &str, text: &str) {
        assert!(matches!(redact(text, &[secret]), Cow::Borrowed(same) if same == text), "{text:?}");
    }

    #[test]
    fn every_appearance_is_replaced_and_the_rest_stays() {
        assert_eq!(redact("", &["secret"]), "");
        assert_eq!(redact("secret", &["secret"]), "***");
        assert_eq!(redact("é secret, secretsecret! ü", &["secret"]), "é ***, ******! ü");
        assert_stays("secret", "secre t, secrt, ecret, secre");
    }

    #[test]
    fn short_secrets_are_left() {
        assert_stays("abc", "abc");
        assert_stays("", "abc");
        // JavaScript counts two for a character outside of the basic plane.
        assert_stays("😀a", "😀a");
        assert_hides("😀😀", "😀😀");
        assert_hides("äöüß", "äöüß");
    }

    #[test]
    fn case_is_ignored() {
        assert_hides("Secret", "sECRET");
        assert_hides("PÄSSé", "pässÉ");
        assert_hides("жλσa", "ЖΛςA");
        // As JavaScript has it, an ASCII letter is only itself: not the sign for Kelvin, nor the long s.
        assert_stays("kkkk", "\u{212a}\u{212a}\u{212a}\u{212a}");
        assert_stays("ssss", "ſſſſ");
        assert_stays("\u{212a}\u{212a}\u{212a}\u{212a}", "kkkk");
    }

    #[test]
    fn backslashes_may_be_before_a_character() {
        assert_hides("a/b\"c", r#"a\/b\"c"#);
        assert_hides("a/b\"c", r#"a\\\/b\\\\"c"#);
        assert_hides("a/b\"c", r#"\\\\a/b"c"#);
        assert_stays("a/b\"c", r#"a\\\\\/b"c"#);
        assert_eq!(redact(r"\\\\\\abcd", &["abcd"]), r"\\***");
    }

    #[test]
    fn a_backslash_may_be_repeated() {
        for count in 1..=9 {
            assert_hides(r"ab\cd", &format!("ab{}cd", r"\".repeat(count)));
        }
        assert_stays(r"ab\cd", r"ab\\\\\\\\\\cd");
        assert_stays(r"ab\cd", "abcd");
        assert_hides(r"ab\\cd", r"ab\\\\cd");
        assert_hides(r"abc\", r"abc\\");
        assert_hides(r"\u0041\n", r"\\u0041\\n");
        assert_hides(r"ab\c", r"ab%5Cc");
        assert_hides(r"ab\c", r"ab\\u005cc");
    }

    #[test]
    fn json_escapes_are_read() {
        assert_hides("abéd", r"ab\u00e9d");
        assert_hides("abéd", r"\u0061\\u0062\\\u00E9\\\\U0064");
        assert_hides("\n\r\t\u{8}\u{c}", r"\n\\r\\\t\\\\b\f");
        assert_hides("a\nb😀", r"a\u000ab\ud83d\ude00");
        assert_hides("a\nb😀", r"a\\nb\\\\uD83D\uDE00");
        for other in [
            r"abu00e9d",
            r"ab\\\\\u00e9d",
            r"ab\u00e8d",
            r"ab\u00e",
            r"ab\u0e9d",
            r"ab\xe9d",
            r"ab\u{e9}d",
        ] {
            assert_stays("abéd", other);
        }
        assert_stays("a\nb😀", "anb😀");
        assert_stays("a\nb😀", r"a\nb\ud83d");
        assert_stays("a\nb😀", r"a\nb\ude00\ud83d");
        assert_stays("a\nb😀", r"a\nb\ud83d \ude00");
    }

    #[test]
    fn percent_encoding_is_read() {
        assert_hides("a b/é", "a%20b%2Fé");
        assert_hides("a b/é", "a+b%2f%C3%A9");
        assert_hides("a b/é", "%61%2520b%25252F%c3%25A9");
        assert_hides("a b/é", "a b/%2525c3%a9");
        assert_hides("ab😀", "ab%F0%9f%98%80");
        for other in
            ["a%20b%2", "a%2520b%2525252Fé", "a%20b%2Fe", "a++b/é", "a b/%C3", "a b/%A9%C3"]
        {
            assert_stays("a b/é", other);
        }
        assert_stays("a+bc", "a bc");
    }

    #[test]
    fn a_percent_sign_may_be_itself_or_begin_an_escape() {
        assert_hides("%41%", "%41%");
        assert_hides("%41%", "%2541%25");
        assert_hides("%41%", "%252541%252525");
        assert_hides("%25%25", "%25%25");
        assert_hides("%25%25", "%2525%2525");
        assert_hides("%25%25x", "%252525%252525x");
        assert_stays("%41%", "A%");
    }

    #[test]
    fn percent_encoded_latin1_is_read() {
        assert_hides("Köln", "K%F6ln");
        assert_hides("Köln", "K%25f6ln");
        assert_hides("äöüß", "%E4%F6%C3%BC%DF");
        assert_stays("Köln", "K%F7ln");
        assert_stays("KѶln", "K%76ln");
    }

    #[test]
    fn html_references_are_read() {
        assert_hides("<a&b>\"'", "&lt;a&amp;b&gt;&quot;&#39;");
        assert_hides("<a&b>\"'", "&LT;a&#38;b&#x3E;&#34;&#x27;");
        assert_hides("<a&b>\"'", "&amp;lt;a&amp;amp;amp;b&amp;gt;&quot;&apos;");
        assert_hides("Köln😀", "&#75;&#xf6;l&#0110;&#X1F600;");
        assert_hides("a\"bc", r"a\&quot;bc");
        assert_hides("&amp;", "&amp;amp;");
        assert_hides("&amp;", "&amp;");
        for other in ["<a&ampb>", "<a&amp b>", "<a&#38b>", "<a&#39;b>", "<a&#x38;b>", "<a&#;b>"] {
            assert_stays("<a&b>", other);
        }
        assert_stays("<a&b>", "<a&#000000038;b>");
        assert_stays("<a&b>", "<a&#99999999999999999999;b>");
    }

    #[test]
    fn a_secret_that_is_encoded_as_a_whole_is_found() {
        assert_hides("Secret?>", "U2VjcmV0Pz4=");
        assert_hides("Secret?>", "U2VjcmV0Pz4");
        assert_hides("Secret?>", "U2VjcmV0Pz4%3D");
        assert_hides("Secret?", "U2VjcmV0Pw==");
        assert_hides("Secret?", r"U2VjcmV0Pw\u003d%3D");
        assert_hides("Secret", "U2VjcmV0");
        assert_hides("ab?>\u{ff}~", "YWI/PsO/fg==");
        assert_hides("ab?>\u{ff}~", r"YWI\/PsO%2Ffg==");
        assert_hides("ab?>\u{ff}~", "YWI_PsO_fg");
        assert_hides("ab>>>~~", "YWI-Pj5-fg");
        assert_hides("Köln", "4bc3b66c6e");
        assert_hides("Köln", "4BC3B66C6E");
        assert_eq!(redact("U2VjcmV0=", &["Secret"]), "***=");
        assert_eq!(redact("U2VjcmV0Pw===", &["Secret?"]), "***=");
        assert_stays("Secret", "U2VjcmV1");
        assert_stays("Köln", "4bc3b66c6");
    }

    #[test]
    fn forms_may_be_mixed() {
        let secret = "P\"ä/s +\\<😀";
        assert_hides(secret, r#"P\"ä\/s+%2b\\&lt;\ud83d\ude00"#);
        assert_hides(secret, r"%50&quot;\u00e4%2Fs%20\u002b%5c<%F0%9F%98%80");
        assert_hides(secret, r"\u0050%2522%E4/s \\+%255C&#60;&#x1f600;");
    }

    #[test]
    fn no_character_is_special() {
        let marks = r"\^$.*+?()[]{}|/-!&%#'~,:;=@_<>`";
        assert_hides(marks, marks);
        assert_stays("a.c*", "abcc");
        assert_stays("[a-z]+", "abcd");
        assert_stays("a|bcd", "bcd");
        assert_stays("(?:)", "");
        assert_hides("$&$1", "$&$1");
    }

    #[test]
    fn secrets_are_taken_out_in_their_order() {
        assert_eq!(redact("abcdefgh", &["abcdef", "cdefgh"]), "***gh");
        assert_eq!(redact("abcdefgh", &["cdefgh", "abcdef"]), "ab***");
        assert_eq!(redact("abcdefgh", &["abcd", "abcdefgh"]), "***efgh");
        assert_eq!(redact("abcdefgh", &["abcd", "efgh"]), "******");
        assert_eq!(redact("abcdef", &["bcde", "a***"]), "***f");
    }

    #[test]
    fn appearances_that_overlap_become_one() {
        assert_eq!(redact("xabababay", &["abab"]), "x***ay");
        assert_eq!(redact("xabababy", &["abab"]), "x***y");
        assert_eq!(redact("1000000", &["0000"]), "1***");
    }

    /// Were anything tried twice, this would not end: each backslash of the secret may be one to five.
    #[test]
    fn hostile_texts_end() {
        let backslashes = r"\".repeat(2000);
        let secret = format!("{}x", r"\".repeat(60));
        assert_stays(&secret, &backslashes);
        assert_stays(&"%25".repeat(60), &format!("%{}", "25".repeat(1000)));
        assert_stays(&format!("{}x", "&amp;".repeat(60)), &"&amp;amp;".repeat(300));
        assert_stays(&format!("{}b", "a".repeat(60)), &"a".repeat(2000));
    }

    /// No form of a secret has it, and it is no part of an escape.
    const WALL: char = '|';

    fn character() -> impl Strategy<Value = char> {
        let odd: Vec<char> = "\\%&+ /\"'<>\n\r\t\u{8}\u{c}25u;#=-_amp".chars().collect();
        let odd = proptest::sample::select(odd);
        let range = proptest::char::range;
        prop_oneof![odd, range('!', '~'), range('\u{80}', '\u{ff}'), any::<char>()]
            .prop_filter("the wall", |&character| character != WALL)
    }

    fn secret() -> impl Strategy<Value = String> {
        proptest::collection::vec(character(), 4..20).prop_map(String::from_iter)
    }

    /// Texts that look much like forms of secrets.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "([\\\\%&+ 25a;#u0x|]|amp;|\\\\u00|[a-z]){0,60}",
            proptest::collection::vec(character(), 0..40).prop_map(String::from_iter),
        ]
    }

    /// A character in one of its forms, escaped up to three times.
    fn written(character: char, form: u8, times: usize) -> String {
        let backslashes = r"\".repeat(1 << times >> 1);
        let short = r"\".repeat(times + 1);
        let percent = |bytes: &[u8]| -> String {
            let again = "25".repeat(times % 3);
            bytes.iter().map(|byte| format!("%{again}{byte:02X}")).collect()
        };
        let reference = |name: String| format!("&{}{name};", "amp;".repeat(times % 3));
        match (form, character) {
            (1, _) => percent(character.to_string().as_bytes()),
            (2, '\u{80}'..='\u{ff}') => percent(&[character as u8]),
            (2, ' ') => "+".into(),
            (2, '\n') => format!("{short}n"),
            (2, '\r') => format!("{short}r"),
            (2, '\t') => format!("{short}t"),
            (2, '\u{8}') => format!("{short}b"),
            (2, '\u{c}') => format!("{short}f"),
            (3, '&') => reference("amp".into()),
            (3, '<') => reference("lt".into()),
            (3, '>') => reference("gt".into()),
            (3, '"') => reference("quot".into()),
            (4, _) => reference(format!("#{}", character as u32)),
            (5, _) => reference(format!("#x{:x}", character as u32)),
            (6, _) => {
                let mut units = [0; 2];
                let units = character.encode_utf16(&mut units).iter();
                units.map(|unit| format!("{short}u{unit:04x}")).collect()
            }
            (7, _) => format!("{backslashes}{character}"),
            _ => character.into(),
        }
    }

    /// By the definition, and so slowly.
    fn base64_by_bits(bytes: &[u8], alphabet: &str) -> String {
        let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
        let bits: Vec<char> = bits.chars().collect();
        let sixes = bits.chunks(6).map(|six| format!("{:0<6}", String::from_iter(six)));
        sixes
            .map(|six| char::from(alphabet.as_bytes()[usize::from_str_radix(&six, 2).unwrap()]))
            .collect()
    }

    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    proptest! {
        #[test]
        fn a_secret_in_any_forms_is_gone_and_what_is_around_it_stays(
            secret in secret(),
            forms in proptest::collection::vec((0..9u8, 0..4usize), 20),
            before in text(),
            after in text(),
        ) {
            prop_assume!(redact(&before, &[&secret]) == before && redact(&after, &[&secret]) == after);
            let form: String = secret
                .chars()
                .zip(forms)
                .map(|(character, (form, times))| written(character, form, times))
                .collect();
            let told = format!("{before}{WALL}{form}{WALL}{after}");
            let safe = format!("{before}{WALL}{REDACTED}{WALL}{after}");
            prop_assert_eq!(redact(&told, &[&secret]), safe, "{}", form);
        }

        #[test]
        fn a_secret_encoded_as_a_whole_is_gone(secret in secret()) {
            let bytes = secret.as_bytes();
            let plain = base64_by_bits(bytes, &format!("{LETTERS}+/"));
            let url = base64_by_bits(bytes, &format!("{LETTERS}-_"));
            let padding = "=".repeat(plain.len().next_multiple_of(4) - plain.len());
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            for form in [
                format!("{plain}{padding}"),
                plain,
                format!("{url}{padding}"),
                url,
                hex.to_uppercase(),
                hex,
            ] {
                let told = format!("<{form}>");
                prop_assert_eq!(redact(&told, &[&secret]), "<***>", "{}", form);
            }
        }

        #[test]
        fn nothing_is_found_twice(
            text in text(),
            secrets in proptest::collection::vec("[a25%&;\\\\]{4,6}", 0..4),
        ) {
            let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
            let safe = redact(&text, &secrets);
            prop_assert!(matches!(redact(&safe, &secrets), Cow::Borrowed(_)), "{}", safe);
        }

        #[test]
        fn no_text_and_no_secrets_panic(
            text in text(),
            secrets in proptest::collection::vec(prop_oneof![any::<String>(), text()], 0..4),
        ) {
            let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
            redact(&text, &secrets);
        }

        #[test]
        fn a_text_without_the_secrets_is_borrowed(
            text in "[\\\\%&+25;#u0 ]{0,200}",
            secret in "[G-Lg-l]{4,9}",
        ) {
            prop_assert!(matches!(redact(&text, &[&secret]), Cow::Borrowed(same) if same == text));
        }
    }
}
