//! Pages of a list.

use std::rc::Rc;

use crate::answer::{CallResult, Outcome};
use crate::json::{self, Encoded, Value};
use crate::operation::{Paging, PagingStyle};
use crate::platform::{Answer, Data};

/// A page.
pub struct Page<D> {
    /// Its items, an array.
    pub items: D,
    /// How many items there are in all, where the provider tells.
    pub total: Option<u64>,
    /// The params of the next page, as JSON; nothing where this one is the last.
    pub next: Option<String>,
}

/// Makes a page of an answer.
pub fn of<A: Answer>(params: &str, paging: &Paging, outcome: Outcome<A>) -> Outcome<A> {
    let body = outcome.body.as_ref();
    let Some(items) = body.and_then(|body| body.at(paging.items)) else {
        return outcome;
    };
    let total = match (paging.total, &outcome.told) {
        (None, _) => None,
        (Some(pointer), _) if pointer.starts_with('/') => {
            body.and_then(|body| body.plain_at(pointer))
        }
        (Some(_), Some(told)) => told.total.clone(),
        (Some(header), None) => outcome.answer.header(header),
    };
    let total = total.and_then(|text| text.parse().ok());
    let count = items.length().unwrap_or(0) as u64;
    let next = next_params(params, paging.style, count, total);
    Outcome { result: CallResult::Page(Rc::new(Page { items, total, next })), ..outcome }
}

/// The params of the page after one on which `count` items came; nothing where that was the last.
fn next_params(params: &str, style: PagingStyle, count: u64, total: Option<u64>) -> Option<String> {
    let (place, size, first) = match style {
        PagingStyle::SkipTake => ("skip", "take", 0),
        PagingStyle::LimitOffset => ("offset", "limit", 0),
        PagingStyle::LimitPage => ("page", "limit", 1),
    };
    let Some(Value::Map(mut entries)) = json::parse(params) else {
        return None;
    };
    let number = |name: &str| {
        let value = entries.iter().find_map(|(known, value)| (known.0 == name).then_some(value))?;
        value.plain()?.0.parse::<u64>().ok()
    };
    let here = number(place).unwrap_or(first);
    let seen = match first {
        0 => here.saturating_add(count),
        _ => here
            .saturating_sub(1)
            .saturating_mul(number(size).unwrap_or(count))
            .saturating_add(count),
    };
    // An empty page ends the walk whatever the total claims, or it would never end. Without a total, a
    // page that is not full is no sign: the provider may give fewer than are asked for.
    if count == 0 || total.is_some_and(|total| seen >= total) {
        return None;
    }
    let next = json::decimal(if first == 0 { seen } else { here.saturating_add(1) });
    let value = Value::Number(&next);
    match entries.iter_mut().find(|(known, _)| known.0 == place) {
        Some(entry) => entry.1 = value,
        None => entries.push((Encoded(place), value)),
    }
    Some(json::write(&Value::Map(entries)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_next_page_begins_after_what_was_seen() {
        for (style, place, size) in
            [(PagingStyle::SkipTake, "skip", "take"), (PagingStyle::LimitOffset, "offset", "limit")]
        {
            let write = |text: &str| text.replace("PLACE", place).replace("SIZE", size);
            let next =
                |params: &str, count, total| next_params(&write(params), style, count, total);
            let is = |params: &str| Some(write(params));
            assert_eq!(next(r#"{"filter":"x"}"#, 25, None), is(r#"{"filter":"x","PLACE":25}"#));
            assert_eq!(next(r#"{"SIZE":10}"#, 10, None), is(r#"{"SIZE":10,"PLACE":10}"#));
            assert_eq!(
                next(r#"{"PLACE":"5","SIZE":10}"#, 10, Some(16)),
                is(r#"{"PLACE":15,"SIZE":10}"#)
            );
            assert_eq!(next(r#"{"PLACE":5,"SIZE":10}"#, 10, Some(15)), None);
            assert_eq!(next(r#"{"SIZE":10}"#, 0, Some(100)), None);
            assert_eq!(next(r#"{"SIZE":10}"#, 3, None), is(r#"{"SIZE":10,"PLACE":3}"#));
        }
    }

    #[test]
    fn pages_are_counted_from_one() {
        let next =
            |params: &str, count, total| next_params(params, PagingStyle::LimitPage, count, total);
        assert_eq!(next("{}", 10, None), Some(r#"{"page":2}"#.to_owned()));
        assert_eq!(
            next(r#"{"page":2,"limit":10}"#, 10, Some(21)),
            Some(r#"{"page":3,"limit":10}"#.to_owned())
        );
        assert_eq!(next(r#"{"page":3,"limit":10}"#, 1, Some(21)), None);
        assert_eq!(next(r#"{"page":3}"#, 0, None), None);
    }

    #[test]
    fn an_empty_page_is_not_followed_whatever_the_total_claims() {
        for style in STYLES {
            assert_eq!(next_params("{}", style, 0, Some(1000)), None);
            assert_eq!(next_params(r#"{"limit":0,"take":0}"#, style, 0, None), None);
        }
    }

    #[test]
    fn the_number_of_the_page_and_the_total_tell_the_last() {
        let next =
            |params: &str, count, total| next_params(params, PagingStyle::LimitPage, count, total);
        let third = r#"{"limit":10,"page":3}"#;
        assert_eq!(next(third, 10, Some(30)), None);
        assert_eq!(next(third, 10, Some(31)).as_deref(), Some(r#"{"limit":10,"page":4}"#));
        let texts = r#"{"limit":"10","page":"3"}"#;
        assert_eq!(next(texts, 10, None).as_deref(), Some(r#"{"limit":"10","page":4}"#));
    }

    const STYLES: [PagingStyle; 3] =
        [PagingStyle::SkipTake, PagingStyle::LimitOffset, PagingStyle::LimitPage];

    fn any_style() -> impl Strategy<Value = PagingStyle> {
        prop::sample::select(&STYLES[..])
    }

    /// A list of so many items, of which a page has at most `most`.
    struct List {
        count: u64,
        asked: Option<u64>,
        most: u64,
        total: Option<u64>,
    }

    /// Walks it to its end.
    fn walk(style: PagingStyle, list: &List) -> Vec<u64> {
        let (place, size, first) = match style {
            PagingStyle::SkipTake => ("skip", "take", 0),
            PagingStyle::LimitOffset => ("offset", "limit", 0),
            PagingStyle::LimitPage => ("page", "limit", 1),
        };
        let mut params = Some(match list.asked {
            Some(asked) => format!(r#"{{"{size}":{asked}}}"#),
            None => "{}".to_owned(),
        });
        let (mut seen, mut pages) = (Vec::new(), 0);
        while let Some(text) = params {
            assert!(pages <= list.count + 1, "the walk has no end");
            pages += 1;
            let length = list.asked.unwrap_or(list.most).min(list.most);
            let here = json::parse(&text)
                .unwrap()
                .get(place)
                .map_or(first, |at| at.size().unwrap() as u64);
            let from = if first == 1 { (here - 1) * length } else { here };
            let items: Vec<u64> = (from..(from + length).min(list.count)).collect();
            params = next_params(&text, style, items.len() as u64, list.total);
            seen.extend(items);
        }
        seen
    }

    proptest! {
        #[test]
        fn every_item_is_seen_once_with_a_total_or_without(
            style in any_style(),
            asked in prop::option::of(1u64..=50),
            count in 0u64..300,
            most in 1u64..=50,
            tells: bool,
        ) {
            let most = most.max(asked.unwrap_or(1));
            let list = List { count, asked, most, total: tells.then_some(count) };
            prop_assert_eq!(walk(style, &list), (0..count).collect::<Vec<_>>());
        }

        #[test]
        fn the_walk_ends_though_the_total_is_a_lie(
            style in any_style(),
            asked in prop::option::of(1u64..=50),
            count in 0u64..300,
            total: u64,
        ) {
            walk(style, &List { count, asked, most: 50, total: Some(total) });
        }

        #[test]
        fn no_params_make_it_panic(params in any::<String>(), style in any_style(), count: u64, total: Option<u64>) {
            let _ = next_params(&params, style, count, total);
            let _ = next_params(&format!(r#"{{"skip":{count},"take":{count},"page":{count},"limit":{count}}}"#), style, count, total);
        }
    }
}
