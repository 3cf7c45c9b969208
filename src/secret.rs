//! Values that must not be seen.

use crate::prelude::*;

use zeroize::Zeroizing;

/// A credential or password. It has no `Debug` and no `Display`, so it cannot be printed by
/// mistake, and its memory is wiped when it is dropped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into keeping.
    pub fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// The text, for signing and sending only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
