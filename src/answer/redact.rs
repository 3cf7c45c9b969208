//! stub
use std::borrow::Cow;
pub const REDACTED: &str = "***";
pub fn redact<'t>(text: &'t str, secrets: &[&str]) -> Cow<'t, str> {
    let _ = secrets;
    Cow::Borrowed(text)
}
