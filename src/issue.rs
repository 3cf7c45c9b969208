//! A fault of the input: where it is, and what is wrong with it. All its texts are as JSON writes them.

use crate::json::append_text;

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
    pub fn new(path: &str, message: &str) -> Issue {
        Issue { path: path.to_owned(), message: message.to_owned(), code: None, mistaken: None }
    }
}

/// Faults as a JSON array.
pub fn write_issues(issues: &[Issue], out: &mut String) {
    out.push('[');
    for (index, issue) in issues.iter().enumerate() {
        out.push_str(if index > 0 { ",{\"path\":" } else { "{\"path\":" });
        append_text(&issue.path, out);
        out.push_str(",\"message\":");
        append_text(&issue.message, out);
        if let Some(code) = &issue.code {
            out.push_str(",\"code\":");
            append_text(code, out);
        }
        if let Some((given, known)) = &issue.mistaken {
            out.push_str(",\"given\":");
            append_text(given, out);
            for (index, name) in known.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { ",\"known\":[" });
                append_text(name, out);
            }
            out.push_str(if known.is_empty() { "" } else { "]" });
        }
        out.push('}');
    }
    out.push(']');
}
