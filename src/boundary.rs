//! What JavaScript sees. Text crosses as JSON; failures are thrown as JSON text, which the caller
//! makes into error objects.

use crate::prelude::*;

mod tree;

use alloc::rc::Rc;

use js_sys::RegExp;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::answer::{self, Answer, Content, Verdict};
use crate::input;
use crate::issue::{Issue, write_issues};
use crate::job::Job;
use crate::json::{self, Value};
use crate::operation::{Encoding, Operation};
use crate::page;
use crate::providers::{self, Moment, Provider};
use crate::request::Request;
use crate::retry::{self, Attempts, Cause};
use crate::schema::Types;
use crate::secret::mask;
use tree::JsTree;

/// Patterns of the specs are in JavaScript's dialect (some look ahead), so JavaScript runs them.
fn matches(pattern: &str, text: &str) -> bool {
    RegExp::new(pattern, "u").test(text)
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
    pub fn new(head: &str) -> Result<Table, JsValue> {
        let read = || {
            let head = json::parse(head).ok()?;
            let jobs = head.get("jobs").unwrap_or(&Value::Null);
            Some(Shared {
                types: Types::read(head.get("types")?)?,
                jobs: jobs.read_each(Job::read)?,
            })
        };
        read()
            .map(|shared| Table(Rc::new(shared)))
            .ok_or_else(|| broken("a table"))
    }

    /// Reads one operation.
    pub fn operation(&self, line: &str) -> Result<Descriptor, JsValue> {
        let operation = Operation::parse(line).ok_or_else(|| broken("an operation"))?;
        Ok(Descriptor {
            operation,
            shared: Rc::clone(&self.0),
        })
    }

    /// How far a job is, by an answer about it: `running`, `done`, `failed` or `unknown`, and after
    /// a space the provider's word for it.
    #[wasm_bindgen(js_name = jobState)]
    pub fn job_state(&self, kind: &str, status: u16, body: &JsValue) -> String {
        let tree = JsTree(body.clone());
        let job = self.0.jobs.iter().find(|job| job.kind == kind);
        let (state, said) = match job {
            Some(job) => job.state(status, Some(&tree)),
            None => return "unknown".to_owned(),
        };
        [state.name(), " ", said.as_deref().unwrap_or("")]
            .concat()
            .trim_end()
            .to_owned()
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
        page::next(self.operation.paging.as_ref()?, params, count, total)
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
    pub fn new(provider: &str, credentials: String, base_url: String) -> Result<Client, JsValue> {
        let credentials = Zeroizing::new(credentials);
        let mut parsed = json::parse(&credentials).map_err(|_| broken("credentials"))?;
        let provider = providers::provider(provider, &parsed);
        wipe(&mut parsed);
        Ok(Client {
            provider: provider.ok_or_else(|| broken("a provider"))?,
            base_url,
        })
    }

    /// An authenticated request, as [`Request::write`] writes it, with a first letter before it:
    /// `2` where a second way to authenticate may be right if this one is refused, else `1`.
    /// Throws `{"issues": […]}` where the params are wrong.
    pub fn request(
        &self,
        descriptor: &Descriptor,
        params: &str,
        extra: Option<String>,
        seconds: f64,
        nonce: &str,
        second: bool,
    ) -> Result<String, JsValue> {
        let Descriptor { operation, shared } = descriptor;
        let input = input::check(operation, &shared.types, matches, params, extra.as_deref())
            .map_err(|issues| faults(&issues))?;
        let encoding = operation
            .body
            .as_ref()
            .map_or(Encoding::Json, |body| body.encoding);
        let accept = (!operation.answers.is_file()).then_some("application/json");
        let mut request = Request::new(&operation.method, input, encoding, accept);
        let moment = moment(seconds, nonce);
        let two = !operation.anonymous && self.provider.authenticate(&mut request, &moment, second);
        Ok([if two { "2" } else { "1" }, &request.write(&self.base_url)].concat())
    }

    /// What authenticates a request that somebody else sends: its headers, one a line.
    pub fn authenticate(
        &self,
        method: String,
        path_and_query: String,
        body: Option<String>,
        seconds: f64,
        nonce: &str,
        second: bool,
    ) -> String {
        let mut request = Request {
            method,
            path_and_query,
            body,
            shown: None,
            headers: Vec::new(),
        };
        self.provider
            .authenticate(&mut request, &moment(seconds, nonce), second);
        request.write_headers()
    }

    /// The second way to authenticate worked where the first was refused.
    #[wasm_bindgen(js_name = preferSecond)]
    pub fn prefer_second(&self) {
        self.provider.prefer_second();
    }

    /// Judges an answer: nothing where the body is the result, an empty text where there is no
    /// result, else the result as JSON. Throws the failure as JSON. `content` says what the body
    /// is: 0 nothing, 1 JSON (in `body`), 2 broken JSON, 3 a web page, 4 other text, 5 a file.
    pub fn judge(
        &self,
        descriptor: &Descriptor,
        status: u16,
        location: Option<String>,
        content: u8,
        body: &JsValue,
    ) -> Result<Option<String>, JsValue> {
        let tree = JsTree(body.clone());
        let content = match content {
            0 => Content::Empty,
            1 => Content::Json(&tree),
            2 => Content::BrokenJson,
            3 => Content::Html,
            4 => Content::Text,
            _ => Content::File,
        };
        let Descriptor { operation, shared } = descriptor;
        let kind = operation.job.as_ref();
        let job = kind.and_then(|kind| shared.jobs.iter().find(|job| job.kind == *kind));
        let answer = Answer {
            status,
            location: location.as_deref(),
            content,
        };
        match answer::judge(operation, job, &*self.provider, &answer) {
            Verdict::Body => Ok(None),
            Verdict::Nothing => Ok(Some(String::new())),
            Verdict::Place { name, location, id } => {
                let place = vec![
                    ("location".to_owned(), Value::Text(location)),
                    (name, Value::Text(id)),
                ];
                Ok(Some(json::write(&Value::Map(place))))
            }
            Verdict::Failure(failure) => Err(JsValue::from_str(&failure.write())),
        }
    }

    /// A text that may be shown: credentials and the secrets among the params are masked in it.
    pub fn masked(&self, text: &str, descriptor: &Descriptor, params: &str) -> String {
        let Descriptor { operation, shared } = descriptor;
        let text = mask(text, self.provider.secrets());
        match input::check(operation, &shared.types, matches, params, None) {
            Ok(input) => mask(&text, &input.secrets),
            Err(_) => text,
        }
    }
}

fn moment(seconds: f64, nonce: &str) -> Moment<'_> {
    #[allow(clippy::cast_possible_truncation)]
    let seconds = seconds as i64;
    Moment { seconds, nonce }
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

fn faults(issues: &[Issue]) -> JsValue {
    let mut out = "{\"issues\":".to_owned();
    write_issues(issues, &mut out);
    out.push('}');
    JsValue::from_str(&out)
}

/// JavaScript and the core do not fit together: a fault of the build, not of the caller.
fn broken(what: &str) -> JsValue {
    JsValue::from_str(&["{\"broken\":\"", what, "\"}"].concat())
}
