//! The rules of a provider's spec that the core follows, as the generator writes them.
//!
//! | name | what it holds |
//! | --- | --- |
//! | `fields` | credentials that go out in the body: `[["api_key", "apiKey"]]`, name on the wire and in the options, and the one operation that it is for, where there is one |
//! | `token` | the name under which a token goes out in the body |
//! | `code`, `message`, `issues` | JSON pointers into an error's body |
//! | `numberCode` | JSON pointers to what is a code where it is a number |
//! | `expired` | words that tell of a refused token |
//! | `kinds` | words that tell of a kind of error, by its class |
//! | `envelope` | how failures inside a success are told, for the provider's own file |

use crate::issue::Issue;
use crate::json::{Value, Written};
use crate::text::has_words;

/// The rules of one provider.
#[derive(Clone, Copy)]
pub struct Rules(pub &'static Value<'static>);

impl Rules {
    /// A text by its name; empty where there is none.
    pub fn text(&self, name: &str) -> &'static str {
        self.0.get(name).and_then(Value::text).unwrap_or("")
    }

    /// The list at a JSON pointer.
    pub fn list(&self, pointer: &str) -> &[Value<'static>] {
        self.0.at(pointer).map_or(&[], Value::items)
    }

    /// Whether a list has a text or number, whatever the case.
    pub fn lists(&self, pointer: &str, value: &str) -> bool {
        let mut listed = self.list(pointer).iter().filter_map(Value::plain);
        listed.any(|listed| listed.0.eq_ignore_ascii_case(value))
    }

    /// What the provider says, as JSON writes it: by the first of the pointers under a name that leads
    /// to a text.
    pub fn told<'a>(&self, name: &str, body: &Value<'a>) -> Option<&'a str> {
        for pointer in self.0.get(name)?.items() {
            if let Some(Written(text)) = body.at(pointer.text()?).and_then(Value::plain)
                && !text.is_empty()
            {
                return Some(text);
            }
        }
        None
    }

    /// The same where it leads to a number.
    pub fn number<'a>(&self, name: &str, body: &Value<'a>) -> Option<&'a str> {
        let mut pointers = self.0.get(name)?.items().iter().filter_map(Value::text);
        pointers.find_map(|pointer| match body.at(pointer) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        })
    }

    /// The class of the error that a provider's words tell of, where they do.
    pub fn kind(&self, words: &str) -> Option<&'static str> {
        let kinds = self.0.get("kinds")?.entries();
        let (Written(class), _) = kinds.iter().find(|(_, listed)| {
            listed.items().iter().filter_map(Value::text).any(|listed| has_words(words, listed))
        })?;
        Some(class)
    }

    /// What the provider found wrong with the input: a list of errors, or texts by the field's name.
    pub fn issues(&self, body: &Value) -> Vec<Issue> {
        let mut issues = Vec::new();
        for pointer in self.list("/issues").iter().filter_map(Value::text) {
            let faults = body.at(pointer).unwrap_or(&Value::Null);
            for fault in faults.items() {
                issues.push(Issue {
                    path: String::new(),
                    message: self.told("message", fault).unwrap_or_default().to_owned(),
                    code: self.told("code", fault).map(str::to_owned),
                    mistaken: None,
                });
            }
            for (path, told) in faults.entries() {
                for text in told.items().iter().chain([told]).filter_map(Value::plain) {
                    issues.push(Issue::new(path.0, text.0));
                }
            }
        }
        issues
    }
}
