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
pub fn mask(text: &str, secrets: &[Secret]) -> String {
    let mut hidden: Vec<Zeroizing<String>> = Vec::new();
    for secret in secrets.iter().filter(|secret| secret.expose().len() >= 4) {
        let mut in_json = String::new();
        write_text(secret.expose(), &mut in_json);
        let mut in_url = String::new();
        url::encode(secret.expose(), url::NOTHING, &mut in_url);
        let unquoted = in_json.get(1..in_json.len() - 1).unwrap_or("");
        hidden.extend(
            [secret.expose(), unquoted, &in_url].map(|form| Zeroizing::new(form.to_owned())),
        );
    }
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let found = hidden
            .iter()
            .map(|form| form.as_str())
            .find(|form| rest.starts_with(form));
        match found {
            Some(_) => masked.push_str(MASK),
            None => masked.push(character),
        }
        let length = found.map_or(character.len_utf8(), str::len);
        rest = rest.get(length..).unwrap_or("");
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_every_form() {
        let secrets = [
            Secret::new("s3cr\"t/ word".into()),
            Secret::new("abc".into()),
        ];
        let text = r#"plain s3cr"t/ word, json "s3cr\"t/ word", url s3cr%22t%2F%20word, abc"#;
        assert_eq!(
            mask(text, &secrets),
            r#"plain ***, json "***", url ***, abc"#
        );
    }
}
