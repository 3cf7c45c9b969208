//! What JavaScript calls.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::data::{pairs, result_value};
use super::host::{CallScope, ClientSettings, HostAnswer, HostCallOptions};
use super::task::Task;
use super::{JsData, JsPlatform, Pool, Program, headers_object, to_value};
use crate::answer::{CallResult, Outcome, rate_limit};
use crate::call::job::{Ended, Job, WaitOptions, follow, started};
use crate::call::{Call, CallOptions, custom, redact_all};
use crate::client::{Client as CoreClient, ProxyTarget, Settings};
use crate::failure::Failure;
use crate::issue::Issue;
use crate::operation::Effect;
use crate::platform::{EventKind, Milliseconds};
use crate::secret::{Credentials, Secret};
use crate::sign::{Message, SignatureVariant, Signer};
use crate::table::Table;

/// A provider's table.
#[wasm_bindgen]
pub struct Provider(Rc<Table>);

#[wasm_bindgen]
impl Provider {
    /// Reads a table, as the generator writes it.
    #[wasm_bindgen(constructor)]
    pub fn new(name: String, head: String, operations: String) -> Provider {
        let table = Table::read(name, head, operations);
        Provider(Rc::new(table.unwrap_or_else(|| mismatch("a table"))))
    }
}

/// A client of a provider.
#[wasm_bindgen]
pub struct Client {
    client: Rc<CoreClient<HostAnswer>>,
    program: Rc<Program>,
}

#[wasm_bindgen]
impl Client {
    /// Makes a client.
    #[wasm_bindgen(constructor)]
    pub fn new(provider: &Provider, given: &ClientSettings) -> Client {
        let settings = Settings {
            base_url: given.base_url(),
            timeout: Milliseconds(given.timeout_ms()),
            max_retries: given.max_retries(),
            headers: pairs(given.headers()),
            allow: given.allow().iter().filter_map(|name| Effect::from_name(name)).collect(),
            credentials: Credentials(
                pairs(given.credentials())
                    .into_iter()
                    .map(|(name, value)| (name, Secret::new(value)))
                    .collect(),
            ),
            fills: given.fills(),
            proxy: given
                .proxy_url()
                .map(|url| ProxyTarget { url, headers: pairs(given.proxy_headers()) }),
        };
        let client = CoreClient::new(provider.0.clone(), settings);
        Client {
            client: Rc::new(client.unwrap_or_else(|| mismatch("a client"))),
            program: Rc::new(Program {
                has_store: given.has_store(),
                has_clock: given.has_clock(),
                observers: [EventKind::Request, EventKind::Response, EventKind::Retry]
                    .into_iter()
                    .filter(|kind| given.observes((*kind).into()))
                    .collect(),
                pool: RefCell::new(Pool::new()),
            }),
        }
    }

    /// Calls the operation of a line number; params are a JSON object.
    pub fn call(
        &self,
        scope: CallScope,
        operation: usize,
        params: String,
        options: Option<HostCallOptions>,
    ) -> Task {
        let options = read_options(options);
        self.task(scope, async move |client, platform| {
            let call = call_of(&platform, &client, operation, &params, &options);
            give_outcome(&platform.scope, call.run().await);
        })
    }

    /// Follows a job of a kind; params name it for the operation that tells its state.
    pub fn follow(
        &self,
        scope: CallScope,
        kind: String,
        params: String,
        interval_ms: Option<f64>,
        timeout_ms: Option<f64>,
    ) -> Task {
        let options = wait_options(interval_ms, timeout_ms);
        self.task(scope, async move |client, platform| {
            let job = Job { kind: &kind, params, check: None, secrets: Vec::new() };
            give_end(&platform.scope, follow(&platform, &client, job, &options).await);
        })
    }

    /// Follows the job that a call has started: its params, and what it was answered.
    #[wasm_bindgen(js_name = followStarted)]
    pub fn follow_started(
        &self,
        scope: CallScope,
        operation: usize,
        params: String,
        answer: JsValue,
        interval_ms: Option<f64>,
        timeout_ms: Option<f64>,
    ) -> Task {
        let options = wait_options(interval_ms, timeout_ms);
        self.task(scope, async move |client, platform| {
            let none = CallOptions::default();
            let call = call_of(&platform, &client, operation, &params, &none);
            let ended = match started(&call, &JsData(answer)) {
                Ok(job) => follow(&platform, &client, job, &options).await,
                Err(failure) => Err(failure.into()),
            };
            give_end(&platform.scope, ended);
        })
    }

    /// Makes the request that a JSON object describes.
    pub fn request(
        &self,
        scope: CallScope,
        description: String,
        options: Option<HostCallOptions>,
    ) -> Task {
        let options = read_options(options);
        self.task(scope, async move |client, platform| {
            let outcome = custom::run(&platform, &client, &description, &options).await;
            give_outcome(&platform.scope, outcome);
        })
    }

    /// The authenticated request of an operation, not sent.
    pub fn prepare(
        &self,
        scope: CallScope,
        operation: Option<usize>,
        params: String,
        options: Option<HostCallOptions>,
    ) -> Task {
        let options = read_options(options);
        self.task(scope, async move |client, platform| {
            let scope = &platform.scope;
            let Some(operation) = operation else {
                let issue = Issue::new("operation", "is not known");
                return scope.fail(to_value(&Failure::input(client.table.name, "", vec![issue])));
            };
            let call = call_of(&platform, &client, operation, &params, &options);
            match call.prepare().await {
                Ok(request) => {
                    let headers: Vec<(&str, &str)> =
                        request.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
                    let headers = headers_object(&headers);
                    let (method, body) = (request.method.into(), request.body.as_deref());
                    scope.give_request(method, &request.url, &headers, body);
                }
                Err(failure) => scope.fail(to_value(&failure)),
            }
        })
    }

    /// The params of a call with its secrets redacted, as JSON; nothing where they are wrong, because then
    /// nobody can tell which are secret.
    #[wasm_bindgen(js_name = redactParams)]
    pub fn redact_params(
        &self,
        scope: CallScope,
        operation: usize,
        params: String,
    ) -> Option<String> {
        let platform = JsPlatform { scope, program: self.program.clone() };
        let options = CallOptions::default();
        let call = call_of(&platform, &self.client, operation, &params, &options);
        call.check().ok()?;
        Some(redact_all(&params, &call.all_secrets()))
    }

    /// A text without the client's credentials and tokens, but for those shorter than `shortest`.
    pub fn redact(&self, text: &str, shortest: usize) -> String {
        let mut secrets = self.client.secrets();
        secrets.retain(|secret| secret.expose().encode_utf16().count() >= shortest);
        redact_all(text, &secrets)
    }

    /// How much of the rate limit is used up, by an answer.
    #[wasm_bindgen(js_name = rateLimit)]
    pub fn rate_limit(&self, answer: &HostAnswer) -> JsValue {
        to_value(&rate_limit::read(answer, &self.client.table.rules.rate_limit))
    }
}

impl Client {
    fn task<F>(&self, scope: CallScope, run: F) -> Task
    where
        F: AsyncFnOnce(Rc<CoreClient<HostAnswer>>, JsPlatform) + 'static,
    {
        let platform = JsPlatform { scope: scope.clone(), program: self.program.clone() };
        let client = self.client.clone();
        Task::new(scope, async move { run(client, platform).await })
    }
}

fn call_of<'c>(
    platform: &'c JsPlatform,
    client: &'c CoreClient<HostAnswer>,
    operation: usize,
    params: &'c str,
    options: &'c CallOptions,
) -> Call<'c, JsPlatform> {
    let operation = client.table.operation(operation).unwrap_or_else(|| mismatch("an operation"));
    Call { platform, client, operation, params, options, secrets: Vec::new() }
}

fn read_options(options: Option<HostCallOptions>) -> CallOptions {
    options.map_or_else(CallOptions::default, |options| CallOptions {
        timeout: options.timeout_ms().map(Milliseconds),
        max_retries: options.max_retries(),
        headers: pairs(options.header_list()),
        extra: options.extra_json(),
    })
}

fn wait_options(interval_ms: Option<f64>, timeout_ms: Option<f64>) -> WaitOptions {
    WaitOptions { interval: interval_ms.map(Milliseconds), timeout: timeout_ms.map(Milliseconds) }
}

fn give_outcome(scope: &CallScope, outcome: Result<Outcome<HostAnswer>, Box<Failure>>) {
    match outcome {
        Ok(outcome) => give(scope, &outcome),
        Err(failure) => scope.fail(to_value(&failure)),
    }
}

fn give_end(scope: &CallScope, ended: Result<Rc<Outcome<HostAnswer>>, Ended>) {
    match ended {
        Ok(outcome) => give(scope, &outcome),
        Err(Ended::Failure(failure)) => scope.fail(to_value(&failure)),
        // The scope has what was thrown.
        Err(Ended::Interrupted) => scope.fail(JsValue::UNDEFINED),
    }
}

fn give(scope: &CallScope, outcome: &Outcome<HostAnswer>) {
    let told = outcome.told.as_ref().and_then(|told| told.rate_limit.as_ref());
    let rate_limit = told.map_or(JsValue::UNDEFINED, to_value);
    scope.answered(&outcome.answer, outcome.status, outcome.attempts, rate_limit);
    match &outcome.result {
        CallResult::Page(page) => {
            let total = page.total.map(|total| total as f64);
            let data = outcome.body.as_ref().map_or(JsValue::UNDEFINED, |body| body.0.clone());
            scope.give_page(data, page.items.0.clone(), total, page.next.clone());
        }
        CallResult::File(file) => {
            let bytes = file.bytes.as_deref().map(Uint8Array::from);
            scope.give_file(&file.content_type, file.filename.clone(), bytes);
        }
        result => scope.give_data(result_value(result)),
    }
}

/// Signs requests that somebody else sends to Combell.
#[wasm_bindgen]
pub struct CombellSigner(Signer);

#[wasm_bindgen]
impl CombellSigner {
    /// Takes a reseller's key.
    #[wasm_bindgen(constructor)]
    pub fn new(api_key: &str, api_secret: &str) -> CombellSigner {
        CombellSigner(Signer::new(api_key, api_secret).unwrap_or_else(|| mismatch("a key")))
    }

    /// The value of the `Authorization` header.
    pub fn sign(
        &self,
        method: &str,
        path_and_query: &str,
        body: &str,
        nonce: &str,
        timestamp: f64,
        variant: HostVariant,
    ) -> String {
        let variant = match variant {
            HostVariant::Document => SignatureVariant::Document,
            _ => SignatureVariant::Client,
        };
        let timestamp = timestamp as i64;
        self.0.authorization(variant, &Message { method, path_and_query, body, nonce, timestamp })
    }
}

/// A variant of Combell's signature.
#[wasm_bindgen]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum HostVariant {
    Document = "document",
    Client = "client",
}

/// JavaScript and the core do not fit together: a fault of the build, not of the caller.
fn mismatch<T>(what: &str) -> T {
    wasm_bindgen::throw_str(what)
}
