//! The rules of a provider's spec that the core follows, as the generator writes them.
//!
//! | name | what it holds |
//! | --- | --- |
//! | `title` | the name that people know the provider by |
//! | `fields` | credentials that go out in the body: `[["api_key", "apiKey"]]`, name on the wire and in the options, and the one operation that it is for, where there is one |
//! | `token` | the name under which a token goes out in the body |
//! | `code`, `message`, `issues` | JSON pointers into an error's body |
//! | `hints` | what to do about an error, by its class |
//! | `expired` | words that tell of a refused token |
//! | `envelope` | how failures inside a success are told, for the provider's own file |

use crate::issue::Issue;
use crate::json::Value;
use crate::prelude::*;

/// The rules of one provider.
pub struct Rules(pub Value);

impl Rules {
    /// A text by its name; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::text).unwrap_or("")
    }

    /// The list at a JSON pointer.
    pub fn list(&self, pointer: &str) -> &[Value] {
        self.0.at(pointer).map_or(&[], Value::items)
    }

    /// Whether a list has a text or number, whatever the case.
    pub fn lists(&self, pointer: &str, value: &str) -> bool {
        let mut listed = self.list(pointer).iter().filter_map(Value::plain);
        listed.any(|listed| listed.eq_ignore_ascii_case(value))
    }

    /// What to do about an error of this class.
    pub fn hint(&self, class: &str) -> Option<&str> {
        self.0.get("hints")?.get(class)?.text()
    }

    /// What the provider says, by the first of the pointers under a name that leads to a text.
    pub fn told(&self, name: &str, body: &Value) -> Option<String> {
        let pointers = self.0.get(name)?.items().iter().filter_map(Value::text);
        pointers.filter_map(|pointer| body.plain_at(pointer)).find(|text| !text.is_empty())
    }

    /// What the provider found wrong with the input: a list of errors, or texts by the field's name.
    pub fn issues(&self, body: &Value) -> Vec<Issue> {
        let mut issues = Vec::new();
        for pointer in self.list("/issues").iter().filter_map(Value::text) {
            let faults = body.at(pointer).unwrap_or(&Value::Null);
            for fault in faults.items() {
                issues.push(Issue {
                    path: String::new(),
                    message: self.told("message", fault).unwrap_or_default(),
                    code: self.told("code", fault),
                    mistaken: None,
                });
            }
            for (path, told) in faults.entries() {
                for text in told.items().iter().chain([told]).filter_map(Value::plain) {
                    issues.push(Issue::new(path.as_str(), text));
                }
            }
        }
        issues
    }
}
