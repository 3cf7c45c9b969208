//! The compact form that the generator writes a provider in (pkg-template/generator/table.mjs), and its
//! only reader. A head holds the rules, a line each operation:
//!
//! `["dnsRecords.list","GET /v2/dns/{domain_name}/records","r",{"type":"s"},0,{"p":["skip-take",""]}]`
//!
//! 1. name
//! 2. method and path; variables are text unless part 4 says otherwise
//! 3. effect: `r`ead, `w`rite, `d`estroy, `p`urchase; capital where sending twice leaves the same state
//! 4. parameters outside the body: `{"name!": schema}`, `!` where required
//! 5. schema of the body, 0 for none
//! 6. further facts: `{"f": "form"}` how the body is written, JSON unless said; `{"a": {"202": "l"}}` what
//!    each success status answers (`j` JSON, `l` a `Location`, empty for nothing, or a file's media type;
//!    unless said, 200 answers JSON); `{"p": [style, items, total]}` paging; `{"j": kind, "i": pointer,
//!    "c": operation}` the job it starts; `{"k": {credential: pointer}}` new credentials; `{"n": true}` sent
//!    without credentials
//!
//! A schema:
//!
//! | written | means |
//! | --- | --- |
//! | `"s"` `"i"` `"k"` `"n"` `"b"` `"z"` | text, integer, 32-bit integer, number, boolean, null |
//! | `"is"`, `"kz"` | one of these |
//! | `"*"` | anything |
//! | `"#Name"` | the provider's type of that name |
//! | `{"t": "s", "min": 8, "max": 20, "re": "…", "x": true}` | with limits, a pattern, secret |
//! | `{"e": ["A", "B"]}` | one of these values |
//! | `{"c": "reboot"}` | always this value; callers never see it |
//! | `{"=": "domain_name"}` | a copy of that parameter; callers never see it |
//! | `{"a": schema, "min": 1, "max": 9}` | an array |
//! | `{"o": {"name!": schema, …}, "*": schema}` | an object; `!` marks what must be there, `*` what further names may hold |

use std::cell::OnceCell;

use crate::json::{self, Value};
use crate::operation::{
    Answered, Body, Effect, Encoding, Method, Operation, Paging, PagingStyle, Piece, StartedJob,
};
use crate::rules::ProviderRules;
use crate::schema::{Field, Kinds, Limits, Object, Scalar, Schema, Types};

mod rules;

/// A provider's table. Its texts stay as long as the program: operations borrow from them.
pub struct Table {
    /// The provider's name, `combell`.
    pub name: &'static str,
    /// What its spec says beside the operations.
    pub rules: ProviderRules<'static>,
    operations: Vec<Slot>,
}

/// A line; programs call few operations, so it is read when it is asked for.
struct Slot {
    name: &'static str,
    line: &'static str,
    operation: OnceCell<Option<Operation<'static>>>,
}

impl Table {
    /// Reads a provider's head, and the names of its operations. Nothing where it is no table: a fault
    /// of the build.
    pub fn read(name: String, head: String, operations: String) -> Option<Table> {
        let head = Box::leak(Box::new(json::parse(head.leak())?));
        let operations: &'static str = operations.leak();
        Some(Table {
            name: name.leak(),
            rules: rules::read(head)?,
            operations: operations.lines().map(Slot::of).collect::<Option<_>>()?,
        })
    }

    /// The operation of a line number.
    pub fn operation(&self, index: usize) -> Option<&Operation<'static>> {
        let slot = self.operations.get(index)?;
        slot.operation.get_or_init(|| read_operation(slot.line)).as_ref()
    }

    /// The operation of a name.
    pub fn find(&self, name: &str) -> Option<&Operation<'static>> {
        self.operation(self.operations.iter().position(|slot| slot.name == name)?)
    }
}

impl Slot {
    fn of(line: &'static str) -> Option<Slot> {
        let (name, _) = line.strip_prefix("[\"")?.split_once('"')?;
        Some(Slot { name, line, operation: OnceCell::new() })
    }
}

/// Reads a line. Nothing where it is none: a fault of the generator.
pub fn read_operation(line: &str) -> Option<Operation<'_>> {
    let Value::List(parts) = json::parse(line)? else {
        return None;
    };
    let [name, target, effect, more @ ..] = parts.as_slice() else {
        return None;
    };
    let (method, path) = target.text()?.split_once(' ')?;
    let (effect, idempotent) = read_effect(effect.text()?)?;
    let facts = more.get(2);
    let fact = |name| facts.and_then(|facts| facts.get(name));
    let encoding = if fact("f").is_some() { Encoding::Form } else { Encoding::Json };
    let body = match more.get(1) {
        None | Some(Value::Number(_)) => None,
        Some(schema) => Some(Body { schema: read_schema(schema)?, encoding, param: None }),
    };
    Some(Operation {
        name: name.text()?,
        method: Method::from_name(method)?,
        path: read_path(path),
        effect,
        idempotent,
        parameters: more.first().map_or(Some(Vec::new()), read_fields)?,
        body,
        answers: match fact("a") {
            Some(answers) => answers.entries().iter().map(read_answer).collect::<Option<_>>()?,
            None => vec![(200, Answered::Json)],
        },
        paging: match fact("p") {
            Some(paging) => Some(read_paging(paging)?),
            None => None,
        },
        job: fact("j").and_then(Value::text).map(|kind| StartedJob {
            kind,
            id: fact("i").and_then(Value::text),
            check: fact("c").and_then(Value::text),
        }),
        credentials: fact("k").map_or_else(Vec::new, text_entries),
        anonymous: fact("n").is_some(),
    })
}

/// Reads a path, its variables in braces.
pub fn read_path(path: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for part in path.split('{') {
        match part.split_once('}') {
            Some((variable, literal)) => {
                pieces.push(Piece::Variable(variable));
                pieces.push(Piece::Literal(literal));
            }
            None => pieces.push(Piece::Literal(part)),
        }
    }
    pieces
}

/// A letter, a capital for what may be sent twice.
fn read_effect(letter: &str) -> Option<(Effect, bool)> {
    Some(match letter {
        "r" => (Effect::Read, true),
        "w" => (Effect::Write, false),
        "W" => (Effect::Write, true),
        "d" => (Effect::Destroy, false),
        "D" => (Effect::Destroy, true),
        "p" => (Effect::Purchase, false),
        _ => return None,
    })
}

fn read_answer((status, kind): &(json::Encoded<'_>, Value<'_>)) -> Option<(u16, Answered)> {
    let answered = match kind.text()? {
        "j" => Answered::Json,
        "l" => Answered::Location,
        "" => Answered::Nothing,
        _ => Answered::File,
    };
    Some((status.0.parse().ok()?, answered))
}

fn read_paging<'a>(paging: &Value<'a>) -> Option<Paging<'a>> {
    let [style, items, total @ ..] = paging.items() else {
        return None;
    };
    let style = match style.text()? {
        "skip-take" => PagingStyle::SkipTake,
        "limit-offset" => PagingStyle::LimitOffset,
        "limit-page" => PagingStyle::LimitPage,
        _ => return None,
    };
    Some(Paging { style, items: items.text()?, total: total.first().and_then(Value::text) })
}

/// Reads types by their names.
fn read_types<'a>(types: &Value<'a>) -> Option<Types<'a>> {
    let named =
        |(name, schema): &(json::Encoded<'a>, Value<'a>)| Some((name.0, read_schema(schema)?));
    Some(Types(types.entries().iter().map(named).collect::<Option<_>>()?))
}

/// Reads a schema. Nothing where it is none: a fault of the generator.
fn read_schema<'a>(written: &Value<'a>) -> Option<Schema<'a>> {
    if let Some(code) = written.text() {
        return Some(match code.strip_prefix('#') {
            Some(name) => Schema::Named(name),
            None if code == "*" => Schema::Anything,
            None => Schema::Scalar(Scalar {
                kinds: read_kinds(code)?,
                limits: Limits::default(),
                pattern: None,
                secret: false,
            }),
        });
    }
    if let Some(code) = written.get("t") {
        return Some(Schema::Scalar(Scalar {
            kinds: read_kinds(code.text()?)?,
            limits: read_limits(written),
            pattern: written.get("re").and_then(Value::plain).map(json::Encoded::plain),
            secret: written.get("x").is_some(),
        }));
    }
    if let Some(values) = written.get("e") {
        return Some(Schema::Choice(
            values.items().iter().map(Value::single).collect::<Option<_>>()?,
        ));
    }
    if let Some(constant) = written.get("c") {
        return Some(Schema::Constant(constant.single()?));
    }
    if let Some(name) = written.get("=") {
        return Some(Schema::Copy(name.text()?));
    }
    if let Some(item) = written.get("a") {
        return Some(Schema::List {
            item: Box::new(read_schema(item)?),
            count: read_limits(written),
        });
    }
    let others = match written.get("*") {
        Some(schema) => Some(Box::new(read_schema(schema)?)),
        None => None,
    };
    Some(Schema::Object(Object { fields: read_fields(written.get("o")?)?, others }))
}

fn read_fields<'a>(fields: &Value<'a>) -> Option<Vec<Field<'a>>> {
    let read = |(written, schema): &(json::Encoded<'a>, Value<'a>)| {
        let name = written.0.strip_suffix('!');
        let schema = read_schema(schema)?;
        Some(Field { name: name.unwrap_or(written.0), required: name.is_some(), schema })
    };
    fields.entries().iter().map(read).collect()
}

fn read_limits<'a>(written: &Value<'a>) -> Limits<'a> {
    let limit = |name| match written.get(name) {
        Some(Value::Number(limit)) => Some(*limit),
        _ => None,
    };
    Limits { min: limit("min"), max: limit("max") }
}

fn read_kinds(code: &str) -> Option<Kinds> {
    let mut kinds = Kinds::default();
    for letter in code.chars() {
        let kind = match letter {
            's' => &mut kinds.text,
            'i' => &mut kinds.integer,
            'k' => &mut kinds.integer32,
            'n' => &mut kinds.number,
            'b' => &mut kinds.boolean,
            'z' => &mut kinds.null,
            _ => return None,
        };
        *kind = true;
    }
    Some(kinds)
}

/// An object of texts.
fn text_entries<'a>(written: &Value<'a>) -> Vec<(&'a str, &'a str)> {
    let texts = |(name, text): &(json::Encoded<'a>, Value<'a>)| Some((name.0, text.text()?));
    written.entries().iter().filter_map(texts).collect()
}

/// A text, or a list of them.
fn texts<'a>(written: Option<&Value<'a>>) -> Vec<&'a str> {
    let Some(written) = written else { return Vec::new() };
    written.text().into_iter().chain(written.items().iter().filter_map(Value::text)).collect()
}

#[cfg(test)]
mod tests;
