//! Following asynchronous work: what an answer about a job says of it.
//!
//! The generator turns `x-jobs` of a spec into clauses, tried in order:
//! `["failed", 0, "/status", ["failed", "cancelled"]]` — state, status (0 for any), JSON pointer
//! and the values it must have (both left out where the status alone decides).

use crate::prelude::*;

use crate::json::Value;

/// How jobs of one kind are followed.
pub struct Job {
    /// The kind, as operations name it.
    pub kind: String,
    /// The rule, as the generator writes it.
    rule: Value,
}

/// How far a job is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum State {
    /// Not finished.
    Running,
    /// Finished; the answer is the result.
    Done,
    /// Ended without a result.
    Failed,
    /// Something the spec does not know: nobody can tell whether it will ever end.
    Unknown,
}

impl State {
    fn read(name: &Value) -> State {
        match name.text() {
            Some("running") => State::Running,
            Some("done") => State::Done,
            Some("failed") => State::Failed,
            _ => State::Unknown,
        }
    }

    /// The name, for JavaScript.
    pub fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Unknown => "unknown",
        }
    }
}

impl Job {
    /// Reads a job from the head of a provider's table.
    pub fn read(kind: &str, rule: &Value) -> Option<Job> {
        Some(Job {
            kind: kind.to_owned(),
            rule: rule.clone(),
        })
    }

    /// The parameter of the following operation that takes the job's id.
    pub fn id(&self) -> &str {
        self.rule.get("id").and_then(Value::text).unwrap_or("id")
    }

    /// How far a job is, by the answer about it, and what the provider says of it. Where that answer
    /// is an error, only a rule that speaks of it counts: not one for all that is left.
    pub fn state(&self, status: u16, body: &Value, is_error: bool) -> (State, Option<String>) {
        let said = |pointer: &Value| body.plain_at(pointer.text()?);
        let mut word = None;
        let mut state = State::Unknown;
        for clause in self.rule.get("states").map_or(&[][..], Value::items) {
            let [name, asked, condition @ ..] = clause.items() else {
                continue;
            };
            let status_holds =
                matches!(asked.integer(), Some(asked) if asked == 0 || asked == status.into());
            let value_holds = match condition {
                [pointer, values, ..] => {
                    word = said(pointer);
                    word.is_some()
                        && values
                            .items()
                            .iter()
                            .any(|value| value.plain() == word.as_deref())
                }
                _ => !is_error || asked.integer() != Some(0),
            };
            if status_holds && value_holds {
                state = State::read(name);
                break;
            }
        }
        // Why it failed, where the provider has a place for that; else its word for the state.
        match self.rule.get("error") {
            Some(pointer) if state == State::Failed => (state, said(pointer)),
            _ => (state, word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn states_are_told_by_status_and_value() {
        let rule = r#"{"id":"job_id","states":[["failed",0,"/status",["failed","cancelled"]],
            ["done",201],["done",200,"/status",["finished"]],["running",200,"/status",["ongoing"]]]}"#;
        let job = Job::read("provisioning-job", &parse(rule).unwrap()).unwrap();
        let state = |status, body: &str| {
            let body = parse(body).unwrap();
            job.state(status, &body, false)
        };
        assert_eq!(state(200, r#"{"status":"ongoing"}"#).0, State::Running);
        assert_eq!(state(201, r#"{"resource_links":[]}"#).0, State::Done);
        assert_eq!(state(200, r#"{"status":"finished"}"#).0, State::Done);
        assert_eq!(
            state(200, r#"{"status":"cancelled"}"#),
            (State::Failed, Some("cancelled".into()))
        );
        assert_eq!(
            state(200, r#"{"status":"queued"}"#),
            (State::Unknown, Some("queued".into()))
        );
        assert_eq!(state(200, "{}").0, State::Unknown);
        assert_eq!(job.state(204, &Value::Null, false).0, State::Unknown);
    }

    #[test]
    fn what_is_left_counts_for_answers_but_not_for_errors() {
        let rule =
            r#"{"id":"id","states":[["running",0,"/status",["id_reinstalling"]],["done",0]]}"#;
        let job = Job::read("task", &parse(rule).unwrap()).unwrap();
        let state = |body: &str, is_error| job.state(200, &parse(body).unwrap(), is_error).0;
        assert_eq!(state(r#"{"status":"running"}"#, false), State::Done);
        assert_eq!(
            state(r#"{"status":"id_reinstalling"}"#, true),
            State::Running
        );
        assert_eq!(state(r#"{"status":"auth_failed"}"#, true), State::Unknown);
    }
}
