//! Session tokens: got once for any number of calls, kept until shortly before they end.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use futures_util::lock::Mutex;
use sha2::{Digest, Sha256};

use super::{Call, CallOptions};
use crate::encode::hex;
use crate::failure::{ErrorKind, Failure};
use crate::json::{self, Encoded, Value};
use crate::platform::{Data, Event, EventKind, Milliseconds, Platform, Scalar};
use crate::rules::LoginRule;
use crate::secret::Secret;

/// The tokens of a client.
pub struct Tokens {
    present: RefCell<Option<Token>>,
    /// The one that the provider refused last.
    refused: RefCell<Option<Secret>>,
    flight: RefCell<Rc<Flight>>,
    /// The digest of this is the token's name in a store.
    identity: Secret,
}

#[derive(Clone)]
struct Token {
    token: Secret,
    /// Milliseconds since 1970.
    expires: f64,
}

/// A token on its way. Whoever holds the lock gets it; the others find what came of it.
type Flight = Mutex<Option<Result<Secret, Box<Failure>>>>;

/// A token is renewed this long before its end, or a tenth of its life where that is shorter.
const MARGIN_MS: f64 = 60_000.0;

impl Tokens {
    /// None yet.
    pub fn new(identity: Secret) -> Tokens {
        Tokens {
            present: RefCell::default(),
            refused: RefCell::default(),
            flight: RefCell::default(),
            identity,
        }
    }

    /// A token; calls at the same time get it once. A failure is not remembered.
    pub async fn get<P: Platform>(&self, call: &Call<'_, P>) -> Result<Secret, Box<Failure>> {
        let now = call.platform.now();
        if let Some(present) = &*self.present.borrow()
            && present.expires > now
        {
            return Ok(present.token.clone());
        }
        loop {
            let flight = self.flight.borrow().clone();
            // In Workers a request that is cancelled never goes on, nor does what it has begun.
            match within(call, call.client.settings.timeout, flight.lock()).await {
                None => self.land(&flight),
                Some(mut outcome) => {
                    if let Some(outcome) = &*outcome {
                        return outcome.clone();
                    }
                    let result = self.obtain(call).await;
                    self.land(&flight);
                    *outcome = Some(result.clone());
                    return result;
                }
            }
        }
    }

    /// The next call begins a flight of its own.
    fn land(&self, flight: &Rc<Flight>) {
        let mut current = self.flight.borrow_mut();
        if Rc::ptr_eq(&current, flight) {
            *current = Rc::default();
        }
    }

    /// The provider refused a token: it is not used again.
    pub fn refuse(&self, token: &Secret) {
        let mut present = self.present.borrow_mut();
        if present.as_ref().is_some_and(|present| present.token == *token) {
            *present = None;
        }
        self.refused.replace(Some(token.clone()));
    }

    /// The tokens that may turn up in an answer.
    pub fn secrets(&self) -> impl Iterator<Item = Secret> {
        let present = self.present.borrow().as_ref().map(|present| present.token.clone());
        present.into_iter().chain(self.refused.borrow().clone())
    }

    async fn obtain<P: Platform>(&self, call: &Call<'_, P>) -> Result<Secret, Box<Failure>> {
        let stored = self.load(call).await;
        let is_stored = stored.is_some();
        let token = match stored {
            Some(token) => token,
            None => log_in(call).await?,
        };
        self.present.replace(Some(token.clone()));
        if !is_stored {
            self.store(call, &token).await;
        }
        Ok(token.token)
    }

    /// A token that another instance has stored, if it is one that holds.
    async fn load<P: Platform>(&self, call: &Call<'_, P>) -> Option<Token> {
        if !call.platform.has_store() {
            return None;
        }
        let key = self.store_key(call);
        let text = use_store(call, call.platform.load_token(&key)).await??;
        let Some(token) = Token::read(&text) else {
            tell(call, "what the token store gave is no token");
            return None;
        };
        if self.refused.borrow().as_ref() == Some(&token.token) {
            use_store(call, call.platform.delete_token(&key)).await;
            return None;
        }
        (token.expires > call.platform.now()).then_some(token)
    }

    async fn store<P: Platform>(&self, call: &Call<'_, P>, token: &Token) {
        let seconds = ((token.expires - call.platform.now()) / 1000.0).floor();
        if !call.platform.has_store() || seconds < 1.0 {
            return;
        }
        let (key, text) = (self.store_key(call), token.write());
        let lives = Milliseconds(seconds * 1000.0);
        use_store(call, call.platform.store_token(&key, &text, lives)).await;
    }

    /// Names the token of these credentials without telling them.
    fn store_key<P: Platform>(&self, call: &Call<'_, P>) -> String {
        let digest = Sha256::digest(self.identity.expose().as_bytes());
        let short = digest.get(..16).unwrap_or_default();
        ["hostwire:", call.client.table.name, ":", &hex(short)].concat()
    }
}

impl Token {
    /// Reads what a store has. A store may be a stranger's: nothing in it is trusted.
    fn read(text: &str) -> Option<Token> {
        let stored = json::parse(text)?;
        let token = stored.get("token")?.text()?;
        let Some(Value::Number(expires)) = stored.get("expires") else {
            return None;
        };
        let token = Encoded(token).plain();
        is_token(&token)
            .then(|| Token { token: Secret::new(token.into_owned()), expires: json::size(expires) })
    }

    fn write(&self) -> String {
        let expires = json::decimal(self.expires.max(0.0) as u64);
        let token = json::encode(self.token.expose());
        ["{\"token\":\"", &token, "\",\"expires\":", &expires, "}"].concat()
    }
}

/// Logs in.
async fn log_in<P: Platform>(call: &Call<'_, P>) -> Result<Token, Box<Failure>> {
    let table = &*call.client.table;
    let missing = || call.failure(ErrorKind::HostwireError, "there is no way to log in");
    let rule = table.rules.login.as_ref().ok_or_else(missing)?;
    let operation = table.find(rule.operation).ok_or_else(missing)?;
    let options = CallOptions::default();
    let params = login_params(call, rule);
    let login = Call {
        platform: call.platform,
        client: call.client,
        operation,
        params: params.expose(),
        options: &options,
        secrets: Vec::new(),
    };
    // Boxed, because a login is a call, which could want a login.
    let outcome = Box::pin(login.exchange()).await?;
    let token = outcome.body.as_ref().and_then(|body| read_token(body, rule, call.platform.now()));
    token.ok_or_else(|| {
        let message = "the answer to the login has no token";
        let mut failure = login.failure(ErrorKind::ResponseError, message);
        failure.status = Some(outcome.status);
        failure.attempts = outcome.attempts;
        failure
    })
}

/// The params of the login operation, as JSON.
fn login_params<P: Platform>(call: &Call<'_, P>, rule: &LoginRule) -> Secret {
    let identity = call.client.identity();
    let credentials = rule.credentials.iter().filter_map(|(credential, param)| {
        Some((*param, json::encode(identity.credentials.find(credential)?.expose())))
    });
    let credentials: Vec<(&str, String)> = credentials.collect();
    let mut entries = Vec::new();
    for (name, value) in &rule.params {
        entries.extend(value.single().map(|value| (Encoded(name), value)));
    }
    for (name, value) in &credentials {
        entries.push((Encoded(name), Value::Text(Encoded(value))));
    }
    Secret::new(json::write(&Value::Map(entries)))
}

fn read_token(body: &impl Data, rule: &LoginRule, now: f64) -> Option<Token> {
    let first = |pointers: &[&str]| pointers.iter().find_map(|pointer| body.plain_at(pointer));
    let mut tokens = rule.token.iter().filter_map(|pointer| match body.at(pointer)?.scalar() {
        Scalar::Text(text) => Some(text),
        _ => None,
    });
    let token = tokens.find(|token| is_token(token))?;
    let positive = |text: String| Some(json::size(&text)).filter(|seconds| *seconds > 0.0);
    let ends = first(&rule.expires).and_then(positive).map(|seconds| seconds * 1000.0);
    let lives = || first(&rule.expires_in).and_then(positive);
    let ends = ends
        .or_else(|| Some(now + lives()? * 1000.0))
        .unwrap_or(now + f64::from(rule.lifetime) * 1000.0);
    let margin = ((ends - now).max(0.0) / 10.0).min(MARGIN_MS);
    Some(Token { token: Secret::new(token), expires: ends - margin })
}

/// Visible ASCII: it goes into a header or a form.
fn is_token(text: &str) -> bool {
    matches!(text.len(), 1..=8192) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A store that fails or hangs costs a login, not the call.
async fn use_store<P: Platform, T>(
    call: &Call<'_, P>,
    using: impl Future<Output = Result<T, String>>,
) -> Option<T> {
    let timeout = call.client.settings.timeout;
    let fault = match within(call, timeout, using).await {
        Some(Ok(value)) => return Some(value),
        Some(Err(fault)) => fault,
        None => ["no answer within ", &timeout.text(), " ms"].concat(),
    };
    tell(call, &["the token store failed: ", &fault].concat());
    None
}

fn tell<P: Platform>(call: &Call<'_, P>, reason: &str) {
    let table = &call.client.table;
    let Some(login) = &table.rules.login else { return };
    if call.platform.observes(EventKind::Retry) {
        call.platform.notify(Event {
            kind: EventKind::Retry,
            provider: table.name,
            operation: login.operation,
            method: "",
            url: "",
            attempt: 1,
            status: None,
            duration_ms: None,
            delay_ms: Some(0.0),
            reason: Some(["TokenStoreError: ", reason].concat()),
        });
    }
}

/// What a future gives, if it does in time.
async fn within<P: Platform, T>(
    call: &Call<'_, P>,
    timeout: Milliseconds,
    future: impl Future<Output = T>,
) -> Option<T> {
    match select(pin!(future), pin!(call.platform.sleep(timeout))).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}
