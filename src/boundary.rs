//! What JavaScript sees. A reply that begins with `!` is a failure as JSON, which JavaScript makes into
//! an error object.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::answer::{self, Answer, Content, Verdict};
use crate::input::{self, Given, Input, Matches};
use crate::issue::{Issue, write_issues};
use crate::json::{self, Entries, Value, Written, append_text};
use crate::operation::Operation;
use crate::providers::{self, Credentials, Provider, Rules, Way};
use crate::request::Request;
use crate::retry::{self, Attempts, Cause};
use crate::secret::Secret;
use crate::sign::{Message, Moment};
use crate::text::cut;

#[wasm_bindgen(
    inline_js = "export const matches = (pattern, text) => new RegExp(pattern, \"u\").test(text);"
)]
extern "C" {
    /// Patterns of the specs are in JavaScript's dialect (some look ahead), so JavaScript runs them.
    fn matches(pattern: &str, text: &str) -> bool;
}

/// As a plain function, which native code can stand in for.
const MATCHES: Matches = |pattern, text| matches(pattern, text);

/// What operations of a provider share; it stays as long as the instance.
#[wasm_bindgen]
pub struct Table(&'static Shared);

struct Shared {
    types: &'static Value<'static>,
    rules: Rules,
}

#[wasm_bindgen]
impl Table {
    /// Reads the head of a provider's table: `{"types": …, "rules": …}`.
    #[wasm_bindgen(constructor)]
    pub fn new(head: String) -> Table {
        let read = |head: &'static Value<'static>| {
            Some(Shared { types: head.get("types")?, rules: Rules(head.get("rules")?) })
        };
        let head = Box::leak(Box::new(json::parse(head.leak()).unwrap_or(Value::Null)));
        Table(Box::leak(Box::new(read(head).unwrap_or_else(|| misfit("a table")))))
    }

    /// Reads one operation, which stays as long as the instance.
    pub fn operation(&self, line: String) -> Descriptor {
        self.descriptor(Line::Kept(read_line(line.leak())))
    }

    /// An operation that goes with its descriptor: it is read at each use.
    #[wasm_bindgen(js_name = passingOperation)]
    pub fn passing_operation(&self, line: String) -> Descriptor {
        self.descriptor(Line::Passing(line))
    }
}

impl Table {
    fn descriptor(&self, line: Line) -> Descriptor {
        Descriptor { line, shared: self.0 }
    }
}

/// One operation.
#[wasm_bindgen]
pub struct Descriptor {
    line: Line,
    shared: &'static Shared,
}

enum Line {
    Kept(Operation<'static>),
    Passing(String),
}

impl Descriptor {
    /// The operation; one that is read for this use goes into `slot`.
    fn operation<'a>(&'a self, slot: &'a mut Option<Operation<'a>>) -> &'a Operation<'a> {
        match &self.line {
            Line::Kept(operation) => operation,
            Line::Passing(line) => slot.insert(read_line(line)),
        }
    }
}

fn read_line(line: &str) -> Operation<'_> {
    Operation::parse(line).unwrap_or_else(|| misfit("an operation"))
}

#[wasm_bindgen]
impl Descriptor {
    /// How long to wait before another attempt, in milliseconds; below 0 there is none.
    /// `status` is 0 where no answer came, `asked_ms` NaN where the provider asks for nothing.
    #[wasm_bindgen(js_name = retryDelay)]
    pub fn retry_delay(
        &self,
        status: u16,
        made: u32,
        max_retries: u32,
        asked_ms: f64,
        random: f64,
    ) -> f64 {
        let mut slot = None;
        let &Operation { effect, idempotent, .. } = self.operation(&mut slot);
        let cause = if status == 0 { Cause::Ambiguous } else { Cause::Status(status) };
        let attempts = Attempts { made, max_retries };
        retry::delay(effect, idempotent, cause, attempts, Some(asked_ms), random).unwrap_or(-1.0)
    }
}

/// A provider with credentials.
#[wasm_bindgen]
pub struct Client {
    provider: Box<dyn Provider>,
    credentials: Credentials,
    token: RefCell<Option<Secret>>,
    fills: Zeroizing<String>,
}

#[wasm_bindgen]
impl Client {
    /// Takes its credentials as JSON, and so the values for body fields that calls leave out, empty
    /// where there are none.
    #[wasm_bindgen(constructor)]
    pub fn new(provider: &str, credentials: String, fills: String) -> Client {
        let credentials = Zeroizing::new(credentials);
        let credentials = Credentials::read(&json::parse(&credentials).unwrap_or(Value::Null));
        let provider =
            providers::provider(provider, &credentials).unwrap_or_else(|| misfit("a provider"));
        Client { provider, credentials, token: RefCell::default(), fills: Zeroizing::new(fills) }
    }

    /// The token that goes along from now on, as JSON.
    #[wasm_bindgen(js_name = useToken)]
    pub fn use_token(&self, token: String) {
        let token = Zeroizing::new(token);
        let token = json::parse(&token).as_ref().and_then(Value::text).map(Secret::new);
        self.token.replace(token);
    }

    /// An authenticated request, as [`Request::write`] writes it, with a digit before it: which of two
    /// ways to authenticate it took, 0 where there is only one. `way` asks for one, 0 for none.
    /// The failure is `{"issues": […]}`, where the params are wrong. Params are bytes, because the platform
    /// encodes long texts thirty times as fast as wasm-bindgen does. `extra` is empty for none,
    /// `moment` a nonce, a colon and the Unix time in whole seconds.
    pub fn request(
        &self,
        descriptor: &Descriptor,
        params: &[u8],
        extra: &str,
        moment: &str,
        way: u8,
    ) -> String {
        // JavaScript makes no other bytes of a text.
        let params = str::from_utf8(params).unwrap_or_default();
        let mut slot = None;
        let operation = descriptor.operation(&mut slot);
        let token = self.token.borrow();
        let Shared { types, rules } = descriptor.shared;
        let mut input = match self.check(operation, types, params, extra) {
            Ok(input) => input,
            Err(issues) => {
                let mut out = "!{\"issues\":".to_owned();
                write_issues(&issues, &mut out);
                out.push('}');
                return out;
            }
        };
        let token = token.as_ref().filter(|_| !operation.anonymous());
        if let Some(Value::Map(entries)) = &mut input.body {
            self.add_credentials(entries, operation, rules, token);
        }
        let mut request = Request::new(operation, input);
        let taken = match operation.anonymous() {
            true => None,
            false => {
                let moment = read_moment(moment);
                self.provider.authenticate(&mut request, moment, token, read_way(way))
            }
        };
        let mut out = match taken {
            None => "0",
            Some(Way::First) => "1",
            Some(Way::Second) => "2",
        }
        .to_owned();
        request.write(&mut out);
        out
    }

    /// The value of the header that authenticates a request which somebody else sends. `head` is the
    /// method, the path and the moment as [`Client::request`] takes it, a line each.
    pub fn sign(&self, head: &str, body: String, way: u8) -> String {
        let (method, rest) = cut(head, b'\n').unwrap_or_default();
        let (path_and_query, moment) = cut(rest, b'\n').unwrap_or_default();
        let message = Message { method, path_and_query, body: &body, moment: read_moment(moment) };
        self.provider.sign(&message, read_way(way).unwrap_or(Way::First))
    }

    /// A way to authenticate worked where the other was refused.
    pub fn prefer(&self, way: u8) {
        if let Some(way) = read_way(way) {
            self.provider.prefer(way);
        }
    }

    /// Judges an answer: an empty text where the body is the result, `-` where there is no result, `@`
    /// where it is the `Location`. `content` says what the body is: 0 nothing, 1 JSON, 2 broken JSON, 3 a
    /// web page, 4 other text, 5 a file, 6 JSON without the list that was asked for; `body` is as
    /// [`Answer`] has it.
    pub fn judge(
        &self,
        descriptor: &Descriptor,
        status: u16,
        has_location: bool,
        content: u8,
        media_type: Option<String>,
        body: &str,
    ) -> String {
        let mut slot = None;
        let operation = descriptor.operation(&mut slot);
        let content = Content::read(content);
        let media_type = media_type.as_deref().unwrap_or("");
        let answer = Answer { status, has_location, content, media_type, body };
        match answer::judge(operation, &*self.provider, &descriptor.shared.rules, &answer) {
            Verdict::Body => String::new(),
            Verdict::Nothing => "-".to_owned(),
            Verdict::Place => "@".to_owned(),
            Verdict::Failure(failure) => {
                let mut out = "!".to_owned();
                failure.write(&mut out);
                out
            }
        }
    }

    /// The secrets among the params of a call, as a JSON array: they are to be masked in what is shown.
    pub fn secrets(&self, descriptor: &Descriptor, params: &str) -> String {
        let mut out = "[".to_owned();
        let mut slot = None;
        let operation = descriptor.operation(&mut slot);
        let input = self.check(operation, descriptor.shared.types, params, "");
        for secret in input.iter().flat_map(|input| &input.secrets) {
            out.push_str(if out.len() > 1 { "," } else { "" });
            append_text(secret.0, &mut out);
        }
        out.push(']');
        out
    }
}

impl Client {
    fn check<'a>(
        &'a self,
        operation: &'a Operation<'a>,
        types: &'a Value<'a>,
        params: &'a str,
        extra: &'a str,
    ) -> Result<Input<'a>, Vec<Issue>> {
        let call = Given { params, extra, fills: &self.fills };
        input::check(operation, types, MATCHES, call)
    }

    /// Adds what proves who is calling to the fields of a body.
    fn add_credentials<'a>(
        &'a self,
        entries: &mut Entries<'a>,
        operation: &Operation,
        rules: &Rules,
        token: Option<&'a Secret>,
    ) {
        let mut add = |name: &'static str, secret: Option<&'a Secret>| {
            entries.extend(secret.map(|secret| (Written(name), Value::Text(secret.expose()))));
        };
        for field in rules.list("/fields") {
            // A third part names the one operation that it is for; others are for all that need them.
            let meant = match field.items().get(2) {
                Some(only) => only.text() == Some(operation.name),
                None => !operation.anonymous(),
            };
            if let (true, [Value::Text(name), Value::Text(credential), ..]) = (meant, field.items())
            {
                add(name.0, self.credentials.find(credential.0));
            }
        }
        match rules.text("token") {
            "" => {}
            name => add(name, token),
        }
    }
}

fn read_moment(moment: &str) -> Moment<'_> {
    let (nonce, seconds) = cut(moment, b':').unwrap_or_default();
    Moment { nonce, seconds }
}

fn read_way(number: u8) -> Option<Way> {
    match number {
        1 => Some(Way::First),
        2 => Some(Way::Second),
        _ => None,
    }
}

/// JavaScript and the core do not fit together: a fault of the build, not of the caller.
fn misfit<T>(what: &str) -> T {
    wasm_bindgen::throw_str(what)
}
