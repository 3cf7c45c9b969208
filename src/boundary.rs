//! What JavaScript sees. A reply that begins with `!` is a failure as JSON, which JavaScript makes into
//! an error object.

use crate::prelude::*;

use alloc::rc::Rc;
use core::cell::RefCell;

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::answer::{self, Answer, Content, Verdict};
use crate::input::{self, Given, Input};
use crate::issue::{Issue, write_issues};
use crate::job::Job;
use crate::json::{self, Value, write_text};
use crate::operation::Operation;
use crate::providers::{self, Credentials, Moment, Provider, Rules, Way};
use crate::request::Request;
use crate::retry::{self, Attempts, Cause};
use crate::schema::Types;
use crate::secret::Secret;

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
}

/// One operation, read.
#[wasm_bindgen]
pub struct Descriptor {
    operation: Operation,
    shared: Rc<Shared>,
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
        let Operation { effect, idempotent, .. } = self.operation;
        let cause = if status == 0 { Cause::Ambiguous } else { Cause::Status(status) };
        let attempts = Attempts { made, max_retries };
        retry::delay(effect, idempotent, cause, attempts, Some(asked_ms), random).unwrap_or(-1.0)
    }
}

/// A provider with credentials.
#[wasm_bindgen]
pub struct Client {
    provider: Box<dyn Provider>,
    rules: Rules,
    credentials: Credentials,
    token: RefCell<Option<Secret>>,
    fills: Vec<(String, Value)>,
    base_url: String,
}

#[wasm_bindgen]
impl Client {
    /// Takes `{"credentials": …, "fills": …, "rules": …}`; the rules are the spec's, the fills values
    /// for body fields that calls leave out.
    #[wasm_bindgen(constructor)]
    pub fn new(provider: &str, options: String, base_url: String) -> Client {
        let options = Zeroizing::new(options);
        let mut options = json::parse(&options).unwrap_or(Value::Null);
        let credentials = Credentials::read(options.get("credentials").unwrap_or(&Value::Null));
        let fills = options.get("fills").map_or(&[][..], Value::entries).to_vec();
        let rules = Rules(options.get("rules").cloned().unwrap_or(Value::Null));
        wipe(&mut options);
        let provider =
            providers::provider(provider, &credentials).unwrap_or_else(|| misfit("a provider"));
        Client { provider, rules, credentials, token: RefCell::default(), fills, base_url }
    }

    /// The token that goes along from now on.
    #[wasm_bindgen(js_name = useToken)]
    pub fn use_token(&self, token: String) {
        self.token.replace(Some(Secret::new(token)));
    }

    /// An authenticated request, as [`Request::write`] writes it, with a digit before it: which of two
    /// ways to authenticate it took, 0 where there is only one. `way` asks for one, 0 for none.
    /// The failure is `{"issues": […]}`, where the params are wrong. `extra` is empty for none.
    pub fn request(
        &self,
        descriptor: &Descriptor,
        params: &str,
        extra: &str,
        seconds: &str,
        nonce: &str,
        way: u8,
    ) -> String {
        let operation = &descriptor.operation;
        let mut input = match self.check(descriptor, params, extra) {
            Ok(input) => input,
            Err(issues) => {
                let mut out = "!{\"issues\":".to_owned();
                write_issues(&issues, &mut out);
                out.push('}');
                return out;
            }
        };
        let token = self.token.borrow();
        let token = token.as_ref().filter(|_| !operation.anonymous());
        if let Some(Value::Map(entries)) = &mut input.body {
            self.add_credentials(entries, operation, token);
        }
        let accept = (!operation.is_file()).then_some("application/json");
        let mut request = Request::new(&operation.method, input, operation.encoding(), accept);
        let moment = Moment { seconds, nonce };
        let taken = match operation.anonymous() {
            true => None,
            false => self.provider.authenticate(&mut request, &moment, token, read_way(way)),
        };
        let taken = match taken {
            None => "0",
            Some(Way::First) => "1",
            Some(Way::Second) => "2",
        };
        [taken, &request.write(&self.base_url)].concat()
    }

    /// A way to authenticate worked where the other was refused.
    pub fn prefer(&self, way: u8) {
        if let Some(way) = read_way(way) {
            self.provider.prefer(way);
        }
    }

    /// Judges an answer: nothing where the body is the result, an empty text where there is no
    /// result, else the result as JSON. `content` says what the body is: 0 nothing, 1 JSON, 2 broken
    /// JSON, 3 a web page, 4 other text, 5 a file, 6 JSON without the list that was asked for; `body`
    /// is the text of an error, as much of another answer as tells a failure, or how a page begins.
    pub fn judge(
        &self,
        descriptor: &Descriptor,
        status: u16,
        location: &str,
        content: u8,
        body: &str,
    ) -> Option<String> {
        let Descriptor { operation, shared } = descriptor;
        let job = shared.jobs.iter().find(|job| operation.job() == Some(&job.kind));
        let content = Content::read(content);
        let answer = Answer {
            status,
            location: Some(location).filter(|location| !location.is_empty()),
            content,
            body,
        };
        match answer::judge(operation, job, &*self.provider, &self.rules, &answer) {
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

    /// The secrets among the params of a call, as a JSON array: they are to be masked in what is shown.
    pub fn secrets(&self, descriptor: &Descriptor, params: &str) -> String {
        let mut all = Vec::new();
        for secret in self.check(descriptor, params, "").iter().flat_map(|input| &input.secrets) {
            all.push(Value::Text(secret.expose().to_owned()));
        }
        json::write(&Value::List(all))
    }
}

impl Client {
    /// Adds what proves who is calling to the fields of a body.
    fn add_credentials(
        &self,
        entries: &mut Vec<(String, Value)>,
        operation: &Operation,
        token: Option<&Secret>,
    ) {
        let mut add = |name: &str, secret: Option<&Secret>| {
            let value = secret.map(|secret| Value::Text(secret.expose().to_owned()));
            entries.extend(value.map(|value| (name.to_owned(), value)));
        };
        for field in self.rules.list("/fields") {
            // A third part names the one operation that it is for; others are for all that need them.
            let meant = match field.items().get(2) {
                Some(only) => only.text() == Some(&operation.name),
                None => !operation.anonymous(),
            };
            if let (true, [Value::Text(name), Value::Text(credential), ..]) = (meant, field.items())
            {
                add(name, self.credentials.find(credential));
            }
        }
        match self.rules.text("token") {
            "" => {}
            name => add(name, token),
        }
    }

    fn check(
        &self,
        descriptor: &Descriptor,
        params: &str,
        extra: &str,
    ) -> Result<Input, Vec<Issue>> {
        let extra = Some(extra).filter(|extra| !extra.is_empty());
        let given =
            Given { types: &descriptor.shared.types, matches: matches_pattern, fills: &self.fills };
        input::check(&descriptor.operation, &given, params, extra)
    }
}

fn read_way(number: u8) -> Option<Way> {
    match number {
        1 => Some(Way::First),
        2 => Some(Way::Second),
        _ => None,
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
