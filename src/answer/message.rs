//! What an error says: who answered what, in whose words, and what to do about it.

use crate::failure::ErrorKind;
use crate::issue::Issue;
use crate::json::decimal;
use crate::platform::{Data, Scalar};
use crate::providers::told;
use crate::rules::ProviderRules;

/// What the provider says of a failure, in its own words.
#[derive(Default)]
pub struct ProviderMessage {
    /// Its code.
    pub code: Option<String>,
    /// Its words.
    pub words: String,
    /// Faults of the input.
    pub issues: Vec<Issue>,
}

impl ProviderMessage {
    /// Reads an error's body.
    pub fn read(rules: &ProviderRules, body: &impl Data) -> ProviderMessage {
        let code = told(&rules.error.code, body);
        let issues = read_issues(rules, body);
        // Some codes are only words for what the spec says in a sentence.
        let meaning = || {
            let code = code.as_deref()?;
            let mut failures = rules.envelope.failures.iter();
            failures
                .find_map(|(failure, meaning)| (*failure == code).then(|| (*meaning).to_owned()))
        };
        let words = told(&rules.error.message, body)
            .or_else(meaning)
            .or_else(|| issues.first().map(|issue| issue.message.clone()))
            .unwrap_or_default();
        ProviderMessage { code, words, issues }
    }
}

impl ProviderMessage {
    /// The same with nothing secret in it: before anything is cut off or taken out.
    pub fn redacted(&self, safe: &dyn Fn(&str) -> String) -> ProviderMessage {
        ProviderMessage {
            code: self.code.as_deref().map(safe),
            words: safe(&self.words),
            issues: self.issues.iter().map(|issue| issue.redacted(safe)).collect(),
        }
    }
}

/// What the provider found wrong with the input: a list of errors, or texts by the field's name.
fn read_issues(rules: &ProviderRules, body: &impl Data) -> Vec<Issue> {
    let mut issues = Vec::new();
    for faults in rules.error.issues.iter().filter_map(|pointer| body.at(pointer)) {
        match faults.scalar() {
            Scalar::Array => {
                for fault in items(&faults) {
                    issues.push(Issue {
                        code: told(&rules.error.code, &fault),
                        ..Issue::new("", told(&rules.error.message, &fault).unwrap_or_default())
                    });
                }
            }
            Scalar::Object => {
                for path in faults.names() {
                    let Some(said) = faults.field(&path) else { continue };
                    let texts = items(&said).into_iter().chain([said.clone()]);
                    issues.extend(
                        texts
                            .filter_map(|text| text.scalar().plain())
                            .map(|text| Issue::new(path.clone(), text)),
                    );
                }
            }
            _ => {}
        }
    }
    issues
}

/// The items of an array; none of anything else.
pub fn items<D: Data>(data: &D) -> Vec<D> {
    (0..data.length().unwrap_or(0)).filter_map(|index| data.item(index)).collect()
}

/// Of more words than this only the beginning is told.
const LONGEST_WORDS: usize = 500;

/// The message of an error that an answer tells.
pub fn refused(
    rules: &ProviderRules,
    operation: &str,
    status: u16,
    kind: ErrorKind,
    said: &ProviderMessage,
) -> String {
    let words = quote(said.words.trim_end_matches('.'), LONGEST_WORDS);
    let mut message =
        [rules.title, " answered ", &decimal(status.into()), " to ", operation].concat();
    if !words.is_empty() {
        message.extend([": ", words]);
    }
    if let Some(code) = &said.code {
        message.extend([" (", code, ")"]);
    }
    append_hint(rules, kind, &mut message);
    message
}

/// The message of an answer that is not what the provider promises.
pub fn unusable(rules: &ProviderRules, operation: &str, status: u16, fault: &str) -> String {
    let mut message =
        [rules.title, " answered ", &decimal(status.into()), " to ", operation, " with ", fault]
            .concat();
    append_hint(rules, ErrorKind::ResponseError, &mut message);
    message
}

fn append_hint(rules: &ProviderRules, kind: ErrorKind, message: &mut String) {
    if let Some(hint) = rules.hints.iter().find(|hint| hint.kind == kind) {
        message.extend([". ", hint.text]);
    }
}

/// The first characters of a text.
pub fn quote(text: &str, longest: usize) -> &str {
    let end = text.char_indices().nth(longest).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or("")
}
