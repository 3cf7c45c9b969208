//! What is each provider's own: how it authenticates and how it says no.

use crate::prelude::*;

mod artnet;
mod ccloud;
mod combahton;
mod combell;
mod hostkey;

use crate::answer::Refusal;
use crate::issue::Issue;
use crate::json::Value;
use crate::request::Request;
use crate::secret::{Secret, mask};

/// What makes one request different from the next.
pub struct Moment<'a> {
    /// Unix time in whole seconds.
    pub seconds: i64,
    /// Random text.
    pub nonce: &'a str,
}

/// A provider, with a caller's credentials.
pub trait Provider {
    /// The name that people know it by.
    fn title(&self) -> &'static str;

    /// The credentials.
    fn credentials(&self) -> &Credentials;

    /// The names of those that are secret, which are masked wherever they turn up.
    fn secret_names(&self) -> &'static [&'static str];

    /// Credentials that go out as fields of the body, by their names on the wire.
    fn fields(&self, _operation: &str, _token: Option<&Secret>) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Adds to a request what proves who is calling. Where there is a second way to do so that
    /// may be right when the first is refused, says so; `second` takes that way.
    fn authenticate(
        &self,
        _request: &mut Request,
        _moment: &Moment,
        _token: Option<&Secret>,
        _second: bool,
    ) -> bool {
        false
    }

    /// The second way worked where the first was refused: it comes first from now on.
    fn prefer_second(&self) {}

    /// The class of the error that an answer with a success status tells of, where it does.
    fn failed(&self, _operation: &str, _body: &Value) -> Option<&'static str> {
        None
    }

    /// Reads the body of an error answer.
    fn refusal(&self, body: &Value) -> Refusal;

    /// What a web page in place of an answer means, where the provider is known to send one.
    fn about_page(&self, _page: &str) -> Option<&'static str> {
        None
    }

    /// What to do about an error, by its class, where the provider's documentation says it.
    fn hint(&self, class: &str) -> Option<&'static str>;
}

/// A caller's credentials, by the names that the client's options have.
pub struct Credentials(Vec<(String, Secret)>);

impl Credentials {
    /// Takes them from JSON.
    pub fn read(value: &Value) -> Credentials {
        let mut all = Vec::new();
        for (name, value) in value.entries() {
            all.push((
                name.clone(),
                Secret::new(value.plain().unwrap_or("").to_owned()),
            ));
        }
        Credentials(all)
    }

    /// One of them; empty where it is not there, which the constructor in JavaScript has checked.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, secret)| secret.expose())
    }

    /// A text without some of them.
    pub fn mask(&self, names: &[&str], text: &str) -> String {
        let mut masked = text.to_owned();
        for (_, secret) in self
            .0
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()))
        {
            masked = mask(&masked, core::slice::from_ref(secret));
        }
        masked
    }
}

/// Makes a provider from its name, credentials and the rules of its spec.
pub fn provider(name: &str, credentials: Credentials, rules: Value) -> Option<Box<dyn Provider>> {
    Some(match name {
        "artnet" => Box::new(artnet::Artnet::new(credentials)),
        "ccloud" => Box::new(ccloud::Ccloud::new(credentials)),
        "combahton" => Box::new(combahton::Combahton::new(credentials, rules)),
        "combell" => Box::new(combell::Combell::new(credentials)?),
        "hostkey" => Box::new(hostkey::Hostkey::new(credentials, rules)),
        _ => return None,
    })
}

/// Faults by the name of the field: one text each, or a list of texts.
fn issues_by_field(faults: Option<&Value>) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (path, told) in faults.map_or(&[][..], Value::entries) {
        for text in told.items().iter().chain([told]).filter_map(Value::plain) {
            issues.push(Issue::new(path.as_str(), text));
        }
    }
    issues
}

/// The first text that one of the JSON pointers leads to.
fn first_text(body: &Value, pointers: &[&str]) -> Option<String> {
    pointers
        .iter()
        .find_map(|pointer| body.plain_at(pointer).filter(|text| !text.is_empty()))
}

/// Whether a text has another in it, whatever the case. `needle` is in lower case.
fn has_words(text: &str, needle: &str) -> bool {
    let text = text.as_bytes();
    text.windows(needle.len().max(1))
        .any(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
pub fn test_provider(name: &str, rules: &str) -> Box<dyn Provider> {
    let credentials = r#"{"apiKey":"key-of-mine","apiSecret":"secret","customerId":"7","email":"a@example.com","secret":"s3cret"}"#;
    let credentials = Credentials::read(&crate::json::parse(credentials).unwrap());
    provider(name, credentials, crate::json::parse(rules).unwrap()).unwrap()
}

#[cfg(test)]
mod tests;
