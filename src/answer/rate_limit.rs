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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::simulated::{Reply, SimulatedAnswer, World};
    use proptest::prelude::*;

    const NAMES: RateLimitHeaders = RateLimitHeaders {
        limit: Some("x-limit"),
        usage: None,
        remaining: Some("x-remaining"),
        reset: Some("x-reset"),
    };

    fn answer(headers: &[(&str, &str)]) -> SimulatedAnswer {
        let with = |reply: Reply, (name, value): &(&str, &str)| reply.with(name, value);
        headers.iter().fold(Reply::status(429), with).answer().unwrap()
    }

    fn asked(headers: &[(&str, &str)]) -> Option<f64> {
        asked_wait(&World::new(), &answer(headers), &NAMES)
    }

    #[test]
    fn retry_after_has_seconds_or_a_date() {
        for (text, expected) in [
            ("7", Some(7000.0)),
            ("0", Some(0.0)),
            ("1.5", Some(1500.0)),
            ("1.23456", Some(1234.0)),
            (" 3 ", Some(3000.0)),
            ("Thu, 01 Jan 2026 00:00:09 GMT", Some(9000.0)),
            ("Wed, 31 Dec 2025 00:00:00 GMT", Some(0.0)),
            ("soon", None),
            ("", None),
            ("-1", None),
            ("1e3", None),
            ("1.", None),
            (".5", None),
        ] {
            assert_eq!(asked(&[("retry-after", text)]), expected, "{text}");
        }
    }

    #[test]
    fn it_comes_before_what_the_window_tells() {
        let window = [("x-reset", "9"), ("x-remaining", "0")];
        assert_eq!(asked(&[("retry-after", "3"), window[0], window[1]]), Some(3000.0));
        assert_eq!(asked(&[("retry-after", "soon"), window[0], window[1]]), Some(9000.0));
    }

    #[test]
    fn the_windows_end_counts_only_where_nothing_is_left_of_it() {
        assert_eq!(asked(&[("x-reset", "9"), ("x-remaining", "0")]), Some(9000.0));
        assert_eq!(asked(&[("x-reset", "9"), ("x-remaining", "5")]), None);
        assert_eq!(asked(&[("x-reset", "9")]), Some(9000.0));
        assert_eq!(asked(&[]), None);
        let unnamed = RateLimitHeaders::default();
        assert_eq!(asked_wait(&World::new(), &answer(&[("x-reset", "9")]), &unnamed), None);
    }

    #[test]
    fn what_is_used_up_is_told_where_it_is_told_as_numbers() {
        let answer = answer(&[("x-limit", "100"), ("x-remaining", "many"), ("x-reset", "9")]);
        let expected =
            RateLimit { limit: Some(100.0), reset_ms: Some(9000.0), ..RateLimit::default() };
        assert_eq!(read(&answer, &NAMES), expected);
        assert_eq!(read(&answer, &RateLimitHeaders::default()), RateLimit::default());
    }

    proptest! {
        #[test]
        fn a_wait_is_never_below_nothing(text in any::<String>()) {
            prop_assert!(asked(&[("retry-after", &text)]).is_none_or(|wait| wait >= 0.0));
        }
    }
}
