//! Values that must not be seen.

use zeroize::Zeroizing;

use crate::json::Written;

/// A credential or password. It has no `Debug` and no `Display`, so it cannot be printed by
/// mistake, and its memory is wiped when it is dropped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into keeping, as JSON writes it.
    pub fn new(written: &str) -> Secret {
        Secret(Zeroizing::new(written.to_owned()))
    }

    /// The text as JSON writes it, for signing and sending only.
    pub fn expose(&self) -> Written<'_> {
        Written(&self.0)
    }
}
