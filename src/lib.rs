//! hostwire's core, in the order of a call: a [`call`] to an [`operation`] of a [`client`] checks its
//! [`input`], is written by [`encode`] into a [`request`], which the provider ([`providers`], [`sign`])
//! authenticates; a [`platform`] sends it; [`answer`] says what came back, and [`failure`] how it went
//! wrong. What is known of a provider is in its [`table`]: operations, [`schema`]s and [`rules`].

pub mod answer;
pub mod call;
pub mod client;
pub mod encode;
pub mod failure;
pub mod input;
pub mod issue;
pub mod json;
pub mod operation;
pub mod platform;
pub mod providers;
pub mod request;
pub mod rules;
pub mod schema;
pub mod secret;
pub mod sign;
pub mod table;
