//! Where something is: the `Location` header.

use crate::encode::url::decode;

/// Where what was created, or what has taken its place, is found.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The header.
    pub location: String,
    /// The last part of its path as params take it, not percent-encoded.
    pub id: String,
    /// The name that params have for it.
    pub name: String,
}

impl Location {
    /// Reads the header; `name` is what the operation that takes the id calls it.
    pub fn read(location: String, name: &str) -> Location {
        let path = location.split(['?', '#']).next().unwrap_or("");
        let last = path.split('/').rfind(|part| !part.is_empty()).unwrap_or("");
        let id = decode(last).unwrap_or_else(|| last.to_owned());
        Location { id, name: name.to_owned(), location }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_names_the_resource() {
        let id = |location: &str| Location::read(location.to_owned(), "id").id;
        assert_eq!(id("/v2/provisioningjobs/1234?x=1#y"), "1234");
        assert_eq!(id("https://api.example.com/v2/accounts/12/"), "12");
        assert_eq!(id("/a/caf%C3%A9"), "café");
        assert_eq!(id("/a/100%"), "100%");
        assert_eq!(id(""), "");
    }
}
