//! An operation: everything a call knows about what it calls. `table` reads it from a provider's table.

use crate::schema::{Field, Schema};

/// What the client can do by one call.
pub struct Operation<'a> {
    /// Name in the client, `dnsRecords.create`.
    pub name: &'a str,
    /// HTTP method.
    pub method: Method,
    /// The path, cut at its variables.
    pub path: Vec<Piece<'a>>,
    /// What it does to the customer's things.
    pub effect: Effect,
    /// Whether sending it twice leaves the same state.
    pub idempotent: bool,
    /// Parameters outside the body: of the query, and path variables that are not plain text.
    pub parameters: Vec<Field<'a>>,
    /// The body, where there is one.
    pub body: Option<Body<'a>>,
    /// What a success is documented to answer, by its status; a status that is not listed answers
    /// what it likes.
    pub answers: Vec<(u16, Answered)>,
    /// How its list is paged, where it is a list.
    pub paging: Option<Paging<'a>>,
    /// The job that it starts.
    pub job: Option<StartedJob<'a>>,
    /// New credentials in its answer: the option's name, and a JSON pointer.
    pub credentials: Vec<(&'a str, &'a str)>,
    /// Whether it is sent without credentials.
    pub anonymous: bool,
}

/// An HTTP method.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// All of them, with their names.
    pub const ALL: [(Method, &'static str); 6] = [
        (Method::Get, "GET"),
        (Method::Head, "HEAD"),
        (Method::Post, "POST"),
        (Method::Put, "PUT"),
        (Method::Patch, "PATCH"),
        (Method::Delete, "DELETE"),
    ];

    /// The method of a name in capitals.
    pub fn from_name(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find_map(|(method, known)| (known == name).then_some(method))
    }

    /// Its name, as it is sent.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A piece of a path.
pub enum Piece<'a> {
    /// As it stands.
    Literal(&'a str),
    /// The name of a parameter.
    Variable(&'a str),
}

/// What an operation does to the customer's things.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes or creates.
    Write,
    /// Deletes, wipes, cancels or locks out.
    Destroy,
    /// Spends money or places an order.
    Purchase,
}

impl Effect {
    /// All of them, in the order they are told in.
    pub const ALL: [Effect; 4] = [Effect::Read, Effect::Write, Effect::Destroy, Effect::Purchase];

    /// The name that callers know it by.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destroy => "destroy",
            Effect::Purchase => "purchase",
        }
    }

    /// The effect of a name.
    pub fn from_name(name: &str) -> Option<Effect> {
        Effect::ALL.into_iter().find(|effect| effect.name() == name)
    }
}

/// A request body.
pub struct Body<'a> {
    /// What it may hold.
    pub schema: Schema<'a>,
    /// How it is written.
    pub encoding: Encoding,
    /// The name that the whole body is given under, where its fields are not given one by one.
    pub param: Option<&'a str>,
}

/// How a body is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json`
    Json,
    /// `application/x-www-form-urlencoded`, nested values in PHP's brackets
    Form,
}

impl Encoding {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Encoding::Json => "application/json",
            Encoding::Form => "application/x-www-form-urlencoded",
        }
    }
}

/// What a success answers.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Answered {
    /// JSON.
    Json,
    /// No body but a `Location`.
    Location,
    /// Nothing.
    Nothing,
    /// A file.
    File,
}

/// How a list is paged.
pub struct Paging<'a> {
    /// Which params say where a page begins and how long it is.
    pub style: PagingStyle,
    /// JSON pointer to the items.
    pub items: &'a str,
    /// Where the total is told, if it is: the name of a header, or a JSON pointer.
    pub total: Option<&'a str>,
}

/// The params that say where a page begins and how long it is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum PagingStyle {
    /// `skip` items, `take` some.
    SkipTake,
    /// `offset` into the list, at most `limit` items.
    LimitOffset,
    /// The `page` of that number, counted from 1, of at most `limit` items.
    LimitPage,
}

/// The job that an operation starts.
pub struct StartedJob<'a> {
    /// The kind, a name of the provider's job rules.
    pub kind: &'a str,
    /// JSON pointer to its id, where it is not under the name that the kind gives it.
    pub id: Option<&'a str>,
    /// The operation that follows it, where it is another than the kind's.
    pub check: Option<&'a str>,
}

impl Operation<'_> {
    /// What a success status is documented to answer.
    pub fn answer(&self, status: u16) -> Option<Answered> {
        self.answers.iter().find_map(|(known, answer)| (*known == status).then_some(*answer))
    }

    /// Whether a success is a file.
    pub fn is_file(&self) -> bool {
        self.answers.iter().any(|(_, answer)| *answer == Answered::File)
    }

    /// Whether sending it twice is not the same as sending it once.
    pub fn is_non_repeatable(&self) -> bool {
        self.effect != Effect::Read && !self.idempotent
    }
}
