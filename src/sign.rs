//! Combell's signature: `x-signing` in specs/combell.yaml has the recipe, its doubts and vectors.

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::encode::url;
use crate::json::decimal;

/// How the path and query go into the signature. The documentation and the provider's own PHP
/// client differ; they agree where there are no capitals and no percent signs.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum SignatureVariant {
    /// As documented: in lower case, percent signs encoded again.
    Document,
    /// As the provider's PHP client does it: capitals kept, percent-encoding undone first.
    Client,
}

impl SignatureVariant {
    /// The other one.
    pub fn other(self) -> SignatureVariant {
        match self {
            SignatureVariant::Document => SignatureVariant::Client,
            SignatureVariant::Client => SignatureVariant::Document,
        }
    }

    /// Adds the path and query as they go into the signature.
    fn write(self, path_and_query: &str, out: &mut String) {
        match self {
            SignatureVariant::Document => {
                let lower = path_and_query.to_ascii_lowercase();
                url::PHP.encode(&lower, out);
            }
            SignatureVariant::Client => {
                for byte in Decoded(path_and_query.bytes()) {
                    url::PHP.encode_byte(byte, out);
                }
            }
        }
    }
}

/// PHP's urldecode: `+` becomes a space, `%XX` a byte, anything else stays.
struct Decoded<'a>(std::str::Bytes<'a>);

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        match self.0.next()? {
            b'+' => Some(b' '),
            b'%' => {
                let mut ahead = self.0.clone();
                let mut digit = || ahead.next().and_then(|byte| char::from(byte).to_digit(16));
                match digit()
                    .zip(digit())
                    .and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
                {
                    Some(byte) => {
                        self.0 = ahead;
                        Some(byte)
                    }
                    None => Some(b'%'),
                }
            }
            byte => Some(byte),
        }
    }
}

/// What is signed.
pub struct Message<'a> {
    /// HTTP method, in any case.
    pub method: &'a str,
    /// From /v2 on, as sent.
    pub path_and_query: &'a str,
    /// The body, empty where there is none.
    pub body: &'a str,
    /// Random text, new for each request.
    pub nonce: &'a str,
    /// Unix time in whole seconds.
    pub timestamp: i64,
}

/// A key, ready to sign with: the secret itself is not kept.
pub struct Signer {
    api_key: String,
    key: Hmac<Sha256>,
}

impl Signer {
    /// Makes a signer.
    pub fn new(api_key: &str, api_secret: &str) -> Option<Signer> {
        let key = Hmac::new_from_slice(api_secret.as_bytes()).ok()?;
        Some(Signer { api_key: api_key.to_owned(), key })
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self, variant: SignatureVariant, message: &Message) -> String {
        let nonce = message.nonce;
        let seconds = seconds(message.timestamp);
        let mut text = String::with_capacity(message.path_and_query.len() + 256);
        text.push_str(&self.api_key);
        for byte in message.method.bytes() {
            text.push(char::from(byte.to_ascii_lowercase()));
        }
        variant.write(message.path_and_query, &mut text);
        text.push_str(&seconds);
        text.push_str(nonce);
        if !message.body.is_empty() {
            let digest = Md5::digest(message.body.as_bytes());
            text.push_str(base64(&digest, &mut [0; BASE64_LENGTH]));
        }
        let mut mac = self.key.clone();
        mac.update(text.as_bytes());
        let mut buffer = [0; BASE64_LENGTH];
        let signature = base64(&mac.finalize().into_bytes(), &mut buffer);
        ["hmac ", &self.api_key, ":", signature, ":", nonce, ":", &seconds].concat()
    }
}

/// Unix time as decimal text; what is before 1970 has a minus.
fn seconds(timestamp: i64) -> String {
    let digits = decimal(timestamp.unsigned_abs());
    if timestamp < 0 { ["-", &digits].concat() } else { digits }
}

/// Of a SHA-256, the longest that is encoded here.
const BASE64_LENGTH: usize = 44;

fn base64<'a>(bytes: &[u8], buffer: &'a mut [u8; BASE64_LENGTH]) -> &'a str {
    Base64::encode(bytes, buffer).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The vectors of `x-signing.examples` in specs/combell.yaml; js-tests check that they are.
    const NONCE: &str = "0123456789abcdef";

    fn sign(variant: SignatureVariant, method: &str, path_and_query: &str, body: &str) -> String {
        let timestamp = 1_700_000_000;
        let message = Message { method, path_and_query, body, nonce: NONCE, timestamp };
        let whole = Signer::new("my-key", "my-secret").unwrap().authorization(variant, &message);
        whole
            .strip_prefix("hmac my-key:")
            .unwrap()
            .strip_suffix(":0123456789abcdef:1700000000")
            .unwrap()
            .into()
    }

    fn read(variant: SignatureVariant, text: &str) -> String {
        let mut out = String::new();
        variant.write(text, &mut out);
        out
    }

    #[test]
    fn vectors_of_the_spec() {
        for variant in [SignatureVariant::Document, SignatureVariant::Client] {
            assert_eq!(
                sign(variant, "GET", "/v2/domains?skip=0&take=25", ""),
                "PgC07kLbLbz3coTUKOCEw1K+p5tuTxCptTGu1CaDHEc="
            );
            let body = r#"{"identifier":"example.com","servicepack_id":1001}"#;
            assert_eq!(
                sign(variant, "post", "/v2/accounts", body),
                "8DtjhaYLsOm9j1G9V3MIntg1848kexJk9nuDpUkRakg="
            );
        }
        let query = "/v2/dns/example.com/records?type=TXT&record_name=caf%C3%A9";
        assert_eq!(
            sign(SignatureVariant::Document, "GET", query, ""),
            "XEZi2X1i/YdrnC3QwDIKa6n0C1WItUiSzReSPok4FWM="
        );
        assert_eq!(
            sign(SignatureVariant::Client, "GET", query, ""),
            "f4vHieQ4Q1YguuO80tkp8EiB+AzqKRgdkObfPFof+Xs="
        );
    }

    #[test]
    fn the_mac_itself() {
        let mut mac: Hmac<Sha256> = Hmac::new_from_slice(b"abcde").unwrap();
        mac.update(b"abcde");
        let signature = Base64::encode_string(&mac.finalize().into_bytes());
        assert_eq!(signature, "Cie3FxujM5YVaA8ki8NPtBeV946bHthhTgWwRxTWh3Y=");
    }

    #[test]
    fn what_the_variants_make_of_a_path() {
        let both = |text: &str| {
            (read(SignatureVariant::Document, text), read(SignatureVariant::Client, text))
        };
        assert_eq!(
            both("/a~!'()*@:"),
            ("%2Fa%7E%21%27%28%29%2A%40%3A".into(), "%2Fa%7E%21%27%28%29%2A%40%3A".into())
        );
        assert_eq!(both("A%2fB"), ("a%252fb".into(), "A%2FB".into()));
        assert_eq!(both("a%20b+c"), ("a%2520b%2Bc".into(), "a+b+c".into()));
        assert_eq!(read(SignatureVariant::Client, "100%&%4"), "100%25%26%254");
    }

    proptest! {
        #[test]
        fn variants_agree_without_capitals_and_escapes(text in "[a-z0-9/?&=@:!'()*~._-]{0,40}") {
            prop_assert_eq!(read(SignatureVariant::Document, &text), read(SignatureVariant::Client, &text));
        }

        #[test]
        fn any_text_can_be_signed(text in any::<String>(), body in any::<String>()) {
            for variant in [SignatureVariant::Document, SignatureVariant::Client] {
                prop_assert!(!sign(variant, "PUT", &text, &body).is_empty());
            }
        }
    }
}
