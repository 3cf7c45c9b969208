//! What a provider's spec says beside its operations: how to log in, where an error's words are, how jobs
//! are followed. Facts, no code; what needs code is in `providers`. `table` reads them.

use crate::failure::ErrorKind;
use crate::json::Value;
use crate::schema::Types;

/// The rules of one provider.
pub struct ProviderRules<'a> {
    /// The name that people know it by.
    pub title: &'a str,
    /// Types of params that have a name.
    pub types: Types<'a>,
    /// Options and credentials that are secret.
    pub secrets: Vec<&'a str>,
    /// Credentials that go out in the body.
    pub fields: Vec<CredentialField<'a>>,
    /// The credential that is a token, which needs no login.
    pub token_option: Option<&'a str>,
    /// The name under which a token goes out in the body.
    pub token_field: Option<&'a str>,
    /// How a token is got.
    pub login: Option<LoginRule<'a>>,
    /// How each kind of job is followed, by the kind's name.
    pub jobs: Vec<(&'a str, JobRule<'a>)>,
    /// What to do about an error.
    pub hints: Vec<Hint<'a>>,
    /// Headers that tell the rate limit.
    pub rate_limit: RateLimitHeaders<'a>,
    /// Where an error's code, words and faults of the input are.
    pub error: ErrorPointers<'a>,
    /// Words that tell of a refused token.
    pub expired: Vec<&'a str>,
    /// How failures inside a success are told.
    pub envelope: Envelope<'a>,
    /// How bodies are written, where credentials go out in them.
    pub body: Option<crate::operation::Encoding>,
    /// Whether its JSON may lack commas between the objects of a list.
    pub malformed_json: bool,
    /// Whether files may come as Base64 in its JSON.
    pub files_in_json: bool,
}

/// A credential in the body.
pub struct CredentialField<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The name in the options.
    pub credential: &'a str,
    /// The one operation that it is for; for all that need credentials where there is none.
    pub only: Option<&'a str>,
}

/// How a token is got. Values are found by JSON pointers into the answer of the login operation.
pub struct LoginRule<'a> {
    /// The operation.
    pub operation: &'a str,
    /// Params that go along.
    pub params: Vec<(&'a str, Value<'a>)>,
    /// Which param a credential goes into: its name, then the param's.
    pub credentials: Vec<(&'a str, &'a str)>,
    /// The token: the first pointer that leads to one counts.
    pub token: Vec<&'a str>,
    /// Unix time of the token's end, in seconds.
    pub expires: Vec<&'a str>,
    /// Seconds until the token's end.
    pub expires_in: Vec<&'a str>,
    /// Seconds that a token lives where its answer does not say.
    pub lifetime: u32,
}

/// How a kind of job is followed.
pub struct JobRule<'a> {
    /// The operation that tells its state.
    pub operation: &'a str,
    /// That operation's parameter for the job's id.
    pub id: &'a str,
    /// Whether the id is a param of the call that started it, not in its answer.
    pub id_from_request: bool,
    /// Whether the id is secret.
    pub secret: bool,
    /// Whether a finished answer is given only once.
    pub once: bool,
    /// Seconds between two questions, where the provider advises them.
    pub interval: Option<u32>,
    /// What an answer about it means: the first that fits counts.
    pub states: Vec<StateRule<'a>>,
    /// JSON pointers to why it failed: the first that leads to a text counts.
    pub error: Vec<&'a str>,
}

/// A state, and what tells of it.
pub struct StateRule<'a> {
    /// The state.
    pub state: JobState,
    /// The HTTP status that it needs.
    pub status: Option<u16>,
    /// The value that it needs.
    pub value: Option<StateValue<'a>>,
}

/// A value in an answer about a job.
pub struct StateValue<'a> {
    /// JSON pointer to it.
    pub pointer: &'a str,
    /// What it may be.
    pub values: Vec<Value<'a>>,
}

/// How far a job is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
#[allow(missing_docs)]
pub enum JobState {
    Running,
    Done,
    Failed,
}

/// What to do about an error.
pub struct Hint<'a> {
    /// The kind of error.
    pub kind: ErrorKind,
    /// The words.
    pub text: &'a str,
}

/// Headers that tell the rate limit.
#[derive(Default)]
pub struct RateLimitHeaders<'a> {
    /// Calls allowed in the present window.
    pub limit: Option<&'a str>,
    /// Calls made in it.
    pub usage: Option<&'a str>,
    /// Calls left in it.
    pub remaining: Option<&'a str>,
    /// Seconds until the window ends.
    pub reset: Option<&'a str>,
}

/// JSON pointers into an error's body.
#[derive(Default)]
pub struct ErrorPointers<'a> {
    /// The provider's code.
    pub code: Vec<&'a str>,
    /// What it says.
    pub message: Vec<&'a str>,
    /// Faults of the input.
    pub issues: Vec<&'a str>,
}

/// How failures inside a success are told.
#[derive(Default)]
pub struct Envelope<'a> {
    /// Texts that say that all is well.
    pub success: Vec<&'a str>,
    /// Numbers that say so.
    pub success_numbers: Vec<&'a str>,
    /// Values that say that it is still going on, for some operations.
    pub pending: Vec<&'a str>,
    /// Those operations.
    pub pending_operations: Vec<&'a str>,
    /// Values that tell of a failure, and what they mean.
    pub failures: Vec<(&'a str, &'a str)>,
    /// Operations whose answer says by a flag whether it failed.
    pub flag_operations: Vec<&'a str>,
}

impl<'a> ProviderRules<'a> {
    /// How a kind of job is followed.
    pub fn job(&self, kind: &str) -> Option<&JobRule<'a>> {
        self.jobs.iter().find_map(|(known, rule)| (*known == kind).then_some(rule))
    }
}

/// Whether one of the texts is this one, whatever the case.
pub fn lists(texts: &[&str], text: &str) -> bool {
    texts.iter().any(|listed| listed.eq_ignore_ascii_case(text))
}

/// Whether a text has another in it, whatever the case.
pub fn has_words(text: &str, words: &str) -> bool {
    let text = text.as_bytes();
    text.windows(words.len().max(1)).any(|part| part.eq_ignore_ascii_case(words.as_bytes()))
}
