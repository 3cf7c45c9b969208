//! Wire forms: one encoder each.

pub mod form;
pub mod url;
