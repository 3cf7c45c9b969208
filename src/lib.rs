//! hostwire's core: one pipeline that runs any operation of any provider from its descriptor.
//!
//! It does no I/O: JavaScript sends what [`Client::request`] writes and asks [`Client::judge`] what
//! to make of the answer. Everything but the `boundary` has no JavaScript in it.

mod answer;
mod boundary;
mod encode;
mod input;
mod issue;
mod json;
mod operation;
mod providers;
mod request;
mod retry;
mod schema;
mod secret;
mod sign;
mod text;

pub use boundary::{Client, Descriptor, Table};
