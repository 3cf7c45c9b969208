//! What came back: data, a location, nothing, a file, or a failure.

pub mod content;
pub mod file;
pub mod judge;
pub mod location;
pub mod message;
pub mod rate_limit;
pub mod redact;

pub use judge::{Judged, judge};

use std::rc::Rc;

use crate::platform::Answer;

/// What a call gives.
pub struct Outcome<A: Answer> {
    /// The answer that it was made of.
    pub answer: A,
    /// HTTP status of the provider's answer.
    pub status: u16,
    /// How often the request was sent.
    pub attempts: u32,
    /// The body where it is JSON, also where the result is made of something else.
    pub body: Option<A::Data>,
    /// The result.
    pub result: CallResult<A::Data>,
    /// What a proxy tells of the provider's answer.
    pub told: Option<crate::call::proxied::Meta>,
}

/// The result of a call.
#[derive(Clone)]
pub enum CallResult<D> {
    /// Data.
    Data(D),
    /// None.
    Nothing,
    /// Where something is.
    Location(location::Location),
    /// A file.
    File(file::File),
    /// A page of a list.
    Page(Rc<crate::call::page::Page<D>>),
}

#[cfg(test)]
mod tests;
