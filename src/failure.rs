//! Every way that a call ends badly.

use serde::Serialize;

use crate::issue::Issue;

/// A failure, with nothing secret in it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What kind of failure it is: the class of the error that callers get.
    pub kind: ErrorKind,
    /// What happened, and what to do about it.
    pub message: String,
    /// The provider, `combell`.
    pub provider: &'static str,
    /// The operation, `accounts.list`.
    pub operation: String,
    /// Faults of the input, found here or by the provider.
    pub issues: Vec<Issue>,
    /// HTTP status of the provider's answer.
    pub status: Option<u16>,
    /// The provider's own code.
    pub code: Option<String>,
    /// The answer's body.
    pub body: Option<Body>,
    /// The answer's headers.
    pub headers: Vec<(String, String)>,
    /// How often the request was sent.
    pub attempts: u32,
    /// How long the provider asks to wait, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// The time limit that was not kept, in milliseconds.
    pub timeout_ms: Option<f64>,
    /// The provider's word for a followed job's state.
    pub state: Option<String>,
    /// The job that was being followed, as JSON: it may still be going on.
    pub job: Option<String>,
    /// Why no answer came: what was thrown, then why that was thrown.
    pub causes: Vec<Cause>,
}

/// The body of an answer, as it may be shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "text", rename_all = "lowercase")]
pub enum Body {
    /// JSON text.
    Json(String),
    /// Other text.
    Text(String),
}

/// An error of the runtime's.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct Cause {
    pub name: String,
    pub message: String,
    pub stack: Option<String>,
    pub code: Option<String>,
}

macro_rules! error_kinds {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// A kind of failure; its name is that of the error's class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub enum ErrorKind {
            $($(#[$doc])* $name,)+
        }

        impl ErrorKind {
            /// The name of the class.
            pub fn name(self) -> &'static str {
                match self {
                    $(ErrorKind::$name => stringify!($name),)+
                }
            }

            /// The kind of a name.
            pub fn from_name(name: &str) -> Option<ErrorKind> {
                [$(ErrorKind::$name),+].into_iter().find(|kind| kind.name() == name)
            }
        }
    };
}

error_kinds! {
    /// None of the others.
    HostwireError,
    /// The input is wrong; nothing was sent.
    InputError,
    /// The client does not allow the operation's effect; nothing was sent.
    NotAllowedError,
    /// The provider said no, and none of the further kinds fits.
    ApiError,
    /// 401
    AuthenticationError,
    /// 403
    PermissionError,
    /// 404
    NotFoundError,
    /// 409
    ConflictError,
    /// 410
    GoneError,
    /// 400, 422
    ValidationError,
    /// 429
    RateLimitError,
    /// 500 and more
    ServerError,
    /// No answer came, or it broke off.
    ConnectionError,
    /// The answer did not come in time.
    TimeoutError,
    /// The answer is not what the provider promises.
    ResponseError,
    /// A followed job failed, or its state cannot be told.
    JobError,
}

impl ErrorKind {
    /// The kind that a status tells of; nothing for a status of success.
    pub fn of_status(status: u16) -> Option<ErrorKind> {
        Some(match status {
            ..400 => return None,
            400 | 422 => ErrorKind::ValidationError,
            401 => ErrorKind::AuthenticationError,
            403 => ErrorKind::PermissionError,
            404 => ErrorKind::NotFoundError,
            409 => ErrorKind::ConflictError,
            410 => ErrorKind::GoneError,
            429 => ErrorKind::RateLimitError,
            500.. => ErrorKind::ServerError,
            _ => ErrorKind::ApiError,
        })
    }

    /// Whether the provider said no.
    pub fn is_refusal(self) -> bool {
        use ErrorKind::*;
        match self {
            ApiError | AuthenticationError | PermissionError | NotFoundError | ConflictError
            | GoneError | ValidationError | RateLimitError | ServerError => true,
            HostwireError | InputError | NotAllowedError | ConnectionError | TimeoutError
            | ResponseError | JobError => false,
        }
    }

    /// Whether no whole answer came: what was asked for may have been done.
    pub fn is_transport(self) -> bool {
        matches!(self, ErrorKind::ConnectionError | ErrorKind::TimeoutError)
    }
}

impl Cause {
    /// The same with nothing secret in it: some runtimes name the whole address.
    pub fn redacted(&self, safe: &dyn Fn(&str) -> String) -> Cause {
        Cause {
            name: safe(&self.name),
            message: safe(&self.message),
            stack: self.stack.as_deref().map(safe),
            code: self.code.as_deref().map(safe),
        }
    }
}

impl Failure {
    /// A failure of which no more is known.
    pub fn new(
        kind: ErrorKind,
        provider: &'static str,
        operation: &str,
        message: impl Into<String>,
    ) -> Box<Failure> {
        Box::new(Failure {
            kind,
            message: message.into(),
            provider,
            operation: operation.to_owned(),
            issues: Vec::new(),
            status: None,
            code: None,
            body: None,
            headers: Vec::new(),
            attempts: 0,
            retry_after_ms: None,
            timeout_ms: None,
            state: None,
            job: None,
            causes: Vec::new(),
        })
    }

    /// Wrong input.
    pub fn input(provider: &'static str, operation: &str, issues: Vec<Issue>) -> Box<Failure> {
        let mut failure = Failure::new(ErrorKind::InputError, provider, operation, "");
        failure.issues = issues;
        failure
    }
}
