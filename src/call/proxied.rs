//! A call by way of a proxy: the params go out as JSON, and the answer comes back with what the proxy
//! tells of it (pkg-template/src/proxy/wire.ts).

use super::{Call, DataOf, Sent, headers_of, redact_all};
use crate::answer::file::{self, File};
use crate::answer::message::items;
use crate::answer::rate_limit::RateLimit;
use crate::answer::{CallResult, Outcome};
use crate::client::ProxyTarget;
use crate::failure::{Body, ErrorKind, Failure};
use crate::issue::Issue;
use crate::json;
use crate::operation::Method;
use crate::platform::{Answer, Data, Platform, Scalar};
use crate::request::Request;
use crate::secret::Secret;

/// Comes with every answer that a provider has part in: a [`Meta`] as JSON.
const META_HEADER: &str = "hostwire-response";
/// Goes with a request whose caller repeats it by itself: how often the proxy may, at most.
const RETRIES_HEADER: &str = "hostwire-retries";
/// Goes with a request that must not be carried out twice: text that no other request has.
const ID_HEADER: &str = "hostwire-request-id";
/// `type` of a problem is this and the name of an error's kind.
const PROBLEM_TYPE: &str = "urn:hostwire:";

/// What a proxy tells of the provider's answer.
#[derive(Clone, Default)]
pub struct Meta {
    /// The provider's HTTP status.
    pub status: Option<u16>,
    /// How often the proxy has sent the request.
    pub attempts: Option<u32>,
    /// How much of the rate limit is used up.
    pub rate_limit: Option<RateLimit>,
    /// How many items a list has, where the provider tells it in a header.
    pub total: Option<String>,
}

impl Meta {
    /// Reads the header; nothing where it is none of a proxy's.
    fn read(text: &str) -> Option<Meta> {
        let value = json::parse(text)?;
        if !matches!(value, json::Value::Map(_)) {
            return None;
        }
        let number = |pointer: &str| Some(json::size(value.at(pointer)?.plain()?.0));
        let rate_limit = value.get("rateLimit").map(|_| RateLimit {
            limit: number("/rateLimit/limit"),
            usage: number("/rateLimit/usage"),
            remaining: number("/rateLimit/remaining"),
            reset_ms: number("/rateLimit/resetMs"),
        });
        Some(Meta {
            status: number("/status").map(|status| status as u16),
            attempts: number("/attempts").map(|attempts| attempts as u32),
            rate_limit,
            total: number("/total").map(|total| json::decimal(total as u64)),
        })
    }
}

/// The request to the proxy, which does not repeat it: that is done here, for both.
pub fn request<P: Platform>(call: &Call<'_, P>, proxy: &ProxyTarget) -> Request {
    let path = [&proxy.url, "/", call.client.table.name, "/", call.operation.name].concat();
    Request {
        method: Method::Post,
        path_and_query: path,
        redacted: None,
        headers: vec![
            ("content-type", "application/json".to_owned()),
            (RETRIES_HEADER, "0".to_owned()),
            (ID_HEADER, call.nonce()),
        ],
        body: Some(call.params.to_owned()),
    }
}

/// The provider's answer as the proxy tells it.
pub(super) fn judge<P: Platform>(
    call: &Call<'_, P>,
    answer: &P::Answer,
    sent: &Sent,
    secrets: &dyn Fn() -> Vec<Secret>,
) -> Result<Outcome<P::Answer>, Box<Failure>> {
    let stranger = || call.unusable(answer, sent, "no hostwire proxy is at proxy.url".to_owned());
    let meta =
        answer.header(META_HEADER).and_then(|text| Meta::read(&text)).ok_or_else(stranger)?;
    let status = meta.status.unwrap_or(answer.status());
    // What the proxy had to send again by itself counts too.
    let attempts = (sent.attempt - 1).saturating_add(meta.attempts.unwrap_or(1));
    if answer.status() >= 400 {
        let problem = answer.data().and_then(|data| read_problem(&data)).ok_or_else(stranger)?;
        let secrets = secrets();
        let safe = |text: &str| redact_all(text, &secrets);
        let mut failure = problem.failure(call, &safe);
        failure.status = Some(status);
        failure.attempts = attempts;
        failure.headers = headers_of(answer, &safe);
        failure.retry_after_ms = failure.retry_after_ms.or_else(|| call.asked_wait(answer));
        return Err(failure);
    }
    let result = result_of(call, answer).ok_or_else(stranger)?;
    let body = answer.data();
    Ok(Outcome { answer: answer.clone(), status, attempts, body, result, told: Some(meta) })
}

fn result_of<P: Platform>(call: &Call<'_, P>, answer: &P::Answer) -> Option<CallResult<DataOf<P>>> {
    if let Some(paging) = &call.operation.paging {
        answer.data()?.at(paging.items)?.length()?;
    }
    let is_json = answer.header("content-type").is_some_and(|kind| kind.contains("json"));
    Some(match answer.data().filter(|_| is_json) {
        Some(data) => CallResult::Data(data),
        None if answer.is_empty() => CallResult::Nothing,
        None => CallResult::File(File {
            bytes: None,
            content_type: answer.header("content-type").unwrap_or_default(),
            filename: answer.header("content-disposition").and_then(|text| file::filename(&text)),
        }),
    })
}

/// A failure, as RFC 9457 has it.
struct Problem {
    kind: ErrorKind,
    message: String,
    code: Option<String>,
    issues: Vec<Issue>,
    body: Option<Body>,
    retry_after_ms: Option<f64>,
    timeout_ms: Option<f64>,
}

impl Problem {
    /// The failure that it tells of. A proxy may be anybody's: what it was sent stays out of it.
    fn failure<P: Platform>(
        self,
        call: &Call<'_, P>,
        safe: &dyn Fn(&str) -> String,
    ) -> Box<Failure> {
        let mut failure = call.failure(self.kind, safe(&self.message));
        failure.code = self.code.as_deref().map(safe);
        failure.issues = self.issues.iter().map(|issue| issue.redacted(safe)).collect();
        failure.body = self.body.map(|body| match body {
            Body::Json(text) => Body::Json(safe(&text)),
            Body::Text(text) => Body::Text(safe(&text)),
        });
        failure.retry_after_ms = self.retry_after_ms;
        failure.timeout_ms = self.timeout_ms;
        failure
    }
}

/// Nothing where it is no problem that a proxy would tell.
fn read_problem<D: Data>(data: &D) -> Option<Problem> {
    let text = |data: &D, name: &str| match data.field(name)?.scalar() {
        Scalar::Text(text) => Some(text),
        _ => None,
    };
    let number = |name: &str| Some(json::size(&data.field(name)?.scalar().plain()?));
    let kind = ErrorKind::from_name(text(data, "type")?.strip_prefix(PROBLEM_TYPE)?);
    let issues = match data.field("issues") {
        Some(issues) => {
            issues.length()?;
            let read = |issue: D| {
                let code = text(&issue, "code");
                Some(Issue { code, ..Issue::new(text(&issue, "path")?, text(&issue, "message")?) })
            };
            items(&issues).into_iter().map(read).collect::<Option<_>>()?
        }
        None => Vec::new(),
    };
    Some(Problem {
        kind: kind.unwrap_or(ErrorKind::ApiError),
        message: text(data, "detail")?,
        code: text(data, "code"),
        issues,
        body: data.field("body").map(|body| match body.scalar() {
            Scalar::Text(text) => Body::Text(text),
            _ => Body::Json(body.to_json()),
        }),
        retry_after_ms: number("retryAfterMs"),
        timeout_ms: number("timeoutMs"),
    })
}
