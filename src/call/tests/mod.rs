//! Whole calls in a simulated world.

mod support;

mod aborts;
mod custom;
mod failures;
mod jobs;
mod pages;
mod proxied;
mod redaction;
mod reentrance;
mod results;
mod retries;
mod signatures;
mod tokens;
