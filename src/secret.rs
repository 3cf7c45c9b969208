//! Values that must not be seen.

use crate::prelude::*;

use zeroize::Zeroizing;

use crate::encode::url;
use crate::json::write_text;

/// A credential or password. It has no `Debug` and no `Display`, so it cannot be printed by
/// mistake, and its memory is wiped when it is dropped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into keeping.
    pub fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// The text, for signing and sending only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// Replaces every appearance of the secrets in a text, also as they look in JSON or a URL.
/// Texts of fewer than four characters are left: they would turn up everywhere by chance.
pub fn mask(text: &str, secrets: &mut dyn Iterator<Item = &Secret>) -> String {
    let mut forms: Vec<Zeroizing<String>> = Vec::new();
    for secret in secrets.map(Secret::expose).filter(|secret| secret.len() >= 4) {
        let mut form = Zeroizing::new(String::new());
        url::encode(secret, url::NOTHING, &mut form);
        forms.push(form);
        let mut form = Zeroizing::new(String::new());
        write_text(secret, &mut form);
        forms.push(form);
        forms.push(Zeroizing::new(secret.to_owned()));
    }
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        // A JSON text is in quotes, which stay.
        let found =
            forms.iter().map(|form| form.trim_matches('"')).find(|form| rest.starts_with(form));
        let length = match found {
            Some(form) => {
                masked.push_str(MASK);
                form.len()
            }
            None => {
                masked.push(character);
                character.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or("");
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_every_form() {
        let secrets = [Secret::new("s3cr\"t/ word".into()), Secret::new("abc".into())];
        let text = r#"plain s3cr"t/ word, json "s3cr\"t/ word", url s3cr%22t%2F%20word, abc"#;
        assert_eq!(mask(text, &mut secrets.iter()), r#"plain ***, json "***", url ***, abc"#);
    }
}
