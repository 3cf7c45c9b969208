//! The known name that a mistaken one most likely means.

use crate::prelude::*;

/// Names longer than this are nobody's typing mistake.
const LONGEST: usize = 64;

/// The nearest of the known names, if it is near enough to be meant.
pub fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if given.len() > LONGEST {
        return None;
    }
    let given = plain(given);
    let allowed = (given.len() / 3).clamp(1, 4);
    let apart = |name: &str| {
        let name = plain(name);
        // A name cut short: `domain` for `domain_name`.
        if given.len() >= 3 && name.starts_with(&given) {
            1
        } else {
            distance(&given, &name)
        }
    };
    known
        .map(|name| (apart(name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Case and word separators are what is most often mistaken: `domainName` for `domain_name`.
fn plain(name: &str) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    for byte in name
        .bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' '))
    {
        plain.push(byte.to_ascii_lowercase());
    }
    plain
}

/// How many bytes to insert, delete or replace (Levenshtein).
fn distance(from: &[u8], to: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (count, from) in from.iter().enumerate() {
        let mut diagonal = count;
        let mut left = count + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(to) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = count + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_find_their_name() {
        let known = ["domain_name", "content", "ttl", "record_name"];
        for (given, meant) in [
            ("domainName", Some("domain_name")),
            ("Domain-Name", Some("domain_name")),
            ("contnet", Some("content")),
            ("tll", Some("ttl")),
            ("recordname", Some("record_name")),
            ("domain", Some("domain_name")),
            ("priority", None),
            ("", None),
            ("__proto__", None),
        ] {
            assert_eq!(nearest(given, known.into_iter()), meant, "{given}");
        }
        assert_eq!(nearest(&"x".repeat(1_000_000), known.into_iter()), None);
    }

    #[test]
    fn distance_counts_edits() {
        let count = |a: &str, b: &str| distance(&plain(a), &plain(b));
        assert_eq!(count("kitten", "sitting"), 3);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("abc", ""), 3);
        assert_eq!(count("abc", "abc"), 0);
    }
}
