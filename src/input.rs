//! Params against the descriptor: all faults at once, values in their wire form.

use crate::prelude::*;

mod check;

use crate::encode::url;
use crate::issue::Issue;
use crate::json::{self, Value};
use crate::operation::{Operation, Piece};
use crate::schema::{Field, Schema, Types};
use crate::secret::Secret;
use check::Checker;

/// JSON text longer than this is refused: no provider takes it, and it would stay in memory.
pub const MAX_LENGTH: usize = 1 << 20;

/// Whether a text matches a pattern in JavaScript's dialect.
pub type Matches = fn(pattern: &str, text: &str) -> bool;

/// What a call is checked with besides its params.
pub struct Given<'a> {
    /// The provider's types.
    pub types: &'a Types,
    /// How patterns are run.
    pub matches: Matches,
    /// Values of the client that fill in body fields which the call does not give.
    pub fills: &'a [(String, Value)],
}

/// What a call sends, checked and converted.
pub struct Input {
    /// The path, encoded.
    pub path: String,
    /// The query.
    pub query: Vec<Pair>,
    /// The body, where the operation has one.
    pub body: Option<Value>,
    /// Values that must not be shown.
    pub secrets: Vec<Secret>,
}

/// A query parameter.
pub struct Pair {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether it must not be shown.
    pub secret: bool,
}

/// Names and values, in the order they came in.
type Entries = Vec<(String, Value)>;

/// Checks the params of a call. `extra` goes along unchecked, in the body where there is one.
pub fn check(
    operation: &Operation,
    given_by_client: &Given,
    params: &str,
    extra: Option<&str>,
) -> Result<Input, Vec<Issue>> {
    let Given { types, matches, fills } = *given_by_client;
    let mut given = read_object(params, "params")?;
    let extra = match extra {
        Some(extra) => read_object(extra, "extra")?,
        None => Vec::new(),
    };
    let mut checker = Checker::new(types, matches);
    checker.repeated_names(&given);

    let mut path = String::new();
    let mut outside: Entries = Vec::new();
    let text = Schema::text();
    for piece in operation.pieces() {
        let name = match piece {
            Piece::Literal(text) => {
                path.push_str(text);
                continue;
            }
            Piece::Variable(name) => name,
        };
        let written = operation.parameters.iter().find(|field| field.name == name);
        let schema = written.map_or(&text, |field| &field.schema);
        let faults = checker.issues.len();
        let Some(value) = take(&mut checker, &mut given, name, true, schema) else {
            continue;
        };
        let text = value.plain().unwrap_or("");
        if let (Some(fault), true) = (url::segment_fault(text), faults == checker.issues.len()) {
            checker.say_of(name, fault);
        }
        url::encode(text, url::SEGMENT, &mut path);
        outside.push((name.to_owned(), value));
    }
    let mut query = Vec::new();
    for Field { name, required, schema } in &operation.parameters {
        if outside.iter().any(|(known, _)| known == name) {
            continue;
        }
        let before = checker.secrets.len();
        let Some(value) = take(&mut checker, &mut given, name, *required, schema) else {
            continue;
        };
        let secret = checker.secrets.len() > before;
        add_pairs(name, &value, secret, &mut query);
    }
    let mut body = None;
    if let Some(schema) = &operation.body {
        if let Some(name) = operation.body_param() {
            if let Some(index) = given.iter().position(|(known, _)| known == name) {
                let mut value = given.remove(index).1;
                checker.named(name, schema, &mut value);
                body = Some(value);
            }
        } else if let Some(Schema::Object(object)) = types.resolve(schema) {
            for (name, value) in fills {
                let takes =
                    object.fields.iter().any(|field| field.name == *name && field.is_given());
                if takes && !given.iter().any(|(known, _)| known == name) {
                    given.push((name.clone(), value.clone()));
                }
            }
            checker.object(object, &mut given, &outside, &names_outside_body(operation));
            body = Some(Value::Map(core::mem::take(&mut given)));
        }
    }
    // What is left belongs nowhere.
    checker.unknown_names(&given, &names_outside_body(operation));

    for (name, mut value) in extra {
        checker.named(&["extra.", &name].concat(), &Schema::Anything, &mut value);
        let taken = |entries: &[(String, Value)]| entries.iter().any(|(known, _)| *known == name);
        let in_query = query.iter().any(|pair: &Pair| pair.name == name);
        if in_query || taken(&outside) || body.as_ref().is_some_and(|body| taken(body.entries())) {
            checker.say_of(&["extra.", &name].concat(), "is given twice");
        }
        match &mut body {
            Some(Value::Map(entries)) => entries.push((name, value)),
            _ => add_pairs(&name, &value, true, &mut query),
        }
    }
    if checker.issues.is_empty() {
        Ok(Input { path, query, body, secrets: checker.secrets })
    } else {
        Err(checker.issues)
    }
}

/// Reads a JSON object that a caller gave.
fn read_object(text: &str, what: &str) -> Result<Entries, Vec<Issue>> {
    let fault = if text.len() > MAX_LENGTH {
        " must be at most 1 MiB of JSON".to_owned()
    } else {
        match json::parse(text) {
            Ok(Value::Map(entries)) => return Ok(entries),
            Ok(Value::Foreign(kind)) => [" must be an object, not ", &kind].concat(),
            Ok(_) => " must be an object".to_owned(),
            Err(fault) => [" must be JSON: ", &fault].concat(),
        }
    };
    Err(vec![Issue::new("", [what, &fault].concat())])
}

/// Takes a value out of what was given and checks it.
fn take(
    checker: &mut Checker,
    given: &mut Entries,
    name: &str,
    required: bool,
    schema: &Schema,
) -> Option<Value> {
    let Some(index) = given.iter().position(|(known, _)| known == name) else {
        if required {
            checker.say_of(name, "is required");
        }
        return None;
    };
    let mut value = given.remove(index).1;
    checker.named(name, schema, &mut value);
    Some(value)
}

/// The names that an operation takes besides those of its body.
fn names_outside_body(operation: &Operation) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in operation.pieces() {
        if let Piece::Variable(name) = piece {
            names.push(name);
        }
    }
    for field in &operation.parameters {
        names.push(&field.name);
    }
    names.extend(operation.body_param());
    names
}

/// A list goes out as its name repeated.
fn add_pairs(name: &str, value: &Value, secret: bool, query: &mut Vec<Pair>) {
    for item in value.items() {
        add_pairs(name, item, secret, query);
    }
    if let Some(text) = value.plain() {
        query.push(Pair { name: name.to_owned(), value: text.to_owned(), secret });
    }
}

#[cfg(test)]
mod tests;
