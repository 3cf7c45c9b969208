//! hostwire's core, in the order of a call: a [`call`] to an [`operation`] of a [`client`] checks its
//! [`input`], is written by [`encode`] into a [`request`], which the provider ([`providers`], [`sign`])
//! authenticates; a [`platform`] sends it; [`answer`] says what came back, and [`failure`] how it went
//! wrong. What is known of a provider is in its [`table`]: operations, [`schema`]s and [`rules`].

pub mod client;
pub mod call;
pub mod operation;
pub mod table;
pub mod rules;
pub mod schema;
pub mod input;
pub mod issue;
pub mod encode;
pub mod json;
pub mod request;
pub mod providers;
pub mod sign;
pub mod secret;
pub mod platform;
pub mod answer;
pub mod failure;
