//! A fault of the input: where it is, and what is wrong with it.

use crate::prelude::*;

use crate::json::write_text;

/// One fault. The message never holds the value itself, which may be secret.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct Issue {
    /// Where: `records[1].type`; empty for the input as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// The provider's code, where the fault was found by the provider.
    pub code: Option<String>,
    /// A name that is not known, and those that are: JavaScript finds the one that is most likely
    /// meant, as it must for the constructor's options.
    pub mistaken: Option<(String, Vec<String>)>,
}

impl Issue {
    /// A fault found here.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Issue {
        Issue { path: path.into(), message: message.into(), code: None, mistaken: None }
    }
}

/// Faults as a JSON array.
pub fn write_issues(issues: &[Issue], out: &mut String) {
    out.push('[');
    for (index, issue) in issues.iter().enumerate() {
        out.push_str(if index > 0 { ",{\"path\":" } else { "{\"path\":" });
        write_text(&issue.path, out);
        out.push_str(",\"message\":");
        write_text(&issue.message, out);
        if let Some(code) = &issue.code {
            out.push_str(",\"code\":");
            write_text(code, out);
        }
        if let Some((given, known)) = &issue.mistaken {
            out.push_str(",\"given\":");
            write_text(given, out);
            for (index, name) in known.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { ",\"known\":[" });
                write_text(name, out);
            }
            out.push_str(if known.is_empty() { "" } else { "]" });
        }
        out.push('}');
    }
    out.push(']');
}
