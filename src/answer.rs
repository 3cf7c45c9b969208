//! What came back: data, a place, nothing, or a failure.

use crate::prelude::*;

use crate::issue::{Issue, write_issues};
use crate::json::{self, Value, append_text};
use crate::operation::Operation;
use crate::providers::{Provider, Rules};

/// An answer, as far as it takes to judge it. Data stays in JavaScript.
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Whether it has a `Location` header.
    pub has_location: bool,
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
    /// Where something is: the `Location`.
    Place,
    /// An error.
    Failure(Failure),
}

/// An error, ready to become a JavaScript one. Its texts are as JSON writes them.
#[cfg_attr(test, derive(Debug))]
pub struct Failure {
    /// The error's class.
    pub kind: &'static str,
    /// The provider's code.
    pub code: Option<String>,
    /// What the provider says, or what is wrong with its answer.
    pub told: String,
    /// Faults of the input that the provider found.
    pub issues: Vec<Issue>,
}

impl Failure {
    /// The failure as JSON, for JavaScript.
    pub fn write(&self, out: &mut String) {
        out.push_str("{\"kind\":");
        append_text(self.kind, out);
        if let Some(code) = &self.code {
            out.push_str(",\"code\":");
            append_text(code, out);
        }
        out.push_str(",\"told\":");
        append_text(&self.told, out);
        out.push_str(",\"issues\":");
        write_issues(&self.issues, out);
        out.push('}');
    }
}

/// Judges an answer.
pub fn judge(
    operation: &Operation,
    provider: &dyn Provider,
    rules: &Rules,
    answer: &Answer,
) -> Verdict {
    let body = &match answer.content {
        Content::Json | Content::NoList => json::parse(answer.body).unwrap_or(Value::Null),
        _ => Value::Null,
    };
    let is_page = answer.content == Content::Page;
    let page = if is_page { provider.about_page(answer.body) } else { None };
    let failed = || provider.failed(rules, operation.name, body);
    let class = match class_of(answer.status) {
        None => failed(),
        // A status that says little may come with a body that says more.
        Some("ApiError") => failed().or(Some("ApiError")),
        class => class,
    };
    if let Some(class) = class {
        return Verdict::Failure(refused(rules, class, body, page));
    }
    let documented = operation.answer(answer.status);
    let fault = match (answer.content, documented) {
        _ if answer.status >= 300 && documented.is_none() => {
            "a redirect, which is not followed: credentials would go along"
        }
        (Content::Page, _) => page.unwrap_or("a web page in place of data"),
        (_, Some("")) => return Verdict::Nothing,
        (Content::Empty, None) if !answer.has_location => return Verdict::Nothing,
        (_, Some("l")) | (Content::Empty, None) if answer.has_location => return Verdict::Place,
        (_, Some("l")) => {
            "no Location to tell what came of it. It was accepted: do not send it again without looking"
        }
        (Content::BrokenJson, _) => "JSON that is broken or cut off",
        (Content::NoList, _) => "something else than the list that was asked for",
        (Content::Json, Some(kind)) if kind != "j" => "JSON in place of a file",
        (Content::Text, Some("j")) => "text in place of JSON",
        (Content::Empty, _) => "an empty body in place of data",
        (Content::Json | Content::Text | Content::File, _) => return Verdict::Body,
    };
    let (code, told) = (None, fault.to_owned());
    Verdict::Failure(Failure { kind: "ResponseError", code, told, issues: Vec::new() })
}

fn refused(rules: &Rules, class: &'static str, body: &Value, page: Option<&str>) -> Failure {
    let code = rules.told("code", body);
    let issues = rules.issues(body);
    // Some codes are only words for what the spec says in a sentence.
    let meaning = || rules.0.at("/envelope/failures")?.get(code?)?.text();
    let told = page
        .or_else(|| rules.told("message", body))
        .or_else(meaning)
        .or(issues.first().map(|issue| issue.message.as_str()))
        .unwrap_or("")
        .to_owned();
    Failure { kind: class, code: code.map(str::to_owned), told, issues }
}

/// The error that a status tells of; nothing for a status of success.
fn class_of(status: u16) -> Option<&'static str> {
    Some(match status {
        ..400 => return None,
        400 | 422 => "ValidationError",
        401 => "AuthenticationError",
        403 => "PermissionError",
        404 => "NotFoundError",
        409 => "ConflictError",
        410 => "GoneError",
        429 => "RateLimitError",
        500.. => "ServerError",
        _ => "ApiError",
    })
}

#[cfg(test)]
mod tests;
