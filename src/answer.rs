//! What came back: data, a place, nothing, or a failure.

use crate::issue::{Issue, write_issues};
use crate::json::{self, Value, append_escaped, append_text};
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
    /// Its media type, as the answer says; empty where it does not.
    pub media_type: &'a str,
    /// The body of an error, the fields of another answer that tell a failure, how a text begins that is
    /// not what it should be, or what there is in place of a list.
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
    /// How an answer begins that is not what it should be; it may hold anything.
    pub quote: Option<String>,
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
        if let Some(quote) = &self.quote {
            out.push_str(",\"quote\":");
            append_text(quote, out);
        }
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
    let is_text = matches!(answer.content, Content::Page | Content::Text);
    let page = if is_text { provider.about_page(answer.body) } else { None };
    if let Some(page) = page {
        return unusable(page.to_owned(), None);
    }
    let failed = || provider.failed(rules, operation.name, body);
    let class = match class_of(answer.status) {
        None => failed(),
        // A status that says little may come with a body that says more.
        Some("ApiError") => failed().or(Some("ApiError")),
        class => class,
    };
    if let Some(class) = class {
        let text = if answer.content == Content::Text { answer.body } else { "" };
        return Verdict::Failure(refused(rules, class, body, text));
    }
    let documented = operation.answer(answer.status);
    let fault = match (answer.content, documented) {
        _ if answer.status >= 300 && documented.is_none() => {
            "the answer is a redirect, which is not followed: credentials would go along".to_owned()
        }
        (Content::Page, _) => return not_json(answer),
        (_, Some("")) => return Verdict::Nothing,
        (Content::Empty, None) if !answer.has_location => return Verdict::Nothing,
        (_, Some("l" | "o")) | (Content::Empty, None) if answer.has_location => {
            return Verdict::Place;
        }
        // Accepted, and the provider does not promise to say what came of it.
        (_, Some("o")) => return Verdict::Nothing,
        (_, Some("l")) => {
            "the answer has no Location to tell what came of it. It was accepted: do not send \
            it again without looking"
                .to_owned()
        }
        (Content::BrokenJson, _) | (Content::Text, Some("j")) => return not_json(answer),
        (Content::NoList, _) => ["expected a list, got ", answer.body].concat(),
        (Content::Json, Some(kind)) if kind != "j" => "expected a file, got JSON".to_owned(),
        (Content::Empty, _) => "expected data, got an empty body".to_owned(),
        (Content::Json | Content::Text | Content::File, _) => return Verdict::Body,
    };
    unusable(fault, None)
}

/// An answer that is not what the provider promises.
fn unusable(told: String, quote: Option<String>) -> Verdict {
    let (kind, code, issues) = ("ResponseError", None, Vec::new());
    Verdict::Failure(Failure { kind, code, told, quote, issues })
}

/// Of a text in place of JSON so many characters are shown.
const SHOWN: usize = 80;

/// What to say of a text that should be JSON: how it begins tells a log-in page from one cut off.
fn not_json(answer: &Answer) -> Verdict {
    let media_type = if answer.media_type.is_empty() { "none" } else { answer.media_type };
    let fault = ["the answer is not JSON (content-type ", &beginning(media_type), ")"].concat();
    unusable(fault, Some(beginning(answer.body)))
}

/// How a text begins, as JSON writes it, with white space folded.
fn beginning(text: &str) -> String {
    let mut shown = String::new();
    for word in text.split_ascii_whitespace() {
        shown.push_str(if shown.is_empty() { "" } else { " " });
        shown.push_str(word);
    }
    let end = shown.char_indices().nth(SHOWN).map(|(at, _)| at);
    let mut out = String::new();
    append_escaped(shown.get(..end.unwrap_or(shown.len())).unwrap_or(""), &mut out);
    out.push_str(if end.is_some() { "…" } else { "" });
    out
}

/// `text` is what there is in place of JSON.
fn refused(rules: &Rules, class: &'static str, body: &Value, text: &str) -> Failure {
    let issues = rules.issues(body);
    let code = rules.told("code", body).or_else(|| rules.number("numberCode", body));
    let code = code.or(issues.iter().find_map(|issue| issue.code.as_deref()));
    // Some codes are only words for what the spec says in a sentence.
    let meaning = || rules.0.at("/envelope/failures")?.get(code?)?.text();
    let mut told = rules
        .told("message", body)
        .or_else(meaning)
        .or(issues.first().map(|issue| issue.message.as_str()))
        .unwrap_or("")
        .to_owned();
    if told.is_empty() {
        append_escaped(text.trim(), &mut told);
    }
    Failure { kind: class, code: code.map(str::to_owned), told, quote: None, issues }
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
