//! What came back: data, a place, nothing, or a failure.

use crate::prelude::*;

use crate::issue::{Issue, write_issues};
use crate::job::Job;
use crate::json::{self, Value, decimal, write_text};
use crate::operation::Operation;
use crate::providers::{Provider, Rules};

/// An answer, as far as it takes to judge it. Data stays in JavaScript.
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// The `Location` header.
    pub location: Option<&'a str>,
    /// What the body is.
    pub content: Content,
    /// The JSON of an error, as much of another answer as tells a failure, or how a page begins.
    pub body: &'a str,
}

/// What a body is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// There is none.
    Empty,
    /// JSON.
    Json,
    /// Said to be JSON, but it is not, or is cut off.
    BrokenJson,
    /// A web page.
    Page,
    /// Other text.
    Text,
    /// A file.
    File,
    /// JSON without the list that was asked for.
    NoList,
}

impl Content {
    /// Reads JavaScript's number for it.
    pub fn read(number: u8) -> Content {
        match number {
            0 => Content::Empty,
            1 => Content::Json,
            2 => Content::BrokenJson,
            3 => Content::Page,
            4 => Content::Text,
            5 => Content::File,
            _ => Content::NoList,
        }
    }
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
    rules: &Rules,
    answer: &Answer,
) -> Verdict {
    let who = Who { rules, operation: &operation.name, status: answer.status };
    let body = &match answer.content {
        Content::Json | Content::NoList => json::parse(answer.body).unwrap_or(Value::Null),
        _ => Value::Null,
    };
    let is_page = answer.content == Content::Page;
    let page = if is_page { provider.about_page(answer.body) } else { None };
    if answer.status >= 400 {
        let class = match class_of(answer.status) {
            // A status that says little may come with a body that says more.
            "ApiError" => provider.failed(rules, &operation.name, body).unwrap_or("ApiError"),
            class => class,
        };
        return Verdict::Failure(refused(&who, class, body, page));
    }
    if let Some(class) = provider.failed(rules, &operation.name, body) {
        return Verdict::Failure(refused(&who, class, body, page));
    }
    let documented = operation.answer(answer.status);
    let fault = match (answer.content, documented) {
        _ if answer.status >= 300 && documented.is_none() => {
            "a redirect, which is not followed: credentials would go along"
        }
        (Content::Page, _) => page.unwrap_or("a web page in place of data"),
        (_, Some("")) => return Verdict::Nothing,
        (Content::Empty, None) if answer.location.is_none() => return Verdict::Nothing,
        (_, Some("l")) | (Content::Empty, None) => match answer.location {
            Some(location) => return place(job.filter(|_| answer.status < 300), location),
            None => {
                "no Location to tell what came of it. It was accepted: do not send it again without looking"
            }
        },
        (Content::BrokenJson, _) => "JSON that is broken or cut off",
        (Content::NoList, _) => "something else than the list that was asked for",
        (Content::Json, Some(kind)) if kind != "j" => "JSON in place of a file",
        (Content::Text, Some("j")) => "text in place of JSON",
        (Content::Empty, Some(_)) => "an empty body in place of data",
        (Content::Json | Content::Text | Content::File, _) => return Verdict::Body,
    };
    Verdict::Failure(Failure {
        kind: "ResponseError",
        status: answer.status,
        code: None,
        message: who.answered(&[" with ", fault].concat()),
        issues: Vec::new(),
    })
}

/// Where something is. A job's id goes under the name that the operation which follows it gives it.
fn place(job: Option<&Job>, location: &str) -> Verdict {
    let mut id = "";
    for part in location.split(['?', '#']).next().unwrap_or("").split('/') {
        if !part.is_empty() {
            id = part;
        }
    }
    Verdict::Place {
        name: job.map_or("id", |job| job.id.as_str()).to_owned(),
        location: location.to_owned(),
        id: id.to_owned(),
    }
}

/// Who answered, for messages.
struct Who<'a> {
    rules: &'a Rules,
    operation: &'a str,
    status: u16,
}

impl Who<'_> {
    fn answered(&self, how: &str) -> String {
        let title = self.rules.text("title");
        [title, " answered ", &decimal(self.status.into()), " to ", self.operation, how].concat()
    }
}

/// A provider's text is quoted up to this many characters.
const LONGEST_QUOTE: usize = 500;

fn refused(who: &Who, class: &'static str, body: &Value, page: Option<&str>) -> Failure {
    let rules = who.rules;
    let code = rules.told("code", body);
    let issues = rules.issues(body);
    let mut message = who.answered("");
    let told = page.map(str::to_owned).or_else(|| rules.told("message", body));
    // Some codes are only words for what the spec says in a sentence.
    let meaning = || rules.0.at("/envelope/failures")?.get(code.as_deref()?)?.text();
    let words =
        told.as_deref().or_else(meaning).or(issues.first().map(|issue| issue.message.as_str()));
    if let Some(words) = words {
        message.push_str(": ");
        for character in words.trim_end_matches('.').chars().take(LONGEST_QUOTE) {
            message.push(character);
        }
    }
    if let Some(code) = &code {
        append(&mut message, &[" (", code, ")"]);
    }
    if let Some(hint) = rules.hint(class) {
        append(&mut message, &[". ", hint]);
    }
    Failure { kind: class, status: who.status, code, message, issues }
}

fn append(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
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
