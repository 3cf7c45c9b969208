//! What came back: data, a place, nothing, or a failure.

use crate::prelude::*;

use crate::issue::{Issue, write_issues};
use crate::job::Job;
use crate::json::{decimal, write_text};
use crate::operation::Operation;
use crate::providers::Provider;
use crate::tree::Tree;

/// An answer, as far as it takes to judge it.
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// The `Location` header.
    pub location: Option<&'a str>,
    /// The body.
    pub content: Content<'a>,
}

/// What a body is.
pub enum Content<'a> {
    /// There is none.
    Empty,
    /// JSON.
    Json(&'a dyn Tree),
    /// Said to be JSON, but it is not, or is cut off.
    BrokenJson,
    /// A web page.
    Html,
    /// Other text.
    Text,
    /// A file.
    File,
}

/// What a call gives.
#[cfg_attr(test, derive(Debug))]
pub enum Verdict {
    /// The body, as it is.
    Body,
    /// Nothing.
    Nothing,
    /// Where something is; the id goes under the given name.
    Place {
        /// `id`, or what the operation that follows a job calls it.
        name: String,
        /// The header, as it came.
        location: String,
        /// Its last part, as it came.
        id: String,
    },
    /// An error.
    Failure(Failure),
}

/// An error, ready to become a JavaScript one.
#[cfg_attr(test, derive(Debug))]
pub struct Failure {
    /// The error's class.
    pub kind: &'static str,
    /// HTTP status.
    pub status: u16,
    /// The provider's code.
    pub code: Option<String>,
    /// For people.
    pub message: String,
    /// Faults of the input that the provider found.
    pub issues: Vec<Issue>,
}

impl Failure {
    /// The failure as JSON, for JavaScript.
    pub fn write(&self) -> String {
        let mut out = "{\"kind\":".to_owned();
        write_text(self.kind, &mut out);
        out.push_str(",\"status\":");
        out.push_str(&decimal(self.status.into()));
        if let Some(code) = &self.code {
            out.push_str(",\"code\":");
            write_text(code, &mut out);
        }
        out.push_str(",\"message\":");
        write_text(&self.message, &mut out);
        out.push_str(",\"issues\":");
        write_issues(&self.issues, &mut out);
        out.push('}');
        out
    }
}

/// Judges an answer. `job` is the job that the operation starts, where it starts one.
pub fn judge(
    operation: &Operation,
    job: Option<&Job>,
    provider: &dyn Provider,
    answer: &Answer,
) -> Verdict {
    let who = Who {
        provider: provider.title(),
        operation: &operation.name,
        status: answer.status,
    };
    if answer.status >= 400 {
        return Verdict::Failure(refused(&who, provider, answer));
    }
    let documented = operation.answers.of(answer.status);
    if answer.status >= 300 && documented.is_none() {
        return who
            .unexpected("with a redirect, which is not followed: credentials would go along");
    }
    match (&answer.content, documented) {
        (Content::Html, _) => who.unexpected("with a web page in place of data"),
        (_, Some("")) => Verdict::Nothing,
        (_, Some("l")) => place(&who, operation, job, answer.location),
        (Content::BrokenJson, _) => who.unexpected("with JSON that is broken or cut off"),
        (Content::Json(body), _) => match &operation.paging {
            Some(paging) if !is_list(*body, &paging.items) => {
                who.unexpected("without the list that was asked for")
            }
            _ => Verdict::Body,
        },
        (Content::Text, Some("j")) => who.unexpected("with text in place of JSON"),
        (Content::Empty, Some("j")) => who.unexpected("with an empty body in place of data"),
        (Content::Empty, Some(_)) => who.unexpected("with an empty body in place of a file"),
        (Content::Empty, None) if answer.location.is_some() => {
            place(&who, operation, job, answer.location)
        }
        (Content::Empty, None) => Verdict::Nothing,
        (Content::Text | Content::File, _) => Verdict::Body,
    }
}

fn is_list(body: &dyn Tree, pointer: &str) -> bool {
    match pointer {
        "" => body.items().is_some(),
        pointer => body.at(pointer).is_some_and(|list| list.items().is_some()),
    }
}

fn place(who: &Who, operation: &Operation, job: Option<&Job>, location: Option<&str>) -> Verdict {
    let Some(location) = location else {
        return who.unexpected(
            "without the Location that tells what came of it. It was accepted: do not send it again without looking",
        );
    };
    let mut id = "";
    for part in location.split(['?', '#']).next().unwrap_or("").split('/') {
        if !part.is_empty() {
            id = part;
        }
    }
    // A 303 names what replaced the job, not the job.
    let job = job.filter(|_| who.status < 300 && operation.job.is_some());
    Verdict::Place {
        name: job.map_or("id", |job| job.id()).to_owned(),
        location: location.to_owned(),
        id: id.to_owned(),
    }
}

/// Who answered, for messages.
struct Who<'a> {
    provider: &'a str,
    operation: &'a str,
    status: u16,
}

impl Who<'_> {
    fn answered(&self, how: &str) -> String {
        [
            self.provider,
            " answered ",
            &decimal(self.status.into()),
            " to ",
            self.operation,
            how,
        ]
        .concat()
    }

    fn unexpected(&self, how: &str) -> Verdict {
        Verdict::Failure(Failure {
            kind: "ResponseError",
            status: self.status,
            code: None,
            message: self.answered(&[" ", how].concat()),
            issues: Vec::new(),
        })
    }
}

/// What a provider says when it says no.
#[derive(Default)]
pub struct Refusal {
    /// Its code.
    pub code: Option<String>,
    /// Its words.
    pub message: Option<String>,
    /// What it found wrong with the input.
    pub issues: Vec<Issue>,
}

/// A provider's text is quoted up to this many characters.
const LONGEST_QUOTE: usize = 500;

fn refused(who: &Who, provider: &dyn Provider, answer: &Answer) -> Failure {
    let refusal = match answer.content {
        Content::Json(body) => provider.refusal(body),
        _ => Refusal::default(),
    };
    let words: Option<String> = refusal
        .message
        .map(|words| words.chars().take(LONGEST_QUOTE).collect());
    let mut message = who.answered("");
    match (&words, &refusal.code, refusal.issues.first()) {
        (Some(words), Some(code), _) => message.extend([": ", words, " (", code, ")"]),
        (Some(words), None, _) => message.extend([": ", words]),
        (None, _, Some(issue)) => {
            let words: String = issue.message.chars().take(LONGEST_QUOTE).collect();
            message.extend([": ", &words]);
        }
        (None, Some(code), None) => message.extend([" (", code, ")"]),
        (None, None, None) => {}
    }
    if let Some(hint) = provider.hint(who.status) {
        message.extend([". ", hint]);
    }
    Failure {
        kind: class_of(who.status),
        status: who.status,
        code: refusal.code,
        message,
        issues: refusal.issues,
    }
}

fn class_of(status: u16) -> &'static str {
    match status {
        400 | 422 => "ValidationError",
        401 => "AuthenticationError",
        403 => "PermissionError",
        404 => "NotFoundError",
        409 => "ConflictError",
        410 => "GoneError",
        429 => "RateLimitError",
        500.. => "ServerError",
        _ => "ApiError",
    }
}

#[cfg(test)]
mod tests;
