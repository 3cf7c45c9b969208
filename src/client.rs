//! A client: whose credentials it has, what it allows, and what it has learned by calling.

use std::cell::RefCell;
use std::rc::Rc;

use crate::answer::Outcome;
use crate::call::job::Finished;
use crate::call::token::Tokens;
use crate::failure::{ErrorKind, Failure};
use crate::json;
use crate::operation::{Effect, Operation};
use crate::platform::{Answer, Milliseconds};
use crate::providers::{Provider, provider};
use crate::secret::{Credentials, Secret};
use crate::table::Table;

/// What a client is made with.
pub struct Settings {
    /// Address of the API, without a slash at its end.
    pub base_url: String,
    /// How long an attempt may take.
    pub timeout: Milliseconds,
    /// How often a call may be repeated where its effect allows it.
    pub max_retries: u32,
    /// Headers of every request.
    pub headers: Vec<(String, String)>,
    /// The effects that calls may have.
    pub allow: Vec<Effect>,
    /// Whose requests they are.
    pub credentials: Credentials,
    /// Values for body fields that calls leave out, as a JSON object; empty for none.
    pub fills: String,
    /// The proxy that makes the calls, in place of credentials.
    pub proxy: Option<ProxyTarget>,
}

/// A proxy, as `createProxy` makes it.
pub struct ProxyTarget {
    /// Where it is, without a slash at its end.
    pub url: String,
    /// Headers that tell it who is calling.
    pub headers: Vec<(String, String)>,
}

/// A client of a provider.
pub struct Client<A: Answer> {
    /// The provider's operations and rules.
    pub table: Rc<Table>,
    /// What it was made with; its credentials may have been replaced since.
    pub settings: Settings,
    /// Tokens, where the client gets one by itself.
    pub tokens: Option<Tokens>,
    /// Jobs that have ended.
    pub finished: RefCell<Finished<Outcome<A>>>,
    identity: RefCell<Rc<Identity>>,
    /// Credentials that were replaced: what was sent with them may still come back.
    replaced: RefCell<Vec<Secret>>,
}

/// Who is calling.
pub struct Identity {
    /// The credentials.
    pub credentials: Credentials,
    /// How the provider is spoken to with them.
    pub provider: Box<dyn Provider>,
    /// The token that was given in place of credentials.
    pub token: Option<Secret>,
}

impl Identity {
    fn new(table: &Table, credentials: Credentials) -> Option<Identity> {
        let provider = provider(table.name, &credentials)?;
        let token = table.rules.token_option.and_then(|name| credentials.find(name)).cloned();
        Some(Identity { credentials, provider, token })
    }
}

impl<A: Answer> Client<A> {
    /// Makes a client. Nothing where the provider is none, or lacks credentials: a fault of the build.
    pub fn new(table: Rc<Table>, settings: Settings) -> Option<Client<A>> {
        let identity = Identity::new(&table, settings.credentials.clone())?;
        let logs_in =
            table.rules.login.is_some() && identity.token.is_none() && settings.proxy.is_none();
        let tokens = logs_in.then(|| Tokens::new(store_key_text(&settings)));
        Some(Client {
            table,
            settings,
            tokens,
            finished: RefCell::default(),
            identity: RefCell::new(Rc::new(identity)),
            replaced: RefCell::default(),
        })
    }

    /// Who is calling now.
    pub fn identity(&self) -> Rc<Identity> {
        self.identity.borrow().clone()
    }

    /// Whether an operation may be called.
    pub fn check_effect(&self, operation: &Operation) -> Result<(), Box<Failure>> {
        if self.settings.allow.contains(&operation.effect) {
            return Ok(());
        }
        let message = [
            operation.name,
            " has the effect ",
            operation.effect.name(),
            ", which this client does not allow",
        ];
        let kind = ErrorKind::NotAllowedError;
        Err(Failure::new(kind, self.table.name, operation.name, message.concat()))
    }

    /// Goes on with a credential that the provider has put in place of another.
    pub fn replace_credential(&self, name: &str, value: &str) {
        let mut credentials = self.identity().credentials.clone();
        for (known, secret) in &mut credentials.0 {
            if known == name {
                let old = std::mem::replace(secret, Secret::new(value.to_owned()));
                self.replaced.borrow_mut().push(old);
            }
        }
        if let Some(identity) = Identity::new(&self.table, credentials) {
            self.identity.replace(Rc::new(identity));
        }
    }

    /// Credentials, and what else is secret whatever the call.
    pub fn secrets(&self) -> Vec<Secret> {
        let identity = self.identity();
        let named = self.table.rules.secrets.iter();
        let mut secrets: Vec<Secret> =
            named.clone().filter_map(|name| identity.credentials.find(name)).cloned().collect();
        if let Some(json::Value::Map(fills)) = json::parse(&self.settings.fills) {
            let is_secret = |name: &str| named.clone().any(|secret| *secret == name);
            for (_, value) in fills.into_iter().filter(|(name, _)| is_secret(name.0)) {
                secrets.extend(value.plain().map(|text| Secret::new(text.plain().into_owned())));
            }
        }
        secrets.extend(self.replaced.borrow().iter().cloned());
        secrets.extend(self.tokens.iter().flat_map(Tokens::secrets));
        secrets
    }
}

/// What tells these credentials' token from others in a store: the digest of this is its name there.
fn store_key_text(settings: &Settings) -> Secret {
    let mut text = ["[\"", &json::encode(&settings.base_url), "\",{"].concat();
    for (index, (name, secret)) in settings.credentials.0.iter().enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        text.extend(["\"", name, "\":\"", &json::encode(secret.expose()), "\""]);
    }
    text.push_str("}]");
    Secret::new(text)
}
