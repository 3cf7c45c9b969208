//! Following a job to its end.

use std::rc::Rc;

use super::{Call, CallOptions, DataOf, redact_all};
use crate::answer::{CallResult, Outcome};
use crate::failure::{Body, ErrorKind, Failure};
use crate::json::{self, Value};
use crate::platform::{Answer, Data, Milliseconds, Platform, Scalar};
use crate::providers::{Fields, told};
use crate::rules::{JobRule, JobState, StateRule};
use crate::secret::Secret;

const DEFAULT_INTERVAL: Milliseconds = Milliseconds(5_000.0);
const DEFAULT_TIMEOUT: Milliseconds = Milliseconds(3_600_000.0);

/// Options of waiting for a job.
#[derive(Default)]
pub struct WaitOptions {
    /// Time between two questions.
    pub interval: Option<Milliseconds>,
    /// How long to wait in all.
    pub timeout: Option<Milliseconds>,
}

/// A job that is to be followed.
pub struct Job<'j> {
    /// The kind, a name of the provider's job rules.
    pub kind: &'j str,
    /// The params of the operation that tells its state, as JSON: they name it.
    pub params: String,
    /// The operation that tells its state, where it is another than the kind's.
    pub check: Option<&'j str>,
    /// The secrets of the call that started it.
    pub secrets: Vec<Secret>,
}

/// What ends the following of a job, other than its end.
pub enum Ended {
    /// A failure.
    Failure(Box<Failure>),
    /// What the caller's `onProgress` has thrown.
    Interrupted,
}

impl From<Box<Failure>> for Ended {
    fn from(failure: Box<Failure>) -> Ended {
        Ended::Failure(failure)
    }
}

/// What is known of a job that is not finished: the latest answer about it.
pub enum Progress<'p, A: Answer> {
    /// An answer.
    Outcome(&'p Outcome<A>),
    /// The body of an error: some states are told by one.
    Refusal(Option<&'p Body>),
}

/// The job that a call has started. The failure says why there is none.
pub fn started<'j, P: Platform>(
    call: &Call<'j, P>,
    data: &DataOf<P>,
) -> Result<Job<'j>, Box<Failure>> {
    let missing = || {
        let message = "the answer does not say which job to follow";
        call.failure(ErrorKind::HostwireError, message)
    };
    let job = call.operation.job.as_ref().ok_or_else(missing)?;
    let rule = call.client.table.rules.job(job.kind).ok_or_else(missing)?;
    let id = if rule.id_from_request {
        id_of_params(call.params, rule)
    } else {
        let default = ["/", rule.id].concat();
        data.at(job.id.unwrap_or(&default)).and_then(|id| match id.scalar() {
            Scalar::Null => None,
            _ => Some(id.to_json()),
        })
    };
    let id = id.ok_or_else(missing)?;
    let params = ["{\"", rule.id, "\":", &id, "}"].concat();
    let secrets = call.all_secrets();
    Ok(Job { kind: job.kind, params, check: job.check, secrets })
}

fn id_of_params(params: &str, rule: &JobRule) -> Option<String> {
    let params = json::parse(params)?;
    let id = params.get(rule.id).filter(|id| !matches!(id, Value::Null))?;
    Some(json::write(id))
}

/// Asks for a job's state until it has ended, and gives its result.
pub async fn follow<P: Platform>(
    platform: &P,
    client: &crate::client::Client<P::Answer>,
    job: Job<'_>,
    options: &WaitOptions,
) -> Result<Rc<Outcome<P::Answer>>, Ended> {
    let names = job.params.clone();
    let followed = poll(platform, client, job, options).await;
    // Whatever went wrong, the job may be going on: it must not be lost with the error.
    followed.map_err(|ended| match ended {
        Ended::Failure(mut failure) => {
            failure.job = Some(names);
            Ended::Failure(failure)
        }
        interrupted => interrupted,
    })
}

async fn poll<P: Platform>(
    platform: &P,
    client: &crate::client::Client<P::Answer>,
    job: Job<'_>,
    options: &WaitOptions,
) -> Result<Rc<Outcome<P::Answer>>, Ended> {
    let table = &client.table;
    let unknown = || {
        let message = "this job cannot be followed";
        Failure::new(ErrorKind::HostwireError, table.name, job.kind, message)
    };
    let rule = table.rules.job(job.kind).ok_or_else(unknown)?;
    let operation = table.find(job.check.unwrap_or(rule.operation)).ok_or_else(unknown)?;
    let key = [operation.name, " ", &job.params].concat();
    if let Some(finished) = client.finished.borrow().get(&key) {
        return Ok(finished);
    }
    let advised = rule.interval.map(Milliseconds::seconds);
    let interval = options.interval.or(advised).unwrap_or(DEFAULT_INTERVAL);
    let timeout = options.timeout.unwrap_or(DEFAULT_TIMEOUT);
    let call_options = CallOptions::default();
    let secrets = job.secrets.clone();
    let call = Call {
        platform,
        client,
        operation,
        params: &job.params,
        options: &call_options,
        secrets: job.secrets,
    };
    let name = name_of(rule, &job.params);
    let started = platform.now();
    for polls in 1.. {
        let asked = match ask(&call, rule).await {
            Ok(asked) => asked,
            // Somebody else who waits for it may have got the one answer that there is.
            Err(failure) => match client.finished.borrow().get(&key) {
                Some(finished) => return Ok(finished),
                None => return Err(failure.into()),
            },
        };
        if let (Some(JobState::Done), Answered::Outcome(outcome)) = (asked.state, &asked.answer) {
            if rule.once {
                client.finished.borrow_mut().keep(key, outcome.clone());
            }
            return Ok(outcome.clone());
        }
        if asked.state != Some(JobState::Running) {
            return Err(ended_badly(&call, &name, asked, &secrets).into());
        }
        let elapsed = platform.now() - started;
        if platform.progress(asked.progress(), polls, elapsed).await.is_err() {
            return Err(Ended::Interrupted);
        }
        if elapsed + interval.0 > timeout.0 {
            let message = [
                name.as_str(),
                " has not ended within ",
                &timeout.text(),
                " ms; it goes on, and can be waited for again",
            ];
            let mut failure = call.failure(ErrorKind::TimeoutError, message.concat());
            failure.timeout_ms = Some(timeout.0);
            failure.attempts = 1;
            return Err(failure.into());
        }
        platform.sleep(interval).await;
    }
    Err(unknown().into())
}

/// What a job is called in messages. Where its id is as good as a key, it stays out of them.
fn name_of(rule: &JobRule, params: &str) -> String {
    let params = json::parse(params);
    let id = params.as_ref().and_then(|params| params.get(rule.id)?.plain());
    match id {
        Some(id) if !rule.secret => ["job ", &id.plain()].concat(),
        _ if rule.secret => "the job".to_owned(),
        _ => "job".to_owned(),
    }
}

/// The latest answer about a job.
enum Answered<A: Answer> {
    Outcome(Rc<Outcome<A>>),
    Refusal(Option<Body>),
}

struct Asked<A: Answer> {
    /// Nothing where it cannot be told.
    state: Option<JobState>,
    /// The provider's word for it, or why it failed.
    said: Option<String>,
    answer: Answered<A>,
}

impl<A: Answer> Asked<A> {
    fn progress(&self) -> Progress<'_, A> {
        match &self.answer {
            Answered::Outcome(outcome) => Progress::Outcome(outcome),
            Answered::Refusal(body) => Progress::Refusal(body.as_ref()),
        }
    }
}

async fn ask<P: Platform>(
    call: &Call<'_, P>,
    rule: &JobRule<'_>,
) -> Result<Asked<P::Answer>, Box<Failure>> {
    match call.run().await {
        Ok(outcome) => {
            let nothing = NoFields;
            let body: &dyn Fields = match &outcome.body {
                Some(body) => body,
                None => &nothing,
            };
            let (state, said) = state_of(rule, outcome.status, body, false);
            Ok(Asked { state, said, answer: Answered::Outcome(Rc::new(outcome)) })
        }
        // Some states are told by an error: a certificate request that is gone, a server being reinstalled.
        Err(failure) if failure.kind.is_refusal() => {
            let data = match &failure.body {
                Some(Body::Json(text)) => call.platform.parse(text),
                _ => None,
            };
            let body: &dyn Fields = match &data {
                Some(data) => data,
                None => &NoFields,
            };
            let (state, said) = state_of(rule, failure.status.unwrap_or(0), body, true);
            match state {
                Some(JobState::Failed | JobState::Running) => Ok(Asked {
                    state,
                    said: Some(said.unwrap_or(failure.message)),
                    answer: Answered::Refusal(failure.body),
                }),
                _ => Err(failure),
            }
        }
        Err(failure) => Err(failure),
    }
}

/// A body that has none.
struct NoFields;

impl Fields for NoFields {
    fn value_at(&self, _pointer: &str) -> Option<Scalar> {
        None
    }
}

/// How far a job is, by an answer about it, and the provider's word for that. Where the answer is an
/// error, only a rule that speaks of it counts, not one for all that is left.
fn state_of(
    rule: &JobRule,
    status: u16,
    body: &dyn Fields,
    is_error: bool,
) -> (Option<JobState>, Option<String>) {
    let mut said = None;
    for StateRule { state, status: wanted, value } in &rule.states {
        let found = value.as_ref().and_then(|value| body.value_at(value.pointer));
        if let Some(Scalar::Text(word)) = &found {
            said = Some(word.clone());
        }
        if wanted.is_some_and(|wanted| wanted != status) {
            continue;
        }
        let fits = match value {
            Some(value) => {
                found.is_some_and(|found| value.values.iter().any(|value| is(value, &found)))
            }
            None => !is_error || wanted.is_some(),
        };
        if fits {
            let why = (*state == JobState::Failed).then(|| told(&rule.error, body)).flatten();
            return (Some(*state), why.or(said));
        }
    }
    (None, said)
}

fn is(value: &Value, found: &Scalar) -> bool {
    match (value, found) {
        (Value::Text(text), Scalar::Text(found)) => text.plain() == *found,
        (Value::Number(number), Scalar::Number(found)) => *number == found,
        (Value::Bool(one), Scalar::Bool(other)) => one == other,
        (Value::Null, Scalar::Null) => true,
        _ => false,
    }
}

fn ended_badly<P: Platform>(
    call: &Call<'_, P>,
    name: &str,
    asked: Asked<P::Answer>,
    secrets: &[Secret],
) -> Box<Failure> {
    let mut secrets = secrets.to_vec();
    secrets.extend(call.all_secrets());
    let safe = |text: &str| redact_all(text, &secrets);
    let said = asked.said.map(|said| safe(&said));
    let told = said.as_deref();
    let message = match (asked.state, told) {
        (Some(JobState::Failed), Some(said)) => [name, " failed: ", said].concat(),
        (Some(JobState::Failed), None) => [name, " failed"].concat(),
        (_, said) => {
            let comma = if said.is_some() { ", " } else { "" };
            let said = said.unwrap_or("");
            let end = ": whether it will end cannot be told";
            [name, " is in a state that is not known", comma, said, end].concat()
        }
    };
    let body = match &asked.answer {
        Answered::Refusal(body) => body.clone(),
        Answered::Outcome(outcome) => match &outcome.result {
            CallResult::Data(data) => Some(Body::Json(safe(&data.to_json()))),
            _ => None,
        },
    };
    let mut failure = call.failure(ErrorKind::JobError, safe(&message));
    failure.body = body;
    failure.state = said;
    failure
}

/// Jobs that have ended, of which the provider will not say again how.
pub struct Finished<T>(Vec<(String, Rc<T>)>);

/// More are not kept.
const MOST_KEPT: usize = 100;

impl<T> Default for Finished<T> {
    fn default() -> Self {
        Finished(Vec::new())
    }
}

impl<T> Finished<T> {
    fn get(&self, key: &str) -> Option<Rc<T>> {
        self.0.iter().find_map(|(known, outcome)| (known == key).then(|| outcome.clone()))
    }

    fn keep(&mut self, key: String, outcome: Rc<T>) {
        if self.0.len() >= MOST_KEPT {
            self.0.remove(0);
        }
        self.0.push((key, outcome));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::simulated::Json;
    use crate::table::Table;
    use serde_json::{Value, json};

    const BY_WORDS: &str = r#"["failed",0,"/result",["Error"]],["done",0,"/result",["OK"]],
        ["running",0,"/result",["Not ready","Stage"]]"#;

    /// The state by rules that are written as in a table, and what is said of it.
    fn state(
        rules: &str,
        status: u16,
        body: Option<Value>,
        is_error: bool,
    ) -> (Option<JobState>, Option<String>) {
        let head = format!(
            r#"{{"title":"x","types":{{}},"jobs":{{"job":{{"operation":"x.get","id":"id","error":"/why","states":[{rules}]}}}}}}"#
        );
        let table = Table::read("x".to_owned(), head, String::new()).unwrap();
        let rule = table.rules.job("job").unwrap();
        match body {
            Some(body) => state_of(rule, status, &Json::of(body), is_error),
            None => state_of(rule, status, &NoFields, is_error),
        }
    }

    fn is(state: JobState, said: &str) -> (Option<JobState>, Option<String>) {
        (Some(state), Some(said.to_owned()))
    }

    #[test]
    fn a_state_is_found_by_a_value() {
        let state = |word: &str| state(BY_WORDS, 200, Some(json!({ "result": word })), false);
        assert_eq!(state("OK"), is(JobState::Done, "OK"));
        assert_eq!(state("Stage"), is(JobState::Running, "Stage"));
        assert_eq!(state("Error"), is(JobState::Failed, "Error"));
        assert_eq!(state("?"), (None, Some("?".to_owned())));
    }

    #[test]
    fn it_is_what_is_left_where_nothing_fits_but_not_of_an_error() {
        let rules = [BY_WORDS, r#",["failed",0]"#].concat();
        assert_eq!(
            state(&rules, 200, Some(json!({ "result": "?" })), false),
            is(JobState::Failed, "?")
        );
        assert_eq!(state(&rules, 500, None, true), (None, None));
        assert_eq!(
            state(&rules, 200, Some(json!({ "result": "Error" })), true).0,
            Some(JobState::Failed)
        );
    }

    #[test]
    fn it_is_found_by_a_status_of_an_error_too() {
        let rules = r#"["failed",410],["done",303],["running",200,"/state",["new"]]"#;
        let new = || Some(json!({ "state": "new" }));
        assert_eq!(state(rules, 410, None, true).0, Some(JobState::Failed));
        assert_eq!(state(rules, 303, None, false).0, Some(JobState::Done));
        assert_eq!(state(rules, 200, new(), false).0, Some(JobState::Running));
        assert_eq!(state(rules, 404, new(), true).0, None);
        assert_eq!(
            state(rules, 200, Some(json!({ "state": "old" })), false),
            (None, Some("old".to_owned()))
        );
    }

    #[test]
    fn it_comes_with_why_it_failed_where_there_is_a_place_for_that() {
        let state = |body| state(BY_WORDS, 200, Some(body), false).1.unwrap();
        assert_eq!(state(json!({ "result": "Error", "why": "fire" })), "fire");
        assert_eq!(state(json!({ "result": "Error", "why": null })), "Error");
        assert_eq!(state(json!({ "result": "OK", "why": "fire" })), "OK");
    }

    #[test]
    fn it_is_unknown_for_what_is_no_answer_at_all() {
        for body in [json!(null), json!(7), json!("text"), json!([]), json!({ "result": null })] {
            assert_eq!(state(BY_WORDS, 200, Some(body), false).0, None);
        }
        assert_eq!(state(BY_WORDS, 200, None, false).0, None);
    }

    #[test]
    fn values_are_compared_as_what_they_are() {
        let rules = r#"["done",0,"/s",[1,true,"yes",null]]"#;
        for (value, fits) in [
            (json!(1), true),
            (json!("1"), false),
            (json!(true), true),
            (json!("true"), false),
            (json!("yes"), true),
            (json!(null), true),
            (json!([]), false),
        ] {
            assert_eq!(
                state(rules, 200, Some(json!({ "s": value })), false).0.is_some(),
                fits,
                "{value}"
            );
        }
    }
}
