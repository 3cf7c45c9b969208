//! Params against the descriptor: all faults at once, values in their wire form.

mod check;

use crate::encode::url;
use crate::issue::Issue;
use crate::json::{self, Encoded, Entries, Value};
use crate::operation::{Body, Operation, Piece};
use crate::schema::{Field, Kinds, Limits, Scalar, Schema, Types};
use check::Checker;

/// JSON text longer than this is refused: no provider takes it, and it would stay in memory.
pub const MAX_LENGTH: usize = 1 << 20;

/// Whether a text matches a pattern in JavaScript's dialect.
pub type Matches<'m> = &'m dyn Fn(&str, &str) -> bool;

/// What a path variable is unless its type is written down.
const TEXT: Schema = Schema::Scalar(Scalar {
    kinds: Kinds {
        text: true,
        integer: false,
        integer32: false,
        number: false,
        boolean: false,
        null: false,
    },
    limits: Limits { min: None, max: None },
    pattern: None,
    secret: false,
});

/// What a call gives, as JSON.
#[derive(Clone, Copy)]
pub struct Unchecked<'a> {
    /// Its params.
    pub params: &'a str,
    /// What goes along unchecked, in the body where there is one; empty for nothing.
    pub extra: &'a str,
    /// Values of the client that fill in body fields which the call does not give; empty for none.
    pub fills: &'a str,
}

/// What a call sends, checked and converted.
pub struct Input<'a> {
    /// The path, encoded.
    pub path: String,
    /// The query.
    pub query: Vec<Pair<'a>>,
    /// The body, where the operation has one.
    pub body: Option<Value<'a>>,
    /// Values that must not be shown.
    pub secrets: Vec<Encoded<'a>>,
}

/// A query parameter.
pub struct Pair<'a> {
    /// Its name.
    pub name: Encoded<'a>,
    /// Its value.
    pub value: Encoded<'a>,
    /// Whether it must not be shown.
    pub secret: bool,
}

/// Checks the params of a call.
pub fn check<'a>(
    operation: &'a Operation<'a>,
    types: &'a Types<'a>,
    matches: Matches<'_>,
    call: Unchecked<'a>,
) -> Result<Input<'a>, Vec<Issue>> {
    let mut given = read_object(call.params, "params")?;
    let extra = read_object(call.extra, "extra")?;
    let mut checker = Checker::new(types, matches);
    checker.repeated_names(&given);

    let mut path = String::with_capacity(128);
    let mut outside: Entries = Vec::new();
    for piece in &operation.path {
        let name = match piece {
            Piece::Literal(text) => {
                path.push_str(text);
                continue;
            }
            Piece::Variable(name) => *name,
        };
        let field = Field::find(&operation.parameters, name);
        let schema = field.map_or(&TEXT, |field| &field.schema);
        let faults = checker.issues.len();
        let Some(value) = take(&mut checker, &mut given, name, true, schema) else {
            continue;
        };
        let text = value.plain().unwrap_or(Encoded("")).plain();
        if let (Some(fault), true) = (url::segment_fault(&text), faults == checker.issues.len()) {
            checker.say_of(name, fault);
        }
        url::SEGMENT.encode(&text, &mut path);
        outside.push((Encoded(name), value));
    }
    let mut query = Vec::new();
    for Field { name, required, schema } in &operation.parameters {
        if outside.iter().any(|(known, _)| known.0 == *name) {
            continue;
        }
        let before = checker.secrets.len();
        let Some(value) = take(&mut checker, &mut given, name, *required, schema) else {
            continue;
        };
        let secret = checker.secrets.len() > before;
        add_pairs(Encoded(name), &value, secret, &mut query);
    }
    let mut body = None;
    if let Some(Body { schema, param, .. }) = &operation.body {
        if let Some(name) = param {
            if let Some(mut value) = remove(&mut given, name) {
                checker.named(name, schema, &mut value);
                body = Some(value);
            }
        } else if let Schema::Object(object) = types.resolve(schema) {
            for (name, value) in read_object(call.fills, "fills")? {
                let field = Field::find(&object.fields, name.0);
                if field.is_some_and(Field::is_given)
                    && !given.iter().any(|(known, _)| *known == name)
                {
                    given.push((name, value));
                }
            }
            checker.object(object, &mut given, &outside, &|| names_outside_body(operation));
            body = Some(Value::Map(std::mem::take(&mut given)));
        }
    }
    // What is left belongs nowhere.
    if !given.is_empty() {
        checker.unknown_names(&given, &names_outside_body(operation));
    }

    for (name, mut value) in extra {
        let taken = |entries: &[(Encoded, Value)]| entries.iter().any(|(known, _)| *known == name);
        let in_query = query.iter().any(|pair: &Pair| pair.name == name);
        let twice =
            in_query || taken(&outside) || body.as_ref().is_some_and(|body| taken(body.entries()));
        checker.below("extra", |checker| {
            checker.named(name.0, &Schema::Anything, &mut value);
            if twice {
                checker.say_of(name.0, "is given twice");
            }
        });
        match &mut body {
            Some(Value::Map(entries)) => entries.push((name, value)),
            _ => add_pairs(name, &value, true, &mut query),
        }
    }
    if checker.issues.is_empty() {
        Ok(Input { path, query, body, secrets: checker.secrets })
    } else {
        Err(checker.issues)
    }
}

/// Reads a JSON object; nothing at all is an empty one.
fn read_object<'a>(text: &'a str, what: &str) -> Result<Entries<'a>, Vec<Issue>> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let fault = if text.len() > MAX_LENGTH {
        [what, " must be at most 1 MiB of JSON"].concat()
    } else {
        match json::parse(text) {
            Some(Value::Map(entries)) => return Ok(entries),
            Some(Value::Foreign(kind)) => [what, " must be an object, not ", kind.0].concat(),
            Some(_) => [what, " must be an object"].concat(),
            None => [what, " must be JSON"].concat(),
        }
    };
    Err(vec![Issue::new("", &fault)])
}

/// Takes a value out of what was given and checks it.
fn take<'a>(
    checker: &mut Checker<'a, '_>,
    given: &mut Entries<'a>,
    name: &'a str,
    required: bool,
    schema: &'a Schema<'a>,
) -> Option<Value<'a>> {
    let Some(mut value) = remove(given, name) else {
        if required {
            checker.say_of(name, "is required");
        }
        return None;
    };
    checker.named(name, schema, &mut value);
    Some(value)
}

fn remove<'a>(given: &mut Entries<'a>, name: &str) -> Option<Value<'a>> {
    let index = given.iter().position(|(known, _)| known.0 == name)?;
    Some(given.remove(index).1)
}

/// The names that an operation takes besides those of its body.
fn names_outside_body<'a>(operation: &'a Operation<'a>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for piece in &operation.path {
        if let Piece::Variable(name) = piece {
            names.push(*name);
        }
    }
    names.extend(operation.parameters.iter().map(|field| field.name));
    names.extend(operation.body.as_ref().and_then(|body| body.param));
    names
}

/// A list goes out as its name repeated.
fn add_pairs<'a>(name: Encoded<'a>, value: &Value<'a>, secret: bool, query: &mut Vec<Pair<'a>>) {
    for item in value.items() {
        add_pairs(name, item, secret, query);
    }
    if let Some(value) = value.plain() {
        query.push(Pair { name, value, secret });
    }
}

#[cfg(test)]
mod tests;
