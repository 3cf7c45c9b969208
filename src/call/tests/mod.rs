//! Whole calls in a simulated world.

mod support;

mod retries;
