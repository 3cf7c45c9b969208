//! What a parameter may be, as the generator writes it. It is read where it is needed:
//! most of a provider's types no program ever uses.
//!
//! | written | means |
//! | --- | --- |
//! | `"s"` `"i"` `"k"` `"n"` `"b"` `"z"` | text, integer, 32-bit integer, number, boolean, null |
//! | `"is"`, `"kz"` | one of these |
//! | `"*"` | anything |
//! | `"#Name"` | the provider's type of that name |
//! | `{"t": "s", "min": 8, "max": 20, "re": "…", "x": true}` | with limits (of a text's length or a number's size), a pattern, secret |
//! | `{"e": ["A", "B"]}` | one of these values |
//! | `{"c": "reboot"}` | always this value; callers never see it |
//! | `{"=": "domain_name"}` | a copy of that parameter; callers never see it |
//! | `{"a": schema, "min": 1, "max": 9}` | an array |
//! | `{"o": {"name!": schema, …}, "*": schema}` | an object; `!` marks what must be there, `*` what further names may hold |

use crate::json::{Value, Written, size};

/// The shape of a value.
pub enum Schema<'a> {
    /// A single value.
    Scalar(Scalar<'a>),
    /// One of a few values.
    Choice(&'a [Value<'a>]),
    /// Always the same value: filled in.
    Constant(&'a Value<'a>),
    /// The value of another parameter of the call: filled in.
    Copy(&'a str),
    /// An array.
    List {
        /// What each item may be.
        item: &'a Value<'a>,
        /// How many items there must be and may be.
        count: Limits<'a>,
    },
    /// An object.
    Object(Object<'a>),
    /// Any JSON value.
    Anything,
}

/// The schema of plain text, what a path variable is unless its type is written down.
pub static TEXT: Value<'static> = Value::Text(Written("s"));

/// The schema of what nobody checks.
pub static ANYTHING: Value<'static> = Value::Text(Written("*"));

/// Limits of a size or a length; none where absent.
#[derive(Clone, Copy)]
pub struct Limits<'a>(&'a Value<'a>);

/// A text, number or boolean.
pub struct Scalar<'a> {
    /// The kinds that are allowed.
    pub kinds: Kinds<'a>,
    /// Limits of a text's length in characters, or of a number's size.
    pub limits: Limits<'a>,
}

/// A set of kinds of single values, by their letters.
#[derive(Clone, Copy)]
pub struct Kinds<'a>(&'a str);

/// Each kind's letter, and its name for people.
const KINDS: [(char, &str); 6] = [
    ('s', "text"),
    ('i', "an integer"),
    ('k', "an integer of at most 32 bits"),
    ('n', "a number"),
    ('b', "true or false"),
    ('z', "null"),
];

impl Kinds<'_> {
    /// Whether the kind of this letter is allowed.
    pub fn allow(self, letter: u8) -> bool {
        self.0.bytes().any(|allowed| allowed == letter)
    }

    /// What is allowed, in words.
    pub fn describe(self) -> String {
        let mut words = String::new();
        for (letter, name) in KINDS {
            if self.allow(letter as u8) {
                words.push_str(if words.is_empty() { "" } else { " or " });
                words.push_str(name);
            }
        }
        words
    }
}

/// An object with named fields.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    /// The fields, in the order of the spec.
    pub fields: &'a Fields<'a>,
    /// What fields of other names may hold, where they are allowed.
    pub others: Option<&'a Value<'a>>,
}

/// Named schemas, with `!` after the name where the call says nothing without it.
pub type Fields<'a> = [(Written<'a>, Value<'a>)];

/// A named value.
pub struct Field<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// Whether the call says nothing without it.
    pub required: bool,
    /// What it may be.
    pub schema: &'a Value<'a>,
}

impl<'a> Field<'a> {
    /// Each of the fields.
    pub fn each(fields: &'a Fields<'a>) -> impl Iterator<Item = Field<'a>> {
        fields.iter().map(|(Written(written), schema)| {
            let name = written.strip_suffix('!');
            Field { name: name.unwrap_or(written), required: name.is_some(), schema }
        })
    }

    /// The field of a name.
    pub fn find(fields: &'a Fields<'a>, name: &str) -> Option<Field<'a>> {
        Field::each(fields).find(|field| field.name == name)
    }

    /// Whether callers give it; constants and copies are filled in.
    pub fn is_given(&self) -> bool {
        self.schema.get("c").is_none() && self.schema.get("=").is_none()
    }
}

impl<'a> Schema<'a> {
    /// Reads a schema. Nothing where it is none: a fault of the generator.
    pub fn read(types: &'a Value<'a>, written: &'a Value<'a>) -> Option<Schema<'a>> {
        let mut written = written;
        // A type may be another one by name; round in circles they do not go.
        for _ in 0..4 {
            match written.text().and_then(|code| code.strip_prefix('#')) {
                Some(name) => written = types.get(name)?,
                None => break,
            }
        }
        if let Some(code) = written.text() {
            let is_any = code == "*";
            return Some(if is_any { Schema::Anything } else { Schema::scalar(code, written) });
        }
        if let Some(code) = written.get("t") {
            return Some(Schema::scalar(code.text()?, written));
        }
        if let Some(values) = written.get("e") {
            return Some(Schema::Choice(values.items()));
        }
        if let Some(constant) = written.get("c") {
            return Some(Schema::Constant(constant));
        }
        if let Some(name) = written.get("=") {
            return Some(Schema::Copy(name.text()?));
        }
        if let Some(item) = written.get("a") {
            return Some(Schema::List { item, count: Limits(written) });
        }
        let fields = written.get("o")?.entries();
        Some(Schema::Object(Object { fields, others: written.get("*") }))
    }

    fn scalar(code: &'a str, written: &'a Value<'a>) -> Schema<'a> {
        Schema::Scalar(Scalar { kinds: Kinds(code), limits: Limits(written) })
    }
}

impl<'a> Scalar<'a> {
    /// A regular expression, in JavaScript's dialect, that a text must match.
    pub fn pattern(&self) -> Option<Written<'a>> {
        self.limits.0.get("re")?.plain()
    }

    /// Whether the value must not be shown or logged.
    pub fn is_secret(&self) -> bool {
        self.limits.0.get("x").is_some()
    }
}

impl Limits<'_> {
    /// Whether a size is outside the limits, and how to say so: `must be ` or `must have `, then the
    /// limit, then the unit.
    pub fn broken(self, size_of: impl Fn() -> f64, verb: &str, unit: &str) -> Option<String> {
        if self.0.entries().is_empty() {
            return None;
        }
        let limit = |name| match self.0.get(name) {
            Some(Value::Number(limit)) => Some(*limit),
            _ => None,
        };
        let size_is = size_of();
        let (bound, limit) = match (limit("min"), limit("max")) {
            (Some(min), _) if size_is < size(min) => ("at least ", min),
            (_, Some(max)) if size_is > size(max) => ("at most ", max),
            _ => return None,
        };
        Some([verb, bound, limit, unit].concat())
    }
}
