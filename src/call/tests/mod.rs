//! Whole calls in a simulated world.

mod support;

mod retries;
mod signatures;
mod tokens;
