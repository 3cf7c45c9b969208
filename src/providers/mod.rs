//! What is each provider's own: how it authenticates and how it says no. Facts that need no code, such
//! as where an error's text is, come with the rules that the generator makes of the spec.

mod artnet;
mod ccloud;
mod combahton;
mod combell;
mod hostkey;
mod rules;

use crate::json::{Value, Written};
use crate::request::Request;
use crate::secret::Secret;
use crate::sign::{Message, Moment};
pub use rules::Rules;

/// One of two ways to authenticate a request.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Way {
    /// The one that is tried first where nothing is known.
    First,
    /// The other one.
    Second,
}

/// A provider, as its API is spoken.
pub trait Provider {
    /// Adds to a request what proves who is calling, beside the fields that the rules name. Where
    /// there are two ways to do so, either of which may be the one that is right, says which it took:
    /// the way that is asked for, or else the one that is preferred.
    fn authenticate(
        &self,
        _request: &mut Request,
        _moment: Moment,
        _token: Option<&Secret>,
        _way: Option<Way>,
    ) -> Option<Way> {
        None
    }

    /// The value of the header that a request needs which somebody else sends; empty where it needs none.
    fn sign(&self, _message: &Message, _way: Way) -> String {
        String::new()
    }

    /// A way worked where the other was refused: it comes first from now on.
    fn prefer(&self, _way: Way) {}

    /// The class of the error that an answer with a success status tells of, where it does.
    fn failed(&self, _rules: &Rules, _operation: &str, _body: &Value) -> Option<&'static str> {
        None
    }

    /// What a web page in place of an answer means, where the provider is known to send one.
    fn about_page(&self, _page: &str) -> Option<&'static str> {
        None
    }
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

/// A caller's credentials, by the names that the client's options have.
pub struct Credentials(Vec<(String, Secret)>);

impl Credentials {
    /// Takes them from an object of JSON.
    pub fn read(value: &Value) -> Credentials {
        let mut all = Vec::new();
        for (name, value) in value.entries() {
            all.push((name.0.to_owned(), Secret::new(value.plain().unwrap_or(Written("")).0)));
        }
        Credentials(all)
    }

    /// One of them.
    pub fn find(&self, name: &str) -> Option<&Secret> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, secret)| secret)
    }
}

#[cfg(test)]
mod tests;
