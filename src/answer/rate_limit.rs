//! What the headers of an answer say about how often one may call.

use std::time::UNIX_EPOCH;

use serde::Serialize;

use crate::platform::Answer;
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
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| milliseconds(&text))?
    };
    RateLimit {
        limit: number(names.limit).map(|ms| ms / 1000.0),
        usage: number(names.usage).map(|ms| ms / 1000.0),
        remaining: number(names.remaining).map(|ms| ms / 1000.0),
        reset_ms: names.reset.and_then(|name| milliseconds(&answer.header(name)?)),
    }
}

/// How many milliseconds the provider asks to wait: `Retry-After`, or the end of the rate limit's window.
pub fn asked_wait(answer: &impl Answer, names: &RateLimitHeaders, now: f64) -> Option<f64> {
    if let Some(asked) = answer.header("retry-after").and_then(|text| retry_after(&text, now)) {
        return Some(asked);
    }
    let remaining = names.remaining.and_then(|name| answer.header(name));
    let is_spent = remaining.is_none_or(|text| milliseconds(&text) == Some(0.0));
    is_spent.then(|| milliseconds(&answer.header(names.reset?)?))?
}

/// What `Retry-After` says, in milliseconds: it has seconds, or a date.
pub fn retry_after(text: &str, now: f64) -> Option<f64> {
    milliseconds(text).or_else(|| Some((date(text)? - now).max(0.0)))
}

/// An HTTP date in milliseconds since 1970.
pub fn date(text: &str) -> Option<f64> {
    let date = httpdate::parse_http_date(text.trim()).ok()?;
    Some(date.duration_since(UNIX_EPOCH).ok()?.as_millis() as f64)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let now = 1_780_000_000_000.0;
        assert_eq!(retry_after(" 2 ", now), Some(2_000.0));
        assert_eq!(retry_after("1.5", now), Some(1_500.0));
        assert_eq!(retry_after("Thu, 28 May 2026 20:26:50 GMT", now), Some(10_000.0));
        assert_eq!(retry_after("Thu, 28 May 2020 20:26:50 GMT", now), Some(0.0));
        for nothing in ["", "soon", "-1", "1.", ".5", "1e3", "NaN"] {
            assert_eq!(retry_after(nothing, now), None, "{nothing}");
        }
    }
}
