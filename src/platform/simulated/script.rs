//! What the network answers: a list, in order, then a rule for all that is left.

use std::collections::VecDeque;

use serde_json::Value;

use super::{SimulatedAnswer, World};
use crate::platform::Attempt;

/// What comes of a request.
#[derive(Clone)]
pub struct Reply {
    /// Until it has come whole; infinite where nothing ever comes.
    pub latency_ms: f64,
    pub outcome: Outcome,
}

/// An answer, or why there is none: what was thrown, then why that was thrown.
#[derive(Clone)]
pub enum Outcome {
    Answer(SimulatedAnswer),
    Failure(Vec<String>),
}

/// A request, as it was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct SentRequest {
    pub method: &'static str,
    pub url: String,
    pub redacted_url: Option<String>,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    pub timeout_ms: f64,
    pub non_repeatable: bool,
    pub wants_file: bool,
    /// When it was sent.
    pub at: f64,
}

type Rule = Box<dyn Fn(&SentRequest) -> Reply>;

#[derive(Default)]
pub struct Script {
    replies: VecDeque<Reply>,
    rule: Option<Rule>,
}

impl Script {
    pub fn next(&mut self, request: &SentRequest) -> Reply {
        match (self.replies.pop_front(), &self.rule) {
            (Some(reply), _) => reply,
            (None, Some(rule)) => rule(request),
            (None, None) => panic!("no answer was expected to {}", request.line()),
        }
    }

    pub fn left(&self) -> usize {
        self.replies.len()
    }
}

impl SentRequest {
    pub fn of(attempt: &Attempt, at: f64) -> SentRequest {
        SentRequest {
            method: attempt.method.name(),
            url: attempt.url.to_owned(),
            redacted_url: attempt.redacted_url.map(str::to_owned),
            headers: attempt
                .headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: attempt.body.map(str::to_owned),
            timeout_ms: attempt.timeout.0,
            non_repeatable: attempt.non_repeatable,
            wants_file: attempt.wants_file,
            at,
        }
    }

    /// Its method and path.
    pub fn line(&self) -> String {
        let (_, rest) = self.url.split_once("://").unwrap_or(("", &self.url));
        let (_, path) = rest.split_once('/').unwrap_or_default();
        [self.method, " /", path].concat()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }
}

impl Reply {
    pub fn json(status: u16, body: Value) -> Reply {
        Reply::text(status, "application/json", &body.to_string())
    }

    pub fn text(status: u16, content_type: &str, body: &str) -> Reply {
        Reply::bytes(status, content_type, body.as_bytes())
    }

    pub fn bytes(status: u16, content_type: &str, body: &[u8]) -> Reply {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Reply::of(SimulatedAnswer { status, headers, body: body.to_vec(), is_file: false })
    }

    /// No body, and no header yet.
    pub fn status(status: u16) -> Reply {
        Reply::of(SimulatedAnswer { status, headers: Vec::new(), body: Vec::new(), is_file: false })
    }

    fn of(answer: SimulatedAnswer) -> Reply {
        Reply { latency_ms: 0.0, outcome: Outcome::Answer(answer) }
    }

    pub fn failure(messages: &[&str]) -> Reply {
        let messages = messages.iter().map(|message| (*message).to_owned()).collect();
        Reply { latency_ms: 0.0, outcome: Outcome::Failure(messages) }
    }

    pub fn silence() -> Reply {
        Reply { latency_ms: f64::INFINITY, outcome: Outcome::Failure(Vec::new()) }
    }

    pub fn with(mut self, name: &str, value: &str) -> Reply {
        self = self.without(name);
        if let Outcome::Answer(answer) = &mut self.outcome {
            answer.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub fn without(mut self, name: &str) -> Reply {
        if let Outcome::Answer(answer) = &mut self.outcome {
            answer.headers.retain(|(known, _)| known != name);
        }
        self
    }

    /// The answer that it is, if it is one.
    pub fn answer(self) -> Option<SimulatedAnswer> {
        match self.outcome {
            Outcome::Answer(answer) => Some(answer),
            Outcome::Failure(_) => None,
        }
    }

    pub fn after(self, latency_ms: f64) -> Reply {
        Reply { latency_ms, ..self }
    }
}

/// What comes next, in the order of the requests.
impl World {
    /// A reply that was put together elsewhere.
    pub fn replies(self, reply: Reply) -> World {
        self.script.borrow_mut().replies.push_back(reply);
        self
    }

    /// JSON.
    pub fn answers(self, status: u16, body: Value) -> World {
        self.replies(Reply::json(status, body))
    }

    /// Any text, said to be of a type.
    pub fn answers_text(self, status: u16, content_type: &str, body: &str) -> World {
        self.replies(Reply::text(status, content_type, body))
    }

    /// An answer without a body.
    pub fn status(self, status: u16) -> World {
        self.replies(Reply::status(status))
    }

    /// The connection fails.
    pub fn fails(self, message: &str) -> World {
        self.replies(Reply::failure(&[message]))
    }

    /// Nothing ever comes.
    pub fn times_out(self) -> World {
        self.replies(Reply::silence())
    }

    /// The last of the answers has this header.
    pub fn header(self, name: &str, value: &str) -> World {
        self.last(|reply| reply.with(name, value))
    }

    /// The last of the answers takes this long to come.
    pub fn after(self, latency_ms: f64) -> World {
        self.last(|reply| reply.after(latency_ms))
    }

    /// Whatever is asked after the list is answered by a rule.
    pub fn then(self, rule: impl Fn(&SentRequest) -> Reply + 'static) -> World {
        self.script.borrow_mut().rule = Some(Box::new(rule));
        self
    }

    fn last(self, change: impl FnOnce(Reply) -> Reply) -> World {
        let last = self.script.borrow_mut().replies.pop_back();
        match last {
            Some(reply) => self.replies(change(reply)),
            None => panic!("there is no answer yet that this could be said of"),
        }
    }
}
