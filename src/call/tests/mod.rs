//! Whole calls in a simulated world.

mod support;

mod aborts;
mod failures;
mod jobs;
mod pages;
mod results;
mod retries;
mod signatures;
mod tokens;
