//! What is each provider's own: how it authenticates and how it says no. Facts that need no code are in
//! its `ProviderRules`.

mod artnet;
mod ccloud;
mod combahton;
mod combell;
mod hostkey;

use crate::failure::ErrorKind;
use crate::platform::{Data, Scalar};
use crate::request::Request;
use crate::rules::ProviderRules;
use crate::secret::{Credentials, Secret};
use crate::sign::SignatureVariant;

/// A provider, as its API is spoken with somebody's credentials.
pub trait Provider {
    /// Adds to a request what proves who is calling, beside the credentials in its body. Where there are
    /// two ways to do so, and they differ for this request, says which it took: the one that is asked
    /// for, or else the one that is preferred.
    fn authenticate(&self, _request: &mut Request, _proof: Proof<'_>) -> Option<SignatureVariant> {
        None
    }

    /// A variant worked where the other was refused: it comes first from now on.
    fn prefer(&self, _variant: SignatureVariant) {}

    /// The kind of error that an answer with a success status tells of, where it does.
    fn failed(
        &self,
        _rules: &ProviderRules,
        _operation: &str,
        _body: &dyn Fields,
    ) -> Option<ErrorKind> {
        None
    }

    /// What a web page in place of an answer means, where the provider is known to send one.
    fn about_page(&self, _page: &str) -> Option<&'static str> {
        None
    }
}

/// What goes into the proof of who is calling.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// Random text, new for each request.
    pub nonce: &'a str,
    /// Unix time in whole seconds.
    pub timestamp: i64,
    /// The token.
    pub token: Option<&'a Secret>,
    /// The variant of the signature that is asked for.
    pub variant: Option<SignatureVariant>,
}

/// Fields of an answer's body, whoever has read it.
pub trait Fields {
    /// The value at a JSON pointer.
    fn value_at(&self, pointer: &str) -> Option<Scalar>;
}

impl<D: Data> Fields for D {
    fn value_at(&self, pointer: &str) -> Option<Scalar> {
        Some(self.at(pointer)?.scalar())
    }
}

/// What the provider says: by the first of the pointers that leads to a text that is not empty.
pub fn told(pointers: &[&str], body: &dyn Fields) -> Option<String> {
    let texts = pointers.iter().filter_map(|pointer| body.value_at(pointer)?.plain());
    texts.into_iter().find(|text| !text.is_empty())
}

/// Makes a provider from its name and credentials.
pub fn provider(name: &str, credentials: &Credentials) -> Option<Box<dyn Provider>> {
    Some(match name {
        "artnet" => Box::new(artnet::Artnet),
        "ccloud" => Box::new(ccloud::Ccloud),
        "combahton" => Box::new(combahton::Combahton),
        "combell" => Box::new(combell::Combell::new(credentials)?),
        "hostkey" => Box::new(hostkey::Hostkey),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
