//! What the headers of an answer say about how often one may call.

use serde::Serialize;

use crate::json::{is_integer, size};
use crate::platform::{Answer, Platform};
use crate::rules::RateLimitHeaders;

/// How much of the rate limit is used up.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct RateLimit {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<f64>,
    /// Milliseconds until the window ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_ms: Option<f64>,
}

/// Reads the headers.
pub fn read(answer: &impl Answer, names: &RateLimitHeaders) -> RateLimit {
    let number = |name: Option<&str>| {
        let text = answer.header(name?)?;
        is_integer(&text).then(|| size(&text))
    };
    RateLimit {
        limit: number(names.limit),
        usage: number(names.usage),
        remaining: number(names.remaining),
        reset_ms: names.reset.and_then(|name| milliseconds(&answer.header(name)?)),
    }
}

/// How many milliseconds the provider asks to wait: `Retry-After`, or the end of the rate limit's window.
pub fn asked_wait<P: Platform>(
    platform: &P,
    answer: &P::Answer,
    names: &RateLimitHeaders,
) -> Option<f64> {
    let asked = answer.header("retry-after");
    if let Some(asked) = asked.and_then(|text| retry_after(platform, &text)) {
        return Some(asked);
    }
    let remaining = names.remaining.and_then(|name| answer.header(name));
    let is_spent = remaining.is_none_or(|text| milliseconds(&text) == Some(0.0));
    is_spent.then(|| milliseconds(&answer.header(names.reset?)?))?
}

/// What `Retry-After` says, in milliseconds: it has seconds, or a date.
fn retry_after(platform: &impl Platform, text: &str) -> Option<f64> {
    milliseconds(text).or_else(|| Some((platform.parse_date(text)? - platform.now()).max(0.0)))
}

/// Seconds as decimal text, in milliseconds. By hand: reading floats costs ten kilobytes.
fn milliseconds(text: &str) -> Option<f64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let add = |sum: f64, digit: u8| sum * 10.0 + f64::from(digit - b'0');
    let thousandths = fraction.bytes().chain(*b"000").take(3).fold(0.0, add);
    Some(whole.bytes().fold(0.0, add) * 1000.0 + thousandths)
}
