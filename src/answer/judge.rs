//! What an answer means.

use crate::answer::content::Content;
use crate::answer::file::{self, File};
use crate::answer::location::Location;
use crate::answer::message::ProviderMessage;
use crate::answer::{CallResult, content};
use crate::failure::ErrorKind;
use crate::operation::{Answered, Operation};
use crate::platform::{Answer, Data, Platform};
use crate::providers::Provider;
use crate::rules::ProviderRules;

/// What an answer means.
pub enum Judged<D> {
    /// A success: its result, and the body where it is JSON.
    Success(CallResult<D>, Option<D>),
    /// The provider said no.
    Refused(ErrorKind, ProviderMessage),
    /// It is not what the provider promises: what there is in place of that.
    Unusable(String),
}

/// Judges an answer.
pub fn judge<P: Platform>(
    platform: &P,
    rules: &ProviderRules,
    provider: &dyn Provider,
    operation: &Operation,
    answer: &P::Answer,
) -> Judged<<P::Answer as Answer>::Data> {
    let status = answer.status();
    let content = content::read(platform, rules, answer);
    let page = match &content {
        Content::Page => provider.about_page(&answer.text()),
        _ => None,
    };
    if let Some(kind) = refusal(rules, provider, operation, status, &content) {
        let said = match &content {
            Content::Json(data) => ProviderMessage::read(rules, data),
            _ => ProviderMessage::default(),
        };
        let words = page.map_or(said.words, str::to_owned);
        return Judged::Refused(kind, ProviderMessage { words, ..said });
    }
    let documented = operation.answer(status);
    let location = || {
        let name =
            operation.job.as_ref().filter(|_| status < 300).and_then(|job| rules.job(job.kind));
        let name = name.map_or("id", |job| job.id);
        answer.header("location").map(|location| Location::read(location, name))
    };
    let nothing = || Judged::Success(CallResult::Nothing, None);
    let fault = match (content, documented) {
        (_, None) if status >= 300 => {
            "a redirect, which is not followed: credentials would go along".to_owned()
        }
        (Content::Page, _) => page.unwrap_or("a web page in place of data").to_owned(),
        (_, Some(Answered::Nothing)) => return nothing(),
        (content, documented @ Some(Answered::Location))
        | (content @ Content::Empty, documented @ None) => match (location(), documented) {
            (Some(location), _) => {
                let body = match content {
                    Content::Json(data) => Some(data),
                    _ => None,
                };
                return Judged::Success(CallResult::Location(location), body);
            }
            (None, None) => return nothing(),
            (None, Some(_)) => "no Location to tell what came of it. It was accepted: do not \
                    send it again without looking"
                .to_owned(),
        },
        (Content::BrokenJson, _) => "JSON that is broken or cut off".to_owned(),
        (Content::Json(data), documented) => return judge_json(rules, operation, documented, data),
        (Content::Text, Some(Answered::Json)) => "text in place of JSON".to_owned(),
        (Content::Empty, _) => "an empty body in place of data".to_owned(),
        (Content::Text | Content::File, _) => {
            return Judged::Success(CallResult::File(file_of(answer)), None);
        }
    };
    Judged::Unusable(fault)
}

fn refusal<D: Data>(
    rules: &ProviderRules,
    provider: &dyn Provider,
    operation: &Operation,
    status: u16,
    content: &Content<D>,
) -> Option<ErrorKind> {
    let failed = || match content {
        Content::Json(data) => provider.failed(rules, operation.name, data),
        _ => None,
    };
    match ErrorKind::of_status(status) {
        None => failed(),
        // A status that says little may come with a body that says more.
        Some(ErrorKind::ApiError) => failed().or(Some(ErrorKind::ApiError)),
        kind => kind,
    }
}

fn judge_json<D: Data>(
    rules: &ProviderRules,
    operation: &Operation,
    documented: Option<Answered>,
    data: D,
) -> Judged<D> {
    if let Some(paging) = &operation.paging
        && data.at(paging.items).and_then(|items| items.length()).is_none()
    {
        let found = data.at(paging.items).map_or("nothing", |items| items.scalar().name());
        return Judged::Unusable(["a list expected, but ", found, " there"].concat());
    }
    if documented == Some(Answered::File) {
        return match rules.files_in_json.then(|| file::find(&data)).flatten() {
            Some(file) => Judged::Success(CallResult::File(file), Some(data)),
            None => Judged::Unusable("JSON in place of a file".to_owned()),
        };
    }
    Judged::Success(CallResult::Data(data.clone()), Some(data))
}

/// The file that an answer is.
fn file_of(answer: &impl Answer) -> File {
    let content_type = answer.header("content-type");
    File {
        bytes: None,
        content_type: content_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
        filename: answer.header("content-disposition").and_then(|text| file::filename(&text)),
    }
}
