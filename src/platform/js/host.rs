//! What JavaScript brings: pkg-template/src/platform has the other side of each of these.

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// One call as JavaScript has it: it sends and waits for it, and takes what comes of it.
    #[derive(Clone)]
    pub type CallScope;

    /// Sends a request once. The promise gives an [`HostAnswer`], or fails with a [`HostFailure`].
    #[wasm_bindgen(method)]
    #[allow(clippy::too_many_arguments, reason = "an object to hold them costs more than the call")]
    pub fn send(
        this: &CallScope,
        method: HostMethod,
        url: &str,
        redacted_url: Option<&str>,
        headers: &Object,
        body: Option<&str>,
        timeout_ms: f64,
        non_repeatable: bool,
        wants_file: bool,
    ) -> Promise;
    /// Begins to wait.
    #[wasm_bindgen(method)]
    pub fn sleep(this: &CallScope, milliseconds: f64) -> HostTimer;
    /// The clock of the program.
    #[wasm_bindgen(method)]
    pub fn now(this: &CallScope) -> f64;
    /// Fills in bytes that nobody can guess.
    #[wasm_bindgen(method, js_name = fillRandom)]
    pub fn fill_random(this: &CallScope, bytes: &mut [u8]);
    /// The promise gives a text or nothing, or fails with a text.
    #[wasm_bindgen(method, js_name = loadToken)]
    pub fn load_token(this: &CallScope, key: &str) -> Promise;
    /// The promise fails with a text.
    #[wasm_bindgen(method, js_name = storeToken)]
    pub fn store_token(this: &CallScope, key: &str, token: &str, seconds: f64) -> Promise;
    /// The promise fails with a text.
    #[wasm_bindgen(method, js_name = deleteToken)]
    pub fn delete_token(this: &CallScope, key: &str) -> Promise;
    /// Tells an observer.
    #[wasm_bindgen(method, js_name = notify)]
    pub fn notify(this: &CallScope, observer: Observer, event: JsValue);
    /// Tells the caller how far its job is. Says whether to go on: not where the caller throws.
    #[wasm_bindgen(method)]
    pub fn progress(this: &CallScope, answer: JsValue, polls: u32, elapsed_ms: f64) -> bool;
    /// The provider has put a credential in place of another.
    #[wasm_bindgen(method, js_name = keepCredential)]
    pub fn keep_credential(this: &CallScope, name: &str, value: &str);
    /// Whether a text matches a pattern in JavaScript's dialect.
    #[wasm_bindgen(method)]
    pub fn matches(this: &CallScope, pattern: &str, text: &str) -> bool;
    /// What the runtime does not say of the latest failure to connect.
    #[wasm_bindgen(method, js_name = explainFailure)]
    pub fn explain_failure(this: &CallScope, url: &str) -> Option<String>;
    /// What there is to say of a redirect that the runtime hides.
    #[wasm_bindgen(method, js_name = explainRedirect)]
    pub fn explain_redirect(this: &CallScope) -> Option<String>;

    /// The task is to be polled.
    #[wasm_bindgen(method)]
    pub fn wake(this: &CallScope);
    /// What the result is made of; it comes next.
    #[wasm_bindgen(method)]
    pub fn answered(
        this: &CallScope,
        answer: &HostAnswer,
        status: u16,
        attempts: u32,
        rate_limit: JsValue,
    );
    /// The result: data, or nothing.
    #[wasm_bindgen(method, js_name = giveData)]
    pub fn give_data(this: &CallScope, data: JsValue);
    /// The result: a page, and the data that its items are in. `next` are the params of the one that
    /// follows, as JSON.
    #[wasm_bindgen(method, js_name = givePage)]
    pub fn give_page(
        this: &CallScope,
        data: JsValue,
        items: JsValue,
        total: Option<f64>,
        next: Option<String>,
    );
    /// The result: a file, whose bytes are the answer's unless they are given.
    #[wasm_bindgen(method, js_name = giveFile)]
    pub fn give_file(
        this: &CallScope,
        content_type: &str,
        filename: Option<String>,
        bytes: Option<Uint8Array>,
    );
    /// The result: a request, not sent.
    #[wasm_bindgen(method, js_name = giveRequest)]
    pub fn give_request(
        this: &CallScope,
        method: HostMethod,
        url: &str,
        headers: &Object,
        body: Option<&str>,
    );
    /// There is no result: the failure says why.
    #[wasm_bindgen(method)]
    pub fn fail(this: &CallScope, failure: JsValue);

    /// A wait.
    pub type HostTimer;
    /// Settled when the time is over, or cancelled.
    #[wasm_bindgen(method, getter)]
    pub fn over(this: &HostTimer) -> Promise;
    /// Ends it.
    #[wasm_bindgen(method)]
    pub fn cancel(this: &HostTimer);

    /// An answer, read to its end.
    #[derive(Clone)]
    pub type HostAnswer;
    /// HTTP status.
    #[wasm_bindgen(method, getter)]
    pub fn status(this: &HostAnswer) -> u16;
    /// What its JSON says; undefined where it is none.
    #[wasm_bindgen(method, getter)]
    pub fn data(this: &HostAnswer) -> JsValue;
    /// Whether there is no body.
    #[wasm_bindgen(method, getter, js_name = isEmpty)]
    pub fn is_empty(this: &HostAnswer) -> bool;
    /// Whether the body is there as bytes.
    #[wasm_bindgen(method, getter, js_name = isFile)]
    pub fn is_file(this: &HostAnswer) -> bool;
    /// The body as text.
    #[wasm_bindgen(method)]
    pub fn text(this: &HostAnswer) -> String;
    /// A header.
    #[wasm_bindgen(method)]
    pub fn header(this: &HostAnswer, name: &str) -> Option<String>;
    /// All headers, names and values in turn.
    #[wasm_bindgen(method, js_name = allHeaders)]
    pub fn all_headers(this: &HostAnswer) -> Vec<String>;

    /// Why no answer came.
    pub type HostFailure;
    /// Whether it did not come in time.
    #[wasm_bindgen(method, getter, js_name = isTimeout)]
    pub fn is_timeout(this: &HostFailure) -> bool;
    /// What was thrown, then why that was thrown: [`HostCause`]s.
    #[wasm_bindgen(method, getter)]
    pub fn causes(this: &HostFailure) -> Array;

    /// An error of the runtime's.
    pub type HostCause;
    #[wasm_bindgen(method, getter)]
    #[allow(missing_docs)]
    pub fn name(this: &HostCause) -> String;
    #[wasm_bindgen(method, getter)]
    #[allow(missing_docs)]
    pub fn message(this: &HostCause) -> String;
    #[wasm_bindgen(method, getter)]
    #[allow(missing_docs)]
    pub fn stack(this: &HostCause) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    #[allow(missing_docs)]
    pub fn code(this: &HostCause) -> Option<String>;

    /// What a client is made with.
    pub type ClientSettings;
    /// Address of the API.
    #[wasm_bindgen(method, getter, js_name = baseUrl)]
    pub fn base_url(this: &ClientSettings) -> String;
    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    #[allow(missing_docs)]
    pub fn timeout_ms(this: &ClientSettings) -> f64;
    #[wasm_bindgen(method, getter, js_name = maxRetries)]
    #[allow(missing_docs)]
    pub fn max_retries(this: &ClientSettings) -> u32;
    /// Names and values in turn.
    #[wasm_bindgen(method, getter)]
    pub fn headers(this: &ClientSettings) -> Vec<String>;
    /// Names of effects.
    #[wasm_bindgen(method, getter)]
    pub fn allow(this: &ClientSettings) -> Vec<String>;
    /// Names and values in turn.
    #[wasm_bindgen(method, getter)]
    pub fn credentials(this: &ClientSettings) -> Vec<String>;
    /// Values for params that calls leave out, as a JSON object.
    #[wasm_bindgen(method, getter)]
    pub fn fills(this: &ClientSettings) -> String;
    /// Where the proxy is, where there is one.
    #[wasm_bindgen(method, getter, js_name = proxyUrl)]
    pub fn proxy_url(this: &ClientSettings) -> Option<String>;
    /// Names and values in turn.
    #[wasm_bindgen(method, getter, js_name = proxyHeaders)]
    pub fn proxy_headers(this: &ClientSettings) -> Vec<String>;
    /// Whether there is a store for tokens.
    #[wasm_bindgen(method, getter, js_name = hasStore)]
    pub fn has_store(this: &ClientSettings) -> bool;
    /// Whether the clock is the program's own.
    #[wasm_bindgen(method, getter, js_name = hasClock)]
    pub fn has_clock(this: &ClientSettings) -> bool;
    /// Whether somebody observes.
    #[wasm_bindgen(method)]
    pub fn observes(this: &ClientSettings, observer: Observer) -> bool;

    /// Options of one call; what is not given is undefined.
    pub type HostCallOptions;
    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    #[allow(missing_docs)]
    pub fn timeout_ms(this: &HostCallOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = maxRetries)]
    #[allow(missing_docs)]
    pub fn max_retries(this: &HostCallOptions) -> Option<u32>;
    /// Names and values in turn.
    #[wasm_bindgen(method, getter, js_name = headerList)]
    pub fn header_list(this: &HostCallOptions) -> Vec<String>;
    /// Wire parameters that are sent unchecked, as a JSON object; empty for none.
    #[wasm_bindgen(method, getter, js_name = extraJson)]
    pub fn extra_json(this: &HostCallOptions) -> String;
}

/// An observer of a client's.
#[wasm_bindgen]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Observer {
    Request = "onRequest",
    Response = "onResponse",
    Retry = "onRetry",
}

/// An HTTP method.
#[wasm_bindgen]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum HostMethod {
    Get = "GET",
    Head = "HEAD",
    Post = "POST",
    Put = "PUT",
    Patch = "PATCH",
    Delete = "DELETE",
}
