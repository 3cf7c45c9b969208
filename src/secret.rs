//! Values that must not be seen.

use std::rc::Rc;

use zeroize::Zeroizing;

/// A credential, token or password. It has no `Debug` and no `Display`, so it cannot be printed by
/// mistake, and its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Rc<Zeroizing<String>>);

impl Secret {
    /// Takes a text into keeping.
    pub fn new(text: String) -> Secret {
        Secret(Rc::new(Zeroizing::new(text)))
    }

    /// The text, for signing, sending and redacting only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A caller's credentials, by the names that the client's options have.
#[derive(Clone)]
pub struct Credentials(pub Vec<(String, Secret)>);

impl Credentials {
    /// One of them.
    pub fn find(&self, name: &str) -> Option<&Secret> {
        self.0.iter().find_map(|(known, secret)| (known == name).then_some(secret))
    }
}
