//! Whole calls in a simulated world.

mod support;

mod aborts;
mod jobs;
mod pages;
mod retries;
mod signatures;
mod tokens;
