//! Asynchronous work: under which name an answer gives the id of the job that it starts. How far a job
//! is, JavaScript tells by its answers.

use crate::json::Value;
use crate::prelude::*;

/// A kind of job.
pub struct Job {
    /// The kind, as operations name it.
    pub kind: String,
    /// The parameter of the following operation that takes the job's id.
    pub id: String,
}

impl Job {
    /// Reads a job from the head of a provider's table.
    pub fn read(kind: &str, rule: &Value) -> Option<Job> {
        Some(Job { kind: kind.to_owned(), id: rule.get("id")?.text()?.to_owned() })
    }
}
