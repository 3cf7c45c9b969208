//! What JavaScript sees. A reply that begins with `!` is a failure as JSON, which JavaScript makes into
//! an error object.

use crate::prelude::*;

use alloc::rc::Rc;

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::answer::{self, Answer, Content, Verdict};
use crate::input;
use crate::issue::write_issues;
use crate::job::Job;
use crate::json::{self, Value, write_text};
use crate::operation::Operation;
use crate::page;
use crate::providers::{self, Moment, Provider};
use crate::request::Request;
use crate::retry::{self, Attempts, Cause};
use crate::schema::Types;
use crate::secret::mask;

#[wasm_bindgen(
    inline_js = "export const matches = (pattern, text) => new RegExp(pattern, \"u\").test(text);"
)]
extern "C" {
    /// Patterns of the specs are in JavaScript's dialect (some look ahead), so JavaScript runs them.
    fn matches(pattern: &str, text: &str) -> bool;
}

/// As a plain function, which native code can stand in for.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    matches(pattern, text)
}

/// What operations of a provider share.
#[wasm_bindgen]
pub struct Table(Rc<Shared>);

struct Shared {
    types: Types,
    jobs: Vec<Job>,
}

#[wasm_bindgen]
impl Table {
    /// Reads the head of a provider's table: `{"types": …, "jobs": …}`.
    #[wasm_bindgen(constructor)]
    pub fn new(head: &str) -> Table {
        let read = || {
            let head = json::parse(head).ok()?;
            let jobs = head.get("jobs").unwrap_or(&Value::Null);
            Some(Shared {
                types: Types::read(head.get("types")?)?,
                jobs: jobs.read_each(Job::read)?,
            })
        };
        Table(Rc::new(read().unwrap_or_else(|| misfit("a table"))))
    }

    /// Reads one operation.
    pub fn operation(&self, line: &str) -> Descriptor {
        Descriptor {
            operation: Operation::parse(line).unwrap_or_else(|| misfit("an operation")),
            shared: Rc::clone(&self.0),
        }
    }

    /// How far a job is, by an answer about it (as JSON): `running`, `done`, `failed` or `unknown`, and
    /// after a space the provider's word for it.
    #[wasm_bindgen(js_name = jobState)]
    pub fn job_state(&self, kind: &str, status: u16, body: &str) -> String {
        let body = json::parse(body).unwrap_or(Value::Null);
        let Some(job) = self.0.jobs.iter().find(|job| job.kind == kind) else {
            misfit("a job")
        };
        match job.state(status, &body) {
            (state, Some(said)) => [state.name(), " ", &said].concat(),
            (state, None) => state.name().to_owned(),
        }
    }
}

/// One operation, read.
#[wasm_bindgen]
pub struct Descriptor {
    operation: Operation,
    shared: Rc<Shared>,
}

#[wasm_bindgen]
impl Descriptor {
    /// The params of the next page; nothing where this one is the last.
    #[wasm_bindgen(js_name = nextPage)]
    pub fn next_page(&self, params: &str, count: u32, total: Option<f64>) -> Option<String> {
        page::next(self.operation.paging()?, params, count, total)
    }

    /// How long to wait before another attempt, in milliseconds; below 0 there is none.
    /// `status` is 0 where no answer came.
    #[wasm_bindgen(js_name = retryDelay)]
    pub fn retry_delay(
        &self,
        status: u16,
        made: u32,
        max_retries: u32,
        asked_ms: Option<f64>,
        random: f64,
    ) -> f64 {
        let Operation {
            effect, idempotent, ..
        } = self.operation;
        let cause = if status == 0 {
            Cause::Ambiguous
        } else {
            Cause::Status(status)
        };
        let attempts = Attempts { made, max_retries };
        retry::delay(effect, idempotent, cause, attempts, asked_ms, random).unwrap_or(-1.0)
    }
}

/// A provider with credentials.
#[wasm_bindgen]
pub struct Client {
    provider: Box<dyn Provider>,
    base_url: String,
}

#[wasm_bindgen]
impl Client {
    /// Takes the credentials as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(provider: &str, credentials: String, base_url: String) -> Client {
        let credentials = Zeroizing::new(credentials);
        let mut parsed = json::parse(&credentials).unwrap_or(Value::Null);
        let provider = providers::provider(provider, &parsed);
        wipe(&mut parsed);
        Client {
            provider: provider.unwrap_or_else(|| misfit("a provider")),
            base_url,
        }
    }

    /// An authenticated request, as [`Request::write`] writes it, with a first letter before it:
    /// `2` where a second way to authenticate may be right if this one is refused, else `1`.
    /// The failure is `{"issues": […]}`, where the params are wrong.
    pub fn request(
        &self,
        descriptor: &Descriptor,
        params: &str,
        extra: Option<String>,
        seconds: f64,
        nonce: &str,
        second: bool,
    ) -> String {
        let Descriptor { operation, shared } = descriptor;
        let extra = extra.as_deref();
        let input = match input::check(operation, &shared.types, matches_pattern, params, extra) {
            Ok(input) => input,
            Err(issues) => {
                let mut out = "!{\"issues\":".to_owned();
                write_issues(&issues, &mut out);
                out.push('}');
                return out;
            }
        };
        let encoding = operation.encoding();
        let accept = (!operation.is_file()).then_some("application/json");
        let mut request = Request::new(&operation.method, input, encoding, accept);
        #[allow(clippy::cast_possible_truncation)]
        let moment = Moment {
            seconds: seconds as i64,
            nonce,
        };
        let two =
            !operation.anonymous() && self.provider.authenticate(&mut request, &moment, second);
        [if two { "2" } else { "1" }, &request.write(&self.base_url)].concat()
    }

    /// The second way to authenticate worked where the first was refused.
    #[wasm_bindgen(js_name = preferSecond)]
    pub fn prefer_second(&self) {
        self.provider.prefer_second();
    }

    /// Judges an answer: nothing where the body is the result, an empty text where there is no
    /// result, else the result as JSON. `content` says what the body is: 0 nothing, 1 JSON, 2 broken
    /// JSON, 3 a web page, 4 other text, 5 a file, 6 JSON without the list that was asked for; `body`
    /// is the text of an error.
    pub fn judge(
        &self,
        descriptor: &Descriptor,
        status: u16,
        location: Option<String>,
        content: u8,
        body: &str,
    ) -> Option<String> {
        let content = match content {
            0 => Content::Empty,
            1 => Content::Json(json::parse(body).unwrap_or(Value::Null)),
            2 => Content::BrokenJson,
            3 => Content::Html,
            4 => Content::Text,
            5 => Content::File,
            _ => Content::NoList,
        };
        let Descriptor { operation, shared } = descriptor;
        let job = shared
            .jobs
            .iter()
            .find(|job| operation.job() == Some(&job.kind));
        let answer = Answer {
            status,
            location: location.as_deref(),
            content,
        };
        match answer::judge(operation, job, &*self.provider, &answer) {
            Verdict::Body => None,
            Verdict::Nothing => Some(String::new()),
            Verdict::Place { name, location, id } => {
                let mut out = "{\"location\":".to_owned();
                write_text(&location, &mut out);
                out.push(',');
                write_text(&name, &mut out);
                out.push(':');
                write_text(&id, &mut out);
                out.push('}');
                Some(out)
            }
            Verdict::Failure(failure) => Some(["!", &failure.write()].concat()),
        }
    }

    /// A text that may be shown: credentials and the secrets among the params are masked in it.
    pub fn masked(&self, text: &str, descriptor: &Descriptor, params: &str) -> String {
        let Descriptor { operation, shared } = descriptor;
        let text = mask(text, self.provider.secrets());
        match input::check(operation, &shared.types, matches_pattern, params, None) {
            Ok(input) => mask(&text, &input.secrets),
            Err(_) => text,
        }
    }
}

/// Overwrites the texts of a value that held secrets.
fn wipe(value: &mut Value) {
    use zeroize::Zeroize;
    match value {
        Value::Text(text) => text.zeroize(),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| wipe(value)),
        Value::List(items) => items.iter_mut().for_each(wipe),
        _ => {}
    }
}

/// JavaScript and the core do not fit together: a fault of the build, not of the caller.
fn misfit<T>(what: &str) -> T {
    wasm_bindgen::throw_str(what)
}
