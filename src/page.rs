//! Turning pages: the params of the next page from those of this one.

use crate::prelude::*;

use crate::json::{self, Value};
use crate::operation::Style;

impl Style {
    /// The parameters that say where a page starts and how long it is.
    fn parameters(self) -> (&'static str, &'static str) {
        match self {
            Style::SkipTake => ("skip", "take"),
            Style::LimitOffset => ("offset", "limit"),
            Style::LimitPage => ("page", "limit"),
        }
    }
}

/// The params of the next page as JSON; nothing where this one is the last. `count` items came,
/// `total` is what the provider says there are in all.
pub fn next(style: Style, params: &str, count: u32, total: Option<f64>) -> Option<String> {
    // An empty page ends the walk whatever the total claims, or it would never end.
    if count == 0 {
        return None;
    }
    let Ok(Value::Map(mut entries)) = json::parse(params) else {
        return None;
    };
    let (place, size) = style.parameters();
    let number = |name: &str| {
        let value = entries
            .iter()
            .find(|(known, _)| known == name)?
            .1
            .plain()?
            .parse::<u32>()
            .ok()?;
        Some(value)
    };
    let asked = number(size);
    let first = u32::from(style == Style::LimitPage);
    let here = number(place).unwrap_or(first);
    let seen = match style {
        Style::SkipTake | Style::LimitOffset => here.checked_add(count)?,
        Style::LimitPage => here
            .saturating_sub(1)
            .saturating_mul(asked.unwrap_or(count))
            .saturating_add(count),
    };
    let more = match (total, asked) {
        (Some(total), _) => f64::from(seen) < total,
        (None, Some(asked)) => count >= asked,
        (None, None) => true,
    };
    if !more {
        return None;
    }
    let next = match style {
        Style::SkipTake | Style::LimitOffset => seen,
        Style::LimitPage => here.checked_add(1)?,
    };
    entries.retain(|(name, _)| name != place);
    entries.push((place.to_owned(), Value::Number(json::decimal(next.into()))));
    Some(json::write(&Value::Map(entries)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::string::ToString;

    fn turn(style: Style, params: &str, count: u32, total: Option<f64>) -> Option<String> {
        next(style, params, count, total)
    }

    #[test]
    fn pages_follow_each_other() {
        use Style::{LimitOffset, LimitPage, SkipTake};
        for (style, params, count, total, expected) in [
            (
                SkipTake,
                r#"{"take":100,"a":"b"}"#,
                100,
                Some(350.0),
                Some(r#"{"take":100,"a":"b","skip":100}"#),
            ),
            (
                SkipTake,
                r#"{"take":100,"skip":"300"}"#,
                50,
                Some(350.0),
                None,
            ),
            (SkipTake, "{}", 25, None, Some(r#"{"skip":25}"#)),
            (SkipTake, r#"{"take":25}"#, 24, None, None),
            (SkipTake, "{}", 0, Some(350.0), None),
            // Fewer than asked for, yet the provider says that there are more.
            (
                SkipTake,
                r#"{"take":100}"#,
                50,
                Some(350.0),
                Some(r#"{"take":100,"skip":50}"#),
            ),
            (
                LimitOffset,
                r#"{"limit":2,"offset":4}"#,
                2,
                None,
                Some(r#"{"limit":2,"offset":6}"#),
            ),
            (
                LimitPage,
                r#"{"limit":2}"#,
                2,
                None,
                Some(r#"{"limit":2,"page":2}"#),
            ),
            (LimitPage, r#"{"limit":2,"page":3}"#, 1, None, None),
            (LimitPage, r#"{"limit":2,"page":2}"#, 2, Some(4.0), None),
            (SkipTake, r#"{"skip":4294967295}"#, 2, None, None),
        ] {
            assert_eq!(
                turn(style, params, count, total).as_deref(),
                expected,
                "{params}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_walk_ends(size in 1u32..50, items in 0u32..400, total in prop::option::of(any::<f64>())) {
            for style in [Style::SkipTake, Style::LimitOffset] {
                let mut params = ["{\"take\":", &size.to_string(), ",\"limit\":", &size.to_string(), "}"].concat();
                let mut seen = 0;
                for _ in 0..=items {
                    let count = size.min(items - seen);
                    seen += count;
                    match turn(style, &params, count, total) {
                        Some(next) => params = next,
                        None => break,
                    }
                }
                prop_assert_eq!(turn(style, &params, 0, total), None);
            }
        }
    }
}
