//! A call, from its params to its result: check the input, get a token, build the request, send it, judge
//! the answer, and try again where that is right.

pub mod custom;
pub mod job;
pub mod page;
pub mod proxied;
pub mod retry;
pub mod token;

use std::borrow::Cow;

use crate::answer::message;
use crate::answer::redact::redact;
use crate::answer::{Judged, Outcome, judge, rate_limit};
use crate::client::{Client, Identity};
use crate::encode::hex;
use crate::failure::{Body, ErrorKind, Failure};
use crate::input::{self, Input, Unchecked};
use crate::issue::Issue;
use crate::json::{self, Entries};
use crate::operation::{Effect, Method, Operation};
use crate::platform::{
    Answer, Attempt, Data, Event, EventKind, Milliseconds, Platform, SendError, Unanswered,
};
use crate::providers::Proof;
use crate::request::{self, Request};
use crate::secret::Secret;
use crate::sign::SignatureVariant;
use retry::{Attempts, Cause};

/// The JSON of a platform's answers.
pub type DataOf<P> = <<P as Platform>::Answer as Answer>::Data;

/// Options of one call.
#[derive(Default)]
pub struct CallOptions {
    /// How long an attempt may take.
    pub timeout: Option<Milliseconds>,
    /// How often it may be repeated where its effect allows it.
    pub max_retries: Option<u32>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// Wire parameters that are sent unchecked, as a JSON object; empty for none.
    pub extra: String,
}

/// A call that is to be made.
pub struct Call<'c, P: Platform> {
    /// What it needs of the world.
    pub platform: &'c P,
    /// Whose call it is.
    pub client: &'c Client<P::Answer>,
    /// What is called.
    pub operation: &'c Operation<'c>,
    /// Its params, as JSON.
    pub params: &'c str,
    /// How it is called.
    pub options: &'c CallOptions,
    /// What must not be shown besides its own secrets: those of the call that started the job which this
    /// one asks about.
    pub secrets: Vec<Secret>,
}

/// An authenticated request that somebody else sends.
pub struct Prepared {
    /// HTTP method.
    pub method: Method,
    /// Address.
    pub url: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Option<String>,
}

/// What an attempt was made with, for the events and errors that tell of it.
struct Sent {
    method: Method,
    /// Address, as it may be shown.
    url: String,
    /// Which attempt it was, from 1.
    attempt: u32,
}

impl<'c, P: Platform> Call<'c, P> {
    /// Makes the call.
    pub async fn run(&self) -> Result<Outcome<P::Answer>, Box<Failure>> {
        self.client.check_effect(self.operation)?;
        let outcome = self.exchange().await?;
        Ok(match &self.operation.paging {
            Some(paging) => page::of(self.params, paging, outcome),
            None => outcome,
        })
    }

    /// The call without its effect looked at, as the client makes it for a token, and its pages not made.
    async fn exchange(&self) -> Result<Outcome<P::Answer>, Box<Failure>> {
        // Wrong input is told before anything is sent, a login too; so is a clock that tells no time.
        let input = self.check()?;
        self.timestamp()?;
        let mut retries = 0;
        let mut tried_variants = TriedVariants::default();
        let mut renewed = false;
        let mut made = 0;
        loop {
            made += 1;
            let token = self.token().await?;
            let identity = self.client.identity();
            let (request, variant) =
                self.request(&input, &identity, token.as_ref(), tried_variants.asked)?;
            let sent =
                Sent { method: request.method, url: self.redacted_url(&request), attempt: made };
            self.tell(EventKind::Request, &sent, |event| event);
            let secrets = || self.secrets(&input, token.as_ref());
            let started = self.platform.now();
            let (failure, answer) = match self.send(&request, &sent).await {
                Err(error) => (self.unanswered(error, &sent, &secrets()), None),
                Ok(answer) => {
                    let duration_ms = self.platform.now() - started;
                    self.tell(EventKind::Response, &sent, |event| Event {
                        status: Some(answer.status()),
                        duration_ms: Some(duration_ms),
                        ..event
                    });
                    if let Some(variant) = variant {
                        if answer.status() == 401 && tried_variants.ask_for(variant.other()) {
                            // Nothing was carried out on a 401, so another way to prove who is calling
                            // is safe for every effect.
                            continue;
                        }
                        if answer.status() != 401 && tried_variants.asked.is_some() {
                            identity.provider.prefer(variant);
                        }
                    }
                    match self.judge(&answer, &sent, &secrets) {
                        Ok(outcome) => {
                            self.keep_credentials(&outcome);
                            return Ok(outcome);
                        }
                        Err(failure) => (failure, Some(answer)),
                    }
                }
            };
            let status = answer.as_ref().map(Answer::status);
            if let (Some(token), Some(tokens), ErrorKind::AuthenticationError) =
                (&token, &self.client.tokens, failure.kind)
            {
                tokens.refuse(token);
                // A 401 proves that nothing was done; words in an answer do not prove it of a purchase.
                let is_certain = status == Some(401) || self.operation.effect != Effect::Purchase;
                if is_certain && !renewed {
                    renewed = true;
                    self.tell_retry(&sent, status, failure.kind, 0.0);
                    continue;
                }
            }
            let Some(delay) = self.delay(&failure, answer.as_ref(), retries) else {
                return Err(failure);
            };
            retries += 1;
            self.tell_retry(&sent, status, failure.kind, delay);
            self.platform.sleep(Milliseconds(delay)).await;
        }
    }

    /// Its params, checked.
    pub fn check(&self) -> Result<Input<'_>, Box<Failure>> {
        let matches = |pattern: &str, text: &str| self.platform.matches(pattern, text);
        let given = Unchecked {
            params: self.params,
            extra: &self.options.extra,
            fills: &self.client.settings.fills,
        };
        input::check(self.operation, &self.client.table.rules.types, &matches, given)
            .map_err(|issues| Failure::input(self.client.table.name, self.operation.name, issues))
    }

    /// The token that goes along, where one does.
    async fn token(&self) -> Result<Option<Secret>, Box<Failure>> {
        if self.operation.anonymous {
            return Ok(None);
        }
        match &self.client.tokens {
            Some(tokens) => Ok(Some(tokens.get(self).await?)),
            None => Ok(self.client.identity().token.clone()),
        }
    }

    /// The request, authenticated as of now; each attempt is signed afresh. Where there are two ways to do
    /// so, says which it took.
    fn request(
        &self,
        input: &Input,
        identity: &Identity,
        token: Option<&Secret>,
        variant: Option<SignatureVariant>,
    ) -> Result<(Request, Option<SignatureVariant>), Box<Failure>> {
        if let Some(proxy) = &self.client.settings.proxy {
            return Ok((proxied::request(self, proxy), None));
        }
        let fields = self.credential_fields(identity, token);
        let credentials: Entries =
            fields.iter().map(|(name, secret)| request::field(name, secret)).collect();
        let mut request = Request::new(self.operation, input, &credentials);
        if self.operation.anonymous {
            return Ok((request, None));
        }
        let (nonce, timestamp) = (self.nonce(), self.timestamp()?);
        let proof = Proof { nonce: &nonce, timestamp, token, variant };
        let variant = identity.provider.authenticate(&mut request, proof);
        Ok((request, variant))
    }

    /// Unix time in whole seconds, by the program's own clock.
    fn timestamp(&self) -> Result<i64, Box<Failure>> {
        let now = self.platform.now() / 1000.0;
        if now.is_nan() || now.abs() > 9e15 {
            let issue = Issue::new("now", "must give milliseconds");
            return Err(Failure::input(self.client.table.name, self.operation.name, vec![issue]));
        }
        Ok(now.floor() as i64)
    }

    /// What proves who is calling in the fields of a body, as JSON has it between quotes.
    fn credential_fields(
        &self,
        identity: &Identity,
        token: Option<&Secret>,
    ) -> Vec<(&'static str, String)> {
        let rules = &self.client.table.rules;
        let is_meant = |only: Option<&str>| match only {
            Some(only) => only == self.operation.name,
            None => !self.operation.anonymous,
        };
        let fields = rules.fields.iter().filter(|field| is_meant(field.only));
        let credentials =
            fields.map(|field| (field.name, identity.credentials.find(field.credential)));
        let token = rules.token_field.map(|name| (name, token));
        credentials
            .chain(token)
            .filter_map(|(name, secret)| Some((name, json::encode(secret?.expose()))))
            .collect()
    }

    /// Random text of 128 bits, in hexadecimal.
    pub fn nonce(&self) -> String {
        let mut bytes = [0; 16];
        self.platform.random(&mut bytes);
        hex(&bytes)
    }

    /// The authenticated request, not sent.
    pub async fn prepare(&self) -> Result<Prepared, Box<Failure>> {
        let table = &self.client.table;
        if self.client.settings.proxy.is_some() {
            let issue = Issue::new("proxy", "takes named operations only");
            return Err(Failure::input(table.name, self.operation.name, vec![issue]));
        }
        self.client.check_effect(self.operation)?;
        let input = self.check()?;
        self.timestamp()?;
        let token = self.token().await?;
        let identity = self.client.identity();
        let (request, _) = self.request(&input, &identity, token.as_ref(), None)?;
        let headers = self.headers(&request);
        let headers = headers.into_iter().map(|(name, value)| (name.into(), value.to_owned()));
        Ok(Prepared {
            method: request.method,
            url: self.url(&request.path_and_query),
            headers: headers.collect(),
            body: request.body,
        })
    }

    /// The headers of a request with those of the client and the call. Its own win: they are what it is
    /// signed and read by.
    fn headers<'h>(&'h self, request: &'h Request) -> Vec<(Cow<'h, str>, &'h str)> {
        let own = request.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let settings = &self.client.settings;
        let proxy = settings.proxy.iter().flat_map(|proxy| &proxy.headers);
        let given = proxy.chain(&settings.headers).chain(&self.options.headers);
        let mut given = given.map(|(name, value)| (name.as_str(), value.as_str())).peekable();
        if given.peek().is_none() {
            return own.map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        }
        merge_headers(given.chain(own))
    }

    async fn send(&self, request: &Request, sent: &Sent) -> Result<P::Answer, SendError> {
        let url = self.url(&request.path_and_query);
        let headers = self.headers(request);
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_ref(), *value)).collect();
        let attempt = Attempt {
            method: request.method,
            url: &url,
            redacted_url: request.redacted.is_some().then_some(&sent.url),
            headers: &headers,
            body: request.body.as_deref(),
            timeout: self.timeout(),
            non_repeatable: self.operation.is_non_repeatable(),
            wants_file: self.operation.is_file(),
        };
        self.platform.send(attempt).await
    }

    fn timeout(&self) -> Milliseconds {
        self.options.timeout.unwrap_or(self.client.settings.timeout)
    }

    /// An address from the provider's root on, or the proxy's own.
    fn url(&self, path_and_query: &str) -> String {
        match &self.client.settings.proxy {
            Some(_) => path_and_query.to_owned(),
            None => [&self.client.settings.base_url, path_and_query].concat(),
        }
    }

    fn redacted_url(&self, request: &Request) -> String {
        self.url(request.redacted.as_ref().unwrap_or(&request.path_and_query))
    }

    /// Everything that must not be shown of the call.
    fn secrets(&self, input: &Input, token: Option<&Secret>) -> Vec<Secret> {
        let mut secrets = self.client.secrets();
        let own = input.secrets.iter().map(|secret| Secret::new(secret.plain().into_owned()));
        secrets.extend(own.chain(token.cloned()).chain(self.secrets.iter().cloned()));
        secrets
    }

    /// Everything that must not be shown of a call whose params are right.
    pub fn all_secrets(&self) -> Vec<Secret> {
        let own = self.check().map(|input| self.secrets(&input, None));
        own.unwrap_or_else(|_| self.client.secrets())
    }

    /// What an answer means.
    fn judge(
        &self,
        answer: &P::Answer,
        sent: &Sent,
        secrets: &dyn Fn() -> Vec<Secret>,
    ) -> Result<Outcome<P::Answer>, Box<Failure>> {
        if answer.status() == 0 {
            let hidden = self.platform.explain(Unanswered::HiddenRedirect);
            let message = hidden.unwrap_or_else(|| "the answer is a redirect".to_owned());
            return Err(self.unusable(answer, sent, message));
        }
        if self.client.settings.proxy.is_some() {
            return proxied::judge(self, answer, sent, secrets);
        }
        let rules = &self.client.table.rules;
        let identity = self.client.identity();
        match judge(self.platform, rules, &*identity.provider, self.operation, answer) {
            Judged::Success(result, body) => Ok(Outcome {
                answer: answer.clone(),
                status: answer.status(),
                attempts: sent.attempt,
                body,
                result,
                told: None,
            }),
            Judged::Refused(kind, said) => {
                let secrets = secrets();
                let safe = |text: &str| redact_all(text, &secrets);
                let said = said.redacted(&safe);
                let status = answer.status();
                let name = self.operation.name;
                let message = message::refused(rules, name, status, kind, &said);
                let mut failure = self.failure(kind, message);
                failure.status = Some(status);
                failure.code = said.code;
                failure.issues = said.issues;
                failure.body = body_of(answer, &safe);
                failure.headers = headers_of(answer, &safe);
                failure.attempts = sent.attempt;
                failure.retry_after_ms = self.asked_wait(answer);
                Err(failure)
            }
            Judged::Unusable(fault) => {
                let fault = redact_all(&fault, &secrets());
                let status = answer.status();
                let message = message::unusable(rules, self.operation.name, status, &fault);
                let safe = |text: &str| redact_all(text, &secrets());
                let mut failure = self.unusable(answer, sent, message);
                failure.body = body_of(answer, &safe);
                failure.headers = headers_of(answer, &safe);
                Err(failure)
            }
        }
    }

    fn unusable(&self, answer: &P::Answer, sent: &Sent, message: String) -> Box<Failure> {
        let mut failure = self.failure(ErrorKind::ResponseError, message);
        failure.status = Some(answer.status());
        failure.attempts = sent.attempt;
        failure
    }

    /// A failure of this call.
    pub fn failure(&self, kind: ErrorKind, message: impl Into<String>) -> Box<Failure> {
        Failure::new(kind, self.client.table.name, self.operation.name, message)
    }

    /// The failure of an attempt that got no answer.
    fn unanswered(&self, error: SendError, sent: &Sent, secrets: &[Secret]) -> Box<Failure> {
        let (provider, name) = (self.client.table.name, self.operation.name);
        match error {
            SendError::Timeout => {
                let limit = self.timeout().text();
                let message =
                    [provider, " gave no whole answer to ", name, " within ", &limit, " ms"];
                let mut failure = self.failure(ErrorKind::TimeoutError, message.concat());
                failure.attempts = sent.attempt;
                failure.timeout_ms = Some(self.timeout().0);
                failure
            }
            SendError::Transport(causes) => {
                let safe = |text: &str| redact_all(text, secrets);
                let causes: Vec<_> = causes.iter().map(|cause| cause.redacted(&safe)).collect();
                let why = causes.last().map_or("", |cause| &cause.message);
                let why = if why.is_empty() { "the connection failed" } else { why };
                let more = self.platform.explain(Unanswered::Failed { url: &sent.url });
                let message = [
                    provider,
                    " could not be reached for ",
                    name,
                    ": ",
                    why,
                    more.as_deref().unwrap_or(""),
                ];
                let mut failure = self.failure(ErrorKind::ConnectionError, message.concat());
                failure.attempts = sent.attempt;
                failure.causes = causes;
                failure
            }
        }
    }

    fn asked_wait(&self, answer: &P::Answer) -> Option<f64> {
        rate_limit::asked_wait(self.platform, answer, &self.client.table.rules.rate_limit)
    }

    /// How long to wait before the next attempt, in milliseconds; nothing where there is none.
    fn delay(&self, failure: &Failure, answer: Option<&P::Answer>, retries: u32) -> Option<f64> {
        let cause = match failure.kind {
            // A proxy's status is its own where it tells of a provider's.
            kind if kind.is_transport() => Cause::Ambiguous,
            kind if kind.is_refusal() => Cause::Status(failure.status?),
            _ => return None,
        };
        let attempts = Attempts {
            made: retries + 1,
            max_retries: self.options.max_retries.unwrap_or(self.client.settings.max_retries),
        };
        let asked = answer.and_then(|answer| self.asked_wait(answer));
        let Operation { effect, idempotent, .. } = *self.operation;
        retry::delay(effect, idempotent, cause, attempts, asked, self.platform.chance())
    }

    /// Goes on with credentials that the provider has put in place of others.
    fn keep_credentials(&self, outcome: &Outcome<P::Answer>) {
        for (name, pointer) in &self.operation.credentials {
            if let Some(value) = outcome.body.as_ref().and_then(|body| body.plain_at(pointer)) {
                self.client.replace_credential(name, &value);
                self.platform.keep_credential(name, &value);
            }
        }
    }

    fn tell<'e>(&self, kind: EventKind, sent: &'e Sent, more: impl FnOnce(Event<'e>) -> Event<'e>)
    where
        'c: 'e,
    {
        if self.platform.observes(kind) {
            self.platform.notify(more(Event {
                kind,
                provider: self.client.table.name,
                operation: self.operation.name,
                method: sent.method.name(),
                url: &sent.url,
                attempt: sent.attempt,
                status: None,
                duration_ms: None,
                delay_ms: None,
                reason: None,
            }));
        }
    }

    fn tell_retry(&self, sent: &Sent, status: Option<u16>, kind: ErrorKind, delay_ms: f64) {
        self.tell(EventKind::Retry, sent, |event| Event {
            status,
            delay_ms: Some(delay_ms),
            reason: Some(kind.name().to_owned()),
            ..event
        });
    }
}

/// Which variants of a signature were asked for.
#[derive(Default)]
struct TriedVariants {
    /// The one that is asked for now.
    asked: Option<SignatureVariant>,
    other_tried: bool,
}

impl TriedVariants {
    /// Asks for another one, once.
    fn ask_for(&mut self, other: SignatureVariant) -> bool {
        if self.other_tried {
            return false;
        }
        (self.asked, self.other_tried) = (Some(other), true);
        true
    }
}

/// A text without the secrets.
pub fn redact_all(text: &str, secrets: &[Secret]) -> String {
    let secrets: Vec<&str> = secrets.iter().map(Secret::expose).collect();
    redact(text, &secrets).into_owned()
}

/// Of a text more is not kept in an error.
const LONGEST_TEXT: usize = 2000;

fn body_of(answer: &impl Answer, safe: &dyn Fn(&str) -> String) -> Option<Body> {
    if answer.is_empty() || answer.is_file() && answer.data().is_none() {
        return None;
    }
    let text = safe(&answer.text());
    Some(match answer.data() {
        Some(_) => Body::Json(text),
        None => Body::Text(message::quote(&text, LONGEST_TEXT).to_owned()),
    })
}

fn headers_of(answer: &impl Answer, safe: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    let shown = |(name, value): (String, String)| {
        (!name.starts_with("set-cookie")).then(|| (name, safe(&value)))
    };
    answer.headers().into_iter().filter_map(shown).collect()
}

/// Later ones win, whatever the case of their names.
fn merge_headers<'h>(
    headers: impl Iterator<Item = (&'h str, &'h str)>,
) -> Vec<(Cow<'h, str>, &'h str)> {
    let mut merged: Vec<(Cow<str>, &str)> = Vec::new();
    for (name, value) in headers {
        let name = Cow::Owned(name.to_ascii_lowercase());
        match merged.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None => merged.push((name, value)),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
