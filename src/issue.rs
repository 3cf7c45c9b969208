//! A fault of the input: where it is, and what is wrong with it.

use serde::Serialize;

/// One fault. The message never holds the value itself, which may be secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    /// Where: `records[1].type`; empty for the input as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// The provider's code, where the fault was found by the provider.
    pub code: Option<String>,
    /// A name that is not known, and those that are.
    pub mistaken: Option<Mistaken>,
}

/// A name that is not known, and those that are: JavaScript finds the one that is most likely meant, as
/// it must for the constructor's options.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Mistaken {
    pub given: String,
    pub known: Vec<String>,
}

impl Issue {
    /// A fault found here.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Issue {
        Issue { path: path.into(), message: message.into(), code: None, mistaken: None }
    }

    /// The same with nothing secret in it, of a fault that somebody else has found.
    pub fn redacted(&self, safe: &dyn Fn(&str) -> String) -> Issue {
        let code = self.code.as_deref().map(safe);
        Issue { code, ..Issue::new(safe(&self.path), safe(&self.message)) }
    }
}
